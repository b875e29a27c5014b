"""Rows of a page in traditional script quote the page where they stand, and stay as they are on any other page."""

from __future__ import annotations

from dataclasses import replace

from zhengwen.records import Article, Figure, Record
from zhengwen.written import Written

FIGURE = Figure(source="x", figure_id="f", article_id="z-1", start=0, end=1, text="5", indicator="台商投资")


def test_words_are_quoted_as_the_page_writes_them_around_the_record() -> None:
    source = "臺商投資5家。" + "。" * 5000 + "台商投資6家。"
    read = source.replace("臺", "台").replace("資", "资")
    there = replace(FIGURE, figure_id="g", start=source.index("6"), text="6")

    written = Written(source, read).records([FIGURE, there])

    assert [r.indicator for r in written if isinstance(r, Figure)] == ["臺商投資", "台商投資"]


def test_words_named_far_away_are_quoted_from_there_and_words_of_nowhere_character_by_character() -> None:
    source = "。" * 5000 + "臺商投資"
    article = Article(source="x", article_id="z-1", article=1, title="台商", place="投资台")

    written = Written(source, "。" * 5000 + "台商投资").records([FIGURE, article])

    assert [getattr(r, "indicator", "") for r in written] == ["臺商投資", ""]
    assert [(r.title, r.place) for r in written if isinstance(r, Article)] == [("臺商", "投資臺")]


def test_a_page_in_plain_characters_keeps_its_records() -> None:
    records: list[Record] = [FIGURE]

    assert Written("税收5家", "税收5家").records(records) is records
