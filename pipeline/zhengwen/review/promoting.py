"""Reviewed pages become gold: their text and what people settled, in the corpus' own form.

A page is taken when every figure of it is settled (accepted, fixed or rejected). Its gold lists the figures alone as
reviewed, and says that they were drafted by the program: a figure that the program missed is missing here too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zhengwen import __version__
from zhengwen.corpus.folder import Corpus, Gold, write_whole
from zhengwen.records import Article, Figure, Record, plain
from zhengwen.review.corrections import numbers_of
from zhengwen.review.marks import Mark, Marks
from zhengwen.stages import Page

__all__ = ["Promoted", "finished", "gold_of", "name_of", "promote"]

_DONE = ("accepted", "fixed", "rejected")
_FIELDS = "value low high terms unit kind approx measure indicator subject period base of status".split()
_DEFAULTS = {"approx": "exact", "status": "actual"}


@dataclass
class Promoted:
    """Which pages became gold, and why others did not, as lines to read."""

    written: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def promote(pages: Iterable[tuple[Page, list[Record]]], marks: Marks, corpus: Corpus) -> Promoted:
    """Write every wholly reviewed page into `corpus` (articles, gold, manifest) and say what was done.

    A name that is there already is left alone when its text or its gold is not the same: gold by hand is never lost.
    """
    out = Promoted()
    for page, records in pages:
        name, why = name_of(page.source), finished(page, records, marks)
        if why is None:
            _write(corpus, name, page, gold_of(records, marks), out)
        elif why:
            out.left.append(f"{name}: {why}")
    return out


def finished(page: Page, records: Sequence[Record], marks: Marks) -> str | None:
    """Return None for a page that can become gold, else why it cannot; empty when nobody has begun with it."""
    figures = [r for r in records if isinstance(r, Figure)]
    open_ones = [f for f in figures if marks.of(f).state not in _DONE]
    if len(open_ones) == len(figures):
        return ""
    if open_ones:
        hidden = sum(f.tier == "incidental" for f in open_ones)
        where = f" ({hidden} incidental: hidden by the workbook's filter)" if hidden else ""
        return f"{len(open_ones)} of {len(figures)} figures are not settled{where}"
    return None if page.text else "its text cannot be read any more, or has changed since the run"


def gold_of(records: Sequence[Record], marks: Marks) -> Gold:
    """Return a page's gold: header, articles, and the figures that were kept, with what people corrected."""
    figures = sorted((r for r in records if isinstance(r, Figure)), key=lambda f: f.start)
    who = ", ".join(sorted({w for f in figures for w in marks.of(f).who}))
    by = f"{who}, reviewing the rows of zhengwen {__version__}"
    header = {"record": "gold", "reviewed": ["figure"], "drafted": ["figure"], "by": by}
    rows = [_article(r) for r in records if isinstance(r, Article)]
    texts = {f.figure_id: f.text for f in figures}
    marked = ((f, marks.of(f)) for f in figures)
    rows += [_gold(f, mark, texts) for f, mark in marked if mark.state != "rejected"]
    return Gold(header, tuple(rows))


def _article(article: Article) -> dict[str, Any]:
    said = {"article": article.article, "title": article.title, "date": article.date, "place": article.place}
    return {"record": "article"} | {k: v for k, v in said.items() if v}


def _gold(figure: Figure, mark: Mark, texts: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {"record": "figure", "start": figure.start, "end": figure.end, "text": figure.text}
    said = {name: plain(getattr(figure, name)) for name in _FIELDS}
    for slot, value in mark.fixes.items():
        said |= numbers_of(value) if slot == "value" else {slot: value}
    for name, value in said.items():
        repeats = name in ("low", "high") and value == said["value"]
        if value is not None and value != _DEFAULTS.get(name) and not repeats:
            row[name] = value
    if figure.part_of in texts:
        row["part_of"] = texts[figure.part_of or ""]
    return row


def _write(corpus: Corpus, name: str, page: Page, gold: Gold, out: Promoted) -> None:
    """Write a page into the corpus unless what is there already says something else."""
    article, labels = corpus.text_path(name), corpus.gold_path(name)
    if article.exists() and corpus.text(name) != page.text:
        out.left.append(f"{name}: {article} is another text")
        return
    if labels.exists() and corpus.gold(name).header.get("drafted") != gold.header["drafted"]:
        out.left.append(f"{name}: {labels} is there already, and not from a review like this one")
        return
    if not article.exists():
        write_whole(article, page.text)
        first = gold.of("article")[0] if gold.of("article") else {}
        known = {k: first[k] for k in ("date", "title") if first.get(k)}
        if known:
            write_whole(article.with_suffix(".meta.json"), json.dumps(known, ensure_ascii=False) + "\n")
    corpus.save(name, gold)
    if name not in {row["name"] for row in corpus.manifest()}:
        corpus.list_in_manifest(
            {"name": name, "use": "development", "labelled_by": gold.header["by"], "about": "promoted from a review"}
        )
    out.written.append(f"{name}: {len(gold.of('figure'))} figures → {labels}")


def name_of(source: str) -> str:
    """Return the corpus name of a source: its file's stem; an archive's row adds its id."""
    path, mark, row = source.rpartition("#")
    stem = Path((path if mark else source).replace("\\", "/")).name.partition(".")[0]
    return f"{stem}_{row}" if mark else stem
