"""A reader of times for the tests: text and anchors in, spans and values out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from zhengwen.rules import load
from zhengwen.stages import ArticleText, Candidate, Frame, Paragraph
from zhengwen.times import Times
from zhengwen.views import View

Read = Callable[..., list[tuple[str, str | None]]]


def article_of(text: str, *, title: str = "", labels: str = "") -> ArticleText:
    """Make an article of a text, one paragraph a line; `labels` names them (all body when left out)."""
    lines = text.split("\n")
    names = labels.split() or ["body"] * len(lines)
    return ArticleText(
        1,
        title,
        None,
        tuple(
            Paragraph(View.of(line, [(0, len(line))]), name, 1, (i,))
            for i, (line, name) in enumerate(zip(lines, names, strict=True))
        ),
    )


@pytest.fixture(scope="session")
def times() -> Times:
    """The recogniser, built once."""
    return Times(load(None))


@pytest.fixture(scope="session")
def taken(times: Times) -> Callable[[ArticleText], list[list[Candidate]]]:
    """Find the times of each paragraph, as if the arbiter had taken them all."""

    def find(article: ArticleText) -> list[list[Candidate]]:
        return [[c for c in times.find(p.view.text) if c.kind == "time"] for p in article.paragraphs]

    return find


@pytest.fixture(scope="session")
def read(times: Times, taken: Callable[[ArticleText], list[list[Candidate]]]) -> Read:
    """Return (words, value) of every time of a text."""

    def run(
        text: str, date: str = "2021-05-20", reporting: str = "", title: str = "", labels: str = ""
    ) -> list[tuple[str, str | None]]:
        article = article_of(text, title=title, labels=labels)
        found = taken(article)
        resolved = times.resolve(article, found, Frame(date=date, reporting=reporting))
        return [
            (p.view.text[c.start : c.end], period.value if period else None)
            for p, cs, ps in zip(article.paragraphs, found, resolved, strict=True)
            for c, period in zip(cs, ps, strict=True)
        ]

    return run
