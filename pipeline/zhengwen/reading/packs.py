"""Packs of files: zip and tar, members read in their order; a path that climbs out and a bomb are refused."""

from __future__ import annotations

import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from zhengwen.errors import BadInput

__all__ = ["Member", "members"]

LARGEST_MEMBER = 256 * 1024 * 1024
"""The largest member that is read, unpacked, in bytes."""
LARGEST_PACK = 4 * 1024 * 1024 * 1024
_BOMB_RATIO = 400
"""Text packs to a twentieth at best; what packs better than this was made to fill the memory."""
_SMALL = 10 * 1024 * 1024
_UTF8_NAMES = 0x800
_FAILURES = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a pack: its path there, and its bytes."""

    name: str
    data: bytes


def members(data: bytes, kind: str, *, where: str) -> Iterator[Member | BadInput]:
    """Yield the files of a pack in order, an error in the place of each that is refused or cannot be read."""
    try:
        yield from _zip(data, where) if kind == "zip" else _tar(data, where)
    except _FAILURES as error:
        why = " ".join(str(error).split())[:120]
        yield BadInput(f"the pack cannot be read: {why}", code="unreadable", where=where)


def _zip(data: bytes, where: str) -> Iterator[Member | BadInput]:
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        infos = [i for i in pack.infolist() if i.filename and not i.is_dir()]
        total = 0
        for info in infos:
            name = _name(info)
            refused = _refused(name, info.file_size, info.compress_size)
            total += info.file_size
            if refused or total > LARGEST_PACK:
                yield BadInput(refused or "the pack unpacks to too much", code="refused", where=f"{where}#{name}")
                continue
            if info.flag_bits & 1:
                yield BadInput("the member asks for a password", code="encrypted", where=f"{where}#{name}")
                continue
            yield _bounded(name, lambda limit, info=info: _some(pack, info, limit), where)


def _some(pack: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    with pack.open(info) as file:
        return file.read(limit)


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; without the UTF-8 flag Chinese archivers write GBK."""
    if info.flag_bits & _UTF8_NAMES or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def _tar(data: bytes, where: str) -> Iterator[Member | BadInput]:
    total = 0
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:*") as pack:
        for info in pack:
            if info.isdir():
                continue
            refused = "" if info.isfile() else "a link, not a file"
            refused = refused or _refused(info.name, info.size, info.size)
            total += info.size
            if not refused and total > max(_BOMB_RATIO * len(data), _SMALL):
                yield BadInput("the pack unpacks to too much", code="refused", where=where)
                return
            if refused:
                yield BadInput(refused, code="refused", where=f"{where}#{info.name}")
                continue
            file = pack.extractfile(info)
            if file is not None:
                yield _bounded(info.name, file.read, where)


def _refused(name: str, size: int, packed: int) -> str:
    """Return why a member is not read, "" when it is."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in (path.parts or ("",))[0]:
        return "its path climbs out of the pack"
    if size > LARGEST_MEMBER:
        return f"it unpacks to {size / 1024 / 1024:.0f} MB"
    if size > _SMALL and size > _BOMB_RATIO * max(packed, 1):
        return f"it unpacks to {size // max(packed, 1)} times its size"
    return ""


def _bounded(name: str, read: object, where: str) -> Member | BadInput:
    """Read a member, never more than it may hold: what its head says of its size may be a lie."""
    try:
        data: bytes = read(LARGEST_MEMBER + 1)  # type: ignore[operator]
    except _FAILURES as error:
        why = " ".join(str(error).split())[:120]
        return BadInput(f"cannot be read: {why}", code="unreadable", where=f"{where}#{name}")
    if len(data) > LARGEST_MEMBER:
        return BadInput("it unpacks to more than its head says", code="refused", where=f"{where}#{name}")
    return Member(name, data)
