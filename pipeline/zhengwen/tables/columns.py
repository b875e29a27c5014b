"""The columns of the figure and entity tables: the records' own fields, a few of the article's before them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal
from operator import attrgetter

from zhengwen.records import Article, Entity, Figure

__all__ = [
    "ENTITY_COLUMNS",
    "FIGURE_COLUMNS",
    "Cell",
    "entity_cells",
    "entity_row",
    "figure_cells",
    "figure_row",
    "safe",
]

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

_STARTS = frozenset("=+-@＝＋－＠\t\r")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?%?")
_PLAIN = frozenset((str, int, float, bool, type(None)))
_figure_fields = attrgetter(*(c for c in FIGURE_COLUMNS if c not in _FROM_ARTICLE))
_entity_fields = attrgetter(*ENTITY_COLUMNS)
_TITLE, _DATE = FIGURE_COLUMNS.index("title"), FIGURE_COLUMNS.index("date")


def figure_row(figure: Figure, article: Article | None) -> dict[str, Cell]:
    """Return a figure as a row of `FIGURE_COLUMNS`; `article` gives its headline and publication date."""
    return dict(zip(FIGURE_COLUMNS, figure_cells(figure, article), strict=True))


def figure_cells(figure: Figure, article: Article | None) -> list[Cell]:
    """Return the cells of a figure's row, without their columns: what writing many rows needs."""
    cells = [v if type(v) in _PLAIN else _cell(v) for v in _figure_fields(figure)]
    cells.insert(_TITLE, article.title if article else "")
    cells.insert(_DATE, article.date if article else None)
    return cells


def entity_row(entity: Entity) -> dict[str, Cell]:
    """Return an entity as a row of `ENTITY_COLUMNS`; aliases are divided by `|`, mentions are `start-end`."""
    return dict(zip(ENTITY_COLUMNS, entity_cells(entity), strict=True))


def entity_cells(entity: Entity) -> list[Cell]:
    """Return the cells of an entity's row, without their columns."""
    return [v if type(v) in _PLAIN else _cell(v) for v in _entity_fields(entity)]


def safe(cells: Iterable[Cell]) -> list[Cell]:
    """Return cells that no spreadsheet takes for a formula: such a text gets an apostrophe in front."""
    return [f"'{c}" if type(c) is str and c[:1] in _STARTS and not _NUMBER.fullmatch(c) else c for c in cells]


def _cell(value: object) -> Cell:
    """Return a record's value as a cell: exact numbers as JSON has them, sequences joined by `|` (ratios by `:`)."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return " ".join("-".join(map(str, pair)) for pair in value)
    if isinstance(value, tuple):
        return (":" if all(isinstance(v, Decimal) for v in value) else "|").join(str(_cell(v)) for v in value)
    raise TypeError(f"no cell for {type(value).__name__}")
