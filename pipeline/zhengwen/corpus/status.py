"""What a corpus holds and how far two readers agree on it: as text for the terminal, as tables for its README."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from zhengwen.corpus.folder import Corpus, write_whole
from zhengwen.errors import BadInput
from zhengwen.scoring.agreement import Agreement, agreement
from zhengwen.scoring.evaluation import Evaluation
from zhengwen.scoring.pages import KINDS, GoldPage

__all__ = ["agreed", "agreement_table", "genre_table", "score_table", "status", "write_tables"]

_COUNTED = ("figure", "time", "entity", "block", "article")
_HEAD = ("row", "row_macro", "figure", "time", "entity", "block", "joins", "article.date", "article.place")
_SLOTS = ("kind", "approx", "measure", "indicator", "subject", "period", "base", "of", "status")
_SHOWN = (*_HEAD, *(f"slot.{s}" for s in _SLOTS))


def status(corpus: Corpus) -> list[str]:
    """Return the corpus page by page: what is labelled, what of it counts, what is held out, and the agreement."""
    second = {p.name for p in corpus.second()}
    lines = [f"{'name':<24}{'genre':<24}{'use':<13}{'figures':>8}{'times':>7}{'entities':>9}{'blocks':>8}  counts"]
    pages = corpus.pages()
    for page in pages:
        numbers = _counts([page])
        told = ", ".join([*_told(page), *(["read twice"] if page.name in second else [])])
        lines.append(
            f"{page.name[:23]:<24}{page.genre[:23]:<24}{page.use:<13}{numbers['figure']:>8}{numbers['time']:>7}"
            f"{numbers['entity']:>9}{numbers['block']:>8}  {told}"
        )
    counting = [p for p in pages if p.reviewed]
    lines.append(f"\n{len(pages)} pages, {len(counting)} of them count, {len(second)} read twice")
    if second:
        agree = agreed(corpus)
        lines.append("agreement of two readers: " + ", ".join(f"{s} {agree.scores[s]}" for s in _HEAD[:5]))
    return lines


def _told(page: GoldPage) -> list[str]:
    """Say which kinds count, and which of them began as a draft."""
    if not page.reviewed:
        return ["nothing yet: a draft"]
    blind = [k for k in KINDS if k in page.reviewed - page.drafted]
    drafted = [k for k in KINDS if k in page.reviewed & page.drafted]
    all_blind = len(blind) == len(KINDS)
    return (["all"] if all_blind else blind) + [f"{k} (drafted)" for k in drafted]


def agreed(corpus: Corpus) -> Agreement:
    """Judge the second reader's labels and the first's against each other."""
    second = corpus.second()
    if not second:
        raise BadInput("nobody has labelled a page a second time", where=str(corpus.folder / "second"))
    first = {p.name: p for p in corpus.pages()}
    missing = [p.name for p in second if p.name not in first]
    if missing:
        raise BadInput("a second reading without a first", where=", ".join(missing))
    return agreement([first[p.name] for p in second], second)


def _counts(pages: Sequence[GoldPage]) -> Counter[str]:
    return Counter(r["record"] for p in pages for r in p.records if not r.get("optional"))


def genre_table(corpus: Corpus) -> list[str]:
    """Return the table of genres: pages and records that count (optional ones left out), and pages read twice."""
    second = {p.name for p in corpus.second()}
    pages = [p for p in corpus.pages() if p.reviewed]
    held = [p for p in pages if p.use == "held_out"]
    genres: dict[str, list[GoldPage]] = {}
    for page in sorted((p for p in pages if p.use != "held_out"), key=lambda p: p.genre):
        genres.setdefault(page.genre or "other", []).append(page)
    rows = [_genre(genre, of, second) for genre, of in genres.items()]
    rows.append(_genre("**all, development**", [p for p in pages if p.use != "held_out"], second))
    if held:
        rows.append(_genre("**all, held out**", held, second))
    head = ["genre", "pages", *(f"{k}s".replace("entitys", "entities") for k in _COUNTED), "read twice"]
    return _table(head, rows)


def _genre(name: str, pages: Sequence[GoldPage], second: set[str]) -> list[str]:
    numbers = _counts(pages)
    return [name, str(len(pages)), *(str(numbers[k]) for k in _COUNTED), str(sum(p.name in second for p in pages))]


def agreement_table(agree: Agreement) -> list[str]:
    """Return the table of agreement: each score with its interval, then agreement beyond chance."""
    counted = ", ".join(f"{a} and {b} {k}s" for k, (a, b) in agree.counted.items()).replace("entitys", "entities")
    lines = [f"{len(agree.verdicts)} pages; first and second reader: {counted}.", ""]
    rows = [[s, _number(agree.scores[s]), _spread(agree.intervals, s)] for s in _SHOWN if agree.scores[s] is not None]
    lines += _table(["score", "agreement", "95% interval"], rows)
    beyond = ", ".join(f"{slot} {alpha:.3f}" for slot, alpha in agree.alphas.items())
    return [*lines, "", f"Beyond chance (nominal alpha, best readings): {beyond}."]


def score_table(parts: Sequence[Evaluation], beside: Evaluation, day: date) -> list[str]:
    """Return the table of scores: the real labelled pages first, then each part of this corpus."""
    told = [(f"**real**, {len(beside.verdicts)} pages", beside)]
    told += [(f"{p.name.replace('.', ', ').replace('_', ' ')}, {len(p.verdicts)} pages", p) for p in parts]
    rows = [[s, *(_scored(e, s) for _, e in told)] for s in _SHOWN]
    return [f"Measured on {day.isoformat()}.", "", *_table(["score", *(name for name, _ in told)], rows)]


def _scored(evaluation: Evaluation, score: str) -> str:
    value = evaluation.headline[score]
    return "" if value is None else f"{value:.3f} ({_spread(evaluation.intervals, score)})"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _spread(spread: Mapping[str, tuple[float, float]], score: str) -> str:
    return f"{spread[score][0]:.3f} … {spread[score][1]:.3f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    rule = ["---", *("---:" for _ in head[1:])]
    return [f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)]


def write_tables(path: Path, tables: Mapping[str, Sequence[str]]) -> list[str]:
    """Put tables into the README between their marks (`<!-- corpus:NAME -->`, `<!-- end -->`); return which changed."""
    text, changed = path.read_text(encoding="utf-8"), []
    for name, lines in tables.items():
        mark = f"<!-- corpus:{name} -->\n"
        found = re.search(re.escape(mark) + r"(.*?)<!-- end -->", text, re.DOTALL)
        if not found:
            raise BadInput(f"no place for the table: {mark.strip()} … <!-- end -->", where=str(path))
        body = "\n".join([*lines, ""])
        if found[1] != body:
            changed.append(name)
            text = text[: found.start(1)] + body + text[found.end(1) :]
    write_whole(path, text)
    return changed
