"""The workbook comes back: which rows people marked, what they corrected, and what they changed where it is not taken.

Rows are known by their `figure_id`, columns by their headers in any language; sorting, filtering, added and removed
rows and columns do no harm. A mark counts when it differs from what the workbook was written with.
"""

from __future__ import annotations

import getpass
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from zhengwen.engine import Engine
from zhengwen.errors import BadInput
from zhengwen.records import Figure, plain
from zhengwen.review.corrections import Corrections
from zhengwen.review.log import SLOTS, Anchor, Decision, Log, anchor_of
from zhengwen.review.placing import place
from zhengwen.review.settling import Voice, voices
from zhengwen.review.steps import leading
from zhengwen.review.typed import Typed
from zhengwen.rules import Rules
from zhengwen.tables.desk import Desk, DeskFigure
from zhengwen.tables.figuresheet import COLUMNS, REVIEW, marks_text, plain_cell, row_check, shown
from zhengwen.tables.labels import LANGUAGES, Labels, codes

__all__ = ["Imported", "import_workbook"]

_SOURCE = "excel"
_HEAD_ROWS = 10
_KNOWN = 5
Cells = Mapping[str, Any]


@dataclass
class Imported:
    """What an import came to; the lists hold lines to read."""

    decisions: list[Decision] = field(default_factory=list)
    marked: int = 0
    """Rows whose marks are new or changed."""
    kept: int = 0
    """Rows whose marks are as they were."""
    refused: list[str] = field(default_factory=list)
    """Marks that could not be taken, and why."""
    edits: list[str] = field(default_factory=list)
    """Changes outside the review columns: reported, not taken."""
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it was found: where, in which language, its cells by column."""

    where: str
    lang: str
    cells: Cells


class _Known:
    """The run that a workbook belongs to: its figures as they would be written today."""

    def __init__(self, pages: Iterable[Any], rules: Rules) -> None:
        self.pages = list(pages)
        self._rules = rules
        self._desks: dict[str, dict[str, DeskFigure]] = {}
        self._texts: dict[str, str] = {}
        self.figures: dict[str, Figure] = {}
        for page, records in self.pages:
            for record in records:
                if isinstance(record, Figure):
                    self.figures[record.figure_id] = record
                    self._texts[record.figure_id] = page.text

    def text(self, figure_id: str) -> str:
        """Return the text of a figure's page."""
        return self._texts[figure_id]

    def shown(self, figure_id: str, lang: str) -> Cells:
        """Return what the program writes into a figure's row in a language."""
        labels = Labels(self._rules, lang)
        if lang not in self._desks:
            desk = Desk(self._rules, labels)
            laid = (f for page, records in self.pages for f in desk.page(page, records).figures)
            self._desks[lang] = {f.figure.figure_id: f for f in laid}
        return shown(self._desks[lang][figure_id], labels)


def import_workbook(path: Path, pages: Iterable[Any], log: Log, rules: Rules, by: str = "") -> Imported:
    """Return the decisions that a workbook brings; nothing is written.

    `pages` are the run's pages with their records, `by` the reviewer where the row names none. Raises `BadInput` for
    a file that is no workbook, or one without figures.
    """
    known = _Known(pages, rules)
    rows, author = _rows(path, rules)
    out = Imported()
    telling = _telling(rows, known, out)
    _Reader(known, voices(log), rules).read(telling, out, by, author)
    return out


def _telling(rows: Iterable[_Row], known: _Known, out: Imported) -> dict[str, _Row]:
    """Return the rows that somebody changed, by figure; of the others nothing is kept but that they were there."""
    seen: dict[str, tuple[str, str]] = {}
    found: dict[str, _Row] = {}
    for row in rows:
        figure_id = str(row.cells.get("figure_id") or "").strip()
        marks = _marks(row.cells)
        if not figure_id:
            if marks or row.cells.get("printed") not in (None, ""):
                found[row.where] = row
        elif figure_id in seen:
            where, before = seen[figure_id]
            if before != marks:
                out.refused.append(f"{row.where}: {figure_id} stands at {where} too, marked otherwise: not taken")
                found.pop(figure_id, None)
        else:
            seen[figure_id] = row.where, marks
            whole = row_check(row.cells) == row.cells.get("row_check")
            if whole and marks == _written(row.cells) and figure_id in known.figures:
                out.kept += bool(marks)
            else:
                found[figure_id] = row
    return found


