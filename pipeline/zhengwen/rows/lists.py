"""Distribution: n figures that share one predicate, and 分别, which pairs n figures with n indicators.

Used by every other part of `rows`; nothing else pairs lists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from zhengwen.rows.clauses import Text
from zhengwen.rows.drafts import Draft
from zhengwen.rows.nouns import Nouns

__all__ = ["chains", "distribute", "link"]

_JOINT = re.compile(r"\s*(?:[、和及与或]|以及|，和)\s*(?:约|近|超|超过|逾|增长|下降)?\s*")
_SHARED_VERB = re.compile(r"[^，。；,;]{0,8}[、和][^，。；,;、（）()]{1,14}$")
_TWO = 2
_EACH = re.compile(r"分别|各[为是占增下]|依次")
_BASES = re.compile("(同比)[、和与及]环比|环比[、和与及]同比")
_COMMA_JOINTS = re.compile("、")
_ITEM_JOINTS = re.compile(r"[、和及与]|以及")


def link(drafts: Sequence[Draft]) -> None:
    """Give each figure of a bare list (3.6%、7.8%和10%) the list's first figure as its leader.

    A figure whose own noun follows a 、 shares the verb of the one before it (增加A 2亩、B 1亩).
    """
    for before, draft in pairwise(drafts):
        gap = draft.text.text[before.end : draft.item.start]
        if not _alike(before, draft):
            continue
        if _JOINT.fullmatch(gap):
            draft.leader = before.leader or before
            draft.leader.last = draft
        elif _SHARED_VERB.match(gap):
            draft.shares = before


def _alike(a: Draft, b: Draft) -> bool:
    return a.quantity.kind == b.quantity.kind and (a.quantity.unit or "") == (b.quantity.unit or "")


def chains(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Return the lists of a paragraph: a leader and its followers, in order."""
    found: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.leader is not None:
            found.setdefault(id(draft.leader), [draft.leader]).append(draft)
    return list(found.values())


def distribute(drafts: Sequence[Draft], twins: Mapping[str, tuple[str, str]], nouns: Nouns) -> None:
    """Pair the n figures after 分别 with the n rows or the n nouns before it.

    `twins` are words that name two at once (城乡: 城镇, 农村).
    """
    for chain in chains(drafts):
        leader = chain[0]
        start, _ = leader.text.full_sentence(leader.item.start)
        each = _last_each(leader.text, start, leader.item.start)
        if each is not None and _take_each(chain, start, each, twins, nouns):
            continue
        rows = _rows_before(drafts, leader, start, len(chain), exact=each is None)
        for draft, row in zip(chain, rows, strict=False):
            _take_row(draft, row)


def _take_each(
    chain: Sequence[Draft], start: int, each: int, twins: Mapping[str, tuple[str, str]], nouns: Nouns
) -> bool:
    """Give out what stands before 分别 in its own clause: times, bases, nouns, or the halves of a noun."""
    text = chain[0].text
    if _take_times(chain, start, each) or _take_bases(chain, start, each):
        return True
    spans = _nouns_before(text, start, each, len(chain))
    own = spans and not text.between(spans[0][0], each, "figure")
    if len(chain) == _TWO and not own and _part_twins(chain, twins):
        return True
    if not spans or not (own or (len(spans) == len(chain) and _measured_after(text, spans))):
        return len(chain) == _TWO and _part_twins(chain, twins)
    held = text.text.find("占", *spans[-1])  # 甲、乙占丙比重分别为: the nouns end before 占
    if held > spans[-1][0]:
        spans = [*spans[:-1], (spans[-1][0], held)]
    opening = nouns.before(text, *spans[0])  # without the time and the place that lead in
    names = [opening.text if opening else "", *(text.text[a:b] for a, b in spans[1:])]
    tail = _shared_tail(names, nouns, text, spans[-1])
    named = text.between(*spans[0], "name")
    towards = _TOWARDS.match(text.text, named[-1].start - 1) if named else None
    for draft, (first, last) in zip(chain, spans, strict=True):
        if towards and text.between(first, last, "name"):
            _take_side(draft, first, last, towards.group(), tail)
            continue
        figures = text.between(first, last, "figure")
        _take_noun(draft, first, figures[0].start if figures else last, tail, nouns)
    return True


def _measured_after(text: Text, spans: Sequence[tuple[int, int]]) -> bool:
    """Say whether the only figure among the nouns counts them (…二氧化氮四项污染物)."""
    figures = text.between(spans[0][0], spans[-1][1], "figure")
    return len(figures) == 1 and figures[0].start > spans[-1][0]


def _part_twins(chain: Sequence[Draft], twins: Mapping[str, tuple[str, str]]) -> bool:
    """Give the two figures of 城乡居民收入分别增长… the two halves of their noun."""
    name = chain[0].indicator or ""
    for term, halves in twins.items():
        if name.startswith(term):
            for draft, half in zip(chain, halves, strict=True):
                draft.indicator, draft.follows = half + name[len(term) :], None
                draft.because("indicator", "lists.twins", draft.indicator_span)
            return True
    return False


def _last_each(text: Text, start: int, end: int) -> int | None:
    found = [m.start() for m in _EACH.finditer(text.text, start, end)]
    return found[-1] if found else None


def _take_times(chain: Sequence[Draft], start: int, each: int) -> bool:
    """Pair the figures with as many times before 分别 (2015和2016年…分别为…)."""
    text = chain[0].text
    for first in (text.segment(each)[0], start):
        times = [
            t for t in text.between(first, each, "time") if t.period and text.text[t.start - 1 : t.start] not in _THAN
        ]
        if len(times) == len(chain) and not text.between(times[0].start, each, "figure"):
            break
    else:
        return False
    for draft, time in zip(chain, times, strict=True):
        assert time.period
        draft.period = time.period.value
        draft.because("period", "lists.each_time", (time.start, time.end))
    return True


