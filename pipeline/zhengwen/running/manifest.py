"""What a batch run has done and has yet to do: a sqlite file, the only thing that is changed in place.

One row of `items` is one article-to-be: a file, or a row of an archive. An item stays in its part for ever, so that
whoever reads the parts sees each article once; what is done again is done in place. Everything else (the parts, the
lists of errors) can be made again from here and the inputs.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.reading import Input

__all__ = ["VERSION", "Item", "Manifest", "Outcome"]

VERSION = 2
"""Of the tables below; an older manifest is brought up to it when it is opened."""

_TABLES = """
create table if not exists about (key text primary key, value text not null) without rowid;
create table if not exists inputs (
    place integer primary key, source text unique not null, path text not null, kind text not null,
    stamp text not null, complete integer not null default 0, seen integer not null
);
create table if not exists items (
    id integer primary key, key text unique not null, source text not null, input text not null, part integer,
    digest text not null default '', maker text not null default '', status text not null default 'pending',
    code text not null default '', error text not null default '', seconds real not null default 0,
    characters integer not null default 0, counts text not null default '', tries integer not null default 0,
    in_texts integer not null default 0, seen integer not null
);
create index if not exists items_by_part on items (part);
create index if not exists items_by_status on items (status, part);
create index if not exists items_by_input on items (input);
create table if not exists parts (
    part integer primary key, files text not null default '{}', intent text not null default ''
);
"""
_STEPS = {1: "alter table items add column in_texts integer not null default 0"}
"""What brings a manifest of a version up to the next; version 1 read every article again from its input."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row of `items`, as planning needs it."""

    id: int
    key: str
    source: str
    part: int | None
    digest: str
    status: str
    seen: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item: done with its counts of records, or failed with a reason."""

    id: int
    status: str
    code: str = ""
    error: str = ""
    seconds: float = 0.0
    characters: int = 0
    counts: Mapping[str, int] | None = None
    digest: str = ""
    in_texts: bool = False


class Manifest:
    """The run's memory. Raises `BadInput` when the file is none of ours, newer than this program, or in use."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self.path = folder / "manifest.sqlite"
        self._lock: sqlite3.Connection | None = None
        if read_only:
            if not self.path.is_file():
                raise BadInput("no batch run here (its manifest is not there; --state DIR?)", where=str(folder))
            self._db = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=30)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = _lock(folder)
            self._db = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        self._upgrade(read_only)

    def close(self) -> None:
        """Close the file, and let others have it."""
        self._db.close()
        if self._lock:
            self._lock.close()
            self._lock = None

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Everything inside is written together, or not at all."""
        self._db.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")

    # What is known about the run as a whole

    def about(self) -> dict[str, Any]:
        """Return the options and marks of the run."""
        return {k: json.loads(v) for k, v in self._db.execute("select key, value from about")}

    def note(self, **marks: Any) -> None:
        """Keep marks for `about`."""
        rows = [(k, json.dumps(v, ensure_ascii=False)) for k, v in marks.items()]
        self._db.executemany("insert or replace into about values (?, ?)", rows)

    def last_scan(self) -> int:
        """Return the number of the latest look at an input."""
        return int(self.about().get("scan", 0))

    def next_scan(self) -> int:
        """Return a number for one more look at an input, greater than all before."""
        self.note(scan=(scan := self.last_scan() + 1))
        return scan

    # Inputs

    def see(self, item: Input, stamp: str, scan: int) -> str | None:
        """Note that an input is there; return the stamp that it had before, None when it is new."""
        row = self._db.execute("select stamp from inputs where source = ?", (item.source,)).fetchone()
        if row is None:
            values = (item.source, str(item.path), item.kind, stamp, scan)
            self._db.execute("insert into inputs (source, path, kind, stamp, seen) values (?,?,?,?,?)", values)
            return None
        self._db.execute("update inputs set seen = ? where source = ?", (scan, item.source))
        return str(row[0])

    def input(self, source: str) -> tuple[Input, int] | None:
        """Return an input by its name, with the scan that last saw it."""
        row = self._db.execute("select path, kind, seen from inputs where source = ?", (source,)).fetchone()
        return (Input(source, Path(row[0]), row[1]), int(row[2])) if row else None

    def restamp(self, source: str, stamp: str, *, complete: bool) -> None:
        """Note an input's new size and time, and whether all its rows are known."""
        self._db.execute("update inputs set stamp=?, complete=? where source=?", (stamp, int(complete), source))

    def inputs(self, scan: int) -> Iterator[tuple[Input, str, bool]]:
        """Yield the inputs that this scan has seen, in order, each with its stamp and whether all of it is known."""
        place = 0
        query = "select place, source, path, kind, stamp, complete from inputs where place > ? and seen = ? limit 500"
        while rows := self._db.execute(query, (place, scan)).fetchall():
            for _, source, path, kind, stamp, complete in rows:
                yield Input(source, Path(path), kind), stamp, bool(complete)
            place = rows[-1][0]

    def kinds(self, scan: int, files: Iterable[str]) -> tuple[int, list[Input]]:
        """Return how many inputs of a scan are of the kinds `files`, and all the others."""
        kinds = tuple(files)
        which = f"seen = ? and kind {{}} in ({', '.join('?' * len(kinds))})"
        number = self._db.execute(f"select count(*) from inputs where {which.format('')}", (scan, *kinds)).fetchone()[0]
        others = f"select source, path, kind from inputs where {which.format('not')}"
        return number, [Input(s, Path(p), k) for s, p, k in self._db.execute(others, (scan, *kinds))]

    # Items

    def item(self, key: str) -> Item | None:
        """Return the item of a key."""
        query = "select id, key, source, part, digest, status, seen from items where key = ?"
        row = self._db.execute(query, (key,)).fetchone()
        return Item(*row) if row else None

    def add(self, keys: Iterable[tuple[str, str, str, str]], part: int | None, scan: int) -> list[int]:
        """Add pending items (key, source, input, digest) to a part; return their ids, in order."""
        query = "insert into items (key, source, input, digest, part, seen) values (?,?,?,?,?,?)"
        return [int(self._db.execute(query, (*k, part, scan)).lastrowid or 0) for k in keys]

    def saw(self, items: Iterable[int], scan: int) -> None:
        """Note that an archive still holds items."""
        self._db.executemany("update items set seen = ? where id = ?", [(scan, i) for i in items])

    def renew(self, item: int, digest: str) -> None:
        """Make an item pending whose input has changed."""
        query = "update items set status='pending', tries=0, in_texts=0, digest=? where id=?"
        self._db.execute(query, (digest, item))

    def renew_part(self, part: int) -> None:
        """Make a part's items pending, to be read from their inputs: its files are lost."""
        back = "status = case status when 'done' then 'pending' else status end"
        self._db.execute(f"update items set {back}, in_texts=0, counts='' where part=?", (part,))
        self._db.execute("update inputs set complete=0 where source in (select input from items where part=?)", (part,))
        self._db.execute("update parts set files='{}' where part=?", (part,))

    def renew_failed(self) -> int:
        """Make the quarantined items pending; return how many."""
        self._db.execute("update inputs set complete=0 where source in (select input from items where status='failed')")
        return self._db.execute("update items set status='pending', tries=0 where status='failed'").rowcount

    def renew_stale(self, maker: str, only: Iterable[str] | None = None) -> int:
        """Make items pending that other rules have made (those with a source in `only`); return how many."""
        change = "update items set status='pending', tries=0 where status='done' and maker <> ?"
        if only is None:
            return self._db.execute(change, (maker,)).rowcount
        return sum(self._db.execute(f"{change} and source=?", (maker, source)).rowcount for source in only)

    def lose(self, source: str, scan: int) -> None:
        """Mark the items of an archive that this scan of it has not seen; their rows are to go."""
        self._db.execute("delete from items where input=? and seen < ? and counts=''", (source, scan))
        self._db.execute("update items set status='gone' where input=? and seen < ?", (source, scan))

    def parts_with_gone(self) -> list[int]:
        """Return the parts that hold rows of items that are gone."""
        query = "select distinct part from items where status='gone' order by part"
        return [p for (p,) in self._db.execute(query)]

    def drop(self, items: Iterable[int]) -> None:
        """Remove items of which no row is left."""
        self._db.executemany("delete from items where id=?", [(i,) for i in items])

    def pending(self, part: int) -> list[tuple[int, str, str, bool]]:
        """Return a part's pending items: id, source, input, whether the part's own texts hold it."""
        query = "select id, source, input, in_texts from items where part=? and status='pending' order by id"
        return [(i, s, p, bool(t)) for i, s, p, t in self._db.execute(query, (part,))]

    def pending_parts(self, *, in_texts: bool) -> Iterator[int]:
        """Yield the parts with pending items, those whose texts are kept, or those that must be read again."""
        last = -1
        query = "select min(part) from items where status='pending' and in_texts=? and part > ?"
        while (row := self._db.execute(query, (int(in_texts), last)).fetchone())[0] is not None:
            last = int(row[0])
            yield last

    def rows_of(self, part: int) -> list[tuple[int, dict[str, int], bool]]:
        """Return the items whose rows a part's files hold, in order: id, counts, whether the rows stay (not gone)."""
        query = "select id, counts, status from items where part=? and counts <> '' order by id"
        return [(i, json.loads(c), s != "gone") for i, c, s in self._db.execute(query, (part,))]

    def tried(self, item: int) -> int:
        """Count one more try at an item that a worker did not survive; return how many there were."""
        self._db.execute("update items set tries = tries + 1 where id = ?", (item,))
        return int(self._db.execute("select tries from items where id = ?", (item,)).fetchone()[0])

    def settle(self, outcome: Outcome, maker: str) -> None:
        """Write what became of an item."""
        counts = json.dumps(outcome.counts) if outcome.counts is not None else ""
        values = (outcome.status, outcome.code, outcome.error, outcome.seconds, outcome.characters, counts)
        query = "update items set status=?, code=?, error=?, seconds=?, characters=?, counts=?, maker=?, in_texts=?"
        self._db.execute(f"{query} where id=?", (*values, maker, int(outcome.in_texts), outcome.id))
        if outcome.digest:
            self._db.execute("update items set digest=? where id=?", (outcome.digest, outcome.id))

    # Parts

    def next_part(self) -> int:
        """Return the number of a new part."""
        return int(self._db.execute("insert into parts default values").lastrowid or 0)

    def intend(self, part: int, intent: str) -> None:
        """Note what is about to become of a part, before any of its files gets its name."""
        self._db.execute("update parts set intent=? where part=?", (intent, part))

    def intents(self) -> list[str]:
        """Return what was about to become of parts when the run was cut off."""
        return [i for (i,) in self._db.execute("select intent from parts where intent <> '' order by part")]

    def commit_part(self, part: int, files: Mapping[str, int]) -> None:
        """Note a part's files and their sizes: it is done."""
        self._db.execute("update parts set files=?, intent='' where part=?", (json.dumps(files), part))

    def parts(self) -> Iterator[tuple[int, dict[str, int]]]:
        """Yield every part with its files and their sizes."""
        for part, files in self._db.execute("select part, files from parts order by part").fetchall():
            yield part, json.loads(files)

    # What there is to tell

    def tally(self, maker: str) -> Counter[str]:
        """Return how many items are done, failed, pending and stale, and the sums of characters, figures, seconds."""
        query = "select status, count(*), sum(characters), sum(seconds) from items group by status"
        told: Counter[str] = Counter()
        for status, number, characters, seconds in self._db.execute(query):
            told[status] += number
            told["characters"] += characters or 0
            told["milliseconds"] += int(1000 * (seconds or 0))
        stale = "select count(*) from items where status='done' and maker <> ?"
        told["stale"] = self._db.execute(stale, (maker,)).fetchone()[0]
        told["inputs"] = self._db.execute("select count(*) from inputs").fetchone()[0]
        return told

    def records(self) -> Counter[str]:
        """Return how many records of each kind the parts hold."""
        query = "select e.key, sum(e.value) from items, json_each(items.counts) e where counts <> '' group by e.key"
        return Counter({k: v for k, v in self._db.execute(query) if k != "text"})

    def errors(self) -> Iterator[dict[str, Any]]:
        """Yield the quarantined items in order, as lines of `errors.jsonl`."""
        for source, code, error, tries in self._db.execute(
            "select source, code, error, tries from items where status='failed' order by id"
        ):
            yield {"source": source, "code": code, "error": error, "tries": tries}

    def slowest(self, number: int = 5) -> list[tuple[str, float]]:
        """Return the items that took longest, with their seconds."""
        return list(self._db.execute("select source, seconds from items order by seconds desc limit ?", (number,)))

    def _upgrade(self, read_only: bool) -> None:
        try:
            version = int(self._db.execute("pragma user_version").fetchone()[0])
            if version > VERSION:
                raise self._not_ours(f"made by a newer zhengwen (manifest version {version}, this reads {VERSION})")
            if read_only and version < VERSION:
                raise self._not_ours(f"of manifest version {version}; `zhengwen batch` brings it up to {VERSION}")
            for step in range(version or VERSION, VERSION):
                self._db.execute(_STEPS[step])
            if not read_only:
                self._db.execute("pragma journal_mode=wal")
                self._db.execute("pragma synchronous=full")
                self._db.executescript(_TABLES)
                self._db.execute(f"pragma user_version = {VERSION}")
        except sqlite3.DatabaseError as error:
            raise self._not_ours(f"no manifest of a batch run: {error}") from None

    def _not_ours(self, message: str) -> ZhengwenError:
        self.close()
        return BadInput(message, code="manifest", where=str(self.path))


def _lock(folder: Path) -> sqlite3.Connection:
    """Take the run for this process alone; the system gives it back when the process ends, however it ends."""
    lock = sqlite3.connect(folder / "lock.sqlite", timeout=0.2, isolation_level=None)
    try:
        lock.execute("pragma locking_mode=exclusive")
        lock.execute("begin exclusive")
    except sqlite3.OperationalError as error:
        lock.close()
        if "locked" not in str(error):
            raise
        raise BadInput("another zhengwen is at work on this run", code="busy", where=str(folder)) from None
    return lock
