"""Sentences that a column or page break cut: the next body line goes on, unless the rest is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhengwen.pages.lines import Line

__all__ = ["join", "unclosed"]

SHORTEST_CUT = 25
_ASIDE = frozenset({"caption", "credit"})
_OPENERS = re.compile("[（(《“]")
_PAIRS = (("（(", "）)"), ("《", "》"), ("“", "”"))


def join(lines: Sequence[Line]) -> None:
    """Mark the body lines of one article that continue the sentence that the body line before broke off."""
    before: Line | None = None
    for line in lines:
        if line.label in _ASIDE or (line.label == "furniture" and line.article == 0):
            continue
        if line.label == "body" and before is not None and _continues(before, line):
            line.joins = True
        before = line if line.label == "body" else None


def _continues(before: Line, line: Line) -> bool:
    if (
        before.table is not None
        or line.table is not None
        or line.role in {"number", "opening"}
        or before.rule == "pages.item"
    ):
        return False
    if before.ends or before.text[-1] in "：:—":
        return False
    if line.indent and not before.indent and not before.joins:
        return False
    return len(before.text) >= SHORTEST_CUT or unclosed(before.text)


def unclosed(text: str) -> bool:
    """Tell whether a bracket or quotation mark of `text` is still open at its end."""
    return _OPENERS.search(text) is not None and any(
        sum(map(text.count, a)) > sum(map(text.count, b)) for a, b in _PAIRS
    )
