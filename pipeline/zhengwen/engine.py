"""The whole flow for one page: from its text to its records, in one place and one direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhengwen.arbiter import Verdict, decide
from zhengwen.checks import Checks, same_claims
from zhengwen.entities import Book, Entities
from zhengwen.ids import article_id, page_digest
from zhengwen.pages import Pages
from zhengwen.records import Article, Block, Figure, Record, Time, Unread
from zhengwen.rows import Rows
from zhengwen.rows.patterns import complete
from zhengwen.rules import Rules
from zhengwen.stages import ArticleText, Candidate, Frame, Layout, Page, Paragraph, Period, TimeExpression
from zhengwen.times import Times
from zhengwen.times.periods import bounds
from zhengwen.values import Values
from zhengwen.written import Written

__all__ = ["ArticleStudy", "Engine", "Study"]


@dataclass(frozen=True, slots=True)
class ArticleStudy:
    """One article with everything that was decided about it; the lists are parallel to its paragraphs."""

    article: ArticleText
    article_id: str
    verdicts: tuple[Verdict, ...]
    frame: Frame
    periods: tuple[tuple[Period | None, ...], ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """A page with everything that was decided about it: what the records say, and why."""

    layout: Layout
    articles: tuple[ArticleStudy, ...]
    book: Book


class Engine:
    """Reads pages by one set of rules; build it once, it keeps no state between pages."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.pages = Pages(rules)
        self.values = Values(rules)
        self.times = Times(rules)
        self.entities = Entities(rules)
        self.checks = Checks(rules)
        self._last: Rows | None = None

    @property
    def rows(self) -> Rows:
        """The last stage, built when the first figure needs it."""
        if self._last is None:
            self._last = Rows(self.rules, self.values)
        return self._last

    def complete(self) -> None:
        """Build what would else be built when a text first needs it."""
        self.times.complete()
        assert self.rows
        complete(self.rules)

    def read(self, page: Page) -> list[Record]:
        """Return all records of a page in the contract's order."""
        study = self.study(page)
        placed: list[Figure | Time | Unread] = [*_figures(study), *_times(study), *_unread(study)]
        positions = sorted(placed, key=lambda r: (r.start, r.end, r.record))
        figures = [r for r in positions if isinstance(r, Figure)]
        written = Written(page.text, self.pages.reading(page.text))
        return written.records(
            [
                *_articles(study),
                *_blocks(study),
                *positions,
                *study.book.entities,
                *self.checks.of(figures, page.source),
            ]
        )

    def verdicts(self, page: Page) -> list[tuple[Paragraph, Verdict]]:
        """Return each paragraph of a page with the arbiter's verdict on it, for `zhengwen explain`."""
        study = self.study(page)
        return [(p, v) for a in study.articles for p, v in zip(a.article.paragraphs, a.verdicts, strict=True)]

    def study(self, page: Page) -> Study:
        """Read a page and return everything that was decided on the way."""
        layout = self.pages.divide(page)
        named = self.entities.propose(layout)
        verdicts = [
            [self._decide(p, named.get((i, j), [])) for j, p in enumerate(article.paragraphs)]
            for i, article in enumerate(layout.articles)
        ]
        taken = [[v.taken for v in vs] for vs in verdicts]
        frames = self.pages.frames(layout, taken)
        periods = [
            _of_times(t, self.times.resolve(a, t, f)) for a, t, f in zip(layout.articles, taken, frames, strict=True)
        ]
        names = {(i, j): t for i, ts in enumerate(taken) for j, t in enumerate(ts)}
        names |= {at: decide(found).taken for at, found in named.items() if at[0] < 0}  # the page's own lines
        book = self.entities.collect(layout, names, frames)
        digest = page_digest(page)
        studies = [
            self._rows(article, article_id(digest, article), verdicts[i], frames[i], periods[i], book, page)
            for i, article in enumerate(layout.articles)
        ]
        return Study(layout, tuple(studies), book)

    def _decide(self, paragraph: Paragraph, names: Sequence[Candidate]) -> Verdict:
        """Let every recogniser propose over a paragraph; a table's cells are read by their heads instead."""
        text = paragraph.view.text
        if paragraph.table is not None and paragraph.label != "heading":
            return decide([*self.times.find(text), *names])
        return decide([*self.values.find(text), *self.times.find(text), *names])

    def _rows(
        self,
        article: ArticleText,
        name: str,
        verdicts: Sequence[Verdict],
        frame: Frame,
        periods: Sequence[Sequence[Period | None]],
        book: Book,
        page: Page,
    ) -> ArticleStudy:
        taken = [v.taken for v in verdicts]
        figures = self.rows.figures(article, taken, periods, frame, book, page, name)
        first = same_claims(figures)
        named = tuple(replace(f, same_as=first[f.figure_id]) if f.figure_id in first else f for f in figures)
        return ArticleStudy(article, name, tuple(verdicts), frame, tuple(map(tuple, periods)), named)


