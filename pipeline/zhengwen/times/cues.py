"""What stands beside a time: comparison, bound, as-of, since, future (rules/times/cues.toml)."""

from __future__ import annotations

import re
from functools import lru_cache

from zhengwen.fixed import fixed
from zhengwen.rules import Rules

__all__ = ["Cues", "Surroundings"]

_REACH = 10
_KEPT = 4096
"""How many surroundings are remembered: each stage asks about the same times again."""
_CLAUSE_END = re.compile("[。；;！？!?\n]")


@fixed
class Surroundings:
    """How a time stands in its clause."""

    compared: bool
    bound: bool
    as_of: bool
    since: bool
    days_off: bool
    future: bool
    until: bool = False
    done: bool = False
    aimed: bool = False

    @property
    def leads(self) -> bool:
        """Whether the text that follows runs under this time."""
        return not self.compared and (not self.bound or self.since)


class Cues:
    """The cue rules, ready to be asked about a span of a text."""

    def __init__(self, rules: Rules) -> None:
        self._cue = {rule.id.partition(".")[2]: rule.sought for rule in rules.of("times/cues")}
        self._around = lru_cache(maxsize=_KEPT)(self._stands)

    def around(self, text: str, start: int, end: int) -> Surroundings:
        """Return how the time `text[start:end]` stands."""
        before = text[max(0, start - _REACH) : start].rstrip(" \u3000")
        return self._around(before, text[end : end + _REACH], _clause(text, start, end))

    def _stands(self, before: str, after: str, clause: str) -> Surroundings:
        """Return how a time stands between two stretches of text, in its clause."""
        return Surroundings(
            compared=self._has("compared", before) or self._has("compared_behind", after),
            bound=self._has("bound", before),
            as_of=self._has("as_of", before),
            since=self._has("since", after),
            days_off=self._has("days_off", after),
            future=self._has("future", clause),
            until=self._has("until", before),
            done=self._has("done", before),
            aimed=self._has("aimed", after),
        )

    def report(self, title: str) -> bool:
        """Tell whether a headline is that of a report."""
        return self._has("report", title)

    def year_end(self, title: str, year: int) -> bool:
        """Tell whether a headline is that of a summary of `year`, or of a part of it, written before it is over."""
        return str(year) in title and self._has("summary", title)

    def _has(self, name: str, text: str) -> bool:
        cue = self._cue.get(name)
        return bool(cue and cue.search(text))


def _clause(text: str, start: int, end: int) -> str:
    """Return the clause around a span: a few dozen characters within its sentence."""
    low = max(0, start - 24)
    for found in _CLAUSE_END.finditer(text, low, start):
        low = found.end()
    stop = _CLAUSE_END.search(text, end, end + 24)
    return text[low : stop.start() if stop else end + 24]
