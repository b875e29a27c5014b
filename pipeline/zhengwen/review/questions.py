"""Questions about doubtful slots as JSON lines, for a person or any model; and their answers back into decisions.

A question holds the sentence with the figure in 【brackets】, what the row says now, why it is asked and what the page
offers for an answer. An answer repeats `figure_id` and `slot` and gives `answer` (null: the text does not say).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from math import ceil
from pathlib import Path
from typing import Any

from zhengwen.errors import BadInput
from zhengwen.records import Article, Check, Entity, Figure, Record, Time
from zhengwen.review.corrections import Corrections
from zhengwen.review.log import SLOTS, Decision, Log, anchor_of, slots_of
from zhengwen.review.marks import Marks
from zhengwen.review.settling import Voice, voices
from zhengwen.review.workbook import Imported
from zhengwen.rules import Rules
from zhengwen.scoring.sentences import sentence_at
from zhengwen.stages import Page

__all__ = ["candidates", "import_answers", "questions"]

_SOURCE = "answers"
_LEAST_SURE = 0.1
"""The part of a run's rows, those of the lowest confidence, that are asked about for that alone."""
_MOST = 12
_AROUND = 200
_ASKED = ("indicator", "subject", "period")
_NEEDS_BASE = ("growth_rate", "change", "multiple")
_NEEDS_OF = ("share", "gap", "rank")
_SUBJECTS = frozenset({"place", "organisation", "project"})


def questions(pages: Iterable[tuple[Page, list[Record]]], marks: Marks) -> Iterator[dict[str, Any]]:
    """Yield a question for each empty or doubtful slot of the figures that nobody has settled yet.

    Asked are statistics without indicator, subject, period, base or whole; every slot of a figure that takes part in
    a check that fails, where the slot decides what is compared; and the least sure tenth of the rows. Confidence is a
    lower bound, low for most rows: it says which to look at first, not which are wrong. Incidental figures are not
    asked about.
    """
    pages = list(pages)
    unsure = _least_sure(pages)
    for page, records in pages:
        failed = {i for r in records if isinstance(r, Check) and not r.ok for i in r.figure_ids}
        articles = {r.article_id: r for r in records if isinstance(r, Article)}
        for figure in (r for r in records if isinstance(r, Figure) and r.tier != "incidental"):
            mark = marks.of(figure)
            if mark.state in ("accepted", "fixed", "rejected"):
                continue
            for slot, why in _doubts(figure, failed, unsure).items():
                if slot not in mark.fixes and slot not in mark.confirmed:
                    yield _question(figure, slot, why, page, articles.get(figure.article_id), records)


def import_answers(
    path: Path, pages: Iterable[tuple[Page, list[Record]]], log: Log, rules: Rules, by: str = ""
) -> Imported:
    """Return the decisions that a file of answers brings; nothing is written.

    An answer is by a model unless it names a `person`; `by` is who answered where the line names nobody. A line that
    cannot be taken is refused and named, the others are read. Raises `BadInput` for a file that cannot be read.
    """
    figures = {r.figure_id: (r, page.text) for page, records in pages for r in records if isinstance(r, Figure)}
    heard, corrections, out = voices(log), Corrections(rules), Imported()
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            decision = _answer(line, figures, corrections, by)
        except ValueError as error:
            out.refused.append(f"{path.name}:{number}: {error}")
            continue
        before = heard.get(decision.figure_id, {}).get(decision.who, Voice(decision.who))
        value = decision.new if decision.decision == "fix" else decision.old
        if decision.slot in before.values and before.values[decision.slot] == value:
            out.kept += 1
        else:
            out.marked += 1
            out.decisions.append(decision)
    return out


def _least_sure(pages: Iterable[tuple[Page, list[Record]]]) -> set[str]:
    """Return the figures with the lowest confidence, a tenth of those that have any."""
    rated = [
        (r.confidence, r.figure_id)
        for _, records in pages
        for r in records
        if isinstance(r, Figure) and r.tier != "incidental" and r.confidence is not None
    ]
    return {figure_id for _, figure_id in nsmallest(ceil(len(rated) * _LEAST_SURE), rated)}


