"""One entity for all its forms, with mentions as spans of the source, and places with codes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from zhengwen.entities import Book, gazetteer

Make = Callable[..., Book]


def test_mentions_slice_the_source(book: Make) -> None:
    text = "余姚市今年投资大。\n余姚交通好。"
    entity = next(e for e in book(text).entities if e.name == "余姚市")
    assert [text[a:b] for a, b in entity.mentions] == ["余姚市", "余姚"]
    assert entity.aliases == ("余姚",)


def test_short_company_name_is_the_same_entity(book: Make) -> None:
    made = book("山东金谷源食品有限公司投产。金谷源公司负责人介绍。")
    assert made.canonical("金谷源公司") == "山东金谷源食品有限公司"


def test_project_with_and_without_its_word(book: Make) -> None:
    made = book("福瑞产业园项目开工。福瑞产业园交地。")
    assert made.canonical("福瑞产业园") == "福瑞产业园项目"
    assert made.type_of("福瑞产业园") == "project"


def test_tail_of_a_longer_name(book: Make) -> None:
    made = book("瑞翔数字经济产业园开园。数字经济产业园入驻企业38家。")
    assert made.canonical("数字经济产业园") == "瑞翔数字经济产业园"


def test_superior_division_in_front_is_an_alias(book: Make) -> None:
    made = book("温州市鹿城区发展快。鹿城区今年好。")
    assert made.canonical("温州市鹿城区") == "鹿城区"
    assert made.canonical("没有的名字") is None


@pytest.mark.parametrize(
    ("name", "text", "date", "code"),
    [
        ("鹿城区", "温州市鹿城区发展快。", "2021", "330302"),
        ("鼓楼区", "南京市鼓楼区发展快。", "2021", "320106"),
        ("鼓楼区", "福州市的鼓楼区发展快。", "2021", "350102"),
        ("襄樊市", "襄樊市发展快。", "2005", "420600"),
        ("莱芜市", "莱芜市发展快。", "2010", "371200"),
        ("吉林", "吉林发展快。", "2021", "220000"),
        ("昌平", "北京昌平发展快。", "2021", "110114"),
        ("乌鲁木齐", "新疆乌鲁木齐、昌吉发展快。", "2021", "650100"),
        ("余姚市交通局", "余姚市交通局表示。", "2011", "330281"),
    ],
)
def test_area(book: Make, name: str, text: str, date: str, code: str) -> None:
    area = book(text, date=date).area(name)
    assert area is not None
    assert area.code == code


def test_ambiguous_place_stays_open(book: Make) -> None:
    assert book("鼓楼区发展快。", date="2021").area("鼓楼区") is None
    assert book("有人说好。").area("某某") is None


def test_zone_takes_the_place_of_its_article(book: Make) -> None:
    area = book("高新区柳溪街道发展快。", date="2021", place="焦作市高新区").area("高新区")
    assert area is not None
    assert (area.code, area.city) == ("410800", "焦作市")


def test_township_knows_its_chain(book: Make) -> None:
    area = book("焦作市文苑街道发展快。", date="2021").area("文苑街道")
    assert area is not None
    assert (area.province, area.city, area.county, area.level) == ("河南省", "焦作市", "山阳区", "township")


def test_years_of_a_renamed_city() -> None:
    places = gazetteer()
    assert places.resolve("襄阳市", [], 2015) is not None
    assert {p.name for p in places.find("襄樊市")} == {"襄樊市"}
    assert all(p.until < 2012 for p in places.find("襄樊市"))


def test_a_lake_or_a_region_is_no_division(book: Make) -> None:
    made = book("江南地区多雨，太湖水位上涨。", date="2021")
    assert made.area("太湖") is None
    assert made.area("江南") is None


def test_district_of_a_municipality_has_its_province(book: Make) -> None:
    area = book("门头沟区多雨。", date="2021").area("门头沟区")
    assert area is not None
    assert area.province == "北京市"


def test_defined_short_name(book: Make) -> None:
    made = book("云河新材料科技有限公司（以下简称“云河新材”）投产。云河新材纳税多。")
    assert made.canonical("云河新材") == "云河新材料科技有限公司"
