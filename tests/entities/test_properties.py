"""Any text: no exception, spans inside the paragraph, none overlapping, and linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengwen import arbiter
from zhengwen.entities import Entities
from zhengwen.entities.words import Words
from zhengwen.rules import load
from zhengwen.stages import ArticleText, Layout, Page, Paragraph
from zhengwen.views import View

STAGE = Entities(load())
PIECES = (
    "记者 王 李 市长 北京 北京市 路 村 公司 有限公司 、 ， 。 （ ） 《 》 “ ” · 等 3 个 项目 的 在 和"
    " 局 第 一 中学 \n 至 段 a 𠮷 \u3000"
).split(" ")


def layout_of(text: str) -> Layout:
    spans = [(0, len(text))] if text else []
    paragraphs = tuple(Paragraph(View.of(text, [s]), "body", 1, (1,)) for s in spans)
    return Layout(Page("t", text), (), (ArticleText(1, "", None, paragraphs),))


def run(text: str) -> None:
    layout = layout_of(text)
    found = STAGE.propose(layout)
    for names in found.values():
        last = 0
        for name in names:
            assert last <= name.start < name.end <= len(text)
            last = name.end
    taken = {k: arbiter.decide(v).taken for k, v in found.items()}
    book = STAGE.collect(layout, taken, [])
    for entity in book.entities:
        assert all(0 <= a < b <= len(text) for a, b in entity.mentions)
        assert book.canonical(entity.name) == entity.name


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_pieces(text: str) -> None:
    run(text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    run(text)


@pytest.mark.parametrize(
    "piece",
    [
        "路",
        "总统普京表示，",
        "（徐 峰）",
        "啊",
        "、",
        "王",
        "第一",
        "《",
        "北京市",
        "记者 王",
        "约翰·",
        "有限公司",
        "山、",
        "甲乙至",
        "Aa1",
        "（",
        "等3个",
    ],
)
def test_linear_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    start = time.process_time()
    run(text)
    assert time.process_time() - start < 15  # quadratic, it would be minutes


def test_linear_time_of_a_list_of_people() -> None:
    text = "张伟、李晓娜、" * 8_000
    start = time.process_time()
    run(text)
    assert time.process_time() - start < 15  # quadratic, it would be minutes


def test_a_border_inside_a_word_has_a_last_word_too() -> None:
    words = Words("北京市", lambda _text, _names: [("北京", "ns"), ("市", "n")])
    assert [words.last(end) for end in (1, 2, 3)] == [0, 0, 1]
