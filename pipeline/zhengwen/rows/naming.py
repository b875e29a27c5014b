"""The indicator of each figure: its clause's noun, the noun counted after it, or the one it goes on about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from zhengwen.rows.clauses import Item
from zhengwen.rows.drafts import Draft
from zhengwen.rows.nouns import Noun, Nouns
from zhengwen.rows.patterns import Found, Patterns, phrases
from zhengwen.rules import Rules

__all__ = ["Naming"]

_FOLLOWS = frozenset({"growth_rate", "change", "rank", "gap", "share", "contribution", "multiple", "composition"})
_TOLD_ON = _FOLLOWS | {"level"}
"""Measures that go on about the quantity that the clause before says moves (财政收入较快增长，达到3亿元)."""
_COUNTED = frozenset({"count", "number"})
_COUNTED_OR_LASTING = _COUNTED | {"duration"}
_SHORT = 2
_LONG = 8
"""A longer phrase than this may hold more than the noun: 街道财政收入一路高歌猛进."""
_GAP = 5
"""How many characters may stand between a limit and the noun that it tells apart."""
_SIZES = frozenset({"area", "length", "volume", "mass", "power"})
_MEASURED = ("量", "额", "总数", "人数")
_STOPS = ("，", "。", "；", "、", "）", "")
_PEOPLE = frozenset({"例", "人", "名", "人次"})
"""Units of people and cases: a verb alone tells who is counted (治愈出院871例)."""


_HOUSEHOLD = "户"
_HEADS = ("人", "口")
_WINDOW = 40
"""How many characters back the verb of a list of counts is looked for."""
_BESIDE = ("", "、", "，", ",")
"""What may stand between the households of a place and its people."""


class Naming:
    """Names what each figure measures or counts."""

    def __init__(self, rules: Rules, nouns: Nouns) -> None:
        self._nouns = nouns
        self._quantities = tuple(row["term"] for row in rules.table("rows/totals"))
        self._works = tuple(row["term"] for row in rules.table("rows/works"))
        self._tail = re.compile(f"(?:{'|'.join(self._quantities)})$")
        self._unit_nouns = frozenset(r["classifier"] for r in rules.table("classifiers") if r["group"] == "noun")
        self._like = phrases(rules, "nouns")
        self._objects = {row["verb"]: row["object"] for row in rules.table("rows/objects")}
        self._durations = Patterns(rules, "durations")
        self._limits = Patterns(rules, "limits")

    def read(self, draft: Draft, before: Sequence[Draft]) -> None:
        """Fill the indicator of a draft; `before` are the paragraph's drafts before it, already read."""
        if self._lasting(draft, before) or self._for_each(draft, before):
            return
        self._read_whole(draft, before)
        own = self._own(draft, before[-1] if before else None)
        heir = self._heir(draft, before)
        if own is not None and heir is not None and self._of_another(draft, own, heir, before):
            own = None
        if own is not None and self._says_nothing(draft, own, heir):
            own = None
        if self._span_of(draft, own) or (own is None and self._households(draft, heir)):
            return
        if self._told_otherwise(draft, own, heir, before):
            return
        if own is not None and own.verb and heir is not None and draft.measure in _FOLLOWS:
            own = own if _changes_another(heir, draft) else None
        if (own is None or own.rate) and draft.measure in _TOLD_ON and draft.leader is None:
            own = self._just_told(draft) or own
        if own is None or (own.rate and draft.measure != "threshold"):
            earlier = self._earlier(draft) if self._looks_back(draft, heir) else None
            if earlier is None and heir is not None and _goes_on(heir, draft):
                self._follow(draft, heir)
                if own is not None and self._like["total_again"].match(own.text):
                    draft.indicator, draft.follows = self._whole(heir), None
                return
            own = earlier or own
        if own is None:
            self._unnamed(draft)
            return
        own = self._unowned(_without_subject(draft, own))
        self._name(draft, self._limiting(draft, own), heir, before)

    def _lasting(self, draft: Draft, before: Sequence[Draft]) -> bool:
        """Name a length of time that is none of its clause's noun, and what a limit limits; say whether it did."""
        lasts = draft.quantity.kind == "duration"
        if lasts and (self._holiday(draft) or self._work(draft)):
            return True
        if draft.measure == "threshold" and (self._next_limit(draft, before) or self._limit(draft, before)):
            return True
        return lasts and self._streak(draft, before)

    def _of_another(self, draft: Draft, own: Noun, heir: Draft, before: Sequence[Draft]) -> bool:
        """Say whether the noun beside a figure only says what it is for, or whose growth it is."""
        return self._spent(draft, own, heir) or (draft.measure in _FOLLOWS and self._by_member(own, before))

    def _span_of(self, draft: Draft, own: Noun | None) -> bool:
        """Name a length of time by what is done in it, told behind it up to the end of the clause (14天集中隔离)."""
        if draft.quantity.kind != "duration" or _of_age(draft) or draft.measure != "level":
            return False
        named = own is not None and own.start < draft.item.start and (self._measured(own.text) or own.name)
        if named or (own is not None and self._like["days"].search(own.text)):
            return False
        end = draft.text.segment(draft.item.start)[1]
        done = None if draft.text.between(draft.item.end, end) else self._nouns.doing(draft.text, draft.item.end, end)
        if done is None:
            return False
        self._set(draft, done.text, "naming.span_of", done)
        return True

    @staticmethod
    def _unnamed(draft: Draft) -> None:
        """Name a length of time that no noun names by what it is of; note of another figure that it has no name."""
        if draft.quantity.kind != "duration":
            draft.because("indicator", "no noun before or after it, and none to go on about")
            return
        draft.indicator = "年龄" if _of_age(draft) else "用时"
        draft.because("indicator", "naming.duration")

    def _for_each(self, draft: Draft, before: Sequence[Draft]) -> bool:
        """Name so much of a quantity for which something is granted (产值每新增1000万元奖励2万元)."""
        start = draft.text.segment(draft.item.start)[0]
        found = self._like["for_each"].search(draft.text.text, start, draft.item.start)
        if found is None:
            return False
        noun = self._nouns.before(draft.text, start, found.start())
        if noun is not None and self._measured(noun.text):
            self._set(draft, noun.text, "naming.for_each", noun)
            return True
        like = next((d for d in reversed(before) if d.quantity.kind == draft.quantity.kind and d.indicator), None)
        if noun is not None or like is None:
            return False
        draft.indicator, draft.indicator_span = like.indicator, like.indicator_span
        draft.because("indicator", "naming.for_each", found.span())
        draft.comes_from("indicator", "sentence", like.text.view.span(like.item.start, like.item.end))
        return True

    def _households(self, draft: Draft, heir: Draft | None) -> bool:
        """Name households and people whom no noun names, with the verb that reaches them (涉及3个村、87户)."""
        unit, at = draft.quantity.unit or "", draft.item.start
        if unit not in (_HOUSEHOLD, *_HEADS) or draft.measure != "level":
            return False
        if heir is not None and _same_kind(heir, draft):
            return False
        verb = self._like["reaches"].search(draft.text.text, max(0, at - _WINDOW), at)
        beside = heir is not None and draft.text.text[heir.item.end : at] in _BESIDE
        after = beside and heir is not None and self._bare_households(heir)
        start = draft.text.segment(at)[0]
        if heir is not None and heir.text is draft.text and heir.quantity.kind in _COUNTED:
            start = max(start, heir.item.end, heir.indicator_span[1] if heir.indicator_span else 0)
        there = self._like["there_are"].search(draft.text.text, start, at)
        end = there.start() if there else at
        told = unit == _HOUSEHOLD and (start >= end or self._nouns.only_places(draft.text, start, end))
        if not told and not after and not verb:
            return False
        draft.indicator = (verb.group("verb") if verb else "") + (_HOUSEHOLD if unit == _HOUSEHOLD else "人口")
        draft.because("indicator", "naming.households", (at, draft.item.end))
        return True

    def _says_nothing(self, draft: Draft, own: Noun, heir: Draft | None) -> bool:
        """Say whether a noun only repeats the unit (17317口人) or says that a task is met (超额完成任务150人)."""
        again = own.text in _HEADS and own.start >= draft.end and draft.quantity.unit in (_HOUSEHOLD, *_HEADS)
        met = heir is not None and _same_kind(heir, draft) and self._like["task_alone"].fullmatch(own.text)
        return again or bool(met)

    def _bare_households(self, heir: Draft) -> bool:
        """Say whether households are no others than all of a place (6329户17317人), not 贫困户1193户5992人."""
        return self._like["bare_households"].fullmatch(heir.indicator or "") is not None

    def _read_whole(self, draft: Draft, before: Sequence[Draft]) -> None:
        """Fill the whole of a share that its rule found in the plan before it or in the noun after it."""
        if draft.of_plan:
            self._plan(draft, before)
        if draft.of_after:
            whole = self._after(draft)
            draft.of = whole.text if whole else None

    def _told_otherwise(self, draft: Draft, own: Noun | None, heir: Draft | None, before: Sequence[Draft]) -> bool:
        """Name what limits, describes or goes on about a noun without being its own; say whether it did."""
        if self._granted(draft) or self._most(draft, heir, before) or self._towards(draft, heir):
            return True
        if self._in_state(draft, own, heir):
            return True
        if own is None:
            between = bool(before) and _spanning(before[-1], draft)
            return (draft.after_threshold or between) and self._limited(draft, before, heir)
        if not self._owned(draft) and self._buys(draft, own) and self._limit(draft, before):
            return True
        return self._described(draft, own, heir, before) or self._verb_of(draft, own, heir)

    def _granted(self, draft: Draft) -> bool:
        """Name what is granted at a percentage (按营业额的15%给予奖励): the noun before is what it is reckoned by."""
        if draft.quantity.kind != "percent" or draft.measure not in ("level", "share"):
            return False
        last = draft.last or (draft.leader.last if draft.leader is not None else None) or draft
        found = self._like["granted"].match(draft.text.text, last.end)
        start = draft.text.segment(draft.item.start)[0]
        if found is None or not (
            found.group("given") or self._like["reckoned"].search(draft.text.text, start, last.end)
        ):
            return False
        draft.indicator, draft.indicator_span = found.group("what"), found.span("what")
        draft.because("indicator", "naming.granted", found.span("what"))
        return True

    def _unowned(self, noun: Noun) -> Noun:
        """Return a lasting attribute without the noun that owns it (邻里中心占地 → 占地)."""
        found = self._like["attribute"].search(noun.text)
        if found is None or not found.start() or noun.start + len(noun.text) != noun.end:
            return noun
        return replace(noun, text=found.group(), start=noun.start + found.start())

    def _limiting(self, draft: Draft, noun: Noun) -> Noun:
        """Return the quantity that a threshold limits without whose it is (纳统的批发企业年销售额 → 年销售额)."""
        if draft.measure != "threshold" or noun.start + len(noun.text) != noun.end or not self._measured(noun.text):
            return noun
        first = noun.text.rfind("的") + 1
        owner = self._like["owner"].match(noun.text, first)
        first = owner.end() if owner else first
        return replace(noun, text=noun.text[first:], start=noun.start + first)

    def _name(self, draft: Draft, own: Noun, heir: Draft | None, before: Sequence[Draft]) -> None:
        """Give a draft its own noun, with the verb or the work that its clause shares with it."""
        if draft.measure == "share" and draft.of is None and heir is not None and self._among(draft):
            draft.of = heir.indicator
            draft.comes_from("of", "sentence", heir.text.view.span(heir.item.start, heir.item.end))
        own = self._told_more(draft, self._not_grown(draft, own))
        total = self._done_by(draft, own, before)
        if total is not None:
            self._set(draft, self._done_whole(own, total), "naming.done_by", own)
            return
        verb = self._shared_verb(own, heir) if draft.shares is not None else ""
        group = self._group(draft) if draft.quantity.kind not in _COUNTED and self._measured(own.text) else ""
        self._set(
            draft, verb + ("" if group and own.text.startswith(group) else group) + own.text, "naming.clause", own
        )

    def _not_grown(self, draft: Draft, own: Noun) -> Noun:
        """Return what covers an area without the verb that brought it there (发展|猕猴桃12万亩)."""
        found = self._like["grown"].match(own.text) if draft.quantity.kind == "area" else None
        if found is None or own.start + len(own.text) != own.end:
            return own
        return replace(own, text=own.text[found.end() :], start=own.start + found.end())

    def _done_by(self, draft: Draft, own: Noun, before: Sequence[Draft]) -> Draft | None:
        """Return the figure whose quantity a noun only tells the doer of (港口吞吐量5万吨，其中沿海港口完成3万吨)."""
        gap = self._like["done_by"].fullmatch(draft.text.text, own.end, draft.item.start)
        plain = not self._measured(own.text) and not own.verb and not own.name and draft.quantity.kind != "duration"
        if gap is None or not plain or draft.measure != "level":
            return None
        start, _ = draft.text.passage(draft.item.start)
        for other in reversed(before):
            if other.item.start < start:
                return None
            if other.measure == "level" and not other.embedded and _same_kind(other, draft):
                return other if self._measured(other.indicator or "") else None
        return None

    def _done_whole(self, own: Noun, heir: Draft) -> str:
        """Return a noun with what is measured of the heir (沿海港口 and 港口货物吞吐量 make 沿海港口货物吞吐量)."""
        whole = heir.indicator or ""
        shared = next((n for n in range(len(own.text), 1, -1) if whole.startswith(own.text[-n:])), 0)
        owner = self._like["done_owner"].match(whole)
        return own.text + whole[max(shared, owner.end() if owner else 0) :]

    def _told_more(self, draft: Draft, own: Noun) -> Noun:
        """Return a noun that tells nothing apart with the word that does (12个项目签约, 税占比)."""
        level = draft.text.between(max(0, own.start - 12), own.start, "figure") if own.text.startswith("级") else []
        if level and level[-1].end == own.start:  # 万吨|级以上泊位
            return replace(own, text=draft.text.text[level[-1].start : own.start] + own.text, start=level[-1].start)
        became = self._like["became"].match(draft.text.text, own.end)
        if became is not None and own.text in self._works and own.start >= draft.end:
            return replace(own, text=became.group("verb") + own.text)
        if len(own.text) == 1 and draft.text.text.startswith("占比", own.end):
            return replace(own, text=own.text + "占比", end=own.end + 2)
        return own

    def _limited(self, draft: Draft, before: Sequence[Draft], heir: Draft | None) -> bool:
        """Name a count by its limit and the noun counted before it (签约项目21个，其中10亿元以上3个)."""
        limit = before[-1]
        found = self._like["bounds"].fullmatch(draft.text.text, limit.item.end, draft.item.start)
        between = _spanning(limit, draft)
        if (found is None and not between) or draft.quantity.kind != "count":
            return False
        noun = self._whole(heir) if heir is not None and _same_kind(heir, draft) else ""
        end = found.end(1) if found is not None else limit.item.end
        draft.indicator = draft.text.text[limit.item.start : end] + self._like["limit_lead"].sub("", noun)
        draft.because("indicator", "naming.limited", (limit.item.start, end))
        return True

    def _buys(self, draft: Draft, own: Noun) -> bool:
        """Say whether money stands right before the piece of work that it is spent on (2.7亿元木业项目开工)."""
        work = any(w in own.text for w in self._works) and self._like["funds"].search(own.text) is None
        sized = draft.quantity.kind == "power" and self._like["unit_of"].search(own.text) is not None
        direct = own.start - draft.item.end <= _SHORT
        paid = work and draft.quantity.kind in ("money", "mass", "power")
        level = draft.measure == "level" and not self._owned(draft)
        return level and own.start >= draft.end and direct and (paid or sized)

    def _described(self, draft: Draft, own: Noun, heir: Draft | None, before: Sequence[Draft]) -> bool:
        """Name an amount that only describes the noun after 的: as the like one before it, or as its kind tells."""
        if own.start < draft.end or not self._describes(draft):
            return False
        if heir is not None and self._describes(heir) and _named_before(heir, draft):
            self._follow(draft, heir)
            return True
        return self._limit(draft, before)

    def _spent(self, draft: Draft, own: Noun, heir: Draft) -> bool:
        """Say whether what follows an amount is what it is for, not what it is of (其中9000万元支持甲省)."""
        after = own.start >= draft.end and draft.quantity.kind not in _COUNTED
        return after and _same_kind(heir, draft) and bool(self._nouns.leading_verb(draft.text, (draft.end, own.end)))

    def _verb_of(self, draft: Draft, own: Noun, heir: Draft | None) -> bool:
        """Name what a verb without an object goes on about (培育12家，认定4家 → 认定企业)."""
        people = (draft.quantity.unit or "") in _PEOPLE and draft.measure == "level"
        if heir is None and own.verb and people and self._takes_people(draft, own):
            return True
        if not own.verb or heir is None or not _same_kind(heir, draft):
            return False
        told = (draft.quantity.unit or "") in _PEOPLE
        whole = self._whole(heir)
        objects = heir.indicator_span is not None and self._nouns.object_at(heir.text, heir.indicator_span[0])
        if self._like["mean"].search(own.text):  # 发送旅客4.06亿人次、日均1310万人次
            self._set(draft, own.text + (heir.indicator or ""), "naming.verb_of", own)
            return True
        listed = draft.shares is not None and whole == heir.indicator and not objects  # 捐赠970万元、自筹1420万元
        done = self._like["done_end"].search(whole) is not None  # 主体完工210户，入住50户
        if told and self._takes_people(draft, own):
            return True
        held = self._like["with_object"].search(own.text) is not None
        alone = told or listed or done or held or own.text in (heir.indicator or "") or whole[-2:] == own.text[-2:]
        self._set(draft, own.text + ("" if alone else whole), "naming.verb_of", own)
        return True

    def _looks_back(self, draft: Draft, heir: Draft | None) -> bool:
        """Say whether a figure without a noun may take one told before: none goes before it, or one of another kind."""
        own = heir is not None and heir.measure == "level" and heir.follows is None
        other = own and heir is not None and not (_same_kind(heir, draft) or _adjacent(heir, draft))
        return heir is None or draft.measure == "composition" or (other and draft.measure == "level")

    def _most(self, draft: Draft, heir: Draft | None, before: Sequence[Draft]) -> bool:
        """Let the most or least of what was just told go on about it (亩产461公斤，最高的田块达到498公斤)."""
        start = draft.text.segment(draft.item.start)[0]
        if heir is None or draft.measure != "level" or not _same_kind(heir, draft):
            heir = _like_limit(draft, before) if draft.quantity.kind != "duration" else None
        if heir is None or draft.measure != "level":
            return False
        found = self._like["most"].match(draft.text.text, start, draft.item.start)
        rest = draft.text.text[found.end() : draft.item.start].rstrip("达到为有约近") if found else ""
        if found is None or self._measured(rest):  # 最大小时雨强74毫米 is a quantity of its own
            return False
        self._follow(draft, heir)
        return True

    def _towards(self, draft: Draft, heir: Draft | None) -> bool:
        """Name the trade with a side that only the name tells (对欧盟增长0.9%, after 对美国出口2亿元)."""
        start = draft.text.segment(draft.item.start)[0]
        names = draft.text.between(start, draft.item.start, "name")
        traded = self._like["traded"].search(heir.indicator or "") if heir is not None else None
        if traded is None or len(names) != 1 or draft.measure not in _FOLLOWS:
            return False
        lead, gap = (start, names[0].start), (names[0].end, draft.predicate or draft.item.start)
        if not self._like["side"].fullmatch(draft.text.text, *lead) or draft.text.text[slice(*gap)].strip("同比分别"):
            return False
        noun = Noun(f"对{draft.text.text[names[0].start : names[0].end]}{traded.group()}", names[0].start, names[0].end)
        self._set(draft, noun.text, "naming.towards", noun)
        return True

    def _in_state(self, draft: Draft, own: Noun | None, heir: Draft | None) -> bool:
        """Name so many works by the state told behind their number (在建103个，94个未开工: 未开工项目)."""
        found = self._like["state"].match(draft.text.text, draft.end)
        if found is None or heir is None or not _same_kind(heir, draft) or draft.quantity.kind != "count":
            return False
        if own is not None and own.start < draft.item.start:
            return False
        noun = self._like["state_lead"].sub("", self._whole(heir))
        draft.indicator, draft.indicator_span = found.group("state") + noun, found.span("state")
        draft.because("indicator", "naming.state", found.span("state"))
        return True

    def _takes_people(self, draft: Draft, own: Noun) -> bool:
        """Name the people whom a verb without an object always takes (景区接待7.8万人次: 接待游客)."""
        people = self._objects.get(own.text)
        if people is None:
            return False
        self._set(draft, own.text + people, "naming.people", own)
        return True

    def _group(self, draft: Draft) -> str:
        """Return the noun counted at the head of the clause, when it is work (133个续建项目完成投资454亿元)."""
        start, _ = draft.text.segment(draft.item.start)
        counted = self._nouns.counted(draft.text, start, draft.item.start)
        if counted is None or counted[1].text in self._works:
            return ""
        return counted[1].text if counted[1].text.endswith(self._works) else ""

    def _whole(self, heir: Draft) -> str:
        """Return what 总数 counts after 新增企业3家: the noun without the verb that tells the first figure apart."""
        name = self._like["befallen_end"].sub("", heir.indicator or "") or heir.indicator or ""
        verb = self._nouns.leading_verb(heir.text, heir.indicator_span) if heir.indicator_span else ""
        return name[len(verb) :] if verb and name.startswith(verb) else name

    def settle(self, drafts: Sequence[Draft]) -> None:
        """Give figures that go on about another (its growth, its rank) what breakdowns changed in it."""
        for draft in drafts:
            if draft.follows is not None:
                draft.indicator = draft.follows.indicator

    @staticmethod
    def _set(draft: Draft, name: str, rule: str, noun: Noun) -> None:
        draft.indicator, draft.indicator_span = name, (noun.start, noun.end)
        draft.because("indicator", rule, (noun.start, noun.end))

    @staticmethod
    def _plan(draft: Draft, before: Sequence[Draft]) -> None:
        """Give a share of a plan the plan's indicator as its whole."""
        plans = [d for d in before if d.status == "target" and d.indicator]
        if plans:
            plan = plans[-1]
            draft.of = plan.indicator
            draft.comes_from("of", "plan", plan.text.view.span(plan.item.start, plan.item.end))

    def _among(self, draft: Draft) -> bool:
        """Say whether the figure's clause begins with 其中."""
        return bool(self._like["among"].match(draft.text.text[slice(*draft.text.segment(draft.item.start))]))

    def _limit(self, draft: Draft, before: Sequence[Draft]) -> bool:
        """Name the quantity that a threshold limits: the noun before it, else what its kind tells (岁: 年龄)."""
        found = next((f for f in self._limits.matches(draft.text, draft.item) if _of_unit(draft, f)), None)
        if found is None:
            return False
        own = self._nouns.before(draft.text, self._topic(draft, before[-1] if before else None), draft.item.start)
        if own is not None and not own.verb and not own.name and self._measured(own.text):
            return False
        draft.indicator = str(found.yields["indicator"])
        draft.because("indicator", found.rule, (found.start, found.end))
        return True

    def _next_limit(self, draft: Draft, before: Sequence[Draft]) -> bool:
        """Name a limit like the one before it in its sentence (税收超百万元的12家、超千万元的2家: 税收)."""
        like = _like_limit(draft, before)
        if like is None:
            return False
        first = draft.text.segment(draft.item.start)[0]
        if like.item.start >= first or self._nouns.before(draft.text, first, draft.item.start) is not None:
            return False
        draft.indicator = like.indicator
        draft.because("indicator", "naming.next_limit")
        draft.comes_from("indicator", "sentence", like.text.view.span(like.item.start, like.item.end))
        return True

    def _measured(self, noun: str) -> bool:
        """Say whether a noun names a quantity (税收, 总投资) rather than a doing (签约)."""
        return noun.endswith(self._quantities) or self._nouns.is_quantity(noun)

    def _work(self, draft: Draft) -> bool:
        found = self._durations.first(draft.text, draft.item)
        if found is None or not _of_unit(draft, found):
            return False
        draft.indicator = str(found.yields["indicator"])
        draft.because("indicator", found.rule, (found.start, found.end))
        return True

    def _holiday(self, draft: Draft) -> bool:
        """Name how long a holiday lasts by its name (“五一”小长假共5天)."""
        text, at = draft.text, draft.item.start
        times = text.between(text.segment(at)[0], at, "time")
        if not times or self._like["lasts"].fullmatch(text.text, times[-1].end, at) is None:
            return False
        name = text.text[times[-1].start : times[-1].end]
        if self._like["holiday"].search(name) is None:
            return False
        draft.indicator, draft.indicator_span = name, (times[-1].start, times[-1].end)
        draft.because("indicator", "naming.holiday", draft.indicator_span)
        return True

    def _streak(self, draft: Draft, before: Sequence[Draft]) -> bool:
        """Let a streak (增长8.2%，连续19个月保持…) go on about what the sentence speaks of."""
        text, at = draft.text, draft.item.start
        start = text.segment(at)[0]
        told = self._like["streak"].search(text.text, start, at)
        if told is None and self._like["kept_up"].match(text.text, draft.end):
            told = self._like["stays"].search(text.text, start, at)
        if told is None:
            return False
        heir = self._heir(draft, before)
        won = self._like["won"].match(text.text, draft.end) or draft.measure == "threshold"
        noun = self._nouns.before(text, draft.topic_start, told.start())
        if noun is not None and not noun.verb and not noun.name:
            self._set(draft, noun.text, "naming.streak", noun)
        elif heir is not None and not won:
            self._follow(draft, heir)
        else:
            draft.indicator, draft.indicator_span = told.group(1), told.span(1)
            draft.because("indicator", "naming.streak", told.span(1))
        return True

    def _topic(self, draft: Draft, earlier: Draft | None) -> int:
        """Return where the figure's own words begin: after the noun counted by the figure before it, if any is left."""
        start, end = draft.topic_start, draft.predicate or draft.item.start
        quote = self._nouns.quotation(draft.text, start)
        if quote is not None and quote[1] <= end:  # “15分钟生活圈”覆盖率: what is quoted is one word
            return max(draft.text.segment(draft.item.start)[0], quote[0])
        span = earlier.indicator_span if earlier is not None else None
        if span is None or earlier is None or earlier.text is not draft.text or span[0] < earlier.item.end:
            return start
        kinds = self._like["kinds"].match(earlier.quantity.unit or "") and span[0] - earlier.item.end <= 1
        kinds = kinds and span[0] >= draft.text.segment(draft.item.start)[0]
        if (
            kinds
            and draft.quantity.kind not in _COUNTED
            and not draft.text.between(span[0], draft.item.start, "figure")
        ):
            return span[0]  # 三项社会保险基金总收入
        rest = draft.text.text[span[1] : end]
        if start <= span[0] and rest and self._like["and_about"].fullmatch(rest):  # 70亩苍术和130亩茶叶
            return span[1]
        if not start <= span[0] < draft.item.start or len(rest) <= _SHORT:
            return start
        return span[1] if self._nouns.before(draft.text, span[1], end) is not None else start

    def _told_before(self, draft: Draft, earlier: Draft | None) -> Noun | None:
        """Return the noun before a figure in its own clause, if it can be its own."""
        before = self._nouns.before(draft.text, self._topic(draft, earlier), draft.predicate or draft.item.start)
        if before is not None and before.name and not self._counted_name(draft, before):
            before = None
        if self._of_those_before(draft, before, earlier):
            before = None  # 12个行政村|3638户
        if before is not None and (self._like["contents"].search(before.text) or self._at_most(draft)):
            before = None  # 建设内容包括一座5000平方米的厂房; 每家企业最高不超过10万元
        if before is None and earlier is not None and self._spans(draft, earlier):  # 常住人口五年间由48万…
            start = draft.text.segment(draft.item.start)[0]
            before = self._nouns.before(draft.text, start, earlier.item.start)
        return before

    def _own(self, draft: Draft, earlier: Draft | None) -> Noun | None:
        """Return the noun of the figure's own clause."""
        before = self._told_before(draft, earlier)
        if draft.noun_after:
            return self._after(draft)
        if draft.measure == "share" and draft.of_after and (before is None or not self._measured(before.text)):
            return self._after(draft) or before  # 该项目有70%的搬迁户完成搬迁
        if draft.measure in _FOLLOWS:
            told = earlier is not None and before is not None and before.start == earlier.item.end
            if told and earlier is not None and self._group_of(earlier):
                before = None  # 3个县的增幅: the growth of what, the sentence before tells
            added = self._after(draft) if draft.measure == "change" and draft.quantity.kind == "count" else None
            if added is not None and not added.verb and added.start == draft.end:
                return added  # 扩建后增加50个停车位
            return self._with_age(draft, before, earlier) or self._before_bracket(draft)
        after = self._after(draft)
        if draft.quantity.kind in _COUNTED:
            counted = self._counted(draft, before, after)
            return self._with_threshold(draft, counted, earlier) or self._before_bracket(draft)
        if before is not None and self._makes(draft, before):
            return before
        sized = after is not None and not after.verb and draft.quantity.kind in _SIZES
        before = self._with_age(draft, before, earlier)
        if before is None or (before.verb and after is not None) or (sized and self._inside(draft)):
            return after or self._before_bracket(draft)
        if after is not None and (self._receives(draft, before) or self._taken(draft, before, after)):
            return after
        told = after is not None and not after.verb and draft.quantity.kind in _SIZES | {"money"}
        if told and draft.text.text.startswith("的", draft.item.start - 1) and draft.measure == "level":
            return after  # 新立项的700平方米的学生食堂
        return after if before.governs and after is not None and self._object(draft, after) else before

    def _makes(self, draft: Draft, noun: Noun) -> bool:
        """Say whether a verb before a limit or a mass tells how much is made (年产3万吨的加工企业)."""
        told = draft.measure == "threshold" or (self._owned(draft) and draft.quantity.kind in _SIZES)
        return told and self._like["makes"].search(noun.text) is not None

    @staticmethod
    def _of_those_before(draft: Draft, noun: Noun | None, earlier: Draft | None) -> bool:
        """Say whether a noun before households or people is what the figure before them counts."""
        span = earlier.indicator_span if earlier is not None and earlier.quantity.kind in _COUNTED else None
        people = draft.quantity.unit in (_HOUSEHOLD, *_HEADS)
        counted = noun is not None and span == (noun.start, noun.end)
        return people and counted and noun is not None and noun.end == draft.item.start

    def _at_most(self, draft: Draft) -> bool:
        """Say whether the words before an amount only tell who gets so much at most (每家企业最高不超过10万元)."""
        start = draft.text.segment(draft.item.start)[0]
        amount = draft.quantity.kind == "money" and draft.measure in ("level", "threshold")
        return amount and self._like["per_one"].fullmatch(draft.text.text, start, draft.item.start) is not None

    def _with_age(self, draft: Draft, noun: Noun | None, earlier: Draft | None) -> Noun | None:
        """Put the limit of age before the noun of a rate (5岁以下儿童死亡率, 65岁以上人口比重)."""
        if noun is None or earlier is None or earlier.text is not draft.text or not _of_age(earlier):
            return noun
        if noun.end > draft.item.start or earlier.item.end > noun.start or noun.start + len(noun.text) != noun.end:
            return noun
        if self._like["bounds"].fullmatch(draft.text.text, earlier.item.end, noun.start) is None:
            return noun
        start = earlier.item.start
        return replace(noun, text=draft.text.text[start : noun.end], start=start)

    def _spans(self, draft: Draft, earlier: Draft) -> bool:
        """Say whether the figure before is only the years in which it happened (五年间, 十年来)."""
        start = draft.text.segment(draft.item.start)[0]
        years = earlier.quantity.kind == "duration" and earlier.text is draft.text and earlier.item.start > start
        return years and self._like["years"].match(draft.text.text, earlier.item.end) is not None

    def _counted_name(self, draft: Draft, name: Noun) -> bool:
        """Say whether what looks like a name is what is counted right behind it (列统项目3个, 公共图书馆3246个)."""
        if draft.quantity.kind != "count" or draft.text.text[name.end : draft.item.start]:
            return False
        names = draft.text.between(name.start, name.end, "name")
        several = draft.quantity.value is not None and draft.quantity.value > 1
        return name.text.endswith(self._works) or (several and all(n.name.type == "project" for n in names))

    @staticmethod
    def _object(draft: Draft, noun: Noun) -> bool:
        """Say whether a noun after a figure is the object of the verb before it and takes none itself."""
        return not noun.verb or draft.text.text[noun.end : noun.end + 1] in _STOPS

    def _receives(self, draft: Draft, noun: Noun) -> bool:
        """Say whether a noun is who is given what stands after the figure (给予运营机构3万元奖励)."""
        start = draft.text.segment(draft.item.start)[0]
        return (
            noun.end == draft.item.start and self._like["gives"].search(draft.text.text[start : noun.start]) is not None
        )

    def _taken(self, draft: Draft, doer: Noun, noun: Noun) -> bool:
        """Say whether a noun behind a figure is what somebody has or makes (农户有8万元资金缺口), or sums up a list."""
        gap = self._like["takes"].fullmatch(draft.text.text, doer.end, draft.item.start)
        if gap is None or noun.start - draft.end > 1 or noun.verb or self._like["landmark"].match(noun.text):
            return False
        return bool(gap.group("sum")) or not self._measured(doer.text)

    def _with_threshold(self, draft: Draft, noun: Noun | None, earlier: Draft | None) -> Noun | None:
        """Put the limit that tells a count apart before its noun (千万元以上企业, 纳税过千万元企业)."""
        if noun is None or noun.start > draft.item.start:
            return noun
        over = earlier is not None and earlier.reasons.get("measure", {}).get("rule") == "measures.threshold_over"
        if over and earlier is not None and draft.text.text[earlier.item.end : noun.start].strip("以上的") == "":
            first = earlier.indicator_span[0] if earlier.indicator_span else earlier.item.start
            return Noun(draft.text.text[first : noun.end], first, noun.end)
        limits = draft.text.between(max(0, noun.start - 16), noun.start, "figure")
        gap = draft.text.text[limits[-1].end : noun.start] if limits else ""
        near = len(gap) <= _GAP and self._like["bounds"].match(gap) is not None
        if near and draft.after_threshold and not self._like["listed"].search(gap):
            return Noun(draft.text.text[limits[-1].start : noun.end], limits[-1].start, noun.end)
        return noun

    def _counted(self, draft: Draft, before: Noun | None, after: Noun | None) -> Noun | None:
        """Return the noun counted: the one after the figure, unless that is what is done or only owns the figure."""
        alone = before is not None and before.verb and (after is None or not self._bounded(draft, after))
        if draft.measure == "threshold" and before is not None and (self._measured(before.text) or alone):
            return before  # 年旅客吞吐量1000万人次以上的机场: the quantity that is limited
        if after is None and self._among_those(draft):
            after = self._what_they_are(draft)
            before = before if after is None else None
        told = after is None or self._nouns.leading_verb(draft.text, (after.start, after.end))
        if told and (before is None or before.name or before.verb) and draft.quantity.unit in self._unit_nouns:
            return Noun(draft.quantity.unit or "", draft.item.start, draft.item.end)
        if before is None or after is None or before.verb:
            return after or before
        bare = draft.quantity.kind == "number"  # 形成总规模达2万亿的产业集群
        described = self._owned(draft) and (bare or self._measured(before.text) or after.text.endswith(self._works))
        return before if after.verb or described else after

    def _among_those(self, draft: Draft) -> bool:
        """Say whether a count is of some of those told before it (重点企业中有22家)."""
        start = draft.text.segment(draft.item.start)[0]
        return self._like["some_of"].search(draft.text.text[start : draft.item.start]) is not None

    def _inside(self, draft: Draft) -> bool:
        """Say whether a size is of what there is in what stands before it (茶园中有800亩有机茶园)."""
        start = draft.text.segment(draft.item.start)[0]
        return self._like["there_is"].search(draft.text.text[start : draft.item.start]) is not None

    def _what_they_are(self, draft: Draft) -> Noun | None:
        """Return the noun that says what so many are (22家是招商引资企业), up to the end of the clause."""
        is_ = self._like["is"].match(draft.text.text, draft.end)
        end = draft.text.segment(draft.item.start)[1]
        if is_ is None or draft.text.between(is_.end(), end):
            return None
        noun = self._nouns.after(draft.text, is_.end(), end, unit=draft.quantity.unit or "")
        return (
            noun if noun is not None and noun.start == is_.end() and draft.text.text[noun.end : end] in _STOPS else None
        )

    def _bounded(self, draft: Draft, noun: Noun) -> bool:
        """Say whether a noun stands right behind the limit that tells it apart (发展10座以下的日光温室)."""
        if draft.quantity.unit in _PEOPLE:  # 死亡3人以上事故
            return False
        return self._like["bounds"].fullmatch(draft.text.text, draft.item.end, noun.start) is not None

    def _describes(self, draft: Draft) -> bool:
        """Say whether an amount describes the thing after 的, which it does not count (10亿元的铜箔项目)."""
        return draft.measure == "level" and draft.quantity.kind not in _COUNTED and self._owned(draft)

    @staticmethod
    def _owned(draft: Draft) -> bool:
        """Say whether 的 follows: 年吞吐量3000万人次的保障需求 counts no 需求."""
        return draft.text.text.startswith("的", draft.item.end)

    def _after(self, draft: Draft) -> Noun | None:
        _, end = draft.text.segment(draft.item.start)
        start = draft.end
        if draft.last is not None:
            start = draft.last.item.end
            _, end = draft.text.segment(start)
        limit = draft.text.between(start, end, "figure")
        if limit and limit[0].start == draft.end and limit[0].quantity.kind == "count":  # 3.4万户14.9万人脱贫
            start, limit = limit[0].end, limit[1:]
        if limit and self._sized(draft, limit[0]):  # 两座4500平方米的储备库
            start, limit = limit[0].end, limit[1:]
        unit = (draft.quantity.unit or "") if draft.quantity.kind == "count" else ""
        noun = self._nouns.after(draft.text, start, limit[0].start if limit else end, shared=bool(limit), unit=unit)
        if noun is not None and draft.quantity.kind == "money" and self._like["landmark"].fullmatch(noun.text):
            return None  # 跨越三百亿元台阶
        if noun is not None and self._needed(draft, noun):
            return None
        if noun is not None and limit and draft.quantity.kind in _COUNTED:
            last = self._nouns.owner_end(draft.text, noun)
            if last < noun.end:
                return Noun(draft.text.text[noun.start : last], noun.start, last)
        if noun is None or not limit or noun.end != limit[0].start or limit[0].quantity.kind == "count":
            return noun
        bare = self._tail.sub("", noun.text)
        if bare != noun.text:
            bare = self._like["next_figure"].sub("", bare)
        return Noun(bare, noun.start, noun.start + len(bare)) if bare else noun

    def _needed(self, draft: Draft, noun: Noun) -> bool:
        """Say whether what stands behind households or people is theirs (威胁46户191人生命财产安全)."""
        people = draft.quantity.unit in (_HOUSEHOLD, *_HEADS)
        return people and self._like["needs"].match(noun.text) is not None

    def _sized(self, draft: Draft, size: Item) -> bool:
        """Say whether a figure behind a count only tells how big what is counted is (3座总面积8万平方米的厂房)."""
        text = draft.text.text
        told = draft.quantity.kind == "count" and size.quantity.kind in _SIZES and text.startswith("的", size.end)
        return told and self._like["size"].fullmatch(text, draft.end, size.start) is not None

    def _before_bracket(self, draft: Draft) -> Noun | None:
        """Return the noun right before the bracket that the figure stands in (发酵酒（增长87%）)."""
        inside = draft.text.bracket(draft.item.start)
        if inside is None or draft.text.text[inside[0] : draft.topic_start].strip():
            return None
        start, _ = draft.text.segment(max(0, inside[0] - 2))
        if draft.text.between(start, inside[0] - 1, "figure"):
            return None
        return self._nouns.before(draft.text, start, inside[0] - 1)

    def _earlier(self, draft: Draft) -> Noun | None:
        """Return the noun of the nearest earlier clause of the sentence that holds no figure."""
        first, _ = draft.text.full_sentence(draft.item.start)
        at = draft.text.segment(draft.item.start)[0] - 1
        while at > first:
            start, end = draft.text.segment(at)
            if draft.text.between(start, end, "figure"):
                return None
            noun = self._nouns.before(draft.text, start, end)
            if noun is not None and not noun.verb and not noun.rate:
                return self._nouns.known_inside(draft.text, noun) if len(noun.text) > _LONG else noun
            at = start - 1
        return None

    def _just_told(self, draft: Draft) -> Noun | None:
        """Return the quantity that the clause right before speaks of without a figure (加工贸易出口比重提高，占65%)."""
        start = draft.text.segment(draft.item.start)[0]
        if start <= draft.text.sentence(draft.item.start)[0]:
            return None
        first, last = draft.text.segment(start - 1)
        if draft.text.between(first, last, "figure") or first < draft.text.sentence(draft.item.start)[0]:
            return None
        noun = self._nouns.before(draft.text, first, last)
        moved = noun is not None and noun.end < last and not noun.verb and not noun.name and not noun.rate
        bare = self._like["rate_tail"].sub("", noun.text) if noun is not None and moved else ""
        if noun is None or len(bare) <= _SHORT or not self._measured(bare):
            return None
        return Noun(bare, noun.start, noun.end)

    def _heir(self, draft: Draft, before: Sequence[Draft]) -> Draft | None:
        """Return the earlier figure that this one goes on about: of the sentence, for rates of the paragraph."""
        if draft.leader is not None:
            return draft.leader
        start, _ = draft.text.passage(draft.item.start)
        aside = draft.text.bracket(draft.item.start)
        for other in reversed(before):
            bracket = other.text.bracket(other.item.start)
            if bracket not in (None, aside):  # what a bracket says by the way ends with it
                continue
            if other.item.start < start and draft.measure not in _FOLLOWS and not _money_again(other, draft):
                return None
            if (
                other.reasons.get("indicator", {}).get("rule") == "naming.duration"
                and draft.quantity.kind != "duration"
            ):
                continue
            lasted = other.quantity.kind == "duration" and self._like["rate_word"].search(other.indicator or "")
            if draft.measure in _FOLLOWS and (lasted or self._group_of(other) or self._member(other)):
                continue
            if draft.measure == "change" and _of_other_kind(other, draft):  # 村民120名，每人增收3000元
                continue
            if other.measure != "threshold" and other.indicator and not other.embedded:
                return other
        return None

    def _group_of(self, draft: Draft) -> bool:
        """Say whether a figure counts those whose growth is told next (两个县增幅较大): nothing goes on about it."""
        span = draft.indicator_span
        counts = draft.quantity.kind in _COUNTED and span is not None and span[0] == draft.item.end
        return counts and span is not None and self._nouns.grows(draft.text, span[1])

    def _by_member(self, own: Noun, before: Sequence[Draft]) -> bool:
        """Say whether a noun is only what the figure right before it counts, whose growth is told."""
        span = before[-1].indicator_span if before else None
        inside = span is not None and span[0] <= own.start and own.end <= span[1]
        return inside and self._member(before[-1])

    def _member(self, draft: Draft) -> bool:
        """Say whether a figure counts those of whom the next growth is told (五家大型银行较年初增长34.6%)."""
        span = draft.indicator_span
        if draft.quantity.kind not in _COUNTED or span is None or span[0] != draft.item.end:
            return False
        counted = self._like["members"].search(draft.text.text, span[0], span[1]) is not None
        return counted and self._nouns.moves(draft.text, span[1])

    def _shared_verb(self, own: Noun, heir: Draft | None) -> str:
        """Return the verb that a list's first noun has and a short later one shares (发送旅客…、货物…)."""
        if heir is None or heir.indicator_span is None or len(own.text) > _SHORT:
            return ""
        verb = self._nouns.leading_verb(heir.text, heir.indicator_span)
        return "" if set(verb) & set(own.text) else verb  # 节约标准煤、节水

    def _follow(self, draft: Draft, heir: Draft) -> None:
        draft.indicator, draft.indicator_span = heir.indicator, heir.indicator_span
        draft.follows = heir
        if draft.measure == "level" and _same_kind(heir, draft) and heir.indicator:
            task = self._like["task"].search(heir.indicator)  # 收入任务174万元，完成198万元
            if task and self._like["done"].search(draft.text.text, draft.topic_start, draft.item.start):
                draft.indicator, draft.follows = heir.indicator[: task.start()], None
            done = self._like["sum"].match(heir.indicator)  # 总投资5亿元，已完成2亿元
            if done and self._like["done"].search(draft.text.text, draft.topic_start, draft.item.start):
                draft.indicator, draft.follows = heir.indicator[done.end() :], None
        if draft.measure == "level" and self._like["remaining"].search(
            draft.text.text, draft.topic_start, draft.item.start
        ):
            draft.indicator, draft.follows = (
                self._like["state_lead"].sub("", heir.indicator or "") or heir.indicator,
                None,
            )
        if draft.measure == "growth_rate" and heir.status == "target" and "status" not in draft.reasons:
            draft.status = "target"
            draft.because("status", "status.goes_on")
        draft.because("indicator", "naming.goes_on")
        draft.comes_from("indicator", "sentence", heir.text.view.span(heir.item.start, heir.item.end))


