from __future__ import annotations

import csv
import io
import json
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

import pytest

from zhengwen.errors import BadInput
from zhengwen.reading import page_of
from zhengwen.records import SCHEMA_VERSION, Article, Check, Entity, Figure, Record, Time, to_json
from zhengwen.tables import ENTITY_COLUMNS, FIGURE_COLUMNS, RunFolder, dumps, entity_row, figure_row
from zhengwen.tables.columns import safe
from zhengwen.tables.terminal import console, print_figures, printed

TEXT = "全年税收4.17亿元,下降3.6%。"
PAGE = page_of(TEXT, source="甲.txt")
ARTICLE = Article(source="甲.txt", article_id="z1-1", article=1, title="=标题", date="2021-03")
LEVEL = Figure(
    source="甲.txt",
    figure_id="z1-1-4",
    article_id="z1-1",
    start=4,
    end=10,
    text="4.17亿元",
    value=Decimal("417000000"),
    unit="元",
    kind="money",
    indicator="税收",
    period="2020",
    reasons={"measure": "measures.level"},
)
FALL = Figure(
    source="甲.txt",
    figure_id="z1-1-13",
    article_id="z1-1",
    start=13,
    end=17,
    text="3.6%",
    value=Decimal("-3.6"),
    unit="%",
    kind="percent",
    measure="growth_rate",
    base="yoy",
    terms=(Decimal("1.1"), Decimal("50")),
)
PERSON = Entity(
    source="甲.txt", entity_id="e1", name="许闻溪", type="person", aliases=("小许", "老许"), mentions=((0, 3), (5, 8))
)
RECORDS: list[Record] = [
    ARTICLE,
    LEVEL,
    Time(source="甲.txt", article_id="z1-1", start=0, end=2, text="全年"),
    FALL,
    PERSON,
    Check(source="甲.txt", article_id="z1-1", check="sum", figure_ids=("a", "b"), expected=Decimal("0.1")),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.record)
def test_a_line_of_json_is_the_record(record: Record) -> None:
    line = dumps(record)

    assert json.loads(line) == to_json(record)
    assert list(json.loads(line))[:2] == ["record", "source"]
    assert "\n" not in line


def test_the_figure_table_has_every_field_but_the_nested_ones() -> None:
    assert set(FIGURE_COLUMNS) == {f.name for f in fields(Figure)} - {"inherited", "reasons"} | {"title", "date"}
    assert len(set(FIGURE_COLUMNS)) == len(FIGURE_COLUMNS)


def test_cells_are_plain_values() -> None:
    row = figure_row(FALL, ARTICLE)

    assert (row["value"], row["terms"], row["date"], row["period"]) == (-3.6, "1.1:50", "2021-03", None)
    assert figure_row(LEVEL, None)["value"] == 417000000
    assert entity_row(PERSON)["aliases"] == "小许|老许"
    assert entity_row(PERSON)["mentions"] == "0-3 5-8"