def _of_times(
    taken: Sequence[Sequence[Candidate]], periods: Sequence[Sequence[Period | None]]
) -> list[list[Period | None]]:
    """Keep the periods of the taken times alone, of a list that runs along all taken candidates."""
    return [[p for c, p in zip(cs, ps, strict=True) if c.kind == "time"] for cs, ps in zip(taken, periods, strict=True)]


def _articles(study: Study) -> list[Article]:
    meta = study.layout.page.meta
    return [
        Article(
            source=study.layout.page.source,
            article_id=a.article_id,
            article=a.article.number,
            title=a.article.title,
            date=a.frame.date or None,
            date_from=a.frame.date_from,
            place=a.frame.place or None,
            place_from=a.frame.place_from,
            source_name=meta.source_name,
            url=meta.url,
        )
        for a in study.articles
    ]


def _blocks(study: Study) -> list[Block]:
    return [
        Block(
            source=study.layout.page.source,
            line=b.line,
            label=b.label,
            article=b.article,
            joins=b.joins,
            start=b.start,
            end=b.end,
            rule=b.rule,
        )
        for b in study.layout.blocks
    ]


def _figures(study: Study) -> list[Figure]:
    return [f for a in study.articles for f in a.figures]


def _times(study: Study) -> list[Time]:
    records = []
    for a in study.articles:
        for paragraph, verdict, periods in zip(a.article.paragraphs, a.verdicts, a.periods, strict=True):
            times = [c for c in verdict.taken if c.kind == "time"]
            for candidate, period in zip(times, periods, strict=True):
                if period is None and _needs_period(candidate):
                    continue
                start, end = paragraph.view.span(candidate.start, candidate.end)
                first, last = (bounds(period.value) if period else None) or ("", "")
                records.append(
                    Time(
                        source=study.layout.page.source,
                        article_id=a.article_id,
                        start=start,
                        end=end,
                        text=study.layout.page.text[start:end],
                        value=period.value if period else None,
                        period_start=first,
                        period_end=last,
                        rule=candidate.rule,
                    )
                )
    return records


_UNRESOLVED = frozenset({"now", "context_year", "same_period"})
"""Shapes that are times only when they resolve (contract §2: 目前, 全年, 同期)."""


def _needs_period(candidate: Candidate) -> bool:
    return isinstance(candidate.reading, TimeExpression) and candidate.reading.shape in _UNRESOLVED


def _unread(study: Study) -> list[Unread]:
    records = []
    for a in study.articles:
        for paragraph, verdict in zip(a.article.paragraphs, a.verdicts, strict=True):
            for candidate in (c for c in verdict.taken if c.kind == "unread"):
                start, end = paragraph.view.span(candidate.start, candidate.end)
                records.append(
                    Unread(
                        source=study.layout.page.source,
                        article_id=a.article_id,
                        start=start,
                        end=end,
                        text=study.layout.page.text[start:end],
                        reason=candidate.reason or candidate.rule,
                    )
                )
    return records
