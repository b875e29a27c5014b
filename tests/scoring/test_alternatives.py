from __future__ import annotations

import pytest

from zhengwen.scoring.alternatives import PageNames, alternatives, likeness, same_name, same_text, same_whole

GOLD = [
    {"record": "article", "article": 1, "place": "青田区 | null"},
    {"record": "entity", "name": "青田阀门产业园", "aliases": ["阀门园"], "type": "project"},
    {"record": "figure", "indicator": "税收收入 | 税收"},
    {"record": "figure", "indicator": "非税收入"},
]
NAMES = PageNames.of(GOLD)


def test_alternatives() -> None:
    assert alternatives("2020 | null") == ["2020", None]
    assert alternatives(None) == [None]
    assert alternatives("null") == [None]


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ("税收收入", "税收的“收入”", True),
        ("税收收入", None, False),
        ("税收收入 | null", None, True),
        ("税收收入 | null", "", True),
        (None, "税收", False),
        ("固定资产投资", "固定资产投资额", True),
        ("固定资产投资", "资产", False),
    ],
)
def test_same_text(gold: str | None, found: str | None, right: bool) -> None:
    assert same_text(gold, found) is right


def test_another_indicator_of_the_page_that_fits_better_wins() -> None:
    assert same_text("税收收入", "非税收入")
    assert not same_text("税收收入", "非税收入", NAMES.indicators)


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ("青田阀门产业园", "阀门园", True),
        ("临江市青田区", "青田区", True),
        ("青田", "临江青田", False),
        ("青田区", "白沙县", False),
        (None, "青田区", False),
    ],
)
def test_same_name(gold: str | None, found: str, right: bool) -> None:
    assert same_name(gold, found, NAMES) is right


def test_a_collective_is_met_by_the_own_place() -> None:
    assert same_whole("全区", "青田区", NAMES)
    assert same_whole("全区平均值", "临江市青田区", NAMES)
    assert not same_whole("全区", "白沙县", NAMES)
    assert not same_whole("白沙县", "青田区", NAMES)


def test_likeness_is_symmetric_and_bounded() -> None:
    assert likeness("总投资额", "投资总额") == 1
    assert likeness("", "投资") == 0
    assert likeness("总投资", "投资") == likeness("投资", "总投资") == pytest.approx(0.8)


def test_own_place() -> None:
    assert NAMES.is_own_place("青田区")
    assert NAMES.is_own_place("全国")
    assert not NAMES.is_own_place("阀门园")
    assert not PageNames().is_own_place("全国")
