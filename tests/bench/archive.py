"""Speed and memory of `zhengwen batch` over an archive; a benchmark to be run by hand, not a test.

    python tests/bench/archive.py news.jsonl.gz --workers 1 2 --every 1

Prints a line of JSON for each run: articles and characters per second of the clock and of processor time, the highest
memory of each process, the load of the machine; then the speed of `jieba.lcut` alone over the same text.
Processor time is what to compare on a machine that others use too.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Watched:
    """A process and what was seen of it."""

    name: str
    peak_mb: float = 0.0
    cpu: float = 0.0


@dataclass
class Watch:
    """Looks at a process and its children until it ends."""

    root: int
    seen: dict[int, Watched] = field(default_factory=dict)

    def until_end(self, process: subprocess.Popen[bytes]) -> None:
        while process.poll() is None:
            for pid in self._family():
                self._look(pid)
            time.sleep(0.1)

    def _family(self) -> Iterator[int]:
        yield self.root
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text(errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[1]) == self.root:
                yield int(stat.parent.name)

    def _look(self, pid: int) -> None:
        try:
            status = Path(f"/proc/{pid}/status").read_text()
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return
        name = "parent" if pid == self.root else "worker" if b"spawn_main" in command else "tracker"
        seen = self.seen.setdefault(pid, Watched(name))
        seen.peak_mb = max(seen.peak_mb, *(int(x.split()[1]) / 1024 for x in status.splitlines() if "VmHWM" in x), 0)
        seen.cpu = (int(fields[11]) + int(fields[12])) / _TICKS


def rows_of(path: Path, every: int) -> Iterator[bytes]:
    opener = gzip.open if path.name.endswith(".gz") else open
    with opener(path, "rb") as lines:
        for number, line in enumerate(lines):
            if number % every == 0:
                yield line


def batch(archive: Path, workers: int, folder: Path) -> dict[str, Any]:
    """Run a batch over an archive and return what was measured."""
    out = folder / f"run-{workers}"
    command = [
        sys.executable,
        "-m",
        "zhengwen",
        "batch",
        str(archive),
        "-o",
        str(out),
        "--workers",
        str(workers),
        "--quiet",
    ]
    load, started = os.getloadavg()[0], time.monotonic()
    process = subprocess.Popen(command)
    watch = Watch(process.pid)
    watch.until_end(process)
    seconds = time.monotonic() - started
    about = json.loads((out / "run.json").read_text(encoding="utf-8"))
    cpu = sum(w.cpu for w in watch.seen.values())
    articles, characters = about["articles"]["done"], about["characters"]
    return {
        "workers": workers,
        "articles": articles,
        "failed": about["articles"]["failed"],
        "characters": characters,
        "figures": about["records"].get("figure", 0),
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "articles_per_second": round(articles / seconds, 1),
        "characters_per_second": round(characters / seconds),
        "characters_per_cpu_second": round(characters / cpu),
        "peak_mb": {
            f"{w.name} {n}": round(w.peak_mb) for n, w in enumerate(watch.seen.values()) if w.name != "tracker"
        },
        "parquet_mb": round(sum(p.stat().st_size for p in out.rglob("*.parquet")) / 1e6, 1),
        "manifest_mb": round(sum(p.stat().st_size for p in (out / ".state").iterdir()) / 1e6, 1),
        "load": [round(load, 1), round(os.getloadavg()[0], 1)],
    }


def jieba_alone(archive: Path) -> dict[str, Any]:
    """Return how fast jieba cuts every fiftieth text, in processor time."""
    import jieba

    jieba.setLogLevel(30)
    jieba.initialize()
    texts = [json.loads(line)["text"] for line in rows_of(archive, 50)]
    started = time.process_time()
    for text in texts:
        jieba.lcut(text)
    seconds = time.process_time() - started
    characters = sum(map(len, texts))
    return {"jieba_characters_per_cpu_second": round(characters / seconds), "characters": characters}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--every", type=int, default=1, help="take every Nth row only")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        one = home / "one.jsonl"
        one.write_bytes(next(rows_of(asked.archive, 1)))
        print(json.dumps({"start_up": batch(one, 1, home / "start")}), flush=True)
        archive = home / "archive.jsonl"
        with archive.open("wb") as file:
            file.writelines(rows_of(asked.archive, asked.every))
        for workers in asked.workers:
            print(json.dumps(batch(archive, workers, home)), flush=True)
        print(json.dumps(jieba_alone(asked.archive)), flush=True)


if __name__ == "__main__":
    main()
