"""What is made of a run afterwards: slices, samples, series, reprints, and how it stands."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from zhengwen.cli import main
from zhengwen.errors import BadInput
from zhengwen.records import Article, Figure, Record
from zhengwen.running.parts import ItemRows, Written, prepare, publish, write_part
from zhengwen.running.reprints import find_reprints, known_reprints, write_reprints
from zhengwen.running.sampling import draw, judged, wilson, write_sheet
from zhengwen.running.series import chart_lines, find_series, svg
from zhengwen.running.slices import Where, export_slice, parts_of
from zhengwen.stages import Meta, Page

from .runs import Start, archive, texts

LEVEL = Figure(
    source="",
    figure_id="f",
    article_id="z-1",
    start=0,
    end=6,
    text="3.86亿元",
    value=Decimal(386000000),
    unit="元",
    kind="money",
    indicator="税收收入",
    subject="东湖区",
    period="2020",
    period_start="2020-01-01",
    period_end="2020-12-31",
    freq="year",
    number_printed="3.86",
    unit_printed="亿元",
    decimals=2,
)
GROWTH = replace(LEVEL, measure="growth_rate", text="7.4%", value=Decimal("7.4"), unit="%", kind="percent", base="yoy")


def level(value: str, printed: str, period: str = "2020") -> Figure:
    decimals = len(printed.partition(".")[2])
    return replace(
        LEVEL, value=Decimal(value), number_printed=printed, decimals=decimals, period=period, period_end=period
    )


def made(run: Path, articles: list[tuple[str, str, list[Figure]]], size: int = 3) -> Path:
    """A run of (date, text, figures), three articles a part."""
    prepare(run, ("parquet",))
    for part, first in enumerate(range(0, len(articles), size), 1):
        items = []
        for n, (date, text, figures) in enumerate(articles[first : first + size], first):
            source = f"a.jsonl#{n}"
            page = Page(source, text, Meta(date=date), "utf-8", "")
            records: list[Record] = [Article(source=source, article_id="z-1", article=1, title=f"第{n}篇", date=date)]
            records += [replace(f, source=source, figure_id=f"{n}-{i}") for i, f in enumerate(figures)]
            items.append(ItemRows(n))
            items[-1].add(page, records, ("parquet",))
        publish(run, write_part(run, part, ("parquet",), items))
    return run


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return made(tmp_path / "run", [(f"2021-01-{n + 1:02d}", f"文{n}", [LEVEL, GROWTH]) for n in range(8)])


@pytest.mark.parametrize(
    ("where", "number"),
    [
        ("", 16),
        ("measure = 'growth_rate'", 8),
        ("value > 1e8 and unit = '元'", 8),
        ("title like '%3篇' and subject = '东湖区'", 2),
        ("date >= '2021-01-07'", 4),
        ('"end" = 6 and terms is null', 16),
        ("base is null", 8),
        ("subject = '西湖区'", 0),
    ],
)
def test_a_condition_chooses_rows(run: Path, where: str, number: int) -> None:
    condition = Where(where)

    assert sum(len(condition.places(part)) for part in parts_of(run)) == number


@pytest.mark.parametrize("where", ["nonsense = 1", "value >", "1); drop table figures; --", "load_extension('x')"])
def test_what_is_no_condition_is_one_line(where: str) -> None:
    with pytest.raises(BadInput, match="no condition") as error:
        Where(where).places(parts_of.__class__)  # type: ignore[arg-type]

    assert "\n" not in error.value.line()


def test_a_condition_reads_no_other_column(run: Path) -> None:
    assert Where("measure = 'level' and value > 3").columns == ("value", "measure")


def test_a_slice_is_a_run_of_its_own(run: Path, tmp_path: Path) -> None:
    number = export_slice(
        run, "measure = 'growth_rate' and date > '2021-01-05'", ("csv", "parquet"), tmp_path / "slice"
    )

    assert number == 3
    with (tmp_path / "slice" / "figures.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["source"], r["value"], r["title"]) for r in rows] == [
        (f"a.jsonl#{n}", "7.4", f"第{n}篇") for n in (5, 6, 7)
    ]
    again = [f for part in parts_of(tmp_path / "slice") for f in part.figures()]
    before = [
        f for part in parts_of(run) for f in part.figures() if f.source in {"a.jsonl#5", "a.jsonl#6", "a.jsonl#7"}
    ]
    assert again == [f for f in before if f.measure == "growth_rate"]
    assert json.loads((tmp_path / "slice" / "run.json").read_text())["options"]["inputs"] == [str(run)]


def test_records_come_back_from_parquet_as_they_were(run: Path) -> None:
    first = next(iter(parts_of(run)[0].figures()))

    assert first == replace(LEVEL, source="a.jsonl#0", figure_id="0-0")


def test_a_folder_without_a_run_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no run with Parquet"):
        parts_of(tmp_path)


def test_a_sample_has_every_stratum_in_proportion(tmp_path: Path) -> None:
    run = made(tmp_path / "run", [("2021", "文", [LEVEL] * 9 + [GROWTH]) for _ in range(20)])

    drawn = list(draw(run, 20, ["measure"]))

    assert sorted(s for s, *_ in drawn) == ["growth_rate"] * 2 + ["level"] * 18
    assert {(s, n) for s, n, _ in drawn} == {("growth_rate", 20), ("level", 180)}
    assert list(draw(run, 20, ["measure"])) == drawn, "seeded"
    assert list(draw(run, 20, ["measure"], seed=2)) != drawn
    assert len(list(draw(run, 5000, ["measure", "source"]))) == 200
    assert len({f.figure_id for *_, f in drawn}) == 20


def test_a_rare_stratum_is_not_left_out(tmp_path: Path) -> None:
    run = made(tmp_path / "run", [("2021", "文", [LEVEL] * 20) for _ in range(9)] + [("2021", "文", [GROWTH])])

    assert sorted(s for s, *_ in draw(run, 10, ["measure"])) == ["growth_rate"] + ["level"] * 9


def test_a_column_that_figures_do_not_have_is_one_line(run: Path) -> None:
    with pytest.raises(BadInput, match="no column weather"):
        list(draw(run, 3, ["weather"]))


def fill(path: Path, verdicts: dict[str, list[str]]) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["verdict"] = verdicts[row["stratum"]].pop(0) if verdicts[row["stratum"]] else ""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def test_verdicts_give_the_precision_of_the_archive(tmp_path: Path) -> None:
    run = made(tmp_path / "run", [("2021", "文", [LEVEL] * 9 + [GROWTH]) for _ in range(20)])
    sheet = tmp_path / "s.csv"
    write_sheet(sheet, draw(run, 40, ["measure"]))
    fill(sheet, {"level": ["right"] * 27 + ["错"] * 9, "growth_rate": ["1", "0", "1", ""]})

    whole, *strata = judged(sheet)

    assert [(s.name, s.right, s.judged, s.rows) for s in strata] == [("growth_rate", 2, 3, 20), ("level", 27, 36, 180)]
    assert whole.share == pytest.approx(0.9 * 0.75 + 0.1 * 2 / 3)
    assert whole.low < whole.share < whole.high
    assert (whole.low, whole.high) == pytest.approx((0.585, 0.851), abs=0.01)


def test_intervals_are_wilsons() -> None:
    assert wilson(0.5, 100) == pytest.approx((0.4038, 0.5962), abs=1e-4)
    assert wilson(1.0, 200) == pytest.approx((0.9812, 1.0), abs=1e-4)
    assert wilson(0.0, 10)[0] == 0.0


def test_sheets_that_say_nothing_are_one_line(run: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "s.csv"
    write_sheet(sheet, draw(run, 4, []))
    with pytest.raises(BadInput, match="no row has a verdict"):
        judged(sheet)
    fill(sheet, {"all": ["perhaps"]})
    with pytest.raises(BadInput, match="no verdict: 'perhaps'"):
        judged(sheet)
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(BadInput, match="no sheet"):
        judged(tmp_path / "other.csv")


def test_a_series_gathers_what_agrees_and_marks_what_does_not(tmp_path: Path) -> None:
    run = made(
        tmp_path / "run",
        [
            ("2020", "甲", [level("300000000", "3", "2019")]),
            ("2021", "乙", [level("386000000", "3.86"), GROWTH]),
            ("2021", "丙", [level("390000000", "3.9")]),
            ("2021", "丁", [level("410000000", "4.1")]),
            ("2021", "戊", [replace(LEVEL, status="target"), replace(LEVEL, subject="西湖区")]),
        ],
    )

    found = find_series(run, "税收收入", "东湖区")

    levels = next(s for s in found if s.measure == "level" and s.status == "actual")
    assert [(p.period, p.value, p.said) for p in levels.points] == [("2019", 300000000, 1), ("2020", 386000000, 2)]
    assert [(v, n) for v, n, _ in levels.points[1].others] == [(410000000, 1)]
    assert [s.status for s in found if s.measure == "level"] == ["actual", "target"]
    assert {s.subject for s in find_series(run, "税收收入")} == {"东湖区", "西湖区"}
    assert find_series(run, "粮食产量") == []
    lines = chart_lines(levels)
    assert "!" not in lines[0]
    assert "! █" in lines[1]
    assert "410000000 (1: a.jsonl#3)" in lines[1]
    assert svg(levels).count("<rect") == 2
    assert svg(levels).count("stroke-dasharray") == 1


def test_reprints_are_one_voice_in_a_series(tmp_path: Path) -> None:
    run = made(tmp_path / "run", [("2021", "甲", [LEVEL]), ("2021", "甲", [LEVEL]), ("2021", "乙", [LEVEL])])
    write_reprints(run, find_reprints(run))

    (series,) = find_series(run, "税收收入", reprints=known_reprints(run))

    assert series.points[0].said == 2


def test_exact_reprints_repeat_the_one_published_first(tmp_path: Path) -> None:
    run = made(
        tmp_path / "run",
        [
            ("2021-03", "税收,增长。", []),
            ("2021-01", "税收增长", []),
            ("2021-02", "税收 增长!", []),
            ("2021-01", "别的", []),
        ],
    )

    found = find_reprints(run)

    assert [(r.source, r.dup_of, r.how) for r in found] == [
        ("a.jsonl#0", "a.jsonl#1", "exact"),
        ("a.jsonl#2", "a.jsonl#1", "exact"),
    ]
    assert known_reprints(run) == {}
    write_reprints(run, found)
    assert known_reprints(run) == {"a.jsonl#0": "a.jsonl#1", "a.jsonl#2": "a.jsonl#1"}


def test_near_reprints_are_found_and_unlike_texts_are_not(tmp_path: Path) -> None:
    pytest.importorskip("rensa", reason="near-duplicates need rensa (extra dedup)")
    long = "".join(f"第{n}个乡镇完成税收{n * 37 % 91}万元,比上年增长{n * 13 % 17}%;" for n in range(40))
    other = "".join(f"{n}月份全县降水{n * 53 % 97}毫米,气温{n * 7 % 31}度。" for n in range(60))
    run = made(
        tmp_path / "run",
        [
            ("2021-02", long.replace("第7个", "第七个"), []),
            ("2021-01", long, []),
            ("2021-03", other, []),
            ("2021-04", long, []),
        ],
    )

    found = find_reprints(run, near=True)

    assert [(r.source, r.dup_of, r.how) for r in found] == [
        ("a.jsonl#0", "a.jsonl#1", "near"),
        ("a.jsonl#3", "a.jsonl#1", "exact"),
    ]
    assert found[0].likeness >= 0.8
    assert find_reprints(run, near=True) == found


def test_near_reprints_say_what_they_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "rensa", None)
    with pytest.raises(BadInput, match=r"zhengwen\[dedup\]"):
        find_reprints(made(tmp_path / "run", [("2021", "甲", [])]), near=True)


def said(capsys: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 0) -> str:
    with pytest.raises(SystemExit) as left:
        main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    assert left.value.code == code, err
    return out + err


def test_the_commands_tell_what_they_do(run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "8 figures" in said(capsys, "export", run, "--where", "measure='level'", "-o", tmp_path / "x")
    assert "10 rows" in said(capsys, "sample", run, "-n", "10", "-o", tmp_path / "s.csv")
    fill(tmp_path / "s.csv", {"level · a.jsonl": ["y"] * 5, "growth_rate · a.jsonl": ["y"] * 5})
    assert "100.0%  (72.2% to 100.0%)  10 of 10 right" in said(capsys, "sample", "--judged", tmp_path / "s.csv")
    table = said(capsys, "series", run, "--indicator", "税收收入", "--chart", tmp_path / "charts")
    assert "东湖区 税收收入  level · 元 · year" in table
    assert len(list((tmp_path / "charts").glob("*.svg"))) == 2
    assert "0 exact and 0 near" in said(capsys, "reprints", run)
    assert "no figure" in said(capsys, "series", run, "--indicator", "无", code=2)
    assert "name a RUN" in said(capsys, "sample", code=2)


def test_status_tells_how_a_run_stands(start: Start, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start(archive(tmp_path / "a.jsonl", [*texts(5), "错"]))

    told = said(capsys, "status", tmp_path / "run")

    assert "done: 5 articles done, 0 planned" in told
    assert "1 put aside (errors.jsonl), 0 stale" in told
    assert "5 articles, 10 figures" in told
    assert "no batch run here" in said(capsys, "status", tmp_path, code=1)


def test_survey_counts_estimates_and_names_what_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive(tmp_path / "a.jsonl", texts(30))
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_bytes("全区税收3亿元。".encode("gb18030"))
    (folder / "b.txt").write_bytes(b"\x89PNG")

    told = said(capsys, "survey", tmp_path / "a.jsonl", folder, "-n", "10", "--workers", "4")

    assert "articles: 32" in told
    assert "utf-8 30, gb18030 1" in told
    assert f"cannot be read (binary): 1, e.g. {folder / 'b.txt'}" in told
    assert "with 4 workers" in told
    assert "MB of Parquet" in told


def test_publish_leaves_nothing_half_named(tmp_path: Path) -> None:
    prepare(tmp_path, ("jsonl",))
    items = [ItemRows(1, lines=["{}"], counts={"figure": 1})]
    files = write_part(tmp_path, 7, ("jsonl",), items)
    assert list((tmp_path / "records").glob("*.jsonl")) == []

    assert publish(tmp_path, files) == {"records/part-000007.jsonl": 3}
    assert publish(tmp_path, files, again=True) == {"records/part-000007.jsonl": 3}
    with pytest.raises(FileNotFoundError):
        publish(tmp_path, [Written("records/part-000008.jsonl", str(tmp_path / "none"), 3)], again=True)
