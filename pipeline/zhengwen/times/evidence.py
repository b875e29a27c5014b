"""What an article itself tells about its year of publication and the period that it reports on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhengwen.rules import load
from zhengwen.stages import ArticleText, Candidate, Frame, Paragraph, Period, TimeExpression
from zhengwen.times import periods
from zhengwen.times.cues import Cues
from zhengwen.times.expressions import Finder
from zhengwen.times.resolving import Resolver
from zhengwen.views import Piece, View

__all__ = ["published_year", "reporting_period"]

_WHOLE = ("year", "context_year", "edge_year")
_REPORTED = ("year", "month", "first_months", "quarter", "first_quarters", "half")
_SENTENCE_END = re.compile("[。！？!?\n]")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A time of the article: where, what it says, and how it stands."""

    paragraph: int
    sentence: int
    shape: str
    word: str
    year: int
    compared: bool
    future: bool


@lru_cache(maxsize=1)
def _tools() -> tuple[Finder, Resolver, Cues]:
    rules = load(None)
    return Finder(rules), Resolver(rules), Cues(rules)


def _seen(article: ArticleText, taken: Sequence[Sequence[Candidate]]) -> Iterator[_Seen]:
    """Yield the times of the article that name a year or stand for one."""
    cues = _tools()[2]
    for number, (paragraph, candidates) in enumerate(zip(article.paragraphs, taken, strict=True)):
        text, sentence, at = paragraph.view.text, 0, 0
        for candidate in candidates:
            reading = candidate.reading
            if candidate.kind != "time" or not isinstance(reading, TimeExpression):
                continue
            sentence += len(_SENTENCE_END.findall(text, at, candidate.start))
            at = candidate.start
            around = cues.around(text, candidate.start, candidate.end)
            year = int(reading.parts.get("year2") or reading.parts.get("year") or "0")
            word = reading.parts.get("year_word", "")
            yield _Seen(number, sentence, reading.shape, word, year, around.compared, around.future or around.bound)


def published_year(article: ArticleText, taken: Sequence[Sequence[Candidate]]) -> tuple[str, str]:
    """Return the year of publication that the text gives away, and how; two empty strings when it does not.

    去年 compared with 2019年 is 2020, so the text is of 2021; 今年 or 去年 beside explicit years count from the
    latest of them that is told as fact: the next year when only whole years of it are told, else that year.
    """
    seen = list(_seen(article, taken))
    for last in (s for s in seen if s.word == "去"):
        for other in seen:
            if other.compared and other.year and (other.paragraph, other.sentence) == (last.paragraph, last.sentence):
                return str(other.year + 2), "去年 is compared with the year before it"
    if not any(s.word in ("去", "今", "明") for s in seen):
        return "", ""
    told = [s for s in seen if s.year and not s.compared and not s.future and s.shape not in ("plan", "decade")]
    latest = max((s.year for s in told), default=0)
    if not latest:
        return "", ""
    exact = any(s.year == latest and s.shape not in _WHOLE for s in told)
    return (str(latest), "今年 beside dates of it") if exact else (str(latest + 1), "the year after the last told")


def reporting_period(article: ArticleText, taken: Sequence[Sequence[Candidate]], date: str) -> tuple[str, str]:
    """Return the period that the article reports on, and how; two empty strings when it does not tell.

    It is the first period of the headline; for a report whose headline names none, the past year that its text opens
    with. The current year is no reporting period: it tells nothing that the date does not.
    """
    period = _of_title(article.title, date)
    if period:
        return period, "title"
    if _tools()[2].report(article.title):
        for seen in _seen(article, taken):
            if seen.year and seen.shape == "year" and not seen.compared:
                past = bool(date) and seen.year == periods.year_of(date) - 1
                return (str(seen.year), "text of a report") if past else ("", "")
    return "", ""


def _of_title(title: str, date: str) -> str:
    """Return the period reported on that a headline names, "" when it names none or the current year."""
    finder, resolver, cues = _tools()
    view = View(title, (Piece(0, 0, len(title)),))
    found = [c for c in finder.find(title) if c.kind == "time"]
    article = ArticleText(0, title, None, (Paragraph(view, "title", 0, ()),))
    resolved = resolver.resolve(article, [found], Frame(date=date))[0]
    for candidate, period in zip(found, resolved, strict=True):
        if _is_reported(candidate, period) and period is not None:
            around = cues.around(title, candidate.start, candidate.end)
            past = not date or (periods.end(period.value) <= periods.end(date) and period.value != date[:4])
            recent = not date or periods.year_of(period.value) >= periods.year_of(date) - 1
            if past and recent and not around.future and not around.compared:
                return period.value
    return ""


def _is_reported(candidate: Candidate, period: Period | None) -> bool:
    reading = candidate.reading
    return period is not None and isinstance(reading, TimeExpression) and reading.shape in _REPORTED
