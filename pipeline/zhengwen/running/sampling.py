"""A sample of a run's rows for people to judge, and what their judgement says about the whole archive."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from pathlib import Path

from zhengwen.errors import BadInput
from zhengwen.records import Figure
from zhengwen.running.slices import Part, parts_of
from zhengwen.schema import arrow_schema
from zhengwen.tables.columns import Cell, safe

__all__ = ["Precision", "draw", "judged", "wilson", "write_sheet"]

_SEED = 20210105
_COLUMNS = ("source subject indicator period value unit text measure base of status approx sentence figure_id").split()
_SHEET = ("stratum", "stratum_rows", "verdict", "note", *_COLUMNS)
_RIGHT = frozenset({"right", "ok", "r", "y", "yes", "1", "true", "对", "√", "✓"})
_WRONG = frozenset({"wrong", "w", "n", "no", "0", "false", "错", "×", "x", "✗"})
_Z = 1.959964
"""Of the normal distribution: intervals hold the truth 95 times in 100."""


@dataclass(frozen=True, slots=True)
class Precision:
    """The share of right rows, with its 95% interval, from `judged` rows that were judged."""

    name: str
    judged: int
    right: int
    share: float
    low: float
    high: float
    rows: int


def draw(run: Path, number: int, by: Sequence[str], seed: int = _SEED) -> Iterator[tuple[str, int, Figure]]:
    """Yield (stratum, rows in it, figure) of a sample: every stratum in proportion, none left out while rows last.

    Seeded: the same run gives the same sample. Raises `BadInput` for a column that figures do not have.
    """
    for column in by:
        if column not in arrow_schema("figure").names:
            raise BadInput(f"figures have no column {column}", code="usage", where="--by")
    parts = parts_of(run)
    sizes = Counter(s for part in parts for s in _strata(part, by))
    chance = random.Random(seed)
    wanted = {s: set(chance.sample(range(sizes[s]), n)) for s, n in sorted(_shares(sizes, number).items())}
    seen: Counter[str] = Counter()
    for part in parts:
        places, names = [], []
        for at, stratum in enumerate(_strata(part, by)):
            if seen[stratum] in wanted.get(stratum, ()):
                places.append(at)
                names.append(stratum)
            seen[stratum] += 1
        if places:
            yield from ((s, sizes[s], f) for s, f in zip(names, part.figures(places), strict=True))


def write_sheet(path: Path, rows: Iterator[tuple[str, int, Figure]]) -> int:
    """Write a sample as a CSV sheet with empty columns `verdict` and `note`; return how many rows."""
    number = 0
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(_SHEET)
            for stratum, size, figure in rows:
                number += 1
                cells: list[Cell] = [stratum, size, "", "", *(_cell(getattr(figure, c)) for c in _COLUMNS)]
                writer.writerow(safe(cells))
    except OSError as error:
        raise BadInput(f"cannot be written to: {error.strerror}", code="output", where=str(path)) from None
    return number


def judged(path: Path) -> list[Precision]:
    """Return the precision of the whole archive (first) and of each stratum, from a sheet with verdicts.

    A verdict is right or wrong (also y/n, 1/0, 对/错); rows without one count neither way. Strata count by their
    rows in the archive. Raises `BadInput` when the sheet is none, or a verdict cannot be read.
    """
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    sizes: dict[str, int] = {}
    for number, row in enumerate(_sheet(path), 2):
        verdict = (row["verdict"] or "").strip().lower()
        sizes[row["stratum"]] = int(row["stratum_rows"])
        if verdict and verdict not in _RIGHT | _WRONG:
            raise BadInput(f"no verdict: {verdict!r} (wanted: right or wrong)", code="usage", where=f"{path}:{number}")
        right[row["stratum"]] += verdict in _RIGHT
        total[row["stratum"]] += bool(verdict)
    strata = [_of(s, total[s], right[s], sizes[s]) for s in sorted(sizes) if total[s]]
    if not strata:
        raise BadInput("no row has a verdict yet", code="empty", where=str(path))
    return [_whole(strata), *strata]


def wilson(share: float, number: float) -> tuple[float, float]:
    """Return the 95% interval of a share that was seen in `number` trials (Wilson's, good at 0 and 1 too)."""
    z2 = _Z * _Z / number
    middle = (share + z2 / 2) / (1 + z2)
    reach = _Z / (1 + z2) * sqrt(share * (1 - share) / number + z2 / (4 * number))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def _of(name: str, number: int, right: int, rows: int) -> Precision:
    low, high = wilson(right / number, number)
    return Precision(name, number, right, right / number, low, high, rows)


def _whole(strata: Sequence[Precision]) -> Precision:
    """Weigh strata by their rows; uneven weights count as fewer judged rows (Kish)."""
    rows = sum(s.rows for s in strata)
    share = sum(s.share * s.rows for s in strata) / rows
    effective = 1 / sum((s.rows / rows) ** 2 / s.judged for s in strata)
    low, high = wilson(share, effective)
    return Precision("all", sum(s.judged for s in strata), sum(s.right for s in strata), share, low, high, rows)


def _shares(sizes: Mapping[str, int], number: int) -> dict[str, int]:
    """Divide `number` among strata in proportion, one each at least, the largest remainders first."""
    total = sum(sizes.values())
    if not total or not number:
        return {}
    number = min(number, total)
    kept = dict(sorted(sizes.items(), key=lambda s: (-s[1], s[0]))[:number])
    exact = {s: number * n / total for s, n in kept.items()}
    shares = {s: max(1, min(kept[s], int(e))) for s, e in exact.items()}
    for stratum in sorted(kept, key=lambda s: (shares[s] - exact[s], s)):
        if sum(shares.values()) < number and shares[stratum] < kept[stratum]:
            shares[stratum] += 1
    largest = sorted(shares, key=lambda s: (-shares[s], s))
    while sum(shares.values()) > number:
        shares[largest[0]] -= 1
        largest.sort(key=lambda s: (-shares[s], s))
    return {s: n for s, n in shares.items() if n}


def _strata(part: Part, by: Sequence[str]) -> Iterator[str]:
    """Yield the stratum of each figure of a part; of `source` only the archive or the folder counts."""
    if not by:
        yield from ("all" for _ in part.rows("figure", ["measure"]))
        return
    for row in part.rows("figure", list(dict.fromkeys(by))):
        yield " · ".join(_archive(row[c]) if c == "source" else str(row[c] or "–") for c in by)


def _archive(source: str) -> str:
    archive, mark, _ = source.rpartition("#")
    return archive if mark else str(Path(source).parent)


def _cell(value: object) -> Cell:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, str | int | float | None) else str(value)


def _sheet(path: Path) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not set(_SHEET[:3]) <= set(reader.fieldnames or ()):
                raise BadInput("no sheet of zhengwen sample", code="format", where=str(path))
            yield from reader
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        raise BadInput(f"cannot be read: {error}", code="unreadable", where=str(path)) from None
