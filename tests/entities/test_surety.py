"""What makes a name of a suffix that ends common nouns too, and where such a name begins."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from zhengwen.entities import Book
from zhengwen.stages import Candidate

Names = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("龙岩锌离子储能电池生产项目、码头扩能工程开工。", "龙岩锌离子储能电池生产项目", "project"),
        ("赣州市老工业区搬迁改造工程总投资9亿元。", "赣州市老工业区搬迁改造工程", "project"),
        ("平潭小练海上风电项目并网。", "平潭小练海上风电项目", "project"),
        ("在洛阳博物馆，展览开幕。", "洛阳博物馆", "project"),
        ("记者从广东交通集团获悉。", "广东交通集团", "organisation"),
        ("石板口水厂一期通水。", "石板口水厂一期", "project"),
        ("市城投集团承建的立交通车。", "市城投集团", "organisation"),
        ("改扩建云台路小学新增学位300个。", "云台路小学", "organisation"),
        ("阳光小学新增学位300个。", "阳光小学", "organisation"),
        ("天津港发运货物。", "天津港", "project"),
        ("确诊病例住在津南区辛庄镇林锦花园。", "林锦花园", "project"),
        ("江西瑞金机场通航。", "瑞金机场", "project"),
        ("杭州萧山国际机场通航。", "杭州萧山国际机场", "project"),
        ("列车距离二连浩特不远。", "二连浩特", "place"),
        ("，县博物馆、红军长征纪念馆免费开放。", "县博物馆", "project"),
        ("，县博物馆、红军长征纪念馆免费开放。", "红军长征纪念馆", "project"),
        ("产业园三期征地310亩。", "产业园三期", "project"),
        ("泾水灌区续建配套与现代化改造完成。", "泾水灌区续建配套与现代化改造", "project"),
        ("国务院安委会办公室部署工作。", "国务院安委会办公室", "organisation"),
        ("鑫禾电子负责人介绍。", "鑫禾电子", "organisation"),
        ("保定市第二医院口腔院区启用。", "保定市第二医院口腔院区", "organisation"),
        ("以城东工业园区为载体。", "城东工业园区", "project"),
    ],
)
def test_names(names: Names, text: str, name: str, kind: str) -> None:
    assert (name, kind) in names(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("辽宁积极开展种质创新工程。", "辽宁积极开展种质创新工程"),
        ("农村小学和民办学校同步改造。", "农村小学"),
        ("要健全学校、家庭协同机制。", "健全学校"),
        ("厦门中心城区路网更密。", "厦门中心"),
        ("市城投集团提速轨道交通建设。", "市城投集团提速轨道交通"),
        ("公园林木茂盛，果园林立。", "果园"),
        ("新入园企业4家，游客入园有序。", "新入园"),
        ("中央外事工作委员会办公室主任出席。", "委员会办公室"),
        ("能够战胜困难、重建家园。", "重建家园"),
        ("新材料、电子信息产业增长，低碳环保意识增强。", "低碳环保"),
        ("城镇老旧小区改造提速。", "城镇老旧小区改造"),
        ("战机从军用机场起飞。", "军用机场"),
        ("新疆铁路加开列车。", "新疆铁路"),
        ("数智化改造和降碳改造并重。", "数智化改造"),
        ("江苏连云港下雨。", "江苏连云港"),
        ("设短道速滑、冰壶等四个项目，选手参加比赛。", "短道速滑"),
    ],
)
def test_common_nouns(names: Names, text: str, wrong: str) -> None:
    assert wrong not in [n for n, _ in names(text)]


def test_address_in_front_is_an_alias(book: Callable[..., Book]) -> None:
    """上海市 is only where it lies; the name begins with the district."""
    (park,) = [e for e in book("与上海市金山区云阳工业园签约。").entities if e.type == "project"]
    assert park.name == "金山区云阳工业园"
    assert "上海市金山区云阳工业园" in park.aliases


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("太时芯光、绿镁科技、朗能电子等18家电子企业相继入驻。", ["太时芯光", "绿镁科技", "朗能电子"]),
        ("已入驻银欣、越众、鑫海祥瑞等光伏企业11家。", ["银欣", "越众", "鑫海祥瑞"]),
        ("杜青软件、合垣机械成功签约。", ["杜青软件", "合垣机械"]),
    ],
)
def test_companies_in_lists(names: Names, text: str, expected: list[str]) -> None:
    found = [n for n, t in names(text) if t == "organisation"]
    assert [n for n in expected if n in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "文化旅游、乡村旅游、红色旅游等旅游项目补助五成。",
        "房地产、装备制造、食品加工等多个行业企业增长。",
        "统筹商贸、市场监管、口岸联检等部门。",
    ],
)
def test_lists_of_common_nouns(names: Names, text: str) -> None:
    assert names(text) == []


def test_name_outweighs_the_idiom_in_it() -> None:
    """十堰 is an idiom to the reader of numerals, and a city in 十堰市专门学校."""
    from zhengwen.arbiter import decide

    idiom = Candidate(0, 2, "idiom", "idioms", 95, None)
    name = Candidate(0, 7, "name", "names.org", 80, None)
    assert decide([idiom, name]).taken[0].end == 7
