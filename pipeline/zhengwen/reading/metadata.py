"""What is known about an article from elsewhere: NAME.meta.json beside it, an archive's fields, `--date`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from zhengwen.errors import BadInput
from zhengwen.reading.dates import parse_date
from zhengwen.stages import Meta

__all__ = ["meta_beside", "meta_of", "with_date"]

_KNOWN = ("date", "title", "source_name", "url", "place")


def meta_beside(path: Path, *, where: str = "") -> Meta:
    """Return the metadata of NAME.meta.json beside `path`; empty when there is none.

    Raises `BadInput` when it is no JSON object, `BadDate` when its date is none.
    """
    beside = path.with_name(path.stem + ".meta.json")
    if not beside.is_file():
        return Meta()
    where = where or str(path)
    try:
        data = json.loads(beside.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BadInput(f"{beside.name} is no JSON: {_one_line(error)}", code="metadata", where=where) from None
    if not isinstance(data, dict):
        raise BadInput(f"{beside.name} holds no JSON object", code="metadata", where=where)
    return meta_of(data, "meta", where=where)


def meta_of(data: Mapping[str, Any], origin: str, *, where: str = "") -> Meta:
    """Return metadata from loose fields; `origin` (meta, row …) is noted as where the date came from."""
    known = {k: _text(data.get(k)) for k in _KNOWN}
    known["date"] = parse_date(known["date"], where=where)
    extra = {str(k): _text(v) for k, v in data.items() if k not in _KNOWN}
    return Meta(**known, date_from=origin if known["date"] else "", extra=extra)


def with_date(meta: Meta, date: str | None) -> Meta:
    """Fill in the date of `--date` where the metadata has none."""
    return replace(meta, date=date, date_from="option") if date and not meta.date else meta


def _text(value: object) -> str:
    if value is None:
        return ""
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