def _take_bases(chain: Sequence[Draft], start: int, each: int) -> bool:
    """Pair the figures with 同比、环比 before 分别, or with the times after 分别比."""
    text = chain[0].text
    than = _THAN_EACH.match(text.text, each) or _THAN_EACH.search(text.text, text.segment(each)[0], each)
    times = [t for t in text.between(than.end() - 1, chain[0].item.start, "time") if t.period] if than else []
    if len(times) == len(chain):
        for draft, time in zip(chain, times, strict=True):
            assert time.period
            last_year = _LAST_YEAR.match(text.text, time.start)
            draft.base = "yoy" if last_year else time.period.value
            draft.because("base", "lists.each_base", (time.start, time.end))
        return True
    found = _BASES.search(chain[0].text.text, start, each)
    if found is None or len(chain) != _TWO:
        return False
    for draft, base in zip(chain, ("yoy", "seq") if found.group(1) else ("seq", "yoy"), strict=True):
        draft.base = base
        draft.because("base", "lists.each_base", found.span())
    return True


def _rows_before(drafts: Sequence[Draft], leader: Draft, start: int, n: int, *, exact: bool) -> list[Draft]:
    """Return the n level rows right before the list, in the same sentence; `exact` when no 分别 asks for them."""
    before = [
        d
        for d in drafts
        if d.text is leader.text and start <= d.item.start < leader.item.start and d.measure == "level" and d.indicator
    ]
    if (leader.measure == "level" and leader.follows is None) or len(before) < n:
        return []
    since = [d for d in drafts if d.text is leader.text and before[-n].item.start <= d.item.start < leader.item.start]
    return before[-n:] if not exact or since == before[-n:] else []


def _take_row(draft: Draft, row: Draft) -> None:
    draft.indicator, draft.indicator_span, draft.follows = row.indicator, row.indicator_span, row
    draft.subject, draft.period = row.subject, row.period
    draft.because("indicator", "lists.each_row", (row.item.start, row.item.end))


def _nouns_before(text: Text, start: int, each: int, n: int) -> list[tuple[int, int]]:
    """Return the spans of the n nouns of the list that ends before 分别 (A、B和C 分别…)."""
    segment, _ = text.segment(each)
    first = max(start, segment)
    for joints in (_COMMA_JOINTS, _ITEM_JOINTS):  # 社会保障和就业、教育 are two items when two are wanted
        cuts = [first, *(m.end() for m in joints.finditer(text.text, first, each)), each]
        spans = [(a, b) for a, b in pairwise(cuts) if b > a]
        if len(spans) == n or (joints is _ITEM_JOINTS and len(spans) > n):
            return spans[-n:]
    return []


_THAN = ("比", "较")
_THAN_EACH = re.compile("(?:分别)?[比较]")
_LAST_YEAR = re.compile("上年|去年|同期")
_TOWARDS = re.compile("[对自从向与]")
_MEASURED = re.compile(r"(?:[额量率值]|收入|支出|利润|价格|指数|投资|面积|比重|比例|贷款|存款|进出口|进口|出口)$")


def _shared_tail(names: Sequence[str], nouns: Nouns, text: Text, last: tuple[int, int]) -> str:
    """Return the measured noun that only the last of a list carries (甲企业、乙企业用电量)."""
    bare = _bare(names[-1])
    if not _MEASURED.search(bare) or any(_MEASURED.search(_bare(n)) for n in names[:-1]):
        return ""
    head = _bare(names[0])
    at = names[-1].find(head[-2:])  # the word that both end in tells where the shared tail begins
    if at >= 0 and len(head) > 1:
        return bare[at + 2 :]
    words = nouns.words(text, last[0], last[0] + len(bare))
    if words and len(head) <= _TWO and len(words[0].text) >= _TWO:  # 城镇、农村居民收入; 中、西部地区业务量
        return bare[len(head) :]
    return words[-1].text if len(words) > 1 else ""


def _take_side(draft: Draft, start: int, end: int, towards: str, tail: str) -> None:
    """Give a draft one of the sides that something is directed to (对欧盟、美国和日本进出口)."""
    name = draft.text.between(start, end, "name")[0]
    rest = _bare(draft.text.text[name.end : end])
    draft.indicator = towards + draft.text.text[name.start : name.end] + (rest or tail)
    draft.indicator_span, draft.follows = (name.start, end), None
    draft.because("indicator", "lists.each_side", draft.indicator_span)


def _bare(noun: str) -> str:
    return re.sub(r"(?:[、和及与]|以及|同比|环比|等|的|，)+$", "", noun)


def _take_noun(draft: Draft, start: int, end: int, tail: str, nouns: Nouns) -> None:
    """Give a draft the noun of one span; a name at its head is the subject."""
    named = draft.text.between(start, end, "name")
    if named and named[0].name.type == "place" and named[0].start - start <= 1:
        draft.subject, draft.subject_kind = named[0].name.name, "place"
        draft.because("subject", "lists.each_name", (named[0].start, named[0].end))
        rest = _bare(draft.text.text[named[0].end : end])
        if rest or not tail:
            whole = rest if _MEASURED.search(rest) else rest + tail
            draft.indicator, draft.follows = whole or draft.indicator, None if whole else draft.follows
            return
    found = nouns.before(draft.text, start, end)
    noun = _bare(found.text if found else draft.text.text[start:end])
    if not noun:
        return
    draft.indicator = noun if noun.endswith(tail) else noun + tail
    draft.indicator_span, draft.follows = (start, start + len(noun)), None
    draft.because("indicator", "lists.each_noun", draft.indicator_span)
