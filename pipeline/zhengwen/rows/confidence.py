"""How far to trust a row: the measured precision of the rules that made it, never a guess.

`rules/confidence.tsv` says for each rule path how many rows it made on labelled pages that were not used to write the
rules (the corpus's held-out pages), and how many of them were right in every slot. A row's confidence is the lower end
of the 95 % Wilson interval of that share (E. B. Wilson, JASA 22, 1927): few rows, little trust. A row whose path was
never seen there takes a shorter path; one without any stays empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import sqrt
from typing import Any

from zhengwen.rules import Rules

__all__ = ["PATHS", "Confidence", "Measured", "rule_paths", "wilson"]

PATHS = (("measure", "indicator", "subject", "period"), ("indicator", "subject", "period"), ("subject", "period"))
"""The slots whose rules make a path, from the most telling path to the least."""
_FEWEST = 5
"""A path with fewer rows gives way to a shorter one."""
_Z = 1.96
_REMEMBERED = 4096
"""How many paths are kept with what was found for them: the same come again in every article."""


@dataclass(frozen=True)
class Measured:
    """What was counted for a rule path: rows on held-out pages, and those right in every slot."""

    path: str
    right: int
    rows: int

    def told(self) -> dict[str, Any]:
        """Return what was counted, as `reasons` holds it."""
        return {"path": self.path, "right": self.right, "rows": self.rows}

    @cached_property
    def low(self) -> float:
        """The lower end of the Wilson interval, to three places."""
        return round(wilson(self.right, self.rows), 3)


class Confidence:
    """Looks up the measured precision of the path behind a row."""

    def __init__(self, rules: Rules) -> None:
        rows = rules.table("confidence")
        self._known = {r["path"]: Measured(r["path"], int(r["right"]), int(r["rows"])) for r in rows}
        self._measured = lru_cache(maxsize=_REMEMBERED)(self._longest)

    def of(self, reasons: Mapping[str, Any]) -> Measured | None:
        """Return the measure of the longest path that was seen often enough, None when there is none."""
        return self._measured(_rules(reasons))

    def _longest(self, rules: tuple[str, ...]) -> Measured | None:
        found = (self._known.get(path) for path in _paths(rules))
        return next((m for m in found if m is not None and m.rows >= _FEWEST), None)


def rule_paths(reasons: Mapping[str, Any]) -> list[str]:
    """Return the paths of a row by its reasons, the longest first: `measure=… indicator=… subject=… period=…`."""
    return _paths(_rules(reasons))


def _rules(reasons: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the rule that filled each slot of the longest path, empty where none did."""
    return tuple([str(reasons[slot].get("rule", "")) if slot in reasons else "" for slot in PATHS[0]])


def _paths(rules: tuple[str, ...]) -> list[str]:
    rule = dict(zip(PATHS[0], rules, strict=True))
    return [" ".join(f"{slot}={rule[slot] or '-'}".replace(" ", "_") for slot in path) for path in PATHS]


def wilson(right: int, rows: int) -> float:
    """Return the lower end of the 95 % interval of a share, 0 for no rows."""
    if not rows:
        return 0.0
    share, z2 = right / rows, _Z * _Z
    centre = share + z2 / (2 * rows)
    spread = _Z * sqrt((share * (1 - share) + z2 / (4 * rows)) / rows)
    return (centre - spread) / (1 + z2 / rows)
