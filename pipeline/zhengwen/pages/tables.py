"""Tables that were flattened to one cell a line, or to one row a line: their title, heads, units and numbers.

Lines become a sequence of cells, each a text (T) or a number (N). A table reads T… (title, unit, heads, groups) and
then rows: a name, perhaps a unit, and as many numbers as there are columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from zhengwen.pages.lines import Line
from zhengwen.rules import Rules
from zhengwen.stages import TableCell

__all__ = ["Found", "Tables", "adding_up", "value_of"]

LONGEST_CELL = 32
LONGEST_ROW = 400
_NUMBER_TAIL = "0123456789%|｜"
_BARS = "|｜"
_FIELDS = re.compile(r"\t|\s{2,}|\s*[|｜]\s*|(?<=[\u4e00-\u9fff）)])\s(?=[-+]?\d[\d,.]*%?\s{2,}[-+]?\d)")
_UNITS = re.compile(r"[、，,;；]\s*")
"""What parts the units of a table that has several (万人、%)."""
_MOST_PARTS = 40
_PLAIN = re.compile(r"[-+]?\d{1,18}(?:\.\d{1,9})?", re.ASCII)


@dataclass(slots=True)
class _Cell:
    """A cell and where it stands in its line's text."""

    line: Line
    start: int
    end: int
    text: str
    number: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A cell with a number and what its heads say; `at` is its place in the text of line `line`."""

    line: int
    cell: TableCell


@dataclass(slots=True)
class _Row:
    name: _Cell
    unit: str
    groups: tuple[str, ...]
    numbers: list[_Cell]
    parent: int | None = None


@dataclass(slots=True)
class _Table:
    number: int
    title: str = ""
    unit: str = ""
    heads: list[str] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)


class Tables:
    """Finds flattened tables among a page's lines."""

    def __init__(self, rules: Rules) -> None:
        self._role: Mapping[str, re.Pattern[str]] = {r.yields["role"]: r.regex for r in rules.of("pages/tables")}

    def find(self, lines: Sequence[Line], count: int = 0) -> list[Found]:
        """Label the lines of every table (title: heading, the rest: body) and return the cells with numbers.

        Lines that a grid of the file has taken are left alone; tables are numbered from `count` + 1.
        """
        if sum(line.text[-1] in _NUMBER_TAIL and len(line.text) <= 200 for line in lines) < 2:
            return []
        found: list[Found] = []
        for run in self._runs(lines):
            for cells in self._parts(run):
                table = self._read(cells, count + 1)
                if table is not None:
                    count += 1
                    found.extend(self._cells(table))
        return found

    def _runs(self, lines: Sequence[Line]) -> Iterator[list[_Cell]]:
        """Yield runs of cells that hold numbers."""
        run: list[_Cell] = []
        for line in lines:
            cells = self._split(line) if line.table is None else []
            if cells:
                run.extend(cells)
            else:
                if sum(c.number for c in run) >= 3:
                    yield run
                run = []
        if sum(c.number for c in run) >= 3:
            yield run

    def _split(self, line: Line) -> list[_Cell]:
        """Return the line's cells; none when it is running text."""
        text = line.text
        if len(text) > LONGEST_ROW or line.ends:
            return []
        cells = self._fields(line)
        if _is_row(cells, text) or (len(cells) == 1 and text[-1] in _BARS and len(cells[0].text) <= LONGEST_CELL):
            return cells
        if len(text) > LONGEST_CELL or text[-1] in "，,、：:":
            return []
        number = self.says("number", text)
        sentence_like = text[-1].isdigit() or (text[-1] == "%" and any(c.isdigit() for c in text))
        return [_Cell(line, 0, len(text), text, number)] if number or not sentence_like else []

    def _fields(self, line: Line) -> list[_Cell]:
        """Return what stands between tabs, bars and wide blanks."""
        text = line.text
        cells, at = [], 0
        for gap in [*_FIELDS.finditer(text), None]:
            end = gap.start() if gap else len(text)
            piece = text[at:end].strip()
            if piece.strip("-:"):
                start = text.index(piece, at)
                cells.append(_Cell(line, start, start + len(piece), piece, self.says("number", piece)))
            at = gap.end() if gap else end
        return cells

    def says(self, role: str, text: str) -> bool:
        """Tell whether a cell's text reads as `role` (see `rules/pages/tables.toml`)."""
        return self._role[role].search(text) is not None

    def unit_in(self, text: str) -> tuple[str, str]:
        """Return a title without the unit that it carries in brackets, and that unit ("" when it carries none)."""
        found = self._role["unit_in"].search(text)
        if found is None:
            return text, ""
        return (text[: found.start()] + text[found.end() :]).strip(), _after_colon(found.group()).rstrip("）) ")

    def unit_of(self, text: str) -> str:
        """Return the unit that a line 单位：亿元 names."""
        return _after_colon(text)

    def _parts(self, run: Sequence[_Cell]) -> Iterator[list[_Cell]]:
        """Cut a run where a stub, a unit line or a whole head begins again after numbers."""
        texts: list[int] = []
        begin, numbers = 0, 0
        for i, cell in enumerate(run):
            if cell.number:
                numbers += 1
                texts = []
                continue
            texts.append(i)
            if numbers and (self.says("stub", cell.text) or self.says("unit_line", cell.text)):
                cut = texts[-2] if len(texts) > 1 and len(run[texts[-2]].text) >= 4 else i
                yield list(run[begin:cut])
                begin, numbers, texts = cut, 0, [i]
        yield list(run[begin:])

    def _read(self, cells: Sequence[_Cell], number: int) -> _Table | None:
        """Read one table; None when the cells have not its shape."""
        first = next((i for i, c in enumerate(cells) if c.number), None)
        last = max((i for i, c in enumerate(cells) if c.number), default=-1)
        if first is None or first == 0:
            return None
        body = list(cells[: last + 1])
        if all(self.says("year", c.text) for c in _numbers(body, first)) and len(_numbers(body, first)) > 1:
            for cell in _numbers(body, first):
                cell.number = False
            first = next((i for i, c in enumerate(body) if c.number), len(body))
        lengths = Counter(_lengths(body))
        width, often = max(lengths.items(), key=lambda x: (x[1], x[0]), default=(0, 0))
        if often < 2 or width * often < 3:
            return None
        table = _Table(number)
        begin = self._heads(table, body[:first], width)
        self._rows(table, body, begin, width)
        self._parents(table)
        return table if len(table.rows) >= 2 else None

    def _heads(self, table: _Table, head: Sequence[_Cell], width: int) -> int:
        """Read title, unit and heads from the texts over the first number; return where the rows begin."""
        stub = next((i for i, c in enumerate(head) if self.says("stub", c.text)), None)
        unit = next((i for i, c in enumerate(head) if self.says("unit_line", c.text)), None)
        if unit is not None:
            table.unit = _after_colon(head[unit].text)
        fence = stub if stub is not None else max(len(head) - 1 - width, 0)
        if stub is None and fence and head[fence - 1].line is head[fence].line:
            stub = fence = fence - 1
        start = fence + 1 if stub is not None else fence
        columns = width + any(self.says("unit_column", c.text) for c in head[start:])
        heads = [c for c in head[start : max(start, len(head) - 1)] if not self.says("unit_line", c.text)][:columns]
        begin = start + len(heads) if heads else max(start, len(head) - 1)
        table.heads = [c.text for c in heads] if len(heads) == columns else []
        if not table.heads:
            begin = max(0, len(head) - 1)
        title = next((i for i in range(min(fence, begin) - 1, -1, -1) if i != unit), None)
        if unit is not None and title is None and unit > 0:
            title = unit - 1
        if title is not None:
            line = head[title].line
            table.title = head[title].text
            line.name("heading", "pages.table_title")
            line.table = table.number
        for cell in (
            head[(title if title is not None else -1) + 1 :] if title is not None or stub is not None else head[begin:]
        ):
            _inside(cell.line, table.number)
        return begin

    def _rows(self, table: _Table, body: Sequence[_Cell], begin: int, width: int) -> None:
        """Read the rows: texts and then numbers; texts over a row's name are groups."""
        has_unit = any(self.says("unit_column", h) for h in table.heads)
        texts: list[_Cell] = []
        groups: tuple[str, ...] = ()
        i = begin
        while i < len(body):
            if not body[i].number:
                texts.append(body[i])
                _inside(body[i].line, table.number)
                i += 1
                continue
            numbers = []
            while i < len(body) and body[i].number:
                numbers.append(body[i])
                _inside(body[i].line, table.number)
                i += 1
            if not texts:
                continue
            unit = ""
            if len(texts) > 1 and (has_unit or self.says("unit", texts[-1].text)):
                unit = texts.pop().text
            if len(texts) > 1:
                groups = tuple(_tight(t.text) for t in texts[:-1])
            table.rows.append(_Row(texts[-1], unit, groups, numbers))
            texts = []

    def _parents(self, table: _Table) -> None:
        """Find each row's total: marked # or 其中 under it, or rows that add up to the one over them."""
        total: int | None = None
        for i, row in enumerate(table.rows):
            name = row.name.text
            if name.startswith(("#", "其中")) or (
                total is not None
                and self.bracket(name) == ""
                and table.rows[i - 1].parent == total
                and self.bracket(table.rows[total].name.text)
            ):
                row.parent = total
            else:
                total = i
        self._sums(table.rows)

    @staticmethod
    def _sums(rows: Sequence[_Row]) -> None:
        """Rows that add up to the row over them, as printed, are its parts."""
        values = [value_of(row.numbers[0].text) for row in rows]
        following: list[int] = []
        for i in range(len(rows) - 1, -1, -1):
            value = values[i]
            taken = adding_up(value, [values[j] for j in following[:_MOST_PARTS]]) if value else 0
            for j in following[:taken]:
                rows[j].parent = i
            following = [i, *following[taken:][:_MOST_PARTS]]

    def _cells(self, table: _Table) -> Iterator[Found]:
        heads = [h for h in table.heads if not self.says("unit_column", h)]
        for r, row in enumerate(table.rows):
            name = row.name.text
            row_unit = self.bracket(name) or row.unit
            if not row_unit and row.parent is not None and not table.unit:
                row_unit = self.bracket(table.rows[row.parent].name.text) or table.rows[row.parent].unit
            outer = row.groups
            for c, cell in enumerate(row.numbers):
                head = heads[c] if c < len(heads) else ""
                if not any(x.isdigit() for x in cell.text) or (head and self.says("skipped", head)):
                    continue
                unit = self.unit_for(head, row_unit, self.one_unit(table.unit, name, head), cell.text)
                yield Found(
                    cell.line.number,
                    TableCell(
                        paragraph=-1,
                        start=cell.start,
                        end=cell.end,
                        row_heads=(*outer, self.plain(name)),
                        column_heads=(self.plain(head),) if head else (),
                        unit=unit,
                        title=table.title,
                        parent_row=row.parent,
                        row=r,
                        column=c,
                    ),
                )

    def unit_for(self, head: str, row_unit: str, table_unit: str, text: str) -> str:
        """Return the unit of a cell: its own, its column's, its row's or the table's."""
        if text.endswith("%"):
            return "%"
        own = self.bracket(head)
        if own:
            return own
        if head and self.says("percent", head):
            return "%"
        return row_unit or table_unit

    def one_unit(self, unit: str, row: str, head: str) -> str:
        """Return which of a table's units (万人、%) the row and column of a cell are of; "" when they do not tell."""
        units = _UNITS.split(unit)
        if len(units) == 1:
            return unit
        if "%" in units and (self.says("percent", head) or self.says("percent", row)):
            return "%"
        kinds = {u: _kind(u) for u in units if u != "%"}
        if len(kinds) == 1:
            return next(iter(kinds))
        for kind in ("of_money", "of_count"):
            of_kind = [u for u, k in kinds.items() if k == kind]
            if len(of_kind) == 1 and (self.says(kind, row) or (head and self.says(kind, head))):
                return of_kind[0]
        return ""

    def bracket(self, head: str) -> str:
        """Return the unit in brackets at the end of a head."""
        found = self._role["bracket"].search(head)
        return found.group().strip("（()）,，/±+- ") if found else ""

    def plain(self, head: str) -> str:
        """Return a head without its unit, signs and inner blanks."""
        found = self._role["bracket"].search(head)
        text = head[: found.start()] if found else head
        return _tight(text.removeprefix("#").removeprefix("其中：").removeprefix("其中:").removeprefix("其中"))


