"""The figure table as a statistician knows it: SDMX concepts in the place of our columns, a renaming and no more.

Only rows that have all of them are written: a place with its code, a known indicator, a period, one value, and a
transformation that SDMX has a code for (levels, growth and change over a year or a period). Values are in whole units
(UNIT_MULT 0). Code lists: `rules/sdmx.tsv`.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from zhengwen.errors import ZhengwenError
from zhengwen.records import Figure, Record
from zhengwen.rules import Rules
from zhengwen.stages import Page

__all__ = ["SDMX_COLUMNS", "Sdmx", "SdmxTable", "time_period"]

SDMX_COLUMNS = (
    "REF_AREA",
    "INDICATOR",
    "TIME_PERIOD",
    "FREQ",
    "TRANSFORMATION",
    "UNIT_MEASURE",
    "UNIT_MULT",
    "OBS_VALUE",
    "OBS_STATUS",
    "FIGURE_ID",
)
"""Columns of `sdmx.csv`; FIGURE_ID leads back to the row and its characters."""

_COUNTRY = "全国"
_MONTHS = 12


class Sdmx:
    """Rewrites figures as SDMX observations."""

    def __init__(self, rules: Rules) -> None:
        self._codes = {(row["concept"], row["ours"]): row["code"] for row in rules.table("sdmx")}

    def cells(self, figure: Figure) -> list[str] | None:
        """Return the cells of a figure's observation, or None for a row without one of the concepts."""
        area = "CN" if figure.subject == _COUNTRY else figure.area_code if figure.area_from == "subject" else ""
        freq = self._codes.get(("FREQ", figure.freq), "")
        how = self._codes.get(("TRANSFORMATION", f"{figure.measure} {figure.base or ''}".strip()), "")
        unit = self._codes.get(("UNIT_MEASURE", figure.kind), "") or figure.unit_code
        time = time_period(figure) if freq else ""
        if figure.value is None or not (area and figure.indicator_id and time and how and unit):
            return None
        status = self._codes.get(("OBS_STATUS", figure.vintage if figure.status == "actual" else figure.status), "")
        status = status or self._codes["OBS_STATUS", figure.status]
        value = f"{figure.value.normalize():f}"
        return [area, figure.indicator_id, time, freq, how, unit, "0", value, status, figure.figure_id]


class SdmxTable:
    """Writes `sdmx.csv` into a run folder."""

    def __init__(self, folder: Path, suffix: str, rules: Rules) -> None:
        self._sdmx = Sdmx(rules)
        self._file = (folder / f"sdmx.csv{suffix}").open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._writer.writerow(SDMX_COLUMNS)

    def add(self, page: Page, records: list[Record]) -> None:
        """Write the observations of one page."""
        found = (self._sdmx.cells(r) for r in records if isinstance(r, Figure))
        self._writer.writerows(cells for cells in found if cells)

    def close(self, head: Mapping[str, Any]) -> set[str]:
        """Close the file."""
        self._file.close()
        return {"sdmx.csv"}

    def fail(self, error: ZhengwenError) -> None:
        """Leave failures to `errors.jsonl`."""

    def drop(self) -> None:
        """Close the file."""
        self._file.close()


def time_period(figure: Figure) -> str:
    """Return a figure's period in SDMX notation: 2020, 2020-S1, 2020-Q3, 2020-09, a day, or start/duration."""
    start, end = figure.period_start, figure.period_end
    if figure.freq in {"as_of", "day"}:
        return end
    if not start:
        return ""
    year, month = start[:4], int(start[5:7])
    if figure.freq == "year":
        return year
    if figure.freq == "half":
        return f"{year}-S{1 if month == 1 else 2}"
    if figure.freq == "quarter":
        return f"{year}-Q{(month + 2) // 3}"
    if figure.freq == "month":
        return start[:7]
    return f"{start}/{_duration(date.fromisoformat(start), date.fromisoformat(end), figure.freq)}"


def _duration(first: date, last: date, freq: str) -> str:
    if freq == "ten_days":
        return f"P{(last - first).days + 1}D"
    months = (last.year - first.year) * _MONTHS + last.month - first.month + 1
    return f"P{months // _MONTHS}Y" if months % _MONTHS == 0 else f"P{months}M"
