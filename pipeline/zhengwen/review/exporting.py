"""A run's tables written anew with its review, its open questions, and where the review stands."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from zhengwen.errors import BadInput
from zhengwen.records import Figure
from zhengwen.review.added import RULE
from zhengwen.review.marks import Marks
from zhengwen.review.questions import questions
from zhengwen.review.runs import figures_of, head_of, reviewed
from zhengwen.rules import load
from zhengwen.tables.formats import open_tables
from zhengwen.tables.jsonl import dumps_plain

__all__ = ["export_tables", "print_questions", "status", "summary_line"]

_WRITTEN = ("xlsx", "html", "parquet", "sdmx")
_KINDS = ({"xlsx", "html"}, {"parquet", "sdmx"})
"""Tables for people, with what reviewers added; and data, which hold what the program found alone."""

_PARTIAL = ".partial"


def export_tables(run: Path, formats: Sequence[str], out: Path, lang: str, rules: Path | None = None) -> set[str]:
    """Write a run's tables with the marks of its review into `out`, and return the files' names.

    Raises `BadInput` for a format that cannot be exported, or when `out` cannot be written to.
    """
    for name in formats:
        if name not in _WRITTEN:
            raise BadInput(f"no such export: {name} (wanted: {', '.join(_WRITTEN)})", code="usage", where="--format")
    pages, marks = reviewed(run)
    try:
        out.mkdir(parents=True, exist_ok=True)
        shown, data = (open_tables(set(formats) & kinds, out, _PARTIAL, load(rules), lang, marks) for kinds in _KINDS)
        for page, records in pages:
            for table in shown:
                table.add(page, records)
            found = [r for r in records if not (isinstance(r, Figure) and r.rule == RULE)]
            for table in data:
                table.add(page, found)
        written = {name for table in (*shown, *data) for name in table.close(head_of(run))}
        for name in written:
            (out / f"{name}{_PARTIAL}").replace(out / name)
    except OSError as error:
        raise BadInput(f"cannot be written to: {error.strerror}", code="output", where=str(out)) from None
    return written


def print_questions(run: Path) -> None:
    """Print a run's open questions as JSON lines, and on standard error how many of which kind."""
    pages, marks = reviewed(run)
    kinds: Counter[str] = Counter()
    for question in questions(pages, marks):
        kinds[f"{question['slot']} {question['why'].partition(':')[0]}"] += 1
        print(dumps_plain(question))
    told = ", ".join(f"{n} {kind}" for kind, n in kinds.most_common())
    print(f"{kinds.total()} questions{': ' if told else ''}{told}", file=sys.stderr)


def status(run: Path) -> Iterator[str]:
    """Yield lines on where the review of a run stands."""
    pages, marks = reviewed(run)
    figures = [f for fs, _ in figures_of(pages) for f in fs]
    counts = marks.count(figures)
    yield f"{len(figures)} figures: " + ", ".join(f"{n} {state}" for state, n in counts.most_common())
    by_id = {f.figure_id: f for f in figures}
    yield from (f"added: {f.figure_id}  {_where(f)}" for f in figures if f.rule == RULE)
    for old, new in marks.placed.moved.items():
        yield f"moved: {old} → {new}  {_where(by_id[new])}"
    for figure in figures:
        mark = marks.of(figure)
        if mark.state in ("disputed", "again"):
            yield f"{mark.state}: {figure.figure_id}  {mark.about}  {_where(figure)}"
    for settled in marks.lost():
        anchor = settled.anchor
        yield f"not placed: {settled.figure_id}  {settled.state}  {anchor.text}  {anchor.sentence[:60]}"


def summary_line(run: Path, marks: Marks) -> str:
    """Return one line on how the marks of an earlier review fared in a run."""
    placed = marks.placed
    lost = f", {len(placed.lost)} not placed (zhengwen review status {run})" if placed.lost else ""
    return f"review: {len(placed.same)} marks in place, {len(placed.moved)} moved{lost}"


def _where(figure: Figure) -> str:
    return f"{figure.text}  {figure.sentence[:60]}"
