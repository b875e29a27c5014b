"""What reviewers of the corpus decided, one line a decision, added at the end and never changed.

This is the one place that knows how decisions are kept: another log can take its place here.
"""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from zhengwen.errors import BadInput

__all__ = ["Decision", "Decisions", "reviewer"]

Verb = Literal["accept", "fix", "reject", "add", "undo", "done"]
"""accept, fix (some slots changed), reject (deleted), add (was missed), undo (the last word on it), done (a kind)."""

_PAUSE = 300.0
"""Seconds after which a reviewer is taken to have been away."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One word of a reviewer on one label; `key` names the label as it was drafted, `old` and `new` are its slots."""

    verb: Verb
    kind: str
    key: str
    who: str
    old: dict[str, Any] = field(default_factory=dict)
    new: dict[str, Any] = field(default_factory=dict)
    at: str = ""


class Decisions:
    """The decisions on one article."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, decision: Decision) -> None:
        """Write a decision; it is on disk when this returns."""
        said = asdict(decision) | {"at": decision.at or datetime.now(UTC).isoformat(timespec="seconds")}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8", newline="\n") as log:
            log.write(json.dumps(said, ensure_ascii=False) + "\n")
            log.flush()
            os.fsync(log.fileno())

    def __iter__(self) -> Iterator[Decision]:
        """Yield all decisions, oldest first. `BadInput` names a line that is none."""
        if not self._path.is_file():
            return
        for number, line in enumerate(self._path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                yield Decision(**json.loads(line))
            except (TypeError, json.JSONDecodeError):
                raise BadInput("no decision", code="bad_json", where=f"{self._path}:{number}") from None

    def settled(self) -> set[str]:
        """Return the keys of the labels that have been decided on, and not been taken back."""
        keys: set[str] = set()
        for decision in self:
            (keys.discard if decision.verb == "undo" else keys.add)(decision.key)
        return keys

    def minutes(self) -> float:
        """Return the time between the decisions, long pauses left out."""
        times = [datetime.fromisoformat(d.at).timestamp() for d in self]
        gaps = [b - a for a, b in pairwise(times)]
        return sum(g for g in gaps if g <= _PAUSE) / 60


def reviewer() -> str:
    """Return the name under which this user reviews."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"
