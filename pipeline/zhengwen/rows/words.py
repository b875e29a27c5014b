"""Noun phrases around a figure: jieba's words and its dictionary's tags as hints, the word classes of `rules/` on top.

Used for the open indicators only (the noun counted, with the words that tell it apart); known indicators are found
by the lexicon. Tokens are hints: every boundary that a figure, time or name sets is kept.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from zhengwen.cutting import quick
from zhengwen.rules import Rules

__all__ = ["Token", "Words"]

_PAIR = 2

Token = tuple[str, str]
"""A word and its class: a class of `rules/rows/words.tsv`, else the first letter of jieba's tag, else `n`."""


@lru_cache(maxsize=1)
def _dictionary() -> Mapping[str, str]:
    """Return jieba's own dictionary as word → tag."""
    cells = (
        (files("jieba") / "dict.txt").read_text(encoding="utf-8").split()
    )  # word, frequency, tag; one pass, at C's speed
    return dict(zip(cells[::3], cells[2::3], strict=True))


class Words:
    """Cuts short fragments into classed words."""

    def __init__(self, rules: Rules) -> None:
        import jieba  # costly to start; only rows need it

        jieba.setLogLevel(logging.WARNING)
        self._classes = {row["term"]: row["class"] for row in rules.table("rows/words")}
        self._tags = _dictionary()
        tokenizer = quick(jieba.Tokenizer)()
        tokenizer.initialize()
        for term in self._classes:
            if len(term) > 1:
                tokenizer.add_word(term)
        for row in rules.table("rows/scopes"):
            tokenizer.add_word(row["term"])  # 我县省市重点项目: 县省 is no word
        self._part(tokenizer)
        self._cut = tokenizer.lcut
        self._longest = max(map(len, self._classes), default=1)

    def _part(self, tokenizer: Any) -> None:
        """Take out of jieba's dictionary the words that swallow a light one (占地约)."""
        classes, tags = self._classes, self._tags
        light = frozenset(t for t, c in classes.items() if c == "light" and len(t) == 1)
        first = frozenset(t for t, c in self._classes.items() if c in ("light", "exist") and len(t) == _PAIR)
        for word in tags:
            if len(word) <= _PAIR:
                continue
            act = word[0] in light and classes.get(word[1:]) in ("verb", "act")  # 共出动
            swallowed = word[-1] in light and word[:-1] in tags
            if (act or swallowed or (word[:_PAIR] in first and word[_PAIR:] in tags)) and word not in classes:
                tokenizer.FREQ[word] = 0

    def of_class(self, name: str) -> tuple[str, ...]:
        """Return the words of one class, the longest first."""
        return tuple(sorted((t for t, c in self._classes.items() if c == name), key=len, reverse=True))

    def listed(self, word: str) -> bool:
        """Say whether the dictionary holds a word."""
        return word in self._tags or word in self._classes

    def class_of(self, word: str) -> str:
        """Return a word's class."""
        if len(word) == 1:  # the tags of single characters mislead more often than they help
            return self._classes.get(word, "n")
        tag = self._tags.get(word, "n")
        return self._classes.get(word) or ("n" if tag == "vn" else tag[:1])

    def tokens(self, fragment: str) -> tuple[Token, ...]:
        """Return the classed words of a fragment."""
        words: list[Token] = []
        for word in self._cut(fragment, HMM=False):
            words.append((word, self.class_of(word)))
        return tuple(words)