class _Reader:
    """Turns marked rows into decisions."""

    def __init__(self, known: _Known, heard: Mapping[str, Mapping[str, Voice]], rules: Rules) -> None:
        self._known, self._heard = known, heard
        self._corrections = Corrections(rules)
        self._verbs = codes(rules, "review")
        self._typed = Typed(known.pages, self._corrections, lambda: Engine(rules))

    def read(self, found: Mapping[str, _Row], out: Imported, by: str, author: str) -> None:
        """Read all rows into `out`."""
        known = {i: row for i, row in found.items() if row.cells.get("figure_id")}
        for row in (row for i, row in found.items() if i not in known):
            self._add(row, out, by or author)
        self._read_known(known, out, by, author)

    def _add(self, row: _Row, out: Imported, by: str) -> None:
        """Read a row without a figure: one that the program missed."""
        try:
            verb = self._verb(row.cells.get("review"))
            if verb in ("reject", "undo"):
                raise ValueError(f"{verb} of a row without figure_id: it belongs to no figure")
            said = self._typed.read(row.cells, _who(row.cells, by), _SOURCE)
        except ValueError as error:
            out.refused.append(f"{row.where}: {error}")
            return
        before = self._heard.get(said.figure_id, {}).get(said.who, Voice(said.who))
        if before.verdict == "add" and before.anchor.slots == said.anchor.slots:
            out.kept += 1
            return
        note = str(row.cells.get("review_note") or "").strip()
        out.marked += 1
        out.decisions.append(replace(said, note=note))
        out.notes.append(
            f"{row.where}: {said.anchor.text} is added as {said.figure_id}: “{_short(said.anchor.sentence)}”"
        )

    def _read_known(self, found: Mapping[str, _Row], out: Imported, by: str, author: str) -> None:
        """Read the rows that name a figure."""
        moved = self._moved(found)
        for old_id, row in found.items():
            figure_id = moved.get(old_id, old_id)
            if figure_id not in self._known.figures:
                if _marks(row.cells) != _written(row.cells):
                    out.refused.append(f"{row.where}: {old_id} is no figure of this run, nor like one: not taken")
                continue
            if figure_id == old_id:
                out.edits += self._edits(figure_id, row)
            else:
                out.notes.append(f"{row.where}: {old_id} is {figure_id} today (same words, same sentence)")
            if _marks(row.cells) == _written(row.cells):
                out.kept += bool(_marks(row.cells))
                continue
            try:
                decisions = self._decisions(figure_id, row, _who(row.cells, by or author))
            except ValueError as error:
                out.refused.append(f"{row.where}: {error}")
                continue
            out.marked += bool(decisions)
            out.decisions += decisions

    def _moved(self, found: Mapping[str, _Row]) -> Mapping[str, str]:
        """Return where figures stand that the run has not any more, by their words and sentence."""
        strange = {i: _anchor(row.cells) for i, row in found.items() if i not in self._known.figures}
        if not strange:
            return {}
        by_page: dict[str, list[Figure]] = {}
        for figure in self._known.figures.values():
            by_page.setdefault(figure.source, []).append(figure)
        return place(strange, [(fs, self._known.text(fs[0].figure_id)) for fs in by_page.values()]).moved

    def _edits(self, figure_id: str, row: _Row) -> Iterator[str]:
        """Yield a line for each cell that was changed where changes are not taken."""
        cells = row.cells
        if row_check(cells) == cells.get("row_check"):
            return
        for column, value in self._known.shown(figure_id, row.lang).items():
            if column in cells and plain_cell(cells[column]) != plain_cell(value):
                slot = f"; corrections belong into fix_{column}" if column in SLOTS else ""
                was, now = (_short(v) for v in (value, cells[column]))
                yield f"{row.where}: {column} was {was}, is {now}: not taken{slot}"

    def _decisions(self, figure_id: str, row: _Row, who: str) -> list[Decision]:
        """Return what a reviewer's marks add to what he said before."""
        verb = self._verb(row.cells.get("review"))
        fixes = self._fixes(row.cells)
        note = str(row.cells.get("review_note") or "").strip()
        if verb in ("accept", "reject", "undo") and fixes:
            raise ValueError(f"{verb} and corrections at once: choose fix, or leave the fix columns empty")
        if verb == "fix" and not fixes:
            raise ValueError("fix without a correction: fill a fix column")
        verb = verb or ("fix" if fixes else "note" if note else "undo")
        figure = self._known.figures[figure_id]
        before = self._heard.get(figure_id, {}).get(who, Voice(who))
        base = Decision(figure_id, who, "note", source=_SOURCE, anchor=self._anchor_now(figure, row))
        return leading(verb, fixes, note, before, base)

    def _verb(self, said: Any) -> str:
        text = str(said or "").strip().lower()
        if text and text not in self._verbs:
            raise ValueError(f"no such review: {text!r} (wanted: accept, fix, reject or undo)")
        return self._verbs.get(text, "")

    def _fixes(self, cells: Cells) -> dict[str, Any]:
        written = ((slot, cells.get(f"fix_{slot}")) for slot in SLOTS)
        return {slot: self._corrections.read(slot, said) for slot, said in written if said not in (None, "")}

    def _anchor_now(self, figure: Figure, row: _Row) -> Anchor:
        """Return where the figure stands, with the slots that the reviewer saw."""
        anchor = anchor_of(figure, self._known.text(figure.figure_id))
        if row_check(row.cells) != row.cells.get("row_check"):
            return anchor
        seen = {slot: self._seen(slot, row.cells.get(slot)) for slot in SLOTS}
        # A number that a cell cannot hold exactly is the run's own.
        same = {s: v for s, v in anchor.slots.items() if plain_cell(v) == plain_cell(seen[s])}
        return replace(anchor, slots={**seen, **same})

    def _seen(self, slot: str, cell: Any) -> Any:
        if cell in (None, ""):
            return None
        if slot == "value":
            return plain(cell)
        return self._corrections.code(slot, cell)


