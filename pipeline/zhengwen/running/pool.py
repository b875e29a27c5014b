"""The workers: processes of their own (spawned), each with one part in hand at most; dead and hanging ones replaced.

Nothing queues: a part is made when a worker is free for it, so memory does not grow with the archive.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

from zhengwen.errors import ZhengwenError
from zhengwen.running.worker import IDLE, STARTING, WRITING, Done, Failed, Setup, Task, TaskItem, work

__all__ = ["Lost", "Pool"]

_SPAWN = multiprocessing.get_context("spawn")
_STARTS = 3
"""So many workers in a row may die before they are ready."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A part whose worker died or was ended: the item that it was at, or whether it was writing the part's files."""

    task: Task
    at: TaskItem | None
    writing: bool
    why: str


@dataclass
class _Worker:
    process: SpawnProcess
    tasks: Connection
    place: Any
    task: Task | None = None
    parts: int = 0
    seen: int = STARTING
    since: float = field(default_factory=time.monotonic)

    def look(self) -> float:
        """Return for how many seconds the worker has been at the item that it is at."""
        if (place := self.place.value) != self.seen:
            self.seen, self.since = place, time.monotonic()
        return time.monotonic() - self.since


class Pool:
    """`number` workers. `limit` is the time that an article may take, `recycle` how many parts a worker lives for."""

    def __init__(self, setup: Setup, number: int, *, limit: float, recycle: int = 200) -> None:
        self._setup, self._limit, self._recycle = setup, limit, recycle
        self._deaths = 0
        self._workers = [self._start() for _ in range(number)]

    @property
    def idle(self) -> int:
        """How many workers wait for a part."""
        return sum(w.task is None for w in self._workers)

    @property
    def busy(self) -> int:
        """How many workers have a part in hand."""
        return sum(w.task is not None for w in self._workers)

    def begun(self) -> int:
        """Return how many items of the parts in hand are behind their workers."""
        return sum(max(w.place.value, 0) for w in self._workers if w.task)

    def processes(self) -> list[int]:
        """Return the workers' process ids."""
        return [w.process.pid or 0 for w in self._workers]

    def give(self, task: Task) -> None:
        """Hand a part to a worker that is free."""
        worker = next(w for w in self._workers if w.task is None)
        if worker.parts >= self._recycle:
            worker = self._replace(worker)
        worker.task, worker.parts = task, worker.parts + 1
        worker.seen, worker.since = IDLE, time.monotonic()
        with suppress(OSError):  # it died while it waited: `events` finds it
            worker.tasks.send(task)

    def events(self, timeout: float) -> Iterator[Done | Failed | Lost]:
        """Wait for something to happen, for `timeout` seconds at most; yield what did."""
        wait([w.tasks for w in self._workers if w.task] or [w.process.sentinel for w in self._workers], timeout)
        for worker in list(self._workers):
            if worker.task is not None and (event := self._look(worker, worker.task)):
                yield event

    def close(self) -> None:
        """End all workers, at once."""
        for worker in self._workers:
            worker.tasks.close()
        for worker in self._workers:
            worker.process.kill()
            worker.process.join()

    def _look(self, worker: _Worker, task: Task) -> Done | Failed | Lost | None:
        answer = self._answer(worker)
        if answer is not None:
            worker.task, self._deaths = None, 0
            return answer
        seconds, at = worker.look(), worker.seen
        if worker.process.is_alive() and not (at >= 0 and seconds > self._limit):
            return None
        why = f"took longer than {self._limit:g} seconds" if worker.process.is_alive() else self._how_it_ended(worker)
        self._replace(worker)
        return Lost(task, task.items[at] if at >= 0 else None, at == WRITING, why)

    def _answer(self, worker: _Worker) -> Done | Failed | None:
        try:
            return worker.tasks.recv() if worker.tasks.poll() else None
        except (EOFError, OSError):
            worker.process.join(5)  # its end of the pipe closes a moment before it is dead
            return None

    def _how_it_ended(self, worker: _Worker) -> str:
        """Say how a worker died; raises when none gets as far as being ready."""
        code = worker.process.exitcode or 0
        how = f"killed by signal {-code}" if code < 0 else f"ended with code {code}"
        if worker.seen == STARTING:
            self._deaths += 1
            if self._deaths >= _STARTS:
                raise ZhengwenError(f"{how} before it could begin, {_STARTS} times in a row", where="worker")
        return f"the worker was {how}" if code < 0 else f"the worker {how}"

    def _replace(self, worker: _Worker) -> _Worker:
        worker.tasks.close()
        worker.process.kill()
        worker.process.join()
        fresh = self._start()
        self._workers[self._workers.index(worker)] = fresh
        return fresh

    def _start(self) -> _Worker:
        ours, theirs = _SPAWN.Pipe()
        place = _SPAWN.RawValue("q", STARTING)
        process = _SPAWN.Process(target=work, args=(self._setup, theirs, place), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours, place)
