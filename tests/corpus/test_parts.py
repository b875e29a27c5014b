"""What is never added up: blind labels, drafted ones, held-out pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhengwen.cli import main
from zhengwen.errors import BadInput
from zhengwen.scoring.pages import load_gold, read_manifest

Put = Callable[..., Path]
Records = list[dict[str, Any]]
SECRET = "新开工项目"


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(a) for a in arguments])
    return int(left.value.code or 0)


def drafted(records: Records, kind: str) -> Records:
    return [{**r, "drafted": True} if r["record"] == kind else r for r in records]


def wrong(records: Records) -> Records:
    return [{**r, "indicator": SECRET + "数", "period": "1999"} if r["record"] == "figure" else r for r in records]


def test_held_out_pages_come_only_when_asked_for(put: Put, gold: Records) -> None:
    put("seen", gold)
    folder = put("unseen", gold, use="held_out")

    assert [p.name for p in load_gold(folder)] == ["seen"]
    assert [p.name for p in load_gold(folder, use="held_out")] == ["unseen"]
    assert [(p.name, p.use) for p in load_gold(folder, use="all")] == [("seen", "development"), ("unseen", "held_out")]


def test_held_out_pages_are_told_in_totals_only(put: Put, gold: Records, capsys: pytest.CaptureFixture[str]) -> None:
    put("seen", gold)
    folder = put("unseen", wrong(gold), use="held_out")
    out = folder / "scores.json"

    assert run("evaluate", folder, "--errors", "--json", out, "--html", folder / "x.html") == 0

    printed = capsys.readouterr().out
    assert f"{folder.name}.held_out: 1 pages, 3 figures" in printed
    for told in (printed, out.read_text(encoding="utf-8"), (folder / "x.html").read_text(encoding="utf-8")):
        assert "1999" not in told
        assert "unseen" not in told
    assert json.loads(out.read_text(encoding="utf-8"))["apart"][f"{folder.name}.held_out"]["headline"]["row"] == 0.0


def test_held_out_rows_need_a_word(put: Put, gold: Records, capsys: pytest.CaptureFixture[str]) -> None:
    put("seen", gold)
    folder = put("unseen", wrong(gold), use="held_out")

    assert run("evaluate", folder, "--errors", "--held-out") == 0

    printed = capsys.readouterr().out
    assert "1999" in printed
    assert "seen:" not in printed.replace("unseen:", "")


def test_a_held_out_page_gets_no_snapshot(
    put: Put, gold: Records, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = put("unseen", gold, use="held_out")
    monkeypatch.setattr("zhengwen.scoring.commands.corpus_folder", lambda: folder)

    assert run("accept", "unseen") == 1
    assert "held out" in capsys.readouterr().err
    assert not (folder / "snapshots").exists()


def test_drafted_rows_are_scored_apart(put: Put, gold: Records, capsys: pytest.CaptureFixture[str]) -> None:
    folder = put("a", drafted(gold, "time"))
    out = folder / "scores.json"

    assert run("evaluate", folder, "--json", out) == 0

    scores = json.loads(out.read_text(encoding="utf-8"))
    assert scores["time"]["gold"] == 0
    assert scores["figure"]["gold"] == 3
    assert scores["headline"]["time"] is None
    apart = scores["apart"][f"{folder.name}.drafted"]["headline"]
    assert apart["time"] > 0
    assert apart["figure"] is apart["row_macro"] is None
    assert f"{folder.name}.drafted: 1 pages, 0 figures" in capsys.readouterr().out


def test_a_draft_that_nobody_reviewed_does_not_count(
    put: Put, gold: Records, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = put("draft", drafted(gold, "figure"), reviewed=[])
    assert run("evaluate", folder) == 1
    assert "no gold here that anybody has reviewed" in capsys.readouterr().err

    put("read", gold)
    assert run("evaluate", folder) == 0
    assert f"{folder.name}: 1 pages, 3 figures" in capsys.readouterr().out


def test_the_manifest_says_where_it_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "manifest.tsv"
    path.write_text("name\tgenre\tuse\na\tx\tsecret\n", encoding="utf-8")
    with pytest.raises(BadInput) as error:
        read_manifest(tmp_path)
    assert "manifest.tsv:2" in error.value.line()
    path.write_text("name\tgenre\tuse\na\tx\n", encoding="utf-8")
    with pytest.raises(BadInput, match="2 cells, wanted 3"):
        read_manifest(tmp_path)
