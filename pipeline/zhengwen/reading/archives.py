"""Archives of articles: `.jsonl`, `.jsonl.gz`, `.csv` and `.parquet` files with a text field, read row by row.

A row's `title`, `date`, `id`, `place`, `source_name` and `url` are its metadata, under other names where
`Sources.columns` says so; its place in the archive is `FILE#ID`, or `FILE#N` (the row's number) without an id.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import zlib
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing, nullcontext
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.reading.catalogue import Sources
from zhengwen.reading.encoding import decode
from zhengwen.reading.files import LONGEST_LINE, bytes_of
from zhengwen.reading.inputs import Input
from zhengwen.reading.metadata import meta_of
from zhengwen.stages import Page

__all__ = ["page_of_line", "read_archive"]

Row = Mapping[str, Any]
_LONGEST_ROW = 64 * 1024 * 1024
_BATCH = 1_000


def read_archive(item: Input, sources: Sources, data: bytes | None = None) -> Iterator[Page | ZhengwenError]:
    """Yield the pages of an archive's rows, an error in the place of each row that is none.

    `data` are the archive's bytes where it lies inside another file.
    """
    rows = _ROWS[item.kind](item, sources, data)
    number = 0
    with closing(rows):
        try:
            for number, row in enumerate(rows, 1):
                yield _page(item, number, row, sources)
        except (OSError, EOFError, zlib.error, csv.Error, UnicodeDecodeError) as error:
            why = " ".join(str(error).split())
            yield BadInput(f"cannot be read after row {number}: {why}", code="unreadable", where=item.source)
        except ZhengwenError as error:
            yield error
        else:
            if not number:
                yield BadInput("the archive holds no row", code="empty", where=item.source)


def page_of_line(line: bytes, archive: str, *, date: str = "") -> Page | ZhengwenError:
    """Return the page of one line of a JSONL archive that somebody else divides into lines.

    A row without an id is named by a hash of the line: its number is not known.
    """
    item = Input(archive, Path(archive), "jsonl")
    row = _json_row(line)
    page = _page(item, 0, row, Sources(date))
    if isinstance(row, dict) and row.get("id"):
        return page
    where = f"{archive}#{sha256(line).hexdigest()[:12]}"
    return replace(page, source=where) if isinstance(page, Page) else BadInput(str(page), code=page.code, where=where)


def _page(item: Input, number: int, row: Row | str, sources: Sources) -> Page | ZhengwenError:
    where = f"{item.source}#{number}"
    if isinstance(row, str):
        return BadInput(row, code="row", where=where)
    row = {**row, **{field: row.get(column) for field, column in sources.columns.items()}}
    text = row.get("text")
    where = f"{item.source}#{row.get('id') or number}"
    if not isinstance(text, str) or not text.strip():
        return BadInput("the row has no text", code="empty", where=where)
    if len(text) > LONGEST_LINE:
        return BadInput(f"a text of {len(text):,} characters is no article's", code="large", where=where)
    try:
        digest = sha256(text.encode("utf-8")).hexdigest()
        taken = {"text", *sources.columns.values()}
        rest = {k: v for k, v in row.items() if k and k not in taken}
        meta = sources.complete(meta_of(rest, "row", where=where), where)
    except UnicodeEncodeError:
        return BadInput("the text holds halves of characters", code="undecodable", where=where)
    except ZhengwenError as error:
        return error
    return Page(where, text, meta, "utf-8", digest, format="row")


def _json_rows(item: Input, _: Sources, data: bytes | None) -> Generator[Row | str]:
    """Yield each line's object, or one line that says why it is none."""
    packed = item.path.name.lower().endswith(".gz")
    file: IO[bytes] = io.BytesIO(data) if data is not None else item.path.open("rb")
    with file, gzip.GzipFile(fileobj=file) if packed else nullcontext(file) as lines:
        while line := lines.readline(_LONGEST_ROW + 1):
            if len(line) > _LONGEST_ROW:
                while line and not line.endswith(b"\n"):
                    line = lines.readline(_LONGEST_ROW)
                yield f"the row is longer than {_LONGEST_ROW // 1024 // 1024} MB"
            elif line.strip():
                yield _json_row(line)


def _json_row(line: bytes) -> Row | str:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        return f"the row is no JSON: {' '.join(str(error).split())[:120]}"
    return row if isinstance(row, dict) else "the row is no JSON object"


def _csv_rows(item: Input, sources: Sources, data: bytes | None) -> Generator[Row | str]:
    """Yield a CSV file's rows; its encoding is found as a text file's is."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    text = decode(bytes_of(str(item.path)) if data is None else data, where=item.source).text
    reader = csv.DictReader(io.StringIO(text, newline=""))
    _named(sources, reader.fieldnames or (), item.source)
    yield from ({k: v for k, v in row.items() if isinstance(k, str)} for row in reader)


def _parquet_rows(item: Input, sources: Sources, data: bytes | None) -> Generator[Row | str]:
    """Yield the rows of a Parquet file, batch by batch."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(data) if data is not None else item.path)
        _named(sources, file.schema_arrow.names, item.source)
        for batch in file.iter_batches(batch_size=_BATCH):
            for row in batch.to_pylist():
                yield {k: _said(v) for k, v in row.items()}
    except pa.ArrowException as error:
        why = " ".join(str(error).split())[:120]
        raise BadInput(f"no Parquet file can be read: {why}", code="format", where=item.source) from None


def _said(value: object) -> object:
    """Return a date as its ISO text; whole numbers and texts as they are."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def _named(sources: Sources, columns: Iterable[str], where: str) -> None:
    """Raise `BadInput` when a table lacks its text column or one that was chosen."""
    have = set(columns)
    for wanted in dict.fromkeys((sources.columns.get("text", "text"), *sources.columns.values())):
        if wanted not in have:
            raise BadInput(f"the table has no column named {wanted} (--columns text=…)", code="format", where=where)


_ROWS = {"jsonl": _json_rows, "csv": _csv_rows, "parquet": _parquet_rows}
