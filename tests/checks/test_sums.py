from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from zhengwen.checks import Checks
from zhengwen.rules import load

check = Checks(load()).of


def breakdown(figure, sentence: str, numbers: str, unit: str = "家", **slots):
    """Return a total and its parts as they stand in `sentence`."""
    made, at = [], 0
    for number in numbers.split():
        at = sentence.index(number + unit, at)
        total = made[0].figure_id if made else None
        made.append(
            figure(number, unit, start=at, end=at + len(number + unit), sentence=sentence, part_of=total, **slots)
        )
        at += 1
    return made


def test_a_breakdown_that_adds_up(figure) -> None:
    parts = breakdown(figure, "企业30家（工业12家，商业18家）。", "30 12 18")
    (found,) = check(parts, "page.txt")
    assert (found.check, found.ok, found.expected, found.found) == ("sum", True, 30, 30)
    assert found.figure_ids == tuple(p.figure_id for p in parts)
    assert found.source == "page.txt"


def test_a_complete_list_that_does_not_add_up(figure) -> None:
    (found,) = check(breakdown(figure, "企业30家（工业12家，商业17家）。", "30 12 17"), "page")
    assert not found.ok
    assert found.found == 29


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("企业30家，其中工业12家，商业17家。", "30 12 17"),
        ("企业30家（其中工业12家，商业17家）。", "30 12 17"),
        ("企业30家（工业12家，商业17家等）。", "30 12 17"),
        ("企业30家（工业12家，商业5家）。", "30 12 5"),
        ("企业30家（工业29家）。", "30 29"),
    ],
)
def test_what_is_not_said_to_be_complete_is_no_error(figure, sentence, numbers) -> None:
    assert check(breakdown(figure, sentence, numbers), "page") == []


def test_rounding_is_no_error(figure) -> None:
    (found,) = check(
        breakdown(figure, "收入1.0亿元（甲0.33亿元，乙0.33亿元，丙0.33亿元）。", "1.0 0.33 0.33 0.33", "亿元"), "p"
    )
    assert found.ok
    assert found.tolerance == Decimal("6500000")


def test_about_and_other_units_are_left_alone(figure) -> None:
    parts = breakdown(figure, "企业30家（工业12家，商业18家）。", "30 12 18", approx="about")
    assert check(parts, "page") == []


def family(figure, total: str, one: str, other: str, **slots):
    return [
        figure(total, indicator="进出口总额", indicator_id="imports_exports"),
        figure(one, indicator="出口总额", indicator_id="exports", **slots),
        figure(other, indicator="进口总额", indicator_id="imports"),
    ]


def test_indicators_that_are_all_of_another(figure) -> None:
    (good,) = check(family(figure, "30.0", "20.1", "9.9"), "page")
    (bad,) = check(family(figure, "30.0", "20.1", "8.9"), "page")
    assert (good.ok, bad.ok) == (True, False)


@pytest.mark.parametrize(
    "slots",
    [{"period": "2019"}, {"subject": "石门县"}, {"measure": "change"}, {"approx": "over"}, {"start": 9_000_000}],
)
def test_of_another_time_or_place_they_are_not(figure, slots) -> None:
    assert check(family(figure, "30.0", "20.1", "8.9", **slots), "page") == []


@pytest.mark.parametrize(
    ("terms", "ok"),
    [("5.1 45.2 49.7", True), ("5.1 45.2 49.8", True), ("5.1 45.2 47.7", False), ("1 2 3", None), ("40 60", None)],
)
def test_a_composition_sums_to_a_hundred(figure, terms, ok) -> None:
    values = tuple(Decimal(t) for t in terms.split())
    found = check([figure("1", "", value=None, terms=values, measure="composition", kind="ratio")], "page")
    assert [c.ok for c in found] == ([] if ok is None else [ok])


def test_each_view_of_a_total_is_checked_by_itself(figure) -> None:
    s = "零售额30亿元。分规模看，大店18亿元，小店12亿元。分地域看，城镇20亿元，乡村10亿元。"
    found = check(breakdown(figure, s, "30 18 12 20 10", "亿元"), "page")
    assert [(c.ok, len(c.figure_ids)) for c in found] == [(True, 3), (True, 3)]
    assert found[0].figure_ids[0] == found[1].figure_ids[0]


def test_the_longest_run_is_the_breakdown(figure) -> None:
    total, first, *rest = breakdown(figure, "选出49个，含已有5个，陆上44个、跨界2个、海上3个。", "49 5 44 2 3", "个")
    (found,) = check([total, first, *rest], "page")
    assert found.figure_ids == (total.figure_id, *(p.figure_id for p in rest))


def test_some_parts_of_a_coarse_total_are_no_view(figure) -> None:
    assert (
        check(breakdown(figure, "收入1亿元，甲0.6亿元，乙0.3亿元，丙0.3亿元。", "1 0.6 0.3 0.3", "亿元"), "page") == []
    )


@pytest.mark.parametrize(("names", "reported"), [("水田面积 旱田面积", True), ("水田面积 果园面积", False)])
def test_words_that_leave_nothing_over_make_a_list_complete(figure, names, reported) -> None:
    total, *parts = breakdown(figure, "耕地80亩，其中水田30亩、旱田52亩。", "80 30 52", "亩")
    named = [replace(p, indicator=name) for p, name in zip(parts, names.split(), strict=True)]
    assert [c.ok for c in check([total, *named], "page")] == ([False] if reported else [])


def test_parts_of_another_total_are_not_the_familys(figure) -> None:
    total, one, other = family(figure, "30.0", "20.1", "8.9")
    assert check([total, replace(one, part_of="f-else"), other], "page") == []


def test_families_are_those_of_the_runs_rules(figure, tmp_path) -> None:
    (tmp_path / "indicator_sums.tsv").write_text(
        "total\tparts\ntotal_fiscal_revenue\ttax_revenue|gdp\n", encoding="utf-8"
    )
    own = Checks(load(tmp_path)).of
    parts = [
        figure("9", indicator="税收收入", indicator_id="tax_revenue"),
        figure("8", indicator="生产总值", indicator_id="gdp"),
    ]
    figures = [figure("17", indicator="财政总收入", indicator_id="total_fiscal_revenue"), *parts]
    assert [c.ok for c in own(figures, "page")] == [True]
    assert check(figures, "page") == []
