"""Names by what they are made of: known terms, and suffixes with the grammar of what stands before them.

A suffix (…街道办事处, …有限公司, …产业园, …路) says that a name may end here; where it begins is found by walking
left over words, until a word that no name holds. A name needs a core of its own: 工业园区 is none, 虎头工业园区 is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from zhengwen.entities.lexis import Known, Lexis, Suffix
from zhengwen.entities.words import NAME_TAGS, STOP_TAGS, Words, is_han
from zhengwen.lexicon import Lexicon

__all__ = ["Found", "NameFinder", "longest"]

GEO = frozenset({"village", "way", "nature", "division"})
NUMERALS = frozenset("一二三四五六七八九十两几半百千万数")
GOING_ON = frozenset("而成为后")
"""After a noun of work these make it a verb (由某厂改造而成)."""
PHASES = frozenset("（(一二三四五六")
PHASE = re.compile(r"[（(][一二三四五六]期[)）](?:工程|项目)?|[一二三四五六]期(?:工程|项目)")
NUMBERED_ROAD = re.compile(r"[GSX]?\d{1,4}[国省县乡]道$")
LEVELS = frozenset("省市县区州旗镇乡")
LEVEL_ROADS = ("国家", "中国", "中华", "世界", "亚洲")
LONGEST = {"org": 26, "hub": 22, "site": 18, "works": 20, "spot": 12, "zone": 14, "body": 24}


@dataclass(frozen=True, slots=True)
class Found:
    """A name at `start:end` of a paragraph: its type, how it was found, and whether it is sure by itself."""

    start: int
    end: int
    type: str
    rule: str
    certain: bool = True
    role: str = ""
    shape: str = ""


def longest(found: list[Found]) -> list[Found]:
    """Return the names that lie in no longer one, none overlapping another, by position."""
    kept: list[Found] = []
    for name in sorted(found, key=lambda f: (f.start, -f.end, not f.certain)):
        if kept and name.start < kept[-1].end:
            last = kept[-1]
            if (name.certain, name.end - name.start) > (last.certain, last.end - last.start):
                kept[-1] = name
        else:
            kept.append(name)
    return kept


def _behind_divisions(at: int, start: int, borders: dict[int, Found]) -> int:
    """Return where the divisions that a name begins with end (漳州市龙文区|科技产业园)."""
    ends = sorted(b for b in range(at + 1, start + 1) if b in borders and borders[b].shape in {"division", "known"})
    for end in ends:
        if borders[end].start <= at:
            at = end
    return at


def _with_coined(known: list[Found], text: str, coined: Lexicon[Known]) -> list[Found]:
    """Return the known names with those of the page's own divisions in the place of what they overlap."""
    own = [Found(h.start, h.end, "place", "names.coined", shape="division") for h in coined.longest(text)]
    taken = {i for f in own for i in range(f.start, f.end)}
    rest = [f for f in known if f.start not in taken and f.end - 1 not in taken]
    return sorted([*rest, *own], key=lambda f: f.start)


