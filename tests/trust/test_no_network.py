"""Nothing that reads, writes or reports reaches the network: a run with its sockets closed does all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CLOSED = """
import sys

def closed(event, arguments):
    asked = event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
    if asked or (event == "socket.connect" and not isinstance(arguments[1], (str, bytes))):
        sys.stderr.write(f"NETWORK {event} {arguments!r}\\n")
        raise OSError("the network is closed")

sys.addaudithook(closed)
"""
"""Run by each new Python before anything else; a socket of the machine itself (a path) stays open to its workers."""


@pytest.fixture
def offline(tmp_path: Path) -> dict[str, str]:
    """An environment whose every Python finds the network closed."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(CLOSED, encoding="utf-8")
    path = os.pathsep.join(filter(None, (str(tmp_path / "site"), os.environ.get("PYTHONPATH", ""))))
    return {**os.environ, "PYTHONPATH": path}


def run(*arguments: str, env: dict[str, str], at: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=env, cwd=at, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_door_is_closed(offline: dict[str, str], tmp_path: Path) -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"

    assert "NETWORK" in run("-c", code, env=offline, at=tmp_path).stderr


def test_extract_batch_report_and_review_need_no_network(offline: dict[str, str], tmp_path: Path, root: Path) -> None:
    page = "<html><head><meta charset=utf-8></head><body><h1>题</h1><p>2021年,全区税收完成3.86亿元。</p></body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (tmp_path / "a.txt").write_text("2021年,全区税收完成3.86亿元,同比增长7.4%。", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text('{"text": "全区企业49家。"}\n', encoding="utf-8")
    commands = (
        ("extract", "a.txt", "a.html", "-o", "run", "--format", "parquet,sdmx,xlsx,html"),
        ("batch", "a.jsonl", "-o", "many", "--workers", "1", "--quiet"),
        ("export", "run", "--format", "html,xlsx"),
    )
    for command in commands:
        done = run("-m", "zhengwen", *command, env=offline, at=tmp_path)
        assert "NETWORK" not in done.stderr, (command, done.stderr)
        assert done.returncode == 0, (command, done.stderr)


def test_no_import_reaches_the_network(offline: dict[str, str], tmp_path: Path) -> None:
    code = (
        "from importlib import import_module\n"
        "from pkgutil import walk_packages\n"
        "import zhengwen\n"
        "for m in walk_packages(zhengwen.__path__, 'zhengwen.'):\n"
        "    if not m.name.endswith('__main__'):\n"
        "        try:\n"
        "            import_module(m.name)\n"
        "        except ImportError as error:\n"
        "            assert 'zhengwen' not in str(error.name), error\n"  # an extra that is not installed
        "print('all')"
    )
    done = run("-c", code, env=offline, at=tmp_path)

    assert "NETWORK" not in done.stderr
    assert done.stdout.strip() == "all", done.stderr
