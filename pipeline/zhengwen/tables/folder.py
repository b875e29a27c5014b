"""A run folder: every file is written under a temporary name and takes its own only when the run is whole."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.records import SCHEMA_VERSION, Article, Entity, Figure, Record
from zhengwen.tables.columns import ENTITY_COLUMNS, FIGURE_COLUMNS, entity_cells, figure_cells, safe
from zhengwen.tables.formats import OPTIONAL_FILES, Table, open_tables
from zhengwen.tables.jsonl import dumps, dumps_plain

if TYPE_CHECKING:
    from _csv import Writer

    from zhengwen.rules import Rules
    from zhengwen.stages import Page

__all__ = ["RunFolder", "RunSummary"]

_PARTIAL = ".partial"
_SURE = 0.8
_MOST_DOUBTFUL = 100


@dataclass
class RunSummary:
    """What a run counted, for `run.json` and the closing line."""

    inputs: int = 0
    failed: int = 0
    characters: int = 0
    records: Counter[str] = field(default_factory=Counter)
    without_period_for_want_of_date: int = 0
    encodings: Counter[str] = field(default_factory=Counter)
    doubtful: list[list[Any]] = field(default_factory=list)

    def add(self, records: Iterable[Record], characters: int) -> None:
        """Count one page's records."""
        self.inputs += 1
        self.characters += characters
        dated: dict[str, bool] = {}
        for record in records:
            self.records[record.record] += 1
            if isinstance(record, Article):
                dated[record.article_id] = bool(record.date)
            elif isinstance(record, Figure) and record.period is None and not dated.get(record.article_id, False):
                self.without_period_for_want_of_date += 1

    def read(self, page: Page) -> None:
        """Count how a page was read, and note where its encoding is in doubt."""
        self.encodings[page.encoding] += 1
        if page.confidence < _SURE and len(self.doubtful) < _MOST_DOUBTFUL:
            self.doubtful.append([page.source, page.encoding, page.confidence])

    def plain(self) -> dict[str, Any]:
        """Return the counts as plain JSON values."""
        return {
            "inputs": self.inputs + self.failed,
            "failed": self.failed,
            "characters": self.characters,
            "records": dict(sorted(self.records.items())),
            "encodings": dict(sorted(self.encodings.items())),
            **({"doubtful_encodings": self.doubtful} if self.doubtful else {}),
            "figures_without_period_for_want_of_date": self.without_period_for_want_of_date,
        }


class RunFolder:
    """Writes a run: `with RunFolder(path) as run: run.add(page, records) … run.close(about)`.

    `passed` names further columns of `figures.csv`: fields of the inputs' metadata that only pass through.
    Nothing has its final name until `close`; leaving the block without it removes what was written.
    Raises `BadInput` when the folder cannot be made.
    """

    def __init__(
        self,
        path: Path,
        formats: Iterable[str] = (),
        rules: Rules | None = None,
        lang: str = "en",
        passed: Sequence[str] = (),
    ) -> None:
        self.path = path
        self._passed = tuple(passed)
        self.summary = RunSummary()
        self._open: dict[str, IO[str]] = {}
        self._tables: list[Table] = []
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._records = self._file("records.jsonl")
            self._figures = self._table("figures.csv", (*FIGURE_COLUMNS, *self._passed))
            self._entities = self._table("entities.csv", ENTITY_COLUMNS)
            self._tables = open_tables(formats, path, _PARTIAL, rules, lang)
        except OSError as error:
            self._drop()
            raise BadInput(f"cannot be written to: {error.strerror}", code="output", where=str(path)) from None
        except BadInput:
            self._drop()
            raise

    def add(self, page: Page, records: list[Record]) -> None:
        """Write one page's records."""
        self.summary.add(records, len(page.text))
        self.summary.read(page)
        passed = [page.meta.extra.get(c, "") for c in self._passed]
        articles = {r.article_id: r for r in records if isinstance(r, Article)}
        for record in records:
            self._records.write(dumps(record) + "\n")
            if isinstance(record, Figure):
                self._figures.writerow(safe([*figure_cells(record, articles.get(record.article_id)), *passed]))
            elif isinstance(record, Entity):
                self._entities.writerow(safe(entity_cells(record)))
        for table in self._tables:
            table.add(page, records)

    def fail(self, error: ZhengwenError) -> None:
        """Note an input that could not be read."""
        self.summary.failed += 1
        if "errors.jsonl" not in self._open:
            self._file("errors.jsonl")
        line = {"source": error.where, "code": error.code, "error": str(error)}
        self._open["errors.jsonl"].write(dumps_plain(line) + "\n")
        for table in self._tables:
            table.fail(error)

    def close(self, about: Mapping[str, Any]) -> None:
        """Write `run.json` (`about` and the counts) and give every file its name; files of an older run go."""
        head = {"schema_version": SCHEMA_VERSION, **about, **self.summary.plain()}
        self._file("run.json").write(_pretty(head))
        written = set(self._open)
        for file in self._open.values():
            file.close()
        for table in self._tables:
            written |= table.close(head)
        for name in sorted(written):
            (self.path / f"{name}{_PARTIAL}").replace(self.path / name)
        for stale in OPTIONAL_FILES - written:
            (self.path / stale).unlink(missing_ok=True)
        self._open.clear()
        self._tables = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._drop()

    def _file(self, name: str, encoding: str = "utf-8") -> IO[str]:
        # A lone surrogate in a name or text is written as its escape instead of ending the run.
        path = self.path / f"{name}{_PARTIAL}"
        self._open[name] = path.open("w", encoding=encoding, errors="backslashreplace", newline="")
        return self._open[name]

    def _table(self, name: str, columns: Iterable[str]) -> Writer:
        writer = csv.writer(self._file(name, "utf-8-sig"))
        writer.writerow(columns)
        return writer

    def _drop(self) -> None:
        """Remove what was written under temporary names."""
        for table in self._tables:
            table.drop()
        for file in self._open.values():
            file.close()
        for name in {*self._open, *OPTIONAL_FILES}:
            (self.path / f"{name}{_PARTIAL}").unlink(missing_ok=True)
        self._open.clear()
        self._tables = []


def _pretty(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
