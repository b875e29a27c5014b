"""One-to-one normalisation: every character of a view stands at the place of one character of the source.

Full-width digits, letters and signs become plain ones, wide blanks become blanks, the radicals that some PDF files hold
(⽉ for 月) become the characters that they look like, and on a traditional page every traditional character becomes its
simplified one (`rules/widths.tsv`, `rules/traditional.tsv`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from zhengwen.rules import Rules

__all__ = ["Normaliser", "Table"]

Table = Mapping[int, int] | None
_SAMPLE = 20_000
_DISTINCT = 4


class Normaliser:
    """Chooses a page's character table and tells whether a text needs it at all."""

    def __init__(self, rules: Rules) -> None:
        widths = {ord(r["from"]): ord(r["to"]) for r in rules.table("widths")}
        self._simplified = {r["traditional"]: r["simplified"] for r in rules.table("traditional")}
        self._any = re.compile("[" + "".join(self._simplified) + "]")
        self._first = self._any.search
        self._widths = widths
        self._both = widths | {ord(t): ord(s) for t, s in self._simplified.items()}
        self._wide = re.compile("[" + "".join(re.escape(chr(c)) for c in widths) + "]")

    def table(self, text: str) -> Table:
        """Return the table that the page needs, None when its characters are plain already."""
        if self.traditional(text):
            return self._both
        return self._widths if self._wide.search(text) else None

    def traditional(self, text: str) -> bool:
        """Tell whether the page is written in traditional characters: they must outnumber their simplified ones."""
        if not self._first(text):
            return False
        found = set(self._any.findall(text[:_SAMPLE]))
        return len(found) >= _DISTINCT and len(found) > sum(self._simplified[c] in text for c in found)

    @staticmethod
    def read(text: str, table: Table) -> str:
        """Return `text` mapped by `table`."""
        return text.translate(table) if table else text
