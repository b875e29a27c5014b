"""One small class, and one clear line for the user, per kind of failure."""

from __future__ import annotations

__all__ = ["BadDate", "BadInput", "BadRule", "ZhengwenError"]


class ZhengwenError(Exception):
    """Anything that zhengwen tells its user in one line instead of a traceback."""

    def __init__(self, message: str, *, code: str = "error", where: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.where = where

    def line(self) -> str:
        """Return the one line a user reads: where, then what."""
        return f"{self.where}: {self}" if self.where else str(self)


class BadInput(ZhengwenError):
    """An input that cannot be read: missing, empty, binary, undecodable …; `code` names which."""


class BadRule(ZhengwenError):
    """A rule or term list that cannot be loaded; `where` is the file and the rule's id."""


class BadDate(ZhengwenError):
    """A publication date that is none (wanted: 2021, 2021-03 or 2021-03-05)."""
