"""From a matched rule to what its words say: shape and fields, before any anchor."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from zhengwen.stages import TimeExpression
from zhengwen.times.numerals import numeral

__all__ = ["read"]

_NUMBERS = {
    "m": "month",
    "d": "day",
    "m2": "month2",
    "d2": "day2",
    "q": "quarter",
    "q2": "quarter2",
    "n": "count",
    "wd": "weekday",
}
_WORDS = {
    "yr": "year_word",
    "yr2": "year2_word",
    "mr": "month_word",
    "dr": "day_word",
    "dm": "day_word",
    "qr": "quarter_word",
    "wr": "week_word",
    "hol": "holiday",
    "hol2": "holiday2",
    "rest": "rest",
    "x": "third",
    "x2": "third2",
    "hm": "half",
    "h": "half",
    "lm": "lunar_month",
    "ld": "lunar_day",
    "cen": "century",
    "era": "era",
    "all": "all",
}
_EDGES = {"初": "start", "底": "end", "末": "end", "终": "end", "尾": "end"}
_HALVES = {"上": "1", "前": "1", "下": "2", "后": "2"}
_SUNDAYS = {"日": "7", "天": "7", "末": "weekend"}


def _short_year(text: str) -> str:
    """Return the year that two digits stand for: up to 40 in this century."""
    value = numeral(text)
    return str(2000 + value if value <= 40 else 1900 + value)


def _year(text: str) -> str:
    return str(numeral(text.replace("O", "0")))


_SPECIAL: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "y": ("year", _year),
    "y2": ("year2", _year),
    "yy": ("year", _short_year),
    "yy2": ("year2", _short_year),
    "e": ("edge", lambda text: _EDGES[text[-1]]),
    "same": ("same", lambda _: "1"),
    "plan": ("plan", lambda text: str(numeral(text.strip("第个")))),
    "dec": ("decade", lambda text: str(numeral(text))),
}


def read(shape: str, groups: Mapping[str, str | None]) -> TimeExpression:
    """Return the expression that the named groups of a rule spell; a field that was not matched is left out."""
    parts: dict[str, str] = {}
    for group, text in groups.items():
        if text is None or (text == "" and not group.startswith("m2")):
            continue
        name = group.partition("_")[0]
        if name in _SPECIAL:
            field, make = _SPECIAL[name]
            parts[field] = make(text)
        elif name == "wd" and text in _SUNDAYS:
            parts["weekday"] = _SUNDAYS[text]
        elif name in _NUMBERS:
            parts[_NUMBERS[name]] = str(numeral(text))
        elif name in _WORDS:
            parts[_WORDS[name]] = text
    return TimeExpression(shape, _tidied(parts))


def _tidied(parts: dict[str, str]) -> dict[str, str]:
    """Finish fields that only make sense together."""
    if parts.get("month2") == "0":  # a run of two: the rule marks that its end is the month after the first
        parts["month2"] = str(int(parts["month"]) + 1)
    if "half" in parts:
        parts["half"] = _HALVES[parts["half"]]
    if parts.get("third2") == "":
        del parts["third2"]
    return parts
