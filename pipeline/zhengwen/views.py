"""Reading views: text as it reads, with the way back to every character of the source.

A page's text is never changed. What the recognisers read is a `View`: one or more pieces of the source put
together (lines that a column break cut apart), each character mapped one to one (full-width digits and
letters, ％ and ．, traditional characters), so that a position in the view always leads back to one in the source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from zhengwen.fixed import fixed

__all__ = ["Piece", "View"]


@fixed
class Piece:
    """A run of source characters in a view: view position, source position and length."""

    at: int
    source: int
    length: int


@fixed
class View:
    """A text to read and the pieces of the source that it is made of; `len(text)` is their total length."""

    text: str
    pieces: tuple[Piece, ...]

    @classmethod
    def of(cls, source: str, spans: Iterable[tuple[int, int]], table: Mapping[int, int] | None = None) -> View:
        """Read `spans` of `source` one after the other, each character mapped by `table` (one to one)."""
        pieces, parts, at = [], [], 0
        for start, end in spans:
            pieces.append(Piece(at, start, end - start))
            parts.append(source[start:end])
            at += end - start
        text = "".join(parts)
        return cls(text.translate(table) if table else text, tuple(pieces))

    def part(self, start: int, end: int) -> View:
        """Return the view of `start:end` alone."""
        if (start, end) == (0, len(self.text)):
            return self
        pieces = []
        for piece in self.pieces:
            first, last = max(start, piece.at), min(end, piece.at + piece.length)
            if first < last:
                pieces.append(Piece(first - start, piece.source + first - piece.at, last - first))
        return View(self.text[start:end], tuple(pieces))

    def offset(self, position: int) -> int:
        """Return the source offset of the view's character at `position`."""
        piece = self.pieces[max(0, bisect_right(self.pieces, position, key=lambda p: p.at) - 1)]
        return piece.source + position - piece.at

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span of the view's `start:end`; it covers any gap between pieces."""
        if len(self.pieces) == 1:
            by = self.pieces[0].source - self.pieces[0].at
            return start + by, end + by
        return self.offset(start), self.offset(end - 1) + 1
