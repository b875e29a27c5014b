"""Units: what stands behind a number, with its kind, its code and its factor to the base unit.

The units and classifiers are data (`rules/units.tsv`, `rules/classifiers.tsv`); compound units (元/平方米, 微克/立方米,
吨标准煤/万元, 元每吨, 5元/人/夜) are built from them by rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from zhengwen.rules import Rules
from zhengwen.values.numerals import MAGNITUDES

__all__ = ["Unit", "Units"]

BIG = "big"
NOUN = "noun"
_BELOW = "below"
_SIGN = "before the number"
_SCALES = {"十": 10, "百": 100, "千": 1000, **MAGNITUDES}
_GOES_ON = frozenset("/每／（(")
"""What a compound unit or a bracketed alternative begins with."""
_OPEN, _CLOSE = "（(", "）)"
_LONGEST_OPTION = 8


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as records write it (`name`), its kind, and its place among the base units of its dimension."""

    name: str
    kind: str
    code: str = ""
    factor: Decimal | None = None
    scale: Decimal = Decimal(1)
    """What the printed number is multiplied by for `name` (三成 → 30 %)."""
    lone: bool = False
    """A bare magnitude may stand before it (百亿元, 万人)."""
    group: str = "measure"
    """measure (units.tsv), plain (a classifier), noun (counted without a classifier), big (六大业态)."""
    unless: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    """What must follow, at the end of a text nothing; elsewhere the word is the classifier of the same form (块)."""
    latin: bool = False
    """It ends with a Latin letter, so that no other may follow (5m, but no 5mo)."""
    source: str = ""
    ucum: str = ""


class Units:
    """All known units; `match` finds the longest at a position."""

    def __init__(self, rules: Rules) -> None:
        self.entries: dict[str, Unit] = {}
        for row in rules.table("classifiers"):
            self.entries[row["classifier"]] = _classifier(row)
        self._lower: dict[str, Unit] = {}
        self._elsewhere: dict[str, Unit] = {}
        for row in rules.table("units"):
            place = self._lower if row["note"] == _BELOW else self.entries
            unit = place.get(row["unit"])
            if unit is not None and row["only"]:
                self._elsewhere[row["unit"]] = unit
            place[row["unit"]] = _measure(row)
        signs = (r["unit"] for r in rules.table("units") if r["note"] == _SIGN)
        self._signs = tuple(sorted(signs, key=len, reverse=True))
        self._sign_ends = frozenset(s[-1] for s in self._signs)
        self._lengths = _lengths(self.entries)

    def match(self, text: str, at: int) -> tuple[Unit, int] | None:
        """Return the unit that stands at `at` and its end, compounds and bracketed alternatives included."""
        found = self.simple(text, at)
        if found is None or text[found[1] : found[1] + 1] not in _GOES_ON:
            return found
        unit, end = found
        while True:
            if text[end : end + 1] in ("/", "每", "／") and (below := self._below(text, end + 1)):
                unit = _per(unit, text[end], *below[:2])
                end = below[2]
            elif unit.group != BIG and (option := self._option(text, end)):
                unit, end = replace(unit, name=unit.name + text[end:option]), option
            else:
                return unit, end

    def read(self, text: str) -> tuple[Unit | None, int]:
        """Return the unit that a head gives (亿元, 万吨, %, 万人次) and its magnitude; None for a bare magnitude."""
        text, magnitude, at = text.strip(" ±+-"), 1, 0
        while at < len(text) and text[at] in _SCALES and not (at and text[at:] in self.entries):
            if text[at:] in self.entries and text[at] not in MAGNITUDES:
                break
            magnitude *= _SCALES[text[at]]
            at += 1
        if at == len(text):
            return None, magnitude
        found = self.match(text, at)
        if found and found[1] == len(text):
            return found[0], magnitude
        return Unit(text[at:], "count"), magnitude

    def simple(self, text: str, at: int) -> tuple[Unit, int] | None:
        """Return the longest listed unit at `at` and its end, no compound."""
        for length in self._lengths.get(text[at : at + 2], _ONE):
            end = at + length
            unit = self.entries.get(text[at:end])
            if unit is None or end > len(text):
                continue
            if unit.only and end < len(text) and not text.startswith(unit.only, end):
                unit = self._elsewhere.get(text[at:end])
                if unit is None:
                    continue
            if unit.unless and text.startswith(unit.unless, end):
                continue
            if unit.latin and _latin(text, end):
                continue
            return unit, end
        return None

    def lower(self, name: str) -> Unit:
        """Return the unit that stands only under a stroke (吨/日), by its name."""
        return self._lower[name]

    def sign(self, text: str, end: int) -> tuple[Unit, int] | None:
        """Return the currency sign that stands right before `end` (￥300, US$20) and its start."""
        if text[end - 1 : end] not in self._sign_ends:
            return None
        for sign in self._signs:
            if text.endswith(sign, 0, end):
                return self.entries[sign], end - len(sign)
        return None

    def _below(self, text: str, at: int) -> tuple[Unit, int, int] | None:
        """Return the unit under a stroke, the magnitude before it (吨标准煤/万元) and its end."""
        magnitude = 1
        while text[at : at + 1] in _SCALES and self.simple(text, at) is None:
            magnitude *= _SCALES[text[at]]
            at += 1
        found = self.simple(text, at)
        if found:
            return found[0], magnitude, found[1]
        lower = self._lower.get(text[at : at + 1])
        return (lower, magnitude, at + 1) if lower else None

    def _option(self, text: str, end: int) -> int:
        """Return the end of a bracketed alternative to a unit: 头（只）, 人(次); 0 when there is none."""
        if text[end : end + 1] not in _OPEN or end >= len(text):
            return 0
        close = text.find(_CLOSE[_OPEN.index(text[end])], end, end + _LONGEST_OPTION)
        inside = text[end + 1 : close]
        if close < 0 or not all(part in self.entries for part in inside.replace("/", "、").split("、")):
            return 0
        return close + 1


