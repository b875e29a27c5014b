"""The workbook as a person opens it, read back with another library."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from zhengwen.errors import BadInput
from zhengwen.records import Article, Figure, Record
from zhengwen.review.log import Decision, anchor_of
from zhengwen.review.marks import Marks
from zhengwen.stages import Page
from zhengwen.tables.figuresheet import COLUMNS, plain_cell, row_check, window

openpyxl = pytest.importorskip("openpyxl")

Read = tuple[Page, list[Record]]
Write = Callable[..., Path]


def rows(path: Path, sheet: str = "figures") -> list[dict[str, Any]]:
    """A sheet's rows by header."""
    head, *body = openpyxl.load_workbook(path)[sheet].iter_rows()
    return [dict(zip([c.value for c in head], row, strict=True)) for row in body]


def test_there_are_eight_sheets(workbook: Write, donghu: Read) -> None:
    names = openpyxl.load_workbook(workbook(donghu)).sheetnames

    assert names == "figures wide entities articles checks uncovered codes run".split()


def test_the_figures_are_an_excel_table_with_a_filter_on_the_tiers(workbook: Write, donghu: Read) -> None:
    path = workbook(donghu)

    sheet = openpyxl.load_workbook(path)["figures"]
    table = sheet.tables["figures"]
    (column,) = table.autoFilter.filterColumn
    assert table.ref == sheet.dimensions
    assert [c.name for c in table.tableColumns] == [c.value for c in sheet[1]]
    assert COLUMNS[column.colId] == "tier"
    assert set(column.filters.filter) >= {"statistic", "count"}
    hidden = {
        row["text" if "text" in row else "as printed"].value for row in rows(path) if row["tier"].value == "incidental"
    }
    shut = {sheet.cell(i, 4).value for i, d in sheet.row_dimensions.items() if d.hidden}
    assert hidden == shut == {"三个"}
    assert sheet.freeze_panes == "C2"


def test_numbers_are_numbers_with_the_sign_and_places_of_their_unit(workbook: Write, donghu: Read) -> None:
    by_text = {r["as printed"].value: r["value"] for r in rows(workbook(donghu))}

    assert (by_text["3.86亿元"].value, by_text["3.86亿元"].number_format) == (386000000, "#,##0")
    assert (by_text["7.4%"].value, by_text["7.4%"].number_format) == (7.4, '#,##0.0"%"')
    assert by_text["0.3%"].value == -0.3


def test_the_figure_is_bold_in_its_sentence(workbook: Write, donghu: Read) -> None:
    book = openpyxl.load_workbook(workbook(donghu), rich_text=True)
    at = COLUMNS.index("sentence") + 1

    before, bold, after = book["figures"].cell(2, at).value

    assert bold.text == "3.86亿元"
    assert bold.font.b
    assert str(before).endswith("一般公共预算收入完成")
    assert str(after).startswith("，同比增长7.4%")


def test_headers_labels_and_dropdowns_are_in_the_language_asked_for(workbook: Write, donghu: Read) -> None:
    path = workbook(donghu, lang="zh")

    book = openpyxl.load_workbook(path)
    first = rows(path, "数据")[1]
    menus = [v.formula1 for v in book["数据"].data_validations.dataValidation]
    assert (first["度量"].value, first["对比期"].value, first["层级"].value) == ("增速", "同比", "统计指标")
    assert '"通过,修改,剔除,撤销"' in menus
    assert any("增速" in m for m in menus)
    assert book.sheetnames[1] == "宽表"


def test_review_columns_stand_at_the_right_end_and_nothing_is_locked(workbook: Write, donghu: Read) -> None:
    book = openpyxl.load_workbook(workbook(donghu))

    heads = [c.value for c in book["figures"][1]]
    assert heads[-14:-11] == ["review state", "review", "fix value"]
    assert heads[-2:] == ["review note", "reviewer"]
    assert not any(sheet.protection.sheet for sheet in book)


