"""Which places in front of a name are its address, and names that stand right behind such places."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from zhengwen.entities import Book

Names = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("位于武汉市东湖高新区的企业复工。", "东湖高新区", "place"),
        ("贵州省黔西南州义龙试验区开工。", "黔西南州", "place"),
        ("贵州省黔西南州义龙试验区开工。", "义龙试验区", "place"),
        ("利津经济开发区今年开工。", "利津经济开发区", "place"),
        ("安徽省庐江县冶父山镇幸福村青禾果园黄金梨种植基地开园。", "冶父山镇", "place"),
        ("郯城县金谷博士创业园开园。", "郯城县金谷博士创业园", "project"),
        ("在利津经济开发区长凯石油科技股份有限公司调研。", "长凯石油科技股份有限公司", "organisation"),
        ("大洋街道通榆北村小区是老小区。", "通榆北村小区", "project"),
        ("在花垣县牛角山村，茶园返青。", "牛角山村", "place"),
        ("河北省玉田县张土桥村的广场上有戏。", "张土桥村", "place"),
        ("廖家桥镇菖蒲塘村种柚子。", "菖蒲塘村", "place"),
        ("位于本溪市本溪满族自治县境内。", "本溪市", "place"),
        ("后池小学有学生80多人。", "后池小学", "organisation"),
        ("引入上海均和集团参与运营。", "上海均和集团", "organisation"),
        ("该公司与该区科伦纸业合作。", "科伦纸业", "organisation"),
        ("该县旅游局统计，游客增加。", "县旅游局", "organisation"),
        ("兵团第七师胡杨河经济技术开发区投产。", "胡杨河经济技术开发区", "place"),
        ("长兴县云岭产业园及配套基础设施项目开工。", "长兴县云岭产业园及配套基础设施项目", "project"),
        ("长兴县人民医院住院综合楼建成。", "长兴县人民医院住院综合楼", "project"),
        (
            "青禾集团重油加氢及质量升级项目、云岭公司节能保温墙体材料项目等开工。",
            "云岭公司节能保温墙体材料项目",
            "project",
        ),
    ],
)
def test_names(names: Names, text: str, name: str, kind: str) -> None:
    assert (name, kind) in names(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("来到偏远山村支教。", "远山村"),
        ("在某县示范村推广。", "示范村"),
        ("招引一批补链、强链的企业。", "引一批补链"),
        ("增开西安至华山方向的高铁。", "西安至华山方向的高铁"),
        ("推进党组织领办合作社试点。", "党组织领办合作社"),
        ("建成规模化产业园区。", "规模化产业园区"),
        ("形成“三区一中心”布局。", "三区一中心"),
        ("人员兵分八路，分头检查。", "兵分八路"),
        ("大量繁忙路段拥堵。", "繁忙路"),
        ("加快建设美丽常州。", "美丽常州"),
        ("实施民生保障项目、基础设施项目等。", "民生保障项目"),
        ("龙岗镇本村小学招生。", "本村小学"),
    ],
)
def test_what_only_looks_like_one_is_no_name(names: Names, text: str, name: str) -> None:
    assert name not in {n for n, _ in names(text)}


def test_a_short_autonomous_name_is_the_full_one(book: Callable[[str], Book]) -> None:
    found = book("威宁彝族回族苗族自治县种植苹果。\n村民在威宁自治县采收苹果。")
    (place,) = [e for e in found.entities if e.name.startswith("威宁")]
    assert place.name == "威宁彝族回族苗族自治县"
    assert "威宁自治县" in place.aliases
