from __future__ import annotations

from decimal import Decimal

import pytest

from zhengwen.checks import check


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
