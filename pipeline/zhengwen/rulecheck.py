"""Do the rules keep their word? Every example must be matched where its [brackets] say, every reject nowhere.

The brackets hold the whole match, or one of its groups where that is what the rule is for.

A stage whose rules are no regular expressions over text names a checker of its own in `CHECKERS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from zhengwen.linear import slow
from zhengwen.rows.clauses import expand_classes
from zhengwen.rules import Example, Rule, Rules, marked

__all__ = [
    "CHECKERS",
    "Case",
    "Checker",
    "cases",
    "check_case",
    "check_example",
    "check_reject",
    "slow_rule",
]


class Checker(Protocol):
    """Says what is wrong with one example (`accept`) or reject of a rule, None when nothing is."""

    def __call__(self, rules: Rules, topic: str, rule: Rule, example: Example, /, *, accept: bool) -> str | None:
        """Return one line, or None."""


_SAMPLES = 3
"""How many of a rule's own examples its pattern is probed with."""

CHECKERS: dict[str, str] = {"rows": "zhengwen.rows.checking:check"}
"""Checkers by `RuleFile.stage`, as `module:function`, imported when first needed."""


@dataclass(frozen=True, slots=True)
class Case:
    """One example or reject of one rule; `name` is how tests and reports call it."""

    topic: str
    rule: Rule
    example: Example
    accept: bool
    number: int

    @property
    def name(self) -> str:
        """Return `rules/<topic>.toml::<rule id>::accepts[0]`."""
        return f"rules/{self.topic}.toml::{self.rule.id}::{'accepts' if self.accept else 'rejects'}[{self.number}]"


def cases(rules: Rules) -> Iterator[Case]:
    """Yield every example and every reject of every active rule."""
    for topic, rule in rules.all():
        for i, example in enumerate(rule.cases()):
            yield Case(topic, rule, example, True, i)
        for i, text in enumerate(rule.rejects):
            yield Case(topic, rule, Example(text=text), False, i)


def check_case(rules: Rules, case: Case) -> str | None:
    """Return what is wrong with a case, None when it is as it should be."""
    path = CHECKERS.get(rules.topics[case.topic].stage)
    checker = _load(path) if path else _by_pattern
    return checker(rules, case.topic, case.rule, case.example, accept=case.accept)


def check_example(rules: Rules, topic: str, rule: Rule, example: Example | str) -> str | None:
    """Return what is wrong with an example of a rule, None when the rule accepts it."""
    case = Example(text=example) if isinstance(example, str) else example
    return check_case(rules, Case(topic, rule, case, True, 0))


def check_reject(rules: Rules, topic: str, rule: Rule, text: str) -> str | None:
    """Return what is wrong with a reject of a rule, None when the rule leaves it alone."""
    return check_case(rules, Case(topic, rule, Example(text=text), False, 0))


def slow_rule(rule: Rule, stage: str = "") -> str | None:
    """Return why a rule's pattern takes too long, in one line; None for one that keeps up, and for no pattern.

    `stage` is that of its file (`RuleFile.stage`): patterns of rows hold placeholders for recognised items.
    """
    try:
        pattern = expand_classes(rule.pattern) if stage == "rows" else rule.pattern
        found = slow(pattern, [marked(e.text)[0].replace("@", "") for e in rule.cases()][:_SAMPLES])
    except (re.error, ValueError, OverflowError, RecursionError):
        return None
    return found.why if found else None


def _load(path: str) -> Checker:
    module, _, name = path.partition(":")
    return cast(Checker, getattr(import_module(module), name))


def _by_pattern(_rules: Rules, _topic: str, rule: Rule, example: Example, *, accept: bool) -> str | None:
    """Check a rule whose pattern is a regular expression over text."""
    try:
        regex = rule.regex
    except (re.error, OverflowError, RecursionError) as error:
        return f"the pattern is no regular expression: {error}"
    text, spans = marked(example.text)
    found = [m.span() for m in regex.finditer(text)]
    groups = {m.span(i) for m in regex.finditer(text) for i in range(1, regex.groups + 1)}
    if not accept:
        return f"matches {text[slice(*found[0])]!r} of {text!r}" if found else None
    if not spans:
        return None if found else f"does not match {text!r}"
    if {*found, *groups} & set(spans):
        return None
    return f"wants {[text[slice(*s)] for s in spans]} of {text!r}, matches {[text[slice(*s)] for s in found]}"
