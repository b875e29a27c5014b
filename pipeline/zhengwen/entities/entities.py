"""The stage itself: names proposed for every paragraph, and the page's entities collected from those taken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from zhengwen.entities.aliases import company_core, prefix_length
from zhengwen.entities.below import DivisionsBelow
from zhengwen.entities.book import BRACKET, Book, collect, leading
from zhengwen.entities.coined import CoinedPlaces
from zhengwen.entities.foreign import ForeignPeople
from zhengwen.entities.found import Found, longest
from zhengwen.entities.gazetteer import gazetteer
from zhengwen.entities.lexis import Known, Lexis
from zhengwen.entities.lists import ListReader
from zhengwen.entities.names import NameFinder
from zhengwen.entities.patterns import PatternFinder
from zhengwen.entities.people import PeopleFinder
from zhengwen.entities.said import SaidReader
from zhengwen.entities.told import ToldPeople
from zhengwen.entities.words import Words, full_width
from zhengwen.entities.wrought import WroughtReader
from zhengwen.lexicon import Lexicon
from zhengwen.rules import Rules
from zhengwen.stages import Candidate, Frame, Layout, NameMention, Paragraph

__all__ = ["Entities"]

Key = tuple[int, int]

NUMERAL = re.compile(r"[0-9一二三四五六七八九十百千万]")
PHASE = re.compile(r"[（(]?[一二三四]期[)）]?|项目$|工程$")
WORKS = re.compile(r"(?:项目|工程|技改|生产线)(?![部组办长区名经])")
OWNERS = frozenset({"names.again", "names.firm", "names.org", "names.field", "names.place_trade", "names.known"})
"""How companies are found, of which works can be named."""
TOLD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9.％%（）()]+")
UNTOLD = frozenset("p c r uj ul d y t".split())
"""Parts of speech that do not stand between a company and the word for its works."""
BODIES = frozenset("部委局厅院台会府署办社")
"""What bodies end with whose 工程 are programmes, no works."""
COUNTS = frozenset({"个", "两个", "条", "项", "座", "批"})
LEAST_TOLD, MOST_TOLD = 5, 24
"""How many characters stand from a company's name to the end of its works."""
GUESSED, NUMBERED, SURE = 30, 80, 96
"""Weights for the arbiter: without a numeral, with one, and a person (刘万里) against any idiom."""

_SUFFIX = (2, 3, 4)
"""How many characters the suffix of a work may have that a company's core ends in."""


