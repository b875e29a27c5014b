"""What a run did not get: numerals in no record, units and indicators that the rules do not know, empty slots."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zhengwen.coverage import Coverage, spans_of
from zhengwen.rules import Rules
from zhengwen.scoring.runs import pages_of, texts_of
from zhengwen.scoring.sentences import sentence_at

__all__ = ["Gaps", "gaps"]

Json = Mapping[str, Any]

_DIGITS = re.compile(r"[0-9０-９.,．，]+")
_AROUND = 24
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]")
_MAGNITUDE = "百千万亿"
_SLOTS = ("indicator", "subject", "period")
_TITLES = {
    "digits": "numerals in digits that stand in no record and no label (N: the number)",
    "characters": "numerals in characters that stand in no record, label or idiom",
    "units": "units that the rules do not list",
    "indicators": "indicators of statistics without an id",
    "empty": "empty slots and why",
}


@dataclass
class Gaps:
    """Counts of everything a run lacks, each with one example."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: {topic: Counter() for topic in _TITLES})
    examples: dict[tuple[str, str], str] = field(default_factory=dict)
    figures: int = 0
    unread_sources: int = 0

    def note(self, topic: str, what: str, example: str) -> None:
        """Count one gap; the first of its kind stays as the example."""
        self.counts[topic][what] += 1
        self.examples.setdefault((topic, what), example)

    def lines(self, most: int = 20) -> Iterator[str]:
        """Yield the most frequent gaps as lines to read."""
        yield f"{self.figures} figures"
        if self.unread_sources:
            yield f"{self.unread_sources} sources cannot be read any more: their numerals are not looked at"
        for topic, title in _TITLES.items():
            counts = self.counts[topic]
            yield f"\n{title}: {counts.total()}"
            for what, n in counts.most_common(most):
                yield f"{n:>7}  {what}    {self.examples[topic, what]}"


def gaps(run: Path, rules: Rules) -> Gaps:
    """Look through a run for what it lacks; texts come from the run, or are read again from its sources."""
    found = Gaps()
    known = _known_units(rules)
    covered: dict[str, list[tuple[int, int]]] = {}
    for source, records in pages_of(run):
        covered.setdefault(source, []).extend(spans_of(records))
        for record in records:
            if record["record"] == "figure":
                _figure(record, known, found)
    read = 0
    coverage = Coverage(rules)
    for source, text in texts_of(run, covered):
        read += 1
        _numerals(text, coverage.uncovered(text, covered[source]), found)
    found.unread_sources = len(covered) - read
    return found


def _known_units(rules: Rules) -> frozenset[str]:
    columns = (("units", "unit"), ("units", "name"), ("classifiers", "classifier"))
    return frozenset(row[column] for table, column in columns for row in rules.table(table) if row.get(column))


def _figure(record: Json, known: frozenset[str], found: Gaps) -> None:
    found.figures += 1
    sentence = str(record.get("sentence") or record["text"])
    unit = record.get("unit")
    if unit and not _is_known(unit, known):
        found.note("units", unit, sentence)
    if record.get("tier") == "statistic" and record.get("indicator") and not record.get("indicator_id"):
        found.note("indicators", record["indicator"], sentence)
    for slot in _SLOTS:
        if record.get(slot) is None:
            reason = (record.get("reasons") or {}).get(slot)
            why = reason.get("rule") if isinstance(reason, dict) else reason
            found.note("empty", f"{slot}: {why or 'no reason given'}", sentence)


def _is_known(unit: str, known: frozenset[str]) -> bool:
    """Say whether the rules list a unit, or every part of a compound; what 件（套） adds in brackets is let pass."""
    plain = _BRACKETED.sub("", unit)
    return plain in known or all(part.lstrip(_MAGNITUDE) in known for part in plain.split("/"))


def _numerals(text: str, lost: Sequence[tuple[int, int]], found: Gaps) -> None:
    """Count numerals by their shape: the number with a character before and two after."""
    for start, end in lost:
        digits = _DIGITS.fullmatch(text[start:end]) is not None
        shown = "N" if digits else text[start:end]
        around = text[max(0, start - 1) : start], text[end : end + 2]
        shape = re.sub(r"\s", "␣", f"{around[0]}{shown}{around[1]}")
        found.note("digits" if digits else "characters", shape, sentence_at(text, start, end, _AROUND))
