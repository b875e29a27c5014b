"""Patterns that are tried only where their words stand find what the patterns find."""

from __future__ import annotations

import re

import pytest

from zhengwen.rules import load
from zhengwen.sought import Sought, words_needed

TEXTS = sorted({c.text.replace("[", "").replace("]", "") for _, r in load().all() for c in r.cases()})


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("其中", (("其中",),)),
        ("(?:项目|工程)(?=总投资|由)", (("项目", "工程"), ("总投资", "由"))),
        ("(?<!新)(?<=在)建(?:设|成)", (("在",), ("建",), ("设", "成"))),
        ("(?:甲|乙?)丙", (("丙",),)),
        ("[甲乙]{2,3}", (("甲", "乙"),)),
        ("甲?|乙", ()),
        ("(?i)gdp", ()),
        ("[^，。]", ()),
        (r"\d+", ()),
    ],
)
def test_words_needed(pattern: str, needed: tuple[tuple[str, ...], ...]) -> None:
    assert set(words_needed(pattern)) == set(needed)


@pytest.mark.parametrize("topic", ["rows/openings", "rows/topics", "rows/windows", "entities/names", "times/cues"])
def test_the_same_matches_in_the_examples_of_all_rules(topic: str) -> None:
    found = 0
    for rule in load().of(topic):
        for text in TEXTS:
            plain = [m.span() for m in rule.regex.finditer(text)]
            assert [m.span() for m in rule.sought.finditer(text)] == plain, (rule.id, text)
            assert bool(rule.sought.search(text)) == bool(plain)
            found += len(plain)
    assert found >= len(load().of(topic))


def test_within_bounds() -> None:
    sought = Sought(re.compile("其中"))
    assert [m.start() for m in sought.finditer("其中3个，其中5个", 1, 7)] == [5]
    assert [m.start() for m in sought.finditer("其中3个，其中5个", 1, 6)] == []
    assert sought.match("其中3个") and not sought.match("有其中3个")
