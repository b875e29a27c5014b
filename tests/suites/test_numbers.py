"""A peer's cases for numbers (shared `suites/`), converted in memory; deliberate differences are listed, one by one.

Values are compared on the span that overlaps the expected one most; `differences.tsv` names each case in which our
contract says something else on purpose, with the reason.
"""

from __future__ import annotations

import json
import os
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest

from zhengwen.rules import load
from zhengwen.stages import Quantity
from zhengwen.values import Values
from zhengwen.values.numerals import read

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("ZHENGWEN_SHARED", Path(__file__).parents[3] / "shared"))
SUITES = ("number", "ordinal", "numberrange", "percentage", "currency", "dimension", "age", "temperature")
BARS = {"number": 0.97, "percentage": 0.97, "currency": 0.97, "dimension": 0.97}
DOZEN = "1"
"""The unit code of a pure number: only the dozen has it."""
WIDE = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F) if chr(c).isalnum() or chr(c) in "％．－／＋"}
WIDE |= {
    ord(a): ord(b) for a, b in zip("個點萬億兩幾餘負貳參陸壹來佰伍", "个点万亿两几余负贰叁陆壹来佰伍", strict=True)
}

Found = tuple[int, int, Decimal | None, Decimal | None]


def differences() -> dict[str, str]:
    """Return the reason for each case in which we differ on purpose."""
    lines = (HERE / "differences.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split("\t", 1) for line in lines if line.strip())


def numbers(values: Values, text: str) -> list[Found]:
    """Return every numeral of a text with its ends, units left aside: what the peer calls a number.

    A dozen (十打) is a unit for us and part of the number for the peer: its base value is compared.
    """
    found: list[Found] = []
    at = 0
    for candidate in values.find(text):
        reading = candidate.reading
        if not isinstance(reading, Quantity):
            continue
        if reading.unit is None:
            found.append((candidate.start, candidate.end, reading.low, reading.high))
        elif reading.unit_code == DOZEN:
            found.append((candidate.start, candidate.end, reading.value_base, reading.value_base))
    taken = [(a, b) for a, b, *_ in found]
    for match in values.numerals(text):
        start, end = match
        if any(a < end and start < b for a, b in taken):
            continue
        numeral = read(text[start:end])
        if numeral is not None:
            found.append((start, end, numeral.low, numeral.high))
        at = end
    assert at <= len(text)
    return found


def figures(values: Values, text: str) -> list[Found]:
    """Return the figures of a text."""
    return [
        (c.start, c.end, c.reading.low, c.reading.high)
        for c in values.find(text)
        if c.kind == "figure" and isinstance(c.reading, Quantity)
    ]


def percentages(values: Values, text: str) -> list[Found]:
    """Return the figures in percent and percentage points of a text."""
    kinds = {(c.start, c.end): c.reading.kind for c in values.find(text) if isinstance(c.reading, Quantity)}
    return [f for f in figures(values, text) if kinds[f[:2]] in ("percent", "percentage_point")]


def wanted(suite: str, value: str | None) -> tuple[Decimal | None, Decimal | None]:
    """Return the expected ends of a value as the peer writes it: 365, 50%, [20,100), first of the ends for a limit."""
    if value is None:
        return None, None
    if suite == "numberrange":
        low, high = (v.strip() for v in value[1:-1].split(","))
        ends = [Decimal(v) for v in (low, high) if v]
        return ends[0], ends[-1]
    try:
        number = Decimal(value.rstrip("%"))
    except InvalidOperation:
        return None, None
    return number, number


def close(left: Decimal | None, right: Decimal | None) -> bool:
    """Tell whether two ends are equal; the peer rounds to 15 digits, and leaves the sign to the wording."""
    if left is None or right is None:
        return left is right
    left, right = abs(left), abs(right)
    return abs(left - right) <= max(left, right) * Decimal("1e-12")


def right(values: Values, suite: str, case: dict[str, Any]) -> bool:
    """Tell whether every expected value of a case is found at its place, and nothing where nothing is expected."""
    text = case["input"].translate(WIDE)
    found = numbers(values, text) if suite in ("number", "ordinal") else figures(values, text)
    if suite == "numberrange":
        found = figures(values, text) + numbers(values, text)
    expected = case["expected"]
    if not expected:
        return not (percentages if suite == "percentage" else figures)(values, text)
    for span in expected:
        low, high = wanted(suite, span["value"])
        over = [f for f in found if min(f[1], span["end"]) > max(f[0], span["start"])]
        if suite == "numberrange" and not any(close(f[2], low) or close(f[3], high) for f in over):
            return False
        if suite != "numberrange" and not any(_same(span, f, low, high) for f in over):
            return False
    return True


def _same(span: dict[str, Any], found: Found, low: Decimal | None, high: Decimal | None) -> bool:
    thousandth = low is not None and re.search("[千仟]分", re.sub(r"\s", "", span["text"])) is not None
    kilo = low is not None and str(span.get("unit", "")).startswith("Kilo") and found[2] is not None
    factors = [Decimal(1)] + ([Decimal("0.1")] if thousandth else []) + ([Decimal("0.001")] if kilo else [])
    return any(close(found[2] * f if found[2] is not None else None, low) and close(
        found[3] * f if found[3] is not None else None, high) for f in factors)  # fmt: skip


def cases(suite: str) -> list[dict[str, Any]]:
    """Return the cases of a suite; skip when the shared folder is not there."""
    path = SHARED / "suites" / f"recognizers_{suite}.jsonl"
    if not path.exists():
        pytest.skip(f"the shared suites are not at {path.parent} (set ZHENGWEN_SHARED)")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("suite", SUITES)
def test_values_of_the_peers_cases(suite: str, record_property: Any) -> None:
    """At least 97 % of the cases on which we do not differ on purpose have all their values right.

    A case that expects nothing fails as soon as any figure is found.
    """
    values, known = Values(load()), differences()
    judged = [c for c in cases(suite) if c["id"] not in known]
    wrong = [c for c in judged if not right(values, suite, c)]
    rate = 1 - len(wrong) / len(judged)
    record_property("rate", rate)
    print(f"{suite}: {rate:.3f} of {len(judged)} cases")
    shown = "\n".join(f"{c['id']}\t{c['input']}\t{[(e['text'], e['value']) for e in c['expected']]}" for c in wrong)
    assert rate >= BARS.get(suite, 0.9), f"{suite}: {rate:.3f} of {len(judged)}\n{shown}"


def test_differences_are_cases_and_have_a_reason() -> None:
    """Every listed difference is a case of a suite, with a reason; none is listed that we get right anyway."""
    known = differences()
    ids = {c["id"] for suite in SUITES for c in cases(suite)}
    assert set(known) <= ids
    assert all(reason.strip() for reason in known.values())
