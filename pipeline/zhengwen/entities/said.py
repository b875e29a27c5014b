"""Works told by what is said of them: what is placed, costs, is opened or visited is one thing, and has a name.

A site or works of common words alone may be a kind (香菇产业园); where the page says of it what can be said of one only
(香菇产业园占地300亩, 走进香菇产业园), it is that one's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zhengwen.entities.found import Found
from zhengwen.entities.lexis import Lexis
from zhengwen.entities.words import STOP_TAGS, Words, is_han
from zhengwen.rules import Rules

__all__ = ["SaidReader"]

SHAPES = frozenset({"site", "works", "spot"})
REACH = 24
"""How far behind a name what is said of it is read."""


class SaidReader:
    """Makes sure the unsure sites and works of which something is said that is true of one thing only."""

    def __init__(self, rules: Rules, lexis: Lexis) -> None:
        self.lexis = lexis
        said = {r.id: r.regex for r in rules.of("entities/said")}
        self.fact = said["said.fact"]
        self.visit = said["said.visit"]
        self.scene = said["said.scene"]
        self.instance = said["said.instance"]

    def read(self, words: Words, found: list[Found]) -> Iterator[Found]:
        """Yield the unsure names of a paragraph that what is said of them makes sure."""
        for name in found:
            if name.certain or name.type != "project" or name.shape not in SHAPES:
                continue
            if self._worded(words, name) and self._told(words, name):
                yield replace(name, certain=True, rule="names.said")

    def _told(self, words: Words, name: Found) -> bool:
        """Tell whether the words beside a name say what is said of one thing, and nothing goes on to the left."""
        text, start, end = words.text, name.start, name.end
        visited = self.visit.search(text, max(0, start - 6), start) is not None
        if not visited and start and is_han(text[start - 1]):
            return False
        stop = min(len(text), end + REACH)
        if self.fact.match(text, end, stop) or (visited and self.scene.match(text, end, stop)):
            return True
        return name.shape != "works" and self.instance.match(text, end, stop) is not None

    def _worded(self, words: Words, name: Found) -> bool:
        """Tell whether a name has words of its own before its suffix: no number, no grammar, and not kinds alone."""
        first, last = words.starting.get(name.start), words.starting.get(name.end)
        if first is None or last is None or last - first < 2:
            return False
        lexis, span = self.lexis, range(first, last)
        forms = [words.forms[i] for i in span]
        if any(words.tags[i] in STOP_TAGS - {"x", "i", "l", "q", "t"} for i in span) or forms[0] in lexis.lead:
            return False
        if any(f in lexis.grammar and len(f) > 1 for f in forms) or "".join(forms) in lexis.ordinary:
            return False
        told = [f for f in forms[:-1] if f not in lexis.dull and f not in lexis.suffixes and f not in lexis.ordinary]
        size = sum(map(len, told))
        if name.shape == "works":
            return size > 3 and (any(f not in lexis.frequent for f in told if len(f) > 1) or len(told) > 2)
        return size > 1
