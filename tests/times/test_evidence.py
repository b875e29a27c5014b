"""What a text gives away about its own year, and the period that it reports on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from zhengwen.stages import ArticleText, Candidate
from zhengwen.times.evidence import published_year, reporting_period

from .conftest import article_of

Taken = Callable[[ArticleText], list[list[Candidate]]]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("去年，全镇有企业30家，较2015年增加4家。", "2017"),
        ("去年，全镇客流5万人次，今年比2015年增加4成。", ""),
        ("2018年，投资5亿元。2018年，纳税3亿元。2018年，就业千人。去年建成。", "2019"),
        ("2018年，投资5亿元。2018年，纳税3亿元。2018年，就业千人。今年建成。", "2018"),
        ("2018年6月，项目开工。今年计划完成主体。", ""),
        ("2018年6月，项目开工。2019年8月完工。", ""),
        ("全镇有企业30家。", ""),
        ("到2025年，建成基地。今年开工。", ""),
    ],
)
def test_published_year(taken: Taken, text: str, year: str) -> None:
    article = article_of(text)

    assert published_year(article, taken(article))[0] == year


@pytest.mark.parametrize(
    ("title", "date", "period"),
    [
        ("2012年某市统计公报", "2013-03-20", "2012"),
        ("4月份居民消费价格上涨", "2021-05-11", "2021-04"),
        ("前三季度空气质量改善", "2024-10-22", "2024-01/2024-09"),
        ("2021年将新建学校8所", "2021-02-01", ""),
        ("全市召开动员会", "2021-02-01", ""),
        ("较2019年增长一倍", "2021-02-01", ""),
    ],
)
def test_reporting_period_of_a_headline(taken: Taken, title: str, date: str, period: str) -> None:
    article = article_of("全市实现增长。", title=title)

    assert reporting_period(article, taken(article), date)[0] == period


def test_a_report_without_a_year_in_its_headline(taken: Taken) -> None:
    article = article_of("2019年，全县实现增长。", title="全县经济运行情况")

    assert reporting_period(article, taken(article), "2020-02-01")[0] == "2019"
    assert reporting_period(article, taken(article), "2019-12-01")[0] == ""


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2020年，园区产值增至4.3亿元，今年一季度又完成1.2亿元。", "2021"),  # 今年 behind the last year told
        (
            "2021年，街道税收完成6.8亿元，增长7%。\n项目去年3月动迁，今年国庆前完工。",
            "2022",
        ),  # told whole, 今年 elsewhere
        ("9月1日，新校启用，全区2023年新增学位8000个。\n今年还将建校3所。", "2023"),  # a day beside it
        ("2023年秋季学期，在校生8.3万人。今年中考成绩提高。", "2023"),  # a season of it
        ("2021年是开局之年。今年以来，全区开工项目12个。", ""),  # a year spoken about is no evidence
        ("到2025年，全区新建学校18所。今年已开工5所。", ""),  # a plan neither
    ],
)
def test_year_by_the_last_told(taken: Taken, text: str, year: str) -> None:
    article = article_of(text)

    assert published_year(article, taken(article))[0] == year