class Entities:
    """Names of people, organisations, places, projects and documents (contract §3)."""

    def __init__(self, rules: Rules) -> None:
        from rjieba import Jieba

        self.lexis = Lexis(rules, gazetteer())
        self.tag = Jieba().tag
        self.coined = CoinedPlaces(rules, self.lexis)
        self.below = DivisionsBelow(self.lexis)
        self.names = NameFinder(self.lexis)
        self.people = PeopleFinder(rules, self.lexis)
        self.foreign = ForeignPeople(rules, self.lexis)
        self.told = ToldPeople(rules, self.lexis)
        self.patterns = PatternFinder(rules, self.lexis)
        self.lists = ListReader(rules, self.lexis, self.names)
        self.said = SaidReader(rules, self.lexis)
        self.wrought = WroughtReader(rules, self.lexis)

    def propose(self, layout: Layout) -> dict[Key, list[Candidate]]:
        """Return the names of every paragraph, by (index of article, index of paragraph).

        Furniture of the whole page has the article index -1.
        """
        found: dict[Key, list[Found]] = {}
        texts = paragraphs(layout)
        words = {k: Words(full_width(p.view.text), self.tag) for k, p in texts.items()}
        forms = self.below.learn(words.values()) | self.coined.learn(words.values(), layout.page.meta.place)
        coined = Lexicon(forms.items()) if forms else None
        for members in _by_article(texts):
            role: str | None = None
            for key in members:
                role = self._roster(texts[key].view.text, role)
                found[key] = self._paragraph(words[key], role, coined)
        self._told(words, found)
        self._cut(texts, found)
        self._sure(texts, found)
        self._again(texts, found)
        self._owned(words, found)
        return {k: [self._candidate(texts[k].view.text, f) for f in names] for k, names in found.items() if names}

    def collect(self, layout: Layout, taken: Mapping[Key, Sequence[Candidate]], frames: Sequence[Frame]) -> Book:
        """Return the page's entities from the names that the arbiter took."""
        return collect(layout, paragraphs(layout), taken, frames, self.lexis)

    def _roster(self, text: str, role: str | None) -> str | None:
        """Return the role of the list of people that this line opens or goes on with."""
        opened = self.people.roster_of(text) if "：" in text or ":" in text else None
        if opened:
            return opened
        return role if role and len(text) < 40 and self.people.listed(text, role) else None

    def _paragraph(self, words: Words, role: str | None, coined: Lexicon[Known] | None) -> list[Found]:
        text = words.text
        names = self.names.find(words, coined)
        found = names + list(self.patterns.find(words))
        people = self.people.find(words)
        found = [f for f in found if f.shape != "works" or not _tells(f, people)] + people
        if role:
            listed = self.people.listed(text, role)
            found += [listed] if listed else []
        if "、" in text:
            found += self.lists.read(words, names)
        found += self.said.read(words, names)
        found += self.wrought.read(words, found)
        return _whole(longest(_preferred(found)))

    def _told(self, words: Mapping[Key, Words], found: dict[Key, list[Found]]) -> None:
        """Add the people whom the page tells about without a role beside their name, and those written by sound."""
        keys = list(words)
        page = [words[k] for k in keys]
        for finder in (self.foreign, self.told):
            taken = [[f for f in found[k] if f.certain] for k in keys]
            for key, more in zip(keys, finder.find(page, taken), strict=True):
                spans = {(f.start, f.end) for f in more}
                if more:
                    found[key] = longest([*more, *(f for f in found[key] if (f.start, f.end) not in spans)])

    def _cut(self, texts: Mapping[Key, Paragraph], found: dict[Key, list[Found]]) -> None:
        """Cut a person's name by its last character when the page has it more often without (王杰|出舱)."""
        people = [
            texts[k].view.text[f.start : f.end]
            for k, fs in found.items()
            for f in fs
            if f.type == "person" and f.end - f.start in {2, 3}
        ]
        counts = Counter(people)
        longer = {n for n in counts if len(n) == 3 and counts[n[:2]] > counts[n]}
        for key, names in found.items() if longer else ():
            text = texts[key].view.text
            found[key] = [replace(f, end=f.end - 1) if text[f.start : f.end] in longer else f for f in names]

    def _sure(self, texts: Mapping[Key, Paragraph], found: dict[Key, list[Found]]) -> None:
        """Keep the certain names, and those that a certain one of the page ends with (腾云产业园 / 产业园二期)."""
        sure = {texts[k].view.text[f.start : f.end] for k, fs in found.items() for f in fs if f.certain}
        tails = {t[i:] for t in sure for i in range(1, min(len(t) - 3, 12))}

        def kept(key: Key, name: Found) -> bool:
            if name.certain:
                return True
            form = PHASE.sub("", texts[key].view.text[name.start : name.end])
            return len(form) > 3 and (form in tails or form in sure)

        for key, names in found.items():
            found[key] = [f if f.certain else replace(f, certain=True) for f in names if kept(key, f)]

    def _again(self, texts: Mapping[Key, Paragraph], found: dict[Key, list[Found]]) -> None:
        """Find the certain people, the short forms of companies and defined short names wherever else they stand."""
        known = self._repeated(texts, found)
        if not known:
            return
        matcher = Lexicon(known.items())
        for key, paragraph in texts.items():
            text = paragraph.view.text
            kept = [f for f in found.get(key, ()) if known.get(text[f.start : f.end], f.type) == f.type]
            more = [Found(h.start, h.end, h.entry, "names.again") for h in matcher.longest(text)]
            found[key] = _merged(kept, more) if more else kept

    def _owned(self, words: Mapping[Key, Words], found: dict[Key, list[Found]]) -> None:
        """Add the works that the name of a company begins, with what they are (某某稀土|精矿前处理|项目)."""
        for key, page in words.items():
            ends = [m.end() for m in WORKS.finditer(page.text)]
            names = [f for f in found.get(key, ()) if f.type == "organisation" and f.rule in OWNERS]
            owners = [f for f in names if page.text[f.end - 1] not in BODIES]
            more = [w for e in ends for f in owners if (w := self._work(page, f, e, found[key]))]
            if more:
                found[key] = _merged(found[key], more)

    def _work(self, words: Words, owner: Found, end: int, names: Sequence[Found]) -> Found | None:
        """Return the works that end at `end` and that `owner` begins, None when more than nouns stands between."""
        gap = words.text[owner.end : end]
        if not MOST_TOLD >= len(gap) > LEAST_TOLD or not words.whole(owner.end, end) or not TOLD.fullmatch(gap):
            return None
        span = range(words.starting[owner.end], words.starting[end])
        lexis = self.lexis
        if any(words.forms[i] in lexis.grammar or words.tags[i] in UNTOLD for i in span):
            return None
        first = words.forms[span[0]]
        people = any(f.start < end and f.end > owner.end and f.type == "person" for f in names)
        counted = any(words.forms[i] in COUNTS or words.forms[i] in lexis.roles for i in span)
        if people or counted or first in lexis.lead or words.tags[span[0]] == "v":
            return None
        before = next((f for f in names if f.end == owner.start and f.type == "place"), None)
        start = before.start if before is not None and owner.rule == "names.again" else owner.start
        return Found(start, end, "project", "names.owned", shape="works")

    def _repeated(self, texts: Mapping[Key, Paragraph], found: Mapping[Key, list[Found]]) -> dict[str, str]:
        """Return the forms to look for again, with their types."""
        again: dict[str, str] = {}
        for key, names in found.items():
            text = texts[key].view.text
            for name in names:
                form = text[name.start : name.end]
                if name.type == "person" and len(form) > 1 and " " not in form and "\u3000" not in form:
                    again[form] = "person"
                    last = re.split("[·•・]", form)[-1]
                    if last != form and len(last) > 2:
                        again[last] = "person"
                elif name.type == "organisation" and form.endswith("公司"):
                    again |= dict.fromkeys(self._company_forms(form), "organisation")
                defined = BRACKET.match(text, name.end) if name.end < len(text) and text[name.end] in "（(" else None
                if defined:
                    again[defined["name"]] = name.type
        return again

    def _company_forms(self, name: str) -> list[str]:
        """Return the short forms under which a company may stand again: its core, alone or before 公司."""
        prefix = prefix_length(name, self.lexis)
        core = company_core(name, prefix)
        if len(core) < 2 or core in self.lexis.known or core in self.lexis.ordinary or core in self.lexis.lead:
            return []
        suffixes = self.lexis.suffixes
        ends = (core[-n:] for n in _SUFFIX if core[-n:] in suffixes)
        work = any(suffixes[end].type == "project" for end in ends)  # 云溪产业园 is not 云溪产业园有限公司
        alone = [core] if len(core) > 2 and not work else []
        return [core + "公司", core + "集团", *alone]

    def _candidate(self, text: str, found: Found) -> Candidate:
        """Return a name as a candidate; a division with a numeral is heavier than an idiom (四川, 十堰市公安局)."""
        form = text[found.start : found.end]
        firm = found.rule not in {"lists.like"} and (NUMERAL.search(form) or found.type == "document")
        sure = found.type == "person" or (firm and NUMERAL.search(form[: leading(form, self.lexis)]))
        weight = (SURE if sure else NUMBERED) if firm else GUESSED
        mention = NameMention("".join(form.split()) if found.type != "person" else form, found.type, found.role)
        return Candidate(found.start, found.end, "name", found.rule, weight, mention)


