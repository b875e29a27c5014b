"""What reviewers of the corpus decided, in the review log that the workbook and the review page write too.

The log knows figures and their slots; here every label has a name in it (`ARTICLE/KIND:PLACE`), and what is no slot of
the log's is said about the whole row. This is the one place in the corpus that knows the log.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any, Literal

from zhengwen.corpus.folder import Corpus, Json
from zhengwen.review.log import SLOTS, WHOLE, Anchor, Decision, Log
from zhengwen.scoring.sentences import sentence_at

__all__ = ["Decisions", "Verb", "key_of", "reviewer"]

Verb = Literal["accept", "fix", "reject", "add", "undo", "done"]
"""accept, fix (some slots changed), reject (deleted), add (was missed), undo (the last word on it), done (a kind)."""

_PAUSE = 300.0
"""Seconds after which a reviewer is taken to have been away."""
_AROUND = 40
_DONE = "done: nothing of this kind is missing"


def key_of(record: Json) -> str:
    """Return the name of a label within its article."""
    kind = record["record"]
    if kind in ("figure", "time"):
        return f"{kind}:{record['start']}:{record['end']}"
    return f"{kind}:{record['name'] if kind == 'entity' else record['line' if kind == 'block' else 'article']}"


class Decisions:
    """The decisions on one article of a corpus, by one reviewer; a model's words are marked as a machine's."""

    def __init__(self, corpus: Corpus, name: str, who: str, *, machine: bool = False) -> None:
        self._log = Log(corpus.folder / "review.sqlite")
        self._source = f"articles/{name}.txt"
        self._name, self._text, self._who, self._machine = name, corpus.text(name), who, machine

    def append(self, verb: Verb, key: str, record: Json, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        """Write what was decided on a label, called `key`; it is on disk when this returns."""
        anchor = self._anchor(record)
        if verb == "done":
            said = [self._said("note", key, anchor, note=_DONE)]
        elif verb == "fix":
            said = [self._said("fix", key, anchor, s, old.get(s), new[s]) for s in new if self._is_slot(s, record)]
            rest = [s for s in new if not self._is_slot(s, record)]
            if rest:
                was, now = {s: old.get(s) for s in rest}, {s: new[s] for s in rest}
                said.append(self._said("fix", key, anchor, WHOLE, was, now))
        else:
            said = [self._said(verb, key, anchor, WHOLE, dict(old) or None, dict(new) or None)]
        self._log.append(said)

    @staticmethod
    def _is_slot(slot: str, record: Json) -> bool:
        return record["record"] == "figure" and slot in SLOTS

    def _said(
        self,
        verb: Literal["accept", "fix", "reject", "add", "note", "undo"],
        key: str,
        anchor: Anchor,
        slot: str = WHOLE,
        old: Any = None,
        new: Any = None,
        note: str = "",
    ) -> Decision:
        name = f"{self._name}/{key}"
        return Decision(name, self._who, verb, slot, old, new, note, "corpus", self._machine, anchor=anchor)

    def _anchor(self, record: Json) -> Anchor:
        if "start" not in record:
            return Anchor(source=self._source)
        start, end = record["start"], record["end"]
        return Anchor(
            source=self._source,
            start=start,
            end=end,
            text=record["text"],
            sentence=sentence_at(self._text, start, end),
            before=self._text[max(0, start - _AROUND) : start],
            after=self._text[end : end + _AROUND],
            slots={s: record.get(s) for s in SLOTS} if record["record"] == "figure" else {},
        )

    def __iter__(self) -> Iterator[Decision]:
        """Yield all decisions on this article, oldest first, whoever made them."""
        return (d for d in self._log if d.figure_id.startswith(f"{self._name}/"))

    def settled(self) -> set[str]:
        """Return the keys of the labels that have been decided on, and not been taken back."""
        keys: set[str] = set()
        for decision in self:
            key = decision.figure_id.removeprefix(f"{self._name}/")
            (keys.discard if decision.decision == "undo" else keys.add)(key)
        return keys

    def minutes(self) -> float:
        """Return the time between the decisions, long pauses left out."""
        times = [datetime.fromisoformat(d.at).timestamp() for d in self]
        return sum(later - sooner for sooner, later in pairwise(times) if later - sooner <= _PAUSE) / 60


def reviewer() -> str:
    """Return the name under which this user reviews."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"
