"""Publication date and place of an article."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from zhengwen.pages import Pages
from zhengwen.stages import Candidate, Frame, Layout, Meta, NameMention, Page

BODY = "今年以来，全县新开工项目32个，完成投资12.5亿元，比上年同期增长8.2%，位居全市前列。"


@pytest.fixture
def frame(pages: Pages) -> Callable[..., Frame]:
    def framed(text: str, names: dict[str, str] | None = None, **meta: str) -> Frame:
        layout: Layout = pages.divide(Page("page", text, Meta(**meta)))
        article = layout.articles[0]
        taken = [
            [
                Candidate(at, at + len(name), "name", "test", 30, NameMention(name, kind))
                for name, kind in (names or {}).items()
                if (at := p.view.text.find(name)) >= 0
            ]
            for p in article.paragraphs
        ]
        return pages.frames(layout, [taken, *[[] for _ in layout.articles[1:]]])[0]

    return framed


@pytest.mark.parametrize(
    ("text", "date", "how"),
    [
        (f"项目建设忙\n发布时间：2020-05-06\n{BODY}", "2020-05-06", "page"),
        (f"项目建设忙\n（2020年5月6日）\n{BODY}", "2020-05-06", "page"),
        (f"关于项目建设的通知\n{BODY}\n县发改局\n二〇二〇年十月二十一日", "2020-10-21", "page"),
        (f"项目建设忙\n新华社南京2020年3月5日电 {BODY}", "2020-03-05", "dateline"),
        (f"关于上半年计划执行的报告\n——2020年8月6日在县第十届人大常委会第五次会议上\n{BODY}", "2020-08-06", "title"),
        (f"全县项目建设忙(2020年05月06日)\n{BODY}", "2020-05-06", "title"),
    ],
)
def test_dates_of_the_page(frame: Callable[..., Frame], text: str, date: str, how: str) -> None:
    found = frame(text)
    assert (found.date, found.date_from) == (date, how)


def test_metadata_beats_the_page(frame: Callable[..., Frame]) -> None:
    found = frame(f"项目建设忙\n发布时间：2020-05-06\n{BODY}", date="2020-05-08")
    assert (found.date, found.date_from) == ("2020-05-08", "meta")


def test_the_page_makes_a_known_year_exact(frame: Callable[..., Frame]) -> None:
    assert frame(f"项目建设忙\n发布时间：2020-05-06\n{BODY}", date="2020").date == "2020-05-06"
    assert frame(f"项目建设忙\n新华社南京3月5日电 {BODY}", date="2020").date == "2020-03-05"
    assert frame(f"项目建设忙\n发布时间：2021-05-06\n{BODY}", date="2020").date == "2020"


def test_the_address_tells_the_day(frame: Callable[..., Frame]) -> None:
    found = frame(f"项目建设忙\n{BODY}", url="https://example.org/a/202005/t20200506_1.html")
    assert (found.date, found.date_from) == ("2020-05-06", "url")


def test_the_headline_names_the_place(frame: Callable[..., Frame]) -> None:
    assert frame(f"郯城县项目建设忙\n{BODY}").place == "郯城县"
    assert frame(f"山东郯城：项目建设忙\n{BODY}").place == "郯城县"
    assert frame(f"余姚投资22亿抓项目\n{BODY}余姚将继续努力。").place == "余姚市"


def test_a_headline_that_says_where_something_happened_names_no_place(frame: Callable[..., Frame]) -> None:
    text = "全国林业大会在杭州市举行\n大会邀请了三十个国家的代表，共签约项目50个，总金额120亿元。"
    assert frame(text).place == ""


def test_the_scope_word_asks_for_a_place_of_its_level(frame: Callable[..., Frame]) -> None:
    text = f"项目建设忙\n{BODY}本周，郯城县组织各镇到临沂市参观学习。"
    assert frame(text, {"郯城县": "place", "临沂市": "place"}).place == "郯城县"


def test_the_counties_of_a_city_tell_the_city(frame: Callable[..., Frame]) -> None:
    names = ["茅箭区", "张湾区", "丹江口市", "郧西县"]
    text = "\n".join(["新增学位", BODY.replace("全县", "全市"), *(f"{name}新增1200个。" for name in names)])
    assert frame(text, dict.fromkeys(names, "place")).place == "十堰市"


def test_the_place_that_an_article_keeps_naming(frame: Callable[..., Frame]) -> None:
    body = "湘潭市各景区游人不断。\n韶山市迎来18万人次。\n湘潭市的收入增长一成。"
    found = frame(f"假期旅游红火\n{body}", {"湘潭市": "place", "韶山市": "place"})
    assert (found.place, found.place_from) == ("湘潭市", "text")
    assert (
        frame(
            "假期旅游红火\n湘潭市、岳阳市、长沙市的景区人多。\n岳阳市尤其。", {"湘潭市": "place", "岳阳市": "place"}
        ).place
        == ""
    )
    assert frame("发布会召开\n新华社北京3月5日电 出口增长。", {"北京": "place"}).place == ""


def test_where_an_event_is_held_is_not_whom_it_is_about(frame: Callable[..., Frame]) -> None:
    text = f"我市推介会在上海举行\n{BODY.replace('全县', '全市')}"
    assert frame(text, {"上海": "place"}).place == ""


def test_a_company_from_elsewhere_says_nothing_of_the_place(frame: Callable[..., Frame]) -> None:
    text = f"项目签约\n{BODY.replace('全县', '我市')}上海云石食品科技有限公司参加。"
    assert frame(text, {"上海云石食品科技有限公司": "organisation"}).place == ""


def test_the_issuer_names_the_place(frame: Callable[..., Frame]) -> None:
    found = frame("2019年统计公报\n大庆市统计局\n初步核算，地区生产总值比上年增长3%，城镇居民收入增加。")
    assert (found.place, found.place_from) == ("大庆市", "byline")


def test_national_news_has_no_place(frame: Callable[..., Frame]) -> None:
    text = "前三季度空气质量改善\n记者从生态环境部了解到，前三季度北京市、上海市等城市空气质量总体改善，优良天数增加。"
    assert frame(text, {"北京市": "place", "上海市": "place"}).place == ""


def test_metadata_names_the_place(frame: Callable[..., Frame]) -> None:
    assert frame(f"项目建设忙\n{BODY}", place="云溪县").place == "云溪县"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"沅芷县项目建设忙\n{BODY}", "沅芷县"),
        (f"2021年沅芷县国民经济和社会发展统计公报\n{BODY}", "沅芷县"),
        (f"【民生速览】上半年沅芷省地表水优良比例上升\n{BODY.replace('全县', '全省')}", "沅芷省"),
        (f"项目建设忙\n沅芷县统计局\n{BODY}", "沅芷县"),
        (f"项目建设忙\n{BODY}走进沅芷县，机器轰鸣。", "沅芷县"),
        (
            "前三季度沅芷外贸稳住大盘\n据沅芷海关统计，全市进出口增长2.7%。沅芷对东盟进出口增长。沅芷海关表示有信心。",
            "沅芷市",
        ),
        (f"全国秋粮丰收在望\n{BODY}在沅芷县，收割机正忙。", ""),
        (f"项目建设忙\n{BODY}全县是百强县，中心城区面貌一新。", ""),
        ("欧元区工业产值下降\n统计局13日发布的数据显示，欧元区工业产值环比下降1.1%。", ""),
        ("江北地区全力抢险救灾\n近日，江北地区出现极端降雨，转移群众1.2万人。", ""),
    ],
)
def test_places_that_no_gazetteer_holds(frame: Callable[..., Frame], text: str, place: str) -> None:
    assert frame(text).place == place


def test_the_head_of_a_newspaper_dates_its_articles(frame: Callable[..., Frame]) -> None:
    found = frame(f"云溪日报  2023年3月6日 星期一  第二版\n项目建设忙\n本报记者 李向阳\n{BODY}")
    assert (found.date, found.date_from) == ("2023-03-06", "page")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("美得州化工厂火灾持续\n当地时间3日，美国得克萨斯州一家化工厂起火，得州州长称火势受控。", ""),
        ("库尔斯克州发生交火\n军方说，库尔斯克州有三个居民点，库尔斯克州形势紧张。", ""),
        ("日本熊本县发生地震\n日本熊本县5日发生地震，造成三人受伤，熊本县政府正在救援。", ""),
        ("沙特设立四个经济特区\n沙特宣布设立四个经济特区，推动经济多元发展。", ""),
        ("船箭组合体转运至发射区\n今天，组合体安全转运至发射区，计划近日发射。", ""),
        (f"项目建设忙\n为积极响应县委的号召，干部走村入户。{BODY}", ""),
        (f"时任临沂市领导谈往事\n{BODY.replace('全县', '全市')}", "临沂市"),
        (f"吉林：项目建设忙\n{BODY.replace('全县', '全省')}", "吉林省"),
        ("纪录片《郯城记》开播\n纪录片《郯城记》今晚开播，共5集，讲述30位老人的故事。", ""),
    ],
)
def test_names_that_only_look_like_places(frame: Callable[..., Frame], text: str, place: str) -> None:
    assert frame(text).place == place


def test_the_masthead_names_the_place_of_its_pages(frame: Callable[..., Frame]) -> None:
    text = f"郯城日报 2023年3月6日 星期一 第二版\n项目建设忙\n本报记者 李向阳\n{BODY}"
    assert frame(text).place == "郯城县"


def test_an_article_of_a_page_takes_the_place_that_the_page_has(pages: Pages) -> None:
    text = f"郯城县项目建设忙\n本报记者 李向阳\n{BODY}\n审批不出园\n本报讯（记者 张大山）{BODY}"
    layout = pages.divide(Page("page", text, Meta()))
    frames = pages.frames(layout, [[[] for _ in a.paragraphs] for a in layout.articles])
    assert [(f.place, f.place_from) for f in frames] == [("郯城县", "title"), ("郯城县", "page")]


def test_the_lines_of_a_page_are_looked_through_once_for_all_its_articles(pages: Pages) -> None:
    furniture = "\n".join(f"第{n}版 云溪日报 版面导航" for n in range(1, 40))
    text = f"{furniture}\n" + "\n\n".join(f"全县{x}忙\n本报讯（记者 陈立德）{BODY}" for x in "春夏秋冬农工商学水电")
    layout = pages.divide(Page("page", text))
    finder = pages._framer._places  # the cost, not the answer, is tested
    scanned: list[str] = []
    scan = finder._scan

    def counting(line: str) -> Iterator[str]:
        scanned.append(line)
        return scan(line)

    finder._scan = counting  # type: ignore[method-assign]
    try:
        pages.frames(layout, [[[] for _ in a.paragraphs] for a in layout.articles])
    finally:
        finder._scan = scan  # type: ignore[method-assign]
    own = len(layout.furniture) + sum(len(a.paragraphs) for a in layout.articles)
    assert len(layout.articles) == 10
    assert len(scanned) <= 2 * own


@pytest.mark.parametrize(
    ("text", "names", "place", "how"),
    [
        ("项目建设忙\n2022年，通渭县改造小区26个。县委、县政府高度重视。", {"通渭县": "place"}, "通渭县", "bodies"),
        ("项目建设忙\n近期，倒水镇修路5公里。今年，该镇再修3公里。", {"倒水镇": "place"}, "倒水镇", "bodies"),
        ("项目建设忙\n今年以来，全椒县抓项目。全椒县水厂已建成。", {"全椒县": "place"}, "全椒县", "text"),
        ("冬修水利\n蔚县供电公司巡视变电站12座，全县用电平稳。", {"蔚县供电公司": "organisation"}, "蔚县", "scope"),
        ("全国春播过半\n通渭县播种3万亩。通渭县农机2000台。通渭县水足。", {"通渭县": "place"}, "", ""),
        ("一季度快递增长\n全国快递增长。我国中部更快，通渭县也快，通渭县发件3万件。", {"通渭县": "place"}, "", ""),
        ("创城动态\n徐沟镇发放材料2万份，全镇参与。孟封镇清理垃圾。集义乡刷写标语。", {}, "", ""),
    ],
)
def test_a_place_without_a_word_of_its_own(
    frame: Callable[..., Frame], text: str, names: dict[str, str], place: str, how: str
) -> None:
    found = frame(text, names)
    assert (found.place, found.place_from) == (place, how)


def test_what_only_looks_like_a_division_is_no_place(frame: Callable[..., Frame]) -> None:
    assert frame("敖寨侗族乡：建设幸福乡村\n去年，我乡脱贫748户。", {"敖寨侗族乡": "place"}).place == "敖寨侗族乡"
    assert (
        frame("集中开工\n今天，我县项目开工，澄城县常务副县长到场。来自渭南的企业3家。", {"澄城县": "place"}).place
        == "澄城县"
    )


def test_the_day_on_which_a_page_was_read_does_not_date_it(frame: Callable[..., Frame]) -> None:
    assert frame(f"欢迎光临云溪生活网!\n今天是 2025年04月20日 星期天\n2023年，{BODY}").date == ""
    assert frame(f"项目建设忙\n11-15 16:24\n2016年，{BODY}").date in {"2016", ""}


def test_a_comparison_said_behind_the_year_does_not_date(frame: Callable[..., Frame]) -> None:
    assert frame("假日旅游旺\n今年首日接待游客11万人次，较疫情前的2019年同期相比增长15%。").date == ""


@pytest.mark.parametrize(
    ("text", "names", "place"),
    [
        ("夜查酒驾\n3月16日晚，浠水县交警大队查获酒驾20起。", {"浠水县交警大队": "organisation"}, "浠水县"),
        ("光伏惠民\n福田镇阳光好。\n福田镇有电站3座，塘坝村1座。\n福田镇还将再建。", {"福田镇": "place"}, "福田镇"),
        ("示范入选\n我市3个项目入选，数量居全省第二。全市累计17个。江苏日报关注。", {"江苏": "place"}, ""),
        ("县委书记会见来宾\n通渭县来客3人。通渭县很好。通渭县有麦。", {"通渭县": "place"}, ""),
        ("追赶超越\n该县坚持生态立县，建设六个洋县，完成投资93亿元。", {}, ""),
    ],
)
def test_the_place_that_only_the_text_names(
    frame: Callable[..., Frame], text: str, names: dict[str, str], place: str
) -> None:
    assert frame(text, names).place == place


def test_a_month_up_to_which_something_is_told_gives_the_year(frame: Callable[..., Frame]) -> None:
    assert frame("云溪高新区：招商有方 时间:2024-12-04 来源:云溪日报\n园区投产企业30家。").date == "2024-12-04"


def test_an_article_that_only_tells_its_year_shares_the_pages_day(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = f"东湖镇项目建设忙\n来源：云溪日报 2023-07-21\n{BODY}\n责任编辑：李向阳"
    second = f"西湖镇2023年上半年用水情况\n本报讯（记者 张大山）{BODY}"
    layout = pages.divide(Page("page", f"{first}\n{second}", Meta()))
    monkeypatch.setattr("zhengwen.times.evidence.published_year", lambda *_: ("2023", "headline"))
    frames = pages.frames(layout, [[[] for _ in a.paragraphs] for a in layout.articles])
    assert [f.date for f in frames] == ["2023-07-21"] * 2


def test_towns_and_single_counties_stand_for_an_article_without_words_of_scope(frame: Callable[..., Frame]) -> None:
    town = "西红柿丰收\n今年，新汶街道大洛沟社区建棚7个。\n新汶街道还将建棚。"
    assert frame(town, {"新汶街道": "place", "大洛沟社区": "place"}).place == "新汶街道"
    two = "两地丰收\n今年，福州市扩种。新汶街道建棚7个，大连市也建棚。\n新汶街道还将建棚。福州市有棚，大连市有棚。"
    assert frame(two, {"新汶街道": "place", "福州市": "place", "大连市": "place"}).place == ""
    county = "大棚建设\n今年，霍林郭勒市建设农业园区，完成投资1.33亿元。\n来源:通辽日报"
    assert frame(county, {"霍林郭勒市": "place"}).place == "霍林郭勒市"


def test_the_whole_day_of_a_line_beats_a_month_in_it(frame: Callable[..., Frame]) -> None:
    text = f"2022年9月社会消费品零售总额 2022-10-25 来源:市统计局\n社会消费品零售总额情况\n{BODY}"
    assert frame(text).date == "2022-10-25"


def test_a_headline_of_several_places_or_of_games_is_about_none_of_them(frame: Callable[..., Frame]) -> None:
    text = "今天，韶关新增降雨站点3个，江苏排水站开机12台。"
    assert frame(f"河南江苏等地加紧防汛\n{text}", {"江苏": "place", "河南": "place"}).place == ""
    assert frame("成都世运会领跑金牌榜\n成都世运会今天产生金牌3枚。").place == ""
    assert frame("成都领跑新赛道\n成都今年新增企业3000家。").place == "成都市"
