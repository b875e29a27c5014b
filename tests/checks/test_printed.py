from __future__ import annotations

from decimal import Decimal

import pytest

from zhengwen.checks.printed import agree, half_unit


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [
        ("4.17", "亿元", 500_000),
        ("60", "亿元", 50_000_000),
        ("3.6", "%", Decimal("0.05")),
        ("49", "家", 0),
        ("2.3", "万人", 500),
        ("2.50", "亿元", 500_000),
    ],
)
def test_half_a_unit_in_the_last_printed_place(figure, number, unit, expected) -> None:
    assert half_unit(figure(number, unit)) == expected


def test_a_number_in_words_promises_its_last_digit(figure) -> None:
    assert half_unit(figure("30", "%", number_printed="三", unit_printed="成")) == 5
    assert half_unit(figure("30", "%", number_printed="百分之三十", unit_printed="%")) == 5


def test_agree_at_the_coarser_precision(figure) -> None:
    assert agree(figure("4.17"), figure("4.2"))
    assert not agree(figure("4.17"), figure("4.1"))
    assert not agree(figure("49", "家"), figure("48", "家"))


def test_ranges_and_ratios_agree_only_as_they_are(figure) -> None:
    ratio = figure("1", "", value=None, terms=(Decimal(1), Decimal(2)))
    assert agree(ratio, ratio)
    assert not agree(ratio, figure("1", ""))
    span = figure("1", "家", value=None, low=Decimal(1), high=Decimal(2))
    assert agree(span, span)
    assert not agree(span, figure("1", "家", value=None, low=Decimal(1), high=Decimal(3)))
