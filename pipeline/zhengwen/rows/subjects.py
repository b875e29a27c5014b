"""Whose figure it is: the context stack of subjects; what a clause itself names is found by `mentions`."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise

from zhengwen.entities import Book
from zhengwen.fixed import fixed
from zhengwen.rows.clauses import Item, Text
from zhengwen.rows.drafts import Draft
from zhengwen.rows.headlines import Headlines
from zhengwen.rows.indicators import IndicatorEntry
from zhengwen.rows.mentions import Mentions
from zhengwen.rows.nouns import Nouns
from zhengwen.rows.patterns import Patterns
from zhengwen.rows.scopes import NATIONAL, TYPES, Context, Scopes, Subject
from zhengwen.rows.speakers import Speakers
from zhengwen.rules import Rules
from zhengwen.sieve import Sieve
from zhengwen.sought import words_needed
from zhengwen.stages import ArticleText, Frame

__all__ = ["Subjects"]

_AROUND = 8
"""How much longer than a name a heading may be and still be about it."""
_LED = 2
"""How many sentences at least must begin with whom an article is about; how many clauses of each are looked at."""
_GOING_ON = tuple("已正将顺近开建投，,")
"""What stands behind the name of a work that its clause is about."""
_OPENING = ("place", "organisation", "group")
"""What the first sentence of a paragraph can name for the whole of it."""
_ABOUT = (*TYPES, "group")
"""What an article can be about."""
_OFTEN = 3
"""How often an article names the house that it is about at least."""
_VILLAGES = ("村", "社区")
"""What the names of the lowest places end in."""
_MANY = 3
"""An article about nothing that its head names, with places of so many provinces, is about the country."""
_CHAIN = 4
"""The village that an article names but once is what it is about if it names no more places than those it lies in."""
_LOCAL = ("当地", "本地")
"""What a rank or a share may be of that tells of no other place (居当地银行第一位)."""
_DESCRIPTION = 40
"""How far the figures of one description (投资2亿元、建筑面积4万平方米的…) may reach."""
_MARKS = re.compile(r"[　 【\[［（(■●◆▲★]*(?P<name>[^【】\[\]［］：:。]*?)[　 】\]］）):：]*")
"""The marks around a name that stands alone in its line."""
_CLAUSES = 40
"""How many clauses back the subject of a sentence may stand: a list may be as long as a page."""
_INHERITED = ("sentence", "paragraph", "section", "article")
"""Where a subject comes from that the figure's own clause does not name."""
_DESCRIBING = frozenset({"money", "area", "length", "power", "volume"})


@fixed
class _Work:
    """A piece of work that figures from `start` on, up to `end`, are of, as far as nothing else is named."""

    start: int
    end: int
    subject: Subject


