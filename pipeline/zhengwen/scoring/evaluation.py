"""One evaluation: pages, predictions and verdicts, as JSON to keep and as text to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from zhengwen.reading import read_page
from zhengwen.records import to_json
from zhengwen.scoring.bootstrap import intervals
from zhengwen.scoring.judge import Judged, PageVerdict, judge
from zhengwen.scoring.pages import KINDS, GoldPage, Predictions, fingerprint
from zhengwen.scoring.scores import headline, report, tally
from zhengwen.scoring.sentences import sentence_at

if TYPE_CHECKING:
    from zhengwen.engine import Engine

__all__ = ["Evaluation", "divide", "evaluate", "misses", "outcomes", "predict", "summary", "totals"]

Json = Mapping[str, Any]

_SHOWN = ("value", "low", "high", "terms", "unit", "label", "article", "type", "text")


@dataclass(frozen=True)
class Evaluation:
    """The verdicts on a set of labelled pages, and everything that follows from them."""

    name: str
    verdicts: tuple[PageVerdict, ...]

    @cached_property
    def report(self) -> dict[str, Any]:
        """All scores of the contract, in the reference scorer's layout, and by kind, measure and genre."""
        return report(self.verdicts)

    @cached_property
    def headline(self) -> dict[str, float | None]:
        """The scores that have floors, one number each."""
        return headline([tally(v) for v in self.verdicts])

    @cached_property
    def intervals(self) -> dict[str, tuple[float, float]]:
        """Bootstrap intervals of the headline scores, over pages."""
        return intervals([tally(v) for v in self.verdicts])

    @cached_property
    def fingerprint(self) -> str:
        """The sha256 of the texts and gold that were judged against."""
        return fingerprint(v.page for v in self.verdicts)

    def to_json(self) -> dict[str, Any]:
        """Return everything as plain JSON data, every verdict included, for `--json` and `--against`."""
        return {
            "gold": self.name,
            "fingerprint": self.fingerprint,
            "headline": self.headline,
            "intervals": {s: list(ends) for s, ends in self.intervals.items()},
            **self.report,
            "outcomes": list(outcomes(self.verdicts)),
        }


def predict(pages: Sequence[GoldPage], engine: Engine) -> Predictions:
    """Read the pages with this version of the program."""
    return Predictions({p.name: [to_json(r) for r in engine.read(read_page(p.path))] for p in pages})


def evaluate(pages: Sequence[GoldPage], found: Predictions, name: str = "") -> Evaluation:
    """Judge predictions of `pages` against their gold."""
    return Evaluation(name, tuple(judge(page, found.of(page.name)) for page in pages))


def divide(whole: Evaluation) -> list[Evaluation]:
    """Divide an evaluation into what is never added up: blind labels, `.drafted` ones, and `.held_out` pages.

    The blind labels of development pages come first, always; the others only where there are some. What nobody has
    reviewed is in none of them.
    """
    everything = frozenset(KINDS)
    mine = [v for v in whole.verdicts if v.page.use == "development"]
    parts = {
        "": [v.part(everything - v.page.drafted) for v in mine],
        ".drafted": [v.part(v.page.drafted) for v in mine],
        ".held_out": [v for v in whole.verdicts if v.page.use == "held_out"],
    }
    told = [Evaluation(whole.name + n, tuple(v for v in vs if v.page.reviewed)) for n, vs in parts.items()]
    return [part for part in told if part.verdicts or part.name == whole.name]


def _fault(judged: Judged) -> str:
    """Name what is wrong: missed, spurious, number, or the slots."""
    if judged.verdict in ("missed", "spurious"):
        return judged.verdict
    if not judged.slots and judged.verdict == "wrong":
        return "number"
    return ",".join(judged.wrong)


def _brief(record: Json | None, slots: Sequence[str]) -> str:
    """Return what a record says in `slots`, as one short text."""
    if record is None:
        return "–"
    said = [f"{s}={record[s]}" if s != "text" else str(record[s]) for s in slots if record.get(s) not in (None, "")]
    return " ".join(said) or "null"


def _sides(judged: Judged) -> tuple[str, str]:
    slots = judged.wrong if judged.slots else _SHOWN
    if judged.record == "time" and judged.wrong:
        slots = ("text", "value")
    if judged.record == "entity":
        slots = ("name", "type")
    return _brief(judged.gold, slots), _brief(judged.found, slots)


