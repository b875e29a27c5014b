"""Who speaks: what somebody tells of his own house without naming it (陈河介绍：“今年产值2亿元”)."""

from __future__ import annotations

from zhengwen.rows.clauses import Item, Text
from zhengwen.rows.mentions import Mentions
from zhengwen.rows.patterns import Patterns
from zhengwen.rows.scopes import Context, Subject
from zhengwen.rules import Rules

__all__ = ["Speakers"]

_QUOTED = 400
"""How long a quotation may be."""
_BEFORE = 80
"""How far before a quotation its speaker's house may stand."""
_BEHIND = 50
"""How far behind it."""
_OWN = ("村", "社区")
"""What the name of a place ends in whose people speak of it as their own; a higher place's officials report."""


class Speakers:
    """Finds the house or village whose people tell a figure."""

    def __init__(self, rules: Rules, mentions: Mentions) -> None:
        self._mentions = mentions
        self._spoken = Patterns(rules, "speakers")

    def of(self, text: Text, at: int, context: Context) -> Subject | None:
        """Return whose people tell what stands at a position: told before it, or behind the quotation it stands in."""
        first = text.full_sentence(at)[0]
        quoted = _quotation(text.text, at)
        if quoted is not None:
            first = min(first, max(0, quoted[0] - _BEFORE))
        for item in reversed(text.between(first, at, "name")):
            if self._speaks(text, item, at):
                return self._house(text, item, context)
        for item in text.between(quoted[1], quoted[1] + _BEHIND, "name") if quoted is not None else ():
            if self._speaks(text, item, len(text.text)):
                return self._house(text, item, context)
        return None

    def _speaks(self, text: Text, item: Item, before: int) -> bool:
        """Say whether one of a name's people speaks, before a position."""
        found = self._spoken.first(text, item)
        return found is not None and found.end <= before

    def _house(self, text: Text, item: Item, context: Context) -> Subject | None:
        """Return what a speaker's figures are of: his enterprise or village, not the place that a body administers."""
        named = context.named(text, item)
        if named.kind == "place":
            return named if named.name.endswith(_OWN) else None
        return named if self._mentions.acts_for_itself(named.name) else None


def _quotation(text: str, at: int) -> tuple[int, int] | None:
    """Return where the quotation around a position opens and closes; those inside it are passed over."""
    depth, opened = 0, -1
    if text.rfind("“", max(0, at - 1 - _QUOTED), at) < 0:
        return None
    for i in range(at - 1, max(-1, at - 1 - _QUOTED), -1):
        if text[i] == "”":
            depth += 1
        elif text[i] == "“":
            if depth == 0:
                opened = i
                break
            depth -= 1
    if opened < 0:
        return None
    depth = 0
    for i in range(at, min(len(text), at + _QUOTED)):
        if text[i] == "“":
            depth += 1
        elif text[i] == "”":
            if depth == 0:
                return opened, i + 1
            depth -= 1
    return None
