"""What people read for our codes, in Chinese or in English: headers, enumerations, words (`rules/labels.tsv`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from zhengwen.errors import BadInput
from zhengwen.rules import Rules

__all__ = ["LANGUAGES", "Labels", "codes"]

LANGUAGES = ("en", "zh")
"""What `--lang` can ask for; the first is the default."""


class Labels:
    """The labels of one language; a code without a label stands for itself.

    Raises `BadInput` for a language that there is none of.
    """

    def __init__(self, rules: Rules, lang: str = LANGUAGES[0]) -> None:
        if lang not in LANGUAGES:
            raise BadInput(f"no such language: {lang} (wanted: {', '.join(LANGUAGES)})", code="usage", where="--lang")
        self.lang = lang
        self._rules = rules
        self._said = {row["key"]: row[lang] for row in rules.table("labels")}

    def value(self, topic: str, code: str | None) -> str:
        """Return what people read for a code of an enumeration: growth_rate → 增速."""
        return self._said.get(f"{topic}.{code}", code or "")

    def word(self, key: str, *filled: object) -> str:
        """Return a word or line of the desk (`word.…`), its places filled."""
        return self.value("word", key).format(*filled)

    def column(self, name: str) -> str:
        """Return a column's header."""
        label = self._said.get(f"column.{name}")
        return label or (self._fields.get(name, name) if self.lang == "zh" else name.replace("_", " "))

    def topic(self, topic: str) -> dict[str, str]:
        """Return a topic's labels by code, in the order of the list."""
        begin = f"{topic}."
        return {k.removeprefix(begin): v for k, v in self._said.items() if k.startswith(begin)}

    def meaning(self, name: str) -> str:
        """Return what a column of the figures means; in English the record's own words (`rules/columns.tsv`)."""
        said = self._said.get(f"about.{name}", "")
        return said or (self._meanings.get(name, "") if self.lang == "en" else "")

    @cached_property
    def _fields(self) -> Mapping[str, str]:
        """The Chinese names of record fields: the figure's before those of the other records."""
        rows = sorted(self._rules.table("columns"), key=lambda r: not r["column"].startswith("figure."), reverse=True)
        return {r["column"].partition(".")[2]: r["zh"] for r in rows}

    @cached_property
    def _meanings(self) -> Mapping[str, str]:
        return {r["column"].removeprefix("figure."): r["meaning"] for r in self._rules.table("columns")}


def codes(rules: Rules, topic: str) -> dict[str, str]:
    """Return the code for each way to say it: the code itself and its label in every language, in lower case."""
    begin = f"{topic}."
    rows = [(r["key"].removeprefix(begin), r) for r in rules.table("labels") if r["key"].startswith(begin)]
    said = {r[lang].lower(): code for code, r in rows for lang in LANGUAGES}
    return said | {code: code for code, _ in rows}
