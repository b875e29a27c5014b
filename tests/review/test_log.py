"""The log only grows, survives, and means what the one rule says."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from zhengwen.errors import BadInput
from zhengwen.review.log import Anchor, Decision, Log
from zhengwen.review.settling import settle

SLOTS = {"indicator": "税收", "subject": "东湖区", "value": 3.5}
HERE = Anchor(source="a.txt", text="3.5%", slots=SLOTS)


def said(who: str, decision: Any, slot: str = "", new: Any = None, **more: Any) -> Decision:
    return Decision("f1", who, decision, slot, SLOTS.get(slot), new, anchor=HERE, **more)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.sqlite")
    first = said("王敏", "fix", "indicator", "税收收入", note="全名", source="excel")

    assert log.append([first]) == 1
    assert log.append([said("李强", "accept")]) == 1

    back = list(Log(tmp_path / "log.sqlite"))
    assert [d.who for d in back] == ["王敏", "李强"]
    assert (back[0].old, back[0].new, back[0].note, back[0].anchor) == ("税收", "税收收入", "全名", HERE)
    assert back[0].at.endswith("+00:00")


@pytest.mark.parametrize("statement", ["DELETE FROM decisions", "UPDATE decisions SET who = 'x'"])
def test_nothing_is_ever_changed_or_removed(tmp_path: Path, statement: str) -> None:
    log = Log(tmp_path / "log.sqlite")
    log.append([said("王敏", "accept")])

    with sqlite3.connect(log.path) as db, pytest.raises(sqlite3.DatabaseError, match="only grows"):
        db.execute(statement)

    assert len(list(log)) == 1


def test_all_or_none_is_written(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.sqlite")

    with pytest.raises(ValueError, match="no decision"):
        log.append([said("王敏", "accept"), said("", "accept")])

    assert list(log) == []
    assert not log.path.exists()


def test_several_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: Log(path).append([said(f"r{n}", "accept")]), range(40)))

    assert {d.who for d in Log(path)} == {f"r{n}" for n in range(40)}


@pytest.mark.parametrize("data", [b"not a database at all, but a text", b""])
def test_a_file_that_is_no_log_is_said_in_one_line(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "log.sqlite"
    path.write_bytes(data)

    if data:
        with pytest.raises(BadInput, match="cannot be used as a review log"):
            Log(path)
    else:
        assert list(Log(path)) == []


def test_a_log_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite"
    Log(path).append([said("王敏", "accept")])
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")

    with pytest.raises(BadInput, match="newer version"):
        Log(path)


CASES: list[tuple[str, Sequence[Decision], str, dict[str, Any]]] = [
    ("one accepts", [said("a", "accept")], "accepted", {}),
    ("one rejects", [said("a", "reject")], "rejected", {}),
    ("one corrects", [said("a", "fix"), said("a", "fix", "indicator", "x")], "fixed", {"indicator": "x"}),
    ("the last word counts", [said("a", "reject"), said("a", "accept")], "accepted", {}),
    ("accepting drops corrections", [said("a", "fix", "indicator", "x"), said("a", "accept")], "accepted", {}),
    ("two agree", [said("a", "accept"), said("b", "accept")], "accepted", {}),
    ("two disagree", [said("a", "accept"), said("b", "reject")], "disputed", {}),
    ("two of three", [said("a", "accept"), said("b", "reject"), said("c", "accept")], "accepted", {}),
    (
        "accepting speaks against a correction",
        [said("a", "accept"), said("b", "fix"), said("b", "fix", "indicator", "x")],
        "disputed",
        {},
    ),
    (
        "a majority for a correction",
        [d for w in "ab" for d in (said(w, "fix"), said(w, "fix", "indicator", "x"))] + [said("c", "accept")],
        "fixed",
        {"indicator": "x"},
    ),
    (
        "people go before models",
        [*(said(m, "fix", "indicator", "y", machine=True) for m in "mn"), said("a", "accept")],
        "accepted",
        {},
    ),
    ("a model alone", [said("m", "fix", "indicator", "y", machine=True)], "answered", {"indicator": "y"}),
    ("a model confirms", [said("m", "accept", "indicator", machine=True)], "answered", {}),
    ("an empty slot", [said("a", "fix"), said("a", "fix", "subject", None)], "fixed", {"subject": None}),
    (
        "one correction taken back",
        [said("a", "fix"), said("a", "fix", "indicator", "x"), said("a", "undo", "indicator")],
        "accepted",
        {},
    ),
    ("a note alone", [said("a", "note", note="?")], "open", {}),
]  # fmt: skip


@pytest.mark.parametrize(("decisions", "state", "values"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_the_rule_for_reviewers_who_disagree(decisions: Sequence[Decision], state: str, values: dict[str, Any]) -> None:
    settled = settle(decisions)["f1"]

    assert (settled.state, dict(settled.values)) == (state, values)


def test_a_dispute_names_who_says_what() -> None:
    settled = settle([said("a", "fix", "indicator", "x"), said("b", "fix", "indicator", "y")])["f1"]

    assert settled.disputes == {"indicator": {'"x"': ("a",), '"y"': ("b",)}}


def test_who_takes_all_back_is_silent() -> None:
    assert settle([said("a", "reject"), said("a", "undo")]) == {}
