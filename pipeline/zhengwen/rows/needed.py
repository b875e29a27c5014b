"""What a text must hold for a pattern to match at all: a cheap question before a costly search."""

from __future__ import annotations

from collections.abc import Iterable

from zhengwen.sought import Choice, choices_needed

__all__ = ["SIGNS", "needed"]

Needs = tuple[frozenset[str], ...]


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
    return tuple(dict.fromkeys(map(frozenset, choices_needed(pattern, rank=_rank, joined=False, most=None))))


def _rank(choice: Choice) -> tuple[bool, int, list[str]]:
    """Order sets from the most telling: Han characters alone before signs and symbols, few before many."""
    chars = set(choice)
    return not all("\u4e00" <= c <= "\u9fff" for c in chars), len(chars), sorted(chars)
