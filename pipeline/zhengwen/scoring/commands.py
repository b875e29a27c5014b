"""The commands that measure: `evaluate`, `accept`, `diff`, `gaps`, `rules stats`, `rules sample`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhengwen.errors import BadInput

if TYPE_CHECKING:
    from zhengwen.scoring.evaluation import Evaluation
    from zhengwen.scoring.pages import GoldPage

__all__ = ["corpus_folder", "evaluations", "mount"]

RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="A folder of your own rules, over the shipped ones.")
]
RunArgument = Annotated[Path, typer.Argument(metavar="RUN", help="A run folder (extract -o).")]
Number = Annotated[int, typer.Option("--number", "-n", min=1, help="How many to show of each.")]


def mount(app: typer.Typer, rules_app: typer.Typer) -> None:
    """Add the measuring commands to the program's."""
    app.command()(evaluate)
    app.command()(accept)
    app.command()(diff)
    app.command()(gaps)
    rules_app.command("stats")(rules_stats)
    rules_app.command("sample")(rules_sample)
    rules_app.command("confidence")(rules_confidence)


def corpus_folder() -> Path:
    """Return the project's labelled corpus: `corpus` here, else in the checkout that this code stands in."""
    for folder in (Path("corpus"), Path(__file__).parents[3] / "corpus"):
        if (folder / "gold").is_dir():
            return folder
    raise BadInput("no labelled corpus here: give GOLD_DIR, or run it in the checkout", where="corpus")


def evaluate(  # noqa: PLR0913, PLR0917 - one argument for each option
    gold: Annotated[
        Path | None, typer.Argument(metavar="[GOLD_DIR]", help="Labelled pages; the project's own without it.")
    ] = None,
    pred: Annotated[
        Path | None, typer.Option("--pred", metavar="DIR", help="Score these records (NAME.jsonl, or a run).")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List every miss beside its sentence.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write text, gold and predictions side by side.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="FILE", help="Compare with an earlier --json FILE.")
    ] = None,
    json: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write everything as JSON.")] = None,
    update: Annotated[bool, typer.Option("--update", help="Raise the floors of corpus/baseline.json.")] = False,
    allow: Annotated[
        str, typer.Option("--allow-regression", metavar="REASON", help="With --update: let floors fall, and say why.")
    ] = "",
    held_out: Annotated[
        bool, typer.Option("--held-out", help="Only the held-out pages, with their rows: they are unseen no longer.")
    ] = False,
    rules: RulesOption = None,
) -> None:
    """Score the program, or any extractor's records, against hand-labelled pages."""
    from zhengwen.scoring import writing

    result, *apart = evaluations(gold, pred, rules, held_out=held_out)
    before = writing.read_json(against) if against else None
    # Files before words: a reader that leaves early (`| head`) must not cost them.
    if json:
        writing.write_json(json, result, apart)
    if html:
        writing.write_html(html, result)
    writing.show(result, apart, errors=errors)
    if before is not None:
        writing.show_against(before, result)
    if update:
        if pred:
            raise typer.BadParameter("--update is for this program's own records, not for --pred")
        for part in (result, *apart):
            writing.update(corpus_folder() / "baseline.json", part, allow)


def evaluations(
    gold: Path | None, pred: Path | None, rules: Path | None, *, held_out: bool = False
) -> list[Evaluation]:
    """Return the evaluation that is shown whole, then those that are told apart from it and in totals only."""
    from zhengwen.scoring.evaluation import divide, predict
    from zhengwen.scoring.evaluation import evaluate as judge_all
    from zhengwen.scoring.pages import Predictions, load_gold

    folder = gold or corpus_folder()
    pages = [p for p in load_gold(folder, use="held_out" if held_out else "all") if p.reviewed]
    if not pages:
        what = "no held-out pages here" if held_out else "no gold here that anybody has reviewed"
        raise BadInput(what, code="no_gold", where=str(folder))
    if pred:
        found = Predictions.load(pred)
    else:
        from zhengwen.extraction import engine

        found = predict(pages, engine(rules))
    parts = divide(judge_all(pages, found, folder.resolve().name))
    return parts[1:] if held_out else parts


