"""The dates of the neutral suites (../shared/suites), cases converted in memory; differences on purpose are listed."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from zhengwen.rules import load
from zhengwen.stages import ArticleText, Candidate, Frame, Paragraph
from zhengwen.times import Times, periods
from zhengwen.views import View

FLOOR = 0.90
FILES = ("recognizers_datetime.jsonl", "recognizers_datetime_parts.jsonl")
TYPES = ("date", "daterange")


def differences() -> dict[str, str]:
    """Return the cases whose policy differs from the contract on purpose: id → reason."""
    rows = csv.DictReader(
        (Path(__file__).parent / "date_differences.tsv").read_text("utf-8").splitlines(), delimiter="\t"
    )
    return {row["case"]: row["reason"] for row in rows}


def cases(folder: Path) -> Iterator[dict[str, Any]]:
    for name in FILES:
        for line in (folder / "suites" / name).read_text("utf-8").splitlines():
            case = json.loads(line)
            expected = [e for e in case["expected"] if e["type"].rpartition(".")[2] in TYPES]
            if expected:
                yield case | {"expected": expected}


def simplified() -> dict[int, int]:
    return {ord(r["traditional"]): ord(r["simplified"]) for r in load(None).table("traditional")}


def read(times: Times, text: str, today: str) -> list[tuple[Candidate, str]]:
    view = View.of(text, [(0, len(text))], simplified())
    article = ArticleText(1, "", None, (Paragraph(view, "body", 1, (1,)),))
    found = [c for c in times.find(view.text) if c.kind == "time"]
    resolved = times.resolve(article, [found], Frame(date=today))[0]
    return [(c, p.value if p else "") for c, p in zip(found, resolved, strict=True)]


def answers(expected: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield every right (first day, last day); an end is exclusive there, and open ends are empty."""
    values = expected.get("values")
    if values is None:
        values = [expected.get("value") or {}, expected.get("future") or {}, expected.get("past") or {}]
    for value in values:
        if not isinstance(value, dict):
            continue
        single = value.get("value") or value.get("date")
        if single:
            yield single, single
        start, end = value.get("start") or value.get("startDate") or "", value.get("end") or value.get("endDate") or ""
        if start or end:
            yield start[:10], (date.fromisoformat(end[:10]) - timedelta(1)).isoformat() if end else ""
            yield start[:10], end[:10]  # both ends named: our range holds the second whole


def right(value: str, expected: Mapping[str, Any]) -> bool:
    """Tell whether our period says the same: the words of the date alone, without before, after, since."""
    ends = periods.bounds(value)
    if ends is None:
        return bool({start for start, _ in answers(expected)} <= {"not resolved", "0001-01-01"})
    first, last = ends
    after = (date.fromisoformat(last) + timedelta(1)).isoformat()
    for start, end in answers(expected):
        if (start, end) == ends:
            return True
        if not end and start in (first, after):  # since, after
            return True
        if not start and end in (first, last, (date.fromisoformat(first) - timedelta(1)).isoformat()):  # before, until
            return True
        if start == first and end and end[:4] == last[:4] and _named_last(end, last):
            return True
    return False


def _named_last(end: str, last: str) -> bool:
    """Ranges of years or months end exclusive at the start of the last one there; ours hold it whole."""
    day = date.fromisoformat(end)
    for known in (day, day + timedelta(1)):
        if known.day == 1 and (known.isoformat()[:7] == last[:7] or (known.month == 1 and last.endswith("-12-31"))):
            return True
    return False


def outcome(times: Times, case: Mapping[str, Any]) -> tuple[int, list[str]]:
    """Return how many expected spans are found with right values, and what is wrong with the others."""
    found = read(times, case["input"], (case.get("reference_time") or "")[:10])
    good, wrong = 0, []
    for expected in case["expected"]:
        near = [(c, v) for c, v in found if c.start < expected["end"] and expected["start"] < c.end]
        if any(right(v, expected) for _, v in near):
            good += 1
        else:
            wrong.append(f"{expected['text']}: {[(case['input'][c.start : c.end], v) for c, v in near]}")
    return good, wrong


def test_dates_of_the_suites(shared: Path) -> None:
    times, apart = Times(load(None)), differences()
    total = good = 0
    for case in cases(shared):
        if case["id"] in apart:
            continue
        right_here, _ = outcome(times, case)
        total += len(case["expected"])
        good += right_here

    assert total > 200
    assert good / total >= FLOOR


def test_differences_are_real(shared: Path) -> None:
    """A case that comes out right is no difference: the list does not outlive its reasons."""
    times, apart = Times(load(None)), differences()
    known = {case["id"]: case for case in cases(shared)}

    assert set(apart) <= set(known)
    assert [i for i in apart if not outcome(times, known[i])[1]] == []
