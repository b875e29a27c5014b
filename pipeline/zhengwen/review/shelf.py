"""Runs that the review page serves: the one it was started with, or those made there of pasted texts and dropped files.

A run that is made here lies in a folder of its own with its inputs in it; nothing that is uploaded is written anywhere
else, and no name that comes from outside is used as a path.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from zhengwen import __version__
from zhengwen.engine import Engine
from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.reading import find_inputs, parse_date, read_pages
from zhengwen.records import Record
from zhengwen.review.bench import Bench
from zhengwen.rules import Rules
from zhengwen.stages import Page
from zhengwen.tables import RunFolder

__all__ = ["MOST_FILES", "Made", "Shelf"]

MOST_FILES = 500
"""Files that one run made on the page may have."""
_ID = re.compile(r"r[0-9a-f]{16}")
_INPUTS = "inputs"
_NAME = 100
_KNOWN = ("date", "title", "source_name", "place")
_FORMATS = ("parquet",)
"""The texts are kept in the run: its inputs lie in it, but under names that say nothing."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of reading: figures found, characters read, seconds, and inputs that failed (a line each)."""

    figures: int
    characters: int
    seconds: float
    failed: tuple[str, ...] = ()


class Shelf:
    """The runs of one server. `engine` is asked for when first needed: it takes a moment to build."""

    def __init__(
        self, folder: Path | None, rules: Rules, engine: Callable[[], Engine], run: Path | None = None
    ) -> None:
        self._folder, self._rules, self._engine = folder, rules, engine
        self._benches: dict[str, Bench] = {}
        self._lock, self._reading = threading.Lock(), threading.Lock()
        self.run = run
        if run is not None:
            self._benches["run"] = Bench(run, rules)

    def bench(self, run_id: str) -> Bench:
        """Return a run on the bench. `BadInput` for one that is not here."""
        with self._lock:
            if run_id not in self._benches:
                self._benches[run_id] = Bench(self._of(run_id), self._rules)
            return self._benches[run_id]

    def new(self) -> str:
        """Make an empty run to upload into, and return its id. `BadInput` when this server only shows one run."""
        if self._folder is None:
            raise BadInput("this server shows one run: start zhengwen serve without RUN to read texts", code="usage")
        run_id = f"r{secrets.token_hex(8)}"
        (self._folder / run_id / _INPUTS).mkdir(parents=True)
        return run_id

    def receive(self, run_id: str, name: str) -> Path:
        """Return where an upload named `name` is to be written: inside the run, under a name of ours.

        `BadInput` when the run is read already, or holds too many files.
        """
        inputs = self._unread(run_id) / _INPUTS
        told = _names(inputs)
        if len(told) >= MOST_FILES:
            raise BadInput(f"at most {MOST_FILES} files at once", code="large", where=_plain_name(name))
        shown = _plain_name(name)
        ending = "".join(s for s in Path(shown).suffixes[-2:] if re.fullmatch(r"\.[A-Za-z0-9]{1,8}", s)).lower()
        stored = f"{len(told) + 1:04d}{ending or '.txt'}"
        told[stored] = shown
        (inputs / "names.json").write_text(json.dumps(told), encoding="utf-8")
        return inputs / stored

    def read(self, run_id: str, known: Mapping[str, str]) -> Made:
        """Read what was uploaded into a run; `known` are date, title, source_name, place, where the files do not say.

        One run is read at a time. `BadDate` for a date that is none, `BadInput` when there is nothing to read.
        """
        folder = self._unread(run_id)
        told = _names(folder / _INPUTS)
        if not told:
            raise BadInput("nothing to read: paste a text, or drop files", code="empty")
        date = parse_date(known.get("date", "").strip(), where="date")
        said = {k: known.get(k, "").strip()[:200] for k in _KNOWN} | {"date": date}
        with self._reading:
            engine, started = self._engine(), time.perf_counter()
            with RunFolder(folder, _FORMATS, self._rules) as run:
                failed = tuple(self._into(run, engine, _pages(folder / _INPUTS, told, said)))
                seconds = round(time.perf_counter() - started, 2)
                run.close({"zhengwen": __version__, "rules_hash": self._rules.hash, "seconds": seconds})
        return Made(run.summary.records["figure"], run.summary.characters, seconds, failed)

    def _into(self, run: RunFolder, engine: Engine, pages: Iterator[Page | ZhengwenError]) -> Iterator[str]:
        for page in pages:
            found = page if isinstance(page, ZhengwenError) else _records(engine, page)
            if isinstance(found, ZhengwenError):
                run.fail(found)
                yield " ".join(found.line().split())
            elif isinstance(page, Page):
                run.add(page, found)

    def drop(self, run_id: str) -> None:
        """Remove a run that was made here, with what was uploaded."""
        folder = self._of(run_id)
        if run_id == "run":
            raise BadInput("this run was not made here", code="usage", where=run_id)
        with self._lock:
            self._benches.pop(run_id, None)
            shutil.rmtree(folder)

    def _unread(self, run_id: str) -> Path:
        folder = self._of(run_id)
        if run_id == "run" or (folder / "records.jsonl").exists():
            raise BadInput("this run is read already: begin a new one", code="taken", where=run_id)
        return folder

    def _of(self, run_id: str) -> Path:
        if run_id == "run" and self.run is not None:
            return self.run
        if self._folder is None or not _ID.fullmatch(run_id) or not (self._folder / run_id).is_dir():
            raise BadInput("no such run", code="missing", where=run_id[:40])
        return self._folder / run_id


def _records(engine: Engine, page: Page) -> list[Record] | BadInput:
    """Read one page; a fault of ours in it must not end the reading of the others."""
    try:
        return engine.read(page)
    except Exception as error:
        return BadInput(f"internal error: {type(error).__name__}: {error}", code="internal", where=page.source)


def _pages(inputs: Path, told: Mapping[str, str], said: Mapping[str, str]) -> Iterator[Page | ZhengwenError]:
    """Yield the pages of all uploads under the names that their files had; metadata beside a text counts."""
    beside = {name: stored for stored, name in told.items() if name.endswith(".meta.json")}
    for stored, name in told.items():
        if name in beside:
            continue
        meta = beside.get(f"{name.rpartition('.')[0]}.meta.json")
        if meta:
            shutil.copyfile(inputs / meta, (inputs / stored).with_suffix(".meta.json"))
        path = inputs / stored
        for item in find_inputs([path]):
            for page in [item] if isinstance(item, ZhengwenError) else read_pages(item, date=said["date"]):
                yield _renamed(page, str(path), name, said)


def _renamed(page: Page | ZhengwenError, path: str, name: str, said: Mapping[str, str]) -> Page | ZhengwenError:
    """Return a page under its file's own name, with what the user said where nothing else does."""
    if isinstance(page, ZhengwenError):
        page.where = page.where.replace(path, name)
        return page
    missing: dict[str, Any] = {k: said[k] for k in _KNOWN if said[k] and not getattr(page.meta, k)}
    return replace(page, source=page.source.replace(path, name), meta=replace(page.meta, **missing))


def _names(inputs: Path) -> dict[str, str]:
    """Return the uploads of a run: under which name each is stored, and what its file was called."""
    path = inputs / "names.json"
    told: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return told


def _plain_name(name: str) -> str:
    """Return a file's name without folders and without characters that could not be shown."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, ending = shown.rpartition(".")
    return f"{stem[:_NAME]}{dot}{ending[:10]}" if dot else shown[:_NAME] or "text.txt"
