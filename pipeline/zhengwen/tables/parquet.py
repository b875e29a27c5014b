"""Records as Parquet, one file a kind of record, with the fixed Arrow schema of `zhengwen.schema`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from zhengwen.records import Record, to_json
from zhengwen.schema import RECORDS, TEXTS, arrow_schema, plural
from zhengwen.stages import Page
from zhengwen.tables.jsonl import dumps_plain

__all__ = ["ParquetTables"]

_BATCH = 20_000


class ParquetTables:
    """Writes `figures.parquet` … and `texts.parquet` (source, sha256, text) into a run folder, batch by batch."""

    def __init__(self, folder: Path, suffix: str = "") -> None:
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._schemas = {kind: arrow_schema(kind) for kind in (*RECORDS, "text")}
        self._numbers = {k: {f.name for f in s if "double" in str(f.type)} for k, s in self._schemas.items()}
        self._writers = {
            kind: pq.ParquetWriter(folder / f"{plural(kind)}.parquet{suffix}", schema, compression="zstd")
            for kind, schema in self._schemas.items()
        }

    def add(self, page: Page, records: list[Record]) -> None:
        """Take one page's records and its text, so that every offset can be sliced again."""
        text = {"source": page.source, "sha256": page.sha256, "encoding": page.encoding, "text": page.text}
        self._take("text", {k: text[k] for k in TEXTS})
        for record in records:
            self._take(record.record, self._flat(record))

    def close(self) -> set[str]:
        """Write what is left and return the names of the files."""
        for kind, writer in self._writers.items():
            self._flush(kind)
            writer.close()
        return {f"{plural(kind)}.parquet" for kind in self._writers}

    def _flat(self, record: Record) -> dict[str, Any]:
        """Return a record's JSON as its columns hold it: nested objects as JSON text, numbers as floats."""
        row, numbers = to_json(record), self._numbers[record.record]
        return {k: _float(v) if k in numbers else dumps_plain(v) if isinstance(v, dict) else v for k, v in row.items()}

    def _take(self, kind: str, row: dict[str, Any]) -> None:
        rows = self._rows.setdefault(kind, [])
        rows.append(row)
        if len(rows) >= _BATCH:
            self._flush(kind)

    def _flush(self, kind: str) -> None:
        rows = self._rows.pop(kind, [])
        if rows:
            self._writers[kind].write_table(pa.Table.from_pylist([_clean(r) for r in rows], self._schemas[kind]))


def _float(value: Any) -> Any:
    """Return numbers as floats; Arrow refuses whole ones beyond 2⁵³ as they are."""
    if isinstance(value, list):
        return [float(v) for v in value]
    return None if value is None else float(value)


def _clean(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without lone surrogates, which Arrow cannot hold: each stands as its escape."""
    return {k: v.encode("utf-8", "backslashreplace").decode() if isinstance(v, str) else v for k, v in row.items()}
