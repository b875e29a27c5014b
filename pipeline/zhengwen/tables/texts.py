"""The texts that readers made of web pages, PDF, Word and Excel files, kept beside the records that index them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhengwen.errors import ZhengwenError
from zhengwen.records import Record
from zhengwen.stages import Page

if TYPE_CHECKING:
    from zhengwen.tables.parquet import ArrowRow

__all__ = ["KeptTexts"]

_PLAIN = ("text", "row")
_BATCH = 500
_NAME = "texts.parquet"


class KeptTexts:
    """Writes `texts.parquet` where a run holds anything but plain text, and no file where it does not."""

    def __init__(self, folder: Path, suffix: str = "") -> None:
        self._path = folder / f"{_NAME}{suffix}"
        self._rows: list[ArrowRow] = []
        self._writer: Any = None

    def add(self, page: Page, records: list[Record]) -> None:
        """Take one page's text, unless its file holds it as it is."""
        if page.format in _PLAIN:
            return
        from zhengwen.tables.parquet import text_row

        self._rows.append(text_row(page))
        if len(self._rows) >= _BATCH:
            self._flush()

    def fail(self, error: ZhengwenError) -> None:
        """Leave failures to `errors.jsonl`."""

    def close(self, head: Mapping[str, Any]) -> set[str]:
        """Write what is left and return the file's name, if there is one."""
        self._flush()
        if self._writer is None:
            return set()
        self._writer.close()
        return {_NAME}

    def drop(self) -> None:
        """Close the file."""
        if self._writer is not None:
            self._writer.close()

    def _flush(self) -> None:
        if not self._rows:
            return
        import pyarrow.parquet as pq

        from zhengwen.schema import arrow_schema
        from zhengwen.tables.parquet import arrow_table

        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, arrow_schema("text"), compression="zstd")
        self._writer.write_table(arrow_table("text", self._rows))
        self._rows = []
