"""Whatever the text, the engine reads it: no exception, every offset slices back, every line is labelled once."""

from __future__ import annotations

import os
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import zhengwen
from zhengwen.records import Block, Figure, Time, Unread, to_json
from zhengwen.tables import dumps

PIECES = st.sampled_from(
    [
        *"2021年 去年 1—5月 前三季度 目前 三 十 百 万 亿 零点五 4.17 1,234 1.1:50.5:48.4 百分之 % ％ １２".split(),
        *"个百分点 元 亩 家 第 位 同比 增长 下降 分别 和 、 , 。 ; : ( ) 《 》 “ ” 其中 占 超 余 以上 至 -".split(),
        *"全区 该街道 税收 企业 甲市 𠀀 😀 a G =".split(),
        *("\n", "\r\n", "\r", "\t", "\u3000", "\x0b", "\x85", "\u2028"),
    ]
)
EXAMPLES = int(os.environ.get("ZHENGWEN_EXAMPLES", "0"))
"""How many examples a property is tried on: few in the usual run, 10,000 in `make fuzz`."""
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)


@settings(max_examples=EXAMPLES or 150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_is_read_and_every_offset_slices_back(text: str) -> None:
    page = text.encode("utf-8", "replace").decode("utf-8")
    records = zhengwen.extract(page, date="2022-01-18")

    assert zhengwen.extract(page, date="2022-01-18") == records
    for record in records:
        assert dumps(record)
        assert list(to_json(record))[:2] == ["record", "source"]
        if isinstance(record, Figure | Time | Unread):
            assert page[record.start : record.end] == record.text
    figures = [r for r in records if isinstance(r, Figure)]
    assert all(a.end <= b.start for a, b in pairwise(figures))
    assert len({f.figure_id for f in figures}) == len(figures)


@settings(max_examples=EXAMPLES or 60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_every_line_with_text_is_labelled_once(text: str) -> None:
    page = text.encode("utf-8", "replace").decode("utf-8")
    lines = page.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    labelled = [r.line for r in zhengwen.extract(page) if isinstance(r, Block)]

    assert labelled == [i for i, line in enumerate(lines, 1) if line.strip()]
