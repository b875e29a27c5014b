"""Do the parts add up to their total, the terms of a composition to 100?

A breakdown that adds up is reported whenever it does. One that does not is reported only when it reads as complete
(a list in brackets without 其中 or 等, or parts told apart by words that leave nothing over: 水田, 旱田) and misses by
little: a part that nobody claimed to be there is no error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from zhengwen.checks.printed import half_unit, is_exact, key, summed, value_of
from zhengwen.checks.series import Series
from zhengwen.records import Check, Figure

__all__ = ["composition_checks", "family_checks", "sum_checks"]

_HUNDRED = Decimal(100)
_NEAR = Decimal("0.1")
"""How far from the total (as a share of it) a breakdown may be and still be one that was meant to be complete; figures
that are coarser than that (1亿元 of 0.6亿元 and 0.3亿元) say nothing when they do not come out exactly."""
_POINTS = Decimal(5)
"""How far from 100 the terms of a composition may be and still be percentages."""
_APART = 400
"""How many characters may lie between a total and a part of its family that is said not to fit."""
_OPEN = re.compile("其中|包括|含|等|主要|以上|以下|新增|还有|另")
"""Words of a list that names some of the parts."""
_MIN_TERMS = 3
_LITTLE = Decimal("0.02")
"""What some of the parts may be off by (as a share of the total) to be taken for all of it."""


def sum_checks(figures: Sequence[Figure], series: Series) -> list[Check]:
    """Check the breakdowns that the text marks (`part_of`), each view of a total (分规模看, 分地域看) by itself."""
    by_id = {f.figure_id: f for f in figures}
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.part_of in by_id and figure.measure == "level":
            groups.setdefault(figure.part_of or "", []).append(figure)
    return [c for total_id, parts in groups.items() for c in _breakdown(by_id[total_id], parts, series)]


def family_checks(figures: Sequence[Figure], series: Series) -> list[Check]:
    """Check the levels of indicators that always add up (exports and imports), of one subject and period.

    A part that the text counts to another total is none of this one (two names for one indicator on a page).
    """
    levels: dict[tuple[str, ...], Figure] = {}
    for f in figures:
        if f.indicator_id and f.measure == "level" and f.period and f.subject and is_exact(f):
            levels.setdefault((key(f.subject), f.period, f.status, f.unit or "", f.indicator_id), f)
    checks = []
    for family in series.families:
        for where in [k for k in levels if k[-1] == family.total]:
            total = levels[where]
            found = [p for part in family.parts if (p := levels.get((*where[:-1], part)))]
            if len(found) == len(family.parts) and all(p.part_of in (None, total.figure_id) for p in found):
                check = _sum(total, found, complete=all(abs(p.start - total.start) < _APART for p in found))
                checks += [check] if check else []
    return checks


def composition_checks(figures: Sequence[Figure], _series: Series) -> list[Check]:
    """Check that the terms of a composition sum to 100, when they are percentages at all."""
    checks = []
    for figure in figures:
        if figure.terms is None or figure.measure != "composition" or len(figure.terms) < _MIN_TERMS:
            continue
        total = sum(figure.terms, Decimal(0))
        if abs(total - _HUNDRED) <= _POINTS:
            tolerance = sum((_half_place(t) for t in figure.terms), Decimal(0))
            checks.append(summed("composition", [figure], _HUNDRED, total, tolerance))
    return checks


def _breakdown(total: Figure, parts: Sequence[Figure], series: Series) -> list[Check]:
    """Return what a total's parts make: all of them together, else each run of them that is the total by itself."""
    if not is_exact(total) or total.measure != "level" or not value_of(total):
        return []
    whole = None
    if len(parts) > 1 and all(_fits(total, p) for p in parts):
        complete = _reads_complete(total, parts) or series.are_all([p.indicator or "" for p in parts])
        whole = _sum(total, parts, complete)
    if whole is not None and whole.ok:
        return [whole]
    return list(_views(total, parts)) or ([whole] if whole else [])


def _views(total: Figure, parts: Sequence[Figure]) -> Iterator[Check]:
    """Yield the runs of parts, each right after the other, that add up to the total; none takes part in two.

    The longest go first: of 5, 44, 2 and 3 it is the last three that are 49, not the first two.
    """
    runs = [run for first in range(len(parts)) for run in _runs(total, parts, first)]
    taken: set[str] = set()
    for run in sorted(runs, key=len, reverse=True):
        if taken.isdisjoint(p.figure_id for p in run):
            taken.update(p.figure_id for p in run)
            yield _check_of(total, run)


def _runs(total: Figure, parts: Sequence[Figure], first: int) -> Iterator[Sequence[Figure]]:
    """Yield the runs from a part on that add up to the total."""
    left = abs(value_of(total)) + half_unit(total)
    for end in range(first, len(parts)):
        if not _fits(total, parts[end]) or left < 0:
            return
        left -= abs(value_of(parts[end])) - half_unit(parts[end])
        if end > first and _tight(_check_of(total, parts[first : end + 1])):
            yield parts[first : end + 1]


def _tight(check: Check) -> bool:
    """Say whether a sum comes out, and by no accident: what it may be off by is little beside the total."""
    assert check.tolerance is not None and check.expected is not None
    return check.ok and (check.found == check.expected or check.tolerance <= abs(check.expected) * _LITTLE)


def _sum(total: Figure, parts: Sequence[Figure], complete: bool) -> Check | None:
    check = _check_of(total, parts)
    assert check.expected is not None and check.found is not None
    assert check.tolerance is not None
    off, near = abs(check.found - check.expected), abs(check.expected) * _NEAR
    says = not off or check.tolerance <= near
    return check if says and (check.ok or (complete and off <= near)) else None


def _check_of(total: Figure, parts: Sequence[Figure]) -> Check:
    found = sum((value_of(p) for p in parts), Decimal(0))
    tolerance = half_unit(total) + sum((half_unit(p) for p in parts), Decimal(0))
    return summed("sum", [total, *parts], value_of(total), found, tolerance)


def _fits(total: Figure, part: Figure) -> bool:
    """Say whether a part is an exact level in the total's unit, and smaller."""
    same = is_exact(part) and part.unit == total.unit and part.kind == total.kind
    return same and 0 < abs(value_of(part)) < abs(value_of(total))


def _reads_complete(total: Figure, parts: Sequence[Figure]) -> bool:
    """Say whether the words from the total to its last part give a whole list and not some of it."""
    first, last = parts[0], parts[-1]
    at = total.sentence.find(first.text, total.sentence.find(total.text) + len(total.text))
    if first.start < total.end or at < 0:
        return False
    end = at + last.end - first.start
    around = total.sentence[total.sentence.find(total.text) : end + 1]
    bracketed = around.count("（") + around.count("(") == 1 and around[-1:] in ("）", ")")
    return bracketed and _OPEN.search(around) is None


def _half_place(term: Decimal) -> Decimal:
    exponent = term.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0) / 2
