"""A page's lines: where they are, and what is seen of each before it is understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhengwen.pages.normalise import Normaliser, Table

__all__ = ["SENTENCE_END", "Line", "bracketed", "headlike", "paragraph", "split"]

SENTENCE_END = "。！？；!?;…"
_CLOSERS = "”’」』）)】》\"'"
_BREAK = re.compile(r"\r\n|\n|\r")
_BARS = "|｜"
"""One at the end of a line is left of a table that framed the page."""
_COMMAS = ",，、"
_OPEN_ENDS = "：:，,、。；;"
LONGEST_HEADLINE = 50
_NO_HEAD = frozenset({"number", "opening", "speech"})
MOST_COMMAS = 2
_NOTHING: Mapping[str, Any] = {}


@dataclass(slots=True)
class Line:
    """One non-empty line while its page is being understood; the label is empty until a rule gives it one."""

    number: int
    start: int
    end: int
    text: str
    """The line as read: trimmed, its width normalised, without the bar of a frame behind it."""
    gap: int = 0
    """How many empty lines stand before it."""
    indent: int = 0
    """How many blanks open it in the source."""
    label: str = ""
    rule: str = ""
    article: int = -1
    joins: bool = False
    table: int | None = None
    yields: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    role: str = ""
    """What the line does in the page's structure, as the rule that marked it says."""
    ends: bool = field(init=False)
    """The line closes a sentence."""
    brief: bool = field(init=False)
    """The line has the shape of a headline or heading: short, and no sentence."""

    def __post_init__(self) -> None:
        text = self.text
        last = text[-1]
        if last in _CLOSERS:
            bare = text.rstrip(_CLOSERS)
            last = bare[-1] if bare else last
        self.ends = last in SENTENCE_END
        self.brief = (
            2 <= len(text) <= LONGEST_HEADLINE
            and last not in _OPEN_ENDS
            and "。" not in text
            and sum(map(text.count, _COMMAS)) <= MOST_COMMAS
        )

    def name(self, label: str, rule: str) -> None:
        """Give the line its label, and say which rule did."""
        self.label, self.rule = label, rule


def headlike(line: Line) -> bool:
    """Tell whether an unlabelled line looks like a headline or heading: short, and no sentence."""
    return line.brief and not line.label and line.table is None and line.role not in _NO_HEAD


def paragraph(line: Line) -> bool:
    """Tell whether an unlabelled line is running text."""
    if line.label or line.table is not None or line.role == "number":
        return False
    return not line.brief or line.role in _NO_HEAD


def bracketed(text: str) -> bool:
    """Tell whether a line stands in brackets from end to end: a remark, no heading."""
    return text[0] in "（(" and text[-1] in "）)" and not any(c in text[1:-1] for c in "（()）")


def split(text: str, table: Table) -> list[Line]:
    """Return the non-empty lines of `text`, numbered from 1; lines end at \\n, \\r\\n and \\r only."""
    lines: list[Line] = []
    gap = 0
    for number, (start, end) in enumerate(_spans(text), 1):
        raw = text[start:end]
        bare = raw.strip()
        if not bare:
            gap += 1
            continue
        indent = len(raw) - len(raw.lstrip())
        at = start + indent
        read = Normaliser.read(bare, table)
        if read[-1] in _BARS and len(read) > 1 and sum(map(read.count, _BARS)) == 1:
            read = read[:-1].rstrip()
        lines.append(Line(number, at, at + len(bare), read, gap, indent))
        gap = 0
    return lines


def _spans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    if "\r" not in text:
        for piece in text.split("\n"):
            yield at, at + len(piece)
            at += len(piece) + 1
        return
    for found in _BREAK.finditer(text):
        yield at, found.start()
        at = found.end()
    yield at, len(text)
