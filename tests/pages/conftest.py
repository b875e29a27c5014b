"""Pages are built once; `label` gives a page's lines as (text, label, article), joined ones with ↳."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from zhengwen.pages import Pages
from zhengwen.rules import load
from zhengwen.stages import Layout, Meta, Page

Labels = list[tuple[str, str, int]]


@pytest.fixture(scope="session")
def pages() -> Pages:
    return Pages(load())


@pytest.fixture(scope="session")
def divide(pages: Pages) -> Callable[..., Layout]:
    def divided(text: str, **meta: str) -> Layout:
        return pages.divide(Page("page", text, Meta(**meta)))

    return divided


@pytest.fixture(scope="session")
def label(divide: Callable[..., Layout]) -> Callable[..., Labels]:
    def labelled(text: str, **meta: str) -> Labels:
        layout = divide(text, **meta)
        return [(text[b.start : b.end][:12], ("↳" if b.joins else "") + b.label, b.article) for b in layout.blocks]

    return labelled
