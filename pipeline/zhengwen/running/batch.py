"""`zhengwen batch`: an archive, whatever happens. What is interrupted goes on; what is bad is put aside.

Order of events for a part: a worker writes its files under temporary names; the manifest notes the intent; the files
get their names; the manifest notes that it is done. Whichever moment the power fails in, the next start finishes or
repeats that part, and the rows are the same.
"""

from __future__ import annotations

import json
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from types import FrameType
from typing import Any

from zhengwen import __version__
from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.reading import Known, Sources, parse_date
from zhengwen.records import SCHEMA_VERSION
from zhengwen.running.manifest import Manifest, Outcome
from zhengwen.running.parts import Written, part_names, prepare, publish, size_of, sweep
from zhengwen.running.plan import Outage, Plan, Wait, take_stock
from zhengwen.running.pool import Lost, Pool
from zhengwen.running.progress import ONE_PAGE, Expected, Progress
from zhengwen.running.rerun import mark_stale
from zhengwen.running.storage import StorageError
from zhengwen.running.worker import ENGINE, Done, Failed, Setup, Task
from zhengwen.tables.jsonl import dumps_plain

__all__ = ["Batch", "maker", "run_batch", "state_of"]

FORMATS = ("parquet", "jsonl")
_TRIES = 2
_TICK = 0.5
_RECOVERING = (1.0, 30.0)


@dataclass(frozen=True, slots=True)
class Batch:
    """What the user asked for. `limit` and `patience` are seconds: for an article, and for a storage that is away."""

    inputs: tuple[str, ...]
    out: Path
    formats: tuple[str, ...] = ("parquet",)
    workers: int = 1
    date: str | None = None
    rules: Path | None = None
    state: Path | None = None
    resume: bool = False
    rerun: str = ""
    retry_errors: bool = False
    limit: float = 60.0
    patience: float = 600.0
    part: int = 500
    quiet: bool = False
    known: Known = field(default_factory=Known)
    """What the user says of the inputs from outside them: a catalogue, a pattern of paths, columns."""
    reader: str = ENGINE

    def checked(self) -> Batch:
        """Return the job with its date in our notation. Raises for what cannot be asked for."""
        for name in self.formats:
            if name not in FORMATS:
                raise _usage(f"no such format for parts: {name} (wanted: {', '.join(FORMATS)})", "--format")
        if not self.formats:
            raise _usage("name at least one format", "--format")
        if self.out.exists() and not self.out.is_dir():
            raise _usage("is a file, not a folder", f"-o {self.out}")
        if self.rerun and self.rerun != "all" and not self.rerun.startswith("containing "):
            raise _usage(f"wanted: all, or 'containing TERM', not {self.rerun!r}", "--rerun")
        self.known.sources()
        return replace(self, date=parse_date(self.date or "", where="--date") or None)

    @property
    def sources(self) -> Sources:
        """What is known of the inputs, read. Raises `BadInput` when the catalogue cannot be."""
        return self.known.sources(self.date or "")

    @property
    def home(self) -> Path:
        """The folder of the manifest."""
        return self.state or self.out / ".state"


def _usage(message: str, where: str) -> BadInput:
    return BadInput(message, code="usage", where=where)


def state_of(run: Path, state: Path | None = None) -> Path:
    """Return the folder of a run's manifest: as given, as `run.json` tells, or inside the run."""
    if state:
        return state
    with suppress(OSError, ValueError, KeyError, TypeError):
        return Path(json.loads((run / "run.json").read_text(encoding="utf-8"))["state"])
    return run / ".state"


def maker(rules_hash: str) -> str:
    """Return what makes rows: rows of another maker are stale."""
    return f"{rules_hash[:16]} {__version__}"


def run_batch(job: Batch) -> int:
    """Do the job and return how many inputs and articles failed; each is a line in `errors.jsonl`.

    Raises `BadInput` or `BadRule` for what is wrong with the job, `StorageError` when the storage does not come back;
    whatever it raises, the same job goes on from where it was.
    """
    from zhengwen.rules import load

    job = job.checked()
    made_by = maker(load(job.rules).hash)
    _check_folder(job)
    try:
        job.out.mkdir(parents=True, exist_ok=True)
        with _closing(Manifest(job.home)) as manifest:
            return _Run(job, manifest, made_by).go()
    except sqlite3.OperationalError as error:
        raise StorageError(f"the manifest: {error}; the same command goes on", where=str(job.home)) from None
    except OSError as error:
        raise StorageError(f"cannot be written to: {error.strerror}", code="output", where=str(job.out)) from None


