"""What each line is: one page of every kind, written for the purpose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from zhengwen.stages import Layout

BODY = "今年以来，云溪县围绕产业抓项目，全县新开工项目32个，完成投资12.5亿元，比上年同期增长8.2%，位居全市前列。"
MORE = "在项目建设中，县发改局实行清单管理，逐项明确责任单位和完成时限，全年计划投资40亿元，力争明年底全部建成投产。"


def kinds(layout: Layout) -> list[tuple[str, int]]:
    return [(b.label, b.article) for b in layout.blocks]


def check(layout: Layout, expected: str) -> None:
    """Compare with `label article` lines, in order."""
    found = [f"{b.label} {b.article}" + (" joins" if b.joins else "") for b in layout.blocks]
    wanted = [line.strip() for line in expected.strip().splitlines()]
    assert found == wanted


def test_a_web_page_has_its_navigation_head_and_foot(divide: Callable[..., Layout]) -> None:
    text = f"""首页 > 新闻中心 > 部门动态
云溪县项目建设提速增效
发布时间：2020-05-06 来源：云溪日报 浏览次数：120
{BODY}
{MORE}
责任编辑：李向阳
附件：1.项目清单.xlsx
上一篇：全县召开春耕会议
下一篇：没有了
版权所有：云溪县人民政府"""
    check(
        divide(text),
        """furniture 0
        title 1
        furniture 1
        body 1
        body 1
        furniture 1
        furniture 1
        furniture 0
        furniture 0
        furniture 0""",
    )


def test_a_copy_of_the_headline_in_the_breadcrumb_is_furniture(divide: Callable[..., Layout]) -> None:
    text = f"首页\n工作动态\n云溪县项目建设提速增效\n\n云溪县项目建设提速增效\n\n发布时间：2020-05-06\n\n{BODY}\n"
    assert kinds(divide(text)) == [("furniture", 0)] * 3 + [("title", 1), ("furniture", 1), ("body", 1)]


def test_a_newspaper_page_with_pictures_lede_and_deck(divide: Callable[..., Layout]) -> None:
    text = f"""


志愿者为老人送去热饭。

核心提示

{BODY}{MORE}




干部进村宣讲政策。



云溪街道

党建引领促发展 项目为王开新局

本报记者 李向阳 本报通讯员 张大山

党建引领 凝聚合力

{BODY}



图为新建的社区广场。
本报记者 李向阳 摄

产业兴旺 群众增收

{MORE}
"""
    check(
        divide(text),
        """caption 1
        furniture 1
        lede 1
        caption 1
        deck 1
        title 1
        byline 1
        heading 1
        body 1
        caption 1
        credit 1
        heading 1
        body 1""",
    )


def test_two_articles_of_one_page_are_told_apart_by_their_bylines(divide: Callable[..., Layout]) -> None:
    text = f"党建引领促发展\n\n本报记者 李向阳\n\n{BODY}\n\n{MORE}\n\n绿色农业结硕果\n\n本报记者 张大山\n\n{BODY}\n"
    layout = divide(text)
    assert [a.title for a in layout.articles] == ["党建引领促发展", "绿色农业结硕果"]
    assert kinds(layout)[-3:] == [("title", 2), ("byline", 2), ("body", 2)]


def test_a_lede_before_the_headline_opens_the_next_article(divide: Callable[..., Layout]) -> None:
    text = f"党建引领促发展\n\n本报记者 李向阳\n\n{BODY}\n\n核心提示\n\n{MORE}\n\n绿色农业结硕果\n\n{BODY}\n"
    assert kinds(divide(text))[3:] == [("furniture", 2), ("lede", 2), ("title", 2), ("body", 2)]


def test_briefs_with_datelines_are_articles(divide: Callable[..., Layout]) -> None:
    text = f"春耕备耕忙\n本报讯（记者李向阳）{BODY}\n新桥今日通车\n本报讯（记者张大山）{MORE}\n"
    assert [a.title for a in divide(text).articles] == ["春耕备耕忙", "新桥今日通车"]


def test_a_round_up_of_names_is_one_article_each(divide: Callable[..., Layout]) -> None:
    text = "".join(f"{name}街道\n{name}街道{BODY}\n\n" for name in ("东湖", "西苑", "南桥"))
    assert [a.title for a in divide(text).articles] == ["东湖街道", "西苑街道", "南桥街道"]


def test_briefs_that_open_like_news_are_articles_and_sections_are_not(divide: Callable[..., Layout]) -> None:
    heads = ("县医院新门诊楼启用", "全县首座换电站投用", "云溪河大桥主体封顶")
    briefs = "".join(f"{head}\n{day}，{BODY}\n" for head, day in zip(heads, ("近日", "5月6日", "日前"), strict=True))
    assert [a.title for a in divide(briefs).articles] == list(heads)
    sections = "".join(f"{head}\n{BODY}\n" for head in heads)
    assert len(divide("云溪县项目建设忙\n" + MORE + "\n" + sections).articles) == 1


def test_numbered_headings_and_numbered_items(divide: Callable[..., Layout]) -> None:
    text = f"""云溪县经济运行平稳

