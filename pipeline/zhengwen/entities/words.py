"""A paragraph cut into dictionary words: hints about where names can begin and end.

The segmenter (`rjieba`, without new-word guessing) cuts an unknown name into single characters and known words into
one piece with its part of speech. That is enough to tell 思路 from 人民路, and where a name cannot begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any, TypeVar

from zhengwen.lexicon import Hit, Lexicon

__all__ = ["NAME_TAGS", "STOP_TAGS", "Words", "full_width", "is_han"]

T = TypeVar("T")

NAME_TAGS = frozenset({"ns", "nr", "nt", "nz", "nrt", "nrfg", "nrg", "nsf"})

STOP_TAGS = frozenset("p c r y e o t i x q m l".split()) | {"ul", "uj", "uz", "ug", "ud", "uv", "mq", "eng", "vd"}
"""Parts of speech that no name holds."""


PLAIN = re.compile(r"[,;:!?()](?<![0-9A-Za-z].(?=[0-9A-Za-z]))")
"""A plain mark that does not stand between two digits or letters (1,000; 8:30)."""
WIDE = {ord(a): ord(b) for a, b in zip(",;:!?()", "，；：！？（）", strict=True)}


def full_width(text: str) -> str:
    """Return the text with plain marks of a Chinese sentence in full width, at the same positions.

    Pages that were stored with plain commas and brackets are read like those that were printed.
    """
    return PLAIN.sub(lambda m: m.group().translate(WIDE), text) if PLAIN.search(text) else text


def is_han(char: str) -> bool:
    """Tell whether a character is a Han character."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char >= "\U00020000"


class Words:
    """The words of `text`: their starts, forms and tags, and the word that begins or ends at a position."""

    __slots__ = ("_known", "forms", "starting", "starts", "tags", "text")

    def __init__(self, text: str, tag: Callable[[str, bool], list[tuple[str, str]]]) -> None:
        self.text = text
        self._known: list[Hit[Any]] | None = None
        self.forms: Sequence[str]
        self.tags: Sequence[str]
        self.forms, self.tags = zip(*tag(text, False), strict=True) if text else ((), ())
        self.starts = list(accumulate(map(len, self.forms), initial=0))
        self.starting = {start: i for i, start in enumerate(self.starts)}

    def known(self, names: Lexicon[T]) -> list[Hit[T]]:
        """Return where the listed names stand; several readers ask, of one lexicon."""
        if self._known is None:
            self._known = names.longest(self.text)
        return self._known

    def whole(self, start: int, end: int) -> bool:
        """Tell whether no word crosses either border of `start:end`."""
        return start in self.starting and end in self.starting

    def last(self, end: int) -> int:
        """Return the index of the word that ends at `end`, or that `end` cuts."""
        return self.starting[end] - 1 if end in self.starting else self.word_over(end)

    def word_over(self, position: int) -> int:
        """Return the index of the word that holds the character at `position`."""
        while position not in self.starting:
            position -= 1
        return self.starting[position]
