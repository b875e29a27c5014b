"""Records made of rows: signs, order of ends, ids, tiers, and offsets into the source."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengwen.engine import Engine
from zhengwen.reading import page_of
from zhengwen.records import Figure


def figures(engine: Engine, text: str) -> list[Figure]:
    return [r for r in engine.read(page_of(text, date="2023-02-05", place="临沂市")) if isinstance(r, Figure)]


@pytest.mark.parametrize(
    ("text", "value", "low", "high"),
    [
        ("出口下降2.1%。", "-2.1", "-2.1", "-2.1"),
        ("出口增长2.1%。", "2.1", "2.1", "2.1"),
        ("出口下降5%至8%。", None, "-8", "-5"),
        ("出口增长5%—8%。", None, "5", "8"),
        ("出口增长-2.1%。", "-2.1", "-2.1", "-2.1"),
        ("人员减少2万人。", "-20000", "-20000", "-20000"),
    ],
)
def test_decreases_are_negative(engine: Engine, text: str, value: str | None, low: str, high: str) -> None:
    (figure,) = figures(engine, text)
    assert (figure.value, figure.low, figure.high) == (value and Decimal(value), Decimal(low), Decimal(high))


def test_the_base_value_has_the_same_sign(engine: Engine) -> None:
    (figure,) = figures(engine, "面积减少3万亩。")
    assert figure.value_base is not None
    assert figure.value_base < 0


def test_ids_are_stable_and_tell_figures_apart(engine: Engine) -> None:
    text = "全市税收30亿元，增长5%，出口30亿元，增长5%。"
    first, again = figures(engine, text), figures(engine, text)
    ids = [f.figure_id for f in first]
    assert ids == [f.figure_id for f in again]
    assert len(set(ids)) == 4
    assert all(i[0].isalpha() for i in ids)
    assert not set(ids) & {f.figure_id for f in figures(engine, text + " ")}


def test_parts_name_their_total_by_its_id(engine: Engine) -> None:
    total, part = figures(engine, "全镇有企业49家（工业16家）。")
    assert part.part_of == total.figure_id


def test_outlook_is_said_of_targets_only(engine: Engine) -> None:
    (target,) = figures(engine, "预计接待游客20万人次。")
    assert (target.status, target.outlook) == ("target", "forecast")
    _, fact = figures(engine, "计划投资5亿元，目前已完成投资3亿元。")
    assert (fact.status, fact.outlook) == ("actual", "")


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("全市税收30亿元。", "statistic"),
        ("出口增长5%。", "statistic"),
        ("购置帐篷30顶。", "count"),
        ("建成两个凉亭。", "incidental"),
        ("只用5天就完成了拆迁。", "incidental"),
        ("60岁以上老人参加了体检。", "incidental"),
    ],
)
def test_tiers(engine: Engine, text: str, tier: str) -> None:
    assert figures(engine, text)[0].tier == tier


def test_every_slot_can_say_why(engine: Engine) -> None:
    for figure in figures(engine, "2022年，全市税收30亿元，比上年增长5%，占全省税收的12%。"):
        for slot in ("measure", "indicator", "subject", "period", "value"):
            assert figure.reasons[slot]["rule"], slot
        cue = figure.reasons["measure"].get("cue")
        assert cue is None or cue[0] <= figure.start < cue[1]


def test_what_is_inherited_says_from_where(engine: Engine) -> None:
    text = "2022年，全市税收30亿元，出口9亿元。"
    _, exports = figures(engine, text)
    how = exports.inherited["period"]
    assert how["from"] == "sentence"
    assert text[slice(*how["span"])] == "2022年"


WORDS = (
    "全市 临沂市 蒙阴县 税收 企业 2022年 目前 截至去年底 同比 比上年 增长 下降 占 居全省 第2位 5% 30亿元 "
    "12家 0.3个百分点 其中 分别 、 和 ， 。 ； （ ） 计划 达到 60岁以上 1:2:3 翻一番 \n"
).split(" ")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_sentence_gives_sound_rows(engine: Engine, words: list[str]) -> None:
    text = "".join(words)
    found = figures(engine, text) if text.strip() else []
    ids = {f.figure_id for f in found}
    assert len(ids) == len(found)
    for f in found:
        assert f.text == text[f.start : f.end]
        assert f.low is None or f.high is None or f.low <= f.high
        assert f.part_of is None or (f.part_of in ids and f.part_of != f.figure_id)
        assert f.measure != "rank" or f.unit in (None, "名", "位")
        assert f.base is None or f.measure in ("growth_rate", "change", "multiple")
        assert f.period is None or f.period_start or f.period_end


def test_the_countrys_figures_are_not_the_articles_places(engine: Engine) -> None:
    national, own = figures(engine, "全国新建学校300所。全市新建学校3所。")
    assert (national.subject, national.area_code, national.area_from) == ("全国", "", "")
    assert (own.area_code, own.area_from) == ("371300", "subject")


def test_a_duration_is_no_statistic_of_what_it_lasts(engine: Engine) -> None:
    (figure,) = figures(engine, "关税将继续暂停一年。")
    assert figure.tier == "incidental"
