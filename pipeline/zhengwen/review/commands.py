"""The commands of review: `export`, `review import`, `review status`, `review log`, `review carry`."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhengwen.errors import BadInput

if TYPE_CHECKING:
    from zhengwen.review.workbook import Imported

__all__ = ["mount"]

RunArgument = Annotated[Path, typer.Argument(metavar="RUN", help="A run folder (extract -o).")]
RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="A folder of your own rules, over the shipped ones.")
]
LangOption = Annotated[str, typer.Option("--lang", metavar="zh|en", help="Language of headers and labels for people.")]

review_app = typer.Typer(name="review", help="Bring what people said about figures back.", no_args_is_help=True)

_SHOWN = 20
_DONE = {
    "accept": "accepted",
    "fix": "fixed",
    "reject": "rejected",
    "add": "added",
    "note": "noted",
    "undo": "taken back",
}


def mount(app: typer.Typer) -> None:
    """Add the commands of review to the program's."""
    app.command()(export)
    app.command()(serve)
    app.add_typer(review_app)


def export(
    run: RunArgument,
    open_: Annotated[
        bool, typer.Option("--open", help="Print the open questions (empty or doubtful slots) as JSON lines.")
    ] = False,
    where: Annotated[
        str, typer.Option("--where", metavar="SQL", help="Only figures that meet a condition on their columns.")
    ] = "",
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help="xlsx, html, csv, parquet, sdmx; divided by commas.")
    ] = "xlsx,html",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="Write there instead of the run folder.")
    ] = None,
    lang: LangOption = "en",
    rules: RulesOption = None,
) -> None:
    """Write a run's tables anew, with the marks of its review; a slice of a run, also of a batch; or open questions."""
    from zhengwen.review.exporting import export_tables, print_questions

    if open_:
        print_questions(run)
        return
    wanted = tuple(filter(None, formats.split(",")))
    if where or not (run / "records.jsonl").is_file():
        _export_slice(run, where, wanted, out, lang, rules)
        return
    files = export_tables(run, wanted, out or run, lang, rules)
    print(f"{', '.join(sorted(files))} in {out or run}", file=sys.stderr)


def serve(  # noqa: PLR0913, PLR0917 - one argument for each option
    run: Annotated[
        Path | None, typer.Argument(metavar="[RUN]", help="A run folder (extract -o); without it texts are pasted.")
    ] = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any that is free.")] = 8765,
    host: Annotated[
        str,
        typer.Option("--host", metavar="ADDRESS", help="Where to listen; beyond this machine a token is asked for."),
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None, typer.Option("--name", metavar="NAME", help="With --host: a name this machine goes by.")
    ] = None,
    token: Annotated[bool, typer.Option("--token", help="Ask for a token on this machine too.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="Without RUN: keep what is read there.")
    ] = None,
    browser: Annotated[bool, typer.Option("--browser", help="Open the page in the browser.")] = False,
    lang: LangOption = "en",
    rules: RulesOption = None,
) -> None:
    """Open the review page in the browser: figures beside their text; or, without RUN, a page that reads texts."""
    from zhengwen.review.web.server import Serving
    from zhengwen.review.web.server import serve as start

    if run is not None and out is not None:
        raise BadInput("-o is for texts that are pasted: without RUN", code="usage", where=f"-o {out}")
    start(Serving(run, out, host, port, tuple(name or ()), token, lang, rules, browser))


def _export_slice(
    run: Path, where: str, formats: tuple[str, ...], out: Path | None, lang: str, rules: Path | None
) -> None:
    """Write the rows that meet a condition, and their articles, as a run folder of their own."""
    from zhengwen.running.slices import export_slice

    if out is None or out.resolve() == run.resolve():
        raise BadInput("a slice needs a folder of its own: -o DIR", code="usage", where=str(run))
    number = export_slice(run, where, formats, out, lang=lang, rules=rules)
    print(f"{number} figures in {out}", file=sys.stderr)


@review_app.command("import")
def review_import(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="A workbook (.xlsx) or answers (.jsonl).")],
    run: Annotated[
        Path | None, typer.Option("--run", metavar="RUN", help="Its run folder; without it the file's own folder.")
    ] = None,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decided, where the file does not say.")] = "",
    machine: Annotated[bool, typer.Option("--machine", help="A workbook's reviewer is a model and no person.")] = False,
    promote: Annotated[
        bool, typer.Option("--promote", help="Make gold of the pages whose figures are all settled.")
    ] = False,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="CORPUS", help="With --promote: the corpus, this project's without.")
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Bring marks and answers into the run's review log."""
    refused = 0
    for file in files:
        refused += _import(file, run or file.parent, by, rules, machine=machine)
        if promote:
            _promote(run or file.parent, to)
    raise typer.Exit(1 if refused else 0)


