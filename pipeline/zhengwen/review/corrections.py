"""What people write as a correction, checked and put into codes: a value, a period, a measure by its label."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from zhengwen.records import plain
from zhengwen.review.log import SLOTS
from zhengwen.rules import Rules
from zhengwen.schema import meanings
from zhengwen.tables.labels import codes
from zhengwen.times.periods import valid

__all__ = ["EMPTY", "Corrections", "numbers_of"]

EMPTY = "-"
"""What people write where a slot should be empty."""

_EMPTY = frozenset({"-", "–", "—", "－", "null", "none"})
_RANGE = re.compile(r"(-?[\d.]+)\s*[~～]\s*(-?[\d.]+)")
_RATIO = re.compile(r"[\d.]+(?:\s*[:：∶]\s*[\d.]+)+")
_MUST = ("measure", "status", "approx")
_LONGEST = 200


class Corrections:
    """Reads corrections of slots; a wrong one is a `ValueError` that says what is wanted."""

    def __init__(self, rules: Rules) -> None:
        said = meanings(rules)
        self._known = {slot: frozenset(said[f"figure.{slot}"][1]) for slot in _MUST}
        self._codes = {slot: codes(rules, slot) for slot in (*_MUST, "base")}
        self._nothing = _EMPTY | {said for said, code in codes(rules, "word").items() if code == "empty"}

    def read(self, slot: str, said: Any) -> Any:
        """Return the plain value that a correction of `slot` means, None for an empty slot."""
        if slot not in SLOTS:
            raise ValueError(f"no such slot: {slot} (wanted: {', '.join(SLOTS)})")
        text = str(plain(said)).strip() if said is not None else EMPTY
        if text.lower() in self._nothing:
            if slot in (*_MUST, "value"):
                raise ValueError(f"{slot} cannot be empty")
            return None
        if slot == "value":
            return _value(text)
        if slot in _MUST:
            return self._code(slot, text)
        if slot == "period":
            return _period(text)
        if slot == "base":
            return self._codes["base"].get(text.lower()) or _period(text)
        if len(text) > _LONGEST:
            raise ValueError(f"{slot} of {len(text)} characters (at most {_LONGEST})")
        return text

    def code(self, topic: str, said: Any) -> str:
        """Return the code of a label in any language; what is none stays as it is."""
        text = str(said or "").strip()
        return self._codes.get(topic, {}).get(text.lower(), text)

    def _code(self, slot: str, text: str) -> str:
        code = self._codes[slot].get(text.lower(), text)
        if code not in self._known[slot]:
            raise ValueError(f"no such {slot}: {text!r} (wanted: {', '.join(sorted(self._known[slot]))})")
        return code


def numbers_of(said: Any) -> dict[str, Any]:
    """Return a corrected value as the fields of a record: a number, a range 10~15, or a ratio 1:2:3."""
    text = str(said)
    if "~" in text:
        low, high = (plain(_number(part)) for part in text.split("~"))
        return {"value": None, "low": low, "high": high, "terms": None}
    if ":" in text:
        terms = [plain(_number(part)) for part in text.split(":")]
        return {"value": None, "low": None, "high": None, "terms": terms}
    return {"value": said, "low": said, "high": said, "terms": None}


def _value(text: str) -> Any:
    """Return a number, or a range (10~15) or ratio (1.1:50.5:48.4) as text."""
    bare = text.replace(",", "").replace("，", "").replace("−", "-")
    if match := _RANGE.fullmatch(bare):
        return f"{plain(_number(match[1]))}~{plain(_number(match[2]))}"
    if _RATIO.fullmatch(bare):
        return ":".join(str(plain(_number(part.strip()))) for part in re.split("[:：∶]", bare))
    return plain(_number(bare))


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValueError(f"no number: {text!r} (wanted: 12.5 in the figure's unit, a range 10~15, or a ratio 1:2:3)")
    return number


def _period(text: str) -> str:
    plain_text = re.sub(r"\.0$", "", text)
    if not valid(plain_text):
        raise ValueError(f"no period: {text!r} (wanted: 2020, 2020-Q3, 2020-09, 2021-01/2021-05, /2020-12-31)")
    return plain_text
