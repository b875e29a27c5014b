"""Which numerals of a text no record covers: what a run may have missed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from zhengwen.records import Entity, Figure, Record, Time, Unread
from zhengwen.rules import Rules
from zhengwen.times import Times
from zhengwen.values import Values

__all__ = ["Coverage", "record_spans", "spans_of"]

Span = tuple[int, int]

_NUMERAL = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*|[零〇一二两三四五六七八九十百千万亿几半]+")
_LONE = "一"


class Coverage:
    """Finds the numerals outside every record, label and idiom."""

    def __init__(self, rules: Rules) -> None:
        self._readers = _readers(rules)

    def uncovered(self, text: str, spans: Iterable[Span]) -> list[Span]:
        """Return the numerals of `text` that overlap none of the records' `spans`, by position.

        Labels and idioms are known to be no figures and count as covered. A lone 一 is left out: most of them stress
        nothing, and they would hide all else.
        """
        spans = sorted(spans)
        if next(_outside(text, spans), None) is None:
            return []
        shut_out = ((c.start, c.end) for r in self._readers for c in r.find(text) if c.kind in ("label", "idiom"))
        return list(_outside(text, sorted([*spans, *shut_out])))


@lru_cache(maxsize=2)
def _readers(rules: Rules) -> tuple[Values, Times]:
    """Return the recognisers that know labels and idioms, built once for a set of rules."""
    return Values(rules), Times(rules)


def spans_of(records: Sequence[Mapping[str, Any]]) -> Iterator[Span]:
    """Yield the spans that the records (as JSON) of a page cover: figures, times, unread numerals and names."""
    for record in records:
        if record["record"] in ("figure", "time", "unread"):
            yield record["start"], record["end"]
        elif record["record"] == "entity":
            yield from ((start, end) for start, end in record.get("mentions") or ())


def record_spans(records: Iterable[Record]) -> Iterator[Span]:
    """Yield the same spans of records that are at hand as such."""
    for record in records:
        if isinstance(record, Figure | Time | Unread):
            yield record.start, record.end
        elif isinstance(record, Entity):
            yield from record.mentions


def _outside(text: str, covered: Sequence[Span]) -> Iterator[Span]:
    starts = [start for start, _ in covered]
    furthest: list[int] = []
    for _, end in covered:
        furthest.append(max(end, furthest[-1] if furthest else 0))
    for match in _NUMERAL.finditer(text):
        at = bisect_right(starts, match.end() - 1) - 1
        if (at < 0 or furthest[at] <= match.start()) and match.group() != _LONE:
            yield match.span()
