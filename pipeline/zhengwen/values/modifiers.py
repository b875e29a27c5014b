"""Modifiers: the words around a figure that say how exact it is (约, 近, 超过, 以上, 左右)."""

from __future__ import annotations

import re

from zhengwen.rules import Rules

__all__ = ["Modifiers"]

Span = tuple[int, int]
_REACH = 24


class Modifiers:
    """Finds the modifier right before or behind a figure, or the 约 that governs it from the verb (约占…的10%)."""

    def __init__(self, rules: Rules) -> None:
        self._before: dict[str, str] = {}
        self._after: dict[str, tuple[str, tuple[str, ...]]] = {}
        for row in rules.table("modifiers"):
            if row["side"] == "before":
                self._before[row["word"]] = row["approx"]
            else:
                self._after[row["word"]] = (row["approx"], tuple(filter(None, row["unless"].split(","))))
        self._ends = {word[-1] for word in self._before}
        self._starts = {word[0] for word in self._after}
        self._lengths = tuple(sorted({len(w) for w in self._before}, reverse=True))
        self._after_lengths = tuple(sorted({len(w) for w in self._after}, reverse=True))
        self._governing = [re.compile(rf"(?:{r.pattern})\Z") for r in rules.of("values/modifiers")]

    def before(self, text: str, start: int, lone: bool) -> tuple[str, Span] | None:
        """Return the modifier that ends at `start`; `lone`: the figure is a bare magnitude (上百)."""
        at = start - 1 if text[start - 1 : start] == " " else start
        if at <= 0 or text[at - 1] not in self._ends:
            return None
        for length in self._lengths:
            approx = self._before.get(text[at - length : at]) if length <= at else None
            if approx is None:
                continue
            if approx == "over_lone":
                return ("over", (at - length, at)) if lone else None
            return (approx, (at - length, at)) if approx else None
        return None

    def after(self, text: str, end: int) -> tuple[str, Span] | None:
        """Return the modifier that begins at `end`."""
        if text[end : end + 1] not in self._starts:
            return None
        for length in self._after_lengths:
            found = self._after.get(text[end : end + length]) if end + length <= len(text) else None
            if found and not (found[1] and text.startswith(found[1], end + length)):
                return found[0], (end, end + length)
        return None

    def governing(self, text: str, start: int) -> tuple[str, Span] | None:
        """Return the 约 that governs the figure at `start` from before its verb."""
        at = text.rfind("约", max(0, start - _REACH), start)
        if at < 0:
            return None
        for pattern in self._governing:
            match = pattern.match(text, at, start)
            if match:
                return "about", (at, at + 1)
        return None
