"""Web pages, PDF, Word and Excel files: their lines in order, their tables cell by cell, their own metadata."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest

from zhengwen.errors import BadInput
from zhengwen.extraction import read
from zhengwen.reading import read_page
from zhengwen.records import Block, Figure
from zhengwen.stages import Page

from .made import column, pdf

Row = tuple[str, str | None, Decimal | None, str | None, str, str | None]

SITE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>前三季度经济运行平稳-云溪县人民政府</title>
<meta name="SiteName" content="云溪县人民政府"><meta name="ColumnName" content="统计信息">
<meta name="ArticleTitle" content="前三季度全县经济运行平稳"><meta name="PubDate" content="2020-10-25 09:30">
<meta name="ContentSource" content="云溪县统计局"><meta name="Author" content="李向阳"></head><body>
<div class="nav"><a href="/">首页</a> | <a href="/zw">政务公开</a> | <a href="/bs">办事服务</a></div>
<h1>前三季度全县经济运行平稳</h1><div>发布时间：2020-10-25 来源：云溪县统计局</div>
<div class="content"><p>前三季度，云溪县实现地区生产总值86.5亿元，同比增长3.2%，增速比上半年提高1.1个百分点。</p>
<p>全县粮食总产量12.6万吨，比上年增长1.8%，规模以上工业企业45家，比上年末增加3家，运行总体平稳。</p>
<p>单位：亿元</p>
<table>
<tr><th rowspan="2">序号</th><th rowspan="2">指标</th><th colspan="2">2020年1-9月</th><th rowspan="2">位次</th></tr>
<tr><th>绝对值</th><th>同比增长（%）</th></tr>
<tr><td>1</td><td>固定资产投资</td><td>41.2</td><td>-2.5</td><td>3</td></tr>
<tr><td>2</td><td>财政收入</td><td>6.15</td><td>1.8</td><td>2</td></tr>
<tr><td>3</td><td>用电量（万千瓦时）</td><td>12,345</td><td>0.6</td><td>1</td></tr></table>
<p>全县将继续抓好项目建设，努力完成全年目标任务，确保经济平稳健康发展。</p></div>
<div class="foot">版权所有：云溪县人民政府</div><script>var x = "税收99亿元";</script></body></html>"""


def figures(page: Page) -> list[Figure]:
    found = [r for r in read(page) if isinstance(r, Figure)]
    assert all(page.text[f.start : f.end] == f.text for f in found)
    return found


def table(page: Page) -> list[Row]:
    """The figures of a page's tables: text, indicator, value, unit, measure, period."""
    inside = [(g.start, g.end) for g in page.grids]
    return [
        (f.text, f.indicator, f.value, f.unit, f.measure, f.period)
        for f in figures(page)
        if any(a <= f.start < b for a, b in inside)
    ]


def saved(folder: Path, name: str, data: bytes) -> Page:
    (folder / name).write_bytes(data)
    return read_page(folder / name)


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk", "gb18030", "big5"])
def test_a_government_page_gives_its_article_table_and_tags(tmp_path: Path, charset: str) -> None:
    html = SITE.format(charset=charset)
    if charset == "big5":
        html = html.translate(
            {ord(a): b for a, b in zip("县经济运行长总产业个点亿万", "縣經濟運行長總產業個點億萬", strict=True)}
        )
        page = saved(tmp_path, "a.html", html.encode("big5", "xmlcharrefreplace"))
    else:
        page = saved(tmp_path, "a.html", html.encode(charset, "xmlcharrefreplace"))

    assert page.format == "html"
    assert page.encoding.startswith(("utf-8", "gb18030", "big5"))
    assert page.meta.date == "2020-10-25"
    assert (page.meta.date_from, page.meta.extra["author"]) == ("html", "李向阳")
    assert "99" not in page.text
    if charset == "big5":
        return
    assert (page.meta.title, page.meta.source_name) == ("前三季度全县经济运行平稳", "云溪县统计局")
    assert page.meta.extra["columnname"] == "统计信息"
    assert page.text.startswith("前三季度全县经济运行平稳\n")
    assert page.text.index("前三季度，云溪县") < page.text.index("固定资产投资") < page.text.index("全县将继续")


def test_the_cells_of_a_web_table_are_figures_by_their_heads(tmp_path: Path) -> None:
    page = saved(tmp_path, "a.html", SITE.format(charset="utf-8").encode())

    months = "2020-01/2020-09"
    assert table(page) == [
        ("41.2", "固定资产投资", Decimal(4_120_000_000), "元", "level", months),
        ("-2.5", "固定资产投资", Decimal("-2.5"), "%", "growth_rate", months),
        ("6.15", "财政收入", Decimal(615_000_000), "元", "level", months),
        ("1.8", "财政收入", Decimal("1.8"), "%", "growth_rate", months),
        ("12,345", "用电量", Decimal(123_450_000), "千瓦时", "level", months),
        ("0.6", "用电量", Decimal("0.6"), "%", "growth_rate", months),
    ]


