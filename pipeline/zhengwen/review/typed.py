"""Figures that the program missed: typed by a reviewer into a row of their own, found in the text, kept in the log.

Such a row has no `figure_id`. What it needs is the figure as printed, and the sentence it stands in where that is not
the only place; value, unit and kind are read from the text where the reviewer leaves them out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from zhengwen.engine import Engine
from zhengwen.ids import figure_id
from zhengwen.reading import page_of
from zhengwen.records import Figure, Record
from zhengwen.review.added import RULE, article_at, as_new
from zhengwen.review.corrections import Corrections, numbers_of
from zhengwen.review.log import SLOTS, WHOLE, Decision, anchor_of, slots_of
from zhengwen.stages import Page
from zhengwen.times.periods import bounds

__all__ = ["Typed", "sentence_of"]

Pages = Sequence[tuple[Page, list[Record]]]
_CUT = re.compile(r"^[…\s]+|[…\s]+$")
_ENDS = "。！？!?；;\n\r"


class Typed:
    """Turns rows without a `figure_id` into decisions to add a figure; what cannot be one is a `ValueError`."""

    def __init__(self, pages: Pages, corrections: Corrections, engine: Callable[[], Engine]) -> None:
        self._pages, self._corrections, self._engine = pages, corrections, engine

    def read(self, cells: Mapping[str, Any], who: str, source: str) -> Decision:
        """Return the decision that a row stands for; `source` names the tool that it was typed in."""
        printed = _said(cells, "printed")
        if not printed:
            raise ValueError("a row without figure_id adds a figure that was missed: it needs “as printed”")
        page, records, start, end = self._place(printed, cells)
        figure = self._figure(page, records, start, end, cells)
        return Decision(
            figure.figure_id, who, "add", WHOLE, new=as_new(figure), source=source, anchor=anchor_of(figure, page.text)
        )

    def _place(self, printed: str, cells: Mapping[str, Any]) -> tuple[Page, list[Record], int, int]:
        """Return where a figure stands: in the sentence that the row names, where no other figure is."""
        named, sentence = _said(cells, "source"), _CUT.sub("", _said(cells, "sentence"))
        if sentence and not _spans(sentence, printed):
            raise ValueError(f"{printed} is not in its sentence")
        places, taken = [], None
        for page, records in self._pages:
            if named and not page.source.endswith(named):
                continue
            figures = [r for r in records if isinstance(r, Figure) and r.rule != RULE]
            for low, high in _spans(page.text, sentence) if sentence else [(0, len(page.text))]:
                for start, end in _spans(page.text, printed, low, high):
                    other = next((f for f in figures if f.start < end and start < f.end), None)
                    taken = taken or other
                    places += [] if other else [(page, records, start, end)]
        if len(places) == 1:
            return places[0]
        if places:
            raise ValueError(f"{printed} stands at {len(places)} places: give its sentence, and its source")
        if taken:
            raise ValueError(f"{printed} is there already: {taken.figure_id}, “{taken.text}”")
        raise ValueError(f"{printed} is in no text of this run" + (" with that sentence" if sentence else ""))

    def _figure(self, page: Page, records: Sequence[Record], start: int, end: int, cells: Mapping[str, Any]) -> Figure:
        """Return the figure that a row makes: what the text says of itself, and what the reviewer says."""
        text, article_id = page.text[start:end], article_at(records, start)
        alone = next((r for r in self._engine().read(page_of(text)) if isinstance(r, Figure) and r.text == text), None)
        slots = {slot: value for slot, value in (slots_of(alone) if alone else {}).items() if value is not None}
        for slot in SLOTS:
            said = next((v for v in (cells.get(f"fix_{slot}"), cells.get(slot)) if v not in (None, "")), None)
            if said is not None:
                slots[slot] = self._corrections.read(slot, said)
        lacks = [slot for slot in ("value", "indicator") if slots.get(slot) is None]
        if lacks:
            raise ValueError(f"{text}: {' and '.join(lacks)} missing")
        if not article_id:
            raise ValueError(f"{text} stands in no article")
        first, last = (bounds(slots["period"]) if slots.get("period") else None) or ("", "")
        numbers = {name: _exact(value) for name, value in numbers_of(slots.pop("value")).items()}
        made: dict[str, Any] = {**slots, **numbers, "period_start": first, "period_end": last}
        made["kind"] = alone.kind if alone else "rank" if slots.get("measure") == "rank" else "count"
        return Figure(
            source=page.source,
            figure_id=figure_id(article_id, start, end),
            article_id=article_id,
            start=start,
            end=end,
            text=text,
            tier="count" if made["kind"] in ("count", "number") else "statistic",
            sentence=sentence_of(page.text, start, end),
            rule=RULE,
            **made,
        )


def _exact(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(Decimal(str(v)) for v in value)
    return None if value is None else Decimal(str(value))


def _said(cells: Mapping[str, Any], column: str) -> str:
    return str(cells.get(column) or "").strip()


def _spans(text: str, wanted: str, low: int = 0, high: int | None = None) -> list[tuple[int, int]]:
    """Return where `wanted` stands in a part of a text, whole or broken by line ends and blanks."""
    letters = "".join(wanted.split())
    if not letters:
        return []
    pattern = re.compile(r"\s*".join(map(re.escape, letters)))
    return [m.span() for m in pattern.finditer(text, low, len(text) if high is None else high)]


def sentence_of(text: str, start: int, end: int) -> str:
    """Return the sentence that a piece of a text stands in, without line breaks."""
    left = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    right = min((at for mark in _ENDS if (at := text.find(mark, end)) >= 0), default=len(text))
    return re.sub(r"\s*[\r\n]\s*", "", text[left:right]).strip()
