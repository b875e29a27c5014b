"""Works by who builds them, how much they make and where; roads and schools by number; companies by place and trade."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Names = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("总投资35亿元的开磷集团60万吨多功能复合肥项目，预计9月建成。", "开磷集团60万吨多功能复合肥项目", "project"),
        ("洛阳立雅信5万吨致密刚玉、安达科技新能源材料等项目已建成。", "洛阳立雅信5万吨致密刚玉", "project"),
        ("洛阳待见沙棘饮料、锦绣养殖等农业产业项目建设完工。", "洛阳待见沙棘饮料", "project"),
        ("启动省道201洛阳段建设。", "省道201洛阳段", "project"),
        ("班列从大庆市卧里屯站始发。", "卧里屯站", "project"),
        ("由四川路桥承建的大桥合龙。", "四川路桥", "organisation"),
        ("学校与洛阳六中签约办学。", "洛阳六中", "organisation"),
        ("位于龙港路以东、朝盛路以南。", "朝盛路", "place"),
        ("青山、复兴等13个社区内改造街巷。", "复兴", "place"),
        ("市城建局有关负责人说。", "市城建局", "organisation"),
        ("境内有新华河、葛公河、永正河、光明河。", "永正河", "place"),
        ("洛阳银河稀土新材料有限公司投产。银河稀土精矿前处理项目开工。", "银河稀土精矿前处理项目", "project"),
        ("落户的有白石机械、上海力玄科技等10家企业。", "上海力玄科技", "organisation"),
        ("实施木兰溪下游防洪三期荔涵段工程。", "木兰溪下游防洪三期荔涵段工程", "project"),
        ("香菇产业园占地300亩。", "香菇产业园", "project"),
        ("新建国瑞学校开工。", "国瑞学校", "organisation"),
        ("实施长江干堤路面硬化工程。", "长江干堤路面硬化工程", "project"),
        ("白石河综合治理工程建设稳步推进。", "白石河综合治理工程", "project"),
        ("青石灌区升级改造工程完工。", "青石灌区升级改造工程", "project"),
        ("青山小学扩建、白石中学重建等9个续建项目。", "青山小学扩建", "project"),
        ("位于洛阳市的共享智能助力单车综合产业基地项目开工。", "共享智能助力单车综合产业基地项目", "project"),
        ("航班从本-古里安国际机场起飞。", "本-古里安国际机场", "project"),
        ("严格执行安全生产法，不断努力。", "安全生产法", "document"),
        ("农田受卡霍夫卡水电站溃坝影响。", "卡霍夫卡水电站", "project"),
        ("合理界定黄河国家文化公园范围。", "黄河国家文化公园", "project"),
    ],
)
def test_found(names: Names, text: str, name: str, kind: str) -> None:
    form = {n for n, k in names(text) if k == kind}
    assert any(n == name or n.endswith(name) for n in form)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("建成60万吨复合肥项目。", "60万吨复合肥项目"),
        ("党的十九届五中、六中全会召开。", "五中"),
        ("城市主要道路以南停水。", "主要道路"),
        ("列车从火车站出发。", "火车站"),
        ("今年实施道路、管网等重点项目。", "管网"),
        ("引进一批生物医药、冷链物流等项目。", "冷链物流"),
        ("确保近15万平方米改造工程顺利实施。", "近15万平方米改造工程"),
        ("洛阳市周家镇项目建设稳步推进。", "周家镇项目"),
        ("分别赴江、浙、沪招商。", "赴江"),
        ("各类产业园不断增多。", "产业园"),
        ("进区项目开工率提高。", "进区项目"),
        ("建成高新技术产业园区。", "技术产业园区"),
        ("青山小学扩建后可容纳千人。", "青山小学扩建"),
        ("位于青石镇的重点项目建设提速。", "重点项目"),
        ("位于青石镇的基础设施建设项目完工。", "基础设施建设项目"),
        ("根据有关管理条例，予以处罚。", "有关管理条例"),
        ("全市水利工程建设提速。", "水利工程"),
        ("长江大保护工程公司成立。", "长江大保护工程"),
    ],
)
def test_not_found(names: Names, text: str, name: str) -> None:
    assert name not in dict(names(text))
