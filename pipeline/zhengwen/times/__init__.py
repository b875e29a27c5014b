"""Times: where a text names a date or period, and which one it is.

`Times.find` proposes expressions with what their words say; `Times.resolve` puts them on the calendar, against the
period that the article reports on or its publication date. `periods` is the arithmetic of the contract's notation.
"""

from __future__ import annotations

from collections.abc import Sequence

from zhengwen.rules import Rules
from zhengwen.stages import ArticleText, Candidate, Frame, Period
from zhengwen.times.expressions import Finder
from zhengwen.times.resolving import Resolver

__all__ = ["Times"]


class Times:
    """The recogniser and resolver of times; built once from the rules."""

    def __init__(self, rules: Rules) -> None:
        self._finder = Finder(rules)
        self._resolver = Resolver(rules)

    def complete(self) -> None:
        """Compile every pattern now, not when a text first asks for it."""
        self._finder.complete()

    def find(self, text: str) -> list[Candidate]:
        """Return candidates of kind time (with a TimeExpression) and label (clock times alone), by position."""
        return self._finder.find(text)

    def resolve(
        self, article: ArticleText, taken: Sequence[Sequence[Candidate]], frame: Frame
    ) -> list[list[Period | None]]:
        """Return, parallel to `taken` (per paragraph), the period of each time; None where there is none."""
        return self._resolver.resolve(article, taken, frame)
