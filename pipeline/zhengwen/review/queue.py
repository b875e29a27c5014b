"""The queue of a run's figures: the least certain first, narrowed to what a reviewer asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhengwen.records import Article, Figure, Record
from zhengwen.review.ledger import Ledger
from zhengwen.stages import Page

__all__ = ["SHOWN", "Asked", "Queue", "Seen"]

SHOWN = ("open", "all", "mine", "disputed", "again", "rejected", "added")
"""What a reviewer can ask for: what is waiting for him, everything, what he judged, disputes, rows that changed since
they were judged, what was struck out, what was added."""

_UNKNOWN = 0.5
"""The certainty of a row that too few labelled rows are like to measure it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure with the page that it stands in."""

    figure: Figure
    page: Page
    records: Sequence[Record]
    article: Article | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reviewer wants to see: `show` one of `SHOWN`, `order` doubt or text, `words` to be found in the row."""

    who: str = ""
    show: str = "open"
    order: str = "doubt"
    article: str = ""
    words: str = ""
    incidental: bool = False
    offset: int = 0
    limit: int = 100


class Queue:
    """The figures of a run in both orders."""

    def __init__(self, places: Sequence[Seen], ledger: Ledger) -> None:
        self._ledger = ledger
        self._text = list(places)
        self._doubt = sorted(places, key=_doubt)

    def add(self, place: Seen) -> None:
        """Take a figure that was added: behind the last one before it on its page, and among the doubtful."""
        where = (place.figure.source, place.figure.start)
        before = [i for i, p in enumerate(self._text) if p.figure.source == where[0] and p.figure.start < where[1]]
        first = next((i for i, p in enumerate(self._text) if p.figure.source == where[0]), len(self._text))
        self._text.insert(before[-1] + 1 if before else first, place)
        self._doubt.append(place)
        self._doubt.sort(key=_doubt)

    def remove(self, figure_id: str) -> None:
        """Take a figure out."""
        self._text = [p for p in self._text if p.figure.figure_id != figure_id]
        self._doubt = [p for p in self._doubt if p.figure.figure_id != figure_id]

    def find(self, asked: Asked, elsewhere: set[str]) -> tuple[int, list[Seen]]:
        """Return how many figures fit and those from `offset` on; what others are looking at comes last."""
        words = asked.words.lower().split()
        order = self._text if asked.order == "text" else self._doubt
        fit = [p for p in order if self._fits(p.figure, asked) and all(w in _words(p) for w in words)]
        if asked.show == "open" and elsewhere:
            fit.sort(key=lambda p: p.figure.figure_id in elsewhere)
        return len(fit), fit[asked.offset : asked.offset + asked.limit]

    def _fits(self, figure: Figure, asked: Asked) -> bool:
        if figure.tier == "incidental" and not asked.incidental:
            return False
        if asked.article and figure.article_id != asked.article:
            return False
        if asked.show == "all":
            return True
        spoken = self._ledger.spoken(figure.figure_id, asked.who)
        if asked.show == "mine":
            return spoken
        if asked.show == "added":
            return figure.figure_id in self._ledger.adds
        state = self._ledger.mark(figure).state
        if asked.show == "open":
            # A row that changed since it was judged waits for whoever judged it, too.
            return state == "again" or (state in ("open", "answered", "disputed") and not spoken)
        return state == asked.show


def _doubt(place: Seen) -> tuple[float, str, int]:
    f = place.figure
    return (_UNKNOWN if f.confidence is None else f.confidence, f.source, f.start)


def _words(place: Seen) -> str:
    f = place.figure
    said = (f.subject, f.indicator, f.period, f.text, f.sentence, place.article.title if place.article else "")
    return "\n".join(w for w in said if w).lower()
