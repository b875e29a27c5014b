"""The measuring commands as a user types them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhengwen.cli import main
from zhengwen.scoring.pages import GoldPage

Type = Callable[..., tuple[int, str, str]]


@pytest.fixture
def zhengwen(capsys: pytest.CaptureFixture[str]) -> Type:
    def type_(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([str(w) for w in words])
        out, err = capsys.readouterr()
        return int(str(left.value.code or 0)), out, err

    return type_


@pytest.fixture
def pred(tmp_path: Path, own_pages: list[GoldPage], spoilt: Any, put: Any) -> Path:
    folder = tmp_path / "pred"
    folder.mkdir()
    for page in own_pages:
        put(folder, page.name, spoilt(list(page.records), 1, 0.3))
    return folder


@pytest.fixture
def house(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of its own, with two labelled articles but no floors and no snapshots."""
    for part in ("articles", "gold"):
        (tmp_path / "house" / "corpus" / part).mkdir(parents=True)
        for name in ("shibu_page", "lanhe_communique"):
            for file in (root / "corpus" / part).glob(f"{name}.*"):
                shutil.copy(file, tmp_path / "house" / "corpus" / part)
    monkeypatch.chdir(tmp_path / "house")
    return tmp_path / "house"


def test_evaluate_any_extractor(zhengwen: Type, tmp_path: Path, root: Path, pred: Path) -> None:
    before, html = tmp_path / "before.json", tmp_path / "out.html"
    corpus = root / "corpus"
    code, out, err = zhengwen("evaluate", corpus, "--pred", pred, "--errors", "--json", before, "--html", html)
    assert (code, err) == (0, "")
    assert "row_macro" in out
    assert "MISSED" in out
    assert 0 < json.loads(before.read_text(encoding="utf-8"))["row"]["f1"] < 1
    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")
    code, out, _ = zhengwen("evaluate", corpus, "--pred", pred, "--against", before, "--json", before)
    assert code == 0
    assert "worse: 0" in out


def test_evaluate_says_what_is_wrong_in_one_line(zhengwen: Type, tmp_path: Path, root: Path, pred: Path) -> None:
    for words in (
        ("evaluate", tmp_path / "nothing", "--pred", pred),
        ("evaluate", root / "corpus", "--pred", tmp_path / "nothing"),
        ("evaluate", root / "corpus", "--pred", pred, "--against", tmp_path / "nothing.json"),
        ("evaluate", root / "corpus", "--pred", pred, "--update"),
        ("diff", tmp_path, tmp_path),
        ("gaps", tmp_path),
        ("rules", "sample", "measures.level", tmp_path),
    ):
        code, _, err = zhengwen(*words)
        assert code in (1, 2), words
        assert err.startswith("zhengwen: "), words
        assert err.count("\n") == 1, words


def test_floors_and_snapshots_from_nothing(zhengwen: Type, house: Path) -> None:
    code, out, _ = zhengwen("evaluate", "--update")
    assert code == 0
    assert "(new)" in out
    assert set(json.loads((house / "corpus" / "baseline.json").read_text(encoding="utf-8"))["sets"]) == {"corpus"}
    code, out, _ = zhengwen("accept")
    assert out.count("a first snapshot") == len(list((house / "corpus" / "gold").iterdir()))
    assert zhengwen("accept")[1] == "nothing has changed\n"
    assert zhengwen("accept", "nobody")[0] == 1


def test_a_broken_rule_shows_which_rows_changed(zhengwen: Type, house: Path) -> None:
    """Switch one rule off in a folder of our own: floors shut the gate, and the diff names rows and gold's opinion."""
    zhengwen("evaluate", "--update")
    zhengwen("accept")
    mine = house / "mine"
    mine.mkdir()
    (mine / "classifiers.tsv").write_text("classifier\tgroup\toff\n家\tplain\toff\n", encoding="utf-8")
    code, _, err = zhengwen("evaluate", "--update", "--rules", mine)
    assert code == 1
    assert "floors would fall" in err
    assert "figure" in err
    _, out, _ = zhengwen("accept", "--rules", mine)
    assert "gold: misses it now" in out
    code, _, _ = zhengwen("evaluate", "--update", "--rules", mine, "--allow-regression", "a test")
    assert code == 0
    kept = json.loads((house / "corpus" / "baseline.json").read_text(encoding="utf-8"))["allowed_regressions"]
    assert kept[0]["reason"] == "a test"


def test_runs(zhengwen: Type, tmp_path: Path, root: Path) -> None:
    articles = root / "corpus" / "articles" / "shibu_page.txt"
    run = tmp_path / "run"
    assert zhengwen("extract", articles, "-o", run, "--format", "parquet", "--quiet")[0] == 0
    assert " 0 rows new, 0 lost, 0 changed" in zhengwen("diff", run, run)[1]
    assert "empty slots and why" in zhengwen("gaps", run)[1]
    assert "cannot be read" not in zhengwen("gaps", run)[1]
    code, out, _ = zhengwen("rules", "stats", run)  # measured on the project's own gold
    assert code == 0
    assert "no hit in this run's records" in out
    rule = next(line.split()[-1] for line in out.splitlines()[1:] if line)
    assert zhengwen("rules", "sample", rule, run)[1].startswith(f"{rule}: ")
