"""One place where competing readings of the same characters are decided.

Every recogniser (figures, times, names, labels, idioms) proposes candidates with a weight; nothing else in the code
resolves such conflicts. The heavier candidate wins, then the longer, then the earlier; a loser keeps the reason.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass

from zhengwen.stages import Candidate

__all__ = ["Lost", "Verdict", "decide"]


@dataclass(frozen=True, slots=True)
class Lost:
    """A candidate that was not taken, and the one that won its characters."""

    candidate: Candidate
    winner: Candidate


@dataclass(frozen=True, slots=True)
class Verdict:
    """The reading that was taken, by position, and what lost against it."""

    taken: tuple[Candidate, ...]
    lost: tuple[Lost, ...]


def decide(candidates: Iterable[Candidate]) -> Verdict:
    """Return one non-overlapping reading of all `candidates`, in order of position.

    Cost: n log n in the number of candidates.
    """
    ranked = sorted(candidates, key=lambda c: (-c.weight, c.start - c.end, c.start, c.rule))
    starts: list[int] = []
    taken: dict[int, Candidate] = {}
    lost: list[Lost] = []
    for candidate in ranked:
        winner = _overlapping(candidate, starts, taken)
        if winner is None:
            insort(starts, candidate.start)
            taken[candidate.start] = candidate
        else:
            lost.append(Lost(candidate, winner))
    return Verdict(tuple(taken[s] for s in starts), tuple(sorted(lost, key=lambda x: x.candidate.start)))


def _overlapping(candidate: Candidate, starts: list[int], taken: dict[int, Candidate]) -> Candidate | None:
    """Return the taken candidate that shares a character with `candidate`."""
    at = bisect_left(starts, candidate.end)
    if at and taken[starts[at - 1]].end > candidate.start:
        return taken[starts[at - 1]]
    return None
