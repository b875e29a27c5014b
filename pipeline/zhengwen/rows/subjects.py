"""Whose figure it is: the names and scope words of the clause, else of the context around it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from zhengwen.entities import Book
from zhengwen.lexicon import Lexicon
from zhengwen.rows.clauses import Item, Text
from zhengwen.rows.drafts import Draft
from zhengwen.rows.nouns import Nouns
from zhengwen.rows.patterns import Patterns
from zhengwen.rules import Rules
from zhengwen.stages import ArticleText, Candidate, Frame, NameMention

__all__ = ["Subject", "Subjects"]

_PHASE = re.compile("[一二三四五]期")
_TOGETHER = ("共", "均", "合计", "累计", "总计", "平均", "分别", "实现", "完成", "实际")
"""After a counted noun these make the group the subject."""
_ENUMERATED = re.compile("(?:、[^，。；、：]{2,14}){1,8}等")
"""The rest of a list whose first name is known (玉泉狩猎场、长寿山、横道河子等景区)."""
_AROUND = 8
"""How much longer than a name a heading may be and still be about it."""
_DESCRIBING = frozenset({"money", "area", "length"})
_TYPES = ("place", "organisation", "project")


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject by its name, where it stands (span in the source) and what kind of thing it is."""

    name: str
    kind: str
    span: tuple[int, int] | None
    how: str


