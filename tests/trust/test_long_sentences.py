"""One sentence as long as a page: time grows with its length only, and nothing of it is lost."""

from __future__ import annotations

import time

import pytest

from zhengwen import extract
from zhengwen.pages import Pages
from zhengwen.rules import load
from zhengwen.stages import Meta, Page

SHORT, LONG = 8_000, 32_000
WORST = 2.0
"""A quarter of the text may cost this much less a character at most; what grows with the square costs a quarter."""
PATTERNS = (
    "计划投资1亿元；新建厂房2座；",
    "总投资3亿元的光伏项目位于城东，占地30亩；",
    "分别增加3家、增长5%，",
    "其中工业投资3亿元、",
)


def seconds(pattern: str, length: int) -> float:
    """Processor seconds to read so many characters of a pattern, the least of two tries."""
    text = (pattern * (length // len(pattern) + 1))[:length]
    least = 1e9
    for _ in range(2):
        started = time.process_time()
        extract(text)
        least = min(least, time.process_time() - started)
    return least


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_time_of_a_sentence_without_end_grows_with_its_length(pattern: str) -> None:
    extract(pattern)
    assert seconds(pattern, LONG) / LONG <= WORST * seconds(pattern, SHORT) / SHORT


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_figure_of_a_sentence_without_end_is_read(pattern: str) -> None:
    once = sum(r.record == "figure" for r in extract(pattern))
    assert sum(r.record == "figure" for r in extract(pattern * 1000)) == 1000 * once


@pytest.mark.parametrize("end", ["。", "；", "，", "、", ""])
def test_a_paragraph_too_long_to_read_at_once_is_cut_behind_a_mark_and_nowhere_in_a_number(end: str) -> None:
    text = f"全县完成投资123,456.7万元{end}" * 1200
    (article,) = Pages(load()).divide(Page("page", text, Meta())).articles
    parts = [p.view.text for p in article.paragraphs]
    assert "".join(parts) == text
    assert len(parts) > 3 and all(len(p) <= 5_000 for p in parts)
    assert all(p[-1] == end if end else not p[-1].isdigit() and not p[0].isdigit() for p in parts)
    assert [p.view.span(0, len(p.view.text))[0] for p in article.paragraphs] == [
        sum(map(len, parts[:i])) for i in range(len(parts))
    ]
