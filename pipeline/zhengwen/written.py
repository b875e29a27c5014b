"""Names as the page writes them: what was read in plain, simplified characters goes back to the page's own.

The recognisers read views (`zhengwen.views`); a slot quotes the article (contract §1: “by its name in the article”),
so a page in traditional script or full-width letters gets its rows in them. Nothing changes on any other page.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import Any

from zhengwen.records import Article, Entity, Figure, Record

__all__ = ["Written"]

_NEAR = 2000
"""How far around a record its words are looked for first: a page may be as long as a book."""

_QUOTING: dict[str, tuple[str, ...]] = {
    "figure": ("indicator", "subject", "of", "number_printed", "unit_printed", "sentence", "attributed_to"),
    "entity": ("name", "role"),
    "article": ("title", "place"),
}
"""The fields that quote the page; the unit does so too where things are counted."""


class Written:
    """The way back from one page's reading text to its own characters; `read` is `source`, mapped one to one."""

    def __init__(self, source: str, read: str) -> None:
        self._source, self._read = source, read
        self._back: dict[int, str] = {}
        """For words that stand nowhere as they are; digits and letters of a page may be of either width."""
        self._anywhere = lru_cache(maxsize=1024)(self._first)
        if read != source:
            pairs = Counter((r, s) for r, s in zip(read, source, strict=True) if r != s)
            self._back = {ord(r): s for (r, s), _ in reversed(pairs.most_common()) if not r.isascii()}

    def _first(self, words: str) -> str:
        at = self._read.find(words)
        return self._source[at : at + len(words)] if at >= 0 else words.translate(self._back)

    def _text(self, words: str, near: int) -> str:
        at = self._read.find(words, max(0, near - _NEAR), near + _NEAR)
        return self._source[at : at + len(words)] if at >= 0 else self._anywhere(words)

    def records(self, records: list[Record]) -> list[Record]:
        """Return the records with their names and nouns in the page's own characters."""
        return records if self._read == self._source else [self._record(r) for r in records]

    def _record(self, record: Record) -> Record:
        if isinstance(record, Figure):
            return replace(record, **self._own(record, record.start))
        if isinstance(record, Entity):
            near = record.mentions[0][0] if record.mentions else 0
            aliases = tuple(self._text(alias, near) for alias in record.aliases)
            return replace(record, aliases=aliases, **self._own(record, near))
        if isinstance(record, Article):
            return replace(record, **self._own(record, 0))
        return record

    def _own(self, record: Figure | Entity | Article, near: int) -> dict[str, Any]:
        """Return the fields of a record that quote the page, in its characters; `near` is where the record stands."""
        quoting = _QUOTING[record.record]
        if isinstance(record, Figure) and record.kind == "count":
            quoting = (*quoting, "unit")
        return {name: self._text(words, near) for name in quoting if (words := getattr(record, name))}
