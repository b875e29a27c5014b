"""The review at a terminal: one label at a time beside its sentence, one line typed for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from zhengwen.corpus.decisions import key_of
from zhengwen.corpus.folder import Json, find_name, spread_lines
from zhengwen.corpus.labels import draft_of, read_slots, said
from zhengwen.corpus.review import Review
from zhengwen.errors import BadInput
from zhengwen.records import to_json
from zhengwen.scoring.sentences import sentence_at

if TYPE_CHECKING:
    from zhengwen.engine import Engine

__all__ = ["HELP", "Terminal"]

Ask = Callable[[str], str]
Say = Callable[[str], None]

HELP = """\
Enter or a          right as it is
SLOT=VALUE …        change slots: period=2020 indicator=税收收入 | 税收; SLOT= empties one; optional=yes: doubtful;
                    SLOT=^ says what you last put into that slot
d                   no label: delete it
n TEXT [SLOT=VALUE] a label of this kind was missed: add it (n TEXT@OFFSET where TEXT stands more than once)
s                   skip, and come back to it later
u                   undo the last decision
A                   accept all that are left of this kind (blocks and articles only)
q                   leave; everything decided is kept"""

_SLOT = re.compile(r"(?:^|(?<=\s))([a-z_]+)[=＝]")
_SAME = "^"
"""Stands for what was last typed for a slot: figures of one sentence mostly share subject and period."""
_QUOTES = ('""', "''", "“”")
_DIGITS, _CHARACTERS = "0-9０-９", "二两三四五六七八九十百千万亿半"
_NUMERAL = re.compile(f"[{_DIGITS}]+(?:[.．:：／/][{_DIGITS}]+)*|[{_CHARACTERS}][一{_CHARACTERS}]*")
"""A lone 一 is not looked for: it mostly stresses nothing."""
_WHOLE_LINE = ("block", "article")


class Terminal:
    """A reviewer's sitting. `ask` reads a line (EOFError: leave), `say` prints one."""

    def __init__(self, review: Review, engine: Callable[[], Engine], ask: Ask, say: Say) -> None:
        self._review, self._engine, self._ask, self._say = review, engine, ask, say
        self._here = 0
        self._last: dict[str, str] = {}

    def run(self) -> bool:
        """Go through all labels; False when the reviewer left before the end."""
        self._say(HELP)
        try:
            while self._review.kind:
                waiting = self._review.waiting()
                going = self._one(waiting[0], len(waiting)) if waiting else self._finish()
                if not going:
                    return False
        except EOFError:
            return False
        return True

    def _one(self, record: Json, left: int) -> bool:
        """Show one label and take one line about it; False to leave."""
        self._here = self._start(record)
        self._say(f"\n{record['record']}, {left} left   {self._review.name}:{self._here}")
        self._say(f"  {self._context(record)}")
        self._say(f"  {said(record) or '(no slots)'}")
        line = self._ask("> ").strip()
        return self._guarded(lambda: self._obey(record, line))

    def _guarded(self, act: Callable[[], bool]) -> bool:
        """Do what was typed; what cannot be done is one line, and asked again."""
        try:
            return act()
        except BadInput as error:
            self._say(f"  ! {error.line()}")
        return True

    def _obey(self, record: Json, line: str) -> bool:
        review = self._review
        if line in ("", "a"):
            review.accept(record)
        elif line == "d":
            review.delete(record)
        elif line == "s":
            review.skip(record)
        elif line == "A" and record["record"] in _WHOLE_LINE:
            for each in review.waiting():
                review.accept(each)
        elif _SLOT.match(line):
            self._say(f"  = {said(review.change(record, self._slots(line)))}")
        else:
            return self._common(line)
        return True

    def _common(self, line: str) -> bool:
        """Obey what may be typed at a label and at the end of a kind."""
        if line == "q":
            return False
        if line == "u":
            self._say("  undone" if self._review.undo() else "  ! nothing to undo in this sitting")
        elif line.startswith("n "):
            self._add(line[2:].strip())
        else:
            self._say(HELP)
        return True

    def _finish(self) -> bool:
        """Show what no label covers, and ask whether the kind is complete."""
        kind = self._review.kind
        loose = list(self._loose()) if kind == "figure" else []
        self._say(f"\nno {kind} is left to decide on. " + ("Numerals without a label:" if loose else ""))
        for line in loose:
            self._say(f"  {line}")
        missing = "" if kind in _WHOLE_LINE else f"is any {kind} missing? n TEXT … adds it; "
        line = self._ask(f"{missing}Enter: all are there, they count > ").strip()
        if line == "":
            self._say(f"{self._review.done()}: reviewed, it counts from now on")
            return True
        return self._guarded(lambda: self._common(line))

    def _loose(self) -> Iterator[str]:
        text, taken = self._review.text, [(r["start"], r["end"]) for r in self._spans()]
        for found in _NUMERAL.finditer(text):
            if not any(s < found.end() and found.start() < e for s, e in taken):
                yield f"{found.start()}: {sentence_at(text, found.start(), found.end(), 15)}"

    def _spans(self) -> list[Json]:
        return [*self._review.gold.of("figure"), *self._review.gold.of("time")]

    def _start(self, record: Json) -> int:
        if "start" in record:
            return int(record["start"])
        if record["record"] == "block":
            return spread_lines(self._review.text)[int(record["line"]) - 1][0]
        place = find_name(self._review.text, str(record.get("name") or record.get("title") or ""))
        return place[0] if place else 0

    def _context(self, record: Json) -> str:
        text = self._review.text
        if record["record"] == "block":
            start, end = spread_lines(text)[record["line"] - 1]
            return f"line {record['line']}: {text[start:end].strip()[:80]}"
        if record["record"] == "article":
            return f"article {record['article']}"
        place = (record["start"], record["end"]) if "end" in record else find_name(text, record["name"])
        return sentence_at(text, *(place or (0, 0)))

    def _add(self, line: str) -> None:
        kind = self._review.kind
        found = _SLOT.search(line)
        name = _bare(line[: found.start()] if found else line)
        if kind in _WHOLE_LINE or not name:
            raise BadInput("lines and articles are all there; n adds figures, times and entities", where="n")
        assert kind is not None
        slots = self._slots(line[found.start() :]) if found else {}
        if kind == "entity":
            record: Json = {"record": kind, "name": name} | read_slots(kind, slots)
        else:
            start, end = self._place(kind, name)
            text = self._review.text[start:end]
            record = {"record": kind, "start": start, "end": end, "text": text}
            record |= self._reading(kind, text) | read_slots(kind, slots)
        record = {k: v for k, v in record.items() if v is not None}
        self._review.add(record)
        self._say(f"  + {record.get('text') or record['name']}  {said(record)}")

    def _slots(self, line: str) -> dict[str, str]:
        """Return the slots that a line types, `SLOT=VALUE SLOT=VALUE …`; blanks need no quotes."""
        marks = list(_SLOT.finditer(line))
        ends = [*(m.start() for m in marks[1:]), len(line)]
        typed = {m[1]: _bare(line[m.end() : end]) for m, end in zip(marks, ends, strict=True)}
        strange = [slot for slot, value in typed.items() if value == _SAME and slot not in self._last]
        if strange:
            raise BadInput(f"nothing was put into {strange[0]} yet", where=_SAME)
        typed = {slot: self._last[slot] if value == _SAME else value for slot, value in typed.items()}
        self._last |= typed
        return typed

    def _place(self, kind: str, typed: str) -> tuple[int, int]:
        """Find what was typed: at its @OFFSET, else first from the present sentence on where there is no label yet."""
        text, at, offset = self._review.text, -1, ""
        wanted, _, offset = typed.rpartition("@") if re.search(r"@\d+$", typed) else (typed, "", "")
        taken = {key_of(r) for r in self._review.gold.of(kind)}
        if offset:
            at = int(offset) if text.startswith(wanted, int(offset)) else -1
        else:
            line = text.rfind("\n", 0, self._here) + 1
            for begin in (line, 0):
                at = text.find(wanted, begin)
                while at >= 0 and f"{kind}:{at}:{at + len(wanted)}" in taken:
                    at = text.find(wanted, at + 1)
                if at >= 0:
                    break
        if at < 0 or not wanted:
            raise BadInput("not in the text, or labelled already", where=typed)
        return at, at + len(wanted)

    def _reading(self, kind: str, text: str) -> Json:
        """Return how the program reads a span by itself, to save typing its value and unit."""
        from zhengwen.reading import page_of

        for found in map(to_json, self._engine().read(page_of(text))):
            if found["record"] == kind and found["text"] == text:
                kept = ("value", "low", "high", "terms", "unit", "kind", "approx") if kind == "figure" else ("value",)
                draft = draft_of(found, {})
                return {k: v for k, v in draft.items() if k in kept}
        return {}


def _bare(text: str) -> str:
    """Return a typed text without the quotes around the whole of it, ｜ as |."""
    text = text.strip().replace("｜", "|")
    if text.count('"') % 2:
        raise BadInput("a quote is never closed", where=text)
    quoted = len(text) > 1 and text[0] + text[-1] in _QUOTES and not any(q in text[1:-1] for q in text[0] + text[-1])
    return text[1:-1].strip() if quoted else text
