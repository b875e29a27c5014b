"""What travels between the corpus and a tool: an article's name, its text and its gold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zhengwen.corpus.folder import Gold, Json, find_name
from zhengwen.corpus.labels import SLOTS, read_slots
from zhengwen.errors import BadInput
from zhengwen.scoring.alternatives import alternatives
from zhengwen.scoring.pages import KINDS

__all__ = ["MARKS", "SPANS", "Carried", "assemble", "gold_read_in", "label_of", "place_of", "slots_of"]

SPANS = ("figure", "time", "entity")
"""The kinds that tools show as spans; articles and lines travel along unseen."""
MARKS = ("optional", "drafted")
_BY_NOBODY = "read in from another tool"


@dataclass(frozen=True)
class Carried:
    """One labelled article on its way."""

    name: str
    text: str
    gold: Gold


def place_of(record: Json, text: str, name: str) -> tuple[int, int]:
    """Return where a tool shows a record: a figure's and a time's span, an entity's first mention."""
    if record["record"] != "entity":
        return record["start"], record["end"]
    place = find_name(text, record["name"])
    if place is None:
        raise BadInput(f"not in the text: {record['name']}", where=name)
    return place


def label_of(record: Json) -> list[str]:
    """Return the labels under which a tool shows a record: its kind, or an entity's types, best first."""
    if record["record"] != "entity":
        return [record["record"]]
    return [t for t in alternatives(record.get("type")) if t]


def slots_of(record: Json, text: str, name: str) -> Json:
    """Return what a record says beyond its place and label: a name too, where the text breaks it."""
    said = {s: record[s] for s in SLOTS[record["record"]] if s in record}
    if record["record"] == "entity":
        start, end = place_of(record, text, name)
        for shown in ("type", *(["name"] if text[start:end] == record["name"] else [])):
            del said[shown]
    return said


def assemble(labels: Iterable[str], start: int, end: int, text: str, typed: Json, name: str) -> Json:
    """Return the record of a span with these labels and typed slots, checked as a reviewer's would be."""
    said = list(dict.fromkeys(labels))
    kinds = {label if label in SPANS else "entity" for label in said}
    if len(kinds) != 1 or not 0 <= start < end <= len(text):
        raise BadInput(f"no label can be read: {', '.join(said) or 'none'} at {start}:{end}", where=name)
    kind = kinds.pop()
    try:
        slots = read_slots(kind, typed)
        if kind == "entity":
            slots |= read_slots(kind, {"type": " | ".join(said)})
            return {"record": kind, "name": text[start:end]} | _filled(slots)  # a typed name goes before the span's
    except BadInput as error:
        raise BadInput(error.line(), where=f"{name}:{start}") from None
    return {"record": kind, "start": start, "end": end, "text": text[start:end]} | _filled(slots)


def _filled(slots: Json) -> Json:
    return {k: v for k, v in slots.items() if v is not None}


def gold_read_in(header: Json, unseen: Iterable[Json], spans: Iterable[Json], *, by_hand: bool) -> Gold:
    """Return the gold of an article that came back: what was labelled by hand counts from now on."""
    records = (*unseen, *spans)
    kinds = {r["record"] for r in records if r["record"] in SPANS} if by_hand else set()
    reviewed = [k for k in KINDS if k in kinds or k in header.get("reviewed", ())]
    return Gold({"record": "gold", "by": _BY_NOBODY} | header | {"reviewed": reviewed}, records)


def unseen_of(gold: Gold) -> Iterator[Json]:
    """Yield the records that no tool shows."""
    return (r for r in gold.records if r["record"] not in SPANS)
