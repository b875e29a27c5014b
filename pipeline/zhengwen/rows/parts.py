"""Breakdowns: which figure is a part of which total (企业49家（工业16家，…）; 其中 …)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhengwen.rows.drafts import Draft
from zhengwen.rows.patterns import Patterns, phrases
from zhengwen.rules import Rules

__all__ = ["Parts"]


@dataclass(slots=True)
class _Group:
    """An open breakdown: the cue that opened it and the full stop that closes it (view positions)."""

    rule: str
    cue: tuple[int, int]
    end: int
    leads_sentence: bool


class Parts:
    """Links the parts of a paragraph to their totals and completes the parts' indicators."""

    def __init__(self, rules: Rules) -> None:
        self._patterns = Patterns(rules, "parts")
        self._cues = [(r.id, r.sought) for r in rules.of("rows/part_cues")]
        self._ends = [r.sought for r in rules.of("rows/part_ends")]
        like = phrases(rules, "nouns")
        self._where, self._names_itself = like["where"], like["names_itself"]
        self._nouns = tuple(row["term"] for row in rules.table("rows/totals"))

    def link(self, drafts: Sequence[Draft]) -> None:
        """Fill `part_of` for the level figures of one paragraph, in order."""
        group: _Group | None = None
        at = 0
        totals: dict[tuple[str, str], Draft] = {}
        for i, draft in enumerate(drafts):
            opened = self._opened(draft, at)
            at = draft.item.end
            if opened is not None:
                totals = totals if group and opened.rule == group.rule == "part_cues.seen_by" else {}
                group = opened
            if group and (draft.item.start >= group.end or self._closed(draft, group)):
                group = None
            if draft.measure == "level" and not draft.embedded:
                self._link(draft, drafts[:i], group, totals)

    def _link(
        self, draft: Draft, before: Sequence[Draft], group: _Group | None, totals: dict[tuple[str, str], Draft]
    ) -> None:
        total = self._bracket_total(before, draft) or self._pattern_total(before, draft)
        if total is None and group is not None and draft.text.bracket(draft.item.start) is None:
            total = totals.get(_unit(draft)) or self._cue_total(before, draft, group)
            if total is not None:
                totals[_unit(draft)] = total
        if total is None and draft.reasons.get("indicator", {}).get("rule") == "naming.verb_of":
            total = next((d for d in reversed(before) if _same_unit(d, draft)), None)
        if total is not None and _larger(total, draft) and total is not draft:
            draft.part_of = total
            if draft.text.bracket(draft.item.start) is not None:
                self._complete(draft, total)

    def _opened(self, draft: Draft, at: int) -> _Group | None:
        """Return the breakdown that a cue between the last figure and this one opens."""
        for rule, regex in self._cues:
            for match in regex.finditer(draft.text.text, at, draft.item.start):
                start, end = draft.text.full_sentence(draft.item.start)
                if match.start() >= start:
                    leads = not draft.text.between(start, match.start(), "figure")
                    return _Group(rule, match.span(), end, leads)
        return None

    def _closed(self, draft: Draft, group: _Group) -> bool:
        """Say whether a word or the bracket that was open at the cue closes a breakdown before the figure."""
        between = draft.text.text[group.cue[1] : draft.item.start]
        if any(regex.search(between) for regex in self._ends):
            return True
        return between.count("）") + between.count(")") > between.count("（") + between.count("(")

    def _bracket_total(self, before: Sequence[Draft], draft: Draft) -> Draft | None:
        """Return the figure right before the bracket that a figure stands in, when it counts the same."""
        inside = draft.text.bracket(draft.item.start)
        if inside is None:
            return None
        for total in reversed(before):
            if total.item.end <= inside[0] - 1:
                near = len(draft.text.text[total.item.end : inside[0] - 1]) <= _NEAR
                return total if near and _same_unit(total, draft) and total.measure == "level" else None
        return None

    def _pattern_total(self, before: Sequence[Draft], draft: Draft) -> Draft | None:
        found = self._patterns.first(draft.text, draft.item)
        if found is None:
            return None
        total = next((d for d in before if d.item.start == found.groups["total"][0]), None)
        return total if total is not None and _same_unit(total, draft) else None

    @staticmethod
    def _cue_total(before: Sequence[Draft], draft: Draft, group: _Group) -> Draft | None:
        """Return the total that an open breakdown is of: the nearest larger level of the same unit before its cue."""
        start, _ = draft.text.full_sentence(group.cue[0])
        for total in reversed(before):
            if total.item.start >= group.cue[0] or total.measure != "level" or total.embedded:
                continue
            if not group.leads_sentence and total.item.start < start:
                return None
            if _same_unit(total, draft) and _larger(total, draft):
                if group.rule == "part_cues.seen_by" and total.part_of is not None:
                    continue
                draft.because("part_of", group.rule, group.cue)
                return total
        return None

    def _complete(self, draft: Draft, total: Draft) -> None:
        """Give a part the total's noun when its own words only tell it apart (工业 → 工业企业)."""
        own, whole = draft.indicator or "", total.indicator or ""
        if draft.quantity.kind != "count" or not own or not whole or any(own.endswith(n) for n in self._nouns):
            return
        if self._where.search(own) and not self._where.search(whole):  # 停车场3个（清雅小区2个）
            draft.indicator = whole
            draft.comes_from("indicator", "total", total.text.view.span(total.item.start, total.item.end))
            return
        if self._names_itself.search(own):
            return
        if len(own) > _SHORT_NOUN or own[-1:] == whole[-1:] or own.endswith(whole[-2:]) or own in whole:
            return
        draft.indicator = own + whole
        draft.comes_from("indicator", "total", total.text.view.span(total.item.start, total.item.end))


_SHORT_NOUN = 4
"""A longer word than this tells a part apart and names it as well."""
_NEAR = 6
"""How many characters (左右, a noun) may stand between a total and the bracket with its parts."""


def _unit(draft: Draft) -> tuple[str, str]:
    return draft.quantity.kind, draft.quantity.unit or ""


def _same_unit(a: Draft, b: Draft) -> bool:
    return _unit(a) == _unit(b)


def _larger(total: Draft, part: Draft) -> bool:
    a, b = total.quantity.value, part.quantity.value
    return a is None or b is None or abs(a) >= abs(b)
