"""Names by what they are made of: known terms, and suffixes with the grammar of what stands before them.

A suffix (…街道办事处, …有限公司, …产业园, …路) says that a name may end here; where it begins is found by walking
left over words, until a word that no name holds. A name needs a core of its own: 工业园区 is none, 虎头工业园区 is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from zhengwen.entities.addresses import without_address
from zhengwen.entities.fields import Fields
from zhengwen.entities.found import Found, longest
from zhengwen.entities.lexis import Known, Suffix
from zhengwen.entities.walk import LEVELS, NUMERALS, OURS
from zhengwen.entities.words import NAME_TAGS, STOP_TAGS, Words, is_han
from zhengwen.lexicon import Lexicon

__all__ = ["NameFinder"]

GEO = frozenset({"village", "way", "nature", "division"})
GOING_ON = frozenset("而成为后的升")
"""After a noun of work these make it a verb (由某厂改造而成)."""
GOING = frozenset({"建设", "施工"})
"""What is done with works, bound to their word in the dictionary (工程|建设)."""
BODY_BEHIND = re.compile(
    r"(?:建设|管理|质量|安全|监督|咨询|监理|设计|技术){1,3}(?:司|局|处(?!理)|科(?!技)|站|院|公司|中心|[学协]会)"
)
"""Behind the word for works these make a body of it (水利工程|建设司)."""
OFFICES = frozenset("司局处科部办站院")
"""Behind 工程建设 these make a body of it (水利|工程建设|司)."""
UNITS = frozenset("师团")
"""Units of the army that farm: behind their number a name begins."""
COUNTING = frozenset("大个项条座类批")
"""Behind a numeral these count what a name would name (八大|基地)."""
CLOSING = frozenset("”’》）)」")
"""Marks that close a name or a remark: what stands behind goes on with it."""
OWNERS = frozenset("我你他她它咱")
LEANING = frozenset("原现老旧另经即如像含据除逢赴驻访建修改扩拟拿抓促保推办开投获正已未曾还只后前起共又")
"""Single characters that tell of a name or do something with it, and are none of its own (原|白石厂)."""
MEASURES = frozenset("个家座条所")
"""What counts villages, roads and works; who counts a thing does not name it."""
PAIRED = re.compile(r"[一二两三双百千万][\u4e00-\u9fff][一二两三双百千万][\u4e00-\u9fff]")
"""Two things that are counted (一江一河)."""
LED = 24
"""The most characters between the 的 behind a place and the suffix of the works there."""
DOTTED = 9
"""The most characters of a builder's name before the dot of its park, and the dot."""
BRAND = 4
"""The most characters of a company's name between its place and its trade."""
BINDING = frozenset("的由与和及或在对向被把为是从以将给让等该各其每这那某我有到于至后前并还")
"""Grammar that no brand holds."""
UNBRANDED = frozenset("的等该各其每这那某我两几个家所把被让给了省市县区州多些国")
"""Grammar, counters and levels of which no brand between a division and a legal form is made."""
SCENIC = frozenset("山湖岛岭峰洞泉溪")
"""A division with such a short name has it from the scenery that 景区 means."""
SETTLED = frozenset("村庄屯街路")
"""What ends the name of a settlement or a road, and hardly a person's."""
ROADS = frozenset({"路", "街", "大道", "大街"})
BESIDE_ROADS = frozenset("与和及至东西南北段口以上改交向沿两等")
"""What follows the name of a road."""
SEAT_ENDS = frozenset("镇乡道县区市")
"""What the division before a village ends with."""
COUNTIES = frozenset("县市区旗")
"""What the division ends with that a village stands behind where its township is left out."""
TOWNS = frozenset("道镇乡")
"""What a township's name ends with: where it stands before a housing estate it is the address."""
BELOW = COUNTIES | TOWNS
SEATED = frozenset("区道镇乡村")
"""What the place before a road in an address ends with."""
JOINING = frozenset("和与")
VERBAL = frozenset({"a", "ad", "an", "vn", "d", "nz"})
"""Parts of speech that the segmenter gives to common verbs."""
SEATS = frozenset("村庄屯街路社河山")
"""What goes on with the short name of a township to another name (千户营|村)."""
PLACES = frozenset("铺店集营庙塔井")
"""More of what the name of a settlement ends with behind that of a place (白沙|铺)."""
COMPASS = frozenset("东西南北")
SIDES = frozenset("侧角面向方偏")
"""Behind the word for a region these make a direction of it (西南|方向)."""
APART = frozenset("各多几两某该全所下辖内开召举组在")
"""What does not begin the name of a settlement behind its township."""
NATIONS = frozenset({"中国", "国家", "全国", "中共"})
ORDINAL = re.compile(r"第[一二三四五六七八九十]{1,2}$")
"""The number of one of several bodies of a place."""
PARTY = frozenset({"党委", "纪委", "团委"})
"""Committees inside an organisation that have sections of their own."""
LONGEST = {"org": 26, "hub": 22, "site": 18, "works": 20, "spot": 12, "zone": 14, "body": 24}


def _with_coined(known: list[Found], words: Words, coined: Lexicon[Known], suffixes: Lexicon[Suffix]) -> list[Found]:
    """Return the known names with those of the page's own divisions in the place of what they overlap.

    A level word that a body begins with is the body's (南京|市委).
    """
    own: list[Found] = []
    for h in coined.longest(words.text):
        over = words.text[h.end - 1 : h.end + 1] if h.end not in words.starting else ""
        if h.end - 1 in words.starting and over in suffixes and suffixes[over].shape == "body":
            continue
        if h.entry.alone and (not words.whole(h.start, h.end) or words.text[h.end : h.end + 1] in SEATS):
            continue
        rule = "names.alone" if h.entry.alone else "names.coined"
        own.append(Found(h.start, h.end, "place", rule, shape="division"))
    taken = {i for f in own for i in range(f.start, f.end)}
    rest = [f for f in known if f.start not in taken and f.end - 1 not in taken]
    return sorted([*rest, *own], key=lambda f: f.start)


