"""Aims that run on: what a sentence plans after its first aim is planned too (计划投资…，其中…，新建…；…)."""

from __future__ import annotations

from collections.abc import Sequence

from zhengwen.rows.drafts import Draft
from zhengwen.rows.patterns import phrases
from zhengwen.rules import Rules

__all__ = ["Aims"]

_RUNS_ON = "status.runs_on"


class Aims:
    """Carries an aim on over its sentence, past the ；, until the words tell a fact or another time."""

    def __init__(self, rules: Rules) -> None:
        self._announcing = phrases(rules, "announcing")
        self._cues = frozenset(r.id for r in rules.of("rows/status") if r.yields.get("runs_on"))

    def run_on(self, drafts: Sequence[Draft]) -> None:
        """Make targets of a paragraph's figures that only go on with the aim told before them in their sentence."""
        aim: Draft | None = None
        aside: Draft | None = None
        fact: Draft | None = None
        for draft in drafts:
            if draft.status == "target":
                aim = draft if self._told(draft) else aim
                aside = draft if aim is draft and fact is not None and self._together(fact, draft) else aside
            elif aim is not None and (not self._goes_on(aim, draft) or self._beside(aim, aside, draft)):
                aim = None
            elif aim is not None and "status" not in draft.reasons:
                draft.status = "target"
                draft.because("status", _RUNS_ON)
                draft.comes_from("status", "figure", aim.text.view.span(aim.item.start, aim.item.end))
            fact = draft if draft.status == "actual" else fact

    @staticmethod
    def _together(one: Draft, other: Draft) -> bool:
        """Say whether two figures stand in the same part of a sentence, between ； and ；."""
        return one.text is other.text and one.text.sentence(one.item.start) == other.text.sentence(other.item.start)

    def _beside(self, aim: Draft, aside: Draft | None, draft: Draft) -> bool:
        """Say whether an aim was told of a fact in its part of the sentence, and ； has ended that part since.

        主营业务收入650亿元，预计增长11%；技术合同登记额3.89亿元
        """
        return aside is not None and self._together(aside, aim) and not self._together(aim, draft)

    def _goes_on(self, aim: Draft, draft: Draft) -> bool:
        """Say whether a figure goes on with an aim: no words since tell a fact or another time."""
        text = draft.text
        if aim.text is not text or not self._same_passage(aim, draft):
            return False
        if text.between(aim.item.end, draft.item.start, "time"):
            return False
        end = text.segment(draft.item.start)[1]
        return self._announcing["aim_ends"].search(text.text, aim.item.end, end) is None

    def _same_passage(self, aim: Draft, draft: Draft) -> bool:
        """Say whether a figure stands in the sentence of an aim, or in the next where that goes on with it."""
        first, _ = draft.text.full_sentence(draft.item.start)
        if first <= aim.item.start:
            return True
        goes_on = self._announcing["aim_goes_on"].match(draft.text.text, first)
        return goes_on is not None and draft.text.full_sentence(first - 1)[0] <= aim.item.start

    def _told(self, draft: Draft) -> bool:
        """Say whether a target is one by words of its own sentence that plan what is done, not what a work is."""
        reason = draft.reasons.get("status", {})
        if reason.get("rule") == _RUNS_ON:
            return True
        if reason.get("rule") not in self._cues:
            return False
        first, last = draft.text.full_sentence(draft.item.start)
        return self._announcing["aim_of_site"].search(draft.text.text, first, last) is None
