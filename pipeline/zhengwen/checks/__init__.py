"""What an article's own figures say about each other (contract §6): reported, never applied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from zhengwen.checks.claims import same_claims
from zhengwen.checks.conflicts import conflict_checks
from zhengwen.checks.contributions import contribution_checks
from zhengwen.checks.growth import growth_checks
from zhengwen.checks.series import Series
from zhengwen.checks.shares import share_checks, whole_checks
from zhengwen.checks.sums import composition_checks, family_checks, sum_checks
from zhengwen.records import Check, Figure
from zhengwen.rules import Rules

__all__ = ["Checks", "same_claims"]

_CHECKERS: tuple[Callable[[Sequence[Figure], Series], list[Check]], ...] = (
    sum_checks,
    family_checks,
    composition_checks,
    contribution_checks,
    share_checks,
    whole_checks,
    growth_checks,
    conflict_checks,
)


class Checks:
    """Compares the figures of a page by one set of rules; keeps no state between pages."""

    def __init__(self, rules: Rules) -> None:
        self._series = Series(rules)

    def of(self, figures: Sequence[Figure], source: str) -> list[Check]:
        """Return the arithmetic statements that the figures of a page make about each other, article by article.

        `source` is the page's name, for the records.
        """
        articles: dict[str, list[Figure]] = {}
        for figure in figures:
            articles.setdefault(figure.article_id, []).append(figure)
        found = [c for group in articles.values() for checker in _CHECKERS for c in checker(group, self._series)]
        unique = {(c.check, frozenset(c.figure_ids)): c for c in reversed(found)}
        return [replace(c, source=source) for c in reversed(unique.values())]