def _rows(path: Path, rules: Rules) -> tuple[Iterator[_Row], str]:
    """Return the rows of every sheet with figures, and who saved the workbook last."""
    try:
        import openpyxl
    except ImportError:
        message = "reading a workbook needs openpyxl: pip install 'zhengwen[office]'"
        raise BadInput(message, code="missing", where=str(path)) from None
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except FileNotFoundError:
        raise BadInput("no such file", code="missing", where=str(path)) from None
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, openpyxl.utils.exceptions.InvalidFileException) as error:
        raise BadInput(f"not a workbook: {error}", code="format", where=str(path)) from None
    names = _headers(rules)
    sheets = [(sheet.title, head) for sheet in book.worksheets if (head := _head(sheet, names))]
    if not sheets:
        raise BadInput("no sheet with figures (a header row with the column figure_id)", code="format", where=str(path))
    author = str(book.properties.lastModifiedBy or "")

    def rows() -> Iterator[_Row]:
        for title, (number, columns, lang) in sheets:
            for at, cells in enumerate(book[title].iter_rows(min_row=number + 1, values_only=True), number + 1):
                found = {columns[i]: v for i, v in enumerate(cells) if i in columns}
                if any(v not in (None, "") for v in found.values()):
                    yield _Row(f"{title}!{at}", lang, found)

    return rows(), author


def _headers(rules: Rules) -> dict[str, dict[str, str]]:
    """Return the column for each header, by language; a column's own name is a header too."""
    made = {}
    for lang in LANGUAGES:
        labels = Labels(rules, lang)
        made[lang] = {c.lower(): c for c in COLUMNS} | {labels.column(c).lower(): c for c in COLUMNS}
    return made


def _head(sheet: Any, names: Mapping[str, Mapping[str, str]]) -> tuple[int, dict[int, str], str] | None:
    """Return the number of a sheet's header row, its columns by position, and the language; None without one."""
    for number, cells in enumerate(sheet.iter_rows(max_row=_HEAD_ROWS, values_only=True), 1):
        for lang, known in names.items():
            columns: dict[int, str] = {}
            for i, cell in enumerate(cells):
                name = known.get(str(cell or "").strip().lower())
                if name and name not in columns.values():
                    columns[i] = name
            others = {n for other in names.values() for n in other} - set(known)
            strange = sum(str(c or "").strip().lower() in others for c in cells)
            if "figure_id" in columns.values() and len(columns) >= _KNOWN and strange < len(columns):
                return number, columns, lang
    return None


def _marks(cells: Cells) -> str:
    return marks_text({c: str(cells[c]).strip() for c in REVIEW[1:] if cells.get(c) not in (None, "")})


def _written(cells: Cells) -> str:
    return str(cells.get("marks_written") or "")


def _who(cells: Cells, else_who: str) -> str:
    """Return who marked a row: as the row says, else `else_who`, else who is at the machine."""
    said = str(cells.get("reviewer") or "").strip()
    joined = "," in said and f"reviewer={said}" in _written(cells)
    return (said if said and not joined else "") or else_who.strip() or getpass.getuser()


def _anchor(cells: Cells) -> Anchor:
    """Return where a row's figure stood, from the row alone."""
    citation = str(cells.get("citation") or "")
    sentence = citation[citation.find("“") + 1 : max(citation.rfind("”"), 0)]
    return Anchor(source=str(cells.get("source") or ""), text=str(cells.get("printed") or ""), sentence=sentence)


def _short(value: Any) -> str:
    text = str(value if value is not None else "empty")
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"
