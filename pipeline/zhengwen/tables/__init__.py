"""Records to files: a run folder, CSV and Parquet tables, a table for the terminal. All are views of the records."""

from __future__ import annotations

from zhengwen.tables.columns import ENTITY_COLUMNS, FIGURE_COLUMNS, entity_row, figure_row
from zhengwen.tables.folder import RunFolder, RunSummary
from zhengwen.tables.formats import FORMATS
from zhengwen.tables.jsonl import dumps

__all__ = [
    "ENTITY_COLUMNS",
    "FIGURE_COLUMNS",
    "FORMATS",
    "RunFolder",
    "RunSummary",
    "dumps",
    "entity_row",
    "figure_row",
]
