"""Evaluations as people see them: text, comparison, HTML."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from zhengwen.errors import BadInput
from zhengwen.scoring.against import compare
from zhengwen.scoring.evaluation import Evaluation, evaluate, misses, summary
from zhengwen.scoring.pages import GoldPage, Predictions, load_gold, read_text
from zhengwen.scoring.sentences import sentence_at
from zhengwen.scoring.sidebyside import page_html


def judged(pages: list[GoldPage], spoilt: Any, share: float) -> Evaluation:
    return evaluate(pages, Predictions({p.name: spoilt(list(p.records), 5, share) for p in pages}), "corpus")


def test_summary_names_every_group(own_pages: list[GoldPage], spoilt: Any) -> None:
    told = summary(judged(own_pages, spoilt, 0.3))
    for name in ("row_macro", "slot.indicator", "subject_other", "growth_rate", "money", "stat_communique"):
        assert name in told


def test_every_miss_stands_beside_its_sentence(own_pages: list[GoldPage], spoilt: Any) -> None:
    result = judged(own_pages, spoilt, 0.5)
    entries = list(misses(result))
    faults = [j for v in result.verdicts for j in v.judged if j.verdict != "right" or j.wrong]
    assert len(entries) == len(faults) > 20
    assert any("【" in entry for entry in entries)


def test_no_predictions_are_all_misses(own_pages: list[GoldPage]) -> None:
    result = evaluate(own_pages, Predictions({}), "corpus")
    assert result.report["missing_files"] == len(own_pages)
    assert result.headline["row"] == 0
    assert "no predictions for" in summary(result)


def test_compare_tells_better_from_worse(own_pages: list[GoldPage], spoilt: Any) -> None:
    good, bad = (json.loads(json.dumps(judged(own_pages, spoilt, share).to_json())) for share in (0.0, 0.6))
    down, up = "\n".join(compare(good, bad)), "\n".join(compare(bad, good))
    assert "better: 0" in down
    assert "worse: 0" in up
    assert "right → missed" in down
    assert "missed → right" in up
    assert list(compare(good, good)) == ["\nbetter: 0", "\nworse: 0", "\nwrong in another way: 0"]
    with pytest.raises(BadInput):
        list(compare({}, good))


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not {name for name, _ in attrs} & {"href", "src", "onload", "onclick"}

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_html_holds_the_text_and_nothing_that_runs(own_pages: list[GoldPage], spoilt: Any) -> None:
    evil = "<script>alert(1)</script>&amp;3亿元"
    gold = {"record": "figure", "start": 30, "end": 33, "text": "3亿元", "value": 3e8, "indicator": "<img src=x>"}
    pages = [*own_pages, GoldPage("<b>", evil, (gold,))]
    html = page_html(judged(pages, spoilt, 0.4))
    tags = Tags()
    tags.feed(html)
    assert not tags.seen & {"script", "img", "a", "link", "iframe"}
    assert "alert(1)" in "".join(tags.text)
    assert own_pages[0].text[:40] in "".join(tags.text)
    assert 'class="missed"' in html


def test_sentence_at() -> None:
    assert sentence_at("一。税收3亿元！完", 4, 7) == "税收【3亿元】！"
    assert sentence_at("3亿元", 0, 3) == "【3亿元】"


def test_texts_are_read_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes("\ufeff一\r\n二".encode())
    assert read_text(path) == "一\r\n二"


def test_gold_says_what_was_reviewed(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("3亿元", encoding="utf-8")
    header = {"record": "gold", "reviewed": ["time"], "genre": "try"}
    figure = {"record": "figure", "start": 0, "end": 3, "text": "3亿元"}
    lines = "\n".join(json.dumps(r, ensure_ascii=False) for r in (header, figure))
    (tmp_path / "x.gold.jsonl").write_text(lines, encoding="utf-8")
    page = load_gold(tmp_path)[0]
    assert (page.genre, page.of("figure"), len(page.records)) == ("try", [], 1)


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"a": 1}', '{"record": "figure", "start": 1, "end": "2"}', '{"record": "entity"}']
)
def test_bad_gold_names_its_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "x.txt").write_text("", encoding="utf-8")
    (tmp_path / "x.gold.jsonl").write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(BadInput) as error:
        load_gold(tmp_path)
    assert error.value.where.endswith("x.gold.jsonl:2")


def test_no_gold_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no gold here"):
        load_gold(tmp_path)
