"""How aims run on over a sentence, and over the page that sets out a plan."""

from __future__ import annotations

import pytest

from zhengwen.engine import Engine
from zhengwen.rules import load
from zhengwen.stages import Meta, Page

ENGINE = Engine(load())


def statuses(text: str, date: str = "2023-03-01", title: str = "") -> dict[str, str]:
    study = ENGINE.study(Page("x", text, Meta(date=date, title=title)))
    return {f.text: f.status for article in study.articles for f in article.figures}


def test_an_aim_runs_on_over_its_sentence() -> None:
    found = statuses("今年全县计划完成交通投资66亿元，其中公路31亿元；干线公路新改建180公里，农村公路500公里。")
    assert set(found.values()) == {"target"}


@pytest.mark.parametrize("fact", ["已完成9亿元", "目前建成9座", "比上年增加9亿元", "完成9亿元"])
def test_a_fact_ends_the_aim(fact: str) -> None:
    found = statuses(f"今年全县计划新建桥梁66座；{fact}。")
    assert [status for text, status in found.items() if text.startswith("9")] == ["actual"]


def test_what_a_work_is_does_not_run_on() -> None:
    assert statuses("开发区规划面积68平方公里，建成区22平方公里。")["22平方公里"] == "actual"


def test_a_sentence_may_go_on_with_the_aim() -> None:
    found = statuses("方案提出，全县计划清淤沟渠94公里。在综合效益方面，新增灌溉面积11万亩。")
    assert found["11万亩"] == "target"


def test_the_page_of_a_plan_sets_out_aims() -> None:
    text = "新建便民市场6家，改造管网12公里。\n目前全县有便民市场31家。"
    found = statuses(text, title="云溪县2023年民生实事项目")
    assert found == {"6家": "target", "12公里": "target", "31家": "actual"}
    assert statuses(text, title="云溪县民生实事项目全部完成")["12公里"] == "actual"


def test_years_that_lie_ahead() -> None:
    text = "“十五五”期间，全县改造老旧小区115个。"
    assert statuses(text, "2026-04-06") == {"115个": "target"}
    assert statuses(text, "2030-12-06") == {"115个": "actual"}
    assert statuses("“十五五”期间，全县已改造老旧小区115个。", "2026-04-06") == {"115个": "actual"}


def test_a_verb_that_only_moves_its_object_is_no_future() -> None:
    assert statuses("工人们将32个管节连接成6公里的隧道。") == {"32个": "actual", "6公里": "actual"}
    assert statuses("全县将密集开展150场活动。") == {"150场": "target"}
