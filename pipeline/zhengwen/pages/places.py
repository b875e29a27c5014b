"""The place of an article: what its 全区, 全市 and 我县 stand for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from zhengwen.lexicon import Lexicon
from zhengwen.pages.about import About
from zhengwen.pages.divisions import Divisions
from zhengwen.rules import Rules
from zhengwen.sought import Sought
from zhengwen.stages import ArticleText, Candidate, Layout, NameMention

if TYPE_CHECKING:
    from zhengwen.entities.gazetteer import Gazetteer, Place

__all__ = ["PlaceFinder"]

_WEIGHTS = {"title": 6, "deck": 3, "byline": 4, "furniture": 2, "lede": 2}
_LONGEST = 12
COUNTY = 3
_SHORTENED = ("自治州", "自治县", "自治旗")
"""Written so with less than the full name (双江自治县): what the page writes stays."""
_SELDOM_WRITTEN = ("自治区", "特别行政区")
"""Names of peoples that a page which says 广西 throughout does not use."""
_HELD = "在赴抵"
"""Right before a headline's place: something is held there, by whomever."""
_WHERE = "在赴到于抵离访"
_BEFORE = "年月日在和与赴到于："
_COUNTRY_ENDS = frozenset("国兰利亚斯坦")
_SHORT = 2
_LEAD = 60
"""How far into a paragraph it may say where the place that it is about lies."""
_TOWNS = ("镇", "乡", "街道")
_LISTED = frozenset("省州")
"""Of these all are listed: any other is another country's."""
_COLUMN = re.compile("【[^】]{0,20}】")
"""The column that a headline runs under."""
_MOST = 0.8
"""The share of an article's places that must lie right below one for it to be about all of that."""
_REMEMBERED = 2000
"""A name given up before this year answers no word of scope: 渭南县 is 渭南市 by now."""
_OFTEN = 3
"""A name without its suffix that stands on a page so often is what the page is about."""
_NARROW = ("村", "社区", "街道", "乡", "镇", "旗", "县", "区", "市", "盟", "州", "自治区", "省")


