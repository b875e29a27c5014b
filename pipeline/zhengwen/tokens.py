"""Tokens: jieba's words, with our terms known to it and every figure, date and label kept whole.

123,244.2元 stays one token, and so do 2020年 and 规模以上工业增加值.
`Segmenter` divides plain text; `make_tokenizer` gives spaCy's blank `zh` the same words.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, get_words_and_spaces, registry

from zhengwen import rules as _rules
from zhengwen.arbiter import decide
from zhengwen.rules import Rules
from zhengwen.times import Times
from zhengwen.values import Values

if TYPE_CHECKING:
    from spacy.vocab import Vocab

__all__ = ["Segmenter", "Tokenizer", "make_tokenizer"]

_WHOLE = {"figure", "time", "label"}
_TERM_LENGTHS = range(2, 13)


class Segmenter:
    """Divides text into words that together are the text."""

    def __init__(self, rules: Rules) -> None:
        self._values = Values(rules)
        self._times = Times(rules)
        self._jieba = _jieba(rules)

    def cut(self, text: str) -> list[str]:
        """Return the words of `text`; joined they are `text` again."""
        words: list[str] = []
        at = 0
        for start, end in self._whole(text):
            words += self._words(text[at:start])
            words.append(text[start:end])
            at = end
        return words + self._words(text[at:])

    def _words(self, text: str) -> list[str]:
        return [w for w in self._jieba.cut(text) if w] if text else []

    def _whole(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield what must stay in one piece, by position; figures never cross a line."""
        at = 0
        for line in text.splitlines(keepends=True):
            for candidate in decide([*self._values.find(line), *self._times.find(line)]).taken:
                if candidate.kind in _WHOLE:
                    yield at + candidate.start, at + candidate.end
            at += len(line)


class Tokenizer(DummyTokenizer):
    """spaCy's tokenizer over a `Segmenter`; the Doc's text is the text, always."""

    def __init__(self, vocab: Vocab, rules: str | None = None) -> None:
        self.vocab = vocab
        self.rules = rules
        self._segmenter = Segmenter(_rules.load(Path(rules) if rules else None))

    def __call__(self, text: str) -> Doc:
        """Return the Doc of `text`."""
        words, spaces = get_words_and_spaces(self._segmenter.cut(text), text)
        return Doc(self.vocab, words=words, spaces=spaces)

    def __reduce__(self) -> tuple[type[Tokenizer], tuple[Vocab, str | None]]:
        # The term matcher cannot be pickled: another process builds its own.
        return Tokenizer, (self.vocab, self.rules)


def make_tokenizer(rules: str | None = None) -> Callable[[Language], Tokenizer]:
    """Return what spaCy's config calls to make the tokenizer of a pipeline."""

    def create(nlp: Language) -> Tokenizer:
        return Tokenizer(nlp.vocab, rules)

    return create


registry.tokenizers.register("zhengwen.tokens.v1", func=make_tokenizer)


def _jieba(rules: Rules) -> Any:
    """Return a jieba of our own, with the terms of all lists as its words and its cache in our folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    tokenizer.cache_file = str(_cache_folder() / "jieba.cache")
    tokenizer.initialize()
    for term in _terms(rules):
        tokenizer.add_word(term)
    return tokenizer


def _terms(rules: Rules) -> Iterator[str]:
    """Yield the words of the term lists: their first column where it is a word of Chinese characters."""
    for rows in rules.tables.values():
        for row in rows:
            term = next(iter(row.values()), "")
            if len(term) in _TERM_LENGTHS and all("一" <= c <= "鿿" for c in term):
                yield term


def _cache_folder() -> Path:
    """Return (and make) the folder that a cache belongs in; the temporary one where that cannot be made."""
    base = os.environ.get("LOCALAPPDATA") if sys.platform == "win32" else os.environ.get("XDG_CACHE_HOME")
    folder = (Path(base) if base else Path.home() / ".cache") / "zhengwen"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir())
    return folder
