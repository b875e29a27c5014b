"""Our scores and the reference scorer's are the same numbers on the same input."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhengwen.scoring.evaluation import evaluate
from zhengwen.scoring.pages import GoldPage, Predictions, load_gold


def reference(shared: Path, gold: Path, pred: Path, out: Path) -> dict[str, Any]:
    script = shared / "tools" / "score.py"
    if not script.is_file():
        pytest.skip(f"no reference scorer at {script}")
    subprocess.run(
        [sys.executable, script, gold, pred, "--json", out], check=True, stdout=subprocess.DEVNULL, timeout=60
    )
    return dict(json.loads(out.read_text(encoding="utf-8")))


def assert_same(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    ours = json.loads(json.dumps(ours))
    assert {k: ours.get(k) for k in theirs} == theirs


@pytest.mark.parametrize(("seed", "share"), [(1, 0.0), (2, 0.2), (3, 0.5), (4, 0.9), (5, 0.35)])
def test_real_pages_with_spoilt_predictions(
    shared: Path, tmp_path: Path, spoilt: Callable[..., Any], put: Callable[..., None], seed: int, share: float
) -> None:
    gold = shared / "corpus" / "real"
    pages = load_gold(gold)
    for page in pages[seed % 3 :]:
        put(tmp_path, page.name, spoilt(list(page.records), seed, share))
    theirs = reference(shared, gold, tmp_path, tmp_path / "out.json")
    assert_same(evaluate(pages, Predictions.load(tmp_path)).report, theirs)


def test_own_pages_as_a_run(
    shared: Path, root: Path, tmp_path: Path, own_pages: list[GoldPage], spoilt: Callable[..., Any]
) -> None:
    """The same, over our layout of gold, with the predictions in a run's one file."""
    flat, run = tmp_path / "gold", tmp_path / "run"
    flat.mkdir()
    run.mkdir()
    with (run / "records.jsonl").open("w", encoding="utf-8") as out:
        for page in own_pages:
            shutil.copy(page.path, flat)
            shutil.copy(root / "corpus" / "gold" / f"{page.name}.jsonl", flat / f"{page.name}.gold.jsonl")
            for record in spoilt(list(page.records), 7, 0.3):
                out.write(json.dumps({**record, "source": f"in\\{page.name}.txt"}, ensure_ascii=False) + "\n")
    theirs = reference(shared, flat, run, tmp_path / "out.json")
    assert theirs["missing_files"] == 0
    assert_same(evaluate(own_pages, Predictions.load(run)).report, theirs)
