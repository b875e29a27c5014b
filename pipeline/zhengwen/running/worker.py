"""A worker: takes parts, reads their articles one by one, writes the parts' files, tells what became of each item.

It never renames and never touches the manifest: whatever happens to it, what it has not handed over does not exist.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengwen.errors import ZhengwenError
from zhengwen.reading import Input, Known, Sources, read_pages
from zhengwen.records import Record
from zhengwen.running.manifest import Outcome
from zhengwen.running.parts import ItemRows, Layout, Written, discard, kept_texts, write_part
from zhengwen.running.storage import outage_in
from zhengwen.stages import Page

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

__all__ = ["ENGINE", "IDLE", "STARTING", "WRITING", "Done", "Failed", "Setup", "Task", "TaskItem", "work"]

ENGINE = "zhengwen.running.worker:engine_reader"
"""What makes the function that reads a page; named, so that a fresh process can find it."""

STARTING, IDLE, WRITING = -3, -2, -1
"""What the counter that a worker shares says besides the place of the item that it is at."""

Reader = Callable[[Page], list[Record]]


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs to know once."""

    run: Path
    formats: tuple[str, ...]
    date: str | None = None
    rules: Path | None = None
    reader: str = ENGINE
    known: Known = field(default_factory=Known)
    """What the user says of the inputs from outside them."""


@dataclass(frozen=True, slots=True)
class TaskItem:
    """One item to do: its page in hand, its file to read, or (neither) a text that the part itself keeps."""

    id: int
    source: str
    page: Page | None = None
    input: Input | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One part to write: the items to do, and what the present files of the part hold."""

    part: int
    items: tuple[TaskItem, ...]
    layout: Layout = ()
    given_up: tuple[Outcome, ...] = ()
    """Items that workers did not survive: they lose their rows."""


@dataclass(frozen=True, slots=True)
class Done:
    """A part that is written: its files, and what became of its items."""

    part: int
    outcomes: tuple[Outcome, ...]
    files: tuple[Written, ...]
    dropped: tuple[int, ...] = ()
    """Items that are gone from their archive, and now from the part."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A part that the storage did not give or take."""

    part: int
    reason: str


class _Outage(Exception):
    """The storage of an item's input fails."""


def engine_reader(setup: Setup) -> Reader:
    """Return the engine's own reading, warm: what is built at the first figure is built here."""
    from zhengwen.extraction import engine
    from zhengwen.reading import page_of

    read = engine(setup.rules).read
    read(page_of("2021年,全区税收收入完成4.17亿元,同比增长3.6%。"))
    return read


def work(setup: Setup, tasks: Connection, place: Any) -> None:
    """Do parts until the other end of `tasks` is closed; `place` (a shared integer) says what is in hand."""
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)  # the parent decides when to stop
    place.value = STARTING
    reader = make_reader(setup)
    try:
        while True:
            place.value = IDLE
            _hand_over(tasks, _do(setup, tasks.recv(), reader, place))
    except (EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        pass


def _hand_over(tasks: Connection, done: Done | Failed) -> None:
    """Report a part; when nobody is there to hear it, its files go: a later run has swept the folder already."""
    try:
        tasks.send(done)
    except OSError:
        if isinstance(done, Done):
            discard(done.files)
        raise


def make_reader(setup: Setup) -> Reader:
    """Return the function that `setup` names (`module:function`), made for this process."""
    module, _, name = setup.reader.partition(":")
    made: Reader = getattr(import_module(module), name)(setup)
    return made


def _do(setup: Setup, task: Task, reader: Reader, place: Any) -> Done | Failed:
    """Write one part's files."""
    parent = os.getppid()
    try:
        kept = _kept(setup, task)
        rows, outcomes = [], []
        for at, item in enumerate(task.items):
            place.value = at
            if os.getppid() != parent:
                raise EOFError  # nobody will ever ask for this part
            made, outcome = _item(setup, item, kept.get(item.id), reader)
            rows.append(made)
            outcomes.append(outcome)
        place.value = WRITING
        again = {i.id for i in task.items} | {o.id for o in task.given_up}
        layout = [(i, counts, stays and i not in again) for i, counts, stays in task.layout]
        dropped = tuple(i for i, _, stays in task.layout if not stays and i not in again)
        files = write_part(setup.run, task.part, setup.formats, [r for r in rows if r.counts], layout)
        return Done(task.part, (*outcomes, *task.given_up), tuple(files), dropped)
    except _Outage as outage:
        return Failed(task.part, str(outage))
    except OSError as error:
        return Failed(task.part, error.strerror or str(error))


def _kept(setup: Setup, task: Task) -> dict[int, list[Page]]:
    """Return the pages that the part itself keeps, when an item needs them."""
    if all(item.page or item.input for item in task.items):
        return {}
    return kept_texts(setup.run, task.part, task.layout)


def _item(setup: Setup, item: TaskItem, kept: Sequence[Page] | None, reader: Reader) -> tuple[ItemRows, Outcome]:
    """Read one item; whatever goes wrong in it is its own outcome."""
    rows, started = ItemRows(item.id), time.perf_counter()
    characters, digest = 0, ""
    try:
        for page in _pages(setup, item, kept):
            characters += len(page.text)
            digest = page.sha256 if item.input else ""
            rows.add(page, reader(page), setup.formats)
    except ZhengwenError as error:
        return _failed(item, error.code, str(error), started)
    except _Outage:
        raise
    except Exception as error:  # a fault of ours in one article must not end the run of all the others
        return _failed(item, "internal", f"internal error: {type(error).__name__}: {error}", started)
    seconds = round(time.perf_counter() - started, 4)
    in_texts = "parquet" in setup.formats
    return rows, Outcome(item.id, "done", "", "", seconds, characters, rows.counts, digest, in_texts)


def _failed(item: TaskItem, code: str, error: str, started: float) -> tuple[ItemRows, Outcome]:
    seconds = round(time.perf_counter() - started, 4)
    return ItemRows(item.id), Outcome(item.id, "failed", code, " ".join(error.split())[:500], seconds)


@lru_cache(maxsize=1)
def _sources(known: Known, date: str) -> Sources:
    """Return what is known of inputs from outside them; a catalogue is read once."""
    return known.sources(date)


def _pages(setup: Setup, item: TaskItem, kept: Sequence[Page] | None) -> Iterator[Page]:
    """Yield an item's pages; raises what makes it unreadable."""
    if item.page is not None:
        yield item.page
    elif item.input is None:
        yield from kept or ()
    else:
        for page in read_pages(item.input, sources=_sources(setup.known, setup.date or "")):
            if isinstance(page, ZhengwenError):
                reason = outage_in(page, item.input.path)
                raise _Outage(reason) if reason else page
            yield page
