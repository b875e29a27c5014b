"""A page changes and is read again: marks stay, move or are listed; questions go out and answers come back; gold."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from zhengwen.cli import main
from zhengwen.records import Figure
from zhengwen.review.log import Anchor, Decision, Log, anchor_of
from zhengwen.review.marks import Marks
from zhengwen.review.placing import place
from zhengwen.review.runs import marks_of, pages_of_run
from zhengwen.running.job import Job, run

Figures = Callable[[Path], list[Figure]]


def command(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(a) for a in arguments])
    return int(left.value.code or 0)


def decide(folder: Path, figure: Figure, verb: str, who: str = "王敏", **more: object) -> None:
    text = next(p.text for p, _ in pages_of_run(folder) if p.source == figure.source)
    Log.of_run(folder).append([Decision(figure.figure_id, who, verb, anchor=anchor_of(figure, text), **more)])  # type: ignore[arg-type]


def mark_all(folder: Path, figures: Figures) -> None:
    for figure in figures(folder):
        decide(folder, figure, "accept")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page that can be edited and read again."""
    path = tmp_path / "xihu.txt"
    path.write_text(
        "西湖镇要闻\n\n2021年，西湖镇有企业12家。全镇完成税收3.5亿元，同比增长8%。\n新建公路6公里，投资2亿元。\n",
        encoding="utf-8",
    )
    (tmp_path / "xihu.meta.json").write_text('{"date": "2022-01-18"}', encoding="utf-8")
    return path


def read(page: Path) -> Path:
    folder = page.parent / "run"
    assert run(Job((str(page),), folder, quiet=True)) == 0
    return folder


def placed(folder: Path) -> Marks:
    return marks_of(folder, list(pages_of_run(folder)))


def test_an_unchanged_page_keeps_its_marks(page: Path, figures: Figures) -> None:
    folder = read(page)
    mark_all(folder, figures)

    read(page)

    assert {placed(folder).of(f).state for f in figures(folder)} == {"accepted"}