def _without_subject(draft: Draft, noun: Noun) -> Noun:
    """Return a noun without the name of its own subject before it (国家铁路 旅客发送量)."""
    name, text = draft.subject or "", noun.text
    at = draft.text.text.find(text[len(name) :], noun.start, noun.end)
    if not name or at < 0 or not text.startswith(name) or len(text) < len(name) + _SHORT:
        return noun
    return replace(noun, text=text[len(name) :], start=at)


def _of_unit(draft: Draft, found: Found) -> bool:
    """Say whether a rule that asks for a unit (岁, also of 周岁) meets it."""
    return (draft.quantity.unit or "").endswith(str(found.yields.get("unit", "")))


def _money_again(a: Draft, b: Draft) -> bool:
    """Say whether both are sums of money of one paragraph (总投资3亿元。上半年完成1.6亿元)."""
    return a.text is b.text and a.quantity.kind == b.quantity.kind == "money" and a.measure == b.measure == "level"


def _goes_on(a: Draft, b: Draft) -> bool:
    """Say whether a figure b without a noun is about the indicator of a: anything but another kind of count."""
    counted = b.quantity.kind in _COUNTED_OR_LASTING
    measured = b.quantity.kind == "count" and (a.indicator or "").endswith(_MEASURED)  # 吞吐量三次跨越千万标箱
    nothing = b.quantity.value == 0 and b.quantity.unit is None  # 由24.7%下降至0
    return b.measure in _FOLLOWS or _same_kind(a, b) or _adjacent(a, b) or measured or nothing or not counted


