"""Sentences that a column or page break cut: the next body line goes on, unless the rest is lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from zhengwen.pages.lines import Line

__all__ = ["join", "unclosed"]

SHORTEST_CUT = 25
"""A line without a full stop that is at least so long was cut, whatever its column."""
_NARROWEST = 8
_FULL_LINES = 4
"""So many lines of one width, cut in mid-sentence, show how wide the column is."""
_INNER = re.compile("[，。；].")
_ASIDE = frozenset({"caption", "credit"})
_OPENERS = re.compile("[（(《“]")
_PAIRS = (("（(", "）)"), ("《", "》"), ("“", "”"))


def join(lines: Sequence[Line]) -> None:
    """Mark the body lines of one article that continue the sentence that the body line before broke off."""
    before: Line | None = None
    shortest = _shortest_cut([x for x in lines if x.label == "body" and x.table is None])
    for line in lines:
        if line.label in _ASIDE or (line.label == "furniture" and line.article == 0):
            continue
        if line.label == "body" and before is not None and _continues(before, line, shortest):
            line.joins = True
        before = line if line.label == "body" else None


def _shortest_cut(lines: Sequence[Line]) -> float:
    """Return how wide a line has to be to have been cut by its column; narrow columns tell by their own width."""
    if sum(_INNER.search(x.text) is not None for x in lines) * 2 < len(lines):
        return SHORTEST_CUT  # a list of names, however even, is no prose
    cut = Counter(round(_width(x.text)) for x in lines if not x.ends and _width(x.text) >= _NARROWEST)
    full, often = max(((w, n + cut[w - 1] + cut[w + 1]) for w, n in cut.items()), key=lambda x: x[1], default=(0, 0))
    if often < _FULL_LINES or often * 2 < sum(cut.values()):
        return SHORTEST_CUT
    return min(SHORTEST_CUT, full - 2)


def _width(text: str) -> float:
    """Return the width of a line in full-width characters; digits and Latin letters take half of one."""
    return len(text) - sum(map(str.isascii, text)) / 2


def _continues(before: Line, line: Line, shortest: float) -> bool:
    if (
        before.table is not None
        or line.table is not None
        or line.role in {"number", "opening", "speech"}
        or before.rule == "pages.item"
    ):
        return False
    if before.ends or before.text[-1] in "：:—":
        return False
    if line.indent and not before.indent and not before.joins:
        return False
    return max(len(before.text) - SHORTEST_CUT, _width(before.text) - shortest) >= 0 or unclosed(before.text)


def unclosed(text: str) -> bool:
    """Tell whether a bracket or quotation mark of `text` is still open at its end."""
    return _OPENERS.search(text) is not None and any(
        sum(map(text.count, a)) > sum(map(text.count, b)) for a, b in _PAIRS
    )
