"""The fields that only the program writes, read from the words around a figure."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengwen.engine import Engine
from zhengwen.reading import page_of
from zhengwen.records import Figure
from zhengwen.rows.fields import Fields
from zhengwen.rulecheck import check_example, check_reject
from zhengwen.rules import load, marked

RULES = load()


@cache
def fields() -> Fields:
    return Fields(RULES)


def read(example: str) -> dict[str, str]:
    """Read the fields of the figure that stands in [brackets]."""
    sentence, spans = marked(example)
    return fields().read(sentence, *spans[0])


@pytest.mark.parametrize("rule", RULES.of("rows/fields"), ids=lambda r: r.id)
def test_rules_keep_their_word(rule) -> None:
    for example in rule.examples:
        assert check_example(RULES, "rows/fields", rule, example) is None
    for text in rule.rejects:
        assert check_reject(RULES, "rows/fields", rule, text) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("初步核算，全市生产总值[80亿元]，按可比价格计算，增长5%。", {"vintage": "preliminary"}),
        (
            "初步核算，全市生产总值80亿元，按可比价格计算，增长[5%]。",
            {"vintage": "preliminary", "price_basis": "constant"},
        ),
        ("增加值增长[5%]（按不变价格计算），税收增长3%。", {"price_basis": "constant"}),
        ("按可比价格计算，增长5%，占全省的比重为[12%]。", {}),
        ("现价总量为[90亿元]，按不变价格计算，增长4%。", {"price_basis": "current"}),
        ("产值90亿元，年均增长[6%]。", {"averaging": "年均"}),
        ("产值[90亿元]，年均增长6%。", {}),
        ("年均增长6%，税收达到[3亿元]。", {}),
        ("比上年增长8%，两年平均增长[5.1%]。", {"averaging": "两年平均"}),
        ("据石门海关统计，出口[3亿元]，增长2%。", {"attributed_to": "石门海关"}),
        ("记者从市水务局获悉，供水管网长[40公里]。", {"attributed_to": "市水务局"}),
        ("到年底，力争收入达到[6亿元]。", {"outlook": "goal"}),
        ("预计接待游客[20万人次]。", {"outlook": "forecast"}),
        ("项目计划总投资[3亿元]。", {"outlook": "plan"}),
        ("项目将新增产值[3亿元]。", {"outlook": "plan"}),
        ("预计全年客流将达到[3万人次]。", {"outlook": "forecast"}),
        ("销售收入日均增长，日均销售额增长[5%]。", {}),
        ("日均销售额[5万元]。", {"averaging": "日均"}),
        ("经省统计局统一核算，生产总值[80亿元]。", {"attributed_to": "省统计局"}),
        ("完成年度计划的[92%]。", {}),
        ("参会的有[30人]。", {}),
        ("", {}),
    ],
)
def test_reads(sentence: str, expected: dict[str, str]) -> None:
    if not sentence:
        assert fields().read("", 0, 0) == {}
    else:
        assert read(sentence) == expected


def test_the_nearest_cue_wins() -> None:
    assert read("据市统计局统计，收入6亿元；记者从县税务局获悉，税收[3亿元]。")["attributed_to"] == "县税务局"


BELOW = "生产总值60亿元，增长6%（按可比价格计算，下同）。"
NOTE = "注：增加值绝对数按现价计算，增长速度按不变价格计算。"


@pytest.mark.parametrize(
    ("text", "cell", "field", "value", "how"),
    [
        (f"{BELOW}\n工业增加值20亿元，增长8%。", "8%", "price_basis", "constant", "article"),
        (f"{BELOW}\n工业增加值20亿元，增长8%。", "20亿元", "price_basis", "", ""),
        (f"{BELOW}\n税收20亿元，增长8%。", "8%", "price_basis", "", ""),
        (f"工业增加值增长8%。\n{BELOW}", "8%", "price_basis", "", ""),
        (f"生产总值60亿元，增长6%。\n{NOTE}", "6%", "price_basis", "constant", "article"),
        (f"生产总值60亿元，增长6%。\n{NOTE}", "60亿元", "price_basis", "current", "article"),
        ("初步核算，生产总值60亿元。其中，第一产业增加值5亿元。", "5亿元", "vintage", "preliminary", "sentence"),
        ("初步核算，生产总值60亿元。城镇化率为61%。", "61%", "vintage", "", ""),
        ("据石门海关统计，进出口60亿元。其中，出口42亿元。", "42亿元", "attributed_to", "石门海关", "sentence"),
        ("据石门海关统计，进出口60亿元。全市有学校30所。", "30所", "attributed_to", "", ""),
    ],
)  # fmt: skip
def test_what_holds_beyond_its_sentence(engine: Engine, text: str, cell: str, field: str, value: str, how: str) -> None:
    page = page_of(text, date="2023-02-05", place="青川县")
    figure = next(r for r in engine.read(page) if isinstance(r, Figure) and r.text == cell)
    assert getattr(figure, field) == value
    assert figure.inherited.get(field, {}).get("from", "") == how
    if value:
        start, end = figure.reasons[field]["cue"]
        assert "计算" in text[start:end] or "初步核算" in text[start:end] or value in text[start:end]


@given(st.text(alphabet="据市局统计年均增长按可比价格计算，。；5%（）预计", max_size=60), st.data())
def test_any_sentence_is_read(sentence: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(sentence)))
    end = data.draw(st.integers(start, len(sentence)))
    found = fields().read(sentence, start, end)
    assert set(found) <= {"attributed_to", "vintage", "price_basis", "averaging", "outlook"}
    assert all(found.values())
