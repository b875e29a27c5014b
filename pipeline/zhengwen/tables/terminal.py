"""The table a person reads in the terminal: one row a figure, wide characters aligned.

A subject or indicator that stays the same is dimmed from its second row on; checks that do not agree stand
under the table.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from zhengwen.records import Article, Check, Figure, Record, plain
from zhengwen.rules import load
from zhengwen.tables.labels import Labels

__all__ = ["console", "print_figures", "printed"]

_MODIFIERS = {"about": "≈", "nearly": "→", "over": ">", "at_least": "≥", "under": "<", "at_most": "≤"}
_PIPE_WIDTH = 150
_LINE_BREAK = re.compile(r"(?<!\s)\s*[\r\n]\s*")


def console(file: IO[str] | None = None) -> Console:
    """Return a console for `file` (standard output); into a pipe it is wide and plain."""
    file = file or sys.stdout
    wide = None if file.isatty() or os.environ.get("COLUMNS") else _PIPE_WIDTH
    return Console(file=file, width=wide, highlight=False, emoji=False, markup=False)


def print_figures(records: Iterable[Record], out: Console, labels: Labels | None = None) -> None:
    """Print the figures of a page, article by article, each under its headline, date and place."""
    kept = list(records)
    labels = labels or Labels(load())
    for article in (r for r in kept if isinstance(r, Article)):
        figures = [r for r in kept if isinstance(r, Figure) and r.article_id == article.article_id]
        if figures or article.title:
            out.print(_heading(article, len(figures), labels))
        if figures:
            out.print(_table(figures, labels))
            for line in _failed(kept, figures, labels):
                out.print(line)


def printed(figure: Figure) -> str:
    """Return a figure as printed, its modifier as a sign before it, a decrease with its minus."""
    minus = figure.value is not None and figure.value < 0 and figure.text[:1] not in "-－−"
    return _MODIFIERS.get(figure.approx, "") + ("−" if minus else "") + _LINE_BREAK.sub("", figure.text)


def _heading(article: Article, count: int, labels: Labels) -> Text:
    counted = labels.word("figure_of" if count == 1 else "figures_of", count)
    facts = [article.date or labels.word("no_date"), *([article.place] if article.place else []), counted]
    title = article.title or labels.word("article_n", article.article)
    return Text.assemble((title, "bold"), "  ", (" · ".join(facts), "dim"))


def _table(figures: Sequence[Figure], labels: Labels) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name, least in (("subject", 8), ("indicator", 10), ("period", 7)):
        table.add_column(labels.column(name), min_width=least, overflow="fold")
    table.add_column(labels.column("value"), justify="right", overflow="fold")
    table.add_column(labels.column("measure"))
    table.add_column(labels.column("base_of"), overflow="fold")
    before: Figure | None = None
    for figure in figures:
        table.add_row(*_cells(figure, before, labels))
        before = figure
    return table


def _cells(figure: Figure, before: Figure | None, labels: Labels) -> list[Text]:
    """Return a figure's cells: what the row above says too is dim, a decrease red, a target blue."""
    subject, indicator = figure.subject or "", figure.indicator or ""
    same = before is not None and before.subject == figure.subject
    still = same and before is not None and before.indicator == figure.indicator
    falls = figure.value is not None and figure.value < 0
    measure = labels.value("measure", figure.measure)
    if figure.status != "actual":
        measure = f"{measure} ({labels.value('status', figure.status)})"
    against = " / ".join(x for x in (labels.value("base", figure.base), figure.of) if x)
    return [
        Text(subject, "dim" if same else ""),
        Text(indicator, "dim" if still else ""),
        Text(figure.period or ""),
        Text(printed(figure), "red" if falls else "bold"),
        Text(measure, "blue" if figure.status != "actual" else ""),
        Text(against),
    ]


def _failed(records: Sequence[Record], figures: Sequence[Figure], labels: Labels) -> Iterator[Text]:
    """Yield a line for each check of the figures that does not agree."""
    by_id = {f.figure_id: f for f in figures}
    for check in (r for r in records if isinstance(r, Check) and not r.ok):
        taking = [by_id[i] for i in check.figure_ids if i in by_id]
        if taking:
            stated = f"{taking[0].indicator or ''} {printed(taking[0])}".strip()
            rest = ", ".join(printed(f) for f in taking[1:])
            name = f"{labels.value('check', check.check)} {labels.value('check_state', 'failed')}"
            line = f"{stated} ↔ {rest} ({plain(check.expected)})"
            yield Text.assemble((f"{name}: ", "yellow"), line)
