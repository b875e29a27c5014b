"""How a batch run stands, while it works or after: read from its manifest, without disturbing it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from zhengwen.errors import BadInput
from zhengwen.running.batch import maker, state_of
from zhengwen.running.manifest import Manifest
from zhengwen.running.progress import spell
from zhengwen.schema import plural

__all__ = ["status"]


def status(run: Path, state: Path | None = None, rules: Path | None = None) -> Iterator[str]:
    """Yield lines on a run: what is done, put aside, pending and stale, how fast it goes, what took longest.

    Raises `BadInput` when there is no batch run.
    """
    from zhengwen.rules import load

    manifest = Manifest(state_of(run, state), read_only=True)
    try:
        yield from _lines(manifest, maker(load(rules).hash))
    except sqlite3.Error as error:
        raise BadInput(f"the manifest cannot be read: {error}", code="manifest", where=str(run)) from None
    finally:
        manifest.close()


def _lines(manifest: Manifest, made_by: str) -> Iterator[str]:
    told, about, records = manifest.tally(made_by), manifest.about(), manifest.records()
    since = f", begun {spell(time.time() - about['started'])} ago" if about.get("state") == "running" else ""
    yield f"{about.get('state', 'not begun')}{since}: {told['done']} articles done, {told['pending']} planned"
    yield f"{told['failed']} put aside (errors.jsonl), {told['stale']} stale (made with other rules)"
    yield f"{told['inputs']} inputs, {told['characters']} characters, " + ", ".join(
        f"{number} {plural(kind)}" for kind, number in sorted(records.items())
    )
    seconds = told["milliseconds"] / 1000
    if seconds:
        yield f"{told['done'] / seconds:.0f} articles/s, {told['characters'] / seconds:.0f} characters/s in each worker"
    slow = [f"{source} ({seconds:.1f} s)" for source, seconds in manifest.slowest() if seconds >= 1]
    if slow:
        yield f"slowest: {', '.join(slow)}"
