"""A corpus on disk: where its files lie, its manifest, and gold files read and written whole."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhengwen.errors import BadInput
from zhengwen.scoring.pages import KINDS, GoldPage, load_gold, load_records, read_manifest, read_page_gold, read_text

__all__ = ["Corpus", "Gold", "Json", "find_name", "fit_name", "spread_lines", "write_whole"]

Json = dict[str, Any]

MANIFEST = ("name", "genre", "use", "written_by", "labelled_by", "labelled_on", "about")
_UNFIT = re.compile(r"[^\w.-]+")
_ORDER = {"article": 0, "block": 1, "figure": 2, "time": 2, "entity": 3}


@dataclass(frozen=True)
class Gold:
    """A gold file: its header, and its records in the order in which they are written."""

    header: Json
    records: tuple[Json, ...]

    @property
    def reviewed(self) -> list[str]:
        """The kinds that somebody has read with care."""
        return [k for k in KINDS if k in self.header.get("reviewed", KINDS)]

    def of(self, kind: str) -> list[Json]:
        """Return the records of one kind, reviewed or not."""
        return [r for r in self.records if r["record"] == kind]

    def lines(self) -> str:
        """Return the file's text: header, articles, blocks, figures and times by position, entities."""
        ordered = sorted(self.records, key=lambda r: (_ORDER[r["record"]], r.get("start", r.get("line", 0))))
        return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in (self.header, *ordered))


@dataclass(frozen=True)
class Corpus:
    """A folder with `articles`, `gold`, perhaps `second`, and a `manifest.tsv`."""

    folder: Path

    def text_path(self, name: str) -> Path:
        """Where an article's text lies."""
        return self.folder / "articles" / f"{name}.txt"

    def gold_path(self, name: str) -> Path:
        """Where an article's gold lies."""
        return self.folder / "gold" / f"{name}.jsonl"

    def text(self, name: str) -> str:
        """Return an article's text with its own line ends."""
        path = self.text_path(name)
        if not path.is_file():
            raise BadInput("no such article in the corpus", code="missing", where=str(path))
        return read_text(path)

    def gold(self, name: str) -> Gold:
        """Read an article's gold. `BadInput` when there is none."""
        path = self.gold_path(name)
        if not path.is_file():
            raise BadInput("no gold for it (zhengwen corpus add)", code="missing", where=str(path))
        records = [dict(r) for r in load_records(path)]
        header = next((r for r in records if r["record"] == "gold"), {"record": "gold", "reviewed": list(KINDS)})
        return Gold(header, tuple(r for r in records if r["record"] != "gold"))

    def save(self, name: str, gold: Gold) -> None:
        """Write an article's gold, whole or not at all."""
        write_whole(self.gold_path(name), gold.lines())

    def pages(self) -> list[GoldPage]:
        """Return all labelled pages, whatever their use; none in an empty corpus."""
        return load_gold(self.folder, use="all") if any((self.folder / "gold").glob("*.jsonl")) else []

    def second(self) -> list[GoldPage]:
        """Return the pages that a second reader labelled, as that reader labelled them."""
        return [read_page_gold(self.text_path(p.stem), p) for p in sorted((self.folder / "second").glob("*.jsonl"))]

    def manifest(self) -> list[dict[str, str]]:
        """Return the manifest's rows."""
        return read_manifest(self.folder)

    def list_in_manifest(self, row: Mapping[str, str]) -> None:
        """Put one article into the manifest, in the place of an older row of its name."""
        kept = [r for r in self.manifest() if r["name"] != row["name"]]
        rows = sorted([*kept, row], key=lambda r: r["name"])
        cells = [MANIFEST, *([r.get(c, "") for c in MANIFEST] for r in rows)]
        write_whole(self.folder / "manifest.tsv", "".join("\t".join(map(_cell, line)) + "\n" for line in cells))


def _cell(text: str) -> str:
    return " ".join(text.split())


def fit_name(name: str) -> str:
    """Return an article's name; `BadInput` for what could not name a file everywhere."""
    if not name or _UNFIT.search(name) or name.startswith("."):
        raise BadInput("a name is letters, digits, _ and - (--name)", code="name", where=name)
    return name


def find_name(text: str, name: str) -> tuple[int, int] | None:
    """Return where a name first stands in a text, whole or broken by blanks and line ends; None when nowhere."""
    at = text.find(name)
    if at >= 0:
        return at, at + len(name)
    broken = re.search(r"\s*".join(map(re.escape, name)), text)
    return broken.span() if broken and name else None


def write_whole(path: Path, text: str) -> None:
    """Write a file so that whoever reads it finds the old text or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8", newline="")
    fresh.replace(path)


def spread_lines(text: str) -> Sequence[tuple[int, int]]:
    """Return start and end of every line of a text; lines end at \\n, \\r\\n and \\r only."""
    lines, start, at = [], 0, 0
    while at < len(text):
        if text[at] in "\r\n":
            lines.append((start, at))
            at += 2 if text[at : at + 2] == "\r\n" else 1
            start = at
        else:
            at += 1
    return [*lines, (start, len(text))]
