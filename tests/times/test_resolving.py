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


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("4月8日，大桥合龙。\n当日，又有三座桥开工", "当日", "2021-04-08"),
        ("4月8日，大桥合龙。\n施工队备料。\n同日，新渡口开放", "同日", "2021-04-08"),
        ("4月8日，大桥合龙。\n4月9日，渡口停航。当天乘客减少", "当天", "2021-04-09"),
        ("4月8日，大桥合龙。\n次日，渡口停航", "次日", "2021-04-09"),
        ("展会将于6月3日开幕。\n当天，布展结束", "当天", "2021-05-20"),
    ],
)
def test_that_day_is_the_last_day_told_before(read: Read, text: str, words: str, value: str) -> None:
    assert value_of(read(text), words) == value


@pytest.mark.parametrize(
    ("date", "text", "words", "value"),
    [
        ("2023-01-14", "水位于2022年12月23日达到峰值，1月12日回落", "1月12日", "2023-01-12"),
        ("2023-01-14", "船队2022年12月28日出港。1月2日至5日返航", "1月2日至5日", "2023-01-02/2023-01-05"),
        ("2023-01-01", "水位于2022年12月23日达到峰值，1月12日曾回落", "1月12日", "2022-01-12"),
        ("2022-12-25", "渡口2022年12月23日招标，计划1月12日开标", "1月12日", "2023-01-12"),
        ("2023-06-14", "渡口2022年5月10日获批，3月20日进场", "3月20日", "2022-03-20"),
        ("2023-06-14", "截至2022年12月31日，到港80艘，3月20日最多", "3月20日", "2022-03-20"),
        ("2023-06-14", "2022年，渡口到港80艘，1月12日最多", "1月12日", "2022-01-12"),
    ],
)
def test_a_day_after_the_turn_of_the_year(read: Read, date: str, text: str, words: str, value: str) -> None:
    assert value_of(read(text, date=date), words) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("截至2020年底，港口有泊位80个。\n全年到港5200艘", "2020"),
        ("截至2020年底，港口有泊位80个。\n全年预计到港5200艘", "2021"),
        ("截至2020年底，港口有泊位80个。\n今年5月，到港80艘。\n全年到港5200艘", "2021"),
        ("比2020年增长。\n全年到港5200艘", "2021"),
    ],
)
def test_the_whole_year_of_an_article_that_tells_of_a_closed_one(read: Read, text: str, value: str) -> None:
    assert value_of(read(text), "全年") == value


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("据当地媒体19日报道，渡口停航", "19日", "2021-05-19"),
        ("论坛于28日举行", "28日", "2021-04-28"),
        ("网站消息：19日，渡口停航", "19日", "2021-05-19"),
        ("截至4月底，到港80艘，比上季度末增加5艘", "上季度末", "2021-03-31"),
        ("4月末，存货80吨，比上季末减少", "上季末", "2021-03-31"),
        ("一季度，完成全年任务的30%，是去年同期的2倍", "去年同期", "2020-Q1"),
    ],
)
def test_bare_days_and_edges_of_quarters(read: Read, text: str, words: str, value: str) -> None:
    assert value_of(read(text), words) == value


@pytest.mark.parametrize(
    ("date", "text", "value"),
    [
        ("2021-02-20", "港口圆满完成全年任务", "2020"),
        ("2021-02-20", "港口圆满完成全年主要目标任务", "2020"),
        ("2021-02-20", "港口完成全年任务的8%", "2021"),
        ("2021-02-20", "港口将顺利完成全年任务", "2021"),
        ("2021-11-20", "港口超额完成全年任务", "2021"),
    ],
)
def test_what_is_done_early_in_a_year_is_of_the_year_before(read: Read, date: str, text: str, value: str) -> None:
    assert read(text, date=date) == [("全年", value)]
