"""The statistician's fields that the words around a figure tell: price basis, vintage, outlook, averaging, source.

The cues are rules in `rules/rows/fields.toml`; here is only how far a cue reaches. `outlook` says what kind of target
a figure is and means nothing for an actual one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from zhengwen.rules import Rule, Rules

__all__ = ["Cue", "Fields"]

_FAR = 1_000
_RATES = ("%", "％", "‰", "百分点", "成")
_BRIDGE = frozenset({"", "（", "(", "，", "左右", "以上"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A rule's match in a sentence: what it fills and how far it reaches."""

    field: str
    value: str
    start: int
    end: int
    until: re.Pattern[str] | None
    within: int
    rates: bool
    back: bool
    rule: str


@dataclass(frozen=True, slots=True)
class _Reader:
    """A rule made ready: its pattern and its reach."""

    rule: str
    regex: re.Pattern[str]
    field: str
    value: str
    until: re.Pattern[str] | None
    within: int
    rates: bool
    back: bool
    needs: tuple[str, ...]

    @classmethod
    def of(cls, rule: Rule) -> _Reader:
        until = "|".join(map(re.escape, str(rule.yields.get("until", "")).split("|")))
        return cls(
            rule.id,
            rule.regex,
            rule.yields["field"],
            rule.yields.get("value", ""),
            re.compile(until) if until else None,
            rule.yields.get("within", _FAR),
            rule.yields.get("rates", False),
            rule.yields.get("back", False),
            tuple(rule.yields["needs"].split("|")),
        )

    def cues(self, sentence: str) -> Iterator[Cue]:
        """Yield the rule's cues, at once none when not even its words are there."""
        if not any(word in sentence for word in self.needs):
            return
        for m in self.regex.finditer(sentence):
            value = self.value or m.group("value")
            yield Cue(self.field, value, m.start(), m.end(), self.until, self.within, self.rates, self.back, self.rule)


class Fields:
    """Reads the fields of contract §1, “Fields that only the program writes”, from a figure's sentence."""

    def __init__(self, rules: Rules) -> None:
        self._readers = tuple(_Reader.of(rule) for rule in rules.of("rows/fields"))
        self._cues = lru_cache(maxsize=64)(self._find)

    def read(self, sentence: str, figure_start: int, figure_end: int) -> dict[str, str]:
        """Return the fields that the sentence states for the figure at `figure_start:figure_end`, by name."""
        return {cue.field: cue.value for cue in self.cues(sentence, figure_start, figure_end)}

    def cues(self, sentence: str, figure_start: int, figure_end: int) -> list[Cue]:
        """Return the cue of each field that reaches the figure: the nearest when there are several."""
        nearest: dict[str, Cue] = {}
        for cue in self._cues(sentence):
            if _reaches(cue, sentence, figure_start, figure_end):
                held = nearest.get(cue.field)
                if held is None or _distance(cue, figure_start, figure_end) < _distance(held, figure_start, figure_end):
                    nearest[cue.field] = cue
        return list(nearest.values())

    def _find(self, sentence: str) -> tuple[Cue, ...]:
        return tuple(cue for reader in self._readers for cue in reader.cues(sentence))


def _reaches(cue: Cue, sentence: str, start: int, end: int) -> bool:
    if cue.rates and not sentence.endswith(_RATES, start, end):
        return False
    if cue.end <= start:
        if start - cue.end > cue.within:
            return False
        return cue.until is None or cue.until.search(sentence, cue.end, start) is None
    return cue.back and cue.start >= end and sentence[end : cue.start] in _BRIDGE


def _distance(cue: Cue, start: int, end: int) -> int:
    return start - cue.end if cue.end <= start else cue.start - end
