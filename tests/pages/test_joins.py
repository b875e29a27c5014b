"""Sentences cut by a column or page break."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from zhengwen.stages import Layout

HEAD = "云溪县项目建设提速增效\n\n"
CUT = "今年以来，云溪县围绕产业抓项目，全县新开工项目32个，完成投资12.5亿元，比上年同期增长8.2%，位居全"
REST = "市前列。下一步，全县将继续加大力度，推动项目早开工早投产早见效。"


def bodies(layout: Layout) -> list[str]:
    return [p.view.text for a in layout.articles for p in a.paragraphs if p.label == "body"]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\n\n\n图为项目现场。\n\n\n\n", "\r\n\r\n"])
def test_a_cut_sentence_is_read_as_one(divide: Callable[..., Layout], between: str) -> None:
    text = HEAD + CUT + between + REST
    layout = divide(text)
    assert bodies(layout) == [CUT + REST]
    view = next(p.view for p in layout.articles[0].paragraphs if p.label == "body")
    assert all(text[view.offset(i)] == c for i, c in enumerate(view.text))


def test_a_lost_rest_is_left_alone(divide: Callable[..., Layout]) -> None:
    layout = divide(f"{HEAD}{CUT}\n\n党建引领 凝聚合力\n\n{REST}")
    assert not any(b.joins for b in layout.blocks)


@pytest.mark.parametrize("end", ["。", "！", "：", "；", "。”", "。）"])
def test_a_whole_sentence_is_never_joined(divide: Callable[..., Layout], end: str) -> None:
    assert not any(b.joins for b in divide(f"{HEAD}{CUT}市{end}\n\n{REST}").blocks)


def test_short_lines_are_no_cut_sentences(divide: Callable[..., Layout]) -> None:
    names = "\n".join(f"{n}（县财政局)" for n in ("李向阳", "张大山", "赵一鸣", "王小明"))
    assert not any(b.joins for b in divide(f"{HEAD}{names}\n{REST}").blocks)


def test_an_open_bracket_goes_on(divide: Callable[..., Layout]) -> None:
    layout = divide(f"{HEAD}云溪日报云溪讯（记者 李向阳 通讯员\n张大山）{REST}")
    assert [b.joins for b in layout.blocks] == [False, False, True]


def test_a_page_cut_to_one_width_is_read_by_its_paragraphs(divide: Callable[..., Layout]) -> None:
    first = "\u3000\u3000" + (CUT + REST) * 2
    second = "\u3000\u3000在项目建设中县发改局实行清单管理逐项明确责任单位和完成时限确保项目早日建成投产见效。"
    rows = [p[i : i + 30] for p in (first, second) for i in range(0, len(p), 30)]
    layout = divide(HEAD + "\n".join(rows))
    assert bodies(layout) == [first.strip(), second.strip()]
