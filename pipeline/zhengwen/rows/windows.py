"""Stretches that a text counts from the year it reports on (五年来), and seasons (春运), as times that open a context.

They are no `time` records (contract, times: windows stay outside), but figures run under them as under a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from zhengwen.rows.clauses import Item, Text
from zhengwen.rules import Rule, Rules
from zhengwen.stages import Candidate, Frame, Period
from zhengwen.times import periods
from zhengwen.times.holidays import Holidays
from zhengwen.times.numerals import numeral

__all__ = ["Windows"]

_SPRING = "03"
"""Up to this month, an article that names no year reports on the year before."""

_EARLY = "10"
"""Up to this day of a month, what is counted in months ends with the month before."""
_SINCE = re.compile("[^，。；]{0,4}以来")


class Windows:
    """Finds the windows of one article's texts; each text is searched once."""

    def __init__(self, rules: Rules) -> None:
        self._rules = [(rule, rule.sought) for rule in rules.of("rows/windows")]
        self._holidays = Holidays(rules)

    def start(self, frame: Frame) -> None:
        """Begin an article: its windows are counted from the year that it reports on."""
        self._year = _year(frame)
        self._frame = frame
        self._known: dict[int, tuple[Text, list[Item]]] = {}

    def among(self, text: Text, times: list[Item], start: int, end: int) -> list[Item]:
        """Return the times of `start:end` together with the windows there, by position."""
        windows = [w for w in self._of(text) if start <= w.start and w.end <= end]
        if not windows:
            return times
        apart = [t for t in times if not any(w.start <= t.start and t.end <= w.end for w in windows)]
        free = [w for w in windows if not any(t.start < w.end and w.start < t.end for t in apart)]
        return sorted([*apart, *free], key=lambda i: i.start)

    def _of(self, text: Text) -> list[Item]:
        if id(text) not in self._known:
            self._known[id(text)] = (text, list(self._find(text)) if self._year else [])
        return self._known[id(text)][1]

    def _find(self, text: Text) -> Iterable[Item]:
        for rule, regex in self._rules:
            for match in regex.finditer(text.text):
                value = self._value(rule, match)
                if not value:
                    continue
                candidate = Candidate(*match.span(), "time", rule.id)
                at = text.masked_position(match.start())
                yield Item(
                    "time",
                    *match.span(),
                    at,
                    "",
                    candidate,
                    Period(value, str(rule.yields.get("shape", "window"))),
                )

    def _value(self, rule: Rule, match: re.Match[str]) -> str:
        """Return the period of a window or season, "" where nothing tells it."""
        if rule.yields.get("months"):
            return self._months(match["months"])
        if "direction" not in rule.yields:
            return self._season(rule, match)
        years = numeral(match["years"])
        if rule.yields["direction"] == "ahead":
            return f"{self._year + 1}/{self._year + years}" if years > 1 else f"{self._year + 1}"
        return f"{self._year - years + 1}/{self._year}" if years > 1 else f"{self._year}"

    def _months(self, number: str) -> str:
        """Return so many months up to the publication, or the half-year reported on or just over."""
        day = self._frame.date
        if len(day) < len("2020-01"):
            return ""
        half = number == "半"
        if half and "H" in self._frame.reporting:
            return self._frame.reporting
        if half and day[5:7] in ("01", "02", "07", "08"):
            return f"{day[:4]}-H1" if day[5:7] > "06" else f"{int(day[:4]) - 1}-H2"
        months = 6 if half else numeral(number)
        if day[8:] and day[8:] <= _EARLY:
            return f"{periods.shift_months(day[:7], -months)}/{periods.shift_months(day[:7], -1)}"
        return f"{periods.shift_months(day[:7], -months)}/{day[:7]}"

    def _season(self, rule: Rule, match: re.Match[str]) -> str:
        """Return the days of a season, up to the publication behind 以来; "" for one that is not over otherwise."""
        published = periods.end(self._frame.date) if self._frame.date else ""
        spans = [self._days(rule, year) for year in self._seasons(match, published)]
        first, last = next((s for s in spans if s[0] and (not published or s[0] <= published)), ("", ""))
        if not first or not published or published >= last:
            return f"{first}/{last}" if first else ""
        return f"{first}/{published}" if _SINCE.match(match.string, match.end()) else ""

    def _seasons(self, match: re.Match[str], published: str) -> list[int]:
        """Return the years that a season can be of: the one named, else the one of the publication or before it."""
        if match["year"]:
            return [int(match["year"])]
        year = int(published[:4]) if published else 0
        if match["word"]:
            return [year - (match["word"] == "去年")] if year else []
        return [year, year - 1] if year else []

    def _days(self, rule: Rule, year: int) -> tuple[str, str]:
        """Return the first and the last day of a season in a year."""
        if "first" in rule.yields:
            return f"{year}-{rule.yields['first']}", f"{year}-{rule.yields['last']}"
        feast = self._holidays.day(str(rule.yields["feast"]), year)
        if not feast:
            return "", ""
        first = date.fromisoformat(feast) - timedelta(int(str(rule.yields["before"])))
        return first.isoformat(), (first + timedelta(int(str(rule.yields["days"])) - 1)).isoformat()


def _year(frame: Frame) -> int:
    """Return the year that the article reports on: its reporting period's, else the year of its publication."""
    reporting = frame.reporting.lstrip("/").split("/")[-1]
    if reporting[:4].isdigit():
        return int(reporting[:4])
    if not frame.date[:4].isdigit():
        return 0
    return int(frame.date[:4]) - (frame.date[5:7] != "" and frame.date[5:7] <= _SPRING)
