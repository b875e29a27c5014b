from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from zhengwen.scoring.bootstrap import intervals
from zhengwen.scoring.evaluation import Evaluation, evaluate
from zhengwen.scoring.gate import GateClosed, breaches, load_floors, raise_floors
from zhengwen.scoring.pages import GoldPage, Predictions
from zhengwen.scoring.scores import tally


@pytest.fixture
def good(own_pages: list[GoldPage], spoilt: Any) -> Evaluation:
    return evaluate(own_pages, Predictions({p.name: spoilt(list(p.records), 1, 0.1) for p in own_pages}), "corpus")


@pytest.fixture
def bad(own_pages: list[GoldPage], spoilt: Any) -> Evaluation:
    return evaluate(own_pages, Predictions({p.name: spoilt(list(p.records), 1, 0.8) for p in own_pages}), "corpus")


def test_no_floors_no_pass(good: Evaluation) -> None:
    assert "no floors yet" in breaches(None, good)[0]


def test_floors_hold_rise_and_never_fall(tmp_path: Path, good: Evaluation, bad: Evaluation) -> None:
    path = tmp_path / "baseline.json"
    raise_floors(path, bad)
    assert breaches(load_floors(path)[0]["corpus"], good) == []
    assert raise_floors(path, good)
    floors = load_floors(path)[0]["corpus"]
    assert floors.scores["row"] == good.headline["row"]
    assert any(line.startswith("corpus: row ") for line in breaches(floors, bad))
    with pytest.raises(GateClosed, match="row "):
        raise_floors(path, bad)
    assert load_floors(path)[0]["corpus"] == floors


def test_a_regression_needs_a_reason_that_is_kept(tmp_path: Path, good: Evaluation, bad: Evaluation) -> None:
    path = tmp_path / "baseline.json"
    raise_floors(path, good)
    raise_floors(path, bad, "the rule read names as figures")
    sets, allowed = load_floors(path)
    assert breaches(sets["corpus"], bad) == []
    assert allowed[0]["reason"] == "the rule read names as figures"
    assert allowed[0]["fell"]["row"] == [good.headline["row"], bad.headline["row"]]


def test_other_gold_is_noticed(tmp_path: Path, good: Evaluation) -> None:
    path = tmp_path / "baseline.json"
    raise_floors(path, good)
    fewer = Evaluation("corpus", good.verdicts[1:])
    assert "have changed" in breaches(load_floors(path)[0]["corpus"], fewer)[0]


def test_two_sets_live_in_one_file(tmp_path: Path, good: Evaluation) -> None:
    path = tmp_path / "baseline.json"
    raise_floors(path, good)
    raise_floors(path, Evaluation("real", good.verdicts))
    assert set(json.loads(path.read_text(encoding="utf-8"))["sets"]) == {"corpus", "real"}


def test_intervals_are_seeded_and_hold_the_score(good: Evaluation) -> None:
    tallies = [tally(v) for v in good.verdicts]
    first = intervals(tallies, draws=200)
    assert first == intervals(tallies, draws=200)
    assert first != intervals(tallies, draws=200, seed=7)
    for score, (low, high) in first.items():
        value = good.headline[score]
        assert value is not None
        assert low <= value <= high, score
    assert intervals([]) == {}
