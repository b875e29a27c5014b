"""Does a pattern's time grow with the text alone? Its worst cases are made from its own structure, and timed.

A pattern meets its worst case where a loop can run on and on, in more ways than one, and what follows then fails: for
each loop the characters that most of the pattern's parts accept are repeated, behind what must stand before the loop,
and before what almost follows it. Those texts are made two and four times as long: time that grows much faster than
the text is told, with the text and the loop.
"""

from __future__ import annotations

import re
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

__all__ = ["Hostile", "Slow", "hostile", "slow"]

_LOOP = 3
"""A part that may repeat more often than this is a loop."""
_FULL = 4
"""How often a full sample takes what may be taken as often as it likes."""
_MOST = 32
_PUMPS = 5
_CASES = 48
_END = "\N{REPLACEMENT CHARACTER}"
_USUAL = "一1a 的，,\n"
_FIRST_LENGTHS = (6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 36, 40, 44, 48, 56, 64, 80, 96, 128, 192, 256)
_FIRST_LOOK = 1_024
_LENGTHS = (1_024, 2_048, 4_096)
_LINEAR = 2.7
"""How many times longer a text of twice the length may take, over two doublings: 2 is linear, 4 quadratic."""
_FREE = 0.00015
"""Seconds for the first look that ask for no second: 0.15 µs a character, a fifth of what a quadratic walk takes."""
_TRIES = 3
_LONGEST = 1.0
"""Seconds after which a search is broken off: the pattern is slow."""

Node = tuple[Any, Any]
Sampler = Callable[[Node], list[str]]


