"""Figure rows as a pandas frame: fixed columns and dtypes, whatever the rows hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_type_hints

import pandas as pd

from zhengwen.records import Figure
from zhengwen.tables.columns import FIGURE_COLUMNS

__all__ = ["FRAME_COLUMNS", "to_frame"]

FRAME_COLUMNS: tuple[str, ...] = ("id", *FIGURE_COLUMNS, "error")
"""Columns of `extract_frame`'s result."""


def to_frame(rows: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Return rows as a frame of `FRAME_COLUMNS`; numbers are float64 or Int64, the rest strings, ids as given."""
    ids = pd.Series([r["id"] for r in rows], name="id")
    columns = {c: pd.Series([r.get(c) for r in rows], dtype=_dtype(c)) for c in FRAME_COLUMNS if c != "id"}
    return pd.DataFrame({"id": ids, **columns})


def _dtype(column: str) -> Any:
    hint = str(get_type_hints(Figure).get(column, str))
    if hint == "<class 'int'>":
        return pd.Int64Dtype()
    return "float64" if ("Decimal" in hint and "tuple" not in hint) or "float" in hint else "str"
