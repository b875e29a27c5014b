"""Labelled pages and predictions as they lie on disk: plain JSON records, one object a line."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Literal, get_args

from zhengwen.errors import BadInput

__all__ = [
    "KINDS",
    "GoldPage",
    "Predictions",
    "Use",
    "fingerprint",
    "load_gold",
    "load_records",
    "read_manifest",
    "read_page_gold",
    "read_text",
]

Json = Mapping[str, Any]

KINDS = ("article", "block", "figure", "time", "entity")
"""The kinds of record that a person labels."""

Use = Literal["development", "held_out"]
"""What a page is for: to write rules by, or to stay unseen until somebody asks how well they hold elsewhere."""

_NEEDED: Mapping[str, Mapping[str, type]] = {
    "figure": {"start": int, "end": int},
    "time": {"start": int, "end": int},
    "entity": {"name": str},
    "block": {"line": int},
}
"""What a record must have to be judged at all; every other field may be missing."""

_GOLD_SUFFIX = ".gold.jsonl"
_GENRE = re.compile(r"\d+_([a-z]+)_")


@dataclass(frozen=True)
class GoldPage:
    """One labelled page: its text, what is known about it, and what a person read in it."""

    name: str
    text: str
    records: tuple[Json, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    genre: str = ""
    reviewed: frozenset[str] = frozenset(KINDS)
    """The kinds of record that the page's gold was checked for; no other kind counts."""
    drafted: frozenset[str] = frozenset()
    """The kinds whose gold began as rows of the program that a person then went through: they are scored apart."""
    use: Use = "development"
    path: Path = Path()

    def of(self, kind: str) -> list[Json]:
        """Return the gold records of one kind, none when that kind was not reviewed."""
        return [r for r in self.records if r["record"] == kind] if kind in self.reviewed else []


def load_records(path: Path) -> list[Json]:
    """Read one JSON object a line; `BadInput` names the line that is none, or that lacks what it is judged by."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [_record(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]


def _record(line: str, where: str) -> Json:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadInput(f"no JSON: {error.msg}", code="bad_json", where=where) from None
    if not isinstance(record, dict) or not isinstance(record.get("record"), str):
        raise BadInput("no record: the field `record` is missing", code="bad_json", where=where)
    for name, wanted in _NEEDED.get(record["record"], {}).items():
        if not isinstance(record.get(name), wanted):
            raise BadInput(f"a {record['record']} without {name}", code="bad_json", where=where)
    return record


def read_text(path: Path) -> str:
    """Return a UTF-8 file's text exactly as decoded, without a byte-order mark and with its own line ends."""
    return path.read_bytes().decode("utf-8").removeprefix("\ufeff")


def load_gold(folder: Path, names: Iterable[str] = (), use: Use | Literal["all"] = "development") -> list[GoldPage]:
    """Read the labelled pages of a folder, by name; only `names` when some are given, of whatever use.

    Two layouts are understood: `articles/NAME.txt` with `gold/NAME.jsonl`, and `NAME.txt` beside `NAME.gold.jsonl`.
    A `manifest.tsv` with a column `use` says which pages are held out: they come only when asked for.
    """
    pairs, uses = dict(_pairs(folder)), _uses(folder)
    named = sorted(names)
    wanted = named or sorted(n for n in pairs if use in ("all", uses.get(n, "development")))
    missing = [n for n in wanted if n not in pairs]
    if missing or not pairs:
        what = f"no gold for {', '.join(missing)}" if missing else "no gold here (NAME.txt with NAME.gold.jsonl)"
        raise BadInput(what, code="no_gold", where=str(folder))
    return [read_page_gold(*pairs[name], use=uses.get(name, "development")) for name in wanted]


def read_manifest(folder: Path) -> list[dict[str, str]]:
    """Return the rows of a corpus's `manifest.tsv`, none without the file; `BadInput` for a row that does not fit."""
    path = folder / "manifest.tsv"
    if not path.is_file():
        return []
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    columns, rows = head.split("\t"), []
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise BadInput(f"{len(cells)} cells, wanted {len(columns)}", code="bad_manifest", where=f"{path}:{number}")
        row = dict(zip(columns, cells, strict=True))
        if row.setdefault("use", "development") not in get_args(Use):
            raise BadInput(f"use is {row['use']}, not development or held_out", where=f"{path}:{number}")
        rows.append(row)
    return rows


def _uses(folder: Path) -> dict[str, Use]:
    return {r["name"]: "held_out" if r["use"] == "held_out" else "development" for r in read_manifest(folder)}


def _pairs(folder: Path) -> Iterable[tuple[str, tuple[Path, Path]]]:
    for gold in folder.glob(f"*{_GOLD_SUFFIX}"):
        name = gold.name.removesuffix(_GOLD_SUFFIX)
        yield name, (folder / f"{name}.txt", gold)
    for gold in (folder / "gold").glob("*.jsonl"):
        yield gold.stem, (folder / "articles" / f"{gold.stem}.txt", gold)


def read_page_gold(text_path: Path, gold_path: Path, use: Use = "development") -> GoldPage:
    """Read one labelled page: its text, its metadata beside it, and its gold."""
    if not text_path.is_file():
        raise BadInput("gold without its text", code="no_text", where=str(text_path))
    name = text_path.stem
    records = load_records(gold_path)
    header: Json = next((r for r in records if r["record"] == "gold"), {})
    meta_path = text_path.with_suffix(".meta.json")
    meta = json.loads(meta_path.read_text(encoding="utf-8")) if meta_path.is_file() else {}
    named = _GENRE.match(name)
    return GoldPage(
        name=name,
        text=read_text(text_path),
        records=tuple(r for r in records if r["record"] != "gold"),
        meta=meta,
        genre=str(header.get("genre") or meta.get("genre") or (named[1] if named else "")),
        reviewed=frozenset(header.get("reviewed", KINDS)),
        drafted=frozenset({*header.get("drafted", ()), *(r["record"] for r in records if r.get("drafted"))}),
        use=use,
        path=text_path,
    )


class Predictions:
    """An extractor's records by page: NAME.jsonl in a folder, or a run's records.jsonl divided by `source`."""

    def __init__(self, by_name: Mapping[str, list[Json]]) -> None:
        self._by_name = by_name

    @classmethod
    def load(cls, folder: Path) -> Predictions:
        """Read what `folder` holds, `BadInput` when it holds no records at all."""
        run = folder / "records.jsonl"
        if run.is_file():
            divided: dict[str, list[Json]] = {}
            for record in load_records(run):
                stem = PurePosixPath(str(record.get("source", "")).replace("\\", "/")).stem
                divided.setdefault(stem, []).append(record)
            return cls(divided)
        files = sorted(folder.glob("*.jsonl"))
        if not files:
            raise BadInput("no predictions here (NAME.jsonl, or a run's records.jsonl)", where=str(folder))
        return cls({f.stem: load_records(f) for f in files if not f.name.endswith(_GOLD_SUFFIX)})

    def of(self, name: str) -> list[Json]:
        """Return the records of one page, none when there are no predictions for it."""
        return self._by_name.get(name, [])

    def __contains__(self, name: str) -> bool:
        return name in self._by_name


def fingerprint(pages: Iterable[GoldPage]) -> str:
    """Return a sha256 over the texts, metadata and gold of `pages`: floors hold for exactly these."""
    digest = hashlib.sha256()
    for page in pages:
        known = json.dumps([page.name, dict(page.meta), sorted(page.reviewed), page.records], ensure_ascii=False)
        digest.update(f"{known}\0{page.text}\0".encode())
    return digest.hexdigest()
