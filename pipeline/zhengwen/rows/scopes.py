"""What the words of scope stand for: 全区, 我市, 该园区, 公司 become the name that the article gives for them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from zhengwen.entities import Book
from zhengwen.fixed import fixed
from zhengwen.lexicon import Hit, Lexicon
from zhengwen.records import Entity
from zhengwen.rows.clauses import Item, Text
from zhengwen.rules import Rules
from zhengwen.sieve import Sieve
from zhengwen.sought import words_needed

__all__ = ["NATIONAL", "TYPES", "Context", "Scopes", "Subject"]

NATIONAL = "全国"
"""The subject of national figures."""
TYPES = ("place", "organisation", "project")
"""The types of names that figures belong to."""
_WHOLE_TEXT = (0, -1)
"""Under what a text knows its words of scope, and which groups it can name."""
_MEANT = {
    "that": ("place",),
    "village": ("place",),
    "project": ("project",),
    "organisation": ("organisation",),
    "zone": ("project", "place", "organisation"),
    "thing": ("place", "organisation", "project"),
}
"""What types of names a word of scope can stand for, by its kind."""
_STREET = "街道"
_PHASE = re.compile("[一二三四五]期")
_WORK = re.compile("(?:建设)?(?:项目|工程)$")
_DATE = re.compile("[0-9一二三四上下前全今去年月日至半季度—–-]{0,16}")
"""The date that a headline may begin with."""
_LEVELS = "省市县区镇乡"
_BELOW = ("镇", "乡", "街道", "村", "社区")
_WHOLE = "全我本"
"""What 全行, 我校 and 本公司 begin with."""
_SPOKEN = "我咱俺"
"""What somebody who is quoted calls his place by (咱们村): who it is may be told only behind the words."""
_VILLAGE = "村"
"""What 村集体 and 村里 begin with: they go back to a village of their own paragraph, as often villages in general."""
_LOWEST = "镇乡村"
_ABOVE = "省市县区州盟旗"
_COUNT = 8
"""How far behind a name the count of it may end (生产线一条)."""
_LONGEST_NAME = 30
"""How far a name that holds a word of scope may reach on either side of it."""
_NEXT_DIVISION = 5
"""How far behind a place's name another division's level may stand (南京市雨花台区财政局)."""


@fixed
class Subject:
    """A subject by its name, where it stands (span in the source) and what kind of thing it is."""

    name: str
    kind: str
    span: tuple[int, int] | None
    how: str


@dataclass(slots=True)
class Context:
    """What the words of an article are resolved against: its names, its place, its headline, what was named last."""

    book: Book
    place: Subject | None
    main: Subject | None = None
    recent: list[Subject] = field(default_factory=list)
    """Whose figures were told, the last one last."""
    count: Callable[[], Counter[tuple[str, str]]] = Counter
    """Counts the names of the whole article (name, type), twice those of its headline; asked for when needed."""

    work: Subject | None = None
    """The piece of work that the paragraph is about here: what 项目 means."""
    around: Subject | None = None
    """The place that the paragraphs before name last, however it stood: what 当地 means where no place leads."""

    skipped: Callable[[Text, Item], bool] = lambda _text, _item: False
    """Whether a name only stands by (是国家级基地): no word of scope goes back to it."""

    aside: Callable[[Text, Item], bool] = lambda _text, _item: False
    """Whether a name only tells whom somebody belongs to (是甲集团的供应商): no 公司 goes back to it."""

    said: Callable[[str], int] = lambda _name: 0
    """How often the article's words hold a name, whatever it is there."""

    _counts: Counter[tuple[str, str]] | None = None
    _spread: int = -1

    @property
    def names(self) -> Counter[tuple[str, str]]:
        """The names of the whole article (name, type) with how often each stands in it."""
        if self._counts is None:
            self._counts = self.count()
        return self._counts

    @property
    def spread(self) -> int:
        """In how many provinces the places lie that the article names."""
        if self._spread < 0:
            areas = (self.book.area(name) for name, kind in self.names if kind == "place")
            self._spread = len({area.province for area in areas if area is not None and area.province})
        return self._spread

    def told(self, subject: Subject) -> None:
        """Note that figures of a subject have been told."""
        self.recent.append(subject)

    def named(self, text: Text, item: Item) -> Subject:
        """Return a mention's subject under the name that the page gives in full."""
        surface = text.text[item.start : item.end]
        full = self.book.canonical(surface)
        if full and self.book.types.get(full, item.name.type) != item.name.type:
            full = None  # 腾云产业园 is not 腾云产业园有限公司
        name = full or item.name.name or surface
        return Subject(name, item.name.type, text.view.span(item.start, item.end), "clause")

    def governs(self, name: str) -> bool:
        """Say whether a body is one of the article's own place: named after it, or by its level alone (县教育局)."""
        place = self.place.name if self.place else ""
        if not place:
            return False
        own = next((p for p in (place, place[:-1], place[-1]) if p and name.startswith(p)), "")
        above = name.partition(place)[0]
        if not own and above and above != name and above[-1] in _ABOVE:
            own = above + place  # 通化县|快大茂镇|党委
        rest = name[len(own) :]
        rest = rest[1:] if own == place and rest[:1] == place[-1] else rest  # 成县|县委
        return own != "" and not rest.startswith("域") and not any(c in rest[:_NEXT_DIVISION] for c in _LEVELS + "街村")

    def administered(self, name: str) -> bool:
        """Say whether a body is that of what the article is about, by its kind alone (开发区管委会, 街道党工委)."""
        main = self.main.name if self.main else ""
        return any(main.endswith(name[:n]) and main != name[:n] for n in range(2, len(name) - 1))

    def full(self, name: str) -> str:
        """Return a name as the page gives it in full."""
        return self.book.canonical(name) or name


