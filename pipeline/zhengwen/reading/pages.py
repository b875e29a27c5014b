"""Inputs to pages: a text file gives one, an archive one a row; what fails is an error in its place."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.reading.archives import read_archive
from zhengwen.reading.dates import parse_date
from zhengwen.reading.encoding import decode
from zhengwen.reading.inputs import Input
from zhengwen.reading.metadata import meta_beside, with_date
from zhengwen.stages import Meta, Page

__all__ = ["page_of", "read_page", "read_pages"]

_HALF = re.compile("[\ud800-\udfff]")


def page_of(
    text: str, *, source: str = "", date: str | None = None, title: str | None = None, place: str | None = None
) -> Page:
    """Return a page of a text in hand; half a character (a lone surrogate) is read as U+FFFD.

    Raises `BadDate` when `date` is none.
    """
    text = _HALF.sub("\N{REPLACEMENT CHARACTER}", text)
    checked = parse_date(date or "", where=source)
    meta = Meta(date=checked, title=title or "", place=place or "", date_from="argument" if checked else "")
    return Page(source, text, meta, sha256=_digest(text.encode("utf-8")))


def read_page(path: str | Path, *, date: str | None = None) -> Page:
    """Read one text file (`-`: standard input) with its metadata; `date` fills in when that has none.

    Raises `BadInput` (missing, empty, binary, undecodable, metadata) or `BadDate`.
    """
    source = str(path)
    option = parse_date(date or "", where="--date")
    data = _bytes(source)
    decoded = decode(data, where=source)
    meta = Meta() if source == "-" else meta_beside(Path(source), where=source)
    return Page(source, decoded.text, with_date(meta, option), decoded.encoding, _digest(data))


def read_pages(item: Input, *, date: str | None = None) -> Iterator[Page | ZhengwenError]:
    """Yield the pages of one input in order, an error in the place of each that cannot be read."""
    if item.kind in ("jsonl", "csv"):
        option = parse_date(date or "", where="--date")
        yield from read_archive(item, date=option)
        return
    if item.kind == "texts":
        from zhengwen.reading.texts import read_texts

        yield from read_texts(item, date=parse_date(date or "", where="--date"))
        return
    try:
        yield read_page(item.source, date=date)
    except ZhengwenError as error:
        yield error


def _bytes(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes()
    except IsADirectoryError:
        raise BadInput("a folder, not a file", code="format", where=source) from None
    except FileNotFoundError:
        raise BadInput("no such file", code="missing", where=source) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"cannot be read: {why}", code="unreadable", where=source) from None


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
