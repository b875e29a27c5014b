"""Predictions made of gold and spoilt on purpose, seeded: what a scorer has to judge."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zhengwen.scoring.pages import GoldPage, load_gold

Record = dict[str, Any]
_PERIODS = ["2020", "2021-Q3", "/2020-12-31", "2020-12-31", "2019-01/2019-05", "2016/2020", "2020-H2", None]
_TEXTS = ["税收收入", "全区", "企业", "一批", "的", "", None, "固定资产投资总额", "该街道"]


def as_prediction(gold: Record, chance: random.Random) -> Record:
    """Take a gold record as a prediction: alternatives become one reading of them."""
    found = {k: v for k, v in gold.items() if k != "optional"}
    for slot, value in found.items():
        if isinstance(value, str) and " | " in value and slot not in ("text", "record"):
            found[slot] = chance.choice([None if a == "null" else a for a in value.split(" | ")])
    return found


def spoil(found: Record, chance: random.Random) -> None:
    """Spoil one slot of a prediction in place."""
    kind = found["record"]
    if kind == "figure":
        slot = chance.choice([*"se", "value", "unit", "kind", "measure", "approx", "status", "indicator", "subject"])
        slot = chance.choice([slot, "of", "base", "period", "part_of", "text"])
        if slot in "se":
            found["start" if slot == "s" else "end"] += chance.choice([-1, 1])
        elif slot == "value":
            found["value"] = None if chance.random() < 0.3 else (found.get("value") or 0) * 1.0000001 + 0.1
        elif slot == "period":
            found["period"] = chance.choice(_PERIODS)
        elif slot == "base":
            found["base"] = chance.choice(["yoy", "seq", None, "2019", "2020-01-01"])
        elif slot == "text":
            found["text"] = chance.choice(["一个", "一家", "首家", "榜首"])
        else:
            own = str(found.get(slot) or "")
            found[slot] = chance.choice([*_TEXTS, own[1:], own[:-1], own + "额", "（" + own + "）", "actual", "about"])
    elif kind == "time":
        found["value"] = chance.choice(_PERIODS)
    elif kind == "entity":
        found["type"] = chance.choice(["place", "project", "organisation"])
        found["name"] = chance.choice([found["name"], found["name"][1:] or "某"])
    elif kind == "block":
        found["label"] = chance.choice(["body", "title", "furniture", "heading"])
        found["joins"] = chance.random() < 0.5
    else:
        found["date"] = chance.choice([found.get("date"), "2021-03-05", None])
        found["place"] = chance.choice([found.get("place"), "全国", None])


def predictions(gold: list[Record], seed: int, share: float = 0.4) -> list[Record]:
    """Return a page's predictions: some gold dropped, some spoilt, some doubled or made up."""
    chance = random.Random(seed)
    out: list[Record] = []
    for number, record in enumerate(gold):
        if record["record"] == "gold" or chance.random() < share / 4:
            continue
        found = as_prediction(record, chance)
        if found["record"] == "figure":
            found["figure_id"] = f"f{number}"
        if chance.random() < share:
            spoil(found, chance)
        out.append(found)
        if chance.random() < share / 6:
            out.append(dict(found))
    ids = {f["text"]: f["figure_id"] for f in out if f["record"] == "figure"}
    for found in out:
        if found["record"] == "figure" and chance.random() < 0.5:
            found["part_of"] = ids.get(found.get("part_of") or "", found.get("part_of"))
    chance.shuffle(out)
    return out


def write(folder: Path, name: str, records: list[Record]) -> None:
    """Write predictions as NAME.jsonl."""
    lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")


Spoil = Callable[..., list[Record]]


@pytest.fixture(scope="session")
def spoilt() -> Spoil:
    """Makes a page's gold into predictions with seeded faults: `spoilt(gold, seed, share)`."""
    return predictions


@pytest.fixture(scope="session")
def own_pages(root: Path) -> list[GoldPage]:
    """The project's own labelled pages."""
    return load_gold(root / "corpus")


@pytest.fixture
def put() -> Callable[[Path, str, list[Record]], None]:
    """Writes a page's predictions into a folder."""
    return write
