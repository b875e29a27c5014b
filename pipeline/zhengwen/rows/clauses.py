"""A paragraph as rules see it: typed items in place of figures, times and names, and where clauses begin and end.

Each figure, time and name becomes one symbol (a private-use character) in the masked text; the words between stay as
they are. Rules speak of `<percent>`, `<time>`, `<place>`, never of digits; `@` stands before the figure asked about.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from zhengwen.fixed import fixed
from zhengwen.rows.needed import SIGNS
from zhengwen.stages import Candidate, NameMention, Period, Quantity
from zhengwen.views import View

__all__ = ["ASKED", "CLASSES", "Item", "Text", "expand_classes"]

_SYMBOLS = {
    name: chr(0xE000 + i)
    for i, name in enumerate(
        "count money percent percentage_point multiple ratio rank number rate duration physical "
        "time last_year last_period now place organisation project person document".split()
    )
}
_KINDS = ("count", "money", "percent", "percentage_point", "multiple", "ratio", "rank", "number", "rate", "duration")
ASKED = chr(0xE0FF)
"""Stands before the figure that a rule is asked about; written `@` in rule files."""

_GROUPS: dict[str, tuple[str, ...]] = {
    "figure": (*_KINDS, "physical"),
    "amount": ("count", "money", "physical", "rate", "duration", "number"),
    "relative": ("percent", "multiple"),
    "name": ("place", "organisation", "project"),
    "any_time": ("time", "last_year", "last_period", "now"),
}
CLASSES: Mapping[str, str] = {
    **_SYMBOLS,
    **{name: "[" + "".join(_SYMBOLS[m] for m in members) + "]" for name, members in _GROUPS.items()},
}
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_CLASS = re.compile(r"(?<!\?P)<([a-z_]+)>")
_WIDE = str.maketrans(",;:()!?", "，；：（）！？")
_STOPS = re.compile(r"[。！？!?；;\n]")
_LONGEST_SENTENCE = 1000
_COMMAS = re.compile(r"[，,：:]|——")
_BRACKETS = {"（": "）", "(": ")", "【": "】", "[": "]"}
_BRACKET = re.compile(r"[（(【\[）)】\]]")


def expand_classes(pattern: str) -> str:
    """Put the symbols of `<class>` and the mark of `@` into a rule's pattern."""

    def symbols(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in CLASSES:
            raise ValueError(f"unknown class <{name}>")
        in_set = match.string.rfind("[", 0, match.start()) > match.string.rfind("]", 0, match.start())
        return CLASSES[name].strip("[]") if in_set else CLASSES[name]

    return _CLASS.sub(symbols, pattern).replace("@", ASKED)


@fixed
class Item:
    """A figure, time or name of a paragraph: its span in the view and its place in the masked text."""

    kind: str
    start: int
    end: int
    at: int
    symbol: str
    candidate: Candidate
    period: Period | None = None

    @property
    def quantity(self) -> Quantity:
        """The figure's quantity; only figures have one."""
        assert isinstance(self.candidate.reading, Quantity)
        return self.candidate.reading

    @property
    def name(self) -> NameMention:
        """The name's mention; only names have one."""
        assert isinstance(self.candidate.reading, NameMention)
        return self.candidate.reading


def _symbol(candidate: Candidate, text: str, comparisons: Mapping[str, re.Pattern[str]]) -> str:
    if candidate.kind == "figure":
        assert isinstance(candidate.reading, Quantity)
        return _SYMBOLS[candidate.reading.kind if candidate.reading.kind in _KINDS else "physical"]
    if candidate.kind == "name":
        assert isinstance(candidate.reading, NameMention)
        return _SYMBOLS[candidate.reading.type]
    words = text[candidate.start : candidate.end]
    for name, pattern in comparisons.items():
        if pattern.fullmatch(words):
            return _SYMBOLS[name]
    return _SYMBOLS["time"]


def _span(stops: list[int], position: int, last: int) -> tuple[int, int]:
    """Return the span between the stops around a position, in a text that ends at `last`."""
    i = bisect_left(stops, position)
    return stops[i - 1] + 1 if i else 0, stops[i] if i < len(stops) else last


class Text:
    """One paragraph, masked. `items` are in order; positions are in the view unless a name says `masked`."""

    def __init__(
        self,
        view: View,
        taken: Sequence[Candidate],
        periods: Sequence[Period | None],
        comparisons: Mapping[str, re.Pattern[str]],
    ) -> None:
        self.view = view
        self.text = view.text
        self.items: list[Item] = []
        parts: list[str] = []
        self._steps: list[tuple[int, int]] = [(0, 0)]
        at = last = 0
        private = _PRIVATE.search(self.text) is not None
        resolved = iter(periods)
        for c in taken:
            period = next(resolved) if c.kind == "time" else None
            if c.kind not in ("figure", "time", "name"):
                continue
            gap = self.text[last : c.start]
            if private:
                gap = _PRIVATE.sub("?", gap)
            at += len(gap)
            symbol = _symbol(c, self.text, comparisons)
            parts += (gap, symbol)
            self.items.append(Item(c.kind, c.start, c.end, at, symbol, c, period))
            at += 1
            last = c.end
            self._steps.append((at, last))
        parts.append(_PRIVATE.sub("?", self.text[last:]) if private else self.text[last:])
        self.masked = "".join(parts).translate(_WIDE)
        self._starts = [i.start for i in self.items]
        kinds = {kind: [i for i in self.items if i.kind == kind] for kind in ("figure", "time", "name")}
        self.figures = kinds["figure"]
        self._of_kind = {kind: (items, [i.start for i in items]) for kind, items in kinds.items()}
        self._stops = list(self._find_stops())
        self._full_stops = list(self._find_full_stops())
        self._breaks = self._find_breaks()
        self._around: dict[tuple[int, int], tuple[str, int, int]] = {}
        self._held_by: dict[int, int] = {}
        self._signs = SIGNS.count
        self.known: dict[object, dict[tuple[int, int], Any]] = {}
        """What was found around items, kept by who looked for it."""

    def position(self, masked: int) -> int:
        """Return the view position of a masked position."""
        step = self._steps[max(0, bisect_right(self._steps, (masked, 1 << 60)) - 1)]
        return step[1] + masked - step[0]

    def sentence(self, position: int) -> tuple[int, int]:
        """Return the span of the sentence (up to 。！？；) around a view position, its stop excluded."""
        return _span(self._stops, position, len(self.text))

    def full_sentence(self, position: int) -> tuple[int, int]:
        """Return the span of the sentence up to full stops only (；does not end it, but in one that has no end)."""
        return _span(self._full_stops, position, len(self.text))

    def passage(self, position: int) -> tuple[int, int]:
        """Return the full sentence around a view position, with those before it that a leading 其中 goes on from."""
        first, last = self.full_sentence(position)
        while first > 1 and self.text.startswith("其中", first):
            first = self.full_sentence(first - 2)[0]
        return first, last

    def segment(self, position: int) -> tuple[int, int]:
        """Return the span of the clause (between commas, colons, stops and brackets with figures) around a position."""
        return _span(self._breaks, position, len(self.text))

    def between(self, start: int, end: int, kind: str = "") -> list[Item]:
        """Return the items (of one kind) that lie inside `start:end`."""
        items, starts = self._of_kind[kind] if kind else (self.items, self._starts)
        first = bisect_left(starts, start)
        inside = items[first : bisect_left(starts, end, first)]
        if inside and inside[-1].end > end:
            inside.pop()
        return inside

    def window(self, item: Item, left: int = 130, right: int = 50) -> tuple[str, int]:
        """Return the masked sentence around an item, `@` before it, and the masked offset of its first character."""
        first, last = self.sentence(item.start)
        start = max(self.masked_position(first), item.at - left)
        end = max(item.at + 1, min(self.masked_position(last), item.at + right))
        return self.masked[start : item.at] + ASKED + self.masked[item.at : end], start

    def around(self, item: Item) -> tuple[str, int, int]:
        """Return an item's window, its offset and the signs that its sentence holds; made once for all rules."""
        if self._signs != SIGNS.count:
            self._around, self._held_by, self._signs = {}, {}, SIGNS.count
        at = (item.start, item.at)
        found = self._around.get(at)
        if found is None:
            window, offset = self.window(item)
            found = self._around[at] = (window, offset, self._held(item.start))
        return found

    def _held(self, position: int) -> int:
        """Return the bits of the signs that the sentence around a position holds; all its windows share them."""
        first, last = self.sentence(position)
        held = self._held_by.get(first)
        if held is None:
            masked = self.masked[self.masked_position(first) : self.masked_position(last) + 1]
            held = self._held_by[first] = SIGNS.held(masked + ASKED)
        return held

    def masked_position(self, position: int) -> int:
        """Return the masked position of a view position (the symbol's own for one inside an item)."""
        i = bisect_right(self._starts, position) - 1
        if i < 0:
            return position
        item = self.items[i]
        return item.at if position < item.end else item.at + 1 + position - item.end

    def bracket(self, position: int) -> tuple[int, int] | None:
        """Return the span inside the bracket around a view position, if it holds figures."""
        for start, end in self._brackets:
            if start <= position < end:
                return start, end
        return None

    def _find_stops(self) -> Iterator[int]:
        """Yield where sentences end; text without stops is cut between items all the same.

        No sentence is that long; uncut, every figure of such a text would look at all the others.
        """
        stops = [m.start() for m in _STOPS.finditer(self.text)]
        if len(self.text) <= _LONGEST_SENTENCE:
            yield from stops
            return
        last = 0
        for stop in [*stops, len(self.text)]:
            while stop - last > _LONGEST_SENTENCE:
                last += _LONGEST_SENTENCE
                i = bisect_right(self._starts, last) - 1
                inside = i >= 0 and last < self.items[i].end
                last = max(0, self.items[i].start - 1) if inside else last
                yield last
            if stop < len(self.text):
                yield stop
            last = stop

    def _find_full_stops(self) -> Iterator[int]:
        """Yield where full sentences end; a list of members (parted by ；) as long as a page is cut between them."""
        begun = 0
        for stop in self._stops:
            if self.text[stop] not in "；;" or stop - begun > _LONGEST_SENTENCE:
                begun = stop + 1
                yield stop

    def _find_breaks(self) -> list[int]:
        breaks = set(self._stops)
        breaks.update(m.start() for m in _COMMAS.finditer(self.text) if not self._inside(m.start()))
        self._brackets = self._find_brackets()
        for start, end in self._brackets:
            breaks.update((start - 1, end))
        breaks.update(self._list_breaks(sorted(breaks)))
        return sorted(breaks)

    def _list_breaks(self, breaks: list[int]) -> Iterator[int]:
        """Yield the 、 between two figures of one clause, and the 和 right after a figure."""
        for before, after in pairwise(self.figures):
            i = bisect_left(breaks, before.end)
            if i < len(breaks) and breaks[i] < after.start:
                continue
            mark = self.text.find("、", before.end, after.start)
            if mark >= 0 and not self._inside(mark) and not self.aside(before.end, mark):
                yield mark
            end = self._after_modifier(before.end)
            if end < after.start and self.text[end] in "和及与":
                yield end

    def aside(self, start: int, mark: int) -> bool:
        """Say whether a mark stands in a bracket that opens after `start` (28个省（区、市）)."""
        said = self.text[start:mark]
        return said.count("（") + said.count("(") > said.count("）") + said.count(")")

    def _inside(self, position: int) -> bool:
        i = bisect_right(self._starts, position) - 1
        return i >= 0 and self.items[i].start <= position < self.items[i].end

    def _after_modifier(self, end: int) -> int:
        for word in ("左右", "以上", "以下", "以内", "多", "余"):
            if self.text.startswith(word, end):
                return end + len(word)
        return end

    def _find_brackets(self) -> list[tuple[int, int]]:
        """Return the insides of brackets that hold a figure, by position; an unclosed bracket is none."""
        found, stack = [], []
        for mark in _BRACKET.finditer(self.text) if self.figures else ():
            i, char = mark.start(), mark.group()
            if char in _BRACKETS:
                stack.append((i, _BRACKETS[char]))
            elif stack and char == stack[-1][1]:
                start = stack.pop()[0] + 1
                if self.between(start, i, "figure") and not self._inside(start - 1):
                    found.append((start, i))
        return sorted(found)
