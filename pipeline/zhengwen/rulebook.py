"""`zhengwen rules`: the rules listed, shown, checked and tested, for those who write them."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from pathlib import Path

from zhengwen import rules as _rules
from zhengwen.errors import BadRule
from zhengwen.extraction import engine
from zhengwen.rulecheck import Case, cases, check_case, slow_rule
from zhengwen.rules import Rule, Rules

__all__ = ["check_rules", "list_rules", "show_rule", "test_rules"]


def list_rules(topic: str, folder: Path | None) -> None:
    """Print one line a rule, by topic; only the topics (or ids) that start with `topic`."""
    rules = _rules.load(folder)
    kept = [(t, r) for t, r in rules.all() if t.startswith(topic) or r.id.startswith(topic)]
    if not kept:
        raise BadRule(f"no topic and no rule starts with {topic!r}", where="rules")
    width = max(len(r.id) for _, r in kept)
    for _, rule in kept:
        print(f"{rule.id:<{width}}  {len(rule.examples):>2}+ {len(rule.rejects):>2}-  {rule.why}")


def show_rule(rule_id: str, folder: Path | None) -> None:
    """Print one rule: where it stands, why, its pattern as written, what it yields, examples and rejects."""
    rules = _rules.load(folder)
    topic, rule = _find(rules, rule_id)
    print(f"{rule.id}  ({rules.origin.get(rule.id, topic)})")
    print(f"why      {rule.why}")
    print(f"pattern  {rule.pattern}")
    if rule.yields:
        print(f"yields   {dict(rule.yields)}")
    if rule.weight:
        print(f"weight   {rule.weight}")
    for example in rule.cases():
        print(f"accepts  {example.text}{'  ' + str(dict(example.expect)) if example.expect else ''}")
    for text in rule.rejects:
        print(f"rejects  {text}")


def check_rules(folder: Path | None) -> int:
    """Check every rule and return how many faults were found; each is one line on standard error."""
    rules = _rules.load(folder)
    # A pattern that hangs would hang on its own rejects too: those of slow rules are not run.
    slow = {r.id: (t, why) for t, r in rules.all() if (why := slow_rule(r, rules.topics[t].stage))}
    faults = [f"rules/{t}.toml::{rule_id}: the pattern is slow: {why}" for rule_id, (t, why) in slow.items()]
    if not slow:
        try:
            engine(folder)
        except BadRule as error:
            faults.append(error.line())
    if not faults:
        faults = [f"{c.name}: {wrong}" for c in cases(rules) if (wrong := check_case(rules, c))]
    for line in faults:
        print(line, file=sys.stderr)
    count = sum(1 for _ in cases(rules))
    print(f"{sum(1 for _ in rules.all())} rules, {count} examples and rejects, {len(faults)} faults")
    return len(faults)


def test_rules(rule_id: str, folder: Path | None) -> int:
    """Run the cases of one rule (or of all whose id starts so), print each, and return how many failed."""
    rules = _rules.load(folder)
    kept = [c for c in cases(rules) if c.rule.id == rule_id] or [
        c for c in cases(rules) if c.rule.id.startswith(rule_id)
    ]
    if not kept:
        raise _unknown(rules, rule_id)
    return sum(_report(rules, case) for case in kept)


def _report(rules: Rules, case: Case) -> bool:
    wrong = check_case(rules, case)
    print(
        f"{'FAIL' if wrong else 'ok  '}  {case.rule.id}  {'accepts' if case.accept else 'rejects'}  {case.example.text}"
    )
    if wrong:
        print(f"      {wrong}")
    return wrong is not None


def _find(rules: Rules, rule_id: str) -> tuple[str, Rule]:
    try:
        return rules.find(rule_id)
    except BadRule:
        raise _unknown(rules, rule_id) from None


def _unknown(rules: Rules, rule_id: str) -> BadRule:
    """Return the error for an id that no rule has, with those that come near."""
    near = get_close_matches(rule_id, [r.id for _, r in rules.all()], 3, 0.5)
    hint = f"; near: {', '.join(near)}" if near else " (zhengwen rules list shows all)"
    return BadRule(f"no rule has the id {rule_id!r}{hint}", where="rules")
