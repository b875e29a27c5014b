from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengwen.checks import Checks, same_claims
from zhengwen.rules import load

check = Checks(load()).of


def twice(figure, first: str, second: str, unit: str = "亿元", **slots):
    common = {"indicator_id": "tax_revenue"} | slots
    return [figure(first, unit, sentence="甲。", **common), figure(second, unit, sentence="乙。", **common)]


def test_two_values_of_one_series(figure) -> None:
    (found,) = check(twice(figure, "4.17", "4.71"), "page")
    assert (found.check, found.ok) == ("conflict", False)
    assert found.expected == Decimal("417000000")


@pytest.mark.parametrize(
    ("first", "second", "slots"),
    [
        ("4.17", "4.2", {}),
        ("4.17", "9.5", {}),
        ("4.17", "4.71", {"approx": "about"}),
        ("4.17", "4.71", {"subject": None}),
        ("4.17", "4.71", {"period": None}),
        ("4.17", "4.71", {"indicator_id": ""}),
        ("4.17", "4.71", {"indicator_id": "total_investment", "indicator": "总投资"}),
        ("4.17", "4.71", {"part_of": "f1"}),
        ("4.17", "4.71", {"inherited": {"indicator": {}}}),
        ("4.17", "4.71", {"inherited": {"subject": {"from": "paragraph"}}}),
    ],
)
def test_what_may_well_be_two_things_is_no_conflict(figure, first, second, slots) -> None:
    assert check(twice(figure, first, second, **slots), "page") == []


@pytest.mark.parametrize(("second", "found"), [("4.71", 0), ("4.18", 1)])
def test_under_the_articles_own_place_only_a_slip_is_one(figure, second, found) -> None:
    assert len(check(twice(figure, "4.17", second, inherited={"subject": {"from": "article"}}), "page")) == found


def test_nominal_against_real_growth_is_no_conflict(figure) -> None:
    rate = {"measure": "growth_rate", "base": "yoy", "indicator": "生产总值", "indicator_id": "gdp"}
    real = figure("5", "%", sentence="甲。", price_basis="constant", **rate)
    assert check([real, figure("7", "%", sentence="乙。", price_basis="current", **rate)], "page") == []
    assert len(check([real, figure("7", "%", sentence="乙。", price_basis="constant", **rate)], "page")) == 1


def test_articles_of_a_page_are_apart(figure) -> None:
    a, b = twice(figure, "4.17", "4.71")
    c = figure("4.71", sentence="丙。", indicator_id="tax_revenue", article_id="a2")
    assert len(check([a, b, c], "page")) == 1
    assert check([a, c], "page") == []


def test_the_same_claim_keeps_its_first_statement(figure) -> None:
    a, b, c = figure("4.17"), figure("4.2"), figure("4.17")
    assert same_claims([a, b, c]) == {b.figure_id: a.figure_id, c.figure_id: a.figure_id}


def test_a_sentence_says_nothing_twice(figure) -> None:
    assert same_claims([figure("2.2", sentence="同句。"), figure("2", sentence="同句。")]) == {}


def test_a_coarse_number_is_not_everything_near_it(figure) -> None:
    assert same_claims([figure("6000", "件"), figure("1", "万件")]) == {}
    assert same_claims([figure("9800", "件"), figure("1", "万件")]) != {}


@pytest.mark.parametrize(
    "slots",
    [
        {"subject": "石门县"},
        {"period": "2019"},
        {"indicator": "出口总额"},
        {"measure": "change"},
        {"base": "yoy"},
        {"of": "全市"},
        {"status": "target"},
        {"article_id": "a2"},
        {"averaging": "年均"},
        {"indicator": None},
        {"measure": "threshold"},
    ],
)
def test_another_claim(figure, slots) -> None:
    assert same_claims([figure("4.17"), figure("4.17", **slots)]) == {}


@given(st.lists(st.tuples(st.integers(1, 30), st.sampled_from(["甲", "乙", None])), max_size=8))
def test_same_claims_point_back_to_firsts(figure, drawn) -> None:
    figures = [figure(str(n), "家", indicator=name) for n, name in drawn]
    same = same_claims(figures)
    order = [f.figure_id for f in figures]
    assert all(order.index(first) < order.index(later) for later, first in same.items())
    assert not set(same) & set(same.values())
