"""The review page in a real browser: keys and mouse as a reviewer uses them (skipped where there is no chromium)."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from zhengwen.records import Figure
from zhengwen.review.log import Log
from zhengwen.review.runs import pages_of_run, reviewed
from zhengwen.running.job import Job, run

pytest.importorskip("fastapi", reason="the review page needs fastapi (pip install 'zhengwen[serve]')")

CHROMIUM = next((p for p in map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser")) if p.exists()), None)
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
MANY = "".join(f"{n}月，东湖区第{n}批项目完成投资{n}.5亿元，同比增长{n}.1%，新增就业{n}00人。\n" for n in range(2, 13))
HOSTILE = (
    "<script>document.title='owned'</script>\n\n2021年，\u202e<img src=x onerror=\"document.title='owned'\">\u2066"
    "东湖区税收完成3.5亿元，同比增长8%，与上年同期持平。\n<b>全区</b>&lt;税收&gt;完成" + "长" * 3000 + "2亿元。\n"
)

Open = Callable[..., Any]


@contextmanager
def serving(folder: Path | None, shelf: Path | None = None, port: int = 0) -> Iterator[str]:
    """The server in this process, on a free port; its address."""
    import uvicorn

    from zhengwen.review.web.guard import Door
    from zhengwen.review.web.server import Serving, _listen, application

    with _listen("127.0.0.1", port) as listening:
        port = listening.getsockname()[1]
        app = application(Serving(folder), shelf, Door("127.0.0.1", port))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(5)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's chromium, driven."""
    api = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright")
    if CHROMIUM is None:
        pytest.skip("the browser tests need chromium (apt-get install chromium)")
    with api.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Any) -> Iterator[Open]:
    """Opens a page in a context of its own; any script error or refused load fails the test."""
    contexts, faults = [], list[str]()

    def go(address: str, *, away: bool = False) -> Any:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        if not away:
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda said: faults.append(said.text) if _fault(said) else None)
        page.goto(address)
        page.wait_for_selector("body[data-ready]")
        return page

    yield go
    for context in contexts:
        context.close()
    assert faults == []


def _fault(said: Any) -> bool:
    """Whether a line of the console tells of a fault of the page; a refusal that it shows to the reader is none."""
    return said.type == "error" and not said.text.startswith("Failed to load resource")


@pytest.fixture
def desk(a_run: Path) -> Iterator[str]:
    with serving(a_run) as address:
        yield address


def chosen(page: Any) -> str:
    """The figure in view, as it stands in the list."""
    return str(page.locator("#rows tr.on td.number").first.inner_text())


def until(page: Any, condition: str, arg: Any = None) -> None:
    """Wait for a condition; the driver's own way evaluates text in the page, which the page does not allow."""
    end = time.monotonic() + 20
    while not page.evaluate(condition, arg):
        assert time.monotonic() < end, condition
        page.wait_for_timeout(25)


def settled(page: Any) -> None:
    """Wait until what was pressed is on disk, or has failed."""
    until(page, "() => document.body.dataset.busy === '0'")


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
        settled(page)


def show(page: Any, printed: str) -> None:
    page.locator("#text .f", has_text=re.compile(f"^{re.escape(printed)}$")).first.click()
    until(page, "w => document.querySelector('#card .sentence b')?.textContent === w", printed)


def decisions(folder: Path) -> list[tuple[str, str, str]]:
    texts = {f.figure_id: f.text for _, rs in pages_of_run(folder) for f in rs if isinstance(f, Figure)}
    return [(d.who, texts.get(d.figure_id, d.anchor.text), d.decision) for d in Log.of_run(folder)]


def drag(page: Any, words: str) -> None:
    """Drag over the first place of `words` in the text, from its first character to its last."""
    box = page.evaluate(
        """words => {
          const walk = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
          for (let node; (node = walk.nextNode()); ) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            node.parentElement.scrollIntoView({ block: "center" });
            const r = range.getBoundingClientRect();
            return [r.left, r.right, (r.top + r.bottom) / 2];
          }
        }""",
        words,
    )
    page.mouse.move(box[0] + 1, box[2])
    page.mouse.down()
    page.mouse.move((box[0] + box[1]) / 2, box[2])
    page.mouse.move(box[1] - 1, box[2])
    page.mouse.up()


