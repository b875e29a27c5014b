"""Articles that came back from a tool, put into the corpus: nothing that is there is overwritten unasked."""

from __future__ import annotations

from datetime import date

from zhengwen.corpus.exchange.carried import Carried
from zhengwen.corpus.folder import Corpus, fit_name, write_whole
from zhengwen.errors import BadInput
from zhengwen.scoring.pages import KINDS

__all__ = ["take_in"]


def take_in(corpus: Corpus, carried: Carried | BadInput, *, replace: bool) -> str:
    """Write an article's gold, and its text when that is new; return a line that says so.

    Raises the error that stands in an article's place, and `BadInput` for gold that is there, unless `replace`.
    """
    if isinstance(carried, BadInput):
        raise carried
    name, gold = fit_name(carried.name), carried.gold
    there = corpus.gold_path(name).exists()
    if there and not replace:
        raise BadInput("there is gold already (--replace takes its place)", code="taken", where=name)
    if not corpus.text_path(name).exists():
        write_whole(corpus.text_path(name), carried.text)
    corpus.save(name, gold)
    old = next((r for r in corpus.manifest() if r["name"] == name), {"name": name, "use": "development"})
    row = old | {"genre": str(gold.header.get("genre", old.get("genre", ""))), "labelled_by": str(gold.header["by"])}
    corpus.list_in_manifest(row if there else row | {"labelled_on": date.today().isoformat()})
    counting = ", ".join(k for k in KINDS if k in gold.reviewed) or "nothing yet"
    return f"{name}: {len(gold.records)} labels; what counts: {counting}"
