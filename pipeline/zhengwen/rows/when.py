"""The period of a figure: its clause's own time, else the one its sentence, paragraph or section runs under."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import combinations

from zhengwen.fixed import fixed
from zhengwen.rows.attributes import Attributes
from zhengwen.rows.clauses import Item, Text
from zhengwen.rows.drafts import Draft
from zhengwen.rows.patterns import Patterns, phrases
from zhengwen.rows.windows import Windows
from zhengwen.rules import Rules
from zhengwen.stages import ArticleText, Frame
from zhengwen.times.periods import are_years, bounds, in_a_year, is_after, is_day, is_month

__all__ = ["When"]


_SHORT = 2
_NUMBERS = ("first", "second", "third", "fourth")
"""The numbers of headings and of items, from the highest order down."""
_YEARS = 2
"""A period of so many years at least from its first to its last is one of plans while most of it lies ahead."""
_FAR = frozenset({"paragraph", "article", "title"})
_STATISTICS = frozenset({"money", "percent", "percentage_point", "rank", "mass", "energy"})
_ENDS = ("末", "底")
_YOUNG = ("01", "02")
"""Months in which nothing of a whole year can be a fact."""
_NEWS = 75
"""How many days after a quarter or a month its figures are still the news."""
_SCENE = 3
"""How many paragraphs further an announcement of what is reported on may stand, behind an opening scene."""
_LEAD = 6
"""How far into its clause a time may stand and still lead it (经初步核算，2020年…)."""


@fixed
class _Running:
    """A time that runs on: its period and where it stands in the source."""

    period: str
    span: tuple[int, int] | None
    how: str
    passing: bool = False
    """Whether it is the time of one end of a movement only (由2015年的3114元增至4万元)."""


class When:
    """The context stack of periods for one article."""

    def __init__(self, rules: Rules) -> None:
        self._uses = Patterns(rules, "times")
        self._attributes = Attributes(rules)
        self._windows = Windows(rules)
        self._announcing = phrases(rules, "announcing")
        self._headings = phrases(rules, "headings")
        self._leads = Patterns(rules, "leading")
        self._words = phrases(rules, "stretches")
        self._incidents = Patterns(rules, "incidents")
        self._date_lines = Patterns(rules, "date_lines")
        self._currents = Patterns(rules, "currents")
        self._dues = Patterns(rules, "dues")
        self._undertaken = Patterns(rules, "young")
        self._stocks = tuple(row["term"] for row in rules.table("rows/stocks"))

    def start(self, article: ArticleText, texts: list[Text], frame: Frame) -> None:
        """Begin an article: figures without any time take the period it reports on."""
        self._frame = frame
        self._windows.start(frame)
        self._reporting = frame.reporting or self._announced(article, texts) or self._prevailing(article, texts)
        self._article = _Running(self._reporting, None, "article") if self._reporting else None
        self._section: _Running | None = None
        self._depth = 0
        self._under = 0
        self._told_below = False
        self._basics: int | None = None
        self._latest: _Running | None = None
        self._happened: _Running | None = None
        self._said: _Running | None = None
        self._before: _Running | None = None
        self._day: _Running | None = None
        self._day_before: _Running | None = None
        self._paragraph: _Running | None = None
        self._title = self._title_time(article, texts)
        self._told_in = article, texts
        self._opened_by: tuple[_Running | None] | None = None

    def paragraph(self, text: Text, label: str) -> None:
        """Enter a paragraph; a heading's time holds for its section."""
        self._paragraph = None
        if label != "heading" and self._announcing["below"].search(text.text):
            leading = self._leading(text, 0, len(text.text), "section")
            if leading and not is_day(leading.period):
                self._section, self._depth = leading, self._holding(text)  # 2016年主要做了四件事： holds for its items
                self._told_below = True
        self._before = self._said
        self._day_before = self._day or self._day_before
        self._day = self._day_told(text)
        self._happened = self._incident(text) or self._happened
        if label == "heading":
            times = self._governing(text, 0, len(text.text))
            level = self._level(text)
            ahead = self._told_below and self._announcing["ahead"].search(text.text) is not None
            if len(times) == 1:
                self._section, self._depth = self._running(text, times[0], "heading"), level + 1 if level else 0
                self._told_below = False
            elif times or ahead or not 0 < self._depth <= level:
                self._section = None
            self._under = level or len(_NUMBERS)
            if self._announcing["basics"].search(text.text):
                self._basics = level
            elif self._basics is not None and level <= self._basics:
                self._basics = None

    def _holding(self, text: Text) -> int:
        """Return the level of the headings below that what a paragraph announces holds for; 0 is none.

        现将截至8月底的情况通报如下： holds for （一）, （二） … to the end; one of two times only as far as the first.
        """
        told = {i.period.value for i in self._governing(text, 0, len(text.text)) if i.period}
        return self._under + 1 if len(told) == 1 else 0

    def _level(self, text: Text) -> int:
        """Return how deep a heading lies by its number: 一、 is 1, （一） 2, 1. 3, （1） 4, none 0."""
        return next((i for i, n in enumerate(_NUMBERS, 1) if self._headings[n].match(text.text)), 0)

    def read(self, draft: Draft) -> None:
        """Fill the period of a draft, and its status when the period lies after the publication."""
        if self._unresolved(draft) and not (self._reporting and self._is_now(draft)):
            draft.because("period", "its own time cannot be resolved")
            return
        own = self._own(draft)
        if own is not None and not own.passing and not self._aside(draft):
            self._latest = _Running(own.period, own.span, "section")
        if self._attributes.earlier_end(draft) and not self._dated_end(draft, own):
            draft.because("period", "the earlier end of a movement, which no time dates")
            return
        timeless, described = self._attributes.timeless(draft)
        own = None if described else self._due(draft) or own
        running = own or (None if timeless else self._context(draft))
        if running is not None and running.how in _FAR and self._attributes.of_project(draft):
            running = None
        if running is None:
            draft.because("period", "no time governs it")
            return
        if draft.quantity.kind != "duration":
            self._said = _Running(running.period, running.span, "section")
        draft.period = self._attributes.end_of(draft, running.period)
        if self._of_year(draft, running):
            draft.period = running.period.lstrip("/")[:4]  # a plan is the year's, whatever month is reported on
        if draft.aim and draft.period.startswith("/"):
            draft.period = draft.period[1:5]  # 截至10月底…完成年目标任务12500人的98.5%: the aim is the year's
        draft.because("period", f"times.{running.how}")
        if running.how != "clause":
            draft.comes_from("period", running.how, running.span)
        if self._frame.date:
            self._by_time(draft, running)

    @staticmethod
    def _of_year(draft: Draft, running: _Running) -> bool:
        """Say whether a plan is that of the whole year in a part of which its article reports what is done."""
        yearly = running.how == "title" and (draft.indicator or "").startswith("年")
        return draft.status == "target" and (running.how == "article" or yearly)

    def _dated_end(self, draft: Draft, own: _Running | None) -> bool:
        """Say whether the earlier end of a movement has a time of its own (由2015年的A…), or the years spanned."""
        found = self._attributes.movement(draft)
        assert found is not None
        if draft.text.between(found.start, draft.item.start, "time"):
            return True
        around = own or self._leading(draft.text, draft.text.passage(draft.item.start)[0], draft.item.start, "sentence")
        spans = {draft.text.view.span(i.start, i.end) for i in draft.text.items}
        return around is not None and around.span in spans and are_years(around.period)

    def _due(self, draft: Draft) -> _Running | None:
        """Return the time that stands behind a figure and says when what it counts is done (其余3家11月底前完工)."""
        found = self._dues.first(draft.text, draft.item)
        times = draft.text.between(*found.groups["due"], "time") if found else []
        if not times or times[0].period is None or self._attributes.lasting(draft):
            return None
        value = times[0].period.value
        if found is not None and found.yields.get("coming") and self._may_come(value) and draft.status != "target":
            draft.status = "target"
            draft.because("status", found.rule, (found.start, found.end))
        return _Running(value, draft.text.view.span(times[0].start, times[0].end), "clause")

    def _may_come(self, period: str) -> bool:
        """Say whether a period may lie after the publication, as far as that is known."""
        return not self._frame.date or (bounds(period) or ("", ""))[1] >= (bounds(self._frame.date) or ("", ""))[1]

    @staticmethod
    def _aside(draft: Draft) -> bool:
        """Say whether the sentence begins with 其中: what it dates is a part of what the text tells."""
        return draft.text.text.startswith("其中", draft.text.full_sentence(draft.item.start)[0])

    def _by_time(self, draft: Draft, running: _Running) -> None:
        """Let a period after the publication make a target, and the clause's own past time a fact."""
        last = (bounds(running.period) or ("", ""))[1]
        if is_after(running.period, self._frame.date) and not self._this_month(draft, running):
            done = draft.reasons.get("status", {}).get("rule") == "status.done" and running.how != "clause"
            if done or (running.how in _FAR and self._told_as_fact(draft)):
                draft.period = None
                return
            draft.status = "target"
            draft.because("status", "status.future_period")
        elif (
            running.how == "clause" and not draft.planned and last and last < (bounds(self._frame.date) or ("", ""))[0]
        ):
            draft.status = "actual"
            draft.because("status", "status.past_period")
        elif draft.status == "actual" and "status" not in draft.reasons and self._lies_ahead(draft, running):
            draft.status = "target"
            draft.because("status", "status.years_ahead")
        elif draft.status == "actual" and self._has_but_begun(draft, running):
            found = self._undertaken.first(draft.text, draft.item)
            if found is not None:
                draft.status = "target"
                draft.because("status", found.rule, (found.start, found.end))

    def _told_as_fact(self, draft: Draft) -> bool:
        """Say whether a figure's own clause tells a fact (297个城市已实施…)."""
        return self._announcing["told"].search(draft.text.text, *draft.text.segment(draft.item.start)) is not None

    def _lies_ahead(self, draft: Draft, running: _Running) -> bool:
        """Say whether a figure is told of years most of which are still to come (“十五五”期间…, in their first)."""
        first, last = bounds(running.period) or ("", "")
        told = self._announcing["told"].search(
            draft.text.text, draft.text.full_sentence(draft.item.start)[0], draft.text.segment(draft.item.start)[1]
        )
        if running.how not in ("clause", "sentence") or not first or told:
            return False
        begun, now, ended = (int(day[: len("2020")]) for day in (first, self._frame.date, last))
        return ended - begun >= _YEARS and ended - now > now - begun

    def _has_but_begun(self, draft: Draft, running: _Running) -> bool:
        """Say whether a figure is told of the whole year in its first months, and not as done."""
        young = self._frame.date[len("2020-") : len("2020-01")] in _YOUNG
        done = draft.reasons.get("status", {}).get("rule") == "status.done"
        told = running.how != "article"
        return told and young and not done and running.period == self._frame.date[: len("2020")]

    def _this_month(self, draft: Draft, running: _Running) -> bool:
        """Say whether a fact is told up to the end of the month of publication (29日: 至5月底完成投资8亿元).

        What is told 截至 a time is a fact, though it lies behind a date that only the text has given away.
        """
        if not running.period.startswith("/") or draft.status != "actual":
            return False
        text = draft.text
        item = next((i for i in text.items if text.view.span(i.start, i.end) == running.span), None)
        until = item and self._words["as_of"].search(text.text, max(0, item.start - _LEAD), item.start)
        return until is not None or running.period[1:].startswith(self._frame.date[: len("2020-01")])

    def _unresolved(self, draft: Draft) -> bool:
        """Say whether the clause's own time (目前, without a publication date) has no period."""
        start, _ = draft.text.segment(draft.item.start)
        times = draft.text.between(start, draft.item.start, "time")
        return bool(times) and times[-1].period is None and self._use(draft.text, times[-1]) != "none"

    def _is_now(self, draft: Draft) -> bool:
        """Say whether the clause's own time is 目前, which is the period reported on where no publication is known."""
        start, _ = draft.text.segment(draft.item.start)
        last = draft.text.between(start, draft.item.start, "time")[-1]
        return self._use(draft.text, last) in ("sentence", "as_of") and not self._frame.date

    def _own(self, draft: Draft) -> _Running | None:
        start, _ = draft.text.segment(draft.item.start)
        before = self._governing(draft.text, start, draft.item.start)
        return self._running(draft.text, before[-1], "clause") if before else None

    def _context(self, draft: Draft) -> _Running | None:
        text, (first, _) = draft.text, draft.text.passage(draft.item.start)
        own = self._leading(text, first, draft.item.start, "sentence", told=draft.status != "target") or self._now(
            draft
        )
        stock = (draft.indicator or "").endswith(self._stocks)
        earlier = None
        taken = self._attributes.duration(draft)
        if not taken:
            earlier = self._leading(text, 0, first, "paragraph", stock=stock)
        found = own or earlier
        if found is not None and found.how != "now":
            self._latest = _Running(found.period, found.span, "section")
        if taken and self._attributes.lasts(draft):
            return found  # how long a work or a right lasts is of no period that the text only reports on
        reporting = self._article if self._frame.reporting else None
        event = None if found is not None and found.how != "paragraph" else self._this_time(draft, opened=found is None)
        if found is None and event is None and self._announcing["among"].search(text.text):
            event = self._before
        around = event or found or self._section or reporting or self._title or self._happened
        if around is not None or self._basics is not None:
            return around
        return self._article or self._carried(draft) or self._done_in(draft)

    def _now(self, draft: Draft) -> _Running | None:
        """Return the publication for what is said to be there now (现有), without a time."""
        there = self._frame.date and self._currents.first(draft.text, draft.item) is not None
        return _Running(self._frame.date, None, "now") if there else None

    def _done_in(self, draft: Draft) -> _Running | None:
        """Return the time that opens the article, for the figures of a place; durations are lasting more often."""
        if draft.subject_kind not in ("place", "organisation") or draft.quantity.kind == "duration":
            return None
        if self._opened_by is None:
            self._opened_by = (self._opening(*self._told_in),)
        return self._opened_by[0]

    def _incident(self, text: Text) -> _Running | None:
        """Return the day of the accident or event that a paragraph tells of: it dates what is counted of it."""
        for item in text.between(0, len(text.text), "time"):
            if item.period and is_day(item.period.value) and self._incidents.first(text, item) is not None:
                return _Running(item.period.value, text.view.span(item.start, item.end), "event")
        return None

    def _day_told(self, text: Text) -> _Running | None:
        """Return the first day that a paragraph tells of as its news, when it lies close before the publication."""
        for item in self._governing(text, 0, len(text.text))[:1]:
            if item.period and is_day(item.period.value) and item.period.value <= (self._frame.date or "9"):
                return _Running(item.period.value, text.view.span(item.start, item.end), "event")
        return None

    def _this_time(self, draft: Draft, *, opened: bool) -> _Running | None:
        """Return the day of the event that a sentence goes back to (本次开工90个), or its paragraph if `opened`."""
        text = draft.text
        first, last = text.full_sentence(draft.item.start)
        back = self._announcing["this_time"]
        if not back.search(text.text[first:last]) and not (opened and back.search(text.text)):
            return None
        same = self._day is not None and self._day.span and self._day.span[1] <= text.view.span(first, last)[0]
        return self._happened or (self._day if same else self._day_before)

    def _carried(self, draft: Draft) -> _Running | None:
        """Return the last period of the paragraphs before, for a place's statistics only; days do not run so far."""
        known = self._latest
        statistic = draft.quantity.kind in _STATISTICS and draft.subject_kind in ("place", "")
        return known if known is not None and statistic and not is_day(known.period) else None

    def _leading(
        self, text: Text, start: int, end: int, how: str, *, stock: bool = False, told: bool = False
    ) -> _Running | None:
        """Return the last time that leads a clause of `start:end`; 目前 and events' dates do not run on.

        The end of a month runs on to what is a stock then (存款余额), to nothing else. Where a fact is `told`, the time
        of a plan in between (…49个，2016年计划投资46亿元，…5个) gives way to the one before it.
        """
        planned: _Running | None = None
        for item in reversed(self._governing(text, start, end)):
            clause = self._words_begin(text, item)
            use = self._use(text, item)
            if use == "event" or (how == "paragraph" and self._momentary(text, item, use, stock=stock)):
                continue
            if how == "paragraph" and not stock and use != "as_of" and self._passing(text, item, clause):
                continue
            if self._summed(text, item, end) or (how == "sentence" and self._inner(text, item, end)):
                continue
            lead = item.start - clause <= _LEAD or self._leads.first(text, item) is not None
            lead = lead or (how == "sentence" and not use and self._told_of(text, item))
            if not (lead or use in ("as_of", "reported")):
                continue
            if told and self._announcing["plan"].match(text.text, item.end):
                planned = planned or self._running(text, item, how)
                continue
            return self._running(text, item, how)
        return planned

    def _words_begin(self, text: Text, item: Item) -> int:
        """Return where the clause of a time begins, behind its number in a list (（一）通畅工程2021年…)."""
        clause, _ = text.segment(item.start)
        number = next((m for n in _NUMBERS if (m := self._headings[n].match(text.text, clause))), None)
        return min(number.end(), item.start) if number else clause

    def _told_of(self, text: Text, item: Item) -> bool:
        """Say whether a time inside its clause dates what that tells (中欧班列前两月发运65列，…).

        It does not where it only belongs to a noun (去年高基数的) or is what something lasts until (订单排到2028年).
        """
        clause, last = text.segment(item.start)
        if text.between(clause, item.start, "figure") or text.between(clause, item.start, "time"):
            return False
        if self._words["up_to"].search(text.text, max(0, item.start - _SHORT), item.start):
            return False
        figures = text.between(item.end, last, "figure")
        return "的" not in text.text[item.end : figures[0].start if figures else last]

    @staticmethod
    def _summed(text: Text, item: Item, end: int) -> bool:
        """Say whether a window only tells over what its own part of the sentence is summed up (五年累计…；)."""
        ended = any(c in text.text[item.end : end] for c in "；;。")
        return item.period is not None and item.period.how == "window_total" and ended

    def _inner(self, text: Text, item: Item, end: int) -> bool:
        """Say whether a day told within a longer stretch ends with its own part of the sentence (5月3日达到峰值；…)."""
        assert item.period
        plain = is_day(item.period.value) and not self._use(text, item)
        if not plain or text.text[item.start : item.end].endswith(_ENDS):
            return False
        if not any(c in text.text[item.end : end] for c in "；;"):
            return False
        before = (i for i in text.between(0, item.start, "time") if i.period and self._use(text, i) == "")
        told = [i.period.value for i in before if i.period]
        around = [r.period for r in (self._section, self._title, self._article) if r is not None]
        return any(self._holds(outer, item.period.value) for outer in (*told[-1:], *around))

    @staticmethod
    def _holds(outer: str, day: str) -> bool:
        """Say whether a stretch of days (a holiday) holds a day and more than that day."""
        first, last = bounds(outer) or ("", "")
        if not first or not first <= day <= last:
            return False
        return 0 < (date.fromisoformat(last) - date.fromisoformat(first)).days <= _NEWS

    def _passing(self, text: Text, item: Item, clause: int) -> bool:
        """Say whether a time holds for its sentence only: inside it, or a day within what the section is about."""
        assert item.period
        around = self._section or self._article
        if is_day(item.period.value) and around is not None and len(around.period) < len(item.period.value):
            return True
        if clause <= text.full_sentence(item.start)[0] + _LEAD:
            return False
        found = self._leads.first(text, item)
        return found is None or not found.yields.get("opens")

    def _momentary(self, text: Text, item: Item, use: str, *, stock: bool) -> bool:
        """Say whether a time ends with its sentence: 目前, the end of a year, the date of an event."""
        instant = text.text[item.start : item.end].endswith(_ENDS) and use != "as_of" and not stock
        return use == "sentence" or instant or self._told(text, item)

    def _told(self, text: Text, item: Item) -> bool:
        """Say whether a month or day only dates an event told in a sentence without figures.

        The day of an incident dates what is counted of it.
        """
        assert item.period
        if is_day(item.period.value) and self._incidents.first(text, item) is not None:
            return False
        exact = len(item.period.value) > len("2020-Q1") or is_month(item.period.value)
        counted = (f for f in text.between(*text.sentence(item.start), "figure") if f.quantity.kind != "duration")
        return exact and "/" not in item.period.value and next(counted, None) is None

    def _governing(self, text: Text, start: int, end: int) -> list[Item]:
        """Return the times of `start:end` that figures can run under: not those of comparisons or names."""
        found = []
        for item in self._windows.among(text, text.between(start, end, "time"), start, end):
            aside = text.bracket(item.start)
            if aside is not None and aside != text.bracket(end):
                continue
            use = self._use(text, item)
            if use == "next" and text.between(item.end, end, "figure"):
                continue
            if item.period and use != "none":
                found.append(item)
        return found

    def _use(self, text: Text, item: Item) -> str:
        """Return what a time does for the figures after it: none, sentence, event, as_of, since or nothing special."""
        use = self._uses.first(text, item)
        return str(use.yields["use"]) if use else ""

    def _running(self, text: Text, item: Item, how: str) -> _Running | None:
        """Return the period that a time sets: as of it, up to it, or itself."""
        assert item.period
        value = item.period.value
        kind = self._use(text, item)
        if kind == "as_of":
            last = (bounds(value) or ("", ""))[1]
            value = f"/{last}" if last and not value.startswith("/") else value
        elif kind == "since":
            value = self._since(value)
        elif not kind and (until := self._until_then(text, item, value)):
            value = until
        elif self._words["until"].search(text.text, max(0, item.start - _SHORT), item.start):
            value = self._begun(text, item, value)
        elif is_day(value) and self._overnight(text, item):
            value = f"{(date.fromisoformat(value) - timedelta(1)).isoformat()}/{value}"
        elif not kind:
            value = self._to_its_end(text, item) or self._joined(text, item, value)
        return _Running(value, text.view.span(item.start, item.end), how, kind == "next")

    def _overnight(self, text: Text, item: Item) -> bool:
        """Say whether a day only ends a night that began at an hour of the day before (8时至次日凌晨2时)."""
        hour = self._words["hour"].search(text.text, max(0, item.start - _LEAD), item.start)
        return hour is not None and self._words["next_day"].match(text.text, item.start, item.end) is not None

    def _to_its_end(self, text: Text, item: Item) -> str:
        """Return the days from one to another where brackets stand between (2月4日（除夕）至2月10日（初六）)."""
        days = [t for t in text.between(*text.segment(item.start), "time") if t.period and is_day(t.period.value)]
        for first, last in combinations(days, 2):
            gap = self._words["bracket_to"].fullmatch(text.text, first.end, last.start)
            if gap and first.start <= item.start <= last.start and first.period and last.period:
                start, end = first.period.value, last.period.value
                return f"{start}/{end}" if start < end else ""
        return ""

    def _joined(self, text: Text, item: Item, value: str) -> str:
        """Return the stretch of two times that follow each other (2017年和2018年), else the later one."""
        before = text.between(text.segment(item.start)[0], item.start, "time")
        first = before[-1] if before else None
        if first is None or first.period is None or self._use(text, first) != "":
            return value
        gap = self._words["and"].fullmatch(text.text, first.end, item.start)
        start, end = bounds(first.period.value), bounds(value)
        if gap is None or start is None or end is None or not start[0] or len(first.period.value) != len(value):
            return value
        next_to = date.fromisoformat(end[0]) - date.fromisoformat(start[1]) if end[0] else None
        if next_to != timedelta(1):
            return value
        return f"{first.period.value.partition('/')[0]}/{value.rpartition('/')[2]}"

    def _until_then(self, text: Text, item: Item, year: str) -> str:
        """Return the day that a year is told up to (截至7月末，今年新增…), nothing where none is."""
        if len(year) != len("2020") or self._announcing["plan"].match(text.text, item.end):
            return ""
        before = text.between(text.full_sentence(item.start)[0], item.start, "time")
        last = before[-1] if before else None
        near = last is not None and not text.between(last.end, item.start, "figure")
        if not near or last is None or last.period is None or self._use(text, last) != "as_of":
            return ""
        return (
            f"/{(bounds(last.period.value) or ('', ''))[1]}" if last.period.value.lstrip("/").startswith(year) else ""
        )

    def _begun(self, text: Text, item: Item, value: str) -> str:
        """Return the stretch that 自7月1日…，至7月31日 tells of, when its first day stands in the clauses before."""
        first, _ = text.full_sentence(item.start)
        before = [t for t in text.between(first, item.start, "time") if t.period]
        opened = before and self._words["from"].search(text.text, max(0, before[-1].start - _SHORT), before[-1].start)
        if not opened or text.between(before[-1].end, item.start, "figure") or not before[-1].period:
            return value
        start = before[-1].period.value
        return value if "/" in start or "/" in value or start >= value else f"{start}/{value}"

    def _since(self, value: str) -> str:
        """Return 今年以来 as January to the month reported on, other times as from then until then."""
        until = self._reporting or self._frame.date
        end = (bounds(until) or ("", ""))[1][:7] if until else ""
        year = value[:4]
        if until and not until.startswith(year):
            return f"{value.split('/', maxsplit=1)[0]}/{until.split('/')[-1]}"
        if value != year and not value.endswith("-01-01"):
            first, last = value.split("/", maxsplit=1)[0], until.split("/")[-1]
            if first[5:6] in ("Q", "H"):
                first = (bounds(first) or (first, ""))[0][:7]
            return f"{first}/{last[: len(first)]}" if last else first
        if end.startswith(year) and len(until) > 4:
            return f"{year}-01/{end}"
        return year

    def _announced(self, article: ArticleText, texts: list[Text]) -> str:
        """Return the period that the article says it reports on, up to its first paragraph with figures.

        That somebody announced it (通报了今年上半年…情况) may also stand behind a scene that the article opens with.
        """
        body = [
            text
            for paragraph, text in zip(article.paragraphs, texts, strict=True)
            if paragraph.label not in ("title", "deck", "byline")
        ]
        first = next((i for i, text in enumerate(body) if text.figures), len(body))
        for number, text in enumerate(body[: first + _SCENE]):
            for item in text.between(0, len(text.text), "time"):
                use = self._uses.first(text, item) if item.period else None
                if use is None or item.period is None or use.yields["use"] != "reported":
                    continue
                if number <= first or use.yields.get("wide"):
                    return item.period.value
        return ""

    def _prevailing(self, article: ArticleText, texts: list[Text]) -> str:
        """Return the period that most clauses with figures are led by, when it prevails; else nothing."""
        counts: Counter[str] = Counter()
        for text in texts:
            for item in self._governing(text, 0, len(text.text)):
                _, last = text.sentence(item.start)
                leads = item.start - text.segment(item.start)[0] <= _LEAD and not self._use(text, item)
                if leads and item.period and in_a_year(item.period.value) and text.between(item.end, last, "figure"):
                    counts[item.period.value] += 1
        top = counts.most_common(1)
        return top[0][0] if top and top[0][1] > 1 and top[0][1] * 2 > counts.total() else ""

    def _opening(self, article: ArticleText, texts: list[Text]) -> _Running | None:
        """Return the stretch of time that leads the article's first sentence with figures: what it reports on."""
        for paragraph, text in zip(article.paragraphs, texts, strict=True):
            if paragraph.label in ("title", "deck", "byline", "heading") or not text.figures:
                continue
            told = [f for f in text.figures if f.quantity.kind != "duration"]
            found = self._leading(text, 0, told[0].start, "article") if told else None
            return found if found is not None and self._recent(found.period) else None
        return None

    def _recent(self, period: str) -> bool:
        """Say whether a stretch of time is one that an article reports on: of a year at most, not long past."""
        first, last = bounds(period) or ("", "")
        if is_day(period) or not last or not self._frame.date:
            return False
        year = int(self._frame.date[:4])
        if not year - 1 <= int(last[:4]) <= year or (first and int(last[:4]) - int(first[:4]) > 1):
            return False
        published = (bounds(self._frame.date) or ("", ""))[0]
        whole = len(period) == len("2020") or len(self._frame.date) == len("2020") or not published
        return whole or (date.fromisoformat(published) - date.fromisoformat(last)).days <= _NEWS

    def _title_time(self, article: ArticleText, texts: list[Text]) -> _Running | None:
        for paragraph, text in zip(article.paragraphs, texts, strict=True):
            if paragraph.label in ("title", "deck"):
                times = self._governing(text, 0, len(text.text))
                if times and not self._dates_page(text, times[0]) and not self._ahead(times[0]):
                    return self._running(text, times[0], "title")
        return None

    def _ahead(self, item: Item) -> bool:
        """Say whether a time of the head lies after the publication: it dates its own line, not the facts below."""
        return bool(self._frame.date and item.period and is_after(item.period.value, self._frame.date))

    def _dates_page(self, text: Text, item: Item) -> bool:
        """Say whether a time in the head is only the day of publication, in a line with little else."""
        assert item.period
        own = is_day(item.period.value) and item.period.value == self._frame.date
        return own and self._date_lines.first(text, item) is not None
