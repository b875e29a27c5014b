"""A file's bytes, or the one line that says why not: missing, unreadable, too big, changed while it was read."""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from pathlib import Path

from zhengwen.errors import BadInput

__all__ = ["LARGEST_FILE", "LONGEST_LINE", "bytes_of", "check_lines", "digest", "installed"]

LARGEST_FILE = 512 * 1024 * 1024
"""The largest file that is read whole, in bytes; archives of rows are read row by row and may be larger."""
LONGEST_LINE = 8 * 1024 * 1024
"""The longest line of a text, in bytes: what is longer is no article."""


def bytes_of(source: str) -> bytes:
    """Return the bytes of a file (`-`: standard input).

    Raises `BadInput` (missing, format, unreadable, large, changed).
    """
    if source == "-":
        return sys.stdin.buffer.read()
    path = Path(source)
    try:
        before = path.stat()
        if before.st_size > LARGEST_FILE:
            raise BadInput(f"the file is too large ({_megabytes(before.st_size)})", code="large", where=source)
        data = path.read_bytes()
        after = path.stat()
    except IsADirectoryError:
        raise BadInput("a folder, not a file", code="format", where=source) from None
    except FileNotFoundError:
        raise BadInput("no such file", code="missing", where=source) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise BadInput(f"cannot be read: {why}", code="unreadable", where=source) from None
    if _state(before) != _state(after) or len(data) != after.st_size:
        raise BadInput("the file changed while it was read", code="changed", where=source)
    return data


def check_lines(data: bytes, *, where: str) -> None:
    """Raise `BadInput` when a text holds a line that no article has."""
    at = 0
    while len(data) - at > LONGEST_LINE:
        end = max(data.rfind(b"\n", at, at + LONGEST_LINE), data.rfind(b"\r", at, at + LONGEST_LINE))
        if end < 0:
            length = (data.find(b"\n", at) + 1 or len(data)) - at
            raise BadInput(f"a line of {_megabytes(length)} is no article's", code="large", where=where)
        at = end + 1


def digest(data: bytes) -> str:
    """Return the SHA-256 of `data` in hexadecimal."""
    return sha256(data).hexdigest()


def installed(module: str, extra: str, what: str, *, where: str) -> None:
    """Raise `BadInput` with the command that installs it when a reader's library is missing."""
    from importlib.util import find_spec

    if find_spec(module) is None:
        raise BadInput(
            f"{what} needs {module}: pip install 'zhengwen[{extra}]', or save the file as .txt",
            code="not_installed",
            where=where,
        )


def _state(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_size, stat.st_mtime_ns


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MB"
