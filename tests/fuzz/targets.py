"""What is fuzzed: each target is a function of bytes that may refuse them in one line, and do nothing else wrong.

A target knows nothing of the fuzzer: `drive.py` calls it a million times, `test_crashes.py` once for each kept input.
Where random bytes would only meet a checksum (zip, PDF), a first byte chooses between the bytes as a file and the
bytes as what stands inside a well-made one.
"""

from __future__ import annotations

import csv
import io
import json
import os
import tarfile
import tempfile
import tomllib
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import zhengwen
from zhengwen import rules as shipped
from zhengwen.errors import BadRule, ZhengwenError
from zhengwen.extraction import engine
from zhengwen.reading import Input, Sources, page_of, read_pages
from zhengwen.reading.inputs import InputKind
from zhengwen.records import Article, Block, Entity, Figure, Record, Time, Unread, from_json, to_json
from zhengwen.stages import Page
from zhengwen.tables import dumps

__all__ = ["PIECES", "TARGETS", "Target", "check", "text_of"]

LONGEST = 4_000
"""Characters of a page that the engine reads here: what is longer finds no more faults, only more slowly."""
EMPTY: frozenset[str] = frozenset()

PIECES = (
    *"2021年 去年 1—5月 前三季度 目前 三 十 百 万 亿".split(),
    *"零点五 4.17 1,234 1.1:50.5:48.4 百分之 % ％ １２ 2月30日 周五".split(),
    *"个百分点 元 亩 家 第 位 同比 增长 下降 分别 和 、 , 。 ; :".split(),
    *"( ) 《 》 “ ” 其中 占 超 余 以上 至 - ~ / 倍 翻".split(),
    *"全区 该街道 税收 企业 甲市 𠀀 😀 a G = 云溪县 镇 村 局长 张三".split(),
    *"某公司 （ ） 到 从 比 较 为 达 约 近 的 年 月 日".split(),
    *(
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\u3000",
        "\x0b",
        "\x85",
        "\u2028",
        "\x00",
        "\ufeff",
        "\u200b",
        "\ue000",
        "一、",
        "图为",
    ),
    *"男 女 上年 同期 十三五 “五一” 2020-2021 ００ 〇 廿 两 半 几".split(),
    *"多 每 人均 GDP 亿元 万人次 ㎡ km² 吨 ‰ ‱ 1e9 −3 +5".split(),
    *"单位：亿元 指标 合计 | 表1 记者 摄 据 （记者 通讯员）".split(),
    *"第1版 http://a.cn 2022-01-18 1:2 3/4 ½ ² Ⅳ ① ㈠".split(),
)


@dataclass(frozen=True, slots=True)
class Target:
    """A function to be fed with bytes, inputs to begin from, and words that inputs are likely to hold."""

    run: Callable[[bytes], object]
    seeds: Callable[[], Sequence[bytes]]
    words: Callable[[], Sequence[bytes]] = tuple
    longest: int = 4_096


def text_of(data: bytes) -> str:
    """Return a text of `data`: as UTF-8, or (an odd first byte) each further byte as a piece of news."""
    if data[:1] and data[0] & 1:
        return "".join(PIECES[b % len(PIECES)] for b in data[1:])
    return data[1:].decode("utf-8", "replace")


def check(page: Page, records: Iterable[Record]) -> None:
    """Raise `AssertionError` where records break what is promised of every text."""
    found = list(records)
    for record in found:
        row = json.loads(dumps(record))
        assert list(row)[:2] == ["record", "source"]
        assert from_json(to_json(record)).record == record.record
        if isinstance(record, Figure | Time | Unread):
            assert page.text[record.start : record.end] == record.text, record
            assert record.text, record
        if isinstance(record, Entity):
            assert all(0 <= a < b <= len(page.text) for a, b in record.mentions), record
    figures = [r for r in found if isinstance(r, Figure)]
    assert all(a.end <= b.start for a, b in pairwise(figures))
    assert len({f.figure_id for f in figures}) == len(figures)
    articles = {r.article_id for r in found if isinstance(r, Article)}
    assert {f.article_id for f in figures} <= articles
    lines = page.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert [r.line for r in found if isinstance(r, Block)] == [i for i, line in enumerate(lines, 1) if line.strip()]


def _extracted(page: Page) -> list[Record]:
    """Return a page's records, checked; what a reader made (tables, sheets) goes with the text."""
    if len(page.text) > LONGEST:
        page = Page(page.source, page.text[:LONGEST], page.meta)
    records = engine().read(page)
    check(page, records)
    return records


