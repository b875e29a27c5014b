"""Noun phrases before and after a figure."""

from __future__ import annotations

import pytest

from zhengwen.engine import Engine
from zhengwen.rows.indicators import Indicators
from zhengwen.rows.nouns import Nouns

from .readings import read, text_of


@pytest.fixture(scope="module")
def nouns(engine: Engine) -> Nouns:
    return Nouns(engine.rules, Indicators(engine.rules))


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("税收收入完成", "税收收入"),
        ("全市税收收入累计完成", "税收收入"),
        ("其中，新增贷款", "新增贷款"),
        ("规模以上工业增加值同比", "规模以上工业增加值"),
        ("2022年，城镇居民人均可支配收入达到", "城镇居民人均可支配收入"),
        ("临沂市固定资产投资", "固定资产投资"),
        ("新建公园", "新建公园"),
        ("全市共有企业", "企业"),
        ("占地面积约", "占地面积"),
        ("对东盟进出口", "对东盟进出口"),
        ("服务业增加值较上年", "服务业增加值"),
    ],
)
def test_before(engine: Engine, nouns: Nouns, text: str, noun: str) -> None:
    found = nouns.before(read(engine, text), 0, len(text))
    assert found and found.text == noun
    assert text[found.start : found.end].replace("的", "") == noun


@pytest.mark.parametrize("text", ["", "，", "全市", "2022年", "累计", "同比"])
def test_before_nothing(engine: Engine, nouns: Nouns, text: str) -> None:
    found = nouns.before(read(engine, text) if text.strip("，") else text_of(text), 0, len(text))
    assert found is None or found.verb or found.rate


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("高新技术企业落户", "高新技术企业"),
        ("的农户", "农户"),
        ("智慧农业项目，投资", "智慧农业项目"),
        ("因灾断电的居民社区，已", "因灾断电居民社区"),
        ("志愿者参加了清扫", "志愿者"),
        ("乡镇（街道）开展了检查", "乡镇（街道）"),
    ],
)
def test_after(engine: Engine, nouns: Nouns, text: str, noun: str) -> None:
    found = nouns.after(read(engine, text), 0, len(text))
    assert found and found.text.replace("的", "") == noun


@pytest.mark.parametrize("text", ["，企业", "左右", "。", "和"])
def test_after_nothing(nouns: Nouns, text: str) -> None:
    assert nouns.after(text_of(text), 0, len(text)) is None


def test_what_a_noun_is(engine: Engine, nouns: Nouns) -> None:
    def noun(text: str) -> tuple[bool, bool, bool]:
        found = nouns.before(read(engine, text), 0, len(text))
        assert found
        return found.rate, found.verb, found.name

    assert noun("增速") == (True, False, False)
    assert noun("税收收入") == (False, False, False)
    assert noun("临沂市")[2]


def test_items_are_words_of_their_own(engine: Engine, nouns: Nouns) -> None:
    text = "2022年临沂市新建学校5所"
    words = nouns.words(read(engine, text), 0, len(text))
    assert "".join(w.text for w in words) == text
    assert [(w.text, w.kind) for w in words][:2] == [("2022年", "time"), ("临沂市", "place")]
    assert (words[-1].text, words[-1].kind) == ("5所", "figure")
    assert all(text[w.start : w.end] == w.text for w in words)
