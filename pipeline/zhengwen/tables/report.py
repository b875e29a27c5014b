"""`report.html`: one file that opens offline, each article with its figures marked in place and the table beside it.

Whatever comes from an article is escaped, and the page's own rules (a content security policy with the hash of its one
script) let nothing else run or load.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.records import Article, Block, Figure, Record, plain
from zhengwen.review.log import SLOTS
from zhengwen.review.marks import Marks
from zhengwen.rules import Rules
from zhengwen.stages import Page
from zhengwen.tables.charts import charts
from zhengwen.tables.desk import Desk, DeskFigure, DeskPage, number, one_line, statement
from zhengwen.tables.figuresheet import ENUMERATED, window
from zhengwen.tables.labels import Labels

try:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup, escape
except ImportError:
    message = "the report needs jinja2: pip install 'zhengwen[report]'"
    raise BadInput(message, code="missing", where="--format html") from None

__all__ = ["HtmlTable", "highlighted"]

_NAME = "report.html"
_LIMIT = 20_000
"""Figures that a report holds; browsers become slow beyond. Articles that are left out are counted on the page."""

_SENTENCE = 64
"""Characters of a sentence that a row shows; the panel has it whole."""

_WHY = ("value", *SLOTS[1:], "kind", "tier", "part_of", "same_as", "attributed_to", "price_basis", "vintage", "outlook")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a text: its number, label and marked-up words."""

    number: int
    label: str
    text: Markup


@dataclass(frozen=True, slots=True)
class _Section:
    """One article as the report shows it."""

    key: str
    name: str
    heading: str
    """The name again, where none of the lines is a headline."""
    about: str
    url: str
    lines: tuple[_Line, ...]
    count: int


