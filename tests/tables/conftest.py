"""Pages read by the program, for the tables that people read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from zhengwen.engine import Engine
from zhengwen.reading import page_of
from zhengwen.records import Record
from zhengwen.review.marks import Marks
from zhengwen.rules import load
from zhengwen.stages import Page
from zhengwen.tables.labels import Labels

TEXT = """东湖区经济平稳运行

2021年，东湖区一般公共预算收入完成3.86亿元，同比增长7.4%。全区企业49家，其中工业16家、建筑业4家、服务业30家。规上企业49家(工业16家,建筑业4家,服务业30家)。

接待游客30万人次，与上年同期持平。力争2022年税收达到5亿元。全区推进三个片区建设。
东湖区一般公共预算收入完成3.86亿元。居民消费价格下降0.3%。
"""

Write = Callable[..., Path]


@pytest.fixture(scope="session")
def read(engine: Engine) -> Callable[[str], tuple[Page, list[Record]]]:
    """Reads a text as the page of a newspaper."""

    def page(text: str) -> tuple[Page, list[Record]]:
        made = page_of(text, source="pages/donghu.txt", date="2022-01-18", place="东湖区")
        return made, engine.read(made)

    return page


@pytest.fixture(scope="session")
def donghu(read: Callable[[str], tuple[Page, list[Record]]]) -> tuple[Page, list[Record]]:
    """A page with growth, a breakdown that does not add up, a target, 持平, and a claim stated twice."""
    return read(TEXT)


@pytest.fixture
def workbook(tmp_path: Path) -> Write:
    """Writes pages as a workbook and returns its path."""
    pytest.importorskip("xlsxwriter")
    from zhengwen.tables.workbook import XlsxTable

    def write(*pages: tuple[Page, list[Record]], lang: str = "en", marks: Marks | None = None, **more: int) -> Path:
        rules = load()
        table = XlsxTable(tmp_path, "", rules, Labels(rules, lang), marks or Marks(), **more)
        for page, records in pages:
            table.add(page, records)
        table.close({"zhengwen": "1", "counts": {"figure": 2}})
        return tmp_path / "figures.xlsx"

    return write
