"""Worksheets that hold a million rows: written row by row, each an Excel table that can be opened filtered.

xlsxwriter has no tables in its constant-memory mode and no filtered tables; the two small subclasses here add both
through the places it keeps for that. No text is ever taken for a formula, an address or markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from zhengwen.errors import BadInput

try:
    import xlsxwriter
    from xlsxwriter.packager import Packager
    from xlsxwriter.table import Table as XlTable
    from xlsxwriter.utility import xl_range
    from xlsxwriter.worksheet import Worksheet
except ImportError:
    message = "the workbook needs xlsxwriter: pip install 'zhengwen[office]'"
    raise BadInput(message, code="missing", where="--format xlsx") from None

if TYPE_CHECKING:
    from xlsxwriter.format import Format

__all__ = ["MAX_CELL", "MAX_ROWS", "Book", "Column", "Link", "Rich", "Sheet", "heights"]

MAX_ROWS = 1_048_575
"""Rows that a sheet holds under its header."""

MAX_CELL = 32_767
"""UTF-16 units that Excel takes in a cell."""

_LINK = 255
_NAME = re.compile(r"[^0-9A-Za-z_]")
_RAW = ("<r>", "</r>")
_CONTROL = re.compile("[\x00-\x1f]")
_NO_ADDRESS = re.compile("[\x00-\x20\x7f\ud800-\udfff]")
_HALF = re.compile("[\ud800-\udfff]")
_STYLE = "TableStyleLight1"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, width in characters, the header's hover text; `values` makes a dropdown of its cells."""

    header: str
    width: float = 12
    about: str = ""
    values: tuple[str, ...] = ()
    hidden: bool = False
    number: bool = False
    """Whether its cells are numbers: the header stands over them, at the right."""
    head: str = ""
    """Name of the header's format, the book's plain one without."""


@dataclass(frozen=True, slots=True)
class Rich:
    """A text with one part in bold."""

    before: str
    bold: str
    after: str


@dataclass(frozen=True, slots=True)
class Link:
    """A text or number that leads to an address or to a place in the workbook (`#sheet!A1`).

    `place` may be a formula's text instead, for places that move when a sheet is sorted.
    """

    shown: str | float
    address: str = ""
    place: str = ""


Value = str | int | float | bool | None | Rich | Link


class _Filtered(XlTable):  # type: ignore[misc]
    """A table whose filter hides some rows."""

    def _write_auto_filter(self) -> None:
        chosen = self.properties.get("chosen")
        if not chosen:
            super()._write_auto_filter()
            return
        self._xml_start_tag("autoFilter", [("ref", self.properties["autofilter"])])
        column, values = chosen
        self._xml_start_tag("filterColumn", [("colId", column)])
        self._xml_start_tag("filters")
        for value in values:
            self._xml_empty_tag("filter", [("val", value)])
        self._xml_end_tag("filters")
        self._xml_end_tag("filterColumn")
        self._xml_end_tag("autoFilter")


class _Packager(Packager):  # type: ignore[misc]
    def _write_table_files(self) -> None:
        found = (props for sheet in self.workbook.worksheets() for props in sheet.tables)
        for index, props in enumerate(found, 1):
            table = _Filtered()
            table._set_xml_writer(self._filename(f"xl/tables/table{index}.xml"))
            table._set_properties(props)
            table._assemble_xml_file()


class _Worksheet(Worksheet):  # type: ignore[misc]
    def lay_table(self, name: str, headers: Sequence[str], rows: int, chosen: tuple[int, Sequence[str]] | None) -> None:
        """Make a table of the rows that are written; `chosen` is a column and the values that its filter leaves."""
        area = xl_range(0, 0, max(rows, 1), len(headers) - 1)
        columns = [
            {"id": i, "name": header, "total_string": "", "total_function": "", "formula": "", "format": None}
            for i, header in enumerate(headers, 1)
        ]
        shape = {"name": name, "range": area, "a_range": area, "autofilter": area, "style": _STYLE, "columns": columns}
        stripes = {"show_first_col": 0, "show_last_col": 0, "show_row_stripes": True, "show_col_stripes": 0}
        heads = {"header_row_count": 1, "totals_row_shown": 0, "description": None, "title": None}
        self.tables.append({**shape, **stripes, **heads, "chosen": chosen})


