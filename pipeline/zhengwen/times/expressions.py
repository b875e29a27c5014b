"""Where a text names a time, and what the words say: rules tried at the places that cheap triggers find."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from zhengwen.rules import Rule, Rules
from zhengwen.stages import Candidate
from zhengwen.times.reading import read

__all__ = ["Finder"]

_GROUP = re.compile(r"\(\?P<\w+>")
_WIDE = re.compile("[０-９．／]")
_WIDTHS = {ord("０") + i: ord("0") + i for i in range(10)} | {ord("．"): ord("."), ord("／"): ord("/")}
_TIME_WEIGHT = 60
_CLOCK_WEIGHT = 90


class _Choice:
    """Rules of some topics as one alternation: the first that matches at a place."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self.regexes = tuple(rule.regex for rule in rules)
        plain = "|".join(f"({_GROUP.sub('(?:', rule.pattern)})" for rule in rules)
        self.any = re.compile(plain or "(?!)")

    def at(self, text: str, position: int) -> Candidate | None:
        found = self.any.match(text, position)
        if not found or found.end() == position or not found.lastindex:
            return None
        rule = self.rules[found.lastindex - 1]
        if "shape" not in rule.yields:
            return Candidate(position, found.end(), "label", rule.id, rule.weight or _CLOCK_WEIGHT)
        again = self.regexes[found.lastindex - 1].match(text, position)
        groups: dict[str, Any] = again.groupdict() if again else {}
        reading = read(rule.yields["shape"], groups)
        return Candidate(position, found.end(), "time", rule.id, rule.weight or _TIME_WEIGHT, reading)


class Finder:
    """Finds time expressions; built once from the rules."""

    def __init__(self, rules: Rules) -> None:
        triggers = rules.of("times/triggers")
        self._trigger = re.compile("|".join(f"({rule.pattern})" for rule in triggers))
        cache: dict[tuple[str, ...], _Choice] = {}
        self._choices: list[_Choice] = []
        for rule in triggers:
            topics = tuple(rule.yields["tries"])
            if topics not in cache:
                cache[topics] = _Choice([r for topic in topics for r in rules.of(f"times/{topic}")])
            self._choices.append(cache[topics])

    def find(self, text: str) -> list[Candidate]:
        """Return the times and clock labels of `text` in order, none overlapping another."""
        if _WIDE.search(text):
            text = text.translate(_WIDTHS)
        found: list[Candidate] = []
        end = 0
        for trigger in self._trigger.finditer(text):
            start = trigger.start()
            if start < end or not trigger.lastindex:
                continue
            candidate = self._choices[trigger.lastindex - 1].at(text, start)
            if candidate is not None:
                found.append(candidate)
                end = candidate.end
        return found
