"""How far two readers of the same pages agree: each one's labels judged against the other's, both ways together.

A reader's best reading of a slot stands for what they say, the other's alternatives for what they allow: the same test
that a program has to pass. What either reader marked optional counts for neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from zhengwen.errors import BadInput
from zhengwen.scoring.align import pair
from zhengwen.scoring.alternatives import alternatives, normal
from zhengwen.scoring.bootstrap import intervals
from zhengwen.scoring.judge import PageVerdict, judge
from zhengwen.scoring.pages import KINDS, GoldPage, Json
from zhengwen.scoring.scores import Tally, headline, tally
from zhengwen.scoring.slots import DEFAULTS

__all__ = ["Agreement", "agreement", "nominal_alpha"]

_WORDS = ("text", "record", "name", "title", "by")
"""Fields in which ` | ` would divide nothing."""
_CHOICES = ("kind", "measure", "approx", "status")
"""Slots of few values, for which agreement by chance is told too."""


@dataclass(frozen=True)
class Agreement:
    """The verdicts of two readers on each other, page by page."""

    verdicts: tuple[tuple[PageVerdict, PageVerdict], ...]

    @cached_property
    def tallies(self) -> list[Tally]:
        """The counts of both directions, added up page by page."""
        return [tally(one) + tally(other) for one, other in self.verdicts]

    @cached_property
    def scores(self) -> dict[str, float | None]:
        """The headline scores; the same whichever reader comes first."""
        return headline(self.tallies)

    @cached_property
    def intervals(self) -> dict[str, tuple[float, float]]:
        """Bootstrap intervals of the scores, over pages."""
        return intervals(self.tallies)

    @cached_property
    def counted(self) -> dict[str, tuple[int, int]]:
        """How many records of each kind the first and the second reader wrote, optional ones left out."""
        return {kind: (self._gold(0, kind), self._gold(1, kind)) for kind in KINDS}

    def _gold(self, side: int, kind: str) -> int:
        return sum(j.gold is not None for pair_ in self.verdicts for j in pair_[side].of(kind))

    @cached_property
    def alphas(self) -> dict[str, float]:
        """Krippendorff's nominal alpha of the slots of few values (best readings), and of the labels of lines."""
        figures = [j for one, _ in self.verdicts for j in one.of("figure") if j.strict]
        blocks = [j for one, _ in self.verdicts for j in one.of("block") if j.gold and j.found]
        rated = {slot: [(_best(j.gold, slot), _best(j.found, slot)) for j in figures] for slot in _CHOICES}
        rated["line label"] = [(_best(j.gold, "label"), _best(j.found, "label")) for j in blocks]
        return {slot: nominal_alpha(pairs) for slot, pairs in rated.items() if pairs}


def agreement(first: Sequence[GoldPage], second: Sequence[GoldPage]) -> Agreement:
    """Judge two readers' labels of the same pages against each other; `BadInput` where their pages or texts differ."""
    if [p.name for p in first] != [p.name for p in second]:
        raise BadInput("the two readers did not label the same pages", where="agreement")
    return Agreement(tuple(_both_ways(a, b) for a, b in zip(first, second, strict=True)))


def _both_ways(first: GoldPage, second: GoldPage) -> tuple[PageVerdict, PageVerdict]:
    if first.text != second.text:
        raise BadInput("the two readers did not label the same text", where=first.name)
    reviewed = first.reviewed & second.reviewed
    a, b = _certain(first.records, second.records)
    one, other = replace(first, records=a, reviewed=reviewed), replace(second, records=b, reviewed=reviewed)
    return judge(one, [_best_reading(r) for r in b]), judge(other, [_best_reading(r) for r in a])


def _certain(first: Sequence[Json], second: Sequence[Json]) -> tuple[tuple[Json, ...], tuple[Json, ...]]:
    """Drop what either reader holds optional, and what the other has in its place."""
    out_a, out_b = _marked(first), _marked(second)
    for i, j in _meeting(first, second):
        if i in out_a or j in out_b:
            out_a.add(i)
            out_b.add(j)
    kept_a = tuple(r for i, r in enumerate(first) if i not in out_a)
    return kept_a, tuple(r for j, r in enumerate(second) if j not in out_b)


def _marked(records: Sequence[Json]) -> set[int]:
    return {i for i, r in enumerate(records) if r.get("optional")}


def _meeting(first: Sequence[Json], second: Sequence[Json]) -> Iterable[tuple[int, int]]:
    for kind in ("figure", "time"):
        ours, theirs = _places(first, kind), _places(second, kind)
        for i, j in pair([first[i] for i in ours], [second[j] for j in theirs]):
            yield ours[i], theirs[j]
    for i in _places(first, "entity"):
        for j in _places(second, "entity"):
            if _names(first[i]) & _names(second[j]):
                yield i, j


def _places(records: Sequence[Json], kind: str) -> list[int]:
    return [i for i, r in enumerate(records) if r["record"] == kind]


def _names(entity: Json) -> set[str]:
    return {normal(n) for n in (entity["name"], *entity.get("aliases", ()))}


def _best_reading(record: Json) -> dict[str, Any]:
    """Return a gold record as one who must decide would say it: the first reading of every slot."""
    return {
        slot: alternatives(value)[0] if isinstance(value, str) and slot not in _WORDS else value
        for slot, value in record.items()
    }


def _best(record: Json | None, slot: str) -> str:
    value = (record or {}).get(slot) or DEFAULTS.get(slot)
    return str(alternatives(value)[0])


def nominal_alpha(pairs: Sequence[tuple[str, str]]) -> float:
    """Return Krippendorff's alpha of two readers who each gave every unit one name; 1 when all names are one."""
    named = Counter(name for both in pairs for name in both)
    total = named.total()
    differing = sum(a != b for a, b in pairs) / max(1, len(pairs))
    by_chance = 1 - sum(n * (n - 1) for n in named.values()) / max(1, total * (total - 1))
    return round(1 - differing / by_chance, 4) if by_chance else 1.0
