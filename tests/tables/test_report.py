"""The report: harmless whatever the text, and usable in a real browser (skipped where there is none)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from zhengwen.records import Article, Figure, Record
from zhengwen.review.marks import Marks
from zhengwen.rules import load
from zhengwen.stages import Page
from zhengwen.tables.labels import Labels

pytest.importorskip("jinja2")

Read = tuple[Page, list[Record]]
Write = Callable[..., Path]

CHROMIUM = next((p for p in map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser")) if p.exists()), None)


@pytest.fixture
def report(tmp_path: Path) -> Write:
    """Writes pages as a report and returns its path."""
    from zhengwen.tables.report import HtmlTable

    def write(*pages: Read, lang: str = "en", **more: int) -> Path:
        rules = load()
        table = HtmlTable(tmp_path, "", rules, Labels(rules, lang), Marks(), **more)
        for page, records in pages:
            table.add(page, records)
        table.close({"zhengwen": "1"})
        return tmp_path / "report.html"

    return write


def test_marks_nest_and_cross() -> None:
    from zhengwen.tables.report import highlighted

    marks = [(0, 4, "e", ""), (2, 6, "f", "f1"), (3, 4, "t", "")]

    shown = highlighted("01<345&7", 0, 8, marks)

    assert re.sub("<[^>]+>", "", shown) == "01&lt;345&amp;7"
    assert 'class="e f" data-f="f1">&lt;' in shown
    assert 'class="e f t" data-f="f1">3<' in shown


def test_the_file_needs_nothing_else(report: Write, donghu: Read) -> None:
    html = report(donghu).read_text(encoding="utf-8")

    assert not re.search(r"""(?:src|href)=["'](?!#|https?://)""", html)
    assert not re.search(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)=""", html)
    assert "default-src 'none'" in html


def test_hostile_text_is_only_text(report: Write, donghu: Read) -> None:
    page, records = donghu
    evil = "</script><script>document.title='owned'</script><img src=x onerror=alert(1)>"
    spoilt = [
        replace(r, subject=evil, indicator=evil, sentence=evil + r.text, reasons={"subject": {"rule": evil}})
        if isinstance(r, Figure)
        else replace(r, title=evil, source_name=evil, url="javascript:alert(1)")
        if isinstance(r, Article)
        else r
        for r in records
    ]

    html = report((page, spoilt)).read_text(encoding="utf-8")

    assert html.count("<script") == 2
    assert "<img" not in html
    assert 'href="javascript' not in html


def test_why_a_slot_is_empty_is_said_in_the_language_asked_for(report: Write, read: Any) -> None:
    page = read("甲河镇概况\n\n全镇总面积27.5平方公里，下辖9个村。")
    assert "no time governs it" in {f.reasons["period"].get("rule") for f in page[1] if isinstance(f, Figure)}

    html = report(page, lang="zh").read_text(encoding="utf-8")

    assert "没有时间统辖" in html
    assert "no time governs it" not in html


def test_articles_beyond_the_limit_are_counted(report: Write, donghu: Read) -> None:
    html = report(donghu, donghu, donghu, limit=5).read_text(encoding="utf-8")

    assert "2 further articles are not in this report (limit: 5 figures)" in html


def test_charts_hold_values_of_one_kind_only(read: Any) -> None:
    from zhengwen.tables.charts import charts
    from zhengwen.tables.desk import Desk

    page, records = read(
        "税收通报\n\n2021年，甲河区税收收入完成3亿元，乙河区税收收入完成2亿元，丙河区税收收入完成1.5亿元。"
    )
    figures = [
        replace(r, subject=f"{n}河区", indicator="税收收入", period="2021", freq="year")
        for n, r in zip("甲乙丙", (r for r in records if isinstance(r, Figure)), strict=True)
    ]
    target = replace(figures[0], subject="丁河区", status="target")
    other = replace(figures[0], subject="戊河区", unit="吨")
    laid = Desk(load(), Labels(load())).page(page, [*figures, target, other])

    (chart,) = charts(laid.figures)

    assert (chart.shape, chart.indicator, chart.whose) == ("bars", "税收收入", "2021")
    assert [(p.name, p.value) for p in chart.points] == [("甲河区", 3e8), ("乙河区", 2e8), ("丙河区", 1.5e8)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's chromium, driven."""
    api = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright")
    if CHROMIUM is None:
        pytest.skip("the browser tests need chromium (apt-get install chromium)")
    with api.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Any, report: Write, donghu: Read, read: Any) -> Iterator[Any]:
    """The report in a browser without a network; any script error fails the test."""
    path = report(donghu, read("西湖镇要闻\n\n2021年，西湖镇有高新技术企业12家。"))
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(path.as_uri())
    yield page
    context.close()
    assert faults == []


