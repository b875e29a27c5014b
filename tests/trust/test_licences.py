"""No licence outside the allowed list enters: whatever an install of zhengwen brings with it is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest

DOCUMENT = Path(__file__).parents[2] / "docs" / "dependencies.md"
LIST = Path(__file__).parent / "licences.tsv"
ALLOWED = {line.split("\t")[0] for line in LIST.read_text(encoding="utf-8").splitlines()[1:]}
SAID_ELSEWHERE = {"pypdfium2": "BSD-3-Clause AND Apache-2.0"}
"""Packages whose metadata gives no name of a licence; what the files that come with them say."""
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_EXTRA = re.compile(r"extra\s*==\s*['\"](?P<name>[^'\"]+)['\"]")


def brought(name: str, extras: set[str], seen: dict[str, Distribution]) -> None:
    """Note a distribution and all that it needs, as far as they are installed."""
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in seen:
        return
    try:
        seen[key] = found = distribution(name)
    except PackageNotFoundError:
        return
    for wanted in found.requires or []:
        extra = _EXTRA.search(wanted)
        if extra is None or extra["name"] in extras:
            match = _NAME.match(wanted)
            assert match is not None
            asked = re.match(r"[^;]*?\[([^\]]+)\]", wanted)
            brought(match[0], set(asked[1].split(",")) if asked else set(), seen)


def licences(found: Distribution) -> list[list[str]]:
    """Return the ways in which a distribution may be used: each a list of licences that hold together."""
    metadata = found.metadata
    said = SAID_ELSEWHERE.get(metadata["Name"]) or metadata.get("License-Expression") or ""
    if not said:
        classifiers = metadata.get_all("Classifier") or []
        named = [c.rpartition("::")[2].strip() for c in classifiers if c.startswith("License ::")]
        kept = [n for n in named if n != "OSI Approved"]
        if kept:
            return [kept]
        said = (metadata.get("License") or "?").strip()[:40]
    return [
        [x.strip(" ()") for x in re.split(r"\bAND\b|\bWITH\b", way, flags=re.I)] for way in re.split(r"\bOR\b", said)
    ]


def everything() -> Iterator[Distribution]:
    seen: dict[str, Distribution] = {}
    extras = {"web", "pdf", "office", "dedup", "report", "review", "dev", "all"}
    brought("zhengwen", extras, seen)
    yield from (d for name, d in sorted(seen.items()) if name != "zhengwen")


def refused(ways: list[list[str]]) -> bool:
    return not any(all(licence in ALLOWED for licence in way) for way in ways)


def test_every_licence_that_comes_with_an_install_is_allowed() -> None:
    found = list(everything())

    assert {d.metadata["Name"]: licences(d) for d in found if refused(licences(d))} == {}
    assert len(found) > 40


def test_every_package_is_listed_with_its_licence() -> None:
    rows = [line.strip("| ").split(" | ") for line in DOCUMENT.read_text(encoding="utf-8").splitlines()]
    listed = {name: row[0] for row in rows if len(row) == 2 for name in row[1].split(", ")}

    found = {d.metadata["Name"]: " or ".join(" and ".join(way) for way in licences(d)) for d in everything()}
    assert {
        name: licence for name, licence in found.items() if listed.get(name, "?").split()[0] != licence.split()[0]
    } == {}


@pytest.mark.parametrize(
    ("ways", "is_refused"),
    [
        ([["MIT"]], False),
        ([["GPL-3.0-only"]], True),
        ([["MIT", "AGPL-3.0-or-later"]], True),
        ([["MPL-1.1"], ["GPL-2.0-only"]], False),
        ([["?"]], True),
    ],
)
def test_a_licence_outside_the_list_is_refused(ways: list[list[str]], is_refused: bool) -> None:
    assert refused(ways) is is_refused
