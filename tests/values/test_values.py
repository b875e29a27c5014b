"""Values: spans, values, units, kinds and approx of whole sentences; what is no figure; any text, in linear time."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengwen.arbiter import decide
from zhengwen.rules import Rule, load, marked
from zhengwen.stages import Candidate, Quantity
from zhengwen.times import Times
from zhengwen.values import Values
from zhengwen.values.matching import BEFORE, BEHIND

VALUES = Values(load())
TIMES = Times(load())


def figures(text: str) -> list[tuple[str, Quantity]]:
    """Return (span text, quantity) of the figures of a text."""
    found = VALUES.find(text)
    return [(text[c.start : c.end], c.reading) for c in found if isinstance(c.reading, Quantity)]


def one(text: str) -> tuple[str, Quantity]:
    """Return the only figure of a text."""
    found = figures(text)
    assert len(found) == 1, found
    return found[0]


SINGLE: list[tuple[str, str, Any, str | None, str, str]] = [
    ("完成税收6.32亿元，", "6.32亿元", "632000000", "元", "money", "exact"),
    ("征地约530多公顷", "530多公顷", 530, "公顷", "area", "over"),
    ("交地7万多平方米", "7万多平方米", 70000, "平方米", "area", "over"),
    ("近三成企业", "三成", 30, "%", "percent", "nearly"),
    ("下降百分之三点六", "百分之三点六", "3.6", "%", "percent", "exact"),
    ("死亡率为0.5‰", "0.5‰", "0.5", "‰", "percent", "exact"),
    ("万分之三的税率", "万分之三", "0.03", "%", "percent", "exact"),
    ("提高1.1个百分点", "1.1个百分点", "1.1", "百分点", "percentage_point", "exact"),
    ("占全省三分之二", "三分之二", Decimal(2) / 3, None, "number", "exact"),
    ("一半以上的农户", "一半", "0.5", None, "number", "at_least"),
    ("超过1/4", "1/4", "0.25", None, "number", "over"),
    ("产值翻两番", "两番", 2, "番", "multiple", "exact"),
    ("是上年的2.3倍", "2.3倍", "2.3", "倍", "multiple", "exact"),
    ("工期3年零6个月", "3年零6个月", "3.5", "年", "duration", "exact"),
    ("只需1小时30分", "1小时30分", "1.5", "小时", "duration", "exact"),
    ("只用半年时间", "半年", "0.5", "年", "duration", "exact"),
    ("学习了两个半小时", "两个半小时", "2.5", "个小时", "duration", "exact"),
    ("历时三年半", "三年半", "3.5", "年", "duration", "exact"),
    ("约3000万元", "3000万元", 30000000, "元", "money", "about"),
    ("投入800余万元", "800余万元", 8000000, "元", "money", "over"),
    ("1周多时间", "1周", 1, "周", "duration", "over"),
    ("收入达80万元以上", "80万元", 800000, "元", "money", "at_least"),
    ("不超过30人", "30人", 30, "人", "count", "at_most"),
    ("节约254万元", "254万元", 2540000, "元", "money", "exact"),
    ("设立六大专班", "六大", 6, "大", "count", "exact"),
    ("分为六大类：", "六大类", 6, "大类", "count", "exact"),
    ("户均20.5元/人/夜", "20.5元/人/夜", "20.5", "元/人/夜", "rate", "exact"),
    ("出栏60余万头（只）", "60余万头（只）", 600000, "头（只）", "count", "over"),
    ("全省有31个省市", "31个", 31, "个", "count", "exact"),
    ("打八折销售", "八折", 80, "%", "percent", "exact"),
    ("打七五折", "七五折", 75, "%", "percent", "exact"),
    ("占比三成五", "三成五", 35, "%", "percent", "exact"),
    ("气温零下5℃", "零下5℃", -5, "℃", "temperature", "exact"),
    ("装机五十千瓦", "五十千瓦", 50, "千瓦", "power", "exact"),
    ("投资120亿，", "120亿", 12000000000, None, "number", "exact"),
    ("税收达亿元以上", "亿元", 100000000, "元", "money", "at_least"),
    ("上百家企业", "百家", 100, "家", "count", "over"),
    ("位居全市第一。", "第一", 1, None, "rank", "exact"),
    ("排名上升到24位。", "24位", 24, None, "rank", "exact"),
    ("居第34位，", "第34位", 34, None, "rank", "exact"),
    ("跻身全省前十。", "前十", 10, None, "rank", "exact"),
    ("浏览2000+次", "2000+次", 2000, "次", "count", "over"),
    ("只需1个多小时", "1个多小时", 1, "个小时", "duration", "over"),
    ("指数为99.5，", "99.5", "99.5", None, "number", "exact"),
    ("每公斤20元", "20元", 20, "元", "money", "exact"),
    ("约占全省总量的10%", "10%", 10, "%", "percent", "about"),
    ("达5 000万元，", "5 000万元", 50000000, "元", "money", "exact"),
    ("累计报告2 315例", "2 315例", 2315, "例", "count", "exact"),
    ("总量3 204 118吨", "3 204 118吨", 3204118, "吨", "mass", "exact"),
    ("拨款三百 五十元", "三百 五十元", 350, "元", "money", "exact"),
    ("降低百 分 之 2.5，", "百 分 之 2.5", "2.5", "%", "percent", "exact"),
    ("提高四   个 百 分点", "四   个 百 分点", 4, "百分点", "percentage_point", "exact"),
    ("单价￥260，", "￥260", 260, "￥", "money", "exact"),
    ("售价US$20。", "US$20", 20, "US$", "money", "exact"),
    ("铅笔五十打，", "五十打", 50, "打", "count", "exact"),
    ("全场打对折", "对折", 50, "%", "percent", "exact"),
    ("奖金二又三分之一", "二又三分之一", Decimal(7) / 3, None, "number", "exact"),
    ("用了1 4/3，", "1 4/3", Decimal(7) / 3, None, "number", "exact"),
    ("菌落10^3个", "10^3个", 1000, "个", "count", "exact"),
    ("测得1.5e6个", "1.5e6个", 1500000, "个", "count", "exact"),
    ("面对3亿多银发族", "3亿多", 300000000, None, "number", "over"),
    ("三分钟办结", "三分钟", 3, "分钟", "duration", "exact"),
    ("召回170万打鸡蛋", "170万打", 1700000, "打", "count", "exact"),
    ("完成12k个", "12k个", 12000, "个", "count", "exact"),
    ("共计5，120家企业", "5，120家", 5120, "家", "count", "exact"),
    ("获得6金9银，", "6金", 6, "金", "count", "exact"),
    ("获得6金9银，", "9银", 9, "银", "count", "exact"),
    ("宽带100兆以上", "100兆", 100, "兆", "data", "at_least"),
    ("由第9位升至第6位。", "第9位", 9, None, "rank", "exact"),
    ("走访2300余家次，", "2300余家次", 2300, "家次", "count", "over"),
    ("连续三天下降", "三天", 3, "天", "duration", "exact"),
    ("收入比比上年缩小0.04。", "0.04", "0.04", None, "number", "exact"),
    ("达5 000万元？共4.17 亿元", "4.17 亿元", 417000000, "元", "money", "exact"),
]


@pytest.mark.parametrize(("text", "span", "value", "unit", "kind", "approx"), SINGLE, ids=[s[0] for s in SINGLE])
def test_figure(text: str, span: str, value: Any, unit: str | None, kind: str, approx: str) -> None:
    found = dict(figures(text))
    assert span in found, found
    quantity = found[span]
    assert quantity.value == Decimal(value)
    assert (quantity.unit, quantity.kind, quantity.approx) == (unit, kind, approx)


@pytest.mark.parametrize(
    ("text", "span", "low", "high", "unit"),
    [
        ("增长8%—10%", "8%—10%", 8, 10, "%"),
        ("投资20至30亿元", "20至30亿元", 2_000_000_000, 3_000_000_000, "元"),
        ("投资6-8亿元", "6-8亿元", 600_000_000, 800_000_000, "元"),
        ("占63%～68%", "63%～68%", 63, 68, "%"),
        ("需3—5年", "3—5年", 3, 5, "年"),
        ("资金500万元—5000万元", "500万元—5000万元", 5_000_000, 50_000_000, "元"),
        ("三四个村", "三四个", 3, 4, "个"),
        ("十几家企业", "十几家", 11, 19, "家"),
        ("数百名群众", "数百名", 200, 900, "名"),
        ("安置十几万人", "十几万人", 110_000, 190_000, "人"),
    ],
)
def test_ranges(text: str, span: str, low: int, high: int, unit: str) -> None:
    found, quantity = one(text)
    assert (found, quantity.value, quantity.low, quantity.high, quantity.unit) == (span, None, low, high, unit)


@pytest.mark.parametrize(
    ("text", "span", "terms"),
    [
        ("三次产业比为1.1:50.5:48.4，", "1.1:50.5:48.4", ("1.1", "50.5", "48.4")),
        ("粮经饲比例达到87：9：4。", "87：9：4", ("87", "9", "4")),
        ("按5∶1配套", "5∶1", ("5", "1")),
        ("城乡收入之比为2比1，", "2比1", ("2", "1")),
    ],
)
def test_ratios(text: str, span: str, terms: tuple[str, ...]) -> None:
    found, quantity = one(text)
    assert (found, quantity.terms, quantity.kind) == (span, tuple(Decimal(t) for t in terms), "ratio")
    assert quantity.low is None


def test_a_list_shares_its_unit() -> None:
    found = figures("浓度分别是27、47、147和18微克/立方米，")
    assert [f[0] for f in found] == ["27", "47", "147", "18微克/立方米"]
    assert {f[1].unit for f in found} == {"微克/立方米"}
    found = figures("提高0.9、5.9个百分点")
    assert [(f[0], f[1].unit) for f in found] == [("0.9", "百分点"), ("5.9个百分点", "百分点")]
    found = figures("分别投入20、30万元")
    assert [f[1].value for f in found] == [200_000, 300_000]


def test_printed_and_base() -> None:
    _, quantity = one("面积330公顷")
    assert (quantity.unit_code, quantity.value_base) == ("m2", 3_300_000)
    assert (quantity.number_printed, quantity.unit_printed, quantity.decimals) == ("330", "公顷", 0)
    _, quantity = one("收入60.25万元")
    assert (quantity.unit_code, quantity.value_base) == ("CNY", 602_500)
    assert (quantity.number_printed, quantity.unit_printed, quantity.decimals) == ("60.25", "万元", 2)
    assert one("翻两番")[1].value_base == 4
    assert one("5家")[1].unit_code == ""


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("存款41.76万亿元", "41.76", "万亿元"),
        ("面积330多万亩", "330", "万亩"),
        ("收入三十万元", "三十", "万元"),
        ("资金10至20万元", "10至20", "万元"),
        ("资金10万至20万元", "10万至20万", "元"),
        ("人口1亿2000万人", "1亿2000万", "人"),
        ("规模突破万亿元", "万亿", "元"),
        ("贷款5.0亿元", "5.0", "亿元"),
    ],
)
def test_the_magnitude_is_printed_with_the_unit(text: str, number: str, unit: str) -> None:
    _, quantity = one(text)
    assert (quantity.number_printed, quantity.unit_printed) == (number, unit)


def test_modifier_has_its_span() -> None:
    text = "总投资超过75亿元"
    _, quantity = one(text)
    assert quantity.modifier is not None
    assert text[slice(*quantity.modifier)] == "超过"


def test_reversed_rank() -> None:
    span, quantity = one("排名倒数第二。")
    assert (span, quantity.value, quantity.reversed_rank) == ("第二", 2, True)


NOTHING = """5G网络
万元GDP能耗下降
按每百斤计价
每千人口床位数
是上一个五年的数
统一打造园区
收拾房间
朝花夕拾
“九章”量子计算
第四届、五届会长
三分治七分养
2023金砖国家会议
网址http://a.cn/q?x=30%25
±800千伏换流站
西气东输四线开工
新老三样出口
107国道
1#楼
CFG桩
一周一观摩
六稳六保
第九频道
两改两治
四上企业
双创
三次产业
第三产业
第三方
二期工程
十四五规划
五湖四海
千家万户
千方百计
第三次会议
第五届
一批
一系列
一体化
进一步
2018年
二〇二〇年
5月份
5日
18号
8:30开始
14时30分
豫政〔2018〕15号
电话0371-65501234
一、加强领导
（二）主要做法
第一，加强组织领导
上半年
三角洲
五角大楼
十分重要
周三家访
产量（万吨）
单位：亿元
党的十九大报告
十三届全国人大
G15高速
9楼
1至8层
地铁3号线
PM2.5
以3:0战胜对手
2016—2020年""".splitlines()


@pytest.mark.parametrize("text", NOTHING)
def test_no_figure(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize("text", ["2047家", "4月份增加5个月", "第二位", "1.1:50.5:48.4"])
def test_what_looks_like_a_time_is_a_figure(text: str) -> None:
    assert len(figures(text)) == 1


@pytest.mark.parametrize(("text", "span"), [("一百千的", "一百千"), ("共3.4.5亿", "3.4.5亿")])
def test_unread(text: str, span: str) -> None:
    found = [c for c in VALUES.find(text) if c.kind == "unread"]
    assert [text[c.start : c.end] for c in found] == [span]
    assert found[0].reason
    assert figures(text) == []


@pytest.mark.parametrize(
    ("cell", "unit", "value", "name"),
    [("4000.5", "亿元", "400050000000", "元"), ("-1.6", "%", "-1.6", "%"), ("96.9", "万头", "969000", "头"),
     ("1,234", "", "1234", None), ("12", "亿", "1200000000", None)],
)  # fmt: skip
def test_cell(cell: str, unit: str, value: str, name: str | None) -> None:
    quantity = VALUES.cell(f"x{cell}", 1, 1 + len(cell), unit)
    assert quantity is not None
    assert (quantity.value, quantity.unit, quantity.unit_printed) == (Decimal(value), name, unit)


def test_a_cell_without_a_number_is_none() -> None:
    assert VALUES.cell("——", 0, 2, "亿元") is None


LETTERS = (
    "一二两三十百千万亿几数半多余约近第前位名年月日个元%1-—～至、和：:∶比又零（）成折番倍大类/吨分。，负度级号K \n"
)
WORDS = ["2.5", "2020", "分之", "个月", "平方米", "小时", "增长", "指数为", "零下", "5G"]
PIECES = st.sampled_from([*LETTERS, *WORDS])


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60)))
def test_any_text(text: str) -> None:
    for candidate in VALUES.find(text):
        assert 0 <= candidate.start < candidate.end <= len(text)
        if isinstance(candidate.reading, Quantity):
            _sound(text, candidate, candidate.reading)


def _sound(text: str, candidate: Candidate, quantity: Quantity) -> None:
    assert quantity.unit != ""
    if quantity.terms is None:
        assert quantity.low is not None and quantity.high is not None
        assert quantity.low <= quantity.high
        assert (quantity.value is None) == (quantity.low != quantity.high)
    if quantity.modifier:
        start, end = quantity.modifier
        assert 0 <= start < end <= len(text)
        assert end <= candidate.start or start >= candidate.end


@settings(max_examples=300, deadline=None)
@given(
    st.integers(2, 10**7), st.sampled_from("家 个 公顷 元 吨 人次 平方米 户".split()), st.sampled_from(["", "万", "亿"])
)
def test_rendered_quantities_come_back(number: int, unit: str, magnitude: str) -> None:
    times = {"": 1, "万": 10**4, "亿": 10**8}[magnitude]
    for form in (f"{number}", f"{number:,}"):
        span, quantity = one(f"共有{form}{magnitude}{unit}，")
        assert (span, quantity.value, quantity.unit) == (f"{form}{magnitude}{unit}", number * times, unit)


MEGABYTE = 1_000_000
HARD = ["一", "1:", "、", "亿", "(", "9", "一百千", "第一、", "约约近", "1.", "是", "10"]
NUMBERS = ["“一个", "1、", "1-2-", "百分之", "零下负-", "5家", "十年一"]
"""Every few characters are a number or a figure here: these cost what figures cost, so a twentieth is enough."""


@pytest.mark.parametrize("piece", HARD + NUMBERS)
def test_a_megabyte_takes_less_than_two_seconds(piece: str) -> None:
    text = piece * ((MEGABYTE if piece in HARD else MEGABYTE // 20) // len(piece))
    assert _seconds(text) < 2


DENSE = ["5家", "1、", "10%", "第一第二", "2020年", "5月3日", "12月", "去年", "3至5个", "1-", "一半", "约3家，"]
"""Nothing but figures or times: 4 to 10 microseconds for each of them."""


@pytest.mark.parametrize("piece", HARD[:6] + DENSE)
def test_figures_times_and_arbiter_of_dense_texts(piece: str) -> None:
    """A quarter of a megabyte of bytes, so that a busy machine does not fail what takes half a second."""
    text = piece * (MEGABYTE // 4 // len(piece.encode()))
    start = time.process_time()
    decide([*VALUES.find(text), *TIMES.find(text)])

    assert time.process_time() - start < 8  # quadratic, it would be minutes


def test_a_run_is_read_alike_wherever_it_stands() -> None:
    text = "税收5亿元，同比增长5.2%，占全区9个乡镇的31%，位居第二；2021年企业12家、个体户30户。"
    alone = [(c.start, c.end, c.rule) for c in VALUES.find(text)]
    many = [(c.start, c.end, c.rule) for c in VALUES.find(text * 40)]

    assert many == [(s + i * len(text), e + i * len(text), r) for i in range(40) for s, e, r in alone]


NEEDING = [r for topic in ("labels", "guards") for r in load().of(f"values/{topic}") if r.yields.get("needs")]


@pytest.mark.parametrize("rule", NEEDING, ids=lambda r: r.id)
def test_what_a_rule_needs_is_near(rule: Rule) -> None:
    for example in rule.cases():
        text, spans = marked(example.text)
        for start, _ in spans:
            assert not set(str(rule.yields["needs"])).isdisjoint(text[max(0, start - BEFORE) : start + BEHIND])


def test_time_is_linear() -> None:
    for piece in HARD + NUMBERS:
        short, long = (min(_seconds(piece * n) for _ in range(2)) for n in (4_000, 32_000))
        assert long < 8 * max(short, 0.002) * 4, piece  # eight times the text: quadratic time would be 64 times


def _seconds(text: str) -> float:
    start = time.process_time()
    VALUES.find(text)
    return time.process_time() - start


def _read_as(text: str) -> list[tuple[str, str]]:
    """Return (kind, words) of what the arbiter takes."""
    taken = decide([*VALUES.find(text), *TIMES.find(text)]).taken
    return [(c.kind, text[c.start : c.end]) for c in taken]


@pytest.mark.parametrize(
    ("text", "taken"),
    [  # what peers misread on real pages, and what unseen pages taught
        ("企业2047家", [("figure", "2047家")]),
        ("三次产业结构1.1:50.5:48.4", [("label", "三次产业"), ("figure", "1.1:50.5:48.4")]),
        ("高1.1个百分点", [("figure", "1.1个百分点")]),
        ("占地330多公顷，建房5万多平方米", [("figure", "330多公顷"), ("figure", "5万多平方米")]),
        (
            "不到三分之二，约三成，0.5‰，百分之三点六",
            [("figure", x) for x in ("三分之二", "三成", "0.5‰", "百分之三点六")],
        ),
        ("增长8%—10%，投资20至30亿元、6-8亿元", [("figure", x) for x in ("8%—10%", "20至30亿元", "6-8亿元")]),
        ("翻两番，增长1.5倍", [("figure", "两番"), ("figure", "1.5倍")]),
        ("前三季度，比上年同期", [("time", "前三季度"), ("time", "上年同期")]),
        ("建成5G基站，107国道，一周一观摩", [("label", "5G"), ("label", "107国道"), ("label", "一周一")]),
        ("第三产业，第3位。", [("figure", "第3位")]),
        ("约4000万元、500余万元", [("figure", "4000万元"), ("figure", "500余万元")]),
        ("历时3年零6个月", [("figure", "3年零6个月")]),
        ("预计再增一至两成，每村配备一到三名", [("figure", "一至两成"), ("figure", "一到三名")]),
        ("公示期不少于7日，受理后15日内办结", [("figure", "7日"), ("figure", "15日")]),
        ("展板20块，补贴5块，每斤3块钱", [("figure", "20块"), ("figure", "5块"), ("figure", "3块钱")]),
        ("建成15分钟生活圈，实施3+11天管控", [("label", "15分钟")]),
        ("云门乡四台村，项目首次突破千个", [("label", "四台村"), ("figure", "千个")]),
        ("分别为318.7万人、41.2万人和52.6万人", [("figure", x) for x in ("318.7万人", "41.2万人", "52.6万人")]),
        ("收入比由上年的2.55缩小到2.52。", [("time", "上年"), ("figure", "2.55"), ("figure", "2.52")]),
        ("附件：1.2019年主要指标", [("label", "1."), ("time", "2019年")]),
    ],
)
def test_what_the_arbiter_takes(text: str, taken: list[tuple[str, str]]) -> None:
    assert _read_as(text) == taken
