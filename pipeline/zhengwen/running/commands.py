"""The commands for archives: `survey`, `batch`, `status`, and what is made of a run afterwards."""

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
    for command in (survey, batch, status, sample, series, reprints):
        app.command()(command)


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
    engine: Annotated[
        str, typer.Option("--engine", metavar="pool|spark", help="Processes here, or a cluster.")
    ] = "pool",
    master: Annotated[str, typer.Option("--master", metavar="URL", help="With spark: its master.")] = "local[*]",
    conf: Annotated[
        list[str] | None, typer.Option("--conf", metavar="KEY=VALUE", help="With spark: any of its settings.")
    ] = None,
    partitions: Annotated[int, typer.Option("--partitions", metavar="N", help="With spark: tasks.")] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing but errors.")] = False,
    meta: Annotated[str, typer.Option("--meta", metavar="CSV", help="A catalogue of the inputs; with --key.")] = "",
    key: Annotated[str, typer.Option("--key", metavar="COLUMN", help="The catalogue's column that names them.")] = "",
    path_pattern: Annotated[
        str, typer.Option("--path-pattern", metavar="P", help="What paths say: {source_name}/{date}/{edition}.")
    ] = "",
    columns: Annotated[
        str, typer.Option("--columns", metavar="LIST", help="An archive's own column names: text=正文,title=标题.")
    ] = "",
    keep: Annotated[
        str, typer.Option("--keep", metavar="LIST", help="Further columns to keep with the texts (`meta`).")
    ] = "",
) -> None:
    """Read a whole archive into Parquet parts: resumable, in parallel; the same command goes on after anything."""
    if engine not in ("pool", "spark"):
        raise typer.BadParameter(f"pool or spark, not {engine}", param_hint="--engine")
    from zhengwen.reading import Known

    known = Known(meta, key, path_pattern, columns, keep)
    if engine == "spark" and known != Known():
        raise typer.BadParameter(
            "--meta, --path-pattern, --columns and --keep work with the pool", param_hint="--engine"
        )
    if engine == "spark":
        from zhengwen.running.spark import SparkJob, run_spark

        wanted = SparkJob(
            tuple(inputs or ()), str(out), master, partitions, tuple(conf or ()), date, rules, limit, quiet
        )
        raise typer.Exit(1 if run_spark(wanted) else 0)
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
        known=known,
    )
    raise typer.Exit(1 if run_batch(job) else 0)


def status(run: RunArgument, state: StateOption = None, rules: RulesOption = None) -> None:
    """Say how a batch run stands, while it works or after."""
    from zhengwen.running.status import status as tell

    print("\n".join(tell(run, state, rules)))


def survey(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, globs.")],
    number: Annotated[int, typer.Option("--number", "-n", min=1, help="Articles to run as a sample.")] = 200,
    workers: Annotated[int, typer.Option("--workers", min=1, metavar="N", help="Workers to reckon with.")] = 1,
    date: DateOption = None,
    rules: RulesOption = None,
) -> None:
    """Look over an archive before a batch: kinds, encodings, what cannot be read, hours and disk."""
    from zhengwen.running.survey import survey as look

    found = look(inputs, sample=number, date=date, rules=rules)
    print("\n".join(found.lines(workers)))
    raise typer.Exit(0 if found.articles else 1)


def sample(
    run: Annotated[Path | None, typer.Argument(metavar="[RUN]", help="A run folder; not with --judged.")] = None,
    number: Annotated[int, typer.Option("--number", "-n", min=1, help="Rows to draw.")] = 200,
    by: Annotated[str, typer.Option("--by", metavar="LIST", help="Columns that divide the rows.")] = "measure,source",
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The sheet to fill in.")] = Path(
        "sample.csv"
    ),
    judged: Annotated[
        Path | None, typer.Option("--judged", metavar="FILE", help="A filled sheet: report the precision.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Another seed, another sample.")] = 20210105,
) -> None:
    """Draw rows to be judged by people; from their verdicts, tell the archive's precision with its interval."""
    import sys

    from zhengwen.running.sampling import draw, write_sheet
    from zhengwen.running.sampling import judged as judge

    if judged:
        for p in judge(judged):
            print(
                f"{p.share:.1%}  ({p.low:.1%} to {p.high:.1%})  {p.right} of {p.judged} right  {p.rows} rows  {p.name}"
            )
        return
    if run is None:
        raise typer.BadParameter("name a RUN, or a sheet with --judged")
    drawn = write_sheet(out, draw(run, number, tuple(filter(None, by.split(","))), seed))
    print(f"zhengwen: {drawn} rows in {out}; fill in verdict (right, wrong), then --judged {out}", file=sys.stderr)


def series(
    run: RunArgument,
    indicator: Annotated[str, typer.Option("--indicator", metavar="NAME", help="Its name in the rows, or its id.")],
    subject: Annotated[str | None, typer.Option("--subject", metavar="NAME", help="Of one subject alone.")] = None,
    chart: Annotated[
        Path | None, typer.Option("--chart", metavar="DIR", help="Write a picture (SVG) of each series there.")
    ] = None,
    number: Annotated[int, typer.Option("--number", "-n", min=1, help="How many series to show.")] = 10,
) -> None:
    """Show what an archive says about an indicator over time; ! marks periods on which articles disagree."""
    from zhengwen.running.reprints import known_reprints
    from zhengwen.running.series import find_series, show, write_charts

    found = find_series(run, indicator, subject, reprints=known_reprints(run))
    if not found:
        raise typer.BadParameter("no figure of that indicator has a value and a period", param_hint="--indicator")
    print("\n".join(show(found[:number])))
    if chart:
        write_charts(chart, found[:number])


def reprints(
    run: RunArgument,
    near: Annotated[bool, typer.Option("--near", help="Nearly the same too (needs the extra dedup).")] = False,
) -> None:
    """Find the articles that repeat an earlier one; writes reprints.parquet (source, dup_of, how, likeness)."""
    from zhengwen.running.reprints import find_reprints, write_reprints

    found = find_reprints(run, near=near)
    exact = sum(r.how == "exact" for r in found)
    print(f"{exact} exact and {len(found) - exact} near reprints in {write_reprints(run, found)}")
