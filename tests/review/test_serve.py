"""The review page over HTTP, without a browser: what it answers, whom it refuses, what it makes of texts."""

from __future__ import annotations

import io
import json
import socket
import zipfile
from pathlib import Path
from typing import Any

import pytest

from zhengwen.cli import main
from zhengwen.errors import BadInput
from zhengwen.review.log import Log

pytest.importorskip("fastapi", reason="the review page needs fastapi (pip install 'zhengwen[serve]')")
pytest.importorskip("httpx2", reason="its tests need httpx2")
from starlette.testclient import TestClient

from zhengwen.review.web.guard import HEADERS, Door
from zhengwen.review.web.server import Serving, application, serve

OURS = {"Origin": "http://127.0.0.1:8765"}
HOSTILE = (
    "<script>document.title='owned'</script>\n\n2021年，\u202e<img src=x onerror=alert(1)>\u2066区税收完成3.5亿元，"
    "=cmd|'/c calc'!A1增长8%。\n"
)


def client(serving: Serving, folder: Path | None = None, door: Door | None = None, **more: Any) -> TestClient:
    door = door or Door("127.0.0.1", 8765)
    return TestClient(application(serving, folder, door), base_url=f"http://{door.host}:{door.port}", **more)


@pytest.fixture
def page(a_run: Path) -> TestClient:
    """The review page of a run, asked as its own page asks."""
    return client(Serving(a_run), headers=OURS)


@pytest.fixture
def reader(tmp_path: Path) -> TestClient:
    """The page that reads texts."""
    (tmp_path / "shelf").mkdir()
    return client(Serving(), tmp_path / "shelf", headers=OURS)


def rows(page: TestClient, run: str = "run", **asked: Any) -> list[dict[str, Any]]:
    answer = page.get(f"/api/runs/{run}/rows", params={"show": "all", "order": "text", "incidental": True, **asked})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["rows"])


def named(page: TestClient, printed: str) -> str:
    return next(str(r["id"]) for r in rows(page) if r["printed"] == printed)


def say(page: TestClient, printed: str, verb: str, **more: Any) -> Any:
    return page.put(f"/api/runs/run/figures/{named(page, printed)}", json={"who": "王敏", "verb": verb, **more})


def read(reader: TestClient, *files: tuple[str, bytes], **known: str) -> tuple[str, Any]:
    run = reader.post("/api/runs").json()["id"]
    for name, data in files:
        assert reader.put(f"/api/runs/{run}/inputs/{name}", content=data).status_code == 200
    return run, reader.post(f"/api/runs/{run}/read", json=known)


# What the page is told


def test_the_page_leads_to_its_run_and_loads_only_its_own_files(page: TestClient) -> None:
    html = page.get("/").text

    assert "/static/review.js" in html
    for name in ("review.js", "common.js", "text.js", "page.css", "icon.svg"):
        assert page.get(f"/static/{name}").status_code == 200
    assert "<script>" not in html and "style=" not in html and "http" not in html


def test_a_card_says_everything_of_a_figure(page: TestClient) -> None:
    card = page.get(f"/api/runs/run/figures/{named(page, '7.4%')}", params={"who": "王敏", "lang": "zh"}).json()

    slots = {s["slot"]: s for s in card["slots"]}
    assert (slots["value"]["value"], slots["measure"]["value"], slots["base"]["value"]) == ("7.4", "增速", "同比")
    assert "".join(card["parts"]).startswith("2021年，东湖区一般公共预算收入")
    assert card["parts"][1] == "7.4%"
    assert "东湖区" in slots["subject"]["offers"]
    assert "增速" in slots["measure"]["choices"]


def test_decisions_come_back_with_the_next_question(page: TestClient, a_run: Path) -> None:
    answer = say(page, "7.4%", "fix", fixes={"indicator": "税收收入"}, note="全名").json()

    assert answer["card"]["state"] == "fixed"
    assert answer["card"]["mine"] == {
        **{"who": "王敏", "verb": "fix", "fixes": {"indicator": "税收收入"}, "note": "全名", "machine": False},
    }
    assert answer["progress"]["done"] == 1
    assert [d.slot for d in Log.of_run(a_run)] == ["", "indicator"]
    assert page.post("/api/runs/run/undo", json={"who": "王敏"}).json()["card"]["state"] == "open"


