"""Stretches of years that a text counts from the year it reports on (五年来, 今后三年), as times that open a context.

They are no `time` records (contract, times: windows stay outside), but figures run under them as under a date.
"""

from __future__ import annotations

from collections.abc import Iterable

from zhengwen.rows.clauses import Item, Text
from zhengwen.rules import Rule, Rules
from zhengwen.stages import Candidate, Frame, Period
from zhengwen.times.numerals import numeral

__all__ = ["Windows"]

_SPRING = "03"
"""Up to this month, an article that names no year reports on the year before."""


class Windows:
    """Finds the windows of one article's texts; each text is searched once."""

    def __init__(self, rules: Rules) -> None:
        self._rules = [(rule, rule.sought) for rule in rules.of("rows/windows")]

    def start(self, frame: Frame) -> None:
        """Begin an article: its windows are counted from the year that it reports on."""
        self._year = _year(frame)
        self._known: dict[int, tuple[Text, list[Item]]] = {}

    def among(self, text: Text, times: list[Item], start: int, end: int) -> list[Item]:
        """Return the times of `start:end` together with the windows there, by position."""
        windows = [w for w in self._of(text) if start <= w.start and w.end <= end]
        if not windows:
            return times
        free = [w for w in windows if not any(t.start < w.end and w.start < t.end for t in times)]
        return sorted([*times, *free], key=lambda i: i.start)

    def _of(self, text: Text) -> list[Item]:
        if id(text) not in self._known:
            self._known[id(text)] = (text, list(self._find(text)) if self._year else [])
        return self._known[id(text)][1]

    def _find(self, text: Text) -> Iterable[Item]:
        for rule, regex in self._rules:
            for match in regex.finditer(text.text):
                years = numeral(match["years"])
                candidate = Candidate(*match.span(), "time", rule.id)
                at = text.masked_position(match.start())
                yield Item(
                    "time",
                    *match.span(),
                    at,
                    "",
                    candidate,
                    Period(self._value(rule, years), str(rule.yields.get("shape", "window"))),
                )

    def _value(self, rule: Rule, years: int) -> str:
        if rule.yields["direction"] == "ahead":
            return f"{self._year + 1}/{self._year + years}" if years > 1 else f"{self._year + 1}"
        return f"{self._year - years + 1}/{self._year}" if years > 1 else f"{self._year}"


def _year(frame: Frame) -> int:
    """Return the year that the article reports on: its reporting period's, else the year of its publication."""
    reporting = frame.reporting.lstrip("/").split("/")[-1]
    if reporting[:4].isdigit():
        return int(reporting[:4])
    if not frame.date[:4].isdigit():
        return 0
    return int(frame.date[:4]) - (frame.date[5:7] != "" and frame.date[5:7] <= _SPRING)
