"""Archives to run over, and what a run holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

Rows = list[dict[str, Any]]
Start = Callable[..., int]


def archive(path: Path, texts: list[str], *, first: int = 1) -> Path:
    """An archive of texts, numbered."""
    rows = [{"id": f"{n:04d}", "date": "2022-01-18", "text": t} for n, t in enumerate(texts, first)]
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    return path


def texts(number: int, word: str = "") -> list[str]:
    return [f"第{n}篇。新增企业{n}家,关停{n % 7}家。{word}" for n in range(number)]


def rows(run: Path, table: str = "figures") -> Rows:
    """All rows of a run's table as anyone who globs the folder reads them, in order."""
    return [row for path in sorted((run / table).glob("*.parquet")) for row in pq.read_table(path).to_pylist()]


def everything(run: Path) -> dict[str, Rows]:
    return {
        folder.name: rows(run, folder.name)
        for folder in sorted(run.iterdir())
        if folder.is_dir() and folder.name[0] != "."
    }


def errors(run: Path) -> Rows:
    path = run / "errors.jsonl"
    return [json.loads(x) for x in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def about(run: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((run / "run.json").read_text(encoding="utf-8"))
    return told
