"""Bytes to text: a ladder of encodings, which step held, and how sure that is.

A byte-order mark decides; else strict UTF-8; else UTF-16 where every other byte looks like it; else what the file
itself declares; else GB18030 or Big5, whichever gives the more ordinary Chinese. What is no text at all (a PDF, a
picture, a zip) is told apart before, by its first bytes and by control characters.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace

from zhengwen.errors import BadInput

__all__ = ["Decoded", "decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip or Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_TRIED = ("gb18030", "big5hkscs")
_PLAUSIBLE = 0.5
_SAMPLE = 8192
_SHORTEST_WIDE = 4
_MOSTLY_WIDE = 0.95
_WIDE_SIGNS = frozenset((0x20, 0x21, 0x22, 0x25, 0x30, 0xFF))
"""High bytes of the signs among Chinese in UTF-16: dashes, units, ℃, full stops, full-width letters."""
_COMMON_GB = (0xB0, 0xD7)
_COMMON_BIG5 = (0xA4, 0xC6)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding that it was read in, and how sure that is (0 to 1)."""

    text: str
    encoding: str
    confidence: float = 1.0


def decode(data: bytes, *, where: str = "", declared: str = "") -> Decoded:
    """Return the text of `data` without its byte-order mark, and the encoding that held.

    `declared` is what the file or its sender says of itself (`gb2312`); it decides only where UTF-8 does not hold.
    Raises `BadInput` (empty, binary, undecodable) with one line that says which.
    """
    if not data:
        raise BadInput("the file is empty", code="empty", where=where)
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise BadInput(f"not a text file but {what}", code="binary", where=where)
    decoded = _marked(data, where) or _unmarked(data, where, _declared(declared))
    if _looks_binary(decoded.text):
        raise BadInput("not a text file: it holds control characters", code="binary", where=where)
    if not decoded.text.strip():
        raise BadInput("the file holds no text", code="empty", where=where)
    return decoded


def _marked(data: bytes, where: str) -> Decoded | None:
    """Read what a byte-order mark announces; None when there is no mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding), f"{encoding} (byte-order mark)")
            except UnicodeDecodeError as error:
                raise _undecodable(f"{encoding}, as its byte-order mark says", error, where) from None
    return None


def _unmarked(data: bytes, where: str, declared: str) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        first = error
    wide = _wide(data)
    if wide is not None:
        return wide
    if b"\0" in data:
        raise BadInput("not a text file: it holds NUL bytes", code="binary", where=where)
    readings = [Decoded(t, e, _ordinary(data, e)) for e in _TRIED if (t := _try(data, e)) is not None]
    if not readings:
        raise _undecodable("UTF-8, GB18030 or Big5", first, where)
    said = next((r for r in readings if r.encoding == declared), None)
    if said is not None and said.confidence >= _PLAUSIBLE:
        return replace(said, encoding=f"{declared} (declared)", confidence=1.0)
    best = max(readings, key=lambda r: r.confidence)
    other = max((r.confidence for r in readings if r is not best), default=0.0)
    return replace(best, confidence=round(best.confidence * (1 - other / 2), 2))


def _declared(name: str) -> str:
    """Return our name for a declared encoding: GB2312 and GBK are parts of GB18030."""
    try:
        found = codecs.lookup(name.strip()).name if name.strip() else ""
    except (LookupError, ValueError):
        return ""
    return {"gb2312": "gb18030", "gbk": "gb18030", "hz": "gb18030", "big5": "big5hkscs"}.get(found, found)


def _wide(data: bytes) -> Decoded | None:
    """Read UTF-16 without its mark: line breaks and digits show a zero on one side only, and Chinese has few planes."""
    if len(data) % 2 or len(data) < _SHORTEST_WIDE:
        return None
    sample = data[:_SAMPLE]
    for encoding, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        highs, lows = sample[high::2], sample[1 - high :: 2]
        if b"\0" in lows or not highs:
            continue
        share = sum(b == 0 or 0x4E <= b <= 0x9F or b in _WIDE_SIGNS for b in highs) / len(highs)
        if share >= _MOSTLY_WIDE and b"\0" in highs and (text := _try(data, encoding)) is not None:
            return Decoded(text, encoding, round(share, 2))
    return None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _ordinary(data: bytes, encoding: str) -> float:
    """Return the share of the two-byte characters that are everyday ones in `encoding`.

    GB18030 accepts most Big5 texts, but as rare characters: everyday ones have lead bytes in a range of their own.
    """
    low, high = _COMMON_GB if encoding == "gb18030" else _COMMON_BIG5
    pairs = everyday = i = 0
    while i < len(data) - 1 and pairs < 4000:
        if data[i] < 0x80:
            i += 1
            continue
        trail_ok = data[i + 1] >= 0xA1 or encoding != "gb18030"
        everyday += low <= data[i] <= high and trail_ok
        pairs += 1
        i += 2
    return round(everyday / pairs, 2) if pairs else 1.0


def _looks_binary(text: str) -> bool:
    """Tell whether a text holds control characters that no text has (more than a stray one)."""
    sample = text[:4096]
    controls = sum((c < " " and c not in "\t\n\r\f\v\x1a\x1b") or c == "\x7f" for c in sample)
    return "\0" in sample or controls > len(sample) // 50


def _undecodable(tried: str, error: UnicodeDecodeError, where: str) -> BadInput:
    return BadInput(
        f"the bytes are no text in {tried} (first bad byte at {error.start})", code="undecodable", where=where
    )
