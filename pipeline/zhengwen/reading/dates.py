"""Publication dates as people write them into options, metadata and archives."""

from __future__ import annotations

import re
from datetime import date

from zhengwen.errors import BadDate

__all__ = ["parse_date"]

_DATE = re.compile(
    r"(\d{4})(?:[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2})日?)?月?)?年?" r"(?:[T ]\s*\d{1,2}[:：时].*)?", re.DOTALL
)

_COMPACT = (4, 6, 8)
"""Lengths of a date in digits alone: 2021, 202103, 20210305."""


def parse_date(text: str, *, where: str = "") -> str:
    """Return a date in the contract's notation (2021, 2021-03, 2021-03-05), as exact as it was given.

    2021/3/5, 20210305, 2021年3月5日 and a date with a time of day are understood; an empty text stays empty.
    Raises `BadDate` for anything else, and for days that do not exist.
    """
    text = text.strip()
    if not text:
        return ""
    found = _DATE.fullmatch(text)
    if found is None or (text.isdigit() and len(text) not in _COMPACT):
        raise BadDate(_wanted(text), code="date", where=where)
    year, month, day = (int(p) if p else None for p in found.groups())
    try:
        date(year or 0, month or 1, day or 1)
    except ValueError:
        raise BadDate(_wanted(text), code="date", where=where) from None
    return "-".join(f"{p:0{4 if i == 0 else 2}d}" for i, p in enumerate((year, month, day)) if p is not None)


def _wanted(text: str) -> str:
    return f"not a date: {text[:40]!r} (wanted: 2021, 2021-03 or 2021-03-05)"
