"""Codes of places: by what stands before a name, by the other places of its page and by its date.

`codes.tsv` holds 100 mentions drawn at random (seeded, one a name) from an archive of broadcast news: item, first
character, year, mention, the place right before it, other places of the page, code, and what a reader judged.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from zhengwen.entities.book import Book
from zhengwen.entities.gazetteer import gazetteer

Make = Callable[..., Book]
ROWS = list(csv.DictReader(Path(__file__).with_name("codes.tsv").open(encoding="utf-8"), delimiter="\t"))
CODED = [r for r in ROWS if r["judged"] == "right" and r["code"] != "-"]


def test_the_sample_is_whole() -> None:
    assert len(ROWS) == 100
    assert sum(r["judged"] == "right" for r in ROWS) >= 95


@pytest.mark.parametrize("row", CODED, ids=lambda r: f"{r['item']}@{r['start']}")
def test_a_judged_mention_keeps_its_code(row: dict[str, str]) -> None:
    before, context = row["before"].split(), row["context"].split()
    place = gazetteer().resolve(row["mention"], [*before, *context], int(row["year"]), within=before)
    assert place is not None
    assert place.code == row["code"]


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("在四川井研，村里丰收。", "井研", "511124"),
        ("在海南五指山，山花开了。内蒙古也有雪。", "海南", "460000"),
        ("近日，安徽黄山迎来客人。", "黄山", "341000"),
        ("黄山的云海很美。", "黄山", ""),
        ("贵州兴隆乡办年货。云南也热闹。", "兴隆乡", ""),
        ("销售额突破亿元，镇海楼亮灯。集安组织开会。", "集安", ""),
        ("近日，十堰举行大会。", "十堰", "420300"),
    ],
)
def test_code_of_a_mention(book: Make, text: str, name: str, code: str) -> None:
    found = {e.name: e.code for e in book(text, date="2025").entities if e.type == "place"}
    assert found.get(name, "") == code


def test_divisions_below_those_of_the_page(book: Make) -> None:
    names = {e.name for e in book("江苏省常州市报告。金坛区直溪镇14名村官离去。", date="2025").entities}
    assert {"常州市", "金坛区", "直溪镇"} <= names


def test_ids_are_the_same_on_every_page(book: Make) -> None:
    one = {e.name: e.entity_id for e in book("杭州市发展快。国家统计局发布数据。", date="2021").entities}
    two = {e.name: e.entity_id for e in book("记者从国家统计局获悉，杭州很美。", date="2022").entities}
    assert one["杭州市"] == two["杭州"]
    assert one["国家统计局"] == two["国家统计局"]


def test_a_body_of_no_place_is_one_of_its_page_s_place(book: Make) -> None:
    def office(place: str) -> str:
        page = book("市财政局发布通知。", date="2021", place=place)
        return next(e.entity_id for e in page.entities if e.name == "市财政局")

    assert office("杭州市") == office("杭州市")
    assert office("杭州市") != office("温州市")


def test_id_of_a_subject(book: Make) -> None:
    page = book("杭州很美，杭州的收入增长。", date="2021")
    assert page.id_of("杭州市") == page.id_of("杭州") == page.entities[0].entity_id
    assert page.id_of("三个园区") == ""


def test_count_and_first_sentence(book: Make) -> None:
    entity = next(
        e for e in book("天气好。温州市发展快！后来温州市又快了。", date="2021").entities if e.name == "温州市"
    )
    assert entity.count == 2
    assert entity.sentence == "温州市发展快！"
