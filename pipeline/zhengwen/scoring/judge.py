"""One page judged: every gold record and every prediction gets a verdict, once.

All scores, lists of misses, comparisons and HTML pages are views of these verdicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from zhengwen.scoring.align import overlap, pair
from zhengwen.scoring.alternatives import PageNames, alternatives, normal, tails
from zhengwen.scoring.pages import GoldPage
from zhengwen.scoring.periods import equal, span
from zhengwen.scoring.slots import ROW, is_strict, part_total, slots_right, slots_set

__all__ = ["Judged", "PageVerdict", "Verdict", "judge"]

Json = Mapping[str, Any]
Verdict = Literal["right", "wrong", "missed", "spurious"]

_LONE_ONE = re.compile(r"一[^\d]{1,2}|首位|榜首|首家|首个|首次")
"""An unemphatic 一 with its classifier, and ranks without a numeral: never counted against a program."""


@dataclass(frozen=True)
class Judged:
    """One record of gold, the prediction that met it, and what is right about it."""

    record: str
    verdict: Verdict
    gold: Json | None
    found: Json | None
    slots: Mapping[str, bool] = field(default_factory=dict)
    """Slot by slot; empty for a figure whose span, value or unit is wrong."""
    filled: frozenset[str] = frozenset()
    """The sparse slots that gold or program sets."""

    @property
    def strict(self) -> bool:
        """Whether span and value (name and type, label and article) are right, whatever the slots say."""
        return bool(self.slots) if self.record == "figure" else self.verdict == "right"

    @property
    def wrong(self) -> tuple[str, ...]:
        """The slots that are not right."""
        return tuple(slot for slot, right in self.slots.items() if not right)

    @property
    def either(self) -> Json:
        """The gold record, or the prediction where gold has none."""
        record = self.gold if self.gold is not None else self.found
        assert record is not None
        return record

    @property
    def start(self) -> int:
        """Where it stands in the text (a block: its line; an entity: 0)."""
        return int(self.either.get("start", self.either.get("line", 0)))


@dataclass(frozen=True)
class PageVerdict:
    """All verdicts of one page; optional records are already left out."""

    page: GoldPage
    judged: tuple[Judged, ...]
    has_predictions: bool = True

    def of(self, record: str) -> list[Judged]:
        """Return the verdicts on one kind of record."""
        return [j for j in self.judged if j.record == record]

    def part(self, kinds: frozenset[str]) -> PageVerdict:
        """Return the verdicts on some kinds of record alone, as of a page on which only these were reviewed."""
        page = replace(self.page, reviewed=self.page.reviewed & kinds)
        return replace(self, page=page, judged=tuple(j for j in self.judged if j.record in kinds))


def judge(page: GoldPage, found: Sequence[Json]) -> PageVerdict:
    """Judge an extractor's records of a page against its gold, kind by kind, only the reviewed kinds."""
    predicted: dict[str, list[Json]] = {}
    for record in found:
        predicted.setdefault(record["record"], []).append(record)
    names = PageNames.of(page.records)
    judged: list[Judged] = []
    if "article" in page.reviewed:
        judged += _articles(page.of("article"), predicted.get("article", []))
    if "block" in page.reviewed:
        judged += _blocks(page.of("block"), predicted.get("block", []))
    if "figure" in page.reviewed:
        judged += _figures(page.of("figure"), predicted.get("figure", []), names)
    if "time" in page.reviewed:
        judged += _times(page.of("time"), predicted.get("time", []))
    if "entity" in page.reviewed:
        judged += _entities(page.of("entity"), predicted.get("entity", []))
    return PageVerdict(page, tuple(judged), has_predictions=bool(found))


def _met(gold: Sequence[Json], found: Sequence[Json]) -> tuple[list[tuple[int, int]], set[int]]:
    """Return the pairs that count, and the predictions that count neither way because gold is optional there."""
    pairs = pair(gold, found)
    met = {j for _, j in pairs}
    excused = {j for i, j in pairs if gold[i].get("optional")}
    doubtful = [g for g in gold if g.get("optional")]
    excused |= {j for j, p in enumerate(found) if j not in met and any(overlap(g, p) > 0 for g in doubtful)}
    return [(i, j) for i, j in pairs if not gold[i].get("optional")], excused


def _unmet(record: str, gold: Sequence[Json], found: Sequence[Json], paired: set[int], used: set[int]) -> list[Judged]:
    """Return what gold has and the program lacks, and the other way round."""
    missed = [g for i, g in enumerate(gold) if i not in paired and not g.get("optional")]
    spurious = [p for j, p in enumerate(found) if j not in used]
    return [Judged(record, "missed", g, None) for g in missed] + [Judged(record, "spurious", None, p) for p in spurious]


