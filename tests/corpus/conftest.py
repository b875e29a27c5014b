"""Small corpora in a temporary folder: one line of text and its gold, written by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhengwen.corpus.folder import Corpus

Record = dict[str, Any]

TEXT = "云台县一季度经济运行情况\n2024年一季度，云台县税收收入4.2亿元，同比增长3.6%，新开工项目12个。\n"


def figure(text: str, where: str = TEXT, **slots: object) -> Record:
    start = where.index(text)
    return {"record": "figure", "start": start, "end": start + len(text), "text": text} | slots


def gold_of_text() -> list[Record]:
    """Gold for `TEXT`, as a careful reader would write it."""
    place = {"subject": "云台县", "period": "2024-Q1"}
    tax = place | {"indicator": "税收收入"}
    start = TEXT.index("2024年一季度")
    return [
        {"record": "article", "article": 1, "title": "云台县一季度经济运行情况", "place": "云台县"},
        {"record": "block", "line": 1, "label": "title", "article": 1},
        {"record": "block", "line": 2, "label": "body", "article": 1},
        {"record": "time", "start": start, "end": start + 8, "text": "2024年一季度", "value": "2024-Q1"},
        figure("4.2亿元", value=420000000, unit="元", kind="money", measure="level", **tax),
        figure("3.6%", value=3.6, unit="%", kind="percent", measure="growth_rate", base="yoy", **tax),
        figure("12个", value=12, unit="个", kind="count", measure="level", **place, indicator="新开工项目"),
        {"record": "entity", "name": "云台县", "type": "place"},
    ]


Put = Callable[..., Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a page's text and gold into the corpus in `tmp_path`: `put(name, records, text=…, use=…, header=…)`."""

    def write(
        name: str,
        records: list[Record],
        text: str = TEXT,
        use: str = "development",
        folder: str = "gold",
        **header: object,
    ) -> Path:
        corpus = Corpus(tmp_path)
        corpus.text_path(name).parent.mkdir(exist_ok=True)
        corpus.text_path(name).write_text(text, encoding="utf-8", newline="")
        head = {"record": "gold", "reviewed": ["article", "block", "figure", "time", "entity"], "genre": "test"}
        lines = [json.dumps(r, ensure_ascii=False) for r in ({**head, **header}, *records)]
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        corpus.list_in_manifest({"name": name, "genre": "test", "use": use})
        return tmp_path

    return write


@pytest.fixture
def gold() -> list[Record]:
    return gold_of_text()