class HtmlTable:
    """Writes the report of a run; `marks` are the reviews to show, `limit` the figures that it may hold."""

    def __init__(
        self, folder: Path, suffix: str, rules: Rules, labels: Labels, marks: Marks, *, limit: int = _LIMIT
    ) -> None:
        self._labels, self._marks = labels, marks
        self._desk = Desk(rules, labels)
        self._file: IO[str] = (folder / f"{_NAME}{suffix}").open("w", encoding="utf-8", errors="replace", newline="\n")
        self._sections: list[_Section] = []
        self._figures: list[DeskFigure] = []
        self._why: dict[str, Any] = {}
        self._checks: list[dict[str, Any]] = []
        self._limit, self._beyond = limit, 0

    def add(self, page: Page, records: list[Record]) -> None:
        """Take one page's records."""
        laid = self._desk.page(page, records)
        if self._figures and len(self._figures) + len(laid.figures) > self._limit:
            self._beyond += len(laid.articles)
            return
        self._figures += laid.figures
        self._sections += self._sections_of(laid, [r for r in records if isinstance(r, Block)])
        by_id = laid.by_id()
        for check in laid.checks:
            taking = [by_id[i] for i in check.figure_ids if i in by_id]
            said = {
                "article": check.article_id,
                "ids": check.figure_ids,
                "ok": check.ok,
                "statement": statement(taking),
            }
            numbers = {"expected": number(check.expected), "found": number(check.found), "note": check.note}
            self._checks.append({**said, **numbers, "check": self._labels.value("check", check.check)})
        for figure in laid.figures:
            self._why[figure.figure.figure_id] = self._explained(figure, page.text)

    def fail(self, error: ZhengwenError) -> None:
        """Name an input that could not be read."""
        why = f"{self._labels.word('failed_input')}: {error}"
        self._sections.append(_Section(f"x{len(self._sections)}", error.where, error.where, why, "", (), 0))

    def close(self, head: Mapping[str, Any]) -> set[str]:
        """Write the page."""
        folder = Environment(
            loader=PackageLoader("zhengwen.tables", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        script, style = (_source(folder, f"report.{kind}") for kind in ("js", "css"))
        labels = self._labels
        page = folder.get_template("report.html").stream(
            lang="zh-CN" if labels.lang == "zh" else "en",
            t=labels.topic("report"),
            column=labels.column,
            label=labels.value,
            script=Markup(script),
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
            style=Markup(style),
            head=head,
            sections=self._sections,
            rows=self._rows(),
            checks=self._checks,
            charts=charts(self._figures),
            why=_island(self._why),
            beyond=labels.value("report", "not_shown").format(self._beyond, self._limit) if self._beyond else "",
            measures=labels.topic("measure"),
        )
        self._file.writelines(page)
        self._file.close()
        return {_NAME}

    def drop(self) -> None:
        """Close the file."""
        self._file.close()

    def _sections_of(self, laid: DeskPage, blocks: Sequence[Block]) -> Iterator[_Section]:
        lines: dict[int, list[_Line]] = defaultdict(list)
        numbers = [a.article for a in laid.articles]
        at = numbers[0] if numbers else 0
        marks = _marks(laid)
        for block in sorted(blocks, key=lambda b: b.start):
            at = block.article or at
            text = highlighted(laid.page.text, block.start, block.end, marks)
            lines[at].append(_Line(block.line, block.label, text))
        for article in laid.articles:
            count = sum(f.figure.article_id == article.article_id for f in laid.figures)
            said = lines.get(article.article, []) if laid.page.text else []
            yield self._section(article, said, count)

    def _section(self, article: Article, lines: Sequence[_Line], count: int) -> _Section:
        word = self._labels.word
        name = article.title or word("article_n", article.article)
        heading = "" if any(line.label == "title" for line in lines) else name
        known = [article.source_name, article.date or word("no_date"), article.place or ""]
        known.append(word("figure_of" if count == 1 else "figures_of", count))
        url = article.url if article.url.startswith(("http://", "https://")) else ""
        about = " · ".join(filter(None, [*known, article.source]))
        return _Section(article.article_id, name, heading, about, url, tuple(lines), count)

    def _rows(self) -> Iterator[dict[str, Any]]:
        """Yield the table's rows as the template writes them."""
        for laid in self._figures:
            f, mark = laid.figure, self._marks.of(laid.figure)
            yield {
                "f": f,
                "printed": ("−" if f.value is not None and f.value < 0 and f.text[:1] not in "-－−" else "")
                + one_line(f.text),
                "value": number(f.value),
                "against": " / ".join(filter(None, (self._labels.value("base", f.base), f.of))),
                "check": laid.check_state,
                "parts": window(laid.parts, _SENTENCE),
                "state": mark.state,
                "inherited": f.inherited,
            }

    def _explained(self, laid: DeskFigure, text: str) -> dict[str, Any]:
        """Return what the panel says about a figure: slot, value, why; then its citation."""
        figure = laid.figure
        slots = []
        for slot in _WHY:
            value = getattr(figure, slot)
            if value in (None, "") and slot not in ("indicator", "subject", "period"):
                continue
            said = self._labels.value(ENUMERATED[slot], str(value)) if slot in ENUMERATED and value else plain(value)
            if slot == "value" and value is None:
                said = one_line(figure.text)
            slots.append(
                [self._labels.column(slot), "" if said is None else str(said), self._reason(figure, slot, text)]
            )
        mark = self._marks.of(figure)
        state = (
            "" if mark.state == "open" else " ".join((self._labels.value("state", mark.state), *mark.who, mark.about))
        )
        return {"slots": slots, "citation": laid.citation, "review": state.strip()}

    def _reason(self, figure: Figure, slot: str, text: str) -> str:
        reason, came = figure.reasons.get(slot), figure.inherited.get(slot)
        parts = []
        if isinstance(came, Mapping):
            parts.append(f"← {self._labels.value('from', came.get('from', ''))}{_quoted(came.get('span'), text)}")
        if isinstance(reason, Mapping):
            said = self._labels.value("reason", str(reason.get("rule", "")))
            parts.append(f"{said}{_quoted(reason.get('cue'), text)}")
        elif isinstance(reason, str):
            parts.append(self._labels.value("reason", reason))
        return "; ".join(filter(None, parts))


def highlighted(text: str, start: int, end: int, marks: Sequence[tuple[int, int, str, str]]) -> Markup:
    """Return `text[start:end]`, escaped, with its marks (start, end, class, figure id or "") in place.

    Marks may nest and cross: the text is cut at every border, and each piece carries the classes of all its marks.
    """
    inside = [m for m in marks if m[0] < end and m[1] > start]
    borders = sorted({start, end, *(b for m in inside for b in m[:2] if start < b < end)})
    pieces = []
    for low, high in pairwise(borders):
        on = [m for m in inside if m[0] <= low and m[1] >= high]
        piece = escape(text[low:high])
        if not on:
            pieces.append(piece)
            continue
        classes = " ".join(dict.fromkeys(m[2] for m in on))
        ids = [m[3] for m in on if m[3]]
        data = Markup(' data-f="{}"').format(ids[0]) if ids else ""
        pieces.append(Markup('<span class="{}"{}>{}</span>').format(classes, data, piece))
    return Markup("").join(pieces)


def _marks(laid: DeskPage) -> list[tuple[int, int, str, str]]:
    """Return all marks of a page: names, times, figures."""
    found = [(s, e, f"e {entity.type}", "") for entity in laid.entities for s, e in entity.mentions]
    found += [(t.start, t.end, "t", "") for t in laid.times]
    for f in laid.figures:
        tier = f.figure.tier or "count"
        bad = " bad" if f.check_state == "failed" else ""
        found.append((f.figure.start, f.figure.end, f"f {tier}{bad}", f.figure.figure_id))
    return found


def _quoted(span: object, text: str) -> str:
    if isinstance(span, list | tuple) and len(span) == 2 and text:
        return f" “{one_line(text[span[0] : span[1]])}”"
    return ""


def _source(folder: Environment, name: str) -> str:
    loader = folder.loader
    assert loader is not None
    return loader.get_source(folder, name)[0]


def _island(value: Any) -> Markup:
    """Return data as JSON that no text in it can end or turn into markup."""
    said = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(said.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))
