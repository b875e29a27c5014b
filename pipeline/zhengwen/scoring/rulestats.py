"""What each rule does: how often it fires in a run, how often it is right on gold, and some of its hits to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zhengwen.rules import Rules
from zhengwen.scoring.judge import Judged, PageVerdict
from zhengwen.scoring.runs import Sample, records_of, rules_in

__all__ = ["RuleStats", "rule_stats", "sample_hits"]

Json = Mapping[str, Any]


@dataclass
class RuleStats:
    """Hits of every rule in a run, and how many of its hits on labelled pages are right."""

    rules: Rules
    hits: Counter[str] = field(default_factory=Counter)
    judged: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def lines(self) -> Iterator[str]:
        """Yield a table of the rules by hits, then the rules without any."""
        topics = {rule.id: topic for topic, rule in self.rules.all()}
        yield f"{'hits':>8}  {'on gold':>8}  {'right':>7}  rule"
        for rule, n in sorted(self.hits.items(), key=lambda item: (-item[1], item[0])):
            judged = self.judged[rule]
            share = f"{self.right[rule] / judged:7.1%}" if judged else "      –"
            yield f"{n:>8}  {judged:>8}  {share}  {rule}"
        dead = sorted(set(topics) - set(self.hits))
        yield f"\nno hit in this run's records: {len(dead)} (a rule that only keeps readings out leaves no record)"
        yield from (f"  {rule}  rules/{topics[rule]}.toml" for rule in dead)


def rule_stats(run: Path, rules: Rules, verdicts: Sequence[PageVerdict]) -> RuleStats:
    """Count the rules' hits in a run, and judge them by the verdicts on labelled pages."""
    stats = RuleStats(rules)
    for record in records_of(run):
        stats.hits.update(rules_in(record).keys())
    for judged in (j for verdict in verdicts for j in verdict.judged):
        for rule, right in _opinions(judged):
            stats.judged[rule] += 1
            stats.right[rule] += right
    return stats


def _opinions(judged: Judged) -> Iterable[tuple[str, bool]]:
    """Yield each rule behind a prediction and whether what it decided is right.

    A rule that decided a slot is right when that slot is; the slots of a figure whose number is wrong are not judged.
    """
    if judged.found is None:
        return
    for rule, slot in rules_in(judged.found).items():
        if slot in judged.slots:
            yield rule, judged.slots[slot]
        elif not slot or slot == "value":
            yield rule, judged.strict


def sample_hits(rule: str, run: Path, size: int = 20) -> Iterator[str]:
    """Yield some of a rule's hits in a run, to be judged by eye: the row, and the sentence it stands in."""
    sample: Sample[Json] = Sample(size)
    for record in records_of(run):
        if rule in rules_in(record):
            sample.offer(record)
    yield f"{rule}: {sample.seen} hits" + (f", {size} of them" if sample.seen > size else "")
    for record in sample.kept:
        yield from _hit(record, rules_in(record)[rule])


def _hit(record: Json, slot: str) -> Iterator[str]:
    text = record.get("text") or record.get("name") or record.get("label") or ""
    yield f"\n{record.get('source', '')}:{record.get('start', '')} {record['record']} {text}" + (
        f"  [{slot}]" if slot else ""
    )
    slots = ("value", "unit", "measure", "indicator", "subject", "period", "base", "of", "status", "type", "article")
    yield "    " + " ".join(f"{s}={record[s]}" for s in slots if record.get(s) not in (None, ""))
    if record.get("sentence"):
        yield f"    {record['sentence']}"
