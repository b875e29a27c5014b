"""What a text must hold for a pattern to match at all: a cheap question before a costly search."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

__all__ = ["SIGNS", "needed"]

Needs = tuple[frozenset[str], ...]

_WIDE = 12
"""A class of more characters than this says little."""


class _Signs:
    """The sets of characters that patterns need, a bit for each: one look at a window serves all topics."""

    def __init__(self) -> None:
        self.count = 0
        self._sets: dict[frozenset[str], int] = {}
        self._of_char: dict[str, int] = {}
        self._telling: frozenset[str] = frozenset()

    def bits(self, needs: Iterable[frozenset[str]]) -> int:
        """Return the bits of the sets that a pattern needs, new ones for sets that none needed before."""
        found = 0
        for chars in needs:
            if chars not in self._sets:
                bit = self._sets[chars] = 1 << self.count
                self._of_char |= {c: self._of_char.get(c, 0) | bit for c in chars}
                self._telling |= chars
                self.count += 1
            found |= self._sets[chars]
        return found

    def held(self, window: str) -> int:
        """Return the bits of all sets of which a text holds a character."""
        has, bits = 0, self._of_char
        for char in self._telling.intersection(window):
            has |= bits[char]
        return has


SIGNS = _Signs()
"""Those of every pattern that was read; more may come, so what was `held` is asked anew when `count` has grown."""


def needed(pattern: str) -> Needs:
    """Return sets of characters: every match of `pattern`, with what it looks around at, holds one of each set.

    Empty when nothing can be told; the most telling set comes first.
    """
    parsed = import_module("re._parser").parse(pattern)  # as `re` itself reads it
    if parsed.state.flags & re.IGNORECASE:
        return ()
    return tuple(sorted(dict.fromkeys(_of_all(parsed)), key=_rank))


def _of_all(parts: Iterable[tuple[Any, Any]]) -> Needs:
    """Return what the parts of a sequence need: all of them must match."""
    return tuple(need for op, value in parts if (name := str(op)) in _READERS for need in _READERS[name](value))


def _rank(chars: frozenset[str]) -> tuple[bool, int, list[str]]:
    """Order sets from the most telling: Han characters alone before signs and symbols, few before many."""
    return not all("\u4e00" <= c <= "\u9fff" for c in chars), len(chars), sorted(chars)


def _of_class(members: Iterable[tuple[Any, Any]]) -> Needs:
    chars: set[str] = set()
    for op, value in members:
        if str(op) == "LITERAL":
            chars.add(chr(value))
        elif str(op) == "RANGE" and value[1] - value[0] < _WIDE:
            chars.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return ()
    return (frozenset(chars),) if len(chars) <= _WIDE else ()


def _of_branches(value: tuple[Any, Iterable[Any]]) -> Needs:
    """Return one set for all branches: of each the set that tells most."""
    found = [min(_of_all(branch), key=_rank, default=None) for branch in value[1]]
    known = [chars for chars in found if chars is not None]
    return (frozenset().union(*known),) if len(known) == len(found) else ()


def _of_repeat(value: tuple[int, int, Any]) -> Needs:
    return _of_all(value[2]) if value[0] else ()


_READERS: Mapping[str, Callable[[Any], Needs]] = {
    "LITERAL": lambda value: (frozenset(chr(value)),),
    "IN": _of_class,
    "BRANCH": _of_branches,
    "SUBPATTERN": lambda value: _of_all(value[-1]),
    "ATOMIC_GROUP": _of_all,
    "ASSERT": lambda value: _of_all(value[1]),
    "MAX_REPEAT": _of_repeat,
    "MIN_REPEAT": _of_repeat,
    "POSSESSIVE_REPEAT": _of_repeat,
}
