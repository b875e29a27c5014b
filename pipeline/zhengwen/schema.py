"""The schema of all records, generated from the dataclasses in `records`: as JSON Schema and as Arrow schemas.

`SCHEMA_VERSION` stands in every run; a minor version only adds columns.
"""

from __future__ import annotations

import types
from dataclasses import MISSING, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from zhengwen.records import SCHEMA_VERSION, Article, Block, Check, Entity, Figure, Record, Time, Unread
from zhengwen.rules import Rules

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["RECORDS", "TEXTS", "arrow_schema", "json_schema", "meanings", "plural"]

RECORDS: dict[str, type[Record]] = {c.record: c for c in (Article, Block, Figure, Time, Unread, Entity, Check)}
"""Every kind of record by its name, in the order of the contract."""

TEXTS = ("source", "sha256", "encoding", "meta", "text", "reader")
"""The columns of `texts.parquet`: what every offset of the run indexes, with its metadata as JSON.

`reader` is JSON too: `format` (text, row, html, pdf, docx, xlsx), `confidence` of the encoding, `pages` (where in the
text each page of a PDF begins, so that any offset tells its page) and `grids` (tables as their file marks them).
"""

_JSON: dict[object, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    float: {"type": "number"},
    Decimal: {"type": "number"},
    type(None): {"type": "null"},
    Any: {},
}


def json_schema(rules: Rules | None = None) -> dict[str, Any]:
    """Return the JSON Schema of one line of `records.jsonl`, with each field's meaning when `rules` are given."""
    said = meanings(rules) if rules else {}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "zhengwen records",
        "version": SCHEMA_VERSION,
        "oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in RECORDS],
        "$defs": {kind: _object(kind, cls, said) for kind, cls in RECORDS.items()},
    }


def arrow_schema(kind: str) -> pa.Schema:
    """Return the Arrow schema of one kind of record (`text`: of the texts); numbers are float64, objects JSON text."""
    import pyarrow as pa

    if kind == "text":
        return _versioned([pa.field(name, pa.string()) for name in TEXTS])
    cls = RECORDS[kind]
    hints = get_type_hints(cls)
    columns = [pa.field("record", pa.string(), nullable=False)]
    columns += [pa.field(f.name, _arrow(hints[f.name]), nullable=_optional(hints[f.name])) for f in fields(cls)]
    return _versioned(columns)


def meanings(rules: Rules) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return what each field means and the values it may have, by `record.field` (`rules/columns.tsv`)."""
    return {r["column"]: (r["meaning"], tuple(r["values"].split())) for r in rules.table("columns")}


def plural(kind: str) -> str:
    """Return the name of a record kind's table: figure → figures, entity → entities."""
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def _object(kind: str, cls: type[Record], said: dict[str, tuple[str, tuple[str, ...]]]) -> dict[str, Any]:
    hints = get_type_hints(cls)
    properties: dict[str, Any] = {"record": {"const": kind}}
    for f in fields(cls):
        properties[f.name] = _json(hints[f.name])
        meaning, values = said.get(f"{kind}.{f.name}", ("", ()))
        if meaning:
            properties[f.name]["description"] = meaning
        if values and "anyOf" not in properties[f.name]:
            properties[f.name]["enum"] = list(values)
    required = ["record", *(f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING)]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _json(hint: Any) -> dict[str, Any]:
    if hint in _JSON:
        return dict(_JSON[hint])
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_json(p) for p in parts]}
    if origin is tuple and parts[-1] is Ellipsis:
        return {"type": "array", "items": _json(parts[0])}
    if origin is tuple:
        return {"type": "array", "prefixItems": [_json(p) for p in parts], "minItems": len(parts), "items": False}
    if origin is dict:
        return {"type": "object"}
    raise TypeError(f"no JSON type for {hint}")


def _arrow(hint: Any) -> pa.DataType:
    import pyarrow as pa

    simple = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), float: pa.float64(), Decimal: pa.float64()}
    if hint in simple:
        return simple[hint]
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _arrow(next(p for p in parts if p is not type(None)))
    if origin is tuple:
        return pa.list_(_arrow(parts[0]))
    if origin is dict:
        return pa.string()
    raise TypeError(f"no Arrow type for {hint}")


def _optional(hint: Any) -> bool:
    return type(None) in get_args(hint)


def _versioned(columns: list[Any]) -> pa.Schema:
    import pyarrow as pa

    return pa.schema(columns, metadata={"zhengwen.schema_version": SCHEMA_VERSION})
