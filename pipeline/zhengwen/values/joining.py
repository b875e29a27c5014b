"""Joining: readings that stand side by side become ranges (6-8亿元, 3—5年), ratios, and lists that share a unit."""

from __future__ import annotations

import re
from decimal import Decimal

from zhengwen.rules import Rules
from zhengwen.values.matching import Alternatives
from zhengwen.values.quantities import Reading

__all__ = ["JOINING", "Joiner"]

_DASH = re.compile(r" ?(?:——|--|~~|[—–\-~～至到―─－−‐‑]) ?\Z")
_LIST = frozenset({"、", "和", "与", "及", "或", "以及", "，", "；", "/"})
_SOFT = frozenset({"，", "；"})
_FROM = frozenset("从由自")
_MINUS = frozenset("-－−")
JOINING = frozenset(" —–-~～至到―─－−‐‑比") | frozenset("".join(_LIST))
"""What stands right beside a number that a neighbour may join: a dash, a comma, a word between numbers, a blank."""
_MOST_TERMS = 12
_LONGEST_GAP = 4
_CLOCK = re.compile(r"(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9](?:[:：][0-5][0-9])?\Z")


class Joiner:
    """Joins neighbouring readings of one text."""

    def __init__(self, rules: Rules) -> None:
        every = rules.of("values/ratios")
        self._ratios = Alternatives(r for r in every if r.yields.get("at") != "start")
        self._scores = Alternatives(r for r in every if r.yields.get("at") == "start")

    def join(self, text: str, readings: list[Reading]) -> list[Reading]:
        """Return the readings with ranges joined and the units of lists given to each member."""
        joined: list[Reading] = []
        for reading in readings:
            last = joined[-1] if joined else None
            if last is not None and 0 <= reading.start - last.end <= _LONGEST_GAP:
                whole = self._range(text, last, reading) or self._worded_ratio(text, last, reading)
                if whole is not None:
                    joined[-1] = whole
                    continue
            joined.append(reading)
        _share(text, joined)
        return joined

    def ratio(self, text: str, start: int, end: int) -> tuple[Decimal, ...] | None:
        """Return the terms of the ratio written at `start:end`; None for a clock time or a score."""
        printed = text[start:end]
        parts = re.split("[:∶：]", printed)
        if len(parts) > _MOST_TERMS:
            return None
        terms = tuple(Decimal(p) for p in parts)
        if self._ratios.ending(text, start, end, 16):
            return terms
        if _CLOCK.match(printed) or self._scores.match(text, start):
            return None
        if "∶" in printed or len(parts) > 2 or any("." in p for p in parts):
            return terms
        return terms if terms[0] == 1 and len(parts[1]) != 2 else None

    def _range(self, text: str, low: Reading, high: Reading) -> Reading | None:
        gap, top = text[low.end : high.start], high.low
        signed = not gap and text[high.start] in _MINUS
        if not (signed or gap) or low.kind or high.kind or low.low != low.high or high.low != high.high:
            return None
        if signed and top < 0:
            top = -top
        elif not gap or not _DASH.match(gap):
            return None
        if gap.strip() in ("至", "到") and low.unit is not None and text[low.start - 1 : low.start] in _FROM:
            return None
        bottom = self._bottom(low, high, top)
        if bottom is None or bottom >= top:
            return None
        return _ranged(text, low, high, bottom, top)

    def _bottom(self, low: Reading, high: Reading, top: Decimal) -> Decimal | None:
        """Return the low end in the high end's unit and magnitude; None when the two do not belong together."""
        if low.unit is None:
            if high.unit is not None and high.unit.scale != 1:
                return low.low * high.unit.scale
            shared = low.low * high.numeral.magnitude
            plain = low.numeral.magnitude == 1
            return shared if plain and shared < top else low.low
        if high.unit is None or low.unit.name != high.unit.name:
            same = high.unit is not None and low.unit.kind == high.unit.kind == "money"
            return low.low if same and high.unit and low.unit.code == high.unit.code else None
        return low.low

    def _worded_ratio(self, text: str, first: Reading, second: Reading) -> Reading | None:
        """Read 3比1 where the words before speak of a ratio."""
        if text[first.end : second.start] != "比" or first.unit or second.unit or second.kind:
            return None
        if not self._ratios.ending(text, first.start, second.end, 16):
            return None
        first.terms = (*(first.terms or (first.low,)), second.low)
        first.end = first.number_end = second.end
        first.kind, first.rule, first.joined = "ratio", "ratios.words", True
        return first


def _ranged(text: str, low: Reading, high: Reading, bottom: Decimal, top: Decimal) -> Reading:
    high.number_printed = text[low.start : high.number_end]
    high.unit_printed = text[high.unit_at : high.end] if high.unit_at else ""
    approx = high.approx if high.approx != "exact" else low.approx
    if "about" in (low.numeral.approx, high.numeral.approx):
        approx = "about"
    high.start, high.low, high.high, high.approx = low.start, bottom, top, approx
    high.rule, high.joined = "joining.range", True
    high.weight = 55
    return high


def _points_of_percent(text: str, member: Reading, after: Reading) -> bool:
    """Tell whether a 个 is short for 个百分点: 0.1个和0.2个百分点."""
    if member.unit is None or member.unit.name != "个" or after.unit is None:
        return False
    return after.unit.kind == "percentage_point" and text[member.end : after.start] in _LIST


def _share(text: str, readings: list[Reading]) -> None:
    """Give the unit of a list's last member to the bare members before it, from right to left."""
    for at in range(len(readings) - 2, -1, -1):
        member, after = readings[at], readings[at + 1]
        if _points_of_percent(text, member, after):
            member.unit, member.shared, member.joined = after.unit, True, True
            continue
        if not member.plain or member.numeral.lone or not (member.numeral.arabic or member.numeral.magnitude > 1):
            continue
        gap = text[member.end : after.start]
        if gap not in _LIST or after.unit is None or after.kind or after.unit.group == "noun":
            continue
        if gap in _SOFT and not after.shared and not member.numeral.decimals:
            continue
        if member.low < 0 or (after.unit.name in ("年", "%") and member.low >= 1000):
            continue
        magnitude = after.numeral.magnitude if member.numeral.magnitude == 1 else 1
        scale = after.unit.scale * magnitude
        member.low, member.high = member.low * scale, member.high * scale
        member.unit, member.unit_at, member.shared = after.unit, 0, True
        member.rule, member.joined = "joining.list", True
        member.unit_printed = after.unit_printed or text[after.unit_at : after.end]
