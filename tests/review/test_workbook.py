"""There and back: what people mark comes in once, whatever they do to the sheet, and other edits are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhengwen.errors import BadInput
from zhengwen.records import Figure, Record
from zhengwen.review.log import Log
from zhengwen.review.marks import Marks
from zhengwen.review.runs import marks_of, pages_of_run, reviewed
from zhengwen.review.workbook import Imported, import_workbook
from zhengwen.rules import load
from zhengwen.stages import Page

pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

Figures = Callable[[Path], list[Figure]]
Hand = Callable[..., Path]


def bring(run: Path, name: str = "figures.xlsx", by: str = "") -> Imported:
    """Import a workbook of a run into its log."""
    log = Log.of_run(run)
    found = import_workbook(run / name, pages(run), log, load(), by)
    log.append(found.decisions)
    return found


def pages(run: Path) -> list[tuple[Page, list[Record]]]:
    return reviewed(run)[0]


def marks(run: Path) -> Marks:
    return marks_of(run, list(pages_of_run(run)))


def mark_some(sheet: Any, at: dict[str, int]) -> None:
    sheet.cell(2, at["review"]).value, sheet.cell(2, at["reviewer"]).value = "accept", "王敏"
    sheet.cell(3, at["review"]).value, sheet.cell(3, at["reviewer"]).value = "fix", "王敏"
    sheet.cell(3, at["fix indicator"]).value = "一般公共预算收入增速"
    sheet.cell(3, at["fix base"]).value = "2019"
    sheet.cell(4, at["review"]).value, sheet.cell(4, at["review note"]).value = "reject", "重复"


def test_a_workbook_that_nobody_touched_says_nothing(a_run: Path) -> None:
    found = bring(a_run)

    assert (found.decisions, found.edits, found.refused) == ([], [], [])


def test_marks_come_in(a_run: Path, edit: Hand, figures: Figures) -> None:
    edit(a_run / "figures.xlsx", mark_some)

    found = bring(a_run, by="李强")

    one, two, three, *_ = figures(a_run)
    assert (found.marked, found.edits, found.refused) == (3, [], [])
    assert marks(a_run).of(one).state == "accepted"
    assert marks(a_run).of(two).fixes == {"indicator": "一般公共预算收入增速", "base": "2019"}
    assert marks(a_run).of(three).note == "重复"
    assert (marks(a_run).of(two).who, marks(a_run).of(three).who) == (("王敏",), ("李强",))


def test_the_same_workbook_twice_adds_nothing(a_run: Path, edit: Hand) -> None:
    edit(a_run / "figures.xlsx", mark_some)
    bring(a_run, by="李强")

    again = bring(a_run, by="李强")

    assert again.decisions == []


def test_sorted_rows_and_added_and_removed_rows_and_columns_do_no_harm(
    a_run: Path, edit: Hand, figures: Figures
) -> None:
    def change(sheet: Any, at: dict[str, int]) -> None:
        mark_some(sheet, at)
        rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=2)]
        rows = [*reversed(rows), [None] * 3, ["a row of my own", 1]]
        del rows[0]
        for n, row in enumerate(rows, 2):
            for i in range(1, sheet.max_column + 1):
                sheet.cell(n, i).value = row[i - 1] if i <= len(row) else None
        sheet.delete_cols(at["citation"], 1)
        sheet.insert_cols(3, 2)
        sheet.row_dimensions[4].hidden = True

    edit(a_run / "figures.xlsx", change)
    found = bring(a_run, by="李强")

    assert (found.marked, found.edits, found.refused) == (3, [], [])
    assert marks(a_run).of(figures(a_run)[0]).state == "accepted"


def test_edits_elsewhere_are_told_and_not_taken(a_run: Path, edit: Hand, figures: Figures) -> None:
    def change(sheet: Any, at: dict[str, int]) -> None:
        sheet.cell(2, at["indicator"]).value = "别的"
        sheet.cell(3, at["value"]).value = 1

    edit(a_run / "figures.xlsx", change)
    found = bring(a_run)

    assert [e.split(" was ")[0].split(": ")[1] for e in found.edits] == ["indicator", "value"]
    assert "is “别的”: not taken; corrections belong into fix_indicator" in found.edits[0]
    assert found.decisions == []


WRONG = [
    ("review", "maybe", "no such review: 'maybe'"),
    ("fix period", "昨天", "no period: '昨天'"),
    ("fix value", "很多", "no number: '很多'"),
    ("fix measure", "niveau", "no such measure: 'niveau'"),
    ("fix measure", "-", "measure cannot be empty"),
    ("fix subject", "长" * 201, "subject of 201 characters"),
    ("review", "fix", "fix without a correction"),
]


@pytest.mark.parametrize(("column", "said", "word"), WRONG, ids=[f"{c}-{s[:8]}" for c, s, _ in WRONG])
def test_a_mark_that_cannot_be_taken_is_named_and_the_rest_goes_on(
    a_run: Path, edit: Hand, column: str, said: str, word: str
) -> None:
    def change(sheet: Any, at: dict[str, int]) -> None:
        sheet.cell(2, at[column]).value = said
        sheet.cell(3, at["review"]).value = "accept"

    edit(a_run / "figures.xlsx", change)
    found = bring(a_run, by="x")

    assert len(found.refused) == 1
    assert found.refused[0].startswith("figures!2: ")
    assert word in found.refused[0]
    assert found.marked == 1


def test_a_row_that_stands_twice_with_different_marks_is_not_taken(a_run: Path, edit: Hand) -> None:
    def change(sheet: Any, at: dict[str, int]) -> None:
        for i in range(1, sheet.max_column + 1):
            sheet.cell(20, i).value = sheet.cell(2, i).value
        sheet.cell(2, at["review"]).value, sheet.cell(20, at["review"]).value = "accept", "reject"

    edit(a_run / "figures.xlsx", change)
    found = bring(a_run)

    assert found.decisions == []
    assert "stands at figures!2 too" in found.refused[0]


def test_marks_are_written_into_the_next_workbook_and_count_once(a_run: Path, edit: Hand) -> None:
    from zhengwen.review.exporting import export_tables

    edit(a_run / "figures.xlsx", mark_some)
    bring(a_run, by="李强")
    export_tables(a_run, ["xlsx"], a_run, "zh")

    found = bring(a_run, by="somebody else")

    assert (found.decisions, found.kept) == ([], 3)


def test_a_cleared_mark_is_taken_back(a_run: Path, edit: Hand, figures: Figures) -> None:
    from zhengwen.review.exporting import export_tables

    edit(a_run / "figures.xlsx", mark_some)
    bring(a_run, by="李强")
    export_tables(a_run, ["xlsx"], a_run, "zh")

    def clear(sheet: Any, at: dict[str, int]) -> None:
        sheet.cell(2, at["审核"]).value = None

    edit(a_run / "figures.xlsx", clear)
    found = bring(a_run)

    assert [(d.who, d.decision) for d in found.decisions] == [("王敏", "undo")]
    assert marks(a_run).of(figures(a_run)[0]).state == "open"


def test_chinese_labels_are_understood(a_run: Path, edit: Hand, figures: Figures) -> None:
    from zhengwen.review.exporting import export_tables

    export_tables(a_run, ["xlsx"], a_run, "zh")

    def change(sheet: Any, at: dict[str, int]) -> None:
        sheet.cell(2, at["审核"]).value = "修改"
        sheet.cell(2, at["改:度量"]).value = "占比"
        sheet.cell(2, at["改:主体"]).value = "无"

    edit(a_run / "figures.xlsx", change)
    found = bring(a_run, by="王敏")

    assert found.refused == []
    assert marks(a_run).of(figures(a_run)[0]).fixes == {"measure": "share", "subject": None}


def test_a_file_that_is_no_workbook_is_one_line(a_run: Path) -> None:
    (a_run / "figures.xlsx").write_text("no workbook", encoding="utf-8")

    with pytest.raises(BadInput, match="not a workbook"):
        bring(a_run)


def test_a_workbook_without_figures_is_one_line(a_run: Path) -> None:
    import openpyxl

    openpyxl.Workbook().save(a_run / "figures.xlsx")

    with pytest.raises(BadInput, match="no sheet with figures"):
        bring(a_run)


def missed(sheet: Any, at: dict[str, int], **cells: Any) -> None:
    """A row of a reviewer's own at the end of the sheet."""
    row = sheet.max_row + 1
    for name, value in {"reviewer": "王敏", **cells}.items():
        sheet.cell(row, at[name.replace("_", " ")]).value = value


