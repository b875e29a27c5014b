"""Which figures say the same thing again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from zhengwen.checks.printed import agree, key
from zhengwen.records import Figure

__all__ = ["claim_key", "same_claims"]


def claim_key(figure: Figure) -> tuple[str | None, ...] | None:
    """Return what a figure is about (all slots but the value); None when it does not say enough to be repeated."""
    if not figure.indicator or figure.measure == "threshold":
        return None
    return (
        figure.article_id,
        figure.measure,
        key(figure.indicator),
        key(figure.subject),
        figure.period,
        figure.base,
        key(figure.of),
        figure.status,
        figure.kind,
        figure.unit,
        figure.averaging,
    )


def same_claims(figures: Sequence[Figure]) -> dict[str, str]:
    """Return, for each figure that repeats an earlier claim, the id of the first statement of it.

    A claim is the same when all slots are the same and the values are equal at the coarser printed precision. A
    sentence does not say a thing twice: its second figure is
    another (分别增长11.6%和12%; 2.2万亿元，连续三年超过2万亿元).
    """
    firsts: dict[tuple[str | None, ...], dict[tuple[object, ...], Figure]] = {}
    same: dict[str, str] = {}
    for figure in figures:
        about = claim_key(figure)
        if about is None:
            continue
        known = firsts.setdefault(about, {})
        first = next((f for f in known.values() if _repeats(figure, f)), None)
        if first is None:
            known.setdefault(_printed(figure), figure)
        else:
            same[figure.figure_id] = first.figure_id
    return same


_LIKE = Decimal("0.05")
"""How far from each other (as a share of the larger) two roundings of one value may be: 6000件 is not 1万件."""


def _printed(figure: Figure) -> tuple[object, ...]:
    """Return all that tells whether another figure repeats this one: two of one sentence alike are asked once."""
    values = (figure.value, figure.low, figure.high, figure.terms, figure.number_printed, figure.decimals)
    return figure.sentence, *values


def _repeats(figure: Figure, first: Figure) -> bool:
    if (figure.sentence and figure.sentence == first.sentence) or not agree(first, figure):
        return False
    a, b = abs(first.value or Decimal(0)), abs(figure.value or Decimal(0))
    return abs(a - b) <= _LIKE * max(a, b)
