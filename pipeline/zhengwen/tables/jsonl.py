"""Records as JSON lines: the contract's field order, exact where JSON can be, one object a line."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from operator import attrgetter
from typing import Any

from zhengwen.records import Record

__all__ = ["dumps", "dumps_plain"]

_FIELDS: dict[str, tuple[tuple[str, ...], Callable[[Record], tuple[Any, ...]]]] = {}


def dumps(record: Record) -> str:
    """Return a record as one line of JSON, equal to `records.to_json` but quicker."""
    if record.record not in _FIELDS:
        names = tuple(f.name for f in fields(record))
        _FIELDS[record.record] = names, attrgetter(*names)
    names, values = _FIELDS[record.record]
    return dumps_plain({"record": record.record, **dict(zip(names, values(record), strict=True))})


def dumps_plain(value: object) -> str:
    """Return any plain value (Decimals too) as compact JSON on one line, in readable Chinese."""
    return _encode(value)


def _number(value: object) -> int | float:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} is no JSON value")


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_number).encode
