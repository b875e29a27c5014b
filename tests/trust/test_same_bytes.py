"""The same input, rules and version give the same bytes, whatever the hash seed, locale, time zone and workers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

SETTINGS: tuple[Mapping[str, str], ...] = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC", "workers": "1"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai", "workers": "2"},
    {"PYTHONHASHSEED": "4294967295", "LC_ALL": "POSIX", "TZ": "America/St_Johns", "workers": "4"},
)


def zhengwen(*arguments: str, at: Path, setting: Mapping[str, str]) -> bytes:
    variables = {**os.environ, **{k: v for k, v in setting.items() if k != "workers"}}
    command = [sys.executable, "-m", "zhengwen", *arguments]
    return subprocess.run(command, cwd=at, env=variables, capture_output=True, check=True).stdout


def files(folder: Path) -> dict[str, str]:
    """The hash of each file that holds what was read."""
    found = [p for p in folder.rglob("*") if p.is_file() and ".state" not in p.parts and p.name != "run.json"]
    return {str(p.relative_to(folder)): sha256(p.read_bytes()).hexdigest() for p in found}


@pytest.fixture(scope="module")
def rows(root: Path) -> str:
    article = (root / "corpus" / "articles" / "yunxi.txt").read_text(encoding="utf-8")
    lines = [x for x in article.splitlines() if x.strip()]
    texts = ["\n".join(lines[i : i + 4]) for i in range(0, len(lines), 4)][:6]
    return "".join(json.dumps({"id": str(n), "text": t, "date": "2022-01-18"}) + "\n" for n, t in enumerate(texts))


def test_extract_prints_and_writes_the_same_bytes(tmp_path: Path, article: Path) -> None:
    made: list[Any] = []
    for number, setting in enumerate(SETTINGS):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "page.txt").write_bytes(article.read_bytes())
        out = zhengwen("extract", "page.txt", "-o", "run", "--format", "parquet,sdmx,html", at=folder, setting=setting)
        made.append((out, files(folder / "run")))

    assert made[0] == made[1] == made[2]
    assert {"records.jsonl", "figures.csv", "figures.parquet", "report.html"} <= made[0][1].keys()


def test_a_batch_writes_the_same_bytes_with_any_number_of_workers(tmp_path: Path, rows: str) -> None:
    made = []
    for number, setting in enumerate(SETTINGS):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "a.jsonl").write_text(rows, encoding="utf-8")
        options = ("--workers", setting["workers"], "--part", "2", "--quiet")
        zhengwen("batch", "a.jsonl", "-o", "run", *options, at=folder, setting=setting)
        made.append(files(folder / "run"))

    assert made[0] == made[1] == made[2]
    assert len([n for n in made[0] if n.startswith("figures/")]) == 3
