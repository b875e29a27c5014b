"""The columns of the figure and entity tables: the records' own fields, a few of the article's before them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal

from zhengwen.records import Article, Entity, Figure

__all__ = ["ENTITY_COLUMNS", "FIGURE_COLUMNS", "Cell", "entity_row", "figure_row", "safe"]

Cell = str | int | float | bool | None
"""What a cell of a table holds; None is an empty cell."""

_FIRST = (
    "source article_id title date subject indicator period value unit text measure base of status approx "
    "low high terms kind part_of period_start period_end"
).split()
_ONLY_RECORDS = {"inherited", "reasons"}
_FROM_ARTICLE = {"title", "date"}

FIGURE_COLUMNS: tuple[str, ...] = (
    *_FIRST,
    *(f.name for f in fields(Figure) if f.name not in _FIRST and f.name not in _ONLY_RECORDS),
)
"""Columns of `figures.csv`: who, what, when, how much first, provenance last. Reasons stay in the records."""

ENTITY_COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(Entity))
"""Columns of `entities.csv`: the entity record's fields."""

_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?%?")


def figure_row(figure: Figure, article: Article | None) -> dict[str, Cell]:
    """Return a figure as a row of `FIGURE_COLUMNS`; `article` gives its headline and publication date."""
    own = {c: _cell(getattr(figure, c)) for c in FIGURE_COLUMNS if c not in _FROM_ARTICLE}
    head = {"title": article.title if article else "", "date": article.date if article else None}
    return {c: head[c] if c in head else own[c] for c in FIGURE_COLUMNS}


def entity_row(entity: Entity) -> dict[str, Cell]:
    """Return an entity as a row of `ENTITY_COLUMNS`; aliases are divided by `|`, mentions are `start-end`."""
    row = {c: _cell(getattr(entity, c)) for c in ENTITY_COLUMNS}
    row["mentions"] = " ".join(f"{start}-{end}" for start, end in entity.mentions)
    return row


def safe(row: Mapping[str, Cell]) -> dict[str, Cell]:
    """Return a row that no spreadsheet takes for a formula: such a text gets an apostrophe in front."""
    return {k: _guard(v) if isinstance(v, str) else v for k, v in row.items()}


def _guard(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _cell(value: object) -> Cell:
    """Return a record's value as a cell: exact numbers as JSON has them, sequences joined by `|` (ratios by `:`)."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        numbers = all(isinstance(v, Decimal) for v in value)
        return (":" if numbers else "|").join(str(_cell(v)) for v in value)
    raise TypeError(f"no cell for {type(value).__name__}")
