from __future__ import annotations

from dataclasses import fields

import pyarrow as pa
import pytest

from zhengwen import rules
from zhengwen.records import SCHEMA_VERSION
from zhengwen.schema import RECORDS, arrow_schema, json_schema, meanings


def test_every_field_has_a_meaning_and_none_is_left_over() -> None:
    said = meanings(rules.load())

    assert set(said) == {f"{kind}.{f.name}" for kind, cls in RECORDS.items() for f in fields(cls)}
    assert all(meaning for meaning, _ in said.values())


@pytest.mark.parametrize("kind", RECORDS)
def test_schemas_have_the_records_fields_in_their_order(kind: str) -> None:
    names = ["record", *(f.name for f in fields(RECORDS[kind]))]

    assert arrow_schema(kind).names == names
    assert list(json_schema()["$defs"][kind]["properties"]) == names


def test_the_version_stands_in_both() -> None:
    assert json_schema()["version"] == SCHEMA_VERSION
    assert arrow_schema("figure").metadata == {b"zhengwen.schema_version": SCHEMA_VERSION.encode()}


def test_types_and_values_are_said() -> None:
    figure = json_schema(rules.load())["$defs"]["figure"]["properties"]

    assert figure["value"]["anyOf"] == [{"type": "number"}, {"type": "null"}]
    assert figure["terms"]["anyOf"][0] == {"type": "array", "items": {"type": "number"}}
    assert "growth_rate" in figure["measure"]["enum"]
    assert "decreases are negative" in figure["value"]["description"]
    assert arrow_schema("figure").field("value").type == pa.float64()
    assert arrow_schema("entity").field("mentions").type == pa.list_(pa.list_(pa.int64()))