def test_a_figure_is_added_from_marked_text(page: TestClient) -> None:
    text = page.get("/api/runs/run/text", params={"source": rows_source(page), "at": 0}).json()
    start = next(s + w.index("持平") for line in text["lines"] for s, w, *_ in line["pieces"] if "持平" in w)
    where = {"source": text["source"], "start": start, "end": start + 2}

    draft = page.post("/api/runs/run/draft", json=where).json()
    assert (draft["text"], "subject" in {s["slot"] for s in draft["slots"] if s["taken"]}) == ("持平", True)
    refused = page.post("/api/runs/run/figures", json={**where, "who": "王敏", "slots": {"indicator": "游客"}})
    assert (refused.status_code, "value missing" in refused.json()["error"]) == (400, True)
    slots = {"value": "0", "unit": "%", "measure": "growth_rate", "indicator": "接待游客"}
    added = page.post("/api/runs/run/figures", json={**where, "who": "王敏", "slots": slots}).json()
    assert added["card"]["printed"] == "持平"
    assert named(page, "持平") == added["id"]
    again = page.post("/api/runs/run/draft", json=where)
    assert (again.status_code, again.json()["where"]) == (409, added["id"])


def rows_source(page: TestClient) -> str:
    return str(page.get(f"/api/runs/run/figures/{rows(page)[0]['id']}").json()["source"])


def test_what_others_decide_is_heard(page: TestClient, a_run: Path) -> None:
    number = page.get("/api/runs/run/news", params={"after": 0}).json()["number"]
    other = client(Serving(a_run), headers=OURS)
    say(other, "7.4%", "accept")

    news = page.get("/api/runs/run/news", params={"after": number}).json()

    assert [(r["printed"], r["state"]) for r in news["rows"]] == [("7.4%", "accepted")]


@pytest.mark.parametrize(
    ("printed", "more", "status", "words"),
    [
        ("7.4%", {"verb": "fix", "fixes": {"period": "昨天"}}, 400, "no period"),
        ("7.4%", {"verb": "accept", "row": "another"}, 409, "changed since"),
        ("7.4%", {"verb": "praise"}, 422, "verb"),
        ("7.4%", {"verb": "fix", "fixes": {"colour": "x"}}, 422, "colour"),
        ("7.4%", {"verb": "fix", "fixes": {"subject": "x" * 501}}, 422, "500"),
        ("7.4%", {"verb": "accept", "who": ""}, 400, "needs a name"),
    ],
)
def test_what_cannot_be_taken_is_said(page: TestClient, printed: str, more: Any, status: int, words: str) -> None:
    answer = say(page, printed, **more)

    assert (answer.status_code, words in answer.text) == (status, True)


def test_a_broken_run_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, words in (
        (["serve", str(tmp_path)], "no run here"),
        (["serve", str(tmp_path), "-o", str(tmp_path)], "without RUN"),
        (["serve", str(tmp_path), "--lang", "fr"], "no such language"),
    ):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code in (1, 2)
        said = capsys.readouterr().err
        assert words in said and said.count("\n") == 1


def test_a_port_that_is_taken_is_one_line(a_run: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(BadInput, match="cannot listen there"):
            serve(Serving(a_run, port=taken.getsockname()[1]))


def test_without_its_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, a_run: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "fastapi", None)

    with pytest.raises(BadInput, match=r"pip install 'zhengwen\[serve\]'"):
        serve(Serving(a_run))


# Whom it refuses

STATE_CHANGES = [
    ("PUT", "/api/runs/run/figures/f0", {"who": "x", "verb": "accept"}),
    ("POST", "/api/runs/run/figures", {"who": "x", "source": "a", "start": 0, "end": 1}),
    ("POST", "/api/runs/run/undo", {"who": "x"}),
    ("POST", "/api/runs/run/draft", {"source": "a", "start": 0, "end": 1}),
    ("POST", "/api/runs", {}),
    ("PUT", "/api/runs/r0/inputs/a.txt", {}),
    ("POST", "/api/runs/r0/read", {}),
    ("DELETE", "/api/runs/run", None),
]


