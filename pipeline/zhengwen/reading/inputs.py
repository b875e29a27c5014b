"""What there is to read: files, folders, globs and `-` become a list of inputs, in the order given."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from zhengwen.errors import BadInput

__all__ = ["Input", "InputKind", "find_inputs", "iter_inputs", "kind_of", "unread"]

InputKind = Literal[
    "text", "html", "pdf", "docx", "xlsx", "jsonl", "csv", "parquet", "zip", "tar", "warc", "texts", "stdin"
]

_KINDS: tuple[tuple[str, InputKind], ...] = (
    (".jsonl.gz", "jsonl"),
    (".jsonl", "jsonl"),
    (".ndjson", "jsonl"),
    (".csv", "csv"),
    (".parquet", "parquet"),
    (".html", "html"),
    (".htm", "html"),
    (".shtml", "html"),
    (".xhtml", "html"),
    (".pdf", "pdf"),
    (".docx", "docx"),
    (".xlsx", "xlsx"),
    (".xlsm", "xlsx"),
    (".warc.gz", "warc"),
    (".warc", "warc"),
    (".zip", "zip"),
    (".tar", "tar"),
    (".tar.gz", "tar"),
    (".tgz", "tar"),
    (".tar.bz2", "tar"),
    (".tar.xz", "tar"),
    (".txt", "text"),
)
"""What a name's ending says; anything else is tried as text."""
_FOLDER_KINDS = frozenset({"text", "html", "pdf", "docx", "xlsx"})
"""What is read of a folder: articles of their own. Archives must be named themselves."""
_UNREAD = {
    ".doc": "old Word files are not read; save it as .docx",
    ".wps": "WPS files are not read; save it as .docx",
    ".xls": "old Excel files are not read; save it as .xlsx",
    ".et": "WPS sheets are not read; save it as .xlsx",
    ".ofd": "OFD files (GB/T 33190) are not read: no well-kept reader exists; save it as .pdf",
    ".ppt": "slides are not read; save the text as .txt",
    ".pptx": "slides are not read; save the text as .txt",
    ".rar": "rar archives are not read; pack it as .zip",
    ".7z": "7z archives are not read; pack it as .zip",
    ".mhtml": "saved web archives are not read; save the page as .html",
    ".epub": "books are not read; save the text as .txt",
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp"), "a picture holds no text"),
}


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read, named as the user named it (a folder's file: the folder as given, then the path in it)."""

    source: str
    path: Path
    kind: InputKind = "text"


def find_inputs(arguments: Iterable[str | Path]) -> list[Input | BadInput]:
    """Return what `arguments` name, in their order, each file once; what cannot be read stands there as its error.

    A folder means the articles under it (`.txt`, `.html`, `.pdf`, `.docx`, `.xlsx`); archives (`.jsonl`, `.csv`,
    `.parquet`, `.zip`, `.tar`, `.warc`) must be named themselves.
    """
    found: dict[str, Input | BadInput] = {}
    for item in iter_inputs(arguments):
        found.setdefault(item.source if isinstance(item, Input) else f"error {item.line()}", item)
    return list(found.values())


def iter_inputs(arguments: Iterable[str | Path]) -> Iterator[Input | BadInput]:
    """Yield the same one by one, a file as often as it is named: for folders too large to be listed in memory."""
    for argument in arguments:
        yield from _expand(str(argument))


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
    found = False
    for path in _walk(folder):
        found = True
        yield Input(str(path), path, kind_of(path.name)) if isinstance(path, Path) else path
    if not found:
        kinds = ".txt, .html, .pdf, .docx, .xlsx"
        yield BadInput(f"the folder holds no article ({kinds})", code="missing", where=str(folder))


def _wanted(path: Path) -> bool:
    name = path.name.lower()
    return any(name.endswith(s) and k in _FOLDER_KINDS for s, k in _KINDS) and not name.startswith("~$")


def kind_of(name: str) -> InputKind:
    """Return what a file's name says it is; text when it says nothing."""
    name = name.lower()
    return next((kind for suffix, kind in _KINDS if name.endswith(suffix)), "text")


def unread(name: str) -> str:
    """Return why files of this ending are not read, "" when they may be."""
    return _UNREAD.get(Path(name).suffix.lower(), "")


def _walk(folder: Path) -> Iterator[Path | BadInput]:
    """Yield the articles under a folder in the order of their paths, holding the names of one folder at a time."""
    try:
        with os.scandir(folder) as entries:
            kept = sorted((e.name, e.is_dir(follow_symlinks=False)) for e in entries)
    except OSError as error:
        yield BadInput(f"the folder cannot be listed: {error.strerror}", code="unreadable", where=str(folder))
        return
    for name, is_folder in kept:
        path = folder / name
        if is_folder:
            yield from _walk(path)
        elif _wanted(path) and path.is_file():
            yield path


def _file(source: str, path: Path) -> Input | BadInput:
    why = unread(path.name)
    if why:
        return BadInput(why, code="format", where=source)
    kind = kind_of(path.name)
    return Input(source, path, "texts" if kind == "parquet" and _keeps_texts(path) else kind)


def _keeps_texts(path: Path) -> bool:
    """Tell whether a Parquet file is the texts of an earlier run."""
    from zhengwen.reading.texts import is_texts

    return is_texts(path)
