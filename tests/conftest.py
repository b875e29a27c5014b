"""Fixtures for all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from zhengwen.engine import Engine
from zhengwen.extraction import engine as shipped_engine

ROOT = Path(__file__).parents[1]

# How long one example takes says more of the machine's other work than of ours.
settings.register_profile("zhengwen", deadline=None)
settings.load_profile("zhengwen")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled real pages that lies beside the checkout; tests that need it skip without it."""
    folder = Path(os.environ.get("ZHENGWEN_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no shared folder at {folder} (set ZHENGWEN_SHARED)")
    return folder


@pytest.fixture(scope="session")
def article() -> Path:
    """The demo article."""
    return ROOT / "corpus" / "articles" / "yunxi.txt"


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine of the shipped rules, built once; the same that `zhengwen.extract` uses."""
    return shipped_engine()
