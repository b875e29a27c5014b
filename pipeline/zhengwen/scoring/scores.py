"""Scores: counts per page, added up, and what they come to.

A page's verdicts become a `Tally`; tallies add, so that a total, a genre and a bootstrap draw are all sums.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zhengwen.scoring.alternatives import alternatives
from zhengwen.scoring.judge import Judged, PageVerdict
from zhengwen.scoring.slots import SLOTS, SPARSE

__all__ = ["ENTITY_TYPES", "Tally", "accuracy", "flat", "headline", "mean", "page_f1s", "prf", "report", "tally"]

Tally = Counter[tuple[str, str]]
"""Counts under (score, what): tp, pred and gold of an F1, ok and n of an accuracy."""

ENTITY_TYPES = ("person", "organisation", "place", "project", "document")
_SET_SLOTS = (*SPARSE, "subject_other", "part_of")


def tally(verdict: PageVerdict) -> Tally:
    """Count one page's verdicts."""
    counts: Tally = Counter()
    for judged in verdict.judged:
        _COUNT[judged.record](judged, counts)
    return counts


def _count_f1(counts: Tally, score: str, judged: Judged, right: bool) -> None:
    counts[score, "tp"] += right
    counts[score, "gold"] += judged.gold is not None
    counts[score, "pred"] += judged.found is not None


def _count_ok(counts: Tally, score: str, right: bool) -> None:
    counts[score, "ok"] += right
    counts[score, "n"] += 1


def _figure(judged: Judged, counts: Tally) -> None:
    row = judged.verdict == "right"
    _count_f1(counts, "figure", judged, judged.strict)
    _count_f1(counts, "row", judged, row)
    for group in ("kind", "measure"):
        name = alternatives(judged.either.get(group))[0]
        _count_f1(counts, f"figure by {group} {name}", judged, judged.strict)
        _count_f1(counts, f"row by {group} {name}", judged, row)
    for slot, right in judged.slots.items():
        if slot in SLOTS:
            _count_ok(counts, f"slot {slot}", right)
    for slot in judged.filled:
        _count_ok(counts, f"set {slot}", judged.slots["subject" if slot == "subject_other" else slot])
    if judged.gold is not None:
        counts[f"recall {judged.gold.get('kind')}", "n"] += 1
        counts[f"recall {judged.gold.get('kind')}", "ok"] += judged.strict
        counts[f"measure {judged.gold.get('measure')}", "n"] += 1
        counts[f"measure {judged.gold.get('measure')}", "ok"] += row


def _time(judged: Judged, counts: Tally) -> None:
    _count_f1(counts, "time", judged, judged.strict)


def _entity(judged: Judged, counts: Tally) -> None:
    _count_f1(counts, "entity", judged, judged.strict)
    _count_f1(counts, f"entity {alternatives(judged.either.get('type'))[0]}", judged, judged.strict)


def _article(judged: Judged, counts: Tally) -> None:
    for slot, right in judged.slots.items():
        _count_ok(counts, f"article {slot}", right)


def _block(judged: Judged, counts: Tally) -> None:
    _count_ok(counts, "block", judged.verdict == "right")
    if "joins" in judged.filled:
        _count_ok(counts, "joins", judged.slots["joins"])


_COUNT = {"figure": _figure, "time": _time, "entity": _entity, "article": _article, "block": _block}


def prf(counts: Tally, score: str) -> dict[str, float]:
    """Return precision, recall and F1 with their counts."""
    tp, pred, gold = counts[score, "tp"], counts[score, "pred"], counts[score, "gold"]
    p, r = (tp / pred if pred else 0.0), (tp / gold if gold else 0.0)
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(f1, 4), "tp": tp, "pred": pred, "gold": gold}


def _f1(counts: Tally, score: str) -> float | None:
    return prf(counts, score)["f1"] if counts[score, "gold"] or counts[score, "pred"] else None


def accuracy(counts: Tally, score: str) -> float | None:
    """Return the share that is right, None where nothing was judged."""
    n = counts[score, "n"]
    return round(counts[score, "ok"] / n, 4) if n else None


def page_f1s(per_page: Iterable[Tally], score: str) -> list[float | None]:
    """Return each page's F1, None for a page without a figure: what a macro score is the mean of."""
    return [prf(t, score)["f1"] if t["figure", "gold"] else None for t in per_page]


