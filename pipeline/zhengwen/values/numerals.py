"""Numerals: every written form of a number in Chinese news, read exactly.

Arabic with separators, Chinese, banker's and mixed numerals (1,100.9亿, 两千零四十七, 壹佰贰拾, 3万4000, 四点一七亿),
and the approximate ones (十几, 数百, 三四个, 60余万), which have two ends or a modifier inside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from zhengwen.fixed import fixed

__all__ = ["DIGITS", "MAGNITUDES", "Numeral", "read"]

DIGITS = {
    c: i for i, cs in enumerate("零〇|一壹|二两贰貳兩|三叁參|四肆|五伍|六陆陸|七柒|八捌|九玖".split("|")) for c in cs
}
SMALL = {c: 10**i for i, cs in enumerate(("十拾", "百佰", "千仟"), 1) for c in cs}
MAGNITUDES = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
TENS = {"廿": 20, "卅": 30}
SOME = frozenset("几幾数")
INNER = {"多": "over", "余": "over", "餘": "over", "来": "about", "來": "about"}
_FIVE_TENTHS = {"半": Decimal("0.5"), "对": Decimal("0.5"), "對": Decimal("0.5"), "半百": Decimal(50)}
"""Words that are numerals as a whole; 对 only in 打对折."""
_LIANG = "两兩"
_BELOW_ZERO = "零下"
_FIRST_OF_ARABIC = frozenset("0123456789.")
_THOUSANDS = {"k": 10**3, "K": 10**3, "M": 10**6}
SIGNS = frozenset("-−－负負")
LONGEST = 60
"""A run longer than this is no number that news prints."""

_TOKEN = re.compile(r"(?:[0-9][0-9,，]*(?:\.[0-9]+)*|\.[0-9]+)(?:[eE^][+-]?[0-9]+|[kKM])?|.")
_SIMPLE = re.compile(r"[0-9]+(?:\.[0-9]+)?")

Token = str | Decimal


@fixed
class Numeral:
    """A number read: its value or ends, how exact it is, and how it was printed."""

    value: Decimal | None
    low: Decimal
    high: Decimal
    approx: str = "exact"
    decimals: int = 0
    mantissa: Decimal = Decimal(0)
    """The number before its magnitude (4.17 of 4.17亿); what a range may share the magnitude with."""
    magnitude: int = 1
    """The magnitude (万, 亿, 万亿) that the number ends with."""
    arabic: bool = False
    digits_only: bool = False
    """Chinese digits read place by place (二〇二〇): a year or a label more often than a number."""
    lone: bool = False
    """A magnitude without a number before it (百, 万): a number only when something follows that it counts."""


class _NotRead(ValueError):
    """The run is no well-formed numeral."""


@lru_cache(maxsize=65536)
def read(run: str) -> Numeral | None:
    """Return the number that `run` writes, or None when it is not well formed (一百千, 3.4.5亿).

    The run holds numeral characters only, as the rule `numerals.run` finds them.
    """
    if _SIMPLE.fullmatch(run) and len(run) <= LONGEST:
        value = Decimal(run)
        return Numeral(value, value, value, decimals=_decimals(run), mantissa=value, arabic=True)
    if not run.strip() or len(run) > LONGEST:
        return None
    try:
        return _read(run.replace(" ", ""))
    except _NotRead:
        return None


def _read(run: str) -> Numeral:
    half = _FIVE_TENTHS.get(run)
    if half is not None:
        return Numeral(half, half, half, decimals=int(half < 1), mantissa=half)
    negative = run[0] in SIGNS or run.startswith(_BELOW_ZERO)
    if negative:
        run = run.removeprefix(_BELOW_ZERO) if run.startswith(_BELOW_ZERO) else run[1:]
    tokens: list[Token] = [_token(t) for t in _TOKEN.findall(run)]
    inner = [INNER[t] for t in tokens if isinstance(t, str) and t in INNER]
    if inner:
        tokens = [t for t in tokens if not (isinstance(t, str) and t in INNER)]
    if not tokens:
        raise _NotRead(run)
    arabic = isinstance(tokens[0], Decimal)
    digits = _positional(tokens)
    if digits is not None:
        return Numeral(digits, digits, digits, mantissa=digits, digits_only=True)
    ends = _ends(tokens)
    low, high = _number(ends[0]), _number(ends[1])
    if negative:
        low, high = -high, -low
    magnitude = _magnitude(tokens)
    exact = low == high
    approx = inner[0] if inner else "exact" if exact else "about"
    return Numeral(
        low if exact else None,
        low,
        high,
        approx,
        _printed_decimals(tokens),
        low / magnitude,
        magnitude,
        arabic,
        lone=tokens[0] not in ("十", "拾") and all(t in SMALL or t in MAGNITUDES for t in tokens),
    )


def _token(text: str) -> Token:
    if text[0] not in _FIRST_OF_ARABIC:
        return text
    if text.count(".") > 1 or len(text) == text.count("."):
        raise _NotRead(text)
    text = text.replace(",", "").replace("，", "")
    base, _, exponent = text.rstrip("kKM").partition("^")
    try:
        if text[-1] in _THOUSANDS:
            return Decimal(base) * _THOUSANDS[text[-1]]
        return Decimal(base) ** int(exponent) if exponent else Decimal(base)
    except ArithmeticError:
        raise _NotRead(text) from None


def _decimals(text: str) -> int:
    return len(text) - text.index(".") - 1 if "." in text else 0


def _printed_decimals(tokens: Sequence[Token]) -> int:
    first = tokens[0]
    if isinstance(first, Decimal):
        return max(0, -int(first.as_tuple().exponent))
    places = 0
    for token in tokens[_point(tokens) + 1 :]:
        if token not in DIGITS:
            break
        places += 1
    return places


def _point(tokens: Sequence[Token]) -> int:
    return next((i for i, t in enumerate(tokens) if t in ("点", "點")), len(tokens))


def _positional(tokens: Sequence[Token]) -> Decimal | None:
    """Read a run of digits place by place (二〇二〇): three or more, or two with a zero."""
    if not all(isinstance(t, str) and t in DIGITS for t in tokens):
        return None
    zeros = sum(t in "零〇" for t in tokens if isinstance(t, str))
    if len(tokens) >= 3 or (len(tokens) == 2 and zeros):
        return Decimal("".join(str(DIGITS[str(t)]) for t in tokens))
    return None


def _ends(tokens: list[Token]) -> tuple[list[Token], list[Token]]:
    """Return the tokens of the low and the high end: 几 and 数 stand for 2 to 9, 三四 for 3 to 4."""
    for i, token in enumerate(tokens):
        if token in SOME:
            ten_before = i > 0 and tokens[i - 1] in ("十", "拾")
            low, high = "一" if ten_before else "二", "九"
            return [*tokens[:i], low, *tokens[i + 1 :]], [*tokens[:i], high, *tokens[i + 1 :]]
        if i and isinstance(token, str) and token in DIGITS and tokens[i - 1] in DIGITS and _point(tokens) > i:
            before = tokens[i - 1]
            step = DIGITS[token] - DIGITS[str(before)]
            if before in ("零", "〇"):
                continue
            if not 0 < step <= 2:
                raise _NotRead(f"{before}{token}")
            return tokens[:i] + tokens[i + 1 :], tokens[: i - 1] + tokens[i:]
    return tokens, tokens


def _magnitude(tokens: Sequence[Token]) -> int:
    """Return the product of the magnitudes at the end."""
    end, magnitude = len(tokens), 1
    while end and tokens[end - 1] in MAGNITUDES:
        end -= 1
        magnitude *= MAGNITUDES[str(tokens[end])]
    return magnitude


def _number(tokens: Sequence[Token]) -> Decimal:
    """Return the value of tokens without approximate parts."""
    point = _point(tokens)
    if point == len(tokens):
        return _cardinal(tokens)
    end = point + 1
    while end < len(tokens) and tokens[end] in DIGITS:
        end += 1
    places = "".join(str(DIGITS[str(t)]) for t in tokens[point + 1 : end])
    value = _cardinal(tokens[:point]) + Decimal(f"0.{places}")
    for token in tokens[end:]:
        if token not in MAGNITUDES:
            raise _NotRead(str(token))
        value *= MAGNITUDES[str(token)]
    return value


class _Sum:
    """The running sum of a cardinal: finished sections, the open section below 万, and the digit in hand."""

    __slots__ = ("digit", "last_magnitude", "last_small", "section", "total", "unit", "zero")

    def __init__(self) -> None:
        self.total = self.section = Decimal(0)
        self.digit: Decimal | None = None
        self.last_small = 10**4
        self.last_magnitude = 0
        self.unit = 0
        """The scale just before, 0 after a digit: what an abbreviated last digit (一万三) is a tenth of."""
        self.zero = False

    def scale(self, scale: int) -> None:
        """Take 十, 百 or 千."""
        if self.digit is None and (self.section or self.total) and not self.zero and not (scale == 10 and self.section):
            raise _NotRead("two scales")
        if scale >= self.last_small:
            raise _NotRead("scales go up")
        self.section += (1 if self.digit is None else self.digit) * scale
        self.digit, self.last_small, self.unit, self.zero = None, scale, scale, False

    def magnitude(self, magnitude: int) -> None:
        """Take 万 or 亿: it multiplies the open section, or all before when it is the greater one."""
        part = self.section + (self.digit or 0)
        if self.unit in (10**4, 10**8, 10**12) and not part:
            if self.unit > magnitude or self.unit == 10**8:
                raise _NotRead("magnitudes go down")
            self.total *= magnitude
        elif self.last_magnitude and magnitude > self.last_magnitude:
            self.total = (self.total + part) * magnitude
        else:
            if not part and (self.total or self.zero):
                raise _NotRead("a magnitude of nothing")
            self.total += (part or 1) * magnitude
        self.section, self.digit, self.last_small = Decimal(0), None, 10**4
        self.unit, self.last_magnitude, self.zero = magnitude, magnitude, False

    def number(self, value: Decimal, arabic: bool) -> None:
        """Take a digit or an arabic number."""
        if self.digit is not None:
            raise _NotRead("two digits")
        if arabic and self.unit and value == value.to_integral_value() and value < 10:
            arabic = False
        if arabic and self.unit and value >= self.unit:
            raise _NotRead("too great a rest")
        self.digit = value
        if self.zero or arabic:
            self.unit = 0
        self.zero = False

    def result(self) -> Decimal:
        """Close the sum; a last digit right after a scale is a tenth of it (一万三, 四百五, 13万2)."""
        rest = self.digit or Decimal(0)
        if self.digit is not None and self.unit > 10:
            rest *= self.unit // 10
        return self.total + self.section + rest


def _cardinal(tokens: Sequence[Token]) -> Decimal:
    if not tokens:
        raise _NotRead("nothing")
    state = _Sum()
    for at, token in enumerate(tokens):
        if isinstance(token, Decimal):
            state.number(token, arabic=True)
        elif token in SMALL:
            state.scale(SMALL[token])
        elif token in MAGNITUDES:
            state.magnitude(MAGNITUDES[token])
        elif token in TENS:
            state.number(Decimal(TENS[token] // 10), arabic=False)
            state.scale(10)
        elif token in "零〇":
            state.zero = True
        elif token in DIGITS:
            if token in _LIANG and state.unit and at == len(tokens) - 1:
                raise _NotRead("两 after a scale is a unit of mass")
            state.number(Decimal(DIGITS[token]), arabic=False)
        else:
            raise _NotRead(token)
    return state.result()