def test_keys_accept_reject_and_take_back(opened: Open, desk: str, a_run: Path) -> None:
    page = opened(f"{desk}/runs/run?who=王敏")
    first = chosen(page)

    press(page, "a")
    second = chosen(page)
    press(page, "r")
    third = chosen(page)

    assert len({first, second, third}) == 3
    assert decisions(a_run) == [("王敏", first, "accept"), ("王敏", second, "reject")]
    assert "2 of" in page.locator("#counted").inner_text()
    press(page, "u")
    assert chosen(page) == second
    press(page, "u")
    assert chosen(page) == first
    assert "0 of" in page.locator("#counted").inner_text()
    press(page, "u")
    assert "nothing to take back" in page.locator("#said").inner_text()


def test_a_slot_is_corrected_and_the_page_opened_again_knows(opened: Open, desk: str, a_run: Path) -> None:
    page = opened(f"{desk}/runs/run?who=王敏&show=all")
    show(page, "7.4%")

    press(page, "4")
    page.keyboard.type("税收收入")
    press(page, "Enter")
    page.wait_for_selector(".slots .corrected")
    press(page, "6")
    page.keyboard.type("昨天")
    press(page, "Enter")
    page.wait_for_selector(".wrong:not(:empty)")
    assert "no period" in page.locator("#card .wrong").inner_text()
    page.locator(".editor input").fill("2020")
    press(page, "Enter")
    until(page, "() => document.querySelectorAll('.slots .corrected').length === 2")

    again = opened(f"{desk}/runs/run?who=王敏&show=all")
    show(again, "7.4%")
    assert again.locator(".slots .corrected").all_inner_texts() == ["税收收入", "2020"]
    marks = reviewed(a_run)[1]
    figure = next(f for _, rs in pages_of_run(a_run) for f in rs if isinstance(f, Figure) and f.text == "7.4%")
    assert dict(marks.of(figure).fixes) == {"indicator": "税收收入", "period": "2020"}
    press(again, "u")
    until(again, "() => document.querySelectorAll('.slots .corrected').length === 1")


def test_what_is_offered_is_chosen_with_the_arrows(opened: Open, desk: str, a_run: Path) -> None:
    page = opened(f"{desk}/runs/run?who=王敏&show=all")
    show(page, "7.4%")

    press(page, "3", "ArrowDown")
    offered = page.locator(".editor input").input_value()
    press(page, "Enter")

    assert offered == "level"
    page.wait_for_selector(".slots .corrected")
    assert page.locator(".slots .corrected").inner_text() == "level"


def test_a_sentence_is_corrected_and_accepted_at_one_glance(opened: Open, desk: str, a_run: Path) -> None:
    page = opened(f"{desk}/runs/run?who=王敏&show=all")
    show(page, "49家")
    assert page.locator(".together tr").count() == 4

    press(page, "6")
    page.keyboard.type("2020")
    press(page, "Shift+Enter")
    assert [row.split("\t")[3] for row in page.locator(".together tr").all_inner_texts()] == ["2020"] * 4
    press(page, "A")

    kept = [d for d in decisions(a_run) if d[1] in ("49家", "16家", "4家", "29家")]
    assert len(kept) == 4 + 4  # each correction, then each row
    assert page.locator("#text .f.fixed").count() == 4
    press(page, "u")
    assert page.locator("#text .f.fixed").count() == 0
    press(page, "u")
    show(page, "16家")
    assert page.locator(".slots .corrected").count() == 0


