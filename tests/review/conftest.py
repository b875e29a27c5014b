"""A small run on disk, its workbook, and a hand that edits it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhengwen.records import Figure
from zhengwen.review.runs import pages_of_run
from zhengwen.running.job import Job, run

TEXT = """东湖区经济平稳运行

2021年，东湖区一般公共预算收入完成3.86亿元，同比增长7.4%。全区企业49家，其中工业16家、建筑业4家、服务业29家。

接待游客30万人次，与上年同期持平。力争2022年税收达到5亿元。全区推进三个片区建设。
"""

Edit = Callable[[Any, dict[str, int]], None]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of one page with its workbook and report, made once."""
    folder = tmp_path_factory.mktemp("desk")
    page = folder / "donghu.txt"
    page.write_text(TEXT, encoding="utf-8")
    (folder / "donghu.meta.json").write_text('{"date": "2022-01-18", "source_name": "东湖日报"}', encoding="utf-8")
    assert run(Job((str(page),), folder / "run", ("xlsx", "html"), quiet=True)) == 0
    return folder / "run"


@pytest.fixture
def a_run(made: Path, tmp_path: Path) -> Path:
    """A copy of that run, to be changed."""
    return Path(shutil.copytree(made, tmp_path / "run"))


@pytest.fixture
def figures() -> Callable[[Path], list[Figure]]:
    """The figures of a run, by position."""
    return lambda folder: [r for _, rs in pages_of_run(folder) for r in rs if isinstance(r, Figure)]


@pytest.fixture
def edit() -> Callable[[Path, Edit], Path]:
    """Edits the first sheet of a workbook as a person would, and saves it."""
    openpyxl = pytest.importorskip("openpyxl")

    def apply(path: Path, change: Edit) -> Path:
        book = openpyxl.load_workbook(path, rich_text=True)
        sheet = book.worksheets[0]
        change(sheet, {cell.value: i for i, cell in enumerate(sheet[1], 1)})
        book.save(path)
        return path

    return apply
