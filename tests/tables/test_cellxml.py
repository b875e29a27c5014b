"""Cells written as XML say the same as cells that the library writes, and are read back as they were."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from zhengwen.tables.cellxml import MAX_CELL, Link, Rich, Value, cell

openpyxl = pytest.importorskip("openpyxl")
xlsxwriter = pytest.importorskip("xlsxwriter")

TEXTS = [
    "4.17亿元",
    " 前后 ",
    "a & b < c > d",
    '"quoted"',
    "a\nb\tc",
    "a\x01b",
    "_x0041_",
    "\uffff",
    "𠮷野家",
    "=1+1",
    "<r>x</r>",
]
NUMBERS: list[float] = [0, -2.1, 417000000, 0.1 + 0.2, 1e-7, 12345678901234567, 1.5e300]


def theirs(value: Any) -> str:
    """A cell's XML as the library writes it, row by row in constant memory."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, look = book.add_worksheet(), book.add_format({"valign": "top"})
    bold = book.add_format({"bold": True})
    if isinstance(value, Rich):
        sheet.write_rich_string(0, 0, value.before, bold, value.bold, value.after, look)
    elif isinstance(value, bool):
        sheet.write_boolean(0, 0, value, look)
    elif isinstance(value, str):
        sheet.write_string(0, 0, value, look)
    else:
        sheet.write_number(0, 0, value, look)
    book.close()
    with zipfile.ZipFile(file) as packed:
        (found,) = re.findall(r"<c .*?</c>", packed.read("xl/worksheets/sheet1.xml").decode(), re.DOTALL)
    return str(found)


@pytest.mark.parametrize("value", [*[t for t in TEXTS if t[:3] != "<r>"], *NUMBERS, True, False])
def test_a_cell_is_written_as_the_library_writes_it(value: Any) -> None:
    assert cell("A1", 1, value, ("", "")) == theirs(value)


def test_a_text_with_one_part_in_bold_is_written_as_the_library_writes_it() -> None:
    value = Rich("完成 ", "3.86亿元", "，增长<7%>")
    bold, plain = re.findall(r"<rPr>.*?</rPr>", theirs(value))

    assert cell("A1", 1, value, (bold, plain)) == theirs(value)


@pytest.mark.parametrize("value", [*TEXTS, "\ud800half", "长" * 40_000, "𠮷" * 40_000, *NUMBERS, True])
def test_cells_are_read_back_as_they_were(tmp_path: Path, value: Value) -> None:
    from zhengwen.tables.sheets import Book, Column

    book = Book(str(tmp_path / "a.xlsx"))
    sheet = book.sheet("a", [Column("one"), Column("two"), Column("three")])
    sheet.add([value, None, Link("→", "http://a.cn/?a=1&b=2")], {1: book.look(bold=True)})
    sheet.close()
    book.close()

    one, two, three = openpyxl.load_workbook(tmp_path / "a.xlsx")["a"][2]
    if isinstance(value, str):
        value = value.replace("\ud800", "\ufffd")
        assert len(one.value.encode("utf-16-le")) // 2 <= MAX_CELL
        unescaped = re.sub(r"_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), one.value)
        assert unescaped.rstrip("…") == value[: len(unescaped.rstrip("…"))]
    else:
        assert one.value == pytest.approx(value)
    assert (two.value, two.font.b) == (None, True)
    assert three.value == '=HYPERLINK("http://a.cn/?a=1&b=2","→")'


def test_what_is_no_address_of_ours_is_no_link() -> None:
    for address in ("javascript:alert(1)", "file:///etc/passwd", "http://a b", "http://" + "x" * 300):
        assert "<f>" not in cell("A1", 1, Link("→", address), ("", ""))
    assert '<f>HYPERLINK("#a!A2",7)</f><v>7</v>' in cell("A1", 1, Link(7, "#a!A2"), ("", ""))
