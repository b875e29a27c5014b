"""The commands for archives: `batch`, `status`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["mount"]

RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="A folder of your own rules, over the shipped ones.")
]
DateOption = Annotated[str | None, typer.Option("--date", metavar="D", help="Publication date where none is known.")]
StateOption = Annotated[
    Path | None, typer.Option("--state", metavar="DIR", help="Where the manifest lies: a local disk (RUN/.state).")
]
RunArgument = Annotated[Path, typer.Argument(metavar="RUN", help="A run folder (batch -o).")]


def mount(app: typer.Typer) -> None:
    """Add the commands for archives to the program's."""
    app.command()(batch)


def batch(  # noqa: PLR0913, PLR0917 - one argument for each option
    out: Annotated[Path, typer.Option("--out", "-o", metavar="RUN", help="The run folder.")],
    inputs: Annotated[list[str] | None, typer.Argument(metavar="INPUT...", help="Files, folders, globs.")] = None,
    workers: Annotated[int, typer.Option("--workers", min=1, metavar="N", help="Worker processes.")] = 1,
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help="parquet, jsonl; divided by commas.")
    ] = "parquet",
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the inputs that the run began with.")] = False,
    rerun: Annotated[
        str, typer.Option("--rerun", metavar="WHICH", help="Stale articles again: all, or 'containing TERM'.")
    ] = "",
    retry_errors: Annotated[bool, typer.Option("--retry-errors", help="Try the quarantined articles again.")] = False,
    state: StateOption = None,
    limit: Annotated[float, typer.Option("--limit", metavar="SECONDS", help="Time for one article.")] = 60.0,
    patience: Annotated[
        float, typer.Option("--patience", metavar="SECONDS", help="How long to wait for a storage that is away.")
    ] = 600.0,
    part: Annotated[int, typer.Option("--part", min=1, metavar="N", help="Articles in a part, at most.")] = 500,
    date: DateOption = None,
    rules: RulesOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing but errors.")] = False,
) -> None:
    """Read a whole archive into Parquet parts: resumable, in parallel; the same command goes on after anything."""
    from zhengwen.running.batch import Batch, run_batch

    job = Batch(
        inputs=tuple(inputs or ()),
        out=out,
        formats=tuple(filter(None, formats.split(","))),
        workers=workers,
        date=date,
        rules=rules,
        state=state,
        resume=resume,
        rerun=rerun,
        retry_errors=retry_errors,
        limit=limit,
        patience=patience,
        part=part,
        quiet=quiet,
    )
    raise typer.Exit(1 if run_batch(job) else 0)
