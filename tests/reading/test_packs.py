"""Packs, web archives, archives of rows, catalogues and paths; what is refused is one line, the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zhengwen.cli import main
from zhengwen.errors import BadInput, ZhengwenError
from zhengwen.reading import Known, find_inputs, read_pages
from zhengwen.reading import files as reading_files
from zhengwen.stages import Page

from .made import packed, warc

TEXT = "去年，全县税收完成4.17亿元，同比增长3.6%。\n"
PAGE = (
    "<html><body><h1>云溪县项目{}</h1>"
    "<p>今年以来，全县新开工项目{}个，完成投资12.5亿元，比上年增长8.2%。</p></body></html>"
)


def read_all(*arguments: object, known: Known | None = None) -> list[Page | ZhengwenError]:
    out: list[Page | ZhengwenError] = []
    sources = (known or Known()).sources()
    for item in find_inputs([str(a) for a in arguments]):
        out += [item] if isinstance(item, ZhengwenError) else list(read_pages(item, sources=sources))
    return out


def pages(*arguments: object, known: Known | None = None) -> list[Page]:
    found = read_all(*arguments, known=known)
    assert all(isinstance(p, Page) for p in found), found
    return [p for p in found if isinstance(p, Page)]


def test_the_members_of_a_zip_are_read_by_what_they_are(tmp_path: Path) -> None:
    rows = json.dumps({"id": "n1", "text": TEXT}, ensure_ascii=False)
    path = tmp_path / "a.zip"
    path.write_bytes(
        packed(
            {
                "甲/一.txt": TEXT.encode("gb18030"),
                "b.html": PAGE.format("一", 3).encode(),
                "c.jsonl": rows.encode(),
                "d.jpg": b"\xff\xd8",
                "__MACOSX/x.txt": b"x",
            }
        )
    )

    first, second, third = pages(path)

    assert (first.source, first.text, first.encoding) == (f"{path}#甲/一.txt", TEXT, "gb18030")
    assert second.format == "html"
    assert third.source == f"{path}#c.jsonl#n1"


def test_names_that_old_archivers_wrote_in_gbk_are_read() -> None:
    from zhengwen.reading.packs import Member, members

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        info = zipfile.ZipInfo("新闻.txt".encode("gbk").decode("cp437"))
        pack.writestr(info, TEXT)
    data = out.getvalue().replace(b"\x00\x08", b"\x00\x00") if b"\x00\x08" in out.getvalue()[:10] else out.getvalue()
    (member,) = members(data, "zip", where="a.zip")
    assert isinstance(member, Member)
    assert member.data == TEXT.encode()


@pytest.mark.parametrize("name", ["../out.txt", "/etc/x.txt", "a/../../x.txt", "C:/x.txt", "..\\x.txt"])
def test_a_path_that_climbs_out_is_refused_and_the_rest_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({name: TEXT.encode(), "ok.txt": TEXT.encode()}))

    error, page = read_all(path)

    assert isinstance(error, BadInput)
    assert (error.code, "climbs out" in error.line()) == ("refused", True)
    assert isinstance(page, Page)


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(packed({"bomb.txt": b"0" * (40 * 1024 * 1024), "ok.txt": TEXT.encode()}))

    error, page = read_all(path)

    assert isinstance(error, BadInput)
    assert "times its size" in error.line()
    assert isinstance(page, Page)


def test_a_tar_is_read_and_its_links_and_bombs_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    with tarfile.open(path, "w:gz") as pack:
        for name in ("../x.txt", "ok.txt"):
            info = tarfile.TarInfo(name)
            info.size = len(TEXT.encode())
            pack.addfile(info, io.BytesIO(TEXT.encode()))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        pack.addfile(link)

    climbs, page, link_error = read_all(path)

    assert isinstance(climbs, BadInput)
    assert isinstance(page, Page)
    assert "a link" in str(link_error)

    bomb = tmp_path / "bomb.tar.gz"
    with tarfile.open(bomb, "w:gz") as pack:
        info = tarfile.TarInfo("bomb.txt")
        info.size = 40 * 1024 * 1024
        pack.addfile(info, io.BytesIO(b"0" * info.size))
    (error,) = read_all(bomb)
    assert "unpacks to too much" in str(error)


def test_a_pack_inside_a_pack_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"inner.zip": packed({"a.txt": b"x"}), "ok.txt": TEXT.encode()}))

    error, page = read_all(path)

    assert "inside a pack" in str(error)
    assert isinstance(page, Page)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_web_archive_gives_its_pages_by_their_addresses(tmp_path: Path, name: str) -> None:
    urls = [f"https://example.org/art/2020/11/0{i}/art_{i}.html" for i in (1, 2, 3)]
    data = warc({u: PAGE.format(i, i).encode() for i, u in enumerate(urls, 1)})
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)

    found = pages(tmp_path / name)

    assert [p.source for p in found] == [f"{tmp_path / name}#{u}" for u in urls]
    assert [p.meta.url for p in found] == urls
    assert all("新开工项目" in p.text for p in found)


def test_a_broken_or_pageless_web_archive_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"no web archive at all\r\n\r\n")
    (tmp_path / "b.warc").write_bytes(warc({"https://example.org/x.js": b"1"}, "text/javascript"))

    found = read_all(tmp_path / "a.warc", tmp_path / "b.warc")

    assert [isinstance(e, BadInput) for e in found] == [True, True]
    assert "holds no page" in str(found[1])


ROWS = [
    {"编号": "n1", "正文": TEXT, "标题": "税收稳步增长", "日期": "2021-03-05", "版": "A02"},
    {"编号": "n2", "正文": TEXT},
]
CHOSEN = Known(columns="text=正文,title=标题,date=日期,id=编号", keep="版")


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.csv", "a.parquet"])
def test_archives_of_rows_with_columns_of_their_own_names(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith(".parquet"):
        pq.write_table(pa.Table.from_pylist(ROWS), path)
    elif name.endswith(".csv"):
        lines = ["编号,正文,标题,日期,版", f'n1,"{TEXT}",税收稳步增长,2021-03-05,A02', f'n2,"{TEXT}",,,']
        path.write_bytes("\n".join(lines).encode("gb18030"))
    else:
        data = "\n".join(json.dumps(r, ensure_ascii=False) for r in ROWS).encode()
        path.write_bytes(gzip.compress(data) if name.endswith("gz") else data)

    first, second = pages(path, known=CHOSEN)

    assert (first.source, first.text, first.meta.title, first.meta.date) == (
        f"{path}#n1",
        TEXT,
        "税收稳步增长",
        "2021-03-05",
    )
    assert first.meta.extra["版"] == "A02"
    assert (second.source, second.meta.date) == (f"{path}#n2", "")


@pytest.mark.parametrize("name", ["a.csv", "a.parquet"])
def test_a_table_without_the_chosen_column_is_one_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith("csv"):
        path.write_text("x\n1\n", encoding="utf-8")
    else:
        pq.write_table(pa.Table.from_pylist([{"x": 1}]), path)

    (error,) = read_all(path)

    assert "no column named text" in str(error)


def test_a_catalogue_and_the_path_fill_in_what_is_open(tmp_path: Path) -> None:
    folder = tmp_path / "云溪日报" / "2021-03-05"
    folder.mkdir(parents=True)
    for name in ("02", "03"):
        (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    (folder / "03.meta.json").write_text('{"date": "2021-03-06"}', encoding="utf-8")
    catalogue = tmp_path / "catalogue.csv"
    catalogue.write_text("name,title,place,desk\n02.txt,税收稳步增长,云溪县,财经\n", encoding="utf-8")
    known = Known(str(catalogue), "name", "{source_name}/{date}/{edition}")

    first, second = pages(tmp_path / "云溪日报", known=known)

    assert (first.meta.title, first.meta.place, first.meta.source_name) == ("税收稳步增长", "云溪县", "云溪日报")
    assert (first.meta.date, first.meta.date_from) == ("2021-03-05", "path")
    assert dict(first.meta.extra) == {"desk": "财经", "edition": "02"}
    assert (second.meta.date, second.meta.date_from, second.meta.title) == ("2021-03-06", "meta", "")
    assert known.sources().passed == ("desk", "edition")


@pytest.mark.parametrize(
    ("known", "word"),
    [
        (Known(meta="x.csv"), "go together"),
        (Known(path_pattern="x"), "names in braces"),
        (Known(columns="body=正文"), "wanted FIELD=COLUMN"),
        (Known(meta="missing.csv", key="name"), "no such file"),
    ],
)
def test_what_cannot_be_asked_for_is_one_line(known: Known, word: str) -> None:
    with pytest.raises(BadInput, match=word):
        known.sources()


def test_a_run_passes_columns_through_and_keeps_the_texts_that_readers_made(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text(PAGE.format("一", 3), encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_bytes(TEXT.encode("gb18030"))
    (tmp_path / "c.csv").write_text("name,desk\na.html,财经\n", encoding="utf-8")
    arguments = ["extract", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--quiet"]

    with pytest.raises(SystemExit) as left:
        main([*arguments, "--meta", str(tmp_path / "c.csv"), "--key", "name"])

    assert left.value.code == 0
    lines = (tmp_path / "out" / "figures.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].endswith(",desk")
    assert all(x.endswith(",财经") for x in lines if "a.html" in x)
    (row,) = pq.read_table(tmp_path / "out" / "texts.parquet").to_pylist()
    records = [json.loads(x) for x in (tmp_path / "out" / "records.jsonl").read_text(encoding="utf-8").splitlines()]
    inside = [r for r in records if r["record"] == "figure" and r["source"].endswith("a.html")]
    assert inside
    assert all(row["text"][r["start"] : r["end"]] == r["text"] for r in inside)
    run = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert run["encodings"] == {"gb18030": 1, "utf-8": 1}


def test_bad_inputs_are_one_line_each_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "cut.jsonl.gz").write_bytes(gzip.compress((json.dumps({"text": TEXT}) + "\n").encode() * 9999)[:-40])
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "nobody.html").write_bytes(b"<html><head></head></html>")
    (tmp_path / "line.txt").write_bytes("税".encode() * (70 * 1024 * 1024))
    (tmp_path / "line.jsonl").write_bytes(b'{"text": "' + b"x" * (70 * 1024 * 1024) + b'"}\n{"text": "ok"}\n')
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 nothing")
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")

    names = ("cut.jsonl.gz", "broken.pdf", "nobody.html", "line.txt", "line.jsonl", "broken.parquet", "good.txt")
    found = {n: read_all(tmp_path / n) for n in names}

    assert isinstance(found["cut.jsonl.gz"][-1], BadInput)
    assert "cannot be read after row" in str(found["cut.jsonl.gz"][-1])
    assert [type(x) for n in ("broken.pdf", "nobody.html", "line.txt", "broken.parquet") for x in found[n]] == [
        BadInput
    ] * 4
    assert "a line of 210 MB" in str(found["line.txt"][0])
    assert "longer than 64 MB" in str(found["line.jsonl"][0])
    assert isinstance(found["line.jsonl"][1], Page)
    assert isinstance(found["good.txt"][0], Page)
    errors = [x for xs in found.values() for x in xs if isinstance(x, ZhengwenError)]
    assert all("\n" not in e.line() and str(tmp_path) in e.line() for e in errors)


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    plain = Path.read_bytes

    def growing(self: Path) -> bytes:
        data = plain(self)
        with self.open("ab") as file:
            file.write(b"more")
        return data

    monkeypatch.setattr(reading_files.Path, "read_bytes", growing)
    (error,) = read_all(path)
    assert "changed while it was read" in str(error)


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(reading_files.Path, "read_bytes", refuse)
    (error,) = read_all(tmp_path / "a.txt")
    assert "cannot be read: Permission denied" in str(error)
