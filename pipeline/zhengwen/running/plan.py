"""What there is to do: inputs become items, items become parts, in an order that no interruption changes.

A plan is walked again from the start after every interruption: what the manifest knows as done is passed over, what it
knows as pending joins its old part, what it does not know makes new parts at the places where it would have anyway.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from hashlib import blake2b, file_digest
from itertools import count

from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.reading import Catalogue, Input, Sources, iter_inputs, read_pages
from zhengwen.running.manifest import Item, Manifest, Outcome
from zhengwen.running.progress import ONE_PAGE
from zhengwen.running.storage import outage_in, stamp
from zhengwen.running.worker import Task, TaskItem
from zhengwen.stages import Page
from zhengwen.tables.jsonl import dumps_plain
from zhengwen.tables.parquet import text_row

__all__ = ["Outage", "Plan", "Wait", "page_mark", "take_stock"]

_CHARACTERS = 2_000_000
_SEEN = 1000
_GATHERED = 20_000
"""So many rows of older parts are held at most, before their parts are written."""


class Wait(Enum):
    """The plan goes on when every part that was given out is settled."""

    FOR_ALL = "all"


@dataclass(frozen=True, slots=True)
class Outage:
    """An input could not be read, and it is the storage's fault: ask again later."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class _New:
    key: str
    source: str
    input: str
    digest: str
    page: Page | None
    file: Input | None


@dataclass
class _Chunk:
    """Items that no part has yet, in order, and the archives that are known whole once they have."""

    items: list[_New] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    characters: int = 0
    complete: list[tuple[str, str]] = field(default_factory=list)

    def put(self, item: _New) -> None:
        self.items.append(item)
        self.keys.add(item.key)
        self.characters += len(item.page.text) if item.page else 0

    def leave(self, source: str) -> None:
        """Forget the items of an archive that must be read from its start again."""
        self.items = [i for i in self.items if i.input != source]
        self.keys = {i.key for i in self.items}
        self.characters = sum(len(i.page.text) for i in self.items if i.page)


def take_stock(
    manifest: Manifest, arguments: Sequence[str], scan: int, sources: Sources | None = None
) -> Iterator[ZhengwenError]:
    """Bring the manifest's inputs up to date; yield what of `arguments` cannot be read at all.

    An input that has changed (size and time first, its content when they differ) is to be read again, and so is one of
    which `sources` now says something else.
    """
    catalogue = sources.catalogue if sources else None
    for argument in arguments:
        with manifest.changing():
            for item in iter_inputs([argument]):
                if isinstance(item, ZhengwenError):
                    yield item
                elif item.kind == "stdin":
                    yield BadInput("standard input cannot be read twice: save it as a file", code="stdin", where="-")
                else:
                    _see(manifest, item, scan, _said(catalogue, item) if catalogue else "")


def _said(catalogue: Catalogue, item: Input) -> str:
    """Return a mark of what a catalogue says of an input: of a file its row, of an archive all."""
    rows = catalogue.of(item.source) if item.kind in ONE_PAGE else catalogue.rows
    told = dumps_plain({k: dict(v) if isinstance(v, Mapping) else v for k, v in rows.items()})
    return f" {blake2b(told.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"


def _see(manifest: Manifest, item: Input, scan: int, said: str) -> None:
    own = stamp(item.path)
    now = own + said if own else ""
    before = manifest.see(item, now, scan)
    if before in (None, now) or not now:
        return
    if item.kind not in ONE_PAGE:
        manifest.restamp(item.source, now, complete=False)  # its rows are compared one by one
        return
    known = manifest.item(item.source)
    beside_too = before is not None and before.split(" ")[1:] != now.split(" ")[1:]
    manifest.restamp(item.source, now, complete=False)
    if known and (beside_too or known.status != "done" or known.digest != _file_digest(item)):
        manifest.renew(known.id, "")


