"""Every example and every reject of every rule is a test of its own, named by its rule."""

from __future__ import annotations

import re

import pytest

from zhengwen import rules as shipped
from zhengwen.rulecheck import Case, cases, check_case, check_example, check_reject, slow_rule
from zhengwen.rules import Example, Rule, RuleFile, Rules, atomic

RULES = shipped.load()


@pytest.mark.parametrize("case", [pytest.param(c, id=c.name) for c in cases(RULES)])
def test_rule_keeps_its_word(case: Case) -> None:
    assert check_case(RULES, case) is None


@pytest.mark.parametrize("topic", sorted(RULES.topics))
def test_every_pattern_of_a_topic_takes_time_that_grows_with_the_text(topic: str) -> None:
    stage = RULES.topics[topic].stage

    assert {r.id: why for r in RULES.of(topic) if (why := slow_rule(r, stage))} == {}


def rules_of(pattern: str, *, stage: str = "made_up") -> tuple[Rules, Rule]:
    rule = Rule(id="made.up", why="a test", pattern=pattern, examples=("甲",))
    return Rules({"made": RuleFile(stage=stage, rule=(rule,))}, {}, ""), rule


@pytest.mark.parametrize(
    ("pattern", "text", "wrong"),
    [
        (r"\d+家", "企业[20家]", None),
        (r"\d+家", "企业20家", None),
        (r"\d+", "企业[20家]", "wants ['20家']"),
        (r"\d+家", "企业二十家", "does not match"),
        (r"(", "企业", "no regular expression"),
    ],
)
def test_an_example_must_match_where_it_is_marked(pattern: str, text: str, wrong: str | None) -> None:
    rules, rule = rules_of(pattern)

    said = check_example(rules, "made", rule, text)

    assert said is None if wrong is None else wrong in (said or "")


def test_a_reject_must_match_nowhere() -> None:
    rules, rule = rules_of(r"\d+家")

    assert check_reject(rules, "made", rule, "企业若干") is None
    assert "20家" in (check_reject(rules, "made", rule, "企业20家") or "")


def test_a_stage_may_bring_its_own_checker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("zhengwen.rulecheck", fromlist=["CHECKERS"]).CHECKERS, "own", f"{__name__}:says_no")
    monkeypatch.setitem(__import__("sys").modules, __name__, __import__("types").SimpleNamespace(says_no=says_no))
    rules, rule = rules_of("甲", stage="own")

    assert check_example(rules, "made", rule, "甲") == "no"


def says_no(_rules: Rules, _topic: str, _rule: Rule, _example: Example, /, *, accept: bool) -> str | None:
    return "no" if accept else None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("同比[增长@3.6%]", None),
        ("同比增长@3.6%", None),
        ("[同比增长@3.6%]", "matches ['增长3.6%']"),
        ("同比增长@3.6亿元", "matches []"),
        ("同比@增长", "begins at @"),
    ],
)
def test_row_rules_are_checked_by_what_the_engine_reads(text: str, wrong: str | None) -> None:
    pattern = "增长(?:了|近)?@<percent>"
    rules, rule = rules_of(pattern, stage="rows")
    rules = Rules({**RULES.topics, **rules.topics}, RULES.tables, RULES.hash)

    said = check_example(rules, "made", rule, text)

    assert said is None if wrong is None else wrong in (said or "")
    assert "matches around" in (check_reject(rules, "made", rule, "同比增长3.6%") or "")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("(?:a|b)*+c", "(?>(?:a|b)*)c"),
        ("(?:(a)++|b)?+", "(?>(?:(?>(a)+)|b)?)"),
        ("(a){1,3}+", "(?>(a){1,3})"),
        ("[)]++(a)", "[)]++(a)"),
        ("[]()]*+(b)++", "[]()]*+(?>(b)+)"),
        (r"\(a\)++(b)+", r"\(a\)++(b)+"),
        (r"[\])]++(?:\()++", r"[\])]++(?>(?:\()+)"),
        ("(?:a)+", "(?:a)+"),
    ],
)
def test_possessive_groups_are_written_as_atomic_ones(pattern: str, expected: str) -> None:
    """Python before 3.11.5 gets the former wrong, the latter right."""
    assert atomic(pattern) == expected
    re.compile(atomic(pattern))
