"""An evaluation as one HTML page: text, gold and predictions side by side; everything escaped, no script, no link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby
from typing import Any

from zhengwen.scoring.evaluation import Evaluation, summary
from zhengwen.scoring.judge import Judged, PageVerdict
from zhengwen.scoring.slots import SLOTS

__all__ = ["page_html"]

Json = Mapping[str, Any]

_STYLE = """
body { font: 14px/1.6 system-ui, sans-serif; margin: 1.5em; color: #222; }
section { display: grid; grid-template-columns: minmax(20em, 2fr) 3fr; gap: 1.5em; }
.text { white-space: pre-wrap; } .rows { overflow-x: auto; }
table { border-collapse: collapse; font-size: 12px; }
td, th { border: 1px solid #ddd; padding: 1px 5px; text-align: left; }
td.bad { background: #fbd5d5; font-weight: 600; } tr.found td { border-bottom: 2px solid #bbb; }
mark { padding: 0 1px; } .right { background: #d3f0d3; } .wrong { background: #fff0b3; }
.missed { background: #fbc4c4; } .spurious { background: #ffd9b0; } pre { background: #f6f6f6; padding: 1em; }
"""
_COLUMNS = ("text", "value", "unit", *SLOTS)
_WORST_LAST = ("right", "wrong", "spurious", "missed")
_LEGEND = " ".join(f'<mark class="{v}">{v}</mark>' for v in _WORST_LAST)


def page_html(evaluation: Evaluation) -> str:
    """Return the whole page; it needs nothing but itself."""
    parts = [
        "<!doctype html>",
        '<html lang="zh"><head><meta charset="utf-8">',
        f"<title>{escape(evaluation.name)}: gold and predictions</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(evaluation.name)}</h1><p>{_LEGEND}; in the tables gold stands over the prediction.</p>",
        f"<details><summary>Scores</summary><pre>{escape(summary(evaluation))}</pre></details>",
        *(_page(v) for v in evaluation.verdicts),
        "</body></html>",
    ]
    return "\n".join(parts)


def _page(verdict: PageVerdict) -> str:
    counts = evaluation_line(verdict)
    return (
        f"<details open><summary><b>{escape(verdict.page.name)}</b> {escape(counts)}</summary><section>"
        f'<div class="text">{_text(verdict)}</div><div class="rows">'
        f"<h3>Figures</h3>{_table(_COLUMNS, verdict.of('figure'))}"
        f"<h3>Times</h3>{_table(('text', 'value'), verdict.of('time'))}"
        f"<h3>Entities</h3>{_table(('name', 'type'), verdict.of('entity'))}"
        f"<h3>Blocks</h3>{_table(('line', 'label', 'article', 'joins'), [j for j in verdict.of('block') if j.wrong])}"
        "</div></section></details>"
    )


def evaluation_line(verdict: PageVerdict) -> str:
    """Return a page's counts in one line."""
    figures = verdict.of("figure")
    return f"{sum(j.verdict == 'right' for j in figures)} of {sum(j.gold is not None for j in figures)} rows right"


def _text(verdict: PageVerdict) -> str:
    """Return the page's text with every figure and time marked by its verdict."""
    text = verdict.page.text
    paint = [""] * len(text)
    judged = [j for j in verdict.judged if j.record in ("figure", "time")]
    for one in sorted(judged, key=lambda j: _WORST_LAST.index(j.verdict)):
        span = one.either
        for at in range(max(0, span["start"]), min(len(text), span["end"])):
            paint[at] = one.verdict
    pieces = []
    for verdict_here, run in groupby(range(len(text)), key=paint.__getitem__):
        piece = escape("".join(text[at] for at in run))
        pieces.append(f'<mark class="{verdict_here}">{piece}</mark>' if verdict_here else piece)
    return "".join(pieces)


def _table(columns: tuple[str, ...], judged: list[Judged]) -> str:
    head = "".join(f"<th>{column}</th>" for column in columns)
    return f"<table><tr><th></th>{head}</tr>{''.join(row for j in judged for row in _rows(columns, j))}</table>"


def _rows(columns: tuple[str, ...], judged: Judged) -> Iterator[str]:
    """Yield the row of gold and, when anything about it is not right, the prediction's row under it."""
    if judged.verdict == "right" and not judged.wrong:
        yield _row("=", "right", columns, judged.either, ())
        return
    bad = judged.wrong if judged.slots else ("text", "value", "unit")
    if judged.gold is not None:
        yield _row("gold", judged.verdict, columns, judged.gold, bad if judged.found else ())
    if judged.found is not None:
        yield _row("found", judged.verdict, columns, judged.found, bad if judged.gold else ())


def _row(side: str, verdict: str, columns: tuple[str, ...], record: Json, bad: tuple[str, ...]) -> str:
    cells = "".join(
        f'<td class="bad">{_cell(record, c)}</td>' if c in bad else f"<td>{_cell(record, c)}</td>" for c in columns
    )
    return f'<tr class="{side if side == "found" else ""}"><th class="{verdict}">{side}</th>{cells}</tr>'


def _cell(record: Json, column: str) -> str:
    value = record.get(column)
    if column == "value" and value is None and record["record"] == "figure":
        ends = record.get("terms") or [record.get("low"), record.get("high")]
        value = " : ".join(str(e) for e in ends if e is not None)
    return "" if value is None else escape(str(value))