@contextmanager
def _closing(manifest: Manifest) -> Iterator[Manifest]:
    try:
        yield manifest
    finally:
        manifest.close()


def _check_folder(job: Batch) -> None:
    """Refuse to write into a folder of something else, and to go on with a run that is not there."""
    known = (job.home / "manifest.sqlite").is_file()
    if job.resume and not known:
        raise _usage("there is no run to resume", f"-o {job.out}")
    if not known and job.out.is_dir() and any(not p.name.startswith(".") for p in job.out.iterdir()):
        raise _usage("holds files, but no manifest of a batch run: take another folder, or --state", f"-o {job.out}")
    if not job.inputs and not job.resume:
        raise _usage("no inputs", "batch")


class _Run:
    """One run, from taking stock to the closing line."""

    def __init__(self, job: Batch, manifest: Manifest, made_by: str) -> None:
        self._manifest, self._maker = manifest, made_by
        self._job = self._agreed(job)
        self._again: list[Task] = []
        self._given: dict[int, Task] = {}
        self._waiting = self._exhausted = False
        self._trouble_since: float | None = None
        self._go_on_at = 0.0
        self._bad_inputs: list[ZhengwenError] = []
        self._progress = Progress(quiet=job.quiet)
        self._started = time.time()

    def go(self) -> int:
        """Do everything that is to be done, and write down how it went."""
        self._recover()
        scan = self._manifest.next_scan()
        self._sources = self._job.sources
        self._bad_inputs = list(take_stock(self._manifest, self._job.inputs, scan, self._sources))
        for error in self._bad_inputs:
            _say(error.line())
        self._choose()
        with self._manifest.changing():
            self._manifest.note(started=self._started, state="running")
        self._write_about("running")
        state = "stopped"
        try:
            self._work(scan)
            state = "done"
        finally:
            self._manifest.note(state=state)
            self._write_about(state)
        return self._closing_words()

    # Before the work

    def _agreed(self, job: Batch) -> Batch:
        """Return the job with the inputs that the run began with; refuse options that would mix two kinds of parts."""
        told = self._manifest.about()
        for option, now in (("formats", list(job.formats)), ("date", job.date)):
            if option in told and told[option] != now:
                raise _usage(f"the run began with {option} {told[option]}, not {now}", f"-o {job.out}")
        before = Known(**told.get("known", {}))
        known = before if job.resume and job.known == Known() else job.known
        if "formats" in told and known != before:
            raise _usage(f"the run began with {before.plain() or 'nothing said'} of its inputs", f"-o {job.out}")
        inputs = job.inputs or tuple(told.get("inputs", ()))
        self._manifest.note(formats=list(job.formats), date=job.date, inputs=list(inputs), known=known.plain())
        return replace(job, inputs=inputs, known=known)

    def _recover(self) -> None:
        """Finish the parts that were about to be named, and give up those whose files are not what they were."""
        out = self._job.out
        if not (out / "run.json").exists() and any(files for _, files in self._manifest.parts()):
            raise BadInput("its files are not there, its manifest is: is the storage away?", where=f"-o {out}")
        prepare(out, self._job.formats)
        for done in map(_done_of, self._manifest.intents()):
            with suppress(FileNotFoundError):  # lost since: the part is found wanting below
                publish(out, done.files, again=True)
            self._settle(done, {file.name: file.size for file in done.files})
        sweep(out)
        for part, files in self._manifest.parts():
            if any(size_of(out / name) != size for name, size in files.items()):
                _say(f"part {part} is not as it was written: its articles are read again")
                with self._manifest.changing():
                    self._manifest.renew_part(part)
                for name in part_names(part, self._job.formats).values():
                    (out / name).unlink(missing_ok=True)

    def _choose(self) -> None:
        """Mark what is to be done again, as the user asked."""
        with self._manifest.changing():
            if self._job.retry_errors:
                self._manifest.renew_failed()
            again = mark_stale(self._manifest, self._job.out, self._maker, self._job.rerun) if self._job.rerun else 0
        stale = self._manifest.tally(self._maker)["stale"]
        if self._job.rerun and not self._job.quiet:
            _say(f"{again} articles are done again with the rules as they are now")
        if stale and not self._job.quiet:
            _say(f"{stale} articles were made with other rules (stale): --rerun all, or --rerun 'containing TERM'")

    # The work

    def _work(self, scan: int) -> None:
        job, manifest = self._job, self._manifest
        plan = Plan(manifest, scan=scan, size=job.part, sources=self._sources)
        before = manifest.tally(self._maker)
        self._progress.before = before["done"] + before["failed"]
        files, archives = manifest.kinds(scan, ONE_PAGE)
        self._progress.total = Expected(files, archives)
        setup = Setup(job.out, job.formats, job.date, job.rules, job.reader, job.known)
        self._progress.begin()
        try:
            steps = plan.steps()
            self._feed_first(steps, setup)
        finally:
            self._progress.end()

    def _feed_first(self, steps: Iterator[Task | Outage | Wait], setup: Setup) -> None:
        """Start workers only when there is something for them to do."""
        first = next((s for s in steps if not isinstance(s, Wait)), None)
        if first is None:
            return
        with _stoppable():
            pool = Pool(setup, self._job.workers, limit=self._job.limit)
            try:
                self._loop(pool, _chain(first, steps))
            finally:
                pool.close()

    def _loop(self, pool: Pool, steps: Iterator[Task | Outage | Wait]) -> None:
        while True:
            self._feed(pool, steps)
            if self._exhausted and not pool.busy and not self._again:
                return
            for event in pool.events(_TICK):
                self._take(event)
            self._progress.tick(pool.begun())

    def _feed(self, pool: Pool, steps: Iterator[Task | Outage | Wait]) -> None:
        """Give every idle worker a part, unless the storage is away or the plan waits."""
        while pool.idle and time.monotonic() >= self._go_on_at:
            if self._again:
                self._give(pool, self._again.pop())
                continue
            if self._exhausted or (self._waiting and pool.busy):
                return
            step = next(steps, None)
            self._exhausted = step is None
            self._waiting = isinstance(step, Wait)
            if isinstance(step, Outage):
                self._trouble(f"{step.source}: {step.reason}")
            elif isinstance(step, Task):
                self._give(pool, step)

    def _give(self, pool: Pool, task: Task) -> None:
        self._given[task.part] = task
        pool.give(task)

    def _take(self, event: Done | Failed | Lost) -> None:
        """Settle what has become of a part."""
        if isinstance(event, Done):
            task = self._given.pop(event.part)
            with self._manifest.changing():
                self._manifest.intend(event.part, _intent(event))
            self._settle(event, self._named(event))
            self._count(event, task)
        elif isinstance(event, Failed):
            self._again.append(self._given.pop(event.part))
            self._trouble(event.reason)
        else:
            self._again.append(self._without(event, self._given.pop(event.task.part)))

    def _settle(self, done: Done, sizes: dict[str, int]) -> None:
        """Note that a part is done: its files have their names."""
        with self._manifest.changing():
            for outcome in done.outcomes:
                self._manifest.settle(outcome, self._maker)
            self._manifest.drop(done.dropped)
            self._manifest.commit_part(done.part, sizes)

    def _named(self, done: Done) -> dict[str, int]:
        """Name a part's files; while the storage is away, try again until patience ends."""
        again = False
        while True:
            try:
                return publish(self._job.out, done.files, again=again)
            except OSError as error:
                again = True
                self._trouble(error.strerror or str(error))
                time.sleep(max(0.0, self._go_on_at - time.monotonic()))

    def _without(self, event: Lost, task: Task) -> Task:
        """Return a part whose worker was lost, without the item that it was lost at twice."""
        suspects = [event.at] if event.at else list(task.items) if event.writing else []
        tries = _TRIES if event.at else _TRIES + 1
        lost = {item.id for item in suspects if self._manifest.tried(item.id) >= tries}
        code = "time" if event.why.startswith("took") else "worker"
        given_up = tuple(Outcome(i, "failed", code, f"{event.why}, {tries} times") for i in sorted(lost))
        items = tuple(item for item in task.items if item.id not in lost)
        return replace(task, items=items, given_up=(*task.given_up, *given_up))

    def _trouble(self, reason: str) -> None:
        """Wait for the storage to come back, longer each time; give up when patience ends."""
        now, (least, most) = time.monotonic(), _RECOVERING
        if self._trouble_since is None:
            self._trouble_since = now
            _say(f"the storage fails ({reason}): waiting up to {self._job.patience:g} s for it")
        gone = now - self._trouble_since
        if gone >= self._job.patience:
            left = self._manifest.tally(self._maker)["pending"]
            raise StorageError(f"{reason}; {left} articles are pending, the same command goes on", where="storage")
        self._go_on_at = now + min(most, max(gone, least), max(self._job.patience - gone, 0.05))

    def _count(self, done: Done, task: Task) -> None:
        self._trouble_since = None
        self._progress.advance(
            done=len(task.items) + len(task.given_up),
            characters=sum(o.characters for o in done.outcomes),
            figures=sum((o.counts or {}).get("figure", 0) for o in done.outcomes),
            errors=sum(o.status == "failed" for o in done.outcomes),
        )

    # After the work

    def _write_about(self, state: str) -> None:
        """Write `run.json` and `errors.jsonl`, whole."""
        told = self._manifest.tally(self._maker)
        about = {
            "schema_version": SCHEMA_VERSION,
            "zhengwen": __version__,
            "rules_hash": self._maker.split(" ")[0],
            "state": str(self._job.home.absolute()),
            "status": state,
            "options": {
                "inputs": list(self._job.inputs),
                "formats": list(self._job.formats),
                "date": self._job.date,
                "rules": str(self._job.rules) if self._job.rules else None,
                **self._job.known.plain(),
            },
            "articles": {k: told[k] for k in ("done", "failed", "pending", "stale")},
            "inputs": told["inputs"],
            "characters": told["characters"],
            "records": dict(sorted(self._manifest.records().items())),
            "seconds_of_work": told["milliseconds"] // 1000,
        }
        _write_whole(self._job.out / "run.json", json.dumps(about, ensure_ascii=False, indent=2) + "\n")
        errors = [dumps_plain(e) + "\n" for e in self._manifest.errors()]
        errors += [dumps_plain({"source": e.where, "code": e.code, "error": str(e)}) + "\n" for e in self._bad_inputs]
        if errors or (self._job.out / "errors.jsonl").exists():
            _write_whole(self._job.out / "errors.jsonl", "".join(errors))

    def _closing_words(self) -> int:
        told = self._manifest.tally(self._maker)
        failed = told["failed"] + len(self._bad_inputs)
        if not self._job.quiet:
            seconds = time.time() - self._started
            line = f"{self._manifest.records()['figure']} figures of {told['done']} articles in {self._job.out}"
            line += f"; {self._progress.done} read now in {seconds:.0f} s"
            line += f"; {failed} failed (errors.jsonl)" if failed else ""
            line += f"; {told['pending']} are pending: their inputs are not there" if told["pending"] else ""
            _say(line)
        return failed


def _chain(first: Task | Outage | Wait, rest: Iterator[Task | Outage | Wait]) -> Iterator[Task | Outage | Wait]:
    yield first
    yield from rest


def _intent(done: Done) -> str:
    return dumps_plain(asdict(done))


def _done_of(intent: str) -> Done:
    told: dict[str, Any] = json.loads(intent)
    outcomes = tuple(Outcome(**o) for o in told["outcomes"])
    return Done(told["part"], outcomes, tuple(Written(**f) for f in told["files"]), tuple(told["dropped"]))


def _write_whole(path: Path, text: str) -> None:
    temporary = path.with_name(f".{path.name}.partial")
    temporary.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")
    temporary.replace(path)


def _say(line: str) -> None:
    print(f"zhengwen: {' '.join(line.split())}", file=sys.stderr, flush=True)


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let a request to end (SIGTERM) stop the run as Ctrl-C does."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, stop)
    except ValueError:  # not the main thread: the caller has its own ways
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
