"""The contract's records: never changed once made, exact, with offsets into the source.

Every output format is a view of these. `to_json` gives plain JSON values in the contract's field order; numbers are
`Decimal` here and become JSON numbers only there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields
from decimal import Decimal
from typing import Any, ClassVar

from zhengwen.fixed import fixed

__all__ = [
    "SCHEMA_VERSION",
    "Article",
    "Block",
    "Check",
    "Entity",
    "Figure",
    "Record",
    "Time",
    "Unread",
    "from_json",
    "to_json",
]

SCHEMA_VERSION = "1.0"


@fixed(kw_only=True)
class Article:
    """One article of a page (contract §5)."""

    record: ClassVar[str] = "article"
    source: str
    article_id: str
    article: int
    title: str = ""
    date: str | None = None
    date_from: str = ""
    place: str | None = None
    place_from: str = ""
    source_name: str = ""
    url: str = ""


@fixed(kw_only=True)
class Block:
    """One non-empty line of a page (contract §4)."""

    record: ClassVar[str] = "block"
    source: str
    line: int
    label: str
    article: int
    joins: bool = False
    start: int = 0
    end: int = 0
    rule: str = ""


@fixed(kw_only=True)
class Figure:
    """One figure with all its slots (contract §1); empty slots are None, and `reasons` says why."""

    record: ClassVar[str] = "figure"
    source: str
    figure_id: str
    article_id: str
    start: int
    end: int
    text: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    terms: tuple[Decimal, ...] | None = None
    unit: str | None = None
    kind: str = "number"
    unit_code: str = ""
    value_base: Decimal | None = None
    approx: str = "exact"
    measure: str = "level"
    indicator: str | None = None
    indicator_id: str = ""
    subject: str | None = None
    subject_id: str = ""
    period: str | None = None
    period_start: str = ""
    period_end: str = ""
    base: str | None = None
    of: str | None = None
    status: str = "actual"
    part_of: str | None = None
    number_printed: str = ""
    unit_printed: str = ""
    decimals: int = 0
    tier: str = ""
    freq: str = ""
    averaging: str = ""
    price_basis: str = ""
    vintage: str = ""
    outlook: str = ""
    attributed_to: str = ""
    same_as: str | None = None
    area_code: str = ""
    province: str = ""
    city: str = ""
    county: str = ""
    area_from: str = ""
    sentence: str = ""
    rule: str = ""
    confidence: float | None = None
    inherited: dict[str, Any] = field(default_factory=dict)
    reasons: dict[str, Any] = field(default_factory=dict)


@fixed(kw_only=True)
class Time:
    """One date or period in the text (contract §2)."""

    record: ClassVar[str] = "time"
    source: str
    article_id: str
    start: int
    end: int
    text: str
    value: str | None = None
    period_start: str = ""
    period_end: str = ""
    rule: str = ""


@fixed(kw_only=True)
class Unread:
    """A numeral that cannot be read (一百千, 3.4.5亿): never a guess."""

    record: ClassVar[str] = "unread"
    source: str
    article_id: str
    start: int
    end: int
    text: str
    reason: str = ""


@fixed(kw_only=True)
class Entity:
    """One distinct entity of a page (contract §3) with the spans of all its mentions."""

    record: ClassVar[str] = "entity"
    source: str
    entity_id: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    role: str = ""
    mentions: tuple[tuple[int, int], ...] = ()
    count: int = 0
    sentence: str = ""
    code: str = ""
    rule: str = ""


@fixed(kw_only=True)
class Check:
    """What an article's own figures say about each other (contract §6): reported, never applied."""

    record: ClassVar[str] = "check"
    source: str
    article_id: str
    check: str
    figure_ids: tuple[str, ...]
    expected: Decimal | None = None
    found: Decimal | None = None
    ok: bool = True
    tolerance: Decimal | None = None
    note: str = ""


Record = Article | Block | Figure | Time | Unread | Entity | Check


def plain(value: object) -> Any:
    """Return `value` as plain JSON data: whole Decimals as int, others as float, tuples as lists."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return value


def to_json(record: Record) -> dict[str, Any]:
    """Return a record as plain JSON values, `record` and `source` first, in the contract's field order."""
    return {"record": record.record} | {f.name: plain(getattr(record, f.name)) for f in fields(record)}


_TYPES: dict[str, type[Record]] = {c.record: c for c in (Article, Block, Figure, Time, Unread, Entity, Check)}
_EXACT = frozenset({"value", "low", "high", "value_base", "expected", "found", "tolerance"})


def from_json(row: Mapping[str, Any]) -> Record:
    """Return the record that `to_json` made `row` of; fields that this version does not know are left out.

    Numbers are exact when the JSON was read with `parse_float=Decimal`. `KeyError` for a kind that is no record,
    `TypeError` when a needed field is missing.
    """
    cls = _TYPES[row["record"]]
    kept = {f.name: row[f.name] for f in fields(cls) if f.name in row}
    return cls(**{name: _of_json(name, cls, value) for name, value in kept.items()})


def _of_json(name: str, cls: type[Record], value: Any) -> Any:
    if isinstance(value, list):
        return tuple(tuple(v) if isinstance(v, list) else _decimal(v) for v in value)
    exact = name in _EXACT and (cls is Figure or cls is Check)
    return _decimal(value) if exact else value


def _decimal(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else value
