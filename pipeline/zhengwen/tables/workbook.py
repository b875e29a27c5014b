"""`figures.xlsx`: the analyst's workbook, written page by page; `figuresheet` says what stands in which column."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from typing import Any

from zhengwen.coverage import Coverage, record_spans
from zhengwen.errors import ZhengwenError
from zhengwen.records import Block, Check, Record
from zhengwen.review.marks import Mark, Marks
from zhengwen.rules import Rules
from zhengwen.stages import Page
from zhengwen.tables import figuresheet
from zhengwen.tables.cellxml import Link, Rich, Value
from zhengwen.tables.columns import ENTITY_COLUMNS, Cell, entity_row
from zhengwen.tables.desk import Desk, DeskFigure, DeskPage, number, one_line, statement
from zhengwen.tables.labels import Labels
from zhengwen.tables.sheets import MAX_ROWS, Book, Column, Sheet, heights
from zhengwen.tables.wide import SLOTS, Wide, WideLine

__all__ = ["XlsxTable"]

_NAME = "figures.xlsx"
_REPORT = "report.html"
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_SIGNS = {"%": '"%"', "‰": '"‰"'}
"""Units whose sign stands in the number's own format: 3.6 is shown as 3.6%, and stays 3.6."""

_PLACES = 6
_GREY = {"font_color": "#7F7F7F", "italic": True}
_FAINT = "#BFBFBF"
_BLUE = {"font_color": "#1F5FBF"}
_STATES = {"failed": {"bg_color": "#F8CBAD"}, "ok": {"bg_color": "#E2EFDA"}}
_SORT_PROOF = 5_000
"""Up to this many figures the wide table finds its rows by identity, so that `figures` may be sorted; beyond it, that
would cost a search through all rows for every cell."""
_TOP = {"valign": "top"}


