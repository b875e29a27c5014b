"""Pieces of text on a printed page, put in reading order: columns one after the other, lines into paragraphs, tables.

Pieces are runs of text with their box, y upwards, as a PDF gives them. Rows are pieces on one height; a page is cut
where a white strip divides several rows in a row (columns), unless the cells of those rows make a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

__all__ = ["Piece", "Table", "arrange"]

_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?\s?%?|[-—/…]+")
_GUTTER = 1.2
"""How wide white space is that divides columns or cells, in heights of a line."""
_FEWEST_ROWS = 3
_TABLE_NUMBERS = 0.3
_LONGEST_CELL = 24
_INDENT = 0.8
_SPACING = 2.2
_SIZE = 0.2
_ENDS = "。！？；：!?;:"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text on one line of a page."""

    left: float
    bottom: float
    right: float
    top: float
    text: str

    @property
    def height(self) -> float:
        """The height of the line."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; every row has as many as the table has columns, "" where there is none."""

    rows: tuple[tuple[str, ...], ...]


Row = list[Piece]


def arrange(pieces: Sequence[Piece]) -> list[str | Table]:
    """Return the paragraphs and tables of a page in reading order."""
    rows = _rows([p for p in pieces if p.text.strip()])
    return _blocks(rows, 0) if rows else []


def _rows(pieces: Sequence[Piece]) -> list[Row]:
    """Return the rows of a region from the top; pieces that touch are one."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda p: (-(p.top + p.bottom) / 2, p.left)):
        middle = (piece.top + piece.bottom) / 2
        last = rows[-1] if rows else []
        if last and last[0].bottom <= middle <= last[0].top:
            last.append(piece)
        else:
            rows.append([piece])
    return [_merged(sorted(row, key=lambda p: p.left)) for row in rows]


def _merged(row: Row) -> Row:
    cells: Row = []
    for piece in row:
        last = cells[-1] if cells else None
        if last is not None and piece.left - last.right < _GUTTER * max(last.height, piece.height):
            gap = " " if piece.left - last.right > 0.35 * last.height else ""
            text = last.text.rstrip() + gap + piece.text.lstrip()
            cells[-1] = Piece(last.left, min(last.bottom, piece.bottom), piece.right, max(last.top, piece.top), text)
        else:
            cells.append(piece)
    return cells


def _blocks(rows: list[Row], depth: int) -> list[str | Table]:
    """Return what a region holds: cut at its columns and tables, else as paragraphs."""
    found = _divided(rows) if depth < 6 else None
    if found is None:
        return list(_paragraphs(rows))
    begin, end, at = found
    middle = rows[begin:end]
    before = _blocks(rows[:begin], depth + 1) if begin else []
    after = _blocks(rows[end:], depth + 1) if end < len(rows) else []
    table = _table(middle)
    if table is not None:
        return [*before, table, *after]
    left = [[p for p in row if p.left < at] for row in middle]
    right = [[p for p in row if p.left >= at] for row in middle]
    inner = [x for side in (left, right) for x in _blocks([r for r in side if r], depth + 1)]
    return [*before, *inner, *after]


def _divided(rows: Sequence[Row]) -> tuple[int, int, float] | None:
    """Return the run of rows that a white strip divides, and where the strip stands; None when nothing does."""
    best: tuple[int, int, int, float] | None = None
    strips = sorted({(a.right + b.left) / 2 for row in rows for a, b in pairwise(row)})
    for at in _thinned(strips):
        begin, gaps = 0, 0
        for i in range(len(rows) + 1):
            crossed = i == len(rows) or any(p.left < at < p.right for p in rows[i])
            if not crossed:
                gaps += any(a.right <= at <= b.left for a, b in pairwise(rows[i]))
                continue
            if gaps >= _FEWEST_ROWS and (best is None or gaps > best[0]):
                best = (gaps, begin, i, at)
            begin, gaps = i + 1, 0
    if best is None:
        return None
    _, begin, end, at = best
    return begin, end, at


def _thinned(strips: Sequence[float]) -> list[float]:
    """Return strips that stand apart, at most forty: near ones divide the same rows."""
    kept: list[float] = []
    for at in strips:
        if not kept or at - kept[-1] > 2:
            kept.append(at)
    step = max(1, len(kept) // 40)
    return kept[::step]


def _table(rows: Sequence[Row]) -> Table | None:
    """Return the rows as a table when their cells are short and many of them numbers."""
    cells = [p for row in rows for p in row]
    inner = [p for row in rows if len(row) > 1 for p in row]
    numbers = sum(_NUMBER.fullmatch(p.text.strip()) is not None for p in inner)
    if not inner or numbers < _TABLE_NUMBERS * len(inner) or any(len(p.text) > _LONGEST_CELL for p in cells):
        return None
    edges = _columns(rows)
    table = []
    for row in rows:
        texts = [""] * len(edges)
        for piece in row:
            column = next((i for i, (a, b) in enumerate(edges) if piece.left < b and piece.right > a), 0)
            texts[column] = f"{texts[column]} {piece.text}".strip()
        table.append(tuple(texts))
    return Table(tuple(table))


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Return the columns of a table: where the cells of its fullest rows stand, overlapping ones as one."""
    most = max(len(row) for row in rows)
    spans = sorted((p.left, p.right) for row in rows if len(row) == most for p in row)
    columns: list[tuple[float, float]] = []
    for left, right in spans:
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(right, columns[-1][1]))
        else:
            columns.append((left, right))
    return columns


def _paragraphs(rows: Sequence[Row]) -> list[str]:
    """Return the paragraphs of a column: a full line goes on in the next one that is not indented.

    Where no line is indented, a sentence that ends with its line ends the paragraph.
    """
    lines = [
        Piece(
            row[0].left,
            min(p.bottom for p in row),
            row[-1].right,
            max(p.top for p in row),
            "  ".join(p.text.strip() for p in row),
        )
        for row in rows
    ]
    if not lines:
        return []
    left, right = min(x.left for x in lines), max(x.right for x in lines)
    size = median(x.height for x in lines)
    indents = any(line.left > left + _INDENT * size for line in lines)
    out = [lines[0].text]
    for above, line in pairwise(lines):
        full = above.right >= right - 1.6 * size
        flush = line.left <= left + _INDENT * size
        near = above.bottom - line.bottom < _SPACING * size
        alike = abs(above.height - line.height) <= _SIZE * size
        ended = not indents and above.text[-1:] in _ENDS
        if full and flush and near and alike and not ended:
            out[-1] = _glued(out[-1], line.text)
        else:
            out.append(line.text)
    return out


def _glued(one: str, two: str) -> str:
    """Put two halves of a paragraph together: a blank only between Latin words."""
    blank = " " if one[-1:].isascii() and one[-1:].isalpha() and two[:1].isascii() and two[:1].isalpha() else ""
    return one + blank + two
