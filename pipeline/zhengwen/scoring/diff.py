"""What a change did on unlabelled text: the rows of two runs compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zhengwen.scoring.runs import Sample, paired
from zhengwen.scoring.snapshots import Change, Row, changes, describe, rows_of

__all__ = ["RunDiff", "diff"]

Json = Mapping[str, Any]

_TITLES = {"new": "rows only in B", "lost": "rows only in A", "changed": "rows that changed"}


@dataclass(frozen=True)
class Shown:
    """A change with where it is and the sentence it stands in."""

    source: str
    change: Change
    sentence: str


@dataclass
class RunDiff:
    """Counts of what differs between two runs, and a sample of each kind of difference."""

    size: int
    pages: int = 0
    same: int = 0
    samples: dict[str, Sample[Shown]] = field(init=False)
    slots: Counter[str] = field(default_factory=Counter)
    rules: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """How often (slot, rule in A, rule in B) stands behind a difference; a row's own rule has slot `row`."""

    def __post_init__(self) -> None:
        self.samples = {kind: Sample(self.size) for kind in _TITLES}

    def add(self, source: str, before: Sequence[Json], after: Sequence[Json]) -> None:
        """Compare one page's records."""
        old_rows, new_rows = rows_of(before), rows_of(after)
        found = changes(old_rows, new_rows)
        self.pages += 1
        self.same += len(old_rows) - sum(c.before is not None for c in found)
        if not found:
            return
        old, new = _by_place(before), _by_place(after)
        for change in found:
            self._count(source, change, old.get(_place_of(change.before)), new.get(_place_of(change.after)))

    def _count(self, source: str, change: Change, was: Json | None, now: Json | None) -> None:
        kind = "new" if change.before is None else "lost" if change.after is None else "changed"
        self.samples[kind].offer(Shown(source, change, str((now or was or {}).get("sentence") or "")))
        if kind != "changed":
            self.rules["row", _rule(was, ""), _rule(now, "")] += 1
        for slot in change.columns:
            self.slots[slot] += 1
            self.rules[slot, _rule(was, slot), _rule(now, slot)] += 1

    def lines(self) -> Iterator[str]:
        """Yield the comparison as lines to read."""
        new, lost, changed = (self.samples[kind].seen for kind in _TITLES)
        yield f"{self.pages} pages: {new} rows new, {lost} lost, {changed} changed, {self.same} the same"
        if self.slots:
            yield "\nchanged slots: " + ", ".join(f"{slot} {n}" for slot, n in self.slots.most_common())
        if self.rules:
            yield "\nby slot and rule (A → B)"
            yield from (f"{n:>7}  {slot:<10} {a} → {b}" for (slot, a, b), n in self.rules.most_common(40))
        for kind, title in _TITLES.items():
            sample = self.samples[kind]
            if sample.seen:
                some = f", {len(sample.kept)} of them" if sample.seen > len(sample.kept) else ""
                yield f"\n{title}: {sample.seen}{some}"
                for shown in sorted(sample.kept, key=lambda s: s.source):
                    yield f"{shown.source}"
                    yield from ("  " + line for line in describe(shown.change))
                    if shown.sentence:
                        yield f"    {shown.sentence}"


def diff(run_a: Path, run_b: Path, size: int = 20) -> RunDiff:
    """Compare two runs over the same inputs; keep `size` examples of each kind of difference."""
    result = RunDiff(size)
    for source, before, after in paired(run_a, run_b):
        result.add(source, before, after)
    return result


def _by_place(records: Sequence[Json]) -> dict[tuple[str, str, str], Json]:
    return {
        (str(r["record"]), str(r.get("start", "")), str(r.get("text", r.get("name", "")))): r
        for r in records
        if r["record"] in ("figure", "time", "entity")
    }


def _place_of(row: Row | None) -> tuple[str, str, str]:
    return (row["record"], row["start"], row["text"]) if row else ("", "", "")


def _rule(record: Json | None, slot: str) -> str:
    """Return the rule behind a slot of a record, its own rule where the slot names none."""
    if record is None:
        return "∅"
    reason = (record.get("reasons") or {}).get(slot)
    rule = reason.get("rule") if isinstance(reason, dict) else reason
    return str(rule or record.get("rule") or "?")
