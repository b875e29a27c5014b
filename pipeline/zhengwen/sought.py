"""Patterns that are tried only on text that holds the words which every match of them has.

A pattern that begins with what stands around it, or with any of many words, is tried at each character of a text; most
texts do not even hold its words, which takes a twentieth of the time to say. The words come from the pattern itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any

__all__ = ["Sought", "words_needed"]

Needs = tuple[tuple[str, ...], ...]

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
    parsed = import_module("re._parser").parse(pattern)  # as `re` itself reads it
    if parsed.state.flags & re.IGNORECASE:
        return ()
    return tuple(sorted(dict.fromkeys(_of_all(parsed)), key=_rank))


def _of_all(parts: Iterable[tuple[Any, Any]]) -> Needs:
    """Return what the parts of a sequence need: all of them must match; neighbouring characters are one word."""
    found: list[tuple[str, ...]] = []
    word = ""
    for op, value in parts:
        name = str(op)
        if name == "LITERAL":
            word += chr(value)
            continue
        if word:
            found.append((word,))
        word = ""
        if name in _READERS:
            found += _READERS[name](value)
    return (*found, (word,)) if word else tuple(found)


def _rank(words: tuple[str, ...]) -> tuple[bool, int, int, tuple[str, ...]]:
    """Order choices from the most telling: long words before single characters, few before many."""
    return min(map(len, words)) < len("项目"), len(words), -min(map(len, words)), words


def _of_class(members: Iterable[tuple[Any, Any]]) -> Needs:
    chars: list[str] = []
    for op, value in members:
        if str(op) == "LITERAL":
            chars.append(chr(value))
        elif str(op) == "RANGE" and value[1] - value[0] < _WIDE:
            chars += map(chr, range(value[0], value[1] + 1))
        else:
            return ()
    return (tuple(chars),) if len(chars) <= _WIDE else ()


def _of_branches(value: tuple[Any, Iterable[Any]]) -> Needs:
    """Return one choice for all branches: of each the choice that tells most."""
    found = [min(_of_all(branch), key=_rank, default=None) for branch in value[1]]
    words = [word for choice in found if choice is not None for word in choice]
    return (tuple(dict.fromkeys(words)),) if None not in found and len(words) <= _MANY else ()


def _of_repeat(value: tuple[int, int, Any]) -> Needs:
    return _of_all(value[2]) if value[0] else ()


_READERS: Mapping[str, Callable[[Any], Needs]] = {
    "IN": _of_class,
    "BRANCH": _of_branches,
    "SUBPATTERN": lambda value: _of_all(value[-1]),
    "ATOMIC_GROUP": _of_all,
    "ASSERT": lambda value: _of_all(value[1]),
    "MAX_REPEAT": _of_repeat,
    "MIN_REPEAT": _of_repeat,
    "POSSESSIVE_REPEAT": _of_repeat,
}
