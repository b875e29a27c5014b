"""A run on disk as pages and records again, so that tables are written anew and reviews find their figures."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from zhengwen.errors import BadInput
from zhengwen.ids import page_digest
from zhengwen.reading import page_of
from zhengwen.records import Article, Figure, Record, from_json
from zhengwen.review.added import with_added
from zhengwen.review.log import Log
from zhengwen.review.marks import Marks
from zhengwen.scoring.runs import texts_of
from zhengwen.stages import Page

__all__ = ["figures_of", "head_of", "marks_of", "pages_of_run", "reviewed"]


def pages_of_run(run: Path) -> Iterator[tuple[Page, list[Record]]]:
    """Yield each page of a run with its records; the text is empty when it cannot be read any more or has changed.

    Raises `BadInput` when the folder holds no run, or a line of it is no record.
    """
    grouped = [(source, list(rows)) for source, rows in groupby(_rows(run), key=lambda r: r.source)]
    texts = dict(texts_of(run, {source for source, _ in grouped}))
    starts = _page_starts(run)
    for source, records in grouped:
        page = replace(page_of(texts.get(source, ""), source=source), page_starts=starts.get(source, ()))
        digest = page_digest(page)
        known = {r.article_id.partition("-")[0] for r in records if isinstance(r, Article)}
        yield page if known == {digest} else page_of("", source=source), records


def figures_of(pages: Sequence[tuple[Page, list[Record]]]) -> Iterator[tuple[list[Figure], str]]:
    """Yield the figures and the text of each page, as placing reviews needs them."""
    for page, records in pages:
        yield [r for r in records if isinstance(r, Figure)], page.text


def reviewed(run: Path) -> tuple[list[tuple[Page, list[Record]]], Marks]:
    """Return a run's pages with the figures that people added, and the reviews placed on them."""
    decisions = list(Log.of_run(run))
    pages = list(with_added(pages_of_run(run), decisions))
    return pages, Marks(decisions, figures_of(pages))


def marks_of(run: Path, pages: Sequence[tuple[Page, list[Record]]]) -> Marks:
    """Return the reviews of a run, placed on its figures."""
    return Marks(Log.of_run(run), figures_of(pages))


def head_of(run: Path) -> dict[str, Any]:
    """Return what `run.json` says, nothing when there is none."""
    path = run / "run.json"
    if not path.is_file():
        return {}
    try:
        head = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"no JSON: {error}", code="bad_json", where=str(path)) from None
    return head if isinstance(head, dict) else {}


def _page_starts(run: Path) -> dict[str, tuple[int, ...]]:
    """Return where the sheets of each PDF of a run begin in its text."""
    kept = run / "texts.parquet"
    if not kept.is_file():
        return {}
    import pyarrow.parquet as pq

    if "reader" not in pq.read_schema(kept).names:
        return {}
    rows = pq.read_table(kept, columns=["source", "reader"]).to_pylist()
    return {r["source"]: tuple(json.loads(r["reader"] or "{}").get("pages", ())) for r in rows}


def _rows(run: Path) -> Iterator[Record]:
    path = run / "records.jsonl"
    if not path.is_file():
        raise BadInput("no run here (a folder with records.jsonl)", code="no_run", where=str(run))
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield from_json(json.loads(line, parse_float=Decimal))
                except (json.JSONDecodeError, KeyError, TypeError) as error:
                    raise BadInput(f"no record: {error}", code="bad_json", where=f"{path}:{number}") from None
