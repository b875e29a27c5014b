"""Patterns that are tried only on text that holds the words which every match of them has.

A pattern that begins with what stands around it, or with any of many words, is tried at each character of a text; most
texts do not even hold its words, which takes a twentieth of the time to say. The words come from the pattern itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

__all__ = ["Choice", "Sought", "choices_needed", "words_needed"]

Choice = tuple[str, ...]
Needs = tuple[Choice, ...]
Parts = Iterable[tuple[Any, Any]]
Rank = Callable[[Choice], Any]

_WIDE, _MANY = 12, 64
"""A class of more characters, or a choice of more words, says too little for what it costs."""
_MOST = 3
"""How many choices are looked for: the most telling ones."""


class Sought:
    """A pattern and the words that a text must hold for it; used as the pattern itself."""

    def __init__(self, regex: re.Pattern[str]) -> None:
        self.regex = regex
        self._needs: Needs | None = None

    def lacks(self, text: str) -> bool:
        """Tell whether a text holds none of the words of one choice, so that nothing in it can match."""
        if self._needs is None:
            self._needs = words_needed(self.regex.pattern)[:_MOST]
        for words in self._needs:
            for word in words:
                if word in text:
                    break
            else:
                return True
        return False

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Return the matches in `start:end` of a text."""
        if self.lacks(text):
            return iter(())
        return self.regex.finditer(text, start, len(text) if end is None else end)

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in a text."""
        return None if self.lacks(text) else self.regex.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match that a text begins with."""
        return None if self.lacks(text) else self.regex.match(text)


def words_needed(pattern: str) -> Needs:
    """Return choices of words: every match of `pattern`, with what it looks around at, holds one of each choice.

    Empty when nothing can be told; the most telling choice comes first.
    """
    return choices_needed(pattern, rank=_rank)


def choices_needed(pattern: str, *, rank: Rank, joined: bool = True, most: int | None = _MANY) -> Needs:
    """Return what every match of `pattern` needs: choices of words or, not `joined`, of single characters.

    `rank` orders them, the most telling first, and picks each branch's; of more than `most` words no choice is made.
    """
    parsed = import_module("re._parser").parse(pattern)  # as `re` itself reads it
    if parsed.state.flags & re.IGNORECASE:
        return ()
    return tuple(sorted(dict.fromkeys(_Reader(rank, joined, most).of_all(parsed)), key=rank))


def _rank(words: Choice) -> tuple[bool, int, int, Choice]:
    """Order choices from the most telling: long words before single characters, few before many."""
    return min(map(len, words)) < len("项目"), len(words), -min(map(len, words)), words


@dataclass(frozen=True)
class _Reader:
    """Reads the parts of a parsed pattern for what they need."""

    rank: Rank
    joined: bool
    most: int | None

    def of_all(self, parts: Parts) -> Needs:
        """Return what the parts of a sequence need: all of them must match; neighbouring characters can be one word."""
        found: list[Choice] = []
        word = ""
        for op, value in parts:
            if op.name == "LITERAL" and (self.joined or not word):
                word += chr(value)
                continue
            if word:
                found.append((word,))
            word = chr(value) if op.name == "LITERAL" else ""
            found += self._of_part(op.name, value)
        return (*found, (word,)) if word else tuple(found)

    def _of_part(self, name: str, value: Any) -> Needs:
        if name == "IN":
            return self._of_class(value)
        if name == "BRANCH":
            return self._of_branches(value[1])
        if name in {"SUBPATTERN", "ASSERT"}:
            return self.of_all(value[-1])
        if name == "ATOMIC_GROUP":
            return self.of_all(value)
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"} and value[0]:
            return self.of_all(value[2])
        return ()

    @staticmethod
    def _of_class(members: Parts) -> Needs:
        chars: list[str] = []
        for op, value in members:
            if op.name == "LITERAL":
                chars.append(chr(value))
            elif op.name == "RANGE" and value[1] - value[0] < _WIDE:
                chars += map(chr, range(value[0], value[1] + 1))
            else:
                return ()
        return (tuple(chars),) if len(chars) <= _WIDE else ()

    def _of_branches(self, branches: Iterable[Parts]) -> Needs:
        """Return one choice for all branches: of each the choice that tells most."""
        found = [min(self.of_all(branch), key=self.rank, default=None) for branch in branches]
        words = [word for choice in found if choice is not None for word in choice]
        short = self.most is None or len(words) <= self.most
        return (tuple(dict.fromkeys(words)),) if None not in found and short else ()
