"""Names by their field: what stands between an anchor or a list's mark and a suffix that only ends names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Names = Callable[[str], list[tuple[str, str]]]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("洛阳市公共设施建设中心负责施工。", "洛阳市公共设施建设中心", "organisation"),
        ("记者从赣州农村合作银行获悉。", "赣州农村合作银行", "organisation"),
        ("大庆高新创新实验中学开学。", "大庆高新创新实验中学", "organisation"),
        ("新建了青禾苑幼儿园、大通路小学、北宸紫郡幼儿园。", "大通路小学", "organisation"),
        ("向郯城县黑土地种养殖专业合作社发放贷款。", "郯城县黑土地种养殖专业合作社", "organisation"),
        ("洛阳市突发疫情应急处置指挥部发布通告。", "洛阳市突发疫情应急处置指挥部", "organisation"),
        ("调任洛阳市涧西区区委书记。", "洛阳市涧西区区委", "organisation"),
        ("洛阳市财政局党组书记赵小川说。", "洛阳市财政局", "organisation"),
        ("住在洛阳市长春路绿城购物中心对面。", "绿城购物中心", "project"),
        ("位于湖滨区青埔社区温泉东路2250号。", "温泉东路", "place"),
        ("经满洲里铁路口岸站运往国外。", "满洲里铁路口岸站", "project"),
    ],
)
def test_found(names: Names, text: str, name: str, kind: str) -> None:
    assert (name, kind) in names(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("新建、扩建一批公办幼儿园、小学。", "公办幼儿园"),
        ("洛阳市建设国际金融中心。", "洛阳市建设国际金融中心"),
        ("县农委和县财政局联合发文。", "和县"),
        ("双向四车道高速公路通车。", "四车道高速公路"),
        ("东风号盾构机始发。", "东风"),
    ],
)
def test_not_found(names: Names, text: str, name: str) -> None:
    assert name not in dict(names(text))