@review_app.command("status")
def review_status(run: RunArgument) -> None:
    """Say where the review of a run stands: counts, disputes, rows to look at again, marks without a place."""
    from zhengwen.review.exporting import status

    print("\n".join(status(run)))


@review_app.command("log")
def review_log(run: RunArgument) -> None:
    """Print every decision as a JSON line, in the order in which they were made."""
    from zhengwen.review.log import Log
    from zhengwen.tables.jsonl import dumps_plain

    for decision in Log.of_run(run):
        print(dumps_plain(decision.plain()))


@review_app.command("carry")
def review_carry(
    old: Annotated[Path, typer.Argument(metavar="OLD_RUN", help="The run that was reviewed.")],
    new: Annotated[Path, typer.Argument(metavar="NEW_RUN", help="A later run of the same pages.")],
) -> None:
    """Take the review of a run over into a later one, and say which marks find no place there.

    What the later run's own log says stays; taking over twice adds nothing.
    """
    from zhengwen.review.exporting import status
    from zhengwen.review.log import Log

    if old.resolve() == new.resolve():
        raise BadInput("both are the same run", code="usage", where=str(new))
    count = Log.of_run(new).take_over(Log.of_run(old))
    print(f"{count} decisions taken over")
    print("\n".join(status(new)))


def _import(file: Path, run: Path, by: str, rules_folder: Path | None, *, machine: bool) -> int:
    """Import one file, say what came of it, and return how much could not be taken."""
    from zhengwen.review.log import Log
    from zhengwen.review.questions import import_answers
    from zhengwen.review.runs import reviewed
    from zhengwen.review.workbook import import_workbook
    from zhengwen.rules import load

    suffix = file.suffix.lower()
    if suffix not in (".xlsx", ".xlsm", ".jsonl"):
        raise BadInput("neither a workbook (.xlsx) nor answers (.jsonl)", code="usage", where=str(file))
    if not (run / "records.jsonl").is_file():
        raise BadInput("its run is not here: name it with --run RUN", code="usage", where=str(file))
    log = Log.of_run(run)
    read = import_answers if suffix == ".jsonl" else import_workbook
    found = read(file, reviewed(run)[0], log, load(rules_folder), by)
    log.append(replace(d, machine=True) if machine else d for d in found.decisions)
    _tell(file, found)
    return len(found.refused)


def _tell(file: Path, found: Imported) -> None:
    rows = {(d.figure_id, d.who): "answered" for d in found.decisions}
    rows |= {(d.figure_id, d.who): _DONE[d.decision] for d in found.decisions if not d.slot}
    slots = sum(d.decision == "fix" and bool(d.slot) for d in found.decisions)
    counted = [f"{n} {verb}" for verb, n in Counter(rows.values()).most_common()]
    counted += [f"{slots} slots changed"] if slots else []
    print(f"{file}: {', '.join(counted) or 'nothing new'}; {found.marked} newly marked, {found.kept} as they were")
    for name, lines in (("placed", found.notes), ("edited elsewhere", found.edits), ("NOT TAKEN", found.refused)):
        if lines:
            print(f"{name}: {len(lines)}")
            print("\n".join(f"  {line}" for line in lines[:_SHOWN]))
        if len(lines) > _SHOWN:
            print(f"  … and {len(lines) - _SHOWN} more")


def _promote(run: Path, to: Path | None) -> None:
    from zhengwen.corpus.folder import Corpus
    from zhengwen.review.promoting import promote
    from zhengwen.review.runs import reviewed
    from zhengwen.scoring.commands import corpus_folder

    done = promote(*reviewed(run), Corpus(to or corpus_folder()))
    for name, lines in (("made gold", done.written), ("not made gold", done.left)):
        print(f"{name}: {len(lines)}")
        print("".join(f"  {line}\n" for line in lines), end="")
