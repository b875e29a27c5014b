"""How far a score is to be trusted: percentile intervals from pages drawn again with replacement, seeded."""

from __future__ import annotations

import random
from collections.abc import Sequence

from zhengwen.scoring.scores import Tally, headline

__all__ = ["intervals"]

_KEPT = ("figure", "row", "time", "entity", "block", "joins", "article date", "article place")


def intervals(
    per_page: Sequence[Tally], *, draws: int = 1000, seed: int = 20210105, level: float = 0.95
) -> dict[str, tuple[float, float]]:
    """Return for each headline score the interval that holds `level` of the draws.

    A score that no draw could compute has none. Same pages, same seed: same intervals.
    """
    if not per_page:
        return {}
    chance = random.Random(seed)
    slim = [_slim(counts) for counts in per_page]
    samples: dict[str, list[float]] = {}
    for _ in range(draws):
        for score, value in headline(chance.choices(slim, k=len(slim))).items():
            if value is not None:
                samples.setdefault(score, []).append(value)
    return {score: _percentiles(sorted(values), level) for score, values in samples.items()}


def _slim(counts: Tally) -> Tally:
    """Keep only what the headline scores need; a draw adds these up a thousand times."""
    kept = {key: n for key, n in counts.items() if key[0] in _KEPT or key[0].startswith("slot ")}
    return Tally(kept)


def _percentiles(values: Sequence[float], level: float) -> tuple[float, float]:
    last = len(values) - 1
    tail = (1 - level) / 2
    return round(values[round(tail * last)], 4), round(values[round((1 - tail) * last)], 4)
