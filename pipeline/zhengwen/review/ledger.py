"""What is said of a run at this moment: the log read once, then only what is new in it, whoever writes to it.

The review page asks after every key; `Ledger` answers from memory and reads the log's new lines, so that reviewers at
other pages, imports of workbooks and commands are heard too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from zhengwen.records import Figure
from zhengwen.review.log import Decision, Log, slots_of
from zhengwen.review.marks import NO_MARK, Mark, mark_of
from zhengwen.review.settling import Voice, settle_voices

__all__ = ["PAGE", "TAKEN_BACK", "Action", "Ledger"]

PAGE = "web"
"""The source of what is decided on the review page."""
TAKEN_BACK = "web undo"
"""The source of what takes such a decision back."""

_PAUSE = 300.0
"""Seconds after which a reviewer is taken to have been away."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a reviewer did on the page, with what he said of the figure before."""

    figure_id: str
    at: str
    before: Voice


@dataclass
class _Reviewer:
    actions: list[Action] = field(default_factory=list)
    taken_back: tuple[str, str] = ("", "")
    """Which figure was taken back last, and when: the several decisions of one moment do that once."""
    times: list[float] = field(default_factory=list)
    judged: set[str] = field(default_factory=set)


class Ledger:
    """The voices on each figure; `moved` leads from the ids of an earlier run to those of today."""

    def __init__(self, log: Log, moved: Mapping[str, str]) -> None:
        self._log, self._moved = log, moved
        self._voices: dict[str, dict[str, Voice]] = defaultdict(dict)
        self._marks: dict[str, Mark] = {}
        self._reviewers: dict[str, _Reviewer] = defaultdict(_Reviewer)
        self.number = 0
        """The number of the last decision that was heard."""
        self.at = ""
        """When the latest decision was made."""
        self.adds: dict[str, Decision] = {}
        """The decisions that added figures."""

    def refresh(self) -> list[str]:
        """Hear what is new in the log and return the figures that it is about, each once."""
        heard: dict[str, None] = {}
        for number, decision in self._log.after(self.number):
            self.number, self.at = number, max(self.at, decision.at)
            figure_id = self._moved.get(decision.figure_id, decision.figure_id)
            self._note(figure_id, decision)
            voice = self._voices[figure_id].setdefault(decision.who, Voice(decision.who))
            voice.hear(decision)
            judged = self._reviewers[decision.who].judged
            (judged.add if voice.verdict else judged.discard)(figure_id)
            self._marks.pop(figure_id, None)
            heard[figure_id] = None
        return list(heard)

    def _note(self, figure_id: str, d: Decision) -> None:
        """Remember what a reviewer did, for `last` and `pace`."""
        if d.decision == "add" and figure_id not in self.adds:
            self.adds[figure_id] = d
        reviewer = self._reviewers[d.who]
        if d.source == TAKEN_BACK:
            last = next((a for a in reversed(reviewer.actions) if a.figure_id == figure_id), None)
            if last is not None and reviewer.taken_back != (figure_id, d.at):
                reviewer.actions.remove(last)
            reviewer.taken_back = figure_id, d.at
        elif d.source == PAGE:
            last = reviewer.actions[-1] if reviewer.actions else None
            if last is None or last.at != d.at:
                reviewer.times.append(datetime.fromisoformat(d.at).timestamp())
            if last is None or (last.figure_id, last.at) != (figure_id, d.at):
                reviewer.actions.append(Action(figure_id, d.at, self.voice(figure_id, d.who)))
        else:
            # What was said with another tool is not taken back from here, nor what was said before it.
            reviewer.actions = [a for a in reviewer.actions if a.figure_id != figure_id]

    def voice(self, figure_id: str, who: str) -> Voice:
        """Return a copy of a reviewer's last word on a figure."""
        known = self._voices[figure_id].get(who) if figure_id in self._voices else None
        voice = copy(known) if known else Voice(who)
        voice.values = dict(voice.values)
        return voice

    def voices(self, figure_id: str) -> list[Voice]:
        """Return all that is said of a figure, in the order of the log."""
        return [v for v in self._voices.get(figure_id, {}).values() if not v.silent]

    def mark(self, figure: Figure) -> Mark:
        """Return the mark of a figure as it is now."""
        known = self._marks.get(figure.figure_id)
        if known is None:
            heard = self.voices(figure.figure_id)
            settled = settle_voices(figure.figure_id, heard) if heard else None
            known = self._marks[figure.figure_id] = mark_of(settled, slots_of(figure)) if settled else NO_MARK
        return known

    def last(self, who: str) -> list[Action]:
        """Return what a reviewer did last on the page and has not taken back: the actions of one key."""
        actions = self._reviewers[who].actions if who in self._reviewers else []
        return [a for a in actions if a.at == actions[-1].at]

    def spoken(self, figure_id: str, who: str) -> bool:
        """Tell whether a reviewer has judged a figure's row."""
        return who in self._reviewers and figure_id in self._reviewers[who].judged

    def judged(self, who: str) -> frozenset[str]:
        """Return the figures whose rows a reviewer has judged."""
        return frozenset(self._reviewers[who].judged) if who in self._reviewers else frozenset()

    def pace(self, who: str) -> float | None:
        """Return the mean seconds between a reviewer's decisions on the page, long pauses left out."""
        times = self._reviewers[who].times if who in self._reviewers else []
        gaps = [b - a for a, b in pairwise(times) if b - a <= _PAUSE]
        return sum(gaps) / len(gaps) if gaps else None
