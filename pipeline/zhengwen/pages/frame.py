"""The frame of an article: its publication date, its place, and the period that it reports on."""

from __future__ import annotations

from collections.abc import Sequence

from zhengwen.pages.dates import Publication
from zhengwen.pages.places import PlaceFinder
from zhengwen.rules import Rules
from zhengwen.stages import ArticleText, Candidate, Frame, Layout

__all__ = ["Framer"]


class Framer:
    """Finds what holds for a whole article."""

    def __init__(self, rules: Rules) -> None:
        self._publication = Publication(rules)
        self._places = PlaceFinder(rules)

    def frame(self, layout: Layout, article: ArticleText, taken: Sequence[Sequence[Candidate]]) -> Frame:
        """Return the article's frame; `taken` are the arbiter's candidates of each paragraph."""
        from zhengwen.times import evidence

        published = self._publication.find(
            layout.page.meta, article, lambda: evidence.published_year(article, taken) or ("", "")
        )
        reporting = evidence.reporting_period(article, taken, published.date)
        place, how = self._places.find(layout, article, taken)
        return Frame(
            date=published.date,
            date_from=published.found,
            place=place,
            place_from=how,
            reporting=reporting[0] if reporting else "",
        )
