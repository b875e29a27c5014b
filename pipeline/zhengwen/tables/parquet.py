"""Records as Parquet, one table a kind of record, with the fixed Arrow schema of `zhengwen.schema`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from zhengwen.errors import ZhengwenError
from zhengwen.records import Record
from zhengwen.schema import RECORDS, arrow_schema, plural
from zhengwen.stages import Grid, GridCell, Meta, Page
from zhengwen.tables.jsonl import dumps_plain

__all__ = ["ArrowRow", "ParquetTables", "arrow_row", "arrow_table", "page_of_row", "text_row"]

_BATCH = 20_000

ArrowRow = tuple[Any, ...]
"""The cells of one row, in the order of its table's Arrow schema."""


def arrow_row(record: Record) -> ArrowRow:
    """Return a record as its table's columns hold it: nested objects as JSON text, numbers as floats."""
    values, converters = _shape(record.record)
    cells = zip(converters, values(record), strict=True)
    return (record.record, *(convert(v) if convert and v is not None else v for convert, v in cells))


def text_row(page: Page) -> ArrowRow:
    """Return a page as a row of `TEXTS`: all that it takes to read the article again, without its file."""
    meta = {k: v for k in Meta.__slots__ if (v := getattr(page.meta, k))}
    return page.source, page.sha256, page.encoding, dumps_plain(meta), page.text, dumps_plain(_reader(page))


def page_of_row(row: Mapping[str, str]) -> Page:
    """Return the page that `text_row` made a row of; runs before 0.2 kept nothing of their readers."""
    said = json.loads(row.get("reader") or "{}")
    return Page(
        row["source"],
        row["text"],
        Meta(**json.loads(row["meta"])),
        row["encoding"],
        row["sha256"],
        format=said.get("format", "text"),
        confidence=said.get("confidence", 1.0),
        grids=tuple(_grid(g) for g in said.get("grids", ())),
        page_starts=tuple(said.get("pages", ())),
    )


def _reader(page: Page) -> dict[str, Any]:
    """Return what a reader knew of a page besides its text; what is as for any text file is left out."""
    said: dict[str, Any] = {"format": page.format}
    if page.confidence < 1:
        said["confidence"] = page.confidence
    if page.page_starts:
        said["pages"] = list(page.page_starts)
    if page.grids:
        cells = attrgetter(*GridCell.__slots__)
        said["grids"] = [[g.start, g.end, g.name, [list(cells(c)) for c in g.cells]] for g in page.grids]
    return said


def _grid(said: Sequence[Any]) -> Grid:
    start, end, name, cells = said
    return Grid(start, end, tuple(GridCell(*c) for c in cells), name)


def arrow_table(kind: str, rows: Sequence[ArrowRow]) -> pa.Table:
    """Return rows as a table of one kind's schema; halves of characters stand as their escapes."""
    schema = arrow_schema(kind)
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.Table.from_arrays([_array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


class ParquetTables:
    """Writes `figures.parquet` … and `texts.parquet` into a run folder, batch by batch."""

    def __init__(self, folder: Path, suffix: str = "") -> None:
        self._rows: dict[str, list[ArrowRow]] = {}
        self._writers = {
            kind: pq.ParquetWriter(folder / f"{plural(kind)}.parquet{suffix}", arrow_schema(kind), compression="zstd")
            for kind in (*RECORDS, "text")
        }

    def add(self, page: Page, records: list[Record]) -> None:
        """Take one page's records and its text, so that every offset can be sliced again."""
        self._take("text", text_row(page))
        for record in records:
            self._take(record.record, arrow_row(record))

    def close(self, head: Mapping[str, Any]) -> set[str]:
        """Write what is left and return the names of the files."""
        for kind, writer in self._writers.items():
            self._flush(kind)
            writer.close()
        return {f"{plural(kind)}.parquet" for kind in self._writers}

    def fail(self, error: ZhengwenError) -> None:
        """Leave failures to `errors.jsonl`."""

    def drop(self) -> None:
        """Close the files."""
        for writer in self._writers.values():
            writer.close()

    def _take(self, kind: str, row: ArrowRow) -> None:
        rows = self._rows.setdefault(kind, [])
        rows.append(row)
        if len(rows) >= _BATCH:
            self._flush(kind)

    def _flush(self, kind: str) -> None:
        rows = self._rows.pop(kind, [])
        if rows:
            self._writers[kind].write_table(arrow_table(kind, rows))


@lru_cache(maxsize=len(RECORDS))
def _shape(kind: str) -> tuple[Callable[[Record], tuple[Any, ...]], list[Callable[[Any], Any] | None]]:
    """Return what takes a record's fields out of it, and what each field's column needs done to them."""
    columns = list(arrow_schema(kind))[1:]
    hints = RECORDS[kind].__dataclass_fields__
    return attrgetter(*(f.name for f in columns)), [_converter(f, str(hints[f.name].type)) for f in columns]


def _converter(column: pa.Field, hint: str) -> Callable[[Any], Any] | None:
    if "dict" in hint:
        return dumps_plain
    if column.type == pa.float64():
        return float  # Arrow refuses Decimals, and whole numbers beyond 2⁵³ as they are
    return _floats if column.type == pa.list_(pa.float64()) else None


def _floats(values: Sequence[Any]) -> list[float]:
    return [float(v) for v in values]


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        return pa.array([v.encode("utf-8", "backslashreplace").decode() if v else v for v in values], kind)
