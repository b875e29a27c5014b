"""Divisions that no list knows (a renamed county, an old prefecture), learned from the page that names them.

An unknown name before 省, 市, 县 or 区 is one when its left border is clear: the clause begins there, or behind a word
of grammar, a date or a known place. Once seen clearly it is known on the whole page, and so is its short form; that
tells where 某某省统计局 begins although the segmenter cuts the name to pieces.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from zhengwen.entities.lexis import Known, Lexis
from zhengwen.entities.words import NAME_TAGS, STOP_TAGS, Words, is_han
from zhengwen.rules import Rules

__all__ = ["CoinedPlaces"]

LONGEST = 3
"""The most characters of an unknown division's name before its level word."""


@dataclass(slots=True)
class Evidence:
    """What a page says for one name."""

    clear: int = 0
    """How often it stands with a clear left border."""
    odd: bool = True
    """Whether the segmenter does not know it as a word."""
    levels: Counter[str] = field(default_factory=Counter)


class CoinedPlaces:
    """Learns the unknown divisions of a page."""

    def __init__(self, rules: Rules, lexis: Lexis) -> None:
        patterns = {r.id: r.sought for r in rules.of("entities/coined")}
        self.level = patterns["coined.level"]
        self.seat = patterns["coined.seat"]
        self.lexis = lexis

    def learn(self, page: Iterable[Words], given: str = "") -> dict[str, Known]:
        """Return the forms that name a division on this page and on no list; `given` is the metadata's place."""
        paragraphs = list(page)
        seen: dict[str, Evidence] = {}
        for words in paragraphs:
            for match in self.level.finditer(words.text):
                self._note(words, match.start(), match.end(), match.group(), seen)
            for match in self.seat.finditer(words.text):
                self._note(words, match.start(), match.start(), "", seen)
        if not seen:
            return {}
        text = "\n".join(w.text for w in paragraphs)
        return dict(self._forms(seen, text))

    def _forms(self, seen: dict[str, Evidence], text: str) -> Iterable[tuple[str, Known]]:
        for core, evidence in seen.items():
            levels = [x for x in evidence.levels if x]
            count = text.count(core)
            if not self._sure(core, evidence, count):
                continue
            for level in levels:
                yield core + level, Known("place", core + level, division=True)
            longer = sum(evidence.levels.values()) - evidence.levels[""]
            vague = bool(levels) and all(x in "区旗" for x in levels)
            if evidence.odd and not vague and core not in self.lexis.common and count > longer:
                yield core, Known("place", core, division=True, short=True)

    def _sure(self, core: str, evidence: Evidence, count: int) -> bool:
        """Tell whether a name was seen well enough: an odd one once, one made of soft characters or words twice."""
        if not evidence.clear:
            return False
        lexis = self.lexis
        soft = any(c in lexis.hard or (c in lexis.soft and c not in lexis.edge) or c in lexis.plural for c in core)
        strong = any(x and x not in {"区", "旗"} for x in evidence.levels)
        return evidence.odd and (count > 1 or (strong and not soft))

    def _note(self, words: Words, start: int, end: int, level: str, seen: dict[str, Evidence]) -> None:
        """Note a name before the level word at `start:end` when it is unknown."""
        core = self._core(words, start, end)
        if core is None:
            return
        at, clear, odd = core
        text = words.text[at:start]
        if text + level in self.lexis.known or text + level in self.lexis.ordinary or text in self.lexis.known:
            return
        tails = [(text + level)[i:] for i in range(1, len(text + level) - 1)]
        if any(t in self.lexis.suffixes or t in self.lexis.frequent or t in self.lexis.ordinary for t in tails):
            return
        led = words.tags[words.word_over(at)] in {"v", "p", "d"} or text.startswith("中国")
        if any((led or len(t) > 2) and t in self.lexis.known and self.lexis.known[t].division for t in tails):
            return
        if text[0] in self.lexis.counters or (words.tags[words.word_over(start - 1)] == "v" and level == "区"):
            return
        if (text + level) in self.lexis.places.townships or text in self.lexis.lead or text in self.lexis.ordinary:
            return
        evidence = seen.setdefault(text, Evidence())
        evidence.clear += clear
        evidence.odd &= odd
        evidence.levels[level] += 1

    def _core(self, words: Words, start: int, end: int) -> tuple[int, bool, bool] | None:
        """Return where the name before `start` begins, whether its border is clear, and whether it is no word."""
        if not start:
            return None
        word = words.word_over(start) if start < end else words.word_over(start - 1)
        cut = words.starts[word] < start if start < end else words.starts[word + 1] > start
        if start < end:
            if words.starts[word + 1] > end or (cut and self._usual(words, word)):
                return None
            word -= not cut
        singles, at, first = True, start, cut
        while word >= 0:
            form, tag = words.forms[word], words.tags[word]
            if self._border(words, word, first=first or at < start) and not self._verbal(words, word, start - at):
                break
            if len(form) > 1 and not (first and cut):
                known = form in self.lexis.known or form in self.lexis.frequent
                singles = singles and tag in NAME_TAGS and not known
            at, first = words.starts[word], False
            if start - at > LONGEST:
                return None
            word -= 1
        if not 1 < start - at <= LONGEST:
            return None
        cut_odd = not cut or words.word_over(at) != words.word_over(start)
        return at, True, singles and cut_odd

    def _usual(self, words: Words, word: int) -> bool:
        """Tell whether a known division stands behind a word of several characters (美丽|常州)."""
        known = self.lexis.known
        division = words.forms[word] in known and known[words.forms[word]].division
        return division and word > 0 and len(words.forms[word - 1]) > 1

    def _verbal(self, words: Words, word: int, size: int) -> bool:
        """Tell whether a single verb or preposition may open a name after all (望, 临): first in its clause."""
        form = words.forms[word]
        if size != 1 or len(form) != 1 or words.tags[word] != "v":
            return False
        before = words.forms[word - 1] if word else "，"
        return not is_han(before[-1]) or (len(before) > 1 and before in self.lexis.hard) or before in "是在从据"

    def _border(self, words: Words, word: int, *, first: bool) -> bool:
        """Tell whether a name cannot take in this word."""
        form, tag = words.forms[word], words.tags[word]
        lexis = self.lexis
        if not is_han(form[-1]) or form in lexis.hard or form in lexis.lead or form in lexis.roles:
            return True
        if form in lexis.known and lexis.known[form].division:
            return not first
        if len(form) == 1:
            return tag in {"m", "p", "c", "r", "uj", "ul"} or form in "省市县区州"
        return tag in STOP_TAGS or tag in {"v", "d", "f", "z", "nt"} or (tag[0] in "n" and form in lexis.frequent)
