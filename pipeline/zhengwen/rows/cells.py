"""Figures of tables: indicator, measure and unit from the heads that the page stage found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhengwen.rows.drafts import Draft
from zhengwen.rules import Rules
from zhengwen.stages import ArticleText, Candidate, TableCell
from zhengwen.values import Values

__all__ = ["Cells"]

_AROUND = " 　()（）:：、，"
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


class Cells:
    """Makes drafts of the numeric cells of an article's tables."""

    def __init__(self, rules: Rules, values: Values) -> None:
        self._values = values
        self._heads = [(r, r.regex) for r in rules.of("rows/cells")]
        self._periods = [(r, r.regex) for r in rules.of("rows/cell_periods")]

    def candidates(self, article: ArticleText) -> dict[int, list[tuple[Candidate, TableCell]]]:
        """Return the figure of each cell that holds one, by paragraph."""
        found: dict[int, list[tuple[Candidate, TableCell]]] = {}
        for cell in article.cells:
            text = article.paragraphs[cell.paragraph].view.text
            end = cell.end - text[cell.start : cell.end].endswith("%")
            quantity = self._values.cell(text, cell.start, end, cell.unit)
            if quantity is not None:
                candidate = Candidate(cell.start, cell.end, "figure", "cells.number", 50, quantity)
                found.setdefault(cell.paragraph, []).append((candidate, cell))
        return found

    def fill(self, draft: Draft, cell: TableCell) -> None:
        """Fill measure, base and indicator of a cell's draft from its heads."""
        column = cell.column_heads[-1] if cell.column_heads else ""
        draft.because("measure", "cells.level")
        keep = column
        for rule, regex in self._heads:
            match = regex.search(column)
            if match:
                draft.measure = str(rule.yields.get("measure", "level"))
                draft.base = rule.yields.get("base")
                keep = column[: match.start()] + column[match.end() :]
                draft.because("measure", rule.id)
                break
        draft.indicator = self._indicator(cell, keep.strip(_AROUND))
        draft.because("indicator", "cells.heads")

    def subject(self, draft: Draft, cell: TableCell) -> None:
        """Take the row's name for the subject where the table's rows are places or bodies."""
        if cell.subject:
            draft.subject = cell.subject
            draft.because("subject", "cells.row")

    def period(self, draft: Draft, cell: TableCell) -> None:
        """Take the period that a head names over the one that the table stands under."""
        for head in [*reversed(cell.column_heads), *reversed(cell.row_heads)]:
            for rule, regex in self._periods:
                found = regex.search(head)
                if found is None:
                    continue
                if rule.yields["role"] == "dated":
                    draft.period = _dated(found)
                elif rule.yields["role"] == "shifted" and draft.period:
                    years = int(rule.yields["years"])
                    draft.period = _YEAR.sub(lambda m, by=years: str(int(m[0]) - by), draft.period)  # type: ignore[misc]
                else:
                    continue
                draft.because("period", rule.id)
                return

    def _indicator(self, cell: TableCell, column: str) -> str:
        """Return the words of the heads that name what is measured: the row's, then what the column adds to them."""
        rows = [] if cell.subject else [h for x in cell.row_heads if (h := self._undated(x))]
        outer = [h for x in cell.column_heads[:-1] if (h := self._undated(x))]
        name = rows[-1] if rows else ""
        if len(rows) > 1 and not name.endswith(rows[0][-2:]):
            name += rows[0][-4:]
        for head in [*outer, self._undated(column)]:
            if head and not name.endswith(head):
                name += head
        return name or next((h for h in reversed((*cell.row_heads, *cell.column_heads)) if h), "")

    def _undated(self, head: str) -> str:
        """Return a head without the period that it names."""
        for rule, regex in self._periods:
            if rule.yields["role"] == "dated":
                head = regex.sub("", head)
            elif regex.search(head):
                return ""
        return head.strip(_AROUND)

    @staticmethod
    def link(drafts: Sequence[tuple[Draft, TableCell]]) -> None:
        """Fill `part_of` where the table marks a row as part of another; rates take the noun of their row's level."""
        at = {(c.title, c.row, c.column): d for d, c in drafts}
        levels = {(c.title, c.row): d for d, c in reversed(drafts) if d.measure == "level"}
        for draft, cell in drafts:
            if draft.measure != "level" and (cell.title, cell.row) in levels:
                draft.indicator = levels[cell.title, cell.row].indicator
            elif cell.parent_row is not None:
                draft.part_of = at.get((cell.title, cell.parent_row, cell.column))


def _dated(found: re.Match[str]) -> str:
    """Return the period that a head names in the contract's notation."""
    year, begin, end = found["year"], found["from"], found["to"]
    if not begin:
        return str(year)
    first = f"{year}-{int(begin):02}"
    return f"{first}/{year}-{int(end):02}" if end else first
