"""What once broke the program stays whole: kept inputs of the fuzzer, and the inputs that it begins from.

To add one: put the (minimised) input into `crashes/TARGET/`, named by what was wrong.
"""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
CRASHES = sorted(p for p in (HERE / "crashes").glob("*/*") if p.is_file())
LONGEST = 20
"""Processor seconds that a kept input may take; what was kept for its time took minutes, and takes milliseconds."""


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"zhengwen_fuzz_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


targets = load("targets")


@pytest.mark.parametrize("path", [pytest.param(p, id=f"{p.parent.name}/{p.name}") for p in CRASHES])
def test_what_once_crashed_is_refused_or_read(path: Path) -> None:
    target = targets.TARGETS[path.parent.name]
    target.run(target.seeds()[0])  # what is built once is no part of its time
    started = time.process_time()

    target.run(path.read_bytes())

    assert time.process_time() - started < LONGEST


@pytest.mark.parametrize("name", targets.TARGETS)
def test_every_target_takes_its_own_seeds(name: str) -> None:
    for seed in targets.TARGETS[name].seeds():
        targets.TARGETS[name].run(seed)


def test_a_target_tells_what_breaks_a_promise() -> None:
    page = targets.page_of("税收3.86亿元。")
    records = targets.engine().read(page)
    targets.check(page, records)

    with pytest.raises(AssertionError):
        targets.check(targets.page_of("另有税收3.86亿元。"), records)
