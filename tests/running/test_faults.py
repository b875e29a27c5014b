"""Whatever happens to a run, the rows in the end are those of a run to which nothing happened."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.running.batch import Batch, run_batch
from zhengwen.running.manifest import VERSION, Manifest
from zhengwen.running.storage import StorageError

from .conftest import HERE
from .runs import Rows, Start, about, archive, errors, everything, rows, texts


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty articles, a little slow, so that a run over them can be hit in the middle."""
    return archive(tmp_path_factory.mktemp("archive") / "a.jsonl", texts(60, "慢"))


@pytest.fixture(scope="module")
def whole(path: Path) -> dict[str, Rows]:
    """What a run over `path` gives when nothing happens."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(HERE))
        run_batch(Batch((str(path),), path.parent / "run", reader="readers:counting", part=10, quiet=True))
    return everything(path.parent / "run")


DRIVER = """
import sys
from pathlib import Path
from zhengwen.running.batch import Batch, run_batch
sys.path.insert(0, {here!r})
job = Batch(({path!r},), Path({out!r}), reader="readers:{reader}", part=10, workers=2, patience=0.0, quiet=True)
sys.exit(run_batch(job))
"""


def launched(path: Path, out: Path, reader: str = "counting") -> subprocess.Popen[str]:
    """The same run in a process of its own, to be killed."""
    code = textwrap.dedent(DRIVER.format(here=str(HERE), path=str(path), out=str(out), reader=reader))
    return subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True, start_new_session=True)


def wait_for_parts(run: Path, number: int, process: subprocess.Popen[str]) -> None:
    for _ in range(15_000):
        if len(list(run.glob("figures/part-*.parquet"))) >= number or process.poll() is not None:
            return
        time.sleep(0.02)
    raise AssertionError("the run wrote nothing")


def children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return found


def is_worker(pid: int) -> bool:
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


on_linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc")


@on_linux
@pytest.mark.parametrize("parts", [0, 1, 3])
def test_kill_9_of_everything_and_the_same_command_goes_on(
    start: Start, path: Path, whole: dict[str, Rows], tmp_path: Path, parts: int
) -> None:
    process = launched(path, tmp_path / "run")
    wait_for_parts(tmp_path / "run", parts, process)
    workers = [p for p in children(process.pid) if is_worker(p)]
    process.kill()
    process.wait()
    there = len(rows(tmp_path / "run", "articles"))

    assert start(path, workers=2) == 0

    assert there < 60
    assert everything(tmp_path / "run") == whole
    for _ in range(1200):
        if not any(map(is_worker, workers)):
            break
        time.sleep(0.05)
    assert not any(map(is_worker, workers)), "a worker outlived its parent"
    assert not list((tmp_path / "run").rglob("*.partial"))


@on_linux
def test_kill_9_of_a_worker_is_made_good(path: Path, whole: dict[str, Rows], tmp_path: Path) -> None:
    process = launched(path, tmp_path / "run")
    wait_for_parts(tmp_path / "run", 1, process)
    victim = next(p for p in children(process.pid) if is_worker(p))
    os.kill(victim, signal.SIGKILL)

    assert process.wait(300) == 0
    assert everything(tmp_path / "run") == whole


@on_linux
def test_a_request_to_end_leaves_a_run_that_goes_on(
    start: Start, path: Path, whole: dict[str, Rows], tmp_path: Path
) -> None:
    process = launched(path, tmp_path / "run")
    wait_for_parts(tmp_path / "run", 1, process)
    process.terminate()
    process.wait(300)

    assert about(tmp_path / "run")["status"] == "stopped"
    assert start(path) == 0
    assert about(tmp_path / "run")["status"] == "done"
    assert everything(tmp_path / "run") == whole


def test_an_article_that_kills_its_worker_twice_is_put_aside(start: Start, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", [*texts(15), "亡", *texts(15)])

    assert start(path, workers=2) == 1

    assert len(rows(tmp_path / "run", "articles")) == 30
    (error,) = errors(tmp_path / "run")
    assert (error["source"], error["code"], error["tries"]) == (f"{path}#0016", "worker", 2)
    assert "killed by signal 9" in error["error"]


def test_an_article_that_kills_its_worker_once_is_read(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIED_ONCE", str(tmp_path / "died"))
    path = archive(tmp_path / "a.jsonl", [*texts(15), "亡3家", *texts(5)])

    assert start(path, reader="readers:dying_once") == 0

    assert (tmp_path / "died").exists()
    assert len(rows(tmp_path / "run", "articles")) == 21


def test_a_poison_article_is_put_aside_and_tried_again_when_asked(start: Start, tmp_path: Path) -> None:
    """An endless pattern: nothing but the death of its process ends it."""
    path = archive(tmp_path / "a.jsonl", [*texts(12), "毒7家", *texts(3)])

    assert start(path, limit=0.6) == 1
    (error,) = errors(tmp_path / "run")
    assert (error["source"], error["code"]) == (f"{path}#0013", "time")
    assert len(rows(tmp_path / "run", "articles")) == 15

    assert start(path, limit=0.6) == 1, "the quarantine is not tried again by itself"
    archive(path, [*texts(12), "药7家", *texts(3)])
    assert start(path, retry_errors=True) == 0
    assert [r["source"] for r in rows(tmp_path / "run", "articles")] == [f"{path}#{n:04d}" for n in range(1, 17)]


def test_a_fault_of_ours_in_one_article_is_that_articles(start: Start, tmp_path: Path) -> None:
    assert start(archive(tmp_path / "a.jsonl", ["1家", "错", "2家"])) == 1

    assert [r["value"] for r in rows(tmp_path / "run")] == [1, 2]
    assert errors(tmp_path / "run")[0]["error"] == "internal error: LookupError: no such thing"


def test_workers_that_cannot_begin_end_the_run_with_a_line(start: Start, path: Path) -> None:
    with pytest.raises(ZhengwenError, match="before it could begin, 3 times in a row"):
        start(path, reader="readers:stillborn")


def test_a_full_disk_stops_the_run_with_everything_pending(
    start: Start, path: Path, whole: dict[str, Rows], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = tmp_path / "full"
    monkeypatch.setenv("CRAMPED", str(full))
    full.touch()

    with pytest.raises(StorageError, match=r"File too large; [0-9]+ articles are pending"):
        start(path, reader="readers:cramped")
    assert rows(tmp_path / "run", "articles") == []
    assert errors(tmp_path / "run") == []

    full.unlink()
    assert start(path, reader="readers:cramped") == 0
    assert everything(tmp_path / "run") == whole


def test_a_disk_that_has_room_again_in_time_does_not_stop_the_run(
    start: Start, path: Path, whole: dict[str, Rows], tmp_path: Path
) -> None:
    """The run folder goes away under the workers and comes back while the run waits for it."""
    process = launched_with_patience(path, tmp_path / "run")
    wait_for_parts(tmp_path / "run", 1, process)
    (tmp_path / "run" / "figures").rename(tmp_path / "away")
    time.sleep(1.0)
    (tmp_path / "away").rename(tmp_path / "run" / "figures")

    assert process.wait(300) == 0
    assert everything(tmp_path / "run") == whole


def launched_with_patience(path: Path, out: Path) -> subprocess.Popen[str]:
    code = DRIVER.format(here=str(HERE), path=str(path), out=str(out), reader="counting")
    code = code.replace("patience=0.0", "patience=30.0, state=Path({!r})".format(str(out.parent / "state")))
    return subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 400 kB, where this machine lets us have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("may not mount a tmpfs here; the full disk is tested by a limit on file sizes alone")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_tiny_disk_fills_up_and_nothing_is_lost(
    start: Start, path: Path, whole: dict[str, Rows], tmp_path: Path, tiny_disk: Path
) -> None:
    state = tmp_path / "local"
    ballast = tiny_disk / ".ballast"
    ballast.write_bytes(b"x" * 300_000)

    with pytest.raises(StorageError, match="No space left"):
        start(path, out=tiny_disk, state=state)
    whole_parts = len(rows(tiny_disk, "articles"))
    assert whole_parts < 60

    ballast.unlink()
    assert start(path, out=tiny_disk, state=state) == 0
    assert everything(tiny_disk) == whole


def test_a_truncated_part_is_noticed_and_made_again(
    start: Start, path: Path, whole: dict[str, Rows], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start(path)
    part = tmp_path / "run" / "figures" / "part-000003.parquet"
    part.write_bytes(part.read_bytes()[:100])

    assert start(path) == 0

    assert "part 3 is not as it was written" in capsys.readouterr().err
    assert everything(tmp_path / "run") == whole


def test_a_lost_part_is_made_again(start: Start, path: Path, whole: dict[str, Rows], tmp_path: Path) -> None:
    start(path)
    (tmp_path / "run" / "texts" / "part-000001.parquet").unlink()

    start(resume=True)

    assert everything(tmp_path / "run") == whole


@pytest.mark.parametrize("named", [0, 1, 3])
def test_a_run_cut_off_between_the_names_of_a_part_is_finished(
    start: Start, path: Path, whole: dict[str, Rows], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: int
) -> None:
    """The power fails after `named` files of a rewritten part have got their names."""
    from zhengwen.running import batch

    class PowerCut(BaseException):
        pass

    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "classifiers.tsv").write_text("", encoding="utf-8")
    start(path)

    def cut(run: Path, files: list[batch.Written], *, again: bool = False) -> dict[str, int]:
        publish(run, files[:named], again=again)
        raise PowerCut

    publish = batch.publish
    monkeypatch.setattr(batch, "publish", cut)
    with pytest.raises(PowerCut):
        start(path, rules=rules, rerun="all")
    monkeypatch.setattr(batch, "publish", publish)

    start(path, rules=rules)

    assert everything(tmp_path / "run") == whole
    assert about(tmp_path / "run")["articles"] == {"done": 60, "failed": 0, "pending": 0, "stale": 0}


def test_a_folder_that_vanishes_in_the_middle_is_no_bad_article(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, away = tmp_path / "pages", tmp_path / "away"
    folder.mkdir()
    for n, text in enumerate(texts(30, "慢")):
        (folder / f"{n:02d}.txt").write_text(text, encoding="utf-8")
    start(folder, out=tmp_path / "whole")

    process = launched(folder, tmp_path / "run")
    wait_for_parts(tmp_path / "run", 1, process)
    folder.rename(away)
    _, said = process.communicate(timeout=300)

    assert process.returncode != 0
    assert "is gone or empty" in said
    assert errors(tmp_path / "run") == []
    assert about(tmp_path / "run")["articles"]["failed"] == 0

    away.rename(folder)
    assert start(folder) == 0
    assert everything(tmp_path / "run") == everything(tmp_path / "whole")


def test_one_missing_file_is_a_bad_article(start: Start, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1家", encoding="utf-8")
    (tmp_path / "b.txt").symlink_to(tmp_path / "b.txt")

    assert start(tmp_path / "a.txt", tmp_path / "b.txt") == 1
    assert len(rows(tmp_path / "run")) == 1


def downgrade(path: Path, version: int) -> None:
    with sqlite3.connect(path) as db:
        if version < 2:
            db.execute("alter table items drop column in_texts")
        db.execute(f"pragma user_version = {version}")
    db.close()


def test_a_manifest_of_an_older_version_is_brought_up(
    start: Start, path: Path, whole: dict[str, Rows], tmp_path: Path
) -> None:
    start(path)
    downgrade(tmp_path / "run" / ".state" / "manifest.sqlite", 1)
    before = about(tmp_path / "run")["articles"]

    assert start(path) == 0

    assert about(tmp_path / "run")["articles"] == before
    assert everything(tmp_path / "run") == whole
    with sqlite3.connect(tmp_path / "run" / ".state" / "manifest.sqlite") as db:
        assert db.execute("pragma user_version").fetchone()[0] == VERSION
    db.close()


def test_a_manifest_of_a_newer_version_is_refused(start: Start, path: Path, tmp_path: Path) -> None:
    start(path)
    downgrade(tmp_path / "run" / ".state" / "manifest.sqlite", VERSION + 1)

    with pytest.raises(BadInput, match="newer zhengwen"):
        start(path)


def test_a_run_folder_that_is_not_mounted_is_not_begun_anew(start: Start, path: Path, tmp_path: Path) -> None:
    start(path, state=tmp_path / "state")
    (tmp_path / "run").rename(tmp_path / "away")

    with pytest.raises(BadInput, match="is the storage away"):
        start(path, state=tmp_path / "state")

    (tmp_path / "run").rmdir()
    (tmp_path / "away").rename(tmp_path / "run")
    assert start(path, state=tmp_path / "state") == 0


def test_a_file_that_is_no_manifest_is_refused(start: Start, path: Path, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "manifest.sqlite").write_bytes(b"something else" * 100)

    with pytest.raises(BadInput, match="no manifest"):
        start(path, state=tmp_path / "state")


def test_two_at_once_are_refused(start: Start, path: Path, tmp_path: Path) -> None:
    start(path)
    held = Manifest(tmp_path / "run" / ".state")
    try:
        with pytest.raises(BadInput, match="another zhengwen is at work"):
            start(path)
    finally:
        held.close()
    assert start(path) == 0