def _file_digest(item: Input) -> str:
    try:
        with item.path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def page_mark(page: Page) -> str:
    """Return what tells whether an archive's row has changed: a hash of its text and its metadata."""
    cells = [c for c in text_row(page)[1:] if c != page.encoding]
    return blake2b(dumps_plain(cells).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


class Plan:
    """Walks the inputs and yields the parts to do. `size` is how many items a part has at most."""

    def __init__(self, manifest: Manifest, *, scan: int, size: int, sources: Sources) -> None:
        self._manifest, self._scan, self._size, self._sources = manifest, scan, size, sources
        self._chunk = _Chunk()
        self._gathered: dict[int, dict[int, TaskItem]] = {}
        self.failed_rows = 0

    def steps(self) -> Iterator[Task | Outage | Wait]:
        """Yield the parts to do, in order; after an `Outage` the same input is tried again."""
        yield from self._from_own_texts()
        yield Wait.FOR_ALL
        yield from self._known_files()
        for item, mark, complete in self._manifest.inputs(self._scan):
            if item.kind in ONE_PAGE:
                yield from self._new_file(item)
            elif not complete:
                yield from self._archive(item, mark)
        yield from self._flush()
        yield from self._hand_out()
        yield from (self._task(part, ()) for part in self._manifest.parts_with_gone())

    def _task(self, part: int, items: Sequence[TaskItem]) -> Task:
        return Task(part, tuple(sorted(items, key=lambda i: i.id)), tuple(self._manifest.rows_of(part)))

    def _from_own_texts(self) -> Iterator[Task]:
        for part in self._manifest.pending_parts(in_texts=True):
            items = [TaskItem(i, source) for i, source, _, kept in self._manifest.pending(part) if kept]
            yield self._task(part, items)

    def _known_files(self) -> Iterator[Task]:
        """Yield the parts of files that were planned before; a part's items are all files, or all rows."""
        for part in self._manifest.pending_parts(in_texts=False):
            pending = [(i, s, self._manifest.input(s)) for i, s, _, kept in self._manifest.pending(part) if not kept]
            items = [TaskItem(i, s, None, f[0]) for i, s, f in pending if f and f[1] == self._scan]
            if items and all(i.input and i.input.kind in ONE_PAGE for i in items):
                yield self._task(part, items)

    def _new_file(self, item: Input) -> Iterator[Task]:
        if self._manifest.item(item.source) is None:
            if self._chunk.items and self._chunk.items[-1].page:
                yield from self._flush()
            self._chunk.put(_New(item.source, item.source, item.source, "", None, item))
            yield from self._flush(full=True)

    def _archive(self, item: Input, mark: str) -> Iterator[Task | Outage | Wait]:
        """Read an archive through, until it is known whole."""
        if self._chunk.items and not self._chunk.items[-1].page:
            yield from self._flush()
        while True:
            scan = self._manifest.next_scan()
            outage = yield from self._rows(item, scan)
            if outage is None:
                break
            self._chunk.leave(item.source)
            yield outage
        with self._manifest.changing():
            self._manifest.lose(item.source, scan)
        self._chunk.complete.append((item.source, mark))
        yield from self._flush(full=True)

    def _rows(self, item: Input, scan: int) -> Generator[Task | Wait, None, Outage | None]:
        """Read an archive's rows once; returns the outage that ended it, if one did."""
        seen: set[int] = set()
        for page in read_pages(item, sources=self._sources):
            if isinstance(page, ZhengwenError):
                if reason := outage_in(page, item.path):
                    return Outage(item.source, reason)
                self._bad_row(item, page, scan)
                continue
            key, known = self._look_up(page.source, seen, scan)
            if known is None:
                self._chunk.put(_New(key, page.source, item.source, page_mark(page), page, None))
                yield from self._flush(full=True)
            else:
                seen.add(known.id)
                self._known_row(known, page)
            if sum(map(len, self._gathered.values())) >= _GATHERED:
                yield from self._hand_out()
            if len(seen) >= _SEEN:
                self._note_seen(seen, scan)
        self._note_seen(seen, scan)
        return None

    def _look_up(self, source: str, seen: set[int], scan: int) -> tuple[str, Item | None]:
        """Return the key of a row, and its item when it has one; rows of the same name are told apart by number."""
        for number in count(1):
            key = source if number == 1 else f"{source}\t{number}"
            known = self._manifest.item(key)
            if known and known.status == "failed" and known.part is None:
                self._manifest.drop([known.id])  # it was no article before
                known = None
            if key not in self._chunk.keys and not (known and (known.id in seen or known.seen == scan)):
                break
        return key, known

    def _note_seen(self, seen: set[int], scan: int) -> None:
        with self._manifest.changing():
            self._manifest.saw(seen, scan)
        seen.clear()

    def _known_row(self, known: Item, page: Page) -> None:
        """Pass over a row that is settled and the same; gather any other for its part."""
        mark = page_mark(page)
        if known.digest != mark:
            self._manifest.renew(known.id, mark)
        elif known.status != "pending":
            return
        assert known.part is not None
        self._gathered.setdefault(known.part, {})[known.id] = TaskItem(known.id, page.source, page)

    def _hand_out(self) -> Iterator[Task | Wait]:
        """Yield the parts of the gathered rows. None may be in hand twice: the plan waits before and after."""
        yield Wait.FOR_ALL
        for part in sorted(self._gathered):
            yield self._task(part, list(self._gathered.pop(part).values()))
        yield Wait.FOR_ALL

    def _bad_row(self, item: Input, error: ZhengwenError, scan: int) -> None:
        """Put a row aside that is no article."""
        self.failed_rows += 1
        key = error.where or item.source
        with self._manifest.changing():
            known = self._manifest.item(key)
            number = known.id if known else self._manifest.add([(key, key, item.source, "")], None, scan)[0]
            self._manifest.saw([number], scan)
            self._manifest.settle(Outcome(number, "failed", error.code, str(error)), "")

    def _flush(self, *, full: bool = False) -> Iterator[Task]:
        """Make a part of the chunk; with `full` only when it is large enough."""
        chunk = self._chunk
        if full and len(chunk.items) < self._size and chunk.characters < _CHARACTERS:
            return
        self._chunk = _Chunk()
        with self._manifest.changing():
            part = self._manifest.next_part() if chunk.items else 0
            keys = [(i.key, i.source, i.input, i.digest) for i in chunk.items]
            ids = self._manifest.add(keys, part, self._manifest.last_scan())
            for source, mark in chunk.complete:
                self._manifest.restamp(source, mark, complete=True)
        if chunk.items:
            yield Task(
                part, tuple(TaskItem(i, n.source, n.page, n.file) for i, n in zip(ids, chunk.items, strict=True))
            )
