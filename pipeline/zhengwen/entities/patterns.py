"""Names that whole patterns find: documents in 《》, sections of roads, numbered bureaus, names in quotes."""

from __future__ import annotations

from collections.abc import Iterator

from zhengwen.entities.names import Found, is_han
from zhengwen.entities.words import Words
from zhengwen.rules import Rule, Rules

__all__ = ["PatternFinder"]

CUES = {
    "names.document": "《",
    "names.paper": "《",
    "names.section": "段",
    "names.bureau": "局",
    "names.numbered_road": "道",
    "names.channel": "第",
    "names.company_brackets": "司",
    "names.quoted": "”",
}
"""A character that a rule's match must hold: the pattern is only tried where it stands."""


class PatternFinder:
    """Runs the rules of `entities/names`, each only on paragraphs that hold its cue."""

    def __init__(self, rules: Rules) -> None:
        self.rules = [(CUES.get(r.id, ""), r) for r in rules.of("entities/names")]

    def find(self, words: Words) -> Iterator[Found]:
        """Yield every name that a pattern finds in a paragraph."""
        for cue, rule in self.rules:
            if cue in words.text:
                yield from self._matches(words, rule)

    def _matches(self, words: Words, rule: Rule) -> Iterator[Found]:
        for match in rule.regex.finditer(words.text):
            start, end = match.span("name")
            if rule.yields.get("trim"):
                start = self._trim(words, start, end)
            if start < end - 1:
                yield Found(start, end, str(rule.yields["type"]), rule.id, shape="pattern")

    def _trim(self, words: Words, start: int, end: int) -> int:
        """Return where the name begins: after the last word of grammar in front of it."""
        at = start
        stop = next((i for i in range(start, end) if not is_han(words.text[i]) or words.text[i] == "第"), end)
        for word in range(words.word_over(start), len(words.forms)):
            if words.starts[word] >= stop:
                break
            if words.tags[word] in {"p", "c", "v", "uj", "u", "d", "r", "x", "ul"}:
                at = words.starts[word + 1]
        return at
