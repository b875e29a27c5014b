"""Tables that were flattened to one cell a line (first version: none are found yet)."""

from __future__ import annotations

from collections.abc import Sequence

from zhengwen.pages.lines import Line
from zhengwen.stages import Paragraph, TableCell

__all__ = ["cells", "find"]


def find(lines: Sequence[Line]) -> None:
    """Number the lines of flattened tables."""


def cells(paragraphs: Sequence[Paragraph]) -> tuple[TableCell, ...]:
    """Return the cells that hold figures."""
    return ()
