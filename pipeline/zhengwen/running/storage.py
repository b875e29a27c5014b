"""Telling a storage that fails from an article that is bad: the one is waited for, the other is put aside."""

from __future__ import annotations

import errno
import re
from pathlib import Path

from zhengwen.errors import BadInput, ZhengwenError

__all__ = ["StorageError", "outage_in", "stamp"]

_FAILING = frozenset(
    getattr(errno, name)
    for name in (
        "EIO ENOSPC EROFS EDQUOT EFBIG ESTALE ENOTCONN ETIMEDOUT EHOSTDOWN EHOSTUNREACH ENETDOWN ENETUNREACH "
        "ECONNRESET ECONNREFUSED ENODEV ENXIO EREMOTEIO EMFILE ENFILE ENOMEM"
    ).split()
    if hasattr(errno, name)
)
_ERRNO = re.compile(r"\[Errno (\d+)\]")


class StorageError(ZhengwenError):
    """The storage of the inputs, of the run or of its manifest did not come back: the run stops, nothing is lost."""


def outage_in(error: BaseException, path: Path | None = None) -> str:
    """Return why an error is the storage's fault, or an empty text when it is not.

    That is an I/O error of the storage itself (no space, stale handle, time-out …), and a listed file at `path` that is
    missing together with everything beside it: an unmounted folder is missing or empty.
    """
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in _FAILING:
            return cause.strerror or str(cause)
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, BadInput) and any(int(n) in _FAILING for n in _ERRNO.findall(str(error))):
        return str(error)
    if isinstance(error, BadInput) and error.code == "missing" and path is not None and _bare(path.parent):
        return f"the folder {path.parent} is gone or empty"
    return ""


def stamp(path: Path) -> str:
    """Return what tells cheaply whether a file, or the metadata beside it, has changed: sizes and times.

    Empty when the file is not there.
    """
    own = _size_and_time(path)
    beside = _size_and_time(path.with_name(f"{path.stem}.meta.json")) if own else ""
    return f"{own} {beside}".strip()


def _size_and_time(path: Path) -> str:
    try:
        told = path.stat()
    except OSError:
        return ""
    return f"{told.st_size}:{told.st_mtime_ns}"


def _bare(folder: Path) -> bool:
    try:
        return next(iter(folder.iterdir()), None) is None
    except OSError:
        return True
