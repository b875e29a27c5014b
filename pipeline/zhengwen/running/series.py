"""The time series of one indicator as a whole archive tells it, with the articles that contradict each other marked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from pathlib import Path

from zhengwen.checks.printed import agree, key
from zhengwen.errors import BadInput
from zhengwen.records import Figure
from zhengwen.running.slices import Where, parts_of

__all__ = ["Point", "Series", "chart_lines", "find_series", "show", "svg", "write_charts"]

_BAR = 30


@dataclass(frozen=True, slots=True)
class Point:
    """What the archive says about one period: the value most articles give, and the others."""

    period: str
    value: Decimal
    said: int
    """Articles that give the value; reprints count as one."""
    others: tuple[tuple[Decimal, int, str], ...]
    """Values that do not agree with it at their printed precision: value, articles, a source."""
    source: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one kind: the same subject, measure, unit, base, frequency and status."""

    subject: str
    indicator: str
    measure: str
    unit: str
    base: str
    freq: str
    status: str
    points: tuple[Point, ...]


def find_series(
    run: Path, indicator: str, subject: str | None = None, *, reprints: Mapping[str, str] | None = None
) -> list[Series]:
    """Return the series of an indicator (its name or id), of one subject or of all, the longest first.

    `reprints` maps a source to the source that it repeats. Targets are series of their own.
    """
    groups: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in _figures(run, indicator, subject):
        if figure.value is None or not figure.period:
            continue
        groups[_kind(figure)].append(figure)
    found = [_series(kind, figures, reprints or {}) for kind, figures in groups.items()]
    return sorted(found, key=lambda s: (-len(s.points), s.subject, s.measure, s.unit, s.freq, s.status, s.base))


def _figures(run: Path, indicator: str, subject: str | None) -> Iterator[Figure]:
    """Yield the figures of an indicator; the first choice is left to the database, names are compared exactly here."""
    where = Where("indicator is not null and period is not null")
    for part in parts_of(run):
        rows = part.rows("figure", ["indicator", "indicator_id", "subject"])
        chosen = [
            at
            for at in where.places(part)
            if (key(rows[at]["indicator"]) == key(indicator) or rows[at]["indicator_id"] == indicator)
            and (subject is None or key(rows[at]["subject"]) == key(subject))
        ]
        if chosen:
            yield from part.figures(chosen)


def _kind(figure: Figure) -> tuple[str, ...]:
    base = figure.base or ""
    return (
        figure.subject or "–",
        figure.measure,
        figure.unit or "",
        base if base in ("yoy", "seq") else "" if not base else "other",
        figure.freq,
        figure.status,
    )


def _series(kind: tuple[str, ...], figures: Sequence[Figure], reprints: Mapping[str, str]) -> Series:
    subject, measure, unit, base, freq, status = kind
    periods: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        periods[figure.period or ""].append(figure)
    points = sorted((_point(p, fs, reprints) for p, fs in periods.items()), key=lambda p: (p.end, p.start, p.period))
    name = Counter(f.indicator or "" for f in figures).most_common(1)[0][0]
    return Series(subject, name, measure, unit, base, freq, status, tuple(points))


def _point(period: str, figures: Sequence[Figure], reprints: Mapping[str, str]) -> Point:
    """Gather what agrees at the coarser printed precision; the most precise print of the largest group speaks."""
    groups: list[list[Figure]] = []
    for figure in sorted(figures, key=lambda f: (-_digits(f), f.source, f.start)):
        group = next((g for g in groups if agree(g[0], figure)), None)
        if group is None:
            groups.append([figure])
        else:
            group.append(figure)
    told = [(_voices(g, reprints), g[0]) for g in groups]
    (said, first), *rest = sorted(told, key=lambda t: (-t[0], t[1].source, t[1].start))
    others = tuple((f.value or Decimal(0), voices, f.source) for voices, f in rest)
    return Point(period, first.value or Decimal(0), said, others, first.source, first.period_start, first.period_end)


def _digits(figure: Figure) -> int:
    return len(figure.number_printed.replace(".", "").strip("0"))


def _voices(figures: Iterable[Figure], reprints: Mapping[str, str]) -> int:
    return len({reprints.get(f.source, f.source) for f in figures})


def chart_lines(series: Series) -> list[str]:
    """Return a series as a table with bars, for a terminal: `!` marks a period on which articles disagree."""
    most = max((abs(p.value) for p in series.points), default=Decimal(0)) or Decimal(1)
    wide = max((len(p.period) for p in series.points), default=0)
    values = [_written(p.value) for p in series.points]
    room = max(map(len, values), default=0)
    lines = []
    for point, value in zip(series.points, values, strict=True):
        bar = ("▒" if point.value < 0 else "█") * max(1, round(_BAR * abs(point.value) / most))
        line = f"{point.period:<{wide}}  {value:>{room}}  {'!' if point.others else ' '} {bar:<{_BAR}}  {point.said}"
        lines.append(line + "".join(f"; {_written(v)} ({n}: {source})" for v, n, source in point.others))
    return lines


def _written(value: Decimal) -> str:
    return f"{value.normalize():f}"


def show(found: Iterable[Series]) -> Iterator[str]:
    """Yield the lines of series for a terminal, each under its kind."""
    for series in found:
        kind = [
            series.measure,
            series.unit,
            series.base,
            series.freq,
            series.status if series.status != "actual" else "",
        ]
        yield f"{series.subject} {series.indicator}  {' · '.join(filter(None, kind))}"
        yield from chart_lines(series)
        yield ""


def write_charts(folder: Path, found: Iterable[Series]) -> None:
    """Write a picture of each series into a folder. Raises `BadInput` when it cannot be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, series in enumerate(found, 1):
            (folder / f"series-{number:02d}.svg").write_text(svg(series), encoding="utf-8")
    except OSError as error:
        raise BadInput(f"cannot be written to: {error.strerror}", code="output", where=str(folder)) from None


def svg(series: Series) -> str:
    """Return a series as a picture: bars over periods, contradicted ones hollow; the reader's own fonts."""
    step, height, top = 44, 220, 46
    most = max((abs(p.value) for p in series.points), default=Decimal(0)) or Decimal(1)
    width = max(320, step * len(series.points) + 40)
    title = f"{series.subject} {series.indicator} {series.measure} {series.unit}".strip()
    parts = [f'<text x="20" y="24" font-size="15">{escape(title)}</text>']
    for at, point in enumerate(series.points):
        tall = float(abs(point.value) / most) * (height - 60)
        x, y = 20 + at * step, top + height - 60 - tall
        look = 'fill="none" stroke="#c0392b" stroke-dasharray="3"' if point.others else 'fill="#2f6db3"'
        tip = "; ".join([_written(point.value), *(_written(v) for v, *_ in point.others)])
        parts.append(
            f'<rect x="{x}" y="{y:.1f}" width="{step - 10}" height="{max(tall, 1):.1f}" {look}>'
            f"<title>{escape(point.period)}: {escape(tip)}</title></rect>"
            f'<text x="{x + 17}" y="{y - 4:.1f}" text-anchor="middle">{escape(_short(point.value))}</text>'
            f'<text x="{x + 17}" y="{top + height - 44}" text-anchor="middle">{escape(point.period)}</text>'
        )
    box = f'viewBox="0 0 {width} {top + height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {box} font-family="sans-serif" font-size="9">'
    return head + "".join(parts) + "</svg>\n"


def _short(value: Decimal) -> str:
    for size, sign in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
        if abs(value) >= size:
            return f"{float(value / size):.4g}{sign}"
    return f"{float(value):.4g}"
