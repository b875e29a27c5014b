"""Noun phrases around a figure: jieba's words and its dictionary's tags as hints, the word classes of `rules/` on top.

Used for the open indicators only (the noun counted, with the words that tell it apart); known indicators are found
by the lexicon. Tokens are hints: every boundary that a figure, time or name sets is kept. `rjieba` cuts: jieba's own
dictionary and its way through it, at ten times the speed, started in a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from zhengwen.rules import Rules

__all__ = ["Token", "Words"]

_PAIR = 2
_WEIGHT = "\ue000"
"""A private character that stands in no text: as jieba does, a known word given again counts twice in the sum of all
frequencies, and the larger that sum, the sooner rare words hold together (不等, 出列, 加发)."""

_DONE = ("verb", "act")
"""The classes of what is done."""

Token = tuple[str, str]
"""A word and its class: a class of `rules/rows/words.tsv`, else the first letter of jieba's tag, else `n`."""


@lru_cache(maxsize=1)
def _dictionary() -> Mapping[str, str]:
    """Return jieba's own dictionary as word → tag; jieba itself is not imported, which would take longer."""
    spec = find_spec("jieba")
    folder = Path(next(iter(spec.submodule_search_locations or ()))) if spec else Path()
    cells = (folder / "dict.txt").read_text(encoding="utf-8").split()  # word, frequency, tag; one pass, at C's speed
    return dict(zip(cells[::3], cells[2::3], strict=True))


_NAMES = frozenset({"ns", "nr", "nrt", "nrfg", "nz", "nt"})
"""The dictionary's tags of names."""


class Words:
    """Cuts short fragments into classed words."""

    def __init__(self, rules: Rules) -> None:
        from rjieba import Jieba  # costly to start; only rows need it

        self._classes = {row["term"]: row["class"] for row in rules.table("rows/words")}
        self._tags = _dictionary()
        tokenizer = Jieba()
        terms = [term for term in self._classes if len(term) > 1]
        terms += [
            row["term"] for row in rules.table("rows/scopes") if row["kind"] != "thing"
        ]  # 我县省市重点项目: 县省 is no word
        known = sum(tokenizer.add_word(term, None, None) for term in terms if tokenizer.has_word(term))
        for term in terms:
            tokenizer.add_word(term, None, None)
        tokenizer.add_word(_WEIGHT, known, None)
        self._part(tokenizer)
        self._cut = tokenizer.cut
        self._longest = max(map(len, self._classes), default=1)

    def _part(self, tokenizer: Any) -> None:
        """Take out of jieba's dictionary the words that swallow a light one (占地约)."""
        classes, tags = self._classes, self._tags
        light = frozenset(t for t, c in classes.items() if c == "light" and len(t) == 1)
        adverbs = frozenset(t for t, c in classes.items() if c == "adverb" and len(t) == _PAIR)
        first = frozenset(t for t, c in classes.items() if c in ("light", "exist") and len(t) == _PAIR)
        verbs = frozenset(t for t, c in classes.items() if c == "verb" and len(t) == _PAIR)
        telling = adverbs | first | verbs
        for word in tags:
            if len(word) <= _PAIR or word in classes:
                continue
            acts = word[0] in light and classes.get(word[1:]) in _DONE  # 共出动
            compared = classes.get(word[-1]) == "compare" and tags.get(word[:-1]) == "n"  # 产量比去年增长
            if acts or compared or (word[-1] in light and word[:-1] in tags):
                tokenizer.add_word(word, 0, None)
            elif word[:_PAIR] in telling:
                head, rest = word[:_PAIR], word[_PAIR:]
                tag = tags.get(rest, "")
                done = head in adverbs and (tag.startswith("v") or classes.get(rest) in _DONE)  # 大力推广, 全面落实
                taken = head in verbs and tag[:1] in ("n", "v")  # 发放贷款
                if done or taken or (head in first and tag):
                    tokenizer.add_word(word, 0, None)

    def of_class(self, name: str) -> tuple[str, ...]:
        """Return the words of one class, the longest first."""
        return tuple(sorted((t for t, c in self._classes.items() if c == name), key=len, reverse=True))

    def listed(self, word: str) -> bool:
        """Say whether the dictionary holds a word."""
        return word in self._tags or word in self._classes

    def proper(self, word: str) -> bool:
        """Say whether a word is none of the dictionary or only a name there (瑞顿, 华润)."""
        return word not in self._classes and self._tags.get(word, "nz") in _NAMES

    def class_of(self, word: str) -> str:
        """Return a word's class."""
        if len(word) == 1:  # the tags of single characters mislead more often than they help
            return self._classes.get(word, "n")
        tag = self._tags.get(word, "n")
        return self._classes.get(word) or ("n" if tag == "vn" else tag[:1])

    def tokens(self, fragment: str) -> tuple[Token, ...]:
        """Return the classed words of a fragment."""
        words: list[Token] = []
        for word in self._cut(fragment, hmm=False):
            words.append((word, self.class_of(word)))
        if len(words) > 1 and words[-2][1] == "adverb" and self._does(words[-1][0]):
            words[-1] = (words[-1][0], "doing")  # 大力|发展 5000亩黄桃
        return tuple(words)

    def _does(self, word: str) -> bool:
        """Say whether a word that no class is given for is a verb as well as a noun."""
        return word not in self._classes and self._tags.get(word) == "vn"
