"""People whom a page tells about without a role beside their name: 陈小萌一次次挑战, 王勇、李东峰等参加会见.

A surname and one or two characters that the segmenter knows no word for may be a name. What such a form looks like,
what stands on its sides and how often the page has it are counted; only the sum makes a name, for all of its places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from zhengwen.entities.found import Found
from zhengwen.entities.lexis import Lexis
from zhengwen.entities.words import NAME_TAGS, Words, is_han
from zhengwen.fixed import fixed
from zhengwen.rules import Rules

__all__ = ["ToldPeople"]

GIVEN_WORDS = frozenset({"n", "a", "nr", "nrt", "nrfg", "ns", "nz", "vn", "an", "t", "b", "z", "ad"})
"""Parts of speech that the two characters of a given name may happen to be a word of (陈艺文, 王东峰)."""
ACTING = frozenset({"v", "d", "p", "c", "vn", "ad", "vd"})
LEADING = frozenset({"p", "c", "v", "d", "ad"})
SETTLED = frozenset("村镇乡路庄屯家氏某县市区州河江湖山桥店营堡寨沟坪湾")
"""Behind a surname and a character these make the name of a place or of a clan."""
PLACED = SETTLED - frozenset("家")
"""The same behind a surname and two characters (来到陈小萌家)."""
ROUNDS = 2
"""Looks over a page: who was found in the first tells who stands in one list with him."""
LISTING = frozenset("、/")
NATURE = frozenset("峰山江海洋岭川泉")
"""What a given name may end with as well as a mountain or a river (王东峰)."""
ENOUGH, ENOUGH_SHORT, ENOUGH_ODD = 4, 5, 6
"""Points that a name of three characters needs, one of two, and one with a character that is seldom in names."""


@fixed
class Sight:
    """One place where a form stands: its borders and the points that its sides give."""

    key: int
    start: int
    end: int
    points: int


@fixed
class Beside:
    """Where the people of a paragraph and the forms that may be some begin and end: members of one list."""

    people: frozenset[int]
    people_end: frozenset[int]
    spans: frozenset[int]
    spans_end: frozenset[int]


class ToldPeople:
    """Finds personal names by the evidence of a whole page."""

    def __init__(self, rules: Rules, lexis: Lexis) -> None:
        self.lexis = lexis
        patterns = {r.id: r.regex for r in rules.of("entities/people")}
        self.next, self.previous = patterns["people.next"], patterns["people.previous"]
        self.given = {r["character"]: 2 if r["kind"] == "clear" else 1 for r in rules.table("given_names")}
        words = [(r["word"], r["kind"]) for r in rules.table("person_words")]
        self.behind = frozenset(w for w, k in words if k.startswith("behind"))
        self.speech = frozenset(w for w, k in words if k == "speech")

    def find(self, words: Sequence[Words], taken: Sequence[Sequence[Found]]) -> list[list[Found]]:
        """Return the names of each paragraph that its page gives enough evidence for, none inside a taken one."""
        found: list[list[Found]] = [[] for _ in words]
        seen: set[tuple[int, int, int]] = set()
        for _ in range(ROUNDS):
            known = [[*old, *new] for old, new in zip(taken, found, strict=True)]
            more = self._round(words, known)
            more = [(k, f) for k, f in more if (k, f.start, f.end) not in seen]
            if not more:
                break
            seen |= {(k, f.start, f.end) for k, f in more}
            for key, name in more:
                found[key].append(name)
        return found

    def _round(self, words: Sequence[Words], taken: Sequence[Sequence[Found]]) -> list[tuple[int, Found]]:
        """Return what one look over the page finds beside the names that are `taken`, by paragraph."""
        sights: dict[str, list[Sight]] = defaultdict(list)
        for key, (paragraph, names) in enumerate(zip(words, taken, strict=True)):
            for sight in self._sights(key, paragraph, names):
                sights[paragraph.text[sight.start : sight.end]].append(sight)
        beside = [(k, f) for k, w in enumerate(words) for f in self._members(w, taken[k])]
        good = [places for form, places in sights.items() if self._enough(form, places, sights)]
        told = [(s.key, Found(s.start, s.end, "person", "people.told")) for places in good for s in places]
        new = {(k, f.start, f.end) for k, f in told}
        return told + [(k, f) for k, f in beside if (k, f.start, f.end) not in new]

    def _members(self, words: Words, taken: Sequence[Found]) -> Iterator[Found]:
        """Yield who stands beside a person in a list, whatever words the characters of the name happen to be."""
        text = words.text
        if "、" not in text:
            return
        covered = {i for f in taken if not _weaker(text, f) for i in range(f.start, f.end)}
        for person in taken:
            if person.type != "person":
                continue
            match = self.next.match(text, person.end)
            while match and self._member(match["name"]) and match.start("name") not in covered:
                yield Found(*match.span("name"), "person", "people.beside")
                match = self.next.match(text, match.end("name"))
            head = max(0, person.start - 14)
            before = self.previous.search(text[head : person.start])
            if before and self._member(before["name"]) and head + before.start("name") not in covered:
                yield Found(head + before.start("name"), head + before.end("name"), "person", "people.beside")

    def _member(self, text: str) -> bool:
        """Tell whether a member of a list of people can be a person's name."""
        name, lexis = "".join(text.split()), self.lexis
        size = 2 if name[:2] in lexis.surnames and len(name) > 2 else 1
        if lexis.surnames.get(name[:size], "rare") == "rare" or not 0 < len(name) - size < 3:
            return False
        if name in lexis.known or name in lexis.ordinary or name in lexis.frequent or name in lexis.lead:
            return False
        return (
            not any(c in lexis.hard for c in name[size:]) and name[-2:] not in lexis.roles and name not in lexis.roles
        )

    def _enough(self, form: str, places: list[Sight], sights: dict[str, list[Sight]]) -> bool:
        shape = self._shape(form, places)
        if shape < 1:
            return False
        longer = max((len(v) for k, v in sights.items() if len(k) > len(form) and k.startswith(form)), default=0)
        shorter = sights.get(form[:-1], ()) if len(form) > 2 else ()
        if longer >= len(places) or (len(shorter) > len(places) and len(form) > 2):
            return False
        points = shape + max(s.points for s in places) + min(2, len(places) - 1)
        need = ENOUGH_SHORT if len(form) < 3 else ENOUGH if shape > 1 else ENOUGH_ODD
        return points >= need

    def _shape(self, form: str, places: list[Sight]) -> int:
        """Return how much a form looks like a name: by its given characters and by how common its surname is."""
        size = 2 if form[:2] in self.lexis.surnames and len(form) > 2 else 1
        given = [self.given.get(c, 0) for c in form[size:]]
        kind = self.lexis.surnames[form[:size]]
        points = sum(given) if all(given) else min(1, sum(given))
        if form[0] in self.lexis.hard:
            points -= 2
        return min(3, points) + {"rare": -1, "double": 1}.get(kind, 0)

    def _sights(self, key: int, words: Words, taken: Sequence[Found]) -> Iterator[Sight]:
        covered = {i for f in taken if not _weaker(words.text, f) for i in range(f.start, f.end)}
        people = [f for f in taken if f.type == "person"]
        spans = list(self._spans(words, covered))
        beside = Beside(
            frozenset(f.start for f in people),
            frozenset(f.end for f in people),
            frozenset(at for at, _ in spans),
            frozenset(end for _, end in spans),
        )
        for at, end in spans:
            points = self._left(words, words.starting[at], beside) + self._right(words, end, beside)
            yield Sight(key, at, end, points)

    def _spans(self, words: Words, covered: set[int]) -> Iterator[tuple[int, int]]:
        """Yield every stretch of words that could be a name."""
        text, lexis = words.text, self.lexis
        surnames, starts = lexis.surnames, words.starts
        for word in [i for i, form in enumerate(words.forms) if form[0] in surnames]:
            at = starts[word]
            if at in covered or (words.tags[word] in {"ns", "nt"} and len(words.forms[word]) > 1):
                continue
            ends = [e for e in self._ends(words, word) if covered.isdisjoint(range(at, e)) and self._free(words, at, e)]
            if len(ends) == 2 and text[ends[0]] in lexis.hard:
                ends.remove(max(ends))
            for end in ends:
                yield at, end

    def _ends(self, words: Words, word: int) -> list[int]:
        """Return where a name that begins with this word may end: behind two or three characters, at a word's end."""
        at, ends = words.starts[word], []
        size = 2 if words.text[at : at + 2] in self.lexis.surnames else 1
        for i in range(word, min(word + 4, len(words.forms))):
            form, end = words.forms[i], words.starts[i + 1]
            if end - at > size + 2:
                break
            if len(form) == 1:
                if not is_han(form):
                    break
            elif i > word:
                if words.tags[i] not in GIVEN_WORDS or self._ordinary(form) or not all(map(is_han, form)):
                    break
            elif (words.tags[i] not in NAME_TAGS and form not in self.lexis.surnames) or not all(map(is_han, form)):
                break
            if end - at > size:
                ends.append(end)
        return ends

    def _ordinary(self, form: str) -> bool:
        """Tell whether a word is too common to be a given name by chance."""
        return form in self.lexis.frequent or form in self.lexis.lead or form in self.lexis.roles

    def _free(self, words: Words, at: int, end: int) -> bool:
        """Tell whether `at:end` is no word or known name of another kind, and does not go on."""
        name, lexis = words.text[at:end], self.lexis
        first = words.starting[at]
        whole = words.tags[first] == "nr" and words.forms[first] == name and len(name) > 2
        if (
            (name in lexis.frequent and not whole)
            or name in lexis.ordinary
            or name in lexis.lead
            or name in lexis.known
        ):
            return False
        if name[1:] in lexis.roles or name in lexis.roles:
            return False
        if words.text[end : end + 1] in (SETTLED if len(name) < 3 else PLACED):
            return False
        if len(name) > 2 and not whole and any(self._ordinary(p) or p in lexis.known for p in (name[1:], name[:2])):
            return False
        if name[0] in lexis.hard and words.tags[words.starting[at]] != "nr":
            return False
        if name[-1] == name[0] or "·" in words.text[end + 1 : end + 4] or words.text[end : end + 1] == "·":
            return False
        return words.tags[words.word_over(at)] != "nrt" and not any(c in "的了们是" for c in name)

    def _left(self, words: Words, word: int, beside: Beside) -> int:
        """Return the points of what stands before a name."""
        at = words.starts[word]
        if at in beside.people_end:
            return -2
        if at and words.text[at - 1] in LISTING and (at - 1 in beside.people_end or at - 1 in beside.spans_end):
            return 3 if at - 1 in beside.people_end else 2
        if word == 0 or not is_han(words.text[at - 1]):
            return 1
        form, tag = words.forms[word - 1], words.tags[word - 1]
        if form in self.lexis.roles:
            return 2
        if tag in LEADING or form in self.lexis.hard:
            return 1
        return 0 if len(form) > 1 else -1

    def _right(self, words: Words, end: int, beside: Beside) -> int:
        """Return the points of what stands behind a name."""
        text = words.text
        if text[end : end + 1] in LISTING and (end + 1 in beside.people or end + 1 in beside.spans):
            return 3 if end + 1 in beside.people else 2
        if text[end : end + 2] in {"，他", "，她"}:
            return 2
        if end == len(text) or not is_han(text[end]):
            return 0
        word = words.starting[end]
        form, tag = words.forms[word], words.tags[word]
        if any(text[end : end + n] in self.behind for n in (2, 3, 4)):
            return 3
        if form in self.speech:
            return 2
        if tag in ACTING or form in self.lexis.hard or form in self.lexis.follow:
            return 1
        return 0 if len(form) > 1 else -1


def _weaker(text: str, name: Found) -> bool:
    """Tell whether a name found may be a person's all the same: a mountain's, or what stands in a list with one."""
    if name.end - name.start > 3:
        return False
    return name.rule == "lists.like" or (name.rule == "names.geo" and text[name.end - 1] in NATURE)