def mean(f1s: Iterable[float | None]) -> float:
    """Return the mean F1 over the pages that hold a figure."""
    known = [f1 for f1 in f1s if f1 is not None]
    return round(sum(known) / max(1, len(known)), 4)


def _macro(per_page: Iterable[Tally], score: str) -> float:
    return mean(page_f1s(per_page, score))


def headline(per_page: Sequence[Tally]) -> dict[str, float | None]:
    """Return the scores that have a floor and an interval, as one flat table."""
    return flat(_sum(per_page), _macro(per_page, "row"), _macro(per_page, "figure"))


def flat(total: Tally, row_macro: float, figure_macro: float) -> dict[str, float | None]:
    """Return the headline scores of counts that are already added up, and of means that are already taken.

    Where nothing was judged there is no score.
    """
    row, figure = _f1(total, "row"), _f1(total, "figure")
    scores: dict[str, float | None] = {
        "row": row,
        "row_macro": None if row is None else row_macro,
        "figure": figure,
        "figure_macro": None if figure is None else figure_macro,
        "time": _f1(total, "time"),
        "entity": _f1(total, "entity"),
        "block": accuracy(total, "block"),
        "joins": accuracy(total, "joins"),
        "article.date": accuracy(total, "article date"),
        "article.place": accuracy(total, "article place"),
    }
    return scores | {f"slot.{slot}": accuracy(total, f"slot {slot}") for slot in SLOTS}


def _sum(tallies: Iterable[Tally]) -> Tally:
    total: Tally = Counter()
    for counts in tallies:
        total.update(counts)
    return total


def _groups(total: Tally, prefix: str) -> list[str]:
    """Return the names under a prefix, the most frequent in gold first."""
    names = {score.removeprefix(prefix) for score, _ in total if score.startswith(prefix)}
    return sorted(names, key=lambda n: (-total[prefix + n, "gold"], -total[prefix + n, "n"], n))


def report(verdicts: Sequence[PageVerdict]) -> dict[str, Any]:
    """Return all scores of the contract as plain JSON data."""
    per_page = [tally(v) for v in verdicts]
    total = _sum(per_page)
    return {
        "files": len(verdicts),
        "missing_files": sum(not v.has_predictions for v in verdicts),
        "figure": prf(total, "figure"),
        "row": prf(total, "row"),
        "row_macro": _macro(per_page, "row"),
        "figure_macro": _macro(per_page, "figure"),
        "slots": {s: accuracy(total, f"slot {s}") for s in SLOTS},
        "slots_where_set": {s: {"acc": accuracy(total, f"set {s}"), "n": total[f"set {s}", "n"]} for s in _SET_SLOTS},
        "article": {
            "date": accuracy(total, "article date"),
            "place": accuracy(total, "article place"),
            "n": total["article place", "n"],
        },
        "time": prf(total, "time"),
        "entity": prf(total, "entity"),
        "entity_types": {t: prf(total, f"entity {t}") for t in ENTITY_TYPES},
        "block": {
            "acc": accuracy(total, "block"),
            "n": total["block", "n"],
            "joins_acc": accuracy(total, "joins"),
        },
        **_by_group(verdicts, per_page, total),
    }


def _by_group(verdicts: Sequence[PageVerdict], per_page: Sequence[Tally], total: Tally) -> dict[str, Any]:
    genres: dict[str, list[Tally]] = {}
    for verdict, counts in zip(verdicts, per_page, strict=True):
        genres.setdefault(verdict.page.genre or "other", []).append(counts)
    return {
        "recall_by_kind": _shares(total, "recall "),
        "row_by_measure": _shares(total, "measure "),
        "by_kind": _both(total, "kind"),
        "by_measure": _both(total, "measure"),
        "by_genre": {g: {"pages": len(ts)} | headline(ts) for g, ts in sorted(genres.items())},
        "per_file": {
            v.page.name: {
                "figures": t["figure", "gold"],
                "strict_f1": prf(t, "figure")["f1"],
                "row_f1": prf(t, "row")["f1"],
            }
            for v, t in zip(verdicts, per_page, strict=True)
        },
    }


def _shares(total: Tally, prefix: str) -> dict[str, list[int]]:
    return {n: [total[prefix + n, "ok"], total[prefix + n, "n"]] for n in _groups(total, prefix)}


def _both(total: Tally, group: str) -> dict[str, Mapping[str, Mapping[str, float]]]:
    names = _groups(total, f"figure by {group} ")
    return {n: {s: prf(total, f"{s} by {group} {n}") for s in ("figure", "row")} for n in names}
