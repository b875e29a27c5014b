"""The review of a run, as tables show it: for each figure its state, the marks to print, what changed since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from zhengwen.records import Figure
from zhengwen.review.log import SLOTS, Decision, slots_of
from zhengwen.review.placing import Placed, place
from zhengwen.review.settling import Settled, settle

__all__ = ["NO_MARK", "Mark", "Marks", "mark_of"]

_VERBS = {"accepted": "accept", "fixed": "fix", "rejected": "reject"}


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be shown of a figure's review; `verb` and `fixes` go back into the review columns."""

    state: str = "open"
    verb: str = ""
    fixes: Mapping[str, Any] = field(default_factory=dict)
    who: tuple[str, ...] = ()
    note: str = ""
    confirmed: frozenset[str] = frozenset()
    """Slots that somebody said are right as they are."""
    about: str = ""
    """Words on a dispute, or on what has changed since the review."""


NO_MARK = Mark()


class Marks:
    """The settled reviews of a log, placed on the figures of a run.

    Without `pages` only figures that kept their identity are known; with them (figures and text, page by page) the
    others are looked for.
    """

    def __init__(
        self, decisions: Iterable[Decision] = (), pages: Iterable[tuple[Sequence[Figure], str]] | None = None
    ) -> None:
        decisions = list(decisions)
        self.settled = settle(decisions)
        anchors = {i: s.anchor for i, s in self.settled.items()}
        self.placed = place(anchors, pages) if pages is not None else Placed(frozenset(anchors), {}, ())
        # Who spoke of a figure in an earlier run, and who speaks of it now, speak of one figure.
        now = self.placed.moved
        together = (replace(d, figure_id=now[d.figure_id]) if d.figure_id in now else d for d in decisions)
        self._by_id = settle(together) if now else self.settled

    def of(self, figure: Figure) -> Mark:
        """Return the mark of a figure as it is now."""
        settled = self._by_id.get(figure.figure_id)
        return mark_of(settled, slots_of(figure)) if settled else NO_MARK

    def lost(self) -> list[Settled]:
        """Return the reviews whose figures are nowhere any more."""
        return [self.settled[i] for i in self.placed.lost]

    def __len__(self) -> int:
        return len(self.settled)

    def count(self, figures: Iterable[Figure]) -> Counter[str]:
        """Return how many of the figures are in which state."""
        return Counter(self.of(f).state for f in figures)


def mark_of(settled: Settled, now: Mapping[str, Any]) -> Mark:
    """Return what is to be shown of a figure whose row says `now` what it says."""
    changed = _changed(settled, now) if settled.state in _VERBS else {}
    if changed and settled.state != "rejected":
        about = "; ".join(f"{slot}: {_said(old)} → {_said(now[slot])}" for slot, old in changed.items())
        return Mark("again", who=settled.who, note=settled.note, about=about)
    fixes = {slot: value for slot, value in settled.values.items() if now.get(slot) != value}
    state = "accepted" if settled.state == "fixed" and not fixes else settled.state
    right = frozenset(slot for slot in settled.confirmed if now.get(slot) == settled.anchor.slots.get(slot))
    return Mark(state, _VERBS.get(state, ""), fixes, settled.who, settled.note, right, _dispute(settled))


def _changed(settled: Settled, now: Mapping[str, Any]) -> dict[str, Any]:
    """Return the slots of a reviewed row that the program reads otherwise today, with what they said then.

    A slot that now holds what the reviewers say is no change.
    """
    then = settled.anchor.slots
    return {
        slot: then[slot]
        for slot in SLOTS
        if slot in then and now.get(slot) != then[slot] and now.get(slot) != settled.values.get(slot, then[slot])
    }


def _dispute(settled: Settled) -> str:
    return "; ".join(
        f"{slot or 'row'}: " + " / ".join(f"{value} ({', '.join(who)})" for value, who in camps.items())
        for slot, camps in settled.disputes.items()
    )


def _said(value: Any) -> str:
    return "–" if value is None else str(value)
