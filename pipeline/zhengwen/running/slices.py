"""What a finished run holds, part by part: its tables, chosen rows of them, and records again.

A run is a folder of parts (`zhengwen batch`) or one of `extract -o … --format parquet`, which is one part. Nothing is
read but the columns that are asked for, and never more than one part at a time.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import Any, get_type_hints

from zhengwen import __version__
from zhengwen.errors import BadInput
from zhengwen.records import Article, Figure, Record
from zhengwen.schema import RECORDS, arrow_schema, plural
from zhengwen.stages import Page
from zhengwen.tables import FORMATS, RunFolder
from zhengwen.tables.parquet import page_of_row

__all__ = ["Part", "Where", "export_slice", "parts_of", "record_of"]

_ARTICLE = ("title", "date")
_TEXT = {"int64": "integer", "double": "real", "bool": "integer"}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a run: where each table of it lies."""

    folder: Path
    name: str

    def path(self, kind: str) -> Path:
        """Return the file of one kind of record (or `text`)."""
        table = plural(kind)
        return self.folder / table / self.name if self.name else self.folder / f"{table}.parquet"

    def rows(self, kind: str, columns: Sequence[str] | None = None, only: Sequence[int] | None = None) -> list[Any]:
        """Return rows of a table as dictionaries: chosen columns, and those at the places `only`."""
        import pyarrow.parquet as pq

        table = pq.read_table(self.path(kind), columns=list(columns) if columns else None, partitioning=None)
        rows: list[Any] = (table if only is None else table.take(list(only))).to_pylist()
        return rows

    def figures(self, only: Sequence[int] | None = None) -> Iterator[Figure]:
        """Yield figures of the part as records."""
        for row in self.rows("figure", None, only):
            record = record_of("figure", row)
            assert isinstance(record, Figure)
            yield record


def parts_of(run: Path) -> list[Part]:
    """Return a run's parts in order. Raises `BadInput` when the folder holds no Parquet tables."""
    if (run / "figures.parquet").is_file():
        return [Part(run, "")]
    names = sorted(p.name for p in (run / "figures").glob("part-*.parquet"))
    if not names:
        why = "no run with Parquet tables here (batch -o RUN, or extract -o RUN --format parquet)"
        raise BadInput(why, code="no_run", where=str(run))
    return [Part(run, name) for name in names]


def record_of(kind: str, row: Mapping[str, Any]) -> Record:
    """Return the record that a row of a Parquet table was made of; numbers as exact as the table has them."""
    cls = RECORDS[kind]
    hints = get_type_hints(cls)
    return cls(**{f.name: _back(row[f.name], str(hints[f.name])) for f in fields(cls) if f.name in row})


def _back(value: Any, hint: str) -> Any:
    if value is None:
        return None
    if "dict" in hint:
        return json.loads(value)
    if "Decimal" in hint:
        return tuple(map(_decimal, value)) if "tuple" in hint else _decimal(value)
    return tuple(tuple(v) if isinstance(v, list) else v for v in value) if isinstance(value, list) else value


def _decimal(value: float) -> Decimal:
    return Decimal(int(value)) if value.is_integer() else Decimal(repr(value))


