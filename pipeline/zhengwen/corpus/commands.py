"""The commands `zhengwen corpus …`: add, review, status, export, import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from zhengwen.corpus.folder import Corpus

__all__ = ["corpus_app"]

corpus_app = typer.Typer(
    name="corpus", help="The labelled corpus: add an article, review it, exchange it.", no_args_is_help=True
)

CorpusOption = Annotated[
    Path | None, typer.Option("--corpus", metavar="DIR", help="Another corpus than the project's own.")
]

RulesOption = Annotated[
    Path | None, typer.Option("--rules", metavar="DIR", help="A folder of your own rules, over the shipped ones.")
]

FormatOption = Annotated[str, typer.Option("--format", metavar="FORMAT", help="labelstudio or docbin.")]


def _open(folder: Path | None) -> Corpus:
    from zhengwen.corpus.folder import Corpus
    from zhengwen.scoring.commands import corpus_folder

    return Corpus(folder or corpus_folder())


@corpus_app.command()
def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One article.")],
    name: Annotated[str, typer.Option("--name", help="Its name in the corpus; the file's without it.")] = "",
    genre: Annotated[str, typer.Option("--genre", help="Its genre, for the tables.")] = "other",
    held_out: Annotated[bool, typer.Option("--held-out", help="Keep it unseen: for measuring only.")] = False,
    rules: RulesOption = None,
    corpus: CorpusOption = None,
) -> None:
    """Copy an article into the corpus, with gold drafted by the program, which does not count until it is reviewed."""
    from zhengwen.corpus.drafting import add as take
    from zhengwen.extraction import engine

    here = _open(corpus)
    taken = take(here, file, engine(rules), name=name, genre=genre, use="held_out" if held_out else "development")
    labels = here.gold(taken)
    counts = ", ".join(f"{len(labels.of(kind))} {kind}s" for kind in ("figure", "time", "block"))
    print(f"{here.text_path(taken)}: drafted {counts}, {len(labels.of('entity'))} entities; none counts yet")
    print(f"next: zhengwen corpus review {taken}")


@corpus_app.command()
def review(
    name: Annotated[str, typer.Argument(metavar="NAME", help="An article of the corpus.")],
    who: Annotated[str, typer.Option("--by", metavar="WHO", help="The reviewer; the user's name without it.")] = "",
    only: Annotated[
        str, typer.Option("--only", metavar="KIND", help="figure, time, entity, block or article alone.")
    ] = "",
    machine: Annotated[bool, typer.Option("--machine", help="The reviewer is a model and no person.")] = False,
    again: Annotated[bool, typer.Option("--again", help="With --only: ask about all its labels once more.")] = False,
    rules: RulesOption = None,
    corpus: CorpusOption = None,
) -> None:
    """Go through an article's labels at the terminal: figures, times, entities, then lines; it can be left any time."""
    from zhengwen.corpus.decisions import reviewer
    from zhengwen.corpus.review import ORDER, Review
    from zhengwen.corpus.terminal import Terminal
    from zhengwen.extraction import engine

    if only and only not in ORDER:
        raise typer.BadParameter(f"--only is one of {', '.join(ORDER)}")
    sitting = Review(_open(corpus), name, who or reviewer(), (only,) if only else ORDER, machine=machine)
    if again:
        if not only:
            raise typer.BadParameter("--again is for --only KIND")
        sitting.reopen(only)
    if sitting.kind is None:
        print(f"{name}: everything is reviewed")
        return
    whole = Terminal(sitting, lambda: engine(rules), input, print).run()
    minutes = sitting.decisions.minutes()
    print(f"\n{name}: {'reviewed' if whole else 'left; the same command goes on here'}, {minutes:.1f} minutes in all")


@corpus_app.command()
def status(
    write: Annotated[bool, typer.Option("--write", help="Renew the tables in the corpus's README.md.")] = False,
    beside: Annotated[
        Path | None, typer.Option("--beside", metavar="GOLD_DIR", help="With --write: real labelled pages, to score.")
    ] = None,
    corpus: CorpusOption = None,
) -> None:
    """Say what is labelled, what of it counts, and how far two readers agree."""
    from zhengwen.corpus.status import agreed, agreement_table, genre_table, write_tables
    from zhengwen.corpus.status import status as tell

    here = _open(corpus)
    print("\n".join(tell(here)))
    if not write:
        if beside:
            raise typer.BadParameter("--beside is for --write")
        return
    tables = {"genres": genre_table(here)}
    if here.second():
        tables["agreement"] = agreement_table(agreed(here))
    if beside:
        tables["scores"] = _scores(here, beside)
    changed = write_tables(here.folder / "README.md", tables)
    print(f"tables renewed: {', '.join(changed) or 'none, they were as they are'}")


def _scores(corpus: Corpus, beside: Path) -> list[str]:
    from datetime import date

    from zhengwen.corpus.status import score_table
    from zhengwen.scoring.commands import evaluations

    real = evaluations(beside, None, None)[0]
    return score_table(evaluations(corpus.folder, None, None), real, date.today())


@corpus_app.command()
def export(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME...]", help="Articles; all that are not held out without it.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="Where to write it.")] = Path("corpus.json"),
    form: FormatOption = "labelstudio",
    corpus: CorpusOption = None,
) -> None:
    """Write labelled articles for an annotation tool; for Label Studio its labelling config too."""
    from zhengwen.corpus.exchange import Carried, docbin, labelstudio

    here = _open(corpus)
    wanted = names or [p.name for p in here.pages() if p.use != "held_out"]
    carried = [Carried(name, here.text(name), here.gold(name)) for name in wanted]
    if _format(form) == "docbin":
        out.write_bytes(docbin.dump(carried))
    else:
        out.write_text(labelstudio.dump(carried), encoding="utf-8", newline="\n")
        out.with_suffix(".config.xml").write_text(labelstudio.config(), encoding="utf-8", newline="\n")
    print(f"{out}: {len(carried)} articles")


@corpus_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What the annotation tool exported.")],
    form: FormatOption = "labelstudio",
    replace: Annotated[bool, typer.Option("--replace", help="Take the place of gold that is there.")] = False,
    corpus: CorpusOption = None,
) -> None:
    """Read labelled articles back from an annotation tool, each into its gold file."""
    import sys

    from zhengwen.corpus.exchange import docbin, labelstudio
    from zhengwen.corpus.exchange.taking import take_in
    from zhengwen.errors import BadInput

    here = _open(corpus)
    if not file.is_file():
        raise BadInput("no such file", code="missing", where=str(file))
    texts, data = {p.stem: here.text(p.stem) for p in (here.folder / "articles").glob("*.txt")}, file.read_bytes()
    if _format(form) == "docbin":
        read = docbin.load(data, texts, str(file))
    else:
        read = labelstudio.load(data.decode("utf-8", "replace"), texts, str(file))
    failed = 0
    for carried in read:
        try:
            print(take_in(here, carried, replace=replace))
        except BadInput as error:
            failed += 1
            print(f"zhengwen: {error.line()}", file=sys.stderr)
    raise typer.Exit(1 if failed else 0)


def _format(asked: str) -> str:
    if asked not in ("labelstudio", "docbin"):
        raise typer.BadParameter("--format is labelstudio or docbin")
    return asked
