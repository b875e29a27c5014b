"""How exactly a figure is printed: what a comparison may be off by."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from zhengwen.records import Check, Figure

__all__ = ["agree", "compared", "half_unit", "is_exact", "key", "summed", "value_of"]

_DROPPED = str.maketrans(dict.fromkeys(' \u3000的“”"、·()（）,，', None))


def half_unit(figure: Figure) -> Decimal:
    """Return half a unit in the last printed place, in the figure's unit (4.17亿元 → 500000).

    A count printed in full (49家) is exact: nothing was rounded.
    """
    value = figure.value
    if value is None:
        return Decimal(0)
    number = _number(figure.number_printed)
    if number is None or not number:
        place = _place(value) if number is None else Decimal(1).scaleb(-figure.decimals)
    else:
        scale = abs(value / number)
        if figure.kind == "count" and scale == 1 and not figure.decimals:
            return Decimal(0)
        place = scale.scaleb(-figure.decimals)
    return place / 2


def agree(a: Figure, b: Figure) -> bool:
    """Say whether two figures are one value at the coarser of their printed precisions."""
    if a.terms or b.terms:
        return a.terms == b.terms
    if a.value is None or b.value is None:
        return (a.low, a.high) == (b.low, b.high) and a.low is not None
    return abs(a.value - b.value) <= max(half_unit(a), half_unit(b))


def is_exact(figure: Figure) -> bool:
    """Say whether the figure gives one value and no about, over or under stands by it."""
    return figure.value is not None and figure.approx == "exact"


def value_of(figure: Figure) -> Decimal:
    """Return the value of a figure that has one."""
    if figure.value is None:
        raise ValueError(f"{figure.figure_id} has no single value")
    return figure.value


def compared(check: str, figures: tuple[Figure, ...], expected: Decimal, tolerance: Decimal) -> Check:
    """Return the check of the first figure's stated value against the one that follows from the others."""
    stated = value_of(figures[0])
    return Check(
        source=figures[0].source,
        article_id=figures[0].article_id,
        check=check,
        figure_ids=tuple(f.figure_id for f in figures),
        expected=round(expected, 4),
        found=stated,
        ok=abs(expected - stated) <= tolerance,
        tolerance=round(tolerance, 4),
    )


def summed(check: str, figures: Sequence[Figure], expected: Decimal, found: Decimal, tolerance: Decimal) -> Check:
    """Return the check of what figures add up to; the first is the total when the figures have one."""
    return Check(
        source=figures[0].source,
        article_id=figures[0].article_id,
        check=check,
        figure_ids=tuple(f.figure_id for f in figures),
        expected=expected,
        found=found,
        ok=abs(expected - found) <= tolerance,
        tolerance=tolerance,
    )


def key(name: str | None) -> str:
    """Return a name as checks compare it: without blanks, quotes, brackets, 的, 、 and ·."""
    return (name or "").translate(_DROPPED)


def _number(printed: str) -> Decimal | None:
    try:
        return Decimal(printed.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None


def _place(value: Decimal) -> Decimal:
    """Return the place of the last digit that is not zero: all that a number in words (三成 → 30) promises."""
    digits = value.normalize().as_tuple()
    return Decimal(1).scaleb(digits.exponent if isinstance(digits.exponent, int) else 0)
