"""The entities of a page: every form with all its mentions, joined into entities, places with codes."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from zhengwen.entities.aliases import Form, Joiner
from zhengwen.entities.gazetteer import CITY, COUNTY, TOWNSHIP, Area, Place
from zhengwen.entities.lexis import Lexis
from zhengwen.records import Entity
from zhengwen.stages import Candidate, Frame, Layout, NameMention, Paragraph

__all__ = ["Book", "collect", "leading"]

NOW = 2024
"""The year to resolve places in when the page has no date: the last that the list knows whole."""

STOPS = "。！？\n"
STOP = re.compile(f"[{STOPS}]")
LEAST = 4
"""The fewest characters that are a name without the division in front."""
LONGEST_SENTENCE = 240
"""A sentence longer than this (a flattened table) is shown in part."""
LEVEL_FIRST = frozenset("省市县区州旗镇乡村我全本该")
"""A body's name that begins so says not of which place it is (市财政局)."""
ZONES = re.compile(r"(?:示范区|高新区|开发区|经开区|新区|合作区|保税区|综保区|试验区|管理区|度假区|园区)$")
BRACKET = re.compile(r"[（(](?:以下)?(?:统)?(?:简称|称)[:：为]?[“\"‘]?(?P<name>[^“”\"（）()，。；]{2,16})[”\"’]?[）)]")
NUMBERED_ROAD = re.compile(r"[GSX]?\d{1,4}(?:国道|省道|县道|乡道)")


@dataclass(frozen=True)
class Book:
    """What a page names: its entities, what each form stands for, and where places lie."""

    entities: tuple[Entity, ...]
    forms: Mapping[str, int] = field(default_factory=dict)
    """Each form on the page → the index of its entity."""
    context: tuple[str, ...] = ()
    """The page's places, from the one that its articles are about to the least named."""
    year: int = NOW
    lexis: Lexis | None = None
    codes: Mapping[str, int] = field(default_factory=dict)
    """Each code of a division on the page → the index of its entity."""
    _areas: dict[str, Area | None] = field(default_factory=dict, compare=False, repr=False)
    """What `area` has answered: every figure asks for its subject's and its article's."""

    @cached_property
    def by_form(self) -> Mapping[str, tuple[Entity, ...]]:
        """The entities of each name and alias, in their order."""
        found: dict[str, tuple[Entity, ...]] = {}
        for entity in self.entities:
            for form in dict.fromkeys((entity.name, *entity.aliases)):
                found[form] = (*found.get(form, ()), entity)
        return found

    @cached_property
    def types(self) -> Mapping[str, str]:
        """The type of each entity by its name."""
        return {e.name: e.type for e in self.entities}

    def canonical(self, form: str) -> str | None:
        """Return the fullest name on the page of what `form` names; None when the page names no such thing."""
        found = self._entity(form)
        return found.name if found else None

    def id_of(self, form: str) -> str:
        """Return the id of the entity that `form` names, by its code where the page has another form (杭州 for 杭州市).

        Empty when the page names no such thing.
        """
        found = self._entity(form) if form else None
        if found is None and form and self.lexis is not None:
            place = _exact(form, self.context, self.year, self.lexis)
            found = self.entities[self.codes[place.code]] if place and place.code in self.codes else None
        return found.entity_id if found else ""

    def type_of(self, form: str) -> str | None:
        """Return the type of what `form` names."""
        found = self._entity(form)
        return found.type if found else None

    def area(self, name: str) -> Area | None:
        """Return the administrative place that `name` is, or that it names in front (余姚市交通局 → 余姚市).

        Which of several places of one name is meant is decided by the page's other places and its date; None when
        that leaves it open.
        """
        if self.lexis is None or not name:
            return None
        if name not in self._areas:
            self._areas[name] = self._area(name, self.lexis)
        return self._areas[name]

    def _area(self, name: str, lexis: Lexis) -> Area | None:
        found = self._entity(name)
        for form in dict.fromkeys([name, *((found.name, *found.aliases) if found else ())]):
            place = _place(form, self.context, self.year, lexis)
            if place is not None:
                return lexis.places.area(place, self.year)
        return None

    def _entity(self, form: str) -> Entity | None:
        form = "".join(form.split())
        index = self.forms.get(form)
        if index is None and self.lexis is not None:
            cut = Joiner(self.lexis).prefix(form)
            index = self.forms.get(form[cut:]) if cut else None
        return None if index is None else self.entities[index]


