"""Pages of many kinds, each small and written for one mechanism: what every line is and whose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from zhengwen.stages import Layout

BODY = "今年以来，云溪县围绕产业抓项目，全县新开工项目32个，完成投资12.5亿元，比上年同期增长8.2%，位居全市前列。"
MORE = "在项目建设中，县发改局实行清单管理，逐项明确责任单位和完成时限，全年计划投资40亿元，力争明年底全部建成投产。"
HEAD = "云溪县项目建设提速增效"


def kinds(layout: Layout) -> list[str]:
    return [f"{b.label} {b.article}" + (" joins" if b.joins else "") for b in layout.blocks]


@pytest.mark.parametrize(
    "line",
    [
        "云溪日报　首页　要闻　财经　区县　评论",
        "首 页 | 走进云溪 | 政务公开 | 办事服务",
        "统计数据 / 统计公报 / 正文",
        "首页&gt;&gt;财政信息&gt;&gt;财政预决算",
        "云溪县人民政府门户网站",
        "云溪日报  2023年3月6日 星期一  第二版",
        "云溪发改 2021-07-09 18:20 发表于江苏",
        "返回首页 ｜ 三农要闻 ｜ 市场行情 ｜ 农机",
        "首页\n要闻\n政务公开\n互动交流",
        "点击上方蓝字关注我们",
    ],
)
def test_the_head_of_a_site_is_no_headline(divide: Callable[..., Layout], line: str) -> None:
    found = kinds(divide(f"{line}\n{HEAD}\n{BODY}\n{MORE}\n"))
    assert found == ["furniture 0"] * len(line.splitlines()) + ["title 1", "body 1", "body 1"]


@pytest.mark.parametrize(
    "line",
    [
        "阅读原文　　赞 　在看",
        "扫一扫　手机看新闻　　返回顶部",
        "【字体：大 中 小】    [打印本页]    [关闭]",
        "上一篇：全县召开春耕会议　　下一篇：没有了",
        "主办：云溪县人民政府办公室　网站标识码：1234567890",
        "版权所有：云溪县财政局　咨询电话：0517-1234567",
        "打印此页　关闭窗口",
        "声明：转载请注明出处。",
    ],
)
def test_the_foot_of_a_site_is_the_page_s(divide: Callable[..., Layout], line: str) -> None:
    assert kinds(divide(f"{HEAD}\n{BODY}\n{MORE}\n{line}\n"))[-1] == "furniture 0"


@pytest.mark.parametrize(
    "line",
    [
        "来源：云溪日报",
        "发布时间：2020-05-06 08:40　信息来源：县政府办公室　字号：[大 中 小]　打印",
        "编辑丨小云　　审核丨老溪",
        "编辑：李向阳　　2020-05-06 10:22",
        "终审：县融媒体中心  编辑：李  阳",
        "【责任编辑：县政府网管理员】　【关闭窗口】",
        "索引号：YX0415/2020-00018　发文日期：2020-05-06",
        "日期：２０２０年５月６日　　作者：本网记者　李向阳",
    ],
)
def test_sources_days_and_editors_are_the_article_s(divide: Callable[..., Layout], line: str) -> None:
    assert kinds(divide(f"{HEAD}\n{line}\n{BODY}\n{MORE}\n"))[1] == "furniture 1"
    assert kinds(divide(f"{HEAD}\n{BODY}\n{MORE}\n{line}\n"))[-1] == "furniture 1"


@pytest.mark.parametrize(
    "line",
    [
        "本报记者 李向阳",
        "□本报记者 李向阳 通讯员 张大山",
        "（记者 李向阳）",
        "云溪县统计局",
        "云溪县统计局　国家统计局云溪调查队",
        "云溪县人民政府县长  李向阳",
        "云溪县财政局局长 李 阳",
        "作者：李向阳",
    ],
)
def test_who_wrote_or_issued_an_article(divide: Callable[..., Layout], line: str) -> None:
    assert kinds(divide(f"{HEAD}\n{line}\n{BODY}\n{MORE}\n")) == ["title 1", "byline 1", "body 1", "body 1"]


@pytest.mark.parametrize(
    "line", ["云溪县统计局", "（总台云溪站 李向阳 张大山）", "（李向阳 张大山）", "云溪县卫生健康委员会"]
)
def test_who_signs_an_article(divide: Callable[..., Layout], line: str) -> None:
    assert kinds(divide(f"{HEAD}\n{BODY}\n{MORE}\n{line}\n2020年5月6日\n"))[-2:] == ["byline 1", "furniture 1"]


@pytest.mark.parametrize(
    ("first", "second", "label"),
    [
        ("关于云溪县2019年预算执行情况", "和2020年预算草案的报告（摘要）", "title 1 joins"),
        ("云溪县2019年发展计划执行情况", "与2020年发展计划草案的报告", "title 1 joins"),
        ("云溪县第五届茶叶博览会", "暨招商推介会举行", "title 1 joins"),
        ("云溪县人民政府办公室关于成立全县", "信用建设领导小组的通知", "title 1 joins"),
        ("云溪县人民政府", "关于加强冬季安全生产工作的通知", "title 1 joins"),
        ("政府工作报告", "——2020年1月18日在云溪县第十八届人民代表大会第一次会议上", "deck 1"),
        ("项目建设提速增效", "——云溪县推进产业发展纪实", "deck 1"),
        ("云溪县上半年项目建设“半年报”", "过半！153个项目完成投资412.7亿元", "deck 1"),
    ],
)
def test_two_lines_of_a_head(divide: Callable[..., Layout], first: str, second: str, label: str) -> None:
    assert kinds(divide(f"{first}\n{second}\n\n{BODY}\n{MORE}\n"))[:2] == ["title 1", label]


def test_single_sentences_over_the_first_lede_are_pictures_texts(divide: Callable[..., Layout]) -> None:
    pictures = "03版：街道风采\n居民在新广场散步。\n改造后的老街。"
    text = f"{pictures}\n核心提示\n{BODY}\n\n东湖街道\n老街焕新颜\n本报记者 李向阳\n{MORE}\n"
    assert kinds(divide(text)) == [
        "furniture 0",
        "caption 1",
        "caption 1",
        "furniture 1",
        "lede 1",
        "deck 1",
        "title 1",
        "byline 1",
        "body 1",
    ]


BRIEFS = (
    ("县医院新门诊楼启用", "县医院新门诊楼5月6日正式启用，开放床位200张，比老院区多出一倍。"),
    ("云溪河大桥主体封顶", "云溪河大桥昨天封顶，这座桥长1.2公里，总投资3.6亿元，明年通车。"),
    ("夏粮收购进度加快", "记者从粮食部门获悉，各收购点累计收购小麦4.2万吨，同比增加3100吨。"),
    ("首座换电站投用", "受车主期待的换电站今天投用，每天可为300辆车服务，一次只要3分钟。"),
)


def test_titled_briefs_are_articles_without_an_announcement(divide: Callable[..., Layout]) -> None:
    page = "\n".join(f"{head}\n{text}" for head, text in BRIEFS)
    layout = divide(f"当前位置：首页 > 云溪新闻 > 正文\n2020年05月06日 19:42　来源：云溪新闻\n{page}\n编辑：李向阳\n")
    assert [a.title for a in layout.articles] == [head for head, _ in BRIEFS]
    assert {x for x in kinds(layout) if x.startswith("furniture")} == {"furniture 0"}


def test_sections_that_come_back_to_the_headline_are_one_article(divide: Callable[..., Layout]) -> None:
    heads = ("前三季度外贸稳中有进", "一般贸易占比提高", "民营企业挑起大梁", "东盟仍是第一大伙伴")
    texts = (
        "据海关统计，前三季度全县外贸进出口12亿元，增长2.7%。",
        "前三季度，一般贸易方式外贸进出口8亿元，增长6.2%。",
        "民营企业前三季度进出口6亿元，占外贸总值一半。",
        "前三季度，对东盟进出口3亿元，外贸结构更优。",
    )
    assert len(divide("\n".join(f"{h}\n{t}" for h, t in zip(heads, texts, strict=True))).articles) == 1


def test_a_page_whose_known_title_is_its_first_line_is_no_round_up(divide: Callable[..., Layout]) -> None:
    page = "\n".join(f"{head}\n{text}" for head, text in BRIEFS[:3])
    layout = divide(page.replace("今天", ""), title=BRIEFS[0][0])
    assert len(layout.articles) == 1
