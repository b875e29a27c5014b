"""What the tests of the entity stage share: one stage, and pages made of plain paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from zhengwen import arbiter
from zhengwen.entities import Book, Entities
from zhengwen.rules import load
from zhengwen.stages import ArticleText, Candidate, Frame, Layout, Meta, NameMention, Page, Paragraph
from zhengwen.views import View


@pytest.fixture(scope="session")
def stage() -> Entities:
    return Entities(load())


def layout_of(text: str, meta: Meta | None = None) -> Layout:
    """One article whose paragraphs are the lines of `text`."""
    paragraphs, at = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            paragraphs.append(Paragraph(View.of(text, [(at, at + len(line))]), "body", 1, (number,)))
        at += len(line) + 1
    return Layout(Page("test.txt", text, meta or Meta()), (), (ArticleText(1, "", None, tuple(paragraphs)),))


def names_of(candidates: Iterable[list[Candidate]]) -> list[tuple[str, str]]:
    found = (c.reading for group in candidates for c in group)
    return [(m.name, m.type) for m in found if isinstance(m, NameMention)]


@pytest.fixture
def names(stage: Entities) -> Callable[[str], list[tuple[str, str]]]:
    """The names proposed for a text, in order, with their types."""
    return lambda text: names_of(stage.propose(layout_of(text)).values())


@pytest.fixture
def book(stage: Entities) -> Callable[..., Book]:
    """The book of a text, after the arbiter."""

    def make(text: str, *, date: str = "", place: str = "") -> Book:
        layout = layout_of(text)
        taken = {k: arbiter.decide(v).taken for k, v in stage.propose(layout).items()}
        return stage.collect(layout, taken, [Frame(date=date, place=place)])

    return make


@pytest.fixture
def weights(stage: Entities) -> Callable[[str], list[int]]:
    """The weights of the names proposed for a text."""
    return lambda text: [c.weight for group in stage.propose(layout_of(text)).values() for c in group]
