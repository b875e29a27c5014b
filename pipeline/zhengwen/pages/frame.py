"""The frame of an article: its publication date, its place, and the period that it reports on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from zhengwen.pages.dates import Publication, Published
from zhengwen.pages.places import PlaceFinder
from zhengwen.rules import Rules
from zhengwen.stages import ArticleText, Candidate, Frame, Layout

__all__ = ["Framer"]

_WHOLE_DAY = 10
_GREETING = "pages.greeting"
"""The day in a site's greeting is the day on which somebody read the page."""


class Framer:
    """Finds what holds for a whole article."""

    def __init__(self, rules: Rules) -> None:
        self._publication = Publication(rules)
        self._places = PlaceFinder(rules)

    def frame(self, layout: Layout, article: ArticleText, taken: Sequence[Sequence[Candidate]]) -> Frame:
        """Return the article's frame; `taken` are the arbiter's candidates of each paragraph."""
        published = self._published(layout, article, taken)
        return self._frame(layout, article, taken, published)

    def frames(self, layout: Layout, taken: Sequence[Sequence[Sequence[Candidate]]]) -> list[Frame]:
        """Return all frames of a page; an article without a date takes the one of the page's other articles."""
        pairs = list(zip(layout.articles, taken, strict=True))
        found = [self._published(layout, article, t) for article, t in pairs]
        head = self._of_page(layout)
        found = [p if len(p.date) >= len(head.date) or not head.date.startswith(p.date) else head for p in found]
        whole = {p.date: p for p in found if len(p.date) == _WHOLE_DAY}
        if len(whole) == 1:
            day = next(iter(whole.values()))
            shared_day = Published(day.date, f"page: {day.found}")
            found = [shared_day if p.date and p.date != day.date and day.date.startswith(p.date) else p for p in found]
        dated = [p for p in found if p.date]
        shared = Published(dated[0].date, f"page: {dated[0].found}") if dated else Published()
        if any(p.date[:4] != shared.date[:4] for p in dated):
            shared = Published()
        framed = [self._frame(layout, a, t, p if p.date else shared) for (a, t), p in zip(pairs, found, strict=True)]
        return self._share_places(framed, layout.articles)

    def _share_places(self, frames: Sequence[Frame], articles: Sequence[ArticleText]) -> list[Frame]:
        """Give an article whose 全县 its own text never names the one place of the page that answers it."""
        known = {f.place for f in frames if f.place}
        shared = known.pop() if len(known) == 1 else ""
        return [
            replace(f, place=shared, place_from="page")
            if shared and not f.place and self._places.answers(shared, a)
            else f
            for f, a in zip(frames, articles, strict=True)
        ]

    def _of_page(self, layout: Layout) -> Published:
        """Return the date in the page's own head: its furniture over the first text, or over the first brief."""
        first = min((b.line for b in layout.blocks if b.label != "furniture"), default=0)
        read = {b.line for b in layout.blocks if b.rule == _GREETING}
        return self._publication.of_page(
            p.view.text for p in layout.furniture if p.lines[0] < first and p.lines[0] not in read
        )

    def _published(self, layout: Layout, article: ArticleText, taken: Sequence[Sequence[Candidate]]) -> Published:
        from zhengwen.times import evidence

        return self._publication.find(layout.page.meta, article, lambda: evidence.published_year(article, taken))

    def _frame(
        self, layout: Layout, article: ArticleText, taken: Sequence[Sequence[Candidate]], published: Published
    ) -> Frame:
        from zhengwen.times import evidence

        place, how = self._places.find(layout, article, taken)
        return Frame(
            date=published.date,
            date_from=published.found,
            place=place,
            place_from=how,
            reporting=evidence.reporting_period(article, taken, published.date)[0],
        )
