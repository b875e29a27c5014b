"""jieba's own words, found faster."""

from __future__ import annotations

from math import log
from typing import Any

__all__ = ["quick"]


def quick(tokenizer: type) -> Any:
    """Return jieba's tokenizer with its way through the dictionary found in one pass, the same to the last bit."""

    class Quick(tokenizer):  # type: ignore[misc]
        """Looks words up where it weighs them, and takes the logarithm of each frequency once."""

        def __init__(self) -> None:
            super().__init__()
            self._logs: dict[int, float] = {}

        def get_DAG(self, sentence: str) -> str:
            """Return what `calc` needs: the sentence itself."""
            return sentence

        def calc(self, sentence: str, _: str, route: dict[int, tuple[float, int]]) -> None:
            """Put into `route` the best word to begin at each position: its weight and its last position."""
            frequency, logs, total, size = self.FREQ, self._logs, log(self.total), len(sentence)
            route[size] = (0, 0)
            for start in range(size - 1, -1, -1):
                best: tuple[float, int] | None = None
                end = start + 1
                count = frequency.get(sentence[start])
                while count is not None:
                    if count:
                        weight = logs.get(count)
                        if weight is None:
                            weight = logs[count] = log(count)
                        found = (weight - total + route[end][0], end - 1)
                        if best is None or found > best:
                            best = found
                    end += 1
                    if end > size:
                        break
                    count = frequency.get(sentence[start:end])
                route[start] = best or (log(1) - total + route[start + 1][0], start)

    return Quick
