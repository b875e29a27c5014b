"""How fast files are read, by format: 1,000 made files of each kind, files and megabytes a second. Run it by hand.

python tests/bench/reading.py [COUNT]
"""

from __future__ import annotations

import importlib.util
import io
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from zhengwen.reading import find_inputs, read_pages
from zhengwen.stages import Page

SENTENCE = "今年以来，云溪县围绕产业抓项目，新开工项目{n}个，完成投资12.5亿元，比上年同期增长8.2%，位居全市前列。"
ROWS = [("固定资产投资", "41.2", "-2.5"), ("财政收入", "6.15", "1.8"), ("工业投资", "20.4", "3.3")]


def made() -> ModuleType:
    """The tests' own makers of files."""
    path = Path(__file__).parents[1] / "reading" / "made.py"
    spec = importlib.util.spec_from_file_location("made", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines(n: int) -> list[str]:
    return [SENTENCE.format(n=n + i) for i in range(12)]


def text(n: int) -> bytes:
    return "\n".join(["云溪县项目建设提速增效", *lines(n)]).encode()


def html(n: int) -> bytes:
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td><td>{c}</td></tr>" for a, b, c in ROWS)
    table = f"<table><tr><th>指标</th><th>绝对值（亿元）</th><th>增长（%）</th></tr>{rows}</table>"
    body = "".join(f"<p>{x}</p>" for x in lines(n))
    nav = "<div class=nav>" + "".join(f"<a href=/{i}>栏目{i}</a> | " for i in range(30)) + "</div>"
    inner = f"{nav}<h1>云溪县项目</h1><div>{body}{table}</div>"
    return f"<html><head><meta charset=utf-8></head><body>{inner}</body></html>".encode()


def pdf(n: int) -> bytes:
    module = made()
    halves = [h for x in lines(n) for h in (x[:30], x[30:])]
    cells = [
        (60 + 180 * c, 300 - 20 * r, 12, t)
        for r, row in enumerate([("指标", "绝对值", "增长"), *ROWS])
        for c, t in enumerate(row)
    ]
    data: bytes = module.pdf([*module.column(60, 780, halves), *cells])
    return data


def docx(n: int) -> bytes:
    import docx as word

    document = word.Document()
    for line in lines(n):
        document.add_paragraph(line)
    table = document.add_table(rows=len(ROWS), cols=3)
    for r, row in enumerate(ROWS):
        for c, value in enumerate(row):
            table.cell(r, c).text = value
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx(n: int) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in [
        ("指标", "绝对值", "增长"),
        *[(a, float(b), float(c)) for a, b, c in ROWS],
        *[(x, n, n) for x in lines(n)],
    ]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


KINDS: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "text, UTF-8": (".txt", text),
    "text, GB18030": (".txt", lambda n: text(n).decode().encode("gb18030")),
    "HTML": (".html", html),
    "PDF": (".pdf", pdf),
    "Word": (".docx", docx),
    "Excel": (".xlsx", xlsx),
}


def packed(count: int, folder: Path) -> None:
    """Archives with as many articles: one file each."""
    import gzip
    import json

    import pyarrow as pa
    import pyarrow.parquet as pq

    module = made()
    rows = [{"id": str(n), "text": text(n).decode()} for n in range(count)]
    (folder / "a.jsonl.gz").write_bytes(gzip.compress("\n".join(json.dumps(r) for r in rows).encode()))
    pq.write_table(pa.Table.from_pylist(rows), folder / "a.parquet")
    (folder / "a.zip").write_bytes(module.packed({f"{n}.txt": text(n) for n in range(count)}))
    (folder / "a.warc").write_bytes(module.warc({f"https://example.org/{n}.html": html(n) for n in range(count)}))


def timed(name: str, arguments: list[str]) -> None:
    """Read, and print a row of the table."""
    start, pages, size = time.process_time(), 0, 0
    for item in find_inputs(arguments):
        assert not isinstance(item, Exception), item
        size += item.path.stat().st_size
        for page in read_pages(item):
            assert isinstance(page, Page), page
            pages += 1
    seconds = time.process_time() - start
    print(f"| {name} | {pages / seconds:,.0f} | {size / 1e6 / seconds:,.1f} | {size / pages / 1000:,.1f} |", flush=True)


def main(count: int) -> None:
    """Make the files and time each kind."""
    print("| format | articles a second | MB a second | KB an article |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        for kind, (suffix, make) in KINDS.items():
            folder = Path(name) / kind.replace(", ", "-")
            folder.mkdir()
            for n in range(count):
                (folder / f"{n:05}{suffix}").write_bytes(make(n))
            timed(kind, [str(folder)])
        packed(count, Path(name))
        for kind, file in (
            ("JSONL, gzip", "a.jsonl.gz"),
            ("Parquet", "a.parquet"),
            ("zip of text", "a.zip"),
            ("WARC", "a.warc"),
        ):
            timed(kind, [str(Path(name) / file)])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