def test_rows_of_places_are_subjects_and_years_are_periods(tmp_path: Path) -> None:
    html = """<html><body><h1>云溪县各镇指标</h1><p>各镇全年指标完成情况见下表，数据由县统计局提供。</p>
<table><tr><td>乡镇</td><td colspan=2>工业总产值（亿元）</td></tr><tr><td></td><td>2019年</td><td>2020年</td></tr>
<tr><td>东湖镇</td><td>12.5</td><td>13</td></tr><tr><td>雁坪镇</td><td>8.2</td><td>7.9</td></tr></table>
<table><tr><td>年份</td><td>粮食产量（万吨）</td></tr><tr><td>2018</td><td>12.3</td></tr><tr><td>2019</td><td>12.5</td></tr>
<tr><td>2020</td><td>12.6</td></tr></table></body></html>"""
    page = saved(tmp_path, "a.html", html.encode())

    found = [(f.text, f.subject, f.indicator, f.period) for f in figures(page)]
    assert found[:4] == [
        ("12.5", "东湖镇", "工业总产值", "2019"),
        ("13", "东湖镇", "工业总产值", "2020"),
        ("8.2", "雁坪镇", "工业总产值", "2019"),
        ("7.9", "雁坪镇", "工业总产值", "2020"),
    ]
    assert [(t, i, p) for t, _, i, p in found[4:]] == [
        ("12.3", "粮食产量", "2018"),
        ("12.5", "粮食产量", "2019"),
        ("12.6", "粮食产量", "2020"),
    ]


def test_a_page_without_a_body_or_text_is_one_line(tmp_path: Path) -> None:
    assert "税收5亿元" in saved(tmp_path, "bare.html", "税收5亿元，比上年增长3%。".encode()).text
    for name, html in {
        "empty.html": "<html></html>",
        "script.html": "<html><body><script>1</script></body></html>",
    }.items():
        with pytest.raises(BadInput, match="no text"):
            saved(tmp_path, name, html.encode())


def two_columns() -> bytes:
    left = [
        "前三季度，全县实现地区生产总值八十六",
        "点五亿元，同比增长3.2%，增速比上半年",
        "提高1.1个百分点。",
        "第二段在左栏，共有三十二个项目开工。",
    ]
    right = [
        "全县⼯业⽣产平稳，规模以上⼯业增加值",
        "增⻓5.6%，⽐上年同期回落0.3个百分点。",
        "右栏的第二段。",
        "右栏的第三段写到这里。",
    ]
    return pdf(
        [(150, 780, 20, "云溪县前三季度经济运行平稳"), *column(60, 740, left), *column(320, 740, right)],
        [
            (60, 700, 12, "单位：亿元"),
            *((x, 680, 12, t) for x, t in ((60, "指标"), (250, "绝对值"), (420, "增长（%）"))),
            *((x, 660, 12, t) for x, t in ((60, "固定资产投资"), (250, "41.2"), (420, "-2.5"))),
            *((x, 640, 12, t) for x, t in ((60, "财政收入"), (250, "6.15"), (420, "1.8"))),
            *((x, 620, 12, t) for x, t in ((60, "工业投资"), (250, "20.4"), (420, "3.3"))),
        ],
    )


def test_a_pdf_of_two_columns_is_read_column_by_column_with_its_radicals_repaired(tmp_path: Path) -> None:
    page = saved(tmp_path, "a.pdf", two_columns())

    first, *rest = page.text.split("\n")
    assert first == "云溪县前三季度经济运行平稳"
    assert rest[0] == "前三季度，全县实现地区生产总值八十六点五亿元，同比增长3.2%，增速比上半年提高1.1个百分点。"
    assert rest[1].startswith("第二段在左栏")
    assert rest[2] == "全县工业生产平稳，规模以上工业增加值增长5.6%，比上年同期回落0.3个百分点。"
    assert page.format == "pdf"
    assert [page.text[s : s + 5] for s in page.page_starts] == ["云溪县前三", "单位：亿元"]


def test_the_table_of_a_pdf_keeps_rows_heads_and_unit(tmp_path: Path) -> None:
    page = saved(tmp_path, "a.pdf", two_columns())

    assert [(t, i, v, u, m) for t, i, v, u, m, _ in table(page)] == [
        ("41.2", "固定资产投资", Decimal(4_120_000_000), "元", "level"),
        ("-2.5", "固定资产投资", Decimal("-2.5"), "%", "growth_rate"),
        ("6.15", "财政收入", Decimal(615_000_000), "元", "level"),
        ("1.8", "财政收入", Decimal("1.8"), "%", "growth_rate"),
        ("20.4", "工业投资", Decimal(2_040_000_000), "元", "level"),
        ("3.3", "工业投资", Decimal("3.3"), "%", "growth_rate"),
    ]


