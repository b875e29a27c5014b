"""Which articles are done again when the rules have changed: all that other rules made, or those with a term."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from zhengwen.errors import BadInput
from zhengwen.running.manifest import Manifest

__all__ = ["mark_stale"]


def mark_stale(manifest: Manifest, run: Path, maker: str, which: str) -> int:
    """Make stale articles pending (`all`, or `containing TERM`); return how many. The run's texts are read."""
    if which == "all":
        return manifest.renew_stale(maker)
    return manifest.renew_stale(maker, set(_containing(run, which.removeprefix("containing ").strip())))


def _containing(run: Path, term: str) -> Iterator[str]:
    """Yield the sources of the texts that hold a term."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    folder = run / "texts"
    if not folder.is_dir():
        raise BadInput("the run keeps no texts (it was made without --format parquet)", code="usage", where="--rerun")
    for path in sorted(folder.glob("part-*.parquet")):
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(columns=["source", "text"]):
                held = pc.match_substring(batch["text"], term)
                yield from batch["source"].filter(held).to_pylist()