def collect(
    layout: Layout,
    texts: Mapping[tuple[int, int], Paragraph],
    taken: Mapping[tuple[int, int], Sequence[Candidate]],
    frames: Sequence[Frame],
    lexis: Lexis,
) -> Book:
    """Return the book of a page from the readings that were taken."""
    forms = _forms(texts, taken, lexis)
    joiner = Joiner(lexis)
    groups = joiner.join(forms, _defined(texts, taken))
    context = _context(layout, groups, frames)
    year = _year(layout, frames)
    given = [p for c in (layout.page.meta.place, *(f.place for f in frames)) if (p := _place(c, context, year, lexis))]
    scope = given[0].code if given else ""
    entities = tuple(_entity(layout.page.source, g, joiner, context, year, scope) for g in groups)
    index = {f.text: i for i, g in enumerate(groups) for f in g}
    for i, entity in enumerate(entities):
        index |= {a: i for a in entity.aliases if a not in index}
    codes = {e.code: i for i, e in reversed(list(enumerate(entities))) if e.code}
    return Book(entities, index, context, year, lexis, codes)


def _forms(
    texts: Mapping[tuple[int, int], Paragraph], taken: Mapping[tuple[int, int], Sequence[Candidate]], lexis: Lexis
) -> list[Form]:
    """Return the page's forms with their mentions; a form's type is the one most of its mentions have."""
    forms: dict[str, Form] = {}
    types: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    first: dict[str, tuple[int, int]] = {}
    for key in sorted(taken):
        paragraph = texts.get(key)
        if paragraph is None:
            continue
        before: tuple[int, str] = (-1, "")
        for candidate in taken[key]:
            mention = _mention(paragraph, candidate)
            if mention is None:
                continue
            text = "".join(mention.name.split())
            form = forms.get(text)
            if form is None:
                form = forms[text] = Form(text, mention.type, rule=candidate.rule)
            span = paragraph.view.span(candidate.start, candidate.end)
            if text not in first or span < first[text]:
                first[text] = span
                form.sentence = _sentence(paragraph.view.text, candidate.start)
            form.spans.append(span)
            form.role = form.role or mention.role
            if before[0] == candidate.start and mention.type in {"place", "project"}:
                form.superiors.append(before[1])
            types[text][mention.type] += 1
            place = mention.type == "place" and text in lexis.known and lexis.known[text].division
            before = (candidate.end, text) if place else (-1, "")
    for text, form in forms.items():
        counts = types[text]
        form.type = max(counts, key=counts.__getitem__)
        form.spans.sort()
    return list(forms.values())