def outcomes(verdicts: Sequence[PageVerdict]) -> Iterator[dict[str, Any]]:
    """Yield every verdict as one flat row: where, what, and what is wrong (empty: all right)."""
    for verdict in verdicts:
        for judged in verdict.judged:
            gold, found = _sides(judged)
            yield {
                "page": verdict.page.name,
                "record": judged.record,
                "start": judged.start,
                "text": judged.either.get("text") or judged.either.get("name") or judged.either.get("label") or "",
                "fault": _fault(judged),
                "gold": gold,
                "found": found,
                "sentence": _sentence(verdict.page, judged),
            }


def _sentence(page: GoldPage, judged: Judged) -> str:
    """Return the text a verdict is about: the sentence around its span, the line of a block, else nothing."""
    record = judged.either
    if "start" in record and "end" in record and judged.record in ("figure", "time"):
        return sentence_at(page.text, record["start"], record["end"])
    if judged.record == "block":
        lines = page.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return lines[record["line"] - 1].strip()[:80] if 0 < record["line"] <= len(lines) else ""
    at = page.text.find(record["name"]) if "name" in record else -1
    return sentence_at(page.text, at, at + len(record["name"])) if at >= 0 else ""


def misses(evaluation: Evaluation) -> Iterator[str]:
    """Yield one readable entry for everything that is not right, each beside its sentence."""
    for row in outcomes(evaluation.verdicts):
        if row["fault"]:
            head = f"{row['page']}:{row['start']} {row['record']} {row['text']}  {row['fault'].upper()}"
            yield f"{head}\n    gold  {row['gold']}\n    found {row['found']}\n    {row['sentence']}"


def totals(evaluation: Evaluation) -> list[str]:
    """Return the headline scores with their intervals, as lines of text; no row and no page by itself."""
    scores, spread = evaluation.report, evaluation.intervals
    lines = [f"{evaluation.name}: {scores['files']} pages, {scores['figure']['gold']} figures"]
    if scores["missing_files"]:
        lines.append(f"no predictions for {scores['missing_files']} of the pages")
    lines += ["", f"{'score':<18}{'':>8}   95% interval   precision  recall"]
    for score, value in evaluation.headline.items():
        if value is not None:
            low, high = spread[score]
            parts = scores.get(score)
            both = f"   {parts['p']:.4f}     {parts['r']:.4f}" if isinstance(parts, dict) and "p" in parts else ""
            lines.append(f"{score:<18}{value:>8.4f}   {low:.3f} … {high:.3f}{both}")
    return lines


def summary(evaluation: Evaluation) -> str:
    """Return the scores as a page of text: headline with intervals, then by kind, measure, genre and page."""
    scores, lines = evaluation.report, totals(evaluation)
    lines += ["", f"{'slot, where set':<18}{'':>8}"]
    lines += [f"{s:<18}{v['acc']:>8.4f}   of {v['n']}" for s, v in scores["slots_where_set"].items() if v["n"]]
    lines += _types(scores) + _groups("kind", scores["by_kind"]) + _groups("measure", scores["by_measure"])
    lines += _genres(scores["by_genre"]) + _files(scores["per_file"])
    return "\n".join(lines)


def _types(scores: Json) -> list[str]:
    head = ["", f"{'entity type':<18}      F1   precision  recall    gold"]
    return head + [
        f"{t:<18}{s['f1']:>8.4f}   {s['p']:.4f}     {s['r']:.4f} {s['gold']:>7}"
        for t, s in scores["entity_types"].items()
    ]


def _groups(title: str, groups: Mapping[str, Mapping[str, Json]]) -> list[str]:
    head = ["", f"{title:<18}  row F1  figure F1  precision  recall    gold"]
    return head + [
        f"{name:<18}{g['row']['f1']:>8.4f}   {g['figure']['f1']:>8.4f}     {g['figure']['p']:.4f}"
        f"  {g['figure']['r']:.4f} {g['figure']['gold']:>7}"
        for name, g in groups.items()
    ]


def _genres(genres: Mapping[str, Json]) -> list[str]:
    head = ["", f"{'genre':<18}  row F1  figure F1     time   entity   pages"]
    return head + [
        f"{name:<18}{_score(g['row']):>8}   {_score(g['figure']):>8} {_score(g['time']):>8} {_score(g['entity']):>8}"
        f" {g['pages']:>7}"
        for name, g in genres.items()
    ]


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _files(files: Mapping[str, Json]) -> list[str]:
    head = ["", "page                row F1  figure F1  figures"]
    return head + [
        f"{name[:40]}\n{'':<18}{f['row_f1']:>8.4f}   {f['strict_f1']:>8.4f}  {f['figures']:>7}"
        for name, f in files.items()
    ]