def text(data: bytes) -> None:
    """Text to records, twice the same."""
    page = page_of(text_of(data), date="2022-01-18" if data[:1] and data[0] & 2 else None)
    assert _extracted(page) == engine().read(page) if data[:1] and data[0] & 4 else _extracted(page) is not None


def tables(data: bytes) -> None:
    """Text to a run folder with tables of every kind, and the run read back."""
    from zhengwen.review.runs import pages_of_run
    from zhengwen.tables import RunFolder

    page = page_of(text_of(data), source="a.txt", date="2022-01-18")
    page = replace(page, meta=replace(page.meta, title=text_of(data[:9]), source_name=text_of(data[3:9])))
    records = engine().read(page)
    rules = shipped.load()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "run"
        formats = ("xlsx", "html", "sdmx", "csv", "jsonl") if data[:1] and data[0] & 8 else ("csv", "parquet")
        with RunFolder(folder, formats, rules) as run:
            run.add(page, records)
            run.close({"zhengwen": "0"})
        kept = [r for _, rs in pages_of_run(folder) for r in rs]
        assert [to_json(r) for r in kept] == [to_json(r) for r in records]
        with (folder / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
            assert len(list(csv.DictReader(file))) == sum(isinstance(r, Figure) for r in records)


def _read(kind: InputKind, data: bytes, suffix: str = "") -> list[Page]:
    """Read bytes as a file of a kind: pages, or errors in one line, nothing else; the first page's records too."""
    from zhengwen.reading.pages import _pages

    pages = []
    try:
        found = list(_pages(Input(f"a{suffix}", Path(f"a{suffix}"), kind), Sources(), data))
    except ZhengwenError as error:
        found = [error]
    for page in found:
        if isinstance(page, ZhengwenError):
            assert page.line() and "\n" not in page.line(), page.line()
            continue
        pages.append(page)
        for grid in page.grids:  # the breaks of empty rows at a text's end are no part of it, nor are their cells
            assert 0 <= grid.start <= min(grid.end, len(page.text) + 1)
            assert all(grid.start <= c.start <= c.end <= len(page.text) for c in grid.cells if c.start < c.end)
        page.text.encode("utf-8")
    for page in pages[:1]:
        _extracted(page)
    return pages


def html(data: bytes) -> None:
    """Bytes as a web page."""
    _read("html", data)


def pdf(data: bytes) -> None:
    """Bytes as a PDF, or as the content stream of a well-made one."""
    made = _pdf_around(data[1:]) if data[:1] and data[0] != ord("%") else data
    _read("pdf", made)


def docx(data: bytes) -> None:
    """Bytes as a Word file, or as the document inside a well-made one."""
    _read("docx", data if data[:2] == b"PK" else _around(_docx_parts(), "word/document.xml", data))


def xlsx(data: bytes) -> None:
    """Bytes as an Excel file, or as the first sheet of a well-made one."""
    _read("xlsx", data if data[:2] == b"PK" else _around(_xlsx_parts(), "xl/worksheets/sheet1.xml", data))


def packs(data: bytes) -> None:
    """Bytes as a zip, a tar (packed or not), a JSONL or CSV archive: the first byte says which."""
    choice, rest = (data[0] % 6 if data else 0), data[1:]
    if choice == 0:
        _read_pack("zip", rest)
    elif choice in (1, 2):
        _read_pack("tar", zlib.compress(rest, wbits=31) if choice == 2 else rest)
    elif choice == 3:
        _read("jsonl", rest, ".jsonl")
    elif choice == 4:
        _read("csv", rest, ".csv")
    else:
        name, _, body = rest.partition(b"\0")
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as pack:
            pack.writestr(name.decode("utf-8", "replace")[:60] or "a", body)
        _read_pack("zip", out.getvalue())


def _read_pack(kind: InputKind, data: bytes) -> None:
    path = _scratch() / f"pack.{kind}"
    path.write_bytes(data)
    pages = 0
    for found in read_pages(Input(str(path), path, kind)):
        if isinstance(found, ZhengwenError):
            assert "\n" not in found.line()
        elif not pages:
            pages += 1
            _extracted(found)


def warc(data: bytes) -> None:
    """Bytes as a web archive, or (an odd first byte) as the answer inside a well-made one."""
    _read("warc", _warc_around(data[1:]) if data[:1] and data[0] & 1 else data[1:])


def texts(data: bytes) -> None:
    """Bytes as a text file of whatever encoding."""
    _read("text", data)


def review(data: bytes) -> None:
    """Bytes as what stands in the cells of a workbook that comes back from review."""
    from zhengwen.review.log import Log
    from zhengwen.review.questions import import_answers
    from zhengwen.review.workbook import import_workbook

    folder = _scratch()
    log = Log(folder / "review.jsonl")
    pages, rules = _reviewed()
    if data[:1] == b"{":
        path = folder / "answers.jsonl"
        path.write_bytes(data)
        reader = import_answers
    else:
        path = folder / "figures.xlsx"
        path.write_bytes(data if data[:2] == b"PK" else _workbook_around(data))
        reader = import_workbook
    try:
        found = reader(path, list(pages), log, rules, "x")
    except ZhengwenError as error:
        assert "\n" not in error.line()
        return
    for decision in found.decisions:
        json.dumps(decision.plain(), ensure_ascii=False, default=str)


def rules(data: bytes) -> None:
    """Bytes as a user's rule file or term list, checked as `zhengwen rules check` does."""
    from zhengwen.rulecheck import cases, check_case, slow_rule
    from zhengwen.rules import Rules, _overlay_rows, _overlay_rules, _parse, _rows

    base = shipped.load()
    choice, rest = (data[0] if data else 0), data[1:]
    try:
        if choice & 1:
            file = _overlay_rules(None, _parse(rest, "x.toml"), "x.toml")
            mine = Rules({**base.topics, "x": file}, base.tables, "")
            if not any(slow_rule(rule) for rule in file.rule):
                for case in cases(Rules({"x": replace_stage(file)}, {}, "")):
                    check_case(mine, case)
        else:
            name = sorted(base.tables)[(choice >> 1) % len(base.tables)]
            _overlay_rows(base.tables[name], _rows(rest, "x.tsv"))
    except BadRule as error:
        assert error.line()
    except tomllib.TOMLDecodeError as error:
        raise AssertionError("not told as BadRule") from error


def replace_stage(file: shipped.RuleFile) -> shipped.RuleFile:
    """Let a file's rules be checked by pattern: reading whole examples is another target's work."""
    return file.model_copy(update={"stage": "made_up"})


# --- well-made files around the fuzzer's bytes


@lru_cache(maxsize=1)
def _scratch() -> Path:
    folder = Path(tempfile.gettempdir()) / f"zhengwen-fuzz-{os.getpid()}"
    folder.mkdir(exist_ok=True)
    return folder


def _pdf_around(stream: bytes) -> bytes:
    head = (
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [4 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n"
        b"4 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
        b" /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>\nendobj\n"
    )
    body = b"5 0 obj\n<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream\nendobj\n"
    return head + body + b"trailer << /Size 6 /Root 1 0 R >>\n%%EOF\n"


def _parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        return {i.filename: pack.read(i) for i in pack.infolist()}


@lru_cache(maxsize=1)
def _docx_parts() -> dict[str, bytes]:
    import docx as word

    document = word.Document()
    document.add_paragraph("云溪县项目建设提速增效")
    document.add_paragraph("2021年，全县税收完成3.86亿元，同比增长7.4%。")
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "指标"
    table.cell(1, 2).text = "3.86"
    out = io.BytesIO()
    document.save(out)
    return _parts_of(out.getvalue())


@lru_cache(maxsize=1)
def _xlsx_parts() -> dict[str, bytes]:
    import openpyxl

    book = openpyxl.Workbook()
    for row in [("指标", "绝对值", "增长"), ("税收", 3.86, 0.074), ("企业", 49, None)]:
        book.active.append(row)
    book.active["C2"].number_format = "0.0%"
    book.active.merge_cells("A5:B6")
    out = io.BytesIO()
    book.save(out)
    return _parts_of(out.getvalue())


def _around(parts: dict[str, bytes], name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as pack:
        for part, body in parts.items():
            pack.writestr(part, data if part == name else body)
    return out.getvalue()


def _warc_around(answer: bytes) -> bytes:
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.cn/1\r\nWARC-Date: 2020-11-01T08:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


@lru_cache(maxsize=1)
def _reviewed() -> tuple[list[tuple[Page, list[Record]]], shipped.Rules]:
    page = page_of("2021年，东湖区税收完成3.86亿元，同比增长7.4%。全区企业49家。", source="a.txt", date="2022-01-18")
    return [(page, engine().read(page))], shipped.load()


@lru_cache(maxsize=1)
def _written_rows() -> list[list[object]]:
    """The sheet of figures as it is written, so that most cells are as they should be."""
    import openpyxl

    from zhengwen.tables import RunFolder

    (page, records), rules = _reviewed()[0][0], _reviewed()[1]
    with tempfile.TemporaryDirectory() as name:
        with RunFolder(Path(name) / "run", ("xlsx",), rules) as run:
            run.add(page, records)
            run.close({"zhengwen": "0"})
        book = openpyxl.load_workbook(next((Path(name) / "run").glob("*.xlsx")))
        return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def _workbook_around(data: bytes) -> bytes:
    """A workbook as written, some cells of it replaced: each piece of `data` is row, column, and what stands there."""
    rows = [list(r) for r in _written_rows()]
    for piece in data.split(b"\n"):
        if len(piece) >= 2:
            row = rows[piece[0] % len(rows)]
            row[piece[1] % len(row)] = piece[2:].decode("utf-8", "replace")
    cells = "".join(
        f'<row r="{r}">{"".join(_cell(v, r, c) for c, v in enumerate(row) if v is not None)}</row>'
        for r, row in enumerate(rows, 1)
    )
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )
    return _around(_xlsx_parts(), "xl/worksheets/sheet1.xml", sheet.encode())


def _cell(value: object, row: int, column: int) -> str:
    from xml.sax.saxutils import escape

    from openpyxl.utils import get_column_letter

    at = f"{get_column_letter(column + 1)}{row}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f'<c r="{at}"><v>{value!r}</v></c>'
    clean = "".join(c for c in str(value) if c >= " " and c not in "\ufffe\uffff")
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(clean)}</t></is></c>'


# --- inputs to begin from

_NEWS = (
    "2021年，东湖区云溪街道全年一般公共预算收入完成3.86亿元，同比增长7.4%，占全区9个乡镇（街道）总额的31%，位居全区第二；"
    "规模以上工业总产值58.2亿元，增长9.1%，高于全区平均增速2.3个百分点。\n（记者 张三）\n"
    "截至5月底，全区企业49家，其中工业16家、建筑业4家、服务业29家。1—5月，甲市、乙市税收分别完成4.17亿元、1,234万元。",
    "附表\n单位：亿元\n指标\t2021年\t增长%\n税收\t3.86\t7.4\n地方收入\t1.2\t-3.5\n",
    "昨日新增确诊病例3例，累计治愈出院百分之九十五，三次产业结构比为1.1:50.5:48.4，零点五亩，一百千，3.4.5亿。",
)


def _news_bytes() -> list[bytes]:
    return [b"\x02" + t.encode() for t in _NEWS] + [bytes((1, *range(40 * i, 40 * i + 40))) for i in range(4)]


def _web_pages() -> list[bytes]:
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td><td>{b}</td></tr>" for a, b in [("税收", "3.86"), ("企业", "49")])
    table = f"<table><caption>表1</caption><tr><th colspan=2>指标</th><th rowspan=2>增长</th></tr>{rows}</table>"
    head = '<meta charset=utf-8><meta name="PubDate" content="2022-01-18 10:00"><meta name=ArticleTitle content=题>'
    body = "".join(f"<p>{line}</p>" for t in _NEWS for line in t.split("\n"))
    page = f"<html><head>{head}<title>题</title></head><body><h1>题</h1><div>{body}{table}</div></body></html>"
    return [page.encode(), page.replace("utf-8", "gb18030").encode("gb18030"), table.encode()]


def _pdfs() -> list[bytes]:
    stream = b"BT /F1 12 Tf 1 0 0 1 60 780 Tm (2021 GDP 3.86) Tj 0 -18 Td (7.4%) Tj ET"
    return [b"\x00" + stream, _pdf_around(stream)]


def _docx_seeds() -> list[bytes]:
    return [_docx_parts()["word/document.xml"], _around(_docx_parts(), "", b"")]


def _xlsx_seeds() -> list[bytes]:
    return [_xlsx_parts()["xl/worksheets/sheet1.xml"], _around(_xlsx_parts(), "", b"")]


def _pack_seeds() -> list[bytes]:
    zipped, tarred = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("a/甲.txt", _NEWS[0])
        pack.writestr("b.html", _web_pages()[2])
    with tarfile.open(fileobj=tarred, mode="w") as pack_:
        info = tarfile.TarInfo("a.txt")
        info.size = len(_NEWS[2].encode())
        pack_.addfile(info, io.BytesIO(_NEWS[2].encode()))
    row = json.dumps({"id": "1", "text": _NEWS[2], "date": "2022-01-18", "title": "题"}, ensure_ascii=False)
    table = f"text,date,title\n“{_NEWS[2]}”,2022-01-18,题\n"
    return [
        b"\x00" + zipped.getvalue(),
        b"\x01" + tarred.getvalue()[:2048],
        b"\x02" + tarred.getvalue()[:2048],
        b"\x03" + f"{row}\n{row}".encode(),
        b"\x04" + table.encode(),
        b"\x05a/b.txt\0" + _NEWS[0].encode(),
        b"\x05../b.html\0" + _web_pages()[2],
    ]


def _warc_seeds() -> list[bytes]:
    body = _web_pages()[2]
    answer = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    )
    return [b"\x01" + answer, b"\x00" + _warc_around(answer)]


