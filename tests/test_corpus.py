"""The gate: no score may fall and no row may change unseen, on our own articles and on real ones where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhengwen.corpus.folder import find_name
from zhengwen.extraction import engine
from zhengwen.scoring.evaluation import Evaluation, divide, evaluate, predict
from zhengwen.scoring.gate import breaches, load_floors
from zhengwen.scoring.pages import KINDS, GoldPage, Predictions, load_gold, read_manifest
from zhengwen.scoring.writing import snapshot_changes


@pytest.fixture(scope="module")
def pages(root: Path) -> list[GoldPage]:
    return [p for p in load_gold(root / "corpus", use="all") if p.reviewed]


@pytest.fixture(scope="module")
def found(pages: list[GoldPage]) -> Predictions:
    return predict(pages, engine())


def hold(root: Path, result: Evaluation) -> None:
    floors, _ = load_floors(root / "corpus" / "baseline.json")
    shut = breaches(floors.get(result.name), result)
    assert not shut, "\n".join(["the gate is shut:", *shut, "zhengwen evaluate --errors lists the rows"])


def test_no_score_falls(root: Path, pages: list[GoldPage], found: Predictions) -> None:
    for part in divide(evaluate(pages, found, "corpus")):
        hold(root, part)


def test_no_score_falls_on_real_pages(root: Path, shared: Path) -> None:
    folder = shared / "corpus" / "real"
    if not folder.is_dir():
        pytest.skip(f"no real pages at {folder}")
    real = load_gold(folder)
    hold(root, evaluate(real, predict(real, engine()), "real"))


def test_no_row_changes_unseen(root: Path, pages: list[GoldPage], found: Predictions) -> None:
    told = []
    for verdict in evaluate([p for p in pages if p.use == "development"], found).verdicts:
        name = verdict.page.name
        changed = snapshot_changes(root / "corpus" / "snapshots", verdict, found.of(name))
        told += [f"{name}:", *(f"  {line}" for line in changed)] if changed else []
    assert not told, "\n".join(["rows changed (`zhengwen accept` takes them):", *told])


def test_gold_says_what_the_text_says(pages: list[GoldPage]) -> None:
    for page in pages:
        for record in page.records:
            if "start" in record:
                assert page.text[record["start"] : record["end"]] == record["text"], (page.name, record)
            elif record["record"] == "entity":
                for name in [record["name"], *record.get("aliases", ())]:
                    assert find_name(page.text, name), (page.name, name)


def test_gold_labels_every_line(pages: list[GoldPage]) -> None:
    for page in pages:
        filled = [n for n, line in enumerate(page.text.splitlines(), 1) if line.strip()]
        assert [r["line"] for r in page.of("block")] == filled, page.name


def test_held_out_pages_have_no_snapshots(root: Path, pages: list[GoldPage]) -> None:
    taken = {p.stem for p in (root / "corpus" / "snapshots").glob("*.tsv")}
    assert not taken & {p.name for p in pages if p.use == "held_out"}


def test_manifest_lists_every_labelled_article(root: Path) -> None:
    rows, every = read_manifest(root / "corpus"), load_gold(root / "corpus", use="all")
    assert [(r["name"], r["genre"]) for r in rows] == [(p.name, p.genre) for p in every]
    assert all(p.reviewed <= set(KINDS) for p in every)
