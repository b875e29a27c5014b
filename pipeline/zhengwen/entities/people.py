"""Names of people: certain ones in the company of a role, and then wherever those stand again on the page.

A personal name is a surname and one or two characters; what tells it from any other three characters is what
stands around it: 记者 A B, 市长 A, A 介绍, A（市财政局）under 成员：.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhengwen.entities.found import Found
from zhengwen.entities.lexis import Lexis
from zhengwen.entities.words import NAME_TAGS, Words, is_han
from zhengwen.rules import Rules
from zhengwen.sought import Sought

__all__ = ["ACTS", "PeopleFinder"]

ONE_NAME = re.compile(r"[^\s、][ \u3000]{1,3}[^\s、](?=[\s、）)]|$)|[^\s、]+")
"""One name of several that blanks part, its own two characters perhaps apart (徐 峰)."""
LINE = 30
"""A line that holds a medium and those who report for it is no longer."""
GAP = " \u3000\t\xa0_"
GIVEN_TAGS = frozenset("n a v vn b ad an z j ns nr nz nrt nrfg nt t vd g".split())
NOT_GIVEN = frozenset("方国军党员部省市县区局委厅院")
"""Characters that no given name of one character is written with."""
LAST_NEVER = frozenset("省市县区局委厅院报")
"""Characters that end no personal name."""
GRAMMAR = frozenset("的了们这那我你他她它也都就不没")
"""Characters that no given name is written with."""
CLOSED = GRAMMAR | {"是", "在"}
PEN = frozenset("说称等在的和与是对为向及并也曾从将就又则都被把还到因给让率介表告")

CLOSING = PEN - frozenset("表介告")
"""Of these, those that end a clause behind a name (刘明说，)."""

AMONG = frozenset("等向")
"""What may follow a name behind an office although a word begins with the name's last character (韩|正向)."""
DOTS = "·•・"
AGED = frozenset("岁男女")
"""What is told of a person behind the name and a comma: the age, man or woman."""
ENDERS = frozenset("等受还称说将被把让并曾从及互时摄作")
"""Characters that follow a name of two characters and end none of three (高望|等)."""
WORKERS = frozenset("员师工匠")
"""What the words for workers end with (潜航员, 培训师, 探伤工)."""
MARKS = frozenset("、，。；：（）等和与")
"""What stands behind a name that a word for a worker leads."""
ACTS = frozenset({"代表", "编辑", "统筹", "策划", "导演"})
"""Roles that are verbs too."""


