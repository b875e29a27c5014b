"""One place where competing readings of the same characters are decided.

Every recogniser (figures, times, names, labels, idioms) proposes candidates with a weight; nothing else in the code
resolves such conflicts. The heavier candidate wins, then the longer, then the earlier; a loser keeps the reason.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import replace

from zhengwen.fixed import fixed
from zhengwen.stages import Candidate

__all__ = ["Lost", "Verdict", "decide"]


@fixed
class Lost:
    """A candidate that was not taken, and the one that won its characters."""

    candidate: Candidate
    winner: Candidate


@fixed
class Verdict:
    """The reading that was taken, by position, and what lost against it."""

    taken: tuple[Candidate, ...]
    lost: tuple[Lost, ...]


def decide(candidates: Iterable[Candidate]) -> Verdict:
    """Return one non-overlapping reading of all `candidates`, in order of position.

    Cost: n log n in the number of candidates.
    """
    ranked = sorted(_swallow(list(candidates)), key=lambda c: (-c.weight, c.start - c.end, c.start, c.rule))
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


def _swallow(candidates: list[Candidate]) -> list[Candidate]:
    """Let a name that holds a label or an idiom and no figure beside it weigh more (…产业园二期项目, 二连浩特)."""
    labels = sorted((c for c in candidates if c.kind in {"label", "idiom"}), key=lambda c: c.start)
    if not labels:
        return candidates
    figures = sorted((c for c in candidates if c.kind == "figure"), key=lambda c: c.start)
    raised = []
    for c in candidates:
        held = _within(c, labels) if c.kind == "name" else []
        beside = [f for f in _within(c, figures) if not any(_covers(x, f) for x in held)] if held else []
        weight = max((x.weight for x in held), default=0) + 1
        raised.append(replace(c, weight=weight) if held and not beside and weight > c.weight else c)
    return raised


def _within(outer: Candidate, ordered: list[Candidate]) -> list[Candidate]:
    """Return the candidates of a list ordered by start that lie inside another."""
    first = bisect_left(ordered, outer.start, key=lambda c: c.start)
    last = bisect_left(ordered, outer.end, key=lambda c: c.start)
    return [c for c in ordered[first:last] if c.end <= outer.end]


def _covers(outer: Candidate, inner: Candidate) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _overlapping(candidate: Candidate, starts: list[int], taken: dict[int, Candidate]) -> Candidate | None:
    """Return the taken candidate that shares a character with `candidate`."""
    at = bisect_left(starts, candidate.end)
    if at and taken[starts[at - 1]].end > candidate.start:
        return taken[starts[at - 1]]
    return None
