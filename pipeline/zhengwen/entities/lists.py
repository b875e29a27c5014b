"""Lists of names: what stands between 、 shares a type, which the known ones or the list's head tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from zhengwen.entities.found import Found
from zhengwen.entities.lexis import Lexis
from zhengwen.entities.names import NameFinder
from zhengwen.entities.walk import LEVELS, OURS
from zhengwen.entities.words import NAME_TAGS, STOP_TAGS, Words, is_han
from zhengwen.fixed import fixed
from zhengwen.rules import Rule, Rules

__all__ = ["ListReader"]

DESCRIBING = frozenset({"vn", "l", "i", "f", "m"})
"""Parts of speech, beside nouns and adjectives, that stand before the head noun of a list."""
BREAK = re.compile(r"[，。；：！？\n,;:]")
LEAST = 2
"""The least that a list's item says of works behind their place."""
LONGEST_WORKS = 26
"""The longest list item that tells of works at a place."""
WORKS = ("项目", "工程")
"""What the items of a list of works end with."""
SCENES = ("现场", "工地")
"""Where one goes to see the works of a list; no part of the last one's name."""
LEAST_WORK, MOST_WORK = 6, 34
"""The fewest and the most characters of such an item."""
NUMERALS = frozenset("一二三四五六七八九十两几")
JOINING = frozenset("和及与暨或")
MOST = 14
"""The longest list item that can still be a bare name."""


@fixed
class Item:
    """One item of a list and what was found there, if anything spans it."""

    start: int
    end: int
    found: Found | None
    built: bool = False
    """Whether it is a piece of work at a place that it begins with (良马乡|连翘产业深加工)."""
    firm: bool = False
    """Whether what is built ends as a company does (湖北|一正药业)."""