def _latin(text: str, end: int) -> bool:
    following = text[end : end + 1]
    return following.isascii() and (following.isalnum() or following == "_")


def _ends_latin(word: str) -> bool:
    return word[-1].isascii() and word[-1].isalpha()


def _classifier(row: Mapping[str, str]) -> Unit:
    return Unit(
        row["classifier"],
        "count",
        lone=bool(row["lone"]),
        group=row["group"],
        unless=tuple(filter(None, row["unless"].split(","))),
        latin=_ends_latin(row["classifier"]),
    )


def _measure(row: Mapping[str, str]) -> Unit:
    return Unit(
        row["name"] or row["unit"],
        row["kind"],
        row["code"],
        Decimal(row["factor"]),
        Decimal(row["scale"] or 1),
        bool(row["lone"]),
        "measure",
        tuple(filter(None, row["unless"].split(","))),
        tuple(row["only"].split()),
        _ends_latin(row["unit"]),
        row["source"],
        row["ucum"],
    )


_ONE = (1,)


def _lengths(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return, for the first two characters of a text, how long the words are that may begin it, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        if len(word) > 1:
            found.setdefault(word[:2], {1}).add(len(word))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


_KINDS = {("mass", "volume"): "concentration", ("length", "duration"): "speed"}


def _per(above: Unit, stroke: str, below: Unit, magnitude: int) -> Unit:
    """Return the compound unit above/below; `magnitude` stands before the lower one."""
    factor = None
    if above.factor is not None and below.factor is not None:
        factor = above.factor / (below.factor * magnitude)
    elif above.factor is not None and below.kind == "count":
        factor = above.factor / magnitude
    scale = {10**4: "万", 10**8: "亿", 1: ""}.get(magnitude, str(magnitude))
    kind = _KINDS.get((above.kind, below.kind), "rate")
    if above.kind == below.kind == "count" and above.name + below.name in _SETS:
        kind = "count"
    code = f"{above.code or '1'}/{below.code or '1'}" if factor is not None else ""
    return Unit(f"{above.name}{stroke}{scale}{below.name}", kind, code, factor)


_SETS = frozenset({"台套", "件套", "头只", "只羽", "名位", "个家", "户人", "台辆", "套件"})
