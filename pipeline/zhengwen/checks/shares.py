"""Does a share fit the part and the whole that stand beside it, and do the shares of one whole make 100?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from zhengwen.checks.printed import compared, half_unit, is_exact, key, summed, value_of
from zhengwen.checks.series import Series
from zhengwen.records import Check, Figure

__all__ = ["hundred", "share_checks", "whole_checks"]

_HUNDRED = Decimal(100)
_REACH = 40
"""How many characters may lie between a part's level and its share."""
_SEVERAL = 3
"""So many shares that are 100 together are all of a whole, whatever they are called."""
_POINTS = Decimal(5)
"""How far from 100 the shares of a whole may be and still be meant to be all of it."""
_MISS = Decimal("0.25")
"""By how much of the share a wrong share may be off and still be about these two figures."""


def share_checks(figures: Sequence[Figure], _series: Series) -> list[Check]:
    """Check each share in percent whose part and whole are both stated."""
    levels = [f for f in figures if f.measure == "level" and is_exact(f) and f.kind not in ("percent", "rank")]
    checks = []
    for share in figures:
        if share.measure == "share" and share.unit == "%" and is_exact(share):
            part = _part(share, levels)
            whole = _whole(share, part, levels) if part else None
            check = _compare(share, part, whole) if part and whole else None
            checks += [check] if check else []
    return checks


def whole_checks(figures: Sequence[Figure], series: Series) -> list[Check]:
    """Check that the shares that a sentence gives of one whole are 100 together, when they are all of it."""
    groups: dict[tuple[str | None, ...], list[Figure]] = {}
    for f in figures:
        if f.measure == "share" and f.unit == "%" and is_exact(f) and f.indicator and f.part_of is None:
            groups.setdefault((f.sentence, key(f.subject), key(f.of), f.period, f.base, f.status), []).append(f)
    return [c for group in groups.values() if (c := hundred(group, series))]


def hundred(parts: Sequence[Figure], series: Series) -> Check | None:
    """Return the check that percentages of one whole are 100 together.

    Those that do not come out are reported only when their names leave nothing over (第一产业, 第二产业, 第三产业).
    """
    names = [key(p.indicator) for p in parts]
    complete = series.are_all(names)
    if len(set(names)) < len(names) or (len(parts) < _SEVERAL and not complete):
        return None
    total = sum((value_of(p) for p in parts), Decimal(0))
    check = summed("composition", parts, _HUNDRED, total, sum((half_unit(p) for p in parts), Decimal(0)))
    return check if check.ok or (complete and abs(total - _HUNDRED) <= _POINTS) else None


def _part(share: Figure, levels: Sequence[Figure]) -> Figure | None:
    """Return the level right before the share that it speaks of: same sentence and indicator."""
    before = [f for f in levels if f.end <= share.start <= f.end + _REACH and f.sentence == share.sentence]
    if not before or key(before[-1].indicator) != key(share.indicator):
        return None
    return before[-1] if before[-1].period == share.period else None


def _whole(share: Figure, part: Figure, levels: Sequence[Figure]) -> Figure | None:
    """Return the level of the whole: the one the share names (`of`), else the total that the part belongs to."""
    same = [
        f
        for f in levels
        if f is not part and f.unit == part.unit and f.period == part.period and value_of(f) >= value_of(part) > 0
    ]
    of = key(share.of)
    if of:
        named = [f for f in same if f.indicator and of in (key(f.indicator), key(f.subject) + key(f.indicator))]
        return named[-1] if len({value_of(f) for f in named}) == 1 else None
    return next((f for f in same if f.figure_id == part.part_of), None)


def _compare(share: Figure, part: Figure, whole: Figure) -> Check | None:
    a, b, stated = value_of(part), value_of(whole), value_of(share)
    ratio = a / b
    expected = ratio * _HUNDRED
    tolerance = half_unit(share) + _HUNDRED * (half_unit(part) + ratio * half_unit(whole)) / b
    ok = abs(expected - stated) <= tolerance
    if not ok and abs(expected - stated) > abs(stated) * _MISS:
        return None
    return compared("share", (share, part, whole), expected, tolerance)
