"""Where a clause says whose figure it is: the names and words of scope in it that can be a subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zhengwen.lexicon import Hit
from zhengwen.rows.brands import Brands
from zhengwen.rows.clauses import Item, Text
from zhengwen.rows.nouns import Nouns
from zhengwen.rows.patterns import Patterns
from zhengwen.rows.scopes import NATIONAL, TYPES, Context, Scopes, Subject
from zhengwen.rules import Rules

__all__ = ["Mentions"]

_BACK = 30
"""How far to the left an item may begin that a word of scope stands in."""
_NO_NAME = 4
"""The longest verb and common noun that pass as a name (使水库总库容达到…)."""
_AND = ("、", "和", "与", "及")
"""What joins two names."""
_QUOTES = {"“": "”", "「": "」", "‘": "’"}


class Mentions:
    """Finds the subject that a stretch of a paragraph names first; lists and chains of names are taken whole."""

    def __init__(self, rules: Rules, nouns: Nouns, scopes: Scopes) -> None:
        self._nouns = nouns
        self._scopes = scopes
        self._brands = Brands(nouns)
        self._skips = Patterns(rules, "subjects")
        self._makes = Patterns(rules, "made")
        self._bodies = [(str(r.yields["as"]), r.regex) for r in rules.of("rows/bodies")]
        self._lists = {r.id: r.regex for r in rules.of("rows/enumerations")}

    def skipped(self, text: Text, item: Item) -> bool:
        """Say whether a name only stands by: a source, a builder, the other side of an action, a thing counted."""
        found = self._skips.first(text, item)
        return (found is not None and "here" not in found.yields) or _inside_quotes(text, item)

    def aside(self, text: Text, item: Item) -> bool:
        """Say whether a name only tells whom somebody belongs to or supplies: no 公司 behind it goes back to it."""
        found = self._skips.first(text, item)
        return found is not None and "aside" in found.yields

    def of(self, text: Text, item: Item, context: Context) -> Subject | None:
        """Return whose figures a name tells of: its own, those of the place it administers, or nobody's."""
        if item.name.type not in TYPES or self._skips.first(text, item) is not None or _inside_quotes(text, item):
            return None
        if self._nouns.object_at(text, item.start) and not self._made(text, item):
            return None
        short = item.name.type != "place" and item.end - item.start <= _NO_NAME
        if short and self._lists["enumerations.causing"].match(text.text[item.start : item.end]):
            return None
        zone = self.zone_behind(text, item, context)
        if zone is not None:
            return zone
        telling = text.text[item.end : item.end + 1] in (":", "：")
        return self.speaking(context.named(text, item), context, telling=telling)

    def zone_behind(self, text: Text, item: Item, context: Context) -> Subject | None:
        """Return the zone that a place's name begins and that is no known name (云湄镇|畜牧示范园区), or nothing."""
        end = self._zone_end(text, item)
        if end == item.end:
            return None
        place = context.named(text, item)
        return replace(place, name=place.name + text.text[item.end : end], span=text.view.span(item.start, end))

    def _zone_end(self, text: Text, item: Item) -> int:
        """Return where the zone that a place's name begins ends: with the name itself where there is none."""
        zone = self._lists["enumerations.zone"].match(text.text, item.end) if item.name.type == "place" else None
        return item.end if zone is None or text.between(item.end, zone.end(), "name") else zone.end()

    def _made(self, text: Text, item: Item) -> bool:
        """Say whether a name is that of what was made, whose size follows at once (新建湄水小学新增学位300个)."""
        found = self._makes.first(text, item)
        return found is not None and "doing" in found.yields

    def speaking(self, subject: Subject, context: Context, *, telling: bool = False) -> Subject | None:
        """Return a name's subject, the place that a body of it speaks for, or nothing for one that only reports.

        With `telling`, a body of the country speaks for the country.
        """
        if subject.kind != "organisation":
            return subject
        role = next((role for role, regex in self._bodies if regex.search(subject.name)), "own")
        if role == "village":
            place = next(m for kind, r in self._bodies if kind == "village" and (m := r.search(subject.name)))["place"]
            return replace(subject, name=context.full(place), kind="place")
        if role == "nation":
            return replace(subject, name="全国", kind="place") if telling else subject
        if role == "place" and context.administered(subject.name) and context.main is not None:
            return replace(subject, name=context.main.name, kind=context.main.kind)
        if role == "place" and context.place is not None and context.governs(subject.name):
            return replace(subject, name=context.place.name, kind="place")
        return None if role == "none" else subject

    def first(self, text: Text, start: int, end: int, context: Context, *, leading: bool = False) -> Subject | None:
        """Return the first name or scope word of `start:end` that can be a subject.

        Of an adjacent chain (江苏省南京市) the last; of a list (甲、乙和丙) the whole phrase. With `leading`, only one
        that opens its clause counts.
        """
        candidates = self._candidates(text, start, end, context, leading=leading)
        # A later member of a list whose first one is no name (铁路、公路、民航) is passed over.
        found = next((c for c in candidates if c[0] == start or text.text[c[0] - 1] != "、"), None)
        if found is None or (leading and not self._nouns.only_leads(text, start, found[0])):
            return None
        first, last, subject = found
        begin = first
        for next_first, next_last, following in candidates:
            gap = text.text[last:next_first]
            done = following.kind == "project" and self._lists["enumerations.carried_out"].match(gap)
            if (
                done
                or self._lists["enumerations.watched"].match(gap)
                or self._lists["enumerations.chain"].fullmatch(gap)
            ):
                begin, last, subject = (next_first, next_last, following)
            elif self._lists["enumerations.joint"].fullmatch(gap) and following.kind == subject.kind:
                last = self._list_end(text, next_last, end)
                subject = Subject(text.text[begin:last], subject.kind, text.view.span(begin, last), "clause")
                tail = self._lists["enumerations.tail"].match(text.text, last, end)
                if tail and not text.between(last, tail.end(), "figure"):
                    last = self._list_end(text, tail.end() - 1, end)
                    return Subject(text.text[begin:last], "group", text.view.span(begin, last), "clause")
            else:
                break
        around = self._lists["enumerations.around"].match(text.text, last, end)
        if around is not None and subject.kind == "place":
            last = around.end()
            subject = Subject(text.text[begin:last], "place", text.view.span(begin, last), "clause")
        rest = self._lists["enumerations.rest"].match(text.text, last, end)
        if rest and not text.between(last, rest.end(), "figure"):
            last = self._list_end(text, rest.end() - 1, end)
            subject = Subject(text.text[begin:last], "group", text.view.span(begin, last), "clause")
        return subject

    def national(self, text: Text) -> Subject | None:
        """Return the country when a body of it is among those that only tell what a text says."""
        for item in text.between(0, len(text.text), "name"):
            if item.name.type == "organisation" and self.skipped(text, item):
                name = text.text[item.start : item.end]
                role = next((role for role, regex in self._bodies if regex.search(name)), "own")
                if role == "nation":
                    return Subject(NATIONAL, "place", text.view.span(item.start, item.end), "article")
        return None

    def group(self, text: Text) -> Subject | None:
        """Return the group (市属国企) that a line tells of, or nothing."""
        found = self._scopes.groups(text, 0, len(text.text))
        return next((subject for first, _, subject in found if self._leads(text, 0, first)), None)

    def source(self, text: Text, context: Context) -> Subject | None:
        """Return the enterprise that the first sentence has its news from (从云投集团了解到), whose news it is then."""
        named = [i for i in text.between(*text.full_sentence(0), "name") if i.name.type in TYPES]
        if not named or named[0].name.type != "organisation" or not self.skipped(text, named[0]):
            return None
        found = context.named(text, named[0])
        several = len(named) > 1 and text.text[named[0].end : named[1].start] in _AND
        return found if self.acts_for_itself(found.name) and not several else None

    def acts_for_itself(self, name: str) -> bool:
        """Say whether a body is neither an administration nor one that only reports."""
        return not any(regex.search(name) for _, regex in self._bodies)

    def administers(self, name: str) -> bool:
        """Say whether a body is an administration, whose figures are mostly its place's."""
        return next((role for role, regex in self._bodies if regex.search(name)), "own") == "place"

    def zone(self, text: Text, context: Context) -> Subject | None:
        """Return the zone (经开区, 示范园区) that leads a line, or nothing."""
        for hit in self._scopes.hits(text):
            if hit.entry == "zone":
                return self._scopes.resolve(hit, text, hit.start, context) if self._leads(text, 0, hit.start) else None
        return None

    def _list_end(self, text: Text, last: int, end: int) -> int:
        """Return where a list of names ends, with the noun that 等 sums it up by (甲、乙等受灾地区保险机构)."""
        if not text.text.startswith("等", last):
            return last
        noun = self._nouns.after(text, last + 1, end)
        return noun.end if noun is not None and noun.start == last + 1 else last

    def _candidates(
        self, text: Text, start: int, end: int, context: Context, *, leading: bool
    ) -> Iterator[tuple[int, int, Subject]]:
        """Yield the names, groups and words of scope of `start:end` that can be subjects, by position, as asked for.

        With `leading` none where the first name does not open its clause: no later one does.
        """
        groups = [g for g in self._scopes.groups(text, start, end) if self._leads(text, start, g[0])]
        found: list[tuple[int, int, Item | Hit[str] | Subject]]
        found = [(i.start, i.end, i) for i in text.between(start, end, "name")]
        found += [(h.start, h.end, h) for h in self._scopes.hits(text, start, end)]
        found += self._brands.leading(text, start, end, context)
        if groups:
            found = [*groups, *(f for f in found if not any(a < f[1] and f[0] < b for a, b, _ in groups))]
        ended = -1
        for first, after, what in sorted(found, key=lambda f: f[:2]):
            last = after
            subject: Subject | None
            if isinstance(what, Item):
                if leading and ended < 0 and not self._nouns.only_leads(text, start, first):
                    return
                subject = self.of(text, what, context)
                last = self._zone_end(text, what)
            elif first < ended:
                continue  # 园区 of 云湄镇畜牧示范园区
            else:
                subject = what if isinstance(what, Subject) else self._scope(text, start, end, what, ended, context)
            if subject is not None:
                ended = last
                yield first, last, subject

    def _scope(self, text: Text, start: int, end: int, hit: Hit[str], ended: int, context: Context) -> Subject | None:
        """Return what a word of scope in `start:end` stands for; `ended` is where the subject before it ends."""
        first, last = hit.start, hit.end
        if any(i.start < last and first < i.end for i in text.between(max(0, start - _BACK), end)):
            return None
        if hit.entry == "main" and ended == first:
            return None  # 粤海街道辖区面积: the name right before it says whose
        return self._scopes.resolve(hit, text, first, context) if self._stands(text, hit, start, end) else None

    def _stands(self, text: Text, hit: Hit[str], start: int, end: int) -> bool:
        """Say whether a word of scope that `start:end` holds stands where a subject can."""
        first, last = hit.start, hit.end
        if hit.entry == "national" and first and self._lists["enumerations.where"].match(text.text, first - 1):
            return False  # 在全国建有13家门店
        alone = hit.entry in ("national", "world") or hit.term in self._scopes.common
        if alone and not self._leads(text, start, first):
            return False
        bare = self._lists["enumerations.bare"].fullmatch(hit.term)
        if bare and first > start and not self._leads(text, start, first):
            return False
        if hit.entry == "thing" and text.between(last, last + 1, "figure"):
            return False  # 隧道1座: what is counted
        if hit.entry == "self" and self._lists["enumerations.members"].match(text.text, last, end):
            return False
        if hit.entry == "village" and self._lists["enumerations.limit"].match(text.text, last):
            return False
        return not (hit.term in self._scopes.bare and self._nouns.goes_on(text, last, end))

    def leads_clause(self, text: Text, first: int) -> bool:
        """Say whether a scope word stands where the subject of its clause does."""
        start = text.segment(first)[0]
        counts = text.between(start, first, "figure")  # 31个省（自治区、直辖市）
        return self._leads(text, start, counts[-1].start if counts and counts[-1].end == first else first)

    def _leads(self, text: Text, start: int, first: int) -> bool:
        """Say whether a scope word stands where a subject does, and not inside a noun (引进全国百年老店)."""
        names = text.between(start, first, "name")
        return self._nouns.only_leads(text, names[-1].end if names else start, first)


def _inside_quotes(text: Text, item: Item) -> bool:
    """Say whether a name is only the beginning of what stands in quotes (“云岭绿芽”品牌)."""
    closing = _QUOTES.get(text.text[item.start - 1 : item.start])
    return closing is not None and not text.text.startswith(closing, item.end)
