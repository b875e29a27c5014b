"""What a text must hold for a pattern to match at all: a cheap question before a costly search."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

__all__ = ["needed"]

_WIDE = 12
"""A class of more characters than this says little."""


def needed(pattern: str) -> frozenset[str]:
    """Return characters of which every match of `pattern`, with what it looks around at, holds at least one.

    Empty when that cannot be told. Any set of the answer is right; the one that fewest texts hold is chosen.
    """
    parsed = import_module("re._parser").parse(pattern)  # as `re` itself reads it
    return frozenset() if parsed.state.flags & re.IGNORECASE else _of_all(parsed)


def _of_all(parts: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """Return the best of what the parts of a sequence need: all of them must match."""
    return min(
        (_READERS[name](value) for op, value in parts if (name := str(op)) in _READERS), key=_rank, default=_NONE
    )


def _rank(chars: frozenset[str]) -> tuple[bool, bool, int]:
    """Order sets from the most telling: Han characters alone before signs and symbols, few before many."""
    return not chars, not all("\u4e00" <= c <= "\u9fff" for c in chars), len(chars)


def _of_class(members: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    chars: set[str] = set()
    for op, value in members:
        if str(op) == "LITERAL":
            chars.add(chr(value))
        elif str(op) == "RANGE" and value[1] - value[0] < _WIDE:
            chars.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return _NONE
    return frozenset(chars) if len(chars) <= _WIDE else _NONE


def _of_branches(value: tuple[Any, Iterable[Any]]) -> frozenset[str]:
    found = [_of_all(branch) for branch in value[1]]
    return frozenset().union(*found) if all(found) else _NONE


def _of_repeat(value: tuple[int, int, Any]) -> frozenset[str]:
    return _of_all(value[2]) if value[0] else _NONE


_NONE: frozenset[str] = frozenset()
_READERS: Mapping[str, Callable[[Any], frozenset[str]]] = {
    "LITERAL": lambda value: frozenset(chr(value)),
    "IN": _of_class,
    "BRANCH": _of_branches,
    "SUBPATTERN": lambda value: _of_all(value[-1]),
    "ATOMIC_GROUP": _of_all,
    "ASSERT": lambda value: _of_all(value[1]),
    "MAX_REPEAT": _of_repeat,
    "MIN_REPEAT": _of_repeat,
    "POSSESSIVE_REPEAT": _of_repeat,
}
