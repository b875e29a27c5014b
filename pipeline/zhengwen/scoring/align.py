"""Which prediction meets which gold record: best overlap first, one to one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

__all__ = ["overlap", "pair"]

Json = Mapping[str, Any]


def overlap(a: Json, b: Json) -> int:
    """Return how many characters the spans of two records share; not above zero when none."""
    return int(min(a["end"], b["end"]) - max(a["start"], b["start"]))


def pair(gold: Sequence[Json], found: Sequence[Json]) -> list[tuple[int, int]]:
    """Return (gold index, prediction index) of the records that meet.

    The larger share of the two spans' union wins, then the earlier gold record, then the earlier prediction.
    """
    ranked = sorted((-share, i, j) for i, j, share in _touching(gold, found))
    gold_taken: set[int] = set()
    found_taken: set[int] = set()
    met = []
    for _, i, j in ranked:
        if i not in gold_taken and j not in found_taken:
            gold_taken.add(i)
            found_taken.add(j)
            met.append((i, j))
    return met


def _touching(gold: Sequence[Json], found: Sequence[Json]) -> Iterator[tuple[int, int, float]]:
    """Yield every two records that share a character, and the share; only neighbours are looked at."""
    order = sorted(range(len(found)), key=lambda j: found[j]["start"])
    starts = [found[j]["start"] for j in order]
    longest = max((r["end"] - r["start"] for r in found), default=0)
    for i, record in enumerate(gold):
        near = order[bisect_left(starts, record["start"] - longest) : bisect_left(starts, record["end"])]
        for j in near:
            shared = overlap(record, found[j])
            if shared > 0:
                union = max(record["end"], found[j]["end"]) - min(record["start"], found[j]["start"])
                yield i, j, shared / union
