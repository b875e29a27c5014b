"""Worksheets that hold a million rows: written row by row, each an Excel table that can be opened filtered.

xlsxwriter has no tables in its constant-memory mode and no filtered tables; the two small subclasses here add both
through the places it keeps for that. No text is ever taken for a formula, an address or markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from zhengwen.errors import BadInput
from zhengwen.tables.cellxml import Value, cell, empty, row_start

try:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.packager import Packager
    from xlsxwriter.table import Table as XlTable
    from xlsxwriter.utility import xl_col_to_name, xl_range
    from xlsxwriter.worksheet import Worksheet
    from xlsxwriter.xmlwriter import XMLwriter
except ImportError:
    message = "the workbook needs xlsxwriter: pip install 'zhengwen[office]'"
    raise BadInput(message, code="missing", where="--format xlsx") from None

__all__ = ["MAX_ROWS", "Book", "Column", "Sheet", "heights"]

MAX_ROWS = 1_048_575
"""Rows that a sheet holds under its header."""

_NAME = re.compile(r"[^0-9A-Za-z_]")
_NARROW = re.compile("[\x00-\u2e7f]+")
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
    def put_row(self, row: int, xml: str) -> None:
        """Write a row that is XML already; the header, the only row that is not, goes out before the first."""
        if not self.previous_row:
            self._write_single_row(1)
        self.fh.write(xml)
        self.dim_rowmax = row - 1

    def font(self, look: Format) -> str:
        """Return a format's font as it stands in a text of several fonts."""
        self.rstring = XMLwriter()
        self.rstring._set_filehandle(StringIO())
        self._write_font(look)
        return str(self.rstring.fh.getvalue())

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
        self._bold = self.look(bold=True, font_color="#9C2A00")
        self.fonts = ("", "")
        """Bold and plain, as cells with both hold them."""
        self.links = self.look(font_color="#0563C1", underline=1, valign="top")

    def about(self, title: str, created: Any) -> None:
        """Set the document's title and time: fixed, so that the same run gives the same bytes."""
        self._book.set_properties({"title": title, "author": "zhengwen", "created": created})

    def look(self, **properties: Any) -> Format:
        """Return the format with these properties."""
        key = tuple(properties.items())
        found = self._looks.get(key)
        if found is None:
            found = self._looks[key] = self._book.add_format(properties)
        return found

    def sheet(self, name: str, columns: Sequence[Column], **options: Any) -> Sheet:
        """Add a sheet (`Sheet` says which options there are)."""
        return Sheet(self, self._add_worksheet, name, tuple(columns), **options)

    def _add_worksheet(self, name: str) -> Any:
        sheet = self._book.add_worksheet(name)
        self.fonts = sheet.font(self._bold), sheet.font(Format())
        return sheet

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
        self.rows += 1
        row = self.rows + 1
        hidden = self.chosen is not None and cells[self.chosen[0]] not in self.chosen[1]
        chosen, plain, fonts = looks or {}, self._plain._get_xf_index(), self.book.fonts
        parts = [row_start(row, height, hidden)]
        for column, (letters, value) in enumerate(zip(self._letters, cells, strict=True)):
            if value is not None and value != "":
                look = chosen[column]._get_xf_index() if column in chosen else plain
                parts.append(cell(f"{letters}{row}", look, value, fonts))
            elif column in chosen:
                parts.append(empty(f"{letters}{row}", chosen[column]._get_xf_index()))
        parts.append("</row>")
        self._sheet.put_row(row, "".join(parts))
        return row

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
        self._letters = [xl_col_to_name(i) for i in range(len(self.columns))]
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


def heights(widths: Iterable[tuple[str, float]], most: int = 3) -> float:
    """Return the height of a row whose wrapped texts stand in columns of these widths, at most `most` lines."""
    lines = max((_wide(text) / width for text, width in widths), default=1)
    return 15.0 * min(most, max(1, int(lines + 0.999)))


def _wide(text: str) -> int:
    return len(text) + len(_NARROW.sub("", text))
