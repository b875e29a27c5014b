"""Who speaks: what somebody tells of his own house without naming it (陈河介绍：“今年产值2亿元”)."""

from __future__ import annotations

from dataclasses import replace

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
        self._introduced: dict[str, Subject] = {}

    def start(self, texts: list[Text], context: Context) -> None:
        """Begin an article: note whose people those are whom it introduces (甲公司董事长陈河)."""
        self._introduced = {}
        for text in texts:
            people = [i for i in text.between(0, len(text.text), "name") if i.name.type == "person"]
            for item in text.between(0, len(text.text), "name") if people else ():
                found = self._spoken.first(text, item) if item.name.type != "person" else None
                person = next((i for i in people if found and item.end < i.start < found.end), None)
                house = self._house(text, item, context) if person is not None else None
                if person is not None and house is not None:
                    self._introduced.setdefault(_called(text, person), house)

    def of(self, text: Text, at: int, context: Context) -> Subject | None:
        """Return whose people tell what stands at a position: told before it, or behind the quotation it stands in."""
        first = text.full_sentence(at)[0]
        quoted = _quotation(text.text, at)
        if quoted is not None:
            first = min(first, max(0, quoted[0] - _BEFORE))
        for item in reversed(text.between(first, at, "name")):
            if self._speaks_for(text, item, at):
                return self._house(text, item, context)
        for item in text.between(quoted[1], quoted[1] + _BEHIND, "name") if quoted is not None else ():
            if self._speaks_for(text, item, len(text.text)):
                return self._house(text, item, context)
        return self._known(text, first, at, quoted)

    def before(self, text: Text, at: int, context: Context) -> Subject | None:
        """Return whose people spoke last in the paragraph before a position: it goes on with what they told."""
        for item in reversed(text.between(0, at, "name")):
            if self._speaks_for(text, item, at):
                return self._house(text, item, context)
        return None

    def _known(self, text: Text, first: int, at: int, quoted: tuple[int, int] | None) -> Subject | None:
        """Return the house of somebody who speaks and was introduced before (“今年产值2亿元。”陈河说)."""
        if not self._introduced:
            return None
        behind = text.between(quoted[1], quoted[1] + _BEHIND, "name")[:1] if quoted is not None else []
        for item in [*behind, *reversed(text.between(first, at, "name"))]:
            house = self._introduced.get(_called(text, item)) if item.name.type == "person" else None
            if house is not None and self._speaks(text, item, at if item.start < at else len(text.text)):
                return replace(house, span=text.view.span(item.start, item.end))
        return None

    def _speaks(self, text: Text, item: Item, before: int) -> bool:
        """Say whether a person, or one of a name's people, speaks before a position."""
        found = self._spoken.first(text, item)
        return found is not None and "speaks" in found.yields and found.end <= before

    def _speaks_for(self, text: Text, item: Item, before: int) -> bool:
        """Say whether one of a body's or a place's people speaks, before a position."""
        return item.name.type != "person" and self._speaks(text, item, before)

    def _house(self, text: Text, item: Item, context: Context) -> Subject | None:
        """Return what a speaker's figures are of: his enterprise or village, not the place that a body administers."""
        named = context.named(text, item)
        if named.kind == "place":
            return named if named.name.endswith(_OWN) else None
        return named if self._mentions.acts_for_itself(named.name) else None


def _called(text: Text, item: Item) -> str:
    """Return how a text calls a person."""
    return text.text[item.start : item.end]


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
