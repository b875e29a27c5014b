"""Inputs to pages: a text file gives one, an archive one a row; what fails is an error in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path, PurePosixPath

from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.reading.archives import read_archive
from zhengwen.reading.catalogue import Sources
from zhengwen.reading.dates import parse_date
from zhengwen.reading.encoding import decode
from zhengwen.reading.files import bytes_of, check_lines, digest
from zhengwen.reading.inputs import Input, InputKind, kind_of, unread
from zhengwen.reading.metadata import meta_beside
from zhengwen.reading.packs import members
from zhengwen.reading.warc import read_warc
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
    return Page(source, text, meta, sha256=digest(text.encode("utf-8")))


def read_page(path: str | Path, *, date: str | None = None) -> Page:
    """Read one file (`-`: standard input) that is one article, with its metadata; `date` fills in when that has none.

    Raises `BadInput` (missing, empty, binary, undecodable, metadata, format …) or `BadDate`.
    """
    source = str(path)
    sources = Sources(parse_date(date or "", where="--date"))
    if source == "-":
        return _one(source, "text", bytes_of(source), sources, Meta())
    why = unread(source)
    kind = kind_of(source)
    if why or kind in _MANY:
        raise BadInput(why or "an archive of several articles, not one", code="format", where=source)
    return _one(source, kind, bytes_of(source), sources, meta_beside(Path(source), where=source))


def read_pages(
    item: Input, *, date: str | None = None, sources: Sources | None = None
) -> Iterator[Page | ZhengwenError]:
    """Yield the pages of one input in order, an error in the place of each that cannot be read.

    `sources` says what is known of inputs from outside them; `date` alone is the date for all.
    """
    try:
        sources = sources or Sources(parse_date(date or "", where="--date"))
        yield from _pages(item, sources, None)
    except ZhengwenError as error:
        yield error
    except MemoryError:
        yield BadInput("it does not fit into the memory", code="large", where=item.source)


def _pages(item: Input, sources: Sources, data: bytes | None) -> Iterator[Page | ZhengwenError]:
    if item.kind in ("jsonl", "csv", "parquet"):
        yield from read_archive(item, sources, data)
    elif item.kind == "texts":
        from zhengwen.reading.texts import read_texts

        yield from read_texts(item, date=sources.date)
    elif item.kind == "warc":
        yield from _completed(read_warc(item.path, data, source=item.source), sources)
    elif item.kind in ("zip", "tar") and data is None:
        yield from _members(item, sources)
    elif item.kind in ("zip", "tar"):
        yield BadInput("a pack inside a pack is not opened", code="format", where=item.source)
    elif data is not None:
        yield _one(item.source, item.kind, data, sources, Meta())
    else:
        meta = Meta() if item.kind == "stdin" else meta_beside(item.path, where=item.source)
        yield _one(item.source, item.kind, bytes_of(item.source), sources, meta)


def _members(item: Input, sources: Sources) -> Iterator[Page | ZhengwenError]:
    """Yield the pages of a pack's members; what is no article (a picture, a list of metadata) is passed over."""
    found = False
    for member in members(bytes_of(item.source), item.kind, where=item.source):
        found = True
        if isinstance(member, ZhengwenError):
            yield member
            continue
        where = f"{item.source}#{member.name}"
        if _passed_over(member.name):
            continue
        why = unread(member.name)
        if why:
            yield BadInput(why, code="format", where=where)
            continue
        try:
            yield from _pages(Input(where, Path(member.name), kind_of(member.name)), sources, member.data)
        except ZhengwenError as error:
            yield error
    if not found:
        yield BadInput("the pack holds no file", code="empty", where=item.source)


def _passed_over(name: str) -> bool:
    """Tell whether a member is no article of the archive: what archivers add, pictures, scripts, metadata."""
    path = PurePosixPath(name)
    hidden = path.name.startswith((".", "~$", "__MACOSX")) or path.parts[0] == "__MACOSX"
    return hidden or path.name.endswith(".meta.json") or path.suffix.lower() in _BESIDE


def _completed(found: Iterator[Page | ZhengwenError], sources: Sources) -> Iterator[Page | ZhengwenError]:
    for page in found:
        try:
            known = isinstance(page, Page)
            yield replace(page, meta=sources.complete(page.meta, page.source)) if known else page  # type: ignore[type-var, union-attr]
        except ZhengwenError as error:
            yield error


def _one(source: str, kind: InputKind, data: bytes, sources: Sources, meta: Meta) -> Page:
    """Return the page of one article's bytes; what stands beside the file wins over what the file says."""
    if not data:
        raise BadInput("the file is empty", code="empty", where=source)
    page = _READERS[kind](data, source) if kind in _READERS else _text(data, source)
    own = page.meta
    known = {f.name: getattr(meta, f.name) or getattr(own, f.name) for f in fields(Meta) if f.name != "extra"}
    merged = Meta(**known, extra={**own.extra, **meta.extra})
    return replace(page, meta=sources.complete(merged, source))


def _text(data: bytes, source: str) -> Page:
    check_lines(data, where=source)
    decoded = decode(data, where=source)
    return Page(source, decoded.text, encoding=decoded.encoding, sha256=digest(data), confidence=decoded.confidence)


def _html(data: bytes, source: str) -> Page:
    from zhengwen.reading.html import read_html

    return read_html(data, source=source)


def _pdf(data: bytes, source: str) -> Page:
    from zhengwen.reading.pdf import read_pdf

    return read_pdf(data, source=source)


def _docx(data: bytes, source: str) -> Page:
    from zhengwen.reading.office import read_docx

    return read_docx(data, source=source)


def _xlsx(data: bytes, source: str) -> Page:
    from zhengwen.reading.office import read_xlsx

    return read_xlsx(data, source=source)


_READERS: Mapping[str, Callable[[bytes, str], Page]] = {"html": _html, "pdf": _pdf, "docx": _docx, "xlsx": _xlsx}
_MANY = frozenset({"jsonl", "csv", "parquet", "zip", "tar", "warc"})
_BESIDE = frozenset((".jpg", ".jpeg", ".png", ".gif", ".svg", ".css", ".js", ".ico", ".woff", ".db", ".ini"))
