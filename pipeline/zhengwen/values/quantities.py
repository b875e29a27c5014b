"""Quantities: a numeral and the unit behind it, read together.

A `Reading` is a number at a place in the text with what stands directly behind it: a unit, half a unit more
(一年半), a second lower unit (3年零6个月), 分之 and its numerator, 成 or 折. Joining readings into ranges and lists is
the work of `joining`, deciding what is a figure that of `Values`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from zhengwen.rules import Rules
from zhengwen.stages import Candidate, Quantity
from zhengwen.values.matching import Alternatives
from zhengwen.values.numerals import DIGITS, Numeral, read
from zhengwen.values.units import Unit, Units

__all__ = ["Quantities", "Reading", "quantity"]

_PERMILLE = frozenset({"千", "仟"})
_INNER = {"多": "over", "余": "over", "餘": "over", "来": "about", "來": "about", "+": "over"}
_LINKS = "零又"
_GRADE = "级"
"""Behind a magnitude it is no unit: 百亿级 is a size (contract: N万吨级 is a figure without 级)."""
_PERCENT_KIND = "percent"
_PAIR = re.compile("([一二三四五六七八九]{2})折")
_HALVES = frozenset("半对對")
_LONGEST = 4
_IMPROPER, _SMALL_BELOW, _ALWAYS = Decimal(100), Decimal(12), (Decimal(24), Decimal(7))
"""An improper fraction (3/2) is read up to these; 24/7 is no number."""
_MIXED = re.compile(r" ([0-9]{1,2})/([0-9]{1,2})(?![0-9/.%]|[年月日号楼栋])")
_STROKE = re.compile(r"/([0-9]{1,3})(?![0-9/.%]|[年月日号楼栋])")


@dataclass(slots=True)
class Reading:
    """A number at `start:end` of the text; `number_end` is where its numeral ends, `end` where its unit does."""

    start: int
    number_end: int
    end: int
    numeral: Numeral
    unit: Unit | None = None
    unit_at: int = 0
    approx: str = "exact"
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    rule: str = "quantities.unit"
    kind: str = ""
    terms: tuple[Decimal, ...] | None = None
    number_printed: str = ""
    unit_printed: str = ""
    reversed_rank: bool = False
    shared: bool = False
    """The unit lies outside the span: another member of a list has it."""
    weight: int = 50
    joined: bool = True
    """It is not yet known to stand alone: `figure` does not hold."""
    figure: Candidate | None = None
    """The figure that it is when no neighbour joins it, None when it is none; only its length and words are its own."""

    def moved(self, by: int) -> Reading:
        """Return the same reading `by` characters on."""
        return Reading(
            self.start + by,
            self.number_end + by,
            self.end + by,
            self.numeral,
            self.unit,
            self.unit_at + by if self.unit_at else 0,
            self.approx,
            self.low,
            self.high,
            self.rule,
            self.kind,
            self.terms,
            self.number_printed,
            self.unit_printed,
            self.reversed_rank,
            self.shared,
            self.weight,
            self.joined,
            self.figure,
        )

    @property
    def plain(self) -> bool:
        """A bare arabic number: what may take its unit from a list or a range."""
        return self.unit is None and not self.kind


class Quantities:
    """Reads the number at a place together with its unit."""

    def __init__(self, rules: Rules, units: Units, run: re.Pattern[str]) -> None:
        self.units = units
        self._run = run
        self._days = Alternatives(rules.of("values/days"))
        self._below: dict[str, list[tuple[str, Decimal]]] = {}
        for row in rules.table("compounds"):
            self._below.setdefault(row["upper"], []).append((row["lower"], Decimal(row["per"])))
        for lowers in self._below.values():
            lowers.sort(key=lambda pair: -len(pair[0]))

    def read(self, text: str, start: int, end: int) -> Reading | None:
        """Return the number of the run `start:end` with its unit; None when the run is not well formed."""
        split = self._split(text, start, end)
        if split is None:
            return None
        numeral, end = split
        if text.startswith("分之", end):
            return self._fraction(text, start, end, numeral)
        if text[end : end + 1] == "又" and (mixed := self._mixed(text, start, end, numeral)):
            return mixed
        if text[start : end + 1] == "一半":
            half = Decimal("0.5")
            return Reading(start, end + 1, end + 1, numeral, None, 0, "exact", half, half, "quantities.half", "number")
        if text[end : end + 1] == "/" and (stroke := _STROKE.match(text, end)) and text[start - 1 : start] != "/":
            part = self._stroke(start, stroke, numeral)
            if part is not None:
                return part
        if text[end : end + 1] == " " and numeral.arabic and (parts := _MIXED.match(text, end)):
            return self._stroke_mixed(start, parts, numeral)
        at, inner = self._behind(text, end)
        approx = inner or numeral.approx
        found = self.units.match(text, at)
        reading = Reading(start, end, end, numeral, None, 0, numeral.approx, numeral.low, numeral.high)
        if found is None and (text[at : at + 1] == " " and (numeral.arabic or at == end)):
            found = self.units.match(text, at + 1)
            at += 1 if found else 0
        if found is None and text[at : at + 1] == "日" and self._days.match(text, start):
            found = self.units.lower("日"), at + 1
        if found is None:
            return self._signed(text, reading) or self._unitless(text, reading, inner)
        if found[0].name == _GRADE and numeral.magnitude > 1:
            return reading
        reading.unit, reading.end = found
        reading.unit_at, reading.approx = at, approx
        self._tenths(text, reading)
        self._halves_and_lower(text, reading)
        return reading

    def _split(self, text: str, start: int, end: int) -> tuple[Numeral, int] | None:
        """Read a run, giving back its last character where that begins the unit (五十千瓦, 三十两, 5百分点)."""
        run = text[start:end]
        last = run[-1]
        if len(run) > 1 and last in "千百兆两角分" and (unit := self.units.match(text, end - 1)):
            name = text[end - 1 : unit[1]]
            kept = last == "兆" or (last != "两" and len(name) > 1 and (run[-2].isascii() or name[:2] != "千米"))
            if kept and (numeral := read(run[:-1])) and not numeral.lone:
                return numeral, end - 1
        numeral = read(run)
        if numeral is None and text[end : end + 1] == "折" and _PAIR.match(text, start):
            numeral = read("一")
        if numeral is not None:
            return numeral, end
        if run[-1] == "百" and text[end : end + 1] == "分" and (short := read(run[:-1])):
            return short, end - 1
        for back in (1, 2):
            if len(run) > back and (short := read(run[:-back])) and self.units.match(text, end - back):
                return short, end - back
        return None

    def _behind(self, text: str, end: int) -> tuple[int, str]:
        """Return where the unit begins behind an embedded 多/余/来, and what that says."""
        at = end
        while text[at : at + 1] in ("多", "余", "餘") and at < end + 2:
            at += 1
        if at == end and text[at : at + 1] in _INNER:
            at += 1
        if at == end:
            return end, ""
        spaced = at + 1 if text[at : at + 1] == " " else at
        return (at, _INNER[text[end]]) if spaced < len(text) else (end, "")

    def _unitless(self, text: str, reading: Reading, inner: str) -> Reading:
        if inner and (reading.numeral.arabic or reading.numeral.magnitude > 1) and text[reading.end] != "来":
            reading.approx = inner
            reading.end += 1
        return reading

    def _fraction(self, text: str, start: int, end: int, below: Numeral, whole: Decimal = Decimal(0)) -> Reading | None:
        """Read 百分之五, 千分之三, 万分之二 (units) and 三分之二 (a number)."""
        match = self._run.match(text, end + 2)
        if match is None or below.value is None:
            return None
        split = self._split(text, end + 2, match.end())
        if split is None or not below.value:
            return None
        above, stop = split
        if below.lone:
            name, parts = ("‰", Decimal(1)) if text[start:end] in _PERMILLE else ("%", below.value / 100)
            unit = Unit(name, _PERCENT_KIND, "%", Decimal("0.1") if name == "‰" else Decimal(1))
            low, high, rule = above.low / parts, above.high / parts, "quantities.percent_words"
            reading = Reading(start, stop, stop, above, unit, 0, above.approx, low, high, rule)
            reading.number_printed, reading.unit_printed = text[end + 2 : stop], text[start : end + 2]
            return reading
        sign = -1 if whole < 0 else 1
        low, high = whole + sign * above.low / below.value, whole + sign * above.high / below.value
        return Reading(start, stop, stop, above, None, 0, above.approx, low, high, "quantities.fraction", "number")

    def _mixed(self, text: str, start: int, end: int, whole: Numeral) -> Reading | None:
        """Read 3又三分之一: a whole number and a fraction."""
        match = self._run.match(text, end + 1)
        if match is None or not text.startswith("分之", match.end()) or whole.value is None:
            return None
        below = read(match.group())
        found = self._fraction(text, end + 1, match.end(), replace(below, lone=False), whole.value) if below else None
        if found is not None:
            found.start = start
        return found

    def _stroke(self, start: int, stroke: re.Match[str], above: Numeral) -> Reading | None:
        """Read 2/3: a proper fraction in figures."""
        below = Decimal(stroke[1])
        if not above.arabic or above.decimals or not below or not 0 < abs(above.low) < max(below, _IMPROPER):
            return None
        if above.low > below > _SMALL_BELOW or (above.low, below) == _ALWAYS:
            return None
        share = above.low / below
        end = stroke.end()
        return Reading(start, end, end, above, None, 0, "exact", share, share, "quantities.stroke", "number")

    def _stroke_mixed(self, start: int, parts: re.Match[str], whole: Numeral) -> Reading | None:
        """Read 1 4/3: a whole number and a fraction in figures."""
        if not int(parts[2]) or whole.decimals:
            return None
        value = whole.low + Decimal(parts[1]) / Decimal(parts[2]).copy_sign(whole.low)
        end = parts.end()
        return Reading(start, end, end, whole, None, 0, "exact", value, value, "quantities.stroke", "number")

    def _signed(self, text: str, reading: Reading) -> Reading | None:
        """Read ￥300 and US$20: the currency's sign stands before the number."""
        found = self.units.sign(text, reading.start)
        if found is None:
            return None
        reading.unit, at = found
        reading.number_printed, reading.unit_printed = text[reading.start : reading.end], text[at : reading.start]
        reading.start = at
        return reading

    def _tenths(self, text: str, reading: Reading) -> None:
        """Read 三成五 and 五五折, and multiply 成 and 折 out to percent."""
        unit = reading.unit
        if unit is None or unit.scale == 1:
            return
        pair = _PAIR.match(text, reading.start)
        if text[reading.end - 1] == "折" and text[reading.start] in _HALVES:
            reading.low = reading.high = Decimal(50)
            return
        if text[reading.end - 1] == "折" and (pair or reading.low >= 10):
            reading.low = reading.high = _two(pair[1]) if pair else reading.low
            return
        low, high = reading.low * unit.scale, reading.high * unit.scale
        if text[reading.end : reading.end + 1] in DIGITS and text[reading.end - 1] == "成":
            low = high = low + DIGITS[text[reading.end]]
            reading.end += 1
        elif text[reading.end : reading.end + 1] == "半":
            low, high = low + 5, high + 5
            reading.end += 1
        reading.low, reading.high = low, high

    def _halves_and_lower(self, text: str, reading: Reading) -> None:
        unit = reading.unit
        if unit is None:
            return
        following = text[reading.end : reading.end + 1]
        if following == "半":
            self._half(text, reading)
        elif unit.name == "个" and following in ("多", "来"):
            self._more(text, reading)
        elif unit.name in self._below and (following.isdigit() or following in _LINKS or following in DIGITS):
            self._lower(text, reading)

    def _half(self, text: str, reading: Reading) -> None:
        """Read 一年半, 三斤半, 两个半小时."""
        unit, end = reading.unit, reading.end + 1
        if unit is None or (unit.kind == "money" and unit.name != "元"):
            return
        if unit.name == "个":
            found = self.units.simple("个" + text[end : end + _LONGEST], 0)
            if found is None or found[0].kind != "duration":
                return
            reading.unit, reading.end = found[0], end + found[1] - 1
        elif unit.group != "measure" or (text[end : end + 1] in "数径导岛月天小夜" and text[end : end + 1]):
            return
        else:
            reading.end = end
        reading.low += Decimal("0.5")
        reading.high += Decimal("0.5")

    def _more(self, text: str, reading: Reading) -> None:
        """Read 1个多小时, 3个多月: the 多 stands inside the unit."""
        at = reading.end + 1
        found = self.units.simple(text, at)
        if text[at : at + 1] == "月":
            whole = self.units.entries.get("个月")
            stop = at + 1
        else:
            whole, stop = found if found and found[0].kind == "duration" else (None, 0)
            whole = self.units.entries.get(f"个{whole.name}") if whole else None
        if whole:
            reading.approx = _INNER[text[reading.end]]
            reading.unit, reading.end, reading.unit_at = whole, stop, at

    def _lower(self, text: str, reading: Reading) -> None:
        """Add a second, lower measure: 3年零6个月, 1小时30分, 5元3角2分."""
        upper, per = reading.unit, Decimal(1)
        while upper is not None and reading.numeral.value is not None:
            at = reading.end + (text[reading.end : reading.end + 1] in _LINKS)
            match = self._run.match(text, at)
            if match is None:
                return
            split = self._split(text, at, match.end())
            if split is None or split[0].value is None:
                return
            below = next((p for p in self._below.get(upper.name, ()) if text.startswith(p[0], split[1])), None)
            if below is None or split[0].value >= 1000:
                return
            per *= below[1]
            reading.low = reading.high = reading.low + split[0].value / per
            reading.end = split[1] + len(below[0])
            reading.rule = "quantities.compound"
            upper = replace(upper, name=below[0])


