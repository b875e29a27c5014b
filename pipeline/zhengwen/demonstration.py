"""The article that comes with zhengwen, so that one command shows what it does."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from zhengwen.errors import BadInput
from zhengwen.running.job import Job, run

__all__ = ["DEMO", "demonstrate"]

DEMO = "yunxi.txt"
"""The demo article's file name, with its NAME.meta.json beside it."""


def demonstrate(out: Path | None = None, lang: str = "en") -> int:
    """Print the demo article's table; with `out`, write a run folder as well. Return how many inputs failed."""
    folder = _folder()
    if not isinstance(folder, Path):
        raise BadInput("the demo needs zhengwen installed as files, not inside a zip", code="missing", where=DEMO)
    article = str(_near(folder / DEMO))
    failed = run(Job((article,), lang=lang))
    if out is not None and not failed:
        failed = run(Job((article,), out, ("jsonl", "csv", "parquet"), lang=lang))
    return failed


def _folder() -> Traversable:
    """Return where the demo article is: inside the wheel, else the checkout's corpus."""
    inside = files("zhengwen") / "demo"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "corpus" / "articles"


def _near(path: Path) -> Path:
    """Return a path as seen from here when it lies below, so that the run does not name the machine's folders."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
