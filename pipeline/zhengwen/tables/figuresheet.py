"""The columns of the workbook's sheet `figures`: what stands in each cell, and how a row is known again.

Reading columns come first, then the details (folded away), then the review columns that people fill in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from zhengwen.records import Figure
from zhengwen.review.log import SLOTS, value_text
from zhengwen.review.marks import Mark
from zhengwen.tables.columns import Cell, figure_row
from zhengwen.tables.desk import DeskFigure, number, one_line
from zhengwen.tables.labels import Labels

if TYPE_CHECKING:
    from zhengwen.tables.sheets import Column

__all__ = [
    "CHECKED",
    "COLUMNS",
    "DETAILS",
    "ENUMERATED",
    "FIXES",
    "FROZEN",
    "READING",
    "REVIEW",
    "Row",
    "columns",
    "fix_text",
    "mark_cells",
    "marks_text",
    "plain_cell",
    "row_check",
    "shown",
    "window",
]

READING = (
    "subject indicator period printed value unit measure base of status approx check_state sentence inherited tier "
    "title date source_name line report link citation"
).split()
"""What a reader looks at, from left to right."""

FROZEN = 2
"""How many columns stay in view: subject and indicator."""

_LATER = "number_printed unit_printed decimals value_base unit_code rule confidence source article_id start end".split()
DETAILS = (
    *(f.name for f in fields(Figure) if f.name not in {*READING, *_LATER, "text", "figure_id", "reasons"}),
    *_LATER,
    "figure_id",
    "row_check",
    "marks_written",
)
"""The rest, folded away: ids and offsets last."""

FIXES = tuple(f"fix_{slot}" for slot in SLOTS)
REVIEW = ("review_state", "review", *FIXES, "review_note", "reviewer")
"""What people fill in; the state says where the figure's review stands."""

COLUMNS = (*READING, *DETAILS, *REVIEW)

_UNCHECKED = {"report", "link", "row_check", "marks_written", *REVIEW}
CHECKED = tuple(c for c in COLUMNS if c not in _UNCHECKED)
"""The columns that `row_check` covers: all that the program fills with text or numbers."""

ENUMERATED = {
    "measure": "measure",
    "status": "status",
    "approx": "approx",
    "kind": "kind",
    "tier": "tier",
    "freq": "freq",
    "base": "base",
    "check_state": "check_state",
    "area_from": "area_from",
    "price_basis": "price_basis",
    "vintage": "vintage",
    "outlook": "outlook",
}
"""The columns whose codes are shown by their labels, with their topic in `rules/labels.tsv`."""

WIDTHS = {
    "subject": 16, "indicator": 20, "period": 15, "printed": 12, "value": 14, "unit": 8, "measure": 8, "base": 8,
    "of": 13, "status": 6, "approx": 7, "check_state": 7, "sentence": 60, "inherited": 18, "tier": 8, "title": 16,
    "date": 11, "source_name": 9, "line": 5, "report": 5, "link": 5, "citation": 12, "review_state": 11, "review": 8,
    "fix_indicator": 16, "fix_subject": 16, "fix_of": 14, "review_note": 24, "reviewer": 10,
}  # fmt: skip

Row = Mapping[str, Cell]
_SENTENCE = 80
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MARK = "\ue000"
"""Stands between cells while they are compared: a character for private use, so that it is not dropped."""
_DROPPED = re.compile("[\x00-\x1f\x7f\u200b\\s]+")


@dataclass(frozen=True, slots=True)
class _Menu:
    """A column's dropdown: the topic of its labels and the codes that people choose from."""

    topic: str
    codes: tuple[str, ...]


_MENUS = {
    "review": _Menu("review", ("accept", "fix", "reject", "undo")),
    "fix_measure": _Menu("measure", ()),
    "fix_status": _Menu("status", ()),
    "fix_approx": _Menu("approx", ()),
}


def columns(labels: Labels) -> list[Column]:
    """Return the sheet's columns: headers, widths, hover texts, dropdowns."""
    from zhengwen.tables.sheets import Column

    made = []
    for name in COLUMNS:
        menu = _MENUS.get(name)
        said = labels.topic(menu.topic) if menu else {}
        chosen = tuple(said[code] for code in (menu.codes or said)) if menu else ()
        made.append(
            Column(
                header=labels.column(name),
                width=WIDTHS.get(name, 10),
                about=_about(name, labels),
                values=chosen,
                hidden=name in DETAILS,
                number=name in ("printed", "value"),
                head="review" if name in REVIEW else "id" if name in DETAILS else "",
            )
        )
    return made


