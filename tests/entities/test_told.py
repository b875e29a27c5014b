"""People that only the evidence of the whole page tells, and names written by sound."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Names = Callable[[str], list[tuple[str, str]]]


def people(names: Names, text: str) -> list[str]:
    return [n for n, t in names(text) if t == "person"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("赵欣萌一次次挑战，不断探索。", ["赵欣萌"]),
        ("2010年，徐淑祥牵头成立了合作社。", ["徐淑祥"]),
        ("周勇、周东峰等参加会见。", ["周勇", "周东峰"]),
        ("同样苦苦寻找的还有廖梅，她是项目的执行人。", ["廖梅"]),
        ("经过孙聪和队友的努力，孙聪把人救了上来。", ["孙聪", "孙聪"]),
        ("会议决定免去秦刚强同志的职务。", ["秦刚强"]),
        ("女儿赵晓雯在城里上学。", ["赵晓雯"]),
        ("镇里来了位姑娘，叫彭夏英，记者来到彭夏英家。", ["彭夏英", "彭夏英"]),
        ("航天员王杰、陈宇出征。随后王杰出舱，王杰打开舱门。", ["王杰", "陈宇", "王杰", "王杰"]),
    ],
)
def test_told(names: Names, text: str, expected: list[str]) -> None:
    assert people(names, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "推进高水平开放，实现高水平发展。",
        "这里有富贵竹、白玉兰等花木。",
        "强国必先强农，农强方能国强。",
        "黄金、白银、石油价格上涨。",
        "林火持续蔓延，林火逼近小镇。",
        "走进柳溪村，柳溪村正在修路。",
        "党员干部要常思常想。",
        "我谨代表安东政府表示感谢。",
        "他同青年师生交流。",
    ],
)
def test_nobody_is_told(names: Names, text: str) -> None:
    assert people(names, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("塞内加尔总统法耶举行会谈。", ["法耶"]),
        ("能源部长科恩2日称，没有讨论。", ["科恩"]),
        ("维什瑙12日表示，正在调查。维什瑙未公布名单。", ["维什瑙", "维什瑙"]),
        ("约旦国王阿卜杜拉二世前往广场。", ["阿卜杜拉二世"]),
        ("双方落实同迪萨纳亚克总统的共识。", ["迪萨纳亚克"]),
        ("研究员威廉·赖因施表示，赖因施还说，此举不妥。", ["威廉·赖因施", "赖因施"]),
        ("多米尼克总理斯凯里特25日到达。", ["斯凯里特"]),
    ],
)
def test_sounds(names: Names, text: str, expected: list[str]) -> None:
    assert people(names, text) == expected


@pytest.mark.parametrize(
    "text", ["科摩罗总统阿里到访。", "古巴主席到访。", "部长科研工作会议召开。", "克里姆林宫表示。"]
)
def test_what_only_sounds_foreign(names: Names, text: str) -> None:
    assert not {"科摩罗", "古巴", "科研", "克里姆林"} & set(people(names, text))


def test_a_relation_is_no_role(book) -> None:
    entities = {e.name: e for e in book("队友赵雅妮获得铜牌，市长郑立群到场。").entities}
    assert entities["赵雅妮"].role == ""
    assert entities["郑立群"].role == "市长"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("任命：\n乌兰（女，蒙古族）为白石市民政局局长；", ["乌兰"]),
        ("免去：\n司马俊的白石市人民政府副市长职务；", ["司马俊"]),
        ("何劲波、秦若兰（女）、邓起航、戴国梁当选。", ["何劲波", "秦若兰", "邓起航", "戴国梁"]),
        ("会议到此结束。（赵甜甜　钱 峰）", ["赵甜甜", "钱 峰"]),
        ("（沈括苍）", ["沈括苍"]),
        ("白石市融媒体中心　赵小川", ["赵小川"]),
        ("镇长  贺 春 生", ["贺 春 生"]),
        ("核稿：覃少康　　值班员：陆小芸", ["覃少康", "陆小芸"]),
        ("撰文_赵博识 摄影_钱江革", ["赵博识", "钱江革"]),
    ],
)
def test_notices_bylines_and_lists(names: Names, text: str, expected: list[str]) -> None:
    assert people(names, text) == expected
