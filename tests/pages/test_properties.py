"""Any text in: every line labelled once, offsets intact, time linear."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengwen.pages import Pages
from zhengwen.rules import load
from zhengwen.stages import Layout, Meta, Page

PAGES = Pages(load())
LABELS = {"title", "deck", "byline", "lede", "heading", "body", "caption", "credit", "furniture"}
PIECES = st.sampled_from(
    [
        *("\n", "\n\n", "\n\n\n\n", "\r\n", "\r", "\u2028", "\u3000\u3000", "\xa0", " ", "\t", "|"),
        *("。", "，", "（", "）", "》", "：", "12.5", "２０２０年", "-3.1", "%", "单位：亿元", "指标", "同比增长"),
        *("核心提示", "本报记者 李向阳", "李向阳 摄", "图为新桥。", "一、综合", "1.", "发布时间：2020-05-06", "首页"),
        *(
            "云溪县",
            "云溪街道",
            "全县经济运行平稳",
            "今年以来全县新开工项目三十二个比上年增加，",
            "關於印發縣",
            "来源：",
        ),
    ]
)
TEXTS = st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=60).map("".join))


def divided(text: str) -> Layout:
    return PAGES.divide(Page("page", text, Meta(title="云溪县经济运行平稳")))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_every_line_is_labelled_once(text: str) -> None:
    layout = divided(text)
    lines = re.split("\r\n|\n|\r", text)
    assert [b.line for b in layout.blocks] == [i for i, line in enumerate(lines, 1) if line.strip()]
    for block in layout.blocks:
        assert block.label in LABELS
        assert text[block.start : block.end] == lines[block.line - 1].strip()
        assert block.article > 0 or block.label == "furniture"
    assert sorted({b.article for b in layout.blocks} - {0}) == [a.number for a in layout.articles]


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_views_lead_back_to_the_source(text: str) -> None:
    layout = divided(text)
    paragraphs = [p for a in layout.articles for p in a.paragraphs] + list(layout.furniture)
    assert sorted(n for p in paragraphs for n in p.lines) == [b.line for b in layout.blocks]
    for paragraph in paragraphs:
        view = paragraph.view
        source = "".join(text[x.source : x.source + x.length] for x in view.pieces)
        assert len(source) == len(view.text)
        plain = [(a, b) for a, b in zip(source, view.text, strict=True) if a != b]
        assert all(ord(a) > 0x7F for a, _ in plain)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_cells_are_numbers_of_their_paragraph(text: str) -> None:
    for article in divided(text).articles:
        for cell in article.cells:
            paragraph = article.paragraphs[cell.paragraph]
            assert paragraph.table is not None
            assert any(c.isdigit() for c in paragraph.view.text[cell.start : cell.end])


LONG = {
    "one line": "我" * 333_000,
    "brackets": "（" * 333_000,
    "blanks": "\u3000" * 333_000,
    "arrows": "a>b" * 333_000,
    "dates": "2019年" * 140_000,
    "names": "本报记者 " * 80_000,
    "traditional": "國" * 333_000,
    "digits": "1" * 1_000_000,
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_line_takes_no_time(name: str) -> None:
    start = time.process_time()
    divided(LONG[name])
    assert time.process_time() - start < 8  # quadratic, it would be minutes


@pytest.mark.parametrize(
    "unit",
    ["一\n", "12\n", "全县经济\n", "一、综合\n12\n全县。\n", "图为工人。\n张三 摄\n", "a\t1\t2\n", "甲\n1.5\n", "a\r"],
)
def test_time_grows_with_the_number_of_lines_only(unit: str) -> None:
    """Eight times the text may take no more than some sixteen times the time: not sixty-four."""

    def seconds(count: int) -> float:
        best = 9.0
        for _ in range(2):
            start = time.process_time()
            divided(unit * count)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(8_000) < 16 * seconds(1_000) + 0.2
