"""What a change did to the scores: two evaluations compared, score by score and row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zhengwen.errors import BadInput

__all__ = ["compare"]

Json = Mapping[str, Any]
_Key = tuple[str, str, int, str]


def compare(before: Json, after: Json) -> Iterator[str]:
    """Yield lines that say what got better and what got worse from one `evaluate --json` to another.

    Raises `BadInput` when `before` is no such file's content.
    """
    if "headline" not in before or "outcomes" not in before:
        raise BadInput("not an evaluation (wanted: a file that `evaluate --json` wrote)", code="bad_json")
    if before.get("fingerprint") != after.get("fingerprint"):
        yield "note: texts or gold are not the same in the two evaluations"
    yield from _scores(before["headline"], after["headline"])
    old, new = _by_key(before), _by_key(after)
    changes = [
        (key, old.get(key), new.get(key)) for key in sorted({*old, *new}) if _fault(old, key) != _fault(new, key)
    ]
    for title, sign in (("better", -1), ("worse", 1), ("wrong in another way", 0)):
        rows = [c for c in changes if _direction(_fault(old, c[0]), _fault(new, c[0])) == sign]
        yield f"\n{title}: {len(rows)}"
        for key, was, now in rows:
            yield from _entry(key, was, now)


def _scores(before: Mapping[str, float | None], after: Mapping[str, float | None]) -> Iterator[str]:
    for score, now in after.items():
        was = before.get(score)
        if was is not None and now is not None and was != now:
            yield f"{score:<18}{was:.4f} → {now:.4f}  {now - was:+.4f}"


def _by_key(evaluation: Json) -> dict[_Key, Json]:
    keyed: dict[_Key, Json] = {}
    for row in evaluation["outcomes"]:
        # Blocks are told apart by line alone: their text here is a label, which may be what changed.
        text = "" if row["record"] == "block" else row["text"]
        # A spurious row and a gold row can share a place: they are two things.
        mark = "+" if row["fault"] == "spurious" else ""
        keyed[row["page"], row["record"], row["start"], mark + text] = row
    return keyed


def _fault(rows: Mapping[_Key, Json], key: _Key) -> str:
    """Return a row's fault; a spurious row that is not there is right."""
    row = rows.get(key)
    return row["fault"] if row else ""


def _direction(was: str, now: str) -> int:
    """Return -1 for better, 1 for worse, 0 for neither."""
    rank_was, rank_now = _rank(was), _rank(now)
    return (rank_now > rank_was) - (rank_now < rank_was)


def _rank(fault: str) -> tuple[int, int]:
    """Order faults: right, n slots wrong, number wrong, missed or spurious."""
    if not fault:
        return 0, 0
    if fault in ("missed", "spurious"):
        return 3, 0
    return (2, 0) if fault == "number" else (1, fault.count(",") + 1)


def _entry(key: _Key, was: Json | None, now: Json | None) -> Iterator[str]:
    row = now or was
    assert row is not None
    faults = [(side or {}).get("fault") or "right" for side in (was, now)]
    yield f"  {key[0]}:{key[2]} {key[1]} {row['text']}  {faults[0]} → {faults[1]}"
    for name, side in (("before", was), ("after", now)):
        if side and side["fault"]:
            yield f"      {name:<7}gold {side['gold']} | found {side['found']}"
    if row["sentence"]:
        yield f"      {row['sentence']}"