class Scopes:
    """The words of scope (`rules/rows/scopes.tsv`), found and resolved."""

    def __init__(self, rules: Rules) -> None:
        table = rules.table("rows/scopes")
        self._words: Lexicon[str] = Lexicon((row["term"], row["kind"]) for row in table)
        self._fits = {row["term"]: re.compile(row["fits"]) for row in table}
        self._zones = next(self._fits[row["term"]] for row in table if row["kind"] == "zone")
        self.common = frozenset(row["term"] for row in table if row["use"])
        """Words that are common nouns as well: scope only where they lead their clause."""
        self.bare = frozenset(row["term"] for row in table if "bare" in row["use"])
        """Those that must also begin no longer noun (项目总投资, but not 项目审批)."""
        self._groups = Sieve((r.regex, words_needed(r.pattern)) for r in rules.of("rows/groups"))
        self._stays = frozenset(row["term"] for row in table if "stays" in row["use"])
        """Words that name a zone themselves when the article names it no other way (经开区)."""

    def zoned(self, name: str) -> bool:
        """Say whether a name is that of a zone, which has statistics of its own as a division has."""
        return self._zones.search(name) is not None

    def enterprise(self, name: str) -> bool:
        """Say whether a name can be what 该企业 stands for: no office, school or hospital."""
        return self._fits["该企业"].search(name) is not None

    def hits(self, text: Text, start: int = 0, end: int | None = None) -> Sequence[Hit[str]]:
        """Return the words of scope in `start:end` of a text, the longest at each place; `entry` is their kind.

        A text is looked through once, however many of its clauses are asked about.
        """
        known: dict[tuple[int, int], tuple[Sequence[Hit[str]], list[int]]] = text.known.setdefault(self, {})
        if _WHOLE_TEXT not in known:
            found = self._words.longest(text.text)
            known[_WHOLE_TEXT] = found, [h.end for h in found]
        whole, ends = known[_WHOLE_TEXT]
        if end is None or not whole:
            return whole
        first = last = bisect_right(ends, start)
        while last < len(whole) and whole[last].start < end:
            last += 1
        inside = whole[first:last]
        if inside and (inside[0].start < start or inside[-1].end > end):  # one that is cut may hold a shorter one
            cut = self._words.longest(text.text[start:end])
            return [Hit(start + h.start, start + h.end, h.term, h.entry) for h in cut]
        return inside

    def groups(self, text: Text, start: int, end: int) -> list[tuple[int, int, Subject]]:
        """Return the groups that a stretch names by what they are (市属国企), with where they stand."""
        known: dict[tuple[int, int], Sequence[re.Pattern[str]]] = text.known.setdefault(self._groups, {})
        if _WHOLE_TEXT not in known:
            known[_WHOLE_TEXT] = self._groups.of(text.text)
        if not known[_WHOLE_TEXT]:
            return []
        found: list[tuple[int, int, Subject]] = []
        for match in (m for regex in known[_WHOLE_TEXT] for m in regex.finditer(text.text, start, end)):
            first, last = match.span()
            names = text.between(start, last, "name")
            first = next((i.start for i in names if i.start < first < i.end), first)  # 云溪市属国企
            if not any(a < last and first < b for a, b, _ in found):
                span = text.view.span(first, last)
                found.append((first, last, Subject(text.text[first:last], "group", span, "clause")))
        return found

    def group_of(self, line: str) -> Subject | None:
        """Return the group that a headline begins with, after no more than a date (2021年1-5月市属国企…)."""
        at = _DATE.match(line)
        found = (regex.match(line, at.end() if at else 0) for regex in self._groups.of(line))
        return next((Subject(m.group(), "group", None, "article") for m in found if m), None)

    def unresolved(self, name: str) -> bool:
        """Say whether a subject is but a word of scope that the article does not resolve (全区)."""
        return name in self._words and self._words[name] == "area"

    def phase_at(self, text: Text, hit: Hit[str]) -> bool:
        """Say whether a word of scope is followed by the number of a phase (园区二期)."""
        return _PHASE.match(text.text, hit.end) is not None

    def resolve(self, hit: Hit[str], text: Text, at: int, context: Context) -> Subject | None:
        """Return what the word of a hit that stands at `at` means, or nothing when the article does not tell."""
        kind, last = hit.entry, at + len(hit.term)
        span = text.view.span(at, last)
        if kind in ("each", "implied"):
            return None
        if kind == "self":
            return Subject(hit.term, "body", span, "clause")
        if kind in ("national", "world"):
            return Subject(NATIONAL if kind == "national" else hit.term, "place", span, "clause")
        if kind == "area":
            name = self._area(hit.term, text, at, context)
            return Subject(name, "place", span, "clause") if name else None
        if kind == "main" and _STREET in hit.term:
            return _street(context, span)
        if kind == "main" and (context.main is None or context.main.name == NATIONAL):
            place = next((i for i in reversed(text.between(0, at, "name")) if i.name.type == "place"), None)
            return replace(context.named(text, place), span=span) if place is not None else None
        if kind == "main":
            return Subject(context.main.name, context.main.kind, span, "clause") if context.main else None
        own = self._own_name(hit, text, at, context) if kind == "thing" else None
        known = own or self._mentioned(_MEANT[kind], self._fits[hit.term], text, at, context)
        if known is None:
            return Subject(hit.term, "place", span, "clause") if hit.term in self._stays else None
        phase = _PHASE.match(text.text, last)
        return Subject(known.name + (phase.group() if phase else ""), known.kind, span, "clause")

    @staticmethod
    def _own_name(hit: Hit[str], text: Text, at: int, context: Context) -> Subject | None:
        """Return the name that such a word makes with the bare name of a place right before it (南川|灌区)."""
        named = [i for i in text.between(max(0, at - _NEXT_DIVISION), at, "name") if i.end == at]
        if not named or named[0].name.type != "place" or text.text[at - 1] in _LEVELS + "州盟旗村道会":
            return None
        name = text.text[named[0].start : at] + hit.term
        return Subject(context.full(name), "project", text.view.span(named[0].start, at + len(hit.term)), "clause")

    @staticmethod
    def _mentioned(
        kinds: tuple[str, ...], fits: re.Pattern[str], text: Text, at: int, context: Context
    ) -> Subject | None:
        """Return what 该园区, 当地, 该镇 go back to: the last fitting name of the paragraph, else of the article.

        A word that tells its kind (园区, not 项目) and that nothing before it answers is what the
        whole article speaks of most: a lede names it after the fact.
        """
        work = context.work
        if work is not None and kinds == ("project",) and work.kind == "project" and not fits.pattern:
            return work
        if work is not None and fits.pattern and fits.search(_WORK.sub("", work.name)):
            return work  # 学校 after 新区中学项目用地179亩
        whole = kinds == _MEANT["zone"] or text.text[at] in _WHOLE or _PHASE.match(text.text, at) is not None
        main = context.main if whole and not text.text.startswith("该", at) else None
        if main is not None and main.kind in kinds and fits.search(main.name):
            return _leading(kinds, fits, text, at, context) or main
        for item in reversed(text.between(0, at, "name")):
            named = item.name.type in kinds and fits.search(text.text[item.start : item.end])
            counted = bool(text.between(item.end, item.end + _COUNT, "figure"))  # 建成生产线三条
            own = kinds == _MEANT["organisation"]
            stands_by = _in_list(text, item) or context.aside(text, item) if own else context.skipped(text, item)
            if named and not counted and not stands_by:
                return context.named(text, item)
        recent = [] if text.text.startswith(_VILLAGE, at) else reversed(context.recent)  # 村集体 of no village of late
        told: list[Subject | None] = [*recent, context.main, context.place]
        if "place" in kinds and not fits.pattern:
            told.append(context.around)
        for known in told:
            if known is not None and known.kind in kinds and fits.search(known.name) and known.name != NATIONAL:
                return known
        if not fits.pattern:
            places = reversed(text.between(0, at, "name")) if kinds == _MEANT["that"] else iter(())
            near = next((i for i in places if i.name.type == "place"), None)  # 在长垣采访了解到，当地…
            return context.named(text, near) if near is not None else None
        fitting = [(n, name, kind) for (name, kind), n in context.names.items() if kind in kinds and fits.search(name)]
        most = max((n for n, *_ in fitting), default=0)
        first = [(name, kind) for n, name, kind in fitting if n == most]
        once = kinds == _MEANT["zone"] and most == 1 and not any(context.said(name) > 1 for name, _ in first)
        if len(first) != 1 or once or (most == 1 and len(fitting) > 1):
            return None  # 园区建设推进… of several, one of which is named later and but once
        return Subject(*first[0], None, "article")

    def _area(self, term: str, text: Text, before: int, context: Context) -> str:
        """Return the place that 全市 stands for: the article's own, when the level fits, else the words themselves."""
        place = context.place.name if context.place else ""
        if place.endswith(_BELOW) and term[-1] in _ABOVE:
            place = ""  # 全区 on the page of a sub-district is the district that it lies in
        if term.endswith("内"):
            return context.full(place)
        above = term[0] == "我" and term[-1] not in _LOWEST
        if place and (place[-1:] not in _LEVELS or place.endswith(term[-1]) or above):
            return context.full(place)
        main = context.main
        if context.work is not None and context.work.kind == "place" and context.work.name.endswith(term[-1]):
            return context.work.name  # 中心村位于县城以北，全村…
        if main and main.kind == "place" and main.name.endswith(term[1:]) and not self.unresolved(main.name):
            return main.name
        spoken = _behind(term[-1], text, before, context) if term[0] in _SPOKEN else ""
        spoken = spoken or (_told(term[-1], context) if term[-1] in _LOWEST else "")
        return _before(term[-1], text, before, context) or spoken or _of_level(term[-1], context.book) or term

    def national_at(self, text: Text, leads: Callable[[Text, int], bool]) -> Subject | None:
        """Return the country where a paragraph speaks of it as a subject, and of no other place by a word of scope."""
        hits = [h for h in self.hits(text) if not _named(text, h)]
        if any(h.entry == "area" for h in hits):
            return None
        first = next((h for h in hits if h.entry == "national" and leads(text, h.start)), None)
        return Subject("全国", "place", text.view.span(first.start, first.end), "article") if first else None

    def national(self, texts: list[Text], context: Context, leads: Callable[[Text, int], bool]) -> Subject | None:
        """Return the whole country for an article without a place that speaks of 全国, 我国 or 国内生产总值.

        `leads` says whether a word stands where a subject does: 位列全国第一 and 发往全国各地 are about no country.
        One that speaks of 全省 more often, and cannot tell which, is about no country: the words themselves stay, those
        that begin a clause before all.
        """
        hits = [(text, hit) for text in texts for hit in self.hits(text) if not _named(text, hit)]
        kinds = Counter(hit.entry for _, hit in hits)
        leading = [(text, hit) for text, hit in hits if leads(text, hit.start)]
        opening = Counter(hit.entry for _, hit in leading)
        if kinds["area"] > kinds["national"] or opening["area"] > opening["national"]:
            areas = (self.resolve(h, t, h.start, context) for t, h in leading if h.entry == "area")
            first = next((a for a in areas if a is not None), None)
            return replace(first, how="article") if first else None
        for text, hit in hits:
            owned = hit.entry == "implied" and _in_place(text, hit.start)  # 吕梁市全社会用电量
            if (hit.entry == "implied" and not owned) or (hit.entry == "national" and leads(text, hit.start)):
                return Subject(NATIONAL, "place", text.view.span(hit.start, hit.end), "article")
        return None


