"""Periods as the judge compares them: two notations are equal when they resolve to the same dates.

Written apart from `zhengwen.times` on purpose: a mistake there must not hide itself here.
"""

from __future__ import annotations

import re
from calendar import monthrange

from zhengwen.scoring.alternatives import alternatives

__all__ = ["Span", "equal", "same_base", "same_period", "span", "year_before"]

Span = tuple[str | None, str | None]
"""First and last day, ISO, inclusive; None where the period is open."""

_POINT = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(0[1-9]|1[0-2])(?:-(\d\d))?))?")
_DAY = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(\d\d)")


def span(period: object) -> Span | None:
    """Return the days of a period in the contract's notation, None when there is none."""
    if period in (None, "", "null"):
        return None
    first, slash, last = str(period).partition("/")
    if not slash:
        last = first
    return (_bound(first, False) if first else None, _bound(last, True) if last else None)


def _bound(point: str, end: bool) -> str:
    """Return the first (or last) day of one point in time; what is no date stays as it is."""
    match = _POINT.fullmatch(point)
    if not match:
        return point
    year, quarter, half, month, day = match.groups()
    if day:
        return point
    first, last = 1, 12
    if quarter:
        first, last = 3 * int(quarter) - 2, 3 * int(quarter)
    elif half:
        first, last = 6 * int(half) - 5, 6 * int(half)
    elif month:
        first = last = int(month)
    return f"{year}-{last:02}-{monthrange(int(year), last)[1]:02}" if end else f"{year}-{first:02}-01"


def equal(a: Span | None, b: Span | None) -> bool:
    """Say whether two spans are the same; an as-of period equals the single day that it names."""
    if a is None or b is None:
        return a is b
    if a[0] is None or b[0] is None:
        return a[1] == b[1] and (a[0] == b[0] or (a[0] or b[0]) == a[1])
    return a == b


def year_before(period: object) -> Span | None:
    """Return the same days one year earlier (the last of a month stays the last), which is what `yoy` means."""
    days = span(period)
    return (_a_year_less(days[0]), _a_year_less(days[1])) if days else None


def _a_year_less(day: str | None) -> str | None:
    match = _DAY.fullmatch(day or "")
    if not match:
        return None
    year, month, date = (int(part) for part in match.groups())
    last = monthrange(year - 1, month)[1]
    date = last if date == monthrange(year, month)[1] else min(date, last)
    return f"{year - 1}-{month:02}-{date:02}"


def same_period(gold: object, found: object) -> bool:
    """Say whether `found` resolves to the dates of a gold alternative."""
    days = span(found)
    return any(equal(span(a), days) for a in alternatives(gold))


def same_base(gold: object, found: str | None, gold_period: object, found_period: object) -> bool:
    """Say whether two bases of comparison are the same; `yoy` is the figure's own period a year before."""
    own = alternatives(gold_period)[0]
    for wanted in alternatives(gold):
        if wanted == found or (wanted is None and not found):
            return True
        if not wanted or not found or "seq" in (wanted, found):
            continue
        a = year_before(own) if wanted == "yoy" else span(wanted)
        b = year_before(found_period) if found == "yoy" else span(found)
        if a and b and equal(a, b):
            return True
    return False