class NameFinder(Fields):
    """Finds names of places, organisations and projects in one paragraph at a time."""

    def find(self, words: Words, coined: Lexicon[Known] | None = None) -> list[Found]:
        """Return the known names and the names by suffix of a paragraph, the longest of those that nest.

        `coined` are the divisions that only this page knows.
        """
        known = list(self._known(words))
        if coined is not None:
            known = _with_coined(known, words, coined, self.lexis.suffixes)
        borders = {f.end: f for f in known}
        found, alone = list(known), [(f.start, f.end) for f in known if f.rule == "names.alone"]
        for hit in self.lexis.suffixes.longest(words.text):
            name = self._by_suffix(words, hit.start, hit.end, hit.entry, borders)
            name = self.field(words, hit.start, hit.end, hit.entry, borders, name) or name
            if name is None or self._counted(words, name, borders):
                continue
            name = self._homed(words, name, hit.start, hit.entry, borders)
            at_end = borders.get(name.end)
            if name.shape in GEO and at_end is not None and at_end.shape in {"known", "works"}:
                continue
            if any(name.start < a < name.end < b for a, b in alone):
                continue
            found += self._parted(words, name)
            if name.shape in GEO and words.text[name.start - 1 : name.start] in {"镇", "乡"}:
                size = self._township(words, name.start) if name.start not in words.starting else 0
                if size:
                    found.append(Found(name.start - size, name.start, "place", "names.township", shape="division"))
            last = borders.get(name.end)
            if (name.certain or name.shape == "body") and (last is None or last.start > name.start):
                borders[name.end] = name
        towns = [f for f in found if f.rule in {"names.township", "names.division"}]
        found = [f for f in found if not any(self._crosses(f, town) for town in towns)]
        starts = {f.start for f in found if f.shape in {"division", "body"}}
        found += [f for f in borders.values() if f.rule == "names.bare_zone" and f.end in starts]
        return longest([f for f in found if f.rule != "names.bare_zone" or f.end in starts])

    def _crosses(self, name: Found, town: Found) -> bool:
        """Tell whether a river, a hill or a port is made of a township's characters (锡山区港|下镇, 大鹿庄乡寺)."""
        if name.shape not in {"nature", "works"} or name is town:
            return False
        if name.shape == "nature" and town.rule == "names.township" and name.start < town.start < name.end:
            return True
        within = name.start < town.start < name.end < town.end
        return within or (name.start == town.start and name.end == town.end + 1)

    def _homed(self, words: Words, name: Found, start: int, suffix: Suffix, borders: dict[int, Found]) -> Found:
        """Return a sure name without the address in front of it."""
        core = words.text[name.start : start]

        def own(at: int) -> bool:
            told = words.text[at:start]
            plain = told in self.lexis.classing or told in self.lexis.frequent or told in self.lexis.ordinary
            if start - at < 2 or plain or at not in words.starting:
                return False
            return self.own(words, at, start, rare=suffix.shape != "zone") or (suffix.shape != "zone" and len(told) > 3)

        return without_address(words.text, name, borders, self.lexis, own) if name.certain and len(core) > 3 else name

    def _parted(self, words: Words, name: Found) -> list[Found]:
        """Return a village's name, cut from that of the township of the list that it begins with (土城镇|土城村)."""
        form = words.text[name.start : name.end]
        size = max(form.rfind(c, 1, -2) for c in "镇乡") + 1 if name.shape == "village" else 0
        cut = name.start + size
        begin = cut - self._township(words, cut) if size else cut
        if begin > name.start or begin == cut or begin not in words.starting:
            return [name]
        town = Found(begin, cut, "place", "names.township", shape="division")
        return [town, replace(name, start=cut)]

    def _counted(self, words: Words, name: Found, borders: dict[int, Found]) -> bool:
        """Tell whether a name is a common noun that is counted (241个附属村, 这家高山滑雪场, 智能化工厂100个)."""
        word, after = words.starting.get(name.start), words.starting.get(name.end)
        if word is None or after is None or any(name.start < b <= name.end for b in borders):
            return False
        tags, forms = words.tags, words.forms
        before = word > 1 and forms[word - 1] in MEASURES and tags[word - 2] in {"m", "r"}
        behind = after + 1 < len(forms) and tags[after] == "m" and forms[after + 1] in MEASURES
        return before or behind

    def _known(self, words: Words) -> Iterator[Found]:
        for hit in words.known(self.lexis.known):
            entry, end = hit.entry, hit.end
            start = self._national(words, hit.start) if entry.type == "organisation" else hit.start
            loose = len(hit.term) > 3 or (len(hit.term) == 3 and not entry.short and self._loose(words, start, end))
            if not loose and not words.whole(start, end):
                end -= 1
                if hit.term[:-1] not in self.lexis.known or not words.whole(start, end):
                    continue
                entry = self.lexis.known[hit.term[:-1]]
            if end - start == 2 and words.text[end : end + 1] in self.lexis.slopes:
                continue
            if entry.short and words.text[end : end + 1] == "号" and not words.text[end + 1 : end + 2].isdigit():
                continue
            if words.text[start] == "长" and self._headed_by(words.text, start):
                continue
            if words.text[end : end + 1] in SIDES and end - start == 2 and COMPASS.issuperset(words.text[start:end]):
                continue
            if words.text[start] in JOINING and self._joined(words, start):
                continue
            if entry.type == "organisation" and words.text[end - 1 : end + 1] in self.lexis.beyond:
                continue
            yield Found(start, end, entry.type, "names.known", shape="division" if entry.division else "known")

    def _headed_by(self, text: str, start: int) -> bool:
        """Tell whether what a place's name begins with ends an office (副区|长江|存富)."""
        return any(text[start - n : start + 1] in self.lexis.roles for n in (1, 2) if start >= n)

    def _joined(self, words: Words, start: int) -> bool:
        """Tell whether what a place's name begins with joins it to the noun before (县农委和|县…, not 安徽|和县)."""
        before = words.last(start)
        return start > 0 and is_han(words.text[start - 1]) and words.tags[before] not in {"ns", "v", "p"}

    def _national(self, words: Words, start: int) -> int:
        """Return where a body begins whose word opens with the nation (中国|兵器工业集团)."""
        if start in words.starting or words.text[start + 1 : start + 4][-1:] in "部委局":
            return start
        first = words.starts[words.word_over(start)]
        return first if words.text[first:start] in NATIONS else start

    def _loose(self, words: Words, start: int, end: int) -> bool:
        """Tell whether a three-character name begins at a word and only its level word was bound to the next."""
        return start in words.starting and words.text[end - 1] not in LEVELS

    def _by_suffix(self, words: Words, start: int, end: int, suffix: Suffix, borders: dict[int, Found]) -> Found | None:
        division = borders.get(start + 1) if suffix.shape == "body" and suffix.text[0] in LEVELS else None
        if division is not None and division.shape == "division" and division.start < start:
            start += 1
        first = words.word_over(start)
        after = words.text[end : end + 1]
        if after in GOING_ON and suffix.text[-2:] in self.lexis.doings:
            return None
        if suffix.shape == "works" and BODY_BEHIND.match(words.text, end):
            return None
        if self._runs_over(words, end, suffix) or (suffix.text == "港" and end in borders):
            return None
        if end not in words.starting and not self._cut(words, start, end, suffix):
            return None
        if self._misplaced(suffix, borders.get(start), after) or self._within(suffix, start, borders.get(end)):
            return None
        if words.starts[first] < start and not self._inside(words, first, start, suffix):
            return None
        if words.tags[first] == "nt" and words.starts[first] < start and self._listed(words, first, start, end):
            seat = borders.get(words.starts[first])
            begin = seat.start if seat is not None and seat.shape == "division" else words.starts[first]
            return Found(begin, end, "organisation", "names.listed", shape=suffix.shape)
        if suffix.shape == "division":
            return self._division(words, start, end, suffix, borders)
        if suffix.shape == "body":
            return self._body(words, start, end, suffix, borders)
        if suffix.shape in GEO:
            return self._geo(words, start, end, suffix, borders)
        if suffix.shape == "firm":
            return self._company(words, start, end)
        return self._open(words, start, end, suffix, borders)

    def _runs_over(self, words: Words, end: int, suffix: Suffix) -> bool:
        """Tell whether a suffix's end is that of no name: 园 in 入园 or 园区, 公园 before 社区 (not before 新增)."""
        going = words.text[end - 1 : end + 1] in self.lexis.beyond
        if len(suffix.text) == 1:
            pair = words.text[end - 1 : end + 1]
            return going or pair in self.lexis.inside or words.text[end - 2 : end] in self.lexis.beyond
        if not going:
            return False
        after = words.starting.get(end)
        return after is None or (words.tags[after][0] == "n" and words.forms[after] not in self.lexis.hard)

    def _within(self, suffix: Suffix, start: int, over: Found | None) -> bool:
        """Tell whether a suffix of works is only what a division's name ends with (东|港区)."""
        return over is not None and suffix.shape == "works" and over.shape == "division" and over.start < start

    def _misplaced(self, suffix: Suffix, seat: Found | None, after: str) -> bool:
        """Tell whether a suffix cannot stand behind what ends there: 园 behind a place, 新区 behind a body."""
        if seat is None:
            return False
        garden = len(suffix.text) == 1 and suffix.shape == "site" and is_han(after or "，")
        return garden or (suffix.shape == "zone" and seat.type == "organisation")

    def _listed(self, words: Words, word: int, start: int, end: int) -> bool:
        """Tell whether the segmenter lists an organisation that ends here (上海铁路局, 华润集团)."""
        if words.starts[word + 1] != end or words.forms[word] in self.lexis.ordinary:
            return False
        owner, kind = words.text[words.starts[word] : start], words.text[start:end]
        return owner in self.lexis.known or (len(owner) > 1 and kind == "集团" and owner not in self.lexis.frequent)

    def _cut(self, words: Words, start: int, end: int, suffix: Suffix) -> bool:
        """Tell whether a suffix ends inside a word that goes on with another (路|段, 市委|常委, 社会保障局|局长)."""
        over = words.word_over(end)
        head = words.starts[over] in {start, end - 1} and suffix.type == "organisation"
        if head and words.forms[over][end - words.starts[over] :] in self.lexis.roles:
            return True
        if suffix.shape == "works":
            rest = words.forms[over][end - words.starts[over] :]
            return rest in GOING and words.text[end + 2 : end + 3] not in OFFICES  # 改造|工程建设
        if start not in words.starting:
            return False
        rest = words.forms[words.starting[start]][end - start :]
        if suffix.shape == "nature":
            return rest in self.lexis.flanks
        if suffix.text == "村":
            return rest == "村" or rest in self.lexis.staffed
        return rest == "段" if suffix.shape == "way" else suffix.shape == "body" and rest in {"常委", "书记", "副书记"}

    def _inside(self, words: Words, word: int, start: int, suffix: Suffix) -> bool:
        """Tell whether a suffix may end a longer dictionary word: a place (牡丹江), a road (学院路), 医科大学."""
        form, tag = words.forms[word], words.tags[word]
        if suffix.shape == "village" and self._hamlet(words, start):
            return True
        if (
            suffix.shape == "division"
            and form not in self.lexis.ordinary
            and words.text[words.starts[word] : start] + suffix.text in self.lexis.places.townships
        ):
            return True
        if form[0] in LEVELS and form[1:] == suffix.text and suffix.shape == "body":
            return True
        if suffix.text in ROADS and len(form) == 2 and form[0] in NUMERALS:
            return True
        if suffix.text in {"园", "港"}:
            placed = word > 0 and words.tags[word - 1] == "ns"
            return tag in NAME_TAGS and (form[:-1] in self.lexis.known or (placed and len(form) < 4))
        if suffix.shape in GEO and len(form) == 2 and tag != "ns":
            return word > 0 and self._odd(words, word - 1)
        if form in self.lexis.ordinary or (len(form) > 2 and tag != "ns" and form[-2:] in self.lexis.ordinary):
            return False
        if suffix.shape in GEO or suffix.shape == "zone":
            named = tag in {"nr", "nrt"} and form[0] in self.lexis.surnames and len(suffix.text) == 1
            person = named and not (suffix.text in SETTLED and len(form) == 3)
            return tag == "ns" or (len(form) > 2 and tag in {"n", "nz", "nr", "nrt", "nt"} and not person)
        return tag[0] in "nl" and (len(suffix.text) > 1 or suffix.text == "网")

    def _division(self, words: Words, start: int, end: int, suffix: Suffix, borders: dict[int, Found]) -> Found | None:
        """A township of the list, the longest that begins at a word; or an unknown one by its own core."""
        text, townships = words.text, self.lexis.places.townships
        for size in range(min(9, start), 0, -1):
            name = text[start - size : end]
            if start - size in words.starting and name in townships and name not in self.lexis.ordinary:
                if size == 1 and self._crowned(words, start):
                    break
                if text[start - size - 1 : start - size] in {"级", "批"} or self._garden(words, start - size, start):
                    return None
                return Found(start - size, end, "place", "names.township", shape="division")
        if (
            suffix.text not in {"镇", "乡", "街道", "民族乡", "自治乡", "地区"}
            or text[start - 1 : start] == suffix.text
        ):
            return None
        below = self._below_county(words, start, borders)
        if below is not None:
            return Found(below, end, "place", "names.division", shape="division")
        before = borders.get(start)
        settled = before is not None and before.shape == "village" and 1 < start - before.start < 4
        if before is not None and (settled or (before.shape == "division" and start - before.start == 2)):
            return Found(before.start, end, "place", "names.division", shape="division")
        core = self._core(words, words.word_over(start), start, 4, geo=True, borders=borders)
        if core is None or text[core - 1 : core] == "级" or not 1 < start - core < 5:
            return None
        if text[start - 1] in LEVELS or PAIRED.fullmatch(text, core, end):
            return None
        if text[core:end] in self.lexis.ordinary:
            return None
        if text[core] in self.lexis.soft and not (
            text[core] in self.lexis.edge and start - core == 2 and self._opens(words, words.word_over(core))
        ):
            return None
        if (
            not self.own(words, core, start)
            and not self._edged(words, core, start)
            and not (
                suffix.text == "街道" and start - core == 2 and words.tags[words.word_over(core)] in {"n", "nz", "t"}
            )
        ):
            return None
        return Found(core, end, "place", "names.division", shape="division")

    def _crowned(self, words: Words, start: int) -> bool:
        """Tell whether what a town of one character is called by ends a longer name (柳坝镇 for the listed 坝镇)."""
        before = words.starting[start - 1] - 1
        if words.text[start - 1] not in self.lexis.toponyms or before < 0:
            return False
        form, tag = words.forms[before], words.tags[before]
        return form not in self.lexis.hard and tag not in STOP_TAGS and words.text[start - 2] not in LEVELS

    def _below_county(self, words: Words, start: int, borders: dict[int, Found]) -> int | None:
        """Return where a township's name begins right behind its county (民权县|老颜集|乡), of any words."""
        for at in (start - 2, start - 3):
            county = borders.get(at)
            if county is None or county.shape != "division" or not words.whole(at, start):
                continue
            text, lexis = words.text[at:start], self.lexis
            span = range(words.starting[at], words.starting[start])
            bound = any(
                words.forms[i] in lexis.hard and (len(words.forms[i]) > 1 or words.forms[i] in BINDING) for i in span
            )
            grammar = bound or any(words.tags[i] in STOP_TAGS - {"x", "i", "q"} for i in span)
            usual = text in lexis.unnamed or text in lexis.frequent or text[0] in APART or text[-1] in LEVELS
            return None if grammar or usual or not all(map(is_han, text)) else at
        return None

    def _garden(self, words: Words, at: int, start: int) -> bool:
        """Tell whether a township's core is what a plain suffix ends, bound to the words before it (产业园|街道)."""
        if words.text[at:start] not in self.lexis.plain or self._opens(words, words.starting[at]):
            return False
        before = words.starting[at] - 1
        return words.tags[before] not in {"v", "p", "ns"} and not words.forms[before].endswith(tuple(LEVELS))

    def _body(self, words: Words, start: int, end: int, suffix: Suffix, borders: dict[int, Found]) -> Found | None:
        """A body of state behind a place, a level word, another body or a zone."""
        at, text, vague = start, words.text, False
        if suffix.text in {"党组", "党委", "党总支"} and start in borders and borders[start].type == "organisation":
            return None
        if suffix.text in self.lexis.plain and (start not in borders or borders[start].shape != "division"):
            return None
        while True:
            before = borders.get(at)
            if before is not None and (before.type in {"place", "organisation"} or before.shape == "site"):
                at, vague = before.start, not before.certain and before.end - before.start > 2
            elif at == start and self._placed(words, start):
                at = words.starts[words.word_over(start)]
            elif at == start and text[at - 1 : at] in {"镇", "乡"} and (size := self._township(words, at)):
                at -= size
            elif at and text[at - 1] in LEVELS and at == start and self._level(words, at - 1):
                at -= 1
                at -= at > 0 and self._short_division(words, at)
                if at in borders and borders[at].type == "organisation":
                    break
            elif back := self._back(text, at, {} if at < start else borders):
                at -= back
            else:
                break
        if at == start and suffix.text in {"管委会", "管理局", "管理处", "管理所", "办事处"}:
            return self._open(words, start, end, suffix, borders)
        if suffix.text in {"领导小组", "领导小组办公室", "指挥部", "工作组", "专班"} and text[at:start] in {
            "",
            *LEVELS,
        }:
            return self._open(words, start, end, suffix, borders)
        bare = len(suffix.text) > 2 and suffix.text[-1] in "局委" and self._alone(words, start, end)
        bare = bare or (len(suffix.text) > 2 and suffix.text[0] in LEVELS)
        certain = end - at > 2 and (at < start or bare) and not vague
        return Found(at, end, "organisation", "names.body", certain=certain, shape="body")

    def _back(self, text: str, at: int, borders: dict[int, Found]) -> int:
        """Return the length of the number or the committee between a body and its owner (第九|居民委员会)."""
        if text[max(0, at - 3) : at] == "自治区" or text[max(0, at - 2) : at] in {"中国", "中共", "国家", "中央"}:
            return 3 if text[at - 1] == "区" else 2
        ordinal = ORDINAL.search(text, max(0, at - 3), at)
        if ordinal and ordinal.start() in borders:
            return at - ordinal.start()
        return 2 if text[at - 2 : at] in PARTY and self._owned_party(at - 2, borders) else 0

    def _owned_party(self, at: int, borders: dict[int, Found]) -> bool:
        """Tell whether a party committee at `at` is that of an organisation (某大学|党委|统战部)."""
        return at in borders and borders[at].type == "organisation" and borders[at].certain

    def _placed(self, words: Words, start: int) -> bool:
        """Tell whether a body's suffix ends one word of the dictionary that begins with a place (上海|铁路局)."""
        first = words.starts[words.word_over(start)]
        place = words.text[first:start].removeprefix("中共")
        return first < start and place in self.lexis.known and self.lexis.known[place].type == "place"

    def _short_division(self, words: Words, at: int) -> bool:
        """Tell whether the level word at `at` ends a division of two characters that a word crosses (临|县公安局)."""
        name, first = words.text[at - 1 : at + 1], words.starting.get(at - 1)
        division = name in self.lexis.known and self.lexis.known[name].division
        return division and first is not None and (self._opens(words, first) or words.tags[first] == "v")

    def _level(self, words: Words, at: int) -> bool:
        return at in words.starting or (at - 1 in words.starting and words.text[at - 1] in "我全该")

    def _alone(self, words: Words, start: int, end: int) -> bool:
        """Tell whether a bare body (发改委, 安监局) stands free of letters on both sides."""
        text = words.text
        headed = any(text[end : end + n] in self.lexis.roles for n in (2, 3, 4))
        return not (start and is_han(text[start - 1])) and (headed or not (end < len(text) and is_han(text[end])))

    def _geo(self, words: Words, start: int, end: int, suffix: Suffix, borders: dict[int, Found]) -> Found | None:
        """A village, road, water or mountain that is no common noun (晚高峰)."""
        name = self._geo_any(words, start, end, suffix, borders)
        inner = borders.get(end)
        if name and inner and inner.shape == "division" and name.start < inner.start:
            word = words.word_over(name.start)
            surname = words.forms[word] in self.lexis.surnames and words.forms[word] not in self.lexis.edge
            if words.starts[word + 1] == inner.start and (surname or words.tags[word] in {"v", "p", "c", "d"}):
                return None
        if name and suffix.text in {"村", "镇"} and words.text[start - 1] in "两几数各村驻整":
            return None
        after = words.starting.get(end)
        going = suffix.text == "路" and words.text[start - 1] == "一" and after is not None
        if going and after is not None and after < len(words.tags) and words.tags[after] in {"v", "d", "vn"}:
            return None
        if name and any(PAIRED.fullmatch(words.text, at, name.end) for at in (name.start, max(0, name.start - 1))):
            return None
        if name and words.text[name.start] in "镇乡" and self._township(words, name.start + 1):
            name = replace(name, start=name.start + 1)
        if name and words.text[name.start - 1 : name.start].isdigit():
            return None  # 2|万人在线|观看
        if name and self._unnamed(words, start, end, suffix):
            return None
        short = name is not None and name.end - name.start < 8
        return None if short and name and words.text[name.start : name.end] in self.lexis.ordinary else name

    def _unnamed(self, words: Words, start: int, end: int, suffix: Suffix) -> bool:
        """Tell whether a line or a road is none: 华声在|线, 兵分八|路, 繁忙|路段."""
        text = words.text
        if suffix.text == "线":
            return text[start - 1] == "在"
        ways = text[start - 1] in NUMERALS and text[start - 2 : start - 1] == "分"
        stretch = text[end : end + 1] == "段" and words.tags[words.word_over(start - 1)] in {"a", "ad", "an", "b"}
        return suffix.text == "路" and (ways or stretch)

    def _township(self, words: Words, end: int) -> int:
        """Return the length of the township of the list that ends here, whatever words cross its end; 0 when none."""
        text = words.text[max(0, end - 6) : end]
        return next((n for n in range(len(text), 1, -1) if text[-n:] in self.lexis.places.townships), 0)

    def _geo_any(self, words: Words, start: int, end: int, suffix: Suffix, borders: dict[int, Found]) -> Found | None:
        """A village, road, water or mountain: a short core, whatever superior stands before it."""
        before = borders.get(start)
        if before is not None and before.type == "place":
            return self._geo_behind(words, before, end, suffix)
        below = self._below_town(words, start, suffix, borders)
        if below is not None:
            return Found(below, end, suffix.type, "names.geo", shape=suffix.shape)
        begin = self._numbered(words, start, suffix, borders)
        if begin is None and suffix.shape == "village" and words.text[start - 1] in self.lexis.toponyms | PLACES:
            short = borders.get(start - 1)
            begin = short.start if short is not None and short.end - short.start == 2 else None
        if begin is None and before is not None and suffix.shape == "village":
            joined = before.shape in {"nature", "works", "spot"} and before.end - before.start < 6
            begin = before.start if joined else None
        if begin is not None:
            return Found(begin, end, suffix.type, "names.geo", shape=suffix.shape)
        first = words.word_over(start)
        if words.starts[first] < start:
            if suffix.shape == "village" and self._hamlet(words, start) and self._opens(words, first - 1):
                return Found(words.starts[first - 1], end, suffix.type, "names.geo", shape=suffix.shape)
            at = self._core(words, first, end, 7, geo=True, borders=borders)
            if at is None or (len(words.forms[first]) == 2 and at == words.starts[first] and words.tags[first] != "ns"):
                return None
            return Found(at, end, suffix.type, "names.geo", shape=suffix.shape)
        core = self._core(words, first, start, 6, geo=True, borders=borders)
        if core is None:
            return None
        free = self._free(words, start, end, suffix)
        told = self._geo_told(words, core, start, suffix, borders)
        begin = free if free is not None and free <= core else told
        if begin is None and self._addressing(words, core, start, suffix, borders):
            begin = core
        if begin is not None:
            return Found(begin, end, suffix.type, "names.geo", shape=suffix.shape)
        if core == start or not self._geo_core(words, core, start, suffix):
            return None
        kind = "project" if suffix.text == "线" and self.lexis.rail.search(words.text) else suffix.type
        return Found(core, end, kind, "names.geo", shape=suffix.shape)

    def _free(self, words: Words, start: int, end: int, suffix: Suffix) -> int | None:
        """Return where the two or three single characters begin that name a settlement or a road (、高荡|村).

        No word of the dictionary holds them and they are free on their left, a road's name on its right too.
        """
        word = words.starting.get(start)
        if word is None or suffix.text not in SETTLED | {"巷", "社区", "大道"}:
            return None
        at = word
        while at and word - at < 4 and self._nameable(words, at - 1):
            at -= 1
        size, core = word - at, words.text[words.starts[at] : start]
        road = suffix.shape == "way"
        if size not in {2, 3} or core in self.lexis.unnamed or core in self.lexis.frequent:
            return None
        led = not road and len(words.forms[at - 1]) > 1 and words.tags[at - 1] == "v"
        if not (self._opens(words, at) or led) or (
            size == 2 and (words.tags[at] in {"v", "d", "r"} or core[0] in APART)
        ):
            return None
        after = words.starting.get(end)
        ends = after is not None and (after >= len(words.forms) or self._closes(words, after))
        if road and (not ends or words.tags[word - 1] in {"v", "d"}):
            return None
        return words.starts[at]

    def _closes(self, words: Words, word: int) -> bool:
        """Tell whether a word does not go on with the name before it: a mark, grammar or a verb."""
        form, tag = words.forms[word], words.tags[word]
        return not is_han(form[0]) or form in self.lexis.hard or tag in {"v", "d", "p", "c", "f", "m"}

    def _nameable(self, words: Words, word: int) -> bool:
        """Tell whether a word is one character that a name may hold, whatever else it may be."""
        form, tag = words.forms[word], words.tags[word]
        if len(form) != 1 or not is_han(form) or form in BINDING or form in LEVELS:
            return False
        return tag not in {"m", "p", "c", "r", "uj", "ul", "y", "e"} and (form not in self.lexis.hard or tag == "f")

    def _below_town(self, words: Words, start: int, suffix: Suffix, borders: dict[int, Found]) -> int | None:
        """Return where a settlement's name begins right behind its township (人民路街道|东正|社区), of any words."""
        lake = suffix.text == "水库"
        if suffix.shape != "village" and not lake:
            return None
        hamlet = self._hamlet(words, start)
        for at in range(start - 1 - hamlet, max(0, start - 6), -1):
            town = borders.get(at)
            if town is None or town.shape != "division" or words.text[at - 1] not in (LEVELS if lake else BELOW):
                continue
            if at not in words.starting or (start not in words.starting and not hamlet):
                return None
            county = not lake and words.text[at - 1] in COUNTIES
            return None if self._told(words, at, start) or (county and not self._rare(words, at, start)) else at
        return None

    def _told(self, words: Words, at: int, start: int) -> bool:
        """Tell whether what stands between a division and a settlement's suffix is grammar or a common noun."""
        span, bars = range(words.word_over(at), words.word_over(start)), self.lexis.unnamed
        grammar = any(len(words.forms[i]) > 1 and words.forms[i] in self.lexis.hard for i in span)
        first = words.forms[words.word_over(at)]
        plain = words.text[at:start] in bars or first in bars or words.text[at] in APART
        single = start - at == 1 and words.text[at] in self.lexis.hard | self.lexis.soft
        return grammar or plain or single or any(not is_han(c) or c in "的等个和与及" for c in words.text[at:start])

    def _rare(self, words: Words, at: int, start: int) -> bool:
        """Tell whether two to four characters hold one of no common word: a village right behind its county."""
        forms = [words.forms[i] for i in range(words.word_over(at), words.word_over(start - 1) + 1)]
        if not 1 < start - at < 5 or words.text[at:start] in self.lexis.frequent:
            return False
        odd = any(len(f) == 1 and f not in self.lexis.soft and f not in self.lexis.hard for f in forms)
        if any(f in self.lexis.frequent or f in self.lexis.lead for f in forms if len(f) > 1):
            return odd or self._hamlet(words, start)
        return words.text[at] not in self.lexis.soft or words.text[at] in self.lexis.edge

    def _hamlet(self, words: Words, start: int) -> bool:
        """Tell whether a word crosses into a village's name with a character of place names (牛角|山村, 菖蒲|塘村)."""
        word = words.word_over(start)
        form = words.forms[word]
        crossed = len(form) == 2 and words.starts[word] == start - 1 and form[1] == "村"
        if not crossed or not word:
            return False
        if form[0] in self.lexis.clans and words.forms[word - 1] in self.lexis.surnames:
            return words.forms[word - 1] not in APART
        if form[0] not in self.lexis.toponyms:
            return False
        before, tag = words.forms[word - 1], words.tags[word - 1]
        named = tag[0] == "n" or self._odd(words, word - 1)
        return is_han(before[-1]) and named and before not in self.lexis.unnamed and before not in self.lexis.frequent

    def _geo_behind(self, words: Words, before: Found, end: int, suffix: Suffix) -> Found | None:
        """A village, road or mountain right behind the name of a place."""
        if (
            suffix.shape in {"way", "nature"}
            and before.shape == "village"
            and words.text[before.end - 2 : before.end] == "社区"
        ):
            return None
        if suffix.shape == "village" and before.shape == "division":
            return self._named_after(words, before, end, suffix)
        scenic = suffix.text == "景区" and words.text[before.end - 1] in SCENIC
        plain = suffix.text in self.lexis.general and not scenic
        if before.shape == "division" and (plain or before.end - before.start > 4):
            return None
        return Found(before.start, end, suffix.type, "names.geo", shape=suffix.shape)

    def _geo_told(self, words: Words, core: int, start: int, suffix: Suffix, borders: dict[int, Found]) -> int | None:
        """Return where a name begins that its surroundings tell: behind a division, a cut township, a road.

        A count behind a division (云门乡|四台|村), a village behind a township that a word crosses (郑宅镇|上郑村),
        a road of a word for work (建设路).
        """
        word = words.word_over(core) - 1
        if word < 0:
            return None
        form, at = words.forms[word], words.starts[word]
        if core == start and at in borders and words.tags[word] == "m":
            counted = len(form) == 2 and words.text[start - 1] not in COUNTING and borders[at].shape == "division"
            return at if counted else None
        if len(form) == 2 and form[0] in "镇乡" and at + 2 == core and self._township(words, at + 1):
            return core - 1
        verbal = core == start and suffix.text in ROADS and self._verbal(words, word + 1, start + len(suffix.text))
        return start - 2 if verbal else None

    def _addressing(self, words: Words, core: int, start: int, suffix: Suffix, borders: dict[int, Found]) -> bool:
        """Tell whether a road stands in an address, right behind a village or a township (西埔社区|温泉东路)."""
        before = borders.get(core)
        if suffix.shape != "way" or before is None or before.shape not in {"village", "division"}:
            return False
        if not 1 < start - core < 5 or suffix.text in self.lexis.plain or words.text[before.end - 1] not in SEATED:
            return False
        return words.text[core:start] not in self.lexis.classing

    def _numbered(self, words: Words, start: int, suffix: Suffix, borders: dict[int, Found]) -> int | None:
        """Return where a road begins that bears a number behind a name or a direction (凤城|五路, 东|大街)."""
        text, at = words.text, start - 1
        if suffix.text == "大街" and at >= 0 and text[at] in "东西南北中" and at in words.starting:
            return at if self._opens(words, words.starting[at]) or at in borders else None
        if suffix.text == "村" and at in borders and text[at] in NUMERALS and borders[at].shape == "village":
            return borders[at].start
        if suffix.text not in {"路", "街"} or at < 2 or text[at] not in NUMERALS:
            return None
        if at in borders and borders[at].type == "place" and at - borders[at].start < 4:
            return borders[at].start
        word = words.word_over(at) - 1
        form, tag = words.forms[word], words.tags[word]
        free = word >= 0 and len(form) == 2 and words.starts[word] + 2 == at and self._opens(words, word)
        return words.starts[word] if free and tag[0] in "nj" and form not in self.lexis.hard else None

    def _verbal(self, words: Words, first: int, end: int) -> bool:
        """Tell whether a word for work done names a road (建设路, 发展大道): free on both sides."""
        if not first or len(words.forms[first - 1]) != 2 or not self._opens(words, first - 1):
            return False
        after = words.text[end : end + 1]
        free = not after or not is_han(after) or after in BESIDE_ROADS
        return free and words.tags[first - 1] in {"v", "vn", "n", "a", "an"} and end in words.starting

    def _named_after(self, words: Words, before: Found, end: int, suffix: Suffix) -> Found | None:
        """A village that bears the short name of some division elsewhere (沙河村)."""
        free = before.start == 0 or not is_han(words.text[before.start - 1])
        if (
            before.end - before.start != 2
            or before.rule == "names.coined"
            or (suffix.text not in {"村", "庄", "屯"} and suffix.text[-2:] != "社区")
        ):
            return None
        word = words.starting.get(before.start)
        free = free or words.text[before.start - 1] in SEAT_ENDS or words.text[before.start - 1] in self.lexis.hard
        if not free and (word is None or not self._opens(words, word)):
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
        if self.own(words, core, start) or self._edged(words, core, start) or self._as_town(words, core, start, suffix):
            return True
        word = words.starting.get(core)
        if word is not None and len(text) == 3 and words.starts[word + 1] == start - 1 and len(suffix.text) == 1:
            return suffix.text not in self.lexis.plain and self._odd(words, word + 1)
        if word is None or words.starts[word + 1] != start or len(suffix.text) > 2:
            return False
        if suffix.text in self.lexis.plain:
            return False
        named = words.tags[word] in {"nr", "nrfg"} and self._opens(words, word)
        named = named or (suffix.text in ROADS and self._verbal(words, word + 1, start + len(suffix.text)))
        return named or words.tags[word] in {"n", "nz", "b", "a", "t", "l", "s"}

    def _as_town(self, words: Words, core: int, start: int, suffix: Suffix) -> bool:
        """Tell whether a community has the plain name that townships have, too (幸福|社区): free on its left."""
        word, lexis = words.starting.get(core), self.lexis
        if word is None or words.starts[word + 1] != start or suffix.text != "社区" or not self._opens(words, word):
            return False
        form, towns = words.forms[word], lexis.places.townships
        told = form in lexis.lead or form in lexis.hard or form in lexis.kinds or words.tags[word][0] in "vda"
        return not told and any(form + level in towns for level in ("街道", "镇", "乡"))

    def _edged(self, words: Words, core: int, start: int) -> bool:
        """Tell whether an adjective and an unknown character, free on the left, are a core (长堰, 新坝)."""
        word = words.starting.get(core)
        if word is None or start - core != 2 or start not in words.starting or len(words.forms[word]) > 1:
            return False
        opens = self._opens(words, word) or words.text[core - 1] in LEVELS | {"村"}
        return words.text[core] in self.lexis.edge and opens and self._odd(words, word + 1)

    def _single(self, words: Words, core: int) -> bool:
        """Tell whether one character before a suffix is a name: free on its left and no stop (和屯)."""
        char = words.text[core]
        verb = words.tags[words.word_over(core)] == "v" and char in self.lexis.hard
        if char in NUMERALS or verb:
            return False
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
        at = self._behind_verb(words, self._unled(words, at, start), borders)
        at += at + 2 < start and self._prefixed(words, at)
        bare = at == start
        at -= not bare and self._left_over(words, at)
        if suffix.text in self.lexis.legal:
            at = self._branded(words, at, start, borders)
            at = self._done_to(words, at, start, borders)
        reach = self._reach(words, at, start, most, borders, barred=suffix.text not in self.lexis.legal)
        named = self._addressed(words, reach, start, suffix, borders)
        at = self._leveled(words, named)
        end = self._phase(words.text, end, suffix)
        ranked = words.text[start - 1] == "级" and words.starts[first] == start  # 地市级|文化馆
        if at == start or (at > 0 and words.text[at - 1].isdigit()) or words.text[at].isdigit() or ranked:
            return None
        if self._usual(words, at, start, end):
            return None
        at += self._our_level(words, at, suffix)
        at += words.text[at] in UNITS and words.text[at - 1 : at] in NUMERALS  # 第七师|某某开发区
        if (words.text[start - 1] == "一" and start - 1 in borders) or words.text[start - 1] in "两几各":
            return None
        if suffix.shape == "org" and words.text[at - 1 : at] in {"家", "所"} and words.text[at - 2 : at - 1].isdigit():
            return None
        if any(b in borders and self._acts(words, borders[b]) for b in range(at + 2, start)):
            return None
        at = self._dotted(words.text, at) if suffix.shape in {"site", "spot"} else at
        led = self._led_by_place(words, at, start, suffix, borders)
        at = self._hyphened(words, at, suffix) if led is None else led
        certain = (
            led is not None
            or at < reach
            or (bare and at < start)
            or (named > reach and not self._of_division(named, start, suffix, borders))
            or self._leading(words, at, start, suffix)
            or self._sure(words, at, start, suffix, borders)
        )
        kind = suffix.type
        if suffix.shape == "hub":
            kind = "organisation"
        name = Found(at, end, kind, f"names.{suffix.shape}", certain=certain, shape=suffix.shape)
        short = end - at < 4 and suffix.shape in {"spot", "works", "org"}
        if short and not self._firm(words, at, start) and not self._leading(words, at, start, suffix):
            return None
        return name

    def _prefixed(self, words: Words, at: int) -> bool:
        """Tell whether what is bound to the front of a name was cut from it (新|建国|瑞学校), not 高|新技术."""
        end = words.starts[words.word_over(at) + 1]
        return words.text[at - 1 : at + 1] in self.lexis.prefixed and end - at < 3

    def _left_over(self, words: Words, at: int) -> bool:
        """Tell whether one character is left over between a name and the mark before it: it is the name's first.

        No grammar, verb or level word is (，|新|梅江公园, 、|上|善堂农业园, but ，在|白石公园).
        """
        word = words.starting.get(at - 1)
        if word is None or len(words.forms[word]) > 1 or not is_han(words.text[at - 1]):
            return False
        if at > 1 and (is_han(words.text[at - 2]) or words.text[at - 2] in CLOSING):
            return False
        char, tag = words.text[at - 1], words.tags[word]
        if char in BINDING or char in LEVELS or char in OWNERS or char in NUMERALS:
            return False
        return tag not in {"p", "c", "r", "d", "u", "v", "m"} and char not in LEANING

    def _usual(self, words: Words, at: int, start: int, end: int) -> bool:
        """Tell whether a name is a common noun, counted things (八大|基地) or several of them (三区一|中心)."""
        ordinary = self.lexis.ordinary
        if (
            words.text[at:end] in ordinary
            or words.text[at:start] in ordinary
            or PAIRED.match(words.text, at, start + 1)
        ):
            return True
        single = words.forms[words.word_over(at)][1:] == ""
        return words.text[at] in NUMERALS and words.text[at + 1] in COUNTING and single

    def _our_level(self, words: Words, at: int, suffix: Suffix) -> bool:
        """Tell whether a company begins behind the level word of the article's own place (我|县|某某公司)."""
        return suffix.text in self.lexis.legal and words.text[at] in LEVELS and words.text[at - 1 : at] in OURS

    def _of_division(self, at: int, start: int, suffix: Suffix, borders: dict[int, Found]) -> bool:
        """Tell whether a name is nothing but a division and a plain suffix (周家镇|项目)."""
        before = borders.get(start)
        inner = before is not None and before.start >= at and before.shape == "division"
        return inner and suffix.text in self.lexis.general

    def _behind_verb(self, words: Words, at: int, borders: dict[int, Found]) -> int:
        """Return where a name begins that a verb stands before and then a division (调任|天津市滨海新区).

        What the segmenter takes a common verb for does not count (汇报|中国美术馆).
        """
        word = words.starting.get(at)
        if word is None or words.forms[word] in self.lexis.known:
            return at
        for end in range(at + 3, at + 9):
            inner = borders.get(end)
            level = inner is not None and inner.shape == "division" and words.text[end - 1] in "省市县区州旗"
            if inner is not None and level and at < inner.start <= at + 2 and inner.end - inner.start > 2:
                return inner.start
        usual = words.tags[word] in VERBAL and len(words.forms[word]) == 2 and words.forms[word] in self.lexis.frequent
        if words.tags[word] != "v" and not usual:
            return at
        after = words.starts[word + 1]
        national = words.text[after : after + 2] in NATIONS
        return after if national or any(f.start == after and f.shape == "division" for f in borders.values()) else at

    def _led_by_place(self, words: Words, at: int, start: int, suffix: Suffix, borders: dict[int, Found]) -> int | None:
        """Return where works begin that 的 binds to the place they stand at (白石开发区的|共享助力单车基地|项目)."""
        led = words.text.rfind("的", max(0, start - LED), at)
        seat = borders.get(led)
        if suffix.shape != "works" or seat is None or seat.type != "place" or not words.whole(led, led + 1):
            return None
        span = range(words.starting[led + 1], words.word_over(start))
        if len(span) < 2 or words.forms[span[0]] in self.lexis.classing or start - led < 5:
            return None
        bars = STOP_TAGS - {"i", "l", "x"} | {"u"}
        hard = (i for i in span if words.forms[i] in self.lexis.grammar)
        grammar = any(words.tags[i][0] != "n" for i in hard) or any(words.tags[i] in bars for i in span)
        plain = all(words.forms[i] in self.lexis.dull or words.forms[i] in self.lexis.ordinary for i in span)
        return None if grammar or plain or not all(map(is_han, words.text[led + 1 : start])) else led + 1

    def _hyphened(self, words: Words, at: int, suffix: Suffix) -> int:
        """Return where works begin of whose foreign name a hyphen parts the first word (本-|古里安|国际机场)."""
        word = words.starting.get(at)
        if suffix.shape != "works" or word is None or word < 2 or words.text[at - 1] not in "-－":
            return at
        first = words.forms[word - 2]
        free = word < 3 or not is_han(words.forms[word - 3][-1]) or words.tags[word - 3] in {"p", "v", "c", "ns"}
        sounds = words.tags[word] in NAME_TAGS and len(first) < 5 and all(map(is_han, first))
        return words.starts[word - 2] if sounds and free else at

    def _done_to(self, words: Words, at: int, start: int, borders: dict[int, Found]) -> int:
        """Return where a company begins whose division stands behind a verb inside the walk (成功招引|厦门…公司)."""
        for seat in borders.values():
            word = words.starting.get(seat.start)
            if not word or seat.shape != "division" or not at < seat.start < start - 1:
                continue
            form, lexis = words.forms[word - 1], self.lexis
            named = form in lexis.inner or form in lexis.doings or form in lexis.labours or form in lexis.known
            if words.tags[word - 1] == "v" and len(form) > 1 and not named:
                at = seat.start
        return at

    def _dotted(self, text: str, at: int) -> int:
        """Return where a park begins whose builder stands before a dot (中南高科·金西产业园), free on its left."""
        head = at - 1
        if text[head : head + 1] not in {"·", "•"}:
            return at
        while head > 0 and at - head < DOTTED and is_han(text[head - 1]):
            head -= 1
        free = head == 0 or not is_han(text[head - 1])
        return head if free and at - head > 2 else at

    def _branded(self, words: Words, at: int, start: int, borders: dict[int, Found]) -> int:
        """Return where a company begins whose brand holds characters that are words too (上海|亨润达|技术).

        A legal form always ends a name, and its trade alone (技术有限公司) is none: the brand is single characters
        up to a place, another word or the clause's end.
        """
        word = words.word_over(at)
        beside = borders.get(at - 1) if word and len(words.forms[word - 1]) == 1 else None
        bound = word and (words.text[at : at + 2] in self.lexis.frequent or words.tags[word - 1] == "f")
        bound = bound or (beside is not None and beside.shape == "division")
        listed = word > 1 and len(words.forms[word - 1]) == 1 and words.forms[word - 2] == "、"
        bound = bound or (listed and words.forms[word - 1] not in BINDING)
        if at == start:
            return self._seated_brand(words, start, borders)
        if at in borders or not (bound or not self.own(words, at, start)):
            return at
        here, first = at, word
        while word > 0 and at - here < BRAND:
            form, tag = words.forms[word - 1], words.tags[word - 1]
            if here in borders and borders[here].shape == "division":
                return borders[here].start
            counts = tag == "m" or (tag == "q" and word > 1 and words.tags[word - 2] == "m")
            if len(form) > 1 or not is_han(form) or form in BINDING or counts:
                break
            word -= 1
            here = words.starts[word]
        if here in borders and borders[here].shape == "division":
            return borders[here].start
        return here if first - word > 1 else at

    def _seated_brand(self, words: Words, start: int, borders: dict[int, Found]) -> int:
        """Return the place that a company's name begins with whose brand is two or three characters of grammar.

        上海|均和|集团: nothing but single characters stands between the division and the legal form.
        """
        for at in (start - 2, start - 3):
            seat = borders.get(at)
            if seat is None or seat.shape != "division" or at not in words.starting:
                continue
            span = range(words.starting[at], words.word_over(start))
            brand = all(len(words.forms[i]) == 1 and is_han(words.forms[i]) for i in span)
            return seat.start if brand and UNBRANDED.isdisjoint(words.text[at:start]) else start
        return start

    def _addressed(self, words: Words, at: int, start: int, suffix: Suffix, borders: dict[int, Found]) -> int:
        """Return where a building or a site begins behind its address, of which only homes drop all."""
        if suffix.shape not in {"site", "spot", "works", "hub"} and suffix.text not in self.lexis.legal:
            return at
        text, chain = words.text, [at]
        ends: dict[int, int] = {}
        for b in range(at + 1, start + (suffix.text not in self.lexis.homes)):
            if b in borders and borders[b].shape in {"division", "village", "way"}:
                ends[borders[b].start] = b
        while chain[-1] in ends:
            end = ends[chain[-1]]
            short = borders[end].rule == "names.known" and text[end - 1] not in LEVELS
            if short and len(chain) > 1 and text[chain[-1] - 1] in TOWNS:
                break  # 大洋街道|通榆北村小区
            chain.append(end)
        towns = [c for c in chain[1:] if text[c - 1] in TOWNS]
        street = len(chain) > 1 and borders[chain[-1]].shape == "way"
        town = len(chain) > 1 and text[chain[-1] - 1] in TOWNS and suffix.text in self.lexis.homes
        core = text[chain[-1] : start]
        plain = core in self.lexis.classing
        own = self.own(words, chain[-1], start) or (not plain and (town or len(core) > 2))
        if (street or town) and len(core) > 1 and own and suffix.shape != "works":
            return chain[-1]
        if towns and suffix.text in self.lexis.legal and start - towns[-1] > 1:
            return towns[-1]
        if len(chain) == 2 and suffix.shape in {"site", "spot"} and text[at : chain[1]] in self.lexis.short_provinces:
            return chain[1] if self.own(words, chain[1], start) else at
        if len(chain) < 3:
            return at
        if suffix.text in self.lexis.homes and start - chain[-1] > 1:
            return chain[-1]
        names = [text[a:b] for a, b in pairwise(chain)]
        outer = [b for b, (name, inner) in zip(chain[1:], pairwise(names), strict=False) if self._outer(name, inner)]
        return outer[-1] if outer else at

    def _outer(self, division: str, inner: str) -> bool:
        """Tell whether a division is only the address of the next (江西|瑞金机场, but 杭州萧山机场)."""
        return division in self.lexis.provinces or (division[-1] in LEVELS and inner[-1] in LEVELS | {"道", "村"})
