"""Tables that the file itself marks as tables: which cells are heads, which are values, and what a value's heads say.

A grid's rows are lines of the text already; here its lines are labelled, its title and unit are found around it, and
each cell with a number that is a value (no year, no number of order, no rank, no code) gets its heads and unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from zhengwen.pages.lines import Line
from zhengwen.pages.tables import Found, Tables, adding_up, value_of
from zhengwen.stages import Grid, GridCell, Page, TableCell

__all__ = ["Grids"]

_MOST_HEAD_ROWS = 6
_LONGEST_TITLE = 60
_FEWEST_ORDER = 3
_MOST_PARTS = 40


@dataclass(slots=True)
class _Sheet:
    """One grid as read: every place of the table and the cell that covers it."""

    lines: list[Line]
    text: str
    at: dict[tuple[int, int], GridCell]
    height: int
    width: int
    head: int = 0
    """How many rows are heads."""
    stub: int = 0
    """How many columns name the rows."""
    unit: str = ""
    title: str = ""
    units: dict[int, int] = field(default_factory=dict)
    """For each column of values, the column that holds its unit."""

    def said(self, row: int, column: int) -> str:
        """Return what the cell over a place says, "" where there is none."""
        cell = self.at.get((row, column))
        return self.text[cell.start : cell.end] if cell else ""

    def own(self, row: int, column: int) -> bool:
        """Tell whether a cell begins at a place, not only reaches over it."""
        cell = self.at.get((row, column))
        return cell is not None and (cell.row, cell.column) == (row, column)


class Grids:
    """Reads the grids of a page by the words that `rules/pages/tables.toml` gives for flattened tables too."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._is = tables.says

    def find(self, page: Page, lines: Sequence[Line], count: int = 0) -> list[Found]:
        """Label the lines of every grid and return its values; tables are numbered from `count` + 1."""
        found: list[Found] = []
        for number, grid in enumerate(page.grids, count + 1):
            found += self._values(self._read(page, lines, grid, number))
        return found

    def _read(self, page: Page, lines: Sequence[Line], grid: Grid, number: int) -> _Sheet:
        inside = [x for x in lines if grid.start <= x.start < grid.end]
        for line in inside:
            line.table = number
            line.name("body", "pages.grid")
        at = {
            (r, c): cell
            for cell in grid.cells
            for r in range(cell.row, cell.row + cell.rows)
            for c in range(cell.column, cell.column + cell.columns)
        }
        sheet = _Sheet(
            inside,
            page.text,
            at,
            height=1 + max((c.row for c in grid.cells), default=-1),
            width=max((c.column + c.columns for c in grid.cells), default=0),
            title=grid.name,
        )
        if inside:
            self._around(sheet, lines, lines.index(inside[0]), number)
        self._heads(sheet)
        self._stub(sheet)
        return sheet

    def _around(self, sheet: _Sheet, lines: Sequence[Line], first: int, number: int) -> None:
        """Find the unit and the title over a table, in its first rows or in the lines over it."""
        for line in reversed(lines[max(0, first - 2) : first]):
            if line.table is not None or line.label:
                break
            if self._is("unit_line", line.text):
                sheet.unit = self._tables.unit_of(line.text)
                line.table = number
                line.name("body", "pages.grid")
            elif len(line.text) <= _LONGEST_TITLE and not line.ends and line.text[-1] not in "：:，,":
                self._entitle(sheet, line.text)
                if line is not lines[0]:
                    line.table = number
                    line.name("heading", "pages.grid_title")
                break
            else:
                break

    def _heads(self, sheet: _Sheet) -> None:
        """Count the rows over the first one that holds values; a row of one cell is the title or the unit."""
        row = 0
        while row < min(sheet.height, _MOST_HEAD_ROWS):
            cells = [sheet.said(row, c) for c in range(sheet.width) if sheet.own(row, c) and sheet.said(row, c)]
            if len(cells) == 1 and row < sheet.height - 1:
                self._single(sheet, row, cells[0])
            elif any(self._is("number", x) and not self._is("year", x) for x in cells[1:]) and not self._called_head(
                sheet, row
            ):
                break
            row += 1
        sheet.head = row if row < sheet.height else 0

    def _called_head(self, sheet: _Sheet, row: int) -> bool:
        cells = [c for (r, _), c in sheet.at.items() if r == row]
        return bool(cells) and all(c.head for c in cells)

    def _single(self, sheet: _Sheet, row: int, said: str) -> None:
        if self._is("unit_line", said):
            sheet.unit = self._tables.unit_of(said)
        elif row == 0 and len(said) <= _LONGEST_TITLE:
            self._entitle(sheet, said)

    def _entitle(self, sheet: _Sheet, said: str) -> None:
        sheet.title, unit = self._tables.unit_in(said)
        sheet.unit = sheet.unit or unit

    def _stub(self, sheet: _Sheet) -> None:
        """Count the columns that name the rows: up to the first that mostly holds values; find columns of units."""
        rows = range(sheet.head, sheet.height)
        for column in range(sheet.width):
            cells = [x for r in rows if (x := sheet.said(r, column))]
            numbers = sum(self._is("number", x) for x in cells)
            if cells and numbers * 2 > len(cells) and not self._order(sheet, column, cells):
                break
            sheet.stub = column + 1
        for column in range(sheet.width):
            if any(self._is("unit_column", sheet.said(r, column)) for r in range(sheet.head)):
                sheet.units.update(dict.fromkeys(range(column + 1, sheet.width), column))

    def _order(self, sheet: _Sheet, column: int, cells: Sequence[str]) -> bool:
        """Tell whether a column of numbers only orders or names: 1, 2, 3 …, years, or a head that says so."""
        heads = self._column_heads(sheet, column)
        if heads and (self._is("skipped", heads[-1]) or self._is("stub", heads[-1])):
            return True
        digits = [int(x) for x in cells if x.isdecimal() and len(x) < 5]
        if len(digits) != len(cells) or len(digits) < _FEWEST_ORDER:
            return False
        years = all(self._is("year", x) for x in cells)
        return column == 0 and (years or digits == list(range(digits[0], digits[0] + len(digits))))

    def _column_heads(self, sheet: _Sheet, column: int) -> list[str]:
        """Return the heads over a column from the outermost, each once, the table's title and unit aside."""
        heads: list[str] = []
        for row in range(sheet.head):
            said = sheet.said(row, column)
            alone = sum(1 for c in range(sheet.width) if sheet.own(row, c) and sheet.said(row, c)) == 1
            if said and not alone and (not heads or heads[-1] != said):
                heads.append(said)
        return heads

    def _values(self, sheet: _Sheet) -> Iterator[Found]:
        """Yield the cells that are values, row by row."""
        parents = self._parents(sheet)
        columns = {c: self._column_heads(sheet, c) for c in range(sheet.stub, sheet.width)}
        wanted = [c for c, h in columns.items() if not (h and self._is("skipped", h[-1]))]
        for row in range(sheet.head, sheet.height):
            heads = self._row_heads(sheet, row)
            if not heads:
                continue
            for column in wanted:
                said = sheet.said(row, column)
                if sheet.own(row, column) and self._is("number", said) and any(x.isdigit() for x in said):
                    line = next((x for x in sheet.lines if x.start <= sheet.at[row, column].start <= x.end), None)
                    if line is not None:
                        cell = self._cell(sheet, row, column, heads, columns[column], parents.get(row))
                        start = sheet.at[row, column].start - line.start
                        yield Found(line.number, _placed(cell, start, start + len(said)))

    def _cell(
        self,
        sheet: _Sheet,
        row: int,
        column: int,
        rows: Sequence[str],
        columns: Sequence[str],
        parent: int | None,
    ) -> TableCell:
        plain = self._tables.plain
        unit = sheet.said(row, sheet.units[column]) if column in sheet.units else ""
        alone = next((h for h in columns if self._is("unit", h)), "")
        columns = [h for h in columns if h != alone]
        unit = self._tables.unit_for(
            columns[-1] if columns else "",
            alone or self._unit_above(columns[:-1]) or self._tables.bracket(rows[-1]) or unit,
            self._tables.one_unit(sheet.unit, rows[-1], columns[-1] if columns else ""),
            sheet.said(row, column),
        )
        return TableCell(
            paragraph=-1,
            start=0,
            end=0,
            row_heads=tuple(p for h in rows if not self._is("total", p := plain(h)) or not self._by_place(sheet)),
            column_heads=tuple(p for h in columns if (p := plain(h))),
            unit=unit,
            title=sheet.title,
            parent_row=parent,
            row=row,
            column=column,
            subject=self._subject(sheet, row),
        )

    def _by_place(self, sheet: _Sheet) -> bool:
        """Tell whether the table's rows are places or bodies."""
        heads = (self._column_heads(sheet, c)[-1:] for c in range(sheet.stub))
        return any(h and self._is("subjects", h[0]) for h in heads)

    def _subject(self, sheet: _Sheet, row: int) -> str:
        """Return the name of whom a row is about, "" where rows are indicators or the row is a sum of others."""
        for column in range(sheet.stub):
            over = self._column_heads(sheet, column)
            if over and self._is("subjects", over[-1]):
                name = self._tables.plain(sheet.said(row, column))
                return "" if self._is("total", name) else name
        return ""

    def _unit_above(self, heads: Sequence[str]) -> str:
        return next((u for h in reversed(heads) if (u := self._tables.bracket(h))), "")

    def _row_heads(self, sheet: _Sheet, row: int) -> list[str]:
        """Return what names a row, from the outermost; numbers of order and units name nothing."""
        heads: list[str] = []
        for column in range(sheet.stub):
            said = sheet.said(row, column)
            over = self._column_heads(sheet, column)
            bare = self._is("number", said) and not self._is("year", said)
            if not said or bare or (over and (self._is("unit_column", over[-1]) or self._is("order", over[-1]))):
                continue
            if not heads or heads[-1] != said:
                heads.append(said)
        return heads

    def _parents(self, sheet: _Sheet) -> dict[int, int]:
        """Find each row's total: marked 其中 or # under it, or rows that add up to the one over them."""
        names = {r: "".join(self._row_heads(sheet, r)[-1:]) for r in range(sheet.head, sheet.height)}
        first = sheet.stub
        values = {r: value_of(sheet.said(r, first)) for r in names}
        parents: dict[int, int] = {}
        total: int | None = None
        following: list[int] = []
        for row, name in names.items():
            if name.startswith(("#", "其中")) and total is not None:
                parents[row] = total
            else:
                total = row
        for row in reversed(list(names)):
            value = values[row]
            taken = adding_up(value, [values[r] for r in following[:_MOST_PARTS]]) if value else 0
            parents.update(dict.fromkeys(following[:taken], row))
            following = [row, *following[taken:][:_MOST_PARTS]]
        return parents


def _placed(cell: TableCell, start: int, end: int) -> TableCell:
    return replace(cell, start=start, end=end)
