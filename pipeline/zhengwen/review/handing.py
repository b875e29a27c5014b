"""A review handed on: the run's workbook with all marks, reviewed pages as gold, everything for Label Studio."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from zhengwen.corpus.exchange.carried import Carried
from zhengwen.corpus.exchange.labelstudio import config, dump
from zhengwen.errors import BadInput
from zhengwen.records import Record
from zhengwen.review.exporting import export_tables
from zhengwen.review.marks import Marks
from zhengwen.review.promoting import finished, gold_of, name_of
from zhengwen.review.runs import reviewed
from zhengwen.stages import Page

__all__ = ["HANDED", "hand"]

HANDED = {
    "figures.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "gold.zip": "application/zip",
    "labelstudio.zip": "application/zip",
}
"""What can be taken along, with its media type."""

_LEFT = "LEFT.txt"


def hand(run: Path, name: str, lang: str = "en", rules: Path | None = None) -> bytes:
    """Return one of `HANDED`, made of the run and its log as they are now; the run folder is not touched.

    Raises `BadInput` for another name, or when a package is missing.
    """
    if name == "figures.xlsx":
        with tempfile.TemporaryDirectory(prefix="zhengwen-") as folder:
            export_tables(run, ("xlsx",), Path(folder), lang, rules)
            return (Path(folder) / name).read_bytes()
    if name == "gold.zip":
        return _gold(*reviewed(run))
    if name == "labelstudio.zip":
        return _label_studio(*reviewed(run))
    raise BadInput(f"no such export: {name} (wanted: {', '.join(HANDED)})", code="usage")


def _gold(pages: Sequence[tuple[Page, list[Record]]], marks: Marks) -> bytes:
    """Return text and gold of every page whose figures are all settled; of the others a line each on why not."""
    files: dict[str, str] = {}
    left: list[str] = []
    for page, records in pages:
        name, why = name_of(page.source), finished(page, records, marks)
        if why is None:
            files[_free(files, name, "txt")] = page.text
            files[_free(files, name, "gold.jsonl")] = gold_of(records, marks).lines()
        elif why:
            left.append(f"{name}: {why}")
    return _zipped(files | ({_LEFT: "\n".join(left) + "\n"} if left else {}))


def _label_studio(pages: Iterable[tuple[Page, list[Record]]], marks: Marks) -> bytes:
    """Return all pages as tasks: finished ones as annotations, the others as predictions, with the labelling config."""
    carried = []
    for page, records in pages:
        if page.text:
            gold = gold_of(records, marks)
            if finished(page, records, marks) is not None:
                gold = replace(gold, header=gold.header | {"reviewed": []})
            carried.append(Carried(name_of(page.source), page.text, gold))
    return _zipped({"tasks.json": dump(carried), "config.xml": config()})


def _free(taken: dict[str, str], name: str, ending: str) -> str:
    """Return a file name that no other page has: two folders may hold files of one name."""
    number = 1
    while f"{name}{'' if number == 1 else f'_{number}'}.{ending}" in taken:
        number += 1
    return f"{name}{'' if number == 1 else f'_{number}'}.{ending}"


def _zipped(files: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in files.items():
            pack.writestr(name, text.encode("utf-8", "backslashreplace"))
    return data.getvalue()
