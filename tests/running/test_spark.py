"""On a real local Spark with two executors: the rows of the pool, and nothing lost when an executor is killed."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import warnings
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from zhengwen.records import Figure
from zhengwen.running.spark import staged
from zhengwen.schema import RECORDS, arrow_schema
from zhengwen.tables.parquet import arrow_row

from .conftest import HERE
from .runs import Start, archive, everything, texts

MASTER = "local-cluster[2,1,1024]"
TABLES = ("articles", "figures", "texts")


def missing() -> str:
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed (pip install zhengwen[spark])"
    return "" if shutil.which("java") or os.environ.get("JAVA_HOME") else "Spark needs Java, and there is none"


@pytest.fixture(scope="module", autouse=False)
def spark_here() -> None:
    """Skip loudly: a warning stands in the summary of the whole suite."""
    if why := missing():
        warnings.warn(f"NOT TESTED: the Spark engine: {why}", stacklevel=1)
        pytest.skip(why)


DRIVER = """
import sys
from zhengwen.running.spark import SparkJob, run_spark
sys.path.insert(0, {here!r})
job = SparkJob(({path!r}, {folder!r}), {out!r}, {master!r}, 12, reader="readers:counting", limit=1.0)
sys.exit(run_spark(job))
"""


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An archive and a folder: 120 slow articles and one that never ends, 7 files."""
    home = tmp_path_factory.mktemp("spark")
    folder = home / "pages"
    folder.mkdir()
    for n, text in enumerate(texts(7)):
        (folder / f"{n}.txt").write_text(text, encoding="utf-8")
    return archive(home / "a.jsonl", [*texts(120, "慢"), "毒1家"]), folder


def executors() -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"CoarseGrainedExecutorBackend" in path.read_bytes() and b"java" in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


@pytest.mark.usefixtures("spark_here")
def test_spark_gives_the_rows_of_the_pool_though_an_executor_is_killed(
    start: Start, inputs: tuple[Path, Path], tmp_path: Path
) -> None:
    start(*inputs, out=tmp_path / "pool", limit=1.0)
    path, folder = map(str, inputs)
    code = DRIVER.format(here=str(HERE), path=path, folder=folder, out=str(tmp_path / "spark"), master=MASTER)
    others = set(executors())
    with (tmp_path / "said").open("w") as said:
        process = subprocess.Popen([sys.executable, "-c", code], stdout=said, stderr=said)
        killed = kill_one_in_the_middle(process, tmp_path / "spark" / "stage", others)
        code_left = process.wait(600)

    words = (tmp_path / "said").read_text(errors="replace")
    assert killed, words[-2000:]
    assert code_left == 1, words[-2000:]  # one article is bad
    pool, spark = everything(tmp_path / "pool"), everything(tmp_path / "spark")
    for table in TABLES:
        assert sorted(map(str, spark[table])) == sorted(map(str, pool[table]))
    assert [(e["source"], e["code"]) for e in spark["errors"]] == [(f"{path}#0121", "time")]
    assert json.loads((tmp_path / "spark" / "run.json").read_text())["failed"] == 1
    assert not (tmp_path / "spark" / "stage").exists()


def kill_one_in_the_middle(process: subprocess.Popen[bytes], stage: Path, others: set[int]) -> bool:
    """Kill an executor as soon as a task has begun to write; tell whether there was one."""
    for _ in range(6000):
        if process.poll() is not None:
            return False
        if any(stage.rglob("*.parquet")) and (mine := set(executors()) - others):
            os.kill(min(mine), signal.SIGKILL)
            return True
        time.sleep(0.05)
    return False


def test_staging_holds_every_table_apart() -> None:
    figure = Figure(source="a", figure_id="f", article_id="z", start=0, end=2, text="3家", value=Decimal(3))

    batch = staged({"figure": [arrow_row(figure)] * 2, "error": [("b", "time", "late")]})

    assert batch.column("kind").to_pylist() == ["figure", "figure", "error"]
    assert [r and r["value"] for r in batch.column("figure").to_pylist()] == [3.0, 3.0, None]
    assert [r and r["code"] for r in batch.column("error").to_pylist()] == [None, None, "time"]
    for kind in RECORDS:
        fields = [(f.name, f.type) for f in batch.schema.field(kind).type]
        assert fields == [(f.name, f.type) for f in arrow_schema(kind)]
    assert staged({}).num_rows == 0
    assert isinstance(batch, pa.RecordBatch)
