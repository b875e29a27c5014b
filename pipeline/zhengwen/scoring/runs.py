"""Runs as they lie on disk: their records, page by page, and the texts that they were made from."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, zip_longest
from pathlib import Path
from typing import Any, Generic, TypeVar

from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.reading import find_inputs, read_pages

__all__ = ["Sample", "pages_of", "paired", "records_of", "rules_in", "texts_of"]

Json = Mapping[str, Any]
T = TypeVar("T")

_SEED = 20210105
_RULE_ID = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+")


def records_of(run: Path) -> Iterator[Json]:
    """Yield a run's records in order. Raises `BadInput` when the folder holds no run."""
    path = run / "records.jsonl"
    if not path.is_file():
        raise BadInput("no run here (a folder with records.jsonl)", code="no_run", where=str(run))
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield json.loads(line)
                except json.JSONDecodeError as error:
                    raise BadInput(f"no JSON: {error.msg}", code="bad_json", where=f"{path}:{number}") from None


def pages_of(run: Path) -> Iterator[tuple[str, list[Json]]]:
    """Yield each source of a run with its records."""
    for source, records in groupby(records_of(run), key=lambda r: str(r.get("source", ""))):
        yield source, list(records)


def paired(run_a: Path, run_b: Path) -> Iterator[tuple[str, list[Json], list[Json]]]:
    """Yield every source with its records in both runs; cheap in memory when both read the same inputs in one order."""
    waiting: tuple[dict[str, list[Json]], dict[str, list[Json]]] = ({}, {})
    for both in zip_longest(pages_of(run_a), pages_of(run_b)):
        for side, page in enumerate(both):
            if page is None:
                continue
            source, records = page
            other = waiting[1 - side].pop(source, None)
            if other is None:
                waiting[side][source] = records
            else:
                yield (source, other, records) if side else (source, records, other)
    yield from ((source, records, []) for source, records in waiting[0].items())
    yield from ((source, [], records) for source, records in waiting[1].items())


def texts_of(run: Path, sources: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (source, text) of a run's sources: as kept in the run, else read again from where they were.

    A source that cannot be read any more is left out.
    """
    wanted = set(sources)
    kept = run / "texts.parquet"
    if kept.is_file():
        import pyarrow.parquet as pq

        # Without `--format parquet` a run keeps only what is no plain text.
        for batch in pq.ParquetFile(kept).iter_batches(columns=["source", "text"]):
            found = [row for row in batch.to_pylist() if row["source"] in wanted]
            wanted -= {row["source"] for row in found}
            yield from ((row["source"], row["text"]) for row in found)
    # An archive's row is named PATH#ID.
    files = dict.fromkeys(s if Path(s).is_file() else s.rpartition("#")[0] for s in wanted)
    for item in find_inputs(sorted(f for f in files if f)):
        if isinstance(item, ZhengwenError):
            continue
        for page in read_pages(item):
            if not isinstance(page, ZhengwenError) and page.source in wanted:
                yield page.source, page.text


def rules_in(record: Json) -> dict[str, str]:
    """Return the ids of the rules that made a record, each with the slot that it decided (empty: the record itself)."""
    named = [(slot, r.get("rule") if isinstance(r, dict) else r) for slot, r in (record.get("reasons") or {}).items()]
    named += [("", rule) for rule in str(record.get("rule") or "").split()]
    slots: dict[str, str] = {}
    for slot, rule in named:
        # Why a slot is empty is said in words: that is no rule.
        if isinstance(rule, str) and _RULE_ID.fullmatch(rule):
            slots.setdefault(rule, slot)
    return slots


@dataclass
class Sample(Generic[T]):
    """A few of many things, each with the same chance; seeded, so that the same run shows the same few."""

    size: int
    seen: int = 0
    kept: list[T] = field(default_factory=list)
    _chance: random.Random = field(default_factory=lambda: random.Random(_SEED))

    def offer(self, thing: T) -> None:
        """Take note of one more thing, and perhaps keep it."""
        self.seen += 1
        if len(self.kept) < self.size:
            self.kept.append(thing)
        elif (at := self._chance.randrange(self.seen)) < self.size:
            self.kept[at] = thing
