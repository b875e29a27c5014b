"""Patterns that could hang are found from their structure, without an example that hangs; others are left alone."""

from __future__ import annotations

import os
import re
from importlib import import_module
from pkgutil import walk_packages

import pytest

import zhengwen
from zhengwen.linear import Hostile, hostile, slow


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+b",
        "(a|aa)+$",
        "(?:\\d+)+元",
        r"^(\w+\s?)*$",
        "(x+x+)+y",
        "(?:(?:一|二)*(?:二|三)*)*$",
        "(?=(a+)+b)a",
        "(?:[、和][^，]{1,10}){1,12}个",
        r"^[^。>]{1,20}(?:\s*>\s*[^。>]{1,60}){1,6}\s*$",
        "(.*)(.*)(.*)x",
    ],
)
def test_a_pattern_that_reads_the_same_in_many_ways_is_found(pattern: str) -> None:
    found = slow(pattern, patience=0.05)

    assert found is not None
    assert "in many ways" in found.why


@pytest.mark.parametrize("pattern", [r"\d+元", r"全.*?市.*?元", r"\s+$", "(?:年度|计划)++$"])
def test_a_pattern_that_walks_again_from_every_character_is_found(pattern: str) -> None:
    found = slow(pattern, patience=0.05)

    assert found is not None
    assert "from every character" in found.why


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<!\d)\d+元",
        "[0-9]{1,30}+元",
        "完成[^，。]{0,30}元",
        "^[^。]*$",
        "(?>(?:甲|乙){1,8})$",
        "甲(?=[^。]{0,20}乙)",
        r"(?:\d{1,3},){1,6}+\d{3}",
    ],
)
def test_a_linear_pattern_is_left_alone(pattern: str) -> None:
    assert slow(pattern) is None


def test_worst_cases_come_from_the_structure() -> None:
    cases = hostile("甲(?:[ab]+c){2,}乙")

    assert Hostile("甲", "a", "\N{REPLACEMENT CHARACTER}") in cases
    assert any(c.pump == "ac" for c in cases)
    assert all(len(c.text(100)) >= 100 - len(c.pump) for c in cases)


def test_what_is_no_pattern_is_an_error() -> None:
    with pytest.raises(re.error):
        slow("(")


ON_SHORT_PIECES = {
    "zhengwen.corpus.terminal._SLOT",  # what somebody types
    "zhengwen.entities.aliases.TRADE",  # a name
    "zhengwen.review.corrections._RANGE",  # a cell that somebody corrected
    "zhengwen.review.corrections._RATIO",
    "zhengwen.rules._STEP",  # a pattern, step by step
    "zhengwen.scoring.pages._GENRE",  # a file's name
    "zhengwen.scoring.runs._RULE_ID",  # a rule's id
    "zhengwen.values._UNREADABLE",  # the whole of at most 80 characters
}
"""Patterns that walk again from every character of what is never a text."""


def patterns_of_the_code() -> dict[str, str]:
    """Every pattern that a module holds ready."""
    found = {}
    for module in walk_packages(zhengwen.__path__, "zhengwen."):
        if module.name.endswith(("__main__", ".spark")):
            continue
        for name, value in vars(import_module(module.name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                found[f"{module.name}.{name}"] = value.pattern
    return found


@pytest.mark.skipif("ZHENGWEN_THOROUGH" not in os.environ, reason="half a minute: `make fuzz` does it")
def test_the_patterns_of_the_code_are_linear_too() -> None:
    slow_ones = {name: found.why for name, pattern in patterns_of_the_code().items() if (found := slow(pattern))}

    assert {name: why for name, why in slow_ones.items() if name not in ON_SHORT_PIECES} == {}
