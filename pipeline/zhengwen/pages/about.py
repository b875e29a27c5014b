"""The place that an article is about, where neither headline nor a word of scope says so: the one that it keeps naming.

湘潭市接待游客… 湘潭市的红色旅游… 韶山景区…: nearly all places named are 湘潭市 or lie in it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from zhengwen.rules import Rules
from zhengwen.sought import Sought
from zhengwen.stages import ArticleText, Candidate, NameMention

if TYPE_CHECKING:
    from zhengwen.entities.gazetteer import Gazetteer, Place

__all__ = ["About"]

_COUNTY = 3
_OPENING = 2
"""How many times what the first paragraph with text names counts."""
_NATIONAL = 2
"""An article that speaks of the whole country so often is about none of its places."""
_ENOUGH = 3
"""The least weight of a place that an article can be about."""
_TWICE = 2
_UNLISTED = "区县市"
"""What no list holds and ends so may be the article's own place: a zone, a division of other years."""
_SUFFIXES = frozenset("省市县区州盟旗镇乡村")
_TEXT = frozenset({"title", "deck", "lede", "body", "heading"})
_MOST = 0.7
"""The share of all places named that must be the place itself or lie in it; what is above it is left aside."""


class About:
    """Weighs the divisions of the list that an article names; what lies below another supports it."""

    def __init__(self, rules: Rules) -> None:
        by_role = {r.yields["role"]: r.regex for r in rules.of("pages/places")}
        self._aside = Sought(by_role["aside"])
        self._everywhere: re.Pattern[str] = by_role["everywhere"]

    @property
    def _gazetteer(self) -> Gazetteer:
        from zhengwen.entities.gazetteer import gazetteer

        return gazetteer()

    def find(self, article: ArticleText, taken: Sequence[Sequence[Candidate]]) -> str:
        """Return the narrowest division down to the county that nearly all named places belong to, else nothing."""
        named = self._named(article, taken)
        if not named or sum(len(self._everywhere.findall(p.view.text)) for p in article.paragraphs) >= _NATIONAL:
            return ""
        above = self._holding(named)
        inside: Counter[str] = Counter()
        for name, weight in named.items():
            inside.update(dict.fromkeys(above[name] - {name}, weight))
        told = sum(w for n, w in named.items() if self._gazetteer.find(n))
        fits: dict[str, tuple[int, int, str]] = {}
        for name, weight in named.items():
            levels = [p.level for p in self._known(name)]
            rest = told - sum(named[n] for n in above[name])
            if levels and weight >= _ENOUGH and weight + inside[name] >= _MOST * rest:
                fits[name] = (max(levels), weight, name)
        kept = [f for f in fits.values() if not any(n in fits and named[n] >= f[1] for n in above[f[2]])]
        return max(kept, default=(0, 0, ""))[2]

    def _holding(self, named: Iterable[str]) -> dict[str, set[str]]:
        """Return for each place the other names among `named` that are a form of what lies above it."""
        of_form: dict[str, set[str]] = defaultdict(set)
        for name in named:
            for form in self._forms(name):
                of_form[form].add(name)
        return {name: {n for form in self._above(name) for n in of_form.get(form, ())} for name in named}

    def only(self, weighed: Counter[str], article: ArticleText) -> str:
        """Return the one division that an article names, in full and beside no other, bodies and works counted."""
        known = [n for n in weighed if self._known(n)]
        unlisted = any(n[-1] in _UNLISTED for n in weighed if not self._gazetteer.find(n))
        if not known or unlisted or any(self._everywhere.search(p.view.text) for p in article.paragraphs):
            return ""
        name = max(known, key=lambda n: (max(p.level for p in self._known(n)), weighed[n]))
        above = self._above(name)
        others = [n for n in known if n != name and not self._forms(n) & above]
        said = sum(p.view.text.count(name) for p in article.paragraphs if p.label in _TEXT)
        full = any(p.name == name for p in self._known(name))
        return name if full and not others and said >= _TWICE else ""

    def _full(self, name: str) -> bool:
        """Tell whether a name is whole, or of a city or province; a short one of a county may be a word (桃源大地)."""
        return name[-1] in _SUFFIXES or any(p.level < _COUNTY for p in self._known(name))

    def _named(self, article: ArticleText, taken: Sequence[Sequence[Candidate]]) -> Counter[str]:
        """Count the places named; one that only opens a body's name, or where something is held or filed, is none."""
        named: Counter[str] = Counter()
        opening = True
        for paragraph, candidates in zip(article.paragraphs, taken, strict=False):
            if paragraph.label in {"furniture", "credit", "caption", "byline"}:
                continue
            weight = _OPENING if opening or paragraph.label == "title" else 1
            opening = opening and paragraph.label != "body"
            for name in self._in_paragraph(paragraph.view.text, candidates):
                named[name] += weight if paragraph.label == "title" or self._full(name) else 1
        return self._merged(named)

    def _in_paragraph(self, text: str, candidates: Sequence[Candidate]) -> Iterator[str]:
        """Yield the places of a paragraph; one that only says where the next lies (湖北省|大冶市) is left aside."""
        aside = {i for found in self._aside.finditer(text) for i in range(found.start(), found.end())}
        places = [c for c in candidates if isinstance(c.reading, NameMention) and c.reading.type == "place"]
        leading = {c.start for c in places}
        for candidate in places:
            assert isinstance(candidate.reading, NameMention)
            if candidate.start not in aside and candidate.end not in leading:
                yield candidate.reading.name

    def _merged(self, named: Counter[str]) -> Counter[str]:
        """Count a short name for the full one that the article writes."""
        for name in list(named):
            full = [p.name for p in self._gazetteer.find(name) if p.name != name and p.name in named]
            if full:
                named[full[0]] += named.pop(name)
        return named

    def _above(self, name: str) -> set[str]:
        """Return the names of what lies above a place, for every reading of it, full and short."""
        chains = [self._gazetteer.chain(p)[1:] for p in self._gazetteer.find(name)]
        return {form for chain in chains for p in chain for form in (p.name, p.short)}

    def _forms(self, name: str) -> set[str]:
        return {name, *(form for p in self._known(name) for form in (p.name, p.short))}

    def _known(self, name: str) -> list[Place]:
        return [p for p in self._gazetteer.find(name) if p.level <= _COUNTY]
