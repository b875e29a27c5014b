"""Values: every numeral of a text read exactly, as candidate figures, labels and idioms (contract §1).

`Values` proposes and never decides between a figure, a time and a name: the arbiter does. It only leaves out what
cannot be a figure: numerals without a unit or any word that makes them one, ordinals, years, the unemphatic 一.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from zhengwen.rules import Rules
from zhengwen.stages import Candidate, Quantity
from zhengwen.values.blanks import Blanks
from zhengwen.values.figures import Figures
from zhengwen.values.joining import JOINING, Joiner
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
_AROUND = 48
"""How many characters to either side of a run of numerals are looked at to read it."""
_SHORT = 1000
"""A text up to this length is read as it stands: what it says is hardly said twice among the same characters."""
_REMEMBERED = 4096
_FOLDED = "折"
_ALSO = frozenset("、和及至到—-～~")
"""What stands between ordinals that share one 第 (第五、六集)."""
_UNREADABLE = re.compile(
    r"[0-9]+(?:\.[0-9]+){2,}[万亿]|[一二两三四五六七八九]?[十百千]*[百千][百千].*|.*[万亿][亿].*|.*亿万.*"
)


@dataclass(slots=True)
class _Run:
    """What a run of numerals says among the characters around it; positions count from the first of these."""

    reading: Reading | None = None
    fixed: Candidate | None = None
    """The label that begins at the run, or the run as unread."""
    ordinal: int = 0
    """How long it is when it is an ordinal that only orders."""
    alone: bool = False
    """Nothing beside the reading could join it to another."""


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
        self._known: dict[tuple[str, int, int], _Run] = {}

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
        readings = list(self._readings(text, fixed))
        for reading in self._joiner.join(text, readings):
            if reading.joined:
                if self._figures.holds(text, reading):
                    fixed.append(self._candidate(text, reading))
            elif reading.figure is not None:
                by = reading.start - reading.figure.start
                fixed.append(_moved(reading.figure, by) if by else reading.figure)
        fixed.sort(key=_place)
        return fixed

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
        bar, at, size, ordinal = 0, 0, len(text), _NOWHERE
        search = (self._start_folded if _FOLDED in text else self._start).search
        while at < size and (first := search(text, at)):
            match = self._scan.match(text, first.start())
            if match is None:
                at = first.end()
                continue
            start, end = match.span()
            while bar < len(barred) and barred[bar][1] <= start:
                bar += 1
            stop = end
            if bar < len(barred) and barred[bar][0] < end:
                at, stop = barred[bar][1], barred[bar][0]
                if stop <= start:
                    continue
            elif match[1]:
                at = end
                if ratio := self._colons(text, start, end):
                    yield ratio
                continue
            run, low = self._run(text, start, stop, start - ordinal)
            ordinal = start + run.ordinal if run.ordinal else ordinal
            ends = end
            if run.fixed is not None:
                fixed.append(_moved(run.fixed, low) if low else run.fixed)
                ends = max(ends, fixed[-1].end)
            if run.reading is not None:
                ends = max(ends, low + run.reading.end)
                if not run.alone:
                    yield run.reading.moved(low) if low else run.reading
                elif run.reading.figure is not None:
                    fixed.append(_moved(run.reading.figure, low) if low else run.reading.figure)
            at = at if stop < end else ends

    def _run(self, text: str, start: int, end: int, since: int) -> tuple[_Run, int]:
        """Return what a run says, and where its positions count from; the same among the same is read once.

        It is read among the characters around it alone, so that it does not matter which of the same comes first.
        """
        low = start - _AROUND
        if low <= 0 or len(text) <= _SHORT:
            return self._one(text, start, end, since if since <= _LONGEST_COUNTER + 1 else 0), 0
        around = text[low : end + _AROUND]
        if since > _LONGEST_COUNTER + 1:
            since = 0
        key = (around, end - start, since)
        run = self._known.get(key)
        if run is None:
            run = self._one(around, start - low, end - low, since)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            if end - start <= _AROUND:
                self._known[key] = run
        return run, low

    def _one(self, text: str, start: int, end: int, since: int) -> _Run:
        """Read one run; `since` is how far back an ordinal that only orders ends, 0 where none is near."""
        before = text[start - 1] if start else ""
        if before == "第":
            rank = self._ranks.ordinal(text, start, end)
            return self._read(text, rank) if rank else _Run(ordinal=end - start)
        label = self._labels.at(text, start)
        if label is not None:
            return _Run(fixed=label)
        if since and before in _ALSO and text.startswith(text[start - since : start - 1], end):
            return _Run(ordinal=end - start)  # one more under the last 第: 第五、六集, 第四届、五届
        if before == "前" and (rank := self._ranks.front(text, start)):
            return self._read(text, rank)
        if self._figures.bars(text, start, end):
            return _Run()
        reading = self._quantities.read(text, start, end)
        if reading is not None:
            return self._read(text, self._ranks.refine(text, reading) if reading.unit else reading)
        if _UNREADABLE.fullmatch(text[start : min(end, start + 80)]):
            reason = "no well-formed numeral"
            return _Run(fixed=Candidate(start, end, "unread", "numerals.run", UNREAD_WEIGHT, reason=reason))
        return _Run()

    def _read(self, text: str, reading: Reading) -> _Run:
        """Return a run with its reading, which holds the figure that it is when no neighbour joins it."""
        reading.figure = self._candidate(text, reading) if self._figures.holds(text, reading) else None
        reading.joined = False
        beside = text[reading.start - 1 : reading.start] + text[reading.end : reading.end + 1]
        return _Run(reading, alone=JOINING.isdisjoint(beside))

    def _colons(self, text: str, start: int, end: int) -> Reading | None:
        terms = self._joiner.ratio(text, start, end) if end - start <= 80 else None
        first = read(str(terms[0])) if terms else None
        if terms is None or first is None:
            return None
        return Reading(start, end, end, first, terms=terms, kind="ratio", rule="ratios.colons", weight=70)

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


def _moved(candidate: Candidate, by: int) -> Candidate:
    """Return the candidate `by` characters on."""
    reading = candidate.reading
    if isinstance(reading, Quantity) and reading.modifier is not None:
        first, last = reading.modifier
        reading = replace(reading, modifier=(first + by, last + by))
    start, end = candidate.start + by, candidate.end + by
    return Candidate(start, end, candidate.kind, candidate.rule, candidate.weight, reading, candidate.reason)


def _place(candidate: Candidate) -> tuple[int, int]:
    return candidate.start, candidate.end