class XlsxTable:
    """Writes the workbook of a run; `marks` are the reviews to print, `max_rows` the rows of a sheet."""

    def __init__(
        self, folder: Path, suffix: str, rules: Rules, labels: Labels, marks: Marks, *, max_rows: int = MAX_ROWS
    ) -> None:
        self._labels, self._marks, self._rules = labels, marks, rules
        self._desk = Desk(rules, labels)
        self._coverage = Coverage(rules)
        self._wide = Wide(rules)
        self._book = Book(str(folder / f"{_NAME}{suffix}"))
        self._book.about(labels.value("report", "title"), _CREATED)
        self._places: dict[str, tuple[int, int]] = {}
        self._max_rows = max_rows
        self._kept_checks: list[tuple[bool, list[Value]]] = []
        self._figures = self._figure_sheet()
        self._wide_sheet = self._sheet("wide", _wide_columns(labels), table="wide", frozen=3)
        self._entities = self._sheet("entities", [Column(labels.column(c), w) for c, w in _ENTITY_WIDTHS], frozen=1)
        self._articles = self._sheet("articles", [Column(labels.column(c), w) for c, w in _ARTICLE_WIDTHS], frozen=1)
        self._checks = self._sheet("checks", [Column(labels.column(c), w) for c, w in _CHECK_WIDTHS], frozen=1)
        self._uncovered = self._sheet("uncovered", [Column(labels.column(c), w) for c, w in _LOST_WIDTHS], frozen=1)

    def add(self, page: Page, records: list[Record]) -> None:
        """Take one page's records."""
        laid = self._desk.page(page, records)
        for figure in laid.figures:
            self._add_figure(figure)
        self._wide.add(laid)
        for entity in laid.entities:
            row = entity_row(entity)
            row["type"] = self._labels.value("type", entity.type)
            self._entities.add([row[c] for c, _ in _ENTITY_WIDTHS])
        by_id = laid.by_id()
        for check in laid.checks:
            self._keep_check(check, by_id)
        self._add_articles(laid, self._add_uncovered(page, records, laid))

    def fail(self, error: ZhengwenError) -> None:
        """Note an input that could not be read, among the articles."""
        row: dict[str, Value] = {"source": error.where, "note": f"{self._labels.word('failed_input')}: {error}"}
        self._articles.add([row.get(c) for c, _ in _ARTICLE_WIDTHS], {_NOTE_AT: self._look(bg_color="#F8CBAD")})

    def close(self, head: Mapping[str, Any]) -> set[str]:
        """Write the sheets that need the whole run, and the file; `head` is what `run.json` says."""
        self._write_wide()
        self._write_checks()
        self._write_codes()
        self._write_run(head)
        self._shut()
        return {_NAME}

    def drop(self) -> None:
        """Close the file without more: the run was broken off."""
        self._shut()

    def _shut(self) -> None:
        for sheet in (self._figures, self._wide_sheet, self._entities, self._articles, self._checks, self._uncovered):
            sheet.close()
        self._book.close()

    # figures

    def _figure_sheet(self) -> Sheet:
        labels, tiers = self._labels, self._labels.topic("tier")
        at = figuresheet.COLUMNS.index
        colours = [
            (at("review"), labels.value("review", "accept"), {"bg_color": "#C6E0B4"}),
            (at("review"), labels.value("review", "fix"), {"bg_color": "#FFE699"}),
            (at("review"), labels.value("review", "reject"), {"bg_color": "#F8CBAD"}),
        ]
        return self._sheet(
            "figures",
            figuresheet.columns(labels),
            table="figures",
            frozen=figuresheet.FROZEN,
            printed=at("sentence"),
            chosen=(at("tier"), (tiers["statistic"], tiers["count"], "")),
            colours=tuple(colours),
        )

    def _add_figure(self, laid: DeskFigure) -> None:
        figure, labels = laid.figure, self._labels
        cells: dict[str, Value] = dict(figuresheet.shown(laid, labels))
        mark = self._marks.of(figure)
        marks = figuresheet.mark_cells(mark, labels)
        row_check = figuresheet.row_check(cells)
        cells |= {"row_check": row_check, "marks_written": figuresheet.marks_text(marks), **marks}
        parts = figuresheet.window(laid.parts)
        cells["sentence"] = Rich(*parts)
        cells["report"] = Link("→", f"{_REPORT}#{figure.figure_id}")
        if laid.article and laid.article.url:
            cells["link"] = Link("↗", laid.article.url)
        names = figuresheet.COLUMNS
        height = heights([("".join(parts), 57), (str(cells["indicator"] or ""), 19), (str(cells["subject"] or ""), 15)])
        row = self._figures.add([cells.get(c) for c in names], self._looks(laid, mark), height)
        self._places[figure.figure_id] = len(self._figures.names), row

    def _looks(self, laid: DeskFigure, mark: Mark) -> dict[int, Any]:
        """Return the formats of a figure's cells by column."""
        figure, at = laid.figure, _AT
        target = _BLUE if figure.status == "target" else {}
        looks = {
            at["sentence"]: self._look(text_wrap=True),
            at["indicator"]: self._look(text_wrap=True, **target),
            at["subject"]: self._look(text_wrap=True, **target),
            at["report"]: self._book.links,
            at["link"]: self._book.links,
            at["printed"]: self._look(align="right", **target),
            at["unit"]: self._look(indent=1, **target),
            at["value"]: self._number_look(figure.unit, figure.value, **target),
        }
        if figure.approx == "exact":
            looks[at["approx"]] = self._look(font_color=_FAINT)
        if not target:
            looks[at["status"]] = self._look(font_color=_FAINT)
        else:
            looks[at["status"]] = self._look(**target)
        for slot in figure.inherited:
            if slot in at:
                wrap = {"text_wrap": True} if slot in ("indicator", "subject") else {}
                looks[at[slot]] = self._look(**{**target, **_GREY, **wrap})
        if laid.check_state:
            looks[at["check_state"]] = self._look(**_STATES[laid.check_state])
        if mark.state in ("again", "disputed"):
            looks[at["review_state"]] = self._look(bg_color="#FFF2CC")
        return looks

    def _number_look(self, unit: str | None, value: Any, **more: Any) -> Any:
        """Return the format of a number: grouped thousands, as many places as it has, the sign of a percentage."""
        if value is None:
            return self._look(align="right", **more)
        exponent = value.normalize().as_tuple().exponent
        places = min(_PLACES, max(0, -exponent)) if isinstance(exponent, int) else 0
        form = "#,##0" + ("." + "0" * places if places else "")
        return self._look(num_format=form + _SIGNS.get(unit or "", ""), align="right", **more)

    # the sheets beside it

    def _keep_check(self, check: Check, by_id: Mapping[str, DeskFigure]) -> None:
        taking = [by_id[i] for i in check.figure_ids if i in by_id]
        state = "ok" if check.ok else "failed"
        cells: dict[str, Value] = {
            "check": self._labels.value("check", check.check),
            "result": self._labels.value("check_state", state),
            "statement": statement(taking),
            "expected": number(check.expected),
            "found": number(check.found),
            "tolerance": number(check.tolerance),
            "note": check.note,
            "sentence": one_line(taking[0].figure.sentence) if taking else "",
            "report": Link("→", f"{_REPORT}#{check.figure_ids[0]}"),
            "title": taking[0].article.title if taking and taking[0].article else "",
            "source": check.source,
        }
        self._kept_checks.append((check.ok, [cells[c] for c, _ in _CHECK_WIDTHS]))

    def _write_checks(self) -> None:
        """Write the checks, those that do not agree first."""
        number, wrapped = self._look(num_format="#,##0.####"), self._look(text_wrap=True)
        for ok, cells in sorted(self._kept_checks, key=itemgetter(0)):
            looks = {1: self._look(**_STATES["ok" if ok else "failed"]), _CHECK_LINK: self._book.links}
            looks |= {2: wrapped, 3: number, 4: number, 5: number, _CHECK_SENTENCE: wrapped}
            self._checks.add(cells, looks, heights([(str(cells[2]), 60), (str(cells[_CHECK_SENTENCE]), 60)]))

    def _add_uncovered(self, page: Page, records: Sequence[Record], laid: DeskPage) -> Counter[str]:
        """Write the numerals that no record covers, and return how many each article has."""
        spans = record_spans(records)
        by_article: Counter[str] = Counter()
        blocks = sorted((r.start, r.line, r.article) for r in records if isinstance(r, Block))
        for start, end in self._coverage.uncovered(page.text, spans):
            at = bisect_right(blocks, start, key=itemgetter(0)) - 1
            block = blocks[at] if at >= 0 else (0, 0, 0)
            article = next((a for a in laid.articles if a.article == block[2]), None)
            by_article[article.article_id if article else ""] += 1
            before, after = one_line(page.text[max(0, start - 40) : start]), one_line(page.text[end : end + 40])
            bold = page.text[start:end]
            row: list[Value] = [
                bold,
                Rich(before, bold, after),
                article.title if article else "",
                block[1],
                page.source,
                start,
                end,
            ]
            self._uncovered.add(row, {1: self._look(text_wrap=True)}, heights([(before + bold + after, 80)]))
        return by_article

    def _add_articles(self, laid: DeskPage, uncovered: Counter[str]) -> None:
        tiers: Counter[tuple[str, str]] = Counter((f.figure.article_id, f.figure.tier) for f in laid.figures)
        failed = Counter(c.article_id for c in laid.checks if not c.ok)
        for article in laid.articles:
            count = sum(n for (i, _), n in tiers.items() if i == article.article_id)
            cells: dict[str, Value] = {
                "title": article.title,
                "date": article.date,
                "place": article.place,
                "source_name": article.source_name,
                "figures": count,
                "statistics": tiers[article.article_id, "statistic"],
                "failed_checks": failed[article.article_id],
                "uncovered": uncovered[article.article_id],
                "note": "" if count else self._labels.word("nothing_found"),
                "link": Link("↗", article.url) if article.url else None,
                "date_from": self._labels.value("date_from", article.date_from),
                "source": article.source,
                "article_id": article.article_id,
            }
            looks = {_ARTICLE_LINK: self._book.links}
            if not count:
                looks[_NOTE_AT] = self._look(bg_color="#FFF2CC")
            self._articles.add([cells[c] for c, _ in _ARTICLE_WIDTHS], looks)

    def _write_wide(self) -> None:
        for line in self._wide.lines():
            cells: list[Value] = [line.subject, line.indicator, line.period, self._labels.value("freq", line.freq)]
            cells += [self._labels.value("status", line.status)]
            looks = {0: self._look(text_wrap=True), 1: self._look(text_wrap=True)}
            if line.status == "target":
                looks = {i: self._look(text_wrap=True, **_BLUE) for i in (0, 1, 4)}
            for slot in SLOTS:
                self._add_slot(line, slot, cells, looks)
            state = line.check_state
            if state:
                looks[len(cells)] = self._look(**_STATES[state])
            cells += [self._labels.value("check_state", state), max(line.stated.values(), default=1), len(line.sources)]
            height = heights([(line.subject, 18), (line.indicator, 24)])
            self._wide_sheet.add(cells, looks, height)

    def _add_slot(self, line: WideLine, slot: str, cells: list[Value], looks: dict[int, Any]) -> None:
        """Add a slot's cells: the level as printed with value and unit, the others with what they compare with."""
        laid = line.cells.get(slot)
        figure = laid.figure if laid else None
        if slot == "level":
            looks[len(cells)] = self._look(font_color="#0563C1", align="right")
            cells.append(self._to(laid, one_line(laid.figure.text)) if laid else None)
            looks[len(cells)] = self._number_look(None, figure.value if figure else None)
            if figure and figure.unit:
                looks[len(cells) + 1] = self._look(indent=1)
            cells += [number(figure.value), figure.unit] if figure else [None, None]
            return
        if laid is None and slot in line.flat:
            looks[len(cells)] = self._look(align="right", **_GREY)
            cells.append(self._labels.word("implied_zero"))
            return
        looks[len(cells)] = self._look(font_color="#0563C1", align="right")
        cells.append(self._to(laid, _compact(laid)) if laid else None)
        if figure and slot in ("growth", "change", "share", "rank", "gap"):
            looks[len(cells)] = self._look(indent=1)
        if slot in ("growth", "change"):
            cells.append(self._labels.value("base", figure.base) if figure and figure.base else None)
        elif slot in ("share", "rank", "gap"):
            cells.append(figure.of if figure else None)

    def _to(self, laid: DeskFigure, shown: str) -> Link:
        """Return a link to a figure's row; while there are few, it finds the row however `figures` is sorted."""
        sheet, row = self._places[laid.figure.figure_id]
        name = self._figures.names[sheet - 1].replace("'", "''")
        if len(self._places) > _SORT_PROOF or len(self._figures.names) > 1:
            return Link(shown, f"#'{name}'!A{row}")
        last = self._figures.rows + 1
        where = f"'{name}'!${_ID_COLUMN}$1:${_ID_COLUMN}${last}"
        return Link(shown, place=f'"#\'{name}\'!A"&MATCH("{laid.figure.figure_id}",{where},0)')

    def _write_codes(self) -> None:
        labels = self._labels
        heads = [Column(labels.column(c), w) for c, w in (("list", 16), ("code", 20), ("name", 24), ("meaning", 70))]
        sheet = self._sheet("codes", heads, frozen=0)
        for name, look in _LEGEND:
            sheet.add([labels.word("legend"), "", "", labels.word(name)], {3: self._look(text_wrap=True, **look)}, 30)
        for topic in (*dict.fromkeys(figuresheet.ENUMERATED.values()), "check", "type", "review", "state"):
            for code, name in labels.topic(topic).items():
                sheet.add([labels.column(topic), code, name, ""])
        for column in figuresheet.COLUMNS:
            about = labels.meaning(column)
            sheet.add(["figures", column, labels.column(column), about], {3: self._look(text_wrap=True)})
        for row in self._rules.table("indicators"):
            if row.get("id"):
                sheet.add([labels.column("indicator_id"), row["id"], row["name"], row.get("english", "")])
        sheet.close()

    def _write_run(self, head: Mapping[str, Any]) -> None:
        heads = [Column(self._labels.column("item"), 34), Column(self._labels.column("content"), 90)]
        sheet = self._sheet("run", heads)
        for name, value in _flat(head):
            sheet.add([name, value])
        for state, count in sorted(self._counts().items()):
            sheet.add([f"review.{state}", count])
        sheet.add(["wide.left_out", self._wide.left_out])
        for made in (self._figures, self._wide_sheet, self._entities, self._checks, self._uncovered):
            for name in made.names[1:]:
                sheet.add([made.names[0], f"{self._labels.word('more_sheets')} {name}"])
        sheet.close()

    def _counts(self) -> Counter[str]:
        return Counter(s.state for s in self._marks.settled.values())

    def _sheet(self, name: str, heads: Sequence[Column], **options: Any) -> Sheet:
        options.setdefault("table", name)
        return self._book.sheet(self._labels.value("sheet", name), heads, max_rows=self._max_rows, **options)

    def _look(self, **properties: Any) -> Any:
        return self._book.look(**{**_TOP, **properties})


