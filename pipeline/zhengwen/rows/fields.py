"""The statistician's fields that the words around a figure tell: price basis, vintage, outlook, averaging, source."""

from __future__ import annotations

from zhengwen.rules import Rules

__all__ = ["Fields"]


class Fields:
    """Reads the fields of contract §1, “Fields that only the program writes”, from a figure's sentence."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules.of("rows/fields")

    def read(self, sentence: str, figure_start: int, figure_end: int) -> dict[str, str]:
        """Return the fields that the sentence states for the figure at `figure_start:figure_end`, by name."""
        return {}