class Where:
    """A condition on figures, in SQL as sqlite knows it: any column of the figure table, `title` and `date` too.

    Raises `BadInput` when it is none.
    """

    def __init__(self, condition: str) -> None:
        self._condition = condition
        schema = arrow_schema("figure")
        self._types = {f.name: _TEXT.get(str(f.type), "text") for f in schema} | dict.fromkeys(_ARTICLE, "text")
        self.columns: tuple[str, ...] = ()
        self._db = sqlite3.connect(":memory:")
        columns = ", ".join(f'"{name}" {kind}' for name, kind in self._types.items())
        self._db.execute(f"create table figures ({columns})")
        self.columns = self._needed()

    def places(self, part: Part) -> list[int]:
        """Return the places of the rows of a part that meet the condition."""
        if not self._condition:
            import pyarrow.parquet as pq

            return list(range(pq.read_metadata(part.path("figure")).num_rows))
        rows = self._cells(part)
        self._db.set_authorizer(None)
        self._db.execute("delete from figures")
        names = ", ".join(f'"{c}"' for c in self.columns)
        marks = ", ".join("?" * len(self.columns))
        self._db.executemany(f"insert into figures ({names}) values ({marks})", rows)
        self._db.set_authorizer(_only_reading)
        return [int(n) - 1 for (n,) in self._ask()]

    def _needed(self) -> tuple[str, ...]:
        """Find out which columns the condition reads, by letting sqlite prepare it."""
        read: set[str] = set()

        def listen(action: int, table: str | None, column: str | None, *rest: object) -> int:
            if action == sqlite3.SQLITE_READ and table == "figures" and column and column in self._types:
                read.add(column)
            return _only_reading(action, table, column, *rest)

        self._db.set_authorizer(listen)
        if self._condition:
            self._ask()
        return tuple(c for c in self._types if c in read) or ("source",)

    def _ask(self) -> list[tuple[int]]:
        try:
            return self._db.execute(f"select rowid from figures where ({self._condition}) order by rowid").fetchall()
        except sqlite3.Error as error:
            raise BadInput(f"no condition: {error}", code="usage", where=f"--where {self._condition}") from None

    def _cells(self, part: Part) -> Iterator[tuple[Any, ...]]:
        own = [c for c in self.columns if c not in _ARTICLE]
        rows = part.rows("figure", list(dict.fromkeys([*own, "source", "article_id"])))
        articles: dict[tuple[str, str], Mapping[str, Any]] = {}
        if len(own) < len(self.columns):
            articles = {(a["source"], a["article_id"]): a for a in part.rows("article")}
        for row in rows:
            article = articles.get((row["source"], row["article_id"]), {})
            yield tuple(_plain(article.get(c) if c in _ARTICLE else row[c]) for c in self.columns)


def _plain(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, list) else value


def _only_reading(action: int, _first: str | None, name: str | None, *_rest: object) -> int:
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_DENY if name == "load_extension" else sqlite3.SQLITE_OK
    return sqlite3.SQLITE_OK if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ) else sqlite3.SQLITE_DENY


def export_slice(
    run: Path, where: str, formats: Sequence[str], out: Path, *, lang: str = "en", rules: Path | None = None
) -> int:
    """Write the figures of a run that meet a condition into a run folder of their own; return how many.

    It holds the articles that they stand in and those articles' texts; whatever reads a run reads it. Raises `BadInput`
    for a format or a condition that is none.
    """
    from zhengwen.rules import load

    if unknown := sorted(set(formats) - set(FORMATS)):
        raise BadInput(f"no such format: {unknown[0]} (wanted: {', '.join(FORMATS)})", code="usage", where="--format")
    condition, ready, count = Where(where), load(rules), 0
    with RunFolder(out, formats, ready, lang) as folder:
        for part in parts_of(run):
            for page, records in _pages(part, condition.places(part)):
                folder.add(page, records)
                count += sum(isinstance(r, Figure) for r in records)
        options = {"inputs": [str(run)], "where": where, "formats": list(formats)}
        folder.close({"zhengwen": __version__, "rules_hash": ready.hash, "options": options})
    return count


def _pages(part: Part, places: Sequence[int]) -> Iterator[tuple[Page, list[Record]]]:
    """Yield the pages that hold the figures at `places`, each with its articles and those figures, in order."""
    if not places:
        return
    figures: dict[str, list[Record]] = {}
    for figure in part.figures(places):
        figures.setdefault(figure.source, []).append(figure)
    articles: dict[str, list[Record]] = {}
    for row in part.rows("article"):
        if row["source"] in figures:
            articles.setdefault(row["source"], []).append(record_of("article", row))
    texts = {row["source"]: page_of_row(row) for row in part.rows("text") if row["source"] in figures}
    for source, found in figures.items():
        named = {r.article_id for r in found if isinstance(r, Figure)}
        mine = [a for a in articles.get(source, ()) if isinstance(a, Article) and a.article_id in named]
        yield texts.get(source, Page(source, "")), [*mine, *found]
