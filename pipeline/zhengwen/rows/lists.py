"""Distribution: n figures that share one predicate, and 分别, which pairs n figures with n indicators.

Used by every other part of `rows`; nothing else pairs lists. The words are `rules/rows/sharing.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from zhengwen.rows.clauses import Item, Text
from zhengwen.rows.drafts import Draft
from zhengwen.rows.nouns import Nouns
from zhengwen.rows.patterns import phrases
from zhengwen.rules import Rules
from zhengwen.times.periods import are_years, members

__all__ = ["Lists", "chains"]

_TWO = 2
_COMMAS = (",", "，")
_BEYOND = frozenset({"gap", "change", "rank"})
"""What a list may say of the growth rates before it."""
_RELATIVE = frozenset({"percent", "multiple"})
"""Kinds of change that stand in one list: 分别增长4倍、18.4%."""

_RISES = frozenset({"percent", "percentage_point"})
"""Kinds of change of quantities and of rates, each of its own row: 分别上升12.3%和1.6个百分点."""


def chains(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Return the lists of a paragraph: a leader and its followers, in order."""
    found: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.leader is not None:
            found.setdefault(id(draft.leader), [draft.leader]).append(draft)
    return list(found.values())


class Lists:
    """Links the lists of a paragraph and gives out what stands before 分别."""

    def __init__(self, rules: Rules, nouns: Nouns) -> None:
        self._words = phrases(rules, "sharing")
        self._twins = {row["term"]: (row["first"], row["second"]) for row in rules.table("rows/pairs")}
        self._nouns = nouns

    def link(self, drafts: Sequence[Draft]) -> None:
        """Give each figure of a bare list (3.6%、7.8%和10%) the list's first figure as its leader.

        A figure whose own noun follows a 、 shares the verb of the one before it (增加A 2亩、B 1亩).
        """
        for before, draft in pairwise(drafts):
            gap = draft.text.text[before.end : draft.item.start]
            if not _alike(before, draft) and not self._told_each(before, draft):
                continue
            if self._words["joint"].fullmatch(gap) or self._listed_each(before, gap):
                draft.leader = before.leader or before
                draft.leader.last = draft
            elif self._words["shared_verb"].match(gap) or self._words["shared_whole"].match(gap):
                draft.shares = before

    def _listed_each(self, before: Draft, gap: str) -> bool:
        """Say whether nothing but a comma stands behind a figure told by 分别 (分别增加15.6%，12.2%)."""
        leader = before.leader or before
        start = leader.text.segment(leader.item.start)[0]
        told = self._words["each"].search(leader.text.text, start, leader.item.start) is not None
        return told and gap in _COMMAS

    def _told_each(self, before: Draft, draft: Draft) -> bool:
        """Say whether two figures of different units are told by one 分别 (221万头、1018万只; 3.1%和1.6个百分点)."""
        kinds = {before.quantity.kind, draft.quantity.kind}
        if kinds not in ({"count"}, _RISES):
            return False
        leader = before.leader or before
        start = draft.text.segment(leader.item.start)[0]
        return self._words["each"].search(draft.text.text, start, leader.item.start) is not None

    def distribute(self, drafts: Sequence[Draft]) -> None:
        """Pair the n figures after 分别 with the n rows or the n nouns before it."""
        for chain in chains(drafts):
            leader = chain[0]
            start, _ = leader.text.full_sentence(leader.item.start)
            each = self._last_each(leader.text, start, leader.item.start)
            if each is not None:
                self._take_counted(chain, start, each)
            if each is not None and self._take_each(chain, start, each):
                continue
            rows = _rows_before(drafts, leader, start, len(chain), exact=each is None)
            for draft, row in zip(chain, rows, strict=False):
                _take_row(draft, row)
        for moves in self._moves(drafts):
            start, _ = moves[0].text.full_sentence(moves[0].item.start)
            for draft, row in zip(moves, _rows_before(drafts, moves[0], start, len(moves), exact=False), strict=False):
                _take_row(draft, row)

    def _moves(self, drafts: Sequence[Draft]) -> list[list[Draft]]:
        """Return the figures that one 分别 tells with verbs of their own (分别减少18亿元、下降0.16个百分点)."""
        found: list[list[Draft]] = []
        for before, draft in pairwise(drafts):
            if draft.leader is not None or not self._words["next_move"].fullmatch(
                draft.text.text, before.end, draft.item.start
            ):
                continue
            start = before.text.segment(before.item.start)[0]
            if found and found[-1][-1] is before:
                found[-1].append(draft)
            elif self._words["first_move"].search(before.text.text, start, before.item.start):
                found.append([before, draft])
        return found

    def _take_each(self, chain: Sequence[Draft], start: int, each: int) -> bool:
        """Give out what stands before 分别: times, bases, nouns, or the halves of a noun."""
        text = chain[0].text
        if self._take_times(chain, start, each) or self._take_bases(chain, start, each):
            return True
        spans = self._nouns_before(text, start, each, len(chain)) or self._nouns_told_before(text, start, each, chain)
        if not spans and self._take_years(chain, start, each):
            return True
        own = spans and not text.between(spans[0][0], spans[-1][1], "figure")
        if len(chain) == _TWO and not own and self._part_twins(chain):
            return True
        if not spans or not (own or (len(spans) == len(chain) and _measured_after(text, spans))):
            return len(chain) == _TWO and self._part_twins(chain)
        self._take_nouns(chain, self._without_whole(text, spans))
        return True

    def _take_counted(self, chain: Sequence[Draft], start: int, each: int) -> None:
        """Give the n figures the n names that are counted before 分别 (甲、乙两个县增幅较大，分别达…)."""
        text = chain[0].text
        counts = [f for f in text.between(start, each, "figure") if f.quantity.value == len(chain)]
        names = text.between(start, counts[-1].start, "name")[-len(chain) :] if counts else []
        if len(names) != len(chain):
            return
        *between, last = [
            text.text[a:b]
            for a, b in zip((n.end for n in names), (*(n.start for n in names[1:]), counts[-1].start), strict=True)
        ]
        listed = all(self._words["members_and"].fullmatch(gap) for gap in between)
        if not listed or not self._words["counted_gap"].fullmatch(last):
            return
        for draft, name in zip(chain, names, strict=True):
            draft.subject, draft.subject_kind = name.name.name, name.name.type
            draft.because("subject", "lists.each_counted", (name.start, name.end))

    def _without_whole(self, text: Text, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """End the last noun of 甲、乙占丙比重分别为 before 占."""
        held = self._words["held"].search(text.text, *spans[-1])
        return [*spans[:-1], (spans[-1][0], held.start())] if held and held.start() > spans[-1][0] else spans

    def _take_nouns(self, chain: Sequence[Draft], spans: Sequence[tuple[int, int]]) -> None:
        """Give the n figures the n nouns at `spans`."""
        text = chain[0].text
        opening = self._nouns.before(text, *spans[0])  # without the time and the place that lead in
        names = [opening.text if opening else "", *(text.text[a:b] for a, b in spans[1:])]
        tail = self._shared_tail(names, text, spans[-1])
        named = text.between(*spans[0], "name")
        towards = self._words["towards"].match(text.text, named[-1].start - 1) if named else None
        for draft, (first, last), name in zip(chain, spans, names, strict=True):
            if towards and text.between(first, last, "name"):
                self._take_side(draft, first, last, towards.group(), tail)
                continue
            figures = text.between(first, last, "figure")
            self._take_noun(draft, first, figures[0].start if figures else last, tail)
            self._take_head(draft, self._bare(names[0]), self._bare(name))

    def _take_head(self, draft: Draft, first: str, name: str) -> None:
        """Give the head of the first noun to a later one that only varies its end (基数上限、下限; 企业收入、利润)."""
        quantity = self._words["bare_quantity"]
        ends = quantity.search(first)
        if ends is not None and ends.start() and quantity.fullmatch(name) and draft.indicator == name:
            draft.indicator = first[: ends.start()] + name
            return
        varies = len(name) == _TWO and len(first) > _TWO + 1 and first[-1] == name[-1] and first[-2:] != name
        if varies and draft.indicator == name:
            draft.indicator = first[:-_TWO] + name

    def _part_twins(self, chain: Sequence[Draft]) -> bool:
        """Give the two figures of 城乡居民收入分别增长… the two halves of their noun."""
        name = chain[0].indicator or ""
        for term, halves in self._twins.items():
            if name.startswith(term):
                for draft, half in zip(chain, halves, strict=True):
                    draft.indicator, draft.follows = half + name[len(term) :], None
                    draft.because("indicator", "lists.twins", draft.indicator_span)
                return True
        return False

    def _last_each(self, text: Text, start: int, end: int) -> int | None:
        found = [m.start() for m in self._words["each"].finditer(text.text, start, end)]
        return found[-1] if found else None

    def _take_times(self, chain: Sequence[Draft], start: int, each: int) -> bool:
        """Pair the figures with as many times before 分别 (2015和2016年…分别为…)."""
        text = chain[0].text
        than = self._words["than"]
        for first in (text.segment(each)[0], start):
            times = [
                t
                for t in text.between(first, each, "time")
                if t.period and not than.match(text.text, max(0, t.start - 1), t.start)
            ]
            each_time = _one_by_one(text, times)
            if len(each_time) == len(chain) and not text.between(times[0].start, each, "figure"):
                break
        else:
            return False
        for draft, (period, time) in zip(chain, each_time, strict=True):
            draft.period = period
            draft.because("period", "lists.each_time", (time.start, time.end))
        return True

    def _take_years(self, chain: Sequence[Draft], start: int, each: int) -> bool:
        """Give n figures the n years of the one stretch before 分别 (2016年至2018年分别完成…)."""
        times = [t for t in chain[0].text.between(start, each, "time") if t.period]
        stretch = times[-1].period.value if times and times[-1].period else chain[0].period or ""
        years = members(stretch) if are_years(stretch) else []
        if len(chain) < _TWO or len(years) != len(chain):
            return False
        for draft, year in zip(chain, years, strict=True):
            draft.period = year
            draft.because("period", "lists.each_year", (times[-1].start, times[-1].end) if times else None)
        return True

    def _take_bases(self, chain: Sequence[Draft], start: int, each: int) -> bool:
        """Pair the figures with 同比、环比 before 分别, or with the times after 分别比."""
        text, than_each = chain[0].text, self._words["than_each"]
        than = than_each.match(text.text, each) or than_each.search(text.text, text.segment(each)[0], each)
        times = [t for t in text.between(than.end() - 1, chain[0].item.start, "time") if t.period] if than else []
        if len(times) == len(chain):
            for draft, time in zip(chain, times, strict=True):
                assert time.period
                last_year = self._words["last_year"].match(text.text, time.start)
                draft.base = "yoy" if last_year else time.period.value
                draft.because("base", "lists.each_base", (time.start, time.end))
            return True
        if len(chain) != _TWO:
            return False
        mixed = self._words["year_and_time"].search(text.text, start, each)
        after = [t for t in text.between(mixed.end(), each, "time") if t.period] if mixed else []
        if len(after) == 1 and after[0].period:
            chain[0].base, chain[1].base = "yoy", after[0].period.value
            for draft in chain:
                draft.because("base", "lists.each_base", (after[0].start, after[0].end))
            return True
        for rule, bases in (("year_first", ("yoy", "seq")), ("period_first", ("seq", "yoy"))):
            found = self._words[rule].search(text.text, start, each)
            for draft, base in zip(chain, bases, strict=True) if found else ():
                draft.base = base
                draft.because("base", "lists.each_base", found.span() if found else None)
            if found:
                return True
        return False

    def _nouns_before(self, text: Text, start: int, each: int, n: int) -> list[tuple[int, int]]:
        """Return the spans of the n nouns of the list that ends before 分别 (A、B和C 分别…)."""
        segment, _ = text.segment(each)
        first = max(start, segment)
        among = self._words["among"].search(text.text, first, each)
        return self._members(text, first, among.start() if among else each, n)

    def _members(self, text: Text, first: int, last: int, n: int) -> list[tuple[int, int]]:
        for joints in (self._words["members"], self._words["members_and"]):
            cuts = [
                first,
                *(m.end() for m in joints.finditer(text.text, first, last) if not text.aside(first, m.start())),
                last,
            ]
            spans = [(a, b) for a, b in pairwise(cuts) if b > a]
            if len(spans) == n or (joints is self._words["members_and"] and len(spans) > n):
                return spans[-n:]
        return []

    def _nouns_told_before(self, text: Text, start: int, each: int, chain: Sequence[Draft]) -> list[tuple[int, int]]:
        """Return the n nouns of the clause before, when 分别 has none in its own (A、B出口保持增长，分别增长…)."""
        segment, _ = text.segment(each)
        if segment <= start or self._nouns.before(text, segment, each) is not None:
            return []
        said = self._nouns.before(text, each, chain[0].item.start)
        first, last = text.segment(segment - 1)
        again = said is not None and (self._nouns.adds(said) or said.text in text.text[first:last])
        if chain[0].measure == "level" and not again:  # 甲、乙出口强劲，分别出口3亿元和6亿元; 分别新增3亿元和6亿元
            return []
        if text.between(first, last, "figure"):
            return []
        spans = self._members(text, max(start, first), last, len(chain))
        end = self._nouns.leading_end(text, *spans[-1]) if spans else 0
        return [*spans[:-1], (spans[-1][0], end)] if spans and end > spans[-1][0] else []

    def _shared_tail(self, names: Sequence[str], text: Text, last: tuple[int, int]) -> str:
        """Return the measured noun that only the last of a list carries (甲企业、乙企业用电量)."""
        bare, measured = self._bare(names[-1]), self._words["measured"]
        if not measured.search(bare) or any(measured.search(self._bare(n)) for n in names[:-1]):
            return ""
        head = self._bare(names[0])
        at = names[-1].find(head[-2:])  # the word that both end in tells where the shared tail begins
        if at >= 0 and len(head) > 1:
            return bare[at + 2 :]
        words = self._nouns.words(text, last[0], last[0] + len(bare))
        if words and len(head) <= _TWO and len(words[0].text) >= _TWO:  # 城镇、农村居民收入; 中、西部地区业务量
            varied = len(head) == 1 or self._nouns.is_word(head + words[0].text[len(head) :])  # 城镇、农村居民
            return bare[len(head) if varied else len(words[0].text) :]  # 风电、太阳能发电量
        return words[-1].text if len(words) > 1 else ""

    def _take_side(self, draft: Draft, start: int, end: int, towards: str, tail: str) -> None:
        """Give a draft one of the sides that something is directed to (对欧盟、美国和日本进出口)."""
        name = draft.text.between(start, end, "name")[-1]  # 广西对越南、泰国: the first is the subject
        rest = self._bare(draft.text.text[name.end : end])
        draft.indicator = towards + draft.text.text[name.start : name.end] + (rest or tail)
        draft.indicator_span, draft.follows = (name.start, end), None
        draft.because("indicator", "lists.each_side", draft.indicator_span)

    def _bare(self, noun: str) -> str:
        return self._words["around"].sub("", noun)

    def _take_noun(self, draft: Draft, start: int, end: int, tail: str) -> None:
        """Give a draft the noun of one span; a name at its head is the subject."""
        named = draft.text.between(start, end, "name")
        if named and named[0].name.type == "place" and named[0].start - start <= 1:
            draft.subject, draft.subject_kind = named[0].name.name, "place"
            draft.because("subject", "lists.each_name", (named[0].start, named[0].end))
            rest = self._bare(draft.text.text[named[0].end : end])
            if rest or not tail:
                whole = rest if self._words["measured"].search(rest) else rest + tail
                draft.indicator, draft.follows = whole or draft.indicator, None if whole else draft.follows
                return
        found = self._nouns.before(draft.text, start, end)
        noun = self._bare(found.text if found else draft.text.text[start:end])
        if not noun:
            return
        draft.indicator = noun if noun.endswith(tail) else noun + tail
        draft.indicator_span, draft.follows = (start, start + len(noun)), None
        draft.because("indicator", "lists.each_noun", draft.indicator_span)


def _alike(a: Draft, b: Draft) -> bool:
    if {a.quantity.kind, b.quantity.kind} == _RELATIVE:
        return True
    return a.quantity.kind == b.quantity.kind and (a.quantity.unit or "") == (b.quantity.unit or "")


def _measured_after(text: Text, spans: Sequence[tuple[int, int]]) -> bool:
    """Say whether the only figure among the nouns counts them (…二氧化氮四项污染物)."""
    figures = text.between(spans[0][0], spans[-1][1], "figure")
    return len(figures) == 1 and figures[0].start > spans[-1][0]


def _rows_before(drafts: Sequence[Draft], leader: Draft, start: int, n: int, *, exact: bool) -> list[Draft]:
    """Return the n level rows right before the list, in the same sentence; `exact` when no 分别 asks for them."""
    before = [
        d
        for d in drafts
        if d.text is leader.text and start <= d.item.start < leader.item.start and d.measure == "level" and d.indicator
    ]
    if leader.measure in _BEYOND and len(before) < n:  # 分别增长23%和50%，分别高于全市7和34个百分点
        before = [d for d in drafts if d.text is leader.text and start <= d.item.start < leader.item.start]
        before = before[-n:] if all(d.measure == "growth_rate" for d in before[-n:]) else []
    if (leader.measure == "level" and leader.follows is None) or len(before) < n:
        return []
    since = [d for d in drafts if d.text is leader.text and before[-n].item.start <= d.item.start < leader.item.start]
    return before[-n:] if not exact or since == before[-n:] else []


def _take_row(draft: Draft, row: Draft) -> None:
    draft.indicator, draft.indicator_span, draft.follows = row.indicator, row.indicator_span, row
    draft.subject, draft.period = row.subject, row.period
    draft.because("indicator", "lists.each_row", (row.item.start, row.item.end))


def _one_by_one(text: Text, times: Sequence[Item]) -> list[tuple[str, Item]]:
    """Return the periods of times in order, those that one of them lists (9、10两个月) one by one."""
    found: list[tuple[str, Item]] = []
    for time in times:
        assert time.period
        listed = any(sign in text.text[time.start : time.end] for sign in "、和与")
        found += [(p, time) for p in (members(time.period.value) if listed else [time.period.value])]
    return found
