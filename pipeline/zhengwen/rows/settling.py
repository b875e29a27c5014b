"""Periods and status that parts and repeated headings take from their totals, once a paragraph is read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhengwen.rows.drafts import Draft

__all__ = ["settle"]

_SHORT = 2
_AMONG = re.compile("其中|[；;]")
_DONE = re.compile("完成|实际|已|建好|建成")
"""What a part of a plan is not, where its own words tell it (计划造林41万亩，完成33万亩)."""


def settle(drafts: Sequence[Draft]) -> None:
    """Give a part the period of its total, and a repeated heading of a list that of its first mention.

    项目530项，总投资2945亿元，1—6月完成362亿元，其中：在建项目185项，总投资1330亿元: the months are those of
    完成 alone.
    """
    for i, draft in enumerate(drafts):
        if _planned_part(draft):
            draft.status = "target"
            draft.because("status", "status.of_total")
        if draft.inherited.get("period", {}).get("from") != "sentence":
            continue
        part = draft.part_of if _broken_down_since(draft) else None
        before = part or _said_before(drafts[:i], draft)
        between = any(d.text is draft.text and _after_time(d, draft) for d in drafts[:i])
        aim = _aim_before(drafts[:i], draft)
        if not between or (aim is None and (before is None or not _within(before, draft))):
            continue
        before = aim or before
        assert before is not None
        if before.period == draft.period:
            continue
        draft.period = before.period
        draft.because("period", "times.as_before")
        draft.comes_from("period", "list", before.text.view.span(before.item.start, before.item.end))


def _planned_part(draft: Draft) -> bool:
    """Say whether a figure is a part of a planned total and nothing says of it that it is done."""
    total = draft.part_of
    if total is None or total.status != "target" or "status" in draft.reasons or draft.measure != "level":
        return False
    done = _DONE.search(draft.text.text, draft.text.segment(draft.item.start)[0], draft.item.start)
    return not done and draft.period == total.period and draft.quantity.unit == total.quantity.unit


def _said_before(before: Sequence[Draft], draft: Draft) -> Draft | None:
    """Return the last figure that says the same of another (总投资…，其中：…总投资…)."""
    if draft.measure != "level":
        return None
    like = (
        d for d in reversed(before) if (d.measure, d.indicator, d.status) == ("level", draft.indicator, draft.status)
    )
    return next(like, None)


def _aim_before(before: Sequence[Draft], draft: Draft) -> Draft | None:
    """Return the last aim of the whole year in a part of which a fact was told before another aim.

    2023年计划投资562亿元，1—6月完成362亿元，其中：在建项目计划投资328亿元
    """
    if draft.status != "target" or draft.period is None:
        return None
    year = draft.period.lstrip("/")[: len("2020")]
    aims = (d for d in reversed(before) if d.status == "target" and d.text is draft.text and not _after_time(d, draft))
    return next((d for d in aims if d.period == year != draft.period), None)


def _broken_down_since(draft: Draft) -> bool:
    """Say whether 其中 or ； stands between the time that a figure inherits and the figure."""
    view, span = draft.text.view, draft.inherited["period"].get("span")
    return span is not None and any(
        view.span(m.start(), m.end())[0] >= span[1] for m in _AMONG.finditer(draft.text.text, 0, draft.item.start)
    )


def _within(before: Draft, draft: Draft) -> bool:
    """Say whether a figure stands in the same passage, before a single clause's time that the other takes."""
    span = draft.inherited["period"].get("span")
    first, _ = draft.text.passage(draft.item.start)
    time = next((i for i in draft.text.items if draft.text.view.span(i.start, i.end) == span), None)
    if before.text is not draft.text or time is None or not first <= before.item.start < time.start:
        return False
    if time.start - draft.text.sentence(time.start)[0] <= _SHORT:  # ；今年1—8月产值…，投资…
        return False
    return bool(draft.text.between(*draft.text.segment(time.start), "figure"))  # 截至10月底，… governs what follows


def _after_time(other: Draft, draft: Draft) -> bool:
    """Say whether a figure stands behind the time that another inherits."""
    span = draft.inherited["period"].get("span")
    return span is not None and other.text.view.span(other.item.start, other.item.end)[0] >= span[1]
