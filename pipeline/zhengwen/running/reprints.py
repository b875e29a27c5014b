"""Reprints in an archive: which texts repeat an earlier one, word for word or nearly; marked, never dropped.

A pass of its own over a run's texts, the same whatever the number of workers was. Memory: 16 bytes for each text, and
260 more with `near`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengwen.errors import BadInput
from zhengwen.running.slices import parts_of

if TYPE_CHECKING:
    import numpy as np

__all__ = ["NAME", "Reprint", "find_reprints", "known_reprints", "write_reprints"]

NAME = "reprints.parquet"
_NOT_WORDS = re.compile(r"[\W_]+")
_SHINGLE = 5
_PERMUTATIONS, _BANDS = 64, 16
_ALIKE = 0.8
_COMPARED = 50
"""So many earlier texts of a group are compared at most: one form letter must not cost the square of its copies."""
_SHORTEST = 50
"""Characters that a text must have for near-likeness to mean anything."""


@dataclass(frozen=True, slots=True)
class Reprint:
    """A text that repeats another: `how` is exact or near, `likeness` the share of common five-character pieces."""

    source: str
    dup_of: str
    how: str
    likeness: float


def find_reprints(run: Path, *, near: bool = False) -> list[Reprint]:
    """Return the reprints among a run's texts, in the run's order.

    The original is the one published first, then the one that stands first. Blanks and punctuation do not count. `near`
    needs the package rensa. Raises `BadInput` without it.
    """
    sources, dates, digests, marks = _read(run, near)
    first: dict[bytes, int] = {}
    order = sorted(range(len(sources)), key=lambda i: (dates[i], i))
    for i in order:
        first.setdefault(digests[i], i)
    found = {i: Reprint(sources[i], sources[first[digests[i]]], "exact", 1.0) for i in order if first[digests[i]] != i}
    if near:
        originals = [i for i in order if i not in found and marks[i] is not None]
        found |= _near(originals, sources, marks)
        for i, reprint in list(found.items()):  # a copy of a near reprint repeats what that repeats
            original = found.get(first[digests[i]])
            if reprint.how == "exact" and original is not None:
                found[i] = Reprint(reprint.source, original.dup_of, "near", original.likeness)
    return [found[i] for i in sorted(found)]


def write_reprints(run: Path, reprints: Sequence[Reprint]) -> Path:
    """Write `reprints.parquet` into a run: source, dup_of, how, likeness. Whole, or not at all."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(n, pa.string()) for n in ("source", "dup_of", "how")] + [("likeness", pa.float64())])
    rows = [{"source": r.source, "dup_of": r.dup_of, "how": r.how, "likeness": r.likeness} for r in reprints]
    temporary = run / f".{NAME}.partial"
    try:
        pq.write_table(pa.Table.from_pylist(rows, schema), temporary)
        temporary.replace(run / NAME)
    except OSError as error:
        raise BadInput(f"cannot be written to: {error.strerror}", code="output", where=str(run)) from None
    return run / NAME


def known_reprints(run: Path) -> dict[str, str]:
    """Return what each known reprint of a run repeats; nothing before `zhengwen reprints` has run."""
    import pyarrow.parquet as pq

    if not (run / NAME).is_file():
        return {}
    rows: list[dict[str, Any]] = pq.read_table(run / NAME, columns=["source", "dup_of"]).to_pylist()
    return {row["source"]: row["dup_of"] for row in rows}


def _read(run: Path, near: bool) -> tuple[list[str], list[str], list[bytes], list[Any]]:
    """Read all texts once: names, dates, hashes of their words, and what near-likeness is measured by."""
    sources, dates, digests, marks = [], [], [], []
    sketch = _sketcher() if near else None
    for source, date, text in _texts(run):
        words = _NOT_WORDS.sub("", text)
        sources.append(source)
        dates.append(date or "9999")
        digests.append(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).digest())
        marks.append(sketch(words) if sketch and len(words) >= _SHORTEST else None)
    return sources, dates, digests, marks


def _texts(run: Path) -> Iterator[tuple[str, str, str]]:
    import pyarrow.parquet as pq

    for part in parts_of(run):
        with pq.ParquetFile(part.path("text")) as file:
            for batch in file.iter_batches(500, columns=["source", "meta", "text"]):
                for row in batch.to_pylist():
                    yield row["source"], json.loads(row["meta"]).get("date", ""), row["text"]


def _sketcher() -> Any:
    try:
        import numpy as np
        from rensa import RMinHash
    except ImportError:
        raise BadInput("near-duplicates need the package rensa (pip install zhengwen[dedup])", code="missing") from None

    def sketch(words: str) -> np.ndarray[Any, Any]:
        made = RMinHash(num_perm=_PERMUTATIONS, seed=1)
        made.update(sorted({words[i : i + _SHINGLE] for i in range(len(words) - _SHINGLE + 1)}))
        return np.array(made.digest(), dtype=np.uint32)

    return sketch


def _near(order: Sequence[int], sources: Sequence[str], marks: Sequence[Any]) -> dict[int, Reprint]:
    """Return the near reprints among texts in order of publication: each repeats the first that it is like."""
    import numpy as np

    if not order:
        return {}
    table = np.stack([marks[i] for i in order])
    like: dict[int, tuple[int, float]] = {}
    for group in _groups(table):
        for at, row in enumerate(group[1:], 1):
            alike = (table[group[: min(at, _COMPARED)]] == table[row]).mean(axis=1)
            close = np.flatnonzero(alike >= _ALIKE)
            if len(close) and (row not in like or group[close[0]] < like[row][0]):
                like[row] = int(group[close[0]]), float(alike[close[0]])
    return {
        order[row]: Reprint(sources[order[row]], sources[order[_root(row, like)]], "near", like[row][1]) for row in like
    }


def _root(row: int, like: dict[int, tuple[int, float]]) -> int:
    while row in like:
        row = like[row][0]
    return row


def _groups(table: np.ndarray[Any, Any]) -> Iterator[list[int]]:
    """Yield the rows that agree in a whole band, in order: the only ones worth comparing."""
    import numpy as np

    wide = _PERMUTATIONS // _BANDS
    for band in range(_BANDS):
        piece = np.ascontiguousarray(table[:, band * wide : (band + 1) * wide])
        names = piece.view([("", piece.dtype)] * wide).ravel()
        order = np.argsort(names, kind="stable")
        cuts = np.flatnonzero(names[order][1:] != names[order][:-1]) + 1
        yield from ([int(r) for r in g] for g in np.split(order, cuts) if len(g) > 1)