@pytest.mark.parametrize(("method", "path", "body"), STATE_CHANGES)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://127.0.0.1:8765.evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_no_other_page_changes_anything(a_run: Path, method: str, path: str, body: Any, headers: Any) -> None:
    answer = client(Serving(a_run)).request(method, path, json=body, headers=headers)

    assert answer.status_code == 403
    assert list(Log.of_run(a_run)) == []


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1:80", "127.0.0.1.evil.example:8765", ""]
)
def test_a_name_that_is_not_ours_is_refused(page: TestClient, host: str) -> None:
    """DNS rebinding: a page of evil.example whose name now leads to this machine."""
    answer = page.get("/api/runs/run/rows", headers={"Host": host, "Origin": f"http://{host}"})

    assert answer.status_code == 400
    assert "rows" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765"])
def test_our_own_names_are_let_in(page: TestClient, host: str) -> None:
    assert page.get("/api/words", headers={"Host": host}).status_code == 200


def test_nothing_is_loaded_into_other_sites(page: TestClient) -> None:
    there = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}

    assert page.get("/api/runs/run/rows", headers=there).status_code == 403
    assert page.get("/runs/run", headers=there | {"Sec-Fetch-Mode": "navigate"}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/runs/run", "/static/review.js", "/api/words", "/nowhere", "/api/runs/nowhere"])
def test_every_answer_tells_browsers_what_may_run(page: TestClient, path: str) -> None:
    answer = page.get(path)

    assert {k: answer.headers[k] for k in HEADERS} == HEADERS
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy and "unsafe" not in policy and "script-src 'self'" in policy
    assert "server" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/guard.py",
        "/static/app.py",
        "/runs/../../etc",
        "/api/runs/..%2f..%2fetc/rows",
        "/api/runs/run/export/..%2f..%2frecords.jsonl",
        "/api/runs/run/export/review.sqlite",
        "/docs",
        "/openapi.json",
    ],
)
def test_no_path_leads_out(page: TestClient, path: str) -> None:
    answer = page.get(path)

    assert answer.status_code in (400, 404), answer.text
    assert "import" not in answer.text


def test_only_pages_of_the_run_are_shown(page: TestClient, a_run: Path) -> None:
    for source in ("/etc/passwd", "../../../etc/passwd", str(a_run / "run.json")):
        assert page.get("/api/runs/run/text", params={"source": source, "at": 0}).status_code == 404


def test_a_run_that_names_a_file_of_others_does_not_show_it(a_run: Path, tmp_path: Path) -> None:
    """A run folder from elsewhere could name any file as its source: shown is only what its records were made from."""
    secret = tmp_path / "secret.txt"
    secret.write_text("密码一二三，共5个。", encoding="utf-8")
    lines = [json.loads(x) for x in (a_run / "records.jsonl").read_text(encoding="utf-8").splitlines()]
    spoilt = "".join(json.dumps({**r, "source": str(secret)}, ensure_ascii=False) + "\n" for r in lines)
    (a_run / "records.jsonl").write_text(spoilt, encoding="utf-8")

    answer = client(Serving(a_run)).get("/api/runs/run/text", params={"source": str(secret), "at": 0})

    assert answer.json()["lines"] == []


# With a token


@pytest.fixture
def guarded(a_run: Path) -> TestClient:
    door = Door("192.0.2.7", 8765, token="correct-horse")
    return client(Serving(a_run), door=door, headers={"Origin": "http://192.0.2.7:8765"}, follow_redirects=False)


@pytest.mark.parametrize(
    "path", ["/", "/runs/run", "/static/review.js", "/api/runs/run/rows", "/?token=wrong", "/?token="]
)
def test_without_its_token_nothing_is_shown(guarded: TestClient, path: str) -> None:
    assert guarded.get(path).status_code == 401
    assert guarded.get(path, headers={"Cookie": "zhengwen=wrong"}).status_code == 401


def test_without_its_token_nothing_is_changed(guarded: TestClient, a_run: Path) -> None:
    for method, path, body in STATE_CHANGES:
        assert guarded.request(method, f"{path}?token=correct-horse", json=body).status_code == 401
    assert list(Log.of_run(a_run)) == []


def test_the_token_is_kept_where_no_script_reads_it(guarded: TestClient) -> None:
    answer = guarded.get("/runs/run?token=correct-horse")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/runs/run")
    assert "HttpOnly" in answer.headers["Set-Cookie"] and "SameSite=Strict" in answer.headers["Set-Cookie"]
    assert "correct-horse" not in answer.headers["Location"]
    assert guarded.get("/runs/run").status_code == 200
    assert guarded.get("//evil.example/?token=correct-horse").headers["Location"].count("//") == 0


