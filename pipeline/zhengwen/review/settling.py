"""What a log of decisions comes to, figure by figure, and the one rule for reviewers who disagree.

**The rule.** Each reviewer's last word counts, once; people go before models; more than half of the voices settle a
slot or a row; without such a majority it is in dispute, and the program's value stands until somebody thinks again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhengwen.review.log import SLOTS, WHOLE, Anchor, Decision

__all__ = ["Settled", "Voice", "settle", "settle_voices", "voices"]


@dataclass
class Voice:
    """One reviewer's last word on one figure."""

    who: str
    machine: bool = False
    verdict: str = ""
    """accept, fix, reject or add; empty when only single slots were spoken of."""
    values: dict[str, Any] = field(default_factory=dict)
    """What the reviewer says single slots should hold."""
    note: str = ""
    at: str = ""
    anchor: Anchor = field(default_factory=Anchor)

    def hear(self, decision: Decision) -> None:
        """Take the reviewer's next decision; an older one, of a review that was brought in later, changes nothing."""
        if decision.at < self.at:
            return
        self.at, self.machine, self.anchor = decision.at, decision.machine, decision.anchor
        if decision.note or decision.decision == "note":
            self.note = decision.note
        if decision.decision == "undo":
            self._undo(decision.slot)
        elif decision.slot != WHOLE:
            self.values[decision.slot] = decision.new if decision.decision == "fix" else decision.old
            if decision.decision == "fix" and self.verdict in ("accept", "reject") and not decision.machine:
                self.verdict = "fix"
        elif decision.decision != "note":
            self.verdict = decision.decision
            if decision.decision in ("accept", "reject"):
                self.values.clear()

    def _undo(self, slot: str) -> None:
        if slot == WHOLE:
            self.verdict, self.note = "", ""
            self.values.clear()
        else:
            self.values.pop(slot, None)

    @property
    def keeps(self) -> bool | None:
        """Whether the reviewer keeps the row; None when nothing was said about the whole of it."""
        return None if not self.verdict else self.verdict != "reject"

    @property
    def silent(self) -> bool:
        """Whether nothing is left of what the reviewer said."""
        return not (self.verdict or self.values or self.note)


@dataclass(frozen=True)
class Settled:
    """What all voices on a figure come to.

    `state`: accepted, fixed, rejected, disputed, answered (single slots only), open (notes only). `values` are the
    slots that should hold something else than `anchor.slots` says; `disputes` the values that stand against each
    other, with who says so (slot `WHOLE`: keep or reject).
    """

    figure_id: str
    state: str
    anchor: Anchor
    values: Mapping[str, Any] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    """Slots that somebody said are right as they are."""
    disputes: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    who: tuple[str, ...] = ()
    note: str = ""


def voices(decisions: Iterable[Decision]) -> dict[str, dict[str, Voice]]:
    """Return the last word of every reviewer by figure; who took all back is left out."""
    heard: dict[str, dict[str, Voice]] = defaultdict(dict)
    for decision in decisions:
        heard[decision.figure_id].setdefault(decision.who, Voice(decision.who)).hear(decision)
    return {f: kept for f, vs in heard.items() if (kept := {w: v for w, v in vs.items() if not v.silent})}


def settle(decisions: Iterable[Decision]) -> dict[str, Settled]:
    """Return what is settled, for every figure that anybody spoke about."""
    return {figure_id: settle_voices(figure_id, list(vs.values())) for figure_id, vs in voices(decisions).items()}


def settle_voices(figure_id: str, heard: list[Voice]) -> Settled:
    """Return what the voices on one figure come to; there must be one."""
    people = [v for v in heard if not v.machine]
    latest = max(people or heard, key=lambda v: v.at)
    disputes: dict[str, Mapping[str, tuple[str, ...]]] = {}
    keep, against = _majority([(v.keeps, v.who) for v in _heard_first(heard) if v.keeps is not None])
    if against:
        disputes[WHOLE] = {"keep" if k == "true" else "reject": w for k, w in against.items()}
    values: dict[str, Any] = {}
    confirmed: set[str] = set()
    for slot in SLOTS:
        value, against = _majority(_votes(slot, heard))
        if against:
            disputes[slot] = against
        elif value is not None:
            (confirmed.add(slot) if value[0] == latest.anchor.slots.get(slot) else values.update({slot: value[0]}))
    return Settled(
        figure_id=figure_id,
        state=_state(keep[0] if keep else None, bool(values), disputes, bool(confirmed)),
        anchor=latest.anchor,
        values=values,
        confirmed=frozenset(confirmed),
        disputes=disputes,
        who=tuple(sorted({v.who for v in (people or heard)})),
        note="; ".join(dict.fromkeys(v.note for v in heard if v.note)),
    )


def _state(keep: bool | None, changed: bool, disputes: Mapping[str, Any], confirmed: bool) -> str:
    if disputes:
        return "disputed"
    if keep is None:
        return "answered" if changed or confirmed else "open"
    return "rejected" if not keep else "fixed" if changed else "accepted"


def _heard_first(heard: list[Voice]) -> list[Voice]:
    """Return the voices that count on the whole row: people's when any person spoke of it, else models'."""
    people = [v for v in heard if not v.machine and v.verdict]
    return people or heard


def _votes(slot: str, heard: list[Voice]) -> list[tuple[Any, str]]:
    """Return what each voice says of a slot; who judged the whole row says that what it left alone is right."""
    spoken = [(v, v.values.get(slot, v.anchor.slots.get(slot))) for v in heard if slot in v.values or _whole(v)]
    explicit = any(slot in v.values for v, _ in spoken)
    if not explicit:
        return []
    people = [(value, v.who) for v, value in spoken if not v.machine]
    return people or [(value, v.who) for v, value in spoken]


def _whole(voice: Voice) -> bool:
    return voice.verdict in ("accept", "fix", "add")


def _majority(votes: list[tuple[Any, str]]) -> tuple[tuple[Any] | None, dict[str, tuple[str, ...]]]:
    """Return the value (in a tuple) that more than half say, else None and who says what."""
    if not votes:
        return None, {}
    camps: dict[str, list[str]] = defaultdict(list)
    values: dict[str, Any] = {}
    for value, who in votes:
        name = json.dumps(value, ensure_ascii=False)
        camps[name].append(who)
        values[name] = value
    best = max(camps, key=lambda name: len(camps[name]))
    if 2 * len(camps[best]) > len(votes):
        return (values[best],), {}
    return None, {name: tuple(who) for name, who in camps.items()}