class _Workbook(xlsxwriter.Workbook):  # type: ignore[misc]
    worksheet_class = _Worksheet

    def _get_packager(self) -> Packager:
        return _Packager()


class Book:
    """A workbook that is written in constant memory; `look` gives a format by its properties, each made once."""

    def __init__(self, path: str) -> None:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = _Workbook(path, {**options, "strings_to_numbers": False})
        self._looks: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.bold = self._book.add_format({"bold": True, "font_color": "#9C2A00"})
        self.links = self.look(font_color="#0563C1", underline=1, valign="top")

    def about(self, title: str, created: Any) -> None:
        """Set the document's title and time: fixed, so that the same run gives the same bytes."""
        self._book.set_properties({"title": title, "author": "zhengwen", "created": created})

    def look(self, **properties: Any) -> Format:
        """Return the format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._looks:
            self._looks[key] = self._book.add_format(properties)
        return self._looks[key]

    def sheet(self, name: str, columns: Sequence[Column], **options: Any) -> Sheet:
        """Add a sheet (`Sheet` says which options there are)."""
        return Sheet(self, self._book.add_worksheet, name, tuple(columns), **options)

    def close(self) -> None:
        """Write the file."""
        self._book.close()


@dataclass
class Sheet:
    """A sheet that is one table: header, rows as they come, and a further sheet when it is full."""

    book: Book
    add_worksheet: Any
    name: str
    columns: tuple[Column, ...]
    table: str = ""
    frozen: int = 0
    chosen: tuple[int, tuple[str, ...]] | None = None
    """A column and the values that its filter leaves in view."""
    printed: int | None = None
    """The last column that is printed; all without it."""
    more: str = "{} {}"
    max_rows: int = MAX_ROWS
    rows: int = 0
    """Rows written on the sheet in hand."""
    colours: tuple[tuple[int, str, Mapping[str, Any]], ...] = ()
    """Cells to be coloured while people edit: column, the text they hold, the format."""
    names: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._open(self.name)

    def add(self, cells: Sequence[Value], looks: Mapping[int, Format] | None = None, height: float = 15) -> int:
        """Write a row and return its row number as Excel counts; `looks` are formats by column."""
        if self.rows >= self.max_rows:
            self.close()
            self._open(self.more.format(self.name, len(self.names) + 1))
        row = self.rows = self.rows + 1
        hidden = self.chosen is not None and cells[self.chosen[0]] not in self.chosen[1]
        self._sheet.set_row(row, height, None, {"hidden": True} if hidden else {})
        chosen = looks or {}
        for column, value in enumerate(cells):
            look = chosen.get(column, self._plain)
            if value is not None and value != "":
                self._put(row, column, value, look)
            elif column in chosen:
                self._sheet.write_blank(row, column, None, look)
        return row + 1

    def close(self) -> None:
        """Make the table of what is written; formats and dropdowns reach over all its rows."""
        sheet, last = self._sheet, max(self.rows, 1)
        number = len(self.names)
        table = (self.table or _NAME.sub("_", self.name)) + (f"_{number}" if number > 1 else "")
        if self.printed is not None:
            sheet.print_area(0, 0, last, self.printed)
        sheet.lay_table(table, [c.header for c in self.columns], self.rows, self.chosen)
        for i, column in enumerate(self.columns):
            if column.values:
                rule = {"validate": "list", "source": list(column.values), "error_type": "warning"}
                sheet.data_validation(1, i, last, i, rule)
        for i, text, look in self.colours:
            rule = {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": self.book.look(**look)}
            sheet.conditional_format(1, i, last, i, rule)

    def _open(self, name: str) -> None:
        self._sheet = sheet = self.add_worksheet(name[:31])
        self._plain = self.book.look(valign="top")
        self.names.append(name[:31])
        self.rows = 0
        sheet.freeze_panes(1, self.frozen)
        for i, column in enumerate(self.columns):
            options = {"level": 1, "hidden": True} if column.hidden else {}
            sheet.set_column(i, i, column.width, self._plain, options)
        colours = {"": "#DDE7F0", "review": "#FFE699", "id": "#EDEDED"}
        for i, column in enumerate(self.columns):
            side = {"align": "right"} if column.number else {}
            look = self.book.look(
                bold=True, text_wrap=True, valign="top", bg_color=colours[column.head], bottom=1, **side
            )
            sheet.write_string(0, i, column.header, look)
            if column.about:
                sheet.write_comment(0, i, column.about, {"x_scale": 2, "author": "zhengwen"})
        sheet.set_row(0, 32)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&A&R&P / &N")
        sheet.outline_settings(True, True, False, False)

    def _put(self, row: int, column: int, value: Value, look: Format) -> None:
        sheet = self._sheet
        if isinstance(value, bool):
            sheet.write_boolean(row, column, value, look)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, look)
        elif isinstance(value, Rich):
            self._put_rich(row, column, value, look)
        elif isinstance(value, Link):
            self._put_link(row, column, value, look)
        elif value is not None:
            sheet.write_string(row, column, _harmless(value), look)

    def _put_rich(self, row: int, column: int, value: Rich, look: Format) -> None:
        whole = f"{value.before}{value.bold}{value.after}"
        before, bold, after = (_whole(part) for part in (value.before, value.bold, value.after))
        if not bold or not (before or after) or len(whole) * 2 > MAX_CELL:
            self._sheet.write_string(row, column, _harmless(whole), look)
            return
        pieces = [*([before] if before else []), self.book.bold, bold, *([after] if after else [])]
        self._sheet.write_rich_string(row, column, *pieces, look)

    def _put_link(self, row: int, column: int, value: Link, look: Format) -> None:
        """Write a link as a formula of constants: such links are not counted, and move when the sheet is sorted."""
        target = value.place or _quoted(value.address)
        if value.address and not _is_address(value.address):
            self._put(row, column, value.shown, look)
            return
        shown = _quoted(value.shown) if isinstance(value.shown, str) else repr(value.shown)
        self._sheet.write_formula(row, column, f"=HYPERLINK({target},{shown})", look, value.shown)


def _is_address(address: str) -> bool:
    """Tell whether an address may become a link: web and our own files only, and no longer than Excel takes."""
    known = address.startswith(("http://", "https://", "report.html#", "#"))
    return known and len(address) <= _LINK and not _NO_ADDRESS.search(address)


def _quoted(text: str) -> str:
    return '"' + _CONTROL.sub("", _whole(text))[:_LINK].replace('"', '""') + '"'


def _whole(text: str) -> str:
    """Return a text with U+FFFD for half characters, which a file cannot hold."""
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", text)


def _harmless(text: str) -> str:
    """Return a text that Excel can hold: cut where it must be, no half characters, nothing that passes for markup."""
    text = _whole(text)
    if len(text) > MAX_CELL // 2 and len(text.encode("utf-16-le")) // 2 > MAX_CELL:
        text = text.encode("utf-16-le")[: 2 * (MAX_CELL - 1)].decode("utf-16-le", "ignore") + "…"
    # In constant memory xlsxwriter writes what stands between <r> and </r> as it is.
    return f"\u200b{text}" if text.startswith(_RAW[0]) and text.endswith(_RAW[1]) else text


def heights(widths: Iterable[tuple[str, float]], most: int = 3) -> float:
    """Return the height of a row whose wrapped texts stand in columns of these widths, at most `most` lines."""
    lines = max((_wide(text) / width for text, width in widths), default=1)
    return 15.0 * min(most, max(1, int(lines + 0.999)))


def _wide(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)