一、主要特点
（一）工业增势良好。
{BODY}
（二）投资稳步增长。投资结构不断优化，{MORE}
二、下一步打算
1.抓好项目建设。
2.抓好招商引资。
3.抓好安全生产。
"""
    check(
        divide(text),
        """title 1
        heading 1
        heading 1
        body 1
        body 1
        heading 1
        body 1
        body 1
        body 1""",
    )


def test_an_official_paper(divide: Callable[..., Layout]) -> None:
    names = "\n".join(f"{n}（县财政局）" for n in ("李向阳", "张大山", "赵一鸣", "王小明", "孙立"))
    text = f"""云政办发〔2019〕15号
云溪县人民政府办公室关于成立全县
信用建设领导小组的通知
{names}
领导小组下设办公室，办公室设在县发改局，承担日常工作。
云溪县人民政府办公室
2019年10月10日
（此件公开发布）"""
    check(
        divide(text),
        """deck 1
        title 1
        title 1 joins
        body 1
        body 1
        body 1
        body 1
        body 1
        body 1
        byline 1
        furniture 1
        furniture 1""",
    )


def test_a_communique_has_issuer_and_date_under_its_headline(divide: Callable[..., Layout]) -> None:
    text = (
        f"2019年云溪县国民经济和社会发展统计公报\n\n云溪县统计局\n\n（2020年3月20日）\n\n{BODY}\n\n一、综合\n\n{MORE}\n"
    )
    layout = divide(text)
    assert [x for x, _ in kinds(layout)] == ["title", "byline", "furniture", "body", "heading", "body"]


@pytest.mark.parametrize("text", [BODY, f"{BODY}\n", f"\ufeff{BODY}"])
def test_a_page_of_one_line_is_body_and_takes_its_title_from_the_metadata(
    divide: Callable[..., Layout], text: str
) -> None:
    layout = divide(text, title="云溪县项目建设提速增效")
    assert kinds(layout) == [("body", 1)]
    assert (layout.articles[0].title, layout.articles[0].title_span) == ("云溪县项目建设提速增效", None)


def test_a_line_separator_does_not_end_a_line(divide: Callable[..., Layout]) -> None:
    layout = divide(f"{BODY}\u2028{MORE}\x85{BODY}")
    assert len(layout.blocks) == 1


def test_a_carriage_return_ends_a_line(divide: Callable[..., Layout]) -> None:
    assert [b.line for b in divide(f"春耕忙\r\n\r\n{BODY}\r{MORE}\n").blocks] == [1, 3, 4]


def test_page_turns_and_adverts(divide: Callable[..., Layout]) -> None:
    text = f"春耕备耕忙\n{BODY}\n（下转第二版）\n更多精彩内容请关注云溪发布客户端\n"
    assert kinds(divide(text)) == [("title", 1), ("body", 1), ("furniture", 1), ("furniture", 0)]


def test_every_empty_page_is_an_empty_layout(divide: Callable[..., Layout]) -> None:
    for text in ("", "\n\n", " \u3000\n\t"):
        assert divide(text).blocks == ()


def test_fields_of_a_web_page_with_their_values_on_lines_of_their_own(divide: Callable[..., Layout]) -> None:
    text = f"""云溪县项目建设管理办法