def test_a_missed_figure_is_added_by_dragging(opened: Open, desk: str, a_run: Path) -> None:
    page = opened(f"{desk}/runs/run?who=王敏")
    before = page.locator("#text .f").count()

    drag(page, "持平")
    page.wait_for_selector("#card form")
    page.fill("#card [name=value]", "0")
    page.fill("#card [name=unit]", "%")
    page.select_option("#card [name=measure]", "growth_rate")
    page.fill("#card [name=indicator]", "接待游客")
    page.press("#card [name=indicator]", "Enter")
    page.wait_for_selector("#card .badge.accepted")

    assert page.locator("#text .f").count() == before + 1
    assert page.locator("#text .f.on").inner_text() == "持平"
    added = [f for _, rs in reviewed(a_run)[0] for f in rs if isinstance(f, Figure) and f.rule == "review.added"]
    assert [(f.text, f.value, f.indicator, f.measure) for f in added] == [("持平", 0, "接待游客", "growth_rate")]
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.locator("#text .f", has_text="持平").count() == 1
    press(page, "u")
    until(page, "n => document.querySelectorAll('#text .f').length === n", before)


def test_dragging_fills_the_slot_that_is_edited(opened: Open, desk: str) -> None:
    page = opened(f"{desk}/runs/run?who=王敏&show=all")
    show(page, "7.4%")
    press(page, "4")

    drag(page, "公共预算")
    until(page, "() => document.querySelector('.editor input').value === '公共预算'")
    press(page, "Enter")

    page.wait_for_selector(".slots .corrected")
    assert page.locator(".slots .corrected").inner_text() == "公共预算"


def test_a_link_leads_to_its_figure(opened: Open, desk: str, a_run: Path) -> None:
    figure = next(f for _, rs in pages_of_run(a_run) for f in rs if isinstance(f, Figure) and f.text == "三个")

    page = opened(f"{desk}/runs/run?who=王敏#{figure.figure_id}")

    assert page.locator("#card .sentence b").inner_text() == "三个"


def test_dragging_over_a_figure_shows_it(opened: Open, desk: str) -> None:
    page = opened(f"{desk}/runs/run?who=王敏&show=all")
    show(page, "49家")

    drag(page, "7.4%")

    until(page, "() => document.querySelector('#card .sentence b').textContent === '7.4%'")


def test_two_reviewers_at_once(opened: Open, desk: str, a_run: Path) -> None:
    wang = opened(f"{desk}/runs/run?who=王敏")
    li = opened(f"{desk}/runs/run?who=李强")
    assert chosen(wang) != chosen(li)

    show(wang, "7.4%")
    press(wang, "a")
    li.wait_for_selector("#text .f.accepted")
    show(li, "7.4%")
    assert "王敏" in li.locator("#card .said-by").inner_text()
    press(li, "4")
    li.keyboard.type("税收收入")
    press(li, "Enter")
    wang.wait_for_selector("#text .f.disputed")
    show(wang, "7.4%")

    assert "税收收入" in wang.locator("#card .said-by").inner_text()
    assert {who for who, *_ in decisions(a_run)} == {"王敏", "李强"}
    assert wang.locator("#card .badge.disputed").count() == 1


def test_the_name_is_asked_for_once(opened: Open, desk: str, a_run: Path) -> None:
    page = opened(f"{desk}/runs/run?who=王敏")
    page.evaluate("localStorage.clear()")
    page.goto(f"{desk}/runs/run")
    page.wait_for_selector("#ask[open]")
    page.fill("#name", "李强")
    page.press("#name", "Enter")
    page.wait_for_selector("body[data-ready]")
    press(page, "a")

    assert decisions(a_run)[0][0] == "李强"
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert "李强" in page.locator("#who").inner_text()