HOSTILE = [
    "=1+1",
    "+1",
    "-cmd|' /C calc'!A0",
    "@SUM(A1)",
    "＝HYPERLINK(\"http://x\")",
    "\t=1",
    "<r><t>x</t></r>",
    "<b>&amp;\"'",
    "http://example.com/?a=1",
    "a\u0000b\u0007c",
    "_x000D_",
    "\ud800half",
    "长" * 40_000,
    "'quoted",
    "#REF!",
    "1e5",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=[t[:12].encode("unicode_escape").decode() for t in HOSTILE])
def test_hostile_text_is_text(workbook: Write, donghu: Read, text: str) -> None:
    page, records = donghu
    spoilt = [
        replace(r, subject=text, indicator=text, sentence=f"{text} {r.text}")
        if isinstance(r, Figure)
        else replace(r, title=text, url=f'http://x/"&{text[:20]}')
        if isinstance(r, Article)
        else r
        for r in records
    ]

    path = workbook((page, spoilt))

    with zipfile.ZipFile(path) as z:
        sheets = [z.read(n).decode() for n in z.namelist() if n.startswith("xl/worksheets/sheet")]
    formulas = [f for s in sheets for f in re.findall(r"<f>(.*?)</f>", s)]
    assert formulas
    assert all(f.startswith("HYPERLINK(") for f in formulas)
    cell = rows(path)[0]["subject"]
    assert cell.data_type in ("s", "inlineStr")
    assert plain_cell(cell.value)[:30] == plain_cell(text.replace("\ud800", "\ufffd"))[:30]
    assert len(cell.value.encode("utf-16-le")) // 2 <= 32_767


def test_rows_are_known_again_after_hostile_text(workbook: Write, donghu: Read) -> None:
    page, records = donghu
    for text in HOSTILE[:11]:
        spoilt = [replace(r, subject=text) if isinstance(r, Figure) else r for r in records]
        sheet = openpyxl.load_workbook(workbook((page, spoilt)), data_only=True)["figures"]
        cells = dict(zip(COLUMNS, [c.value for c in sheet[2]], strict=True))

        assert row_check(cells) == cells["row_check"], text


def test_a_sheet_that_is_full_goes_on_in_another_and_says_so(workbook: Write, donghu: Read) -> None:
    path = workbook(donghu, max_rows=5)

    book = openpyxl.load_workbook(path)
    total = sum(isinstance(r, Figure) for r in donghu[1])
    parts = [n for n in book.sheetnames if n.startswith("figures")]
    assert parts == ["figures", "figures 2", "figures 3"]
    assert sum(book[n].max_row - 1 for n in parts) == total
    assert any(
        "figures 2" in str(r["content"].value) for n in book.sheetnames if n.startswith("run") for r in rows(path, n)
    )


def test_the_wide_table_puts_side_by_side_what_is_said_of_one_thing(workbook: Write, donghu: Read) -> None:
    lines = {r["indicator"].value: r for r in rows(workbook(donghu), "wide")}

    revenue = lines["一般公共预算收入"]
    assert '"3.86亿元")' in revenue["level"].value
    assert '"7.4%")' in revenue["growth yoy"].value
    assert revenue["value"].value == 386000000
    assert revenue["stated"].value == 2
    visitors = next(r for name, r in lines.items() if "游客" in name)
    assert visitors["growth yoy"].value == "0 (implied: 持平)"
    assert visitors["growth seq"].value is None


def test_a_cell_of_the_wide_table_finds_its_figure_however_the_figures_are_sorted(
    workbook: Write, donghu: Read
) -> None:
    path = workbook(donghu)

    figure = next(r for r in donghu[1] if isinstance(r, Figure))
    link = next(r for r in rows(path, "wide") if r["level"].value)["level"].value
    column = re.search(r"\$([A-Z]+)\$1:", link)
    assert figure.figure_id in link
    assert column
    sheet = openpyxl.load_workbook(path)["figures"]
    assert sheet[f"{column[1]}1"].value == "figure id"


