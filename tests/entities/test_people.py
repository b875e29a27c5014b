"""Names of people by roles, verbs, lists and repetition."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Names = Callable[[str], list[tuple[str, str]]]


def people(names: Names, text: str) -> list[str]:
    return [n for n, t in names(text) if t == "person"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本报记者 赵海川 通讯员 钱晓林 孙悦", ["赵海川", "钱晓林", "孙悦"]),
        ("（记者 周明远 通讯员 吴丽）", ["周明远", "吴丽"]),
        ("市长郑立群介绍，工程已开工。", ["郑立群"]),
        ("村民王大山说：日子好了。", ["王大山"]),
        ("，冯小青介绍，今年种了树。", ["冯小青"]),
        ("责任编辑：陈晓东", ["陈晓东"]),
        ("记者赵海川 摄", ["赵海川"]),
        ("来自清华大学的刘文博教授表示赞同。", ["刘文博"]),
        ("会见总统约翰·史密斯一行。", ["约翰·史密斯"]),
        ("本报讯（赵海川 钱林）近日，", ["赵海川", "钱林"]),
        ("统战部部长贺卫东，秘书长戴少平等出席。", ["贺卫东", "戴少平"]),
        ("协会会长黄远远一行到访。", ["黄远远"]),
        ("招商一局局长赵飞话音刚落。", ["赵飞"]),
        ("市委办主任周功表，副区长吴兴东及有关部门参加。", ["周功表", "吴兴东"]),
        ("原任区委书记的谢元，调任市长。", ["谢元"]),
        ("餐馆老板杨超打了一声招呼。", ["杨超"]),
        ("获奖的有投递员杨小辉、司机若干。", ["杨小辉"]),
    ],
)
def test_found(names: Names, text: str, expected: list[str]) -> None:
    assert people(names, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "记者从市财政局了解到。",
        "市长高度重视。",
        "施工员安全，投递员高兴，技师学院招生。",
        "主任委员钟山向会议作报告。",
        "其成员向以军开火。",
        "专家说，有人反对。",
        "主任和书记都到场。",
        "代表团抵达。",
        "大家都说好。",
        "教授方面表示。",
    ],
)
def test_no_people(names: Names, text: str) -> None:
    assert people(names, text) == []


def test_list_of_people_with_their_bodies(stage, book) -> None:
    page = "组    长：赵海川\n成    员：钱 林（市教育局）\n孙悦山（市水利局）\n"
    entities = {e.name: e for e in book(page).entities}
    assert entities["赵海川"].role == "组长"
    assert entities["钱林"].role == "成员"
    assert entities["孙悦山"].role == "成员"
    assert entities["市水利局"].type == "organisation"


def test_a_certain_name_is_found_again(names: Names) -> None:
    assert people(names, "村民王大山说：好。\n后来王大山种了树。") == ["王大山", "王大山"]
