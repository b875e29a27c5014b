"""The command `zhengwen`: what a user types, what they read, and the exit code.

0 everything went well, 1 some inputs failed (the rest is written), 2 wrong usage. Whatever goes wrong is one line on
standard error. Nothing heavy is imported before a command needs it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from zhengwen.corpus.commands import corpus_app
from zhengwen.errors import BadDate, BadRule, ZhengwenError
from zhengwen.review.commands import mount as mount_review
from zhengwen.running.commands import mount as mount_running
from zhengwen.scoring.commands import mount

__all__ = ["app", "main"]

app = typer.Typer(
    name="zhengwen",
    help="Statistics in Chinese government news, read into tables: one row per figure.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
rules_app = typer.Typer(name="rules", help="List, show, check and test the rules.", no_args_is_help=True)
app.add_typer(rules_app)
app.add_typer(corpus_app)

RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="A folder of your own rules, over the shipped ones.")
]
DateOption = Annotated[
    str | None,
    typer.Option("--date", metavar="D", help="Publication date where none is known."),
]
LangOption = Annotated[str, typer.Option("--lang", metavar="zh|en", help="Language of headers and labels for people.")]
FileArgument = Annotated[str, typer.Argument(metavar="FILE", help="A text file, or - for standard input.")]


def _version(asked: bool) -> None:
    if asked:
        from zhengwen import __version__

        print(f"zhengwen {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    pass


@app.command()
def extract(  # noqa: PLR0913, PLR0917 - one argument for each option
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, globs, or - .")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="Write a run folder: records, tables, run.json.")
    ] = None,
    formats: Annotated[
        str, typer.Option("--format", metavar="LIST", help="jsonl, csv; with -o parquet, sdmx, xlsx, html; by commas.")
    ] = "",
    date: DateOption = None,
    rules: RulesOption = None,
    lang: LangOption = "en",
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
        str, typer.Option("--keep", metavar="LIST", help="Further columns to pass through to figures.csv.")
    ] = "",
) -> None:
    """Read articles; print the table of their figures, or write a run folder with -o."""
    from zhengwen.reading import Known
    from zhengwen.running.job import Job, run

    known = Known(meta, key, path_pattern, columns, keep)
    failed = run(Job(tuple(inputs), out, tuple(filter(None, formats.split(","))), date, rules, quiet, lang, known))
    raise typer.Exit(1 if failed else 0)


@app.command("try")
def try_(
    sentence: Annotated[str, typer.Argument(metavar="SENTENCE", help="A sentence, in quotes.")],
    date: DateOption = None,
    rules: RulesOption = None,
    lang: LangOption = "en",
    json: Annotated[bool, typer.Option("--json", help="Print the records instead of the table.")] = False,
) -> None:
    """Print the rows of one sentence."""
    from zhengwen.extraction import extract as read
    from zhengwen.showing import show_sentence

    show_sentence(read(sentence, date=date, rules=rules), json=json, lang=lang)


@app.command()
def explain(
    place: Annotated[str, typer.Argument(metavar="FILE[:OFFSET]", help="A text file, and a position in it.")],
    date: DateOption = None,
    rules: RulesOption = None,
) -> None:
    """Say which rules and cues made each slot of a figure, and why a numeral is none."""
    from zhengwen.explaining import explain as say
    from zhengwen.explaining import split_place
    from zhengwen.extraction import engine
    from zhengwen.reading import read_page

    path, offset = split_place(place)
    print("\n".join(say(engine(rules), read_page(path, date=date), offset)))


@app.command()
def tokens(file: FileArgument, rules: RulesOption = None) -> None:
    """Print a file's tokens, a line of them for a line of text; figures and terms are whole."""
    from zhengwen.reading import read_page
    from zhengwen.showing import show_tokens

    show_tokens(read_page(file), rules)


