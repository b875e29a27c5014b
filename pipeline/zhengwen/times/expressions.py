"""Where a text names a time, and what the words say: rules tried at the places that cheap triggers find."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import groupby

from zhengwen.rules import Rule, Rules
from zhengwen.sought import Sought
from zhengwen.stages import Candidate, TimeExpression
from zhengwen.times.reading import read

__all__ = ["Finder"]

_GROUP = re.compile(r"\(\?P<\w+>")
_WIDE = re.compile("[０-９．／]")
_WIDTHS = {ord("０") + i: ord("0") + i for i in range(10)} | {ord("．"): ord("."), ord("／"): ord("/")}
_NEAR = 24
"""How far ahead the characters that a rule needs are looked for."""
_BEFORE, _BEHIND = 16, 96
"""How many characters before and behind a place are looked at to read a time there."""
_SHORT = 1000
"""A text up to this length is read as it stands: what it says is hardly said twice among the same characters."""
_REMEMBERED = 4096
_TIME_WEIGHT = 60
_CLOCK_WEIGHT = 90


class _Run:
    """Neighbouring rules of a topic that need the same characters near, as one alternation: the first match wins."""

    def __init__(self, rules: Sequence[Rule], needs: str) -> None:
        self.rules = tuple(rules)
        self.needs = frozenset(needs)
        self._known: dict[tuple[str, str], TimeExpression] = {}

    @cached_property
    def any(self) -> re.Pattern[str]:
        """All rules as one pattern, compiled when a text first asks."""
        return re.compile("|".join(f"(?:{_GROUP.sub('(?:', rule.pattern)})()" for rule in self.rules))

    def at(self, text: str, position: int) -> Candidate | None:
        """Return the time or label at `position`, placed from 0."""
        found = self.any.match(text, position)
        if not found or found.end() == position or not found.lastindex:
            return None
        rule = self.rules[found.lastindex - 1]
        if "shape" not in rule.yields:
            return Candidate(0, found.end() - position, "label", rule.id, rule.weight or _CLOCK_WEIGHT)
        reading = self._reading(rule, text, position, found.end())
        return Candidate(0, found.end() - position, "time", rule.id, rule.weight or _TIME_WEIGHT, reading)

    def _reading(self, rule: Rule, text: str, start: int, end: int) -> TimeExpression:
        """Return what the words say; the same words under the same rule are read once."""
        key = (rule.id, text[start:end])
        known = self._known.get(key)
        if known is not None:
            return known
        again = rule.regex.match(text, start)
        reading = read(rule.yields["shape"], again.groupdict() if again else {})
        if not rule.yields.get("looks_ahead"):
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = reading
        return reading


def _runs(rules: Sequence[Rule]) -> tuple[_Run, ...]:
    """Return the rules in order, neighbours with the same needs together."""
    grouped = groupby(rules, key=lambda rule: str(rule.yields.get("needs", "")))
    return tuple(_Run(tuple(members), needs) for needs, members in grouped)


class Finder:
    """Finds time expressions; built once from the rules."""

    def __init__(self, rules: Rules) -> None:
        topics: dict[str, tuple[_Run, ...]] = {}
        self._triggers: list[tuple[Sought, tuple[_Run, ...]]] = []
        self._known: dict[tuple[str, int], Candidate | None] = {}
        for rule in rules.of("times/triggers"):
            for topic in rule.yields["tries"]:
                if topic not in topics:
                    topics[topic] = _runs(rules.of(f"times/{topic}"))
            self._triggers.append((rule.sought, tuple(run for topic in rule.yields["tries"] for run in topics[topic])))

    def complete(self) -> None:
        """Compile every pattern now."""
        for _, runs in self._triggers:
            assert all(run.any for run in runs)

    def find(self, text: str) -> list[Candidate]:
        """Return the times and clock labels of `text` in order, none overlapping another."""
        if _WIDE.search(text):
            text = text.translate(_WIDTHS)
        places = [
            (match.start(), order)
            for order, (trigger, _) in enumerate(self._triggers)
            for match in trigger.finditer(text)
        ]
        places.sort()
        found: list[Candidate] = []
        end = 0
        for start, order in places:
            if start < end:
                continue
            known = self._read(text, start, order)
            if known is not None:
                end = start + known.end
                found.append(Candidate(start, end, known.kind, known.rule, known.weight, known.reading))
        return found

    def _read(self, text: str, start: int, order: int) -> Candidate | None:
        """Return what stands at `start`, placed from 0; the same among the same characters is read once.

        It is read among the characters around it alone, so that it does not matter which of the same comes first.
        """
        low = start - _BEFORE
        if low <= 0 or len(text) <= _SHORT:
            return self._at(text, start, order)
        key = (text[low : start + _BEHIND], order)
        try:
            return self._known[key]
        except KeyError:
            pass
        found = self._at(key[0], _BEFORE, order)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[key] = found
        return found

    def _at(self, text: str, start: int, order: int) -> Candidate | None:
        """Return the time or label at `start`, placed from 0."""
        near = frozenset(text[start : start + _NEAR])
        for run in self._triggers[order][1]:
            if run.needs and run.needs.isdisjoint(near):
                continue
            candidate = run.at(text, start)
            if candidate is not None:
                return candidate
        return None
