"""What of a work, a place or a right no date around it dates: lasting attributes, durations, ends of movements."""

from __future__ import annotations

from zhengwen.rows.drafts import Draft
from zhengwen.rows.patterns import Found, Patterns
from zhengwen.rules import Rules
from zhengwen.times.periods import are_years

__all__ = ["Attributes"]

_LONG = 3
"""From how many characters on the end of a noun tells that it is a lasting attribute."""


class Attributes:
    """Answers, for one figure at a time, whether a time that is not its own can reach it; keeps nothing."""

    def __init__(self, rules: Rules) -> None:
        self._acts = Patterns(rules, "acts")
        self._movements = Patterns(rules, "movements")
        self._afterwards = Patterns(rules, "afterwards")
        self._days = next(r.regex for r in rules.of("rows/nouns") if r.id == "nouns.days")
        self._names = frozenset(row["term"] for row in rules.table("rows/lasting"))
        self._tails = tuple(t for t in self._names if len(t) >= _LONG)
        self._flows = frozenset(row["unit"] for row in rules.table("rows/flows"))

    def timeless(self, draft: Draft) -> tuple[bool, bool]:
        """Return whether only its clause's own time dates a figure, and whether not even that does."""
        after = self._afterwards.first(draft.text, draft.item)
        return after is not None or self.lasting(draft), after is not None and bool(after.yields.get("described"))

    def movement(self, draft: Draft) -> Found | None:
        """Return the movement (由A增加到B) of which a figure is one end."""
        return self._movements.first(draft.text, draft.item)

    def earlier_end(self, draft: Draft) -> bool:
        """Say whether a figure is the earlier end of a movement, which is a fact, also where the later is an aim."""
        found = self.movement(draft)
        if found is None or found.yields["end"] != "first":
            return False
        draft.status = "actual"
        draft.because("status", "status.earlier_end", (found.start, found.end))
        return True

    def end_of(self, draft: Draft, period: str) -> str:
        """Return the year at one end of a stretch of years for a figure that is one end of a movement over it."""
        first, _, last = period.partition("/")
        found = self.movement(draft) if are_years(period) else None
        return period if found is None else first if found.yields["end"] == "first" else last

    def of_project(self, draft: Draft) -> bool:
        """Say whether the figure describes a project (含桥2座): no time but its clause's own extends to it.

        Who came and what ran (接待3万人次, 加开1182列) is of a time also where a station or a museum is the subject.
        """
        if draft.quantity.unit in self._flows:
            return False
        act = self._acts.first(draft.text, draft.item)
        done = act is not None and (draft.measure != "level" or bool(act.yields.get("of_level", True)))
        return draft.subject_kind == "project" and not done

    def lasting(self, draft: Draft) -> bool:
        """Say whether the indicator is a lasting attribute (占地面积): an event's date does not extend to it.

        Money is one of a piece of work (总投资), never of a place, whose projects of a year it sums up.
        """
        name = draft.indicator or ""
        if draft.quantity.kind == "money" and draft.subject_kind == "place":
            return False
        lasting = draft.measure == "level" and (name in self._names or name.endswith(self._tails))
        return lasting and not (draft.quantity.kind == "money" and self._acts.first(draft.text, draft.item))

    def duration(self, draft: Draft) -> bool:
        """Say whether a figure is how long something takes or lasts, no statistic (天数), nothing spent (仅用5天)."""
        if draft.quantity.kind != "duration" or self._days.search(draft.indicator or ""):
            return False
        act = self._acts.first(draft.text, draft.item)
        return act is None or not act.yields.get("spent")

    @staticmethod
    def lasts(draft: Draft) -> bool:
        """Say whether a duration says how long something takes or must last; an age is that of who is counted."""
        age = (draft.quantity.unit or "").endswith("岁")
        return draft.measure == "level" or (draft.measure == "threshold" and not age)