def test_articles_checks_and_uncovered_numerals_have_their_sheets(workbook: Write, donghu: Read, read: Any) -> None:
    path = workbook(donghu, read("今天天气很好。"))

    articles = rows(path, "articles")
    assert [r["figures"].value for r in articles][1] == 0
    assert articles[1]["note"].value == "nothing found"
    assert [(r["checks"].value if "checks" in r else r["result"].value) for r in rows(path, "checks")] == ["differs"]
    assert "49家 ↔" in rows(path, "checks")[0]["statement"].value


def test_numerals_that_no_record_covers_are_listed(workbook: Write, donghu: Read) -> None:
    page, records = donghu
    without = [r for r in records if not (isinstance(r, Figure) and r.text == "7.4%")]

    lost = rows(workbook((page, without)), "uncovered")

    assert [r["numeral"].value for r in lost] == ["7.4"]
    assert "同比增长7.4%" in str(lost[0]["sentence"].value)


def test_failed_inputs_stand_among_the_articles(tmp_path: Path) -> None:
    from zhengwen.rules import load
    from zhengwen.tables.labels import Labels
    from zhengwen.tables.workbook import XlsxTable

    table = XlsxTable(tmp_path, "", load(), Labels(load(), "en"), Marks())
    table.fail(BadInput("no such file", where="nowhere.txt"))
    table.close({})

    (row,) = rows(tmp_path / "figures.xlsx", "articles")
    assert (row["source"].value, row["note"].value) == ("nowhere.txt", "failed: no such file")


def test_the_citation_names_outlet_title_date_line_and_sentence(workbook: Write, donghu: Read) -> None:
    page, records = donghu
    known = [replace(r, source_name="东湖日报", url="http://a.cn/1") if isinstance(r, Article) else r for r in records]

    first = rows(workbook((page, known), lang="zh"), "数据")[0]

    assert first["引用"].value.startswith("东湖日报，《东湖区经济平稳运行》，2022-01-18，第3行：“2021年，东湖区")
    assert first["引用"].value.endswith("http://a.cn/1")
    assert first["原文链接"].value == '=HYPERLINK("http://a.cn/1","↗")'


def test_the_citation_of_a_pdf_names_the_page_and_no_line(workbook: Write, donghu: Read) -> None:
    page, records = donghu
    second = page.text.index("接待游客")

    cited = [
        r["引用"].value for r in rows(workbook((replace(page, page_starts=(0, second)), records), lang="zh"), "数据")
    ]

    assert "第1页：“2021年" in cited[0]
    assert "第2页：“" in cited[-1]
    assert not any("行：" in c for c in cited)


def test_marks_of_a_review_are_written(workbook: Write, donghu: Read) -> None:
    page, records = donghu
    one, two = [r for r in records if isinstance(r, Figure)][:2]
    said = [
        Decision(one.figure_id, "王敏", "accept", anchor=anchor_of(one, page.text)),
        Decision(two.figure_id, "王敏", "fix", anchor=anchor_of(two, page.text)),
        Decision(two.figure_id, "王敏", "fix", "base", "yoy", None, anchor=anchor_of(two, page.text)),
    ]

    first, second, *_ = rows(workbook(donghu, marks=Marks(said)))

    assert (first["review"].value, first["reviewer"].value, first["review state"].value) == (
        "accept",
        "王敏",
        "accepted",
    )
    assert (second["review"].value, second["fix base"].value) == ("fix", "-")


def test_the_same_run_gives_the_same_bytes(workbook: Write, donghu: Read) -> None:
    once = workbook(donghu).read_bytes()

    assert workbook(donghu).read_bytes() == once


@pytest.mark.parametrize(("before", "after"), [(10, 10), (200, 10), (10, 200), (200, 200), (0, 300), (300, 0)])
def test_a_long_sentence_is_cut_around_the_figure(before: int, after: int) -> None:
    parts = window(("前" * before, "3.6%", "后" * after), 90)

    assert parts[1] == "3.6%"
    assert len("".join(parts)) <= 92
    assert ("…" in parts[0]) == (len(parts[0]) < before)
    assert ("…" in parts[2]) == (len(parts[2]) < after)
