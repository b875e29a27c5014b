"""Snapshots: every article's rows as a table in a file, so that a change of the program shows as a change of rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhengwen.errors import BadInput
from zhengwen.scoring.judge import Judged, PageVerdict

__all__ = ["COLUMNS", "Change", "changes", "describe", "load", "render", "rows_of"]

Json = Mapping[str, Any]
Row = dict[str, str]

COLUMNS = (
    "record",
    "start",
    "text",
    "value",
    "unit",
    "kind",
    "approx",
    "measure",
    "indicator",
    "subject",
    "period",
    "base",
    "of",
    "status",
    "part_of",
)
_KEY = ("record", "start", "text")


def rows_of(records: Iterable[Json]) -> list[Row]:
    """Return the rows of a page's records as texts: figures and times by position, then entities by name."""
    kept = [r for r in records if r["record"] in ("figure", "time", "entity")]
    texts = {r["figure_id"]: r["text"] for r in kept if r.get("figure_id")}
    kept.sort(key=lambda r: (r["record"] == "entity", r.get("start", 0), r.get("end", 0), r.get("name", "")))
    return [_row(r, texts) for r in kept]


def _row(record: Json, texts: Mapping[str, str]) -> Row:
    if record["record"] == "entity":
        aliases = "、".join(record.get("aliases") or ())
        return dict.fromkeys(COLUMNS, "") | {
            "record": "entity",
            "text": record["name"],
            "kind": str(record.get("type") or ""),
            "value": aliases,
            "of": str(record.get("role") or ""),
        }
    row = {c: _cell(record.get(c)) for c in COLUMNS}
    row["part_of"] = _cell(texts.get(record.get("part_of") or "", record.get("part_of")))
    if record["record"] == "figure" and record.get("value") is None:
        row["value"] = _range(record)
    return row


def _range(record: Json) -> str:
    if record.get("terms"):
        return ":".join(_cell(t) for t in record["terms"])
    if record.get("low") is None and record.get("high") is None:
        return ""
    return f"{_cell(record.get('low'))}..{_cell(record.get('high'))}"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def render(rows: Sequence[Row]) -> str:
    """Return rows as a table: tabs between the cells, a first line with the names of the columns."""
    return "".join("\t".join(cells) + "\n" for cells in [COLUMNS, *([row[c] for c in COLUMNS] for row in rows)])


def load(path: Path) -> list[Row]:
    """Read a snapshot; none when there is no file yet. `BadInput` for one with other columns."""
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").split("\n")
    if tuple(lines[0].split("\t")) != COLUMNS:
        raise BadInput("a snapshot with other columns: take it anew with `zhengwen accept`", where=str(path))
    return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines[1:] if line]


@dataclass(frozen=True)
class Change:
    """A row that is new (`before` None), gone (`after` None) or different."""

    before: Row | None
    after: Row | None

    @property
    def either(self) -> Row:
        """The row as it is now, or was."""
        row = self.after or self.before
        assert row is not None
        return row

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that differ; none for a new row or one that is gone."""
        if self.before is None or self.after is None:
            return ()
        return tuple(c for c in COLUMNS if self.before[c] != self.after[c])


def changes(before: Sequence[Row], after: Sequence[Row]) -> list[Change]:
    """Return what differs between two lists of rows, in order of position; rows meet by kind, start and text."""
    old, new = _keyed(before), _keyed(after)
    keys = sorted({*old, *new}, key=lambda k: (k[0] == "entity", int(k[1] or 0), k))
    return [Change(old.get(k), new.get(k)) for k in keys if old.get(k) != new.get(k)]


def _keyed(rows: Sequence[Row]) -> dict[tuple[str, str, str, int], Row]:
    keyed: dict[tuple[str, str, str, int], Row] = {}
    for row in rows:
        record, start, text = (row[c] for c in _KEY)
        turn = 0
        while (record, start, text, turn) in keyed:
            turn += 1
        keyed[record, start, text, turn] = row
    return keyed


def describe(change: Change, verdict: PageVerdict | None = None) -> Iterator[str]:
    """Yield a change as lines to read, and what gold says of the row as it is now."""
    row = change.either
    place = f"{row['record']} {row['start']} {row['text']}".replace("  ", " ")
    if change.columns:
        yield f"~ {place}"
        for column in change.columns:
            was, now = (side[column] or "∅" for side in (change.before or row, change.after or row))
            yield f"    {column:<10} {was} → {now}"
    else:
        sign = "+" if change.before is None else "-"
        yield f"{sign} {place}  " + " ".join(f"{c}={row[c]}" for c in COLUMNS[3:] if row[c])
    if verdict is not None:
        yield f"    gold: {_opinion(row, verdict, gone=change.after is None)}"


def _opinion(row: Row, verdict: PageVerdict, *, gone: bool) -> str:
    """Say whether gold agrees with a row that is there, or with its absence."""
    judged = [j for j in verdict.of(row["record"]) if _same(j, row, gone=gone)]
    if row["record"] not in verdict.page.reviewed:
        return "not reviewed"
    if gone:
        return "misses it now" if any(j.verdict in ("missed", "wrong") for j in judged) else "agrees"
    if not judged:
        return "counts neither way"
    if judged[0].verdict == "right":
        return "agrees"
    if judged[0].verdict == "spurious":
        return "has no such row"
    return "disagrees on " + (", ".join(judged[0].wrong) or "span, value or unit")


def _same(judged: Judged, row: Row, *, gone: bool) -> bool:
    record = judged.gold if gone else judged.found
    if record is None:
        return False
    if row["record"] == "entity":
        return row["text"] in (record["name"], *(record.get("aliases") or ()))
    return str(record["start"]) == row["start"]