def test_a_pasted_text_becomes_a_table_and_a_workbook(opened: Open, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    (tmp_path / "shelf").mkdir()
    with serving(None, tmp_path / "shelf") as address:
        page = opened(address)
        page.click("#go")
        assert page.locator("#trouble").is_visible()
        page.fill("#paste", "东湖区要闻\n\n去年，东湖区税收完成3.86亿元，同比增长7.4%。")
        page.fill("#date", "2022-01-18")
        extra = {"name": "乙.txt", "mimeType": "text/plain", "buffer": "西湖镇去年有企业12家。".encode("gb18030")}
        page.set_input_files("#files", extra)
        page.click("#go")
        page.wait_for_url("**/runs/r*")
        page.wait_for_selector("body[data-ready]")

        shown = [row.split("\t") for row in page.locator("#rows tr").all_inner_texts()]
        assert [(r[1], r[3], r[4]) for r in shown] == [
            ("东湖区", "2021", "3.86亿元"),
            ("东湖区", "2021", "7.4%"),
            ("西湖镇", "2021", "12家"),
        ]
        page.keyboard.press("r")  # only now is a name asked for
        page.fill("#name", "王敏")
        page.press("#name", "Enter")
        settled(page)
        page.click("#export summary")
        with page.expect_download() as coming:
            page.click("[data-export='figures.xlsx']")
        coming.value.save_as(tmp_path / "figures.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "figures.xlsx").worksheets[0]
    heads = [c.value for c in sheet[1]]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [r[heads.index("as printed")] for r in rows] == ["3.86亿元", "7.4%", "12家"]
    assert rows[0][heads.index("review")] == "reject"


def test_hostile_text_is_only_text(opened: Open, tmp_path: Path) -> None:
    source = tmp_path / "evil.txt"
    source.write_text(HOSTILE, encoding="utf-8")
    assert run(Job((str(source),), tmp_path / "run", quiet=True, date="2022")) == 0
    with serving(tmp_path / "run") as address:
        page = opened(f"{address}/runs/run?who=<img src=x onerror=alert(1)>&show=all&order=text")
        show(page, "8%")

        assert "owned" not in page.title()
        assert page.locator("#text img, #text script, #text b, #card img, header img").count() == 0
        assert "⟨202E⟩<img" in page.locator("#text").inner_text()
        assert "\u202e" not in page.locator("body").inner_text()
        drag(page, "持平")  # offsets hold behind the hidden characters
        page.wait_for_selector("#card form")
        assert page.locator("#card .sentence b").inner_text() == "持平"
        press(page, "Escape")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0


def start_server(folder: Path) -> tuple[subprocess.Popen[str], str]:
    command = [sys.executable, "-c", "from zhengwen.cli import main; main()", "serve", str(folder), "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    assert server.stderr is not None
    for line in server.stderr:
        if found := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
            return server, f"http://127.0.0.1:{found[1]}"
    raise AssertionError("the server did not start")


def test_nothing_that_was_confirmed_is_lost_when_the_server_is_killed(opened: Open, tmp_path: Path) -> None:
    source = tmp_path / "many.txt"
    source.write_text("东湖区要闻\n\n" + MANY, encoding="utf-8")
    folder = tmp_path / "run"
    assert run(Job((str(source),), folder, quiet=True, date="2022")) == 0
    server, address = start_server(folder)
    page = opened(f"{address}/runs/run?who=王敏&order=text", away=True)
    done = "() => document.querySelectorAll('#rows tr.accepted, #rows tr.rejected').length"
    killer = threading.Timer(0.05, server.send_signal, [signal.SIGKILL])
    killing = False
    for n in range(400):
        page.keyboard.press("ar"[n % 2])
        page.wait_for_timeout(20)
        if not killing and page.evaluate(done) >= 3:
            killing = True
            killer.start()
        if server.poll() is not None and page.locator("#said.failed").count():
            break
    server.wait(30)
    page.wait_for_selector("#trouble:not([hidden])")

    assert server.returncode == -signal.SIGKILL
    assert "NOT saved" in page.locator("#trouble").inner_text()
    classes = page.evaluate("[...document.querySelectorAll('#rows tr')].map(r => [r.dataset.id, r.className])")
    confirmed = {i: kind.split()[0] for i, kind in classes if kind.split()[0] in ("accepted", "rejected")}
    on_disk = {d.figure_id: {"accept": "accepted", "reject": "rejected"}[d.decision] for d in Log.of_run(folder)}
    assert confirmed
    assert confirmed.items() <= on_disk.items()
    assert len(on_disk) <= len(confirmed) + 1  # the one that was on its way

    with serving(folder, port=int(address.rpartition(":")[2])):
        press(page, "a", "a")
        assert not page.locator("#trouble").is_visible()
    later = {d.figure_id for d in Log.of_run(folder)}
    assert set(confirmed) <= later
    assert len(later) > len(confirmed)
