"""A figure that the program missed, made of a piece of text that somebody marked: its number read, more proposed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from zhengwen.errors import BadInput
from zhengwen.ids import figure_id
from zhengwen.reading import page_of
from zhengwen.records import Article, Figure, Record
from zhengwen.review.added import RULE, article_at
from zhengwen.review.typed import sentence_of
from zhengwen.stages import Page
from zhengwen.times.periods import bounds

__all__ = ["Draft", "drafted", "filled"]

_LONGEST = 60
_EDGES = " \t\r\n\u3000，。；、,;：:"


@dataclass(frozen=True, slots=True)
class Draft:
    """A figure to be filled in by a person; `taken` are the slots proposed from the figure before it."""

    figure: Figure
    taken: tuple[str, ...] = ()


def drafted(
    page: Page, records: Sequence[Record], start: int, end: int, read: Callable[[Page], Sequence[Record]]
) -> Draft:
    """Return the figure that `start:end` of a page holds: the number in it, its unit, and proposed slots.

    What is marked too wide is narrowed to the number with its unit; what holds no number that can be read is taken as
    it is, to be filled in. Subject and period are proposed from the nearest figure before it.
    """
    if not 0 <= start < end <= len(page.text):
        raise BadInput("no such place in the page", code="missing", where=f"{start}:{end}")
    start, end = _trimmed(page.text, start, end)
    if end - start > _LONGEST or start >= end:
        raise BadInput(f"mark the number with its unit alone (at most {_LONGEST} characters)", code="usage")
    marked = page.text[start:end]
    inside = [r for r in read(page_of(marked)) if isinstance(r, Figure)]
    if inside:
        found = inside[0]
        start, end = start + found.start, start + found.end
    else:
        found = Figure(source="", figure_id="", article_id="", start=0, end=end - start, text=marked)
    there = [r for r in records if isinstance(r, Figure)]
    taken = next((f for f in there if f.start < end and start < f.end), None)
    if taken is not None:
        raise BadInput("there is a figure already", code="taken", where=taken.figure_id)
    article_id = article_at(records, start)
    if not article_id:
        raise BadInput("this line belongs to no article", code="usage", where=marked)
    near = [f for f in there if f.article_id == article_id and f.start < start]
    subject, period = _proposed(near, records, article_id)
    figure = replace(
        found,
        source=page.source,
        figure_id=figure_id(article_id, start, end),
        article_id=article_id,
        start=start,
        end=end,
        text=page.text[start:end],
        subject=subject,
        period=period,
        indicator=found.indicator if inside and found.indicator else None,
        sentence=sentence_of(page.text, start, end),
        tier="count" if found.kind in ("count", "number") else "statistic",
        rule=RULE,
        confidence=None,
        inherited={},
        reasons={},
        part_of=None,
        same_as=None,
    )
    return Draft(figure, tuple(s for s in ("subject", "period") if getattr(figure, s)))


def filled(draft: Draft, slots: Mapping[str, Any]) -> Figure:
    """Return a drafted figure with its slots as a person gave them. `BadInput` for one without a value or indicator."""
    figure = draft.figure
    changed = {s: v for s, v in slots.items() if s != "value"}
    if "value" in slots:
        changed |= _value(slots["value"])
    if "period" in slots:
        first, last = (bounds(slots["period"]) if slots["period"] else None) or ("", "")
        changed |= {"period_start": first, "period_end": last}
    figure = replace(figure, **changed)
    if figure.value is None and figure.low is None and not figure.terms:
        raise BadInput("value missing: 12.5 in the unit of the row, 10~15, or 1:2:3", code="correction", where="value")
    if not figure.indicator:
        raise BadInput("indicator missing: what is measured", code="correction", where="indicator")
    return figure


def _proposed(near: Sequence[Figure], records: Sequence[Record], article_id: str) -> tuple[str | None, str | None]:
    if near:
        return near[-1].subject, near[-1].period
    article = next((r for r in records if isinstance(r, Article) and r.article_id == article_id), None)
    return (article.place if article else None), None


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def _value(said: Any) -> dict[str, Any]:
    """Return a value as people write it as the fields of a record: a number, a range 10~15, a ratio 1:2:3."""
    text = str(said)
    if "~" in text:
        low, high = (Decimal(part) for part in text.split("~"))
        return {"value": None, "low": low, "high": high, "terms": None}
    if ":" in text:
        return {"value": None, "low": None, "high": None, "terms": tuple(Decimal(part) for part in text.split(":"))}
    return {"value": Decimal(text), "low": Decimal(text), "high": Decimal(text), "terms": None}
