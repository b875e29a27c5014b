"""Rules of one topic as a single compiled pattern that tells which rule matched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from zhengwen.rules import Rule
from zhengwen.sought import Sought

__all__ = ["Alternatives"]

Match = tuple[int, int, str]


BEFORE, BEHIND = 4, 16
"""How far before and behind the start of a match one of the characters stands that its rule `needs`."""


class Alternatives:
    """The patterns of some rules as one alternation, tried in file order. Their groups must not capture.

    A rule may say which characters it `needs`: where none of them is near, it is not tried by `match`.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        kept = list(rules)
        self._ids = [r.id for r in kept]
        self._regex = _alternation(kept)
        self._sought = Sought(self._regex) if self._regex else None
        always = [r for r in kept if not r.yields.get("needs")]
        self._needs = frozenset("".join(str(r.yields.get("needs", "")) for r in kept))
        self._always_ids = [r.id for r in always]
        self._always = _alternation(always)

    def match(self, text: str, at: int) -> Match | None:
        """Return (start, end, rule id) of the first rule that matches at `at`."""
        regex, ids = self._regex, self._ids
        if self._needs and self._needs.isdisjoint(text[max(0, at - BEFORE) : at + BEHIND]):
            regex, ids = self._always, self._always_ids
        found = regex.match(text, at) if regex else None
        return (found.start(), found.end(), ids[(found.lastindex or 1) - 1]) if found else None

    def all(self, text: str) -> Iterable[Match]:
        """Yield every match in the text, none overlapping another."""
        if self._sought is None:
            return
        for found in self._sought.finditer(text):
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


def _alternation(rules: Sequence[Rule]) -> re.Pattern[str] | None:
    """Return one pattern for all; an empty group behind each tells which matched.

    Behind, so that the scanner can skip an alternative by its first character.
    """
    return re.compile("|".join(f"(?:{r.pattern})()" for r in rules)) if rules else None
