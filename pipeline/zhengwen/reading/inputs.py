"""What there is to read: files, folders, globs and `-` become a list of inputs, in the order given."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from zhengwen.errors import BadInput

__all__ = ["Input", "InputKind", "find_inputs"]

InputKind = Literal["text", "jsonl", "csv", "texts", "stdin"]

_ARCHIVES: tuple[tuple[str, InputKind], ...] = ((".jsonl", "jsonl"), (".jsonl.gz", "jsonl"), (".csv", "csv"))
_LATER = {".html", ".htm", ".pdf", ".docx", ".doc", ".xlsx", ".xls", ".zip", ".warc", ".parquet"}


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read, named as the user named it (a folder's file: the folder as given, then the path in it)."""

    source: str
    path: Path
    kind: InputKind = "text"


def find_inputs(arguments: Iterable[str | Path]) -> list[Input | BadInput]:
    """Return what `arguments` name, in their order, each file once; what cannot be read stands there as its error.

    A folder means the `.txt` files under it; archives (`.jsonl`, `.jsonl.gz`, `.csv`) must be named themselves.
    """
    found: dict[str, Input | BadInput] = {}
    for argument in arguments:
        for item in _expand(str(argument)):
            found.setdefault(item.source if isinstance(item, Input) else f"error {item.line()}", item)
    return list(found.values())


def _expand(argument: str) -> Iterator[Input | BadInput]:
    path = Path(argument)
    if argument == "-":
        yield Input("-", path, "stdin")
    elif not argument:
        yield BadInput("an empty name", code="missing", where="''")
    elif _is(path, "dir"):
        yield from _folder(path)
    elif _is(path, "file"):
        yield _file(argument, path)
    elif glob.has_magic(argument):
        names = sorted(n for n in glob.glob(argument, recursive=True) if Path(n).is_file())  # noqa: PTH207
        yield from (_file(n, Path(n)) for n in names)
        if not names:
            yield BadInput("no file matches", code="missing", where=argument)
    else:
        yield BadInput("no such file", code="missing", where=argument)


def _is(path: Path, what: Literal["dir", "file"]) -> bool:
    """Tell what a path is; a name that no file can have is nothing."""
    try:
        return path.is_dir() if what == "dir" else path.is_file()
    except (OSError, ValueError):
        return False


def _folder(folder: Path) -> Iterator[Input | BadInput]:
    files = sorted(p for p in folder.rglob("*") if p.suffix.lower() == ".txt" and p.is_file())
    yield from (Input(str(p), p) for p in files)
    if not files:
        yield BadInput("the folder holds no .txt file", code="missing", where=str(folder))


def _file(source: str, path: Path) -> Input | BadInput:
    name = path.name.lower()
    if path.suffix.lower() == ".parquet" and _keeps_texts(path):
        return Input(source, path, "texts")
    if path.suffix.lower() in _LATER:
        return BadInput(f"{path.suffix} files are not read yet; save it as .txt", code="format", where=source)
    for suffix, kind in _ARCHIVES:
        if name.endswith(suffix):
            return Input(source, path, kind)
    return Input(source, path)


def _keeps_texts(path: Path) -> bool:
    from zhengwen.reading.texts import is_texts

    return is_texts(path)
