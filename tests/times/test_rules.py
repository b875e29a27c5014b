"""The rules of times do in the finder what their examples say, in their order among the others."""

from __future__ import annotations

import pytest

from zhengwen.rules import Rule, load, marked
from zhengwen.times.expressions import Finder
from zhengwen.times.shapes import SHAPES

RULES = load(None)
FINDER = Finder(RULES)
TOPICS = ("dates", "words", "clocks")
ALL = [rule for topic in TOPICS for rule in RULES.of(f"times/{topic}")]


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_examples_are_found_by_their_rule(rule: Rule) -> None:
    for example in rule.cases():
        text, spans = marked(example.text)

        assert [(c.start, c.end) for c in FINDER.find(text) if c.rule == rule.id] == spans, example.text


@pytest.mark.parametrize("rule", [r for r in ALL if r.rejects], ids=lambda rule: rule.id)
def test_rejects_are_left_alone(rule: Rule) -> None:
    for text in rule.rejects:
        assert [c for c in FINDER.find(text) if c.rule == rule.id] == []


@pytest.mark.parametrize("rule", [r for r in ALL if "shape" in r.yields], ids=lambda rule: rule.id)
def test_every_shape_can_be_resolved(rule: Rule) -> None:
    assert rule.yields["shape"] in SHAPES


def test_every_holiday_has_a_day() -> None:
    from zhengwen.times.holidays import Holidays

    table = Holidays(RULES)
    missing = [
        (row["term"], year)
        for row in RULES.table("holidays")
        for year in (1980, 2008, 2020, 2040)
        if not table.day(row["term"], year)
    ]

    assert missing == []


def test_every_holiday_of_the_patterns_is_in_the_table() -> None:
    parts = RULES.topics["times/dates"].parts
    terms = {row["term"] for row in RULES.table("holidays")}
    named = [t.partition("(")[0] for part in ("holiday", "quoted") for t in parts[part].replace(")", "").split("|")]

    assert [name for name in named if name and len(name) > 1 and name not in terms and "?" not in name] == []