def _about(name: str, labels: Labels) -> str:
    """Return a header's hover text."""
    if name in REVIEW:
        return labels.word("legend_review")
    if name == "inherited":
        return labels.word("legend_inherited")
    if name == "check_state":
        return "\n".join(labels.word(f"legend_{w}") for w in ("failed", "ok"))
    if name == "status":
        return labels.word("legend_target")
    if name == "tier":
        return labels.word("legend_filter")
    return labels.meaning(name)


def shown(laid: DeskFigure, labels: Labels) -> dict[str, Cell]:
    """Return what the program writes into a figure's row, by column, links and review columns left out."""
    figure, article = laid.figure, laid.article
    row: dict[str, Cell] = figure_row(figure, article)
    row |= {
        "printed": one_line(figure.text),
        "value": number(figure.value) if figure.value is not None else value_text(figure),
        "sentence": "".join(window(laid.parts)),
        "inherited": laid.inherited,
        "check_state": laid.check_state,
        "line": laid.line or None,
        "source_name": article.source_name if article else "",
        "citation": laid.citation,
    }
    if figure.low == figure.high:
        row["low"] = row["high"] = None
    for column, topic in ENUMERATED.items():
        code = row[column]
        row[column] = labels.value(topic, code if isinstance(code, str) else None)
    return {c: row[c] for c in CHECKED}


def mark_cells(mark: Mark, labels: Labels) -> dict[str, str]:
    """Return what stands in a figure's review columns."""
    state = labels.value("state", mark.state)
    return {
        "review_state": f"{state}: {mark.about}" if mark.about else "" if mark.state == "open" else state,
        "review": labels.value("review", mark.verb),
        **{f"fix_{slot}": fix_text(slot, value, labels) for slot, value in mark.fixes.items()},
        "review_note": mark.note,
        "reviewer": ", ".join(mark.who),
    }


def fix_text(slot: str, value: Any, labels: Labels) -> str:
    """Return a corrected value as people write it: `-` where the slot should be empty."""
    if value is None:
        return "-"
    return labels.value(slot, str(value)) if slot in ENUMERATED else str(value)


def marks_text(cells: Mapping[str, str]) -> str:
    """Return what was written into the review columns as one text, so that a change is known when it comes back."""
    return " ¦ ".join(f"{c}={cells[c]}" for c in REVIEW[1:] if cells.get(c))


def row_check(cells: Mapping[str, Any]) -> str:
    """Return a check over all that the program wrote into a row: another one means that somebody changed a cell."""
    known = _MARK.join(f"{c}={_text_of(cells.get(c))}" for c in CHECKED)
    if "_x" in known:
        known = _MARK.join(f"{c}={plain_cell(cells.get(c))}" for c in CHECKED)
    # What is dropped from cells is dropped from all of them at once: a row has sixty.
    known = _DROPPED.sub("", known).replace(_MARK, "\0")
    return "r" + blake2b(known.encode("utf-8", "backslashreplace"), digest_size=6).hexdigest()


def plain_cell(value: object) -> str:
    """Return a cell as it is compared: the same before it is written and after it was read, by any spreadsheet."""
    text = _text_of(value)
    # A text that looks like an escape is escaped itself, and not every reader undoes that.
    while "_x" in text and (read := _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)) != text:
        text = read
    return _DROPPED.sub("", text)


def _text_of(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.12g}" if isinstance(value, int | float) else str(value)


def window(parts: Sequence[str], most: int = _SENTENCE) -> tuple[str, str, str]:
    """Return a sentence cut to what fits in three lines, the figure in the middle; the citation has it whole."""
    before, bold, after = parts
    room = most - len(bold)
    if len(before) + len(after) <= room:
        return before, bold, after
    left = min(len(before), max(room // 2, room - len(after)))
    right = max(0, room - left)
    before = f"…{before[-left:] if left else ''}" if left < len(before) else before
    after = f"{after[:right]}…" if right < len(after) else after
    return before, bold, after
