"""Works told by what they are done to: a named water, road, park or school, what is done, and 工程 or 项目.

Reading to the right of a name that is already sure (龙泉河|干流|防洪治理|工程, 黄河|下游|引黄涵闸|改建|工程) needs no
rare word: the nouns between are what is worked on, the last of them the work.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhengwen.entities.found import Found
from zhengwen.entities.lexis import Lexis
from zhengwen.entities.words import Words, is_han
from zhengwen.rules import Rules

__all__ = ["WroughtReader"]

BASES = frozenset({"nature", "way", "site", "spot", "works", "pattern", "list"})
SEATS = frozenset({"division", "village"})
TOWNS = frozenset("镇乡村道区")
"""What the townships, villages and communities end with on which named works are done."""
LEAST = 6
"""The least that is told of works at a township or a village before the word for them."""
WATERS = frozenset("江河湖渠")
"""What the listed name of a water ends with (长江, 淮河)."""
ENDED = ("项目", "工程")
"""A name that ends so is already one of works."""
BARS = frozenset({"p", "c", "r", "u", "uj", "ul", "t", "y", "x", "m"})
"""Parts of speech of which nothing between a name and the word for its works is."""
JOINING = frozenset("和及与")
"""What joins two works of one name (改造|及|提升)."""
MOST = 22
"""The most characters between a name and the end of its works."""


class WroughtReader:
    """Finds works behind the sure name of what they are done to."""

    def __init__(self, rules: Rules, lexis: Lexis) -> None:
        self.lexis = lexis
        patterns = {r.id: r.regex for r in rules.of("entities/wrought")}
        self.end = patterns["wrought.end"]
        self.part = patterns["wrought.part"]
        self.bare = patterns["wrought.bare"]

    def read(self, words: Words, found: Sequence[Found]) -> Iterator[Found]:
        """Yield the works of a paragraph that begin with one of its sure names, the longest of each end."""
        bases = [f for f in found if f.certain and self._base(words.text, f)]
        if not bases:
            return
        yield from self._schools(words, bases)
        for match in self.end.finditer(words.text):
            what = match.start("what")
            near = [f for f in bases if f.end <= what and what - f.end <= MOST]
            for base in near:
                far = base.shape not in SEATS or (what - base.end >= LEAST and self._free(words, base))
                if far and self._done(words, base, what):
                    yield Found(base.start, match.end(), "project", "names.wrought", shape="works")
                    break

    def _base(self, text: str, name: Found) -> bool:
        """Tell whether work can be done to what a name names, and it is not the work itself."""
        form = text[name.start : name.end]
        if form.endswith(ENDED) or name.end - name.start < 2:
            return False
        if name.type == "organisation":
            return self._school(form)
        water = name.type == "place" and name.shape == "known" and form[-1] in WATERS
        seat = name.type == "place" and name.shape in SEATS and form[-1] in TOWNS
        return water or seat or (name.type in {"place", "project"} and name.shape in BASES)

    def _free(self, words: Words, base: Found) -> bool:
        """Tell whether a township or a village begins its clause, or stands behind a verb or a word of grammar."""
        word = words.starting.get(base.start)
        if not word:
            return word == 0
        before = words.forms[word - 1]
        return not is_han(before[-1]) or words.tags[word - 1] == "v" or before in self.lexis.hard

    def _school(self, form: str) -> bool:
        """Tell whether a body is a school or a hospital, which is built on."""
        return any(form.endswith(s) for s in self.lexis.schools)

    def _schools(self, words: Words, bases: Sequence[Found]) -> Iterator[Found]:
        """Yield the works on schools that a list names by the work alone (青石小学扩建、白石中学重建等项目)."""
        for base in bases:
            match = self.bare.match(words.text, base.end) if base.type == "organisation" else None
            if match:
                yield Found(base.start, match.end("done"), "project", "names.wrought", shape="works")

    def _done(self, words: Words, base: Found, what: int) -> bool:
        """Tell whether only nouns and work stand between a name and the word for its works, work last."""
        text, gap = words.text, words.text[base.end : what]
        if not gap:
            return False
        if base.end not in words.starting or not all(map(is_han, gap)) or not self.part.search(text, base.end, what):
            return False
        last = words.word_over(what - 1)
        for i in range(words.starting[base.end], last + 1):
            form, tag = words.forms[i], words.tags[i]
            work = form in self.lexis.labours or form in self.lexis.along or form in self.lexis.doings
            work = work or self.part.fullmatch(form) is not None
            joined = form in JOINING and base.end < words.starts[i] and words.starts[i + 1] < what
            if work or joined:
                continue
            if tag in BARS or form in self.lexis.grammar or form in self.lexis.barred - self.lexis.along:
                return False
        return True
