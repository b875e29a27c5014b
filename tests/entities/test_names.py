"""Names by lists, suffixes, patterns and lists in the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Names = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("昨天在石家庄市举行。", "石家庄市", "place"),
        ("洪水流经辽河，水位上涨。", "辽河", "place"),
        ("教育部发布通知。", "教育部", "organisation"),
        ("据新华社报道。", "新华社", "organisation"),
        ("北京市财政局拨付资金。", "北京市财政局", "organisation"),
        ("县农业农村局派人来了。", "县农业农村局", "organisation"),
        ("山东金谷源食品有限公司投产。", "山东金谷源食品有限公司", "organisation"),
        ("由福泽医药包装有限公司提供。", "福泽医药包装有限公司", "organisation"),
        ("郑州大学的学生。", "郑州大学", "organisation"),
        ("位于翠云路与金谷大道之间。", "翠云路", "place"),
        ("西至龙泉河，北到香樟河。", "龙泉河", "place"),
        ("走进柳溪村，看到新房。", "柳溪村", "place"),
        ("沿207国道向北。", "207国道", "place"),
        ("由中铁二十局施工。", "中铁二十局", "organisation"),
        ("金源科技园入驻企业多。", "金源科技园", "project"),
        ("翠云路改造工程开工。", "翠云路改造工程", "project"),
        ("其中12省道至5国道段全长。", "12省道至5国道段", "project"),
        ("印发《关于加快林果业发展的实施意见》。", "关于加快林果业发展的实施意见", "document"),
        ("据《江城晚报》报道。", "江城晚报", "organisation"),
        ("清河市第三中学举办运动会。", "清河市第三中学", "organisation"),
        ("启动了“清水廊”项目。", "“清水廊”项目", "project"),
        ("华清新材料（湖州）有限公司投产。", "华清新材料（湖州）有限公司", "organisation"),
        ("3.汇聚（宝安）创新园。", "汇聚（宝安）创新园", "project"),
        ("陶家嘉陵江大桥合龙。", "陶家嘉陵江大桥", "project"),
        ("2.中天钢铁铝板带项目（一期）。", "中天钢铁铝板带项目（一期）", "project"),
        ("虎头园区综合开发项目开工。", "虎头园区综合开发项目", "project"),
        ("轨道交通3号线一期开工。", "轨道交通3号线一期", "project"),
        ("乘坐地铁2号线前往。", "地铁2号线", "project"),
        ("青白高速东山至西山段完成路基。", "青白高速东山至西山段", "project"),
        ("比亚迪动力电池项目投产。", "比亚迪动力电池项目", "project"),
        ("成都未来科技城招商。", "成都未来科技城", "project"),
        ("双溪口水库工程蓄水。", "双溪口水库工程", "project"),
        ("与京港澳高速相交。", "京港澳高速", "place"),
        ("闵行区政府签署协议。", "闵行区政府", "organisation"),
        ("黄陂区委统战部派人来了。", "黄陂区委统战部", "organisation"),
        ("余杭农商银行放款3亿元。", "余杭农商银行", "organisation"),
        ("建行中山分行放款3亿元。", "建行中山分行", "organisation"),
        ("白石大学直属第二附属医院开诊。", "白石大学直属第二附属医院", "organisation"),
        ("其中南宁铁路局增开列车。", "南宁铁路局", "organisation"),
        ("项目由上海润达源技术有限公司投资。", "上海润达源技术有限公司", "organisation"),
        ("茶园街道党工委开会。", "茶园街道党工委", "organisation"),
        ("贷款主要投向华中冷链港。", "华中冷链港", "project"),
        ("江苏明远智能科技董事长来访。", "江苏明远智能科技", "organisation"),
        ("市招商促进中心负责人到场。", "市招商促进中心", "organisation"),
        ("滨湖区农村生活污水治理项目动工。", "滨湖区农村生活污水治理项目", "project"),
        ("白石至青山段公路改建工程完工。", "白石至青山段公路改建工程", "project"),
        ("远洋高科·金西创新产业园开园。", "远洋高科·金西创新产业园", "project"),
        ("集中开工良马乡连翘产业深加工、东河水库除险加固等12个重点项目。", "良马乡连翘产业深加工", "project"),
        ("引进京龙钨钼、陕西海升等一批大企业入驻。", "京龙钨钼", "organisation"),
        ("新建国瑞学校已经开学。", "国瑞学校", "organisation"),
        ("包括蔡店街、罗汉街。", "罗汉街", "place"),
        ("横山景区接待游客。", "横山景区", "place"),
        ("位于建设路与发展大道交叉口。", "发展大道", "place"),
        ("云门乡四台村的秋茶采完了。", "四台村", "place"),
        ("榉溪镇大坳村通了车。", "大坳村", "place"),
        ("丁家坝社区建了公园。", "丁家坝社区", "place"),
        ("市人力资源和社会保障局局长介绍。", "市人力资源和社会保障局", "organisation"),
        ("以宏驰传动、金拓轴承为代表的企业。", "金拓轴承", "organisation"),
        ("住在文汇街道友谊小区的人。", "友谊小区", "project"),
        ("未央路盛泽广场关闭。", "盛泽广场", "project"),
        ("东大街封闭施工。", "东大街", "place"),
        ("凤城五路通车。", "凤城五路", "place"),
        ("浦江县郑宅镇上郑村任职。", "上郑村", "place"),
        ("巍山县水利化程度改善。", "巍山县", "place"),
        ("走访湘沅盐化、天盛电化等重点企业，调研。", "湘沅盐化", "organisation"),
        ("中国化学工程集团开工。", "中国化学工程集团", "organisation"),
        ("市政协常委到场。", "市政协", "organisation"),
        ("走进青柳镇、高荡村、晓垅村。", "高荡村", "place"),
        ("那时叫白石街道第九居民委员会。", "白石街道第九居民委员会", "organisation"),
        ("四川大学党委统战部组织参观。", "四川大学党委统战部", "organisation"),
        ("柳坝镇有81个村民组。", "柳坝镇", "place"),
        ("落户金桥产业园内的企业。", "金桥产业园", "project"),
        ("今年，金桥公园新增树木。", "金桥公园", "project"),
        ("红旗村委会有职工5人。", "红旗村委会", "organisation"),
        ("城北派出所民警赶到。", "城北派出所", "organisation"),
        ("转到县医院住院。", "县医院", "organisation"),
        ("光明社区党支部书记到场。", "光明社区", "place"),
        (
            "白石市青山区第一届人民代表大会常务委员会主任讲话。",
            "白石市青山区第一届人民代表大会常务委员会",
            "organisation",
        ),
    ],
)
def test_found(names: Names, text: str, name: str, kind: str) -> None:
    assert (name, kind) in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "修建一条致富路，村民走上小康路。",
        "全市派出所和辖区派出所民警到场。",
        "全县医院共10家，各县医院都在内。",
        "与村委会协商，新村委会大院落成。",
        "平安社区创建，安全社区和文化社区建设。",
        "绿水青山就是金山银山。",
        "企业在工业园区建设生产线。",
        "获评省级文明街道。",
        "农村道路和城市公园。",
        "建设国家级示范基地。",
        "中国制造走向世界。",
        "各有关单位、各部门要提高思想认识。",
        "解放思想，振兴经济，延长期限。",
        "观看了《长征组歌》。",
        "基础设施项目和产业项目完成投资过半。",
        "1.基础设施建设项目。标准厂房建设项目。",
        "高标准农田建设项目按期完成。",
    ],
)
def test_no_names(names: Names, text: str) -> None:
    assert names(text) == []


def test_short_places_need_word_borders(names: Names) -> None:
    assert ("河南", "place") in names("在河南开工。")
    assert ("河南", "place") not in names("黄河南岸。")


def test_longest_name_wins(names: Names) -> None:
    found = names("山东省泰安市人民医院扩建。")
    assert found[-1] == ("山东省泰安市人民医院", "organisation")


def test_list_gives_its_items_the_type_of_its_head(names: Names) -> None:
    found = names("下辖青柳、白塔坡、龙岗岭3个行政村。")
    assert {("青柳", "place"), ("白塔坡", "place"), ("龙岗岭", "place")} <= set(found)


def test_list_of_companies_by_short_names(names: Names) -> None:
    found = names("园区入驻企业主要有清源检测、瑞泽软件、博恒仪器等。")
    assert {"清源检测", "瑞泽软件", "博恒仪器"} <= {n for n, t in found if t == "organisation"}


def test_bare_zone_before_a_division_is_its_place(names: Names) -> None:
    assert ("高新区", "place") in names("高新区柳溪街道完成税收3亿元。")


def test_name_with_a_numeral_outweighs_figures(weights: Callable[[str], list[int]]) -> None:
    assert weights("清河市第三中学举办运动会。") == [80]
    assert weights("清河市公安局通报。") == [30]
    assert weights("十堰市公安局通报。") == [96]
