"""Foreign names, and those of China's peoples, that are written by sound: 总统法耶, 维什瑙12日表示, 迪萨纳亚克总统.

The segmenter cuts such a name into single characters and chance words. A run of them of which every character is one
that writes foreign sounds is a name where an office or a title stands beside it, or where it speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhengwen.entities.found import Found
from zhengwen.entities.lexis import Lexis
from zhengwen.entities.people import ACTS
from zhengwen.entities.words import NAME_TAGS, Words, is_han
from zhengwen.rules import Rules

__all__ = ["ForeignPeople"]

REGNAL = re.compile(r"[一二三四五六七八九十]世")
WHEN = re.compile(r"(?:\d{1,2}月)?(?:\d{1,2}日)?(?:当地时间)?(?:当天|今天|昨天|近日|日前|随后|同时|还|也|再次|则)?")
SIDE = "方"
"""Behind a country's short name the side of a conflict (乌方), no name of two characters."""
HYPHENS = frozenset("-－")
LIGHT = frozenset("因于且可都让以为则便对将与和同等并已及就")
"""Characters that write sounds inside a name, and are grammar at its edge."""
OFFICE, TITLE, SPEECH, OPENING = 3, 3, 2, 1
ENOUGH = 3
"""Points that a name needs; one more of two characters."""


class ForeignPeople:
    """Finds names written by sound."""

    def __init__(self, rules: Rules, lexis: Lexis) -> None:
        self.lexis = lexis
        patterns = {r.id: r.regex for r in rules.of("entities/people")}
        self.sounds = patterns["people.foreign_one"]
        self.stretch = patterns["people.foreign_stretch"]
        words = [(r["word"], r["kind"]) for r in rules.table("person_words")]
        self.speech = frozenset(w for w, k in words if k == "speech")
        self.titles = frozenset(w for w, k in words if k == "behind+foreign")

    def find(self, words: Sequence[Words], taken: Sequence[Sequence[Found]]) -> list[list[Found]]:
        """Return the names of each paragraph that what stands beside them tells, none inside a taken one."""
        found: list[list[Found]] = [[] for _ in words]
        for key, (paragraph, names) in enumerate(zip(words, taken, strict=True)):
            covered = {i for f in names if f.type != "person" for i in range(f.start, f.end)}
            for first, last in self._runs(paragraph, covered):
                name, points = self._sight(paragraph, first, last)
                if points >= ENOUGH:
                    found[key].append(name)
        return found

    def _sight(self, words: Words, first: int, last: int) -> tuple[Found, int]:
        """Return a run as a name, with the points that its sides give."""
        first = self._past_role(words, first, last)
        start, end = words.starts[first], words.starts[last + 1]
        office = self._office(words, start)
        points = (OFFICE if office else self._opening(words, first)) + self._right(words, end)
        surname = words.forms[first] in self.lexis.surnames and end - start < 4
        if (end - start == 2 and first < last and points < ENOUGH + 1) or (surname and not office):
            points = 0
        if end - start == 2 and words.text[end - 1] == SIDE:
            points = 0
        return Found(start, end, "person", "people.sounds", role=office), points

    def _past_role(self, words: Words, first: int, last: int) -> int:
        """Return the word with which a run begins behind a role that is written by sound too (埃米尔|塔米姆)."""
        start, end = words.starts[first], words.starts[last + 1]
        for size in (3, 2):
            word = words.starting.get(start + size)
            if word is not None and end - start - size > 1 and words.text[start : start + size] in self.lexis.roles:
                return word
        return first

    def _runs(self, words: Words, covered: set[int]) -> Iterator[tuple[int, int]]:
        """Yield the first and the last word of every run that is written by sound."""
        for stretch in self.stretch.finditer(words.text):
            first: int | None = None
            i = words.starting.get(stretch.start(), words.word_over(stretch.start()) + 1)
            while i < len(words.forms) and words.starts[i + 1] <= stretch.end():
                free = words.starts[i] not in covered or self._within(words, i)
                if free and self._sounds(words, i, first is not None):
                    first = i if first is None else first
                elif first is not None:
                    yield from self._trimmed(words, first, i - 1)
                    first = None
                i += 1
            if first is not None:
                yield from self._trimmed(words, first, i - 1)

    def _trimmed(self, words: Words, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield a run without the grammar at its edges, when more than one character is left."""
        while last > first and words.forms[last] in LIGHT | HYPHENS:
            last -= 1
        while first < last and words.forms[first] in LIGHT:
            first += 1
        if words.starts[last + 1] - words.starts[first] > 1:
            yield first, last

    def _sounds(self, words: Words, i: int, inside: bool) -> bool:
        form, tag = words.forms[i], words.tags[i]
        if inside and (REGNAL.fullmatch(form) or form in HYPHENS):
            return True
        if not self.sounds.fullmatch(form):
            return False
        if len(form) == 1:
            return form not in self.lexis.hard or (inside and form in LIGHT)
        if form in self.lexis.frequent and tag not in {"nr", "nrt"}:
            return False
        if tag == "n" and len(form) == 2 and form not in self.lexis.common:
            return form not in self.lexis.known and form not in self.lexis.ordinary
        known = form in self.lexis.known and not self._within(words, i)
        return tag in NAME_TAGS and not known and form not in self.lexis.ordinary

    def _within(self, words: Words, i: int) -> bool:
        """Tell whether a place's short name is but sounds of a longer name (斯|凯里|特)."""
        sides = (i - 1, i + 1)
        if len(words.forms[i]) > 2 or not all(0 <= s < len(words.forms) for s in sides):
            return False
        return all(len(words.forms[s]) == 1 and bool(self.sounds.fullmatch(words.forms[s])) for s in sides)

    def _office(self, words: Words, start: int) -> str:
        """Return the role that stands right before `start`, empty when none."""
        before = words.text[max(0, start - 8) : start]
        role = next((before[i:] for i in range(len(before) - 1) if before[i:] in self.lexis.roles), "")
        return "" if role in ACTS or (role and self.lexis.roles[role] == "press") else role

    def _opening(self, words: Words, first: int) -> int:
        """Return the points of a name's left side: free when it opens a clause or stands behind grammar."""
        at = words.starts[first]
        if at == 0 or not is_han(words.text[at - 1]):
            return OPENING
        form, tag = words.forms[first - 1], words.tags[first - 1]
        return 0 if form in self.lexis.hard or tag in {"v", "p", "c"} else -2

    def _right(self, words: Words, end: int) -> int:
        """Return the points of a name's right side."""
        text = words.text
        title = next((n for n in (3, 2) if text[end : end + n] in self.titles), 0)
        if title:
            after = words.starting.get(end + title)
            named = after is not None and after < len(words.forms) and self.sounds.fullmatch(words.forms[after])
            return -TITLE if named else TITLE
        when = WHEN.match(text, end)
        after = when.end() if when else end
        if any(text[after : after + n] in self.speech for n in (1, 2)):
            return SPEECH
        if end == len(text) or not is_han(text[end]):
            return 1
        word = words.starting[end]
        form, tag = words.forms[word], words.tags[word]
        if len(form) > 1 or form in self.lexis.hard or tag in {"v", "p", "d", "c"}:
            return 1
        return -3
