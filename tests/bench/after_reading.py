"""What the passes over a finished run cost: `python tests/bench/after_reading.py RUN`."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

from zhengwen.running.reprints import find_reprints
from zhengwen.running.slices import Where, parts_of


def main() -> None:
    run = Path(sys.argv[1])
    started = time.process_time()
    condition = Where("measure = 'growth_rate' and value > 10")
    chosen = sum(len(condition.places(part)) for part in parts_of(run))
    print(f"a condition: {chosen} rows, {time.process_time() - started:.1f} s")
    for near in (False, True):
        started = time.process_time()
        found = find_reprints(run, near=near)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        name = "near reprints too" if near else "reprints"
        print(f"{name}: {len(found)}, {time.process_time() - started:.1f} s, {peak:.0f} MB")


if __name__ == "__main__":
    main()
