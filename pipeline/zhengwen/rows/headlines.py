"""Whom an article's headline, and the lines over it, say that its figures are of."""

from __future__ import annotations

import re
from dataclasses import replace

from zhengwen.rows.clauses import Item, Text
from zhengwen.rows.mentions import Mentions
from zhengwen.rows.scopes import NATIONAL, TYPES, Context, Scopes, Subject
from zhengwen.rules import Rules
from zhengwen.stages import ArticleText

__all__ = ["Headlines"]

_SHORTEST, _LONGEST = 3, 60
"""A form of so many characters at least names something wherever a headline begins with it; none has more."""

_PARTS = re.compile("——|[：:]")
"""What parts a headline: 学校巡礼——甲中学."""


class Headlines:
    """Finds what an article is about in its deck, its title, or the title of its metadata."""

    def __init__(self, rules: Rules, scopes: Scopes, mentions: Mentions) -> None:
        self._scopes = scopes
        self._mentions = mentions
        headlines = list(rules.of("rows/headlines"))
        self._far_away = next(r.regex for r in headlines if r.id == "headlines.far_away")
        self._part = next(r.regex for r in headlines if r.id == "headlines.part")
        self._shapes = [(str(r.yields["kind"]), r.regex) for r in headlines if "kind" in r.yields]

    def of(self, article: ArticleText, texts: list[Text], context: Context) -> Subject | None:
        """Return what the article's deck or title names, when it names one thing."""
        for label in ("deck", "title"):
            for paragraph, text in zip(article.paragraphs, texts, strict=True):
                found = self._of_line(text, label, context) if paragraph.label == label else None
                if found:
                    return found
        return self._of_metadata(article, context)

    def _of_line(self, text: Text, label: str, context: Context) -> Subject | None:
        """Return what one line of the headline names: the country, one name, or of a title's several the first."""
        place = context.place
        hits = self._scopes.hits(text)
        scopes = [h for h in hits if h.entry == "national" and not self._far(text, h.start)]
        if scopes and not place:
            return Subject(NATIONAL, "place", text.view.span(scopes[0].start, scopes[0].end), "article")
        own = next((h for h in hits if h.entry == "area" and h.start == 0), None)
        area = self._scopes.resolve(own, text, 0, context) if own is not None else None
        if area is not None:
            return replace(area, how="article")
        group = self._mentions.group(text)
        if group is not None:
            return replace(group, how="article")
        items = [i for i in text.between(0, len(text.text), "name") if i.name.type in TYPES]
        zone = self._mentions.zone(text, context) if not place and not items else None
        if zone is not None:
            return replace(zone, how="article")
        last = [i for i in items if not any(_chained(i, following) for following in items)]
        chains_on = place and any(text.text.startswith(place.name, i.start) for i in items if i not in last)
        below = next((b for b in (self._below(text, i, context) for i in last) if b is not None), None)
        if below is not None:
            return below
        zoned = self._mentions.zone_behind(text, last[0], context) if last and _leads(text, last[0], items) else None
        if zoned is not None:
            return replace(zoned, how="article")
        longer = [i for i in last if place and _begins(text, i, place)]  # 金坛区 in 常州市金坛区开发区
        if place and any(_above(text, i, place) for i in items) and not chains_on and not longer:
            return place
        named = [n for n in (self._mentions.of(text, i, context) for i in longer or last) if n is not None]
        if len(named) > 1 and place and named[0].name != place.name and _parted(text, (longer or last)[0]):
            named = [n for n in named[1:] if n.kind == "organisation"] or named  # 福建：云湄合作社…
        if named and (len({n.name for n in named}) == 1 or (label == "title" and place)):
            return replace(self._part_of(text, self._zone_of(named[0]), context), how="article")
        return None if named else self._shaped(text, context)

    def _below(self, text: Text, item: Item, context: Context) -> Subject | None:
        """Return the unknown village before the colon that stands right behind the place above it (云湄县祠村村：…)."""
        if item.name.type != "place" or (
            text.text[: item.start].strip("　 ") and not text.between(0, item.start, "name")
        ):
            return None
        for kind, regex in self._shapes:
            found = regex.match(text.text[item.end :]) if kind == "place" else None
            if found is not None and found.group().endswith((":", "：")):
                start, end = (item.end + at for at in found.span("name"))
                return Subject(context.full(found["name"]), kind, text.view.span(start, end), "article")
        return None

    def _far(self, text: Text, at: int) -> bool:
        """Say whether a headline only tells how far something reaches or ranks (走向全国, 全国第一)."""
        return any(m.start() <= at < m.end() for m in self._far_away.finditer(text.text))

    def _part_of(self, text: Text, subject: Subject, context: Context) -> Subject:
        """Return the building or extension of a house that a headline goes on with (甲医院|综合病房楼)."""
        if subject.kind != "organisation" or subject.span is None or not self._mentions.acts_for_itself(subject.name):
            return subject
        item = next(
            (i for i in text.between(0, len(text.text), "name") if text.view.span(i.start, i.end) == subject.span), None
        )
        found = self._part.match(text.text, item.end) if item is not None else None
        if item is None or found is None:
            return subject
        span = text.view.span(item.start, found.end("part"))
        return Subject(context.full(subject.name + found["part"]), "project", span, "article")

    def _zone_of(self, subject: Subject) -> Subject:
        """Return the zone whose projects in general a headline tells of (云溪开发区项目|建设提速), else the subject."""
        zone = subject.name.removesuffix("项目")
        shaped = any(kind == "place" and regex.fullmatch(zone) for kind, regex in self._shapes)
        return replace(subject, name=zone, kind="place") if zone != subject.name and shaped else subject

    def _shaped(self, text: Text, context: Context) -> Subject | None:
        """Return what a line without a known name begins with: a form of a name of the page, or one by its shape."""
        begun = self._begun(text.text.strip(), context)
        if begun is not None:
            return begun
        for kind, regex in self._shapes:
            found = regex.match(text.text)
            if found and not text.between(*found.span("name")):
                span = text.view.span(*found.span("name"))
                return self._mentions.speaking(Subject(context.full(found["name"]), kind, span, "article"), context)
        return None

    def _begun(self, line: str, context: Context) -> Subject | None:
        """Return the name of the page, in one of its forms, that a line begins with."""
        by_form = context.book.by_form
        for size in range(min(len(line), _LONGEST), _SHORTEST - 1, -1):
            for entity in reversed(by_form.get(line[:size], ())):
                if entity.type in TYPES:
                    return self._mentions.speaking(Subject(entity.name, entity.type, None, "article"), context)
        return None

    def _of_metadata(self, article: ArticleText, context: Context) -> Subject | None:
        """Return what a headline that is only metadata begins with; in an article about a place only a house of it."""
        if article.title_span is not None or not article.title:
            return None
        line = article.title.strip()
        if context.place is not None:
            return self._house_of(line, context)
        begun = self._begun(line, context) or self._scopes.group_of(line)
        if begun is not None:
            return begun
        found = next(((kind, m) for kind, regex in self._shapes if (m := regex.match(line))), None)
        if found is None:
            return None
        return self._mentions.speaking(Subject(context.full(found[1]["name"]), found[0], None, "article"), context)

    def _house_of(self, line: str, context: Context) -> Subject | None:
        """Return the house or the work that a headline, or what stands behind its dash or colon, begins with."""
        for part in _PARTS.split(line):
            found = self._begun(part.strip(), context)
            if found is not None and found.kind != "place" and self._mentions.acts_for_itself(found.name):
                return found
        shaped = ((kind, m) for kind, regex in self._shapes if kind == "organisation" and (m := regex.match(line)))
        found = next((Subject(context.full(m["name"]), kind, None, "article") for kind, m in shaped), None)
        return found if found is not None and self._mentions.acts_for_itself(found.name) else None


def _chained(item: Item, following: Item) -> bool:
    """Say whether a place only stands before the one that it holds (夷陵区小溪塔街道)."""
    return item.name.type == following.name.type == "place" and item.end == following.start


def _leads(text: Text, item: Item, items: list[Item]) -> bool:
    """Say whether nothing but names stands before a name in a headline."""
    at = item.start
    for before in reversed([i for i in items if i.start < item.start]):
        if before.end != at:
            return False
        at = before.start
    return not text.text[:at].strip("　 ")


def _parted(text: Text, item: Item) -> bool:
    """Say whether a headline's first name is only the place over its colon."""
    return item.name.type == "place" and text.text[item.end : item.end + 1] in ("：", ":")


def _begins(text: Text, item: Item, place: Subject) -> bool:
    """Say whether a name in the headline is a longer one that begins with the article's place."""
    return item.end - item.start > len(place.name) and text.text.startswith(place.name, item.start)


def _above(text: Text, item: Item, place: Subject) -> bool:
    """Say whether a name in the headline is the division above the article's place (榆林市横山区…)."""
    return item.name.type == "place" and text.text.startswith(place.name, item.end)
