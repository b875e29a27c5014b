"""Measure, sign, base, of and status of a figure, by the rules of `rules/rows/`."""

from __future__ import annotations

from collections.abc import Sequence

from zhengwen.rows.clauses import Item
from zhengwen.rows.drafts import Draft
from zhengwen.rows.patterns import Found, Patterns, phrases
from zhengwen.rules import Rules
from zhengwen.times.periods import year_before

__all__ = ["Measures"]

_COMPARED = frozenset({"growth_rate", "change", "multiple"})

_RISING = {"percent": "growth_rate", "percentage_point": "change"}
"""What a list that rises says of quantities and of rates (分别上升12.3%和1.6个百分点)."""


class Measures:
    """Reads what each figure says; list members share the reading of the list's first."""

    def __init__(self, rules: Rules) -> None:
        self._measures = Patterns(rules, "measures")
        self._bases = Patterns(rules, "bases")
        self._status = Patterns(rules, "status")
        self._announcing = phrases(rules, "announcing")

    def read(self, draft: Draft, before: Sequence[Draft] = ()) -> None:
        """Fill measure, sign, of and status of a draft, and where its predicate begins.

        `before` are the drafts of the article before it.
        """
        found = self._measures.first(draft.text, draft.item)
        if found is not None and found.yields.get("whole") == "after" and _many(draft):  # 总投资达25亿的年产5万吨项目
            found = next(m for m in self._measures.matches(draft.text, draft.item) if "whole" not in m.yields)
        over = found is not None and draft.leader is not None and found.start < draft.leader.item.end
        bare = found is not None and bool(found.yields.get("bare"))
        if draft.leader is not None and (found is None or bare or over):
            self._share(draft, draft.leader)
            return
        assert found is not None, "measures.level matches every figure"
        if draft.shares is not None and bare and _passes_on(draft.shares):
            self._share(draft, draft.shares)
            draft.noun_after = draft.shares.noun_after
            return
        draft.measure = str(found.yields["measure"])
        draft.noun_after = found.yields.get("noun") == "after"
        draft.negative = not found.groups.keys().isdisjoint({"down", "down2", "direction"})
        draft.predicate = (
            draft.item.start if found.yields.get("topic") == "whole" else min(found.start, draft.item.start)
        )
        draft.right = max(found.end, draft.item.end)
        draft.because("measure", found.rule, (found.start, found.end))
        draft.of_plan = found.yields.get("whole") == "plan"
        draft.of_after = found.yields.get("whole") == "after"
        draft.of_closed = bool(found.yields.get("closed"))
        if draft.quantity.reversed_rank:
            draft.of = "倒数"
        if draft.measure == "share" and "of" not in found.groups and not draft.of_plan and not draft.of_after:
            self._whole(draft, before)
        if "of" in found.groups and draft.measure in ("share", "rank", "gap", "contribution", "multiple"):
            self._of(draft, found)
        self._read_status(draft)

    def read_base(self, draft: Draft, before: Draft | None = None) -> None:
        """Fill the base of a growth, change or multiple; its own period must be known.

        `before` is the last growth of the sentence: what it is compared with holds for a bare growth of its list.
        """
        if draft.measure not in _COMPARED:
            return
        leader = draft.leader
        if leader is not None and (leader.measure == draft.measure or (leader.measure in _COMPARED and leader.base)):
            draft.base = leader.base
            draft.comes_from("base", "list")
            return
        found = self._nearest_base(draft)
        if found is None and self._goes_on(draft, before):
            return
        if found is None:
            if draft.measure == "growth_rate":
                draft.base = "yoy"
                draft.because("base", "bases.bare_growth")
            else:
                draft.because("base", "no comparison is named")
            return
        draft.because("base", found.rule, (found.start, found.end))
        draft.base = str(found.yields["base"]) or None if "base" in found.yields else self._period_base(draft, found)

    @staticmethod
    def _goes_on(draft: Draft, before: Draft | None) -> bool:
        """Give a bare growth the base of the growth before it, unless that is a year before (比节前下降1%；…2%)."""
        if before is None or before.base in (None, "yoy") or draft.measure != before.measure:
            return False
        draft.base = before.base
        draft.comes_from("base", "sentence", before.text.view.span(before.item.start, before.item.end))
        return True

    def _nearest_base(self, draft: Draft) -> Found | None:
        """Return the comparison that stands nearest before the figure."""
        found = list(self._bases.matches(draft.text, draft.item, nearest=True))
        return max(found, key=lambda f: f.start, default=None)

    @staticmethod
    def _period_base(draft: Draft, found: Found) -> str | None:
        item = _time_at(draft, *found.groups["base"])
        value = item.period.value if item and item.period else None
        if value and draft.period and value == year_before(draft.period):
            return "yoy"
        return value

    @staticmethod
    def _share(draft: Draft, leader: Draft) -> None:
        rises = leader.measure in ("growth_rate", "change") and leader.quantity.kind in _RISING
        draft.measure = _RISING.get(draft.quantity.kind, leader.measure) if rises else leader.measure
        draft.negative = leader.negative
        draft.of, draft.status = leader.of, leader.status
        draft.predicate = draft.item.start
        draft.right = draft.item.end
        draft.comes_from("measure", "list", leader.text.view.span(leader.item.start, leader.item.end))

    @staticmethod
    def _whole(draft: Draft, before: Sequence[Draft]) -> None:
        """Give a share whose whole is not named the whole of the share before it (…占外贸总值的6%；…占3%).

        What is done of a plan is no such whole, and 其中 speaks of the figure before it.
        """
        if draft.text.text.startswith("其中", draft.text.segment(draft.item.start)[0]):
            return
        for other in reversed(before):
            if other.measure == "share" and other.of and not other.of_closed and other.paragraph >= draft.paragraph - 1:
                draft.of = other.of
                draft.comes_from("of", "earlier share", other.text.view.span(other.item.start, other.item.end))
                return
            if other.paragraph < draft.paragraph - 1:
                return

    def _of(self, draft: Draft, found: Found) -> None:
        start, end = found.groups["of"]
        end = self._before_amount(draft, start, end)
        of = draft.text.text[start:end].strip("的、，") + (draft.of or "")
        if of:
            draft.of = of
            draft.because("of", found.rule, (start, end))

    def _before_amount(self, draft: Draft, start: int, end: int) -> int:
        """Return where the whole of a share ends that is a task, without how much it is (完成年任务|75亿元的23.7%)."""
        inside = draft.text.between(start, end, "figure")
        if not inside or inside[-1].end != end:
            return end
        task = self._announcing["task"].search(draft.text.text[start : inside[-1].start])
        return inside[-1].start if task else end

    def _read_status(self, draft: Draft) -> None:
        found = self._status.first(draft.text, draft.item)
        if found:
            draft.status = str(found.yields["status"])
            draft.aim = bool(found.yields.get("aim"))
            draft.planned = bool(found.yields.get("plan"))
            draft.because("status", found.rule, (found.start, found.end))
        elif self._of_plan_told(draft):
            draft.status = "target"
            draft.because("status", "announcing.plan_told")

    def _of_plan_told(self, draft: Draft) -> bool:
        """Say whether 其中 lists what the sentence before, without figures, plans (将重点实施…。其中…)."""
        text, (first, _) = draft.text, draft.text.full_sentence(draft.item.start)
        if not first or not self._announcing["listed"].match(text.text, first):
            return False
        start, end = text.full_sentence(first - 1)
        return (
            not text.between(start, end, "figure")
            and self._announcing["plan_told"].search(text.text, start, end) is not None
        )


def _passes_on(draft: Draft) -> bool:
    """Say whether the next noun of the list shares what this figure says (增加A 2亩、B 1亩)."""
    return draft.measure == "change" or (draft.measure == "share" and draft.noun_after)


def _many(draft: Draft) -> bool:
    """Say whether a bare number is no part of a whole: it is more than one (25亿 without its unit)."""
    return draft.quantity.kind == "number" and draft.quantity.value is not None and draft.quantity.value > 1


def _time_at(draft: Draft, start: int, end: int) -> Item | None:
    times = draft.text.between(start, end, "time")
    return times[-1] if times else None
