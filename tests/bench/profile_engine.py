"""Where the engine's time goes, by stage: each stage's own clock, without a profiler's weight.

python tests/bench/profile_engine.py news.jsonl.gz --number 1000
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from zhengwen.engine import Engine
from zhengwen.errors import ZhengwenError
from zhengwen.extraction import engine
from zhengwen.reading import find_inputs, read_pages
from zhengwen.running.parts import ItemRows, prepare, write_part
from zhengwen.stages import Page

STAGES = {
    "pages: lines into articles": ("pages", "divide"),
    "pages: date and place": ("pages", "frames"),
    "entities: proposing": ("entities", "propose"),
    "entities: collecting": ("entities", "collect"),
    "values": ("values", "find"),
    "times: finding": ("times", "find"),
    "times: resolving": ("times", "resolve"),
    "rows": ("rows", "figures"),
}


def timed(ready: Engine, clock: Counter[str]) -> None:
    """Let every stage note how long it takes."""
    for name, (stage, function) in STAGES.items():
        owner: Any = getattr(ready, stage)
        setattr(owner, function, _noting(getattr(owner, function), name, clock))


def _noting(function: Callable[..., Any], name: str, clock: Counter[str]) -> Callable[..., Any]:
    def noted(*arguments: Any, **options: Any) -> Any:
        started = time.process_time_ns()
        try:
            return function(*arguments, **options)
        finally:
            clock[name] += time.process_time_ns() - started

    return noted


def pages_of(path: Path, number: int, every: int) -> list[Page]:
    found = (p for i in find_inputs([path]) if not isinstance(i, ZhengwenError) for p in read_pages(i))
    return [p for p in islice(found, 0, number * every, every) if isinstance(p, Page)]


def main() -> None:
    import tempfile

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--number", type=int, default=1000)
    parser.add_argument("--every", type=int, default=29)
    asked = parser.parse_args()
    pages = pages_of(asked.archive, asked.number, asked.every)
    clock: Counter[str] = Counter()
    ready = engine()
    ready.read(pages[0])
    import pyarrow.parquet  # noqa: F401 - its import is no part of the work

    timed(ready, clock)
    rows = []
    began = time.process_time_ns()
    for number, page in enumerate(pages):
        records = ready.read(page)
        started = time.process_time_ns()
        rows.append(ItemRows(number))
        rows[-1].add(page, records, ("parquet",))
        clock["output: rows for Arrow"] += time.process_time_ns() - started
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder), ("parquet",))
        started = time.process_time_ns()
        write_part(Path(folder), 1, ("parquet",), rows)
        clock["output: Parquet"] += time.process_time_ns() - started
    whole = time.process_time_ns() - began
    clock["records, checks, the rest"] = whole - sum(clock.values())
    characters = sum(len(p.text) for p in pages)
    print(f"{len(pages)} articles, {characters} characters, {characters / whole * 1e9:.0f} characters/s of one core")
    for name, spent in clock.most_common():
        print(f"{spent / whole:6.1%}  {name}")


if __name__ == "__main__":
    main()