class Subjects:
    """The context stack of subjects for one article: article, section, paragraph, sentence."""

    def __init__(self, rules: Rules, nouns: Nouns) -> None:
        self._nouns = nouns
        self._members: tuple[tuple[Text, int], int, set[str]] | None = None
        """Of the sentence that is read: the paragraph and its offset, how far its members were read, who leads them."""
        self._scopes = Scopes(rules)
        self._mentions = Mentions(rules, nouns, self._scopes)
        self._speakers = Speakers(rules, self._mentions)
        self._headlines = Headlines(rules, self._scopes, self._mentions)
        self._work_words = tuple(row["term"] for row in rules.table("rows/works"))
        self._tells = Patterns(rules, "tellers")
        self._makes = Patterns(rules, "made")
        self._kinds = next(r.regex for r in rules.of("rows/nouns") if r.id == "nouns.kinds")
        self._topics = [r.sought for r in rules.of("rows/topics")]
        self._openings = Sieve((r, words_needed(r.pattern)) for r in rules.of("rows/openings"))
        territorial = rules.table("rows/territorial")
        self._territorial = frozenset(row[c] for row in territorial for c in ("group", "indicator") if row[c])
        self._returns = [r.regex for r in rules.of("rows/returns")]
        self._owners = [r.sought for r in rules.of("rows/owners")]
        described = {r.id: r.regex for r in rules.of("rows/descriptions")}
        self._told_on = described.pop("descriptions.told_on")
        self._kind_of_work = described.pop("descriptions.kind")
        self._passed = described.pop("descriptions.passed")
        self._described_by = tuple(described.values())
        enumerations = {r.id: r.regex for r in rules.of("rows/enumerations")}
        self._together = enumerations["enumerations.together"]
        self._field = enumerations["enumerations.field"]
        self._before = enumerations["enumerations.before"]
        self._watched = enumerations["enumerations.described"]
        self._placing = enumerations["enumerations.where"]

    def start(self, article: ArticleText, texts: list[Text], frame: Frame, book: Book) -> None:
        """Begin an article: its own subject is what its headline names, else the place it stands for."""
        place = Subject(frame.place, "place", None, "article") if frame.place else None
        self._context = Context(book, place)
        self._context.count = lambda: self._named_in(article, texts)
        self._context.said = cache(lambda name: sum(text.text.count(name) for text in texts))
        self._context.skipped = self._mentions.skipped
        self._context.aside = self._mentions.aside
        self._speakers.start(texts, self._context)
        named = self._headlines.of(article, texts, self._context)
        named = named or self._lede(article, texts, frame) or self._leader(article, texts) or place
        named = named or self._hero(article, texts)
        country = None if named else self._scopes.national(texts, self._context, self._mentions.leads_clause)
        known = named or country or self._nation(texts) or self._told_by(texts) or self._owner(texts)
        self._main = self._context.main = known or self._protagonist(article, texts)
        self._section: Subject | None = None
        self._topic: Subject | None = None
        self._paragraph: Subject | None = None
        self._told_last: tuple[Text, Subject | None] | None = None
        self._opener: Subject | None = None
        self._since, self._at, self._clause, self._kept = -1, 0, 0, 0
        self._read_last: Text | None = None
        self._ahead: list[_Work] = []
        self._works: tuple[_Work, ...] = ()
        self._opened_works: list[_Work] = []

    def paragraph(self, text: Text, label: str) -> None:
        """Enter a paragraph; a heading's name holds for its section."""
        before, self._read_last = self._read_last, text
        for item in reversed(before.items) if before else ():
            if before and item.kind == "name" and item.name.type == "place":
                self._context.around = self._context.named(before, item)
                break
        self._paragraph = None
        self._since = -1
        self._members = None
        telling = label != "heading" and bool(text.figures)  # what opens a paragraph holds for its own figures alone
        self._opener = self._opening(text) if telling and label == "body" else None
        self._topic = self._headed(text) if telling else None
        self._ahead = self._opened(text) if label != "heading" else []
        self._works = tuple(self._ahead)
        self._opened_works = []
        if not telling:
            for work in reversed(self._ahead):  # 在甲项目建设现场看到…: what 该项目 of the next paragraph is
                self._context.told(work.subject)
            self._ahead = []
        if label in ("heading", "body") and not text.figures and (alone := self._alone(text)) is not None:
            self._section = alone
            self._context.told(alone)
        elif label == "heading":
            named = self._all(text) or self._phase_of(text)
            plain = len(named) == 1 and len(text.text) <= len(named[0].name) + _AROUND
            self._section = named[0] if plain and named[0].kind != "place" else self._headed(text)
            if self._section:
                self._context.told(self._section)

    def _alone(self, text: Text) -> Subject | None:
        """Return the name that a line holds and nothing else (郧西县, 湄水中学：): what follows is of it."""
        bare = _MARKS.fullmatch(text.text)
        named = _names(text) if bare is not None else []
        if bare is None or not named or (named[0].start, named[-1].end) != bare.span("name"):
            return None
        if any(a.end != b.start for a, b in pairwise(named)):
            return None
        found = self._mentions.speaking(self._context.named(text, named[-1]), self._context)
        return replace(found, how="section") if found is not None else None

    def _leader(self, article: ArticleText, texts: list[Text]) -> Subject | None:
        """Return the name that begins the first sentence that begins with one, when most others that do have it too.

        An article whose headline names nobody is about whom its sentences are about.
        """
        led: list[Subject] = []
        for paragraph, text in zip(article.paragraphs, texts, strict=True):
            at = 0 if paragraph.label in ("body", "lede") else len(text.text)
            while at < len(text.text):
                first, last = text.full_sentence(at)
                found = self._leads_sentence(text, first, last)
                led += [found] if found is not None else []
                at = last + 1
        same = [s for s in led if s.name == led[0].name]
        return replace(led[0], how="article") if len(same) >= _LED and len(same) > len(led) // 2 else None

    def _protagonist(self, article: ArticleText, texts: list[Text]) -> Subject | None:
        """Return what the first sentence begins with or has its news from, for an article about nothing else.

        One that names a single village is about that.
        """
        for paragraph, text in zip(article.paragraphs, texts, strict=True):
            if paragraph.label in ("body", "lede"):
                found = self._leads_sentence(text, *text.full_sentence(0))
                found = found if found and found.kind != "place" else self._mentions.source(text, self._context)
                if found:
                    return replace(found, how="article")
                break
        places = [(name, n) for (name, kind), n in self._context.names.items() if kind == "place"]
        villages = {name for name, n in places if name.endswith(_VILLAGES) and (n > 1 or len(places) <= _CHAIN)}
        return Subject(villages.pop(), "place", None, "article") if len(villages) == 1 else None

    def _hero(self, article: ArticleText, texts: list[Text]) -> Subject | None:
        """Return the house that the first sentence begins with, when the article names none so often."""
        first = next((t for p, t in zip(article.paragraphs, texts, strict=True) if p.label in ("body", "lede")), None)
        found = self._leads_sentence(first, *first.full_sentence(0)) if first is not None else None
        if found is None or found.kind != "organisation" or not self._mentions.acts_for_itself(found.name):
            return None
        named = self._context.names
        most = max((n for (_, kind), n in named.items() if kind == "organisation"), default=0)
        often = named[found.name, "organisation"]
        return replace(found, how="article") if often == most and often >= _OFTEN else None

    def _leads_sentence(self, text: Text, first: int, last: int) -> Subject | None:
        """Return the name that one of the first clauses of a sentence begins with."""
        at = first
        for _ in range(_LED):
            start, end = text.segment(at)
            found = self._mentions.first(text, max(start, first), end, self._context, leading=True)
            if found is not None or end + 1 >= last:
                scope = found is not None and (found.name == NATIONAL or self._scopes.unresolved(found.name))
                where = self._where(text, max(start, first), end)
                return None if scope or where or found is None or found.kind not in _ABOUT else found
            at = end + 1
        return None

    def _where(self, text: Text, start: int, end: int) -> bool:
        """Say whether the first name of a clause only tells where it happened (在成都揭晓)."""
        first = next(iter(text.between(start, end, "name")), None)
        return first is not None and self._placing.match(text.text, max(0, first.start - 1), first.start) is not None

    def _told_by(self, texts: list[Text]) -> Subject | None:
        """Return the place of the body that tells it, for an article about nothing that its head names."""
        told = next((t for t in map(self._told_of, texts) if t is not None), None)
        return replace(told, how="article") if told else None

    def _teller(self, text: Text) -> Subject | None:
        """Return what `_told_of` says of a paragraph; its figures ask one after the other."""
        if self._told_last is None or self._told_last[0] is not text:
            self._told_last = (text, self._told_of(text))
        return self._told_last[1]

    def _told_of(self, text: Text) -> Subject | None:
        """Return the place of the body whose report opens a paragraph (据河北省民政厅报告), not the article's own."""
        for item in text.between(0, len(text.text), "name"):
            if item.name.type != "organisation" or self._tells.first(text, item) is None:
                continue
            name = text.text[item.start : item.end]
            area = self._context.book.area(name)
            place = (area.county or area.city or area.province) if area else ""
            own = self._context.place.name if self._context.place else ""
            if place and name.startswith(place) and not own.endswith(place):
                return Subject(place, "place", text.view.span(item.start, item.end), "paragraph")
            return None
        return None

    def _opening(self, text: Text) -> Subject | None:
        """Return whom the first sentence of a paragraph is about, in an article that is about no place."""
        if self._context.place is not None or (self._main and self._main.name == NATIONAL and _several(text)):
            return None
        _, last = text.full_sentence(0)
        at = 0
        while at < last:
            start, end = text.segment(at)
            found = self._mentions.first(text, start, end, self._context, leading=True)
            if found is not None and found.kind in _OPENING and not self._where(text, start, end):
                aside = self._main is not None and self._mentions.administers(found.name)
                return None if aside else replace(found, how="paragraph")
            at = end + 1
        return None

    def _lede(self, article: ArticleText, texts: list[Text], frame: Frame) -> Subject | None:
        """Return the country for an article whose first figures are its own, though 全市 in it stands for a city.

        Such a city is no place of the article's: neither its headline nor its first paragraph with figures names it.
        """
        if frame.place_from in ("", "meta") or not frame.place or frame.place[:2] in article.title:
            return None
        for paragraph, text in zip(article.paragraphs, texts, strict=True):
            if paragraph.label in ("title", "deck", "byline") or not text.figures:
                continue
            at = self._scopes.national_at(text, self._mentions.leads_clause)
            return None if at is None or frame.place[:2] in text.text else replace(at, how="article")
        return None

    def _owner(self, texts: list[Text]) -> Subject | None:
        """Return the zone or body that opens a paragraph and comes again, though it looks like no known name."""
        whole = "\n".join(t.text for t in texts)
        for text in texts:
            for found in filter(None, (regex.match(text.text) for regex in self._owners)):
                name, span = found["name"], found.span("name")
                if whole.count(name) > 1 and not text.between(*span):
                    return Subject(name, "organisation", text.view.span(*span), "article")
        return None

    def _nation(self, texts: list[Text]) -> Subject | None:
        """Return the country for an article whose only sources are bodies of the country."""
        return next((n for n in (self._mentions.national(t) for t in texts) if n is not None), None)

    def _headed(self, text: Text) -> Subject | None:
        """Return the piece of work that an item or a heading begins with (2.中天钢铁精品钢项目（一期）。)."""
        for regex in self._topics:
            found = regex.match(text.text)
            if found:
                span = text.view.span(*found.span("name"))
                return Subject(self._context.full(found["name"]), "project", span, "section")
        return None

    def _opened(self, text: Text) -> list[_Work]:
        """Return the pieces of work that sentences of a paragraph open with, and where, the last one first."""
        found = [
            (
                *self._bare(text, *m.span("name")),
                str(rule.yields.get("kind", "project")),
                "sentence" in rule.yields.get("reach", ""),
            )
            for rule in self._openings.of(text.text)
            for m in rule.regex.finditer(text.text)
            if self._holds(text, m, str(rule.yields.get("if", "")))
        ]
        return [
            _Work(
                start,
                text.sentence(start)[1] if brief or _in_midst(text, start) else len(text.text),
                Subject(self._context.full(text.text[start:end]), kind, text.view.span(start, end), "paragraph"),
            )
            for start, end, kind, brief in sorted(found, reverse=True)
        ]

    def _bare(self, text: Text, start: int, end: int) -> tuple[int, int]:
        """Return the span of a work without what kind of work it is (控制性工程|望江特大桥)."""
        known = next((i for i in text.between(start, end, "name") if i.end == end and i.start > start), None)
        kind = known is not None and self._kind_of_work.fullmatch(text.text, start, known.start) is not None
        spent = known is not None and bool(text.between(start, known.start, "figure"))  # 甲县投资3亿元建设|乙产业园
        return (known.start, end) if known is not None and (kind or spent) else (start, end)

    def _holds(self, text: Text, match: re.Match[str], condition: str) -> bool:
        """Say whether what a rule asks of its name besides is so: that no known name is there, that it is coined."""
        if condition == "coined" and not self._nouns.is_proper(match["core"]):
            return False
        return not condition or not text.between(match.start("name"), match.end("name") + _AROUND, "name")

    def _working(self, draft: Draft) -> _Work | None:
        """Return the piece of work that a sentence before the figure opened with, if nothing was named since."""
        while self._ahead and self._ahead[-1].start < draft.item.start:
            self._opened_works.append(self._ahead.pop())
            self._context.told(self._opened_works[-1].subject)
        while self._opened_works and self._opened_works[-1].end < draft.item.start:
            self._opened_works.pop()
        if not self._opened_works:
            return None
        work = self._opened_works[-1]
        other = self._paragraph is not None and self._paragraph.name != work.subject.name
        return None if other and self._since > work.start else work

    def _phase_of(self, text: Text) -> list[Subject]:
        """Return the phase that a heading is about (园区二期加快建设)."""
        hits = [h for h in self._scopes.hits(text) if self._scopes.phase_at(text, h)]
        found = [self._scopes.resolve(h, text, h.start, self._context) for h in hits]
        return [f for f in found if f is not None]

    def read(self, draft: Draft) -> None:
        """Fill the subject of a draft."""
        self._at = draft.text.full_sentence(draft.item.start)[0]
        self._clause = draft.text.segment(draft.item.start)[0]
        opened = self._working(draft)
        work = opened.subject if opened is not None else None
        self._context.work = self._topic or work
        subject = self._described(draft) or self._own(draft) or self._group(draft) or self._earlier(draft)
        subject = subject or self._spoken(draft)
        if subject is not None and work is not None and (_inside(subject, work) or _led_over(subject, opened, draft)):
            subject = replace(work, how=subject.how)  # 长江工业园 in 长江工业园定制厂房项目
        if subject is None:
            subject = self._topic or work or self._running(draft) or self._teller(draft.text) or self._opened_by(draft)
            subject = subject or self._told_before(draft)
            subject = subject or self._section or self._main
            subject = subject or self._carried()
        if subject is None:
            draft.because("subject", "neither clause nor article names one")
            return
        draft.subject, draft.subject_kind = subject.name, subject.kind
        draft.because("subject", f"subjects.{subject.how}")
        if subject.span is None or subject.how != "clause":
            draft.comes_from("subject", subject.how, subject.span)

    def settle(self, draft: Draft, known: IndicatorEntry | None) -> None:
        """Give a figure that only a country or a division has (GDP, 常住人口) to the place that is told of.

        Only what was inherited from a house or a work that was named before it changes.
        """
        if known is None or draft.subject_kind not in ("organisation", "project"):
            return
        if not {known.group, known.id} & self._territorial or "subject" not in draft.inherited:
            return
        if draft.inherited["subject"]["from"] not in _INHERITED or self._scopes.zoned(draft.subject or ""):
            return
        main = self._main if self._main is not None and self._main.kind == "place" else self._context.place
        place = main or next((s for s in reversed(self._context.recent) if s.kind == "place"), None)
        if place is not None:
            draft.subject, draft.subject_kind = place.name, place.kind
            draft.because("subject", "subjects.territorial")
            draft.comes_from("subject", "article", place.span)

    def _running(self, draft: Draft) -> Subject | None:
        """Return the subject that the paragraph runs under.

        A project, and in an article about a place another place or bodies in general (税务部门), hold for their
        sentence only: what comes after without a subject is the article's again. (Measured: bodies and collective
        phrases do run on.)
        """
        running = self._paragraph
        if running is not None and self._since == self._at and self._aside(running, draft):
            return None
        if running is None or self._since == self._at or self._since >= draft.text.passage(draft.item.start)[0]:
            return running
        main = self._main if self._context.place is not None else None
        body = running.kind == "body" and main is not None and main.name != NATIONAL
        back = (
            main is not None and main.kind == "place" and (running.kind == "place" or body) and running.name != NATIONAL
        )
        if main is not None and main.kind == "place" and running.kind == "organisation":
            back = any(regex.match(draft.text.text, self._at) for regex in self._returns)
        return None if back or (running.kind == "project" and self._main is not None) else running

    def _opened_by(self, draft: Draft) -> Subject | None:
        """Return whom the paragraph began with, for the figures behind it."""
        first = draft.text.text.find(self._opener.name) if self._opener is not None else -1
        return None if first > draft.item.start else self._opener

    def _carried(self) -> Subject | None:
        """Return, in an article about nothing that its head names, what its figures were last about: a place first."""
        if self._context.spread >= _MANY:
            return Subject(NATIONAL, "place", None, "article")
        told = self._context.recent
        known = next((s for kind in TYPES for s in reversed(told) if s.kind == kind), None)
        return replace(known, how="article") if known else None

    def _own(self, draft: Draft) -> Subject | None:
        """Return the subject in the figure's own clause, before its predicate."""
        start, _ = draft.text.segment(draft.item.start)
        subject = self._mentions.first(draft.text, start, draft.predicate or draft.item.start, self._context)
        aside = draft.text.bracket(draft.item.start) is not None or _broken_down(draft)
        field = self._field.search(draft.text.text, start, draft.item.start)
        if subject is not None and field is not None and subject.span == draft.text.view.span(*field.span("field")):
            aside = True
            if field["field"] in _LOCAL:
                return None
        return self._keep(subject, "clause", inside=aside)

    def _described(self, draft: Draft) -> Subject | None:
        """Return the piece of work whose description the figure ends (投资50亿元、占地20亩的甲项目).

        What opens its clause so is whose figures the rest of the sentence tells (…的甲广场已开业，入驻企业20家).
        """
        if draft.quantity.kind not in _DESCRIBING:
            return None
        text, at = draft.text, self._description_end(draft)
        if at < 0:
            return None
        names = text.between(at, at + _AROUND + 24, "name")
        first = names[0] if names and names[0].start - at <= _AROUND else None
        if first is not None and first.name.type == "project":
            if any(c in text.text[at : first.start] for c in "，。；,;"):
                return None
            subject = self._context.named(text, first)
        else:
            found = next((m for m in (r.match(text.text, at) for r in self._described_by) if m), None)
            if found is None:
                return None
            subject = Subject(found["name"], "project", text.view.span(*found.span("name")), "clause")
        if draft.topic_start == text.segment(draft.item.start)[0] and self._goes_on(text, subject):
            self._keep(subject, "clause", inside=False)
        return subject

    def _description_end(self, draft: Draft) -> int:
        """Return where the 的 stands that ends the description (over 、 to the figures after), or -1."""
        text, at = draft.text, draft.end
        for following in text.between(at, at + _DESCRIPTION, "figure"):
            gap = text.text[at : following.start]
            if not gap.startswith("、") or any(c in gap for c in "，。；的,;"):
                break
            at = following.end
        passed = self._passed.match(text.text, at)
        at = passed.end() if passed is not None else at
        return at if text.text.startswith("的", at) else -1

    def _goes_on(self, text: Text, subject: Subject) -> bool:
        """Say whether a described name is what the clause is about: it ends in one word more, or a verb follows."""
        at = text.text.find(subject.name)
        return at >= 0 and self._told_on.match(text.text, at + len(subject.name)) is not None

    def _group(self, draft: Draft) -> Subject | None:
        """Return the group counted at the head of the clause (三个园区共纳税4000万元)."""
        start, _ = draft.text.segment(draft.item.start)
        watched = self._watched.match(draft.text.text, start)  # 纳入监测的|25家景区
        start = watched.end() if watched is not None else start
        counted = self._nouns.counted(draft.text, start, draft.predicate) if draft.measure != "threshold" else None
        if counted is None:
            return None
        figure, noun = counted
        if self._kinds.match(figure.quantity.unit or ""):
            return None
        if noun.text.endswith(self._work_words):
            return None  # 133个续建项目完成投资: the place's investment, in those projects
        if not self._together.match(draft.text.text, noun.end, draft.predicate):
            return None
        span = (figure.start, noun.end)
        return Subject(draft.text.text[slice(*span)], "group", draft.text.view.span(*span), "clause")

    def _earlier(self, draft: Draft) -> Subject | None:
        """Return the subject that leads the nearest earlier clause of the sentence."""
        first, _ = draft.text.full_sentence(draft.item.start)
        at = draft.text.segment(draft.item.start)[0] - 1
        bracket = draft.text.bracket(draft.item.start)
        member = draft.text.sentence(draft.item.start)[0]
        listed: bool | None = None
        for _ in range(_CLAUSES):
            if at <= first:
                return None
            start, end = draft.text.segment(at)
            if end < member and listed is None:
                listed = self._listed(draft.text, first, member)
            if end < member and listed:
                return None
            if self._before.search(draft.text.text, start, end):
                at = start - 1
                continue
            aside = draft.text.bracket(start)
            found = self._made(draft, start, end) if aside in (None, bracket) else None
            if found is not None:
                return self._keep(found, "sentence", inside=aside is not None)
            if aside in (None, bracket):
                found = self._mentions.first(draft.text, start, end, self._context, leading=True)
            if found:
                if end < member and start > first and self._holds_alone(found):
                    return None
                return self._keep(found, "sentence", inside=aside is not None)
            at = start - 1
        return None

    def _made(self, draft: Draft, start: int, end: int) -> Subject | None:
        """Return what a clause tells was made, when the figure's own clause goes on about it (新建甲小学，占地20亩)."""
        for item in reversed(draft.text.between(start, end, "name")):
            found = self._makes.first(draft.text, item)
            if found is not None and "made" in found.yields and found.end > end:
                return self._context.named(draft.text, item)
        return None

    def _holds_alone(self, subject: Subject) -> bool:
        """Say whether a subject is one of the works or houses that an article about a place only mentions."""
        main = self._main
        return main is not None and main.kind == "place" and subject.kind in ("project", "organisation")

    def _aside(self, running: Subject, draft: Draft) -> bool:
        """Say whether a work named in the midst of a list (parted by ；) is done with: the next member begins."""
        member = draft.text.sentence(draft.item.start)[0]
        return self._at < self._kept < member and self._holds_alone(running)

    def _spoken(self, draft: Draft) -> Subject | None:
        """Return the house or village of whoever tells the figure."""
        found = self._speakers.of(draft.text, draft.item.start, self._context)
        return self._keep(found, "sentence", inside=False)

    def _told_before(self, draft: Draft) -> Subject | None:
        """Return the house or village whose people spoke earlier in the paragraph, where nothing else was named."""
        found = self._speakers.before(draft.text, draft.item.start, self._context)
        own = found is not None and (found.kind == "place" or self._scopes.enterprise(found.name))
        return replace(found, how="paragraph") if found is not None and own else None

    def _listed(self, text: Text, first: int, member: int) -> bool:
        """Say whether the members of a list (parted by ；) before a position begin with different subjects each."""
        if self._members is None or self._members[0] != (text, first):
            self._members = ((text, first), first, set())
        _, at, led = self._members
        while at < member:
            start, end = text.sentence(at)
            found = self._leads_sentence(text, start, end)
            led |= {found.name} if found is not None else set()
            at = end + 1
        self._members = ((text, first), at, led)
        return len(led | {w.subject.name for w in self._works if first <= w.start < member}) > 1

    def _keep(self, subject: Subject | None, how: str, *, inside: bool) -> Subject | None:
        """Let a subject run on in its paragraph; one inside a bracket holds there only."""
        if subject is None:
            return None
        if not inside:
            self._paragraph, self._since = replace(subject, how="paragraph"), self._at
            self._kept = self._clause
            if subject.kind in TYPES:
                self._context.told(self._paragraph)
        return replace(subject, how=how)

    def _named_in(self, article: ArticleText, texts: list[Text]) -> Counter[tuple[str, str]]:
        """Count the names of an article that figures can be of, those of its headline twice."""
        counts: Counter[tuple[str, str]] = Counter()
        for paragraph, text in zip(article.paragraphs, texts, strict=True):
            for item in _names(text):
                if item.name.type != "place" and self._mentions.skipped(text, item):
                    continue  # 汇智医疗、骏驰产业园等9个项目: only what is counted
                named = self._context.named(text, item)
                counts[named.name, named.kind] += 2 if paragraph.label in ("deck", "title") else 1
        return counts

    def _all(self, text: Text) -> list[Subject]:
        return [self._context.named(text, i) for i in _names(text)]


