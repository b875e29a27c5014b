"""What passes from one stage to the next: small frozen types, nothing else.

reading gives a `Page`; pages divides it into a `Layout` (blocks, articles, paragraphs, tables); values, times and
entities propose `Candidate`s over a paragraph's view; the arbiter keeps one reading per character; rows makes
figures of it. No stage reaches into another's insides: these types are all they share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from zhengwen.fixed import fixed
from zhengwen.views import View

__all__ = [
    "ArticleText",
    "Candidate",
    "CandidateKind",
    "Frame",
    "Grid",
    "GridCell",
    "Layout",
    "LineBlock",
    "Meta",
    "NameMention",
    "Page",
    "Paragraph",
    "Period",
    "Quantity",
    "TableCell",
    "TimeExpression",
]

CandidateKind = Literal["figure", "time", "name", "label", "idiom", "unread"]


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known about a page from elsewhere (contract, “Metadata”); empty strings where unknown."""

    date: str = ""
    title: str = ""
    source_name: str = ""
    url: str = ""
    place: str = ""
    date_from: str = ""
    """Where the date came from: meta (beside the file), option (`--date`), row (an archive's field)."""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table that its file marks as one: where it stands in the table, and in the page's text.

    `rows` and `columns` count how many it spans; `head` says that the file calls it a head.
    """

    row: int
    column: int
    start: int
    end: int
    rows: int = 1
    columns: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as its file gives it (HTML, Word, a sheet, a PDF's rows); its rows are lines of the text."""

    start: int
    end: int
    cells: tuple[GridCell, ...]
    name: str = ""
    """What the file calls the table (a caption, the sheet's name), where the text does not say it."""


@dataclass(frozen=True, slots=True)
class Page:
    """One input: its name as given, its text exactly as decoded or as its reader made it, and its metadata."""

    source: str
    text: str
    meta: Meta = field(default_factory=Meta)
    encoding: str = ""
    sha256: str = ""
    format: str = "text"
    """What was read: text, row, html, pdf, docx, xlsx; for all but text and row the reader made the text."""
    confidence: float = 1.0
    """How sure the encoding is, from 0 to 1; below 0.8 another reading was nearly as good."""
    grids: tuple[Grid, ...] = ()
    page_starts: tuple[int, ...] = ()
    """Where in the text each page of a PDF begins."""


@fixed
class LineBlock:
    """One non-empty line, labelled (contract §4); `start:end` is its stripped span in the page's text."""

    line: int
    start: int
    end: int
    label: str
    article: int
    joins: bool = False
    rule: str = ""


@fixed
class Paragraph:
    """A run of text that is read as one: a line, or lines joined across a column break."""

    view: View
    label: str
    article: int
    lines: tuple[int, ...]
    table: int | None = None
    """The number of the flattened table that the line is part of (its title, heads and cells), else None."""


@fixed
class TableCell:
    """A cell of a table that holds a figure: where it is and what its heads say.

    `paragraph` indexes `ArticleText.paragraphs`, `start:end` lies in that paragraph's view. `row_heads` and
    `column_heads` are the texts of the heads from the outermost to the nearest, without their units.
    `unit` is the unit that head, title or 单位 line gives, magnitude included (亿元, 万吨, %), as printed.
    """

    paragraph: int
    start: int
    end: int
    row_heads: tuple[str, ...]
    column_heads: tuple[str, ...]
    unit: str
    title: str = ""
    parent_row: int | None = None
    """Index (in the same column) of the row that this row is a part of (标 # or indented under it), else None."""
    row: int = 0
    column: int = 0
    subject: str = ""
    """The row's name where the table's rows are places, bodies or projects, not indicators."""


@fixed
class ArticleText:
    """One article of a page: its number, headline and paragraphs in reading order."""

    number: int
    title: str
    title_span: tuple[int, int] | None
    paragraphs: tuple[Paragraph, ...]
    cells: tuple[TableCell, ...] = ()


@fixed
class Layout:
    """A page as understood: every non-empty line labelled once, and its articles."""

    page: Page
    blocks: tuple[LineBlock, ...]
    articles: tuple[ArticleText, ...]
    furniture: tuple[Paragraph, ...] = ()
    """Paragraphs of article 0 (furniture of the whole page), in order."""


@fixed
class Period:
    """A resolved time in the contract's notation (`2020-Q3`, `2021-01/2021-05`, `/2020-12-31`) and how."""

    value: str
    how: str = ""


@fixed
class TimeExpression:
    """What a date's words say, before any anchor: see `zhengwen.times`.

    `shape` names the form (year, month, quarter, half, range, ten_days, day, five_year, relative_year, now, holiday …),
    `parts` its fields as strings (year, month, day, quarter, offset, …; a missing year is left out).
    """

    shape: str
    parts: Mapping[str, str]


@fixed
class Quantity:
    """A figure's number and unit, read exactly (contract §1); what it says is for rows to decide.

    `sign` is always +: decreases get theirs from the wording, except a printed minus or 零下.
    """

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    terms: tuple[Decimal, ...] | None
    unit: str | None
    kind: str
    approx: str = "exact"
    unit_code: str = ""
    value_base: Decimal | None = None
    number_printed: str = ""
    unit_printed: str = ""
    decimals: int = 0
    modifier: tuple[int, int] | None = None
    """The span in the view of the modifier outside the figure (约, 近, 以上 …) that `approx` comes from."""
    reversed_rank: bool = False
    """倒数第二: a rank from the end."""


@fixed
class NameMention:
    """A name found in the text: its type (contract §3), full name and, for a person, the role."""

    name: str
    type: str
    role: str = ""


@fixed
class Candidate:
    """One recogniser's reading of `start:end` of a paragraph's view; the arbiter decides between them.

    `weight` settles overlaps: the higher wins, then the longer, then the earlier. `rule` is the id of the rule that
    proposes it. `reading` holds a Quantity, TimeExpression or NameMention; None for labels and idioms.
    """

    start: int
    end: int
    kind: CandidateKind
    rule: str
    weight: int = 0
    reading: Quantity | TimeExpression | NameMention | None = None
    reason: str = ""


@fixed
class Frame:
    """What holds for a whole article: its publication date, the place of its 全区/全市/我县, how each was found."""

    date: str = ""
    date_from: str = ""
    place: str = ""
    place_from: str = ""
    reporting: str = ""
    """The period that the article reports on (2020 for a report on 2020 published in 2021), when it tells."""