def _kind(unit: str) -> str:
    """Return what a head's unit measures, as far as a row's name can tell: money, or something counted."""
    return "of_money" if unit.endswith("元") else "of_count" if unit[-1:] in "人户家个所次座辆台" else ""


def _is_row(cells: Sequence[_Cell], text: str) -> bool:
    """Tell whether fields make a table's row: numbers among them, or clear separators, or several words."""
    if len(cells) < 2 or any(len(c.text) > LONGEST_CELL for c in cells):
        return False
    words = sum(len(c.text) > 1 for c in cells)
    return any(c.number for c in cells) or "\t" in text or "|" in text or (words >= 3 and words == len(cells))


def _inside(line: Line, number: int) -> None:
    if line.table is None:
        line.table = number
        line.name("body", "pages.table_cell")


def _numbers(cells: Sequence[_Cell], first: int) -> list[_Cell]:
    """Return the run of numbers that begins at `first`."""
    run = []
    for cell in cells[first:]:
        if not cell.number:
            break
        run.append(cell)
    return run


def _lengths(cells: Sequence[_Cell]) -> Iterator[int]:
    count = 0
    for cell in cells:
        if cell.number:
            count += 1
        elif count:
            yield count
            count = 0
    if count:
        yield count


def _tight(text: str) -> str:
    return "".join(text.split())


def _after_colon(text: str) -> str:
    return re.split("[：:]", text, maxsplit=1)[1].strip().rstrip("）)").strip()


def value_of(text: str) -> Decimal | None:
    """Return the number of a cell as printed, None when it holds none."""
    digits = _tight(text).replace(",", "").rstrip("%")
    return Decimal(digits) if _PLAIN.fullmatch(digits) else None


def adding_up(total: Decimal, parts: Sequence[Decimal | None]) -> int:
    """Return how many of `parts`, two or more, add up to `total` within half a printed unit each."""
    exponent = total.as_tuple().exponent
    half = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) / 2
    added = Decimal(0)
    for count, part in enumerate(parts, 1):
        if part is None:
            return 0
        added += part
        if count > 1 and abs(added - total) <= half * (count + 1):
            return count
        if added > total + half * (count + 1):
            return 0
    return 0
