from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from zhengwen.errors import BadInput
from zhengwen.scoring.judge import judge
from zhengwen.scoring.pages import GoldPage, Predictions
from zhengwen.scoring.snapshots import changes, load, render, rows_of
from zhengwen.scoring.writing import snapshot_changes, take_snapshots


def test_what_is_written_is_read_again(tmp_path: Path, own_pages: list[GoldPage]) -> None:
    for page in own_pages:
        rows = rows_of(page.records)
        path = tmp_path / f"{page.name}.tsv"
        path.write_text(render(rows), encoding="utf-8", newline="\n")
        assert load(path) == rows
        assert changes(rows, rows) == []


def test_a_line_break_in_a_figure_stays_one_row() -> None:
    rows = rows_of([{"record": "figure", "start": 0, "end": 3, "text": "7\n个", "value": 7.0, "unit": "个"}])
    assert rows[0]["text"] == "7 个"
    assert rows[0]["value"] == "7"


def test_ranges_and_ratios_show_their_ends() -> None:
    base: dict[str, Any] = {"record": "figure", "start": 0, "end": 3, "text": "x", "value": None}
    assert rows_of([{**base, "low": 3, "high": 5.5}])[0]["value"] == "3..5.5"
    assert rows_of([{**base, "terms": [1.1, 50.5, 48.4]}])[0]["value"] == "1.1:50.5:48.4"


def test_a_change_reads_as_a_diff_with_golds_opinion(tmp_path: Path, own_pages: list[GoldPage], spoilt: Any) -> None:
    page = next(p for p in own_pages if p.name == "shibu_page")
    right = spoilt([r for r in page.records if not r.get("optional")], 1, 0.0)
    take_snapshots(tmp_path, [page], Predictions({page.name: right}))
    first = next(r for r in right if r["record"] == "figure")
    broken = [{**r, "subject": "白沙镇"} if r is first else r for r in right]
    told = "\n".join(snapshot_changes(tmp_path, judge(page, broken), broken))
    assert f"~ figure {first['start']} {first['text']}" in told
    assert f"subject    {first['subject']} → 白沙镇" in told
    assert "gold: disagrees on subject" in told
    lost = [r for r in right if r is not first]
    told = "\n".join(snapshot_changes(tmp_path, judge(page, lost), lost))
    assert told.startswith(f"- figure {first['start']} {first['text']}")
    assert "gold: misses it now" in told
    added = [*right, {**first, "start": 0, "end": 1, "text": "x", "value": 9}]
    assert "gold: has no such row" in "\n".join(snapshot_changes(tmp_path, judge(page, added), added))


def test_accept_writes_once_and_then_nothing(tmp_path: Path, own_pages: list[GoldPage]) -> None:
    found = Predictions({p.name: list(p.records) for p in own_pages})
    assert len(take_snapshots(tmp_path, own_pages, found)) == len(own_pages)
    assert take_snapshots(tmp_path, own_pages, found) == []


def test_other_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text("a\tb\n", encoding="utf-8")
    with pytest.raises(BadInput, match="other columns"):
        load(path)