def _leading(kinds: tuple[str, ...], fits: re.Pattern[str], text: Text, at: int, context: Context) -> Subject | None:
    """Return the last fitting name before a position that begins its sentence: a paragraph may be about another."""
    for item in reversed(text.between(0, at, "name")):
        begins = not text.text[text.full_sentence(item.start)[0] : item.start].strip("　 ")
        if begins and item.name.type in kinds and fits.search(text.text[item.start : item.end]):
            return context.named(text, item)
    return None


def _in_list(text: Text, item: Item) -> bool:
    """Say whether a name is one of a list (为长城、比亚迪等车企提供空调)."""
    return "、" in (text.text[item.start - 1 : item.start], text.text[item.end : item.end + 1])


def _in_place(text: Text, position: int) -> bool:
    """Say whether the sentence names a place before a position."""
    before = text.between(text.full_sentence(position)[0], position, "name")
    return any(i.name.type == "place" for i in before)


def _street(context: Context, span: tuple[int, int]) -> Subject | None:
    """Return the sub-district that 街道 means: what the article is about, else the one it names most."""
    main = context.main
    if main is None or _STREET not in main.name:
        named = [(n, name) for (name, kind), n in context.names.items() if kind == "place" and name.endswith(_STREET)]
        if named:
            return Subject(max(named)[1], "place", span, "clause")
    return Subject(main.name, main.kind, span, "clause") if main else None


