"""The formats that a run folder can hold besides records and CSV: one table each, opened when asked for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from zhengwen.records import Record
from zhengwen.rules import Rules
from zhengwen.schema import RECORDS, plural
from zhengwen.stages import Page

__all__ = ["FORMATS", "OPTIONAL_FILES", "Table", "open_tables"]

FORMATS = ("jsonl", "csv", "parquet", "sdmx")
"""What `--format` can ask for; JSONL and CSV are always written into a run folder."""

OPTIONAL_FILES = frozenset({"errors.jsonl", "sdmx.csv", *(f"{plural(kind)}.parquet" for kind in (*RECORDS, "text"))})
"""Names of the files that a run writes only sometimes: those of an older run go."""


class Table(Protocol):
    """A table of a run: takes page after page, then closes its files."""

    def add(self, page: Page, records: list[Record]) -> None:
        """Take one page's records."""

    def close(self) -> set[str]:
        """Write what is left and return the final names of the files written."""


def open_tables(formats: Iterable[str], folder: Path, suffix: str, rules: Rules | None) -> list[Table]:
    """Return a table for each format that needs one; their files end in `suffix` until the run is whole."""
    tables: list[Table] = []
    wanted = set(formats)
    if "parquet" in wanted:
        from zhengwen.tables.parquet import ParquetTables

        tables.append(ParquetTables(folder, suffix))
    if "sdmx" in wanted:
        from zhengwen.rules import load
        from zhengwen.tables.sdmx import SdmxTable

        tables.append(SdmxTable(folder, suffix, rules or load()))
    return tables
