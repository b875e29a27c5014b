"""What a section's heading says of all its figures: aims and plans, or what was done."""

from __future__ import annotations

import re

from zhengwen.rows.clauses import Text
from zhengwen.rows.drafts import Draft
from zhengwen.rules import Rules
from zhengwen.stages import Frame

__all__ = ["Sections"]

_TOP = re.compile(r"\s*(?:第?[一二三四五六七八九十]+[、章部]|20\d\d年)")


class Sections:
    """The status that the open section gives its figures."""

    def __init__(self, rules: Rules) -> None:
        self._rules = [(r, r.regex) for r in rules.of("rows/sections")]

    def start(self, frame: Frame) -> None:
        """Begin an article: no section is open."""
        self._year = frame.date[:4]
        self._open: tuple[str, str, tuple[int, int]] | None = None

    def paragraph(self, text: Text, label: str) -> None:
        """Enter a paragraph: a heading with a cue, or any heading of the first order, closes the section before it."""
        if label != "heading":
            return
        for rule, regex in self._rules:
            match = regex.search(text.text)
            if match:
                self._open = (str(rule.yields["status"]), rule.id, text.view.span(*match.span()))
                return
        if _TOP.match(text.text):
            self._open = None

    def read(self, draft: Draft) -> None:
        """Make a figure a target when its section tells aims and its own period does not lie in the past."""
        if self._open is None or self._open[0] != "target" or draft.status == "target":
            return
        past = draft.period is not None and self._year and draft.period.lstrip("/")[:4] < self._year
        stated = draft.reasons.get("status", {}).get("rule", "").startswith("status.")
        if not past and not stated:
            draft.status = "target"
            draft.because("status", self._open[1])
            draft.comes_from("status", "section", self._open[2])
