"""Row rules: tried in file order, their spans and groups in the view, bad patterns named."""

from __future__ import annotations

import pytest

from zhengwen.engine import Engine
from zhengwen.errors import BadRule
from zhengwen.rows.patterns import Patterns
from zhengwen.rules import Rule, RuleFile, Rules

from .readings import item, read


def rules(*patterns: str) -> Rules:
    made = tuple(
        Rule(id=f"made.r{i}", why="a test", pattern=p, examples=("甲",), yields={"n": i})
        for i, p in enumerate(patterns)
    )
    return Rules({"rows/made": RuleFile(stage="rows", rule=made)}, {}, "")


def test_the_first_rule_that_matches_wins(engine: Engine) -> None:
    text = read(engine, "全市税收30亿元，增长5%。")
    patterns = Patterns(rules("下降@<percent>", "增长@<percent>", "@<figure>"), "made")
    found = patterns.first(text, item(text, "5%"))
    assert found and (found.rule, found.yields) == ("made.r1", {"n": 1})
    assert [f.rule for f in patterns.matches(text, item(text, "5%"))] == ["made.r1", "made.r2"]


def test_no_match_is_none(engine: Engine) -> None:
    text = read(engine, "增长5%。")
    assert Patterns(rules("下降@<percent>"), "made").first(text, item(text, "5%")) is None
    assert Patterns(rules("下降@<percent>"), "other").first(text, item(text, "5%")) is None


def test_only_the_asked_figure_is_meant(engine: Engine) -> None:
    text = read(engine, "出口增长5%，进口下降3%。")
    patterns = Patterns(rules("增长@<percent>"), "made")
    assert patterns.first(text, item(text, "5%"))
    assert patterns.first(text, item(text, "3%")) is None


def test_spans_and_groups_are_those_of_the_text(engine: Engine) -> None:
    source = "2022年，全市税收占全省税收总额的12.5%以上。"
    text = read(engine, source)
    found = Patterns(rules("占(?P<of>全省[^，。]+?)的(?P<gone>超)?@<percent>以上"), "made").first(
        text, item(text, "12.5%")
    )
    assert found
    assert source[found.start : found.end] == "占全省税收总额的12.5%以上"
    assert {n: source[a:b] for n, (a, b) in found.groups.items()} == {"of": "全省税收总额"}


def test_a_group_may_hold_an_item(engine: Engine) -> None:
    source = "收入较2019年末增长12%。"
    text = read(engine, source)
    found = Patterns(rules("较(?P<base><time>)增长@<percent>"), "made").first(text, item(text, "12%"))
    assert found
    assert source[slice(*found.groups["base"])] == "2019年末"


def test_a_pattern_never_reaches_into_another_sentence(engine: Engine) -> None:
    text = read(engine, "同比有所提高。达到98%。")
    assert Patterns(rules("同比.*@<percent>"), "made").first(text, item(text, "98%")) is None


@pytest.mark.parametrize(
    ("pattern", "said"), [("(@<percent>", "unterminated"), ("@<percents>", "unknown class <percents>")]
)
def test_a_bad_pattern_is_named_by_its_rule(pattern: str, said: str) -> None:
    with pytest.raises(BadRule, match=said) as error:
        Patterns(rules(pattern), "made")
    assert error.value.where == "made.r0"