def _changes_another(a: Draft, b: Draft) -> bool:
    """Say whether a change is of another kind: told in a count where a is a rate (结案率49.58%，受案增加167件).

    Money where a is land, a length or a weight (流转土地1.8万亩，每亩增收200元).
    """
    kinds = (b.quantity.kind, a.quantity.kind)
    other = kinds == ("count", "percent") or (kinds[0] == "money" and kinds[1] in _SIZES)
    return b.measure == "change" and other


def _of_other_kind(a: Draft, b: Draft) -> bool:
    """Say whether a sum of money can be no change of a: a counts something."""
    return b.quantity.kind == "money" and a.quantity.kind == "count"


def _adjacent(a: Draft, b: Draft) -> bool:
    """Say whether b stands right behind a (总人口15944户38943人)."""
    return a.text is b.text and b.item.start - a.item.end <= 1 and not _of_age(a)


def _like_limit(draft: Draft, before: Sequence[Draft]) -> Draft | None:
    """Return the last limit told before a figure in its sentence, when it is one of the same kind."""
    start, _ = draft.text.passage(draft.item.start)
    like = next((d for d in reversed(before) if d.measure == "threshold" and d.text is draft.text), None)
    told = like is not None and like.item.start >= start and like.indicator is not None
    return like if told and like is not None and _same_kind(like, draft) else None


def _spanning(limit: Draft, draft: Draft) -> bool:
    """Say whether a range right before a count tells apart what is counted (36至49岁20人, 5—10亿元6个)."""
    money = limit.quantity.kind == "money" and limit.measure == "threshold"
    wide = limit.quantity.low != limit.quantity.high and (money or _of_age(limit))
    return wide and limit.text is draft.text and limit.item.end == draft.item.start


def _named_before(heir: Draft, draft: Draft) -> bool:
    """Say whether the noun of a like amount stands before it or comes from one before (总投资5亿元的A、3亿元的B)."""
    span = heir.indicator_span
    like = heir.quantity.kind == draft.quantity.kind != "duration"
    return like and span is not None and span[1] <= heir.item.start


def _of_age(draft: Draft) -> bool:
    return (draft.quantity.unit or "").endswith(("岁", "歲"))


def _same_kind(a: Draft, b: Draft) -> bool:
    lasting = a.quantity.kind == b.quantity.kind == "duration"
    return (lasting and _of_age(a) == _of_age(b)) or (a.quantity.kind, a.quantity.unit) == (
        b.quantity.kind,
        b.quantity.unit,
    )
