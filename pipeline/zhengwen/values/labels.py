"""Labels and idioms: fixed words that hold a numeral and count nothing (5G, 107国道, 六稳六保, 五湖四海)."""

from __future__ import annotations

from zhengwen.lexicon import Lexicon
from zhengwen.rules import Rules
from zhengwen.stages import Candidate
from zhengwen.values.matching import Alternatives

__all__ = ["Labels"]

NUMERAL = frozenset("0123456789零〇一二两三四五六七八九十百千万亿几数余多")
"""What a number is written with: an idiom right behind such a character is the tail of a number (13万年)."""
IDIOM_WEIGHT = 95
LABEL_WEIGHT = 90


class Labels:
    """Proposes labels and idioms; numerals inside them are read no further."""

    def __init__(self, rules: Rules) -> None:
        self._idioms = Lexicon(
            (row["idiom"], tuple(filter(None, row["unless"].split(",")))) for row in rules.table("idioms")
        )
        every = rules.of("values/labels")
        self._weights = {r.id: r.weight for r in every if r.weight}
        self._anywhere = Alternatives(r for r in every if r.yields.get("at") != "run")
        self._at_run = Alternatives(r for r in every if r.yields.get("at") == "run")

    def fixed(self, text: str) -> list[Candidate]:
        """Return the idioms, and the labels that begin before their number."""
        found = [
            Candidate(hit.start, hit.end, "idiom", "idioms", IDIOM_WEIGHT)
            for hit in self._idioms.longest(text)
            if not (hit.entry and text.startswith(hit.entry, hit.end))
            and not (hit.start and text[hit.start - 1] in NUMERAL and hit.term[0] in NUMERAL)
        ]
        for start, end, rule in self._anywhere.all(text):
            found.append(Candidate(start, end, "label", rule, self._weights.get(rule, LABEL_WEIGHT)))
        return found

    def at(self, text: str, start: int) -> Candidate | None:
        """Return the label that begins at the numeral at `start`."""
        found = self._at_run.match(text, start)
        if found is None:
            return None
        return Candidate(found[0], found[1], "label", found[2], self._weights.get(found[2], LABEL_WEIGHT))
