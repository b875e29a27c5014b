"""Names as the page writes them: what was read in plain, simplified characters goes back to the page's own.

The recognisers read views (`zhengwen.views`); a slot quotes the article (contract §1: “by its name in the article”),
so a page in traditional script or full-width letters gets its rows in them. Nothing changes on any other page.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache

from zhengwen.records import Article, Entity, Figure, Record

__all__ = ["Written"]


class Written:
    """The way back from one page's reading text to its own characters; `read` is `source`, mapped one to one."""

    def __init__(self, source: str, read: str) -> None:
        self._source, self._read = source, read
        self._back: dict[int, str] = {}
        """For words that stand nowhere as they are; digits and letters of a page may be of either width."""
        self.text = self._text
        if read != source:
            pairs = Counter((r, s) for r, s in zip(read, source, strict=True) if r != s)
            self._back = {ord(r): s for (r, s), _ in reversed(pairs.most_common()) if not r.isascii()}
            self.text = lru_cache(maxsize=1024)(self._text)

    def _text(self, words: str) -> str:
        at = self._read.find(words)
        return self._source[at : at + len(words)] if at >= 0 else words.translate(self._back)

    def records(self, records: list[Record]) -> list[Record]:
        """Return the records with their names and nouns in the page's own characters."""
        return records if self._read == self._source else [self._record(r) for r in records]

    def _record(self, record: Record) -> Record:
        if isinstance(record, Figure):
            unit = self._maybe(record.unit) if record.kind == "count" else record.unit
            return replace(
                record,
                indicator=self._maybe(record.indicator),
                subject=self._maybe(record.subject),
                of=self._maybe(record.of),
                unit=unit,
                number_printed=self.text(record.number_printed),
                unit_printed=self.text(record.unit_printed),
                sentence=self.text(record.sentence),
                attributed_to=self.text(record.attributed_to),
            )
        if isinstance(record, Entity):
            aliases = tuple(map(self.text, record.aliases))
            return replace(record, name=self.text(record.name), aliases=aliases, role=self.text(record.role))
        if isinstance(record, Article):
            return replace(record, title=self.text(record.title), place=self._maybe(record.place))
        return record

    def _maybe(self, words: str | None) -> str | None:
        return self.text(words) if words else words
