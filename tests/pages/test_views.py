"""Reading views: normalised one to one, trimmed, always leading back to the source."""

from __future__ import annotations

from collections.abc import Callable

from zhengwen.stages import Layout


def test_full_width_digits_are_read_in_place(divide: Callable[..., Layout]) -> None:
    text = "\u3000\u3000全县完成投资１２．５亿元，增长８．２％，其中Ａ类项目３个，比上年多２个，完成进度快于计划。"
    view = divide(text).articles[0].paragraphs[0].view
    assert view.text.startswith("全县完成投资12.5亿元，增长8.2%，其中A类")
    start = view.text.index("12.5亿元")
    assert text[slice(*view.span(start, start + 6))] == "１２．５亿元"


def test_a_traditional_page_is_read_in_simplified_characters(divide: Callable[..., Layout]) -> None:
    text = "今年以來，雲溪縣圍繞產業發展，全縣實現生產總值120億元，比上年增長6.5%，經濟運行總體平穩，發展態勢良好。"
    view = divide(text).articles[0].paragraphs[0].view
    assert view.text.startswith("今年以来，云溪县围绕产业发展，全县实现生产总值120亿元")
    assert len(view.text) == len(text)


def test_one_traditional_character_does_not_make_a_traditional_page(divide: Callable[..., Layout]) -> None:
    text = "全县旅游收入增长，著名景点“乾隆行宮”接待游客两万人次，比上年增长一成，门票收入三百万元。"
    assert divide(text).articles[0].paragraphs[0].view.text == text
