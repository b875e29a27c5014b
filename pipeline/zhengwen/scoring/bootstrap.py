"""How far a score is to be trusted: percentile intervals from pages drawn again with replacement, seeded."""

from __future__ import annotations

import random
from collections.abc import Sequence

from zhengwen.scoring.scores import Tally, flat, mean, page_f1s

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
    # A draw adds counts up a thousand times: columns of plain numbers make it quick.
    keys = sorted({key for counts in per_page for key in counts if key[0] in _KEPT or key[0].startswith("slot ")})
    rows = [[counts[key] for key in keys] for counts in per_page]
    row_f1s, figure_f1s = page_f1s(per_page, "row"), page_f1s(per_page, "figure")
    samples: dict[str, list[float]] = {}
    for _ in range(draws):
        drawn = chance.choices(range(len(rows)), k=len(rows))
        total = Tally(dict(zip(keys, map(sum, zip(*(rows[i] for i in drawn), strict=True)), strict=True)))
        macros = mean(row_f1s[i] for i in drawn), mean(figure_f1s[i] for i in drawn)
        for score, value in flat(total, *macros).items():
            if value is not None:
                samples.setdefault(score, []).append(value)
    return {score: _percentiles(sorted(values), level) for score, values in samples.items()}


def _percentiles(values: Sequence[float], level: float) -> tuple[float, float]:
    last = len(values) - 1
    tail = (1 - level) / 2
    return round(values[round(tail * last)], 4), round(values[round((1 - tail) * last)], 4)
