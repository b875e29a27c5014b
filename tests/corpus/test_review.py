"""Adding and reviewing an article: drafts, decisions, what counts when, and going on after leaving."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from zhengwen.cli import main
from zhengwen.corpus.folder import Corpus
from zhengwen.corpus.labels import read_slots
from zhengwen.corpus.review import ORDER, Review
from zhengwen.corpus.terminal import Terminal
from zhengwen.engine import Engine
from zhengwen.errors import BadInput
from zhengwen.review.log import Log
from zhengwen.scoring.pages import load_gold

Put = Callable[..., Path]
Records = list[dict[str, Any]]
PAGE = "﻿云台县𠮷村纪事\r\n　　2024年，𠮷村有企业12家，同比增长3.6%。\r\n"


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(a) for a in arguments])
    return int(left.value.code or 0)


def sit(corpus: Corpus, engine: Engine, lines: Iterable[str], name: str = "a") -> tuple[bool, str]:
    """Type these lines at a review; after the last one the reviewer is gone."""
    typed, said = iter(lines), list[str]()

    def ask(prompt: str) -> str:
        said.append(prompt)
        for line in typed:
            return line
        raise EOFError

    whole = Terminal(Review(corpus, name, "reader"), lambda: engine, ask, said.append).run()
    return whole, "\n".join(said)


@pytest.fixture
def draft(put: Put, gold: Records) -> Corpus:
    return Corpus(put("a", [{**r, "drafted": True} for r in gold], reviewed=[], drafted=list(ORDER)))


def texts(corpus: Corpus, kind: str) -> list[str]:
    return [r["text"] for r in corpus.gold("a").of(kind)]


def test_slots_are_typed_without_quotes_and_said_again_with_a_mark(draft: Corpus, engine: Engine) -> None:
    sit(
        draft, engine, ["indicator=税收 收入 | 税收｜收入 subject＝“云台县”", "subject=^ indicator=企业", "indicator=^"]
    )

    one, two, *_ = draft.gold("a").of("figure")
    assert (one["indicator"], one["subject"]) == ("税收 收入 | 税收 | 收入", "云台县")
    assert (two["indicator"], two["subject"]) == ("企业", "云台县")


def test_nothing_is_said_again_before_it_was_said(draft: Corpus, engine: Engine) -> None:
    _, said = sit(draft, engine, ["subject=^"])

    assert "nothing was put into subject yet" in said


def test_the_program_reads_nothing_until_a_label_is_added(draft: Corpus, engine: Engine) -> None:
    asked: list[str] = []

    def needed() -> Engine:
        asked.append("engine")
        return engine

    lines = iter(["", "q"])
    Terminal(Review(draft, "a", "reader"), needed, lambda _: next(lines), lambda _: None).run()

    assert asked == []


def test_an_added_article_is_a_draft_that_does_not_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "云台 报.txt"
    file.write_bytes(PAGE.encode())
    file.with_name("云台 报.meta.json").write_text('{"date": "2025-01-08"}', encoding="utf-8")
    folder = tmp_path / "c"

    assert run("corpus", "add", file, "--genre", "village", "--corpus", folder) == 0

    corpus = Corpus(folder)
    (page,) = load_gold(folder, use="all")
    assert page.text == PAGE.removeprefix("﻿")
    assert (page.name, page.genre, page.meta["date"], page.reviewed) == (
        "云台_报",
        "village",
        "2025-01-08",
        frozenset(),
    )
    assert {r["text"] for r in page.records if r["record"] == "figure"} >= {"12家", "3.6%"}
    for record in page.records:
        assert record["drafted"]
        assert not {"rule", "reasons", "figure_id", "source", "confidence"} & set(record)
        assert "start" not in record or page.text[record["start"] : record["end"]] == record["text"]
    assert corpus.manifest()[0]["use"] == "development"
    assert run("evaluate", folder) == 1
    assert run("corpus", "add", file, "--corpus", folder) == 1
    assert "in the corpus already" in capsys.readouterr().err


def test_what_cannot_be_added_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "rows.jsonl").write_text('{"text": "甲"}\n{"text": "乙"}\n', encoding="utf-8")

    for file, said in (("rows.jsonl", "2 articles"), ("nope.txt", "nope.txt")):
        assert run("corpus", "add", tmp_path / file, "--corpus", tmp_path / "c") == 1
        assert said in capsys.readouterr().err
    assert not (tmp_path / "c").exists()


def test_a_whole_review_makes_everything_count(draft: Corpus, engine: Engine) -> None:
    whole, _ = sit(draft, engine, [""] * 40)

    gold = draft.gold("a")
    assert whole
    assert gold.reviewed == ["article", "block", "figure", "time", "entity"]
    assert gold.header["by"] == "drafted by zhengwen, reviewed by reader"
    assert all(r["drafted"] for r in gold.records)
    assert "reader" in draft.manifest()[0]["labelled_by"]


def test_a_kind_counts_only_when_it_is_said_to_be_complete(draft: Corpus, engine: Engine) -> None:
    sit(draft, engine, ["", "", ""])
    assert draft.gold("a").reviewed == []

    sit(draft, engine, [""])
    assert draft.gold("a").reviewed == ["figure"]


def test_leaving_keeps_every_decision(draft: Corpus, engine: Engine) -> None:
    _, said = sit(draft, engine, ["period=2024", "q"])
    assert "figure, 3 left" in said
    assert draft.gold("a").of("figure")[0]["period"] == "2024"

    _, said = sit(draft, engine, [])
    assert "figure, 2 left" in said
    assert "4.2亿元】" not in said


def test_the_keys_do_what_they_say(draft: Corpus, engine: Engine) -> None:
    keys = ["s", "d", 'indicator="新开工项目 | 项目" optional=yes status=target', "of=全县 base=", ""]
    _, said = sit(draft, engine, keys)

    figures = {r["text"]: r for r in draft.gold("a").of("figure")}
    assert "3.6%" not in figures
    assert figures["12个"]["indicator"] == "新开工项目 | 项目"
    assert figures["12个"]["optional"] is True
    assert figures["4.2亿元"]["of"] == "全县"  # it was skipped, so it came last
    assert "figure: reviewed" in said


def test_undo_takes_the_last_word_back(draft: Corpus, engine: Engine) -> None:
    before = draft.gold("a").lines()
    _, said = sit(draft, engine, ["d", "u", "u"])

    assert draft.gold("a").lines() == before
    assert said.count("figure, 3 left") == 3
    assert "nothing to undo" in said
    assert sit(draft, engine, [])[1].count("figure, 3 left") == 1


def test_a_missed_label_is_added_with_the_programs_reading(draft: Corpus, engine: Engine) -> None:
    lines = ["", "d", "", "n 3.6% measure=growth_rate indicator=税收收入 base=yoy", ""]
    sit(draft, engine, lines)

    added = next(r for r in draft.gold("a").of("figure") if r["text"] == "3.6%")
    text = draft.text("a")
    assert text[added["start"] : added["end"]] == "3.6%"
    assert (added["value"], added["unit"], added["kind"]) == (3.6, "%", "percent")
    assert "drafted" not in added


def test_the_second_of_two_equal_texts_can_be_added(put: Put, gold: Records, engine: Engine) -> None:
    text = "甲乡12个，乙乡12个。\n"
    first = {"record": "figure", "start": 2, "end": 5, "text": "12个", "value": 12, "kind": "count"}
    corpus = Corpus(put("a", [first | {"measure": "level", "indicator": "村"}], text=text, reviewed=[]))

    sit(corpus, engine, ["", "n 12个 measure=level indicator=村", "n 12个@2 measure=level indicator=村", ""])

    assert [r["start"] for r in corpus.gold("a").of("figure")] == [2, 8]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("measure=high", "high is none of level"),
        ("period=soon", "soon is no period"),
        ("value=many", "many is no number"),
        ("colour=red", "has no slot colour"),
        ("start=3", "has no slot start"),
        ("base=2020-99", "2020-99 is no period"),
        ("optional=maybe", "maybe is not yes or no"),
        ("indicator=", "indicator missing"),
        ('indicator="税收', "a quote is never closed"),
        ("n 99家", "not in the text"),
        ("n 12个@3", "not in the text"),
        ("A", "right as it is"),
        ("what?", "right as it is"),
    ],
)
def test_what_cannot_be_is_said_and_asked_again(draft: Corpus, engine: Engine, typed: str, said: str) -> None:
    before = draft.gold("a").lines()
    _, told = sit(draft, engine, [typed])

    assert said in told
    assert told.count("figure, 3 left") == 2
    assert draft.gold("a").lines() == before


def test_names_stand_in_the_text_and_only_people_have_roles(draft: Corpus, engine: Engine) -> None:
    figures, times = [""] * 4, [""] * 2
    _, said = sit(
        draft, engine, [*figures, *times, "aliases=云台市", "role=县长", "aliases=云台", "n 税收 type=place", ""]
    )

    assert "not in the text: 云台市" in said
    assert "only a person has a role" in said
    assert [r.get("aliases") for r in draft.gold("a").of("entity")] == [["云台"], None]
    assert "entity" in draft.gold("a").reviewed


def test_lines_can_be_accepted_at_once(draft: Corpus, engine: Engine) -> None:
    _, said = sit(draft, engine, [*[""] * 4, *[""] * 2, *[""] * 2, "label=deck", "A", "", "", ""])

    assert [b["label"] for b in draft.gold("a").of("block")] == ["deck", "body"]
    assert "line 1: 云台县一季度经济运行情况" in said


def test_the_log_keeps_every_word_and_the_gold_follows(draft: Corpus, engine: Engine) -> None:
    sit(draft, engine, ["d", "u", "period=2024 kind=rate", "", "", ""])

    said = list(Log(draft.folder / "review.sqlite"))
    assert [d.decision for d in said] == ["reject", "undo", "fix", "fix", "accept", "accept", "note"]
    assert [(d.slot, d.old, d.new) for d in said[2:4]] == [
        ("period", "2024-Q1", "2024"),
        ("", {"kind": "money"}, {"kind": "rate"}),
    ]
    start = draft.text("a").index("4.2亿元")
    assert {d.figure_id for d in said[:4]} == {f"a/figure:{start}:{start + 5}"}
    assert (said[0].who, said[0].source, said[0].machine) == ("reader", "corpus", False)
    assert (said[0].anchor.text, said[0].anchor.source) == ("4.2亿元", "articles/a.txt")


def test_a_kind_can_be_opened_again(draft: Corpus, engine: Engine) -> None:
    sit(draft, engine, [""] * 4)
    again = Review(draft, "a", "reader", ("figure",))
    again.reopen("figure")

    assert draft.gold("a").reviewed == []
    assert len(Review(draft, "a", "reader").waiting()) == 3


def test_numerals_without_a_label_are_shown_before_figures_count(put: Put, engine: Engine) -> None:
    corpus = Corpus(put("a", [], text="今年一共来了5G专家，路长８８里。\n", reviewed=[]))
    _, said = sit(corpus, engine, [])

    assert "Numerals without a label" in said
    assert "【5】G" in said
    assert "【８８】里" in said


def test_slots_are_read_as_gold_keeps_them() -> None:
    typed = {"value": "-2.1", "terms": "1.1:50.5∶48.4", "period": "/2020-12-31|null", "optional": "yes", "base": ""}
    assert read_slots("figure", typed) == {
        "value": -2.1,
        "terms": [1.1, 50.5, 48.4],
        "period": "/2020-12-31 | null",
        "optional": True,
        "base": None,
    }
    assert read_slots("block", {"article": "2", "joins": "no"}) == {"article": 2, "joins": None}
    with pytest.raises(BadInput, match="no article's number"):
        read_slots("block", {"article": "two"})


def test_the_commands_go_all_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "village.txt"
    file.write_bytes(PAGE.encode())
    assert run("corpus", "add", file, "--corpus", tmp_path / "c") == 0
    monkeypatch.setattr("builtins.input", lambda prompt: "")

    assert run("corpus", "review", "village", "--corpus", tmp_path / "c", "--by", "me") == 0
    assert "village: reviewed" in capsys.readouterr().out
    assert run("corpus", "review", "village", "--corpus", tmp_path / "c") == 0
    assert "everything is reviewed" in capsys.readouterr().out
    assert run("corpus", "status", "--corpus", tmp_path / "c") == 0
    assert "figure (drafted)" in capsys.readouterr().out
    assert run("evaluate", tmp_path / "c") == 0
    assert "c.drafted: 1 pages" in capsys.readouterr().out
    assert run("corpus", "review", "nobody", "--corpus", tmp_path / "c") == 1
