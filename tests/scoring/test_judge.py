from __future__ import annotations

from typing import Any

import pytest

from zhengwen.scoring.judge import judge
from zhengwen.scoring.pages import GoldPage
from zhengwen.scoring.scores import accuracy, prf, report, tally

TEXT = "2020年，青田区税收收入4.17亿元，增长3.6%。一家企业"
LEVEL = {
    "record": "figure",
    "start": 14,
    "end": 20,
    "text": "4.17亿元",
    "value": 417000000,
    "unit": "元",
    "kind": "money",
    "measure": "level",
    "indicator": "税收收入",
    "subject": "青田区",
    "period": "2020",
}


def page(*records: dict[str, Any], reviewed: tuple[str, ...] = ("figure", "time", "entity")) -> GoldPage:
    return GoldPage("p", TEXT, records, reviewed=frozenset(reviewed))


def verdicts(gold: dict[str, Any], found: dict[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    return [(j.verdict, j.wrong) for j in judge(page(gold), [found]).judged]


def test_gold_against_itself_is_right() -> None:
    assert verdicts(LEVEL, LEVEL) == [("right", ())]


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("start", 13),
        ("value", 417000001.0),
        ("value", 41700),
        ("value", "约4亿"),
        ("unit", None),
        ("unit", "美元"),
    ],
)
def test_span_value_and_unit_make_the_strict_figure(slot: str, value: object) -> None:
    found = {**LEVEL, slot: value}
    right = slot == "value" and value == 417000001.0  # inside the relative tolerance of 1e-6
    assert verdicts(LEVEL, found)[0][0] == ("right" if right else "wrong")


@pytest.mark.parametrize("slot", ["measure", "indicator", "subject", "period", "base", "of", "status"])
def test_every_row_slot_can_break_a_row(slot: str) -> None:
    assert verdicts(LEVEL, {**LEVEL, slot: "2011"}) == [("wrong", (slot,))]


@pytest.mark.parametrize("slot", ["kind", "approx"])
def test_kind_and_approx_do_not_break_a_row(slot: str) -> None:
    assert verdicts(LEVEL, {**LEVEL, slot: "over"}) == [("right", (slot,))]


def test_missed_and_spurious() -> None:
    assert [j.verdict for j in judge(page(LEVEL), []).judged] == ["missed"]
    assert [j.verdict for j in judge(page(), [LEVEL]).judged] == ["spurious"]


def test_optional_counts_neither_way() -> None:
    doubtful = {**LEVEL, "optional": True}
    assert judge(page(doubtful), []).judged == ()
    assert judge(page(doubtful), [LEVEL]).judged == ()
    assert judge(page(doubtful), [LEVEL, {**LEVEL, "start": 19, "end": 21}]).judged == ()


def test_an_unemphatic_one_is_never_held_against_a_program() -> None:
    one = {**LEVEL, "start": 29, "end": 31, "text": "一家", "value": 1, "unit": "家"}
    assert judge(page(), [one]).judged == ()
    assert [j.verdict for j in judge(page(one), [one]).judged] == ["right"]


def test_ranges_and_ratios() -> None:
    ratio = {**LEVEL, "value": None, "terms": [1.1, 50.5, 48.4], "unit": None}
    span = {**LEVEL, "value": None, "low": 10, "high": 15}
    assert verdicts(ratio, ratio)[0][0] == verdicts(span, span)[0][0] == "right"
    assert verdicts(ratio, {**ratio, "terms": [1.1, 50.5]})[0][0] == "wrong"
    assert verdicts(span, {**span, "high": 16})[0][0] == "wrong"
    assert verdicts(LEVEL, {**LEVEL, "low": 417000000, "high": 417000000})[0][0] == "right"


def test_part_of_is_met_by_the_totals_id() -> None:
    total = {**LEVEL, "figure_id": "f1"}
    part = {**LEVEL, "start": 23, "end": 27, "text": "3.6%", "value": 3.6, "unit": "%", "part_of": "4.17亿元"}
    found = [total, {**part, "part_of": "f1"}]
    scores = report([judge(page(LEVEL, part), found)])
    assert scores["slots_where_set"]["part_of"] == {"acc": 1.0, "n": 1}
    scores = report([judge(page(LEVEL, part), [total, {**part, "part_of": "f2"}])])
    assert scores["slots_where_set"]["part_of"] == {"acc": 0.0, "n": 1}


def test_a_kind_that_nobody_reviewed_does_not_count() -> None:
    verdict = judge(page(LEVEL, reviewed=("time",)), [{**LEVEL, "value": 1}])
    assert verdict.judged == ()


def test_entities_meet_by_any_name_and_their_type() -> None:
    gold = {"record": "entity", "name": "青田阀门产业园", "aliases": ["阀门园"], "type": "project | place"}
    assert [j.verdict for j in judge(page(gold), [{"record": "entity", "name": "阀门园", "type": "place"}]).judged] == [
        "right"
    ]
    assert [
        j.verdict for j in judge(page(gold), [{"record": "entity", "name": "阀门园", "type": "person"}]).judged
    ] == ["missed", "spurious"]


def test_blocks_and_articles() -> None:
    gold = [
        {"record": "article", "article": 1, "title": "", "date": "2021", "place": "青田区"},
        {"record": "block", "line": 1, "label": "body", "article": 1, "joins": True},
    ]
    found = [
        {"record": "article", "article": 1, "date": "2021-03-05", "place": "临江市青田区"},
        {"record": "block", "line": 1, "label": "body", "article": 1},
    ]
    verdict = judge(GoldPage("p", TEXT, tuple(gold)), found)
    counts = tally(verdict)
    assert accuracy(counts, "article date") == accuracy(counts, "article place") == accuracy(counts, "block") == 1
    assert accuracy(counts, "joins") == 0


def test_scores_by_kind_and_measure_add_up(own_pages: list[GoldPage], spoilt: Any) -> None:
    scores = report([judge(p, spoilt(list(p.records), 3, 0.4)) for p in own_pages])
    for group in ("by_kind", "by_measure"):
        for count in ("gold", "pred", "tp"):
            assert sum(g["figure"][count] for g in scores[group].values()) == scores["figure"][count]
            assert sum(g["row"][count] for g in scores[group].values()) == scores["row"][count]
    assert sum(f["figures"] for f in scores["per_file"].values()) == scores["figure"]["gold"]
    assert prf(tally(judge(own_pages[0], [])), "figure")["f1"] == 0
