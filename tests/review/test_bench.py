"""The bench: what there is to see and to decide of a run, without any page; what is decided is in the log at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from zhengwen.cli import main
from zhengwen.engine import Engine
from zhengwen.errors import BadInput
from zhengwen.records import Figure, Record
from zhengwen.review.bench import Bench, Saying, row_print
from zhengwen.review.log import Log
from zhengwen.review.queue import Asked
from zhengwen.review.runs import pages_of_run, reviewed
from zhengwen.rules import load
from zhengwen.stages import Page

Read = Callable[[Page], Sequence[Record]]
SLOTS = {"value": "0", "unit": "%", "measure": "增速", "indicator": "接待游客", "period": "2021", "base": "yoy"}


@pytest.fixture
def bench(a_run: Path) -> Bench:
    return Bench(a_run, load())


def named(bench: Bench, text: str) -> Figure:
    return next(s.figure for s in bench.rows(Asked(show="all", incidental=True))[1] if s.figure.text == text)


def state(bench: Bench, text: str) -> str:
    return bench.ledger.mark(named(bench, text)).state


def say(bench: Bench, text: str, verb: str, who: str = "王敏", note: str = "", **fixes: str) -> None:
    bench.say(named(bench, text).figure_id, who, Saying(verb, fixes, note))


def marked(bench: Bench, words: str, read: Read) -> str:
    """Add the first place of `words` in the page as a figure, and return its id."""
    page = bench.pages[0][0]
    start = page.text.index(words)
    draft = bench.draft(page.source, start, start + len(words), read)
    return bench.add("王敏", draft, SLOTS)


def test_the_least_certain_come_first(bench: Bench) -> None:
    _, rows = bench.rows(Asked(who="王敏"))

    sure = [0.5 if s.figure.confidence is None else s.figure.confidence for s in rows]
    assert sure == sorted(sure)
    assert len(rows) > 4


def test_in_the_order_of_the_text_and_narrowed(bench: Bench) -> None:
    _, rows = bench.rows(Asked(show="all", order="text"))
    assert [s.figure.start for s in rows] == sorted(s.figure.start for s in rows)
    assert all(s.figure.tier != "incidental" for s in rows)

    count, found = bench.rows(Asked(show="all", words="游客 30万"))
    assert (count, found[0].figure.text) == (1, "30万人次")
    assert bench.rows(Asked(show="all", article="z0-1"))[0] == 0
    count, two = bench.rows(Asked(show="all", offset=1, limit=2))
    assert (count, len(two)) == (len(rows), 2)


def test_what_is_said_is_in_the_log_and_no_longer_waits(bench: Bench, a_run: Path) -> None:
    waiting = bench.rows(Asked(who="王敏"))[0]

    say(bench, "3.86亿元", "accept")
    say(bench, "7.4%", "fix", indicator="税收收入", base="-")
    say(bench, "49家", "reject", note="重复")

    log = list(Log.of_run(a_run))
    assert [(d.decision, d.slot, d.new, d.source) for d in log] == [
        ("accept", "", None, "web"),
        ("fix", "", None, "web"),
        ("fix", "indicator", "税收收入", "web"),
        ("fix", "base", None, "web"),
        ("reject", "", None, "web"),
    ]
    assert log[-1].note == "重复"
    assert [state(bench, t) for t in ("3.86亿元", "7.4%", "49家")] == ["accepted", "fixed", "rejected"]
    assert bench.rows(Asked(who="王敏"))[0] == waiting - 3
    assert bench.rows(Asked(who="李强"))[0] == waiting - 3
    assert bench.rows(Asked(who="王敏", show="mine"))[0] == 3
    progress = bench.progress("王敏")
    assert (progress["done"], progress["mine"], progress["number"]) == (3, 3, 5)


def test_saying_it_twice_adds_nothing(bench: Bench, a_run: Path) -> None:
    for _ in range(2):
        say(bench, "7.4%", "fix", indicator="税收收入")

    assert len(list(Log.of_run(a_run))) == 2


def test_undo_goes_back_step_by_step_over_a_new_start(bench: Bench, a_run: Path) -> None:
    say(bench, "3.86亿元", "accept")
    say(bench, "7.4%", "fix", indicator="税收收入")
    say(bench, "7.4%", "fix", indicator="税收收入", period="2020")

    again = Bench(a_run, load())
    assert again.undo("王敏") == [named(again, "7.4%").figure_id]
    assert dict(again.ledger.mark(named(again, "7.4%")).fixes) == {"indicator": "税收收入"}
    assert again.undo("李强") == []
    again.undo("王敏")
    assert [state(again, "7.4%"), state(again, "3.86亿元")] == ["open", "accepted"]
    again.undo("王敏")
    assert state(again, "3.86亿元") == "open"
    assert again.undo("王敏") == []

    say(again, "49家", "accept")
    assert again.undo("王敏") == [named(again, "49家").figure_id]


def test_a_sentence_is_accepted_and_taken_back_at_once(bench: Bench, a_run: Path) -> None:
    figure = named(bench, "49家")
    say(bench, "16家", "reject")
    near = [s.figure for s in bench.together(figure.figure_id)]

    assert [f.text for f in near] == ["49家", "16家", "4家", "29家"]
    bench.accept_together("王敏", {f.figure_id: row_print(f) for f in near})

    assert [state(bench, f.text) for f in near] == ["accepted", "rejected", "accepted", "accepted"]
    assert len(bench.undo("王敏")) == 3
    assert [state(bench, f.text) for f in near] == ["open", "rejected", "open", "open"]
    assert bench.undo("王敏") == [near[1].figure_id]
    with pytest.raises(BadInput, match="changed since"):
        bench.accept_together("王敏", {near[0].figure_id: row_print(near[0]), near[2].figure_id: "another"})
    assert state(bench, "49家") == "open"


def test_one_correction_for_a_whole_sentence(bench: Bench) -> None:
    near = [s.figure for s in bench.together(named(bench, "49家").figure_id)]

    prints = {f.figure_id: row_print(f) for f in near}

    bench.correct_together("王敏", prints, "period", "2020")
    assert [dict(bench.ledger.mark(f).fixes) for f in near] == [{"period": "2020"}] * 4
    assert {state(bench, f.text) for f in near} == {"answered"}  # the rest of the row waits for a word
    assert bench.rows(Asked(who="王敏", words="49家"))[0] == 4
    bench.accept_together("王敏", prints)
    assert {state(bench, f.text) for f in near} == {"fixed"}

    bench.undo("王敏")
    assert [dict(bench.ledger.mark(f).fixes) for f in near] == [{"period": "2020"}] * 4
    bench.undo("王敏")
    assert {state(bench, f.text) for f in near} == {"open"}


def test_what_was_said_with_another_tool_is_not_taken_back_here(bench: Bench, a_run: Path) -> None:
    say(bench, "3.86亿元", "accept")
    say(bench, "7.4%", "accept")
    figure = named(bench, "7.4%")
    last = list(Log.of_run(a_run))[-1]
    Log.of_run(a_run).append([type(last)(figure.figure_id, "王敏", "reject", source="excel", anchor=last.anchor)])

    assert bench.undo("王敏") == [named(bench, "3.86亿元").figure_id]
    assert state(bench, "7.4%") == "rejected"


def test_two_who_disagree_and_one_who_thinks_again(bench: Bench, a_run: Path) -> None:
    other = Bench(a_run, load())
    say(bench, "7.4%", "accept", who="王敏")
    say(other, "7.4%", "fix", who="李强", indicator="税收收入")

    assert state(bench, "7.4%") == "disputed"
    assert bench.rows(Asked(who="王敏", show="disputed"))[0] == 1
    number, heard = bench.news(1)
    assert (number, [s.figure.text for s in heard]) == (3, ["7.4%"])

    say(bench, "7.4%", "fix", who="王敏", indicator="税收收入")
    assert state(other, "7.4%") == "fixed"


def test_two_at_once_are_not_led_to_the_same_figure(bench: Bench) -> None:
    first = bench.rows(Asked(who="王敏"))[1][0].figure
    bench.seen(first.figure_id, "王敏")

    assert bench.rows(Asked(who="李强"))[1][0].figure != first
    assert bench.rows(Asked(who="李强"))[1][-1].figure == first
    assert bench.rows(Asked(who="王敏"))[1][0].figure == first
    assert bench.looking(first.figure_id, "李强") == "王敏"
    assert bench.looking(first.figure_id, "王敏") == ""


@pytest.mark.parametrize(
    ("verb", "fixes", "who", "message"),
    [
        ("fix", {"period": "昨天"}, "王敏", "no period"),
        ("fix", {"measure": "多少"}, "王敏", "no such measure"),
        ("praise", {}, "王敏", "no such review"),
        ("accept", {}, "  ", "needs a name"),
        ("accept", {}, "a\u202eb", "needs a name"),
    ],
)
def test_what_cannot_be_taken_changes_nothing(
    bench: Bench, a_run: Path, verb: str, fixes: dict[str, str], who: str, message: str
) -> None:
    with pytest.raises(BadInput, match=message):
        say(bench, "7.4%", verb, who=who, **fixes)

    assert list(Log.of_run(a_run)) == []


def test_a_row_that_changed_under_the_reviewers_eyes_is_refused(bench: Bench) -> None:
    figure = named(bench, "7.4%")

    with pytest.raises(BadInput, match="changed since"):
        bench.say(figure.figure_id, "王敏", Saying("accept", {}, seen="another"))
    bench.say(figure.figure_id, "王敏", Saying("accept", {}, seen=row_print(figure)))
    assert state(bench, "7.4%") == "accepted"


def test_a_figure_that_is_not_here(bench: Bench) -> None:
    with pytest.raises(BadInput, match="no such figure"):
        bench.say("f0", "王敏", Saying("accept", {}))
    with pytest.raises(BadInput, match="no such page"):
        bench.text("/etc/passwd", 0)


def test_a_missed_figure_is_added_and_is_a_row_like_others(bench: Bench, a_run: Path, engine: Engine) -> None:
    without = [r for _, rs in pages_of_run(a_run) for r in rs if isinstance(r, Figure)]
    say(bench, "三个", "accept")

    added = marked(bench, "持平。", engine.read)

    figure = bench.seen(added).figure
    assert (figure.text, figure.value, figure.measure, figure.period_end, figure.rule) == (
        *("持平", 0, "growth_rate", "2021-12-31", "review.added"),
    )
    assert figure.sentence == "接待游客30万人次，与上年同期持平"
    assert figure.figure_id == added not in {f.figure_id for f in without}
    pages, marks = reviewed(a_run)
    (page, records), *_ = pages
    found = [r for r in records if isinstance(r, Figure)]
    assert [f.start for f in found] == sorted(f.start for f in found)
    assert len(found) == len(without) + 1
    assert page.text[figure.start : figure.end] == figure.text
    assert marks.of(next(f for f in found if f.figure_id == added)).state == "accepted"
    assert bench.rows(Asked(who="王敏", show="added"))[0] == 1


def test_an_added_figure_has_the_id_that_the_program_would_give_it(a_run: Path, engine: Engine, tmp_path: Path) -> None:
    """A later version that finds it itself takes over its marks."""
    lines = (a_run / "records.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    gone = next(r for _, rs in pages_of_run(a_run) for r in rs if isinstance(r, Figure) and r.text == "30万人次")
    (a_run / "records.jsonl").write_text("".join(x for x in lines if gone.figure_id not in x), encoding="utf-8")

    added = marked(Bench(a_run, load()), "接待游客30万人次，", engine.read)

    assert added == gone.figure_id
    (a_run / "records.jsonl").write_text("".join(lines), encoding="utf-8")
    later = Bench(a_run, load())
    assert state(later, "30万人次") == "again"  # the program calls it otherwise: to be looked at once more
    assert sum(s.figure.text == "30万人次" for s in later.rows(Asked(show="all"))[1]) == 1


def test_what_was_added_can_be_taken_back_and_corrected(bench: Bench, a_run: Path, engine: Engine) -> None:
    added = marked(bench, "持平", engine.read)
    bench.say(added, "王敏", Saying("fix", {"indicator": "另一指标"}))
    assert dict(bench.ledger.mark(bench.seen(added).figure).fixes) == {"indicator": "另一指标"}

    bench.undo("王敏")
    assert dict(bench.ledger.mark(bench.seen(added).figure).fixes) == {}
    bench.undo("王敏")
    with pytest.raises(BadInput, match="no such figure"):
        bench.seen(added)
    assert all(f.figure_id != added for _, rs in reviewed(a_run)[0] for f in rs if isinstance(f, Figure))

    assert marked(bench, "持平", engine.read) == added
    assert bench.seen(added).figure.text == "持平"


def test_another_who_strikes_an_added_figure_out_makes_a_dispute(bench: Bench, a_run: Path, engine: Engine) -> None:
    added = marked(bench, "持平", engine.read)
    Bench(a_run, load()).say(added, "李强", Saying("reject", {}))

    assert bench.ledger.mark(bench.seen(added).figure).state == "disputed"


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [(0, 0, "no such place"), (5, 10**9, "no such place"), (0, 100, "alone"), (9, 11, "alone")],
)
def test_what_is_no_place_for_a_figure(bench: Bench, engine: Engine, start: int, end: int, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        bench.draft(bench.pages[0][0].source, start, end, engine.read)


def test_a_figure_that_is_there_is_not_added_again(bench: Bench, engine: Engine) -> None:
    figure = named(bench, "7.4%")

    with pytest.raises(BadInput, match="already") as refused:
        bench.draft(figure.source, figure.start, figure.end, engine.read)

    assert refused.value.where == figure.figure_id


def test_added_figures_move_with_their_text(tmp_path: Path, engine: Engine) -> None:
    page = tmp_path / "xihu.txt"
    page.write_text("西湖镇要闻\n\n2021年，西湖镇有企业12家。全镇推行五小行动，成效明显。\n", encoding="utf-8")
    folder = tmp_path / "run"
    extract = ["extract", str(page), "-o", str(folder), "--quiet", "--date", "2022"]
    with pytest.raises(SystemExit):
        main(extract)
    bench = Bench(folder, load())
    added = marked(bench, "五小行动", lambda _: [])  # a figure only to its reviewer
    page.write_text("又一段。\n\n" + page.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(SystemExit):
        main(extract)

    moved = next(s.figure for s in bench.rows(Asked(show="all"))[1] if s.figure.rule == "review.added")

    assert moved.figure_id != added
    assert (moved.text, bench.ledger.mark(moved).state) == ("五小行动", "accepted")


def test_the_text_around_a_figure_is_cut_where_marks_begin_and_end(bench: Bench) -> None:
    figure = named(bench, "7.4%")

    shown = bench.text(figure.source, figure.start)

    pieces = [p for line in shown["lines"] for p in line["pieces"]]
    text = bench.pages[0][0].text
    assert all(text[start : start + len(words)] == words for start, words, *_ in pieces)
    assert [words for _, words, kind, i in pieces if i == figure.figure_id] == ["7.4%"]
    assert shown["states"][figure.figure_id] == "open"
