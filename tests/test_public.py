"""What others build on: names, entry points, and the wheel."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from importlib.metadata import entry_points
from pathlib import Path

import pytest

import zhengwen


def test_all_is_sorted_and_every_name_is_there() -> None:
    assert sorted(zhengwen.__all__, key=lambda n: (not n.isupper(), n.islower(), n)) == zhengwen.__all__
    for name in zhengwen.__all__:
        assert getattr(zhengwen, name) is not None
    assert set(zhengwen.__all__) <= set(dir(zhengwen))


def test_a_name_that_is_not_ours_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        zhengwen.nonsense  # noqa: B018


def test_importing_zhengwen_imports_nothing_else() -> None:
    code = "import sys; a=set(sys.modules); import zhengwen; print([m for m in set(sys.modules)-a if 'zhengwen' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "['zhengwen']"


def test_entry_points_load() -> None:
    ours = [p for g in ("spacy_factories", "spacy_tokenizers", "console_scripts") for p in entry_points(group=g)]
    found = {p.name: p.load() for p in ours if p.value.startswith("zhengwen")}

    assert {"zhengwen", "zhengwen.figures", "zhengwen.tokens.v1"} <= set(found)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """The wheel, built from this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    (built,) = folder.glob("zhengwen-*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel installs, and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(folder)]
    subprocess.run([*command, str(wheel)], check=True, capture_output=True)
    return folder


def test_the_wheel_holds_the_package_the_rules_and_the_demo_only(wheel: Path, root: Path) -> None:
    with zipfile.ZipFile(wheel) as z:
        names = [n for n in z.namelist() if ".dist-info/" not in n]
        inside = {n.removeprefix("zhengwen/rules/"): z.read(n) for n in names if n.startswith("zhengwen/rules/")}

    assert {n.split("/")[0] for n in names} == {"zhengwen"}
    assert "zhengwen/py.typed" in names
    assert {f"zhengwen/tables/templates/report.{k}" for k in ("html", "css", "js")} <= set(names)
    assert sorted(n for n in names if "/demo/" in n) == ["zhengwen/demo/yunxi.meta.json", "zhengwen/demo/yunxi.txt"]
    rules = root / "rules"
    assert inside == {p.relative_to(rules).as_posix(): p.read_bytes() for p in rules.rglob("*") if p.is_file()}


def python(elsewhere: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python far from the checkout, with the wheel's package first."""
    prelude = f"import sys; sys.path.insert(0, {str(elsewhere)!r}); "
    command = [sys.executable, "-c", prelude + arguments[0], *arguments[1:]]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_the_wheel_extracts(elsewhere: Path, tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("2021年,全区税收收入完成4.17亿元。", encoding="utf-8")
    code = "import zhengwen.cli as c; print(c.__file__); c.main(sys.argv[1:])"

    done = python(elsewhere, tmp_path, code, "extract", str(text), "--format", "jsonl")

    assert done.returncode == 0, done.stderr
    first, *lines = done.stdout.splitlines()
    assert first.startswith(str(elsewhere))
    figures = [r for r in map(json.loads, lines) if r["record"] == "figure"]
    assert [f["value"] for f in figures] == [417000000]


def test_the_wheel_has_the_checkouts_rules_and_its_demo(elsewhere: Path, tmp_path: Path) -> None:
    from zhengwen import rules

    rules.load.cache_clear()
    done = python(elsewhere, tmp_path, "import zhengwen.rules as r; print(r.load().hash)")
    demo = python(elsewhere, tmp_path, "import zhengwen.cli as c; c.main(['demo'])")

    assert done.stdout.strip() == rules.load().hash
    assert demo.returncode == 0, demo.stderr
    assert "云溪街道" in demo.stdout
