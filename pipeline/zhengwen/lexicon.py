"""One matcher for all term lists: a single pass finds every known term of a text.

Built once from the terms of a `Rules`; Aho-Corasick (`ahocorasick_rs`), so the cost is linear in the text whatever
the number of terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


class Lexicon(Generic[T]):
    """Terms and their entries; a term given twice keeps its last entry."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self.entries: dict[str, T] = {term: entry for term, entry in entries if term}
        self._terms = list(self.entries)
        self._longest: Any = None
        self._all: Any = None

    def _scan(self, text: str, *, overlapping: bool) -> Iterable[tuple[int, int, int]]:
        """Yield what stands in a text; each of the two matchers is built when it is first asked."""
        if overlapping:
            if self._all is None:
                self._all = AhoCorasick(self._terms)
            yield from self._all.find_matches_as_indexes(text, overlapping=True)
            return
        if self._longest is None:
            self._longest = AhoCorasick(self._terms, matchkind=MatchKind.LeftmostLongest)
        yield from self._longest.find_matches_as_indexes(text)

    def longest(self, text: str) -> Iterator[Hit[T]]:
        """Yield the leftmost longest terms of `text`, none overlapping another."""
        return self._hits(self._scan(text, overlapping=False))

    def all(self, text: str) -> Iterator[Hit[T]]:
        """Yield every term at every place, overlaps and all."""
        return self._hits(self._scan(text, overlapping=True))

    def held(self, text: str) -> set[str]:
        """Return the terms that stand anywhere in `text`."""
        terms = self._terms
        return {terms[i] for i, _, _ in self._scan(text, overlapping=True)}

    def _hits(self, found: Iterable[tuple[int, int, int]]) -> Iterator[Hit[T]]:
        for index, start, end in found:
            term = self._terms[index]
            yield Hit(start, end, term, self.entries[term])

    def __contains__(self, term: str) -> bool:
        return term in self.entries

    def __getitem__(self, term: str) -> T:
        return self.entries[term]

    def __len__(self) -> int:
        return len(self.entries)
