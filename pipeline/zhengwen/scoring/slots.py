"""When a figure's number and each of its slots are right (contract, “Scoring”)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zhengwen.scoring.alternatives import PageNames, alternatives, same_name, same_text, same_whole
from zhengwen.scoring.periods import same_base, same_period

__all__ = ["DEFAULTS", "ROW", "SLOTS", "SPARSE", "is_strict", "part_total", "same_value", "slots_right", "slots_set"]

Json = Mapping[str, Any]

SLOTS = ("kind", "approx", "measure", "indicator", "subject", "period", "base", "of", "status")
ROW = ("measure", "indicator", "subject", "period", "base", "of", "status")
"""The slots that must all be right for a row to be right."""
SPARSE = ("approx", "base", "of", "status")
"""Slots that are mostly empty, so that their accuracy is also given where gold or program sets them."""
DEFAULTS = {"approx": "exact", "status": "actual"}

_TOLERANCE = 1e-6


def _close(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    try:
        a, b = float(a), float(b)
    except (TypeError, ValueError):  # another extractor's “约3亿” is no number
        return False
    return abs(a - b) <= _TOLERANCE * max(1e-9, abs(a), abs(b))


def _ends(record: Json) -> tuple[float | None, float | None]:
    value = record.get("value")
    low, high = record.get("low"), record.get("high")
    return (value if low is None else low, value if high is None else high)


def same_value(gold: Json, found: Json) -> bool:
    """Say whether two figures hold the same number, range or ratio."""
    terms = gold.get("terms")
    if terms:
        others: Sequence[float] = found.get("terms") or ()
        return len(terms) == len(others) and all(map(_close, terms, others))
    return all(map(_close, _ends(gold), _ends(found)))


def is_strict(gold: Json, found: Json) -> bool:
    """Say whether span, value and unit of a figure are right."""
    return (
        (gold["start"], gold["end"]) == (found["start"], found["end"])
        and same_value(gold, found)
        and (found.get("unit") or None) in alternatives(gold.get("unit"))
    )


def slots_right(gold: Json, found: Json, names: PageNames) -> dict[str, bool]:
    """Judge every slot of a figure whose number is right."""
    right = {
        slot: (found.get(slot) or DEFAULTS.get(slot)) in alternatives(gold.get(slot) or DEFAULTS.get(slot))
        for slot in ("kind", "approx", "measure", "status")
    }
    right["indicator"] = same_text(gold.get("indicator"), found.get("indicator"), names.indicators)
    right["subject"] = same_name(gold.get("subject"), found.get("subject"), names)
    right["period"] = same_period(gold.get("period"), found.get("period"))
    right["base"] = same_base(gold.get("base"), found.get("base"), gold.get("period"), found.get("period"))
    right["of"] = same_whole(gold.get("of"), found.get("of"), names)
    return {slot: right[slot] for slot in SLOTS}


def slots_set(gold: Json, found: Json, names: PageNames) -> set[str]:
    """Return the sparse slots that gold or program sets, and `subject_other` for a subject that is no own place."""
    filled = {
        slot
        for slot in SPARSE
        if any(
            (v or DEFAULTS.get(slot)) != DEFAULTS.get(slot) for v in (alternatives(gold.get(slot))[0], found.get(slot))
        )
    }
    subject = gold.get("subject")
    if subject and not names.is_own_place(alternatives(subject)[0]):
        filled.add("subject_other")
    if gold.get("part_of") or found.get("part_of"):
        filled.add("part_of")
    return filled


def part_total(found: Json, texts: Mapping[str, str]) -> str | None:
    """Return the text of the total that a predicted figure is part of; `texts` holds texts by figure_id."""
    whole = found.get("part_of")
    return texts.get(whole, whole) if whole else None
