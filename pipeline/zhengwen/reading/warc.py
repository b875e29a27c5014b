"""Web archives (WARC, ISO 28500): each web page that was answered with is a page, named by its address."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.reading.files import LARGEST_FILE, installed
from zhengwen.reading.html import read_html
from zhengwen.stages import Page

__all__ = ["read_warc"]

_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(path: Path, data: bytes | None, *, source: str) -> Iterator[Page | ZhengwenError]:
    """Yield the web pages of an archive in order, an error in the place of each that cannot be read.

    What is no page (pictures, scripts, answers of another status than 200) is passed over.
    """
    try:
        installed("fastwarc", "web", "a web archive", where=source)
        file: IO[bytes] = io.BytesIO(data) if data is not None else path.open("rb")
    except (ZhengwenError, OSError) as error:
        yield error if isinstance(error, ZhengwenError) else BadInput(str(error), code="unreadable", where=source)
        return
    with file:
        yield from _records(file, source)


def _records(file: IO[bytes], source: str) -> Iterator[Page | ZhengwenError]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    found = number = 0
    try:
        for number, record in enumerate(ArchiveIterator(file, record_types=WarcRecordType.response), 1):
            http = record.http_headers
            kind = (record.http_content_type or "").lower()
            if http is None or http.status_code != 200 or kind not in _PAGES:
                continue
            found += 1
            url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
            yield _page(record.reader.read(LARGEST_FILE), record.http_charset or "", url, f"{source}#{url or number}")
    except (OSError, EOFError, ValueError, RuntimeError) as error:
        why = " ".join(str(error).split())
        yield BadInput(f"cannot be read after record {number}: {why}", code="unreadable", where=source)
        return
    if not found:
        yield BadInput("the web archive holds no page", code="empty", where=source)


def _page(data: bytes, charset: str, url: str, where: str) -> Page | ZhengwenError:
    try:
        return read_html(data, source=where, declared=charset, url=url)
    except ZhengwenError as error:
        return error
