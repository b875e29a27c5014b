"""The formats that a run folder can hold besides records and CSV: one table each, opened when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from zhengwen.errors import ZhengwenError
from zhengwen.records import Record
from zhengwen.rules import Rules
from zhengwen.schema import RECORDS, plural
from zhengwen.stages import Page

if TYPE_CHECKING:
    from zhengwen.review.marks import Marks

__all__ = ["FORMATS", "OPTIONAL_FILES", "Table", "open_tables"]

FORMATS = ("jsonl", "csv", "parquet", "sdmx", "xlsx", "html")
"""What `--format` can ask for; JSONL and CSV are always written into a run folder."""

_PARQUET = {f"{plural(kind)}.parquet" for kind in (*RECORDS, "text")}
OPTIONAL_FILES = frozenset({"errors.jsonl", "sdmx.csv", "figures.xlsx", "report.html", *_PARQUET})
"""Names of the files that a run writes only sometimes: those of an older run go."""


class Table(Protocol):
    """A table of a run: takes page after page, then closes its files."""

    def add(self, page: Page, records: list[Record]) -> None:
        """Take one page's records."""

    def fail(self, error: ZhengwenError) -> None:
        """Take note of an input that failed."""

    def close(self, head: Mapping[str, Any]) -> set[str]:
        """Write what is left and return the final names of the files written; `head` is what `run.json` says."""

    def drop(self) -> None:
        """Let go of the files: the run was broken off."""


def open_tables(
    formats: Iterable[str],
    folder: Path,
    suffix: str,
    rules: Rules | None,
    lang: str = "en",
    marks: Marks | None = None,
) -> list[Table]:
    """Return a table for each format that needs one; their files end in `suffix` until the run is whole.

    `lang` is what workbook and report are written in, `marks` the reviews that they show: without them those of the
    folder's own log. Raises `BadInput` when a package that a format needs is missing.
    """
    tables: list[Table] = []
    wanted = set(formats)
    if "parquet" in wanted:
        from zhengwen.tables.parquet import ParquetTables

        tables.append(ParquetTables(folder, suffix))
    else:
        from zhengwen.tables.texts import KeptTexts

        tables.append(KeptTexts(folder, suffix))
    if not wanted & {"sdmx", "xlsx", "html"}:
        return tables
    from zhengwen.rules import load

    rules = rules or load()
    if "sdmx" in wanted:
        from zhengwen.tables.sdmx import SdmxTable

        tables.append(SdmxTable(folder, suffix, rules))
    return tables + _for_reading(wanted, folder, suffix, rules, lang, marks)


def _for_reading(
    wanted: set[str], folder: Path, suffix: str, rules: Rules, lang: str, marks: Marks | None
) -> list[Table]:
    """Return the tables made for people: they are in a language, and show the reviews."""
    tables: list[Table] = []
    if not wanted & {"xlsx", "html"}:
        return tables
    from zhengwen.review.log import Log
    from zhengwen.review.marks import Marks
    from zhengwen.tables.labels import Labels

    labels = Labels(rules, lang)
    marks = marks if marks is not None else Marks(Log.of_run(folder))
    if "xlsx" in wanted:
        from zhengwen.tables.workbook import XlsxTable

        tables.append(XlsxTable(folder, suffix, rules, labels, marks))
    if "html" in wanted:
        from zhengwen.tables.report import HtmlTable

        tables.append(HtmlTable(folder, suffix, rules, labels, marks))
    return tables
