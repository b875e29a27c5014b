"""A batch run: what it writes, that it goes on, and what it does again."""

from __future__ import annotations

import json
import os
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from zhengwen.errors import BadInput
from zhengwen.reading import Known, find_inputs, read_pages
from zhengwen.schema import arrow_schema

from .runs import Start, about, archive, errors, everything, rows, texts


def sources(run: Path, table: str = "articles") -> list[str]:
    return [r["source"] for r in rows(run, table)]


def test_every_article_is_there_once_and_in_order(start: Start, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", texts(35))

    assert start(path, workers=2) == 0

    run = tmp_path / "run"
    assert sources(run) == [f"{path}#{n:04d}" for n in range(1, 36)]
    assert [r["value"] for r in rows(run) if r["text"].startswith(str(int(r["value"])))] != []
    assert len(rows(run)) == 70
    assert about(run)["articles"] == {"done": 35, "failed": 0, "pending": 0, "stale": 0}
    assert about(run)["records"] == {"article": 35, "figure": 70}


def test_parts_have_the_fixed_schema_and_the_texts(start: Start, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    path = archive(tmp_path / "a.jsonl", texts(3))
    start(path)

    for kind, table in (("figure", "figures"), ("article", "articles"), ("check", "checks"), ("text", "texts")):
        assert pq.read_schema(tmp_path / "run" / table / "part-000001.parquet").equals(arrow_schema(kind))
    (page, *_) = [p for i in find_inputs([path]) for p in read_pages(i)]  # type: ignore[arg-type]
    kept = rows(tmp_path / "run", "texts")[0]
    assert (kept["text"], kept["sha256"]) == (page.text, page.sha256)  # type: ignore[union-attr]
    assert json.loads(kept["meta"])["date"] == "2022-01-18"


def test_the_number_of_workers_changes_no_row(start: Start, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", texts(45))

    start(path, workers=1, out=tmp_path / "one", formats=("parquet", "jsonl"))
    start(path, workers=3, out=tmp_path / "three", formats=("parquet", "jsonl"))

    assert everything(tmp_path / "one") == everything(tmp_path / "three")
    one, three = ([p.read_bytes() for p in sorted((tmp_path / n / "records").iterdir())] for n in ("one", "three"))
    assert one == three


def test_files_and_archives_are_read_in_one_run(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for n, text in enumerate(texts(12)):
        (folder / f"{n:02d}.txt").write_text(text, encoding="utf-8")
    (folder / "99.txt").write_bytes(b"\x89PNG")

    assert start(folder, archive(tmp_path / "a.jsonl", texts(3))) == 1

    assert len(sources(tmp_path / "run")) == 15
    (error,) = errors(tmp_path / "run")
    assert (error["source"], error["code"]) == (str(folder / "99.txt"), "binary")


def test_the_same_command_again_has_nothing_to_do(start: Start, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", texts(25))
    start(path)
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "run").rglob("*.parquet")}

    assert start(path) == 0
    assert start(resume=True) == 0

    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "run").rglob("*.parquet")} == before


def test_rows_of_the_same_name_are_both_there(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps({"id": "x", "text": f"有{n}家"}) + "\n" for n in range(25)), encoding="utf-8")

    start(path)
    start(path, retry_errors=True)

    assert [r["value"] for r in rows(tmp_path / "run")] == list(range(25))


