"""The list of indicators is sound, and names are recognised by what tells series apart."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest

from zhengwen.rows.indicators import Indicators
from zhengwen.rules import load

KINDS = set(
    "count money percent percentage_point multiple ratio rank length area volume mass duration temperature speed "
    "energy power concentration data rate number".split()
)
MEASURES = set("level growth_rate change multiple share rank gap contribution composition threshold".split())
GROUPS = set(
    "national_accounts industry investment trade prices fiscal finance income employment population agriculture energy "
    "environment transport tourism education health housing poverty innovation projects administration".split()
)
ROWS = load().table("indicators")


@cache
def indicators() -> Indicators:
    return Indicators(load())


def test_there_are_enough_in_every_group() -> None:
    assert len(ROWS) >= 450
    groups = Counter(row["group"] for row in ROWS)
    assert set(groups) == GROUPS
    assert min(groups.values()) >= 20


def test_ids_are_unique_and_english() -> None:
    ids = [row["id"] for row in ROWS]
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    assert [i for i in ids if not re.fullmatch(r"[a-z][a-z0-9_]*", i)] == []
    assert [row["id"] for row in ROWS if not row["english"]] == []


def test_no_name_or_alias_stands_twice() -> None:
    names = [re.sub(r"[“”的\s]", "", n).upper() for row in ROWS for n in [row["name"], *row["aliases"].split("|")] if n]
    assert [n for n, times in Counter(names).items() if times > 1] == []


def test_parents_exist_and_make_no_circle() -> None:
    parent = {row["id"]: row["parent"] for row in ROWS}
    assert [p for p in parent.values() if p and p not in parent] == []
    for start in parent:
        seen, here = set(), start
        while here:
            assert here not in seen, start
            seen.add(here)
            here = parent[here]


@pytest.mark.parametrize(("column", "allowed"), [("units", KINDS), ("measures", MEASURES), ("rate", {"yes"})])
def test_cells_hold_what_the_contract_names(column: str, allowed: set[str]) -> None:
    cells = {cell for row in ROWS for cell in row[column].split("|") if cell}
    assert cells <= allowed
    assert column == "rate" or all(row[column] for row in ROWS)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("地区生产总值", "gdp"),
        ("GDP", "gdp"),
        ("全市GDP", "gdp"),
        ("地区生产总值（GDP）", "gdp"),
        ("全市规模以上工业增加值", "industrial_value_added_above_scale"),
        ("规上工业增加值增速", "industrial_value_added_above_scale"),
        ("全区累计的社会消费品零售总额", "retail_sales"),
        ("畜牧业增加值", "value_added_animal_husbandry"),
        ("固定资产投资(不含农户)", "fixed_asset_investment"),
        ("民间投资", "private_investment"),
        ("全社会固定资产投资", "total_social_fixed_investment"),
        ("专精特新中小企业", "specialised_enterprises"),
        ("生猪出栏", "pigs_slaughtered"),
        ("PM2.5平均浓度", "pm25"),
        ("现有确诊病例", "active_cases"),
    ],
)
def test_a_name_is_known(name: str, expected: str) -> None:
    entry = indicators().known(name)
    assert entry is not None
    assert entry.id == expected


@pytest.mark.parametrize(
    "name", ["", "全市", "增速", "累计", "造船业增加值", "云杉增加值", "地区生产总值(含飞地)", "花卉出口额", "三号楼"]
)
def test_a_name_with_words_of_its_own_is_unknown(name: str) -> None:
    assert indicators().known(name) is None


def test_finds_the_longest_names_in_text() -> None:
    hits = indicators().find("上半年，规模以上工业增加值和“专精特新”企业、一般公共预算收入（亿元）")
    assert [h.term for h in hits] == ["规模以上工业增加值", "“专精特新”企业", "一般公共预算收入"]
    assert [h.entry.rate for h in indicators().find("城镇登记失业率为3%，PMI回升")] == [True, True]
