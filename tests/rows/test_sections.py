"""What headings say of the figures under them."""

from __future__ import annotations

import pytest

from zhengwen.rows.sections import Sections
from zhengwen.rules import load
from zhengwen.stages import Frame

from .readings import draft_of, figure, text_of


def status(*headings: str, period: str | None = None, rule: str = "", date: str = "2023-02-05") -> str:
    sections = Sections(load())
    sections.start(Frame(date=date))
    for heading in headings:
        sections.paragraph(text_of(heading), "heading")
    sections.paragraph(text_of("二、2023年目标任务"), "body")
    source = "税收3亿元"
    draft = draft_of(text_of(source, figure(source, "3亿元", "money", "元")), "3亿元")
    draft.period = period
    if rule:
        draft.because("status", rule)
    sections.read(draft)
    return draft.status


@pytest.mark.parametrize("heading", ["二、2023年工作安排", "三、今后五年的奋斗目标", "二、2023年重点工作", "发展目标"])
def test_aims_make_targets(heading: str) -> None:
    assert status(heading) == "target"


@pytest.mark.parametrize("heading", ["一、2022年工作回顾", "一、基本情况", "过去五年取得的成就", "目标任务完成情况"])
def test_other_headings_do_not(heading: str) -> None:
    assert status(heading) == "actual"


def test_body_lines_open_no_section() -> None:
    assert status() == "actual"


def test_a_heading_of_the_first_order_closes_the_section() -> None:
    assert status("二、2023年工作安排", "三、附件") == "actual"
    assert status("二、2023年工作安排", "（一）做强工业") == "target"
    assert status("二、2023年工作安排", "三、工作回顾") == "actual"


def test_the_past_and_the_stated_stay_facts() -> None:
    assert status("二、2023年工作安排", period="2022") == "actual"
    assert status("二、2023年工作安排", period="/2022-12-31") == "actual"
    assert status("二、2023年工作安排", period="2023") == "target"
    assert status("二、2023年工作安排", rule="status.plan_share") == "actual"


def test_articles_share_nothing() -> None:
    sections = Sections(load())
    sections.start(Frame())
    sections.paragraph(text_of("二、2023年工作安排"), "heading")
    sections.start(Frame())
    source = "税收3亿元"
    draft = draft_of(text_of(source, figure(source, "3亿元", "money", "元")), "3亿元")
    sections.read(draft)
    assert draft.status == "actual"