def _named(text: Text, hit: Hit[str]) -> bool:
    """Say whether a word of scope stands inside a name (中国人民银行)."""
    return any(
        i.start <= hit.start < i.end
        for i in text.between(max(0, hit.start - _LONGEST_NAME), hit.end + _LONGEST_NAME, "name")
    )


def _before(level: str, text: Text, before: int, context: Context) -> str:
    """Return the last place of a level that the paragraph names before a position."""
    for item in reversed(text.between(0, before, "name")):
        if item.name.type == "place":
            name = context.named(text, item).name
            if name.endswith(level) or _has_level(name, level, context.book):
                return name
    return ""


def _told(level: str, context: Context) -> str:
    """Return the place of a level whose figures were told last."""
    return next((s.name for s in reversed(context.recent) if s.kind == "place" and s.name.endswith(level)), "")


def _has_level(name: str, level: str, book: Book) -> bool:
    """Say by its code whether a place named without its level (湖南, 西安) is of that level."""
    code = next((e.code or "" for e in book.entities if e.name == name), "")
    province = code.endswith("0000")
    return province if level in "省区" else level == "市" and code.endswith("00") and not province


def _county(name: str, level: str, book: Book) -> bool:
    """Say whether a place named without its level (潼关) is a county, 区 or 旗 of that level."""
    area = book.area(name) if level in "县区旗" else None
    return area is not None and area.county.endswith(level) and area.county.startswith(name)


def _behind(level: str, text: Text, position: int, context: Context) -> str:
    """Return the first place of a level that the paragraph names behind a position (“咱们村…”，沙坪村支书说)."""
    for item in text.between(position, len(text.text), "name"):
        if item.name.type == "place" and item.name.name.endswith(level):
            return context.named(text, item).name
    return ""


def _of_level(level: str, book: Book) -> str:
    """Return the page's one place of a level (省, 市, 县), the one with most mentions."""
    named = [e for e in book.entities if e.type == "place"]
    places = [e for e in named if e.name.endswith(level)] or [e for e in named if _county(e.name, level, book)]
    counts = sorted((len(e.mentions) for e in places), reverse=True)
    if not places and level == "市":
        return _city(named, book)
    if not places or (len(counts) > 1 and counts[0] == counts[1]):
        return ""
    return max(places, key=lambda e: len(e.mentions)).name


def _city(places: list[Entity], book: Book) -> str:
    """Return the city that a page names before all other places, without its level (东台农业…: 我市)."""
    first = min((e for e in places if e.mentions), key=lambda e: e.mentions[0], default=None)
    area = book.area(first.name) if first is not None else None
    if first is None or area is None:
        return ""
    own = area.county or area.city
    return first.name if own == first.name + "市" else ""
