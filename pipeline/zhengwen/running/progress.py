"""How far a run is, on standard error: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import gzip
import sys
import time
import zlib
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from zhengwen.reading import Input

if TYPE_CHECKING:
    from rich.live import Live

__all__ = ["ONE_PAGE", "Expected", "Progress", "count_rows", "spell"]

ONE_PAGE = frozenset({"text", "html", "pdf", "docx", "xlsx"})
"""Kinds of input that are one article each."""

_EVERY = 30.0
_WINDOW = 120.0


class Expected:
    """How many articles there are: `files` of one each, and the lines of `archives`, counted beside the work.

    `exact` turns true when all are counted; it stays false when an archive's lines are not its articles.
    """

    def __init__(self, files: int, archives: Iterable[Input]) -> None:
        self.number = files
        self.exact = False
        self._stop = Event()
        self._thread = Thread(target=self._count, args=(list(archives),), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop counting."""
        self._stop.set()
        self._thread.join()

    def _count(self, archives: list[Input]) -> None:
        counted = [count_rows(item, self._stop) for item in archives]
        self.number += sum(rows or 0 for rows in counted)
        self.exact = None not in counted and not self._stop.is_set()


def count_rows(item: Input, stop: Event | None = None) -> int | None:
    """Return how many rows an archive of lines has, by counting its lines; None for every other kind of input."""
    if item.kind not in ("jsonl", "csv"):
        return None
    opener = gzip.open if item.path.name.lower().endswith(".gz") else open
    lines = 0
    with suppress(OSError, EOFError, zlib.error), opener(item.path, "rb") as file:
        while (piece := file.read(1 << 20)) and not (stop and stop.is_set()):
            lines += piece.count(b"\n")
    return lines


@dataclass
class Progress:
    """Counts what is done and tells it; `begin`, `advance` and `tick` as the run goes, `end` at its end."""

    total: Expected | None = None
    before: int = 0
    """Items that an earlier run has done."""
    quiet: bool = False
    done: int = 0
    characters: int = 0
    figures: int = 0
    errors: int = 0
    underway: int = 0

    def begin(self) -> None:
        """Start the clock, and the bar when there is somebody to look at it."""
        self._marks: deque[tuple[float, int, int]] = deque([(time.monotonic(), 0, 0)])
        self._told = time.monotonic()
        self._live: Live | None = None
        if not self.quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.live import Live

            self._live = Live(console=Console(stderr=True), refresh_per_second=4, transient=True)
            self._live.start()

    def advance(self, *, done: int, characters: int, figures: int, errors: int) -> None:
        """Count a part that is done."""
        self.done += done
        self.characters += characters
        self.figures += figures
        self.errors += errors
        self._marks.append((time.monotonic(), self.done, self.characters))
        while len(self._marks) > 2 and self._marks[-1][0] - self._marks[0][0] > _WINDOW:
            self._marks.popleft()

    def tick(self, underway: int) -> None:
        """Show how things stand; `underway` are items that are read but not yet in a finished part."""
        self.underway = underway
        if self._live:
            self._live.update(self._bar())
        elif not self.quiet and time.monotonic() - self._told >= _EVERY:
            self._told = time.monotonic()
            print(f"zhengwen: {self.line()}", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Take the bar away."""
        if self._live:
            self._live.stop()
        if self.total:
            self.total.stop()

    def line(self) -> str:
        """Return how things stand, in one line."""
        articles, characters = self._rates()
        of = f" of {self._expected()}" if self._expected() else ""
        told = f"{self.before + self.done + self.underway}{of} articles · {self.figures} figures · {self.errors} errors"
        told += f" · {articles:.0f} articles/s · {characters:.0f} characters/s"
        return told + (f" · {spell(left)} left" if (left := self._left(articles)) else "")

    def _rates(self) -> tuple[float, float]:
        """Return articles and characters per second over the last minutes."""
        (first, done, characters), (last, *_) = self._marks[0], self._marks[-1]
        seconds = max(last - first, time.monotonic() - self._marks[-1][0], 0.001)
        return (self.done - done) / seconds, (self.characters - characters) / seconds

    def _expected(self) -> int:
        return self.total.number if self.total and self.total.exact else 0

    def _left(self, rate: float) -> float:
        left = self._expected() - self.before - self.done - self.underway
        return left / rate if rate > 0 and left > 0 else 0.0

    def _bar(self) -> Any:
        from rich.console import Group
        from rich.progress_bar import ProgressBar
        from rich.text import Text

        expected = self._expected()
        completed = self.before + self.done + self.underway
        bar = ProgressBar(total=expected or None, completed=completed, width=60, pulse=not expected)
        return Group(bar, Text(self.line()))


def spell(seconds: float) -> str:
    """Return a duration as a person says it: 40 s, 12 min, 3 h 20 min, 2 d 4 h."""
    minutes, hours, days = seconds / 60, seconds / 3600, seconds / 86400
    if seconds < 90:
        return f"{seconds:.0f} s"
    if minutes < 90:
        return f"{minutes:.0f} min"
    if hours < 36:
        return f"{int(hours)} h {int(minutes % 60)} min"
    return f"{int(days)} d {int(hours % 24)} h"
