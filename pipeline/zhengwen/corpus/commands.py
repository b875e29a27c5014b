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


def _open(folder: Path | None) -> Corpus:
    from zhengwen.corpus.folder import Corpus
    from zhengwen.scoring.commands import corpus_folder

    return Corpus(folder or corpus_folder())


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
