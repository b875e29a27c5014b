"""Parts: the files that a batch run consists of, one for each table, each whole or not there at all.

A part holds the rows of a few hundred items in their order. It is written under a temporary name that no glob for
`*.parquet` or `*.jsonl` finds, made durable, and renamed; doing some of its items again writes it anew, the rows of
the others carried over as they are.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from zhengwen.schema import RECORDS, arrow_schema, plural
from zhengwen.stages import Page
from zhengwen.tables.jsonl import dumps
from zhengwen.tables.parquet import ArrowRow, arrow_row, arrow_table, page_of_row, text_row

if TYPE_CHECKING:
    import pyarrow as pa

    from zhengwen.records import Record

__all__ = [
    "KINDS",
    "ItemRows",
    "Layout",
    "Written",
    "discard",
    "kept_texts",
    "part_names",
    "prepare",
    "publish",
    "sweep",
    "write_part",
]

KINDS = (*RECORDS, "text")
"""The tables of a Parquet part: every kind of record, and the texts that their offsets index."""

_LINES = "records"
_TEMPORARY = ".partial"

Layout = Sequence[tuple[int, Mapping[str, int], bool]]
"""The items whose rows a part holds, in order: id, rows in each table, whether they are carried over."""


@dataclass(slots=True)
class ItemRows:
    """The rows of one item, for every table that is asked for."""

    id: int
    rows: dict[str, list[ArrowRow]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, page: Page, records: Sequence[Record], formats: Sequence[str]) -> None:
        """Take the records of one of the item's pages."""
        for record in records:
            self.counts[record.record] = self.counts.get(record.record, 0) + 1
            if "parquet" in formats:
                self.rows.setdefault(record.record, []).append(arrow_row(record))
        self.counts["text"] = self.counts.get("text", 0) + 1
        if "parquet" in formats:
            self.rows.setdefault("text", []).append(text_row(page))
        if "jsonl" in formats:
            self.lines += map(dumps, records)


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a part that is whole, durable, and waits under its temporary name."""

    name: str
    temporary: str
    size: int


def part_names(part: int, formats: Iterable[str]) -> dict[str, str]:
    """Return a part's files by table, relative to the run folder."""
    names: dict[str, str] = {}
    if "parquet" in formats:
        names |= {kind: f"{plural(kind)}/part-{part:06d}.parquet" for kind in KINDS}
    if "jsonl" in formats:
        names[_LINES] = f"{_LINES}/part-{part:06d}.jsonl"
    return names


def write_part(
    run: Path, part: int, formats: Sequence[str], new: Sequence[ItemRows], layout: Layout = ()
) -> list[Written]:
    """Write a part's files under temporary names: the new items' rows, and of its present files what `layout` keeps.

    Raises `OSError` when the storage does not take them; what was begun is removed then.
    """
    written: list[Written] = []
    names = part_names(part, formats)
    try:
        for kind, name in names.items():
            final = run / name
            temporary = final.parent / f".{final.name}.{os.getpid()}{_TEMPORARY}"
            written.append(Written(name, str(temporary), 0))
            if kind == _LINES:
                _write_lines(temporary, _merged_lines(final, new, layout))
            else:
                _write_table(temporary, _merged_table(kind, final, new, layout))
            written[-1] = Written(name, str(temporary), temporary.stat().st_size)
    except BaseException:
        discard(written)
        raise
    return written


def discard(files: Iterable[Written]) -> None:
    """Remove a part's files that will never get their names."""
    for file in files:
        with suppress(OSError):
            Path(file.temporary).unlink(missing_ok=True)


def prepare(run: Path, formats: Iterable[str]) -> None:
    """Make the folders of the tables. Later a folder that is missing is a storage that is away."""
    for name in part_names(0, formats).values():
        (run / name).parent.mkdir(parents=True, exist_ok=True)


def publish(run: Path, files: Iterable[Written], *, again: bool = False) -> dict[str, int]:
    """Give a part's files their names, each at one stroke; return their sizes. Raises `OSError`.

    With `again` (after an interruption) a file that has its name already is passed over.
    """
    sizes, folders = {}, set()
    for file in files:
        if not (again and not Path(file.temporary).exists() and size_of(run / file.name) == file.size):
            Path(file.temporary).replace(run / file.name)
        sizes[file.name] = file.size
        folders.add((run / file.name).parent)
    for folder in folders:
        _sync_folder(folder)
    return sizes


def size_of(path: Path) -> int:
    """Return a file's size; -1 when it is not there."""
    try:
        return path.stat().st_size
    except OSError:
        return -1


def sweep(run: Path) -> None:
    """Remove what interrupted workers left under temporary names."""
    for folder in {Path(n).parent for n in part_names(0, ("parquet", "jsonl")).values()}:
        for file in (run / folder).glob(f".part-*{_TEMPORARY}"):
            with suppress(OSError):
                file.unlink()


def kept_texts(run: Path, part: int, layout: Layout) -> dict[int, list[Page]]:
    """Return the pages of a part's items as its own texts hold them, by item."""
    import pyarrow.parquet as pq

    table = pq.read_table(run / part_names(part, ("parquet",))["text"], partitioning=None)
    pages, at = {}, 0
    for item, counts, _ in layout:
        number = counts.get("text", 0)
        pages[item] = [page_of_row(row) for row in table.slice(at, number).to_pylist()]
        at += number
    return pages


def _merged_table(kind: str, present: Path, new: Sequence[ItemRows], layout: Layout) -> pa.Table:
    """Return a table's rows in the order of their items: new ones, and present ones that stay."""
    import pyarrow as pa

    if not any(stays for *_, stays in layout):
        return arrow_table(kind, [row for item in new for row in item.rows.get(kind, ())])
    import pyarrow.parquet as pq

    old = pq.read_table(present, partitioning=None).cast(arrow_schema(kind))
    pieces = {item.id: arrow_table(kind, item.rows.get(kind, ())) for item in new}
    for item, at, number in _kept(layout, (kind,)):
        pieces.setdefault(item, old.slice(at, number))
    return pa.concat_tables([pieces[i] for i in sorted(pieces)]).combine_chunks()


def _merged_lines(present: Path, new: Sequence[ItemRows], layout: Layout) -> list[str]:
    pieces = {item.id: item.lines for item in new}
    if any(stays for *_, stays in layout):
        old = present.read_text(encoding="utf-8").split("\n")
        for item, at, number in _kept(layout, tuple(RECORDS)):
            pieces.setdefault(item, old[at : at + number])
    return [line for i in sorted(pieces) for line in pieces[i]]


def _kept(layout: Layout, kinds: Iterable[str]) -> Iterator[tuple[int, int, int]]:
    """Yield each item that is carried over: its id, where its rows begin, how many there are."""
    kinds, at = tuple(kinds), 0
    for item, counts, stays in layout:
        number = sum(counts.get(kind, 0) for kind in kinds)
        if stays:
            yield item, at, number
        at += number


def _write_table(path: Path, table: pa.Table) -> None:
    import pyarrow.parquet as pq

    with path.open("wb") as file:
        pq.write_table(table, file, compression="zstd")
        _sync(file.fileno())


def _write_lines(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        _sync(file.fileno())


def _sync(handle: int) -> None:
    """Make a file durable, where the file system can."""
    try:
        os.fsync(handle)
    except OSError as error:
        import errno

        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise


def _sync_folder(folder: Path) -> None:
    """Make a folder's new names durable; systems that cannot open a folder (Windows) do it themselves."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
