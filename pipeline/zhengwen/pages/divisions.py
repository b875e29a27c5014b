"""Names of divisions by their grammar alone: a stem, a suffix (县, 街道 …) and an edge in front of it.

The gazetteer knows the names of the past; this finds those that it does not hold, where the text itself shows
how far a name reaches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengwen.rules import Rules

__all__ = ["Divisions"]

_STEM_SIZES = (2, 3, 4)
_LONGEST_STOP = 4
_DATE_ENDS = frozenset("年月日")


class Divisions:
    """Finds what has the shape of a division's name, by `rules/pages/places.toml` and the stops of names."""

    def __init__(self, rules: Rules) -> None:
        by_role = {r.yields["role"]: r.regex for r in rules.of("pages/places")}
        self._suffix: re.Pattern[str] = by_role["suffix"]
        self._generic: re.Pattern[str] = by_role["generic"]
        self._stem: re.Pattern[str] = by_role["stem"]
        hard = {r["word"] for r in rules.tables.get("name_stops", ()) if r["kind"].startswith("hard")}
        self._edges = frozenset(w for w in hard if len(w) <= _LONGEST_STOP) | _DATE_ENDS
        self._inner = frozenset(w for w in hard if len(w) == 1) | _DATE_ENDS
        self._common = frozenset(r["word"] for t in ("place_words", "not_names") for r in rules.tables.get(t, ()))

    def names(self, text: str) -> Iterator[str]:
        """Yield the names of divisions in `text`, in order."""
        for found in self._suffix.finditer(text):
            for size in _STEM_SIZES:
                at = found.start() - size
                if at < 0 or not self._can_be_stem(text[at : found.start()]):
                    break
                name = text[at : found.end()]
                if self._edge(text, at) and name not in self._common and not self._generic.search(name):
                    yield name
                    break

    def shaped(self, name: str) -> bool:
        """Tell whether a name has the shape of a division's own name."""
        ends = [found.end() for found in self._suffix.finditer(name)]
        return bool(ends) and ends[-1] == len(name) and not self._generic.search(name)

    def stems(self, text: str) -> Iterator[str]:
        """Yield the names without suffix that open the name of a local body (a customs house, a paper)."""
        for found in self._stem.finditer(text):
            stem = found["stem"]
            if self._can_be_stem(stem) and self._edge(text, found.start("stem")) and stem not in self._common:
                yield stem

    def _can_be_stem(self, stem: str) -> bool:
        return all("\u4e00" <= c <= "\u9fff" for c in stem) and self._inner.isdisjoint(stem)

    def _edge(self, text: str, at: int) -> bool:
        """Tell whether a name can begin at `at`: after a sign, a word that stops names, or another division."""
        if at == 0 or not "\u4e00" <= text[at - 1] <= "\u9fff":
            return True
        before = text[max(0, at - _LONGEST_STOP) : at]
        if any(before[i:] in self._edges for i in range(len(before))):
            return True
        return any(found.end() == at for found in self._suffix.finditer(text, max(0, at - 3), at))
