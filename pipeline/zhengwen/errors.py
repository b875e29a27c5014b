"""One small class, and one clear line for the user, per kind of failure."""

from __future__ import annotations

import re

__all__ = ["BadDate", "BadInput", "BadRule", "ZhengwenError"]


# Breaks, other controls, signs that turn the direction of writing (names in archives hold anything).
_UNSHOWN = re.compile("[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def _escape(char: re.Match[str]) -> str:
    return char[0].encode("unicode_escape").decode("ascii")


class ZhengwenError(Exception):
    """Anything that zhengwen tells its user in one line instead of a traceback."""

    def __init__(self, message: str, *, code: str = "error", where: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.where = where

    def line(self) -> str:
        """Return the one line a user reads: where, then what; what would break the line stands as its escape."""
        return _UNSHOWN.sub(_escape, f"{self.where}: {self}" if self.where else str(self))


class BadInput(ZhengwenError):
    """An input that cannot be read: missing, empty, binary, undecodable …; `code` names which."""


class BadRule(ZhengwenError):
    """A rule or term list that cannot be loaded; `where` is the file and the rule's id."""


class BadDate(ZhengwenError):
    """A publication date that is none (wanted: 2021, 2021-03 or 2021-03-05)."""