def _compact(laid: DeskFigure) -> str:
    """Return a figure as the wide table shows it: with its minus when it is a decrease."""
    figure = laid.figure
    minus = figure.value is not None and figure.value < 0 and figure.text[:1] not in "-－−"
    return ("−" if minus else "") + one_line(figure.text)


def _flat(value: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Cell]]:
    """Return nested names and values as rows."""
    rows: list[tuple[str, Cell]] = []
    for name, item in value.items():
        if isinstance(item, Mapping):
            rows += _flat(item, f"{prefix}{name}.")
        elif isinstance(item, list):
            rows.append((f"{prefix}{name}", ", ".join(map(str, item))))
        else:
            rows.append((f"{prefix}{name}", item))
    return rows


def _wide_columns(labels: Labels) -> list[Column]:
    widths = {"subject": 18, "indicator": 24, "other": 16}
    names = ["subject", "indicator", "period", "freq", "status", "level", "value", "unit", "yoy", "seq", "growth"]
    names += ["growth_base", "change", "change_base", "share", "share_of", "rank", "rank_of", "gap", "gap_of", "other"]
    numbers = {"level", "value", "yoy", "seq", "growth", "change", "share", "rank", "gap", "other"}
    names += ["check_state", "claims", "articles"]
    return [Column(labels.column(c), widths.get(c, 11), number=c in numbers) for c in names]


