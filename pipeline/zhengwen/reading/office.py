"""Word and Excel files: paragraphs and tables in their order, cells as their sheet shows them."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from zhengwen.errors import BadInput
from zhengwen.reading.files import digest, installed
from zhengwen.reading.writer import CellText, TextWriter
from zhengwen.stages import Page

if TYPE_CHECKING:
    from docx.table import Table
    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["read_docx", "read_xlsx"]

_DEFAULT_SHEET = ("Sheet", "工作表")
_LARGEST_PART = 256 * 1024 * 1024
_MOST_CELLS = 2_000_000
_SHEETS = "xl/worksheets/"
_MERGE = re.compile(
    rb"""<(?:\w{1,20}:)?mergeCell\s{1,20}ref=["']([A-Za-z]{1,5}\d{1,9}(?::[A-Za-z]{1,5}\d{1,9})?)["']"""
)


def read_docx(data: bytes, *, source: str) -> Page:
    """Return the page of a Word file (.docx): its paragraphs and tables in order, one line a row.

    Raises `BadInput` (not_installed, format, large, empty).
    """
    installed("docx", "office", "a Word file", where=source)
    import docx
    from docx.table import Table

    _checked(data, source, "Word")
    try:
        document = docx.Document(io.BytesIO(data))
        writer = TextWriter()
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                writer.table(list(_docx_rows(block)))
            elif block.text.strip():
                for line in block.text.split("\n"):
                    writer.line(line)
            else:
                writer.gap()
    except Exception as error:  # of a broken part the library says whatever it stumbled over
        raise _broken(error, "Word", source) from None
    return _page(writer, data, source, "docx")


def _docx_rows(table: Table) -> Iterator[list[CellText]]:
    """Yield a table's rows; a cell that spans is given once, with how far it reaches."""
    grid = [list(row.cells) for row in table.rows]
    for r, row in enumerate(grid):
        cells: list[CellText] = []
        at = 0
        while at < len(row):
            tc = row[at]._tc
            columns = 1
            while at + columns < len(row) and row[at + columns]._tc is tc:
                columns += 1
            if r == 0 or at >= len(grid[r - 1]) or grid[r - 1][at]._tc is not tc:
                rows = 1
                while r + rows < len(grid) and at < len(grid[r + rows]) and grid[r + rows][at]._tc is tc:
                    rows += 1
                cells.append(CellText(row[at].text, rows, columns))
            at += columns
        yield cells


def read_xlsx(data: bytes, *, source: str) -> Page:
    """Return the page of an Excel file (.xlsx): each sheet's rows as lines, numbers as the sheet shows them.

    Raises `BadInput` (not_installed, format, large, empty).
    """
    installed("openpyxl", "office", "an Excel file", where=source)
    import openpyxl

    _checked(data, source, "Excel")
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        writer = TextWriter()
        for sheet in book.worksheets:
            rows = list(_sheet_rows(sheet, source))
            if not rows:
                continue
            writer.gap()
            while len(rows) > 1 and sum(bool(c.text) for c in rows[0]) <= 1:
                writer.line("".join(c.text for c in rows.pop(0)))
            writer.table(rows, "" if sheet.title.startswith(_DEFAULT_SHEET) else sheet.title)
    except Exception as error:  # of a broken part the library says whatever it stumbled over
        raise _broken(error, "Excel", source) from None
    return _page(writer, data, source, "xlsx")


def _sheet_rows(sheet: Worksheet, source: str) -> Iterator[list[CellText]]:
    """Yield the rows of a sheet from its first to its last filled cell, empty rows left out."""
    if (sheet.max_row or 0) * (sheet.max_column or 0) > _MOST_CELLS:
        raise BadInput(f"the sheet {sheet.title} is too large", code="large", where=source)
    spans = {
        (r.min_row, r.min_col): (r.max_row - r.min_row + 1, r.max_col - r.min_col + 1)
        for r in sheet.merged_cells.ranges
    }
    covered = {
        (r, c) for (r0, c0), (h, w) in spans.items() for r in range(r0, r0 + h) for c in range(c0, c0 + w)
    } - spans.keys()
    for row in sheet.iter_rows():
        cells = [
            CellText(_shown(c.value, c.number_format), *spans.get((c.row, c.column), (1, 1)))
            for c in row
            if (c.row, c.column) not in covered
        ]
        if any(c.text for c in cells) or any((c.row, c.column) in covered for c in row):
            yield cells


def _shown(value: Any, form: str) -> str:
    """Return a cell's value as its sheet shows it: percent and decimals by its format, dates in ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "minutes")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if not isinstance(value, int | float):
        return str(value)
    form = (form or "General").split(";")[0]
    percent = form.endswith("%")
    number = Decimal(repr(value)) * (100 if percent else 1)
    decimals = _decimals(form)
    shown = _rounded(number, decimals) if decimals is not None else _plain(float(number))
    return f"{shown}%" if percent else shown


def _rounded(number: Decimal, decimals: int) -> str:
    """Return a number with so many decimals, halves away from zero as a sheet rounds them."""
    return f"{number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}" if number.is_finite() else str(number)


def _decimals(form: str) -> int | None:
    """Return how many decimal places a number format shows, None for the general one."""
    digits = form.rstrip("%_ )")
    if digits.lower() in ("general", "@", "") or not any(c in "0#" for c in digits):
        return None
    _, _, after = digits.partition(".")
    return sum(c in "0#" for c in after)


def _plain(number: float) -> str:
    """Return a number in its shortest form, without an exponent: 0.1 + 0.2 shows as 0.3, as a sheet shows it."""
    if isinstance(number, int) or float(number).is_integer():
        return str(int(number))
    return f"{number:.15g}" if "e" not in f"{number:.15g}" else f"{number:.10f}".rstrip("0")


def _checked(data: bytes, source: str, what: str) -> None:
    """Refuse what is no such file, and a zip whose parts would fill the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(i.file_size for i in parts.infolist()) > _LARGEST_PART:
                raise BadInput(f"the {what} file would unpack to more than 256 MB", code="large", where=source)
            if sum(_merged(parts.read(i)) for i in parts.infolist() if i.filename.startswith(_SHEETS)) > _MOST_CELLS:
                raise BadInput("merged cells cover more than two million places", code="large", where=source)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError) as error:
        raise _broken(error, what, source) from None


def _merged(sheet: bytes) -> int:
    """Return how many places a sheet's merged cells cover: its reader makes a cell for each."""
    corners = ([_place(c) for c in found[1].decode("ascii").split(":")] for found in _MERGE.finditer(sheet))
    return sum(abs((c[-1][0] - c[0][0] + 1) * (c[-1][1] - c[0][1] + 1)) for c in corners)


def _place(name: str) -> tuple[int, int]:
    """Return the row and column of a place like C12."""
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(name[len(letters) :] or 0), column


def _broken(error: Exception, what: str, source: str) -> Exception:
    if isinstance(error, BadInput | MemoryError):
        return error
    why = " ".join(str(error).split())[:120]
    return BadInput(f"no {what} file can be read: {why}", code="format", where=source)


def _page(writer: TextWriter, data: bytes, source: str, form: str) -> Page:
    text = writer.text()
    if not text.strip():
        raise BadInput("the file holds no text", code="empty", where=source)
    return Page(source, text, encoding=form, sha256=digest(data), format=form, grids=tuple(writer.grids))
