"""Gold alternatives and how near a text must come to one: the contract's comparison of names and indicators."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["PageNames", "alternatives", "likeness", "normal", "same_name", "same_text", "same_whole", "tails"]

Json = Mapping[str, Any]

_DROPPED = re.compile(r"[\s的“”\"'‘’()（）《》〈〉「」\[\]【】,，、·]")
_COLLECTIVE = re.compile(r"[全我本该][省市区县镇乡村州盟旗街]|辖区$|[该本]街道$")
_ENOUGH = 0.75
_SHORTEST_TAIL = 3


def alternatives(value: object) -> list[str | None]:
    """Return the readings that a gold slot allows, best first; `null` is the empty one."""
    if value is None:
        return [None]
    return [None if part == "null" else part for part in str(value).split(" | ")]


def normal(text: str | None) -> str:
    """Return `text` without blanks, 的, quotes, brackets, 、 and ·, which make no difference."""
    return _DROPPED.sub("", text or "")


def likeness(a: str, b: str) -> float:
    """Return the share of characters that two texts have in common (F1 over multisets)."""
    if not a or not b:
        return 0.0
    return 2 * (Counter(a) & Counter(b)).total() / (len(a) + len(b))


def tails(a: str, b: str) -> bool:
    """Say whether one of two normal texts ends in the other."""
    return a.endswith(b) or b.endswith(a)


@dataclass(frozen=True)
class PageNames:
    """What a page's gold calls things: names of entities, places of its articles, indicators of its figures."""

    entities: Mapping[str, str] = field(default_factory=dict)
    """Every normal name and alias, and the full name of its entity."""
    places: tuple[str, ...] = ()
    indicators: frozenset[str] = frozenset()

    @classmethod
    def of(cls, gold: Iterable[Json]) -> PageNames:
        """Collect the names of a page from its gold records."""
        entities: dict[str, str] = {}
        places: list[str] = []
        indicators: set[str] = set()
        for record in gold:
            if record["record"] == "entity":
                entities |= {normal(n): record["name"] for n in [record["name"], *record.get("aliases", ())]}
            elif record["record"] == "article":
                places += [p for p in alternatives(record.get("place")) if p]
            elif record["record"] == "figure":
                indicators |= {normal(i) for i in alternatives(record.get("indicator")) if i}
        return cls(entities, tuple(places), frozenset(indicators))

    def same_entity(self, a: str, b: str) -> bool:
        """Say whether two normal names belong to one entity of the page."""
        return bool(self.entities.get(a)) and self.entities.get(a) == self.entities.get(b)

    def is_own_place(self, name: str | None) -> bool:
        """Say whether `name` is a place that one of the page's articles is about, or the whole country."""
        return any(name == "全国" or tails(normal(name), normal(place)) for place in self.places)


def same_text(gold: object, found: str | None, others: Iterable[str] = ()) -> bool:
    """Say whether `found` equals a gold alternative or is near enough to one, and no text of `others` is nearer."""
    allowed = alternatives(gold)
    wanted = {normal(a) for a in allowed if a is not None}
    got = normal(found)
    if not got:
        return None in allowed
    if not wanted or got in wanted:
        return got in wanted
    best = max(likeness(w, got) for w in wanted)
    return best >= _ENOUGH and all(other in wanted or likeness(other, got) <= best for other in others)


def same_name(gold: object, found: str | None, names: PageNames) -> bool:
    """Say whether `found` is what gold names: near enough, the tail of it, or another name of the same entity."""
    if same_text(gold, found):
        return True
    got = normal(found)
    for wanted in (normal(a) for a in alternatives(gold) if a and found):
        if min(len(wanted), len(got)) >= _SHORTEST_TAIL and tails(wanted, got):
            return True
        if names.same_entity(wanted, got):
            return True
    return False


def same_whole(gold: object, found: str | None, names: PageNames) -> bool:
    """Say whether `found` is the whole, field or reference that gold gives in `of`.

    A collective (全区) is also met by the name of the article's place.
    """
    if same_name(gold, found, names):
        return True
    collective = any(a and _COLLECTIVE.match(a) for a in alternatives(gold))
    return bool(found) and collective and any(tails(normal(found), normal(p)) for p in names.places)
