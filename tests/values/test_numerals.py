"""Numerals: every written form, read exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengwen.values.numerals import read

EXACT = {
    "4.17亿": "417000000",
    "1,100.9亿": "110090000000",
    "104974.4万": "1049744000",
    "两千零四十七": "2047",
    "廿八": "28",
    "壹佰贰拾": "120",
    "3万4000": "34000",
    "13万2": "132000",
    "四点一七亿": "417000000",
    "一万零十二": "10012",
    "四百五": "450",
    "一万三": "13000",
    "三百五十一万亿": "351000000000000",
    "三万五千亿": "3500000000000",
    "10万万": "1000000000",
    "5亿1万4千6百": "500014600",
    "1亿2000万": "120000000",
    "二〇二〇": "2020",
    "零点五": "0.5",
    "负四十五亿零四百零四万": "-4504040000",
    "零下十二": "-12",
    "-5.5": "-5.5",
    "百万": "1000000",
    "十": "10",
    "半": "0.5",
    "60余万": "600000",
}

RANGES = {
    "十几": (11, 19),
    "几十": (20, 90),
    "数百": (200, 900),
    "几十万": (200_000, 900_000),
    "十几万": (110_000, 190_000),
    "三四": (3, 4),
    "三五": (3, 5),
    "十五六": (15, 16),
    "三四十": (30, 40),
    "七八百万": (7_000_000, 8_000_000),
    "几": (2, 9),
}

DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(("run", "value"), EXACT.items())
def test_exact(run: str, value: str) -> None:
    numeral = read(run)
    assert numeral is not None
    assert numeral.value == Decimal(value) == numeral.low == numeral.high


@pytest.mark.parametrize(("run", "ends"), RANGES.items())
def test_approximate_numbers_have_two_ends(run: str, ends: tuple[int, int]) -> None:
    numeral = read(run)
    assert numeral is not None
    assert (numeral.value, numeral.low, numeral.high, numeral.approx) == (None, *ends, "about")


@pytest.mark.parametrize(
    "run", ["一百千", "3.4.5亿", "亿亿亿", "二五八零个", "", " ", "点", "五五", "三十两", "百万千", "5亿亿", "一" * 61]
)
def test_not_well_formed(run: str) -> None:
    assert read(run) is None


@pytest.mark.parametrize(("run", "approx"), [("60余万", "over"), ("十来", "about"), ("100多", "over"), ("5", "exact")])
def test_inner_modifier(run: str, approx: str) -> None:
    numeral = read(run)
    assert numeral is not None
    assert numeral.approx == approx


@pytest.mark.parametrize(("run", "decimals"), [("4.17亿", 2), ("611.0", 1), ("3", 0), ("四点一七", 2), ("1,100.9", 1)])
def test_decimals_as_printed(run: str, decimals: int) -> None:
    numeral = read(run)
    assert numeral is not None
    assert numeral.decimals == decimals


def test_magnitude_and_mantissa() -> None:
    numeral = read("4.17亿")
    assert numeral is not None
    assert (numeral.mantissa, numeral.magnitude) == (Decimal("4.17"), 10**8)


def chinese(value: int) -> str:
    """Write a whole number in Chinese."""
    if value == 0:
        return "零"
    out, gap = "", False
    for power, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, value = divmod(value, power)
        if not part:
            gap = bool(out)
            continue
        if power == 10**8 and part >= 10**4:
            out += chinese(part) + name
            gap = False
            continue
        text = ""
        for small, scale in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, part = divmod(part, small)
            if digit:
                if gap or (text and text[-1] not in "千百十" and not text.endswith("零")):
                    text += "零"
                text += DIGITS[digit] + scale
                gap = False
            elif text or out:
                gap = part > 0
        out += text + name
        gap = False
        if (power == 10**8 and 0 < value < 10**7) or (power == 10**4 and 0 < value < 10**3):
            gap = True
    return out


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**12 - 1))
def test_any_number_in_many_forms(value: int) -> None:
    forms = [str(value), f"{value:,}", chinese(value)]
    if value % 10**4 == 0 and value:
        forms.append(f"{value // 10**4}万")
    if value % 10**6 == 0 and value:
        forms.append(f"{Decimal(value) / 10**8}亿")
    for form in forms:
        numeral = read(form)
        assert numeral is not None, form
        assert numeral.value == value, form


@settings(max_examples=300, deadline=None)
@given(st.text("零一二两三九十百千万亿点几数半多余0123456789.,-负壹拾", max_size=30))
def test_any_run_without_exception(run: str) -> None:
    numeral = read(run)
    assert numeral is None or numeral.low <= numeral.high
