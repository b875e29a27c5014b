"""Figures of flattened tables: value and unit from the cell, everything else from its heads."""

from __future__ import annotations

import pytest

from zhengwen.engine import Engine
from zhengwen.reading import page_of
from zhengwen.records import Figure

INTRO = "2022年全县经济运行总体平稳，主要指标稳步回升，产业结构持续优化，发展质量不断提高。\n\n"


def rows(engine: Engine, title: str, unit: str, heads: list[str], cells: list[str]) -> list[Figure]:
    """Return the figures of a table with one cell a line."""
    lines = [title, *([unit] if unit else []), *heads, *cells]
    text = "蒙阴县经济运行平稳\n\n" + INTRO + "\n\n".join(lines) + "\n\n" + INTRO
    page = page_of(text, date="2023-02-05", place="蒙阴县")
    found = [r for r in engine.read(page) if isinstance(r, Figure)]
    assert all(f.text == text[f.start : f.end] for f in found)
    return found


@pytest.fixture(scope="module")
def product(engine: Engine) -> list[Figure]:
    cells = [
        "生产总值",
        "120.5",
        "6.0",
        "第一产业",
        "20.1",
        "-3.5",
        "第二产业",
        "50.2",
        "1.2",
        "第三产业",
        "50.2",
        "9.5",
    ]
    return rows(engine, "2022年蒙阴县生产总值", "单位：亿元", ["指 标", "绝对值", "同比增长（±%）"], cells)


def test_spans_are_the_bare_cells(product: list[Figure]) -> None:
    assert [f.text for f in product] == ["120.5", "6.0", "20.1", "-3.5", "50.2", "1.2", "50.2", "9.5"]


def test_the_unit_line_gives_unit_and_magnitude(product: list[Figure]) -> None:
    assert (float(product[0].value or 0), product[0].unit, product[0].kind) == (12_050_000_000, "元", "money")
    assert (product[1].unit, product[1].kind) == ("%", "percent")


def test_heads_tell_the_measure(product: list[Figure]) -> None:
    assert [f.measure for f in product] == ["level", "growth_rate"] * 4
    assert [f.base for f in product] == [None, "yoy"] * 4


def test_a_printed_minus_is_kept(product: list[Figure]) -> None:
    assert float(product[3].value or 0) == -3.5


def test_rows_name_the_indicator(product: list[Figure]) -> None:
    assert [f.indicator for f in product[:2]] == ["生产总值", "生产总值"]
    assert all(f.indicator and f.indicator.startswith("第一产业") for f in product[2:4])


def test_period_and_subject_are_the_table_s(product: list[Figure]) -> None:
    assert {f.period for f in product} == {"2022"}
    assert {f.subject for f in product} == {"蒙阴县"}


def test_parts_that_add_up_are_linked(product: list[Figure]) -> None:
    total = product[0].figure_id
    assert [f.part_of for f in product[::2]] == [None, total, total, total]
    assert all(f.part_of is None for f in product[1::2])


def test_shares_by_their_head(engine: Engine) -> None:
    cells = ["工业", "30.2", "60.4", "建筑业", "19.8", "39.6"]
    found = rows(engine, "2022年蒙阴县投资", "", ["行业", "投资额（亿元）", "比重（%）"], cells)
    assert [f.measure for f in found] == ["level", "share"] * 2
    assert [f.unit for f in found] == ["元", "%"] * 2
