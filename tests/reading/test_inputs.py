"""What there is to read: folders in the order of their paths, one folder in memory at a time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from zhengwen.errors import BadInput
from zhengwen.reading import Input, find_inputs, iter_inputs

NAMES = ["b.txt", "a.txt", "a/z.txt", "a.d/y.txt", "a/b/c.txt", "A.TXT", "c.meta.json", "d/e.rar", "中/文.txt"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    return tmp_path


def test_a_folder_is_read_in_the_order_of_its_paths(folder: Path) -> None:
    wanted = sorted(folder / n for n in NAMES if n.lower().endswith(".txt"))

    assert [i.path for i in find_inputs([folder]) if isinstance(i, Input)] == wanted
    assert list(iter_inputs([folder])) == find_inputs([folder])


def test_files_named_twice_are_inputs_once(folder: Path) -> None:
    assert len(find_inputs([folder, folder / "a.txt"])) == len(find_inputs([folder]))
    assert len(list(iter_inputs([folder, folder / "a.txt"]))) == len(find_inputs([folder])) + 1


def test_links_in_a_circle_are_not_followed(folder: Path) -> None:
    (folder / "a" / "up").symlink_to(folder, target_is_directory=True)

    assert len(find_inputs([folder])) == len([n for n in NAMES if n.lower().endswith(".txt")])


def test_a_folder_that_cannot_be_listed_is_one_line_and_the_rest_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = os.scandir

    def refusing(path: Path) -> object:
        if Path(path) == folder / "a":
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = find_inputs([folder])

    assert [i.line() for i in found if isinstance(i, BadInput)] == [
        f"{folder / 'a'}: the folder cannot be listed: Permission denied"
    ]
    assert sum(isinstance(i, Input) for i in found) == 5
