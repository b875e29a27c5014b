"""What a section's heading says of all its figures: aims and plans, or what was done."""

from __future__ import annotations

import re

from zhengwen.rows.clauses import Text
from zhengwen.rows.drafts import Draft
from zhengwen.rules import Rules
from zhengwen.stages import Frame

__all__ = ["Sections"]

_OPENING = 36
"""How far into a paragraph words may open a section of aims (重点抓好以下工作：…)."""
_TOP = re.compile(r"\s{0,8}+(?:第?[一二三四五六七八九十]+[、章部]|20\d\d年)")


class Sections:
    """The status that the open section gives its figures."""

    def __init__(self, rules: Rules) -> None:
        every = rules.of("rows/sections")
        self._of_titles = [r for r in every if r.yields.get("at") == "title"]
        self._of_openings = [r for r in every if r.yields.get("at") == "opening"]
        self._of_headings = [r for r in every if r.yields.get("at") != "title"]

    def start(self, frame: Frame, title: str = "") -> None:
        """Begin an article: no section is open, but for one that its headline opens for the whole of it."""
        self._year = frame.date[:4]
        self._passing = False
        titled = (r for r in self._of_titles if r.sought.search(title))
        self._whole = next(((str(r.yields["status"]), r.id, None) for r in titled), None)
        self._open: tuple[str, str, tuple[int, int] | None] | None = self._whole

    def paragraph(self, text: Text, label: str) -> None:
        """Enter a paragraph: a heading with a cue, or any heading of the first order, closes the section before it."""
        heading = label == "heading"
        if self._passing:
            self._open, self._passing = None, False
        said = text.text if heading else text.text[:_OPENING]
        for rule in self._of_headings if heading else self._of_openings:
            match = rule.sought.search(said)
            if match:
                self._open = (str(rule.yields["status"]), rule.id, text.view.span(*match.span()))
                self._passing = bool(rule.yields.get("passing"))
                return
        if heading and _TOP.match(text.text):
            self._open = self._whole

    @staticmethod
    def _inherited(draft: Draft) -> bool:
        """Say whether the period is only what the article as a whole reports on."""
        return draft.period is None or draft.inherited.get("period", {}).get("from") in ("article", "title")

    def read(self, draft: Draft) -> None:
        """Make a figure a target when its section tells aims and its own period does not lie in the past."""
        if self._open is None or self._open[0] != "target" or draft.status == "target":
            return
        if self._inherited(draft) and self._year and (draft.period or "")[:4] < self._year:
            draft.period = self._year
            draft.because("period", "sections.year_ahead")
        past = draft.period is not None and self._year and draft.period.lstrip("/")[:4] < self._year
        stated = draft.reasons.get("status", {}).get("rule", "").startswith("status.")
        if not past and not stated:
            draft.status = "target"
            draft.because("status", self._open[1])
            draft.comes_from("status", "section", self._open[2])
