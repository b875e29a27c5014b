"""The rules: data in `rules/`, loaded, checked and hashed here.

A rule file is TOML: a `stage` that says who reads it, and a list of `[[rule]]` with id, why, pattern, examples and
rejects. A rule without an example does not load. A term list is a TSV with one header line. A user's own folder
adds rules and rows, overrides those with the same id (or the same first column), or switches them off.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from zhengwen.errors import BadRule
from zhengwen.sought import Sought

__all__ = ["Example", "Rule", "RuleFile", "Rules", "atomic", "load", "marked", "shipped"]


class Example(BaseModel):
    """A text that the rule must accept, the match in [square brackets]; `expect` are slots that must come out."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    text: str = Field(min_length=1)
    expect: Mapping[str, Any] = {}


class Rule(BaseModel):
    """One rule: what it matches, why, what it yields, and texts that prove it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str = Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$")
    why: str = Field(min_length=1)
    pattern: str = Field(min_length=1)
    examples: tuple[Example | str, ...] = Field(min_length=1)
    rejects: tuple[str, ...] = ()
    yields: Mapping[str, Any] = {}
    weight: int = 0
    off: bool = False

    def cases(self) -> Iterator[Example]:
        """Yield the examples, plain strings as examples that expect nothing more than a match."""
        for example in self.examples:
            yield Example(text=example) if isinstance(example, str) else example

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern, for the stages whose patterns are regular expressions over text."""
        return re.compile(self.pattern)

    @cached_property
    def sought(self) -> Sought:
        """The same, tried only on text that holds the words which its matches have."""
        return Sought(self.regex)


class RuleFile(BaseModel):
    """One TOML file: who reads it, and its rules in order."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    stage: str
    about: str = ""
    parts: Mapping[str, str] = {}
    """Named pieces of patterns, written `{name}` in them."""
    rule: tuple[Rule, ...] = ()


Row = Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Rules:
    """All rules and term lists of one run. `topics` maps a file's stem path (`values/labels`) to its rules."""

    topics: Mapping[str, RuleFile]
    tables: Mapping[str, tuple[Row, ...]]
    hash: str
    origin: Mapping[str, str] = field(default_factory=dict)

    def of(self, topic: str) -> tuple[Rule, ...]:
        """Return the active rules of a topic, in file order; an unknown topic has none."""
        file = self.topics.get(topic)
        return tuple(r for r in file.rule if not r.off) if file else ()

    def table(self, name: str) -> tuple[Row, ...]:
        """Return the rows of a term list by its stem path (`units`), an error when there is none."""
        if name not in self.tables:
            raise BadRule("no such term list", where=f"rules/{name}.tsv")
        return self.tables[name]

    def all(self) -> Iterator[tuple[str, Rule]]:
        """Yield (topic, rule) for every active rule, by topic."""
        for topic in sorted(self.topics):
            for rule in self.of(topic):
                yield topic, rule

    def find(self, rule_id: str) -> tuple[str, Rule]:
        """Return (topic, rule) of a rule's id; `BadRule` when there is none."""
        for topic, rule in self.all():
            if rule.id == rule_id:
                return topic, rule
        raise BadRule(f"no rule has the id {rule_id!r}", where="rules")


def shipped() -> Traversable:
    """Return the rules that came with this install: inside the wheel, else the checkout's `rules/`."""
    inside = files("zhengwen") / "rules"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "rules"


@lru_cache(maxsize=8)
def load(folder: Path | None = None) -> Rules:
    """Load the shipped rules, and over them those of `folder` when one is given.

    Raises `BadRule` (one line: file, rule, what) for a rule that is not valid.
    """
    layers: list[Traversable] = [shipped()] + ([folder] if folder else [])
    if folder and not folder.is_dir():
        raise BadRule("no such folder", where=str(folder))
    topics: dict[str, RuleFile] = {}
    tables: dict[str, tuple[Row, ...]] = {}
    origin: dict[str, str] = {}
    digest = hashlib.sha256()
    for layer in layers:
        for stem, suffix, data in _files(layer, ""):
            digest.update(f"{stem}{suffix}\0".encode() + data + b"\0")
            if suffix == ".gz":
                continue
            where = f"{layer}/{stem}{suffix}"
            if suffix == ".toml":
                topics[stem] = _overlay_rules(topics.get(stem), _parse(data, where), where)
                origin |= {r.id: where for r in topics[stem].rule if r.id not in origin}
            else:
                tables[stem] = _overlay_rows(tables.get(stem, ()), _rows(data, where))
    _unique(topics)
    return Rules(topics, tables, digest.hexdigest(), origin)


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return an example's text without its [brackets], and the spans that they enclosed."""
    plain: list[str] = []
    spans: list[tuple[int, int]] = []
    start = 0
    for char in text:
        if char == "[":
            start = len(plain)
        elif char == "]":
            spans.append((start, len(plain)))
        else:
            plain.append(char)
    return "".join(plain), spans


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            yield from _files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".toml", ".tsv", ".gz")):
            stem, _, suffix = entry.name.rpartition(".")
            yield prefix + stem, f".{suffix}", entry.read_bytes()


