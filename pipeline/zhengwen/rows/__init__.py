"""The heart: figures with all their slots, from an article's taken readings.

Order of work for an article: texts are masked; each paragraph's figures become drafts; lists are linked; measure,
indicator, subject, period and base are read from left to right with the context stacks; 分别 and breakdowns are
distributed; the drafts become records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhengwen.entities import Book
from zhengwen.records import Figure
from zhengwen.rows.aims import Aims
from zhengwen.rows.cells import Cells
from zhengwen.rows.clauses import Text
from zhengwen.rows.drafts import Draft
from zhengwen.rows.finish import Finish
from zhengwen.rows.indicators import Indicators
from zhengwen.rows.lists import Lists
from zhengwen.rows.measures import Measures
from zhengwen.rows.naming import Naming
from zhengwen.rows.nouns import Nouns
from zhengwen.rows.parts import Parts
from zhengwen.rows.sections import Sections
from zhengwen.rows.settling import settle
from zhengwen.rows.subjects import Subjects
from zhengwen.rows.when import When
from zhengwen.rules import Rules
from zhengwen.stages import ArticleText, Candidate, Frame, Page, Period, TableCell
from zhengwen.values import Values

__all__ = ["Rows"]

_LOOSE = frozenset({"paragraph", "section", "heading", "title", "article", "none"})
"""Whence a slot comes that no word of the figure's own sentence tells."""
_MEMORY = 8
"""How many figures of earlier paragraphs a figure may go back to for the whole of its share."""
_REACH = 200
"""How many figures of its paragraph before it a figure may go on from: more than any paragraph of news holds."""


@dataclass(frozen=True, slots=True)
class _Readers:
    """What reads one article; made anew for each, so that nothing is carried over."""

    subjects: Subjects
    when: When
    sections: Sections


