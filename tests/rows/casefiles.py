"""Cases as data: a sentence with the asked figures in [brackets], and what their rows must say.

A file `cases/NAME.tsv` has the columns text, expect, given and xfail. In `text`, `\\n` breaks the line. `expect` holds
`slot=value` joined by `; `, several right values by ` | `, nothing after `=` for an empty slot; ` // ` stands between
the figures asked about. `given` is what is known of the article (`date=…; place=…; title=…`). A case that is right by
the contract and not yet met says why in `xfail`; it fails the suite as soon as it is met.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from zhengwen.engine import Engine
from zhengwen.reading import page_of
from zhengwen.records import Figure
from zhengwen.rules import marked

__all__ = ["Case", "cases", "differences"]

GIVEN = {"date": "2023-02-05", "place": "云岭市"}
"""What a case's article is given, unless the case says otherwise."""
_SCALES = {"万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True)
class Case:
    """One line of a case file."""

    text: str
    expect: tuple[dict[str, list[str]], ...]
    given: dict[str, str]


def cases(name: str) -> list[Any]:
    """Return the cases of a file as parameters of a test, each named by its file and line."""
    with (Path(__file__).parent / "cases" / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [pytest.param(_case(row), id=f"{name}.tsv:{i}", marks=_marks(row)) for i, row in enumerate(rows, start=2)]


def differences(engine: Engine, case: Case) -> list[str]:
    """Return the case's text and one line for every slot that is not as it should be; nothing when all are."""
    text, spans = marked(case.text)
    figures = [r for r in engine.read(page_of(text, **case.given)) if isinstance(r, Figure)]
    at = {(f.start, f.end): f for f in figures}
    texts = {f.figure_id: f.text for f in figures}
    wrong: list[str] = []
    for span, expect in zip(spans, case.expect, strict=True):
        figure = at.get(span)
        if figure is None:
            wrong.append(f"{text[slice(*span)]} is no figure; figures are {[f.text for f in figures]}")
            continue
        for slot, allowed in expect.items():
            value = texts.get(figure.part_of or "") if slot == "part_of" else getattr(figure, slot)
            if not any(_equal(value, a) for a in allowed):
                wrong.append(f"{figure.text} {slot}: {value} and not {' | '.join(allowed) or 'empty'}")
    return [case.text, *wrong] if wrong else []


def _case(row: dict[str, str | None]) -> Case:
    expect = tuple(
        {slot: [a.strip() for a in values.split("|")] for slot, values in _slots(part)}
        for part in (row["expect"] or "").split(" // ")
    )
    return Case((row["text"] or "").replace("\\n", "\n"), expect, GIVEN | dict(_slots(row.get("given") or "")))


def _slots(text: str) -> list[tuple[str, str]]:
    pairs = [part.partition("=") for part in text.split(";") if part.strip()]
    return [(slot.strip(), value.strip()) for slot, _, value in pairs]


def _marks(row: dict[str, str | None]) -> list[Any]:
    reason = row.get("xfail")
    return [pytest.mark.xfail(strict=True, reason=reason)] if reason else []


def _equal(value: object, allowed: str) -> bool:
    if value is None or value == "":
        return allowed == ""
    if isinstance(value, Decimal):
        number, _, scale = allowed.partition(" ")
        return bool(number) and value == Decimal(number) * _SCALES.get(scale, 1)
    return str(value).replace("的", "") == allowed.replace("的", "")
