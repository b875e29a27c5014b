"""A quick start is a feature. Times are processor seconds, the least of several tries, with room for a slow machine."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

MEASURED = """
import sys, time
started = time.process_time()
{code}
import json
print(json.dumps([time.process_time() - started, sorted(m for m in sys.modules if "." not in m)]))
"""
HEAVY = {"spacy", "pandas", "pyarrow", "jieba", "pydantic", "numpy", "lxml", "trafilatura", "openpyxl", "rich", "httpx"}


def measured(code: str, tries: int = 3) -> tuple[float, set[str]]:
    """The least processor seconds of `code` in a new Python, and what it imported."""
    least, modules = 1e9, set[str]()
    for _ in range(tries):
        command = [sys.executable, "-c", MEASURED.format(code=code)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
        seconds, names = json.loads(done.stdout.splitlines()[-1])
        least, modules = min(least, seconds), set(names)
    return least, modules


HELP = """
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    from zhengwen.cli import main
    main(["--help"])
"""


def test_help_is_there_at_once_and_imports_nothing_heavy() -> None:
    seconds, modules = measured(HELP)

    assert modules.isdisjoint(HEAVY)
    assert seconds < 1.5  # half a second is promised on the development machine


@pytest.mark.parametrize("name", ["spacy", "pandas", "pyarrow", "lxml", "openpyxl", "numpy", "trafilatura", "jieba"])
def test_an_article_of_text_needs_no_more_than_the_engine(name: str, first_article: tuple[float, set[str]]) -> None:
    assert name not in first_article[1]


@pytest.fixture(scope="module")
def first_article() -> tuple[float, set[str]]:
    return measured('import zhengwen; assert zhengwen.extract("2021年,全区税收完成3.86亿元,同比增长7.4%。")', 2)


def test_the_first_article_is_read_soon(first_article: tuple[float, set[str]]) -> None:
    assert first_article[0] < 6  # three seconds are promised on the development machine
