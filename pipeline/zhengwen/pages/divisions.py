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
_SUFFIXES = frozenset("省市县区乡镇旗")
_DATE_ENDS = frozenset("年月日")
_DATE_STARTS = frozenset("一二三四五六七八九十〇零今去明当同上下每半全")
_SURE_EDGES = _DATE_ENDS | frozenset("在是和与及的于由从")
"""Single characters that seldom end a word that a name could begin with."""


class Divisions:
    """Finds what has the shape of a division's name, by `rules/pages/places.toml` and the stops of names."""

    def __init__(self, rules: Rules) -> None:
        by_role = {r.yields["role"]: r.regex for r in rules.of("pages/places")}
        self._suffix: re.Pattern[str] = by_role["suffix"]
        self._generic: re.Pattern[str] = by_role["generic"]
        self._slogan: re.Pattern[str] = by_role["slogan"]
        self._stem: re.Pattern[str] = by_role["stem"]
        hard = {r["word"] for r in rules.tables.get("name_stops", ()) if r["kind"].startswith("hard")}
        self._edges = frozenset(w for w in hard if len(w) <= _LONGEST_STOP) | _DATE_ENDS
        self._foreign = by_role["foreign"]
        self._needy = by_role["needy"]
        self._seat = by_role["seat"]
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
                if self._edge(text, at) and name not in self._common and not self._is_kind(name):
                    yield name
                    break

    def attested(self, name: str, text: str) -> bool:
        """Tell whether `text` bears out that a name no list holds is a division's.

        A transliterated name is none; what ends like a common noun (区, 州, 旗) must head the name of its own
        council or government, any other name must do that or open a clause of its own once; so must a frequent word
        (响应县委).
        """
        if self._foreign.match(name):
            return False
        from zhengwen.entities.lexis import frequent_words

        needy = self._needy.search(name) is not None
        word = self._suffix.sub("", name) in frequent_words()
        at = text.find(name)
        while at >= 0:
            seated = not word and self._seat.match(text, at + len(name)) is not None
            opens = at == 0 or not _han(text[at - 1]) or self._division_ends(text, at)
            if seated or (not needy and (opens or (not word and self._follows(text, at)))):
                return True
            at = text.find(name, at + 1)
        return False

    def _follows(self, text: str, at: int) -> bool:
        """Tell whether a date or a word of two characters and more that names follow ends at `at`."""
        before = text[max(0, at - _LONGEST_STOP) : at]
        words = (before[i:] for i in range(len(before) - 1))
        return text[at - 1] in _SURE_EDGES or any(w in self._edges for w in words)

    def _division_ends(self, text: str, at: int) -> bool:
        return any(found.end() == at for found in self._suffix.finditer(text, max(0, at - 3), at))

    def goes_on(self, text: str, end: int) -> bool:
        """Tell whether what ends like a division at `end` is the beginning of another word (幸福乡|村, 粮食市|场)."""
        return text[end - 1] in _SUFFIXES and self._suffix.match(text, end - 1) is None

    def _is_kind(self, name: str) -> bool:
        return self.slogan(name) or self._generic.search(name) is not None

    def slogan(self, name: str) -> bool:
        """Tell whether a name that ends like a division is an aim of one (兴工强镇)."""
        return self._slogan.search(name) is not None

    def shaped(self, name: str) -> bool:
        """Tell whether a name has the shape of a division's own name."""
        ends = self.ends(name)
        return bool(ends) and ends[-1] == len(name) and not self._generic.search(name)

    def ends(self, name: str) -> list[int]:
        """Return where the divisions that a name is made of end."""
        return [found.end() for found in self._suffix.finditer(name)]

    def stems(self, text: str) -> Iterator[str]:
        """Yield the names without suffix that open the name of a local body (a customs house, a paper)."""
        for found in self._stem.finditer(text):
            stem = found["stem"]
            if self._can_be_stem(stem) and self._edge(text, found.start("stem")) and stem not in self._common:
                yield stem

    def _can_be_stem(self, stem: str) -> bool:
        return all(map(_han, stem)) and self._inner.isdisjoint(stem)

    def _edge(self, text: str, at: int) -> bool:
        """Tell whether a name can begin at `at`: after a sign, a word that stops names, or another division."""
        if at == 0 or not _han(text[at - 1]):
            return True
        if text[at - 1] in _DATE_ENDS:
            return at > 1 and (text[at - 2].isdecimal() or text[at - 2] in _DATE_STARTS)
        before = text[max(0, at - _LONGEST_STOP) : at]
        if any(before[i:] in self._edges for i in range(len(before))):
            return True
        return self._division_ends(text, at)


def _han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"
