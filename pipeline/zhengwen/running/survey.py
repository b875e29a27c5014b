"""A look at an archive before days are spent on it: what there is, what cannot be read, how long it will take."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zhengwen.errors import ZhengwenError
from zhengwen.reading import Input, iter_inputs, read_pages
from zhengwen.running.parts import ItemRows, prepare, write_part
from zhengwen.running.progress import count_rows, spell
from zhengwen.scoring.runs import Sample
from zhengwen.stages import Page

__all__ = ["Survey", "survey"]

_ROWS = 2000
"""Rows of an archive that are looked at: those at its start."""


@dataclass
class Survey:
    """What was found. `articles` is counted; the shares, times and sizes come from the sample."""

    files: Counter[str] = field(default_factory=Counter)
    bytes: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    encodings: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    looked_at: int = 0
    read: int = 0
    characters: int = 0
    figures: int = 0
    seconds: float = 0.0
    written: int = 0

    def lines(self, workers: int) -> Iterator[str]:
        """Yield what a person wants to know."""
        yield "kind        files        MB"
        for kind, number in self.files.most_common():
            yield f"{kind:<10} {number:>6} {self.bytes[kind] / 1e6:>9.1f}"
        yield f"articles: {self.articles} (files, and rows of archives)"
        encodings = ", ".join(f"{e} {n}" for e, n in self.encodings.most_common())
        yield f"encodings of {self.looked_at} looked at: {encodings}"
        for code, number in self.problems.most_common():
            yield f"cannot be read ({code}): {number}, e.g. {self.examples[code]}"
        if self.read:
            yield from self._estimate(workers)

    def _estimate(self, workers: int) -> Iterator[str]:
        each, written = self.seconds / self.read, self.written / self.read
        rate = self.characters / self.seconds if self.seconds else 0.0
        read = f"{self.read} articles, {self.characters} characters, {self.figures} figures"
        yield f"sample: {read}, {rate:.0f} characters/s"
        whole = self.articles * each
        yield f"time: {spell(whole)} of one core, {spell(whole / workers)} with {workers} workers on cores of their own"
        yield f"disk: {self.articles * written / 1e6:.0f} MB of Parquet"


def survey(arguments: Sequence[str], *, sample: int, date: str | None, rules: Path | None) -> Survey:
    """Look over inputs: list and count all, read `sample` of them and run them, in a throw-away folder."""
    found = Survey()
    files: Sample[Input] = Sample(sample)
    pages: Sample[Page] = Sample(sample)
    for argument in arguments:
        for item in iter_inputs([argument]):
            if isinstance(item, ZhengwenError):
                _problem(found, item)
                continue
            found.files[item.kind] += 1
            found.bytes[item.kind] += _bytes(item)
            if (rows := count_rows(item)) is None:
                found.articles += 1
                files.offer(item)
            else:
                found.articles += rows
                _look(found, pages, item, date, _ROWS)
    for item in files.kept:
        _look(found, pages, item, date, 1)
    _run(found, pages.kept, rules)
    return found


def _look(found: Survey, pages: Sample[Page], item: Input, date: str | None, most: int) -> None:
    for number, page in enumerate(read_pages(item, date=date)):
        if number >= most:
            break
        if isinstance(page, ZhengwenError):
            _problem(found, page)
        else:
            found.looked_at += 1
            found.encodings[page.encoding or "unknown"] += 1
            pages.offer(page)


def _problem(found: Survey, error: ZhengwenError) -> None:
    found.problems[error.code] += 1
    found.examples.setdefault(error.code, error.line())


def _run(found: Survey, pages: Iterable[Page], rules: Path | None) -> None:
    """Run the sample as a batch would, writing included."""
    from zhengwen.running.worker import Setup, engine_reader

    with tempfile.TemporaryDirectory() as folder:
        setup = Setup(Path(folder), ("parquet",), rules=rules)
        reader, made = engine_reader(setup), []
        started = time.process_time()
        for number, page in enumerate(pages):
            rows = ItemRows(number)
            rows.add(page, reader(page), setup.formats)
            made.append(rows)
            found.read += 1
            found.characters += len(page.text)
            found.figures += rows.counts.get("figure", 0)
        prepare(setup.run, setup.formats)
        found.written = sum(f.size for f in write_part(setup.run, 1, setup.formats, made))
        found.seconds = time.process_time() - started


def _bytes(item: Input) -> int:
    try:
        return item.path.stat().st_size
    except OSError:
        return 0