def test_a_figure_that_was_missed_is_added_by_a_row_of_its_own(a_run: Path, edit: Hand) -> None:
    def change(sheet: Any, at: dict[str, int]) -> None:
        missed(sheet, at, as_printed="持平", indicator="接待游客", subject="东湖区", measure="growth_rate", value=0)

    edit(a_run / "figures.xlsx", change)
    found = bring(a_run)
    again = bring(a_run)

    (said,) = found.decisions
    text = pages(a_run)[0][0].text
    assert (said.decision, said.who, found.refused) == ("add", "王敏", [])
    assert text[said.anchor.start : said.anchor.end] == "持平"
    assert said.new["value"] == 0
    assert (again.decisions, again.kept) == ([], 1)


def test_an_added_figure_stands_in_the_tables_and_in_the_gold(
    a_run: Path, edit: Hand, figures: Figures, tmp_path: Path
) -> None:
    from zhengwen.corpus.folder import Corpus
    from zhengwen.review.exporting import export_tables, status
    from zhengwen.review.promoting import promote

    def change(sheet: Any, at: dict[str, int]) -> None:
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, at["review"]).value = "accept"
        missed(sheet, at, as_printed="持平", indicator="接待游客", measure="growth_rate", value=0)

    edit(a_run / "figures.xlsx", change)
    bring(a_run, by="王敏")
    export_tables(a_run, ("xlsx",), a_run, "en")
    untouched = bring(a_run)
    grown, settled = reviewed(a_run)
    promote(grown, settled, Corpus(tmp_path / "corpus"))

    openpyxl = pytest.importorskip("openpyxl")
    head, *rows = openpyxl.load_workbook(a_run / "figures.xlsx").worksheets[0].iter_rows(values_only=True)
    (row,) = (dict(zip(head, r, strict=True)) for r in rows if r[head.index("as printed")] == "持平")
    assert (row["review"], row["reviewer"], row["indicator"]) == ("accept", "王敏", "接待游客")
    assert untouched.decisions == []
    assert len(rows) == len(figures(a_run)) + 1
    assert any(line.startswith("added: ") for line in status(a_run))
    (gold,) = (tmp_path / "corpus" / "gold").glob("*.jsonl")
    assert '"text": "持平"' in gold.read_text(encoding="utf-8")


