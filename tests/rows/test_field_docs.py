"""Every example of docs/fields.md comes out as it says, and every field that only the program writes has one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from zhengwen.engine import Engine
from zhengwen.reading import page_of
from zhengwen.records import Check, Figure

PAGE = (Path(__file__).parents[2] / "docs" / "fields.md").read_text(encoding="utf-8")
ROWS = [[c.strip() for c in line.strip("|").split("|")] for line in PAGE.splitlines() if line.startswith("| `")]
FIELDS = [row for row in ROWS if "【" in row[2]]
CHECKS = [row for row in ROWS if "【" not in row[2]]
TOLD = """number_printed unit_printed decimals inherited reasons averaging tier same_as attributed_to price_basis
vintage outlook freq
area_code province city county area_from part_of sentence rule indicator_id unit_code value_base""".split()


def records(engine: Engine, text: str) -> list[Any]:
    return engine.read(page_of(text.replace(">", "\n"), date="2023-02-05", place="临沂市"))


def shown(figure: Figure, field: str, texts: Mapping[str, str]) -> str:
    value: Any = figure
    for step in field.split("."):
        value = value[step] if isinstance(value, Mapping) else getattr(value, step)
    return texts.get(str(value), str(value))


@pytest.mark.parametrize(("field", "says", "example", "value"), FIELDS)
def test_a_field_is_as_shown(engine: Engine, field: str, says: str, example: str, value: str) -> None:
    before, asked, after = re.split("[【】]", example)
    figures = [r for r in records(engine, before + asked + after) if isinstance(r, Figure)]
    (figure,) = (f for f in figures if f.start == len(before))
    assert figure.text == asked
    assert shown(figure, field.strip("`"), {f.figure_id: f.text for f in figures}) == value


@pytest.mark.parametrize(("check", "compares", "example", "ok"), CHECKS)
def test_a_check_is_as_shown(engine: Engine, check: str, compares: str, example: str, ok: str) -> None:
    (found,) = (r for r in records(engine, example) if isinstance(r, Check))
    assert (f"`{found.check}`", found.ok) == (check, ok == "true")


def test_every_field_and_check_has_an_example() -> None:
    assert {row[0].strip("`").partition(".")[0] for row in FIELDS} >= set(TOLD)
    assert {row[0].strip("`") for row in CHECKS} == {"sum", "composition", "share", "growth", "conflict"}
