"""What a label may hold: slots as a person types them, checked and turned into the values that gold files keep."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache

from zhengwen.corpus.folder import Json
from zhengwen.errors import BadInput
from zhengwen.scoring.alternatives import alternatives
from zhengwen.scoring.periods import span

__all__ = ["SLOTS", "draft_of", "read_slots", "said", "typed_slot"]

SLOTS: Mapping[str, tuple[str, ...]] = {
    "article": ("title", "date", "place"),
    "block": ("label", "article", "joins"),
    "figure": (
        *("value", "low", "high", "terms", "unit", "kind", "measure", "indicator", "subject", "period"),
        *("base", "of", "approx", "status", "part_of"),
    ),
    "time": ("value",),
    "entity": ("name", "type", "aliases", "role"),
}
"""The slots that a person fills in, by kind of record; `optional` is one of every kind but article and block."""

_IDENTITY = {"article": ("article",), "block": ("line",), "figure": (), "time": (), "entity": ()}
_DEFAULTS = {"approx": "exact", "status": "actual", "joins": False, "optional": False}
_NUMBERS = ("low", "high")
_PERIODS = ("period", "base", "date")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0", "")


def read_slots(kind: str, typed: Mapping[str, str]) -> Json:
    """Return typed slots as gold keeps them, None for a slot to be emptied.

    Several readings stand with ` | ` (or `|`) between them. Raises `BadInput` for a slot that the kind has not, or for
    a value that it cannot hold.
    """
    return {slot: _value(kind, slot, text.strip()) for slot, text in typed.items()}


def _value(kind: str, slot: str, text: str) -> object:
    may_be_doubtful = kind in ("figure", "time", "entity")
    if slot not in SLOTS[kind] and not (slot == "optional" and may_be_doubtful):
        raise BadInput(f"a {kind} has no slot {slot} (it has {' '.join(SLOTS[kind])})", where=slot)
    if slot in ("joins", "optional"):
        if text not in _YES + _NO:
            raise BadInput(f"{text} is not yes or no", where=slot)
        return text in _YES or None
    text = " | ".join(part.strip() for part in text.split("|"))
    if text in ("", "null"):
        return None
    return _checked(kind, slot, text)


def _checked(kind: str, slot: str, text: str) -> object:
    if slot in _NUMBERS or (kind, slot) == ("figure", "value"):
        return _number(slot, text)
    if slot == "terms":
        return [_number(slot, part) for part in re.split("[:：∶]", text)]
    if slot == "article":
        return _whole(slot, text)
    if slot == "aliases":
        return [a for a in re.split("[,，、;；]", text) if a]
    if slot in _PERIODS or (kind, slot) == ("time", "value"):
        _dates(slot, text)
    allowed = _allowed().get(f"{kind}.{slot}")
    if allowed and not all(a in allowed for a in alternatives(text) if a):
        raise BadInput(f"{text} is none of {' '.join(allowed)}", where=slot)
    return text


@lru_cache(maxsize=1)
def _allowed() -> dict[str, tuple[str, ...]]:
    from zhengwen import rules
    from zhengwen.schema import meanings

    closed = ("figure.kind", "figure.approx", "figure.measure", "figure.status", "block.label", "entity.type")
    said = meanings(rules.load())
    return {c: said[c][1] for c in closed}


def _number(slot: str, text: str) -> object:
    try:
        number = json.loads(text)
    except json.JSONDecodeError:
        number = None
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise BadInput(f"{text} is no number (420000000, -2.1)", where=slot)
    return number


def _whole(slot: str, text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise BadInput(f"{text} is no article's number", where=slot)
    return int(text)


def _dates(slot: str, text: str) -> None:
    for period in alternatives(text):
        ends = span(period) or ()
        if slot == "base" and not re.match(r"[\d/]", period or ""):
            continue  # yoy, seq, or an event in words
        if not all(e is None or _DAY.fullmatch(e) for e in ends):
            raise BadInput(f"{period} is no period (2020, 2020-09, 2020-Q3, 2020-H2, 2020-01/2020-05)", where=slot)


def said(record: Json) -> str:
    """Return what a record says, slot by slot, as it would be typed."""
    kind = record["record"]
    told = []
    for slot in (*SLOTS[kind], "optional"):
        value = record.get(slot)
        if value not in (None, ""):
            told.append(f"{slot}={typed_slot(slot, value)}")
    return "  ".join(told)


def typed_slot(slot: str, value: object) -> str:
    """Return a slot's value as a person would type it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return (":" if slot == "terms" else ",").join(map(str, value))
    return str(value)


def draft_of(record: Json, texts: Mapping[str, str]) -> Json:
    """Return one of the program's records as a label to be reviewed; `texts` are figures' texts by their id."""
    kind = record["record"]
    kept = ("record", *_IDENTITY[kind], *(("start", "end", "text") if kind in ("figure", "time") else ()), *SLOTS[kind])
    label = {k: record[k] for k in kept if record.get(k) not in (None, "", [], ()) and record[k] != _DEFAULTS.get(k)}
    if record.get("part_of"):
        label["part_of"] = texts.get(record["part_of"], record["part_of"])
    if label.get("value") is not None:
        label.pop("low", None)
        label.pop("high", None)
    return label | {"drafted": True}
