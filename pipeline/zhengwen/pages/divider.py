"""Pages: a page's text in, its layout out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from zhengwen.pages import articles, blocks, joins, sites
from zhengwen.pages.frame import Framer
from zhengwen.pages.grids import Grids
from zhengwen.pages.lines import Line, split
from zhengwen.pages.marks import Marks
from zhengwen.pages.normalise import Normaliser, Table
from zhengwen.pages.tables import Found, Tables
from zhengwen.rules import Rules
from zhengwen.stages import ArticleText, Candidate, Frame, Layout, LineBlock, Page, Paragraph
from zhengwen.views import Piece, View

__all__ = ["Pages"]

_APART = 2
"""So many empty lines on end may set a picture's text apart."""
_LONGEST = 5000
"""A paragraph is read in parts of at most so many characters, so that time grows with the length of a text only."""
_MARKS = ("[。！？!?](?=.)", "[；;](?=.)", r"[，,](?=\D)", r"[^\w.,](?=\D)", r"[^\d.,](?=\D)")
_CUTS = tuple(re.compile(f".*{mark}", re.DOTALL) for mark in _MARKS)
"""Up to where a part may reach: its last full stop, else its last mark of the next kind, at worst where no digit is."""


class Pages:
    """Divides pages into articles, and frames articles with their date and place."""

    def __init__(self, rules: Rules) -> None:
        self._normaliser = Normaliser(rules)
        self._marks = Marks(rules)
        self._tables = Tables(rules)
        self._grids = Grids(self._tables)
        self._framer = Framer(rules)

    def reading(self, text: str) -> str:
        """Return a page's text as it is read, character for character."""
        return self._normaliser.read(text, self._normaliser.table(text))

    def divide(self, page: Page) -> Layout:
        """Return the page as understood: every non-empty line labelled once, in articles."""
        table = self._normaliser.table(page.text)
        lines = split(page.text, table)
        cells = self._understand(lines, page)
        numbers = sorted({line.article for line in lines if line.article})
        grouped: dict[int, list[Line]] = {n: [] for n in [0, *numbers]}
        for line in lines:
            grouped[line.article].append(line)
        by_line: dict[int, list[Found]] = {}
        for cell in cells:
            by_line.setdefault(cell.line, []).append(cell)
        return Layout(
            page,
            tuple(LineBlock(x.number, x.start, x.end, x.label, x.article, x.joins, x.rule) for x in lines),
            tuple(_article(page, n, grouped[n], table, by_line) for n in numbers),
            _paragraphs(page.text, grouped[0], table),
        )

    def frame(self, layout: Layout, article: ArticleText, taken: Sequence[Sequence[Candidate]]) -> Frame:
        """Return what holds for the whole article; `taken` are the arbiter's candidates of each paragraph."""
        return self._framer.frame(layout, article, taken)

    def frames(self, layout: Layout, taken: Sequence[Sequence[Sequence[Candidate]]]) -> list[Frame]:
        """Return the frames of all articles of a page; one page is published on one day, so its articles share it."""
        return self._framer.frames(layout, taken)

    def _understand(self, lines: list[Line], page: Page) -> list[Found]:
        cells = self._grids.find(page, lines)
        cells += self._tables.find(lines, len(page.grids))
        for line in lines:
            if line.table is None:
                self._marks.mark(line)
        sites.counter(lines)
        sites.keyed(lines)
        sites.links(lines)
        sites.contents(lines)
        blocks.wrapped([x for x in lines if x.table is None])
        if not any(x.label or x.role or x.brief for x in lines) and max((x.gap for x in lines), default=0) < _APART:
            for line in lines:
                line.name("body", "pages.body")
                line.article = 1
            joins.join(lines)
            return cells
        blocks.pictures(lines)
        blocks.ledes(lines)
        blocks.long_heads(lines)
        blocks.named(lines, self._marks)
        starts = articles.divide(lines, self._marks, page.meta)
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=True), 1):
            segment = lines[start:end]
            blocks.label(segment, self._marks, page.meta)
            for line in segment:
                if line.article < 0:
                    line.article = 0 if line.yields.get("article") == "page" and line.label == "furniture" else number
            joins.join(segment)
        if len(starts) > 1 and articles.of_briefs(lines):
            blocks.around_briefs(lines)
        return cells


def _article(
    page: Page, number: int, lines: Sequence[Line], table: Table, cells: Mapping[int, Sequence[Found]]
) -> ArticleText:
    paragraphs = _paragraphs(page.text, lines, table)
    title = next((p for p in paragraphs if p.label == "title"), None)
    text = title.view.text if title else page.meta.title if number == 1 else ""
    span = title.view.span(0, len(title.view.text)) if title else None
    tabled = [(n, i) for i, p in enumerate(paragraphs) for n in p.lines if p.table is not None] if cells else []
    mine = tuple(replace(c.cell, paragraph=i) for n, i in tabled for c in cells.get(n, ()))
    return ArticleText(number, text, span, paragraphs, mine)


def _paragraphs(text: str, lines: Sequence[Line], table: Table) -> tuple[Paragraph, ...]:
    """Return the lines as paragraphs, each joined line put to the one that it continues."""
    runs: list[list[Line]] = []
    last: dict[str, list[Line]] = {}
    for line in lines:
        if line.joins and line.label in last:
            last[line.label].append(line)
        else:
            runs.append([line])
            last[line.label] = runs[-1]
    return tuple(p for run in runs for p in _paragraph(text, run, table))


def _paragraph(text: str, run: Sequence[Line], table: Table) -> Iterator[Paragraph]:
    """Yield the paragraph of lines that are joined, in parts where it is longer than any that is written."""
    first = run[0]
    if len(run) == 1:
        view = View(first.text, (Piece(0, first.start, len(first.text)),))
    else:
        view = View.of(text, [(x.start, x.end) for x in run], table)
    numbers = tuple(x.number for x in run)
    for start, end in _parts(view.text) if first.table is None else [(0, len(view.text))]:
        yield Paragraph(view.part(start, end), first.label, first.article, numbers, first.table)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the parts of a text, each as many whole sentences as fit, else clauses, else characters."""
    start = 0
    while len(text) - start > _LONGEST:
        least, most = start + _LONGEST // 2, start + _LONGEST
        end = next((m.end() for r in _CUTS if (m := r.match(text, least, most + 1))), most)
        yield start, end
        start = end
    yield start, len(text)
