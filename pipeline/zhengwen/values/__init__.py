"""Values: every numeral of a text read exactly, as candidate figures, labels and idioms (contract §1).

`Values` proposes and never decides between a figure, a time and a name: the arbiter does. It only leaves out what
cannot be a figure: numerals without a unit or any word that makes them one, ordinals, years, the unemphatic 一.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengwen.rules import Rules
from zhengwen.stages import Candidate, Quantity
from zhengwen.values.blanks import Blanks
from zhengwen.values.figures import Figures
from zhengwen.values.joining import Joiner
from zhengwen.values.labels import Labels
from zhengwen.values.modifiers import Modifiers
from zhengwen.values.numerals import read
from zhengwen.values.quantities import Quantities, Reading, quantity
from zhengwen.values.ranks import Ranks
from zhengwen.values.units import Units

__all__ = ["Values"]

UNREAD_WEIGHT = 20
_LONGEST_COUNTER = 3
_NOWHERE = -100
_FOLDED = "折"
_ALSO = frozenset("、和及至到—-～~")
"""What stands between ordinals that share one 第 (第五、六集)."""
_UNREADABLE = re.compile(
    r"[0-9]+(?:\.[0-9]+){2,}[万亿]|[一二两三四五六七八九]?[十百千]*[百千][百千].*|.*[万亿][亿].*|.*亿万.*"
)


class Values:
    """Finds every number of a text and reads it with its unit."""

    def __init__(self, rules: Rules) -> None:
        by_id = {r.id: r for r in rules.of("values/numerals")}
        run, ratio = by_id["numerals.run"].pattern, by_id["numerals.ratio"].pattern
        self._scan = re.compile(f"({ratio})|{run}")
        self._start = re.compile(by_id["numerals.start"].pattern)
        self._blanks = Blanks(rules)
        self._start_folded = re.compile(by_id["numerals.start_folded"].pattern)
        self._units = Units(rules)
        self._quantities = Quantities(rules, self._units, re.compile(run))
        self._labels = Labels(rules)
        self._modifiers = Modifiers(rules)
        self._joiner = Joiner(rules)
        self._ranks = Ranks(rules)
        self._figures = Figures(rules)

    def find(self, text: str) -> list[Candidate]:
        """Return the candidates of a text: figures (with a `Quantity`), labels, idioms and unread numerals.

        `text` is a view's text: digits, letters, % and . in half width. Candidates come in order of position.
        """
        if self._start.search(text) is None and _FOLDED not in text:
            return []
        squeezed = self._blanks.squeeze(text)
        if squeezed is None:
            return self._find(text)
        return [squeezed.restore(c) for c in self._find(squeezed.text)]

    def _find(self, text: str) -> list[Candidate]:
        fixed = self._labels.fixed(text)
        self._ordinal_end = _NOWHERE
        readings = list(self._readings(text, fixed))
        found = [self._candidate(text, r) for r in self._joiner.join(text, readings) if self._figures.holds(text, r)]
        return sorted(fixed + found, key=lambda c: (c.start, c.end))

    def cell(self, text: str, start: int, end: int, unit: str) -> Quantity | None:
        """Return the number of a table's cell `start:end` in the unit that its head gives (亿元, 万吨, %)."""
        numeral = read(text[start:end].replace(" ", ""))
        if numeral is None:
            return None
        head, magnitude = self._units.read(unit)
        reading = Reading(start, end, end, numeral, head, 0, numeral.approx)
        scale = magnitude * (head.scale if head else 1)
        reading.low, reading.high = numeral.low * scale, numeral.high * scale
        reading.unit_printed = unit
        return quantity(text, reading, numeral.approx, None, head.kind if head else "number")

    def numerals(self, text: str) -> list[tuple[int, int]]:
        """Return the spans of all runs of numeral characters, read or not, units left aside."""
        squeezed = self._blanks.squeeze(text)
        if squeezed is None:
            return [m.span() for m in self._scan.finditer(text) if not m[1]]
        return [squeezed.span(*m.span()) for m in self._scan.finditer(squeezed.text) if not m[1]]

    def _readings(self, text: str, fixed: list[Candidate]) -> Iterator[Reading]:
        """Yield the readings of all runs outside labels and idioms; append labels and unread runs to `fixed`."""
        barred = sorted((c.start, c.end) for c in fixed)
        bar, at, size = 0, 0, len(text)
        search = (self._start_folded if _FOLDED in text else self._start).search
        while at < size and (first := search(text, at)):
            match = self._scan.match(text, first.start())
            if match is None:
                at = first.end()
                continue
            start, end = match.span()
            while bar < len(barred) and barred[bar][1] <= start:
                bar += 1
            if bar < len(barred) and barred[bar][0] < end:
                at = barred[bar][1]
                if barred[bar][0] > start and (cut := self._one(text, start, barred[bar][0], fixed)):
                    yield cut
                continue
            if match[1]:
                reading, at = self._colons(text, start, end), end
            else:
                reading = self._one(text, start, end, fixed)
                at = max(end, reading.end if reading else 0, fixed[-1].end if fixed and fixed[-1].start == start else 0)
            if reading is not None:
                yield reading

    def _colons(self, text: str, start: int, end: int) -> Reading | None:
        terms = self._joiner.ratio(text, start, end) if end - start <= 80 else None
        first = read(str(terms[0])) if terms else None
        if terms is None or first is None:
            return None
        return Reading(start, end, end, first, terms=terms, kind="ratio", rule="ratios.colons", weight=70)

    def _one(self, text: str, start: int, end: int, fixed: list[Candidate]) -> Reading | None:
        """Read one run: a label, a rank, or a number with its unit."""
        before = text[start - 1] if start else ""
        if before == "第":
            rank = self._ranks.ordinal(text, start, end)
            self._ordinal_end = _NOWHERE if rank else end
            return rank
        label = self._labels.at(text, start)
        if label is not None:
            fixed.append(label)
            return None
        if before in _ALSO and self._ordinal_goes_on(text, start, end):
            self._ordinal_end = end
            return None
        if before == "前" and (rank := self._ranks.front(text, start)):
            return rank
        if self._figures.bars(text, start, end):
            return None
        reading = self._quantities.read(text, start, end)
        if reading is None:
            if _UNREADABLE.fullmatch(text[start : min(end, start + 80)]):
                reason = "no well-formed numeral"
                fixed.append(Candidate(start, end, "unread", "numerals.run", UNREAD_WEIGHT, reason=reason))
            return None
        return self._ranks.refine(text, reading) if reading.unit else reading

    def _ordinal_goes_on(self, text: str, start: int, end: int) -> bool:
        """Tell whether the run is one more ordinal under the last 第: 第五、六集, 第四届、五届."""
        between = text[self._ordinal_end : start - 1] if start - self._ordinal_end <= _LONGEST_COUNTER + 1 else None
        return between is not None and text.startswith(between, end)

    def _candidate(self, text: str, reading: Reading) -> Candidate:
        approx, modifier = reading.approx, None
        if approx == "exact" and reading.kind != "ratio":
            outside = (
                self._modifiers.before(text, reading.start, reading.numeral.lone)
                or self._modifiers.after(text, reading.end)
                or self._modifiers.governing(text, reading.start)
            )
            if outside:
                approx, modifier = outside
        kind = self._figures.kind(text, reading)
        reading_of = quantity(text, reading, approx, modifier, kind)
        return Candidate(reading.start, reading.end, "figure", reading.rule, reading.weight, reading_of)
