"""Confidence is a measured share, with its number of rows behind it, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhengwen.rows.confidence import Confidence, rule_paths, wilson
from zhengwen.rules import load
from zhengwen.scoring.confidence import measure, write
from zhengwen.scoring.judge import judge
from zhengwen.scoring.pages import GoldPage

REASONS = {
    "measure": {"rule": "test.measure"},
    "indicator": {"rule": "test.indicator"},
    "subject": {"rule": "test.subject"},
    "period": {"rule": "no time at all"},
}


def rules_with(tmp_path: Path, *lines: str) -> Confidence:
    (tmp_path / "confidence.tsv").write_text("\n".join(["path\tright\trows", *lines]) + "\n", encoding="utf-8")
    return Confidence(load(tmp_path))


def test_paths_go_from_the_whole_to_the_shortest() -> None:
    assert rule_paths(REASONS) == [
        "measure=test.measure indicator=test.indicator subject=test.subject period=no_time_at_all",
        "indicator=test.indicator subject=test.subject period=no_time_at_all",
        "subject=test.subject period=no_time_at_all",
    ]


def test_the_longest_path_with_enough_rows_decides(tmp_path: Path) -> None:
    whole, middle, short = rule_paths(REASONS)
    found = rules_with(tmp_path, f"{whole}\t2\t4", f"{middle}\t30\t40", f"{short}\t50\t100").of(REASONS)
    assert found is not None
    assert (found.path, found.right, found.rows) == (middle, 30, 40)
    assert found.low == pytest.approx(0.598, abs=0.001)


def test_a_path_never_seen_has_no_confidence(tmp_path: Path) -> None:
    assert rules_with(tmp_path).of(REASONS) is None


@pytest.mark.parametrize(("right", "rows", "low"), [(0, 0, 0.0), (1, 1, 0.2065), (10, 10, 0.7225), (0, 10, 0.0)])
def test_wilson_lower_bound(right: int, rows: int, low: float) -> None:
    assert wilson(right, rows) == pytest.approx(low, abs=1e-3)


def test_only_rows_right_in_every_slot_count(tmp_path: Path) -> None:
    text = "企业5家,学校3所。"
    slots = {"unit": "家", "kind": "count", "measure": "level", "indicator": "企业", "subject": "云溪县"}
    gold = {"record": "figure", "start": 2, "end": 4, "text": "5家", "value": 5, **slots}
    wrong = {"record": "figure", "start": 7, "end": 9, "text": "3所", "value": 3, "unit": "所", "kind": "count"}
    page = GoldPage("云溪", text, (gold,), frozenset({"figure"}))
    verdict = judge(page, [gold | {"reasons": REASONS}, wrong | {"reasons": REASONS}])
    measured = measure([verdict])
    assert [(m.right, m.rows) for m in measured] == [(1, 2)] * 3
    write(tmp_path / "confidence.tsv", measured, ["云溪"])
    found = Confidence(load(tmp_path)).of(REASONS)
    assert found is None  # two rows are too few to say anything
