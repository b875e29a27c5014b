from __future__ import annotations

import pytest

from zhengwen.checks import check


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
