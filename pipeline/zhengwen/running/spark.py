"""`zhengwen batch --engine spark`: the same rows on a cluster, from and to any file system that Spark knows.

Files are read by Spark and handed to the engine in Arrow batches (`mapInArrow`: the schema of the parts, exactly);
everything is computed once into a staging folder, then written as one folder of Parquet for each table. A task that
fails or an executor that dies is done again by Spark.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlparse

from zhengwen import __version__
from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.reading import find_inputs, read_pages
from zhengwen.reading.archives import page_of_line
from zhengwen.records import SCHEMA_VERSION
from zhengwen.running.worker import ENGINE, Setup, make_reader
from zhengwen.schema import RECORDS, plural
from zhengwen.stages import Page
from zhengwen.tables.parquet import ArrowRow, arrow_row, arrow_table, page_of_row, text_row

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["SparkJob", "run_spark", "staged"]

_KINDS = (*RECORDS, "text")
_PAGES = 50
"""Pages whose rows go back to Spark together."""
_ERRORS = ("source", "code", "error")


@dataclass(frozen=True, slots=True)
class SparkJob:
    """What the user asked for. `partitions`: how many tasks share the articles (0: as Spark reads them)."""

    inputs: tuple[str, ...]
    out: str
    master: str = "local[*]"
    partitions: int = 0
    conf: tuple[str, ...] = ()
    date: str | None = None
    rules: Path | None = None
    limit: float = 60.0
    quiet: bool = False
    reader: str = ENGINE


def run_spark(job: SparkJob) -> int:
    """Do the job and return how many articles failed (they are in `errors`).

    Raises `BadInput` without pyspark, or when the output is there already.
    """
    session = _session(job)
    try:
        pages = _pages(session, job)
        stage = f"{job.out.rstrip('/')}/stage"
        setup = Setup(Path(), ("parquet",), job.date, job.rules, job.reader)
        made = pages.mapInArrow(_Extract(setup, job.limit), _staging())
        made.write.mode("errorifexists").parquet(stage)
        failed = _divide(session, stage, job.out)
        _finish(session, job, stage, failed)
        return failed
    finally:
        session.stop()


def _session(job: SparkJob) -> SparkSession:
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise BadInput("needs the package pyspark (pip install zhengwen[spark])", code="missing") from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("zhengwen").master(job.master).config("spark.ui.enabled", "false")
    if job.master.startswith("local"):
        here = str(Path(__file__).parents[2])
        builder = builder.config("spark.executorEnv.PYTHONPATH", os.pathsep.join([here, *sys.path]))
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    for pair in job.conf:
        name, _, value = pair.partition("=")
        builder = builder.config(name, value)
    return builder.getOrCreate()


# Input: every file to rows of (path, what, content)


def _pages(session: SparkSession, job: SparkJob) -> DataFrame:
    """Return everything to read as rows of kind, path and content: lines of archives, kept texts, or whole files."""
    from functools import reduce

    frames = [_frame(session, argument) for argument in job.inputs]
    union = reduce(lambda a, b: a.unionByName(b), frames)
    return union.repartition(job.partitions) if job.partitions else union


def _frame(session: SparkSession, argument: str) -> DataFrame:
    from pyspark.sql import functions as f

    name = argument.lower()
    empty, path = f.lit(None).cast("binary").alias("content"), f.input_file_name().alias("path")
    local = argument.removeprefix("file://") if "://" not in argument.removeprefix("file://") else argument
    given = [f.lit(argument).alias("argument"), f.lit(str(Path(local).absolute())).alias("root")]
    if name.endswith((".jsonl", ".jsonl.gz")):
        lines = session.read.text(argument)
        return lines.select(*given, f.lit("line").alias("kind"), path, "value", empty)
    if name.rstrip("/").endswith((".parquet", "texts")):
        kept = session.read.parquet(argument).select(f.to_json(f.struct("*")).alias("value"))
        return kept.select(*given, f.lit("text").alias("kind"), f.lit("").alias("path"), "value", empty)
    files = session.read.format("binaryFile").option("recursiveFileLookup", "true")
    if "*" not in name and "." not in name.rsplit("/", 1)[-1]:
        files = files.option("pathGlobFilter", "*.txt")
    nothing = f.lit("").alias("value")
    return files.load(argument).select(*given, f.lit("file").alias("kind"), "path", nothing, "content")


# In the executors


@dataclass(frozen=True, slots=True)
class _Extract:
    """The function that executors map over batches of rows."""

    setup: Setup
    limit: float

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        reader = make_reader(self.setup)
        rows: dict[str, list[ArrowRow]] = {}
        pages = 0
        for batch in batches:
            for row in batch.to_pylist():
                for page in _read(row, self.setup.date):
                    _take(rows, page, reader, self.limit)
                    pages += 1
                if pages >= _PAGES:
                    yield staged(rows)
                    rows, pages = {}, 0
        yield staged(rows)


def _take(rows: dict[str, list[ArrowRow]], page: Page | ZhengwenError, reader: Any, limit: float) -> None:
    """Read one page into rows; what goes wrong is a row of errors."""
    try:
        if isinstance(page, ZhengwenError):
            raise page
        with _within(limit):
            records = reader(page)
    except ZhengwenError as error:
        source = page.source if isinstance(page, Page) else error.where
        rows.setdefault("error", []).append((source, error.code, str(error)))
    except Exception as error:  # a fault of ours in one article must not end the job
        source = page.source if isinstance(page, Page) else ""
        rows.setdefault("error", []).append((source, "internal", f"internal error: {type(error).__name__}: {error}"))
    else:
        assert isinstance(page, Page)
        rows.setdefault("text", []).append(text_row(page))
        for record in records:
            rows.setdefault(record.record, []).append(arrow_row(record))


def _read(row: dict[str, Any], date: str | None) -> Iterator[Page | ZhengwenError]:
    """Yield the pages of one row of the input: a line, a kept text, or a file's bytes."""
    if row["kind"] == "text":
        yield page_of_row(json.loads(row["value"]))
        return
    source = _as_given(row["path"], row["argument"], row["root"])
    if row["kind"] == "line":
        if row["value"].strip():
            yield page_of_line(row["value"].encode("utf-8", "surrogatepass"), source, date=date or "")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(source).name
        path.write_bytes(row["content"])
        for item in find_inputs([path]):
            for page in [item] if isinstance(item, ZhengwenError) else read_pages(item, date=date):
                yield _named(page, str(path), source)


