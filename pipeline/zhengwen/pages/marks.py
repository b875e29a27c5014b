"""Lines that tell by themselves what they are: the rules of `rules/pages`, tried in order, first match wins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from zhengwen.pages.lines import Line
from zhengwen.rules import Rule, Rules
from zhengwen.sieve import Sieve
from zhengwen.sought import words_needed

__all__ = ["Chooser", "Marks"]

LONGEST_MARK = 100
LONGEST_CAPTION = 160
LONGEST_LABEL = 40
"""A longer line that ends with a full stop is no mark of a page, unless its rule says `sentence`."""
LONGEST_FOOT = 400
_SPREAD = re.compile(r"^([\u3400-\u9fff])\s{1,6}([\u3400-\u9fff])(?=\s?[：:])")
"""A key of two characters set wide: 标  题."""
_ENDING = 60
_ENDING_CHARS = "摄图影拍）)"


class _Lines:
    """Rules for whole lines; only those are compiled and tried whose words a line holds."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = Sieve((rule, words_needed(rule.pattern)) for rule in rules)

    def match(self, text: str) -> Rule | None:
        """Return the first rule that matches at the start of `text`."""
        return next((rule for rule in self._rules.of(text) if rule.regex.match(text)), None)


class Chooser:
    """Several rules in one pattern; it says which rule matched first."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._one = re.compile("|".join(f"(?P<rule{i}>{r.pattern})" for i, r in enumerate(rules)) or r"(?!)")

    def match(self, text: str) -> Rule | None:
        """Return the first rule that matches at the start of `text`."""
        found = self._one.match(text)
        return self._rules[int(found.lastgroup[4:])] if found and found.lastgroup else None

    def search(self, text: str) -> Rule | None:
        """Return the rule with the earliest match in `text`."""
        found = self._one.search(text)
        return self._rules[int(found.lastgroup[4:])] if found and found.lastgroup else None


class Marks:
    """Labels the lines that need no look at their neighbours, and answers what a short line can be."""

    def __init__(self, rules: Rules) -> None:
        self._lines = _Lines(rules.of("pages/lines"))
        self._sentences = _Lines([r for r in rules.of("pages/lines") if r.yields.get("sentence")])
        self._feet = Chooser(rules.of("pages/feet"))
        self._endings = Chooser(rules.of("pages/endings"))
        self._own = lru_cache(maxsize=4096)(self._match)
        heads = {r.yields["role"]: r.regex for r in rules.of("pages/heads")}
        self._heads: dict[str, re.Pattern[str]] = heads

    def mark(self, line: Line) -> None:
        """Give `line` the label, or only the role, of the first rule that fits it."""
        text = line.text
        rule = self._own(text) if len(text) <= LONGEST_MARK else None
        if rule is None and text[-1] in _ENDING_CHARS:
            rule = self._endings.search(text[-_ENDING:])
        if rule is None and len(text) <= LONGEST_FOOT and text[-1] not in "。！？":
            rule = self._feet.search(text)
        opening = (rule is None or rule.yields.get("label") == "caption") and self.can_be("opening", text)
        if rule is None or opening:
            line.role = "opening" if opening else ""
            return
        label = str(rule.yields.get("label", ""))
        if label == "caption" and len(text) > LONGEST_CAPTION:
            return
        line.yields, line.role = rule.yields, str(rule.yields.get("role", ""))
        if label:
            line.name(label, rule.id)

    def _match(self, text: str) -> Rule | None:
        text = _SPREAD.sub(r"\1\2", text, count=1)
        sentence = text[-1] == "。" and len(text) > LONGEST_LABEL
        return (self._sentences if sentence else self._lines).match(text)

    def can_be(self, role: str, text: str) -> bool:
        """Tell whether a line reads as `role` (name, body, opening, roundup, cut, rest)."""
        return self._heads[role].match(text) is not None

    def says(self, role: str, text: str) -> bool:
        """Tell whether `role` (news_day, roundup_page) is found anywhere in a text."""
        return self._heads[role].search(text) is not None