@pytest.mark.parametrize("text", ["=1+1", "+A1", "@a", "-cmd", "＝1", "\t=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert safe([text]) == [f"'{text}"]


def test_numbers_and_negative_prints_stay() -> None:
    assert safe([-2.5, "-2.1%", None, "税收", ""]) == [-2.5, "-2.1%", None, "税收", ""]


def test_a_run_folder_holds_the_run(tmp_path: Path) -> None:
    with RunFolder(tmp_path / "run") as run:
        run.add(PAGE, RECORDS)
        run.fail(BadInput("no such file", code="missing", where="乙.txt"))
        run.close({"options": {}})

    folder = tmp_path / "run"
    assert sorted(p.name for p in folder.iterdir()) == [
        "entities.csv",
        "errors.jsonl",
        "figures.csv",
        "records.jsonl",
        "run.json",
    ]
    lines = (folder / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(x) for x in lines] == [to_json(r) for r in RECORDS]
    assert (folder / "figures.csv").read_bytes().startswith(b"\xef\xbb\xbfsource,article_id,")
    rows = list(csv.DictReader(io.StringIO((folder / "figures.csv").read_text(encoding="utf-8-sig"), newline="")))
    assert [r["text"] for r in rows] == ["4.17亿元", "3.6%"]
    assert rows[0]["title"] == "'=标题"
    assert tuple(rows[0]) == FIGURE_COLUMNS
    assert json.loads((folder / "errors.jsonl").read_text(encoding="utf-8")) == {
        "source": "乙.txt",
        "code": "missing",
        "error": "no such file",
    }
    about = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert about["schema_version"] == SCHEMA_VERSION
    assert (about["inputs"], about["failed"]) == (2, 1)
    assert about["records"]["figure"] == 2
    assert about["figures_without_period_for_want_of_date"] == 0


def test_figures_without_a_period_are_counted_where_the_date_is_missing() -> None:
    undated = Article(source="甲.txt", article_id="z1-1", article=1)
    from zhengwen.tables import RunSummary

    summary = RunSummary()
    summary.add([undated, LEVEL, FALL], 10)

    assert summary.without_period_for_want_of_date == 1


def test_a_run_that_breaks_leaves_what_was_there(tmp_path: Path) -> None:
    with RunFolder(tmp_path) as run:
        run.add(PAGE, RECORDS)
        run.close({})
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    with pytest.raises(KeyboardInterrupt), RunFolder(tmp_path, ["parquet"]) as run:
        run.add(PAGE, [ARTICLE])
        raise KeyboardInterrupt

    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_files_of_an_older_run_do_not_stay(tmp_path: Path) -> None:
    with RunFolder(tmp_path, ["parquet"]) as run:
        run.fail(BadInput("x", where="y"))
        run.close({})
    (tmp_path / "mine.parquet").write_bytes(b"")
    assert (tmp_path / "figures.parquet").exists()

    with RunFolder(tmp_path) as run:
        run.close({})

    assert not (tmp_path / "figures.parquet").exists()
    assert not (tmp_path / "errors.jsonl").exists()
    assert (tmp_path / "mine.parquet").exists()


def test_parquet_has_the_schema_and_the_text_that_offsets_index(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    from zhengwen.schema import arrow_schema

    with RunFolder(tmp_path, ["parquet"]) as run:
        run.add(PAGE, RECORDS)
        run.close({})

    figures = pq.read_table(tmp_path / "figures.parquet")
    texts = pq.read_table(tmp_path / "texts.parquet").to_pylist()
    assert figures.schema.equals(arrow_schema("figure"))
    level = figures.to_pylist()[0]
    assert texts[0]["text"][level["start"] : level["end"]] == level["text"] == "4.17亿元"
    assert json.loads(level["reasons"]) == {"measure": "measures.level"}
    assert pq.read_table(tmp_path / "entities.parquet").to_pylist()[0]["mentions"] == [[0, 3], [5, 8]]


def test_halves_of_characters_do_not_end_a_run(tmp_path: Path) -> None:
    broken = Entity(source="\udc80.txt", entity_id="e", name="甲\ud800", type="place")

    with RunFolder(tmp_path, ["parquet"]) as run:
        run.add(page_of("甲\ud800", source="\udc80.txt"), [broken])
        run.close({})

    assert json.loads((tmp_path / "records.jsonl").read_text(encoding="utf-8"))["name"] == "甲\ud800"


def test_the_terminal_table_says_what_was_printed() -> None:
    out = io.StringIO()

    print_figures(RECORDS, console(out))

    shown = out.getvalue()
    assert "=标题" in shown
    assert "2 figures" in shown
    assert "4.17亿元" in shown
    assert "−3.6%" in shown
    assert printed(FALL) == "−3.6%"


def test_wide_characters_are_aligned() -> None:
    from rich.cells import cell_len

    out = io.StringIO()
    print_figures(RECORDS, console(out))

    head, _, first, second = out.getvalue().splitlines()[-4:]
    assert cell_len(head[: head.index("measure")]) == cell_len(first[: first.index("level")])
    assert cell_len(head[: head.index("measure")]) == cell_len(second[: second.index("growth_rate")])


def test_entity_columns_are_the_record() -> None:
    assert tuple(f.name for f in fields(Entity)) == ENTITY_COLUMNS
