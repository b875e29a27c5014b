"""The anchors of one article and the years that they give: what a shape asks when its words leave something out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from zhengwen.fixed import fixed
from zhengwen.times import periods
from zhengwen.times.cues import Surroundings
from zhengwen.times.holidays import Holidays
from zhengwen.times.story import Story

__all__ = ["Relative", "Scene"]

_SOON = 45
"""A day or month this near after the publication is the coming one, without any word for the future."""

_BEGINNING = ("01", "02", "03")
"""The months in which the work of a year is told as done."""


@fixed
class Relative:
    """A relative word: how many units away, and from which anchor (published, told, report, last)."""

    offset: int
    anchor: str


@dataclass(slots=True)
class Scene:
    """Publication, reporting period and what was told so far; and how the time at hand stands."""

    published: str
    reporting: str
    words: Mapping[str, Relative]
    holidays: Holidays
    closed: int = 0
    """The year before the publication, when most of what the article tells as fact is of it, whole or at its end."""
    story: Story = field(default_factory=Story)
    cues: Surroundings = field(default_factory=lambda: Surroundings(False, False, False, False, False, False))

    @property
    def published_year(self) -> int:
        """The year of publication, 0 when unknown."""
        return periods.year_of(self.published)

    @property
    def reporting_year(self) -> int:
        """The year reported on, 0 when unknown."""
        return periods.year_of(self.reporting)

    def year(self, parts: Mapping[str, str], prefix: str = "year") -> int:
        """Return the year that the expression itself names, 0 when it names none or its anchor is unknown."""
        if prefix in parts:
            return int(parts[prefix])
        word = self.words.get(f"year-{parts.get(prefix + '_word', '')}")
        if word is None:
            return 0
        anchor = self._year_anchor(word.anchor)
        return anchor + word.offset if anchor else 0

    def _year_anchor(self, anchor: str) -> int:
        """Return the year that a relative word counts from."""
        if anchor == "last":
            return self.story.named.year or self.running_year()
        if anchor == "report":
            return self.running_year()
        if anchor == "told" and self.cues.compared and 0 < self.reporting_year < self.published_year:
            return self.reporting_year  # 比去年 in a report on 2012 is 2011; 去年 as the time of a fact is 2012 itself
        return self.published_year or (self.reporting_year if anchor == "told" else 0)

    def running_year(self) -> int:
        """Return the year that the text runs under: told, else reported on, else of publication."""
        return self.story.year or self.reporting_year or self.published_year

    def whole_year(self) -> int:
        """Return the year of 全年: the one that runs, else the closed year that the article tells of."""
        early = periods.month_of(self.published)[5:] in _BEGINNING
        told = not (self.cues.future or self.cues.aimed or self.cues.compared)
        told = told and self.published_year not in {self.story.section.year, self.story.article.year}  # a year to come
        if early and (self.cues.done or told) and self.running_year() == self.published_year:
            return self.published_year - 1  # what is told in the first months of a year as the whole of one
        if self.story.year or self.reporting_year or self.cues.future:
            return self.running_year()
        return self.closed or self.published_year

    def named_year(self, parts: Mapping[str, str]) -> int | None:
        """Return the year of an expression that names one (0: named, but unknown); None when it names none."""
        return self.year(parts) if "year" in parts or "year_word" in parts else None

    def year_for(self, parts: Mapping[str, str], first: str, last: str = "") -> int:
        """Return the year of an expression with or without a year of its own.

        `first` is the month (`-07`) or day (`-07-08`) on which it begins; `last`, given for cumulative figures, the
        month that must be over. 0 when nothing tells.
        """
        named = self.named_year(parts)
        if named is not None:
            return named
        told = (self.cues.until and self.story.named.year) or self.story.year
        if told:
            if last and not self.cues.future and 0 < told == self.published_year and self.latest(first, last) < told:
                return told - 1  # 截至目前，1—12月完成… printed in January: the months must be over
            return told + self._rolls_over(told, first)
        if 0 < self.reporting_year < self.published_year and not self._recent(first):
            return self.reporting_year
        return self.latest(first, last) or self.reporting_year

    def _rolls_over(self, year: int, first: str) -> bool:
        """Whether a day (`-01-12`) lies after the turn of the year that the day named just before it is of."""
        last = _date(self.story.last_day)
        here, there = _date(f"{year:04}{first}"), _date(f"{year + 1:04}{first}")
        if last is None or here is None or there is None or last.year != year or not here < last:
            return False
        told = not self.published or there.isoformat() <= periods.end(self.published)
        return there - last < last - here and (told or self.cues.future or self.cues.until)

    def _recent(self, first: str) -> bool:
        """Whether a day lies within weeks of the publication, so that it is news and not part of the report."""
        if len(first) != 6 or len(self.published) != 10:
            return False
        day = _date(f"{self.published_year:04}{first}")
        return day is not None and abs((date.fromisoformat(self.published) - day).days) <= _SOON

    def latest(self, first: str, last: str = "") -> int:
        """Return the year in which `first` lies latest before the publication, or next when the clause plans."""
        year = self.published_year
        if not year:
            return 0
        limit = periods.end(self.published)
        begins = f"{year:04}{first}" if len(first) == 6 else f"{year:04}{first}-01"
        if last and f"{year:04}{last}" > limit[:7]:
            return year if self.cues.future else year - 1
        if begins <= limit or self.cues.future:
            return year + (self.cues.future and not last and begins[:7] <= _half_a_year_before(limit))
        return year if self.cues.until or self._soon(begins) else year - 1

    def _soon(self, day: str) -> bool:
        begins, limit = _date(day), _date(periods.end(self.published))
        return bool(begins and limit and begins - limit <= timedelta(_SOON))

    def month(self) -> str:
        """Return the month that the text runs under, else that of the publication; "" when unknown."""
        return self.story.sentence.month or periods.month_of(self.published)

    def reported_month(self) -> str:
        """Return the month that 上月 counts from: that of the sentence's period, else of the one reported on."""
        for period in (self.story.sentence.period, self.reporting, self.story.paragraph.period):
            if periods.month_of(period) and not periods.day_of(period):
                return periods.month_of(period)
        return ""

    def day(self) -> str:
        """Return the day of publication, "" when it is not known to the day."""
        return periods.day_of(self.published)


def _half_a_year_before(day: str) -> str:
    """Return the month half a year before a day: what is planned for one earlier than that is meant for next year."""
    return periods.shift_months(day[:7], -6)


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
