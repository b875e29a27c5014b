"""The documents about rows tell the truth: the worked example, the classes, the example rule."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from zhengwen.engine import Engine
from zhengwen.reading import page_of
from zhengwen.records import Figure
from zhengwen.rows.clauses import CLASSES, expand_classes
from zhengwen.rulecheck import check_example, check_reject
from zhengwen.rules import RuleFile, Rules

from .readings import read


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "rows.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "rules" / "README.md").read_text(encoding="utf-8")


def example(page: str) -> tuple[str, str]:
    """Return the sentence of the worked example and its masked form."""
    found = re.search(r"```text\n(.*)\n(.*)\n```", page)
    assert found
    return found[1], found[2]


def table(text: str, head: str) -> list[list[str]]:
    """Return the cells of the Markdown table whose first head is `head`."""
    body, _, _ = text[text.index(f"\n| {head} |") + 1 :].partition("\n\n")
    lines = body.strip().splitlines()[2:]
    return [[c.strip() for c in line.strip("|").split("|")] for line in lines]


def test_the_example_is_masked_as_shown(engine: Engine, page: str) -> None:
    sentence, masked = example(page)
    assert re.fullmatch(expand_classes(masked), read(engine, sentence).masked)


def test_the_example_gives_the_rows_shown(engine: Engine, page: str) -> None:
    sentence, _ = example(page)
    records = engine.read(page_of(sentence, date="2023-02-05", place="临沂市"))
    figures = [r for r in records if isinstance(r, Figure)]
    texts = {f.figure_id: f.text for f in figures}
    rows = [
        [f.text, f.measure, f.indicator, f.subject, f.period, f.base or "", f.of or "", texts.get(f.part_of or "", "")]
        for f in figures
    ]
    assert rows == [cells[:8] for cells in table(page, "figure")]


def test_every_file_of_rows_is_named(root: Path, page: str) -> None:
    named = set(re.findall(r"`(\w+)`", "".join(c[0] for c in table(page, "file in `rules/rows/`"))))
    assert named <= {p.stem for p in (root / "rules" / "rows").glob("*.toml")}


def test_every_class_is_listed(readme: str) -> None:
    rows = table(readme, "class")
    assert [name.strip("`<>") for name, _ in rows] == list(CLASSES)
    members = {n.strip("`<>"): m.removeprefix("any of ").split(", ") for n, m in rows if m.startswith("any of ")}
    for name, parts in members.items():
        if name in ("figure", "amount", "relative", "name", "any_time"):
            assert CLASSES[name] == "[" + "".join(CLASSES[p] for p in parts) + "]"


def test_the_example_rule_keeps_its_word(engine: Engine, readme: str) -> None:
    found = re.search(r"```toml\n(.*?)```", readme, re.DOTALL)
    assert found
    data = tomllib.loads(found[1])
    parts = data["parts"]
    for rule in data["rule"]:
        rule["pattern"] = rule["pattern"].replace("{than}", parts["than"])
    file = RuleFile.model_validate({"stage": "rows", **data})
    rules = Rules({**engine.rules.topics, "rows/made": file}, engine.rules.tables, "")
    for rule in file.rule:
        for case in rule.cases():
            assert check_example(rules, "rows/made", rule, case) is None
        for text in rule.rejects:
            assert check_reject(rules, "rows/made", rule, text) is None
