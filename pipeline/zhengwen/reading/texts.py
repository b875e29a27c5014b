"""The texts that a run keeps (`texts.parquet`, or its parts) as an input: the same pages again, without their files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.reading.inputs import Input
from zhengwen.reading.metadata import with_date
from zhengwen.stages import Page

__all__ = ["is_texts", "read_texts"]

_BATCH = 200


def is_texts(path: Path) -> bool:
    """Tell whether a Parquet file holds a run's texts."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from zhengwen.schema import TEXTS

    try:
        return set(TEXTS) - {"reader"} <= set(pq.read_schema(path).names)
    except (OSError, pa.ArrowException):
        return False


def read_texts(item: Input, *, date: str = "") -> Iterator[Page | ZhengwenError]:
    """Yield the pages that a run kept, under the names that they had there."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from zhengwen.tables.parquet import page_of_row

    try:
        with pq.ParquetFile(item.path) as file:
            for batch in file.iter_batches(_BATCH):
                for page in map(page_of_row, batch.to_pylist()):
                    yield replace(page, meta=with_date(page.meta, date))
    except (OSError, pa.ArrowException) as error:
        yield BadInput(f"cannot be read: {' '.join(str(error).split())}", code="unreadable", where=item.source)
