"""The benchmark in one command: `make bench`, or `python tests/bench/bench.py [--quick] [--write docs/benchmarks.md]`.

Speed of each stage and of the whole against peers in the same run, start-up, memory, and how cost grows with one
article's length and with the number of articles. Times are processor seconds, so that ratios hold on a busy machine.
Peers are installed into an environment of their own under `build/bench`; one that does not install is told as that.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import time
import venv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
HOME = ROOT / "build" / "bench"
PEERS = {
    "jieba": "jieba",
    "cn2an": "cn2an",
    "JioNLP": "jionlp",
    "Recognizers-Text": "recognizers-text-number emoji<2",
}
"""Peers and the packages that they come in."""


def texts() -> list[str]:
    """The project's own pages, those held out left aside."""
    lines = (ROOT / "corpus" / "manifest.tsv").read_text(encoding="utf-8").splitlines()
    blind = {line.split("\t")[0] for line in lines if "\theld_out" in line}
    paths = sorted((ROOT / "corpus" / "articles").glob("*.txt"))
    return [p.read_text(encoding="utf-8") for p in paths if p.stem not in blind]


def peer(name: str) -> Any:
    """Return what a peer does with a text: words, or the numbers and times that it finds."""
    if name == "jieba":
        import jieba

        jieba.setLogLevel(30)
        return jieba.lcut
    if name == "cn2an":
        import cn2an

        return lambda text: cn2an.transform(text, "cn2an")
    if name == "JioNLP":
        import jionlp

        return lambda text: (jionlp.ner.extract_money(text, with_parsing=True), jionlp.ner.extract_time(text))
    from recognizers_number import Culture, recognize_number

    return lambda text: recognize_number(text, Culture.Chinese)


def speed_of(name: str, pages: Sequence[str], seconds: float) -> dict[str, Any]:
    """Characters a processor second of one peer, until the pages or the seconds are used up."""
    read = peer(name)
    read(pages[0])
    started, characters, failed = time.process_time(), 0, 0
    for page in pages:
        for line in page.splitlines():
            try:
                read(line)
            except Exception:  # a peer's fault with a line is a number in the table, not our end
                failed += 1
            characters += len(line)
        if time.process_time() - started > seconds:
            break
    return {"speed": characters / (time.process_time() - started), "characters": characters, "failed": failed}


def peers(seconds: float) -> Iterator[tuple[str, dict[str, Any] | str]]:
    """Yield each peer's speed, or why there is none."""
    python = HOME / "env" / "bin" / "python"
    if not python.exists():
        venv.create(HOME / "env", with_pip=True)
    pages = HOME / "pages.json"
    pages.write_text(json.dumps(texts(), ensure_ascii=False), encoding="utf-8")
    for name, package in PEERS.items():
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *package.split()]
        if subprocess.run(install, capture_output=True, check=False).returncode:
            yield name, "does not install"
            continue
        command = [str(python), __file__, "--peer", name, str(pages), "--seconds", str(seconds)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        except subprocess.TimeoutExpired:
            yield name, "took more than five minutes"
            continue
        said = done.stdout.strip().splitlines()
        yield (
            name,
            json.loads(said[-1])
            if not done.returncode and said
            else "does not run: " + done.stderr.strip().rpartition("\n")[2].partition("(")[0],
        )


def stages(seconds: float) -> tuple[float, Counter[str]]:
    """Characters a processor second of the whole engine, and the share of each stage."""
    sys.path.insert(0, str(Path(__file__).parent))
    from profile_engine import timed  # type: ignore[import-not-found]

    from zhengwen.engine import Engine
    from zhengwen.reading import page_of
    from zhengwen.rules import load

    pages = [page_of(text) for text in texts()]
    ready = Engine(load())
    ready.read(pages[0])
    clock: Counter[str] = Counter()
    timed(ready, clock)
    started, characters = time.process_time(), 0
    for page in pages:
        ready.read(page)
        characters += len(page.text)
        if time.process_time() - started > seconds:
            break
    whole = time.process_time() - started
    shares = Counter({name: spent / 1e9 / whole for name, spent in clock.items()})
    shares["records, checks, the rest"] = 1 - sum(shares.values())
    return characters / whole, shares


def grown(size: int, articles: int) -> dict[str, Any]:
    """Read so many articles of so many characters in this process; its time without start-up, and its memory."""
    import zhengwen

    lines = [x for text in texts() for x in text.splitlines() if x.strip()]
    made, at = [], 0
    for _ in range(articles):
        page: list[str] = []
        length = 0
        while length < size:
            page.append(lines[at % len(lines)])
            length += len(page[-1]) + 1
            at += 1
        made.append("\n".join(page)[:size])
    zhengwen.extract("2021年,全区税收完成3.86亿元,同比增长7.4%。")
    started = time.process_time()
    for text in made:
        zhengwen.extract(text)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"characters": sum(map(len, made)), "seconds": time.process_time() - started, "mb": peak}