def _figures(gold: Sequence[Json], found: Sequence[Json], names: PageNames) -> list[Judged]:
    pairs, excused = _met(gold, found)
    met = {j for _, j in pairs} | excused
    excused |= {j for j, p in enumerate(found) if j not in met and _LONE_ONE.fullmatch(p.get("text") or "")}
    texts: dict[str, str] = {}
    for record in found:
        if record.get("figure_id") and record.get("text"):
            texts.setdefault(record["figure_id"], record["text"])
    judged = [_figure(gold[i], found[j], names, texts) for i, j in pairs]
    judged += _unmet("figure", gold, found, {i for i, _ in pairs}, {j for _, j in pairs} | excused)
    return sorted(judged, key=lambda j: j.start)


def _figure(gold: Json, found: Json, names: PageNames, texts: Mapping[str, str]) -> Judged:
    if not is_strict(gold, found):
        return Judged("figure", "wrong", gold, found)
    slots = slots_right(gold, found, names)
    filled = slots_set(gold, found, names)
    right = all(slots[slot] for slot in ROW)
    if "part_of" in filled:
        # From here on the total is named by its text, as people (and gold) name it.
        found = {**found, "part_of": part_total(found, texts)}
        slots["part_of"] = found["part_of"] in alternatives(gold.get("part_of"))
    return Judged("figure", "right" if right else "wrong", gold, found, slots, frozenset(filled))


def _times(gold: Sequence[Json], found: Sequence[Json]) -> list[Judged]:
    pairs, excused = _met(gold, found)
    judged = []
    for g, p in ((gold[i], found[j]) for i, j in pairs):
        same_span = (g["start"], g["end"]) == (p["start"], p["end"])
        days = span(p.get("value"))
        same_value = any(equal(span(a), days) for a in alternatives(g.get("value")))
        slots = {"span": same_span, "value": same_value}
        judged.append(Judged("time", "right" if all(slots.values()) else "wrong", g, p, slots))
    judged += _unmet("time", gold, found, {i for i, _ in pairs}, {j for _, j in pairs} | excused)
    return sorted(judged, key=lambda j: j.start)


def _names_of(record: Json) -> set[str]:
    return {normal(name) for name in [record["name"], *(record.get("aliases") or ())]}


def _entities(gold: Sequence[Json], found: Sequence[Json]) -> list[Judged]:
    """Each gold entity, in order, takes the first prediction of its type that shares a name with it."""
    keys = [_names_of(p) for p in found]
    used: set[int] = set()
    judged = []
    for g in gold:
        wanted, types = _names_of(g), alternatives(g["type"])
        hit = next(
            (j for j, p in enumerate(found) if j not in used and p.get("type") in types and wanted & keys[j]), None
        )
        if hit is not None:
            used.add(hit)
        if not g.get("optional"):
            judged.append(
                Judged("entity", "missed" if hit is None else "right", g, None if hit is None else found[hit])
            )
    return judged + [Judged("entity", "spurious", None, p) for j, p in enumerate(found) if j not in used]


def _articles(gold: Sequence[Json], found: Sequence[Json]) -> list[Judged]:
    by_number = {p.get("article"): p for p in found}
    judged = []
    for g in gold:
        p = by_number.get(g["article"])
        slots = {"date": _same_date(g, p or {})} if g.get("date") else {}
        slots["place"] = any(_same_place(wanted, (p or {}).get("place")) for wanted in alternatives(g.get("place")))
        verdict: Verdict = "missed" if p is None else "right" if all(slots.values()) else "wrong"
        judged.append(Judged("article", verdict, g, p, slots))
    return judged


def _same_date(gold: Json, found: Json) -> bool:
    """Say whether the date is a gold alternative, or one more exact within it."""
    date = str(found.get("date") or "")
    return any((a and date.startswith(a)) or equal(span(a), span(date)) for a in alternatives(gold["date"]))


def _same_place(wanted: str | None, place: str | None) -> bool:
    if not wanted or not place:
        return not wanted and not place
    return tails(normal(wanted), normal(place))


def _blocks(gold: Sequence[Json], found: Sequence[Json]) -> list[Judged]:
    by_line = {p["line"]: p for p in found}
    return [_block(g, by_line.get(line)) for line, g in _last(gold).items()]


def _last(records: Iterable[Json]) -> dict[int, Json]:
    return {r["line"]: r for r in records}


def _block(gold: Json, found: Json | None) -> Judged:
    if found is None:
        slots = {"label": False, "article": False} | ({"joins": False} if gold.get("joins") else {})
        return Judged("block", "missed", gold, None, slots, frozenset({"joins"} if gold.get("joins") else ()))
    slots = {
        "label": found.get("label") == gold["label"],
        "article": (found.get("article") or 0) == (gold.get("article") or 0),
    }
    joins = bool(gold.get("joins") or found.get("joins"))
    right = all(slots.values())
    if joins:
        slots["joins"] = bool(gold.get("joins")) == bool(found.get("joins"))
    return Judged("block", "right" if right else "wrong", gold, found, slots, frozenset({"joins"} if joins else ()))
