"""Recall of people on 200 sentences of an archive of broadcast news, labelled by reading before the program saw them.

`people.tsv` holds where each sentence stands (item, first and last character) and the first character and the name of
everyone whom it names; the sentences themselves stay in the archive. They were drawn with a seed among those that
hold an office or a trade (书记, 教授, 村民, 总统 …), so that they name more people than chance would give.
"""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest

from zhengwen.engine import Engine
from zhengwen.reading import page_of

ROWS = list(csv.DictReader(Path(__file__).with_name("people.tsv").open(encoding="utf-8"), delimiter="\t"))
NAMED: dict[str, list[tuple[int, str]]] = {}
for _row in ROWS:
    for _at, _, _name in (p.partition(":") for p in _row["people"].split()):
        NAMED.setdefault(_row["item"], []).append((int(_at), _name))
SIZE = 176
"""How many people the sentences name, one named twice counted twice."""


def test_the_sample_is_whole() -> None:
    assert len(ROWS) == 200
    assert sum(len(people) for people in NAMED.values()) == SIZE


def test_nine_of_ten_people_are_found(shared: Path, engine: Engine) -> None:
    archive = shared / "corpus" / "archive" / "news.jsonl.gz"
    if not archive.is_file():
        pytest.skip(f"no archive at {archive}")
    found = 0
    with gzip.open(archive, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["id"] not in NAMED:
                continue
            records = engine.read(page_of(row["text"], date=row["date"], title=row["title"]))
            people = {m for r in records if r.record == "entity" and r.type == "person" for m in r.mentions}
            found += sum((at, at + len(name)) in people for at, name in NAMED[row["id"]])
    assert found >= 0.9 * SIZE