def elsewhere(*arguments: object) -> Any:
    """Run a part of the benchmark in a process of its own."""
    command = [sys.executable, __file__, *map(str, arguments)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[-1])


def exponent(points: Iterable[tuple[float, float]]) -> float:
    """The slope of log time over log size, by least squares."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    mx, my = (sum(v) / len(logs) for v in zip(*logs, strict=True))
    return sum((x - mx) * (y - my) for x, y in logs) / sum((x - mx) ** 2 for x, _ in logs)


def start_up() -> Iterator[tuple[str, float]]:
    """Processor seconds of a new Python, the least of five after one that writes the bytecode, as an install has."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    for name, code in {
        "zhengwen --help": "import sys; sys.argv=['zhengwen','--help']; from zhengwen.cli import main; main()",
        "import zhengwen": "import zhengwen",
        "the first article": "import zhengwen; zhengwen.extract('2021年,全区税收完成3.86亿元,同比增长7.4%。')",
    }.items():
        least = 1e9
        for _ in range(6):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            least = min(least, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        yield name, least


def report(quick: bool, whole: bool) -> Iterator[str]:
    """Yield the lines of docs/benchmarks.md."""
    seconds = 1.0 if quick else 15.0
    yield "# Benchmarks\n"
    yield "Made by `make bench`. Processor seconds; one process; the project's own pages (those held out left aside)."
    yield (
        "Accuracy with its intervals is in the [corpus/README.md](../corpus/README.md), "
        "batches of an archive in [scale](scale.md).\n"
    )
    speed, shares = stages(seconds)
    yield "## Speed\n\n| what | characters a second | against zhengwen |\n|---|---|---|"
    yield f"| zhengwen, whole | {speed:,.0f} | 1 |"
    for name, share in shares.most_common():
        yield f"| – {name} | {speed / max(share, 1e-9):,.0f} | {share:.0%} of its time |"
    for name, found in peers(seconds):
        if isinstance(found, str):
            yield f"| {name} | {' '.join(found.split())} | |"
        else:
            failed = f" ({found['failed']} lines failed)" if found["failed"] else ""
            yield f"| {name}{failed} | {found['speed']:,.0f} | {found['speed'] / speed:.2f} |"
    yield "\njieba gives words, cn2an rewrites numerals, JioNLP finds money and times, Recognizers-Text numbers.\n"
    yield "## Start-up\n\n| what | seconds |\n|---|---|"
    for name, least in start_up():
        yield f"| {name} | {least:.2f} |"
    lengths = (1_000, 4_000) if quick else (1_000, 10_000, 100_000, 330_000, *((3_300_000,) if whole else ()))
    numbers = (10, 40) if quick else (10, 100, 1_000, 3_000, *((100_000,) if whole else ()))
    for title, plan in (
        ("One article", [(n, 1) for n in lengths]),
        ("Many articles of 100 characters", [(100, n) for n in numbers]),
    ):
        points = [elsewhere("--grown", size, number) for size, number in plan]
        yield f"\n## {title}\n\n| articles | characters | seconds | highest memory, MB |\n|---|---|---|---|"
        for (_, number), p in zip(plan, points, strict=True):
            yield f"| {number:,} | {p['characters']:,} | {p['seconds']:.2f} | {p['mb']:.0f} |"
        fitted = exponent((p["characters"], max(p["seconds"], 1e-4)) for p in points)
        yield f"\nTime grows with the characters to the power of {fitted:.2f} (the aim: at most 1.05)."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes: does it run?")
    parser.add_argument("--whole", action="store_true", help="up to 10 MB in one article and 100,000 articles: an hour")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--peer", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=float, default=15.0, help=argparse.SUPPRESS)
    parser.add_argument("--grown", nargs=2, type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.peer:
        pages = json.loads(Path(asked.peer[1]).read_text(encoding="utf-8"))
        print(json.dumps(speed_of(asked.peer[0], pages, asked.seconds)))
    elif asked.grown:
        print(json.dumps(grown(*asked.grown)))
    else:
        HOME.mkdir(parents=True, exist_ok=True)
        lines = []
        for line in report(asked.quick, asked.whole):
            print(line, flush=True)
            lines.append(line)
        if asked.write:
            asked.write.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
