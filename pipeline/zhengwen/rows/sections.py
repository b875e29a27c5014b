"""What a section's heading says of all its figures: aims and plans, or what was done."""

from __future__ import annotations

import re
from typing import TypeAlias

from zhengwen.rows.clauses import Text
from zhengwen.rows.drafts import Draft
from zhengwen.rules import Rules
from zhengwen.stages import Frame

__all__ = ["Sections"]

_Open: TypeAlias = tuple[str, str, tuple[int, int] | None]
"""An open section: the status that it gives, the rule that opened it, and the span of its words, if on the page."""

_OPENING = 36
"""How far into a paragraph words may open a section of aims (重点抓好以下工作：…)."""
_COMPARED = "status.plan_compared"
"""The rule of a figure that is only compared with a plan: a plan's own figures are, too (比上年预算增加2亿元)."""
_TOP = re.compile(r"\s{0,8}+(?:第?[一二三四五六七八九十]+[、章部]|20\d\d年)")
_SUB = re.compile(r"\s{0,8}+[（(][一二三四五六七八九十]+[）)]")
_NUMBERED = re.compile(r"\s{0,8}+[（(]?(?:第?[一二三四五六七八九十]+|[0-9]+)[）)、章部.．]")
_WHOLE, _PART, _PASSING = 1, 2, 3
"""How deep a status holds: until a heading of the first order, until one of the second, or for its paragraph."""


class Sections:
    """The status that the open section gives its figures."""

    def __init__(self, rules: Rules) -> None:
        every = rules.of("rows/sections")
        self._of_titles = [r for r in every if r.yields.get("at") == "title"]
        self._of_openings = [r for r in every if r.yields.get("at") == "opening"]
        self._of_papers = [r for r in every if r.yields.get("at") == "paper"]
        self._of_facts = [r for r in every if r.yields.get("at") == "fact"]
        self._of_headings = [r for r in every if r.yields.get("at") not in ("title", "paper", "fact")]

    def start(self, frame: Frame, title: str = "") -> None:
        """Begin an article: no section is open, but for one that its headline opens for the whole of it."""
        self._year = frame.date[:4]
        titled = next((r for r in self._of_titles if r.sought.search(title)), None)
        self._whole: _Open | None = (str(titled.yields["status"]), titled.id, None) if titled else None
        self._stack: list[tuple[int, _Open]] = []
        self._bare = False

    @property
    def _open(self) -> _Open | None:
        return self._stack[-1][1] if self._stack else self._whole

    def paragraph(self, text: Text, label: str) -> None:
        """Enter a paragraph: a heading with a cue, or any heading of the first order, closes the section before it.

        What only a paragraph or a heading of the second order says ends with it, and the section around it goes on.
        """
        heading = label == "heading"
        if not heading and self._whole is None:
            self._paper(text)
        sub = heading and _SUB.match(text.text) is not None
        top = heading and (_TOP.match(text.text) is not None or (self._bare and not _NUMBERED.match(text.text)))
        self._close(_WHOLE if top else _PART if sub else _PASSING)
        said = text.text if heading else text.text[:_OPENING]
        for rule in self._of_headings if heading else self._of_openings:
            match = rule.sought.search(said)
            if match:
                depth = _PASSING if rule.yields.get("passing") else _PART if sub else _WHOLE
                self._close(depth)
                self._bare = heading and not _NUMBERED.match(text.text)
                self._stack.append((depth, (str(rule.yields["status"]), rule.id, text.view.span(*match.span()))))
                return

    def _close(self, depth: int) -> None:
        """Close what is open at a depth and below it."""
        self._stack = [opened for opened in self._stack if opened[0] < depth]

    def _paper(self, text: Text) -> None:
        """Take the whole article from here on for the plan that a paragraph says it sets out."""
        for rule in self._of_papers:
            match = rule.sought.search(text.text)
            if match:
                self._whole = (str(rule.yields["status"]), rule.id, text.view.span(*match.span()))
                self._stack = []
                return

    def _told(self, draft: Draft) -> bool:
        """Say whether the words of a figure's sentence, up to the end of its clause, tell a fact."""
        first, _ = draft.text.sentence(draft.item.start)
        said = draft.text.text[first : draft.text.segment(draft.item.start)[1]]
        return any(rule.sought.search(said) for rule in self._of_facts)

    @staticmethod
    def _inherited(draft: Draft) -> bool:
        """Say whether the period is only what the article as a whole reports on."""
        return draft.period is None or draft.inherited.get("period", {}).get("from") in ("article", "title")

    def read(self, draft: Draft) -> None:
        """Make a figure a target when its section tells aims and its own period does not lie in the past."""
        section = self._open
        if section is None or section[0] != "target" or draft.status == "target" or self._told(draft):
            return
        if self._inherited(draft) and self._year and (draft.period or "")[:4] < self._year:
            draft.period = self._year
            draft.because("period", "sections.year_ahead")
        past = draft.period is not None and self._year and draft.period.lstrip("/")[:4] < self._year
        rule = draft.reasons.get("status", {}).get("rule", "")
        stated = rule.startswith("status.") and rule != _COMPARED
        if not past and not stated:
            draft.status = "target"
            draft.because("status", section[1])
            draft.comes_from("status", "section", section[2])
