"""What an article's own figures say about each other (contract §6): reported, never applied."""

from __future__ import annotations

from collections.abc import Sequence

from zhengwen.records import Check, Figure

__all__ = ["check", "same_claims"]


def check(figures: Sequence[Figure], source: str) -> list[Check]:
    """Return the arithmetic statements that `figures` (of one page) make about each other."""
    return []


def same_claims(figures: Sequence[Figure]) -> dict[str, str]:
    """Return, for each figure that repeats an earlier claim, the id of the first statement of it."""
    return {}
