"""The table a person reads in the terminal: one row a figure, wide characters aligned."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import IO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from zhengwen.records import Article, Figure, Record

__all__ = ["console", "print_figures", "printed"]

_MODIFIERS = {"about": "≈", "nearly": "→", "over": ">", "at_least": "≥", "under": "<", "at_most": "≤"}
_PIPE_WIDTH = 150
_LINE_BREAK = re.compile(r"\s*[\r\n]\s*")


def console(file: IO[str] | None = None) -> Console:
    """Return a console for `file` (standard output); into a pipe it is wide and plain."""
    file = file or sys.stdout
    wide = None if file.isatty() or os.environ.get("COLUMNS") else _PIPE_WIDTH
    return Console(file=file, width=wide, highlight=False, emoji=False, markup=False)


def print_figures(records: Iterable[Record], out: Console) -> None:
    """Print the figures of a page, article by article, each under its headline, date and place."""
    kept = list(records)
    for article in (r for r in kept if isinstance(r, Article)):
        figures = [r for r in kept if isinstance(r, Figure) and r.article_id == article.article_id]
        if figures or article.title:
            out.print(_heading(article, len(figures)))
        if figures:
            out.print(_table(figures))


def printed(figure: Figure) -> str:
    """Return a figure as printed, its modifier as a sign before it, a decrease with its minus."""
    minus = figure.value is not None and figure.value < 0 and figure.text[:1] not in "-－−"
    return _MODIFIERS.get(figure.approx, "") + ("−" if minus else "") + _LINE_BREAK.sub("", figure.text)


def _heading(article: Article, count: int) -> Text:
    facts = [article.date or "no date", *([article.place] if article.place else []), _plural(count)]
    return Text.assemble((article.title or f"article {article.article}", "bold"), "  ", (" · ".join(facts), "dim"))


def _plural(count: int) -> str:
    return f"{count} figure" if count == 1 else f"{count} figures"


def _table(figures: Sequence[Figure]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name, least in (("subject", 8), ("indicator", 10), ("period", 7)):
        table.add_column(name, min_width=least, overflow="fold")
    table.add_column("value", justify="right", overflow="fold")
    table.add_column("measure")
    table.add_column("base / of", overflow="fold")
    for figure in figures:
        table.add_row(*map(Text, _cells(figure)))
    return table


def _cells(figure: Figure) -> tuple[str, ...]:
    measure = figure.measure if figure.status == "actual" else f"{figure.measure} ({figure.status})"
    against = " / ".join(x for x in (figure.base, figure.of) if x)
    return (
        figure.subject or "",
        figure.indicator or "",
        figure.period or "",
        printed(figure),
        measure,
        against,
    )
