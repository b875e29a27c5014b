"""What the measuring commands print and write."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from zhengwen.errors import BadInput
from zhengwen.scoring import snapshots
from zhengwen.scoring.against import compare
from zhengwen.scoring.evaluation import Evaluation, misses, summary, totals
from zhengwen.scoring.gate import raise_floors
from zhengwen.scoring.judge import PageVerdict, judge
from zhengwen.scoring.pages import GoldPage, Json, Predictions
from zhengwen.scoring.sidebyside import page_html

__all__ = [
    "read_json",
    "show",
    "show_against",
    "snapshot_changes",
    "take_snapshots",
    "update",
    "write_html",
    "write_json",
]


def show(result: Evaluation, apart: Sequence[Evaluation] = (), *, errors: bool) -> None:
    """Print all scores, the totals of what is told apart, and every miss when asked for (none of held-out pages)."""
    if result.verdicts:
        print(summary(result))
    for part in apart:
        print("\n" + "\n".join(totals(part)))
    if errors:
        for part in (result, *(p for p in apart if p.name.endswith(".drafted"))):
            print("\n" + "\n".join(misses(part)))


def read_json(path: Path) -> Json:
    """Return what an earlier evaluation wrote. `BadInput` when that cannot be read."""
    try:
        before = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInput("no such file", code="missing", where=str(path)) from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"no JSON: {error}", code="bad_json", where=str(path)) from None
    if not isinstance(before, dict):
        raise BadInput("not an evaluation", code="bad_json", where=str(path))
    return before


def show_against(before: Json, result: Evaluation) -> None:
    """Print what got better and worse since an earlier evaluation."""
    # Through JSON, so that both sides have been where the other has.
    print("\nsince then:\n" + "\n".join(compare(before, json.loads(json.dumps(result.to_json())))))


def write_json(path: Path, result: Evaluation, apart: Sequence[Evaluation] = ()) -> None:
    """Write an evaluation with all its verdicts, and the totals of what is told apart from it."""
    told = {p.name: {"pages": len(p.verdicts), "headline": p.headline, "intervals": p.intervals} for p in apart}
    data = result.to_json() | ({"apart": told} if told else {})
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_html(path: Path, result: Evaluation) -> None:
    """Write the page that shows text, gold and predictions side by side."""
    path.write_text(page_html(result), encoding="utf-8")


def update(path: Path, result: Evaluation, reason: str) -> None:
    """Raise the floors and print which moved."""
    print(f"\nfloors of {result.name}:\n" + ("\n".join(raise_floors(path, result, reason)) or "none moved"))


def snapshot_changes(folder: Path, verdict: PageVerdict, records: Sequence[Json]) -> list[str]:
    """Return how a page's rows differ from its snapshot, as lines to read; none when they are the same."""
    before = snapshots.load(folder / f"{verdict.page.name}.tsv")
    found = snapshots.changes(before, snapshots.rows_of(records))
    return [line for change in found for line in snapshots.describe(change, verdict)]


def take_snapshots(folder: Path, pages: Sequence[GoldPage], found: Predictions) -> list[str]:
    """Write the pages' rows as snapshots, and return what changed, as lines to read."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for page in pages:
        records = found.of(page.name)
        path = folder / f"{page.name}.tsv"
        fresh = not path.is_file()
        changed = snapshot_changes(folder, judge(page, records), records)
        if fresh or changed:
            lines.append(f"{page.name}: {'a first snapshot' if fresh else ''}")
            lines += [] if fresh else [f"  {line}" for line in changed]
            rows = snapshots.rows_of(records)
            path.write_text(snapshots.render(rows), encoding="utf-8", newline="\n")
    return lines
