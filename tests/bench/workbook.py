"""What writing a run's workbook costs: `python tests/bench/workbook.py RUN [TIMES]` (its pages TIMES over)."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from zhengwen.records import Check, Figure, Record
from zhengwen.review.marks import Marks
from zhengwen.review.runs import pages_of_run
from zhengwen.rules import load
from zhengwen.tables.labels import Labels
from zhengwen.tables.workbook import XlsxTable


def renamed(record: Record, turn: int) -> Record:
    """The record as one of another page, so that no figure is there twice."""
    if isinstance(record, Figure):
        return replace(record, figure_id=f"{record.figure_id}x{turn}", article_id=f"{record.article_id}x{turn}")
    if isinstance(record, Check):
        return replace(record, figure_ids=tuple(f"{i}x{turn}" for i in record.figure_ids))
    return replace(record, article_id=f"{record.article_id}x{turn}") if hasattr(record, "article_id") else record


def main() -> None:
    pages, rules = list(pages_of_run(Path(sys.argv[1]))), load()
    with tempfile.TemporaryDirectory() as folder:
        table = XlsxTable(Path(folder), "", rules, Labels(rules), Marks())
        figures, spent = 0, 0.0
        for turn in range(int(sys.argv[2]) if len(sys.argv) > 2 else 1):
            for page, records in pages:
                made = [renamed(r, turn) for r in records]
                figures += sum(isinstance(r, Figure) for r in made)
                started = time.process_time()
                table.add(page, made)
                spent += time.process_time() - started
        started = time.process_time()
        table.close({})
        spent += time.process_time() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        size = (Path(folder) / "figures.xlsx").stat().st_size / 1e6
    print(f"{figures} figures: {spent:.0f} s of computing, {peak:.0f} MB of memory, a file of {size:.0f} MB")


if __name__ == "__main__":
    main()