class PlaceFinder:
    """Weighs the places that an article names against the words that stand for its own."""

    def __init__(self, rules: Rules) -> None:
        by_role = {r.yields["role"]: r.regex for r in rules.of("pages/places")}
        self._scope = Sought(by_role["scope"])
        self._seated = Sought(by_role["seated"])
        self._zone: re.Pattern[str] = by_role["zone"]
        self._named_zone: re.Pattern[str] = by_role["named_zone"]
        self._national: re.Pattern[str] = by_role["national"]
        self._foreign: re.Pattern[str] = by_role["abroad"]
        self._goes_on: re.Pattern[str] = by_role["goes_on"]
        self._event_name: re.Pattern[str] = by_role["event_name"]
        self._several: re.Pattern[str] = by_role["several"]
        self._event: re.Pattern[str] = by_role["event"]
        self._occasion: re.Pattern[str] = by_role["occasion"]
        self._report: re.Pattern[str] = by_role["report"]
        self._filed: re.Pattern[str] = by_role["filed"]
        self._aside: re.Pattern[str] = by_role["aside"]
        self._company: re.Pattern[str] = by_role["company"]
        self._defined_place: re.Pattern[str] = by_role["defined"]
        self._presented: re.Pattern[str] = by_role["presented"]
        self._ending = {r["scope"]: r["endings"] for r in rules.table("pages/scopes")}
        named = [r["name"] for r in rules.tables.get("names", ()) if r["type"] == "place"]
        self._countries = Lexicon((name, name) for name in named if name[-1:] in _COUNTRY_ENDS)
        self._page: tuple[Layout, Counter[str]] | None = None
        """The last page's own lines, read once for all its articles; replaced whole, so that threads may share it."""
        self._divisions = Divisions(rules)
        self._about = About(rules)
        self._common = frozenset(r["word"] for r in rules.tables.get("place_words", ()))

    def find(self, layout: Layout, article: ArticleText, taken: Sequence[Sequence[Candidate]]) -> tuple[str, str]:
        """Return the place and how it was found (meta, title, scope, bodies, byline, text), empty if none."""
        if layout.page.meta.place:
            return layout.page.meta.place, "meta"
        scopes = self._scopes(article)
        weigh = cache(lambda: self._weigh(layout, article, taken))
        title = self._in_title(article, taken)
        if article.title and article.title in title:
            return self._written(article.title, article, taken), "title"
        if title and self._report.search(article.title) and self._one_chain(title):
            return self._written(title[-1], article, taken), "title"
        presented = self._presented.match(article.title)
        defined = presented["name"] if presented else self._defined(article)
        if defined and self._answers(defined, scopes):
            return defined, "title" if presented else "text"
        own = [n for n in title if self._answers(n, scopes) and not _held_at(n, article.title)]
        if own:
            return self._written(own[-1], article, taken), "title"
        if scopes and not (self._national.search(article.title) and not title):
            place, how = self._by_scope(layout, article, taken, scopes, weigh)
            if place:
                return place, how
        if title and self._stands_for_title(title, article.title):
            return self._written(title[-1], article, taken), "title"
        issuer = self._issuer(article, taken)
        if issuer:
            return self._written(issuer, article, taken), "byline"
        return self._by_text(article, taken, scopes, weigh)

    def _by_scope(
        self,
        layout: Layout,
        article: ArticleText,
        taken: Sequence[Sequence[Candidate]],
        scopes: Counter[str],
        weigh: Callable[[], Counter[str]],
    ) -> tuple[str, str]:
        """Return what answers the words of scope, the most frequent first.

        Where 全县 stays open, a word of a wider division, said no more often, only says where the county ranks.
        """
        weighed = weigh()
        open_at = len(_NARROW)
        for scope in sorted(scopes, key=lambda s: (-scopes[s], _NARROW.index(s))):
            best = self._around(weighed, scope) or self._standing_out(weighed, scope, scopes[scope])
            if best and _NARROW.index(scope) < open_at:
                return self._written(best, article, taken), "scope"
            open_at = min(open_at, _NARROW.index(scope))
        implied = self._implied(layout, article, scopes)
        return (implied, "bodies") if implied else ("", "")

    def _by_text(
        self,
        article: ArticleText,
        taken: Sequence[Sequence[Candidate]],
        scopes: Counter[str],
        weigh: Callable[[], Counter[str]],
    ) -> tuple[str, str]:
        """Return the place that the article keeps naming, else the one whose bodies it writes bare (县委, 该县)."""
        if self._national.search(_COLUMN.sub("", article.title)) or self._occasion.search(article.title):
            return "", ""
        told = self._about.find(article, taken)
        defined = self._defined(article) if not told and not scopes else ""
        if defined:
            return defined, "text"
        if told:
            return self._written(told, article, taken), "text"
        seated = self._found_by(self._seated, article)
        weighed = weigh()
        for scope in sorted(seated, key=lambda s: (_NARROW.index(s), -seated[s])):
            best = self._best(weighed, scope)
            if best and (scope not in _LISTED or self._found(best)):
                return self._written(best, article, taken), "bodies"
        only = self._about.only(weighed, article)
        only = only or ("" if scopes else self._about.towns(weighed, article))
        return (self._written(only, article, taken), "text") if only else ("", "")

    def _defined(self, article: ArticleText) -> str:
        """Return the one village or town of which a paragraph begins by saying where it lies (柳溪村位于…)."""
        texts = [p.view.text for p in article.paragraphs if p.label in ("body", "lede")]
        found = {m["name"] for t in texts for m in [self._defined_place.search(t[:_LEAD])] if m}
        return found.pop() if len(found) == 1 else ""

    def answers(self, place: str, article: ArticleText) -> bool:
        """Tell whether `place` can be what the words of scope of an article stand for."""
        return self._answers(place, self._scopes(article))

    def _scopes(self, article: ArticleText) -> Counter[str]:
        return self._found_by(self._scope, article)

    @staticmethod
    def _found_by(words: Sought, article: ArticleText) -> Counter[str]:
        """Count the divisions by level that `words` stand for in an article."""
        return Counter(
            found[1]
            for p in article.paragraphs
            if p.label not in {"furniture", "credit"}
            for found in words.finditer(p.view.text)
        )

    def _answers(self, name: str, scopes: Counter[str]) -> bool:
        return any(self._fits(name, scope) for scope in scopes)

    def _fits(self, name: str, scope: str) -> bool:
        """Tell whether a place can be what 全 with `scope` stands for."""
        ending = self._ending[scope]
        if scope == "区" and name.endswith("社区"):
            return False
        if name.endswith(ending):
            return True
        return any(p.name.endswith(ending) and p.until >= _REMEMBERED for p in self._shorts(name))

    def _best(self, weighed: Counter[str], scope: str) -> str:
        fits = [(w, n) for n, w in weighed.items() if self._fits(n, scope)]
        fits = [(w, n) for w, n in fits if w > 1 or n.endswith(self._ending[scope])]
        return max(fits, key=lambda x: (x[0], len(x[1])), default=(0, ""))[1]

    def _standing_out(self, weighed: Counter[str], scope: str, asked: int) -> str:
        """Return the best answer, none where one 全镇 is said of one of many towns side by side."""
        best = self._best(weighed, scope)
        alike = [w for n, w in weighed.items() if n.endswith(_TOWNS if scope in _TOWNS else self._ending[scope])]
        return "" if asked == 1 and len(alike) >= _OFTEN and weighed[best] * 2 < sum(alike) else best

    def _around(self, weighed: Counter[str], scope: str) -> str:
        """Return what most places of an article lie right below, none of them standing out (all counties of one 市)."""
        below: dict[str, Counter[str]] = {}
        for name, weight in weighed.items():
            above = {p.parent for p in self._found(name) if p.name == name and p.stands and p.level <= COUNTY}
            if len(above) == 1:
                below.setdefault(above.pop(), Counter())[name] = weight
        code, members = max(below.items(), key=lambda x: (len(x[1]), x[0]), default=("", Counter()))
        if len(members) < _OFTEN or max(members.values()) > members.total() / 2:
            return ""
        if members.total() < _MOST * sum(m.total() for m in below.values()):
            return ""
        place = self._gazetteer.coded(code)
        return place.name if place and place.name.endswith(self._ending[scope]) else ""

    def _implied(self, layout: Layout, article: ArticleText, scopes: Counter[str]) -> str:
        """Return the place whose local bodies the page names (a customs house, a paper), with the level asked for."""
        texts = [p.view.text for p in article.paragraphs]
        stems = Counter(s for t in [*texts, layout.page.meta.source_name] for s in self._divisions.stems(t))
        seen = {s: sum(t.count(s) for t in texts) for s in stems}
        best = max(seen, key=lambda s: (seen[s], stems[s]), default="")
        if not best or seen[best] < _OFTEN or self._found(best):
            return ""
        return best + self._ending[max(scopes, key=lambda s: (scopes[s], -_NARROW.index(s)))]

    def _weigh(self, layout: Layout, article: ArticleText, taken: Sequence[Sequence[Candidate]]) -> Counter[str]:
        """Count the places of an article, those of its head for more; a short name counts for the full one."""
        weighed: Counter[str] = Counter()
        said = _said(article)
        for paragraph, candidates in zip(article.paragraphs, taken, strict=False):
            weight = _WEIGHTS.get(paragraph.label, 1)
            text = self._aside.sub(lambda found: "，" * len(found[0]), paragraph.view.text)
            for name in self._places(text, [c for c in candidates if text[c.start] != "，"]):
                weighed[name] += weight
            for zone in self._named_zone.finditer(paragraph.view.text):
                weighed[zone[1]] += weight
            for name in self._by_grammar(text, said):
                weighed[name] += weight
            if paragraph.label == "furniture":
                for name in self._scan(paragraph.view.text):
                    weighed[name] += weight
        for name, times in self._mastheads(layout).items():
            weighed[name] += 2 * times
        return self._merged(weighed)

    def _mastheads(self, layout: Layout) -> Counter[str]:
        """Count the places in a page's own lines; asked again for its next article, what was found before."""
        page = self._page
        if page is None or page[0] is not layout:
            lines = (layout.page.meta.source_name, *(p.view.text for p in layout.furniture))
            self._page = page = (layout, Counter(name for line in lines for name in self._scan(line)))
        return page[1]

    def _merged(self, weighed: Counter[str]) -> Counter[str]:
        """Count a name that another ends in, and a short one whose full name is there, for that other."""
        longer: dict[str, str] = {}
        for name in weighed:
            for at in range(1, len(name)):
                longer.setdefault(name[at:], name)
        for name in list(weighed):
            whole = longer.get(name, "")
            while whole and whole not in weighed:
                whole = longer.get(whole, "")
            if whole:
                weighed[whole] += weighed.pop(name)
                continue
            for place in self._shorts(name):
                if place.name in weighed:
                    weighed[place.name] += weighed.pop(name, 0)
        return weighed

    def _places(self, text: str, candidates: Sequence[Candidate]) -> Iterator[str]:
        """Yield the places among the taken names, and those that open an organisation's name."""
        for candidate in candidates:
            reading = candidate.reading
            if not isinstance(reading, NameMention):
                continue
            if reading.type == "place" and not self._divisions.slogan(reading.name):
                yield self._own_part(reading.name)
            elif reading.type == "organisation":
                opening = next(self._opening(text[candidate.start : candidate.end]), "")
                if opening and (opening in self._gazetteer.by_name or not self._company.search(reading.name)):
                    yield opening

    def _own_part(self, name: str) -> str:
        """Return a name without what a cut left of the division above it (市|万山区|敖寨侗族乡)."""
        ends = self._divisions.ends(name)
        cut = len(ends) > 1 and (ends[0] == 1 or name[: ends[-2]] in self._gazetteer.by_name)
        return name[ends[-2] :] if cut and ends[-1] == len(name) and ends[-1] - ends[-2] > _SHORT else name

    def _by_grammar(self, text: str, said: str) -> Iterator[str]:
        """Yield what has the shape of a division's name: the listed name that it ends with, or itself if attested."""
        for name in self._divisions.names(text):
            listed = next((name[i:] for i in range(len(name) - 1) if self._ends_in(name, i)), "")
            if listed or self._divisions.attested(name, said):
                yield listed or name

    def _ends_in(self, name: str, at: int) -> bool:
        """Tell whether a listed name begins at `at`; one of two characters only behind another place."""
        listed = bool(self._found(name[at:]))
        return listed and (len(name) - at > _SHORT or (at > 0 and bool(self._found(name[:at]))))

    def _opening(self, name: str) -> Iterator[str]:
        """Yield the last of the places that open a body's name (焦作 in a bureau of that city)."""
        at, found = 0, ""
        while True:
            step = self._longest(name, at, opens=True)
            if not step:
                break
            at, found = at + len(step), step
        if found and (found in self._gazetteer.by_name or not self._goes_on.match(name, at)):
            yield found

    def _in_title(self, article: ArticleText, taken: Sequence[Sequence[Candidate]]) -> list[str]:
        """Return the administrative places of the headline in order; a short name must return in the text."""
        found: list[str] = []
        for paragraph, candidates in zip(article.paragraphs, taken, strict=False):
            if paragraph.label == "title":
                names = self._places(paragraph.view.text, candidates)
                found.extend(n for n in names if self._found(n) or self._divisions.shaped(n))
        found.extend(n for n in self._by_grammar(article.title, _said(article)) if n not in found)
        if self._abroad(article.title):
            return []
        texts = [p.view.text for p in article.paragraphs if p.label != "title"]
        for name in self._scan(article.title):
            headed = article.title.partition(name)[2][:1] in {"：", ":"}
            sure = headed or name in self._gazetteer.by_name or any(name in t for t in texts)
            if sure and not any(name in f or f in name for f in found):
                found.append(name)
        found = [n for n in found if not any(o != n and (o.endswith(n) or o.startswith(n)) for o in found)]
        return sorted(found, key=article.title.find)

    def _abroad(self, title: str) -> bool:
        """Tell whether the headline is about another country, whose counties are none of ours."""
        return self._foreign.search(title) is not None or bool(self._countries.entries_in(title))

    def _stands_for_title(self, names: Sequence[str], title: str) -> bool:
        """Tell whether a headline is about the last of its places, a chain of one place and those above it."""
        if self._several.search(title) or self._happened_in(names[0], title):
            return False
        return self._one_chain(names)

    def _happened_in(self, name: str, title: str) -> bool:
        """Tell whether the headline only says that something took place there."""
        at = title.find(name)
        named = self._event_name.match(title, at + len(name))
        held = (named or self._event.search(title)) is not None and not self._divisions.shaped(name)
        return held or (at > 0 and title[at - 1] in _WHERE)

    def _issuer(self, article: ArticleText, taken: Sequence[Sequence[Candidate]]) -> str:
        for paragraph, candidates in zip(article.paragraphs, taken, strict=False):
            if paragraph.label == "byline" and not self._filed.search(paragraph.view.text):
                name = next(self._opening(paragraph.view.text), "") or next(
                    self._places(paragraph.view.text, candidates), ""
                )
                if name:
                    return name
        return ""

    def _one_chain(self, names: Sequence[str]) -> bool:
        """Tell whether the names can be one place and those above it; two places side by side are none."""
        if any(self._found(a) and self._found(b) and not self._about.lies_in(b, a) for a, b in pairwise(names)):
            return False
        levels = [min((p.level for p in self._found(n)), default=5) for n in names]
        return len(names) == 1 or (len(names) <= 3 and all(a < b for a, b in pairwise(levels)))

    def _scan(self, text: str) -> Iterator[str]:
        """Yield the places named in a short text: full names anywhere, short ones where a name can begin."""
        at = ended = 0
        while at < len(text):
            name = self._longest(text, at, opens=at == ended or not _inside(text, at))
            if name:
                after = at + len(name)
                if self._divisions.goes_on(text, after):
                    at += 1
                    continue
                if name in self._gazetteer.by_name or not self._goes_on.match(text, after):
                    yield name
                at = ended = after
            else:
                at += 1

    def _longest(self, text: str, at: int, *, opens: bool) -> str:
        gazetteer = self._gazetteer
        if text[at : at + 2] not in gazetteer.openings:
            return ""
        for size in range(min(_LONGEST, len(text) - at), 1, -1):
            name = text[at : at + size]
            if name in self._common:
                continue
            if name in gazetteer.by_name or (opens and name in gazetteer.shorts):
                return name
        return ""

    def _shorts(self, name: str) -> list[Place]:
        """Return the places for which `name` is the short form."""
        return [p for p in self._found(name) if p.name != name]

    def _found(self, name: str) -> tuple[Place, ...]:
        return self._gazetteer.find(name)

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        from zhengwen.entities.gazetteer import gazetteer

        return gazetteer()

    def _written(self, name: str, article: ArticleText, taken: Sequence[Sequence[Candidate]]) -> str:
        """Return the place by its full name; a zone gets its city's name in front."""
        if self._zone.match(name):
            cities: Counter[str] = Counter()
            for paragraph, candidates in zip(article.paragraphs, taken, strict=False):
                for place in self._places(paragraph.view.text, candidates):
                    if place.endswith("市"):
                        cities[place] += 1
            return (cities.most_common(1)[0][0] if cities else "") + name
        return self._full(name, article)

    def _full(self, name: str, article: ArticleText) -> str:
        """Return the full name for a short one: the one that the page writes, else the highest that holds today."""
        full = [p for p in self._shorts(name) if p.level <= COUNTY]
        if not full or name.endswith(_SHORTENED):
            return name
        written = {p.name for p in full if any(p.name in x.view.text for x in article.paragraphs)}
        latest = max(p.until for p in full)
        full = [p for p in full if p.until == latest]
        highest = min(p.level for p in full)
        names = written or {p.name for p in full if p.level == highest}
        best = names.pop() if len(names) == 1 else name
        return best if best in written or not best.endswith(_SELDOM_WRITTEN) else name


def _held_at(name: str, title: str) -> bool:
    """Tell whether a headline only says that something is held at a place."""
    at = title.find(name)
    return at > 0 and title[at - 1] in _HELD


def _said(article: ArticleText) -> str:
    return "\n".join(p.view.text for p in article.paragraphs)


def _inside(text: str, at: int) -> bool:
    """Tell whether a short name at `at` would begin inside another word."""
    return at > 0 and "\u4e00" <= text[at - 1] <= "\u9fff" and text[at - 1] not in _BEFORE
