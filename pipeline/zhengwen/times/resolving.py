"""Times put on the calendar: paragraph by paragraph, each against what was told before it and the article's anchors."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhengwen.rules import Rules
from zhengwen.stages import ArticleText, Candidate, Frame, Paragraph, Period, TimeExpression
from zhengwen.times import periods
from zhengwen.times.cues import Cues
from zhengwen.times.holidays import Holidays
from zhengwen.times.scene import Relative, Scene
from zhengwen.times.shapes import SHAPES
from zhengwen.times.story import Told, told_of

__all__ = ["Resolver"]

_SENTENCE_END = re.compile("[。！？!?\n]")
_HEADS = ("title", "deck", "heading")
_PART = re.compile(r"-[HQ]\d$")
"""A half or quarter of a year: one that is only planned (将于今年上半年投产) tells the text after it nothing."""
_SILENT = ("now", "year_pair", "same_period", "plan", "decade", "school_year", "week")
"""Shapes that do not set the year of the text that follows."""
_CLOSED = ("year", "edge_year")
"""Shapes that tell of a year as a whole or of its end."""


class Resolver:
    """Resolves the times of an article; built once from the rules."""

    def __init__(self, rules: Rules) -> None:
        self._cues = Cues(rules)
        self._holidays = Holidays(rules)
        self._words = {r["key"]: Relative(int(r["offset"]), r["anchor"]) for r in rules.table("times/relative")}

    def resolve(
        self, article: ArticleText, taken: Sequence[Sequence[Candidate]], frame: Frame
    ) -> list[list[Period | None]]:
        """Return, parallel to `taken`, the period of each time; None where there is none."""
        closed = self._closed_year(article, taken, periods.year_of(frame.date))
        scene = Scene(frame.date, frame.reporting, self._words, self._holidays, closed)
        return [
            self._paragraph(paragraph, candidates, scene)
            for paragraph, candidates in zip(article.paragraphs, taken, strict=True)
        ]

    def _closed_year(self, article: ArticleText, taken: Sequence[Sequence[Candidate]], published: int) -> int:
        """Return the year before the publication when the facts are of it, whole or at its end, and few of this one."""
        times = [
            (paragraph.view.text, candidate, candidate.reading)
            for paragraph, candidates in zip(article.paragraphs, taken, strict=True)
            for candidate in candidates
            if isinstance(candidate.reading, TimeExpression)
        ]
        if not published or not any("all" in reading.parts for _, _, reading in times):
            return 0
        closed = open_ = 0
        for text, candidate, reading in times:
            year = _year_named(reading, published)
            around = self._cues.around(text, candidate.start, candidate.end)
            if around.compared or around.future:
                continue
            closed += year == published - 1 and reading.shape in _CLOSED
            open_ += year == published
        return published - 1 if closed > open_ else 0

    def _paragraph(self, paragraph: Paragraph, candidates: Sequence[Candidate], scene: Scene) -> list[Period | None]:
        told = scene.story.paragraph.day
        if told and (not scene.published or told <= periods.end(scene.published)):
            scene.story.before = told
        scene.story.new_paragraph()
        text, at = paragraph.view.text, 0
        answer: list[Period | None] = []
        for candidate in candidates:
            reading = candidate.reading
            if candidate.kind != "time" or not isinstance(reading, TimeExpression):
                answer.append(None)
                continue
            if _SENTENCE_END.search(text, at, candidate.start):
                scene.story.new_sentence()
            at = candidate.end
            value = self._one(text, candidate, reading, scene)
            if value:
                self._tell(value, reading, scene, heading=paragraph.label in _HEADS)
            answer.append(Period(value, reading.shape) if value else None)
        return answer

    def _one(self, text: str, candidate: Candidate, reading: TimeExpression, scene: Scene) -> str | None:
        scene.cues = self._cues.around(text, candidate.start, candidate.end)
        resolve = SHAPES.get(reading.shape)
        value = resolve(reading.parts, scene) if resolve else None
        return value if periods.bounds(value) else None

    def _tell(self, value: str, reading: TimeExpression, scene: Scene, *, heading: bool) -> None:
        """Record what a resolved time tells the text after it."""
        story, cues = scene.story, scene.cues
        story.holiday = reading.parts.get("holiday", story.holiday)
        if reading.shape == "now":
            story.sentence.year = periods.year_of(value)
        if reading.shape in _SILENT or "same" in reading.parts:
            return
        single = "/" not in value
        story.last_day = periods.end(value) if reading.shape == "day" and not (cues.compared or cues.as_of) else ""
        if not cues.compared:
            story.named.take(told_of(value, single=single))
        if self._looks_back(reading):
            return
        if cues.as_of:
            story.as_of = value
            story.tell(Told(year=periods.year_of(value), period=periods.as_of(value)), heading=heading)
        elif cues.since:
            story.tell(_since(value, scene), heading=heading)
        elif cues.leads and not (cues.future and _PART.search(value)):
            story.tell(told_of(value, single=single), heading=heading)

    def _looks_back(self, reading: TimeExpression) -> bool:
        """Say whether a time is counted from the year reported on (上年度): it tells no year of its own."""
        word = self._words.get(f"year-{reading.parts.get('year_word', '')}")
        return word is not None and word.anchor == "report" and word.offset < 0


def _year_named(reading: TimeExpression, published: int) -> int:
    """Return the year that a time names, in figures or as 今年 or 去年; 0 when it names none."""
    if "year2" in reading.parts or "same" in reading.parts:
        return 0
    word = reading.parts.get("year_word", "")
    return int(reading.parts.get("year", "0")) or {"今": published, "去": published - 1}.get(word, 0)


def _since(value: str, scene: Scene) -> Told:
    """Return what 今年以来, 4月中旬以来 tell: a stretch up to the month reported on, else the publication."""
    reported = scene.reporting if periods.year_of(scene.reporting) == periods.year_of(value) else ""
    until = reported or scene.published
    if not until or periods.end(until) < periods.begin(value):
        return Told()
    last = periods.month_of(until) or periods.end(until)[:7]
    first = periods.begin(value)
    first = first[:7] if first.endswith("-01") else first
    same_year = first[:4] == last[:4]
    return Told(year=int(first[:4]) if same_year else 0, period=periods.span(first, last))