def test_elsewhere_a_number_or_a_known_name_is_a_host(guarded: TestClient) -> None:
    guarded.get("/?token=correct-horse")

    assert guarded.get("/api/words", headers={"Host": "10.1.2.3:8765"}).status_code == 200
    assert guarded.get("/api/words", headers={"Host": "rebound.example:8765"}).status_code == 400
    assert Door("0.0.0.0", 8765, ("desk.example",), "t").knows("desk.example:8765")


# What it makes of texts

TEXT = "东湖区经济平稳运行\n\n2021年，东湖区税收完成3.86亿元，同比增长7.4%。\n"


def test_a_pasted_text_becomes_a_table_and_a_workbook(reader: TestClient, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    run, answer = read(reader, ("pasted.txt", TEXT.encode()), date="2022-01-18", title="", place="")

    assert (answer.json()["figures"], answer.json()["failed"]) == (2, [])
    assert [(r["subject"], r["period"], r["printed"]) for r in rows(reader, run)] == [
        ("东湖区", "2021", "3.86亿元"),
        ("东湖区", "2021", "7.4%"),
    ]
    book = reader.get(f"/api/runs/{run}/export/figures.xlsx?lang=zh")
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).worksheets[0]
    assert sheet.max_row == 3
    assert "attachment" in book.headers["Content-Disposition"]
    written = {p.relative_to(tmp_path / "shelf").parts[0] for p in (tmp_path / "shelf").rglob("*")}
    assert written == {run}


def test_several_files_with_what_is_known_of_them(reader: TestClient) -> None:
    meta = json.dumps({"date": "2020-03-01"}).encode()
    files = [("a.txt", TEXT.encode()), ("b.txt", "去年税收5亿元。".encode("gb18030")), ("b.meta.json", meta)]
    run, answer = read(reader, *files, ("c.jpg", b"\xff\xd8\xff"), date="2022")

    assert answer.json()["failed"] == ["c.jpg: a picture holds no text"]
    assert [(r["printed"], r["period"]) for r in rows(reader, run)] == [
        ("3.86亿元", "2021"),
        ("7.4%", "2021"),
        ("5亿元", "2019"),
    ]
    assert [a["source"] for a in reader.get(f"/api/runs/{run}").json()["articles"]] == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    "name",
    ["..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "..%5c..%5cwin.ini", "a%00b.txt", "%E2%80%AEtxt.exe", "." * 300],
)
def test_no_upload_leaves_its_run(reader: TestClient, tmp_path: Path, name: str) -> None:
    run = reader.post("/api/runs").json()["id"]
    before = set(tmp_path.rglob("*"))

    answer = reader.put(f"/api/runs/{run}/inputs/{name}", content=TEXT.encode())

    new = set(tmp_path.rglob("*")) - before
    assert answer.status_code in (200, 404)
    assert all(p.parent == tmp_path / "shelf" / run / "inputs" for p in new)
    assert {p.name for p in new} <= {"0001.txt", "0001.exe", "0001.ini", "names.json"}


def test_what_is_too_large_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "shelf").mkdir()
    small = client(Serving(), tmp_path / "shelf", Door("127.0.0.1", 8765, most=1000), headers=OURS)
    run = small.post("/api/runs").json()["id"]

    assert small.put(f"/api/runs/{run}/inputs/a.txt", content=b"x" * 1001).status_code == 413
    endless = small.put(f"/api/runs/{run}/inputs/a.txt", content=(b"x" * 100 for _ in range(11)))
    assert endless.status_code == 413
    assert not list((tmp_path / "shelf" / run / "inputs").glob("*.txt"))
    assert small.post(f"/api/runs/{run}/undo", content=b"x" * 2_000_000).status_code == 413


def test_a_run_is_read_once_and_only_ones_made_here_are_removed(reader: TestClient, page: TestClient) -> None:
    run, _ = read(reader, ("a.txt", TEXT.encode()))

    assert reader.put(f"/api/runs/{run}/inputs/b.txt", content=b"x").status_code == 409
    assert reader.post(f"/api/runs/{run}/read", json={}).status_code == 409
    assert reader.delete(f"/api/runs/{run}").json() == {"removed": True}
    assert reader.get(f"/api/runs/{run}/rows").status_code == 404
    assert page.delete("/api/runs/run").status_code == 400
    assert page.post("/api/runs").status_code == 400