class Subjects:
    """The context stack of subjects for one article: article, section, paragraph, sentence."""

    def __init__(self, rules: Rules, nouns: Nouns) -> None:
        self._nouns = nouns
        self._scopes: Lexicon[str] = Lexicon((row["term"], row["kind"]) for row in rules.table("rows/scopes"))
        self._skips = Patterns(rules, "subjects")
        self._works = tuple(row["term"] for row in rules.table("rows/works"))
        self._topics = [r.regex for r in rules.of("rows/topics")]

    def start(self, article: ArticleText, texts: list[Text], frame: Frame, book: Book) -> None:
        """Begin an article: its own subject is what its headline names, else the place it stands for."""
        self._frame, self._book = frame, book
        self._place = Subject(frame.place, "place", None, "article") if frame.place else None
        self._main = self._headline(article, texts) or self._place or self._national(texts)
        self._section: Subject | None = None
        self._topic: Subject | None = None
        self._paragraph: Subject | None = None
        self._latest: dict[str, Subject] = {}
        self._since, self._at = -1, 0

    def paragraph(self, text: Text, label: str) -> None:
        """Enter a paragraph; a heading's name holds for its section."""
        self._paragraph = None
        self._since = -1
        self._topic = None if label == "heading" else self._headed(text)
        if label == "heading":
            named = self._all(text, 0, len(text.text)) or self._phase_of(text)
            plain = len(named) == 1 and len(text.text) <= len(named[0].name) + _AROUND
            self._section = named[0] if plain and named[0].kind != "place" else self._headed(text)
            if self._section:
                self._latest[self._section.kind] = self._section

    def _headed(self, text: Text) -> Subject | None:
        """Return the piece of work that an item or a heading begins with (2.中天钢铁精品钢项目（一期）。)."""
        for regex in self._topics:
            found = regex.match(text.text)
            if found:
                name, span = found["name"], text.view.span(*found.span("name"))
                return Subject(self._book.canonical(name) or name, "project", span, "section")
        return None

    def _phase_of(self, text: Text) -> list[Subject]:
        """Return the phase that a heading is about (园区二期加快建设)."""
        hits = [h for h in self._scopes.longest(text.text) if _PHASE.match(text.text, h.end)]
        found = [self._scope(h.term, h.entry, text, h.start, h.end) for h in hits]
        return [f for f in found if f is not None]

    def read(self, draft: Draft) -> None:
        """Fill the subject of a draft."""
        self._at = draft.text.full_sentence(draft.item.start)[0]
        subject = self._described(draft) or self._own(draft) or self._group(draft) or self._earlier(draft)
        if subject is None:
            subject = self._topic or self._running(draft) or self._section or self._main
        if subject is None:
            draft.because("subject", "neither clause nor article names one")
            return
        draft.subject, draft.subject_kind = subject.name, subject.kind
        draft.because("subject", f"subjects.{subject.how}")
        if subject.span is None or subject.how != "clause":
            draft.comes_from("subject", subject.how, subject.span)

    def _running(self, draft: Draft) -> Subject | None:
        """Return the subject that the paragraph runs under.

        A project, and a place in an article about a place, hold for their sentence only: what comes after without a
        subject is the article's again. (Measured: bodies and collective phrases do run on.)
        """
        running = self._paragraph
        if running is None or self._since == self._at:
            return running
        back = self._main is not None and self._main.kind == "place" and running.kind == "place"
        return None if back or running.kind == "project" else running

    def _own(self, draft: Draft) -> Subject | None:
        """Return the subject in the figure's own clause, before its predicate."""
        start, _ = draft.text.segment(draft.item.start)
        subject = self._first(draft.text, start, draft.predicate or draft.item.start)
        aside = draft.text.bracket(draft.item.start) is not None or _broken_down(draft)
        return self._keep(subject, "clause", inside=aside)

    def _described(self, draft: Draft) -> Subject | None:
        """Return the project whose description the figure ends (投资50亿元的甲项目)."""
        at = draft.end
        if draft.quantity.kind not in _DESCRIBING or not draft.text.text.startswith("的", at):
            return None
        names = draft.text.between(at, at + _AROUND + 24, "name")
        first = names[0] if names and names[0].start - at <= _AROUND else None
        if (
            first is None
            or first.name.type != "project"
            or any(c in draft.text.text[at : first.start] for c in "，。；")
        ):
            return None
        return self._named(draft.text, first)

    def _group(self, draft: Draft) -> Subject | None:
        """Return the group counted at the head of the clause (三个园区共纳税4000万元)."""
        start, _ = draft.text.segment(draft.item.start)
        counted = self._nouns.counted(draft.text, start, draft.predicate) if draft.measure != "threshold" else None
        if counted is None:
            return None
        figure, noun = counted
        if noun.text.endswith(self._works):
            return None  # 133个续建项目完成投资: the place's investment, in those projects
        if not draft.text.text[noun.end : draft.predicate].startswith(_TOGETHER):
            return None
        span = (figure.start, noun.end)
        return Subject(draft.text.text[slice(*span)], "group", draft.text.view.span(*span), "clause")

    def _earlier(self, draft: Draft) -> Subject | None:
        """Return the subject that leads the nearest earlier clause of the sentence."""
        first, _ = draft.text.full_sentence(draft.item.start)
        at = draft.text.segment(draft.item.start)[0] - 1
        bracket = draft.text.bracket(draft.item.start)
        while at > first:
            start, end = draft.text.segment(at)
            aside = draft.text.bracket(start)
            found = self._first(draft.text, start, end, leading=True) if aside in (None, bracket) else None
            if found:
                return self._keep(found, "sentence", inside=aside is not None)
            at = start - 1
        return None

    def _keep(self, subject: Subject | None, how: str, *, inside: bool) -> Subject | None:
        """Let a subject run on in its paragraph; one inside a bracket holds there only."""
        if subject is None:
            return None
        if not inside:
            self._paragraph, self._since = replace(subject, how="paragraph"), self._at
            if subject.kind in _TYPES:
                self._latest[subject.kind] = self._paragraph
        return replace(subject, how=how)

    def _first(self, text: Text, start: int, end: int, *, leading: bool = False) -> Subject | None:
        """Return the first name or scope word of `start:end` that can be a subject.

        Of an adjacent chain (江苏省南京市) the last; of a list (甲、乙和丙) the whole phrase.
        """
        candidates = self._candidates(text, start, end)
        if not candidates or (leading and not self._nouns.only_leads(text, start, candidates[0][0])):
            return None
        first, last, subject = candidates[0]
        begin = first
        for next_first, next_last, following in candidates[1:]:
            gap = text.text[last:next_first]
            if gap.strip("的　 “”") == "":
                begin, last, subject = (next_first, next_last, following)
            elif gap in ("、", "和", "与", "及") and following.kind == subject.kind:
                last = self._list_end(text, next_last, end)
                subject = Subject(text.text[begin:last], subject.kind, text.view.span(begin, last), "clause")
            else:
                break
        enumerated = _ENUMERATED.match(text.text, last, end)
        if enumerated and not text.between(last, enumerated.end(), "figure"):
            last = self._list_end(text, enumerated.end() - 1, end)
            subject = Subject(text.text[begin:last], "group", text.view.span(begin, last), "clause")
        return subject

    def _list_end(self, text: Text, last: int, end: int) -> int:
        """Return where a list of names ends, with the noun that 等 sums it up by (甲、乙等受灾地区保险机构)."""
        if not text.text.startswith("等", last):
            return last
        noun = self._nouns.after(text, last + 1, end)
        return noun.end if noun is not None and noun.start == last + 1 else last

    def _candidates(self, text: Text, start: int, end: int) -> list[tuple[int, int, Subject]]:
        found: list[tuple[int, int, Subject]] = []
        for item in text.between(start, end, "name"):
            if item.name.type in _TYPES and self._skips.first(text, item) is None:
                found.append((item.start, item.end, self._named(text, item)))
        for hit in self._scopes.longest(text.text[start:end]):
            first, last = start + hit.start, start + hit.end
            if any(i.start < last and first < i.end for i in text.between(max(0, start - 30), end)):
                continue
            if hit.entry in ("national", "world") and not self._leads(text, start, first):
                continue
            subject = self._scope(hit.term, hit.entry, text, first, last)
            if subject:
                found.append((first, last, subject))
        return sorted(found, key=lambda f: f[:2])

    def _leads(self, text: Text, start: int, first: int) -> bool:
        """Say whether a scope word stands where a subject does, and not inside a noun (引进全国百年老店)."""
        names = text.between(start, first, "name")
        return self._nouns.only_leads(text, names[-1].end if names else start, first)

    def _all(self, text: Text, start: int, end: int) -> list[Subject]:
        return [self._named(text, i) for i in text.between(start, end, "name") if i.name.type in _TYPES]

    def _named(self, text: Text, item: Item) -> Subject:
        surface = text.text[item.start : item.end]
        name = self._book.canonical(surface) or item.name.name or surface
        return Subject(name, item.name.type, text.view.span(item.start, item.end), "clause")

    def _scope(self, term: str, kind: str, text: Text, first: int, last: int) -> Subject | None:
        """Resolve 全区, 辖区, 该园区, 我国 to the name that the article gives for it."""
        span = text.view.span(first, last)
        if kind in ("each", "implied"):
            return None
        if kind == "self":
            return Subject(term, "organisation", span, "clause")
        if kind in ("national", "world"):
            return Subject({"national": "全国"}.get(kind, term), "place", span, "clause")
        if kind == "area":
            name = self._area(term, text, first)
            return Subject(name, "place", span, "clause") if name else None
        if kind == "main":
            return Subject(self._main.name, self._main.kind, span, "clause") if self._main else None
        known = self._mentioned("place" if kind == "that" else kind, term, text, first)
        if known is None:
            return None
        phase = _PHASE.match(text.text, last)
        return Subject(known.name + (phase.group() if phase else ""), known.kind, span, "clause")

    def _mentioned(self, kind: str, term: str, text: Text, before: int) -> Subject | None:
        """Return what 该园区, 当地, 该镇 go back to: the last fitting name of the paragraph, else of the article."""
        level = term[1:] if kind == "place" and term[0] == "该" else ""
        for item in reversed(text.between(0, before, "name")):
            if item.name.type == kind and text.text[item.start : item.end].endswith(level):
                return self._named(text, item)
        for known in (self._latest.get(kind), self._main, self._place):
            if known is not None and known.kind == kind and known.name.endswith(level):
                return known
        return None

    def _area(self, term: str, text: Text, before: int) -> str:
        """Return the place that 全市 stands for: the article's own, when the level fits, else the words themselves."""
        place = self._frame.place
        if term.endswith("内"):
            return self._book.canonical(place) or place
        if place and (place[-1:] not in "省市县区镇乡" or place.endswith(term[-1]) or term[0] == "我"):
            return self._book.canonical(place) or place
        main = self._main
        if main and main.kind == "place" and main.name.endswith(term[1:]):
            return main.name
        return self._before(term[-1], text, before) or self._of_level(term[-1]) or term

    def _before(self, level: str, text: Text, before: int) -> str:
        """Return the last place of a level that the paragraph names before a position."""
        for item in reversed(text.between(0, before, "name")):
            if item.name.type == "place":
                name = self._named(text, item).name
                if name.endswith(level) or self._level_of(name, level):
                    return name
        return ""

    def _level_of(self, name: str, level: str) -> bool:
        """Say by its code whether a place named without its level (湖南, 西安) is of that level."""
        code = next((e.code or "" for e in self._book.entities if e.name == name), "")
        province = code.endswith("0000")
        return province if level in "省区" else level == "市" and code.endswith("00") and not province

    def _of_level(self, level: str) -> str:
        """Return the page's one place of a level (省, 市, 县), the one with most mentions."""
        places = [e for e in self._book.entities if e.type == "place" and e.name.endswith(level)]
        counts = sorted((len(e.mentions) for e in places), reverse=True)
        if not places or (len(counts) > 1 and counts[0] == counts[1]):
            return ""
        return max(places, key=lambda e: len(e.mentions)).name

    def _national(self, texts: list[Text]) -> Subject | None:
        """Return the whole country for an article without a place that speaks of 全国, 我国 or 国内生产总值.

        One that speaks of 全省 more often, and cannot tell which, is about no country: the words themselves stay.
        """
        hits = [(text, hit) for text in texts for hit in self._scopes.longest(text.text)]
        kinds = Counter(hit.entry for _, hit in hits)
        if kinds["area"] > kinds["national"]:
            return None
        for text, hit in hits:
            if hit.entry in ("national", "implied"):
                return Subject("全国", "place", text.view.span(hit.start, hit.end), "article")
        return None

    def _above(self, text: Text, item: Item) -> bool:
        """Say whether a name in the headline is the division above the article's place (榆林市横山区…)."""
        return (
            item.name.type == "place" and self._place is not None and text.text.startswith(self._place.name, item.end)
        )

    def _headline(self, article: ArticleText, texts: list[Text]) -> Subject | None:
        """Return what the article's deck or title names, when it names one thing."""
        for label in ("deck", "title"):
            for paragraph, text in zip(article.paragraphs, texts, strict=True):
                if paragraph.label == label:
                    scopes = [h for h in self._scopes.longest(text.text) if h.entry == "national"]
                    if scopes and not self._place:
                        return Subject("全国", "place", text.view.span(scopes[0].start, scopes[0].end), "article")
                    items = text.between(0, len(text.text), "name")
                    sources = {i.start for i in items if self._skips.first(text, i) is not None}
                    named = [self._named(text, i) for i in items if i.name.type in _TYPES and i.start not in sources]
                    if self._place and any(self._above(text, i) for i in items):
                        return self._place
                    if named and (len({n.name for n in named}) == 1 or (label == "title" and self._place)):
                        return Subject(named[0].name, named[0].kind, named[0].span, "article")
        return None


def _broken_down(draft: Draft) -> bool:
    """Say whether the figure is one of those that 其中 begins: their subjects hold for them alone."""
    first, _ = draft.text.full_sentence(draft.item.start)
    return "其中" in draft.text.text[first : draft.item.start]


def names_in(taken: list[Candidate]) -> list[NameMention]:
    """Return the name mentions among taken candidates."""
    return [c.reading for c in taken if isinstance(c.reading, NameMention)]
