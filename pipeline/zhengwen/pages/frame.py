"""The publication date and the place of an article."""

from __future__ import annotations

from collections.abc import Sequence

from zhengwen.rules import Rules
from zhengwen.stages import ArticleText, Candidate, Frame, Layout

__all__ = ["Framer"]


class Framer:
    """Finds what holds for a whole article."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules

    def frame(self, layout: Layout, article: ArticleText, taken: Sequence[Sequence[Candidate]]) -> Frame:
        """Return the article's frame."""
        meta = layout.page.meta
        return Frame(date=meta.date, date_from=(meta.date_from or "meta") if meta.date else "", place=meta.place)
