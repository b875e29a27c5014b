"""The listing that `zhengwen pages FILE` prints."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console

from zhengwen.pages import listing
from zhengwen.stages import Layout


def test_the_listing_shows_lines_labels_and_joins(divide: Callable[..., Layout]) -> None:
    cut = "今年以来，云溪县围绕产业抓项目，全县新开工项目32个，完成投资12.5亿元，比上年同期增长8.2%，位居全"
    console = Console(width=60, record=True, file=None, quiet=False)
    with console.capture() as capture:
        console.print(listing(divide(f"首页\n\n云溪县项目建设忙\n\n{cut}\n\n市前列。")))
    shown = capture.get()
    for word in ("furniture", "title", "body", "↳", "云溪县项目建设忙"):
        assert word in shown