def _parse(data: bytes, where: str) -> RuleFile:
    try:
        file = RuleFile.model_validate(tomllib.loads(data.decode("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadRule(str(error), where=where) from None
    except ValidationError as error:
        first = error.errors()[0]
        path = ".".join(str(p) for p in first["loc"])
        raise BadRule(f"{path}: {first['msg']}", where=where) from None
    return file.model_copy(update={"rule": tuple(_expand(r, file.parts, where) for r in file.rule)})


def _expand(rule: Rule, parts: Mapping[str, str], where: str) -> Rule:
    """Put the file's named parts into a pattern; a part may use those before it."""
    pattern = rule.pattern
    for name, part in reversed(list(parts.items())):
        pattern = pattern.replace("{" + name + "}", f"(?:{part})")
    left = re.search(r"\{[a-z_]+\}", pattern)
    if left:
        raise BadRule(f"unknown part {left.group()}", where=f"{where} {rule.id}")
    return rule.model_copy(update={"pattern": atomic(pattern)})


_POSSESSIVE = re.compile(r"\)([*+?]|\{[0-9,]+\})\+")
_STEP = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*+\]|.", re.DOTALL)


def atomic(pattern: str) -> str:
    """Return a pattern with possessive groups `(…)*+` as the atomic groups `(?>(…)*)` that they stand for.

    They mean the same, but Python before 3.11.5 matches possessive groups wrongly (its issue 106052).
    """
    if not _POSSESSIVE.search(pattern):
        return pattern
    out: list[str] = []
    opened: list[int] = []
    at = 0
    while step := _STEP.match(pattern, at):
        out.append(step.group())
        if step.group() == "(":
            opened.append(len(out) - 1)
        possessive = _POSSESSIVE.match(pattern, at) if step.group() == ")" else None
        start = opened.pop() if step.group() == ")" and opened else 0
        if possessive:
            out[start:] = ["(?>", *out[start:], possessive.group(1), ")"]
        at = possessive.end() if possessive else step.end()
    return "".join(out)


def _overlay_rules(below: RuleFile | None, above: RuleFile, where: str) -> RuleFile:
    """Put a user's rules over the shipped ones: same id replaces in place, new ids come first."""
    ids = [r.id for r in above.rule]
    twice = {i for i in ids if ids.count(i) > 1}
    if twice:
        raise BadRule(f"id used twice: {min(twice)}", where=where)
    if below is None:
        return above
    mine = {r.id: r for r in above.rule}
    kept = tuple(mine.pop(r.id, r) for r in below.rule)
    return below.model_copy(update={"rule": tuple(mine.values()) + kept})


def _rows(data: bytes, where: str) -> tuple[Row, ...]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise BadRule(f"line {number} is no UTF-8", where=where) from None
    lines = [x for x in text.splitlines() if x.strip() and not x.startswith("# ")]
    head = lines[0].split("\t") if lines else []
    rows = []
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) > len(head):
            raise BadRule(f"more cells than columns: {line[:40]!r}", where=where)
        rows.append(dict(zip(head, cells + [""] * (len(head) - len(cells)), strict=True)))
    return tuple(rows)


def _overlay_rows(below: Sequence[Row], above: Sequence[Row]) -> tuple[Row, ...]:
    """Put a user's rows over the shipped ones: the first column is the key; `off` in any `off` column drops."""
    if not below:
        return tuple(above)
    key = next(iter(below[0]))
    mine = {r.get(key, ""): r for r in above}
    merged = [mine.pop(r[key], r) for r in below] + list(mine.values())
    return tuple(r for r in merged if r.get("off", "") != "off")


def _unique(topics: Mapping[str, RuleFile]) -> None:
    seen: dict[str, str] = {}
    for topic, file in topics.items():
        for rule in file.rule:
            if rule.id in seen:
                raise BadRule(f"id used twice: {rule.id} (also in {seen[rule.id]})", where=f"rules/{topic}.toml")
            seen[rule.id] = topic
