"""Holidays and the lunar calendar, from tables: the day of a holiday in a year, and its days off."""

from __future__ import annotations

from datetime import date, timedelta

from zhengwen.rules import Rules
from zhengwen.times.numerals import numeral

__all__ = ["Holidays"]

_LONG = ("春节", "劳动节", "国庆")
_LUNAR_MONTHS = {"正": 1, "冬": 11, "腊": 12}


class Holidays:
    """The tables `holidays`, `holiday_dates` and `lunar_months` of the rules."""

    def __init__(self, rules: Rules) -> None:
        self._of_term = {row["term"]: row for row in rules.table("holidays")}
        self._dates = {(row["holiday"], int(row["year"])): row for row in rules.table("holiday_dates")}
        self._lunar = {int(row["year"]): row for row in rules.table("lunar_months")}

    def name(self, term: str) -> str:
        """Return the holiday that a term stands for, "" when unknown."""
        row = self._of_term.get(term)
        return row["holiday"] if row else term if (term, 2000) in self._dates else ""

    def day(self, term: str, year: int) -> str:
        """Return the day of a holiday in a year, "" when the tables do not tell."""
        name = self.name(term)
        known = self._dates.get((name, year))
        if known:
            return known["day"]
        row = self._of_term.get(term)
        if row and row["month"]:
            return f"{year:04}-{int(row['month']):02}-{int(row['day']):02}"
        return ""

    def days_off(self, term: str, year: int) -> str:
        """Return the days off of a holiday as a period; a week for the long ones where no table tells."""
        day = self.day(term, year)
        known = self._dates.get((self.name(term), year))
        if known and known["start"]:
            return known["start"] if known["start"] == known["end"] else f"{known['start']}/{known['end']}"
        if day and self.name(term) in _LONG:
            return f"{day}/{(date.fromisoformat(day) + timedelta(6)).isoformat()}"
        return day

    def lunar_day(self, month: str, day: str, year: int) -> str:
        """Return the day of the lunar calendar that `month` and `day` write, in the lunar year; "" when unknown."""
        row = self._lunar.get(year)
        first = row.get(str(_LUNAR_MONTHS.get(month) or numeral(month)), "") if row else ""
        if not first:
            return ""
        return (date.fromisoformat(first) + timedelta(numeral(day.removeprefix("初")) - 1)).isoformat()

    @staticmethod
    def long() -> tuple[str, ...]:
        """Return the holidays that have a week off: what 黄金周 can mean."""
        return _LONG
