"""Figures: which readings are figures, and of what kind (contract §1, “Not figures”)."""

from __future__ import annotations

import re

from zhengwen.rules import Rules
from zhengwen.values.matching import Alternatives
from zhengwen.values.quantities import Reading

__all__ = ["Figures"]

_ONE = frozenset({"一", "壹"})
_DEGREES = re.compile(r"气温|温度|高温|低温|升温|降温|体温|室温|零下|最高|最低")
_POWER = re.compile(r"用电|电量|发电|供电|电费|售电|每度")
_BOUNDARY = frozenset('，。；、：！？）)”"》… \n\t,;和及与或/')
_REACH = 14
_WIDE_NOUNS = frozenset({"部门", "省区市", "省份", "国家", "乡镇"})
_EVIDENCE = frozenset("近上超逾过约达破")
_OVER = frozenset("近超破过逾达")
_DIGITS_BEFORE_NOUN = frozenset("二两三四五六七八九十几")


class Figures:
    """Decides from the text around a reading whether it counts, measures, ranks or compares something."""

    def __init__(self, rules: Rules) -> None:
        self._guards = Alternatives(rules.of("values/guards"))
        self._one = Alternatives(rules.of("values/one"))
        self._bare = Alternatives(rules.of("values/bare"))
        topic = rules.topics.get("values/bare")
        self._bare_last = re.compile(topic.parts["last"] if topic else r"(?!)")

    def bars(self, text: str, start: int, end: int) -> bool:
        """Tell whether the run cannot be a number: part of a word in Latin letters, a lone unemphatic 一."""
        before = text[start - 1] if start else ""
        if before and before.isascii() and (before.isalpha() or before == "_"):
            word = text[max(0, start - 3) : start]
            return not (len(word) == 3 and word.isascii() and word.isalpha() and word.isupper())
        if text[start:end] in _ONE:
            return self._one.match(text, start) is None and not text.startswith("分之", end)
        return False

    def holds(self, text: str, reading: Reading) -> bool:
        """Tell whether the reading is a figure."""
        if reading.kind in ("ratio", "rank"):
            return True
        if reading.kind:
            return not self._guards.match(text, reading.start)
        unit = reading.unit
        if unit is None:
            return self._unitless(text, reading)
        if reading.shared:
            return True
        if reading.numeral.lone and reading.rule != "quantities.percent_words" and not self._lone(text, reading):
            return False
        if reading.numeral.digits_only and unit.kind != "percent":
            return False
        if unit.group == "big":
            return self._big(text, reading)
        if unit.group == "noun" and not self._noun(text, reading):
            return False
        return self._guards.match(text, reading.start) is None

    def kind(self, text: str, reading: Reading) -> str:
        """Return the contract's kind of a reading."""
        if reading.kind:
            return reading.kind
        unit = reading.unit
        if unit is None:
            return "number"
        if unit.name == "度":
            around = text[max(0, reading.start - _REACH) : reading.number_end]
            if _POWER.search(around):
                return "energy"
            return "temperature" if _DEGREES.search(around) else "count"
        return unit.kind

    def _unitless(self, text: str, reading: Reading) -> bool:
        """A number without a unit: with a magnitude or a 多/余 it is one, else the words before must say so."""
        numeral = reading.numeral
        following = text[reading.end : reading.end + 1]
        if following.isascii() and following.isalnum():
            return False
        if numeral.digits_only:
            return False
        if numeral.lone:
            return self._lone_alone(text, reading)
        if numeral.magnitude > 1 and (numeral.arabic or len(text[reading.start : reading.number_end]) > 1):
            return True
        if not numeral.arabic or following in ("年", "月", "日", "号", "时", "点"):
            return False
        if reading.end > reading.number_end:
            return True
        at = max(0, reading.start - 1)
        return self._bare_last.match(text, at) is not None and bool(
            self._bare.ending(text, reading.start, reading.end, _REACH + 6)
        )

    def _lone_alone(self, text: str, reading: Reading) -> bool:
        """已超百万。百亿级企业: a bare magnitude without a unit."""
        printed, following = text[reading.start : reading.number_end], text[reading.end : reading.end + 1]
        if following == "级":
            return "亿" in printed
        before = text[reading.start - 1 : reading.start]
        return before in _OVER and (not following or following in _BOUNDARY)

    def _lone(self, text: str, reading: Reading) -> bool:
        """A bare magnitude (百亿元, 万余户) counts when its unit takes one or a word says that it is a number."""
        before = text[reading.start - 1 : reading.start]
        if reading.approx != "exact" or before in _EVIDENCE:
            return True
        return bool(reading.unit and reading.unit.lone) or "亿" in text[reading.start : reading.number_end]

    def _big(self, text: str, reading: Reading) -> bool:
        """六大业态: a number and 大 before the noun they count."""
        following = text[reading.end : reading.end + 1]
        printed = text[reading.start : reading.number_end]
        whole = "." not in printed and reading.numeral.magnitude == 1
        return bool(following) and following not in _BOUNDARY and reading.high >= 2 and whole

    def _noun(self, text: str, reading: Reading) -> bool:
        """5省, 20村: a whole number from 2 on right before the noun."""
        numeral, printed = reading.numeral, text[reading.start : reading.number_end]
        wide = reading.unit is not None and reading.unit.name in _WIDE_NOUNS
        if not numeral.arabic and printed not in _DIGITS_BEFORE_NOUN and not wide:
            return False
        return reading.high >= 2 and not numeral.decimals and (numeral.arabic or reading.unit_at == reading.number_end)
