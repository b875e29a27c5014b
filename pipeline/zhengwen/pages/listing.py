"""A page as understood, for people: one row a line, with its label, article and joins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhengwen.stages import Layout

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["listing"]

_COLOURS = {
    "title": "bold green",
    "deck": "green",
    "byline": "yellow",
    "lede": "cyan",
    "heading": "bold blue",
    "body": "",
    "caption": "magenta",
    "credit": "magenta dim",
    "furniture": "dim",
}


def listing(layout: Layout) -> Table:
    """Return a rich table of the page's lines; a line that goes on with the one before it carries ↳."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("line", "article", "label", ""):
        table.add_column(name, no_wrap=True, justify="right" if name == "line" else "left")
    table.add_column("text", overflow="fold")
    for block in layout.blocks:
        style = _COLOURS.get(block.label, "")
        text = layout.page.text[block.start : block.end]
        table.add_row(
            str(block.line),
            str(block.article) if block.article else "·",
            Text(block.label, style),
            "↳" if block.joins else "",
            Text(text, style),
        )
    return table