def _text_files() -> list[bytes]:
    return [t.encode(e) for t in _NEWS for e in ("utf-8", "gb18030", "utf-16", "big5hkscs") if _fits(t, e)]


def _fits(said: str, encoding: str) -> bool:
    try:
        return bool(said.encode(encoding))
    except UnicodeEncodeError:
        return False


def _review_seeds() -> list[bytes]:
    figure = next(r for r in _reviewed()[0][0][1] if isinstance(r, Figure))
    columns = [str(c) for c in _written_rows()[0]]
    at = {name: i for i, name in enumerate(columns)}
    cells = [(1, i, w) for i in range(len(columns)) for w in ("fix", "2020", "49家", "accept", "")][:120]
    answer = {"figure_id": figure.figure_id, "slot": "period", "value": "2021", "by": "x"}
    return [
        b"\n".join(bytes((r, c)) + w.encode() for r, c, w in cells[i : i + 12]) for i in range(0, len(cells), 12)
    ] + [json.dumps(answer).encode(), bytes((0, min(at.values(), default=0))) + b"x"]


def _rule_seeds() -> list[bytes]:
    rule = """stage = "text"
about = "x"
[parts]
n = "[0-9]++"
[[rule]]
id = "mine.one"
why = "x"
pattern = \'\'\'{n}(?:家|户)\'\'\'
yields = { a = 1 }
weight = 50
examples = ["企业[20家]", {text = "[1户]", expect = {measure = "level"}}]
rejects = ["企业若干"]
"""
    base = shipped.load()
    lists = []
    for i, name in enumerate(sorted(base.tables)):
        rows = base.tables[name][:2]
        lines = ["\t".join(rows[0])] + ["\t".join(r.values()) for r in rows] if rows else []
        lists.append(bytes(((i << 1) & 255,)) + "\n".join(lines).encode())
    return [b"\x01" + rule.encode(), *lists]