class ListReader:
    """Gives the unknown items of a list the type of its head or of its known items."""

    def __init__(self, rules: Rules, lexis: Lexis, names: NameFinder) -> None:
        self.own = names.own
        self._strange = names.odd
        heads = {r.id: r for r in rules.of("entities/lists")}
        self.trade = heads.pop("lists.trade").regex
        self.lead_in = heads.pop("lists.lead_in").regex
        self.members = heads.pop("lists.members").regex
        self.things = heads.pop("lists.things").regex
        self.price = heads.pop("lists.price").regex
        self.second = heads.pop("lists.second").regex
        self.estate = heads.pop("lists.estate").regex
        self.events = heads.pop("lists.events").regex
        self.acts = heads.pop("lists.acts").regex
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
        more = self.second.search(text, *bounds[closing]) if closing + 1 < len(bounds) else None
        if more:
            yield from self._clause(words, more.end(), end, found)
        bounds = bounds[: closing + 1]
        broken = [i for i, (a, b) in enumerate(bounds[1:-1], 1) if b - a > 6 and self._led(words, a, b)]
        bounds = bounds[broken[-1] :] if broken else bounds
        head, tail, described = self._head(words, bounds[-1][0], end)
        act = None if head else self.acts.search(text, bounds[-1][0] + 1, min(end, bounds[-1][0] + MOST))
        tail = act.start() if act else tail
        items = [self._item(words, a, b, inside, first=i == 0) for i, (a, b) in enumerate(bounds[:-1])]
        items += self._last(words, bounds[-1][0], tail, inside)
        if head and head.yields["type"] == "project" and "of" in head.regex.groupindex:
            starts = [self._placed(words, *bounds[0], inside), *(a for a, _ in bounds[1:])]
            spans = zip(starts, (b for _, b in bounds), strict=True)
            built = [self._built(words, a, b, inside) for a, b in spans]
            items = [x if x and x.found else y or x for x, y in zip(items, built, strict=False)]
            items = [self._priced(words, x, *b) or x for x, b in zip(items, bounds, strict=False)]
        if text.find("一批", start, cuts[0]) >= 0 and not (head and head.yields["type"] == "place"):
            items = [x for x in items if x and x.found]
        yield from self._alike(words, bounds, inside)
        yield from self._works(words, bounds, inside)
        yield from self._decide(
            words, [x for x in items if x is not None], head, acting=act is not None, described=described
        )

    def _head(self, words: Words, start: int, end: int) -> tuple[Rule | None, int, bool]:
        """Return the head rule that closes the list, where its words begin, and whether more words describe it."""
        text, stop = words.text, min(end, start + 40) + 1
        priced = self.price.match(text, start, stop)
        start = priced.end() if priced else start
        best: tuple[int, Rule, bool] | None = None
        for rule in self.rules:
            match = rule.regex.search(text, start, stop)
            if match is None or match.start() <= start or (best is not None and match.start() >= best[0]):
                continue
            span = match.span("of") if "of" in rule.regex.groupindex else (0, 0)
            if self._describes(words, *span):
                best = match.start(), rule, span[0] < span[1]
        return (best[1], best[0], best[2]) if best else (None, end, False)

    def _describes(self, words: Words, start: int, end: int) -> bool:
        """Tell whether what stands between 等 and the head noun only describes it (等18家|电子|企业)."""
        at = start
        while at < end:
            word = words.starting.get(at)
            if word is None:
                return False
            form, tag = words.forms[word], words.tags[word]
            grammar = form in self.lexis.grammar and tag[0] not in "nab"
            if grammar or (tag[0] not in "njabs" and tag not in DESCRIBING):
                return False
            at = words.starts[word + 1]
        return at >= end

    def _last(self, words: Words, start: int, end: int, inside: dict[int, Found]) -> list[Item | None]:
        """Return the last one or two items: A和B before the head."""
        text = words.text
        stop = text.find("等", start, end)
        end = min(end, next((i for i in range(start, end) if text[i] == "、"), end))
        end = stop if stop > start else end
        while text.endswith(SCENES, start, end):
            end -= 2
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
        if name is not None and first and name.start > start and self._tail(words, name):
            name = None
        if name is not None and (first or name.start == start):
            return Item(name.start, end, name)
        if first:
            start = self._begin(words, start, end)
            start += words.text[start : start + 1] in LEVELS and words.text[start - 1 : start] in OURS
            if (
                start in words.starting
                and words.tags[words.starting[start] - 1] in {"m", "q"}
                and words.starting[start]
            ):
                return None
        if not 1 < end - start <= MOST or start not in words.starting or end not in words.starting:
            return None
        item = Item(start, end, None)
        if words.text[start].isdigit() or (~start in inside and not self._firm(words, item)):
            return None
        if not all(is_han(c) or c.isalnum() for c in words.text[start:end]):
            return None
        return item

    def _headless(self, form: str) -> bool:
        """Tell whether a form is nothing but a body's suffix (各街道|办事处); 区委 has its level word."""
        return form in self.lexis.suffixes and form[0] not in LEVELS

    def _tail(self, words: Words, name: Found) -> bool:
        """Tell whether a short place is only what an unknown name ends with (奥|瑞金): one odd character before it."""
        before = words.last(name.start)
        short = name.rule == "names.known" and name.end - name.start == 2
        return short and self._strange(words, before)

    def _led(self, words: Words, start: int, end: int) -> bool:
        """Tell whether a preposition stands inside an item: what is before it is of another list (甲、乙从丙、丁…)."""
        first, last = words.word_over(start), words.word_over(end - 1)
        return any(words.forms[i] in {"从", "由"} for i in range(first + 1, last))

    def _placed(self, words: Words, start: int, end: int, inside: dict[int, Found]) -> int:
        """Return where the first item of a list of works begins: at the first place behind a verb, else `start`."""
        for at in range(start, end):
            place = inside.get(~at)
            if place is not None and place.type in {"place", "organisation"} and place.certain:
                before = words.word_over(at - 1) if at > start else 0
                return (
                    at if at == start or words.tags[before] == "v" or words.forms[before] in self.lexis.hard else start
                )
        return start

    def _built(self, words: Words, start: int, end: int, inside: dict[int, Found]) -> Item | None:
        """Return an item that tells of works by the place or the builder that it begins with, None when it is none.

        What it makes and how much may stand in it (某集团|50万吨生态肥).
        """
        stop = words.text.find("等", start, end)
        end = stop if stop > start else end
        owner = inside.get(~start)
        if owner is None or owner.type not in {"place", "organisation"} or owner.end >= end:
            return None
        if end - start > LONGEST_WORKS or end - owner.end < LEAST or not words.whole(owner.end, end):
            return None
        span = range(words.starting[owner.end], words.starting[end])
        hard = self.lexis.grammar
        measured = any(c.isdigit() for c in words.text[owner.end : end])
        allowed = {"x", "l", "m", "q"} if measured else {"x", "l"}
        if any(words.forms[i] in hard or words.tags[i] in STOP_TAGS - allowed for i in span if len(words.forms[i]) > 1):
            return None
        plain = all(words.forms[i] in self.lexis.lead or words.forms[i] in self.lexis.frequent for i in span)
        if plain and end - owner.end < 4:
            return None
        if not all(is_han(words.forms[i][0]) or measured for i in span):
            return None
        return Item(start, end, None, built=True, firm=self._company(words, owner.end, end))

    def _priced(self, words: Words, item: Item | None, start: int, end: int) -> Item | None:
        """Return the item behind the sum that it costs (22亿元|某某智能家电), None when no sum or no name is there.

        Among works told by their sums every item that is made of nouns is one of them.
        """
        text = words.text
        sum_told = self.price.search(text, start, end)
        if sum_told is None or (item is not None and item.found is not None and item.start >= sum_told.end()):
            return None
        at = sum_told.end()
        stop = text.find("等", at, end)
        end = stop if stop > at else end
        if not LEAST < end - at <= LONGEST_WORKS or not words.whole(at, end):
            return None
        span = range(words.starting[at], words.starting[end])
        hard = self.lexis.grammar
        if any(words.forms[i] in hard or not is_han(words.forms[i][0]) for i in span):
            return None
        if any(words.tags[i] in STOP_TAGS - {"x", "l", "i"} for i in span if len(words.forms[i]) > 1):
            return None
        plain = self.lexis.dull
        if all(words.forms[i] in plain or words.forms[i] in self.lexis.frequent for i in span) and end - at < 6:
            return None
        return Item(at, end, None, built=True, firm=self._company(words, at, end))

    def _company(self, words: Words, start: int, end: int) -> bool:
        """Tell whether an item ends as a company or another body does, whatever it is counted among."""
        tails = (words.text[at:end] for at in range(start + 1, end))
        suffixes = self.lexis.suffixes
        return any(t in suffixes and suffixes[t].shape == "org" and t not in self.lexis.plain for t in tails)

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

    def _decide(
        self, words: Words, items: list[Item], head: Rule | None, *, acting: bool, described: bool
    ) -> Iterator[Found]:
        known = [i.found for i in items if i.found is not None]
        unknown = [i for i in items if i.found is None]
        kind = str(head.yields["type"]) if head else ""
        sure = [f for f in known if f.certain]
        if kind == "place" and head is not None and head.yields.get("loose"):
            firm = sum(self._firm(words, i) for i in unknown) + sum(f.type == "organisation" for f in sure)
            kind = "organisation" if firm > 1 and firm * 2 >= len(items) else kind
        if not kind and sure and len(sure) * 2 >= len(items):
            ((kind, votes),) = Counter(f.type for f in sure).most_common(1)
            kind = kind if votes == len(sure) else ""
        for name in known:
            if (
                not name.certain
                and not self._headless(words.text[name.start : name.end])
                and (name is not known[0] or name.type != "project" or self._clear(words, name.start))
                and (sure or head)
                and not (described and not self._odd(words, Item(name.start, name.end, None)))
            ):
                yield replace(name, certain=True, rule="lists.known")
            elif head and head.yields.get("retype") and name.type == "place":
                yield replace(name, type=kind, rule=head.id, shape="retyped")
        rule = "lists.like"
        if not kind and items and self.lead_in.search(words.text, max(0, items[0].start - 6), items[0].start):
            traded = sum(self._firm(words, i) for i in unknown)
            before = words.text[: items[0].start]
            among = self.members.search(before) and not self.things.search(before[-20:])
            if traded and among and all(f.type == "organisation" for f in sure):
                kind, rule = "organisation", "lists.trade"
        if not kind and acting and all(f.type == "organisation" for f in sure):
            firms = [i for i in unknown if self._firm(words, i)]
            kind, rule, unknown = (
                ("organisation", "lists.acts", firms) if len(firms) > 1 or (firms and sure) else ("", "", [])
            )
        if not kind or (kind == "project" and not sure and self._games(words, unknown, head)):
            return
        loose = head is None or bool(head.yields.get("loose")) or kind != "place"
        named = kind == "project" or (kind == "organisation" and head is not None and not described)
        by_name = [i.built or i.found is not None or (kind == "organisation" and self._firm(words, i)) for i in items]
        beside = named and sum(by_name) * 2 >= len(items)
        for item in unknown:
            form = self._form(words, item, kind, head, rule, (loose, described, beside))
            if form:
                yield Found(item.start, item.end, form, head.id if head else rule, shape="list")

    def _alike(self, words: Words, bounds: list[tuple[int, int]], inside: dict[int, Found]) -> Iterator[Found]:
        """Return the items that end as two sure names of the list do (光明河、葛公河、永正河) whatever is before."""
        text = words.text
        known = [inside[b] for _, b in bounds if b in inside and inside[b].certain and inside[b].type != "person"]
        for size in (2, 1):
            kinds: dict[str, list[Found]] = {}
            for name in known:
                kinds.setdefault(text[name.end - size : name.end], []).append(name)
            for start, end in bounds[1:]:
                core, tail = text[start : end - size], text[end - size : end]
                like = kinds.get(tail, ())
                if (
                    end in inside
                    or (tail not in self.lexis.suffixes and tail != "桥")
                    or len(like) < 2
                    or not 0 < len(core) < 5
                ):
                    continue
                if len({f.type for f in like}) == 1 and all(map(is_han, core)) and self._core(words, start, core):
                    yield Found(start, end, like[0].type, "lists.alike", shape="list")

    def _works(self, words: Words, bounds: list[tuple[int, int]], inside: dict[int, Found]) -> Iterator[Found]:
        """Return the items of a list of works (甲集团重油加氢及升级项目、乙公司材料项目): two or more end as works do.

        Each is one name from mark to mark, whatever company stands in it, if any of its words is its own.
        """
        text, spans = words.text, []
        for i, (start, end) in enumerate(bounds):
            stop = text.find("等", start, end) if i + 1 == len(bounds) else -1
            stop = stop if stop > start else end
            if not text.endswith(WORKS, start, stop) or not words.whole(stop - 2, stop):
                continue
            first = start if i or ~start in inside else self._first_work(words, start, stop)
            if LEAST_WORK <= stop - first <= MOST_WORK and words.whole(first, stop):
                spans.append((first, stop))
        if len(spans) < LEAST:
            return
        for start, stop in spans:
            owner = inside.get(~start)
            named = owner is not None and owner.certain and owner.end < stop - 2
            if (named or self.own(words, start, stop - 2)) and self._worded(words, start, stop):
                yield Found(start, stop, "project", "lists.works", shape="list")

    def _first_work(self, words: Words, start: int, stop: int) -> int:
        """Return where the first of a list of works begins: behind the 的 that leads to it, else behind a verb."""
        led = words.text.rfind("的", start, stop - LEAST_WORK) + 1
        return led if led and led in words.starting else self._begin(words, start, stop)

    def _worded(self, words: Words, start: int, stop: int) -> bool:
        """Tell whether the words of an item can all be in a name of works: no grammar but what joins two of them."""
        span = range(words.starting[start], words.starting[stop])
        forms = [words.forms[i] for i in span]
        if forms[0] in self.lexis.classing or forms[0] in self.lexis.hard or words.tags[span[0]] in STOP_TAGS | {"v"}:
            return False
        return not any(f in self.lexis.grammar and f not in JOINING for f in forms if is_han(f[0]))

    def _core(self, words: Words, start: int, core: str) -> bool:
        """Tell whether what an item has before its suffix is no grammar and no kind (大型|水库)."""
        bars = self.lexis.classing
        if core in bars or core in self.lexis.ordinary or "的" in core or "等" in core or core[-1] in NUMERALS:
            return False
        word = words.starting.get(start)
        return word is not None and words.forms[word] not in bars and words.tags[word] not in {"p", "c", "r", "m"}

    def _form(
        self, words: Words, item: Item, kind: str, head: Rule | None, rule: str, told: tuple[bool, bool, bool]
    ) -> str:
        """Return the type that an unknown item takes from its list, empty when it is no name.

        `told` says whether the list is loose, whether its head is described, and whether most items are works by name.
        """
        loose, described, beside = told
        if item.built:
            return "organisation" if item.firm else kind
        if kind == "project" and head is not None and self._home(words, item, head):
            return kind
        if words.text[item.start : item.end] in self.lexis.suffixes:
            return ""
        firm = kind in {"organisation", "project"} and self._firm(words, item)
        beside = beside and (kind != "organisation" or self._clear(words, item.start))
        if beside and not firm and item.end - item.start > 3 and not self._ordinary(words, item, kind):
            return kind
        strange = firm or rule == "lists.trade" or (kind != "organisation" and not described)
        if not strange and not self._odd(words, item):
            return ""
        if rule == "lists.trade" or firm or self._bare(words, item, loose=loose, most=MOST if head else 6):
            return "organisation" if firm and (head or rule != "lists.like") else kind
        return ""

    def _home(self, words: Words, item: Item, head: Rule) -> bool:
        """Tell whether an item of a list of housing estates ends as their names do (和谐|苑)."""
        counted = head.id == "lists.project" and head.regex.search(words.text, item.end, item.end + MOST * 3)
        homes = counted and counted["head"].endswith(("小区", "楼盘"))
        return bool(homes) and self.estate.search(words.text, item.start, item.end) is not None

    def _clear(self, words: Words, start: int) -> bool:
        """Tell whether an item begins behind a mark, a word of grammar or a verb."""
        word = words.word_over(start - 1) if start else 0
        mark = not start or not is_han(words.text[start - 1])
        return mark or words.forms[word] in self.lexis.hard or words.tags[word] == "v"

    def _ordinary(self, words: Words, item: Item, kind: str) -> bool:
        """Tell whether an item is grammar or common words for works: beside named works it is no name."""
        span = range(words.starting[item.start], words.starting[item.end])
        if any(words.forms[i] in self.lexis.hard and len(words.forms[i]) > 1 for i in span):
            return True
        ends = (words.text[at : item.end] for at in range(item.start + 1, item.end))
        own = {"project", kind}
        if any(e in self.lexis.suffixes and self.lexis.suffixes[e].type not in own for e in ends):
            return True
        return all(words.forms[i] in self.lexis.dull for i in span)

    def _games(self, words: Words, unknown: list[Item], head: Rule | None) -> bool:
        """Tell whether a list of 项目 is one of events or of common nouns: no works are known in it."""
        if head and unknown and self.events.search(words.text, max(0, unknown[0].start - 80), unknown[-1].end + 40):
            return True
        return not any(self._odd(words, i) or self._firm(words, i) for i in unknown)

    def _odd(self, words: Words, item: Item) -> bool:
        """Tell whether an item holds more than dictionary words: unknown characters, a place or a name word."""
        if self.own(words, item.start, item.end, rare=False):
            return True
        span = range(words.starting[item.start], words.starting[item.end])
        return any(words.tags[i] in NAME_TAGS and words.forms[i] not in self.lexis.frequent for i in span)

    def _firm(self, words: Words, item: Item) -> bool:
        """Tell whether an item is a company's short name: a core that is no word before a trade (朗能|电子)."""
        trade = self.trade.search(words.text, item.start, item.end)
        if trade is None or not 1 < trade.start() - item.start < 8 or trade.start() not in words.starting:
            return False
        forms = words.forms[words.starting[item.start] : words.starting[trade.start()]]
        core = "".join(forms)
        if (
            core in self.lexis.frequent
            or core in self.lexis.lead
            or any(f in self.lexis.hard for f in forms if len(f) > 1)
        ):
            return False
        return any(len(f) == 1 or f not in self.lexis.frequent for f in forms)

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
        if any(f in JOINING and t == "c" for f, t in zip(forms, tags, strict=True)):
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
