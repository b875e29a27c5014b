"""Measures the precision of each rule path on held-out labelled pages and writes `rules/confidence.tsv`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from zhengwen.rows.confidence import Measured, rule_paths
from zhengwen.scoring.judge import PageVerdict

__all__ = ["measure", "write"]

_HEAD = "path\tright\trows"


def measure(verdicts: Sequence[PageVerdict]) -> list[Measured]:
    """Return for each rule path, short ones included, its rows on these pages and those right in every slot.

    Rows that gold calls optional are left out by the judge; a row that meets no gold counts as wrong.
    """
    rows: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for judged in (j for v in verdicts for j in v.of("figure") if j.found is not None):
        assert judged.found is not None
        for path in rule_paths(judged.found.get("reasons") or {}):
            rows[path] += 1
            right[path] += judged.verdict == "right"
    return [Measured(path, right[path], n) for path, n in sorted(rows.items(), key=lambda i: (-i[1], i[0]))]


def write(path: Path, measured: Iterable[Measured], pages: Sequence[str]) -> None:
    """Write the table, with the names of the pages that it was measured on."""
    path.write_text("\n".join(_lines(measured, pages)) + "\n", encoding="utf-8")


def _lines(measured: Iterable[Measured], pages: Sequence[str]) -> Iterator[str]:
    yield _HEAD
    yield "# Made by `zhengwen rules confidence`; not to be edited. Rows of each rule path on the held-out pages"
    yield f"# {', '.join(pages)}; right: in every slot."
    yield from (f"{m.path}\t{m.right}\t{m.rows}" for m in measured)