def _in_midst(text: Text, start: int) -> bool:
    """Say whether a work is only one that a sentence goes on to mention (…，其中甲工程…): it holds for its member."""
    return "其中" in text.text[text.full_sentence(start)[0] : start]


def _led_over(subject: Subject, work: _Work | None, draft: Draft) -> bool:
    """Say whether a work that its sentence tells of (最大项目为甲项目，总投资…) stands behind what led the sentence."""
    if work is None or work.end == len(draft.text.text) or subject.how != "sentence" or subject.span is None:
        return False
    return work.subject.span is not None and subject.span[0] < work.subject.span[0]


def _inside(part: Subject, whole: Subject) -> bool:
    """Say whether a subject stands inside the name of another."""
    a, b = part.span, whole.span
    return a is not None and b is not None and b[0] <= a[0] and a[1] <= b[1]


def _names(text: Text) -> list[Item]:
    """Return the names of a text that figures can belong to."""
    return [i for i in text.between(0, len(text.text), "name") if i.name.type in TYPES]


def _several(text: Text) -> bool:
    """Say whether a paragraph names more than one place or body: a round-up of them is about none alone."""
    return len({i.name.name for i in _names(text) if i.name.type != "project"}) > 1


def _broken_down(draft: Draft) -> bool:
    """Say whether the figure is one of those that 其中 begins: their subjects hold for them alone."""
    first, _ = draft.text.full_sentence(draft.item.start)
    return "其中" in draft.text.text[first : draft.item.start]