• 索引号：
0538/2020-001
• 发文机构：
云溪县人民政府办公室
• 发布日期：
2020年5月6日
{BODY}"""
    assert kinds(divide(text)) == [("title", 1)] + [("furniture", 1)] * 6 + [("body", 1)]


def test_links_under_the_article_are_furniture_of_the_page(divide: Callable[..., Layout]) -> None:
    text = f"""云溪县项目建设提速增效
2020-05-06
{BODY}
新闻推荐
东湖镇春耕忙
东湖镇抢抓农时，今年计划播种水稻3万亩，目前已经...
凡本网注明“来源：云溪网”的作品，均为本网合法拥有版权的作品。
云备09-070014 北江ICP备12011316号 北江公网安备 51080002号"""
    assert kinds(divide(text)) == [("title", 1), ("furniture", 1), ("body", 1)] + [("furniture", 0)] * 5


def test_the_bars_of_a_newspapers_page_stand_over_the_headline(divide: Callable[..., Layout]) -> None:
    text = f"""您好!今天是2020年5月6日
第01版：要闻
~~~全县项目集中开工
2020年05月06日 星期三 出版 上一期 下一期 返回首页 | 版面概览
3 上一篇 下一篇 4
放大 缩小 默认
全县项目集中开工
本报讯（记者 李向阳）{BODY}"""
    layout = divide(text)
    assert kinds(layout) == [("furniture", 0)] * 6 + [("title", 1), ("body", 1)]


def test_contents_are_furniture_and_a_signing_body_is_a_byline(divide: Callable[..., Layout]) -> None:
    text = f"""云溪县财政决算公开
目  录
一、收支情况
二、政府债务
一、收支情况
{BODY}
云溪县财政局
2020年5月6日
附件说明
{MORE}"""
    check(
        divide(text),
        """title 1
        furniture 1
        furniture 1
        furniture 1
        heading 1
        body 1
        byline 1
        furniture 1
        heading 1
        body 1""",
    )


def test_text_with_its_picture_credit_at_the_end_is_body_when_a_dispatch_opens_it(
    divide: Callable[..., Layout],
) -> None:
    text = f"云溪新闻网10月16日消息：{BODY}（李向阳/文 张大山/摄）"
    assert kinds(divide(f"晚稻开镰\n{text}")) == [("title", 1), ("body", 1)]


def test_the_kind_of_paper_on_its_own_line_belongs_to_the_headline(divide: Callable[..., Layout]) -> None:
    layout = divide(f"2019年云溪县国民经济和社会发展\n统计公报\n云溪县统计局\n（2020年5月6日）\n{BODY}")
    assert [b.label for b in layout.blocks] == ["title", "title", "byline", "furniture", "body"]
    assert layout.blocks[1].joins


def test_remarks_in_brackets_and_speakers_are_no_headings(divide: Callable[..., Layout]) -> None:
    text = f"云溪县项目建设提速增效\n2020-05-06\n{BODY}\n（数据以最终核定为准）\n问：项目建设有什么变化？\n{MORE}"
    assert [b.label for b in divide(text).blocks] == ["title", "furniture", "body", "body", "body", "body"]


def test_full_lines_of_a_narrow_column_are_no_headings(divide: Callable[..., Layout]) -> None:
    full = "创云溪站建站以来的单日新高并且车务段又\n" * 8
    column = f"铁路发送旅客约七百万人次，增长\n百分之四十一，其中正月初八一天发送旅\n{full}"
    text = f"云溪春运平稳收官\n本报讯（记者 李向阳）昨日，春运落下\n{column}全部返岗。"
    assert {b.label for b in divide(text).blocks[1:]} == {"body"}


def test_noise_of_a_forum_is_furniture(divide: Callable[..., Layout]) -> None:
    text = f'云溪县项目建设提速增效\n2020-05-06\n{BODY}\n, F" ]# z9 P% b: R q4 F; u* \\; s\n{MORE}'
    assert [b.label for b in divide(text).blocks] == ["title", "furniture", "body", "furniture", "body"]


def test_a_deck_over_a_headline_whose_copy_stands_above(divide: Callable[..., Layout]) -> None:
    text = f"解渴没喝饱\n\n前期降雨使我县水库增加蓄水\n解渴没喝饱\n\n本报讯（记者 李向阳）{BODY}"
    assert [b.label for b in divide(text).blocks] == ["furniture", "deck", "title", "body"]


def test_rules_and_bars_between_the_lines_are_no_navigation(divide: Callable[..., Layout]) -> None:
    text = f"云溪县经济开门红\n云溪网 yunxi.example.org 时间: 2011-04-15\n|\n{BODY}"
    assert kinds(divide(text)) == [("title", 1), ("furniture", 1), ("furniture", 0), ("body", 1)]


def test_what_stands_under_the_editors_name_belongs_to_the_page(divide: Callable[..., Layout]) -> None:
    text = f"""云溪县经济开门红
