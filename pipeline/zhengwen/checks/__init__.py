"""What an article's own figures say about each other (contract §6): reported, never applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zhengwen.checks.claims import same_claims
from zhengwen.checks.conflicts import conflict_checks
from zhengwen.checks.growth import growth_checks
from zhengwen.checks.shares import share_checks
from zhengwen.checks.sums import composition_checks, family_checks, sum_checks
from zhengwen.records import Check, Figure

__all__ = ["check", "same_claims"]

_CHECKERS = (sum_checks, family_checks, composition_checks, share_checks, growth_checks, conflict_checks)


def check(figures: Sequence[Figure], source: str) -> list[Check]:
    """Return the arithmetic statements that the figures of a page make about each other, article by article.

    `source` is the page's name, for the records.
    """
    articles: dict[str, list[Figure]] = {}
    for figure in figures:
        articles.setdefault(figure.article_id, []).append(figure)
    found = [c for group in articles.values() if len(group) > 0 for checker in _CHECKERS for c in checker(group)]
    unique = {(c.check, frozenset(c.figure_ids)): c for c in reversed(found)}
    return [replace(c, source=source) for c in reversed(unique.values())]
