"""Fuzz the targets, each for its share of the time: `make fuzz`, or `drive.py --seconds 600 text pdf`.

Each target runs in a process of its own (libFuzzer ends at the first crash), which is started again until the time is
up. Inputs that found something new are kept in `build/fuzz/corpus`, crashes in `build/fuzz/crashes`, what was done in
`build/fuzz/runs.jsonl`; `--table` prints that as the table of docs/trust.md.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

BUILD = Path(os.environ.get("ZHENGWEN_FUZZ", Path(__file__).parents[2] / "build" / "fuzz"))
SLOWEST = 25
"""Seconds that one input may take (of the clock: the machine may be busy) before it counts as a hang."""
MEMORY_MB = 3_072
_DONE = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
_SEEN = re.compile(r"^#(\d+)\s", re.MULTILINE)
_SAVED = re.compile(r"Test unit written to (\S+)")
_TOP = re.compile(r"^[A-Za-z_.]*(?:Error|Exception|Exit|Interrupt)\b")


def child(name: str, arguments: Sequence[str]) -> None:
    """Be the process that fuzzes one target; never returns."""
    import atheris

    sys.path.insert(0, str(Path(__file__).parent))
    with atheris.instrument_imports(include=["zhengwen"]):
        import targets

        import zhengwen.extraction
        import zhengwen.rulecheck  # noqa: F401
    target = targets.TARGETS[name]
    target.run(target.seeds()[0])  # what is built at the first use is no part of an input's time
    atheris.Setup([name, *arguments], target.run)
    atheris.Fuzz()


def slice_of(name: str, seconds: int) -> dict[str, Any]:
    """Fuzz one target for so many seconds of the clock and return what was done."""
    sys.path.insert(0, str(Path(__file__).parent))
    import targets

    target = targets.TARGETS[name]
    corpus, crashes = BUILD / "corpus" / name, BUILD / "crashes" / name
    for folder in (corpus, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (corpus / f"seed{number:03}").write_bytes(seed)
    words = BUILD / f"{name}.dict"
    words.write_text("".join(f'"{_escaped(w)}"\n' for w in target.words()), encoding="ascii")
    until, executions, found = time.monotonic() + seconds, 0, []
    while (left := int(until - time.monotonic())) > 1:
        options = (
            *(f"-max_total_time={left}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY_MB}"),
            *(f"-max_len={target.longest}", f"-dict={words}", f"-artifact_prefix={crashes}/", "-print_final_stats=1"),
        )
        command = [sys.executable, __file__, "--child", name, *options, str(corpus)]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        said = done.stdout + done.stderr
        counted = _DONE.findall(said) or _SEEN.findall(said)
        executions += int(counted[-1]) if counted else 0
        saved = _SAVED.findall(said)
        if saved:
            found.append({"input": Path(saved[-1]).name, "what": _what(said)})
            (crashes / f"{Path(saved[-1]).name}.log").write_text(said[-20_000:], encoding="utf-8")
        elif done.returncode:
            print(f"{name}: exit {done.returncode}: {said[-600:]}", file=sys.stderr)
            if not counted:
                break
    return {"target": name, "seconds": seconds, "executions": executions, "found": found}


def _escaped(word: bytes) -> str:
    return "".join(chr(b) if 32 < b < 127 and chr(b) not in '"\\' else f"\\x{b:02x}" for b in word)


def _what(said: str) -> str:
    """Return the line that names a crash: the exception, else what libFuzzer says."""
    lines = [x.strip() for x in said.splitlines()]
    named = [x for x in lines if _TOP.match(x)]
    summary = [x for x in lines if x.startswith(("SUMMARY", "==", "ALARM"))]
    return " ".join((named or summary or ["?"])[-1].split())[:200]


def rows() -> Iterator[str]:
    """Yield the table of all slices so far."""
    runs = [json.loads(x) for x in (BUILD / "runs.jsonl").read_text(encoding="utf-8").splitlines()]
    seconds: Counter[str] = Counter()
    executions: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for run in runs:
        seconds[run["target"]] += run["seconds"]
        executions[run["target"]] += run["executions"]
        found[run["target"]] += len(run["found"])
    yield "| target | minutes | executions | crashes |"
    yield "|---|---|---|---|"
    for name in seconds:
        yield f"| {name} | {seconds[name] / 60:.1f} | {executions[name]:,} | {found[name]} |"
    yield f"| all | {seconds.total() / 60:.1f} | {executions.total():,} | {found.total()} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", help="without any: all of them")
    parser.add_argument("--seconds", type=int, default=3_600, help="for all targets together")
    parser.add_argument("--table", action="store_true", help="print what was done so far")
    asked = parser.parse_args()
    if asked.table:
        print("\n".join(rows()))
        return
    sys.path.insert(0, str(Path(__file__).parent))
    import targets

    names = asked.targets or list(targets.TARGETS)
    BUILD.mkdir(parents=True, exist_ok=True)
    crashed = 0
    for name in names:
        done = slice_of(name, asked.seconds // len(names))
        with (BUILD / "runs.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(done, ensure_ascii=False) + "\n")
        print(f"{name}: {done['executions']:,} executions, {len(done['found'])} crashes", flush=True)
        for crash in done["found"]:
            print(f"  {crash['input']}: {crash['what']}", flush=True)
        crashed += len(done["found"])
    sys.exit(1 if crashed else 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], sys.argv[3:])
    main()
