"""Names by their field: everything between an anchor and a suffix that only ends names.

Bodies made of common words (深圳市|交通公用设施建设|中心, 合肥|高新创新实验|中学) hold nothing rare that the walk to
the left could go by. What tells them is where they stand: behind a division, a level word or 中国, or as a whole item
of a list, with nothing but nouns up to the suffix.
"""

from __future__ import annotations

from zhengwen.entities.found import Found
from zhengwen.entities.lexis import Suffix
from zhengwen.entities.surety import Surety
from zhengwen.entities.walk import LEVELS, OURS
from zhengwen.entities.words import Words, is_han

__all__ = ["Fields"]

NATION = frozenset({"中国", "中华", "全国", "国家"})
MOST = 16
"""The most characters between an anchor and the suffix."""
ITEM = 12
"""The most characters of a list's item before its suffix."""
BARS = frozenset("p c r y e o mq uj ul uz ug ud uv u eng".split())
"""Parts of speech that no field holds."""
TOWNS = frozenset("道镇乡")
OPENING = frozenset("同和自")
COUNTERS = frozenset("的等所家")
CLOSING = frozenset("、，。；：）)等和及与的在已以 \u3000\n")
"""What follows an item that ends with its suffix."""


class Fields(Surety):
    """Finds the names that their field tells, where the walk to the left finds none or only a part."""

    def field(
        self, words: Words, start: int, end: int, suffix: Suffix, borders: dict[int, Found], name: Found | None
    ) -> Found | None:
        """Return the body between an anchor or a list's mark and the suffix at `start:end`, None when it is none.

        `name` is what the walk found for the same suffix: a field is only returned when it holds more.
        """
        site = suffix.shape in {"site", "spot"} and suffix.text not in self.lexis.plain and len(suffix.text) > 1
        if suffix.text[-1] == "网" or (suffix.shape == "hub" and self._goes_on(words, end)):
            return None
        site = site or suffix.text in self.lexis.homes
        if not site and suffix.shape not in {"org", "hub"} and suffix.text not in self.lexis.fielded:
            return None
        if (end not in words.starting and name is None) or (name is not None and name.certain and name.end != end):
            return None
        first = words.word_over(start)
        at = self._anchored(words, first, start, suffix, borders)
        if at is None:
            at = self._itemed(words, first, end, suffix)
            if at is not None and (suffix.text in self.lexis.homes or suffix.text in self.lexis.listed):
                at = self._past(at, borders)
        if at is None or (name is not None and name.certain and name.start <= at):
            return None
        kind = "organisation" if suffix.shape == "hub" else suffix.type
        return Found(at, end, kind, "names.field", shape=suffix.shape if site else "org")

    def _anchored(self, words: Words, first: int, start: int, suffix: Suffix, borders: dict[int, Found]) -> int | None:
        """Return where the body begins whose anchor stands left of nothing but words that names hold."""
        word, here, joined = first, words.starts[first], False
        while start - here <= MOST:
            before = borders.get(here)
            held = before is not None and (
                before.shape == "division" or (before.certain and before.shape == suffix.shape == "body")
            )
            if before is not None and held and before.start < here:
                if not self._filled(words, words.word_over(here), start, suffix):
                    return None
                if suffix.text in self.lexis.legal and words.text[here - 1] in TOWNS:
                    return None
                return here if suffix.text in self.lexis.homes else self._chain(words, before.start, borders)
            crossed = before is not None and before.shape == "way" and not self._seated(words, before, suffix)
            crossed = crossed or (before is not None and words.text[before.end - 4 : before.end] in self.lexis.legal)
            if not word or crossed or (before is not None and joined):
                return None
            form = words.forms[word - 1]
            if form == "和" and suffix.shape == "body" and here < start and not joined:
                word, here, joined = word - 1, here - 1, True
                continue
            ours = form in LEVELS and words.text[words.starts[word - 1] - 1 : words.starts[word - 1]] in OURS
            if ours or (form in NATION and not self._of_nation(suffix)):
                return None
            if form in NATION or (form in LEVELS and len(form) == 1 and self._opens(words, word - 1)):
                return words.starts[word - 1] if self._filled(words, word, start, suffix) else None
            if not self._inner(words, word - 1):
                return None
            word -= 1
            here = words.starts[word]
        return None

    def _goes_on(self, words: Words, end: int) -> bool:
        """Tell whether a common noun goes on behind a centre (国际消费中心|城市)."""
        word = words.starting.get(end)
        form = words.forms[word] if word is not None and word < len(words.forms) else ""
        return form in self.lexis.lead and form not in self.lexis.roles

    def _of_nation(self, suffix: Suffix) -> bool:
        """Tell whether the nation has one of such: its parks and schools are many (国家考古遗址公园)."""
        return suffix.shape not in {"site", "spot"} and suffix.text not in self.lexis.schools

    def _past(self, at: int, borders: dict[int, Found]) -> int:
        """Return where the divisions end that an item begins with, which are its address."""
        ends = {f.start: b for b, f in sorted(borders.items()) if f.shape == "division"}
        while at in ends:
            at = ends[at]
        return at

    def _seated(self, words: Words, way: Found, suffix: Suffix) -> bool:
        """Tell whether a road's name is a division and a trade, with which a company begins (重庆|高速|工程顾问)."""
        if suffix.text not in self.lexis.legal:
            return False
        heads = (words.text[way.start : way.start + n] for n in (2, 3))
        return any(h in self.lexis.known and self.lexis.known[h].division for h in heads)

    def _chain(self, words: Words, at: int, borders: dict[int, Found]) -> int:
        """Return where the run of divisions begins that ends with the one at `at`, behind the body it is a part of."""
        while at in borders and borders[at].shape == "division" and words.text[at - 1] not in TOWNS:
            at = borders[at].start
        owner = borders.get(at)
        return owner.start if owner is not None and owner.type == "organisation" and owner.certain else at

    def _itemed(self, words: Words, first: int, end: int, suffix: Suffix) -> int | None:
        """Return where the item of a list begins that ends with the suffix as a whole (、北宸紫郡幼儿园、)."""
        if suffix.text not in self.lexis.itemed:
            return None
        text, word = words.text, first
        after = text[end : end + 1]
        if after and after not in CLOSING:
            return None
        while word > 0 and is_han(words.forms[word - 1][-1]) and words.starts[first] - words.starts[word] <= ITEM:
            word -= 1
        at = words.starts[word]
        mark = text[at - 1 : at]
        if at == words.starts[first] or not (mark == "、" or (after == "、" and mark in {"", "，", "：", "。"})):
            return None
        span = range(word, first)
        if words.starts[first] - at < 2 or words.forms[word] in self.lexis.classing:
            return None
        long = [i for i in span if len(words.forms[i]) > 1]
        if any(not self._inner(words, i) and (words.tags[i] != "t" or words.forms[i] in self.lexis.hard) for i in long):
            return None
        if words.forms[word] in self.lexis.doings or any(self._bars(words, i, first=i == word) for i in span):
            return None
        strange = any(len(words.forms[i]) == 1 for i in span) or self.own(words, at, words.starts[first])
        among = mark == "、" and after in {"、", "等"} and suffix.text in self.lexis.schools
        return at if strange or (among and text[at : words.starts[first]] not in self.lexis.kinds) else None

    def _bars(self, words: Words, word: int, *, first: bool) -> bool:
        """Tell whether a single character is grammar, which no item that is a name holds; 同 and 和 may open one."""
        form = words.forms[word]
        if first and form in OPENING:
            return False
        return form in COUNTERS or (form in self.lexis.hard and words.tags[word] in BARS | {"d", "v", "tg"})

    def _inner(self, words: Words, word: int) -> bool:
        """Tell whether a word may stand inside a body's name: a noun, a number of its own, a verb that names hold."""
        form, tag = words.forms[word], words.tags[word]
        if form in self.lexis.inner:
            return True
        if form[0] in "和与" and form in self.lexis.known:
            return False
        if not is_han(form[0]) or tag in BARS or form in self.lexis.hard or form in self.lexis.lead:
            return False
        if tag in {"d", "z", "f"}:
            return False
        if tag == "v" or (tag in {"m", "t"} and not form.startswith("第")):
            return form not in self.lexis.frequent and len(form) == 2 and tag != "m"
        return tag != "q" and form not in self.lexis.roles

    def _filled(self, words: Words, first: int, start: int, suffix: Suffix) -> bool:
        """Tell whether what stands between an anchor and the suffix says which body it is."""
        gap = words.text[words.starts[first] : start]
        span = range(first, words.word_over(start))
        told = [words.forms[i] for i in span if words.forms[i] not in self.lexis.kinds] if span else [gap]
        if gap.lstrip("省市县区") in self.lexis.kinds or words.forms[first] in self.lexis.doing:
            return False
        if suffix.text == "中心" and words.text[start - 1] in LEVELS:
            return False
        if len(gap) < 2 or not told or words.text[words.starts[first] : start] + suffix.text in self.lexis.ordinary:
            return False
        if suffix.shape == "hub" or suffix.text in self.lexis.plain:
            return len(gap) > 3 and len(span) > 1
        return True
