"""A page's text for the review page: the lines around a position, cut where figures, times and names begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from zhengwen.records import Block, Entity, Figure, Record, Time
from zhengwen.stages import Page

__all__ = ["Span", "cut", "spans_of", "window"]

_AROUND = 12_000
"""Characters shown to either side of a position: more than a newspaper page, and never a megabyte."""


@dataclass(frozen=True, slots=True)
class Span:
    """Something to be marked in a text: a figure (with its id), a time or a name."""

    start: int
    end: int
    kind: str
    figure_id: str = ""


def spans_of(records: Sequence[Record]) -> list[Span]:
    """Return all that is to be marked in a page, by position."""
    found = [Span(s, e, f"e {r.type}") for r in records if isinstance(r, Entity) for s, e in r.mentions]
    for r in records:
        if isinstance(r, Time):
            found.append(Span(r.start, r.end, "t"))
        elif isinstance(r, Figure):
            found.append(Span(r.start, r.end, f"f {r.tier or 'count'}", r.figure_id))
    return sorted(found, key=lambda s: (s.start, s.end))


def window(page: Page, records: Sequence[Record], at: int, around: int = _AROUND) -> dict[str, Any]:
    """Return the lines of a page around `at`, each cut into marked pieces, and whether there is more on either side.

    A piece is `[start, text, classes, figure id]`; `text` is the page's own, `start` its offset in code points. A line
    longer than the window is shown in part.
    """
    text = page.text
    low, high = max(0, at - around), min(len(text), at + around)
    low = max(low - around, text.rfind("\n", 0, low) + 1, 0)  # from the line's beginning, where that is near
    spans = [s for s in spans_of(records) if s.end > low and s.start < high]
    lines = []
    for block in sorted((r for r in records if isinstance(r, Block)), key=lambda b: b.start):
        start, end = max(block.start, low), min(block.end, high)
        if start < end:
            lines.append(
                {
                    "line": block.line,
                    "label": block.label,
                    "article": block.article,
                    "whole": start == block.start and end == block.end,
                    "pieces": cut(text, start, end, spans),
                }
            )
    return {"source": page.source, "low": low, "high": high, "length": len(text), "lines": lines}


def cut(text: str, start: int, end: int, spans: Sequence[Span]) -> list[tuple[int, str, str, str]]:
    """Return `text[start:end]` in pieces; where spans nest or cross, each piece carries the classes of all of them."""
    borders = {start, end}
    inside = [s for s in spans if s.start < end and s.end > start]
    for span in inside:
        borders |= {b for b in (span.start, span.end) if start < b < end}
    pieces, waiting, on = [], 0, list[Span]()
    for low, high in pairwise(sorted(borders)):
        while waiting < len(inside) and inside[waiting].start <= low:
            on.append(inside[waiting])
            waiting += 1
        on = [s for s in on if s.end > low]
        classes = " ".join(dict.fromkeys(s.kind for s in on))
        pieces.append((low, text[low:high], classes, next((s.figure_id for s in on if s.figure_id), "")))
    return pieces
