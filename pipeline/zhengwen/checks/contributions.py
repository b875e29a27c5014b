"""Do the contributions to a growth add up to it, the rates of contribution to 100?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from zhengwen.checks.printed import half_unit, is_exact, key, summed, value_of
from zhengwen.checks.series import Series
from zhengwen.checks.shares import hundred
from zhengwen.records import Check, Figure

__all__ = ["contribution_checks"]

_PARTS = 5
"""How many parts a growth is shared out to at most, as texts do it."""
_NEAR = Decimal("0.5")
"""How many points the contributions may be off and still be meant to be all of the growth."""


def contribution_checks(figures: Sequence[Figure], series: Series) -> list[Check]:
    """Check the contributions to one thing in one period: points (拉动) to its growth, rates (贡献率) to 100."""
    groups: dict[tuple[str | None, ...], list[Figure]] = {}
    for f in figures:
        if f.measure == "contribution" and is_exact(f) and f.of and f.indicator:
            groups.setdefault((key(f.of), key(f.subject), f.period, f.status, f.unit), []).append(f)
    wholes = (w for group in groups.values() for w in _wholes(group, series))
    found = (hundred(w, series) if w[0].unit == "%" else _to_growth(w, figures, series) for w in wholes)
    return [c for c in found if c]


def _wholes(group: Sequence[Figure], series: Series) -> Iterator[Sequence[Figure]]:
    """Yield the runs of contributions whose names leave nothing over (消费, 投资, 净出口); else all of them."""
    runs = [group[i:j] for i in range(len(group)) for j in range(i + 2, min(len(group), i + _PARTS) + 1)]
    yield from [run for run in runs if series.are_all([f.indicator or "" for f in run])] or [group]


def _to_growth(parts: Sequence[Figure], figures: Sequence[Figure], series: Series) -> Check | None:
    """Return the check of points against the growth that they are all of."""
    growth = _growth(parts[0], figures, series)
    if growth is None or not series.are_all([p.indicator or "" for p in parts]):
        return None
    total = sum((value_of(p) for p in parts), Decimal(0))
    tolerance = sum((half_unit(f) for f in (growth, *parts)), Decimal(0))
    check = summed("sum", (growth, *parts), value_of(growth), total, tolerance)
    return check if abs(total - value_of(growth)) <= max(_NEAR, tolerance) else None


def _growth(part: Figure, figures: Sequence[Figure], series: Series) -> Figure | None:
    """Return the page's one rate of growth of what is contributed to."""
    of = key(part.of).removesuffix("增长")
    known = series.id_of(of)
    found = [
        f
        for f in figures
        if f.measure == "growth_rate" and f.unit == "%" and is_exact(f) and not f.averaging
        if (f.indicator_id == known if known else key(f.indicator) == of)
        and f.period == part.period
        and key(f.subject) == key(part.subject)
    ]
    return found[0] if len({value_of(f) for f in found}) == 1 else None
