"""Names that whole patterns find: documents in 《》, sections of roads, numbered bureaus, names in quotes."""

from __future__ import annotations

from collections.abc import Iterator

from zhengwen.entities.found import Found
from zhengwen.entities.lexis import Lexis
from zhengwen.entities.words import Words, is_han
from zhengwen.rules import Rule, Rules

__all__ = ["PatternFinder"]

TRIMMED = frozenset({"p", "c", "uj", "u", "r", "ul", "b"})
CUES = {
    "names.document": "《",
    "names.paper": "《",
    "names.section": "段",
    "names.line_section": "段",
    "names.between": "至",
    "names.bureau": "局",
    "names.ethnic_township": "族",
    "names.national_plan": "国",
    "names.numbered_road": "道",
    "names.channel": "第",
    "names.company_brackets": "司",
    "names.quoted": "”",
    "names.road_works": "道",
    "names.capacity_project": "年产",
    "names.account": "源",
    "names.medium": "网",
    "names.crossing": "跨",
    "names.link": "至",
    "names.between_rail": "至",
    "names.site_brackets": "）",
    "names.extent": "）",
    "names.voltage": "千伏",
    "names.metro": "号线",
    "names.carrier": "中国",
    "names.numbered": "第",
    "names.line_phase": "号线",
    "names.phase": "期",
    "names.rail_bureau": "中国铁路",
    "names.armed_police": "武警",
}
"""A character that a rule's match must hold: the pattern is only tried where it stands."""


class PatternFinder:
    """Runs the rules of `entities/names`, each only on paragraphs that hold its cue."""

    def __init__(self, rules: Rules, lexis: Lexis) -> None:
        self.hard = lexis.hard - {"至"}
        self.lead = lexis.lead
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
                start = self._trim(words, start, match.start("fix"), lead=bool(rule.yields.get("lead")))
            if rule.yields.get("level") and not self._level(words, start, end):
                continue
            if start < end - 1:
                yield Found(start, end, str(rule.yields["type"]), rule.id, shape="pattern")

    def _level(self, words: Words, start: int, end: int) -> bool:
        """Tell whether a name begins with a level word that is a word by itself, and holds no grammar."""
        first = words.starting.get(start)
        if first is None or words.starts[first + 1] != start + 1 or end not in words.starting:
            return False
        last = words.last(end)
        return not any(words.forms[i] in self.hard or words.tags[i] in TRIMMED for i in range(first + 1, last + 1))

    def _first(self, words: Words, word: int, start: int) -> bool:
        """Tell whether a match begins with this word, first in its clause; then a verb is a name (汇聚（白石）园)."""
        at = words.starts[word]
        return at == start and not (at and is_han(words.text[at - 1]))

    def _trim(self, words: Words, start: int, stop: int, *, lead: bool) -> int:
        """Return where the name begins: behind the last word of grammar before `stop`."""
        at = start
        for word in range(words.word_over(start), len(words.forms)):
            if words.starts[word + 1] > stop:
                break
            form, tag = words.forms[word], words.tags[word]
            verb = len(form) > 1 and (tag in {"v", "d"} or form[-1] == "期")
            verb = verb and not (words.text[stop] in "（(" and self._first(words, word, start))
            if (
                form in self.hard
                or verb
                or (lead and form in self.lead and words.starts[word + 1] < stop)
                or (tag in TRIMMED and len(form) > 1)
                or (not is_han(form[0]) and not form[0].isalnum())
            ):
                at = words.starts[word + 1]
        return at