@pytest.mark.parametrize(
    ("files", "known", "words"),
    [
        ([], {}, "nothing to read"),
        ([("a.txt", TEXT.encode())], {"date": "昨天"}, "昨天"),
    ],
)
def test_what_cannot_be_read_is_one_line(reader: TestClient, files: Any, known: Any, words: str) -> None:
    _, answer = read(reader, *files, **known)

    assert (answer.status_code, words in answer.json()["error"]) == (400, True)


def test_hostile_text_travels_as_text(reader: TestClient) -> None:
    run, answer = read(reader, ("pasted.txt", HOSTILE.encode()), date="2022")

    assert answer.json()["figures"] >= 2
    shown = reader.get(f"/api/runs/{run}/text", params={"source": "pasted.txt", "at": 0})
    assert shown.headers["Content-Type"] == "application/json"
    assert "<script>" in shown.text  # as JSON, that the page puts into text nodes
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(reader.get(f"/api/runs/{run}/export/figures.xlsx").content))
    assert all(
        cell.data_type != "f" or str(cell.value).startswith("=HYPERLINK") for row in book["figures"] for cell in row
    )


def test_a_megabyte_on_one_line_is_shown_in_parts(reader: TestClient) -> None:
    line = "东湖区税收完成3.86亿元，同比增长7.4%。" + "一段没有数字的话，" * 110_000
    run, answer = read(reader, ("long.txt", line.encode()), date="2022")

    assert answer.json()["figures"] == 2
    shown = reader.get(f"/api/runs/{run}/text", params={"source": "long.txt", "at": 0})
    assert len(shown.text) < 100_000
    assert shown.json()["high"] < shown.json()["length"] == len(line)
    middle = reader.get(f"/api/runs/{run}/text", params={"source": "long.txt", "at": 500_000}).json()
    assert middle["lines"][0]["pieces"][0][0] == middle["low"] > 0


# What can be taken along


def test_reviewed_pages_are_taken_along_as_gold(page: TestClient, a_run: Path) -> None:
    say(page, "3.86亿元", "accept")
    left = packed(page, "gold.zip")
    assert set(left) == {"LEFT.txt"} and "are not settled" in left["LEFT.txt"]

    for row in rows(page):
        verb = {"7.4%": "fix", "三个": "reject"}.get(row["printed"], "accept")
        fixes = {"indicator": "税收收入"} if verb == "fix" else {}
        assert say(page, row["printed"], verb, fixes=fixes).status_code == 200

    files = packed(page, "gold.zip")
    assert set(files) == {"donghu.txt", "donghu.gold.jsonl"}
    gold = [json.loads(x) for x in files["donghu.gold.jsonl"].splitlines()]
    figures = {r["text"]: r for r in gold if r["record"] == "figure"}
    assert figures["7.4%"]["indicator"] == "税收收入"
    assert "三个" not in figures
    assert all(files["donghu.txt"][f["start"] : f["end"]] == f["text"] for f in figures.values())
    assert not list(a_run.glob("*.zip"))


def test_label_studio_gets_done_pages_as_annotations(page: TestClient) -> None:
    task = json.loads(packed(page, "labelstudio.zip")["tasks.json"])[0]
    assert "predictions" in task and "annotations" not in task
    regions = [r for r in task["predictions"][0]["result"] if r["type"] == "labels"]
    assert any(r["value"]["text"] == "7.4%" for r in regions)

    for row in rows(page):
        say(page, row["printed"], "accept")

    files = packed(page, "labelstudio.zip")
    assert "annotations" in json.loads(files["tasks.json"])[0]
    assert files["config.xml"].startswith("<View>")


def packed(page: TestClient, name: str) -> dict[str, str]:
    answer = page.get(f"/api/runs/run/export/{name}")
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        return {n: pack.read(n).decode() for n in pack.namelist()}


def test_the_workbook_holds_what_was_decided_and_added(page: TestClient) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    say(page, "7.4%", "fix", fixes={"indicator": "税收收入"})

    answer = page.get("/api/runs/run/export/figures.xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    heads = [c.value for c in sheet[1]]
    said = {row[heads.index("as printed")]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert said["7.4%"][heads.index("review")] == "fix"
    assert said["7.4%"][heads.index("fix indicator")] == "税收收入"
    assert said["7.4%"][heads.index("reviewer")] == "王敏"