class NameFinder:
    """Finds names of places, organisations and projects in one paragraph at a time."""

    def __init__(self, lexis: Lexis) -> None:
        self.lexis = lexis

    def find(self, words: Words, coined: Lexicon[Known] | None = None) -> list[Found]:
        """Return the known names and the names by suffix of a paragraph, the longest of those that nest.

        `coined` are the divisions that only this page knows.
        """
        known = list(self._known(words))
        if coined is not None:
            known = _with_coined(known, words.text, coined)
        borders = {f.end: f for f in known}
        found = list(known)
        for hit in self.lexis.suffixes.longest(words.text):
            name = self._by_suffix(words, hit.start, hit.end, hit.entry, borders)
            if name is None:
                continue
            at_end = borders.get(name.end)
            if name.shape in GEO and at_end is not None and at_end.shape in {"known", "works"}:
                continue
            found.append(name)
            last = borders.get(name.end)
            if (name.certain or name.shape == "body") and (last is None or last.start > name.start):
                borders[name.end] = name
        starts = {f.start for f in found if f.shape in {"division", "body"}}
        found += [f for f in borders.values() if f.rule == "names.bare_zone" and f.end in starts]
        return longest([f for f in found if f.rule != "names.bare_zone" or f.end in starts])

    def _known(self, words: Words) -> Iterator[Found]:
        for hit in self.lexis.known.longest(words.text):
            entry, start, end = hit.entry, hit.start, hit.end
            loose = len(hit.term) > 3 or (len(hit.term) == 3 and not entry.short and self._loose(words, start, end))
            if not loose and not words.whole(start, end):
                end -= 1
                if hit.term[:-1] not in self.lexis.known or not words.whole(start, end):
                    continue
                entry = self.lexis.known[hit.term[:-1]]
            if end - start == 2 and words.text[end : end + 1] in self.lexis.slopes:
                continue
            yield Found(start, end, entry.type, "names.known", shape="division" if entry.division else "known")

    def _loose(self, words: Words, start: int, end: int) -> bool:
        """Tell whether a three-character name begins at a word and only its level word was bound to the next."""
        return start in words.starting and words.text[end - 1] not in LEVELS

    def _by_suffix(self, words: Words, start: int, end: int, suffix: Suffix, borders: dict[int, Found]) -> Found | None:
        first = words.word_over(start)
        if suffix.text[-2:] in self.lexis.labours and words.text[end : end + 1] in GOING_ON:
            return None
        if end not in words.starting and not self._cut(words, start, end, suffix):
            return None
        if words.starts[first] < start and not self._inside(words, first, suffix):
            return None
        if suffix.shape == "division":
            return self._division(words, start, end, suffix, borders)
        if suffix.shape == "body":
            return self._body(words, start, end, suffix, borders)
        if suffix.shape in GEO:
            return self._geo(words, start, end, suffix, borders)
        return self._open(words, start, end, suffix, borders)

    def _cut(self, words: Words, start: int, end: int, suffix: Suffix) -> bool:
        """Tell whether a suffix ends inside a word that goes on with another (路|段, 市委|常委)."""
        if start not in words.starting:
            return False
        rest = words.forms[words.starting[start]][end - start :]
        if suffix.shape == "nature":
            return rest in self.lexis.flanks
        return rest == "段" if suffix.shape == "way" else suffix.shape == "body" and rest in {"常委", "书记", "副书记"}

    def _inside(self, words: Words, word: int, suffix: Suffix) -> bool:
        """Tell whether a suffix may end a longer dictionary word: a place (牡丹江), a road (学院路), 医科大学."""
        form, tag = words.forms[word], words.tags[word]
        if suffix.shape in GEO and len(form) == 2 and tag != "ns":
            return word > 0 and self._odd(words, word - 1)
        if form in self.lexis.ordinary or (len(form) > 2 and tag != "ns" and form[-2:] in self.lexis.ordinary):
            return False
        if suffix.shape in GEO or suffix.shape == "zone":
            person = tag in {"nr", "nrt"} and form[0] in self.lexis.surnames and len(suffix.text) == 1
            return tag == "ns" or (len(form) > 2 and tag in {"n", "nz", "nr", "nrt"} and not person)
        return tag[0] in "nl" and (len(suffix.text) > 1 or suffix.text == "网")

    def _odd(self, words: Words, word: int) -> bool:
        """Tell whether a word is one character of an unknown name: neither grammar nor a verb nor a number."""
        form, tag = words.forms[word], words.tags[word]
        lexis = self.lexis
        if len(form) != 1 or not is_han(form) or form in lexis.hard or form in lexis.soft or form in lexis.lead:
            return False
        return tag not in STOP_TAGS and tag not in {"v", "d", "f"}

    def _division(self, words: Words, start: int, end: int, suffix: Suffix, borders: dict[int, Found]) -> Found | None:
        """A township of the list, the longest that begins at a word; or an unknown one by its own core."""
        text, townships = words.text, self.lexis.places.townships
        for size in range(min(9, start), 0, -1):
            if start - size in words.starting and text[start - size : end] in townships:
                if (
                    text[start - size - 1 : start - size] in {"级", "批"}
                    or text[start - size : start] in self.lexis.plain
                ):
                    return None
                return Found(start - size, end, "place", "names.township", shape="division")
        if suffix.text not in {"镇", "乡", "街道", "民族乡", "自治乡", "地区"}:
            return None
        before = borders.get(start)
        if before is not None and before.shape == "division" and start - before.start == 2:
            return Found(before.start, end, "place", "names.division", shape="division")
        core = self._core(words, words.word_over(start), start, 4, geo=True, borders=borders)
        if core is None or text[core - 1 : core] == "级" or not 1 < start - core < 5:
            return None
        if text[core] in self.lexis.soft and not (
            text[core] in self.lexis.edge and start - core == 2 and self._opens(words, words.word_over(core))
        ):
            return None
        if not self.own(words, core, start) and not (
            suffix.text == "街道" and start - core == 2 and words.tags[words.word_over(core)] in {"n", "nz", "t"}
        ):
            return None
        return Found(core, end, "place", "names.division", shape="division")

    def _body(self, words: Words, start: int, end: int, suffix: Suffix, borders: dict[int, Found]) -> Found | None:
        """A body of state behind a place, a level word, another body or a zone."""
        at, text = start, words.text
        while True:
            before = borders.get(at)
            if before is not None and before.type in {"place", "organisation"}:
                at = before.start
            elif at and text[at - 1] in LEVELS and at == start and self._level(words, at - 1):
                at -= 1
            elif text[max(0, at - 3) : at] == "自治区" or text[max(0, at - 2) : at] in {"中国", "中共", "国家", "中央"}:
                at -= 3 if text[at - 1] == "区" else 2
            else:
                break
        if at == start and suffix.text in {"管委会", "管理局", "管理处", "管理所"}:
            return self._open(words, start, end, suffix, borders)
        if suffix.text in {"领导小组", "领导小组办公室", "指挥部", "工作组", "专班"} and text[at:start] in {
            "",
            *LEVELS,
        }:
            return self._open(words, start, end, suffix, borders)
        bare = len(suffix.text) > 2 and suffix.text[-1] in "局委" and self._alone(words, start, end)
        certain = end - at > 2 and (at < start or bare)
        return Found(at, end, "organisation", "names.body", certain=certain, shape="body")

    def _level(self, words: Words, at: int) -> bool:
        return at in words.starting or (at - 1 in words.starting and words.text[at - 1] in "我全")

    def _alone(self, words: Words, start: int, end: int) -> bool:
        """Tell whether a bare body (发改委, 安监局) stands free of letters on both sides."""
        text = words.text
        return not (start and is_han(text[start - 1])) and not (end < len(text) and is_han(text[end]))

    def _geo(self, words: Words, start: int, end: int, suffix: Suffix, borders: dict[int, Found]) -> Found | None:
        """A village, road, water or mountain that is no common noun (晚高峰)."""
        name = self._geo_any(words, start, end, suffix, borders)
        return None if name is not None and words.text[name.start : name.end] in self.lexis.ordinary else name

    def _geo_any(self, words: Words, start: int, end: int, suffix: Suffix, borders: dict[int, Found]) -> Found | None:
        """A village, road, water or mountain: a short core, whatever superior stands before it."""
        before = borders.get(start)
        if before is not None and before.type == "place":
            if suffix.shape == "village" and before.shape == "division":
                return self._named_after(words, before, end, suffix)
            if before.shape == "division" and (suffix.text in self.lexis.plain or before.end - before.start > 4):
                return None
            return Found(before.start, end, suffix.type, "names.geo", shape=suffix.shape)
        first = words.word_over(start)
        if words.starts[first] < start:
            at = self._core(words, first, end, 7, geo=True, borders=borders)
            if at is None or (len(words.forms[first]) == 2 and at == words.starts[first] and words.tags[first] != "ns"):
                return None
            return Found(at, end, suffix.type, "names.geo", shape=suffix.shape)
        core = self._core(words, first, start, 6, geo=True, borders=borders)
        if core is None or core == start:
            return None
        if not self._geo_core(words, core, start, suffix):
            return None
        kind = "project" if suffix.text == "线" and self.lexis.rail.search(words.text) else suffix.type
        return Found(core, end, kind, "names.geo", shape=suffix.shape)

    def _named_after(self, words: Words, before: Found, end: int, suffix: Suffix) -> Found | None:
        """A village that bears the short name of some division elsewhere (沙河村)."""
        free = before.start == 0 or not is_han(words.text[before.start - 1])
        if before.end - before.start != 2 or before.rule == "names.coined" or suffix.text not in {"村", "庄", "屯"}:
            return None
        if not free and words.text[before.start - 1] not in self.lexis.hard | frozenset("镇乡道县区市"):
            return None
        return Found(before.start, end, suffix.type, "names.geo", shape=suffix.shape)

    def _geo_core(self, words: Words, core: int, start: int, suffix: Suffix) -> bool:
        """Tell whether a core is a name's: unknown characters, a name word, or a plain noun before 路, 河 or 山."""
        text = words.text[core:start]
        if len(text) == 1:
            known = len(suffix.text) > 1 or suffix.text in {"村", "河", "江", "湖", "山", "屯"}
            return known and suffix.text not in self.lexis.plain and self._single(words, core)
        if text in self.lexis.lead or words.text[core : core + len(text) + len(suffix.text)] in self.lexis.ordinary:
            return False
        if suffix.text == "线":
            return len(text) in {2, 3} and words.word_over(start) - words.word_over(core) == len(text)
        if self.own(words, core, start):
            return True
        word = words.starting.get(core)
        if word is not None and len(text) == 3 and words.starts[word + 1] == start - 1 and len(suffix.text) == 1:
            return suffix.text not in self.lexis.plain and self._odd(words, word + 1)
        if word is None or words.starts[word + 1] != start or len(suffix.text) > 2:
            return False
        if suffix.text in self.lexis.plain:
            return False
        return words.tags[word] in {"n", "nz", "b", "a", "t", "l", "s"}

    def _single(self, words: Words, core: int) -> bool:
        """Tell whether one character before a suffix is a name: free on its left and no stop (和屯)."""
        char = words.text[core]
        return self._opens(words, words.word_over(core)) and is_han(char) and char not in self.lexis.soft

    def _open(self, words: Words, start: int, end: int, suffix: Suffix, borders: dict[int, Found]) -> Found | None:
        """A company, school, park, works or building: any words of a name, places in front included."""
        first = words.word_over(start)
        most = LONGEST[suffix.shape]
        at = self._core(words, first, start, most, geo=False, borders=borders)
        if at is None:
            return None
        if at == start and suffix.shape == "zone" and start in words.starting and self._leveled(words, at) == at:
            borders.setdefault(end, Found(start, end, "place", "names.bare_zone", shape="zone"))
            return None
        reach = self._reach(words, at, start, most, borders)
        at = self._leveled(words, reach)
        end = self._phase(words.text, end, suffix)
        if at == start or (at > 0 and words.text[at - 1].isdigit()) or words.text[at].isdigit():
            return None
        if words.text[at:end] in self.lexis.ordinary or words.text[at:start] in self.lexis.ordinary:
            return None
        certain = at < reach or self._sure(words, at, start, suffix, borders)
        kind = suffix.type
        if suffix.shape == "hub":
            kind = "organisation"
        name = Found(at, end, kind, f"names.{suffix.shape}", certain=certain, shape=suffix.shape)
        if end - at < 4 and suffix.shape in {"spot", "works", "org"} and not self._firm(words, at, start):
            return None
        return name

    def _trade(self, words: Words, at: int, start: int) -> bool:
        """Tell whether a core is one ordinary word of two characters, the name of a trade (城建项目, 文旅项目)."""
        word = words.starting.get(at)
        if all(words.tags[i] in {"m", "t", "q"} for i in range(words.word_over(at), words.word_over(start))):
            return True
        return start - at == 2 and word is not None and words.starts[word + 1] == start and words.tags[word] in {"n", "v", "vn", "j"}

    def _described(self, words: Words, at: int, start: int) -> bool:
        """Tell whether a project is named by what it is (钠离子电池项目): long, free on its left, with a rare word."""
        first = words.starting.get(at)
        if first is None or start - at < 4 or words.forms[first] in self.lexis.lead:
            return False
        before = words.forms[first - 1] if first else "，"
        placed = is_han(before[-1]) and words.tags[first - 1] == "ns"
        if is_han(before[-1]) and before not in self.lexis.hard and not placed:
            return False
        span = range(first, words.word_over(start))
        forms = [words.forms[i] for i in span]
        if any(f in self.lexis.lead or words.tags[i] in {"m", "t"} for i, f in zip(span, forms, strict=True)):
            return False
        if placed and len(forms) > 1:
            return True
        return any(f not in self.lexis.frequent for f in forms) or len(forms) > 2

    def _leveled(self, words: Words, at: int) -> int:
        """Return where a name begins that a level word may stand before (市中心医院, 县经济开发区)."""
        road = NUMBERED_ROAD.search(words.text, max(0, at - 8), at)
        if road:
            return road.start()
        word = words.starting.get(at - 1)
        if word is None or words.text[at - 1] not in LEVELS or not self._opens(words, word):
            return at
        return at - 1

    def _phase(self, text: str, end: int, suffix: Suffix) -> int:
        """Return where a name of works or of a site ends with its phase (（二期）, 二期工程)."""
        if suffix.shape not in {"works", "site", "zone"} or end >= len(text) or text[end] not in PHASES:
            return end
        phase = PHASE.match(text, end)
        return phase.end() if phase else end

    def _sure(self, words: Words, at: int, start: int, suffix: Suffix, borders: dict[int, Found]) -> bool:
        """Tell whether a name has a core of its own: not words alone, and not only a place before a plain suffix."""
        text = words.text
        if suffix.text == "网":
            return words.tags[words.word_over(at)] == "ns" and start - at < 7
        if suffix.text in self.lexis.plain:
            if start in borders and borders[start].certain and borders[start].shape != "division":
                bare = suffix.shape == "works" and suffix.text[-2:] not in {"项目", "工程"}
                return not (bare and borders[start].type == "organisation")
            inner = _behind_divisions(at, start, borders)
            if inner == start and at < start:
                return len(suffix.text) > 4
            if start - inner > 1 and self.own(words, inner, start, rare=suffix.shape != "works"):
                return not self._trade(words, inner, start)
            word = words.starting.get(inner)
            if inner > at and word is not None and start - inner > 1 and self._odd(words, word):
                return True
            return suffix.text in self.lexis.undertakings and self._described(words, inner, start)
        if (suffix.shape in {"org", "hub", "body"} and text[at : at + 2] in LEVEL_ROADS) or (
            text[at] in LEVELS and start - at > 4
        ):
            return True
        if suffix.text[-2:] == "公司" and len(suffix.text) > 3:
            return True
        if suffix.shape == "zone" and len(suffix.text) > 3 and words.last(start) == words.word_over(at):
            return (
                start - at < 4 and words.tags[words.word_over(at)][0] == "n" and text[at:start] not in self.lexis.lead
            )
        return self.own(words, at, start) or any(b in borders and borders[b].certain for b in range(at + 1, start + 1))

    def _reach(self, words: Words, at: int, start: int, most: int, borders: dict[int, Found]) -> int:
        """Return the start of a place that stands before the core with nothing but nouns between, else `at`."""
        if at in borders and at < start:
            return at
        word, here = words.word_over(at), at
        while word > 0 and start - here <= most:
            before = borders.get(here)
            if before is not None:
                return (
                    before.start
                    if before.shape in {"division", "body", "zone"} and start - before.start <= most
                    else at
                )
            form, tag = words.forms[word - 1], words.tags[word - 1]
            if here < start and len(form) == 1 and form in LEVELS and self._opens(words, word - 1):
                return here - 1
            if (
                not is_han(form[-1])
                or form in self.lexis.hard
                or form in self.lexis.barred
                or tag in STOP_TAGS
                or tag in {"v", "d", "f"}
            ):
                return at
            word -= 1
            here = words.starts[word]
        return at

    def _firm(self, words: Words, at: int, start: int) -> bool:
        """Tell whether a short name's core is a name word as a whole (not one stray character)."""
        return start - at >= 2 and self.own(words, at, start)

    def _core(
        self, words: Words, first: int, start: int, most: int, *, geo: bool, borders: dict[int, Found] | None = None
    ) -> int | None:
        """Walk left from a suffix; return where the name begins, None when it would be too long."""
        at, word = words.starts[first], first
        while word > 0 and start - at <= most:
            before = borders.get(at) if borders else None
            if before is not None and before.start < at:
                if geo or (before.shape == "works" and words.text[at - 2 : at] in {"工程", "项目", "隧道", "大桥"}):
                    break
                at, word = before.start, words.word_over(before.start)
                continue
            if self._stops(words, word - 1, start - at, geo=geo):
                break
            word -= 1
            at = words.starts[word]
        return at if start - at <= most else None

    def _stops(self, words: Words, word: int, size: int, *, geo: bool) -> bool:
        """Tell whether a name that has `size` characters before its suffix cannot take in this word."""
        form, tag = words.forms[word], words.tags[word]
        if not is_han(form[-1]):
            return not (form.isascii() and form.isalnum() and not geo and not form.isdigit())
        if form == "之" and not geo and size > 1:
            return False
        if not geo and form in self.lexis.labours:
            return False
        if form in self.lexis.hard:
            opening = size == 0 and len(form) == 1 and tag not in STOP_TAGS and tag != "u"
            return not (opening and self._opens(words, word))
        if form in self.lexis.soft:
            if geo:
                return size >= 2 and not (form in self.lexis.edge and self._opens(words, word))
            bound = form + words.forms[word + 1] in self.lexis.frequent
            return size >= 2 and not bound and not (len(form) == 1 and self._opens_run(words, word))
        if form in self.lexis.lead:
            return size > 0 or geo or form in self.lexis.barred
        if len(form) == 1:
            return tag in {"m", "q"} and size >= 2 and form not in "一二三四五六七八九十万"
        if form in {"一期", "二期", "三期", "四期", "五期"} and not geo:
            return False
        if not geo and tag == "l" and len(form) < 5:
            return False
        if not geo and tag in {"d", "z", "v", "mq"} and (form not in self.lexis.frequent or tag == "mq"):
            return form[0] in NUMERALS
        if tag in STOP_TAGS or (tag in {"v", "d", "f", "u", "z"} and (size > 0 or geo)):
            return True
        return geo and size > 0 and tag not in NAME_TAGS and not (size == 1 and tag == "n" and len(form) == 2)

    def _opens(self, words: Words, word: int) -> bool:
        """Tell whether a word stands first in its clause, or right behind a word of grammar."""
        return word == 0 or not is_han(words.forms[word - 1][-1]) or words.forms[word - 1] in self.lexis.hard

    def _opens_run(self, words: Words, word: int) -> bool:
        """Tell whether a clause begins with at most three single characters that end with this word."""
        for _ in range(3):
            if self._opens(words, word):
                return not (words.forms[word] in self.lexis.plural or words.forms[word] in "东西南北")
            if words.forms[word] in self.lexis.plural:
                return False
            word -= 1
            if len(words.forms[word]) > 1:
                return False
        return False

    def own(self, words: Words, at: int, end: int, *, rare: bool = True) -> bool:
        """Tell whether the words of `at:end` are a name's own: a place, a rare noun, letters, or unknown characters."""
        word, run = words.starting.get(at), 0
        if word is None:
            return True
        lexis = self.lexis
        while word < len(words.forms) and words.starts[word] < end:
            form, tag = words.forms[word], words.tags[word]
            single = len(form) == 1 and is_han(form) and form not in lexis.plural and form not in lexis.hard
            run = run + 1 if single else 0
            noun = rare and len(form) > 1 and tag[0] in "nj" and form not in lexis.frequent and form not in lexis.lead
            brand = rare and tag == "nz" and len(form) == 2 and form not in lexis.lead
            if run >= 2 or noun or brand or (len(form) > 1 and tag == "ns") or (form.isascii() and form.isalpha()):
                return True
            word += 1
        return False