def _letters(index: int) -> str:
    """Return a column's letters: 0 → A, 27 → AB."""
    head, last = divmod(index, 26)
    return (_letters(head - 1) if head else "") + chr(ord("A") + last)


_AT = {c: i for i, c in enumerate(figuresheet.COLUMNS)}
_ID_COLUMN = _letters(_AT["figure_id"])
_ENTITY_WIDTHS = [
    (c, {"name": 26, "source": 30, "aliases": 30, "mentions": 24}.get(c, 13))
    for c in ("name", "type", "role", "aliases", *(c for c in ENTITY_COLUMNS if c not in "name type role aliases"))
]
_ARTICLE_WIDTHS = [
    ("title", 44), ("date", 12), ("place", 16), ("source_name", 14), ("figures", 9), ("statistics", 10),
    ("failed_checks", 10), ("uncovered", 10), ("note", 24), ("link", 8), ("date_from", 16), ("source", 40),
    ("article_id", 18),
]  # fmt: skip
_NOTE_AT = [c for c, _ in _ARTICLE_WIDTHS].index("note")
_ARTICLE_LINK = [c for c, _ in _ARTICLE_WIDTHS].index("link")
_CHECK_WIDTHS = [
    ("check", 10), ("result", 9), ("statement", 60), ("expected", 14), ("found", 14), ("tolerance", 10), ("note", 20),
    ("sentence", 60), ("report", 7), ("title", 26), ("source", 30),
]  # fmt: skip
_CHECK_SENTENCE = [c for c, _ in _CHECK_WIDTHS].index("sentence")
_CHECK_LINK = [c for c, _ in _CHECK_WIDTHS].index("report")
_LOST_WIDTHS = [("numeral", 14), ("sentence", 80), ("title", 30), ("line", 7), ("source", 30), ("start", 8), ("end", 8)]
_LEGEND: list[tuple[str, dict[str, Any]]] = [
    ("legend_inherited", _GREY),
    ("legend_target", _BLUE),
    ("legend_failed", _STATES["failed"]),
    ("legend_ok", _STATES["ok"]),
    ("legend_again", {"bg_color": "#FFF2CC"}),
    ("legend_review", {"bg_color": "#FFE699"}),
    ("legend_edit", {}),
    ("legend_filter", {}),
]
