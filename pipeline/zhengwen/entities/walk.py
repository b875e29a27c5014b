"""Where a name begins: the walk to the left over words, until one that no name holds."""

from __future__ import annotations

import re

from zhengwen.entities.found import Found
from zhengwen.entities.lexis import Lexis, Suffix
from zhengwen.entities.words import NAME_TAGS, STOP_TAGS, Words, is_han

__all__ = ["Walk"]

NUMERALS = frozenset("一二三四五六七八九十两几半百千万数")
PHASES = frozenset("（(一二三四五六")
PHASE = re.compile(r"[（(][一二三四五六]期[)）](?:工程|项目)?|[一二三四五六]期(?:工程|项目)")
COUPLED = re.compile(
    r"及(?:其)?(?:相关|附属)?(?:配套|附属|连接)[\u4e00-\u9fff]{0,8}?(?:建设项目|项目|工程)(?![部组办长区名经个])"
)
"""What is built together with a site and belongs to the name of its works (某产业园|及配套基础设施项目)."""
NUMBERED_ROAD = re.compile(r"[GSX]?\d{1,4}[国省县乡]道$")
AIMS = frozenset("向于至到")
"""What a verb that takes a place or a goal ends with (投向, 得益于): no name holds one."""
OURS = frozenset({"我", "本", "该", "全", "各"})
"""Before a level word these make it the article's own place."""
BUILT = frozenset({"工程", "项目", "隧道", "大桥", "电站", "水库"})
"""What works end with that no other name goes on from."""
LEVELS = frozenset("省市县区州旗镇乡")
UNLIKE = STOP_TAGS - {"x"}
"""Parts of speech that no single character of an unknown name is taken for."""


