"""Breakdowns: which figure is a part of which total (企业49家（工业16家，…）; 其中 …)."""

from __future__ import annotations

from collections.abc import Sequence

from zhengwen.rows.drafts import Draft
from zhengwen.rows.patterns import Patterns
from zhengwen.rules import Rules

__all__ = ["Parts"]


_SHORT_NOUN = 4
"""A longer word than this tells a part apart and names it as well."""


class Parts:
    """Links the parts of a paragraph to their totals and completes the parts' indicators."""

    def __init__(self, rules: Rules) -> None:
        self._leads = Patterns(rules, "parts")
        self._nouns = tuple(row["term"] for row in rules.table("rows/totals"))

    def link(self, drafts: Sequence[Draft]) -> None:
        """Fill `part_of` for the level figures of one paragraph, in order."""
        for i, draft in enumerate(drafts):
            if draft.measure != "level":
                continue
            total = self._bracket_total(drafts[:i], draft) or self._lead_total(drafts[:i], draft)
            if total:
                draft.part_of = total
                self._complete(draft, total)

    def _bracket_total(self, before: Sequence[Draft], draft: Draft) -> Draft | None:
        """Return the figure right before the bracket that a figure stands in, when it counts the same."""
        inside = draft.text.bracket(draft.item.start)
        if inside is None:
            return None
        for total in reversed(before):
            if total.item.end <= inside[0] - 1:
                near = len(draft.text.text[total.item.end : inside[0] - 1]) <= 6
                return total if near and _same_unit(total, draft) and total.measure == "level" else None
        return None

    def _lead_total(self, before: Sequence[Draft], draft: Draft) -> Draft | None:
        """Return the total that 其中 or 分…看 refers back to."""
        found = self._leads.first(draft.text, draft.item)
        if found is None or draft.text.bracket(draft.item.start):
            return None
        start, _ = draft.text.full_sentence(draft.item.start)
        for total in reversed(before):
            cue = found.start
            if total.item.start >= cue or total.measure != "level" or not _same_unit(total, draft):
                continue
            if total.part_of is not None and total.item.start < start:
                continue
            if _larger(total, draft):
                draft.because("part_of", found.rule, (found.start, found.end))
                return total
            return None
        return None

    def _complete(self, draft: Draft, total: Draft) -> None:
        """Give a part the total's noun when its own words only tell it apart (工业 → 工业企业)."""
        own, whole = draft.indicator or "", total.indicator or ""
        if not own or not whole or any(own.endswith(noun) for noun in self._nouns):
            return
        if len(own) > _SHORT_NOUN or own[-1:] == whole[-1:] or own.endswith(whole[-2:]) or own in whole:
            return
        draft.indicator = own + whole
        draft.comes_from("indicator", "total", total.text.view.span(total.item.start, total.item.end))


def _same_unit(a: Draft, b: Draft) -> bool:
    return (a.quantity.unit or "") == (b.quantity.unit or "") and a.quantity.kind == b.quantity.kind


def _larger(total: Draft, part: Draft) -> bool:
    a, b = total.quantity.value, part.quantity.value
    return a is None or b is None or abs(a) >= abs(b)