def _doubts(figure: Figure, failed: set[str], unsure: set[str]) -> dict[str, str]:
    """Return the slots of a figure that are asked about, and why."""
    why = {slot: "empty" for slot in _ASKED if getattr(figure, slot) is None and figure.tier == "statistic"}
    if figure.measure in _NEEDS_BASE and not (figure.base or figure.averaging or figure.of):
        why["base"] = "empty"
    if figure.measure in _NEEDS_OF and figure.of is None:
        why["of"] = "empty"
    if figure.figure_id in failed:
        why |= {slot: "a check does not agree" for slot in ("indicator", "subject") if slot not in why}
    if figure.figure_id in unsure:
        why |= {slot: "low confidence" for slot in (*_ASKED, "measure") if slot not in why}
    return {
        slot: f"{said}: {reason}" if (reason := _reason(figure, slot)) and said == "empty" else said
        for slot, said in why.items()
    }


def _reason(figure: Figure, slot: str) -> str:
    reason = figure.reasons.get(slot)
    return str(reason.get("rule", "")) if isinstance(reason, Mapping) else str(reason or "")


def _question(
    figure: Figure, slot: str, why: str, page: Page, article: Article | None, records: Sequence[Record]
) -> dict[str, Any]:
    now = slots_of(figure)
    sentence = sentence_at(page.text, figure.start, figure.end, _AROUND) if page.text else figure.sentence
    return {
        "figure_id": figure.figure_id,
        "slot": slot,
        "why": why,
        "now": now[slot],
        "text": figure.text,
        "sentence": sentence,
        "title": article.title if article else "",
        "date": article.date if article else None,
        "place": article.place if article else None,
        "row": {s: v for s, v in now.items() if s != slot and v is not None},
        "candidates": candidates(figure, slot, article, records),
        "source": figure.source,
        "answer": None,
        "by": "",
    }


def candidates(figure: Figure, slot: str, article: Article | None, records: Sequence[Record]) -> list[str]:
    """Return what the page offers for a slot, the nearest before the figure first."""
    near: list[tuple[int, str]] = []
    if slot == "subject":
        spans = ((e.name, s) for e in _of(records, Entity) if e.type in _SUBJECTS for s, _ in e.mentions)
        near = [(abs(figure.start - at), name) for name, at in spans]
    elif slot in ("period", "base"):
        times = (t for t in _of(records, Time) if t.value)
        near = [(abs(figure.start - t.start), t.value or "") for t in times]
    elif slot in ("indicator", "of"):
        others = (f for f in _of(records, Figure) if f.figure_id != figure.figure_id)
        near = [(abs(figure.start - f.start), f.indicator or "") for f in others if f.indicator]
    names = [name for _, name in sorted(near)]
    if slot == "base":
        names = ["yoy", "seq", *names]
    if slot in ("subject", "of") and article and article.place:
        names.append(article.place)
    return list(dict.fromkeys(names))[:_MOST]


def _of(records: Sequence[Record], kind: type[Any]) -> Iterator[Any]:
    return (r for r in records if isinstance(r, kind))


def _answer(line: str, figures: Mapping[str, tuple[Figure, str]], corrections: Corrections, by: str) -> Decision:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"no JSON: {error.msg}") from None
    if not isinstance(row, dict) or "answer" not in row:
        raise ValueError("no answer (wanted: figure_id, slot, answer)")
    found = figures.get(str(row.get("figure_id")))
    if found is None:
        raise ValueError(f"no figure of this run: {row.get('figure_id')!r}")
    slot, figure = str(row.get("slot")), found[0]
    if slot not in SLOTS:
        raise ValueError(f"no such slot: {slot}")
    value = corrections.read(slot, row["answer"])
    person = str(row.get("person") or "")
    who = person or str(row.get("by") or by)
    if not who:
        raise ValueError("nobody answered: name a model in `by`, a person in `person`, or use --by")
    now = slots_of(figure)[slot]
    same = value == now
    return Decision(
        figure_id=figure.figure_id,
        who=who,
        decision="accept" if same else "fix",
        slot=slot,
        old=now,
        new=None if same else value,
        note=str(row.get("note") or ""),
        source=_SOURCE,
        machine=not person,
        anchor=anchor_of(figure, found[1]),
    )


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError:
        raise BadInput("no such file", code="missing", where=str(path)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"cannot be read: {error}", code="unreadable", where=str(path)) from None