def chosen(page: Any) -> str:
    return str(page.locator("#table tr.on td.number").inner_text())


def test_a_click_in_the_text_selects_the_row_and_says_why(opened: Any) -> None:
    opened.locator("#texts .f", has_text="7.4%").click()

    assert chosen(opened) == "7.4%"
    assert "bases." in opened.locator("#why").inner_text() or "measures." in opened.locator("#why").inner_text()
    assert "line 3" in opened.locator("#why").inner_text()
    assert opened.evaluate("location.hash").startswith("#f")


def test_a_click_in_the_table_selects_the_figure_in_the_text(opened: Any) -> None:
    opened.locator("#table tbody tr", has_text="49家").first.click()

    assert opened.locator("#texts .f.on").first.inner_text() == "49家"


def test_search_measure_and_article_narrow_the_table(opened: Any) -> None:
    shown = opened.locator("#table tbody tr:visible")
    everything = shown.count()

    opened.fill("#search", "游客 30万")
    assert shown.count() == 1
    opened.fill("#search", "nothing like it")
    assert shown.count() == 0
    assert opened.locator("#nothing").is_visible()
    opened.press("#search", "Escape")
    opened.select_option("#measure", "growth_rate")
    assert set(opened.locator("#table tbody tr:visible td.short").all_inner_texts()) == {"growth_rate"}
    opened.select_option("#measure", "")
    opened.select_option("#article", label="西湖镇要闻 · 1")
    assert shown.count() == 1
    assert everything > 5
    assert opened.locator("#texts article:visible").count() == 1


def test_incidental_figures_come_when_asked_for(opened: Any) -> None:
    row = opened.locator("#table tbody tr", has_text="三个")
    assert not row.first.is_visible()

    opened.check("#incidental")

    assert row.first.is_visible()


def test_columns_sort_as_numbers_both_ways(opened: Any) -> None:
    values = "[...document.querySelectorAll('#table tbody tr:not([hidden]) td.number')].map(c => +c.dataset.value)"

    opened.click("th.value button")
    up = opened.evaluate(values)
    opened.click("th.value button")

    assert up == sorted(up)
    assert opened.evaluate(values) == sorted(up, reverse=True)


def test_the_keyboard_is_enough(opened: Any) -> None:
    opened.keyboard.press("/")
    opened.keyboard.type("东湖区")
    opened.keyboard.press("Enter")
    first = chosen(opened)
    opened.keyboard.press("ArrowDown")
    second = chosen(opened)
    opened.keyboard.press("ArrowUp")

    assert first == chosen(opened) != second


def test_a_link_opens_at_its_figure(opened: Any, donghu: Read) -> None:
    figure = next(r for r in donghu[1] if isinstance(r, Figure) and r.tier == "incidental")

    opened.goto(f"{opened.url.partition('#')[0]}#{figure.figure_id}")

    assert chosen(opened) == figure.text


def test_checks_lead_to_their_figure(opened: Any) -> None:
    opened.click("#tab-checks")
    opened.locator("#checks tbody tr", has_text="differs").first.click()

    assert opened.locator("#table tr.on").count() == 1


def test_it_prints_with_text_and_table(opened: Any, tmp_path: Path) -> None:
    opened.emulate_media(media="print")

    assert not opened.locator("header").is_visible()
    assert opened.locator("#texts").is_visible()
    assert opened.locator("#table").is_visible()
    assert len(opened.pdf(path=str(tmp_path / "report.pdf"))) > 10_000