def test_bad_rows_are_put_aside_and_read_when_they_are_mended(start: Start, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", [*texts(5), "", *texts(3)])

    assert start(path) == 1
    assert [e["code"] for e in errors(tmp_path / "run")] == ["empty"]

    archive(path, [*texts(5), "终于有了8家", *texts(3)])
    assert start(path) == 0
    assert len(sources(tmp_path / "run")) == 9
    assert errors(tmp_path / "run") == []


def test_a_changed_file_is_read_again_alone(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for n, text in enumerate(texts(12)):
        (folder / f"{n:02d}.txt").write_text(text, encoding="utf-8")
    start(folder)
    run = tmp_path / "run"
    before = everything(run)

    (folder / "03.txt").write_text("新增77家", encoding="utf-8")
    os.utime(folder / "05.txt")  # touched, not changed
    (folder / "06.meta.json").write_text('{"title": "新题"}', encoding="utf-8")
    start(folder)

    after = everything(run)
    changed = {str(folder / "03.txt"), str(folder / "06.txt")}
    for table in ("articles", "figures", "texts"):
        assert [r for r in after[table] if r["source"] not in changed] == [
            r for r in before[table] if r["source"] not in changed
        ]
    assert [r["value"] for r in after["figures"] if r["source"] == str(folder / "03.txt")] == [77]
    assert [r["title"] for r in after["articles"] if r["source"] == str(folder / "06.txt")] == ["新题"]
    assert sources(run) == [str(folder / f"{n:02d}.txt") for n in range(12)]


def test_a_changed_archive_gives_what_a_fresh_run_would(start: Start, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", texts(30))
    start(path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[4] = lines[4].replace("新增企业4家", "新增企业400家")
    del lines[20]
    lines.insert(11, json.dumps({"id": "new", "text": "又有9家"}) + "\n")
    path.write_text("".join(lines), encoding="utf-8")

    start(path)
    start(path, out=tmp_path / "fresh")

    again, fresh = everything(tmp_path / "run"), everything(tmp_path / "fresh")
    for table in ("articles", "figures", "texts"):
        assert sorted(map(str, again[table])) == sorted(map(str, fresh[table]))
    assert about(tmp_path / "run")["articles"]["done"] == 30


def other_rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir(exist_ok=True)
    (folder / "classifiers.tsv").write_text("", encoding="utf-8")
    return folder


def test_other_rules_make_articles_stale_and_rerun_chooses(start: Start, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", [*texts(12), *texts(5, "含税收")])
    start(path)
    before = everything(tmp_path / "run")
    rules = other_rules(tmp_path)

    start(path, rules=rules)
    assert about(tmp_path / "run")["articles"]["stale"] == 17

    path.unlink()  # the run's own texts are read, not the archive
    assert start(rules=rules, resume=True, rerun="containing 税收") == 1
    assert about(tmp_path / "run")["articles"]["stale"] == 12
    start(rules=rules, resume=True, rerun="all")
    assert about(tmp_path / "run")["articles"]["stale"] == 0
    assert everything(tmp_path / "run") == before


def test_whoever_globs_sees_each_article_once_at_every_moment(start: Start, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", texts(60, "慢"))
    rules = other_rules(tmp_path)
    start(path, workers=2, formats=("parquet", "jsonl"))
    looks: list[Counter[str]] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            looks.append(Counter(sources(tmp_path / "run")))
            time.sleep(0.01)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        start(path, rules=rules, rerun="all", workers=2, formats=("parquet", "jsonl"))
    finally:
        stop.set()
        watcher.join()

    assert len(looks) > 5
    expected = Counter(f"{path}#{n:04d}" for n in range(1, 61))
    assert [look for look in looks if look != expected] == []


def test_the_texts_of_a_run_are_an_input(start: Start, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", texts(12))
    start(path)

    start(*sorted((tmp_path / "run" / "texts").glob("*.parquet")), out=tmp_path / "second")

    assert everything(tmp_path / "second") == everything(tmp_path / "run")


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"formats": ("xlsx",)}, "no such format"),
        ({"formats": ()}, "at least one format"),
        ({"rerun": "some"}, "wanted: all"),
        ({"resume": True, "out": "none"}, "no run to resume"),
        ({"date": "someday"}, "not a date"),
    ],
)
def test_wrong_usage_is_one_line(start: Start, tmp_path: Path, options: dict[str, object], word: str) -> None:
    if "out" in options:
        options = {**options, "out": tmp_path / str(options["out"])}

    with pytest.raises(Exception, match=word):
        start(archive(tmp_path / "a.jsonl", texts(2)), **options)


def test_a_folder_of_something_else_is_left_alone(start: Start, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "thesis.doc").write_text("mine", encoding="utf-8")

    with pytest.raises(BadInput, match="holds files"):
        start(archive(tmp_path / "a.jsonl", texts(2)))


def test_a_run_keeps_its_formats(start: Start, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", texts(2))
    start(path)

    with pytest.raises(BadInput, match="began with formats"):
        start(path, formats=("jsonl",))


def test_the_state_may_lie_elsewhere(start: Start, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.jsonl", texts(12))
    start(path, state=tmp_path / "local")

    assert not (tmp_path / "run" / ".state").exists()
    assert (tmp_path / "local" / "manifest.sqlite").is_file()
    assert about(tmp_path / "run")["state"] == str(tmp_path / "local")
    assert {p.suffix for p in (tmp_path / "run").rglob("*") if p.is_file()} == {".parquet", ".json"}


def catalogued(tmp_path: Path, *rows: str) -> Known:
    """A folder of two articles and a catalogue of them."""
    folder = tmp_path / "news"
    folder.mkdir(exist_ok=True)
    for name in ("a", "b"):
        path = folder / f"{name}.txt"
        if not path.exists():
            path.write_text("全年完成投资3亿元。", encoding="utf-8")
    (tmp_path / "list.csv").write_text("\n".join(("file,date,paper", *rows)), encoding="utf-8")
    return Known(meta=str(tmp_path / "list.csv"), key="file")


def metas(run: Path) -> list[tuple[str, str]]:
    told = [json.loads(r["meta"]) for r in rows(run, "texts")]
    return [(m.get("date", ""), m.get("extra", {}).get("paper", "")) for m in told]


def test_a_catalogue_tells_of_files_and_what_it_tells_anew_is_read_again(start: Start, tmp_path: Path) -> None:
    known = catalogued(tmp_path, "a,2022-01-18,东湖日报", "b,2022-01-19,东湖日报")
    start(tmp_path / "news", known=known)
    assert metas(tmp_path / "run") == [("2022-01-18", "东湖日报"), ("2022-01-19", "东湖日报")]
    tries = {r["source"]: r for r in rows(tmp_path / "run", "articles")}

    catalogued(tmp_path, "a,2022-01-18,东湖日报", "b,2022-02-20,东湖晚报")
    assert start(tmp_path / "news", known=known) == 0

    assert metas(tmp_path / "run") == [("2022-01-18", "东湖日报"), ("2022-02-20", "东湖晚报")]
    assert len(tries) == len(rows(tmp_path / "run", "articles")) == 2


def test_a_run_goes_on_with_what_was_said_of_its_inputs(start: Start, tmp_path: Path) -> None:
    known = catalogued(tmp_path, "a,2022-01-18,东湖日报", "b,2022-01-19,东湖日报")
    start(tmp_path / "news", known=known)
    options = about(tmp_path / "run")["options"]
    assert (options["meta"], options["key"]) == (known.meta, "file")

    (tmp_path / "news" / "c.txt").write_text("全年完成投资5亿元。", encoding="utf-8")
    start(resume=True)
    assert metas(tmp_path / "run")[2:] == [("", "")]
    with pytest.raises(BadInput, match="the run began with"):
        start(tmp_path / "news")


def test_columns_of_an_archive_by_their_own_names(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("正文,日期,版面\n全年完成投资3亿元。,2022-01-18,A1\n", encoding="utf-8")

    assert start(path, known=Known(columns="text=正文,date=日期", keep="版面")) == 0

    (kept,) = (json.loads(r["meta"]) for r in rows(tmp_path / "run", "texts"))
    assert (kept["date"], kept["extra"]) == ("2022-01-18", {"版面": "A1"})


def test_paths_say_what_their_pattern_says(start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "东湖日报" / "2022-01-18"
    folder.mkdir(parents=True)
    (folder / "A1.txt").write_text("全年完成投资3亿元。", encoding="utf-8")

    assert start(tmp_path / "东湖日报", known=Known(path_pattern="{paper}/{date}/{}")) == 0

    assert metas(tmp_path / "run") == [("2022-01-18", "东湖日报")]
    with pytest.raises(BadInput, match="wants names in braces"):
        start(folder, out=tmp_path / "other", known=Known(path_pattern="date"))
