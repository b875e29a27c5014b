"""The text that a reader makes of a file: lines one under the other, tables a row a line, with every cell's place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zhengwen.stages import Grid, GridCell

__all__ = ["CellText", "TextWriter"]

SEPARATOR = "\t"
_MOST_SPANNED = 100_000
"""Places of one table that spans may cover; cells that would cover more are read as cells of one place."""


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell as read: its text, how far it spans, and whether the file calls it a head."""

    text: str
    rows: int = 1
    columns: int = 1
    head: bool = False


@dataclass
class TextWriter:
    """Collects lines and tables into one text and its grids; empty lines between blocks are kept as one."""

    grids: list[Grid] = field(default_factory=list)
    page_starts: list[int] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _length: int = 0

    @property
    def length(self) -> int:
        """The length of the text so far."""
        return self._length

    def line(self, text: str) -> None:
        """Add a line, and its break."""
        self._add(" ".join(text.split("\n")).strip() + "\n")

    def gap(self) -> None:
        """Add an empty line, unless one is there or nothing is."""
        if self._parts and self._parts[-1] != "\n":
            self._add("\n")

    def page(self) -> None:
        """Note that a page of the file begins here."""
        self.page_starts.append(self._length)

    def table(self, rows: Sequence[Sequence[CellText]], name: str = "") -> None:
        """Add a table: a line a row, cells divided by tabs; a cell that spans is written once, where it begins.

        A table without any text is none.
        """
        if not any(cell.text.strip() for row in rows for cell in row):
            return
        start = self._length
        cells: list[GridCell] = []
        taken: set[tuple[int, int]] = set()
        spanned = 0
        for r, row in enumerate(rows):
            column, first = 0, True
            for cell in row:
                while (r, column) in taken:
                    column += 1
                if not first:
                    self._add(SEPARATOR)
                first = False
                text = " ".join(cell.text.split())
                down, across = cell.rows, cell.columns
                spanned += down * across if down * across > 1 else 0
                if spanned > _MOST_SPANNED:
                    down = across = 1
                cells.append(GridCell(r, column, self._length, self._length + len(text), down, across, cell.head))
                self._add(text)
                taken.update((r + i, column + c) for i in range(1, down) for c in range(across))
                column += across
            self._add("\n")
        self.grids.append(Grid(start, self._length, tuple(cells), " ".join(name.split())))

    def text(self) -> str:
        """Return the text so far, without the breaks at its end."""
        return "".join(self._parts).rstrip("\n")

    def _add(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)