def _words_of(*said: str) -> Callable[[], Sequence[bytes]]:
    return lambda: [w.encode() for w in said]


def _table_marks() -> Iterator[str]:
    yield from "<table> <tr> <td> <th> <p> </p> <div> <h1> <br> <meta rowspan= colspan= charset= <!-- -->".split()
    yield from "<![CDATA[ &#x0; &nbsp; <script> </table> <frameset> <svg> <math> <template> name=PubDate".split()


TARGETS: dict[str, Target] = {
    "text": Target(text, _news_bytes, _words_of(*PIECES), 600),
    "tables": Target(tables, _news_bytes, _words_of(*PIECES), 400),
    "texts": Target(texts, _text_files, _words_of("\ufeff", "\r\n", "\u2028", "2021年"), 2_000),
    "html": Target(html, _web_pages, _words_of(*_table_marks())),
    "pdf": Target(
        pdf, _pdfs, _words_of(*"BT ET Tj TJ Tm Td Tf /F1 q Q cm re f obj endobj stream xref /Kids /Count".split())
    ),
    "docx": Target(
        docx, _docx_seeds, _words_of(*"<w:p> <w:tbl> <w:tr> <w:tc> <w:gridSpan <w:vMerge w:val= <w:t>".split())
    ),
    "xlsx": Target(
        xlsx, _xlsx_seeds, _words_of(*'<c r="A1" t="n" t="s" t="b" t="e" t="d" <v> <f> <mergeCell ref= s="1"'.split())
    ),
    "packs": Target(
        packs, _pack_seeds, _words_of("PK\x03\x04", "PK\x01\x02", "ustar", "../", '"text":', ".warc", ".xlsx")
    ),
    "warc": Target(warc, _warc_seeds, _words_of("WARC/1.0", "HTTP/1.1 200 OK", "Content-Length:", "chunked", "gzip")),
    "review": Target(
        review, _review_seeds, _words_of("accept", "fix", "reject", "undo", "2021-01", "3.86亿元", "NaN", "1e999")
    ),
    "rules": Target(
        rules, _rule_seeds, _words_of("[[rule]]", "(?:", ")+", "*+", "(?<=", "(?P<a>", "\\1", "off", "\t", "[", "]")
    ),
}

assert zhengwen.__version__