class PeopleFinder:
    """Finds personal names in paragraphs, and keeps none of its state between them."""

    def __init__(self, rules: Rules, lexis: Lexis) -> None:
        self.lexis = lexis
        patterns = {r.id.rpartition(".")[2]: r.regex for r in rules.of("entities/people")}
        self.given = frozenset(r["character"] for r in rules.table("given_names"))
        self.foreign = patterns["foreign"]
        self.shot = patterns["shot"]
        self.aged = patterns["aged"]
        self.before_shot = patterns["before_shot"]
        self.says = Sought(patterns["says"])
        self.speaks = patterns["speaks"]
        self.signed = patterns["signed"]
        self.ward = patterns["ward"]
        self.bylined = patterns["bylined"]
        self.signed_line = patterns["signed_line"]
        self.signed_alone = patterns["signed_alone"]
        self.marked = patterns["marked"]
        self.appointed = patterns["appointed"]
        self.roster = patterns["roster"]
        self.member = patterns["member"]

    def find(self, words: Words, blocked: frozenset[int] = frozenset()) -> list[Found]:
        """Return the people that a paragraph names in a certain way, but those that begin in `blocked`."""
        found = list(self._by_role(words))
        found += self._by_trade(words)
        found += self._by_pattern(words)
        return [f for f in found if f.start not in blocked]

    def roster_of(self, text: str) -> str | None:
        """Return the role that a list of people opens with (组长：李某), without its inner blanks; None when none."""
        match = self.roster.match(text)
        if match is None:
            return None
        role = re.sub(r"\s", "", match["role"])
        return role if role in self.lexis.roles else None

    def listed(self, text: str, role: str) -> Found | None:
        """Return the person whom a line of a list of people is about: a name alone, or with a body in brackets."""
        match = self.member.search(text)
        if match is None or not self._surname(match["name"], 0):
            return None
        return Found(match.start("name"), match.end("name"), "person", "people.member", role=role)

    def _by_role(self, words: Words) -> Iterator[Found]:
        text = words.text
        for hit in self.lexis.roles.longest(text):
            if hit.entry == "press":
                yield from self._several(words, hit.end, hit.term)
                continue
            if hit.term in ACTS and self._acts(words, hit.start):
                continue
            yield from self._after_office(words, hit.end, hit.term)
            if hit.term in self.lexis.titles:
                name = self._before(words, hit.start, hit.term)
                if name is not None:
                    yield name

    def _by_trade(self, words: Words) -> Iterator[Found]:
        """Yield who is named behind a word for a worker that no list has (潜航员|某某, 培训师|某某), up to a mark."""
        text, lexis = words.text, self.lexis
        for i, form in enumerate(words.forms):
            at = words.starts[i + 1]
            if form[-1] not in WORKERS or len(form) != 3 or words.tags[i] != "n" or form in lexis.roles:
                continue
            usual = self._surname(text, at) and lexis.surnames.get(text[at]) != "rare"
            for end in (at + 3, at + 2) if usual and form not in lexis.lead else ():
                marked = text[end : end + 1] in MARKS or self._follows(text, end)
                marked = marked and all(map(is_han, text[at:end]))
                if marked and self._fits(words, at, end, closed=True, led=True) and self._plausible(words, at, end):
                    yield Found(at, end, "person", "people.trade", role=form)
                    break

    def _acts(self, words: Words, start: int) -> bool:
        """Tell whether a role is a verb here: an adverb, a pronoun or a person stands before it (我谨代表)."""
        return start > 0 and words.tags[words.word_over(start - 1)] in {"d", "r", "nr", "nrfg", "nrt"}

    def _several(self, words: Words, at: int, role: str) -> Iterator[Found]:
        """Yield the names after a role of the press, one after the other."""
        text, first = words.text, True
        while True:
            begin = at
            while at < len(text) and text[at] in GAP + "\n:：、,，/":
                at += 1
            if not first and at == begin:
                return
            end = self._name_at(words, at, strict=at > begin or not first)
            if end is None:
                return
            yield Found(at, end, "person", "people.press", role=role)
            at, first = end, False

    def _after_office(self, words: Words, at: int, role: str) -> Iterator[Found]:
        text, first = words.text, at
        if at < len(text) and text[at] in GAP + ":：" and at + 1 < len(text):
            at += 1
            while at < len(text) and text[at] in GAP:
                at += 1
        owned = text[at : at + 1] == "的"
        end = self._owned(words, at + 1) if owned else self._name_at(words, at, strict=at > first)
        at += owned
        if end is None or not self._after_kin(text[at:end], role):
            return
        yield Found(at, end, "person", "people.office", role=self._role(role))
        while end < len(text) and text[end] == "、":
            at = end + 1
            end2 = self._name_at(words, at, strict=True)
            if end2 is None or end2 - at > 3:
                return
            yield Found(at, end2, "person", "people.office", role=role)
            end = end2

    def _owned(self, words: Words, at: int) -> int | None:
        """Return the end of a name that 的 binds to its office, up to a comma (任某局局长的王明，); None when none."""
        text = words.text
        for end in (at + 3, at + 2):
            if text[end : end + 1] in {"，", "、"} and self.lexis.surnames.get(text[at]) in {"common", "usual"}:
                given = all(c in self.given for c in text[at + 1 : end])
                return end if given and self._plausible(words, at, end) else None
        return None

    def _after_kin(self, name: str, role: str) -> bool:
        """Tell whether a name may stand behind a role: behind a relation only one written as names mostly are."""
        if self.lexis.roles[role] != "kin":
            return True
        return self.lexis.surnames.get(name[0]) != "rare" and all(c in self.given for c in name[1:])

    def _role(self, role: str) -> str:
        """Return what a record gives as the role: nothing for a relation (队友, 女儿)."""
        return "" if self.lexis.roles[role] == "kin" else role

    def _surname(self, text: str, at: int) -> int:
        """Return the length of the surname at a position, 0 when there is none."""
        if text[at : at + 2] in self.lexis.surnames:
            return 2
        return 1 if text[at : at + 1] in self.lexis.surnames else 0

    def _name_at(self, words: Words, at: int, *, strict: bool) -> int | None:
        """Return where the personal name that begins at `at` ends.

        `strict`: something else than the role's last character stands before it (a blank, a colon).
        """
        text = words.text
        size = self._surname(text, at)
        if not size:
            return None
        ends = [e for e in (at + size + 2, at + size + 1) if e <= len(text) and all(map(is_han, text[at:e]))]
        spaced = self._spaced(text, at + size) if strict and size == 1 else None
        if spaced is not None:
            return spaced
        for end in ends:
            if self.speaks.match(text, end) and self._plausible(words, at, end):
                return end
        for end in ends:
            if end == len(text) or not is_han(text[end]):
                if strict and self._plausible(words, at, end):
                    return end
                if end - at - size == 2 and text[end - 1] in CLOSING and self._fits(words, at, end - 1, led=True):
                    return end - 1
                if self._fits(words, at, end, closed=True, led=True):
                    return end
        for end in reversed(ends):
            if self._follows(text, end) and self._fits(words, at, end, led=True):
                rare = self.lexis.surnames.get(text[at]) == "rare"
                return None if rare and text[end] == "的" else end
        return None if strict else self._bound(words, at, size, ends)

    def _bound(self, words: Words, at: int, size: int, ends: list[int]) -> int | None:
        """Return where a name that follows its office without a gap ends, by the words of which it is made."""
        third, second = at + size + 2, at + size + 1
        if words.text[third : third + 1] in {"了", "着", "过"} and self._fits(words, at, second, led=True):
            return second
        if third in ends and words.whole(at, third) and self.lexis.surnames[words.text[at : at + size]] != "rare":
            return third if self._fits(words, at, third, led=True) else None
        if self._apart(words, at, second):
            return second if self._fits(words, at, second, led=True) else None
        return None

    def _apart(self, words: Words, at: int, end: int) -> bool:
        """Tell whether a name of two characters stands apart from a longer word behind it (局长|赵飞|话音刚落)."""
        word = words.starting.get(end)
        if word is None or word >= len(words.forms) or words.text[end - 1] not in self.given:
            return False
        form, tag = words.forms[word], words.tags[word]
        return self.lexis.surnames.get(words.text[at]) == "common" and (
            len(form) > 2 or (len(form) > 1 and tag in {"v", "d", "p"})
        )

    def _spaced(self, text: str, at: int) -> int | None:
        """Return the end of a name whose characters stand apart (冯 某, 贺 春 生)."""
        end, last = at, None
        for _ in range(2):
            while end < len(text) and text[end] in GAP and end - at < 8:
                end += 1
            if end == at or end >= len(text) or not is_han(text[end]) or text[end - 1] not in GAP:
                return last
            free = end + 1 == len(text) or not is_han(text[end + 1])
            if not free:
                return last
            end += 1
            last = end
        return last

    def _plausible(self, words: Words, at: int, end: int) -> bool:
        """Tell whether `at:end`, framed as a name on both sides, is nothing that could stand there instead."""
        name, lexis = words.text[at:end], self.lexis
        if name[-1] in LAST_NEVER or (len(name) == 3 and name[-1] in ENDERS):
            return False
        if name in lexis.lead or name in lexis.hard or name in lexis.ordinary or any(c in GRAMMAR for c in name[1:]):
            return False
        if name in lexis.known and lexis.known[name].type != "person":
            return False
        if name in lexis.roles or name[1:] in lexis.roles or name[-2:] in lexis.roles:
            return False
        if len(name) == 2 and self._military(name):
            return False
        first, last = words.word_over(at), words.word_over(end - 1)
        whole = first == last and words.starts[first] == at and words.starts[last + 1] == end
        rare = lexis.surnames.get(name[0], "rare") == "rare" and name[:2] not in lexis.surnames
        if whole:
            return words.tags[first] in NAME_TAGS and words.tags[first] != "ns"
        inside = range(first, last + 1)
        verbs = any(words.tags[i] in {"v", "d", "p", "r", "m"} and len(words.forms[i]) > 1 for i in inside)
        return not (rare and (verbs or name[:2] in lexis.frequent or name[:2] in lexis.lead))

    def _military(self, name: str, *, usual: bool = True) -> bool:
        """Tell whether two characters are no name for their last one; behind a `usual` surname 军 is one (梁军)."""
        given = usual and name[-1] == "军" and self.lexis.surnames.get(name[0]) == "common"
        return name[-1] in NOT_GIVEN and not given

    def _follows(self, text: str, end: int) -> bool:
        return any(text[end : end + n] in self.lexis.follow for n in (1, 2, 3, 4) if len(text) >= end + n)

    def _placed(self, name: str) -> bool:
        """Tell whether a given name is that of a division too (贺卫东, 樊安顺): behind an office it is a person's."""
        known = self.lexis.known[name[1:]]
        usual = known.division or (known.short and name[0] not in self.lexis.hard)
        return len(name) == 3 and usual and self.lexis.surnames.get(name[0], "rare") != "rare"

    def _known(self, name: str, *, led: bool) -> bool:
        """Tell whether a name is, begins or ends with something else of the lists."""
        known = self.lexis.known
        if name in known and known[name].type != "person":
            return True
        if name[:2] in known and not (led and self._settled(name)):
            return True
        return name[1:] in known and not (led and self._placed(name))

    def _settled(self, name: str) -> bool:
        """Tell whether a name begins like a division (吴兴东): behind an office, with a given name's character."""
        division = len(name) == 3 and self.lexis.known[name[:2]].division
        return division and name[2] in self.given - PEN and self.lexis.surnames.get(name[0]) == "common"

    def _fits(self, words: Words, at: int, end: int, *, closed: bool = False, led: bool = False) -> bool:
        """Tell whether the words of `at:end` can be a personal name and nothing else; `led` by an office."""
        text = words.text
        name = text[at:end]
        ends = len(name) == 3 and name[-1] in ENDERS
        if name in self.lexis.ordinary or ends or (name[0] in self.lexis.hard and at not in words.starting):
            return False
        if self._known(name, led=led) or name[-1] in LAST_NEVER:
            return False
        if len(name) == 2 and self._military(name, usual=led and closed):
            return False
        if closed and len(name) == 3 and self.lexis.surnames.get(name[0], "rare") != "rare" and at in words.starting:
            return name[1:] not in self.lexis.roles and name not in self.lexis.lead and self._given(words, at, end)
        if (
            name in self.lexis.lead
            or any(c in GRAMMAR or c in "是在" for c in name[1:])
            or name[-2:] in self.lexis.roles
        ):
            return False
        first, last = words.word_over(at), words.word_over(end - 1)
        among = led and text[end : end + 1] in AMONG
        if words.starts[last + 1] > end + among and not closed:
            return False
        if among and words.starts[last + 1] > end and last > first and text[end - 1] in self.given:
            last -= 1
        if first == last:
            return (words.tags[first] in NAME_TAGS and words.tags[first] != "ns") or (
                len(name) == 3 and closed and words.tags[first] == "nz"
            )
        rare = self.lexis.surnames.get(name[0]) == "rare"
        if rare and not closed and name[1] in self.lexis.hard:
            return False
        if not all(self._part(words, i, at, end, rare=rare) for i in range(first, last + 1)):
            return False
        bound = led and text[at - 1] == "长" and words.starts[first] == at - 1  # 副区|长江|存富
        return words.starts[first] == at or not is_han(text[at - 1]) or words.starts[first] >= at or bound

    def _part(self, words: Words, i: int, at: int, end: int, *, rare: bool) -> bool:
        """Tell whether a word can be a part of the name `at:end`; a doubled character is a given name (远远)."""
        form, tag = words.forms[i], words.tags[i]
        if len(form) == 1 or (len(form) == 2 and form[0] == form[1] and words.starts[i] == end - 2):
            return True
        if tag not in GIVEN_TAGS:
            return False
        if tag not in NAME_TAGS and (rare or form in self.lexis.lead or form in self.lexis.hard):
            return False
        return words.starts[i] != at or tag in {"nr", "nrfg", "nrt", "nz", "ns"}

    def _foreign_bounds(self, words: Words, at: int, end: int) -> tuple[int, int]:
        """Return the borders of a name with a dot, moved to those of words: no word is cut, none of its sounds lost."""
        text = words.text
        if end not in words.starting:
            end = words.starts[words.word_over(end)]
        last = max(text.rfind(d, at, end) for d in DOTS) + 1
        for word in range(words.word_over(last) + 1, words.last(end) + 1):
            follows = words.forms[word + 1] if word + 1 < len(words.forms) else ""
            if words.forms[word] in self.lexis.hard and (len(follows) != 1 or words.starts[word + 1] >= end):
                end = words.starts[word]
                break
        while end - at > 2 and text[end - 1] in PEN:
            end -= 1
        at = self._behind(words, at)
        word = words.word_over(at)
        if words.starts[word] < at:
            return at, end
        while word > 0 and len(words.forms[word - 1]) == 1 and is_han(words.forms[word - 1]):
            form = words.forms[word - 1]
            if form in self.lexis.hard or form in self.lexis.soft or words.tags[word - 1] in {"v", "p", "c", "n"}:
                break
            word -= 1
        return min(at, words.starts[word]), end

    def _behind(self, words: Words, at: int) -> int:
        """Return where a name begins behind what only sounds like it: a role (市长|安迪), a word, a country."""
        text, lexis = words.text, self.lexis
        for end in (at + 2, at + 1):
            if any(text[end - n : end] in lexis.roles for n in (2, 3, 4) if end - n >= 0):
                return end
        word = words.word_over(at)
        form, tag = words.forms[word], words.tags[word]
        place = form in lexis.known and lexis.known[form].type == "place"
        if form in lexis.roles or place or (words.starts[word] < at and tag not in NAME_TAGS):
            return words.starts[word + 1]
        return at

    def _given(self, words: Words, at: int, end: int) -> bool:
        """Tell whether no word of `at:end` is grammar, and the whole is no word of another kind."""
        first, last = words.word_over(at), words.word_over(end - 1)
        if first == last:
            return words.tags[first] in NAME_TAGS and words.tags[first] != "ns"
        return all(
            words.tags[i] not in {"p", "c", "uj", "r", "u"} and words.forms[i] not in self.lexis.hard
            for i in range(first, last + 1)
        )

    def _before(self, words: Words, end: int, role: str) -> Found | None:
        """Return the name that stands before a title (刘某某博士)."""
        text = words.text
        for at in (end - 3, end - 2):
            if at < 0 or not all(map(is_han, text[at:end])) or not self._surname(text, at):
                continue
            free = at == 0 or not is_han(text[at - 1])
            if words.tags[words.word_over(at)] == "p" and len(words.forms[words.word_over(at)]) == 1:
                continue
            if at in words.starting and self._fits(words, at, end) and (free or end - at == 3):
                if (
                    self.lexis.surnames[text[at]] == "rare"
                    and not free
                    and words.word_over(end - 1) - words.word_over(at) < 2
                ):
                    continue
                return Found(at, end, "person", "people.before", role=role)
        return None

    def _by_pattern(self, words: Words) -> Iterator[Found]:
        text = words.text
        if any(d in text for d in DOTS):
            for match in self.foreign.finditer(text):
                at, end = self._foreign_bounds(words, *match.span("name"))
                while end > at and text[end - 1] in DOTS:
                    end -= 1
                if any(d in text[at + 1 : end] for d in DOTS) and text[at] not in DOTS:
                    yield Found(at, end, "person", "people.foreign")
        if "摄" in text:
            for match in self.shot.finditer(text):
                at, end = match.span("name")
                if self._surname(text, at) and self._fits(words, at, end, closed=True):
                    yield Found(at, end, "person", "people.shot", role="摄影")
                    yield from self._shot_with(words, at)
        if text.endswith(("）", ")")) or len(text) < LINE:
            yield from self._signatures(words)
        if "讯" in text or "电" in text:
            yield from self._signers(words, self.bylined.search(text))
        yield from self._appointed(words)
        yield from self._wards(words)
        for match in (*self.says.finditer(text), *(self.aged.finditer(text) if not AGED.isdisjoint(text) else ())):
            at, end = match.span("name")
            if self._surname(text, at) and self._plausible(words, at, end):
                yield Found(at, end, "person", "people.says")

    def _shot_with(self, words: Words, end: int) -> Iterator[Found]:
        """Yield who took the picture together with the one whose name begins at `end` (（甲某某 乙某 摄）)."""
        before = self.before_shot.search(words.text[max(0, end - LINE) : end])
        while before:
            at = max(0, end - LINE) + before.start("name")
            stop = at + len(before["name"])
            if not self._surname(words.text, at) or not self._plausible(words, at, stop):
                return
            yield Found(at, stop, "person", "people.shot", role="摄影")
            end = at
            before = self.before_shot.search(words.text[max(0, end - LINE) : end])

    def _wards(self, words: Words) -> Iterator[Found]:
        """Yield the members of a list of people who are told by their departments (骨科赵海、妇产科钱小兰等专家)."""
        text = words.text
        if "科" not in text and "室" not in text:
            return
        spans = [m.span("name") for m in self.ward.finditer(text)]
        spans = [s for s in spans if s[0] in words.starting and self._surname(text, s[0])]
        spans = [(a, b) for a, b in spans if self._plausible(words, a, b)]
        for at, end in spans if len(spans) > 1 else ():
            yield Found(at, end, "person", "people.ward")

    def _appointed(self, words: Words) -> Iterator[Found]:
        """Yield who gets or leaves an office, and whom brackets mark as a person."""
        text = words.text
        if "职务" in text or "为" in text:
            for match in self.appointed.finditer(text):
                at, end = match.span("name")
                if self._surname(text, at) and self._plausible(words, at, end):
                    yield Found(at, end, "person", "people.appointed")
        if "女" in text or "族" in text or "男" in text:
            for match in self.marked.finditer(text):
                at, end = match.span("name")
                if text[at:end] not in self.lexis.roles and text[at:end] not in self.lexis.frequent:
                    yield Found(at, end, "person", "people.marked")

    def _signs(self, words: Words, at: int, end: int) -> bool:
        """Tell whether `at:end` may be who signs: a name whose two characters stand apart always may."""
        return not is_han(words.text[at + 1]) or self._plausible(words, at, end)

    def _signatures(self, words: Words) -> Iterator[Found]:
        """Yield the people who sign a report in brackets behind their medium (（某某电视台 甲 乙）)."""
        text = words.text
        yield from self._signers(
            words, self.signed.search(text) or self.signed_line.match(text) or self.signed_alone.match(text)
        )

    def _signers(self, words: Words, match: re.Match[str] | None) -> Iterator[Found]:
        """Yield the names of a match, none when one of them is no name."""
        if match is None:
            return
        spans = [m.span() for m in ONE_NAME.finditer(words.text, *match.span("names"))]
        if all(self._surname(words.text, a) and self._signs(words, a, b) for a, b in spans):
            for at, end in spans:
                yield Found(at, end, "person", "people.signed", role="记者")
