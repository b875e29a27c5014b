"""Divisions that the page's own superior divisions have below them: 金坛区|直溪镇 when the page names 常州市.

The segmenter cuts 金坛区直溪镇 into 金坛, 区直, 溪 and 镇. The list of places knows which counties a city has and which
townships a county; a name of those is one wherever the page has it, however its characters are cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from zhengwen.entities.gazetteer import TOWNSHIP
from zhengwen.entities.lexis import Known, Lexis
from zhengwen.entities.words import Words

__all__ = ["DivisionsBelow"]

MOST = 40
"""A page that names more superior divisions than this is a directory; what each has below it is not looked up."""
LEVEL_ENDS = frozenset("市区县旗镇乡")
LEVEL = re.compile("(?:[县旗镇乡]|街道)$")
"""The level word of a county or a township; the short names of cities are known."""


class DivisionsBelow:
    """Learns which divisions a page may name from those that it surely names."""

    def __init__(self, lexis: Lexis) -> None:
        self.lexis = lexis

    def learn(self, page: Iterable[Words]) -> dict[str, Known]:
        """Return the names of divisions below those of the page that it holds, however the segmenter cuts them."""
        paragraphs = list(page)
        text = "\n".join(w.text for w in paragraphs)
        named = {h.term for w in paragraphs for h in w.known(self.lexis.known) if h.entry.division}
        found: set[str] = set()
        for _ in range(2):
            codes = self._codes(named | found)
            if len(codes) > MOST:
                break
            found |= {n for c in codes for n in self.lexis.places.below(c) if n in text and self._safe(n)}
        forms = {n: Known("place", n, division=True) for n in found}
        return {
            n: Known("place", n, division=True, short=True, alone=True) for n in self._shorts(named | found, text)
        } | forms

    def _shorts(self, names: Iterable[str], text: str) -> Iterable[str]:
        """Return the names that the page has without their level too (来凤 beside 来凤县), no usual words."""
        lexis = self.lexis
        for name in names:
            short = LEVEL.sub("", name)
            usual = short in lexis.frequent or short in lexis.ordinary or short in lexis.lead or short in lexis.known
            if len(short) > 1 and short != name and not usual and text.count(short) > text.count(name):
                yield short

    def _codes(self, names: Iterable[str]) -> set[str]:
        """Return the codes of names that few places bear: one that many bear says nothing of what lies below it.

        Former codes of the same place have nothing below them and do not count.
        """
        codes: set[str] = set()
        for name in names:
            places = {p.code for p in self.lexis.places.find(name) if p.level < TOWNSHIP}
            places = {c for c in places if self.lexis.places.below(c)}
            codes |= places if len(places) < 3 else set()
        return codes

    def _safe(self, name: str) -> bool:
        """Tell whether a division's name is nothing but that (no 城区, no 开发区)."""
        lexis = self.lexis
        usual = name in lexis.common or name in lexis.frequent or name in lexis.ordinary or name in lexis.suffixes
        street = name.endswith("街道") and len(name) > 3
        plain = name[-1] in "市区" and name[:-1] in lexis.frequent
        return len(name) > 2 and not usual and not plain and (name[-1] in LEVEL_ENDS or street)
