"""The arithmetic of the contract's notation of periods."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengwen.times import periods


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020", ("2020-01-01", "2020-12-31")),
        ("2020-H2", ("2020-07-01", "2020-12-31")),
        ("2020-Q3", ("2020-07-01", "2020-09-30")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2020-09-01", ("2020-09-01", "2020-09-01")),
        ("2021-01/2021-05", ("2021-01-01", "2021-05-31")),
        ("2016/2020", ("2016-01-01", "2020-12-31")),
        ("/2020-12-31", ("", "2020-12-31")),
        ("2005-04-11/2005-05", ("2005-04-11", "2005-05-31")),
        ("2021-13", None),
        ("2021-02-30", None),
        ("2021-05/2021-01", None),
        ("2021-Q5", None),
        ("2021/", None),
        ("去年", None),
        ("", None),
        (None, None),
    ],
)
def test_bounds(value: str | None, expected: tuple[str, str] | None) -> None:
    assert periods.bounds(value) == expected


@pytest.mark.parametrize(
    ("value", "before"),
    [
        ("2020", "2019"),
        ("2020-Q3", "2019-Q3"),
        ("2021-01/2021-05", "2020-01/2020-05"),
        ("/2020-12-31", "/2019-12-31"),
        ("2020-02-29", "2019-02-28"),
        ("2021-02-28", "2020-02-28"),
        ("nothing", None),
    ],
)
def test_year_before(value: str, before: str | None) -> None:
    assert periods.year_before(value) == before


@pytest.mark.parametrize(
    ("value", "frequency"),
    [
        ("2020", "year"),
        ("2020-01/2020-12", "year"),
        ("2020-H1", "half"),
        ("2020-Q2", "quarter"),
        ("2020-05", "month"),
        ("2020-05-11/2020-05-20", "ten_days"),
        ("2020-02-21/2020-02-29", "ten_days"),
        ("2020-05-11", "day"),
        ("2020-01/2020-09", "year_to_date"),
        ("/2020-09-30", "as_of"),
        ("2016/2020", "multi_year"),
        ("2020-07/2020-08", ""),
        ("?", ""),
    ],
)
def test_frequency(value: str, frequency: str) -> None:
    assert periods.frequency(value) == frequency


@pytest.mark.parametrize(
    ("value", "date", "after"),
    [
        ("2022", "2021", True),
        ("2021", "2021-05-01", False),
        ("2021-06", "2021-05-20", True),
        ("2021-06", "2021", False),
        ("/2021-06-30", "2021-05-20", True),
        ("x", "2021", False),
        ("2021", "", False),
    ],
)
def test_is_after(value: str, date: str, after: bool) -> None:
    assert periods.is_after(value, date) is after


def test_narrow_takes_the_inner_period_only_when_it_lies_inside() -> None:
    assert periods.narrow("2020", "2020-Q3") == "2020-Q3"
    assert periods.narrow("2020", "2019-Q3") == "2020"


@given(st.text(max_size=20))
def test_any_text_is_a_period_or_none(text: str) -> None:
    ends = periods.bounds(text)

    assert ends is None or ends[0] <= ends[1]
    assert (periods.frequency(text) == "") or ends is not None


@given(st.dates(date(1900, 1, 1), date(2099, 12, 1)), st.integers(0, 400))
def test_a_year_before_keeps_the_length_to_a_day(first: date, days: int) -> None:
    last = first + timedelta(days)
    before = periods.bounds(periods.year_before(f"{first}/{last}"))

    assert before is not None
    length = (date.fromisoformat(before[1]) - date.fromisoformat(before[0])).days
    assert abs(length - days) <= 1
