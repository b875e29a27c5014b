"""Figures for the tests of this folder, made from what is printed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from zhengwen.records import Figure

MAGNITUDES = {"万": Decimal(10**4), "亿": Decimal(10**8)}
_serial = count()


def made(number: str, unit: str = "亿元", **slots: Any) -> Figure:
    """Return a figure as printed (`"4.17", "亿元"`), by default a level of 文苑街道 in 2020."""
    scale = MAGNITUDES.get(unit[:1], Decimal(1))
    name = unit[1:] if unit[:1] in MAGNITUDES else unit
    kind = {"元": "money", "%": "percent", "家": "count", "人": "count", "亩": "area"}.get(name, "count")
    at = next(_serial) * 10
    value = Decimal(number) * scale
    given = {
        "source": "page",
        "figure_id": f"f{at}",
        "article_id": "a1",
        "start": at,
        "end": at + len(number + unit),
        "text": number + unit,
        "value": value,
        "low": value,
        "high": value,
        "unit": name,
        "kind": kind,
        "indicator": "税收收入",
        "subject": "青川县",
        "period": "2020",
        "number_printed": number,
        "unit_printed": unit,
        "decimals": len(number.partition(".")[2]),
    }
    return Figure(**(given | slots))


@pytest.fixture(scope="session")
def figure() -> Callable[..., Figure]:
    """`figure("4.17", "亿元", **slots)`."""
    return made
