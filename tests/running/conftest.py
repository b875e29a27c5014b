"""Runs for tests: stand-in readers, small parts, no patience."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from zhengwen.running.batch import Batch, run_batch

from .runs import Start

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def readers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let workers import `readers`."""
    monkeypatch.syspath_prepend(str(HERE))
    yield


@pytest.fixture
def start(tmp_path: Path) -> Start:
    """Run a batch into `tmp_path/run` with a stand-in reader, small parts and no patience."""
    usual = Batch((), tmp_path / "run", reader="readers:counting", part=10, patience=0.0, limit=30.0, quiet=True)

    def run(*inputs: Path, **options: Any) -> int:
        return run_batch(replace(usual, inputs=tuple(map(str, inputs)), **options))

    return run