class Rows:
    """Makes the figures of an article; the rules are compiled once, articles share no state."""

    def __init__(self, rules: Rules, values: Values) -> None:
        self._rules = rules
        self._indicators = Indicators(rules)
        self._comparisons = {r.id.rpartition(".")[2]: r.regex for r in rules.of("rows/comparisons")}
        self._measures = Measures(rules)
        nouns = self._nouns = Nouns(rules, self._indicators)
        self._naming = Naming(rules, nouns)
        self._parts = Parts(rules)
        self._aims = Aims(rules)
        self._lists = Lists(rules, nouns)
        self._cells = Cells(rules, values)
        self._finish = Finish(rules, self._indicators)
        self._readers = _Readers(Subjects(rules, nouns), When(rules), Sections(rules))

    def figures(
        self,
        article: ArticleText,
        taken: Sequence[Sequence[Candidate]],
        periods: Sequence[Sequence[Period | None]],
        frame: Frame,
        book: Book,
        page: Page,
        name: str,
    ) -> list[Figure]:
        """Return the figures of the article with the id `name`, by position.

        `taken` and `periods` are parallel to its paragraphs.
        """
        cells = self._cells.candidates(article)
        if not cells and not any(c.kind == "figure" for candidates in taken for c in candidates):
            return []
        texts = [self._text(article, i, taken[i], periods[i], cells.get(i, [])) for i in range(len(taken))]
        if not any(t.figures for t in texts):
            return []
        readers = self._readers
        readers.subjects.start(article, texts, frame, book)
        readers.when.start(article, texts, frame)
        readers.sections.start(frame, article.title)
        drafts: list[Draft] = []
        tabled: list[tuple[Draft, TableCell]] = []
        last = max(i for i, t in enumerate(texts) if t.figures)  # what comes after it tells of no figure
        for i, (paragraph, text) in enumerate(zip(article.paragraphs[: last + 1], texts, strict=False)):
            readers.subjects.paragraph(text, paragraph.label)
            readers.when.paragraph(text, paragraph.label)
            readers.sections.paragraph(text, paragraph.label)
            here = [Draft(text, item, i, item.quantity) for item in text.figures]
            if i in cells:
                self._read_cells(here, [c for _, c in cells[i]])
                tabled += zip(here, [c for _, c in cells[i]], strict=True)
            else:
                self._read(here, drafts)
            drafts += here
        self._cells.link(tabled)
        return self._finish.records(drafts, article, name, frame, book, page)

    def _text(
        self,
        article: ArticleText,
        i: int,
        taken: Sequence[Candidate],
        periods: Sequence[Period | None],
        cells: Sequence[tuple[Candidate, TableCell]],
    ) -> Text:
        candidates = sorted([*taken, *(c for c, _ in cells)], key=lambda c: c.start)
        return Text(article.paragraphs[i].view, candidates, periods, self._comparisons)

    def _read(self, drafts: Sequence[Draft], earlier: Sequence[Draft]) -> None:
        """Read the figures of a paragraph from left to right; `earlier` are those of the paragraphs before it."""
        last = list(earlier[-_MEMORY:])
        self._lists.link(drafts)
        for i, draft in enumerate(drafts):
            self._measures.read(draft, [*last, *drafts[max(0, i - _REACH) : i]])
        _embed(drafts)
        for i, draft in enumerate(drafts):
            draft.after_threshold = bool(i) and drafts[i - 1].measure == "threshold"
            self._readers.subjects.read(draft)
            self._naming.read(draft, drafts[max(0, i - _REACH) : i])
            self._readers.when.read(draft)
            self._readers.sections.read(draft)
            self._readers.subjects.settle(draft, self._indicators.known(draft.indicator or ""))
            _run_on(draft)
            self._measures.read_base(draft, _growth_before(drafts, i))
        self._lists.distribute(drafts)
        self._parts.link(drafts)
        self._aims.run_on(drafts)
        settle(drafts)
        self._naming.settle(drafts)

    def _read_cells(self, drafts: Sequence[Draft], cells: Sequence[TableCell]) -> None:
        for draft, cell in zip(drafts, cells, strict=True):
            self._cells.fill(draft, cell)
            self._readers.subjects.read(draft)
            self._readers.when.read(draft)
            self._cells.period(draft, cell)
            self._cells.subject(draft, cell)


def _growth_before(drafts: Sequence[Draft], i: int) -> Draft | None:
    """Return the last growth before a figure in its sentence."""
    first, _ = drafts[i].text.full_sentence(drafts[i].item.start)
    for draft in reversed(drafts[max(0, i - _MEMORY) : i]):
        if draft.item.start < first:
            return None
        if draft.measure == drafts[i].measure == "growth_rate":
            return draft
    return None


def _run_on(draft: Draft) -> None:
    """Let a figure that goes on about one of an earlier sentence (比去年增加30%。) keep its subject and period."""
    heir = draft.follows
    if heir is None or heir.text is not draft.text or heir.item.start >= draft.text.full_sentence(draft.item.start)[0]:
        return
    span = draft.text.view.span(heir.item.start, heir.item.end)
    if heir.subject and draft.inherited.get("subject", {}).get("from") in _LOOSE:
        draft.subject, draft.subject_kind = heir.subject, heir.subject_kind
        draft.because("subject", "subjects.goes_on")
        draft.comes_from("subject", "figure", span)
    ruled = draft.reasons.get("period", {}).get("rule", "times.clause") in ("times.clause", "times.sentence")
    if heir.period and not ruled and draft.inherited.get("period", {"from": "none"})["from"] in _LOOSE:
        draft.period = heir.period
        draft.because("period", "times.goes_on")
        draft.comes_from("period", "figure", span)


def _embed(drafts: Sequence[Draft]) -> None:
    """Mark the figures that stand inside the words that make another's measure."""
    for before, draft in pairwise(drafts):
        if before.text is draft.text and draft.of and draft.predicate <= before.item.start:
            before.embedded = True
