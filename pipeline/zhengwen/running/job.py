"""One run of `zhengwen extract`: inputs in order, through the engine, to a run folder or to standard output."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from zhengwen import __version__
from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.reading import Known, find_inputs, parse_date, read_pages
from zhengwen.records import Record
from zhengwen.stages import Page
from zhengwen.tables import FORMATS, RunFolder
from zhengwen.tables.labels import LANGUAGES
from zhengwen.tables.streams import StdoutCsv, StdoutJsonl, StdoutTable

if TYPE_CHECKING:
    from zhengwen.engine import Engine

__all__ = ["Job", "run"]


class Sink(Protocol):
    """Where records go."""

    def add(self, page: Page, records: list[Record]) -> None:
        """Take one page's records."""

    def fail(self, error: ZhengwenError) -> None:
        """Take note of an input that failed."""


@dataclass(frozen=True, slots=True)
class Job:
    """What the user asked for."""

    inputs: tuple[str, ...]
    out: Path | None = None
    formats: tuple[str, ...] = ()
    date: str | None = None
    rules: Path | None = None
    quiet: bool = False
    lang: str = "en"
    known: Known = field(default_factory=Known)

    def checked(self) -> Job:
        """Return the job with its date in our notation. Raises for what cannot be asked for."""
        for name in self.formats:
            if name not in FORMATS:
                raise _usage(f"no such format: {name} (wanted: {', '.join(FORMATS)})", "--format")
        if self.lang not in LANGUAGES:
            raise _usage(f"no such language: {self.lang} (wanted: {', '.join(LANGUAGES)})", "--lang")
        if self.out is None and (set(self.formats) - {"jsonl", "csv"} or len(self.formats) > 1):
            raise _usage("needs a folder to write to: -o DIR", f"--format {','.join(self.formats)}")
        if self.out is not None and self.out.exists() and not self.out.is_dir():
            raise _usage("is a file, not a folder", f"-o {self.out}")
        return replace(self, date=parse_date(self.date or "", where="--date"))

    def plain(self) -> dict[str, Any]:
        """Return the options as plain JSON values, for `run.json`."""
        return {
            "inputs": list(self.inputs),
            "formats": list(self.formats),
            "date": self.date or None,
            "lang": self.lang,
            "rules": str(self.rules) if self.rules else None,
            **self.known.plain(),
        }


def _usage(message: str, where: str) -> BadInput:
    return BadInput(message, code="usage", where=where)


def run(job: Job) -> int:
    """Do the job and return how many inputs failed; each failure is one line on standard error.

    Raises `BadInput`, `BadDate` or `BadRule` for what is wrong with the job itself.
    """
    job = job.checked()
    started = time.perf_counter()
    from zhengwen.extraction import engine

    ready = engine(job.rules)
    if job.out is None:
        return _feed(job, ready, _stdout(job, ready))
    with RunFolder(job.out, job.formats, ready.rules, job.lang, job.known.sources().passed) as folder:
        failed = _feed(job, ready, folder)
        folder.close(_about(job, ready, time.perf_counter() - started))
    if not job.quiet:
        _closing_line(folder, job.out)
    _carry_review(job, job.out)
    return failed


def _carry_review(job: Job, out: Path) -> None:
    """Find the figures of an earlier review of this folder again; those that moved get their marks into the tables."""
    from zhengwen.review.log import Log

    if not Log.of_run(out).path.exists():
        return
    from zhengwen.records import Figure
    from zhengwen.review.added import RULE
    from zhengwen.review.exporting import export_tables, summary_line
    from zhengwen.review.runs import reviewed

    pages, marks = reviewed(out)
    shown = [f for f in job.formats if f in ("xlsx", "html")]
    added = any(isinstance(r, Figure) and r.rule == RULE for _, records in pages for r in records)
    if shown and (marks.placed.moved or added):
        export_tables(out, shown, out, job.lang, job.rules)
    if len(marks) and not job.quiet:
        print(summary_line(out, marks), file=sys.stderr)


def _stdout(job: Job, ready: Engine) -> Sink:
    if job.formats == ("jsonl",):
        return StdoutJsonl()
    return StdoutCsv() if job.formats == ("csv",) else StdoutTable(ready.rules, lang=job.lang, quiet=job.quiet)


def _feed(job: Job, ready: Engine, sink: Sink) -> int:
    failed = 0
    for result in _results(job, ready):
        if isinstance(result, ZhengwenError):
            failed += 1
            print(f"zhengwen: {' '.join(result.line().split())}", file=sys.stderr)
            sink.fail(result)
        else:
            sink.add(*result)
    return failed


def _results(job: Job, ready: Engine) -> Iterator[tuple[Page, list[Record]] | ZhengwenError]:
    """Yield each page with its records, an error in the place of each input that failed."""
    sources = job.known.sources(job.date or "")
    for item in find_inputs(job.inputs):
        if isinstance(item, ZhengwenError):
            yield item
            continue
        for page in read_pages(item, sources=sources):
            yield page if isinstance(page, ZhengwenError) else _read(ready, page)


def _read(ready: Engine, page: Page) -> tuple[Page, list[Record]] | ZhengwenError:
    """Read one page; a fault of ours in it must not end the run of all the others."""
    try:
        return page, ready.read(page)
    except Exception as error:
        if os.environ.get("ZHENGWEN_DEBUG"):
            raise
        return BadInput(f"internal error: {type(error).__name__}: {error}", code="internal", where=page.source)


def _about(job: Job, ready: Engine, seconds: float) -> dict[str, Any]:
    return {
        "zhengwen": __version__,
        "rules_hash": ready.rules.hash,
        "options": job.plain(),
        "seconds": round(seconds, 2),
    }


def _closing_line(folder: RunFolder, out: Path) -> None:
    summary = folder.summary
    line = f"{summary.records['figure']} figures of {summary.inputs} inputs in {out}"
    if summary.failed:
        line += f"; {summary.failed} failed (errors.jsonl)"
    if summary.without_period_for_want_of_date:
        line += f"; {summary.without_period_for_want_of_date} figures have no period for want of a date (--date)"
    print(line, file=sys.stderr)