def paragraphs(layout: Layout) -> dict[Key, Paragraph]:
    """Return every paragraph of a page by its key, those of the page's furniture under the article index -1."""
    keyed = {(-1, i): p for i, p in enumerate(layout.furniture)}
    for index, article in enumerate(layout.articles):
        keyed |= {(index, i): p for i, p in enumerate(article.paragraphs)}
    return keyed


def _merged(kept: list[Found], more: list[Found]) -> list[Found]:
    """Return both by position; where they overlap the longer stays, of two equals the first found."""
    result: list[Found] = []
    for name in sorted([*kept, *more], key=lambda f: (f.start, f.start - f.end)):
        if result and name.start < result[-1].end:
            if name.end - name.start > result[-1].end - result[-1].start:
                result[-1] = name
        else:
            result.append(name)
    return result


def _by_article(texts: Iterable[Key]) -> list[list[Key]]:
    groups: dict[int, list[Key]] = {}
    for key in texts:
        groups.setdefault(key[0], []).append(key)
    return list(groups.values())


def _whole(names: list[Found]) -> list[Found]:
    """Return the names, an organisation joined with its part that stands right behind it (某某医院|口腔院区)."""
    result: list[Found] = []
    for name in names:
        last = result[-1] if result else None
        part = name.type == "organisation" and not name.certain and name.shape in {"org", "hub"}
        if last and last.end == name.start and last.certain and last.type == "organisation" and part:
            result[-1] = replace(last, end=name.end)
        else:
            result.append(name)
    return result


def _tells(works: Found, people: Sequence[Found]) -> bool:
    """Tell whether somebody in office stands inside what was found for works (书记|某某|宣布|项目)."""
    return any(p.rule == "people.office" and works.start <= p.start and p.end < works.end for p in people)


def _preferred(found: list[Found]) -> list[Found]:
    """Return the names without those that a later reading of the same span replaces (a list's type, a person)."""
    best: dict[tuple[int, int], Found] = {}
    for name in found:
        at = (name.start, name.end)
        if (
            at not in best
            or (name.certain and not best[at].certain)
            or name.type == "person"
            or name.shape == "retyped"
        ):
            best[at] = name
    return list(best.values())
