"""A name that was found, and how several are made one reading."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Found", "longest"]


@dataclass(slots=True, unsafe_hash=True)
class Found:
    """A name at `start:end` of a paragraph: its type, how it was found, and whether it is sure by itself.

    Never changed once made; it is not frozen because thousands are made for a page, and that is three times as fast.
    """

    start: int
    end: int
    type: str
    rule: str
    certain: bool = True
    role: str = ""
    shape: str = ""


def longest(found: list[Found]) -> list[Found]:
    """Return the names that lie in no longer one, none overlapping another, by position."""
    kept: list[Found] = []
    for name in sorted(found, key=lambda f: (f.start, -f.end, not f.certain)):
        if kept and name.start < kept[-1].end:
            last = kept[-1]
            if (name.certain, name.end - name.start) > (last.certain, last.end - last.start):
                kept[-1] = name
        else:
            kept.append(name)
    return kept