class Walk:
    """The left border of names, as the term lists and the segmenter's hints tell it."""

    def __init__(self, lexis: Lexis) -> None:
        self.lexis = lexis

    def _odd(self, words: Words, word: int) -> bool:
        """Tell whether a word is one character of an unknown name: neither grammar nor a verb nor a number."""
        form, tag = words.forms[word], words.tags[word]
        lexis = self.lexis
        if len(form) != 1 or not is_han(form) or form in lexis.hard or form in lexis.soft or form in lexis.lead:
            return False
        return tag not in UNLIKE and tag not in {"v", "d", "f"}

    def odd(self, words: Words, word: int) -> bool:
        """Tell whether a word is one character of an unknown name, for other readers."""
        return self._odd(words, word)

    def _trade(self, words: Words, at: int, start: int) -> bool:
        """Tell whether a core is one ordinary word of two characters, the name of a trade (城建项目, 文旅项目)."""
        word = words.starting.get(at)
        span = range(words.word_over(at), words.word_over(start))
        if not span:
            return words.text[start] not in "港园"
        if all(words.tags[i] in {"m", "t", "q"} for i in span):
            return True
        if len(span) == 2 == start - at and words.tags[span[0]] == "v":
            return True  # 进|区|项目
        if word is None or start - at != 2:
            return False
        return words.starts[word + 1] == start and words.tags[word] in {"n", "v", "vn", "j"}

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
        long = [f for f in forms if len(f) > 1]
        return len(forms) > 1 and (any(f not in self.lexis.frequent for f in long) or len(long) > 2)

    def _unled(self, words: Words, at: int, start: int) -> int:
        """Return where a name begins that a word for work done leads (改扩建|某某小学)."""
        word = words.starting.get(at)
        while word is not None and words.starts[word] < start and words.forms[word] in self.lexis.doings:
            word += 1
        return at if word is None else min(words.starts[word], start)

    def _leveled(self, words: Words, at: int) -> int:
        """Return where a name begins that a level word may stand before (市中心医院, 县经济开发区)."""
        road = NUMBERED_ROAD.search(words.text, max(0, at - 8), at)
        if road:
            return road.start()
        word = words.starting.get(at - 1)
        if word is None or words.text[at - 1] not in LEVELS or not self._opens(words, word):
            return at
        return at if self._ours(words, at - 1) else at - 1

    def _ours(self, words: Words, at: int) -> bool:
        """Tell whether a level word is the article's own and a division begins behind it (我区|新乡…公司)."""
        after = words.starting.get(at + 1)
        form = words.forms[after] if after is not None and after < len(words.forms) else ""
        placed = form in self.lexis.known and self.lexis.known[form].division
        return placed and words.text[at - 1 : at] in OURS

    def _phase(self, text: str, end: int, suffix: Suffix) -> int:
        """Return where a name of works or of a site ends with its phase (（二期）, 二期工程)."""
        if suffix.shape not in {"works", "site", "zone"} or end >= len(text):
            return end
        if text[end] == "及":
            coupled = COUPLED.match(text, end)
            return coupled.end() if coupled else end
        if text[end] not in PHASES:
            return end
        phase = PHASE.match(text, end)
        return phase.end() if phase else end

    def _reach(
        self, words: Words, at: int, start: int, most: int, borders: dict[int, Found], *, barred: bool = True
    ) -> int:
        """Return the start of a place that stands before the core with nothing but nouns between, else `at`.

        `barred`: words that no name holds are in the way; a legal form takes them in (某省|某某新型|装饰材料有限公司).
        """
        if at in borders and at < start:
            return at
        word, here = words.word_over(at), at
        while word > 0 and start - here <= most:
            before = borders.get(here)
            if before is not None:
                return (
                    before.start
                    if before.shape in {"division", "body", "zone", "nature"} and start - before.start <= most
                    else at
                )
            form, tag = words.forms[word - 1], words.tags[word - 1]
            if here < start and len(form) == 1 and form in LEVELS and self._opens(words, word - 1):
                return here if self._ours(words, here - 1) else here - 1
            if form not in self.lexis.along and (
                not is_han(form[-1])
                or form in self.lexis.hard
                or (barred and form in self.lexis.barred)
                or (tag in STOP_TAGS and (barred or tag != "q"))
                or (tag in {"v", "d", "f"} and (barred or form in self.lexis.doing))
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
                built = before.shape == "works" and words.text[at - 2 : at] in BUILT
                if geo or (built and words.text[at : at + 2] not in self.lexis.legal):
                    break
                at, word = before.start, words.word_over(before.start)
                if before.shape == "org" and before.certain and before.end - before.start > 4:
                    break
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
        if geo and len(form) > 1 and form in self.lexis.roles:
            return True
        held = form in self.lexis.labours or form in self.lexis.ages or (form == "之" and size > 1)
        if self._clan(words, word) or (held and not geo):
            return False
        if form in self.lexis.hard:
            opening = size == 0 and len(form) == 1 and tag not in STOP_TAGS and tag != "u"
            return not (opening and (self._opens(words, word) or (geo and tag == "f" and self._beside(words, word))))
        if form in self.lexis.soft:
            if geo:
                return size >= 2 and not (form in self.lexis.edge and self._opens(words, word))
            bound = form + words.forms[word + 1] in self.lexis.frequent
            return size >= 2 and not bound and not (len(form) == 1 and self._opens_run(words, word))
        if form in self.lexis.lead:
            return size > 0 or geo or form in self.lexis.barred
        if len(form) == 1:
            counts = tag == "m" or (tag == "q" and self._counts(words, word))
            return counts and size >= 2 and form not in "一二三四五六七八九十万" and not self._brand(words, word)
        if geo:
            return self._stops_geo(form, tag, size)
        coined = tag == "q" and form not in self.lexis.frequent and not self._counts(words, word)
        return not coined and self._stops_open(form, tag, size)

    def _beside(self, words: Words, word: int) -> bool:
        """Tell whether one unknown character that is free on its left stands before a word of place (垴|上|村)."""
        return word > 0 and self._odd(words, word - 1) and self._opens(words, word - 1)

    def _stops_open(self, form: str, tag: str, size: int) -> bool:
        """Tell whether a word of several characters cannot be in a name of a company, a park or works."""
        if form in {"一期", "二期", "三期", "四期", "五期"} or (tag == "l" and form[:2] not in self.lexis.hard):
            return False
        if (tag == "v" and form[-1] in AIMS) or (len(form) == 4 and form[:2] in self.lexis.hard):
            return True
        if tag in {"d", "z", "v", "mq"} and (form not in self.lexis.frequent or tag == "mq"):
            return form[0] in NUMERALS
        coined = tag == "i" and len(form) == 3 and form not in self.lexis.frequent
        return (tag in STOP_TAGS and not coined) or (tag in {"v", "d", "f", "u", "z"} and size > 0)

    def _stops_geo(self, form: str, tag: str, size: int) -> bool:
        """Tell whether a word of several characters cannot be in a name of a village, a road or a river."""
        if len(form) == 4 and form[:2] in self.lexis.hard:
            return True
        if tag in STOP_TAGS or tag in {"v", "d", "f", "u", "z"}:
            return True
        return size > 0 and tag not in NAME_TAGS and not (size == 1 and tag == "n" and len(form) == 2)

    def _clan(self, words: Words, word: int) -> bool:
        """Tell whether a word and the surname before it name a settlement (陶家)."""
        if not word or words.forms[word] not in self.lexis.clans or words.forms[word - 1] not in self.lexis.surnames:
            return False
        return words.tags[word - 1] not in {"m", "v", "d"}

    def _counts(self, words: Words, word: int) -> bool:
        """Tell whether a word that could be a counter is one: a number or a word like 每 stands before it."""
        return not word or words.tags[word - 1] in {"m", "r"} or words.forms[word - 1] in self.lexis.hard

    def _brand(self, words: Words, word: int) -> bool:
        """Tell whether a word that could count is one of the stray characters of a name (中天): no number before it."""
        return words.tags[word] == "q" and bool(word) and words.tags[word - 1] != "m" and self._opens_run(words, word)

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
            if form in lexis.ordinary and (tag != "ns" or form in lexis.kinds):
                word, run = word + 1, 0
                continue
            if len(form) == 1 and words.text[words.starts[word] : words.starts[word] + 2] in lexis.ordinary:
                paired = word + 1 < len(words.forms) and len(words.forms[word + 1]) == 1
                word, run = word + 1 + paired, 0
                continue
            if word > 0 and words.starts[word] > at and self._clan(words, word) and words.starts[word + 1] < end:
                return True
            single = len(form) == 1 and is_han(form) and form not in lexis.plural and form not in lexis.hard
            run = run + 1 if single else 0
            noun = rare and len(form) > 1 and tag[0] in "nj" and form not in lexis.frequent and form not in lexis.lead
            brand = rare and tag in {"nz", "nr"} and len(form) == 2 and form not in lexis.lead
            brand = brand and not (tag == "nr" and form in lexis.frequent)
            named = len(form) > 2 and tag == "nr" and form not in lexis.frequent and form[-1] not in "化性型式"
            place = len(form) > 1 and tag == "ns" and form not in lexis.lead
            if run >= 2 or noun or brand or named or place or (form.isascii() and form.isalpha()):
                return True
            word += 1
        return False
