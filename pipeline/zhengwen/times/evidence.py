"""What an article itself tells about its year of publication and the period that it reports on."""

from __future__ import annotations

from collections.abc import Sequence

from zhengwen.stages import ArticleText, Candidate

__all__ = ["published_year", "reporting_period"]


def published_year(article: ArticleText, taken: Sequence[Sequence[Candidate]]) -> tuple[str, str]:
    """Return the year of publication that the text gives away, and how; two empty strings when it does not."""
    return "", ""


def reporting_period(article: ArticleText, taken: Sequence[Sequence[Candidate]], date: str) -> tuple[str, str]:
    """Return the period that the article reports on, and how; two empty strings when it does not tell."""
    return "", ""