NO_FIGURE = [
    ({"as_printed": "3.86亿元", "indicator": "收入"}, "is there already"),
    ({"as_printed": "700家", "indicator": "企业"}, "is in no text of this run"),
    ({"as_printed": "持平", "indicator": "游客"}, "value missing"),
    ({"as_printed": "持平", "indicator": "游客", "value": "许多"}, "no number"),
    (
        {"as_printed": "持平", "indicator": "游客", "value": 0, "sentence": "全区推进三个片区建设"},
        "not in its sentence",
    ),
    ({"as_printed": "区", "indicator": "区", "value": 1}, "places: give its sentence"),
    ({"indicator": "游客"}, ""),
    ({"review_note": "看过"}, "it needs “as printed”"),
    ({"as_printed": "持平", "review": "reject"}, "belongs to no figure"),
]


@pytest.mark.parametrize(("cells", "why"), NO_FIGURE, ids=[w or "a free row" for _, w in NO_FIGURE])
def test_a_row_that_can_be_no_figure_is_one_line(a_run: Path, edit: Hand, cells: dict[str, Any], why: str) -> None:
    reviewer = {} if why else {"reviewer": None}
    edit(a_run / "figures.xlsx", lambda sheet, at: missed(sheet, at, **reviewer, **cells))

    found = bring(a_run)

    assert found.decisions == []
    assert len(found.refused) == (1 if why else 0)
    assert all(why in line for line in found.refused)


def test_a_models_marks_are_marked_as_a_machines(a_run: Path, edit: Hand, capsys: pytest.CaptureFixture[str]) -> None:
    from zhengwen.cli import main

    edit(a_run / "figures.xlsx", mark_some)

    with pytest.raises(SystemExit):
        main(["review", "import", str(a_run / "figures.xlsx"), "--by", "a model", "--machine"])

    assert {d.machine for d in Log.of_run(a_run)} == {True}
    assert "1 accepted, 1 fixed, 1 rejected, 2 slots changed; 3 newly marked" in capsys.readouterr().out
