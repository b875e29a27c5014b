"""The real labelled pages: blocks, joins, headlines; and the archive passes without an error."""

from __future__ import annotations

import gzip
import itertools
import json
from pathlib import Path

from zhengwen.pages import Pages
from zhengwen.stages import Layout, Meta, Page


def layouts(pages: Pages, shared: Path) -> list[tuple[Layout, list[dict[str, object]]]]:
    found = []
    for path in sorted((shared / "corpus" / "real").glob("*.txt")):
        meta = path.with_suffix(".meta.json")
        known = json.loads(meta.read_text("utf-8")) if meta.exists() else {}
        gold = path.with_suffix("").with_suffix(".gold.jsonl").read_text("utf-8")
        page = Page(path.stem, path.read_bytes().decode("utf-8"), Meta(**known))
        found.append((pages.divide(page), [json.loads(line) for line in gold.splitlines()]))
    return found


def test_blocks_joins_and_headlines(pages: Pages, shared: Path) -> None:
    right = total = false_joins = missed_joins = 0
    for layout, gold in layouts(pages, shared):
        blocks = {b.line: b for b in layout.blocks}
        titles = {a.number: a.title for a in layout.articles}
        for record in gold:
            if record["record"] == "block":
                block = blocks[record["line"]]  # type: ignore[index]
                total += 1
                right += (block.label, block.article) == (record["label"], record.get("article", 0))
                missed_joins += bool(record.get("joins")) and not block.joins
                false_joins += block.joins and not record.get("joins")
            elif record["record"] == "article":
                assert titles[record["article"]] == record.get("title", "")  # type: ignore[index]
    assert total > 400
    assert right / total >= 0.97
    assert missed_joins == 0
    assert false_joins <= 1


def test_the_archive_passes(pages: Pages, shared: Path) -> None:
    with gzip.open(shared / "corpus" / "archive" / "news.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in map(json.loads, itertools.islice(rows, 0, None, 10)):
            layout = pages.divide(Page(row["id"], row["text"], Meta(date=row["date"], title=row["title"])))
            assert layout.blocks
            assert all(row["text"][b.start : b.end].strip() for b in layout.blocks)
