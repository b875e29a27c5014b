from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengwen.scoring.periods import equal, same_base, same_period, span, year_before


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("2020", ("2020-01-01", "2020-12-31")),
        ("2020-Q3", ("2020-07-01", "2020-09-30")),
        ("2020-H2", ("2020-07-01", "2020-12-31")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2021-01/2021-05", ("2021-01-01", "2021-05-31")),
        ("/2020-12-31", (None, "2020-12-31")),
        ("2016/2020", ("2016-01-01", "2020-12-31")),
        ("null", None),
        ("", None),
        (None, None),
        ("2020-13", ("2020-13", "2020-13")),
    ],
)
def test_span(period: str | None, days: tuple[str | None, str | None] | None) -> None:
    assert span(period) == days


def test_notations_of_the_same_days_are_equal() -> None:
    assert same_period("2020-H1", "2020-01/2020-06")
    assert same_period("2019 | 2020-Q1", "2020-01/2020-03")
    assert same_period("null | 2020", None)
    assert not same_period("2020", "2020-12")
    assert not same_period("2020", None)


def test_as_of_equals_its_day_only() -> None:
    assert equal(span("/2020-12-31"), span("2020-12-31"))
    assert equal(span("/2020-12"), span("/2020-12-31"))
    assert not equal(span("/2020-12-31"), span("2020"))


def test_a_year_before_keeps_the_last_of_the_month() -> None:
    assert year_before("2021-02") == ("2020-02-01", "2020-02-29")
    assert year_before("2020-02-29") == ("2019-02-28", "2019-02-28")
    assert year_before("/2021-12-31") == (None, "2020-12-31")


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ("yoy", "yoy", True),
        ("yoy", "2019", True),
        ("2019", "yoy", True),
        ("2018", "yoy", False),
        ("seq", "yoy", False),
        ("seq", "seq", True),
        (None, "", True),
        (None, "yoy", False),
        ("yoy", None, False),
    ],
)
def test_same_base(gold: str | None, found: str | None, right: bool) -> None:
    assert same_base(gold, found, "2020", "2020") is right


def test_yoy_needs_the_figures_own_period() -> None:
    assert not same_base("2019", "yoy", "2020", None)
    assert same_base("yoy", "2019-Q1", "2020-Q1", None)


@given(st.text(max_size=12))
def test_whatever_an_extractor_writes_never_raises(period: str) -> None:
    span(period)
    year_before(period)
    same_base("yoy", period, "2020", period)


@given(st.dates().map(str))
def test_a_day_is_itself(day: str) -> None:
    assert span(day) == (day, day)
