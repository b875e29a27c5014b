"""The place that an article is about, where neither headline nor a word of scope says so: the one that it keeps naming.

湘潭市接待游客… 湘潭市的红色旅游… 韶山景区…: nearly all places named are 湘潭市 or lie in it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
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
_LEAD = 80
"""So many characters of the first text are its lead."""
_DAY_ENDS = frozenset("日晚午时讯间年月")
_INNER = frozenset("村镇乡道区路河湖山港岛园")
"""What ends so and is in no list may well lie in the place that an article is about."""
_TOWNS = ("镇", "乡", "街道")
_LOCAL = ("镇", "乡", "街道", "村", "社区")
_SUFFIXES = frozenset("省市县区州盟旗镇乡村")
_TEXT = frozenset({"title", "deck", "lede", "body", "heading"})
_MOST = 0.7
"""The share of all places named that must be the place itself or lie in it; what is above it is left aside."""


class About:
    """Weighs the divisions of the list that an article names; what lies below another supports it."""

    def __init__(self, rules: Rules) -> None:
        by_role = {r.yields["role"]: r.regex for r in rules.of("pages/places")}
        self._aside = Sought(by_role["aside"])
        self._body: re.Pattern[str] = by_role["body_behind"]
        self._unlisted: re.Pattern[str] = by_role["unlisted"]
        self._everywhere: re.Pattern[str] = by_role["everywhere"]

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        from zhengwen.entities.gazetteer import gazetteer

        return gazetteer()

    def find(self, article: ArticleText, taken: Sequence[Sequence[Candidate]]) -> str:
        """Return the narrowest division down to the county that nearly all named places belong to, else nothing."""
        named = self._named(article, taken)
        if not named or self._of_nation(article):
            return ""
        above = self._holding(named)
        inside: Counter[str] = Counter()
        for name, weight in named.items():
            inside.update(dict.fromkeys(above[name] - {name}, weight))
        told = sum(w for n, w in named.items() if self._gazetteer.find(n) or (w > 1 and n[-1] not in _INNER))
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
        known = self._surely(weighed)
        unlisted = any(self._unlisted.search(n) for n in weighed if not self._gazetteer.find(n))
        if not known or unlisted or any(self._everywhere.search(p.view.text) for p in article.paragraphs):
            return ""
        name = self._alone(known, weighed)
        if not name:
            return ""
        said = sum(p.view.text.count(name) for p in article.paragraphs if p.label in _TEXT)
        full = any(p.name == name for p in self._known(name))
        return name if (full and said >= _TWICE) or self._leads(name, article, full=full) else ""

    def _alone(self, known: Sequence[str], weighed: Counter[str]) -> str:
        """Return the narrowest of the names that all others lie above or in, empty if there is none."""
        above = self._holding(known)
        inside = Counter(n for name in known for n in above[name] - {name})
        alone = [n for n in known if len(above[n] - {n}) + inside[n] == len(known) - 1]
        return max(alone, key=lambda n: (len(above[n] - {n}), weighed[n]), default="")

    def _leads(self, name: str, article: ArticleText, *, full: bool) -> bool:
        """Tell whether the first text begins a clause with a place's full name, or with a short one and its body."""
        text = next((p.view.text for p in article.paragraphs if p.label == "body"), "")[:_LEAD]
        at = text.find(name)
        opens = at == 0 or (at > 0 and (not "\u4e00" <= text[at - 1] <= "\u9fff" or text[at - 1] in _DAY_ENDS))
        return opens and (full or self._body.match(text, at + len(name)) is not None)

    def towns(self, weighed: Counter[str], article: ArticleText) -> str:
        """Return the one town or village that an article keeps naming, where it is about no larger division."""
        if self._of_nation(article):
            return ""
        known = self._surely(weighed)
        if known and not self._alone(known, weighed):
            return ""
        local = {n: w for n, w in weighed.items() if n.endswith(_LOCAL) and not self._known(n)}
        towns = [n for n in local if n.endswith(_TOWNS)]
        if len(towns) == 1 and sum(p.view.text.count(towns[0]) for p in article.paragraphs) >= _TWICE:
            return towns[0]
        best = max(local, key=lambda n: local[n], default="")
        return best if best and local[best] >= _ENOUGH and local[best] * 2 > sum(local.values()) else ""

    def lies_in(self, name: str, other: str) -> bool:
        """Tell whether a reading of `name` lies in a reading of `other`, both listed."""
        return bool({other, *self._forms(other)} & self._above(name))

    def _of_nation(self, article: ArticleText) -> bool:
        """Tell whether an article speaks of the whole country."""
        return sum(len(self._everywhere.findall(p.view.text)) for p in article.paragraphs) >= _NATIONAL

    def _surely(self, weighed: Counter[str]) -> list[str]:
        """Return the names that are divisions of the list: those in full, and short ones that come again."""
        return [n for n in weighed if self._known(n) and (weighed[n] > 1 or self._full(n))]

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
