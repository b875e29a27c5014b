"""Figures of tables: indicator, measure and unit from the heads that the page stage found."""

from __future__ import annotations

from collections.abc import Sequence

from zhengwen.rows.drafts import Draft
from zhengwen.rules import Rules
from zhengwen.stages import ArticleText, Candidate, TableCell
from zhengwen.values import Values

__all__ = ["Cells"]


class Cells:
    """Makes drafts of the numeric cells of an article's tables."""

    def __init__(self, rules: Rules, values: Values) -> None:
        self._values = values
        self._heads = [(r, r.regex) for r in rules.of("rows/cells")]

    def candidates(self, article: ArticleText) -> dict[int, list[tuple[Candidate, TableCell]]]:
        """Return the figure of each cell that holds one, by paragraph."""
        found: dict[int, list[tuple[Candidate, TableCell]]] = {}
        for cell in article.cells:
            text = article.paragraphs[cell.paragraph].view.text
            quantity = self._values.cell(text, cell.start, cell.end, cell.unit)
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
        draft.indicator = self._indicator(cell, keep.strip(" 　()（）:："))
        draft.because("indicator", "cells.heads")

    @staticmethod
    def _indicator(cell: TableCell, column: str) -> str:
        rows = [h for h in cell.row_heads if h]
        name = rows[-1] if rows else column
        if len(rows) > 1 and not name.endswith(rows[0][-2:]):
            name += rows[0][-4:]
        if column and not name.endswith(column) and rows:
            name += column
        return name

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
