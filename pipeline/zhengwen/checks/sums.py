"""Do the parts add up to their total, the terms of a composition to 100?

A breakdown that adds up is reported whenever it does. One that does not is reported only when it reads as complete
(a list in brackets, 分别, no 其中, no 等) and misses by little: a part that nobody claimed to be there is no error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from zhengwen.checks.printed import half_unit, is_exact, key, value_of
from zhengwen.checks.series import families
from zhengwen.records import Check, Figure

__all__ = ["composition_checks", "family_checks", "sum_checks"]

_HUNDRED = Decimal(100)
_NEAR = Decimal("0.1")
"""How far from the total (as a share of it) a breakdown may be and still be one that was meant to be complete."""
_POINTS = Decimal(5)
"""How far from 100 the terms of a composition may be and still be percentages."""
_APART = 400
"""How many characters may lie between a total and a part of its family that is said not to fit."""
_OPEN = re.compile("其中|包括|含|等|主要|以上|以下|新增|还有|另")
"""Words of a list that names some of the parts."""
_MIN_TERMS = 3


def sum_checks(figures: Sequence[Figure]) -> list[Check]:
    """Check the breakdowns that the text marks (`part_of`)."""
    by_id = {f.figure_id: f for f in figures}
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.part_of in by_id and figure.measure == "level":
            groups.setdefault(figure.part_of or "", []).append(figure)
    checks = []
    for total_id, parts in groups.items():
        total = by_id[total_id]
        if _comparable(total, parts):
            check = _sum(total, parts, _reads_complete(total, parts))
            checks += [check] if check else []
    return checks


def family_checks(figures: Sequence[Figure]) -> list[Check]:
    """Check the levels of indicators that always add up (exports and imports), of one subject and period."""
    levels: dict[tuple[str, ...], Figure] = {}
    for f in figures:
        if f.indicator_id and f.measure == "level" and f.period and f.subject and is_exact(f):
            levels.setdefault((key(f.subject), f.period, f.status, f.unit or "", f.indicator_id), f)
    checks = []
    for family in families():
        for where in [k for k in levels if k[-1] == family.total]:
            parts = [levels.get((*where[:-1], part)) for part in family.parts]
            if all(parts):
                total, found = levels[where], [p for p in parts if p]
                check = _sum(total, found, complete=all(abs(p.start - total.start) < _APART for p in found))
                checks += [check] if check else []
    return checks


def composition_checks(figures: Sequence[Figure]) -> list[Check]:
    """Check that the terms of a composition sum to 100, when they are percentages at all."""
    checks = []
    for figure in figures:
        if figure.terms is None or figure.measure != "composition" or len(figure.terms) < _MIN_TERMS:
            continue
        total = sum(figure.terms, Decimal(0))
        if abs(total - _HUNDRED) <= _POINTS:
            tolerance = sum((_half_place(t) for t in figure.terms), Decimal(0))
            checks.append(_check("composition", [figure], _HUNDRED, total, tolerance))
    return checks


def _sum(total: Figure, parts: Sequence[Figure], complete: bool) -> Check | None:
    expected = value_of(total)
    found = sum((value_of(p) for p in parts), Decimal(0))
    tolerance = half_unit(total) + sum((half_unit(p) for p in parts), Decimal(0))
    check = _check("sum", [total, *parts], expected, found, tolerance)
    meant = complete and abs(found - expected) <= abs(expected) * _NEAR
    return check if check.ok or meant else None


def _check(kind: str, figures: Sequence[Figure], expected: Decimal, found: Decimal, tolerance: Decimal) -> Check:
    return Check(
        source=figures[0].source,
        article_id=figures[0].article_id,
        check=kind,
        figure_ids=tuple(f.figure_id for f in figures),
        expected=expected,
        found=found,
        ok=abs(expected - found) <= tolerance,
        tolerance=tolerance,
    )


def _comparable(total: Figure, parts: Sequence[Figure]) -> bool:
    """Say whether total and parts are exact levels in one unit, at least two of them and none the total itself."""
    if len(parts) < 2 or not is_exact(total) or total.measure != "level" or not value_of(total):
        return False
    same = all(is_exact(p) and p.unit == total.unit and p.kind == total.kind for p in parts)
    return same and all(0 < abs(value_of(p)) < abs(value_of(total)) for p in parts)


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