def _two(digits: str) -> Decimal:
    """Read two digits place by place: 五五折 is 55 % of the price."""
    return Decimal(DIGITS[digits[0]] * 10 + DIGITS[digits[1]])


def quantity(text: str, reading: Reading, approx: str, modifier: tuple[int, int] | None, kind: str) -> Quantity:
    """Return the reading as a `Quantity`, values in its unit and in the base unit."""
    unit = reading.unit
    exact = reading.low == reading.high and reading.terms is None
    value = reading.low if exact else None
    code, base = "", None
    if unit is not None and unit.factor is not None:
        code, factor = unit.code, unit.factor
        if value is not None:
            base = Decimal(2) ** int(value) if unit.name == "番" and value < 64 else value * factor
    nothing = reading.terms is not None
    printed, unit_printed = _printed(text, reading)
    return Quantity(
        value,
        None if nothing else reading.low,
        None if nothing else reading.high,
        reading.terms,
        unit.name if unit is not None else None,
        kind,
        approx,
        code,
        base,
        printed,
        unit_printed,
        reading.numeral.decimals,
        modifier,
        reading.reversed_rank,
    )


_MAGNITUDE = re.compile(
    r"(?:([\d.,，．]++|[\d.,]++[^\d万亿千百十]{1,2}[\d.,]++)[多余几来]?([十百千万亿]+)"  # 4.17亿, 330多万, 10至20万
    r"|([一二两三四五六七八九十百千零〇]+)[多余几来]?([万亿]+))"
)
"""A number as printed, and the magnitude behind it that goes with its unit."""


def _printed(text: str, reading: Reading) -> tuple[str, str]:
    """Return the number and the unit as printed, the magnitude with the unit: 4.17 and 亿元; 万亿 alone is a number."""
    number = reading.number_printed or text[reading.start : reading.number_end]
    unit = reading.unit_printed or (text[reading.unit_at : reading.end] if reading.unit and reading.unit_at else "")
    split = _MAGNITUDE.fullmatch(number)
    if split is None or (unit and text.startswith(unit, reading.start)):  # US$20万: the unit stands before
        return number, unit
    digits, magnitude = (split[1], split[2]) if split[1] else (split[3], split[4])
    return digits, magnitude + unit
