"""Tables flattened to one cell, or one row, a line."""

from __future__ import annotations

from collections.abc import Callable

from zhengwen.stages import Layout, TableCell

INTRO = "今年以来，云溪县经济运行总体平稳，主要指标稳步回升，产业结构持续优化，发展质量不断提高。\n\n"
CELLS = "2019年云溪县生产总值\n\n单位：亿元\n\n指 标\n\n指标值\n\n同比增长（±%）\n\n" + "\n\n".join(
    ["生产总值", "120.5", "6.0", "第一产业", "20.1", "3.0", "第二产业", "50.2", "-1.2", "第三产业", "50.2", "9.5"]
)


def cells(layout: Layout) -> list[tuple[str, TableCell]]:
    article = layout.articles[0]
    return [(article.paragraphs[c.paragraph].view.text[c.start : c.end], c) for c in article.cells]


def test_cells_have_their_heads_and_units(divide: Callable[..., Layout]) -> None:
    found = cells(divide("云溪县经济运行平稳\n\n" + INTRO + CELLS + "\n\n" + INTRO))
    assert [t for t, _ in found] == ["120.5", "6.0", "20.1", "3.0", "50.2", "-1.2", "50.2", "9.5"]
    value, growth = found[4][1], found[5][1]
    assert (value.row_heads, value.column_heads, value.unit) == (("第二产业",), ("指标值",), "亿元")
    assert (growth.row_heads, growth.column_heads, growth.unit) == (("第二产业",), ("同比增长",), "%")
    assert value.title == "2019年云溪县生产总值"


def test_rows_that_add_up_are_parts(divide: Callable[..., Layout]) -> None:
    found = cells(divide(INTRO + CELLS))
    assert [c.parent_row for _, c in found[::2]] == [None, 0, 0, 0]


def test_title_is_heading_and_cells_are_body(divide: Callable[..., Layout]) -> None:
    layout = divide("云溪县经济运行平稳\n\n" + INTRO + CELLS)
    labels = [b.label for b in layout.blocks]
    assert labels[:3] == ["title", "body", "heading"]
    assert set(labels[3:]) == {"body"}


def test_units_in_row_heads_and_groups(divide: Callable[..., Layout]) -> None:
    rows = ["期末存栏", "生猪（万头）", "12.1", "3.0", "#母猪", "1.1", "2.0", "期末出栏", "家禽（万只）", "90.5", "1.0"]
    text = INTRO + "畜牧业生产情况\n指标名称\n指标值\n比上年增长（%）\n" + "\n".join(rows)
    found = cells(divide(text))
    assert [(c.row_heads, c.unit) for _, c in found[::2]] == [
        (("期末存栏", "生猪"), "万头"),
        (("期末存栏", "母猪"), "万头"),
        (("期末出栏", "家禽"), "万只"),
    ]
    assert [c.parent_row for _, c in found[::2]] == [None, 0, None]


def test_a_column_of_units(divide: Callable[..., Layout]) -> None:
    rows = ["粮食", "万吨", "65.0", "1.2", "蔬菜", "吨", "800", "-2.0", "生猪", "头", "1200", "3.1"]
    text = INTRO + "主要农产品产量\n指标\n计量单位\n本年\n增长%\n" + "\n".join(rows)
    assert [(t, c.row_heads, c.unit) for t, c in cells(divide(text))[::2]] == [
        ("65.0", ("粮食",), "万吨"),
        ("800", ("蔬菜",), "吨"),
        ("1200", ("生猪",), "头"),
    ]


def test_one_row_a_line(divide: Callable[..., Layout]) -> None:
    text = INTRO + "各镇财政收入\n单位：万元\n镇\t收入\t增长（%）\n东湖镇\t1,200\t3.5\n西苑镇\t800\t-1.0\n"
    found = cells(divide(text))
    assert [(t, c.row_heads[-1], c.unit) for t, c in found] == [
        ("1,200", "东湖镇", "万元"),
        ("3.5", "东湖镇", "%"),
        ("800", "西苑镇", "万元"),
        ("-1.0", "西苑镇", "%"),
    ]


def test_running_text_with_numbers_is_no_table(divide: Callable[..., Layout]) -> None:
    layout = divide("云溪县经济运行平稳\n\n" + INTRO * 3 + "联系电话\n\n12345678\n")
    assert layout.articles[0].cells == ()