def _sentence(text: str, at: int) -> str:
    """Return the sentence around a position, of a very long one the part nearest to it."""
    start = max([text.rfind(c, 0, at) for c in STOPS]) + 1
    stop = STOP.search(text, at)
    end = stop.end() if stop else len(text)
    if end - start > LONGEST_SENTENCE:
        start, end = max(start, at - LONGEST_SENTENCE // 2), min(end, at + LONGEST_SENTENCE // 2)
    return text[start:end].strip()


def _defined(
    texts: Mapping[tuple[int, int], Paragraph], taken: Mapping[tuple[int, int], Sequence[Candidate]]
) -> list[tuple[str, str]]:
    """Return the short names that brackets define, each with its full name."""
    pairs = []
    for key, candidates in taken.items():
        text = texts[key].view.text if key in texts else ""
        for c in candidates:
            if c.kind == "name" and text[c.end : c.end + 1] in {"（", "("} and (match := BRACKET.match(text, c.end)):
                pairs.append((match["name"], re.sub(r"\s", "", text[c.start : c.end])))
    return pairs


def _mention(paragraph: Paragraph, candidate: Candidate) -> NameMention | None:
    if isinstance(candidate.reading, NameMention):
        return candidate.reading
    if candidate.kind == "label":
        text = paragraph.view.text[candidate.start : candidate.end]
        return NameMention(text, "place") if NUMBERED_ROAD.fullmatch(text) else None
    return None


def _entity(source: str, group: list[Form], joiner: Joiner, context: Sequence[str], year: int, scope: str) -> Entity:
    best = _fullest(group, joiner)
    name, kind = best.text, best.type
    ordered = group if len(group) == 1 else sorted(group, key=lambda f: f.spans[0])
    aliases = [f.text for f in ordered if f.text != name]
    aliases += [s + f.text for f in group for s in dict.fromkeys(f.superiors) if s + f.text != name]
    aliases += [u for f in group for u in _undivided(f, joiner) if u != name]
    spans = sorted(s for f in group for s in f.spans)
    code = ""
    if kind == "place":
        place = _exact(name, (*best.superiors, *context), year, joiner.lexis, within=best.superiors)
        place = place or _city(name, best.superiors, year, joiner.lexis)
        forms = {f.text for f in group}
        code = place.code if place and not _stray(place, forms, context, joiner.lexis) else ""
    return Entity(
        source=source,
        entity_id=_identity(kind, name, code, scope, source),
        name=name,
        type=kind,
        aliases=tuple(dict.fromkeys(aliases)),
        role=next((f.role for f in group if f.role), ""),
        mentions=tuple(spans),
        count=len(spans),
        sentence=ordered[0].sentence,
        code=code,
        rule=best.rule,
    )


def _undivided(form: Form, joiner: Joiner) -> list[str]:
    """Return what a form is called without the divisions in front (鹿城区|滨江商务区), nothing when that is no name.

    The page writes the division and the name side by side: both readings are the same thing.
    """
    if form.type not in {"project", "organisation"} or form.rule == "names.body":
        return []
    lexis, rest, names = joiner.lexis, form.text, []
    while size := next((n for n in range(min(8, len(rest) - LEAST), 1, -1) if _division(rest[:n], lexis)), 0):
        rest = rest[size:]
        if rest not in lexis.suffixes and rest not in lexis.ordinary and rest not in lexis.known:
            names.append(rest)
    return names


def _city(name: str, superiors: Sequence[str], year: int, lexis: Lexis) -> Place | None:
    """Return the city that a mountain's or river's name means behind its province (安徽|黄山)."""
    if not superiors or name not in lexis.places.shorts:
        return None
    place = lexis.places.resolve(name, superiors, year, within=superiors)
    return place if place is not None and place.level == CITY else None


def _stray(place: Place, forms: set[str], context: Sequence[str], lexis: Lexis) -> bool:
    """Tell whether a county is named by its short form alone on a page that names nothing of its province (大关)."""
    if place.level != COUNTY or any(f in lexis.places.by_name for f in forms):
        return False
    around = (p for c in context if c not in forms for p in lexis.places.find(c) if p.level < TOWNSHIP)
    return not any(p.code[:2] == place.code[:2] for p in around)


def _identity(kind: str, name: str, code: str, scope: str, source: str) -> str:
    """Return an id that is the same on every page that names the same thing, whatever the order of the pages.

    A division is known by its code, a document and a body that says whose it is by their names. What many places have
    (市财政局, 人民路, 产业园) is the same only on pages of one place, whose code is `scope`; a person, of whom many may
    bear one name, only on one page.
    """
    if kind == "place" and code:
        key = code
    elif kind == "person":
        key = f"{name}\0{source}"
    elif kind == "document" or (kind == "organisation" and name[0] not in LEVEL_FIRST):
        key = name
    else:
        key = f"{name}\0{scope}"
    return hashlib.blake2b(f"{kind}\0{key}".encode(), digest_size=8).hexdigest()


def _fullest(group: list[Form], joiner: Joiner) -> Form:
    """Return the form that names the entity: the longest, for a place without a superior division in front."""

    def rank(form: Form) -> tuple[bool, int, int]:
        divided = form.type == "place" and joiner.prefix(form.text) > 0 and form.text not in joiner.lexis.known
        return (not divided, len(form.text), -form.spans[0][0])

    return group[0] if len(group) == 1 else max(group, key=rank)


def _context(layout: Layout, groups: Sequence[Sequence[Form]], frames: Sequence[Frame]) -> tuple[str, ...]:
    """Return the page's places: those of its articles and metadata, then by the number of mentions."""
    counts = Counter({f.text: len(f.spans) for g in groups for f in g if f.type == "place"})
    given = [layout.page.meta.place, *(f.place for f in frames)]
    named = [n for n, _ in sorted(counts.items(), key=lambda x: (-x[1], x[0]))]
    return tuple(dict.fromkeys([g for g in given if g] + named))


def _year(layout: Layout, frames: Sequence[Frame]) -> int:
    dates = [f.reporting or f.date for f in frames] + [layout.page.meta.date]
    years = [int(d[:4]) for d in dates if re.match(r"\d{4}", d)]
    return years[0] if years else NOW


def _exact(name: str, context: Sequence[str], year: int, lexis: Lexis, within: Sequence[str] = ()) -> Place | None:
    """Return the division that `name` is, read from its lowest part, its own superiors first in the context."""
    parts = _parts(name, lexis)
    if not parts:
        return None
    around = _around(tuple(context), lexis)
    above = [*(p for part in within for p in _parts(part, lexis) or (part,)), *parts[:-1]]
    return lexis.places.resolve(parts[-1], [*reversed(parts[:-1]), *around], year, within=above)


def _place(name: str, context: Sequence[str], year: int, lexis: Lexis) -> Place | None:
    """Return the division that `name` is or begins with; for a zone, the city or county that it lies in."""
    exact = _exact(name, context, year, lexis)
    if exact is not None:
        return exact
    cut = leading(name, lexis)
    if cut:
        return _exact(name[:cut], context, year, lexis)
    if ZONES.search(name):
        for near in context:
            place = _exact(near, context, year, lexis) or _exact(near[: leading(near, lexis)], context, year, lexis)
            if place is not None:
                return place
    return None


@lru_cache(maxsize=4096)
def _parts(name: str, lexis: Lexis) -> tuple[str, ...]:
    """Return the divisions that a name is made of (温州市鹿城区 → 温州市, 鹿城区); none when it is more than that."""
    cut = leading(name, lexis)
    if not name or cut != len(name):
        return ()
    parts, at = [], 0
    while at < len(name):
        size = next(n for n in range(min(12, len(name) - at), 1, -1) if _division(name[at : at + n], lexis))
        parts.append(name[at : at + size])
        at += size
    return tuple(parts)


@lru_cache(maxsize=64)
def _around(context: tuple[str, ...], lexis: Lexis) -> tuple[str, ...]:
    """Return the places of a context, each name taken apart into its divisions, the lowest first."""
    return tuple(p for part in context for p in reversed(_parts(part, lexis) or (part,)))


@lru_cache(maxsize=8192)
def leading(name: str, lexis: Lexis) -> int:
    """Return the length of the divisions in front of a name."""
    at = 0
    while at < len(name):
        size = next((n for n in range(min(12, len(name) - at), 1, -1) if _division(name[at : at + n], lexis)), 0)
        if not size:
            break
        at += size
    return at


def _division(text: str, lexis: Lexis) -> bool:
    """Tell whether a text is a division's name and nothing else (江南 is a region, 太湖 a lake)."""
    if text in lexis.known:
        return lexis.known[text].division
    if text in lexis.common and text not in lexis.places.by_name:
        return False
    return bool(lexis.places.by_name.get(text) or lexis.places.shorts.get(text))
