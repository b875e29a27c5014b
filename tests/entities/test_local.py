"""Names as local pages have them: short companies, works behind their sums, names that only their page makes clear."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Names = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("近日,德兴一中高三学子获奖。", "德兴一中", "organisation"),
        ("石门农商银行现场放款。", "石门农商银行", "organisation"),
        ("与万年县教体局合作。", "万年县教体局", "organisation"),
        ("积极落实武汉科创中心重点任务。", "武汉科创中心", "project"),
        ("从峨边坐高铁只需要一个小时。", "峨边", "place"),
        ("来凤县卫健局说,活动在来凤隆重举行,来凤迎客。", "来凤", "place"),
        ("走进土城镇土城村的田间。", "土城村", "place"),
        ("走进土城镇土城村的田间。", "土城镇", "place"),
        ("22亿元青岚智能家电、10亿元白石公路港枢纽、5亿元圆石物流园等项目开工。", "青岚智能家电", "project"),
        ("先后参观了青垣创业园、湖北一正药业、博智广场等重点项目。", "湖北一正药业", "organisation"),
        ("由针灸科周仲明、妇产科李云兰、放射科刘耕林等专家组成。", "李云兰", "person"),
        ("第一临床学院党委书记来了。", "第一临床学院", "organisation"),
        ("“红石榴”志愿者服务队走进社区。", "“红石榴”志愿者服务队", "organisation"),
        ("来源：红网青山站", "红网青山站", "organisation"),
        ("与湖北赛邦新型装饰材料有限公司签订协议。", "湖北赛邦新型装饰材料有限公司", "organisation"),
        ("衔接北京优顿科技发展有限公司签约。", "北京优顿科技发展有限公司", "organisation"),
        ("黑龙江元丰木业投资2000多万元。", "黑龙江元丰木业", "organisation"),
        ("与我县伍星生化就合作。", "伍星生化", "organisation"),
        ("惠及第二中学、平安小学等学校和怡龙风景、玲珑苑等小区。", "玲珑苑", "project"),
        ("支持奥瑞金、立邦涂料等重点企业创建品牌。", "奥瑞金", "organisation"),
        ("加快建设总投资7亿元的县医院迁建项目。", "县医院迁建项目", "project"),
        ("临县公安局交警大队开展检查。", "临县公安局交警大队", "organisation"),
        ("走进青石镇人民路街道东正社区的院子。", "东正社区", "place"),
        ("先后来到丰弛鞋业、壹路鲜伴、白石科技产业园、希润米业等地察看。", "壹路鲜伴", "organisation"),
        ("走访隆昌服饰、泰众电力、米兰科技等企业。", "米兰科技", "organisation"),
        ("走访天扬光电、瑞恩科技、信得乐电子和航天精工等企业。", "航天精工", "organisation"),
        ("整治芦沟河、尤家沟2条河道13公里。", "尤家沟", "place"),
        ("深入我区新乡立白实业有限公司调研。", "新乡立白实业有限公司", "organisation"),
        ("茶农正在采茶。（徐江垚　郭伟　摄）", "徐江垚", "person"),
        ("市委办、工信局负责人陪同。", "市委办", "organisation"),
    ],
)
def test_local_name_is_found(names: Names, text: str, name: str, kind: str) -> None:
    assert (name, kind) in names(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("南北主干道通车。", "南北主干道"),
        ("黄浦江和苏州河“一江一河”改造。", "一江一河"),
        ("近几年来阜新市大力加强老旧小区改造工作。", "近几年来阜新市大力加强老旧小区改造"),
        ("方片互动网络等信息服务公司发展。", "信息服务公司"),
        ("骨科、放射科等科室开诊。", "等科室"),
        ("公众搭建高质量科普平台、科普活动。", "普平台"),
        ("惠及第二中学的学生。", "惠及第二中学"),
        ("谭慧云一路介绍茶场。", "谭慧云一路"),
        ("位于镇区西南方向。", "西南"),
        ("深入我区新乡立白实业有限公司调研。", "区新乡立白实业有限公司"),
        ("人民路街道各社区都在行动。", "各社区"),
    ],
)
def test_what_only_looks_local_is_no_name(names: Names, text: str, name: str) -> None:
    assert name not in {n for n, _ in names(text)}
