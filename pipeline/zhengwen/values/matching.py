"""Rules of one topic as a single compiled pattern that tells which rule matched."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zhengwen.rules import Rule

__all__ = ["Alternatives"]

Match = tuple[int, int, str]


class Alternatives:
    """The patterns of some rules as one alternation, tried in file order. Their groups must not capture."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        kept = list(rules)
        self._ids = [r.id for r in kept]
        self._regex = re.compile("|".join(f"({r.pattern})" for r in kept)) if kept else None

    def match(self, text: str, at: int) -> Match | None:
        """Return (start, end, rule id) of the first rule that matches at `at`."""
        found = self._regex.match(text, at) if self._regex else None
        return (found.start(), found.end(), self._ids[(found.lastindex or 1) - 1]) if found else None

    def all(self, text: str) -> Iterable[Match]:
        """Yield every match in the text, none overlapping another."""
        if self._regex is None:
            return
        for found in self._regex.finditer(text):
            yield found.start(), found.end(), self._ids[(found.lastindex or 1) - 1]

    def ending(self, text: str, start: int, end: int, reach: int) -> str:
        """Return the id of a rule that matches from up to `reach` characters before `start` exactly to `end`."""
        if self._regex is None:
            return ""
        at = max(0, start - reach)
        while found := self._regex.search(text, at, min(len(text), end + 2)):
            if found.end() == end:
                return self._ids[(found.lastindex or 1) - 1]
            if found.start() >= start:
                return ""
            at = found.start() + 1
        return ""
