"""Records to standard output: the table a person reads, or JSONL or CSV for the next program in a pipe."""

from __future__ import annotations

import csv
import sys

from zhengwen.errors import ZhengwenError
from zhengwen.records import Article, Figure, Record
from zhengwen.rules import Rules
from zhengwen.stages import Page
from zhengwen.tables.columns import FIGURE_COLUMNS, figure_cells, safe
from zhengwen.tables.jsonl import dumps

__all__ = ["StdoutCsv", "StdoutJsonl", "StdoutTable"]


class StdoutJsonl:
    """Prints the records as JSON lines."""

    def add(self, page: Page, records: list[Record]) -> None:
        """Print one page's records."""
        for record in records:
            print(dumps(record))

    def fail(self, error: ZhengwenError) -> None:
        """Leave failures to standard error."""


class StdoutCsv:
    """Prints the figure table as CSV."""

    def __init__(self) -> None:
        self._writer = csv.writer(sys.stdout, lineterminator="\n")
        self._writer.writerow(FIGURE_COLUMNS)

    def add(self, page: Page, records: list[Record]) -> None:
        """Print one page's figures."""
        articles = {r.article_id: r for r in records if isinstance(r, Article)}
        for record in records:
            if isinstance(record, Figure):
                self._writer.writerow(safe(figure_cells(record, articles.get(record.article_id))))

    def fail(self, error: ZhengwenError) -> None:
        """Leave failures to standard error."""


class StdoutTable:
    """Prints a page's figures as a table for people."""

    def __init__(self, rules: Rules, *, lang: str = "en", quiet: bool = False) -> None:
        from zhengwen.tables.labels import Labels
        from zhengwen.tables.terminal import console

        self._out = console()
        self._labels = Labels(rules, lang)
        self._quiet = quiet

    def add(self, page: Page, records: list[Record]) -> None:
        """Print one page's figures under the page's name."""
        from zhengwen.tables.terminal import print_figures

        if not self._quiet:
            self._out.print(page.source, style="dim")
        print_figures(records, self._out, self._labels)

    def fail(self, error: ZhengwenError) -> None:
        """Leave failures to standard error."""
