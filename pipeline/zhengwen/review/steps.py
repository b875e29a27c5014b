"""From what a reviewer said before to what he says now, as decisions: one way for every tool."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from zhengwen.review.log import WHOLE, Decision, Verb
from zhengwen.review.settling import Voice

__all__ = ["back_to", "leading"]


def leading(verb: str, fixes: Mapping[str, Any], note: str, before: Voice, base: Decision) -> list[Decision]:
    """Return what a reviewer adds to the log to say `verb` (accept, fix, reject, note, undo) with `fixes` and `note`.

    Nothing when that is what `before` says already. `base` gives who, which figure and where; its anchor's slots are
    what the reviewer saw.
    """
    made = list(_steps(verb, fixes, before, base))
    if note != before.note and verb != "undo":
        made = [replace(made[0], note=note), *made[1:]] if made else [replace(base, note=note)]
    return made


def back_to(then: Voice, now: Voice, base: Decision, added: Mapping[str, Any] | None = None) -> list[Decision]:
    """Return what takes a reviewer back to what he said earlier; `added` is the record of a figure that he added."""
    made = [] if now.silent else [replace(base, decision="undo")]
    if then.silent:
        return made
    base = replace(base, anchor=then.anchor)
    if then.verdict:
        said: Verb = next(v for v in ("accept", "fix", "reject", "add") if v == then.verdict)
        new = dict(added) if added and said == "add" else None
        made.append(replace(base, decision=said, old=None if new else dict(then.anchor.slots), new=new, note=then.note))
    elif then.note:
        made.append(replace(base, decision="note", note=then.note))
    for slot, value in then.values.items():
        seen = then.anchor.slots.get(slot)
        same = value == seen and then.verdict != "fix"
        made.append(
            replace(base, decision="accept" if same else "fix", slot=slot, old=seen, new=None if same else value)
        )
    return made


def _steps(verb: str, fixes: Mapping[str, Any], before: Voice, base: Decision) -> Iterator[Decision]:
    seen = base.anchor.slots
    if verb == "undo":
        if not before.silent:
            yield replace(base, decision="undo")
    elif verb in ("accept", "reject"):
        if before.verdict != verb or before.values or before.anchor.slots != seen:
            whole: Verb = "accept" if verb == "accept" else "reject"
            yield replace(base, decision=whole, slot=WHOLE, old=dict(seen))
    elif verb == "fix":
        if before.verdict != "fix" or before.anchor.slots != seen:
            yield replace(base, decision="fix", slot=WHOLE, old=dict(seen))
        for slot in before.values.keys() - fixes.keys():
            yield replace(base, decision="undo", slot=slot, old=before.values[slot])
        for slot, value in fixes.items():
            if slot not in before.values or before.values[slot] != value:
                yield replace(base, decision="fix", slot=slot, old=seen.get(slot), new=value)