def accept(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME...]", help="Articles; all without it.")] = None,
    rules: RulesOption = None,
) -> None:
    """Take the program's rows as they are now as the snapshots, showing what changed."""
    from zhengwen.extraction import engine
    from zhengwen.scoring.evaluation import predict
    from zhengwen.scoring.pages import load_gold
    from zhengwen.scoring.writing import take_snapshots

    folder = corpus_folder()
    pages: list[GoldPage] = [p for p in load_gold(folder, names or ()) if p.reviewed]
    unseen = [p.name for p in pages if p.use == "held_out"]
    if unseen:
        raise BadInput("held out: it has no snapshot, so that its rows stay unseen", where=", ".join(unseen))
    taken = take_snapshots(folder / "snapshots", pages, predict(pages, engine(rules)))
    print("\n".join(taken) or "nothing has changed")


def diff(
    run_a: Annotated[Path, typer.Argument(metavar="RUN_A", help="The run before.")],
    run_b: Annotated[Path, typer.Argument(metavar="RUN_B", help="The run after.")],
    number: Number = 20,
) -> None:
    """Say which rows two runs over the same inputs differ in, by slot and rule, with sentences."""
    from zhengwen.scoring.diff import diff as compare

    print("\n".join(compare(run_a, run_b, number).lines()))


def gaps(run: RunArgument, number: Number = 20, rules: RulesOption = None) -> None:
    """Say what a run did not get: numerals in no record, unknown units and indicators, empty slots."""
    from zhengwen.rules import load
    from zhengwen.scoring.gaps import gaps as find

    print("\n".join(find(run, load(rules)).lines(number)))


def rules_stats(
    run: RunArgument,
    gold: Annotated[
        Path | None, typer.Option("--gold", metavar="GOLD_DIR", help="Labelled pages to measure rules on.")
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Count every rule's hits in a run, how often it is right on labelled pages, and the rules without a hit."""
    from zhengwen.rules import load
    from zhengwen.scoring.rulestats import rule_stats

    print("\n".join(rule_stats(run, load(rules), evaluations(gold, None, rules)[0].verdicts).lines()))


def rules_sample(
    rule_id: Annotated[str, typer.Argument(metavar="ID", help="A rule.")], run: RunArgument, number: Number = 20
) -> None:
    """Show some hits of a rule in a run, to be judged by eye; the same ones each time."""
    from zhengwen.scoring.rulestats import sample_hits

    print("\n".join(sample_hits(rule_id, run, number)))


def rules_confidence(
    gold: Annotated[
        Path | None, typer.Argument(metavar="[GOLD_DIR]", help="Pages not used to write the rules; the held-out ones.")
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Measure each rule path's precision on held-out pages and write rules/confidence.tsv."""
    from zhengwen.extraction import engine
    from zhengwen.scoring.confidence import measure, write
    from zhengwen.scoring.evaluation import evaluate as judge_all
    from zhengwen.scoring.evaluation import predict
    from zhengwen.scoring.pages import load_gold

    folder = gold or corpus_folder()
    pages = [p for p in load_gold(folder, use="all" if gold else "held_out") if "figure" in p.reviewed]
    if not pages:
        raise BadInput("no held-out pages with labelled figures", code="no_gold", where=str(folder))
    ready = engine(rules)
    measured = measure(judge_all(pages, predict(pages, ready), folder.resolve().name).verdicts)
    home = rules or corpus_folder().parent / "rules"
    write(home / "confidence.tsv", measured, [p.name for p in pages])
    rows = sum(m.rows for m in measured if m.path.startswith("measure="))
    print(f"{home / 'confidence.tsv'}: {len(measured)} rule paths, {rows} rows of {len(pages)} pages")
