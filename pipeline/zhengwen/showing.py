"""What the smaller commands print: a sentence's rows, a page's blocks, a file's tokens, the schema."""

from __future__ import annotations

import json as _json
from collections.abc import Sequence
from pathlib import Path

from zhengwen.records import Article, Block, Figure, Record, Time
from zhengwen.rules import load
from zhengwen.stages import Page
from zhengwen.tables.jsonl import dumps
from zhengwen.tables.labels import Labels
from zhengwen.tables.terminal import console, print_figures

__all__ = ["show_blocks", "show_schema", "show_sentence", "show_tokens"]


def show_sentence(records: Sequence[Record], *, json: bool = False, lang: str = "en") -> None:
    """Print the figures of a sentence as a table, its times under it; or all its records as JSON lines."""
    if json:
        print("\n".join(map(dumps, records)))
        return
    out = console()
    if any(isinstance(r, Figure) for r in records):
        print_figures([r for r in records if isinstance(r, Figure | Article)], out, Labels(load(), lang))
    else:
        out.print("no figure")
    for time in (r for r in records if isinstance(r, Time)):
        out.print(f"time  {time.text} → {time.value or '?'}")


def show_blocks(page: Page, records: Sequence[Record]) -> None:
    """Print each line's number, label and article, and the beginning of the line; `+` marks a line that joins."""
    for block in (r for r in records if isinstance(r, Block)):
        text = page.text[block.start : block.end]
        start = text if len(text) <= 40 else text[:39] + "…"
        print(f"{block.line:>5}  {block.article}  {block.label:<9}{'+' if block.joins else ' '} {start}")


def show_tokens(page: Page, rules: Path | None) -> None:
    """Print the tokens of each non-empty line, divided by a thin bar."""
    from zhengwen import rules as _rules
    from zhengwen.tokens import Segmenter

    segmenter = Segmenter(_rules.load(rules))
    for line in page.text.splitlines():
        if line.strip():
            print("|".join(w for w in segmenter.cut(line) if w.strip()))


def show_schema(*, arrow: bool = False) -> None:
    """Print the schema of all records as JSON Schema, or as the Arrow schemas of the Parquet files."""
    from zhengwen import rules as _rules
    from zhengwen.records import SCHEMA_VERSION
    from zhengwen.schema import RECORDS, arrow_schema, json_schema, plural

    if not arrow:
        print(_json.dumps(json_schema(_rules.load()), ensure_ascii=False, indent=2))
        return
    print(f"schema_version: {SCHEMA_VERSION}")
    for kind in (*RECORDS, "text"):
        print(f"\n{plural(kind)}.parquet")
        print(arrow_schema(kind).to_string(show_schema_metadata=False))
