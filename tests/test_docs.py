"""The documents tell the truth: their code runs, their tables are the program's, the example run is what comes out.

`make example` (ZHENGWEN_ACCEPT=1) writes what the program gives today into the documents instead of comparing.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from zhengwen import rules
from zhengwen.cli import app, main
from zhengwen.schema import RECORDS, meanings, plural

ROOT = Path(__file__).parents[1]
ACCEPT = bool(os.environ.get("ZHENGWEN_ACCEPT"))
PAGES = [
    "README.md",
    "README.zh.md",
    "CONTRIBUTING.md",
    "docs/guide.md",
    "docs/archives.md",
    "docs/review.md",
    "docs/rules.md",
]
FENCE = re.compile(r"^```(?P<kind>\w*)(?P<options>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Fenced:
    """A fenced block of a document."""

    page: str
    number: int
    kind: str
    options: dict[str, str]
    body: str


def blocks(kind: str) -> Iterator[Fenced]:
    for page in PAGES:
        for number, found in enumerate(FENCE.finditer((ROOT / page).read_text(encoding="utf-8"))):
            if found["kind"] == kind:
                options = dict(o.split("=") for o in found["options"].split())
                yield Fenced(page, number, kind, options, found["body"])


def named(kind: str) -> list[object]:
    return [pytest.param(b, id=f"{b.page}[{b.number}]") for b in blocks(kind)]


def printed_by(command: str, width: str) -> str:
    """What a command prints, as a user at a terminal of that width reads it."""
    program, *arguments = shlex.split(command)
    assert program == "zhengwen"
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out):
        patch.setenv("COLUMNS", width)
        patch.setenv("TERMINAL_WIDTH", width)
        patch.chdir(ROOT)
        with pytest.raises(SystemExit) as left:
            main(arguments)
    assert left.value.code == 0
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


@pytest.mark.parametrize("block", named("console"))
def test_commands_print_what_the_documents_show(block: Fenced) -> None:
    command = block.body.splitlines()[0].removeprefix("$ ")
    lines = printed_by(command, block.options.get("width", "100")).splitlines()
    head = int(block.options.get("head", "0"))
    if head and len(lines) > head:
        lines = [*lines[:head], "…"]
    shown = "\n".join([f"$ {command}", *lines]) + "\n"

    if ACCEPT:
        rewrite(block.page, block.body, shown)
    else:
        assert block.body == shown


def rewrite(page: str, before: str, after: str) -> None:
    path = ROOT / page
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8", newline="\n")


@pytest.mark.parametrize("block", named("python"))
def test_python_in_the_documents_runs(block: Fenced) -> None:
    """Lines that begin with `# ` after a print are what it prints."""
    out = io.StringIO()

    with contextlib.redirect_stdout(out):
        exec(compile(block.body, block.page, "exec"), {"__name__": "document"})

    assert out.getvalue() == "".join(f"{x[2:]}\n" for x in block.body.splitlines() if x.startswith("# "))


@pytest.mark.parametrize("block", named("toml"))
def test_rules_in_the_documents_hold(block: Fenced, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "words.toml").write_text(block.body, encoding="utf-8")

    with pytest.raises(SystemExit) as left:
        main(["rules", "test", "words.slightly_up", "--rules", str(tmp_path)])

    assert left.value.code == 0
    assert capsys.readouterr().out.count("ok") == 3


def columns_page() -> str:
    """The text of docs/columns.md, made from the records and `rules/columns.tsv`."""
    said, zh = meanings(rules.load()), {r["column"]: r["zh"] for r in rules.load().table("columns")}
    lines = ["# Columns", "", "Made from `records.py` and `rules/columns.tsv` by `make example`; do not edit."]
    for kind, cls in RECORDS.items():
        lines += ["", f"## {kind} (`{plural(kind)}`)", "", "| field | 中文 | meaning | values |", "|---|---|---|---|"]
        for f in fields(cls):
            meaning, values = said[f"{kind}.{f.name}"]
            lines.append(f"| `{f.name}` | {zh[f'{kind}.{f.name}']} | {meaning} | {' · '.join(values)} |")
    return "\n".join(lines) + "\n"


def test_the_columns_page_is_made_from_the_records() -> None:
    path = ROOT / "docs" / "columns.md"
    if ACCEPT:
        path.write_text(columns_page(), encoding="utf-8", newline="\n")

    assert path.read_text(encoding="utf-8") == columns_page()


@pytest.mark.parametrize("name", ["records.jsonl", "figures.csv", "entities.csv"])
def test_the_example_is_what_the_demo_article_gives(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit):
        main(["extract", "corpus/articles/yunxi.txt", "-o", str(tmp_path), "--quiet"])
    path = ROOT / "outputs" / "example" / name
    if ACCEPT:
        path.write_bytes((tmp_path / name).read_bytes())

    assert path.read_bytes() == (tmp_path / name).read_bytes(), "run `make example` and look at the diff"


def test_every_command_is_documented() -> None:
    text = "".join((ROOT / p).read_text(encoding="utf-8") for p in PAGES)
    commands = [c.name or (c.callback.__name__ if c.callback else "") for c in app.registered_commands]

    assert [c for c in commands if not re.search(rf"(zhengwen|\n ) {c}\b", text)] == []


def test_every_dependency_has_its_line() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    names = {re.split(r"[^\w-]", r)[0] for group in groups for r in group} - {"zhengwen"}
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")

    assert sorted(n for n in names if n not in page) == []


def test_links_lead_somewhere() -> None:
    pages = [*PAGES, "CHANGELOG.md", "docs/dependencies.md", "docs/decisions.md", "outputs/README.md"]
    for page in pages:
        text = (ROOT / page).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:\s]+)\)", text):
            assert ((ROOT / page).parent / target).exists(), f"{page}: {target}"


def test_both_readmes_have_the_same_shape() -> None:
    english, chinese = ((ROOT / p).read_text(encoding="utf-8") for p in ("README.md", "README.zh.md"))

    assert english.count("\n## ") == chinese.count("\n## ")
    assert [m["kind"] for m in FENCE.finditer(english)] == [m["kind"] for m in FENCE.finditer(chinese)]
