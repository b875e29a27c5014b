"""The review log: one append-only file of decisions, whoever made them and with whatever tool.

The workbook, the review page, answers to questions and reviews of the corpus all write here, through `Log.append`. A
decision is never changed or removed; whoever thinks again adds another (`undo` takes one's own words back). What a log
means for a figure is said in one place, `zhengwen.review.settling`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from zhengwen.errors import BadInput
from zhengwen.records import Figure, plain

__all__ = ["DECISIONS", "SLOTS", "WHOLE", "Anchor", "Decision", "Log", "anchor_of", "now", "slots_of"]

LOG_NAME = "review.sqlite"
"""The log's name in a run folder."""

SLOTS = "value unit measure indicator subject period base of status approx".split()
"""The slots of a figure that people correct."""

WHOLE = ""
"""The slot of a decision about the whole row."""

Verb = Literal["accept", "fix", "reject", "add", "note", "undo"]
DECISIONS = ("accept", "fix", "reject", "add", "note", "undo")
"""accept: right as it is (the row, or one slot). fix: the row is right with the corrections, which follow one by one as
fixes of slots. reject: no figure, or not worth a row. add: a figure that was missed. note: words to others. undo: one's
earlier decisions on the row or slot are taken back."""

_VERSION = 1
_AROUND = 40
_WAIT = 30.0
_GROWS = "BEGIN SELECT RAISE(ABORT, 'the review log only grows'); END"
_COLUMNS = "at, who, machine, figure_id, slot, decision, old, new, note, source, anchor"
_STATEMENTS = (
    "CREATE TABLE decisions (number INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, machine INTEGER NOT NULL,"
    " figure_id TEXT NOT NULL, slot TEXT NOT NULL, decision TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL,"
    " note TEXT NOT NULL, source TEXT NOT NULL, anchor TEXT NOT NULL)",
    f"CREATE TRIGGER no_change BEFORE UPDATE ON decisions {_GROWS}",
    f"CREATE TRIGGER no_removal BEFORE DELETE ON decisions {_GROWS}",
    f"PRAGMA user_version = {_VERSION}",
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a figure stood when it was decided on, so that it is found again in a page that has changed.

    `before` and `after` are the characters around it in the text; `slots` is what the row said then.
    """

    source: str = ""
    article_id: str = ""
    start: int = 0
    end: int = 0
    text: str = ""
    sentence: str = ""
    before: str = ""
    after: str = ""
    slots: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing that somebody said about one slot of one figure, or about its row (slot `WHOLE`).

    `old` is what the row said, `new` what it should say (None: the slot should be empty), both as plain JSON values.
    `source` names the tool (excel, web, corpus, answers); `machine` is true when a model and no person decided.
    """

    figure_id: str
    who: str
    decision: Verb
    slot: str = WHOLE
    old: Any = None
    new: Any = None
    note: str = ""
    source: str = ""
    machine: bool = False
    at: str = ""
    """When, ISO 8601 in UTC; the log fills it in."""
    anchor: Anchor = field(default_factory=Anchor)

    def plain(self) -> dict[str, Any]:
        """Return the decision as plain JSON data."""
        return asdict(self)


class Log:
    """The log in a file; opening one that does not exist makes it only when something is written.

    Several processes may write at once. Raises `BadInput` for a file that is no log of this version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.exists():
            with self._connected() as db:
                version = db.execute("PRAGMA user_version").fetchone()[0]
                empty = not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if version != _VERSION and not (empty and version == 0):
                what = "of a newer version" if version > _VERSION else "not a review log"
                raise BadInput(what, code="bad_log", where=str(path))

    @classmethod
    def of_run(cls, run: Path) -> Log:
        """Return the log of a run folder."""
        return cls(run / LOG_NAME)

    def append(self, decisions: Iterable[Decision]) -> int:
        """Add decisions, all or none, and return how many; they are on disk when this returns.

        A new one is never dated before the last in the log, even where the machine's clock was put back.
        """
        rows = [_row(d) for d in decisions]
        if not rows:
            return 0
        with self._connected() as db:
            db.execute("PRAGMA synchronous = EXTRA")
            db.execute("BEGIN IMMEDIATE")
            if not db.execute("PRAGMA user_version").fetchone()[0]:
                for statement in _STATEMENTS:
                    db.execute(statement)
            last = db.execute("SELECT at FROM decisions ORDER BY number DESC LIMIT 1").fetchone() or ("",)
            stamp = max(now(), last[0])
            rows = [(at or stamp, *rest) for at, *rest in rows]
            db.executemany(f"INSERT INTO decisions ({_COLUMNS}) VALUES ({','.join('?' * 11)})", rows)
            db.execute("COMMIT")
        return len(rows)

    def take_over(self, other: Log) -> int:
        """Add the decisions of another log as they are, with their times, and return how many were not here yet."""
        here = {_row(d) for d in self}
        return self.append(d for d in other if _row(d) not in here)

    def __iter__(self) -> Iterator[Decision]:
        """Yield all decisions in the order in which they were written."""
        return (decision for _, decision in self.after(0))

    def after(self, number: int) -> Iterator[tuple[int, Decision]]:
        """Yield the decisions that came after the one with that number, each with its own; they number from 1."""
        if not self.path.exists():
            return
        with self._connected() as db:
            found = db.execute("SELECT name FROM sqlite_master WHERE name = 'decisions'").fetchone()
            said = f"SELECT number, {_COLUMNS} FROM decisions WHERE number > ? ORDER BY number"
            for row in db.execute(said, (number,)) if found else ():
                yield row[0], _decision(row[1:])

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)) as db:
                yield db
        except sqlite3.DatabaseError as error:
            raise BadInput(f"cannot be used as a review log: {error}", code="bad_log", where=str(self.path)) from None


def now() -> str:
    """Return the time in UTC to the second, as the log writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def slots_of(figure: Figure) -> dict[str, Any]:
    """Return what a figure's row says in the slots that people correct, as plain values."""
    said = {slot: plain(getattr(figure, slot)) for slot in SLOTS}
    if figure.value is None:
        said["value"] = value_text(figure)
    return said


def value_text(figure: Figure) -> str | None:
    """Return a range or ratio as people write it: 10~15, 1.1:50.5:48.4."""
    if figure.terms:
        return ":".join(str(plain(t)) for t in figure.terms)
    return f"{plain(figure.low)}~{plain(figure.high)}" if figure.low is not None else None


def anchor_of(figure: Figure, text: str) -> Anchor:
    """Return where a figure stands; `text` is its page's, empty when it cannot be read any more."""
    return Anchor(
        source=figure.source,
        article_id=figure.article_id,
        start=figure.start,
        end=figure.end,
        text=figure.text,
        sentence=figure.sentence,
        before=text[max(0, figure.start - _AROUND) : figure.start],
        after=text[figure.end : figure.end + _AROUND] if text else "",
        slots=slots_of(figure),
    )


def _row(d: Decision) -> tuple[Any, ...]:
    if d.decision not in DECISIONS or (d.slot and d.slot not in SLOTS) or not d.who or not d.figure_id:
        raise ValueError(f"no decision: {d.decision!r} of {d.slot!r} by {d.who!r}")
    said = (_json(d.old), _json(d.new), d.note, d.source, _json(asdict(d.anchor)))
    return (d.at, d.who, int(d.machine), d.figure_id, d.slot, d.decision, *said)


def _decision(row: tuple[Any, ...]) -> Decision:
    at, who, machine, figure_id, slot, verb, old, new, note, source, anchor = row
    return Decision(
        figure_id=figure_id,
        who=who,
        decision=verb,
        slot=slot,
        old=json.loads(old),
        new=json.loads(new),
        note=note,
        source=source,
        machine=bool(machine),
        at=at,
        anchor=Anchor(**json.loads(anchor)),
    )


def _json(value: Any) -> str:
    # Half a character cannot be stored as UTF-8: such a text is escaped.
    return json.dumps(value, ensure_ascii=True)
