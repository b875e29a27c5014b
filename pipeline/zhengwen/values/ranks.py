"""Ranks: 第一, 第3位, 位居24位, 前三名, 前五, 倒数第二 (contract §1), told from ordinals that only order."""

from __future__ import annotations

from zhengwen.rules import Rules
from zhengwen.values.matching import Alternatives
from zhengwen.values.numerals import read
from zhengwen.values.quantities import Reading

__all__ = ["Ranks"]

_ORDINAL = "第"
_PLACE = "位"
_REACH = 16
_UNITS = ("位", "名")


class Ranks:
    """Reads ranks around one run of numerals."""

    def __init__(self, rules: Rules) -> None:
        by_id = {r.id: r for r in rules.of("values/ranks")}
        named = ("ranks.plain_place", "ranks.front", "ranks.front_named")
        self._ordinal = Alternatives(r for i, r in by_id.items() if i not in named)
        self._place = Alternatives([by_id["ranks.plain_place"]] if "ranks.plain_place" in by_id else [])
        self._front = Alternatives([by_id["ranks.front"]] if "ranks.front" in by_id else [])
        self._named = Alternatives([by_id["ranks.front_named"]] if "ranks.front_named" in by_id else [])

    def ordinal(self, text: str, start: int, end: int) -> Reading | None:
        """Return the rank of the run `start:end`, which 第 stands before; None for an ordinal that only orders."""
        found = self._ordinal.match(text, start - 1)
        numeral = read(text[start:end])
        if found is None or numeral is None or numeral.value is None:
            return None
        reading = Reading(
            start - 1, end, found[1], numeral, None, 0, "exact", numeral.low, numeral.high, found[2], "rank"
        )
        reading.reversed_rank = found[2] == "ranks.reversed"
        return reading

    def front(self, text: str, start: int) -> Reading | None:
        """Return the rank that 前 and the run at `start` say (前五, 前十): the 前 is inside."""
        found = self._front.match(text, start - 1)
        numeral = read(text[start : found[1]]) if found else None
        if found is None or numeral is None or numeral.value is None:
            return None
        return Reading(
            start - 1, found[1], found[1], numeral, None, 0, "exact", numeral.low, numeral.high, found[2], "rank"
        )

    def refine(self, text: str, reading: Reading) -> Reading:
        """Make a rank of a number with 位, 名 or 强 where the words before say so."""
        name = reading.unit.name if reading.unit else ""
        if name == _PLACE and self._place.ending(text, reading.start, reading.end, _REACH):
            reading.kind, reading.rule, reading.unit = "rank", "ranks.plain_place", None
        elif text[reading.start - 1 : reading.start] == "前" and self._named.match(text, reading.start):
            reading.kind, reading.rule = "rank", "ranks.front_named"
        return reading
