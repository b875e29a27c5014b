"""Texts as the row rules see them, for the tests: read by the engine, or put together by hand."""

from __future__ import annotations

import re
from decimal import Decimal

from zhengwen.engine import Engine
from zhengwen.reading import page_of
from zhengwen.rows.clauses import Item, Text
from zhengwen.rows.drafts import Draft
from zhengwen.stages import Candidate, NameMention, Period, Quantity
from zhengwen.views import View

__all__ = ["comparisons", "draft_of", "figure", "item", "name", "read", "text_of", "time"]


def read(engine: Engine, text: str, date: str = "2023-02-05") -> Text:
    """Return the text's only paragraph as the row rules see it, its items found by the real recognisers."""
    study = engine.study(page_of(text, date=date)).articles[0]
    (paragraph,) = study.article.paragraphs
    return Text(paragraph.view, study.verdicts[0].taken, study.periods[0], comparisons(engine))


def comparisons(engine: Engine) -> dict[str, re.Pattern[str]]:
    """Return the patterns of the times that comparisons name."""
    return {r.id.rpartition(".")[2]: r.regex for r in engine.rules.of("rows/comparisons")}


def text_of(text: str, *taken: Candidate, periods: tuple[Period | None, ...] = ()) -> Text:
    """Return a text with readings put in by hand."""
    times = sum(c.kind == "time" for c in taken)
    return Text(View.of(text, [(0, len(text))]), taken, periods or (None,) * times, {})


def figure(text: str, words: str, kind: str = "count", unit: str | None = "个", value: str = "1") -> Candidate:
    """Return a figure's reading where `words` first stand in the text."""
    start = text.index(words)
    number = Decimal(value)
    quantity = Quantity(number, number, number, None, unit, kind, number_printed=value)
    return Candidate(start, start + len(words), "figure", "test", 50, quantity)


def name(text: str, words: str, kind: str = "place") -> Candidate:
    """Return a name's reading where `words` first stand in the text."""
    start = text.index(words)
    return Candidate(start, start + len(words), "name", "test", 80, NameMention(words, kind))


def time(text: str, words: str) -> Candidate:
    """Return a time's reading where `words` first stand in the text."""
    start = text.index(words)
    return Candidate(start, start + len(words), "time", "test", 60)


def item(text: Text, words: str) -> Item:
    """Return the item whose words these are."""
    (found,) = [i for i in text.items if text.text[i.start : i.end] == words]
    return found


def draft_of(text: Text, words: str, paragraph: int = 0) -> Draft:
    """Return a new draft of the figure whose words these are."""
    found = item(text, words)
    return Draft(text, found, paragraph, found.quantity)