def test_marks_move_with_their_sentences_and_the_rest_is_listed(
    page: Path, figures: Figures, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = read(page)
    mark_all(folder, figures)
    text = page.read_text(encoding="utf-8").replace("新建公路6公里，投资2亿元。\n", "")
    page.write_text("编者按：以下为要闻。\n\n" + text, encoding="utf-8")

    run(Job((str(page),), folder))
    said = capsys.readouterr().err
    command("review", "status", folder)
    status = capsys.readouterr().out

    assert "review: 0 marks in place, 3 moved, 2 not placed" in said
    assert {f.text: placed(folder).of(f).state for f in figures(folder)} == dict.fromkeys(
        ("12家", "3.5亿元", "8%"), "accepted"
    )
    assert status.count("moved: ") == 3
    assert "not placed: " in status
    assert "6公里" in status


def test_a_row_that_the_program_reads_otherwise_is_to_be_looked_at_again(page: Path, figures: Figures) -> None:
    folder = read(page)
    first = figures(folder)[0]
    before = anchor_of(first, "")
    old = Anchor(text=before.text, sentence=before.sentence, slots={**before.slots, "indicator": "什么"})
    Log.of_run(folder).append([Decision(first.figure_id, "王敏", "accept", anchor=old)])

    mark = placed(folder).of(first)

    assert (mark.state, mark.verb) == ("again", "")
    assert mark.about == f"indicator: 什么 → {first.indicator}"


def test_a_correction_that_the_program_has_learnt_counts_as_accepted(page: Path, figures: Figures) -> None:
    folder = read(page)
    first = figures(folder)[0]
    before = anchor_of(first, "")
    old = Anchor(text=before.text, sentence=before.sentence, slots={**before.slots, "indicator": "什么"})
    said = Decision(first.figure_id, "王敏", "fix", anchor=old)
    fixed = Decision(first.figure_id, "王敏", "fix", "indicator", "什么", first.indicator, anchor=old)
    Log.of_run(folder).append([said, fixed])

    assert placed(folder).of(first).state == "accepted"


def test_two_that_fit_equally_well_are_not_placed() -> None:
    def figure(number: int) -> Figure:
        return Figure(source="a", figure_id=f"f{number}", article_id="z", start=0, end=2, text="3家", sentence="有3家")

    found = place({"old": Anchor(source="a", text="3家", sentence="有3家")}, [([figure(1), figure(2)], "")])

    assert (dict(found.moved), found.lost) == ({}, ("old",))


def test_neighbouring_text_places_what_the_sentence_cannot() -> None:
    text = "全镇新引进的大型制造企业共有3家落户东部产业园区北片"
    at = text.index("3家")
    figure = Figure(source="a", figure_id="new", article_id="z", start=at, end=at + 2, text="3家", sentence=text)
    before = Anchor(source="a", text="3家", sentence="另一句", before=text[:at], after=text[at + 2 :])

    assert dict(place({"old": before}, [([figure], text)]).moved) == {"old": "new"}
    assert not place({"old": Anchor(text="3家", sentence="x", before="别的", after="别的")}, [([figure], text)]).moved


def test_who_spoke_before_the_page_changed_and_who_speaks_after_it_are_heard_together(
    page: Path, figures: Figures
) -> None:
    decide(read(page), next(f for f in figures(read(page)) if f.text == "8%"), "accept", who="王敏")
    page.write_text(page.read_text(encoding="utf-8") + "又一段，没有数字。\n", encoding="utf-8")
    later = read(page)
    figure = next(f for f in figures(later) if f.text == "8%")
    assert placed(later).of(figure).who == ("王敏",)

    decide(later, figure, "reject", who="李强")

    marks = placed(later)
    assert (marks.of(figure).state, marks.of(figure).who) == ("disputed", ("李强", "王敏"))
    assert marks.lost() == []
    decide(later, figure, "reject", who="王敏")
    assert placed(later).of(figure).state == "rejected"


def test_a_review_is_carried_to_a_later_run(page: Path, figures: Figures, capsys: pytest.CaptureFixture[str]) -> None:
    folder = read(page)
    mark_all(folder, figures)
    later = page.parent / "later"
    run(Job((str(page),), later, quiet=True))

    assert command("review", "carry", folder, later) == 0
    assert command("review", "carry", folder, later) == 0

    out = capsys.readouterr().out
    assert out.startswith("5 decisions taken over\n5 figures: 5 accepted\n0 decisions taken over")


def test_questions_go_out_and_answers_come_back(
    page: Path, figures: Figures, capsys: pytest.CaptureFixture[str]
) -> None:
    page.write_text("西湖镇概况\n\n西湖镇总面积27.5平方公里，下辖9个村。\n\n2021年修路6公里。\n", encoding="utf-8")
    folder = read(page)
    command("export", folder, "--open")
    asked = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (question,) = (q for q in asked if q["slot"] == "period" and q["text"] == "27.5平方公里")
    answers = folder / "answers.jsonl"
    lines = [
        {**question, "answer": "2021", "by": "some-model"},
        {**question, "answer": "morgen", "by": "some-model"},
        {**question, "answer": "2020"},
        "no object",
    ]
    answers.write_text("".join(json.dumps(x, ensure_ascii=False) + "\n" for x in lines), encoding="utf-8")

    code = command("review", "import", answers)
    said = capsys.readouterr().out
    command("review", "import", answers, "--by", "other-model")

    area = next(f for f in figures(folder) if f.text == "27.5平方公里")
    first = next(iter(Log.of_run(folder)))
    assert code == 1
    assert "1 answered, 1 slots changed" in said
    assert [word in said for word in ("no period: 'morgen'", "nobody answered", "no answer")] == [True] * 3
    assert (first.who, first.machine, first.source, first.new) == ("some-model", True, "answers", "2021")
    assert placed(folder).of(area).state == "disputed"
    assert question["candidates"]
    assert "【27.5平方公里】" in question["sentence"]


def test_a_slot_that_is_right_is_not_asked_about_again(
    page: Path, figures: Figures, capsys: pytest.CaptureFixture[str]
) -> None:
    page.write_text("西湖镇概况\n\n西湖镇总面积27.5平方公里，下辖9个村。\n", encoding="utf-8")
    folder = read(page)
    area = figures(folder)[0]
    answer = {"figure_id": area.figure_id, "slot": "period", "answer": None, "by": "some-model"}
    (folder / "answers.jsonl").write_text(json.dumps(answer), encoding="utf-8")
    command("review", "import", folder / "answers.jsonl")
    capsys.readouterr()

    command("export", folder, "--open")

    asked = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (area.figure_id, "period") not in {(q["figure_id"], q["slot"]) for q in asked}


def test_only_the_least_sure_rows_are_asked_about_for_their_confidence() -> None:
    from zhengwen.reading import page_of
    from zhengwen.review.questions import questions

    def figure(number: int) -> Figure:
        said = {"indicator": "企业", "subject": "西湖镇", "period": "2021", "tier": "count"}
        return Figure(
            source="a",
            figure_id=f"f{number:02}",
            article_id="z",
            start=0,
            end=2,
            text="3家",
            confidence=number / 100,
            **said,
        )

    asked = list(questions([(page_of("3家"), [figure(n) for n in range(30, 50)])], Marks()))

    assert {q["figure_id"] for q in asked} == {"f30", "f31"}
    assert {q["why"] for q in asked} == {"low confidence"}


def test_what_is_answered_is_not_asked_again(page: Path, figures: Figures, capsys: pytest.CaptureFixture[str]) -> None:
    folder = read(page)
    mark_all(folder, figures)

    command("export", folder, "--open")

    assert capsys.readouterr().out == ""


def test_a_wholly_reviewed_page_becomes_gold_that_the_scorer_reads(
    page: Path, figures: Figures, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from zhengwen.scoring.pages import load_gold

    folder, corpus = read(page), tmp_path / "corpus"
    one, *others, last = figures(folder)
    decide(folder, one, "fix")
    decide(folder, one, "fix", slot="indicator", old=one.indicator, new="规上企业")
    for figure in others:
        decide(folder, figure, "accept")
    answers = folder / "nothing.jsonl"
    answers.write_text("", encoding="utf-8")

    command("review", "import", answers, "--promote", "--to", corpus)
    before = capsys.readouterr().out
    decide(folder, last, "reject")
    command("review", "import", answers, "--promote", "--to", corpus)

    assert "xihu: 1 of 5 figures are not settled" in before
    (gold,) = load_gold(corpus, use="all")
    assert gold.reviewed == {"figure"}
    assert "figure" in gold.drafted
    assert next(iter(gold.of("figure")))["indicator"] == "规上企业"
    assert len(gold.of("figure")) == 4
    assert all(gold.text[f["start"] : f["end"]] == f["text"] for f in gold.of("figure"))


def test_gold_by_hand_is_not_overwritten(
    page: Path, figures: Figures, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, corpus = read(page), tmp_path / "corpus"
    mark_all(folder, figures)
    (corpus / "gold").mkdir(parents=True)
    mine = corpus / "gold" / "xihu.jsonl"
    mine.write_text('{"record": "gold", "reviewed": ["figure"], "by": "hand"}\n', encoding="utf-8")
    (folder / "nothing.jsonl").write_text("", encoding="utf-8")

    command("review", "import", folder / "nothing.jsonl", "--promote", "--to", corpus)

    assert "is there already" in capsys.readouterr().out
    assert '"by": "hand"' in mine.read_text(encoding="utf-8")


def test_an_older_review_that_comes_later_has_not_the_last_word(page: Path, figures: Figures) -> None:
    folder = read(page)
    later = page.parent / "later"
    run(Job((str(page),), later, quiet=True))
    first = figures(folder)[0]
    decide(folder, first, "reject", at="2022-01-01T08:00:00+00:00")
    decide(later, first, "accept", at="2022-01-02T08:00:00+00:00")

    assert command("review", "carry", folder, later) == 0

    assert placed(later).of(first).state == "accepted"
    assert [d.decision for d in Log.of_run(later)] == ["accept", "reject"]


WRONG = [
    (("review", "import", "{run}/figures.csv"), "neither a workbook (.xlsx) nor answers (.jsonl)"),
    (("review", "import", "{run}/none.xlsx"), "no such file"),
    (("review", "import", "{run}/../elsewhere.xlsx"), "its run is not here"),
    (("review", "status", "{run}/none"), "no run here"),
    (("review", "carry", "{run}", "{run}"), "both are the same run"),
    (("export", "{run}", "--format", "docx"), "no such export: docx"),
    (("export", "{run}", "--lang", "fr"), "no such language: fr"),
]


@pytest.mark.parametrize(("arguments", "word"), WRONG, ids=[w for _, w in WRONG])
def test_wrong_usage_is_one_line(
    a_run: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], word: str
) -> None:
    code = command(*(a.format(run=a_run) for a in arguments))

    said = capsys.readouterr().err
    assert code in (1, 2)
    assert word in said
    assert said.count("\n") == 1


def test_a_text_that_has_changed_since_is_not_shown_as_the_runs(page: Path) -> None:
    folder = read(page)
    page.write_text("别的\n" + page.read_text(encoding="utf-8"), encoding="utf-8")

    assert [p.text for p, _ in pages_of_run(folder)] == [""]
