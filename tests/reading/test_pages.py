from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from zhengwen.errors import BadDate, BadInput, ZhengwenError
from zhengwen.reading import Input, find_inputs, page_of, read_page, read_pages
from zhengwen.stages import Page


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))
    return path


def read_all(*arguments: str | Path, date: str | None = None) -> list[Page | ZhengwenError]:
    out: list[Page | ZhengwenError] = []
    for item in find_inputs(arguments):
        out += [item] if isinstance(item, ZhengwenError) else list(read_pages(item, date=date))
    return out


def pages(*arguments: str | Path, date: str | None = None) -> list[Page]:
    found = read_all(*arguments, date=date)
    assert all(isinstance(p, Page) for p in found), found
    return [p for p in found if isinstance(p, Page)]


def test_files_folders_and_globs_come_in_the_order_given_and_once(tmp_path: Path) -> None:
    b, a = write(tmp_path, "in/b.txt", "乙"), write(tmp_path, "in/deep/a.txt", "甲")
    write(tmp_path, "in/a.gold.jsonl", "{}")
    write(tmp_path, "in/notes.md", "x")

    found = find_inputs([str(a), str(tmp_path / "in"), str(tmp_path / "in" / "*.txt")])

    assert [i.source for i in found if isinstance(i, Input)] == [str(a), str(b)]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("no.txt", "no such file"),
        ("*.nothing", "no file matches"),
        ("empty", "holds no article"),
        ("x.ofd", "OFD"),
        ("x.doc", "save it as .docx"),
    ],
)
def test_what_cannot_be_found_stands_as_its_error(tmp_path: Path, name: str, word: str) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path, "x.ofd", "PK")
    write(tmp_path, "x.doc", "x")

    (error,) = find_inputs([str(tmp_path / name)])

    assert isinstance(error, BadInput)
    assert word in error.line()
    assert name in error.line()


def test_offsets_index_the_text_as_decoded(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "\ufeff第一行\r\n第二行\r第三行\n", "utf-8")

    (page,) = pages(path)

    assert page.text == "第一行\r\n第二行\r第三行\n"
    assert page.encoding.startswith("utf-8")
    assert len(page.sha256) == 64


def test_metadata_beside_the_file_wins_over_the_option(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "甲")
    bare = write(tmp_path, "b.txt", "乙")
    write(tmp_path, "a.meta.json", json.dumps({"date": 2021, "title": " 题 ", "place": None, "year": 3}))

    told, untold = pages(path, bare, date="2020-01")

    assert (told.meta.date, told.meta.date_from, told.meta.title, told.meta.place) == ("2021", "meta", "题", "")
    assert dict(told.meta.extra) == {"year": "3"}
    assert (untold.meta.date, untold.meta.date_from) == ("2020-01", "option")


@pytest.mark.parametrize(
    ("meta", "word"), [("{", "is no JSON"), ("[]", "no JSON object"), ('{"date": "morgen"}', "not a date")]
)
def test_bad_metadata_is_one_line(tmp_path: Path, meta: str, word: str) -> None:
    path = write(tmp_path, "a.txt", "甲")
    write(tmp_path, "a.meta.json", meta)

    (error,) = read_all(path)

    assert isinstance(error, ZhengwenError)
    assert word in error.line()
    assert "a.txt" in error.line()


def test_standard_input_is_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("税收5亿元".encode("gb18030"))))

    (page,) = pages("-", date="2021")

    assert (page.source, page.text, page.encoding, page.meta.date) == ("-", "税收5亿元", "gb18030", "2021")


ROWS = [
    {"id": "n1", "date": "2022-09-24", "title": "题", "text": "甲\r\n乙"},
    {"text": "丙", "date": None},
    {"id": "n3", "text": " "},
    {"id": "n4", "text": "丁", "date": "never"},
]


@pytest.mark.parametrize("name", ["news.jsonl", "news.jsonl.gz"])
def test_json_archives_are_read_row_by_row(tmp_path: Path, name: str) -> None:
    lines = "\n".join(json.dumps(r, ensure_ascii=False) for r in ROWS) + "\n[]\n{oops\n"
    data = lines.encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)

    found = read_all(tmp_path / name, date="2020")

    first, second, *errors = found
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert first.source == f"{tmp_path / name}#n1"
    assert (first.text, first.meta.date, first.meta.date_from, first.meta.title) == (
        "甲\r\n乙",
        "2022-09-24",
        "row",
        "题",
    )
    assert (second.source, second.meta.date, second.meta.date_from) == (f"{tmp_path / name}#2", "2020", "option")
    assert [e.line().split(": ", 1)[1][:14] for e in errors if isinstance(e, ZhengwenError)] == [
        "the row has no",
        "not a date: 'n",
        "the row is no ",
        "the row is no ",
    ]


def test_csv_archives_keep_line_breaks_and_any_encoding(tmp_path: Path) -> None:
    path = write(tmp_path, "news.csv", 'id,text,date\r\n7,"甲\r\n乙",2021-01\r\n', "gb18030")

    (page,) = pages(path)

    assert (page.source, page.text, page.meta.date) == (f"{path}#7", "甲\r\n乙", "2021-01")


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.csv", b"id,body\n1,x\n"), ("a.jsonl.gz", b"not gzip"), ("a.jsonl", b"\n")],
)
def test_archives_that_are_none_are_one_line(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)

    errors = read_all(tmp_path / name)

    assert len(errors) == 1
    assert isinstance(errors[0], ZhengwenError)
    assert name in errors[0].line()


def test_a_bad_option_is_the_users_own_fault(tmp_path: Path) -> None:
    with pytest.raises(BadDate):
        read_page(write(tmp_path, "a.txt", "甲"), date="soon")
    with pytest.raises(BadDate):
        page_of("甲", date="soon")


def test_a_folder_or_a_missing_file_is_no_page(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="folder"):
        read_page(tmp_path)
    with pytest.raises(BadInput, match="no such file"):
        read_page(tmp_path / "nope.txt")
