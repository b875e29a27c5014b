"""Resolution against what the text has told, the period reported on, and the publication date."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Read = Callable[..., list[tuple[str, str | None]]]


def value_of(pairs: list[tuple[str, str | None]], words: str) -> str | None:
    """Return the value of the last time with these words."""
    return [value for text, value in pairs if text == words][-1]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("2019年，全县完成绿化。全年植树八万亩", "全年", "2019"),
        ("2019年税收增长5%，第三季度回落", "第三季度", "2019-Q3"),
        ("2019年全区增长5%。其中12月增长2%", "12月", "2019-12"),
        ("1—4月，税收比上年同期增长6%", "上年同期", "2020-01/2020-04"),
        ("今年以来，税收比去年同期增长6%", "去年同期", "2020-01/2020-05"),
        ("截至4月30日，到位资金比去年同期增长6%", "去年同期", "/2020-04-30"),
        ("4月中旬以来，客流比去年同期增长6%", "去年同期", "2020-04-11/2020-05"),
        ("“五一”黄金周接待游客6万，比去年同期增长6%", "去年同期", "2020-05-01/2020-05-05"),
        ("截至3月底，贷款余额增长，目前已放款5亿元", "目前", "2021-03-31"),
        ("截至3月底，贷款余额增长。目前已放款5亿元", "目前", "2021-05-20"),
        ("2018年8月2日开工，同年10月完工", "同年10月", "2018-10"),
        ("4月8日开幕，次日闭幕", "次日", "2021-04-09"),
        ("会议4月8日开幕，11日闭幕", "11日", "2021-04-11"),
        ("记者18日获悉", "18日", "2021-05-18"),
        ("较2017年增长，12月达到高点", "12月", "2020-12"),
        ("到2025年，建成基地。10月开工", "10月", "2020-10"),
        ("项目计划10月开工", "10月", "2021-10"),
        ("订单排到10月", "10月", "2021-10"),
        ("3月，产量5万吨，比上年同月增长6%", "上年同月", "2020-03"),
        ("9月1日零时起至9月3日24时", "9月3日24时", "2020-09-03"),
        ("去年投资5亿元，较上年增长", "上年", "2019"),
        ("4月，指数为50.1，比上月回落", "上月", "2021-03"),
        ("去年12月，公路通车", "去年12月", "2020-12"),
    ],
)
def test_context_fills_what_the_words_leave_out(read: Read, text: str, words: str, value: str) -> None:
    assert value_of(read(text), words) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [("上年", "2011"), ("去年", "2011"), ("全年", "2012"), ("年末", "2012-12-31"), ("上年末", "2011-12-31")],
)
def test_a_report_on_an_earlier_year_is_its_own_anchor(read: Read, words: str, value: str) -> None:
    assert read(f"生产总值比{words}增长", date="2013-03-20", reporting="2012") == [(words, value)]


def test_last_year_as_the_time_of_a_fact_counts_from_the_publication(read: Read) -> None:
    text = "去年全年出口增长7%，比去年提高"

    assert read(text, date="2013-01-20", reporting="2012") == [("去年全年", "2012"), ("去年", "2011")]


def test_a_monthly_report_counts_months_from_its_month(read: Read) -> None:
    assert read("指数比上月回落", date="2021-05-06", reporting="2021-04") == [("上月", "2021-03")]


@pytest.mark.parametrize(
    ("date", "text", "value"),
    [
        ("2021-01-18", "12月增长5%", "2020-12"),
        ("2021-01-18", "1—12月增长5%", "2020-01/2020-12"),
        ("2021-01-18", "四季度增长5%", "2020-Q4"),
        ("2021-01-18", "下半年增长5%", "2020-H2"),
        ("2021-05-20", "下半年将增长5%", "2021-H2"),
        ("2021-12-28", "1月1日起施行", "2022-01-01"),
        ("2021-03-01", "29日获悉", "2021-01-29"),
        ("2021", "9月底实现封顶", "2021-09-30"),
        ("2021", "目前", "2021"),
        ("2021-03", "目前", "2021-03"),
        ("", "2019年8月", "2019-08"),
    ],
)
def test_the_publication_date_anchors_the_rest(read: Read, date: str, text: str, value: str) -> None:
    assert read(text, date=date)[0][1] == value


@pytest.mark.parametrize("words", ["目前", "今年", "去年", "昨日", "8月", "上周"])
def test_without_any_anchor_there_is_no_value(read: Read, words: str) -> None:
    assert read(words, date="") == [(words, None)]


def test_today_needs_a_day(read: Read) -> None:
    assert read("今天开工", date="2021-03") == [("今天", None)]


def test_headings_hold_for_their_section(read: Read) -> None:
    pairs = read("2018年工作\n全年完成投资5亿元", labels="heading body")

    assert pairs == [("2018年", "2018"), ("全年", "2018")]


def test_a_paragraph_does_not_reach_into_the_next(read: Read) -> None:
    assert value_of(read("2018年，开园。\n全年完成投资"), "全年") == "2021"
