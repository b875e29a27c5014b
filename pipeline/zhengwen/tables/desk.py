"""A page as an analyst reads it: each figure with its sentence, citation, checks, and what it took over from where.

Workbook and report are both written from this; nothing here decides anything about a figure.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from zhengwen.pages.normalise import Normaliser
from zhengwen.records import Article, Block, Check, Entity, Figure, Record, Time
from zhengwen.rules import Rules
from zhengwen.stages import Page
from zhengwen.tables.labels import Labels

__all__ = ["Desk", "DeskFigure", "DeskPage", "number", "one_line", "statement"]

_BREAK = re.compile(r"(?<!\s)\s*[\r\n]\s*")
_AROUND = 12


@dataclass(frozen=True, slots=True)
class DeskFigure:
    """One figure as it is read: `parts` are the sentence before, in and after the figure."""

    figure: Figure
    article: Article | None
    line: int
    parts: tuple[str, str, str]
    citation: str
    check_state: str
    inherited: str


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page with its figures, grouped as they are read."""

    page: Page
    articles: tuple[Article, ...]
    figures: tuple[DeskFigure, ...]
    times: tuple[Time, ...]
    entities: tuple[Entity, ...]
    checks: tuple[Check, ...]

    def by_id(self) -> dict[str, DeskFigure]:
        """Return the page's figures by their id."""
        return {f.figure.figure_id: f for f in self.figures}


class Desk:
    """Lays out pages for reading, in the language of `labels`."""

    def __init__(self, rules: Rules, labels: Labels) -> None:
        self.labels = labels
        self._rules = rules

    @cached_property
    def _normaliser(self) -> Normaliser:
        return Normaliser(self._rules)

    def page(self, page: Page, records: Sequence[Record]) -> DeskPage:
        """Return a page's records as they are read."""
        articles = {r.article_id: r for r in records if isinstance(r, Article)}
        checks = [r for r in records if isinstance(r, Check)]
        figures = [r for r in records if isinstance(r, Figure)]
        states = _states(checks)
        lines = _Lines(records)
        plain = page.text.translate(self._normaliser.table(page.text) or {})
        laid = []
        for figure in figures:
            article = articles.get(figure.article_id)
            line = lines.at(figure.start)
            laid.append(
                DeskFigure(
                    figure=figure,
                    article=article,
                    line=line,
                    parts=_parts(figure, page.text, plain),
                    citation=self.citation(figure, article, self._where(page, figure, line)),
                    check_state=states.get(figure.figure_id, ""),
                    inherited="; ".join(self._inherited(figure, page.text)),
                )
            )
        return DeskPage(
            page=page,
            articles=tuple(articles.values()),
            figures=tuple(laid),
            times=tuple(r for r in records if isinstance(r, Time)),
            entities=tuple(r for r in records if isinstance(r, Entity)),
            checks=tuple(checks),
        )

    def _where(self, page: Page, figure: Figure, line: int) -> str:
        """Return where a figure stands in its source: the page of a PDF, the line of a text."""
        if page.page_starts:
            return self.labels.word("page", bisect_right(page.page_starts, figure.start) or 1)
        return self.labels.word("line", line) if line else ""

    def citation(self, figure: Figure, article: Article | None, where: str) -> str:
        """Return what a footnote needs: outlet, title, date, page or line (`where`), sentence, address."""
        zh = self.labels.lang == "zh"
        outlet = (article.source_name if article else "") or _file_name(figure.source)
        title = (f"《{article.title}》" if zh else f"“{article.title}”") if article and article.title else ""
        date = (article.date if article else None) or self.labels.word("no_date")
        sentence = f"“{one_line(figure.sentence) or one_line(figure.text)}”"
        head = ("，" if zh else ", ").join(filter(None, (outlet, title, date, where)))
        return f"{head}{'：' if zh else ': '}{sentence}{f' {article.url}' if article and article.url else ''}"

    def _inherited(self, figure: Figure, text: str) -> Iterator[str]:
        """Yield each slot that the figure's clause does not state, and where it comes from."""
        for slot, origin in figure.inherited.items():
            said = origin.get("from", "") if isinstance(origin, dict) else str(origin)
            span = origin.get("span") if isinstance(origin, dict) else None
            words = f" “{one_line(text[slice(*span)])}”" if span and text[slice(*span)] else ""
            yield f"{self.labels.column(slot)} ← {self.labels.value('from', said)}{words}"


def one_line(text: str) -> str:
    """Return a text without its line breaks, as it reads."""
    return _BREAK.sub("", text).strip()


def number(value: Decimal | None) -> int | float | None:
    """Return an exact number as a cell holds it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def statement(taking: Sequence[DeskFigure]) -> str:
    """Return what is compared, the stated figure first: 49家 ↔ 16家, 4家, 29家."""
    said = [f"{f.figure.indicator or ''} {one_line(f.figure.text)}".strip() for f in taking]
    return f"{said[0]} ↔ {', '.join(said[1:])}" if len(said) > 1 else "".join(said)


def _file_name(source: str) -> str:
    return source.replace("\\", "/").rpartition("/")[2]


class _Lines:
    """Finds the line that a position stands in."""

    def __init__(self, records: Iterable[Record]) -> None:
        blocks = sorted((r.start, r.line) for r in records if isinstance(r, Block))
        self._starts = [start for start, _ in blocks]
        self._numbers = [line for _, line in blocks]

    def at(self, position: int) -> int:
        """Return the line number, 0 when no line is known there."""
        at = bisect_right(self._starts, position) - 1
        return self._numbers[at] if at >= 0 else 0


def _states(checks: Iterable[Check]) -> dict[str, str]:
    """Return for each figure that takes part in a check whether all of them agree."""
    states: dict[str, str] = {}
    for check in checks:
        for figure_id in check.figure_ids:
            if not check.ok or figure_id not in states:
                states[figure_id] = "ok" if check.ok else "failed"
    return states


def _parts(figure: Figure, text: str, plain: str) -> tuple[str, str, str]:
    """Divide the sentence around the figure, in the page's own characters or in plain ones."""
    parts = _divided(figure, text)
    return parts if parts[1] or plain == text else _divided(figure, plain)


def _divided(figure: Figure, text: str) -> tuple[str, str, str]:
    """Divide the sentence around the figure; where it stands several times, the words around it decide."""
    sentence = figure.sentence
    wanted = _BREAK.sub("", text[figure.start : figure.end]) or one_line(figure.text)
    before = _BREAK.sub("", text[max(0, figure.start - _AROUND) : figure.start])
    after = _BREAK.sub("", text[figure.end : figure.end + _AROUND])
    best, score = -1, -1
    at = sentence.find(wanted) if wanted else -1
    while at >= 0:
        common = _common(sentence[:at][::-1], before[::-1]) + _common(sentence[at + len(wanted) :], after)
        if common > score:
            best, score = at, common
        at = sentence.find(wanted, at + 1)
    if best < 0:
        return sentence, "", ""
    return sentence[:best], sentence[best : best + len(wanted)], sentence[best + len(wanted) :]


def _common(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    same = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        same += 1
    return same