def test_the_workbook_of_a_run_cites_the_pages_of_a_pdf_and_does_so_again_when_it_is_written_anew(
    tmp_path: Path,
) -> None:
    from zhengwen.review.exporting import export_tables
    from zhengwen.running.job import Job, run

    (tmp_path / "a.pdf").write_bytes(two_columns())
    assert run(Job((str(tmp_path / "a.pdf"),), tmp_path / "run", ("xlsx",), quiet=True, lang="zh")) == 0

    def cited() -> list[tuple[str, str]]:
        head, *rows = (
            openpyxl.load_workbook(tmp_path / "run" / "figures.xlsx").worksheets[0].iter_rows(values_only=True)
        )
        found = [dict(zip(head, row, strict=True)) for row in rows]
        return [(str(r["原文数"]), str(r["引用"])) for r in found]

    first = cited()
    export_tables(tmp_path / "run", ("xlsx",), tmp_path / "run", "zh")

    pages = {text: citation.partition("：“")[0].rpartition("，")[2] for text, citation in first}
    assert (pages["5.6%"], pages["41.2"]) == ("第1页", "第2页")
    assert cited() == first


def test_a_scan_is_told_as_one_without_a_text_layer(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no text layer") as raised:
        saved(tmp_path, "scan.pdf", pdf([], []))
    assert raised.value.code == "no_text_layer"


@pytest.mark.parametrize("data", [b"%PDF-1.7 broken", b"no pdf at all", b"%PDF"])
def test_a_broken_pdf_is_one_line(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BadInput, match=r"broken\.pdf|no PDF can be read"):
        saved(tmp_path, "broken.pdf", data)


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph("云溪县2020年主要指标")
    document.add_paragraph("2020年，全县粮食总产量12.6万吨，比上年增长1.8%。")
    grid = [
        ["指标", "2020年", ""],
        ["", "绝对值（亿元）", "增长（%）"],
        ["地区生产总值", "86.5", "3.2"],
        ["财政收入", "6.1", "-2"],
    ]
    made = document.add_table(rows=4, cols=3)
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            made.cell(r, c).text = text
    made.cell(0, 1).merge(made.cell(0, 2))
    made.cell(0, 0).merge(made.cell(1, 0))
    document.add_paragraph("以上为初步核算数。")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_file_keeps_paragraphs_tables_and_spans_in_order(tmp_path: Path) -> None:
    page = saved(tmp_path, "a.docx", word())

    assert page.text.split("\n")[0] == "云溪县2020年主要指标"
    assert page.text.endswith("以上为初步核算数。")
    assert table(page) == [
        ("86.5", "地区生产总值", Decimal(8_650_000_000), "元", "level", "2020"),
        ("3.2", "地区生产总值", Decimal("3.2"), "%", "growth_rate", "2020"),
        ("6.1", "财政收入", Decimal(610_000_000), "元", "level", "2020"),
        ("-2", "财政收入", Decimal(-2), "%", "growth_rate", "2020"),
    ]


def sheet() -> bytes:
    book = openpyxl.Workbook()
    made = book.active
    for row in (
        ["云溪县财政收支（单位：万元）"],
        ["项目", "2019年", "2020年", "增长"],
        ["一般公共预算收入", 12345, 13000.5, 0.053],
        ["其中：税收收入", 8000, 8500, 0.0625],
    ):
        made.append(row)
    made.cell(3, 4).number_format = made.cell(4, 4).number_format = "0.0%"
    made.merge_cells("A1:D1")
    other = book.create_sheet("投资")
    for row in (["指标", "绝对值（亿元）"], ["固定资产投资", 41.2], ["工业投资", 20.4]):
        other.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_sheets_numbers_stand_as_the_sheet_shows_them(tmp_path: Path) -> None:
    page = saved(tmp_path, "a.xlsx", sheet())

    assert "13000.5\t5.3%" in page.text
    assert "8500\t6.3%" in page.text
    assert [(t, i, v, u, p) for t, i, v, u, _, p in table(page) if not t.endswith("%")] == [
        ("12345", "一般公共预算收入", Decimal(123_450_000), "元", "2019"),
        ("13000.5", "一般公共预算收入", Decimal(130_005_000), "元", "2020"),
        ("8000", "税收收入", Decimal(80_000_000), "元", "2019"),
        ("8500", "税收收入", Decimal(85_000_000), "元", "2020"),
        ("41.2", "固定资产投资", Decimal(4_120_000_000), "元", None),
        ("20.4", "工业投资", Decimal(2_040_000_000), "元", None),
    ]


@pytest.mark.parametrize(("name", "data"), [("a.docx", b"PK\x03\x04 broken"), ("a.xlsx", b"no zip"), ("b.docx", b"")])
def test_broken_office_files_are_one_line(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(BadInput) as raised:
        saved(tmp_path, name, data)
    assert "\n" not in raised.value.line()
    assert name in raised.value.line()


def test_a_missing_library_is_told_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(BadInput, match=r"pip install 'zhengwen\[pdf\]'"):
        saved(tmp_path, "a.pdf", two_columns())


def test_every_line_of_a_table_is_labelled(tmp_path: Path) -> None:
    for name, data in {"a.pdf": two_columns(), "a.docx": word(), "a.xlsx": sheet()}.items():
        page = saved(tmp_path, name, data)
        blocks = [r for r in read(page) if isinstance(r, Block)]
        lines = [i for i, line in enumerate(page.text.split("\n"), 1) if line.strip()]
        assert [b.line for b in blocks] == lines
