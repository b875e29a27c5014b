"""Charts of indicators as plain data: bars by subject for one period, lines by period for one subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from zhengwen.records import Figure
from zhengwen.tables.desk import DeskFigure, number, one_line

__all__ = ["Chart", "Point", "charts"]

_LEAST = 3
_MOST_POINTS = 24
_MEASURES = ("level", "growth_rate")
_STOCKS = ("as_of", "day")


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a chart: what it is called there, its value, and as printed."""

    name: str
    value: float
    printed: str
    figure_id: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: `bars` by subject or `lines` by period; `whose` is the period or the subject that all share."""

    shape: str
    indicator: str
    measure: str
    base: str
    unit: str
    whose: str
    points: tuple[Point, ...]


def charts(figures: Iterable[DeskFigure], most: int = 40) -> list[Chart]:
    """Return the charts that the figures make, those with the most points first, at most `most`.

    Only values that were reached, of one unit, base and frequency, stand in one chart; a subject or period with two
    different values is left out of it.
    """
    bars: dict[tuple[str, ...], list[DeskFigure]] = defaultdict(list)
    lines: dict[tuple[str, ...], list[DeskFigure]] = defaultdict(list)
    for laid in figures:
        f = laid.figure
        if not _usable(f):
            continue
        what = (f.indicator or "", f.measure, f.base or "", f.unit or "")
        bars[(*what, f.period or "")].append(laid)
        lines[(*what, f.subject or "", "as_of" if f.freq in _STOCKS else f.freq)].append(laid)
    made = [c for key, group in bars.items() if (c := _chart("bars", key[:4], key[4], group))]
    made += [c for key, group in lines.items() if (c := _chart("lines", key[:4], key[4], group))]
    return sorted(made, key=lambda c: -len(c.points))[:most]


def _usable(f: Figure) -> bool:
    known = f.value is not None and f.indicator and f.subject and f.period
    return (
        bool(known) and f.status == "actual" and f.measure in _MEASURES and f.tier != "incidental" and not f.averaging
    )


def _chart(shape: str, what: tuple[str, ...], whose: str, group: list[DeskFigure]) -> Chart | None:
    by_name: dict[str, dict[float, DeskFigure]] = defaultdict(dict)
    for laid in group:
        name = (laid.figure.subject if shape == "bars" else laid.figure.period) or ""
        by_name[name].setdefault(float(number(laid.figure.value) or 0), laid)
    single = [(name, *next(iter(values.items()))) for name, values in by_name.items() if len(values) == 1]
    if len(single) < _LEAST:
        return None
    if shape == "bars":
        single.sort(key=lambda s: -s[1])
    else:
        single.sort(key=lambda s: s[2].figure.period_end)
    points = tuple(
        Point(name, value, one_line(laid.figure.text), laid.figure.figure_id) for name, value, laid in single
    )
    indicator, measure, base, unit = what
    return Chart(shape, indicator, measure, base, unit, whose, points[:_MOST_POINTS])
