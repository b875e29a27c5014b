"""The same input, rules and version give the same bytes, whatever the hash seed, locale and time zone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

SETTINGS: tuple[Mapping[str, str], ...] = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"},
    {"PYTHONHASHSEED": "4294967295", "LC_ALL": "POSIX", "TZ": "America/St_Johns"},
)


def zhengwen(*arguments: str, at: Path, setting: Mapping[str, str]) -> bytes:
    variables = {**os.environ, **setting}
    command = [sys.executable, "-m", "zhengwen", *arguments]
    return subprocess.run(command, cwd=at, env=variables, capture_output=True, check=True).stdout


def files(folder: Path) -> dict[str, str]:
    """The hash of each file that holds what was read."""
    found = [p for p in folder.rglob("*") if p.is_file() and ".state" not in p.parts and p.name != "run.json"]
    return {str(p.relative_to(folder)): sha256(p.read_bytes()).hexdigest() for p in found}


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
