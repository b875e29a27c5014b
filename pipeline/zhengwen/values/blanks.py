"""Blanks inside numerals (1 046例, 百 分之 五): left out before numbers are read, put back into the spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhengwen.rules import Rules
from zhengwen.stages import Candidate, Quantity
from zhengwen.values.matching import Alternatives

__all__ = ["Blanks", "Squeezed"]


@dataclass(frozen=True, slots=True)
class Squeezed:
    """A text without the blanks inside its numerals, and where each removed run stood in the squeezed text."""

    source: str
    text: str
    cuts: Sequence[int]
    """Positions in `text` that a removed run of blanks stood before, ascending."""
    removed: Sequence[int]
    """How many characters are gone before and at the cut of the same index."""

    def position(self, at: int) -> int:
        """Return the source position of the character at `at`."""
        before = bisect_right(self.cuts, at)
        return at + (self.removed[before - 1] if before else 0)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span of `start:end`."""
        return self.position(start), self.position(end - 1) + 1

    def restore(self, candidate: Candidate) -> Candidate:
        """Return the candidate as one of the source text; its number is printed with the blanks it had."""
        start, end = self.span(candidate.start, candidate.end)
        reading = candidate.reading
        if isinstance(reading, Quantity):
            reading = self._quantity(reading, candidate.start)
        return replace(candidate, start=start, end=end, reading=reading)

    def _quantity(self, reading: Quantity, start: int) -> Quantity:
        printed = reading.number_printed
        if printed and self.text.startswith(printed, start):
            first, last = self.span(start, start + len(printed))
            printed = self.source[first:last]
        modifier = self.span(*reading.modifier) if reading.modifier else None
        return replace(reading, number_printed=printed, modifier=modifier)


class Blanks:
    """Finds the blanks that stand inside numerals (`rules/values/blanks.toml`)."""

    def __init__(self, rules: Rules) -> None:
        self._inside = Alternatives(rules.of("values/blanks"))

    def squeeze(self, text: str) -> Squeezed | None:
        """Return the text without the blanks inside its numerals; None when there are none."""
        if " " not in text:
            return None
        parts: list[str] = []
        cuts: list[int] = []
        removed: list[int] = []
        at = gone = 0
        for start, end, _ in self._inside.all(text):
            parts.append(text[at:start])
            cuts.append(start - gone)
            gone += end - start
            removed.append(gone)
            at = end
        if not cuts:
            return None
        return Squeezed(text, "".join(parts) + text[at:], cuts, removed)
