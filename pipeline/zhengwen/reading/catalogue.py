"""What a catalogue and the paths themselves say about inputs: `--meta FILE --key COLUMN`, `--path-pattern PATTERN`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path, PurePath

from zhengwen.errors import BadInput
from zhengwen.reading.encoding import decode
from zhengwen.reading.files import bytes_of
from zhengwen.reading.metadata import meta_of
from zhengwen.stages import Meta

__all__ = ["KNOWN", "Catalogue", "Known", "PathPattern", "Sources", "columns_of"]

KNOWN = ("date", "title", "source_name", "url", "place")
"""The fields of the metadata that take part in reading; all others pass through to the tables."""
_ROW_FIELDS = ("text", "id", *KNOWN)
_FIELD = re.compile(r"\{(\w*)\}")


@dataclass(frozen=True)
class Catalogue:
    """Rows of a CSV file by the value of one column: a file's name, path or stem, or an archive row's id."""

    rows: Mapping[str, Mapping[str, str]]
    columns: tuple[str, ...] = ()

    @classmethod
    def read(cls, path: str, key: str) -> Catalogue:
        """Read a catalogue. Raises `BadInput` when it cannot be read, lacks the column, or names an input twice."""
        text = decode(bytes_of(path), where=path).text
        reader = csv.DictReader(io.StringIO(text, newline=""))
        columns = [c for c in (reader.fieldnames or ()) if c]
        if key not in columns:
            raise BadInput(f"the catalogue has no column named {key}", code="usage", where=path)
        rows: dict[str, Mapping[str, str]] = {}
        for number, row in enumerate(reader, 2):
            name = (row.get(key) or "").strip()
            if name in rows:
                raise BadInput(f"line {number} names {name} a second time", code="usage", where=path)
            if name:
                rows[name] = {c: (row.get(c) or "").strip() for c in columns if c != key}
        return cls(rows, tuple(c for c in columns if c != key))

    def of(self, source: str) -> Mapping[str, str]:
        """Return the row of an input, found by its place as given, its row's id, its path's end or its stem."""
        file, _, inner = source.partition("#")
        path = PurePath(inner or file)
        parts = path.parts
        ends = ["/".join(parts[i:]) for i in range(len(parts))]
        for name in (source, inner, *ends, path.stem):
            if name and name in self.rows:
                return self.rows[name]
        return {}


class PathPattern:
    """A pattern of the end of a path without its suffix: `{source_name}/{date}/{edition}`; `{}` stands for anything."""

    def __init__(self, pattern: str) -> None:
        pieces = _FIELD.split(pattern.strip("/"))
        names = [n for n in pieces[1::2] if n]
        if not names or len(set(names)) != len(names):
            raise BadInput(
                "wants names in braces, each once: {source_name}/{date}", code="usage", where="--path-pattern"
            )
        self.columns = tuple(names)
        parts = [re.escape(p) if i % 2 == 0 else (f"(?P<{p}>[^/]+?)" if p else "[^/]*?") for i, p in enumerate(pieces)]
        self._regex = re.compile("(?:^|/)" + "".join(parts) + "$")

    def of(self, source: str) -> Mapping[str, str]:
        """Return what the path of an input says, nothing when it does not fit the pattern."""
        file, _, inner = source.partition("#")
        path = Path(inner if "/" in inner or "." in inner else file)
        found = self._regex.search(path.with_suffix("").as_posix() if path.name else "")
        return found.groupdict() if found else {}


def columns_of(text: str) -> Mapping[str, str]:
    """Return the columns chosen by `--columns text=正文,title=标题`: for each field the archive's column.

    Raises `BadInput` for a field that there is not.
    """
    chosen: dict[str, str] = {}
    for pair in filter(None, (p.strip() for p in text.split(","))):
        name, sign, column = pair.partition("=")
        if not sign or name.strip() not in _ROW_FIELDS or not column.strip():
            wanted = ", ".join(_ROW_FIELDS)
            raise BadInput(f"{pair}: wanted FIELD=COLUMN with a field of {wanted}", code="usage", where="--columns")
        chosen[name.strip()] = column.strip()
    return chosen


@dataclass(frozen=True)
class Sources:
    """What is known of inputs from outside them: a date for all, a catalogue, a pattern of paths, chosen columns."""

    date: str = ""
    catalogue: Catalogue | None = None
    pattern: PathPattern | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    keep: tuple[str, ...] = ()
    """Further columns to pass through to the tables, of archives' rows and web pages' heads."""

    @property
    def passed(self) -> tuple[str, ...]:
        """The columns that pass through to the tables: the catalogue's, the pattern's, those asked for."""
        own = (*(self.catalogue.columns if self.catalogue else ()), *(self.pattern.columns if self.pattern else ()))
        return tuple(dict.fromkeys(c for c in (*own, *self.keep) if c not in KNOWN))

    def complete(self, meta: Meta, source: str) -> Meta:
        """Fill in what `meta` leaves open: from the catalogue, the path, then the date for all.

        What a web page says of itself gives way to a catalogue; what stands beside a file or in its row does not.
        Raises `BadDate` when a date is none.
        """
        weak = meta.date_from == "html"
        for origin, said in (
            ("catalogue", self.catalogue.of(source) if self.catalogue else {}),
            ("path", self.pattern.of(source) if self.pattern else {}),
        ):
            if said:
                meta = _filled(meta, meta_of(said, origin, where=source), weak=weak)
        if self.date and not meta.date:
            meta = replace(meta, date=self.date, date_from="option")
        return meta


def _filled(meta: Meta, other: Meta, *, weak: bool) -> Meta:
    """Return `meta` with its open fields from `other`; with `weak`, those of `other` win."""
    first, second = (other, meta) if weak else (meta, other)
    known = {k: getattr(first, k) or getattr(second, k) for k in KNOWN}
    dated = first if first.date else second
    return Meta(**known, date_from=dated.date_from, extra={**second.extra, **first.extra})


@dataclass(frozen=True, slots=True)
class Known:
    """What the user says of the inputs, as typed: `--meta`, `--key`, `--path-pattern`, `--columns`, `--keep`."""

    meta: str = ""
    key: str = ""
    path_pattern: str = ""
    columns: str = ""
    keep: str = ""

    def sources(self, date: str = "") -> Sources:
        """Return it read and checked. Raises `BadInput` for what cannot be asked for."""
        if bool(self.meta) != bool(self.key):
            raise BadInput("--meta FILE and --key COLUMN go together", code="usage", where="--meta")
        return Sources(
            date,
            Catalogue.read(self.meta, self.key) if self.meta else None,
            PathPattern(self.path_pattern) if self.path_pattern else None,
            columns_of(self.columns),
            tuple(filter(None, (c.strip() for c in self.keep.split(",")))),
        )

    def plain(self) -> dict[str, str]:
        """Return what was said as plain JSON values, for `run.json`."""
        return {f.name: value for f in fields(self) if (value := getattr(self, f.name))}
