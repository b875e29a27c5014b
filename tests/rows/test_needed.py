"""What a pattern needs: never more than a match holds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengwen import rules
from zhengwen.rows.clauses import expand_classes
from zhengwen.rows.needed import needed


@pytest.mark.parametrize(
    ("pattern", "chars"),
    [
        ("同比", ["同", "比"]),
        ("同比|环比", ["同比"]),
        ("(?:增长|下降)?了", ["了"]),
        ("增?长*", []),
        ("[一二三]个", ["个", "一二三"]),
        ("[一二三]", ["一二三"]),
        ("[^一]", []),
        ("(?=占)..", ["占"]),
        ("(?!占)..", []),
        ("(?<=占)[,.]", ["占", ",."]),
        ("(?:x|占+)比", ["比", "x占"]),
        ("(?:占|)x", ["x"]),
        ("占.*占", ["占"]),
        (".*+", []),
        ("(?i)abc", []),
    ],
)
def test_what_a_pattern_needs(pattern: str, chars: list[str]) -> None:
    assert needed(pattern) == tuple(map(frozenset, chars))


ROW_PATTERNS = [expand_classes(r.pattern) for topic, r in rules.load().all() if topic.startswith("rows/")]
TEXT = st.text(alphabet="同比增长下降占的为比上年全区以与较至超降升位居率达到@,，。(（)）0%", max_size=30)


@given(TEXT)
def test_whatever_matches_holds_what_is_needed(text: str) -> None:
    for pattern in ROW_PATTERNS[::7]:
        found = re.search(pattern, text)
        assert not found or not any(chars.isdisjoint(text) for chars in needed(pattern))


def test_most_row_patterns_need_something() -> None:
    assert sum(bool(needed(p)) for p in ROW_PATTERNS) > len(ROW_PATTERNS) / 2
