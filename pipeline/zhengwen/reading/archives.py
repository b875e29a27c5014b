"""Archives of articles: `.jsonl`, `.jsonl.gz` and `.csv` files with a text field, read row by row.

A row's `title`, `date`, `id`, `place`, `source_name` and `url` are its metadata; its place in the archive is
`FILE#ID`, or `FILE#N` (the row's number) without an id.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
import zlib
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.reading.encoding import decode
from zhengwen.reading.inputs import Input
from zhengwen.reading.metadata import meta_of, with_date
from zhengwen.stages import Page

__all__ = ["page_of_line", "read_archive"]

Row = Mapping[str, Any]


def read_archive(item: Input, *, date: str = "") -> Iterator[Page | ZhengwenError]:
    """Yield the pages of an archive's rows, an error in the place of each row that is none."""
    rows = _csv_rows(item) if item.kind == "csv" else _json_rows(item)
    number = 0
    with closing(rows):
        try:
            for number, row in enumerate(rows, 1):
                yield _page(item, number, row, date)
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
    page = _page(item, 0, row, date)
    if isinstance(row, dict) and row.get("id"):
        return page
    where = f"{archive}#{sha256(line).hexdigest()[:12]}"
    return replace(page, source=where) if isinstance(page, Page) else BadInput(str(page), code=page.code, where=where)


def _page(item: Input, number: int, row: Row | str, date: str) -> Page | ZhengwenError:
    where = f"{item.source}#{number}"
    if isinstance(row, str):
        return BadInput(row, code="row", where=where)
    text = row.get("text")
    where = f"{item.source}#{row.get('id') or number}"
    if not isinstance(text, str) or not text.strip():
        return BadInput("the row has no text", code="empty", where=where)
    try:
        digest = sha256(text.encode("utf-8")).hexdigest()
        rest = {k: v for k, v in row.items() if k and k != "text"}
        meta = with_date(meta_of(rest, "row", where=where), date)
    except UnicodeEncodeError:
        return BadInput("the text holds halves of characters", code="undecodable", where=where)
    except ZhengwenError as error:
        return error
    return Page(where, text, meta, "utf-8", digest)


def _json_rows(item: Input) -> Generator[Row | str]:
    """Yield each line's object, or one line that says why it is none."""
    opener = gzip.open if item.path.name.lower().endswith(".gz") else open
    with opener(item.path, "rb") as lines:
        for line in lines:
            if line.strip():
                yield _json_row(line)


def _json_row(line: bytes) -> Row | str:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        return f"the row is no JSON: {' '.join(str(error).split())[:120]}"
    return row if isinstance(row, dict) else "the row is no JSON object"


def _csv_rows(item: Input) -> Generator[Row | str]:
    """Yield a CSV file's rows; its encoding is found as a text file's is."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    text = decode(Path(item.path).read_bytes(), where=item.source).text
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if "text" not in (reader.fieldnames or ()):
        raise BadInput("the table has no column named text", code="format", where=item.source)
    yield from ({k: v for k, v in row.items() if isinstance(k, str)} for row in reader)
