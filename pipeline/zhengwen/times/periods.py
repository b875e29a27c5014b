"""The contract's notation of periods, and its arithmetic: `2020`, `2020-Q3`, `2021-01/2021-05`, `/2020-12-31`.

A period is a string; this module is the only place that takes it apart.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

__all__ = [
    "are_years",
    "as_of",
    "begin",
    "bounds",
    "contains",
    "day_of",
    "edge",
    "end",
    "frequency",
    "in_a_year",
    "is_after",
    "is_day",
    "is_month",
    "members",
    "month_of",
    "narrow",
    "shift_months",
    "shift_years",
    "span",
    "valid",
    "year_before",
    "year_of",
]

_ONE = re.compile(r"([0-9]{4})(?:-(?:Q([1-4])|H([12])|([0-9]{2})(?:-([0-9]{2}))?))?")


def _ends(value: str) -> tuple[date, date] | None:
    """Return the first and last day of a period without a slash; None when it is none."""
    match = _ONE.fullmatch(value)
    if not match:
        return None
    year, quarter, half, month, day = match.groups()
    first, last = 1, 12
    if quarter:
        first, last = 3 * int(quarter) - 2, 3 * int(quarter)
    elif half:
        first, last = (1, 6) if half == "1" else (7, 12)
    elif month:
        first = last = int(month)
    try:
        if day:
            return date(int(year), first, int(day)), date(int(year), first, int(day))
        return date(int(year), first, 1), date(int(year), last, monthrange(int(year), last)[1])
    except ValueError:
        return None


@lru_cache(maxsize=8192)
def bounds(value: str | None) -> tuple[str, str] | None:
    """Return a period as ISO dates, inclusive; ("", date) for an as-of period; None when it is not valid."""
    if not value:
        return None
    left, slash, right = value.partition("/")
    if not slash:
        ends = _ends(value)
        return (ends[0].isoformat(), ends[1].isoformat()) if ends else None
    low, high = (_ends(left) if left else None), _ends(right)
    if high is None or (left and low is None):
        return None
    start = low[0].isoformat() if low else ""
    return (start, high[1].isoformat()) if start <= high[1].isoformat() else None


def begin(value: str | None) -> str:
    """Return the first day of a period, or "" (as-of periods have none)."""
    ends = bounds(value)
    return ends[0] if ends else ""


def end(value: str | None) -> str:
    """Return the last day of a period, or ""."""
    ends = bounds(value)
    return ends[1] if ends else ""


def year_of(value: str | None) -> int:
    """Return the year in which a period ends, 0 when it is not valid."""
    last = end(value)
    return int(last[:4]) if last else 0


def month_of(value: str | None) -> str:
    """Return the month in which a period ends (`2020-09`) when it is known that exactly, else ""."""
    last = (value or "").rpartition("/")[2]
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?", last) and bounds(last):
        return last[:7]
    return ""


def day_of(value: str | None) -> str:
    """Return the day on which a period ends when it is known to the day, else ""."""
    last = (value or "").rpartition("/")[2]
    return last if len(last) == 10 and bounds(last) else ""


def span(first: str, last: str) -> str:
    """Join two periods into one range in the shortest right notation."""
    return first if first == last else f"{first}/{last}"


def members(value: str) -> list[str]:
    """Return the years, months or quarters of a stretch told by its ends (2018-09/2018-10), else the value alone."""
    first, _, last = value.partition("/")
    if len(first) != len(last) or len(first) not in (len("2018"), len("2018-09")):
        return [value]
    if len(first) == len("2018"):
        return [str(y) for y in range(int(first), int(last) + 1)]
    head, low, high = first[:-1], first[-1], last[-1]
    if first[5] == "Q":
        return [f"{head}{i}" for i in range(int(low), int(high) + 1)] if head == last[:-1] else [value]
    months = [first]
    while months[-1] < last:
        months.append(shift_months(months[-1], 1))
    return months


def as_of(value: str) -> str:
    """Return the as-of period that ends where `value` ends."""
    last = value.rpartition("/")[2]
    return f"/{last}"


def valid(value: str) -> str | None:
    """Return the value when it is a period, else None."""
    return value if bounds(value) else None


def edge(value: str | None, which: str) -> str | None:
    """Return the first day (`start`) or the last (`end`) of a period as a period of its own."""
    return (begin(value) if which == "start" else end(value)) or None


def shift_years(value: str | None, years: int) -> str | None:
    """Return the same period `years` later (earlier when negative); the last day of February stays the last."""
    if bounds(value) is None or value is None:
        return None
    left, slash, right = value.partition("/")
    moved = [_moved(part, years) if part else "" for part in (left, right)]
    return f"{moved[0]}{slash}{moved[1]}"


def _moved(part: str, years: int) -> str:
    year = int(part[:4]) + years
    if not 1 <= year <= 9999:
        return part
    moved = f"{year:04}{part[4:]}"
    if part.endswith("-02-29") or (part.endswith("-02-28") and monthrange(int(part[:4]), 2)[1] == 28):
        return f"{year:04}-02-{monthrange(year, 2)[1]:02}" if part.endswith("29") else moved
    return moved


def year_before(value: str) -> str | None:
    """Return the same period a year earlier; None when it is not valid."""
    return shift_years(value, -1)


def shift_months(month: str, by: int) -> str:
    """Return the month `by` months after `month` (`2020-12`, 1 → `2021-01`)."""
    at = int(month[:4]) * 12 + int(month[5:7]) - 1 + by
    return f"{at // 12:04}-{at % 12 + 1:02}"


def frequency(value: str) -> str:
    """Return year, half, quarter, month, ten_days, day, year_to_date, as_of, multi_year, or "" for none of them."""
    ends = bounds(value)
    if ends is None:
        return ""
    if not ends[0]:
        return "as_of"
    low, high = date.fromisoformat(ends[0]), date.fromisoformat(ends[1])
    if low == high:
        return "day"
    whole = low.day == 1 and high.day == monthrange(high.year, high.month)[1]
    if not whole:
        return "ten_days" if low.day in (1, 11, 21) and _ten_days(low) == high else ""
    months = (high.year - low.year) * 12 + high.month - low.month + 1
    return _frequency_of_months(low.month, months)


def _frequency_of_months(first: int, months: int) -> str:
    if months == 12 and first == 1:
        return "year"
    if months > 12:
        return "multi_year"
    if months == 1:
        return "month"
    if months == 3 and first in (1, 4, 7, 10):
        return "quarter"
    if months == 6 and first in (1, 7):
        return "half"
    return "year_to_date" if first == 1 else ""


def _ten_days(low: date) -> date:
    """Return the last day of the third of a month that begins on `low`."""
    if low.day < 21:
        return low + timedelta(9)
    return low.replace(day=monthrange(low.year, low.month)[1])


def is_after(value: str, date: str) -> bool:
    """Tell whether the period begins after the (perhaps partial) date."""
    ends = bounds(value)
    if ends is None or not bounds(date):
        return False
    return (ends[0] or ends[1]) > end(date)


def contains(outer: str, inner: str) -> bool:
    """Tell whether the outer period covers the inner one."""
    one, two = bounds(outer), bounds(inner)
    return bool(one and two and one[0] <= (two[0] or two[1]) and two[1] <= one[1])


def narrow(outer: str, inner: str) -> str:
    """Return the inner period when the outer one covers it, else the outer: the closer of two times that hold."""
    return inner if contains(outer, inner) else outer


def in_a_year(period: str) -> bool:
    """Say whether a period is none of several years and none of days (2020, 2020-01/2020-09)."""
    first, _, last = period.partition("/")
    return not last or (len(first) == len(last) == len("2020-01") and first[:4] == last[:4])


def are_years(period: str) -> bool:
    """Say whether a period is a stretch of whole years (2016/2020)."""
    first, _, last = period.partition("/")
    return len(first) == len(last) == len("2020")


def is_month(period: str) -> bool:
    """Say whether a period ends in a month or a day (2020-09)."""
    return "-" in period and period[-2:].isdigit()


def is_day(period: str) -> bool:
    """Say whether a period is one day (2020-09-01)."""
    return len(period) == len("2020-01-01")
