"""The benchmark in one command: `make bench`, or `python tests/bench/bench.py [--quick] [--write docs/benchmarks.md]`.

Speed of each stage and of the whole against peers in the same run, start-up, memory, and how cost grows with one
article's length and with the number of articles. Times are processor seconds. Even these rise when another program
shares a core, never fall: the program and its peers take turns at the same few pages, several times over, and of each
page the least time counts, so that the ratios hold on a busy machine; told is the median page's. Peers are installed
into an environment of their own under `build/bench`; one that does not install is told as that.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import venv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
HOME = ROOT / "build" / "bench"
US = "zhengwen, whole"
LONGEST_LINE = 3
"""Seconds after which a line is taken from a peer: one of them never ends with some of ours."""
TOGETHER = 2
"""Pages in a turn."""
PASSES = 7
"""How often all pages are read."""
PATIENCE = 120
"""Seconds after which a peer that does not answer is stopped."""
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


def answer(name: str, pages: Sequence[str]) -> None:
    """Read the pages that each line of standard input names, and print for each what reading it took."""
    answers, sys.stdout = sys.stdout, sys.stderr  # some peers greet
    read = whole_page() if name == US else by_lines(peer(name))
    read(pages[0])
    for order in sys.stdin:
        first, last = map(int, order.split())
        print(json.dumps([read(page) for page in pages[first:last]]), file=answers, flush=True)


class LateError(BaseException):
    """A line took too long; no peer takes it for an error of its own."""


Reading = Callable[[str], tuple[float, int, int]]
"""Reads a page: the processor seconds that it took, the characters read in them, and the lines that failed."""


def whole_page() -> Reading:
    """Return what reads a page with the whole program; it fails at nothing."""
    import zhengwen

    def reading(page: str) -> tuple[float, int, int]:
        started = time.process_time()
        zhengwen.extract(page)
        return time.process_time() - started, len(page), 0

    return reading


def by_lines(read: Callable[[str], Any]) -> Reading:
    """Return what reads a page line by line with a peer; a line that fails or takes too long counts for nothing.

    It is tried once only.
    """

    def late(*_: object) -> None:
        raise LateError

    bad: set[str] = set()
    signal.signal(signal.SIGALRM, late)

    def reading(page: str) -> tuple[float, int, int]:
        spent, characters, failed = 0.0, 0, 0
        for line in page.splitlines():
            if line in bad:
                failed += 1
                continue
            started = time.process_time()
            signal.setitimer(signal.ITIMER_REAL, LONGEST_LINE, LONGEST_LINE)  # again: a bare except may take the first
            try:
                read(line)
            except (Exception, LateError):  # a peer's fault with a line is a number in the table, not our end
                failed += 1
                bad.add(line)
                continue
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
            spent += time.process_time() - started
            characters += len(line) + 1
        return spent, characters, failed

    return reading


class Reader:
    """A program in a process of its own that reads a slice of pages whenever it is asked."""

    def __init__(self, name: str, python: Path | str, pages: Path) -> None:
        command = [str(python), __file__, "--answer", name, str(pages)]
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - a pipe fills up: some peers print much
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, text=True, bufsize=1
        )
        self.times: dict[int, list[float]] = defaultdict(list)
        """Processor seconds a character of each page, in each pass."""
        self.failed: dict[int, int] = {}
        """Lines of each page that failed."""
        self.fault = ""

    def ask(self, first: int, last: int) -> None:
        """Let it read the pages `first:last`; one that hangs or dies is not asked again."""
        if self.fault:
            return
        assert self._process.stdin and self._process.stdout
        watch = threading.Timer(PATIENCE, self._process.kill)
        watch.start()
        try:
            self._process.stdin.write(f"{first} {last}\n")
            said = json.loads(self._process.stdout.readline())
        except (OSError, ValueError):
            self._errors.seek(0)
            last = self._errors.read().strip().rpartition("\n")[2].partition("(")[0]
            hung = self._process.poll() is None or self._process.returncode < 0
            self.fault = f"stopped: a page took more than {PATIENCE} s" if hung else f"does not run: {last}"
            return
        finally:
            watch.cancel()
        for page, (spent, characters, failed) in enumerate(said, first):
            self.failed[page] = failed
            if characters:
                self.times[page].append(spent / characters)

    def speed(self) -> float:
        """Return the characters a second of the middle page, each page at its best."""
        return statistics.median(1 / min(times) for times in self.times.values())

    def against(self, other: Reader) -> float:
        """Return how many times as fast as another program this one reads the middle page, both at their best."""
        return statistics.median(min(other.times[page]) / min(times) for page, times in self.times.items())

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()
        self._errors.close()


def installed() -> Iterator[tuple[str, bool]]:
    """Install the peers into an environment of their own, and say which are there."""
    python = HOME / "env" / "bin" / "python"
    if not python.exists():
        venv.create(HOME / "env", with_pip=True)
    for name, package in PEERS.items():
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *package.split()]
        yield name, not subprocess.run(install, capture_output=True, check=False).returncode


def in_turns(number: int) -> dict[str, Reader | None]:
    """Let the program and its peers read `number` pages in turns; a peer that does not install is None."""
    there = dict(installed())
    pages = HOME / "pages.json"
    pages.write_text(json.dumps(texts(), ensure_ascii=False), encoding="utf-8")
    readers: dict[str, Reader | None] = {US: Reader(US, sys.executable, pages)}
    for name, ok in there.items():
        readers[name] = Reader(name, HOME / "env" / "bin" / "python", pages) if ok else None
    running = [r for r in readers.values() if r]
    for _ in range(PASSES):
        for first in range(0, min(number, len(texts())), TOGETHER):
            for reader in running:
                reader.ask(first, first + TOGETHER)
    for reader in running:
        reader.close()
    return readers


def stages(seconds: float) -> tuple[float, Counter[str]]:
    """Characters a processor second of the whole engine, and the share of each stage."""
    sys.path.insert(0, str(Path(__file__).parent))
    from profile_engine import timed  # type: ignore[import-not-found]

    from zhengwen.engine import Engine
    from zhengwen.reading import page_of
    from zhengwen.rules import load

    pages = [page_of(text) for text in texts()]
    ready = Engine(load())
    for page in pages[:3]:
        ready.read(page)
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
    for text in texts()[:3]:
        zhengwen.extract(text)  # what is built when a text first needs it is start-up
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
    yield "Batches of an archive are measured in [scale](scale.md).\n"
    readers = in_turns(4 if quick else 1000)
    us = readers.pop(US)
    assert us and us.times, us and us.fault
    speed, (_, shares) = us.speed(), stages(seconds)
    yield "## Speed\n\n| what | characters a second | against zhengwen |\n|---|---|---|"
    yield f"| zhengwen, whole | {speed:,.0f} | 1 |"
    for name, share in shares.most_common():
        yield f"| – {name} | {speed / max(share, 1e-9):,.0f} | {share:.0%} of its time |"
    for name, found in readers.items():
        if found is None or not found.times:
            yield f"| {name} | {' '.join(found.fault.split()) if found else 'does not install'} | |"
            continue
        lines = sum(found.failed.values())
        failed = f" ({lines} lines failed)" if lines else ""
        failed += f" (after {len(found.times)} pages {found.fault})" if found.fault else ""
        yield f"| {name}{failed} | {found.speed():,.0f} | {found.against(us):.2f} |"
    yield f"\nOf each page the least time of {PASSES} passes, program and peers in turns; the median page."
    yield "jieba gives words, cn2an rewrites numerals, JioNLP finds money and times, Recognizers-Text numbers.\n"
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
    yield from accuracy()


def accuracy() -> Iterator[str]:
    """Yield the scores with their intervals: of the real labelled pages where they are, and of the project's own."""
    from zhengwen.corpus.status import score_table
    from zhengwen.scoring.commands import evaluations

    real = Path(os.environ.get("ZHENGWEN_SHARED", ROOT.parent / "shared")) / "corpus" / "real"
    yield "\n## Accuracy\n"
    if not real.is_dir():
        yield "The real labelled pages are not at hand (ZHENGWEN_SHARED); see [corpus/README.md](../corpus/README.md)."
        return
    yield from score_table(evaluations(ROOT / "corpus", None, None), evaluations(real, None, None)[0], date.today())
    yield "\nF1, or the share right, with the 95 % interval of a bootstrap over pages."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes: does it run?")
    parser.add_argument("--whole", action="store_true", help="up to 10 MB in one article and 100,000 articles: an hour")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--answer", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--grown", nargs=2, type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.answer:
        answer(asked.answer[0], json.loads(Path(asked.answer[1]).read_text(encoding="utf-8")))
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