来源:
王慧
2024-01-09 12:45:41
责编:
王霞
{BODY}
{MORE}
责任编辑 李向阳
我的订阅
云溪日报版权所有 未经书面授权 不得复制"""
    expected = [("title", 1)] + [("furniture", 1)] * 5 + [("body", 1)] * 2 + [("furniture", 1)] + [("furniture", 0)] * 2
    assert kinds(divide(text)) == expected


def test_the_particulars_of_a_paper_flattened_into_rows(divide: Callable[..., Layout]) -> None:
    rows = "索引号 | 01-2021-0115 | 发布机构 | 云溪镇 |\n公开目录 | 保障 | 发布日期 | 2021-01-18 |\n文号 | 浏览量 |"
    text = f"{rows}\n{BODY}"
    assert [b.label for b in divide(text).blocks] == ["furniture"] * 3 + ["body"]


def test_the_name_of_an_account_over_the_day_is_no_headline(divide: Callable[..., Layout]) -> None:
    text = f"云溪发布\n2024-06-18 17:30 发表于江苏\n点击上方蓝字 关注我们\n云溪县3个项目入选省级示范\n{BODY}"
    assert kinds(divide(text)) == [
        ("furniture", 0),
        ("furniture", 1),
        ("furniture", 0),
        ("title", 1),
        ("body", 1),
    ]


def test_buttons_under_the_day_say_nothing_of_the_headline_over_it(divide: Callable[..., Layout]) -> None:
    buttons = "关注云溪网\n微博\nQzone\n评论\n图集"
    text = f"大山深处，是什么照亮了脱贫之路？\n2018-05-24 21:56:30 来源: 云溪网\n{buttons}\n{BODY}"
    assert kinds(divide(text)) == [("title", 1), ("furniture", 1)] + [("furniture", 0)] * 5 + [("body", 1)]


def test_an_author_alone_between_headline_and_day(divide: Callable[..., Layout]) -> None:
    assert kinds(divide(f"云溪县项目建设提速增效\n肖暮影\n2012-12-25 09:13:46\n{BODY}"))[:2] == [
        ("title", 1),
        ("byline", 1),
    ]
    assert kinds(divide(f"(资料图片仅供参考)\n王梓鉴 刘祖刚\n{BODY}"))[1] == ("byline", 1)


def test_bars_at_the_ends_of_lines_are_no_part_of_them(divide: Callable[..., Layout]) -> None:
    text = f"|\n订阅社区杂志 |\n云溪县20个村受益光伏发电 |\n(时间:2019-12-20 15:12:11) |\n{BODY}"
    layout = divide(text)
    assert layout.articles[0].title == "云溪县20个村受益光伏发电"


def test_a_bare_number_over_the_first_words_is_a_counter(divide: Callable[..., Layout]) -> None:
    assert kinds(divide(f"144\n云溪县项目建设提速增效\n{BODY}")) == [("furniture", 0), ("title", 1), ("body", 1)]


def test_numbered_links_under_the_editor_are_no_text(divide: Callable[..., Layout]) -> None:
    text = f"云溪县项目建设提速增效\n{BODY}\n审核:李向阳\n更多精彩\n1.北江自贸区打造开放新高地\n2.食品行业全力驰援"
    assert kinds(divide(text))[-3:] == [("furniture", 0)] * 3


def test_a_remark_in_brackets_heads_no_article(divide: Callable[..., Layout]) -> None:
    text = f"云溪县项目建设提速增效\n来源：云溪日报\n{BODY}\n责任编辑：李向阳\n（未完待续二）\n{MORE}"
    assert len(divide(text).articles) == 1
