"""One matcher for all term lists: a single pass finds every known term of a text.

Built once from the terms of a `Rules`; Aho-Corasick (`ahocorasick_rs`), so the cost is linear in the text whatever
the number of terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

__all__ = ["Hit", "Lexicon"]

T = TypeVar("T")


class Hit(NamedTuple, Generic[T]):
    """A term found at `start:end`, with what the lexicon holds for it."""

    start: int
    end: int
    term: str
    entry: T


_hit: Callable[[Any, tuple[Any, ...]], Any] = tuple.__new__
"""Makes a hit as `Hit(…)` does, without the call in between: thousands are made for a page."""


class Lexicon(Generic[T]):
    """Terms and their entries; a term given twice keeps its last entry."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self.entries: dict[str, T] = {term: entry for term, entry in entries if term}
        self._terms = list(self.entries)
        self._values = list(self.entries.values())
        self._longest: Any = None
        self._all: Any = None

    def _scan(self, text: str, *, overlapping: bool) -> list[tuple[int, int, int]]:
        """Return what stands in a text; each of the two matchers is built when it is first asked."""
        if overlapping:
            if self._all is None:
                self._all = AhoCorasick(self._terms)
            return list(self._all.find_matches_as_indexes(text, overlapping=True))
        if self._longest is None:
            self._longest = AhoCorasick(self._terms, matchkind=MatchKind.LeftmostLongest)
        return list(self._longest.find_matches_as_indexes(text))

    def longest(self, text: str) -> list[Hit[T]]:
        """Return the leftmost longest terms of `text`, none overlapping another."""
        return self._hits(self._scan(text, overlapping=False))

    def all(self, text: str) -> list[Hit[T]]:
        """Return every term at every place, overlaps and all."""
        return self._hits(self._scan(text, overlapping=True))

    def entries_in(self, text: str) -> list[T]:
        """Return the entry of every term at every place, as `all` finds them."""
        values = self._values
        return [values[i] for i, _, _ in self._scan(text, overlapping=True)]

    def _hits(self, found: list[tuple[int, int, int]]) -> list[Hit[T]]:
        terms, values = self._terms, self._values
        return [_hit(Hit, (start, end, terms[i], values[i])) for i, start, end in found]

    def __contains__(self, term: str) -> bool:
        return term in self.entries

    def __getitem__(self, term: str) -> T:
        return self.entries[term]

    def __len__(self) -> int:
        return len(self.entries)
