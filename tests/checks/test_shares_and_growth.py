from __future__ import annotations

import pytest

from zhengwen.checks import Checks
from zhengwen.rules import load

check = Checks(load()).of


def shared(figure, share: str, of: str | None = "企业", **slots):
    """企业80家 … 工业企业20家，占企业的25%."""
    s = "工业企业20家，占企业的25%。"
    whole = figure("80", "家", indicator="企业")
    part = figure("20", "家", indicator="工业企业", sentence=s)
    rest = {"indicator": "工业企业", "measure": "share", "of": of, "sentence": s} | slots
    return [whole, part, figure(share, "%", start=part.end + 4, end=part.end + 8, **rest)]


@pytest.mark.parametrize(("share", "ok"), [("25", True), ("25.0", True), ("25.4", False), ("30", False), ("60", None)])
def test_a_share_against_its_part_and_whole(figure, share, ok) -> None:
    assert [c.ok for c in check(shared(figure, share), "page")] == ([] if ok is None else [ok])


@pytest.mark.parametrize(
    "slots", [{"indicator": "商业企业"}, {"period": "2019"}, {"sentence": "别处。"}, {"approx": "over"}]
)
def test_a_share_of_something_else_is_left_alone(figure, slots) -> None:
    assert check(shared(figure, "30", **slots), "page") == []


def test_an_unnamed_whole_is_no_whole(figure) -> None:
    assert check(shared(figure, "30", of=None), "page") == []
    assert check(shared(figure, "30", of="单位"), "page") == []


def grown(figure, rate: str, change: str = "0.5", **slots):
    s = "税收收入5.5亿元，比上年增加0.5亿元，增长10%。"
    return [
        figure("5.5", sentence=s, **slots),
        figure(change, measure="change", base="yoy", sentence=s, **slots),
        figure(rate, "%", measure="growth_rate", base="yoy", sentence=s, **slots),
    ]


@pytest.mark.parametrize(("rate", "ok"), [("10", True), ("10.4", True), ("13.5", False), ("40", None), ("-10", None)])
def test_growth_against_change_and_level(figure, rate, ok) -> None:
    assert [c.ok for c in check(grown(figure, rate), "page")] == ([] if ok is None else [ok])


@pytest.mark.parametrize(
    "slots",
    [
        {"indicator": "生产总值", "indicator_id": "gdp"},
        {"indicator": "云杉增加值"},
        {"price_basis": "constant"},
        {"averaging": "年均"},
        {"approx": "about"},
    ],
)
def test_constant_prices_and_averages_are_never_compared(figure, slots) -> None:
    assert check(grown(figure, "13.5", **slots), "page") == []


INDUSTRIES = ("第一产业增加值", "第二产业增加值", "第三产业增加值")


def percentages(figure, values: str, names=INDUSTRIES, **slots):
    """Return shares of one whole in one sentence."""
    common = {"measure": "share", "of": "生产总值", "sentence": "占比。"} | slots
    unit = str(common.pop("printed", "%"))
    return [figure(v, unit, indicator=n, **common) for v, n in zip(values.split(), names, strict=True)]


@pytest.mark.parametrize(
    ("values", "names", "ok"),
    [
        ("3.8 80.9 15.3", INDUSTRIES, True),
        ("3.8 80.9 15.4", INDUSTRIES, True),
        ("3.8 80.9 16.3", INDUSTRIES, False),
        ("3.8 80.9 55.3", INDUSTRIES, None),
        ("20 30 50", ("工业", "商业", "其他"), True),
        ("20 30 40", ("工业", "商业", "农业"), None),
        ("20 30 50", ("工业", "工业", "其他"), None),
        ("40 60", ("城镇人口", "农村人口"), True),
        ("40 60", ("工业", "商业"), None),
    ],
)
def test_the_shares_of_a_whole_are_a_hundred(figure, values, names, ok) -> None:
    found = check(percentages(figure, values, names), "page")
    assert [(c.check, c.ok) for c in found] == ([] if ok is None else [("composition", ok)])


DEMAND = ("消费", "投资", "净出口")


@pytest.mark.parametrize(("values", "ok"), [("57 35 8", True), ("57 35 9", True), ("57 35 11", False)])
def test_rates_of_contribution_are_a_hundred(figure, values, ok) -> None:
    found = check(percentages(figure, values, DEMAND, measure="contribution", of="经济增长"), "page")
    assert [(c.check, c.ok) for c in found] == [("composition", ok)]


@pytest.mark.parametrize(
    ("points", "names", "ok"),
    [
        ("0.7 1.1 0.2", DEMAND, True),
        ("0.7 1.1 0.5", DEMAND, False),
        ("0.7 1.1 2.2", DEMAND, None),
        ("0.7 1.1 0.2", ("工业", "商业", "农业"), None),
    ],
)
def test_points_of_contribution_are_the_growth(figure, points, names, ok) -> None:
    growth = figure("2.0", "%", measure="growth_rate", indicator="地区生产总值", indicator_id="gdp", base="yoy")
    slots = {"measure": "contribution", "of": "GDP", "printed": "个百分点"}
    found = check([growth, *percentages(figure, points, names, **slots)], "page")
    assert [(c.check, c.ok) for c in found] == ([] if ok is None else [("sum", ok)])