@app.command()
def pages(file: FileArgument, rules: RulesOption = None) -> None:
    """Print how each line of a page is labelled, and to which article it belongs."""
    from zhengwen.extraction import read
    from zhengwen.reading import read_page
    from zhengwen.showing import show_blocks

    page = read_page(file)
    show_blocks(page, read(page, rules=rules))


@app.command()
def schema(
    json: Annotated[bool, typer.Option("--json", help="As JSON Schema (the default).")] = False,
    arrow: Annotated[bool, typer.Option("--arrow", help="As the Arrow schemas of the Parquet files.")] = False,
) -> None:
    """Print the versioned schema of all records."""
    from zhengwen.showing import show_schema

    if json and arrow:
        raise typer.BadParameter("--json or --arrow, not both")
    show_schema(arrow=arrow)


@app.command()
def demo(
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="DIR", help="Write a run folder too.")] = None,
    lang: LangOption = "en",
) -> None:
    """Read the article that comes with zhengwen, and print its table."""
    from zhengwen.demonstration import demonstrate

    raise typer.Exit(1 if demonstrate(out, lang) else 0)


@rules_app.command("list")
def rules_list(
    topic: Annotated[str, typer.Argument(metavar="[TOPIC]", help="Only the topics that start so.")] = "",
    rules: RulesOption = None,
) -> None:
    """List the rules: id, examples, why."""
    from zhengwen.rulebook import list_rules

    list_rules(topic, rules)


@rules_app.command("show")
def rules_show(rule_id: Annotated[str, typer.Argument(metavar="ID")], rules: RulesOption = None) -> None:
    """Print one rule whole, and the file it stands in."""
    from zhengwen.rulebook import show_rule

    show_rule(rule_id, rules)


@rules_app.command("check")
def rules_check(
    rules: RulesOption = None,
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="The same as --rules DIR.")] = None,
) -> None:
    """Load all rules, run their examples and rejects, and look for patterns that could hang."""
    from zhengwen.rulebook import check_rules

    raise typer.Exit(1 if check_rules(folder or rules) else 0)


@rules_app.command("test")
def rules_test(rule_id: Annotated[str, typer.Argument(metavar="ID")], rules: RulesOption = None) -> None:
    """Run the examples and rejects of one rule, or of all whose id starts so."""
    from zhengwen.rulebook import test_rules

    raise typer.Exit(1 if test_rules(rule_id, rules) else 0)


mount_running(app)
mount(app, rules_app)
mount_review(app)


def main(arguments: list[str] | None = None) -> None:
    """Run the command and leave with its exit code; no traceback ever reaches the user."""
    _use_utf8()
    try:
        code = app(arguments, standalone_mode=False, prog_name="zhengwen")
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of the pipe left (`| head`): nothing to say, and nothing more to flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except KeyboardInterrupt:
        code = _say("stopped", 130)
    except (BadDate, BadRule) as error:
        code = _say(error.line(), 2)
    except ZhengwenError as error:
        code = _say(error.line(), 2 if error.code in ("usage", "output") else 1)
    except Exception as error:
        code = _unexpected(error)
    sys.exit(code if isinstance(code, int) else 0)


def _use_utf8() -> None:
    """Write UTF-8 whatever the console's code page is: Chinese must come out on Windows and in bare containers."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _say(line: str, code: int) -> int:
    print(f"zhengwen: {' '.join(line.split())}", file=sys.stderr)
    return code


def _unexpected(error: Exception) -> int:
    """Tell wrong usage (typer's own errors know their exit code) from what should never happen."""
    message = getattr(error, "format_message", None)
    if message is not None:
        return _say(f"{message()} (try zhengwen --help)", getattr(error, "exit_code", 2))
    if type(error).__name__ == "Abort":
        return _say("stopped", 130)
    if os.environ.get("ZHENGWEN_DEBUG"):
        raise error
    return _say(f"internal error: {type(error).__name__}: {error} (please report it; ZHENGWEN_DEBUG=1 tells more)", 1)
