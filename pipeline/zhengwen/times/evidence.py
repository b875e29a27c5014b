"""What an article itself tells about its year of publication and the period that it reports on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from zhengwen.fixed import fixed
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
_SEASONS = frozenset("春夏秋冬")
_IS = frozenset("是作")
_OF_A_YEAR = ("day", "month", "quarter", "half", "edge_month", "ten_days")
_DECEMBER = 12
_OFTEN = 3
"""A year told less often than this is no evidence."""
_SENTENCE_END = re.compile("[。！？!?\n]")


@fixed
class _Seen:
    """A time of the article: where, what it says, and how it stands."""

    paragraph: int
    sentence: int
    shape: str
    word: str
    year: int
    same: bool
    compared: bool
    future: bool
    named: bool = False
    """The year is spoken about and no time of a fact: 2021年是…."""
    month: int = 0
    """The month up to which something is told: 截至2023年11月."""
    season: bool = False
    """Only a season of the year is told of: 2023年秋季."""


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
            same, future = "same" in reading.parts, around.future or around.bound
            after = text[candidate.end : candidate.end + 1]
            compared, named, season = around.compared, after in _IS, after in _SEASONS
            month = int(reading.parts.get("month") or "0") if around.as_of else 0
            yield _Seen(number, sentence, reading.shape, word, year, same, compared, future, named, month, season)


def published_year(article: ArticleText, taken: Sequence[Sequence[Candidate]]) -> tuple[str, str]:
    """Return the year of publication that the text gives away, and how; two empty strings when it does not.

    去年 compared with 2019年 is 2020, so the text is of 2021. Else the latest year told as fact, when it is told
    often: it is the text's own when the text says 今年 or names months of it, the one before when it says only 去年.
    """
    seen = list(_seen(article, taken))
    for last in (s for s in seen if s.word == "去"):
        beside = [s for s in seen if (s.paragraph, s.sentence) == (last.paragraph, last.sentence)]
        before = [s.year for s in beside if s.compared and s.year and not s.same]
        if before and not any(s.word == "今" for s in beside):
            return str(before[0] + 2), "去年 is compared with the year before it"
    words = {s.word for s in seen if not s.same}
    told = [s for s in seen if s.year and not s.compared and not s.future and s.shape not in ("plan", "decade")]
    latest = max((s.year for s in told), default=0)
    of_latest = [s for s in told if s.year == latest]
    if not words & {"今", "去"}:
        return _by_the_count(seen, latest)
    if not of_latest:
        return "", ""
    if "今" in words and latest and _tools()[2].year_end(article.title, latest):
        return str(latest), "the headline is that of a summary of the year, or of a part of it"
    if len(of_latest) < _OFTEN or 2 * len(of_latest) < len(told):
        return _by_the_last(seen, of_latest)
    if "今" in words or any(s.shape not in _WHOLE for s in of_latest):
        return str(latest), "the year that it speaks of most is its own"
    return str(latest + 1), "去年, and the last year that it speaks of is told whole"


def _by_the_count(seen: Sequence[_Seen], latest: int) -> tuple[str, str]:
    """Return the year of the last month up to which something is told, the next one behind December."""
    up_to = max(((s.year, s.month) for s in seen if s.year and 1 <= s.month <= _DECEMBER), default=(0, 0))
    if not up_to[0] or up_to[0] < latest:
        return "", ""
    return str(up_to[0] + (up_to[1] == _DECEMBER)), "what is told up to a month of the last year"


def _by_the_last(seen: Sequence[_Seen], of_latest: Sequence[_Seen]) -> tuple[str, str]:
    """Return the year of publication by the last year told, when few places tell of it.

    A season of it, or a day beside it without a year, makes it the text's own; 今年 behind it in a sentence makes it
    the year before, and so does a text that tells of it as a whole and says 去年 or 今年 elsewhere.
    """
    if any(s.named or s.shape not in _WHOLE for s in of_latest):
        return "", ""
    year = of_latest[0].year
    places = {(s.paragraph, s.sentence) for s in of_latest}
    beside = [s for s in seen if (s.paragraph, s.sentence) in places and not s.year]
    if any(s.word == "今" and not s.same for s in beside):
        return str(year + 1), "今年 stands behind the last year told"
    if any(s.season for s in of_latest) or any(s.shape in _OF_A_YEAR and not s.word for s in beside):
        return str(year), "a season or a day of the last year told"
    return str(year + 1), "the last year that it speaks of is told whole, and 去年 or 今年 beside it"


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
            if past and recent and not (around.future or around.compared or around.since):
                return period.value
    return ""


def _is_reported(candidate: Candidate, period: Period | None) -> bool:
    reading = candidate.reading
    return period is not None and isinstance(reading, TimeExpression) and reading.shape in _REPORTED
