"""The sentence around a place in a text, for people who look at a miss."""

from __future__ import annotations

__all__ = ["sentence_at"]

_ENDS = "。！？!?\n\r"
_LONGEST = 160


def sentence_at(text: str, start: int, end: int, longest: int = _LONGEST) -> str:
    """Return the sentence of `text` around `start:end`, that part in 【brackets】, `longest` at most on each side."""
    left = max((text.rfind(mark, 0, start) for mark in _ENDS), default=-1) + 1
    stops = [at for at in (text.find(mark, end) for mark in _ENDS) if at >= 0]
    right = min(stops, default=len(text) - 1) + 1
    left, right = max(left, start - longest), min(right, end + longest)
    return f"{text[left:start]}【{text[start:end]}】{text[end:right]}".strip().replace("\n", " ").replace("\r", " ")
