"""Does a growth rate fit the change and the level that stand beside it?

Only a change and a rate of one sentence are compared: they come from one release and have one base. Value added and
GDP grow at constant prices while their levels are at current ones, so they are never compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from zhengwen.checks.printed import compared, half_unit, is_exact, key, value_of
from zhengwen.checks.series import Series
from zhengwen.records import Check, Figure

__all__ = ["growth_checks", "is_real"]

_About = tuple[str, str, str, str | None, str]

_HUNDRED = Decimal(100)
_MISS = Decimal("0.5")
"""By how much of itself a wrong rate may be off and still be about this change and level."""
_POINTS = Decimal(2)


def growth_checks(figures: Sequence[Figure], series: Series) -> list[Check]:
    """Check each growth rate whose level and change are stated in the same sentence."""
    stated: dict[_About, list[Figure]] = {}
    for figure in figures:
        if is_exact(figure) and figure.indicator and figure.sentence:
            stated.setdefault(_about(figure), []).append(figure)
    return [c for told in stated.values() for c in _compared(told, series)]


def _compared(told: Sequence[Figure], series: Series) -> Iterator[Check]:
    """Yield the checks of the rates among what a sentence states of one thing, against the one level and change."""
    level = _only([f for f in told if f.measure == "level"])
    changes: dict[str | None, list[Figure]] = {}
    for figure in told if level is not None else ():
        if figure.measure == "change":
            changes.setdefault(figure.base, []).append(figure)
    for rate in told if level is not None and changes else ():
        if rate.measure == "growth_rate" and rate.unit == "%" and not rate.averaging and not is_real(rate, series):
            change = _only(changes.get(rate.base, ()))
            check = _compare(rate, change, level) if change and level else None
            if check is not None:
                yield check


def is_real(figure: Figure, series: Series) -> bool:
    """Say whether a growth is (or may be) at constant prices, so that it tells nothing about current ones."""
    return (
        figure.price_basis == "constant"
        or series.is_volume(figure.indicator_id)
        or "增加值" in (figure.indicator or "")
    )


def _about(figure: Figure) -> _About:
    """Return what a figure is about and the sentence that says it."""
    return figure.sentence, key(figure.indicator), key(figure.subject), figure.period, figure.status


def _only(found: Sequence[Figure]) -> Figure | None:
    return found[0] if len(found) == 1 else None


def _compare(rate: Figure, change: Figure, level: Figure) -> Check | None:
    v, d, stated = value_of(level), value_of(change), value_of(rate)
    slack = half_unit(level) + half_unit(change)
    if change.unit != level.unit or change.kind != level.kind or v - d - slack <= 0:
        return None
    expected = d / (v - d) * _HUNDRED
    low = (d - half_unit(change)) / (v - d + slack) * _HUNDRED
    high = (d + half_unit(change)) / (v - d - slack) * _HUNDRED
    tolerance = half_unit(rate) + max(abs(expected - low), abs(high - expected))
    ok = abs(expected - stated) <= tolerance
    if not ok and abs(expected - stated) > max(_POINTS, abs(stated) * _MISS):
        return None
    return compared("growth", (rate, change, level), expected, tolerance)
