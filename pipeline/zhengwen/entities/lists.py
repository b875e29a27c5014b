"""Lists of names: what stands between 、 shares a type, which the known ones or the list's head tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from zhengwen.entities.found import Found
from zhengwen.entities.lexis import Lexis
from zhengwen.entities.names import NameFinder
from zhengwen.entities.words import NAME_TAGS, STOP_TAGS, Words, is_han
from zhengwen.rules import Rule, Rules

__all__ = ["ListReader"]

BREAK = re.compile(r"[，。；：！？\n,;:]")
MOST = 14
"""The longest list item that can still be a bare name."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list and what was found there, if anything spans it."""

    start: int
    end: int
    found: Found | None


class ListReader:
    """Gives the unknown items of a list the type of its head or of its known items."""

    def __init__(self, rules: Rules, lexis: Lexis, names: NameFinder) -> None:
        self.own = names.own
        heads = {r.id: r for r in rules.of("entities/lists")}
        self.trade = heads.pop("lists.trade").regex
        self.lead_in = heads.pop("lists.lead_in").regex
        self.members = heads.pop("lists.members").regex
        self.things = heads.pop("lists.things").regex
        self.rules = tuple(heads.values())
        self.lexis = lexis

    def read(self, words: Words, found: list[Found]) -> list[Found]:
        """Return the names that lists add to (or retype among) those found in a paragraph."""
        added: list[Found] = []
        text, at, start = words.text, 0, 0
        while (mark := text.find("、", start)) >= 0:
            start = max((m.end() for m in BREAK.finditer(text, start, mark)), default=start)
            stop = BREAK.search(text, mark)
            end = stop.start() if stop else len(text)
            while at < len(found) and found[at].end <= start:
                at += 1
            here = at
            while here < len(found) and found[here].start < end:
                here += 1
            added += self._clause(words, start, end, found[at:here])
            start = end + 1
        return added

    def _clause(self, words: Words, start: int, end: int, found: list[Found]) -> Iterator[Found]:
        text = words.text
        inside = {f.end: f for f in found if start <= f.start and f.end <= end}
        inside |= {~f.start: f for f in inside.values()}
        cuts = [i for i in range(start, end) if text[i] == "、"]
        if not cuts or len(cuts) > 400:
            return
        bounds = list(zip([start, *(c + 1 for c in cuts)], [*cuts, end], strict=True))
        closing = next((i for i, (a, b) in enumerate(bounds) if i and text.find("等", a, b) > a), len(bounds) - 1)
        bounds = bounds[: closing + 1]
        head, tail = self._head(text, bounds[-1][0], end)
        items = [self._item(words, a, b, inside, first=i == 0) for i, (a, b) in enumerate(bounds[:-1])]
        items += self._last(words, bounds[-1][0], tail, inside)
        yield from self._decide(words, [x for x in items if x is not None], head)

    def _head(self, text: str, start: int, end: int) -> tuple[Rule | None, int]:
        """Return the head rule that closes the list and where its words begin."""
        best: tuple[int, Rule] | None = None
        for rule in self.rules:
            match = rule.regex.search(text, start, min(len(text), min(end, start + 40) + 1))
            if match and match.start() > start and (best is None or match.start() < best[0]):
                best = (match.start(), rule)
        return (best[1], best[0]) if best else (None, end)

    def _last(self, words: Words, start: int, end: int, inside: dict[int, Found]) -> list[Item | None]:
        """Return the last one or two items: A和B before the head."""
        text = words.text
        stop = text.find("等", start, end)
        end = min(end, next((i for i in range(start, end) if text[i] == "、"), end))
        end = stop if stop > start else end
        for mark in "和及与":
            at = text.find(mark, start + 1, end)
            if at > 0 and words.whole(at, at + 1) and end - at > 1:
                return [
                    self._item(words, start, at, inside, first=False),
                    self._item(words, at + 1, end, inside, first=False),
                ]
        return [self._item(words, start, end, inside, first=False)]

    def _item(self, words: Words, start: int, end: int, inside: dict[int, Found], *, first: bool) -> Item | None:
        while start < end and words.text[start] in " \u3000“‘":
            start += 1
        while end > start and words.text[end - 1] in " \u3000”’":
            end -= 1
        name = inside.get(end)
        if name is not None and (first or name.start == start):
            return Item(name.start, end, name)
        if first:
            start = self._begin(words, start, end)
        if not 1 < end - start <= MOST or start not in words.starting or end not in words.starting:
            return None
        if ~start in inside or words.text[start].isdigit():
            return None
        if not all(is_han(c) or c.isalnum() for c in words.text[start:end]):
            return None
        return Item(start, end, None)

    def _begin(self, words: Words, start: int, end: int) -> int:
        """Return where the first item begins: after the last word of grammar or the last verb."""
        if end not in words.starting:
            return end
        word = words.last(end)
        while word >= 0 and words.starts[word] >= start:
            form, tag = words.forms[word], words.tags[word]
            hard = form in self.lexis.hard or form in self.lexis.lead
            hard = hard or (tag == "v" and form in self.lexis.soft and words.starts[word + 1] < end - 1)
            if hard or not is_han(form[0]) or (len(form) > 1 and (tag in STOP_TAGS or tag in {"v", "d"})):
                return words.starts[word + 1]
            word -= 1
        return start

    def _decide(self, words: Words, items: list[Item], head: Rule | None) -> Iterator[Found]:
        known = [i.found for i in items if i.found is not None]
        unknown = [i for i in items if i.found is None]
        kind = str(head.yields["type"]) if head else ""
        sure = [f for f in known if f.certain]
        if not kind and sure and len(sure) * 2 >= len(items):
            ((kind, votes),) = Counter(f.type for f in sure).most_common(1)
            kind = kind if votes == len(sure) else ""
        for name in known:
            if not name.certain and (sure or head):
                yield replace(name, certain=True, rule="lists.known")
            elif head and head.yields.get("retype") and name.type == "place":
                yield replace(name, type=kind, rule=head.id, shape="retyped")
        rule = "lists.like"
        if not kind and items and self.lead_in.search(words.text, max(0, items[0].start - 6), items[0].start):
            traded = sum(bool(self.trade.search(words.text, i.start, i.end)) for i in unknown)
            before = words.text[: items[0].start]
            among = self.members.search(before) and not self.things.search(before[-20:])
            if traded and among and all(f.type == "organisation" for f in sure):
                kind, rule = "organisation", "lists.trade"
        if not kind:
            return
        loose = head is None or bool(head.yields.get("loose")) or kind != "place"
        for item in unknown:
            if rule == "lists.trade" or self._bare(words, item, loose=loose, most=MOST if head else 6):
                yield Found(item.start, item.end, kind, head.id if head else rule, shape="list")

    def _bare(self, words: Words, item: Item, *, loose: bool, most: int) -> bool:
        """Tell whether an unknown item can be a bare name: unknown characters or a name word, no grammar inside."""
        text = words.text[item.start : item.end]
        if text in self.lexis.common and loose:
            return False
        first, last = words.starting[item.start], words.last(item.end)
        tags = words.tags[first : last + 1]
        forms = words.forms[first : last + 1]
        if any(f in self.lexis.hard and len(f) > 1 for f in forms) or any(f in self.lexis.lead for f in forms):
            return False
        if any(t in STOP_TAGS for f, t in zip(forms, tags, strict=True) if len(f) > 1):
            return False
        if "的" in text or len(text) > most or (not loose and len(text) > 5):
            return False
        run = any(len(a) == 1 and len(b) == 1 for a, b in pairwise(forms))
        named = any(t in NAME_TAGS for t in tags)
        if not loose:
            return run or named or (len(forms) == 1 and len(text) == 2)
        return self.own(words, item.start, item.end)
