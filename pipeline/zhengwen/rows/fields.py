"""The statistician's fields that the words around a figure tell: price basis, vintage, outlook, averaging, source.

The cues are rules in `rules/rows/fields.toml`; here is only how far a cue reaches: in its sentence, over the sentences
that go on about the same figures (`running_on.toml`), or over the whole text (按可比价格计算，下同: `standing.toml`).
`outlook` says what kind of target a figure is and means nothing for an actual one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from zhengwen.fixed import fixed
from zhengwen.rows.clauses import Text
from zhengwen.rules import Rule, Rules
from zhengwen.sieve import Sieve

__all__ = ["Cue", "Fields", "Reach", "Said", "Standing"]

_FAR = 1_000
_STEPS = 6
"""How many sentences back a run of sentences on the same figures is followed."""
_RATES = ("%", "％", "‰", "百分点", "成")
_BRIDGE = frozenset({"", "（", "(", "，", "左右", "以上"})


@fixed
class Reach:
    """Which figures around a cue it speaks of (`rules/rows/fields.toml` says what each means)."""

    until: re.Pattern[str] | None
    within: int
    rates: bool
    amounts: bool
    back: bool
    weak: bool
    runs_on: bool

    @classmethod
    def of(cls, yields: Mapping[str, Any]) -> Reach:
        """Return the reach that a rule's `yields` give."""
        until = "|".join(map(re.escape, str(yields.get("until", "")).split("|")))
        flags = (bool(yields.get(name)) for name in ("rates", "amounts", "back", "weak", "runs_on"))
        return cls(re.compile(until) if until else None, yields.get("within", _FAR), *flags)


@fixed
class Cue:
    """A rule's match in a sentence: what it fills and how far it reaches."""

    field: str
    value: str
    start: int
    end: int
    reach: Reach
    rule: str


@fixed
class Said:
    """What is said of a figure: a field's value, by which rule, and where (in the text of a paragraph).

    `how` is empty when the figure's own sentence says it, else how far off it was said (sentence, article).
    """

    field: str
    value: str
    rule: str
    paragraph: int
    span: tuple[int, int]
    how: str = ""


@fixed
class Standing:
    """A price basis that a text states once: of its rates, of its levels, from where on."""

    rates: str
    levels: str
    onwards: bool
    rule: str
    paragraph: int
    span: tuple[int, int]

    def of(self, measure: str, paragraph: int, at: int) -> Said | None:
        """Return what it says of a figure of production with this measure at a place of the text."""
        value = {"growth_rate": self.rates, "level": self.levels}.get(measure, "")
        if not value or (self.onwards and (paragraph, at) < (self.paragraph, self.span[0])):
            return None
        return Said("price_basis", value, self.rule, self.paragraph, self.span, "article")


@fixed
class _Reader:
    """A rule made ready: its pattern and its reach."""

    rule: str
    regex: re.Pattern[str]
    field: str
    value: str
    reach: Reach

    @classmethod
    def of(cls, rule: Rule) -> _Reader:
        """Return a rule made ready."""
        y = rule.yields
        return cls(rule.id, rule.regex, y["field"], y.get("value", ""), Reach.of(y))

    def cues(self, sentence: str) -> Iterator[Cue]:
        """Yield the rule's cues."""
        for m in self.regex.finditer(sentence):
            yield Cue(self.field, self.value or m.group("value"), m.start(), m.end(), self.reach, self.rule)


class Fields:
    """Reads the fields of contract §1, “Fields that only the program writes”, from a figure's sentence."""

    def __init__(self, rules: Rules) -> None:
        self._readers = Sieve((_Reader.of(rule), [_needs(rule)]) for rule in rules.of("rows/fields"))
        self._going_on = tuple(rule.regex for rule in rules.of("rows/running_on"))
        self._standing = [(rule, _needs(rule)) for rule in rules.of("rows/standing")]
        self._cues = lru_cache(maxsize=64)(self._find)

    def standing(self, paragraphs: Sequence[str]) -> list[Standing]:
        """Return the price bases that a text (its paragraphs) states for all its figures of production."""
        return [
            Standing(
                rates=rule.yields.get("rates", ""),
                levels=rule.yields.get("levels", ""),
                onwards=rule.yields.get("onwards", False),
                rule=rule.id,
                paragraph=i,
                span=match.span(),
            )
            for rule, needs in self._standing
            for i, text in enumerate(paragraphs)
            if any(word in text for word in needs)
            for match in rule.regex.finditer(text)
        ]

    def of(self, text: Text, paragraph: int, start: int, end: int) -> list[Said]:
        """Return what its sentence, and those that it goes on from, say of the figure at `start:end` of a paragraph."""
        first, last = text.full_sentence(start)
        said = [
            Said(c.field, c.value, c.rule, paragraph, (first + c.start, first + c.end))
            for c in self.cues(text.text[first:last], start - first, end - first)
        ]
        for _ in range(_STEPS):
            if first < 2 or not any(regex.match(text.text, first) for regex in self._going_on):
                break
            first, last = text.full_sentence(first - 2)
            held = {s.field for s in said}
            said += [
                Said(c.field, c.value, c.rule, paragraph, (first + c.start, first + c.end), "sentence")
                for c in self._cues(text.text[first:last])
                if c.reach.runs_on and c.field not in held
            ]
        return said

    def read(self, sentence: str, figure_start: int, figure_end: int) -> dict[str, str]:
        """Return the fields that the sentence states for the figure at `figure_start:figure_end`, by name."""
        return {cue.field: cue.value for cue in self.cues(sentence, figure_start, figure_end)}

    def cues(self, sentence: str, figure_start: int, figure_end: int) -> list[Cue]:
        """Return the cue of each field that reaches the figure: the nearest when there are several."""
        nearest: dict[str, tuple[tuple[bool, int], Cue]] = {}
        for cue in self._cues(sentence):
            if _reaches(cue, sentence, figure_start, figure_end):
                order = cue.reach.weak, _distance(cue, figure_start, figure_end)
                if cue.field not in nearest or order < nearest[cue.field][0]:
                    nearest[cue.field] = order, cue
        return [cue for _, cue in nearest.values()]

    def _find(self, sentence: str) -> tuple[Cue, ...]:
        return tuple(cue for reader in self._readers.of(sentence) for cue in reader.cues(sentence))


def _needs(rule: Rule) -> list[str]:
    """Return the words of which one must stand in a text for the rule to be tried."""
    return str(rule.yields["needs"]).split("|")


def _reaches(cue: Cue, sentence: str, start: int, end: int) -> bool:
    reach, is_rate = cue.reach, sentence.endswith(_RATES, start, end)
    if (reach.rates and not is_rate) or (reach.amounts and is_rate):
        return False
    if cue.end <= start:
        if start - cue.end > reach.within:
            return False
        return reach.until is None or reach.until.search(sentence, cue.end, start) is None
    return reach.back and cue.start >= end and sentence[end : cue.start] in _BRIDGE


def _distance(cue: Cue, start: int, end: int) -> int:
    return start - cue.end if cue.end <= start else cue.start - end
