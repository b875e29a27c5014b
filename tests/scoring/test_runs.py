"""Runs compared, their gaps, and the rules behind them: on runs written by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from zhengwen.errors import BadInput
from zhengwen.rules import Rule, RuleFile, Rules, load
from zhengwen.scoring.diff import diff
from zhengwen.scoring.gaps import gaps
from zhengwen.scoring.judge import judge
from zhengwen.scoring.pages import GoldPage
from zhengwen.scoring.rulestats import rule_stats, sample_hits
from zhengwen.scoring.runs import Sample, paired, records_of, texts_of

TEXT = "白沙县税收收入3亿元。全县有12个锣。5G展会进一步扩大，另有88座桥。"


def figure(**changes: Any) -> dict[str, Any]:
    return {
        "record": "figure",
        "source": "a.txt",
        "start": 7,
        "end": 10,
        "text": "3亿元",
        "value": 300000000,
        "unit": "元",
        "measure": "level",
        "indicator": "税收收入",
        "subject": "白沙县",
        "tier": "statistic",
        "rule": "measures.level",
        "sentence": "白沙县税收收入3亿元。",
        "reasons": {"measure": {"rule": "measures.level"}, "period": {"rule": "times.none"}},
        **changes,
    }


def rule(name: str) -> Rule:
    return Rule(id=name, why="a test", pattern="x", examples=("[x]",))


RULES = Rules(
    topics={"measures": RuleFile(stage="rows", rule=(rule("measures.level"), rule("measures.dead")))},
    tables={"units": ({"unit": "元", "name": ""}, {"unit": "平方米"}), "classifiers": ({"classifier": "个"},)},
    hash="",
)


def run(folder: Path, *records: dict[str, Any]) -> Path:
    folder.mkdir()
    lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    (folder / "records.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_diff_tells_new_lost_and_changed_by_slot_and_rule(tmp_path: Path) -> None:
    gone = figure(start=14, end=17, text="12个")
    other = figure(source="b.txt", period="2020")
    a = run(tmp_path / "a", figure(), gone, other)
    moved = figure(subject="白沙镇", reasons={"subject": {"rule": "subjects.near"}})
    b = run(tmp_path / "b", moved, other, figure(source="c.txt"))
    told = "\n".join(diff(a, b).lines())
    assert "3 pages: 1 rows new, 1 lost, 1 changed, 1 the same" in told
    assert "subject    白沙县 → 白沙镇" in told
    assert "measures.level → subjects.near" in told
    assert "∅ → measures.level" in told
    assert "- figure 14 12个" in told
    assert "白沙县税收收入3亿元。" in told


def test_the_same_run_has_no_difference(tmp_path: Path) -> None:
    a = run(tmp_path / "a", figure(), figure(source="b.txt"))
    assert list(diff(a, a).lines()) == ["2 pages: 0 rows new, 0 lost, 0 changed, 2 the same"]


def test_many_differences_are_sampled(tmp_path: Path) -> None:
    a = run(tmp_path / "a", figure())
    b = run(tmp_path / "b", *(figure(source=f"{n}.txt") for n in range(50)))
    lines = list(diff(a, b, 5).lines())
    assert "rows only in B: 50, 5 of them" in "\n".join(lines)
    assert lines == list(diff(a, b, 5).lines())


def test_pages_meet_whatever_their_order(tmp_path: Path) -> None:
    names = ["a.txt", "b.txt", "c.txt"]
    a = run(tmp_path / "a", *(figure(source=n) for n in names))
    b = run(tmp_path / "b", *(figure(source=n) for n in reversed(names)))
    assert sorted(source for source, x, y in paired(a, b) if x and y) == names


def test_gaps_of_every_sort(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text(TEXT, encoding="utf-8")
    records = [figure(source=str(page)), figure(source=str(page), start=14, end=17, text="12个", unit="锣/平方米")]
    found = gaps(run(tmp_path / "run", *records), load())
    assert found.counts["digits"] == {"有N座桥": 1}
    assert not found.counts["characters"]
    assert found.counts["units"] == {"锣/平方米": 1}
    assert found.counts["indicators"] == {"税收收入": 2}
    assert found.counts["empty"] == {"period: times.none": 2}
    assert "【88】" in found.examples["digits", "有N座桥"]


def test_gaps_without_the_texts(tmp_path: Path) -> None:
    told = "\n".join(gaps(run(tmp_path / "run", figure(source="gone.txt")), load()).lines())
    assert "1 sources cannot be read any more" in told


def test_texts_of_an_archive_row(tmp_path: Path) -> None:
    archive = tmp_path / "news.jsonl"
    archive.write_text(json.dumps({"id": "n1", "text": TEXT}, ensure_ascii=False) + "\n", encoding="utf-8")
    assert list(texts_of(tmp_path, [f"{archive}#n1"])) == [(f"{archive}#n1", TEXT)]


def test_rule_stats_hits_precision_and_dead_rules(tmp_path: Path) -> None:
    gold = figure(reasons={}, kind="money", period=None)
    page = GoldPage("a", TEXT, (gold,))
    wrong = figure(measure="share")
    stats = rule_stats(
        run(tmp_path / "run", figure(), figure()), RULES, [judge(page, [figure()]), judge(page, [wrong])]
    )
    assert stats.hits["measures.level"] == 2
    assert (stats.judged["measures.level"], stats.right["measures.level"]) == (2, 1)
    told = "\n".join(stats.lines())
    assert "50.0%" in told
    assert "measures.dead  rules/measures.toml" in told


def test_sample_shows_rows_with_their_sentences(tmp_path: Path) -> None:
    folder = run(tmp_path / "run", *(figure(source=f"{n}.txt") for n in range(30)))
    told = list(sample_hits("measures.level", folder))
    assert told[0] == "measures.level: 30 hits, 20 of them"
    assert sum(line == "    白沙县税收收入3亿元。" for line in told) == 20
    assert told == list(sample_hits("measures.level", folder))
    assert list(sample_hits("measures.dead", folder)) == ["measures.dead: 0 hits"]


def test_a_sample_is_fair_enough() -> None:
    sample: Sample[int] = Sample(100)
    for n in range(10_000):
        sample.offer(n)
    assert sample.seen == 10_000
    assert 4_000 < sum(sample.kept) / 100 < 6_000


def test_no_run_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no run here"):
        list(records_of(tmp_path))
    (tmp_path / "records.jsonl").write_text("{\n", encoding="utf-8")
    with pytest.raises(BadInput, match="no JSON"):
        list(records_of(tmp_path))