def _named(page: Page | ZhengwenError, here: str, source: str) -> Page | ZhengwenError:
    if isinstance(page, Page):
        return replace(page, source=page.source.replace(here, source, 1))
    return BadInput(str(page), code=page.code, where=page.where.replace(here, source, 1))


def _as_given(path: str, argument: str, root: str) -> str:
    """Return a file's name as the pool would have it: local files as the user gave them, others by their address."""
    if urlparse(path).scheme != "file":
        return path
    local = unquote(urlparse(path).path)
    return argument + local[len(root) :] if local == root or local.startswith(f"{root.rstrip('/')}/") else local


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Raise `BadInput` when the block takes longer (where the system has timers; else never)."""

    def late(_number: int, _frame: FrameType | None) -> None:
        raise BadInput(f"took longer than {seconds:g} seconds", code="time")

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


# Staging: one table with a structure for each kind of record, so that everything is computed once


def staged(rows: Mapping[str, Sequence[ArrowRow]]) -> pa.RecordBatch:
    """Return rows of all tables as one batch: `kind`, and a column for each kind, empty in rows of the others."""
    import pyarrow as pa

    total = sum(map(len, rows.values()))
    names = [kind for kind in (*_KINDS, "error") for _ in rows.get(kind, ())]
    columns, at = [pa.array(names, pa.string())], 0
    for kind in (*_KINDS, "error"):
        table = _table(kind, rows.get(kind, ())).combine_chunks()
        arrays = [c.chunk(0) if c.num_chunks else pa.array([], c.type) for c in table.columns]
        own = pa.StructArray.from_arrays(arrays, fields=[f.with_nullable(True) for f in table.schema])
        pieces = [pa.nulls(at, own.type), own, pa.nulls(total - at - len(own), own.type)]
        columns.append(pa.concat_arrays(pieces))
        at += len(own)
    return pa.RecordBatch.from_arrays(columns, names=["kind", *_KINDS, "error"])


def _table(kind: str, rows: Sequence[ArrowRow]) -> pa.Table:
    import pyarrow as pa

    if kind != "error":
        return arrow_table(kind, rows)
    columns = list(zip(*rows, strict=True)) or [()] * len(_ERRORS)
    return pa.table([pa.array(c, pa.string()) for c in columns], names=list(_ERRORS))


def _staging() -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(staged({}).schema)


# Output


def _divide(session: SparkSession, stage: str, out: str) -> int:
    """Write each table from the staging folder; return the number of errors."""
    from pyspark.sql import functions as f

    made = session.read.parquet(stage)
    for kind in (*_KINDS, "error"):
        rows = made.where(f.col("kind") == kind).select(f"{kind}.*")
        rows.write.mode("errorifexists").parquet(f"{out.rstrip('/')}/{plural(kind)}")
    return int(made.where(f.col("kind") == "error").count())


def _finish(session: SparkSession, job: SparkJob, stage: str, failed: int) -> None:
    """Write `run.json`, and remove the staging folder."""
    from zhengwen.rules import load

    about = {
        "schema_version": SCHEMA_VERSION,
        "zhengwen": __version__,
        "rules_hash": load(job.rules).hash[:16],
        "engine": f"spark {session.version}",
        "options": {"inputs": list(job.inputs), "date": job.date, "rules": str(job.rules) if job.rules else None},
        "failed": failed,
    }
    files = session.sparkContext._jvm.org.apache.hadoop.fs
    configuration = session.sparkContext._jsc.hadoopConfiguration()
    path = files.Path(f"{job.out.rstrip('/')}/run.json")
    system = path.getFileSystem(configuration)
    stream = system.create(path, True)
    try:
        stream.write(bytearray(json.dumps(about, ensure_ascii=False, indent=2).encode()))
    finally:
        stream.close()
    system.delete(files.Path(stage), True)
