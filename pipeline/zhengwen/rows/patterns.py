"""Row rules: regular expressions over masked text, tried in file order, the first that matches wins."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from zhengwen.errors import BadRule
from zhengwen.fixed import fixed
from zhengwen.rows.clauses import Item, Text, expand_classes
from zhengwen.rows.needed import SIGNS, needed
from zhengwen.rules import Rule, Rules

__all__ = ["Found", "Patterns", "complete", "phrases"]


def phrases(rules: Rules, topic: str) -> Mapping[str, re.Pattern[str]]:
    """Return the patterns over plain words of `rules/rows/TOPIC.toml` by the name after the topic in their ids."""
    return {rule.id.rpartition(".")[2]: rule.regex for rule in rules.of(f"rows/{topic}")}


@fixed
class Found:
    """A rule that matched around a figure: its id, what it yields, and the view spans of its match and groups."""

    rule: str
    yields: Mapping[str, Any]
    start: int
    end: int
    groups: Mapping[str, tuple[int, int]]


class _Ready:
    """A rule with its pattern, which is compiled when a window first holds what it needs."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        with _told_of(rule):
            self._pattern = expand_classes(rule.pattern)

    def needs(self) -> tuple[frozenset[str], ...]:
        """Return the sets of characters of which every match holds one each."""
        with _told_of(self.rule):
            return needed(self._pattern)

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """The search of the compiled pattern."""
        with _told_of(self.rule):
            return re.compile(self._pattern).search


@contextmanager
def _told_of(rule: Rule) -> Iterator[None]:
    """Tell a pattern that is not valid by its rule."""
    try:
        yield
    except (re.error, ValueError) as error:
        raise BadRule(str(error), where=rule.id) from None


def complete(rules: Rules) -> None:
    """Compile every rule under `rules/rows/` once; `BadRule` for one that is not valid."""
    for topic, rule in rules.all():
        if topic.startswith("rows/"):
            assert _Ready(rule).search is not None


class Patterns:
    """The rules of one topic under `rules/rows/`, compiled.

    What a rule needs is a number with a bit for each set of characters of which its window must hold one; all rules
    whose bits are there are tried, the others cannot match.
    """

    def __init__(self, rules: Rules, topic: str) -> None:
        self._rules: list[tuple[int, _Ready]] = []
        for rule in rules.of(f"rows/{topic}"):
            ready = _Ready(rule)
            self._rules.append((SIGNS.bits(ready.needs()), ready))

    def first(self, text: Text, item: Item) -> Found | None:
        """Return the first rule that matches around a figure; asked again, what was found before."""
        known: dict[tuple[int, int], Found | None] | None = text.known.get(self)
        if known is None:
            known = text.known[self] = {}
        at = (item.start, item.at)
        if at not in known:
            known[at] = self._first(text, item)
        return known[at]

    def _first(self, text: Text, item: Item) -> Found | None:
        window, offset, has = text.around(item)
        for needs, ready in self._rules:
            if needs & has == needs and (match := ready.search(window)):
                return _found(ready.rule, match, text, offset, item.at - offset)
        return None

    def matches(self, text: Text, item: Item, *, nearest: bool = False) -> Iterator[Found]:
        """Yield every rule that matches around a figure, in file order; with `nearest` its match that begins last."""
        window, offset, has = text.around(item)
        for needs, ready in self._rules:
            match = ready.search(window) if needs & has == needs else None
            while nearest and match and (later := ready.search(window, match.start() + 1)):
                match = later
            if match:
                yield _found(ready.rule, match, text, offset, item.at - offset)


def _found(rule: Rule, match: re.Match[str], text: Text, offset: int, mark: int) -> Found:
    """Turn a match's window positions into view positions; the mark itself is no character of the text."""

    def back(position: int) -> int:
        return text.position(offset + position - (position > mark))

    groups = {name: (back(match.start(name)), back(match.end(name))) for name in match.groupdict() if match[name]}
    return Found(rule.id, rule.yields, back(match.start()), back(match.end()), groups)
