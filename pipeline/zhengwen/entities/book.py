"""The entities of a page: every form with all its mentions, joined into entities, places with codes."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from zhengwen.entities.aliases import Form, Joiner
from zhengwen.entities.gazetteer import Area, Place
from zhengwen.entities.lexis import Lexis
from zhengwen.records import Entity
from zhengwen.stages import Candidate, Frame, Layout, NameMention, Paragraph

__all__ = ["Book", "collect"]

NOW = 2024
"""The year to resolve places in when the page has no date: the last that the list knows whole."""

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

    def canonical(self, form: str) -> str | None:
        """Return the fullest name on the page of what `form` names; None when the page names no such thing."""
        found = self._entity(form)
        return found.name if found else None

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
        found = self._entity(name)
        for form in dict.fromkeys([name, *((found.name, *found.aliases) if found else ())]):
            place = _place(form, self.context, self.year, self.lexis)
            if place is not None:
                return self.lexis.places.area(place, self.year)
        return None

    def _entity(self, form: str) -> Entity | None:
        form = re.sub(r"\s", "", form)
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
    entities = tuple(_entity(layout.page.source, g, joiner, context, year) for g in groups)
    index = {f.text: i for i, g in enumerate(groups) for f in g}
    for i, entity in enumerate(entities):
        index |= {a: i for a in entity.aliases if a not in index}
    return Book(entities, index, context, year, lexis)


def _forms(
    texts: Mapping[tuple[int, int], Paragraph], taken: Mapping[tuple[int, int], Sequence[Candidate]], lexis: Lexis
) -> list[Form]:
    """Return the page's forms with their mentions; a form's type is the one most of its mentions have."""
    forms: dict[str, Form] = {}
    types: dict[str, Counter[str]] = {}
    for key in sorted(taken):
        paragraph = texts.get(key)
        if paragraph is None:
            continue
        before: tuple[int, str] = (-1, "")
        for candidate in taken[key]:
            mention = _mention(paragraph, candidate)
            if mention is None:
                continue
            text = re.sub(r"\s", "", mention.name)
            form = forms.setdefault(text, Form(text, mention.type, rule=candidate.rule))
            form.spans.append(paragraph.view.span(candidate.start, candidate.end))
            form.role = form.role or mention.role
            if before[0] == candidate.start and mention.type in {"place", "project"}:
                form.superiors.append(before[1])
            types.setdefault(text, Counter())[mention.type] += 1
            place = mention.type == "place" and text in lexis.known and lexis.known[text].division
            before = (candidate.end, text) if place else (-1, "")
    for text, form in forms.items():
        form.type = types[text].most_common(1)[0][0]
        form.spans.sort()
    return list(forms.values())


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


def _entity(source: str, group: list[Form], joiner: Joiner, context: Sequence[str], year: int) -> Entity:
    best = _fullest(group, joiner)
    name, kind = best.text, best.type
    aliases = [f.text for f in sorted(group, key=lambda f: f.spans[0]) if f.text != name]
    aliases += [s + f.text for f in group for s in dict.fromkeys(f.superiors) if s + f.text != name]
    spans = sorted(s for f in group for s in f.spans)
    code = ""
    if kind == "place":
        place = _exact(name, (*best.superiors, *context), year, joiner.lexis)
        code = place.code if place else ""
    return Entity(
        source=source,
        entity_id=hashlib.blake2b(f"{source}\0{kind}\0{name}".encode(), digest_size=8).hexdigest(),
        name=name,
        type=kind,
        aliases=tuple(dict.fromkeys(aliases)),
        role=next((f.role for f in group if f.role), ""),
        mentions=tuple(spans),
        code=code,
        rule=best.rule,
    )


def _fullest(group: list[Form], joiner: Joiner) -> Form:
    """Return the form that names the entity: the longest, for a place without a superior division in front."""

    def rank(form: Form) -> tuple[bool, int, int]:
        divided = form.type == "place" and joiner.prefix(form.text) > 0 and form.text not in joiner.lexis.known
        return (not divided, len(form.text), -form.spans[0][0])

    return max(group, key=rank)


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


def _exact(name: str, context: Sequence[str], year: int, lexis: Lexis) -> Place | None:
    """Return the division that `name` is, read from its lowest part, its own superiors first in the context."""
    parts = _parts(name, lexis)
    if not parts:
        return None
    around = [p for part in context for p in reversed(_parts(part, lexis) or [part])]
    return lexis.places.resolve(parts[-1], [*reversed(parts[:-1]), *around], year)


def _place(name: str, context: Sequence[str], year: int, lexis: Lexis) -> Place | None:
    """Return the division that `name` is or begins with; for a zone, the city or county that it lies in."""
    exact = _exact(name, context, year, lexis)
    if exact is not None:
        return exact
    cut = _leading(name, lexis)
    if cut:
        return _exact(name[:cut], context, year, lexis)
    if ZONES.search(name):
        for near in context:
            place = _exact(near, context, year, lexis) or _exact(near[: _leading(near, lexis)], context, year, lexis)
            if place is not None:
                return place
    return None


@lru_cache(maxsize=4096)
def _cached_parts(name: str, lexis: Lexis) -> tuple[str, ...]:
    cut = _leading(name, lexis)
    if not name or cut != len(name):
        return ()
    parts, at = [], 0
    while at < len(name):
        size = next(n for n in range(min(12, len(name) - at), 1, -1) if _division(name[at : at + n], lexis))
        parts.append(name[at : at + size])
        at += size
    return tuple(parts)


def _parts(name: str, lexis: Lexis) -> list[str]:
    """Return the divisions that a name is made of (温州市鹿城区 → 温州市, 鹿城区); none when it is more than that."""
    return list(_cached_parts(name, lexis))


def _leading(name: str, lexis: Lexis) -> int:
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
