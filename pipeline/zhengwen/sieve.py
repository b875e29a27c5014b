"""Readers of which each text concerns few: one look for the words that they need tells which.

To ask each of sixty rules whether its words stand in a sentence takes longer than to read with the few that are left.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Generic, TypeVar

from zhengwen.lexicon import Lexicon

__all__ = ["Sieve"]

T = TypeVar("T")


class Sieve(Generic[T]):
    """Readers, each with choices of words; a text concerns one when it holds a word of each of its choices."""

    def __init__(self, readers: Iterable[tuple[T, Iterable[Collection[str]]]]) -> None:
        choices: dict[frozenset[str], int] = {}
        bits: dict[str, int] = {}
        self._readers: list[tuple[int, T]] = []
        for reader, needs in readers:
            needed = 0
            for words in map(frozenset, needs):
                bit = choices.setdefault(words, 1 << len(choices))
                needed |= bit
                bits |= {word: bits.get(word, 0) | bit for word in words}
            self._readers.append((needed, reader))
        self._words = Lexicon(bits.items())
        """Each word with a bit for every choice that it is one of."""

    def of(self, text: str) -> list[T]:
        """Return the readers that a text concerns, in their order."""
        held = 0
        for bits in self._words.entries_in(text):
            held |= bits
        return [reader for needed, reader in self._readers if needed & held == needed]
