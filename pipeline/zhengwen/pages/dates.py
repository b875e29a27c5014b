"""When an article was published: its metadata, its page, its address, its dateline, then what its text implies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from zhengwen.rules import Rules
from zhengwen.stages import ArticleText, Candidate, Meta

__all__ = ["Publication", "Published"]

_DIGITS = {c: str(i) for i, c in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0", "Ｏ": "0", "O": "0"}
_TEXT_HEAD = 3
Evidence = Callable[[ArticleText, Sequence[Sequence[Candidate]]], tuple[str, str] | None]


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date, as exact as known, and where it was found."""

    date: str = ""
    found: str = ""


class Publication:
    """Finds publication dates by the rules of `rules/pages/dates.toml`."""

    def __init__(self, rules: Rules) -> None:
        self._by_role: dict[str, re.Pattern[str]] = {r.yields["role"]: r.regex for r in rules.of("pages/dates")}

    def find(self, meta: Meta, article: ArticleText, year: Callable[[], tuple[str, str]]) -> Published:
        """Return the date; `year` is asked for the year that the text implies only when nothing prints one."""
        known = Published(meta.date, meta.date_from or "meta") if meta.date else None
        if known and len(known.date) >= 10:
            return known
        for found in self._printed(meta, article):
            if known is None or found.date.startswith(known.date):
                return found
        implied, how = (known.date, known.found) if known else year()
        days = list(self._days(article))
        if implied and len(implied) == 4 and days:
            return Published(f"{implied}-{days[0].date}", f"{how}+{days[0].found}")
        if days and days[0].date[:1] == "2" and not implied:
            return days[0]
        return known or Published(implied, how if implied else "")

    def of_page(self, texts: Iterable[str]) -> Published:
        """Return the first whole date among the furniture of a whole page (a newspaper's head, a site's)."""
        for text in texts:
            found = self._by_role["printed"].search(text)
            if found and found["day"]:
                return Published(_iso(found), "page")
        return Published()

    def _printed(self, meta: Meta, article: ArticleText) -> Iterator[Published]:
        """Yield whole dates from the page's own marks, then from its address, then from a dateline with a year."""
        for paragraph in article.paragraphs:
            if paragraph.label in {"furniture", "byline"}:
                found = self._printed_day(paragraph.view.text)
                if found:
                    yield Published(_iso(found), "page")
                chinese = self._by_role["chinese"].search(paragraph.view.text)
                if chinese:
                    yield Published(_chinese(chinese), "page")
            for role in ("titled", "keyed", "session") if paragraph.label in {"title", "deck"} else ():
                titled = self._by_role[role].search(paragraph.view.text)
                if titled:
                    yield Published(_iso(titled), "title")
        for paragraph in [p for p in article.paragraphs if p.label == "body"][-1:]:
            signed = self._by_role["signed"].search(paragraph.view.text)
            if signed:
                yield Published(_iso(signed), "signed")
        address = self._by_role["address"].search(meta.url) if meta.url else None
        if address:
            yield Published(_iso(address), "url")
        for text in _opening(article):
            found = self._by_role["dateline"].match(text)
            if found and found["year"]:
                yield Published(_iso(found), "dateline")

    def _printed_day(self, text: str) -> re.Match[str] | None:
        """Return the first whole day of a line, else its first month: 2022年9月零售总额 2022-10-25."""
        month = None
        for found in self._by_role["printed"].finditer(text):
            if found["day"]:
                return found
            month = month or found
        return month

    def _days(self, article: ArticleText) -> Iterator[Published]:
        """Yield month and day where the opening names them without a year."""
        for text in _opening(article):
            found = self._by_role["dateline"].match(text)
            if found:
                yield Published(f"{int(found['month']):02}-{int(found['day']):02}", "dateline")
        for text in _opening(article):
            today = self._by_role["today"].search(text)
            if today:
                yield Published(f"{int(today['month']):02}-{int(today['day']):02}", "today")


def _opening(article: ArticleText) -> list[str]:
    """Return the first texts of the article."""
    texts = [p.view.text for p in article.paragraphs if p.label in {"body", "lede"}]
    return texts[:_TEXT_HEAD]


def _iso(found: re.Match[str]) -> str:
    parts = found.groupdict()
    day = parts.get("day")
    return f"{parts['year']}-{int(parts['month']):02}" + (f"-{int(day):02}" if day else "")


def _chinese(found: re.Match[str]) -> str:
    year = "".join(_DIGITS.get(c, c) for c in found["year"])
    return f"{year}-{_small(found['month']):02}-{_small(found['day']):02}"


def _small(text: str) -> int:
    """Read a Chinese numeral below 100."""
    if "十" not in text:
        return int(_DIGITS[text])
    tens, _, ones = text.partition("十")
    return int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0"))