@dataclass(frozen=True, slots=True)
class Hostile:
    """A family of texts: `before`, `pump` as often as it takes, `after`."""

    before: str
    pump: str
    after: str

    def text(self, length: int) -> str:
        """Return the text of the family that is about so long."""
        return self.before + self.pump * max(1, length // len(self.pump)) + self.after


@dataclass(frozen=True, slots=True)
class Slow:
    """A text that a pattern takes too long for, and how its time grows there."""

    text: str
    length: int
    seconds: float
    growth: float
    """How many times longer twice the text takes; infinite where it was not waited for."""
    at_one_place: bool
    """Whether a single start suffices; else every start in the text costs a walk to its end."""

    @property
    def why(self) -> str:
        """One line for whoever wrote the pattern."""
        shown = self.text[:24] + ("…" if len(self.text) > 24 else "")
        told = f"takes {self.seconds:.1g} s for {self.length} characters like {shown!r}"
        if self.growth < float("inf"):
            told += f", {self.growth:.1f} times as long for twice as many"
        if self.at_one_place:
            return (
                f"{told}: a loop reads the same text in many ways; make it possessive (++, *+) or bound it ({{0,20}})"
            )
        return f"{told}: a loop is walked again from every character; bound it ({{0,20}}) or say what stands before it"


def hostile(pattern: str, samples: Iterable[str] = ()) -> list[Hostile]:
    """Return the texts that are likely to be a pattern's worst, from its structure and from `samples` that it matches.

    Raises `re.error` for what is no regular expression.
    """
    parsed = import_module("re._parser").parse(pattern)
    made = dict.fromkeys(_Maker(list(parsed)).cases())
    for sample in samples:
        for piece in (sample, sample[:-1]):
            if piece:
                made.setdefault(Hostile("", piece, _END))
    return list(made)[:_CASES]


def slow(pattern: str, samples: Iterable[str] = (), *, patience: float = 0.25) -> Slow | None:
    """Return a text for which a pattern's time grows faster than the text, None when it keeps up with all of them.

    Time is the processor's for this thread, the least of several tries. A text that takes longer than `patience`
    seconds while it is still short needs no second look.
    """
    regex = re.compile(pattern)
    for case in hostile(pattern, samples):
        found = _exploding(regex, case, patience) or _growing(regex, case, patience)
        if found:
            return found
    return None


def _exploding(regex: re.Pattern[str], case: Hostile, patience: float) -> Slow | None:
    for length in _FIRST_LENGTHS:
        text = case.text(length)
        took = _seconds(regex, text)
        if took > patience:
            return Slow(text, len(text), took, float("inf"), True)
    return None


def _growing(regex: re.Pattern[str], case: Hostile, patience: float) -> Slow | None:
    text = case.text(_FIRST_LOOK)
    first = _seconds(regex, text)
    if first < _FREE:
        return None
    if first > patience:
        return Slow(text, len(text), first, float("inf"), _seconds(regex, text, regex.match) > patience)
    short, middle, long = (case.text(n) for n in _LENGTHS)
    took = _seconds(regex, long)
    for tries in range(1, _TRIES + 1):
        least = min(_seconds(regex, short) for _ in range(2 * tries))
        took = min(took, *(_seconds(regex, long) for _ in range(tries)))
        growth = (took / max(least, 1e-7)) ** 0.5
        if growth < _LINEAR:
            return None
    twice = min(_seconds(regex, middle) for _ in range(_TRIES))
    if took / max(twice, 1e-7) < _LINEAR:
        return None
    return Slow(long, len(long), took, growth, _one_start(regex, case))


def _one_start(regex: re.Pattern[str], case: Hostile) -> bool:
    """Tell whether a match begun at the front alone already grows faster than the text."""
    least, most = (
        min(_seconds(regex, case.text(n), regex.match) for _ in range(2)) for n in (_LENGTHS[0], _LENGTHS[2])
    )
    return most > _FREE and most / max(least, 1e-7) > _LINEAR**2


class _Late(Exception):
    pass


def _seconds(regex: re.Pattern[str], text: str, once: Callable[[str], object] | None = None) -> float:
    """Return how long a search takes; where it can be broken off (on Unix), one that goes on and on is."""
    started = time.thread_time()
    try:
        with _no_longer():
            if once:
                once(text)
            else:
                for _ in regex.finditer(text):
                    pass
    except _Late:
        pass
    return time.thread_time() - started


@contextmanager
def _no_longer() -> Iterator[None]:
    """Raise `_Late` inside the block once it has taken `_LONGEST` seconds of the processor."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(_number: int, _frame: object) -> None:
        raise _Late

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, _LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


class _Maker:
    """Makes texts from the parse of a pattern."""

    def __init__(self, parsed: list[Node]) -> None:
        self._parsed = parsed
        self._full = False
        self._sets = list(_sets(parsed))
        alphabet = dict.fromkeys([*_USUAL, *(c for s in self._sets for c in _named(s))])
        # What most parts accept comes first: ambiguity is what makes a pattern slow.
        self._alphabet = sorted(alphabet, key=lambda c: -sum(_accepts(s, c) for s in self._sets))[:200]

    def cases(self) -> Iterator[Hostile]:
        """Yield the worst cases, each loop's own first."""
        whole, full = self._sample(self._parsed), self._filled(self._parsed)
        for before, body, rest in self._loops(self._parsed, "", ""):
            for pump in self._pumps(body):
                yield Hostile(before, pump, _END)
                yield Hostile(before, pump, rest[:-1] + _END)
                yield Hostile("", before + pump, _END)
        for piece in (whole, whole[:-1], full, full[:-1]):
            if piece:
                yield Hostile("", piece, _END)

    def _loops(self, nodes: Sequence[Node], before: str, rest: str) -> Iterator[tuple[str, list[Node], str]]:
        """Yield each loop's body, with what stands before it and what follows, inner loops too."""
        for i, (op, value) in enumerate(nodes):
            front = before + self._sample(nodes[:i])
            back = self._sample(nodes[i + 1 :]) + rest
            name = str(op)
            if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
                low, high, body = value
                yield from self._loops(list(body), front, back)
                if high > _LOOP and high > low:
                    yield front, list(body), back
            else:
                for inner in _inside((op, value)):
                    yield from self._loops(inner, front, back)

    def _pumps(self, body: list[Node]) -> list[str]:
        """Return what a loop may read over and over."""
        if len(body) == 1 and (one := _set_of(body[0])) is not None:
            return [c for c in self._alphabet if _accepts(one, c)][:_PUMPS] or ["一"]
        branches = [b for node in body for b in _inside(node)] if len(body) == 1 else []
        each = [self._sample(b) for b in branches[:_PUMPS]]
        pairs = [a + b for a in each[:2] for b in each[:3] if a != b]
        lean, full = self._sample(body), self._filled(body)
        return [p for p in dict.fromkeys([lean, full, *each[:3], *pairs, *each]) if p][: _PUMPS + 2]

    def _filled(self, nodes: Sequence[Node]) -> str:
        """Return a text that a sequence reads, its optional parts and loops taken several times."""
        self._full = True
        try:
            return self._sample(nodes)
        finally:
            self._full = False

    def _sample(self, nodes: Sequence[Node]) -> str:
        """Return a text that a sequence reads, what it only looks at left out."""
        return "".join(map(self._one, nodes))

    def _one(self, node: Node) -> str:
        op, value = str(node[0]), node[1]
        one = _set_of(node)
        if one is not None:
            return next((c for c in self._alphabet if _accepts(one, c)), "一")
        if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            times = min(value[1], _FULL) if self._full else min(value[0], _MOST)
            return self._sample(list(value[2])) * int(max(times, min(value[0], _MOST)))
        if op in ("ASSERT", "ASSERT_NOT", "AT", "GROUPREF", "GROUPREF_EXISTS"):
            return ""
        inner = _inside(node)
        return self._sample(inner[0]) if inner else ""


def _inside(node: Node) -> list[list[Node]]:
    """Return the sequences that a node holds: a group's, each branch's, what it looks at."""
    op, value = str(node[0]), node[1]
    if op == "BRANCH":
        return [list(b) for b in value[1]]
    if op == "SUBPATTERN":
        return [list(value[3])]
    if op == "ATOMIC_GROUP":
        return [list(value)]
    if op in ("ASSERT", "ASSERT_NOT"):
        return [list(value[1])]
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return [list(value[2])]
    if op == "GROUPREF_EXISTS":
        return [list(b) for b in value[1:] if b]
    return []


def _set_of(node: Node) -> Sequence[Node] | None:
    """Return the members of what reads one character, as those of a class."""
    op, value = str(node[0]), node[1]
    if op == "IN":
        return list(value)
    if op in ("LITERAL", "NOT_LITERAL", "ANY"):
        return [node]
    return None


def _sets(nodes: Sequence[Node]) -> Iterator[Sequence[Node]]:
    for node in nodes:
        one = _set_of(node)
        if one is not None:
            yield one
        for inner in _inside(node):
            yield from _sets(inner)


def _named(members: Sequence[Node]) -> Iterator[str]:
    """Yield the characters that a class names."""
    for op, value in members:
        if str(op) in ("LITERAL", "NOT_LITERAL"):
            yield chr(value)
        elif str(op) == "RANGE":
            yield chr(value[0])


_CATEGORIES: dict[str, Callable[[str], bool]] = {
    "DIGIT": str.isdecimal,
    "SPACE": str.isspace,
    "WORD": lambda c: c.isalnum() or c == "_",
    "LINEBREAK": lambda c: c == "\n",
}


def _accepts(members: Sequence[Node], char: str) -> bool:
    """Tell whether a class reads a character."""
    first = str(members[0][0]) if members else ""
    if first == "NEGATE":
        return not _accepts(members[1:], char)
    return any(_member(str(op), value, ord(char)) for op, value in members)


def _member(op: str, value: Any, code: int) -> bool:
    if op == "LITERAL":
        return bool(code == value)
    if op == "NOT_LITERAL":
        return bool(code != value)
    if op == "RANGE":
        return bool(value[0] <= code <= value[1])
    if op == "CATEGORY":
        *negated, name = str(value).removeprefix("CATEGORY_").removeprefix("UNI_").split("NOT_")
        return _CATEGORIES[name.removeprefix("UNI_")](chr(code)) is not bool(negated)
    return op == "ANY" and code != 10
