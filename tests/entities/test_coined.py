"""Divisions that no list knows, learned from the page; bodies, works and people that no list knows either."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from zhengwen.entities import Book

Names = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("青岘县统计局发布公报。", "青岘县统计局", "organisation"),
        ("走进麓阳县的田间。", "麓阳县", "place"),
        ("淞澜海关通报，今年淞澜出口增长。", "淞澜海关", "organisation"),
        ("淞澜海关通报，今年淞澜出口增长。", "淞澜", "place"),
        ("据县粮食储备库介绍，收购顺利。", "县粮食储备库", "organisation"),
        ("，市妇幼保健院新院区启用。", "市妇幼保健院新院区", "organisation"),
        ("昨天，沅水干流涨水。", "沅水", "place"),
        ("清溪镇沙河村的虾田。", "沙河村", "place"),
        ("来源：青岘发布", "青岘发布", "organisation"),
        ("翠云街道党工委召开会议。", "翠云街道党工委", "organisation"),
    ],
)
def test_unknown_places_and_bodies(names: Names, text: str, name: str, kind: str) -> None:
    assert (name, kind) in names(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("公司投资建设的钠离子电池项目，年底投产。", "钠离子电池项目"),
        ("海川水泥余热发电项目开工。", "海川水泥余热发电项目"),
        ("1.年产3万吨铝箔项目", "年产3万吨铝箔项目"),
        ("，宏盛动力电池基地（二期）主体完工。", "宏盛动力电池基地（二期）"),
        ("完成翠云大道东延、白塔路改造等工程。", "翠云大道东延"),
        ("翠云路跨白溪大桥竣工。", "翠云路跨白溪大桥"),
        ("翠云大道至G207连接线项目开工。", "翠云大道至G207连接线项目"),
        ("207国道白石段绿化提升工程完工。", "207国道白石段绿化提升工程"),
    ],
)
def test_projects(names: Names, text: str, name: str) -> None:
    assert (name, "project") in names(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("种粮大户曹广田喜上眉梢。", "曹广田"),
        ("库主任仇卫东介绍，粮食入库了。", "仇卫东"),
        ("督查室主任蔺可为说，年底前办完。", "蔺可为"),
        ("78岁的陶桂兰阿婆竖起大拇指。", "陶桂兰"),
        ("责任编辑：刘万里", "刘万里"),
        ("山上装好了风机。（白石电视台 赵小川 钱大海）", "钱大海"),
    ],
)
def test_people(names: Names, text: str, name: str) -> None:
    assert (name, "person") in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "全市各县区都来了。",
        "这座城市很大。",
        "氧疗区和等候区。",
        "晚高峰负荷大。",
        "三座跨江大桥。",
        "一批城建项目开工。",
    ],
)
def test_common_words_are_no_names(names: Names, text: str) -> None:
    assert names(text) == []


def test_short_and_full_form_are_one_place(book: Callable[..., Book]) -> None:
    pages = book("青岘省统计局发布数据。\n青岘省今年增长。\n记者发自青岘")
    assert pages.canonical("青岘") == "青岘省"
