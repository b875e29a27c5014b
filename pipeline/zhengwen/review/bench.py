"""A run on the reviewer's bench: which figures to look at, what there is to see of each, and what is decided.

Everything the review page shows and does is here and knows nothing of the web. One `Bench` serves several reviewers
at once; each call hears first what others have written to the log in the meantime.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

from zhengwen.errors import BadInput
from zhengwen.records import Article, Check, Figure, Record
from zhengwen.review.added import RULE, as_new, inserted, place_in, with_added
from zhengwen.review.corrections import Corrections
from zhengwen.review.ledger import PAGE, TAKEN_BACK, Ledger
from zhengwen.review.lines import window
from zhengwen.review.log import Decision, Log, anchor_of, slots_of
from zhengwen.review.missed import Draft, drafted, filled
from zhengwen.review.placing import place
from zhengwen.review.queue import Asked, Queue, Seen
from zhengwen.review.runs import figures_of, pages_of_run
from zhengwen.review.settling import Voice
from zhengwen.review.steps import back_to, leading
from zhengwen.rules import Rules
from zhengwen.running.storage import stamp
from zhengwen.stages import Page

__all__ = ["Bench", "Saying", "is_cell", "row_print"]

_LOOKING = 45.0
"""Seconds for which a figure counts as being looked at since its reviewer was last heard of."""
_NAME = 60
_MOST = 30
"""Figures to either side that one glance takes in."""
_CHANGED = "the row has changed since it was shown: look at it again"


@dataclass(frozen=True, slots=True)
class Saying:
    """What a reviewer says of a figure now, whole: it takes the place of what he said before.

    `verb` is accept, fix, reject, note or undo; `fixes` are corrections as people write them, by slot; `seen` is the
    print of the row that he was shown.
    """

    verb: str
    fixes: Mapping[str, Any]
    note: str = ""
    seen: str = ""


def row_print(figure: Figure) -> str:
    """Return a short print of what a figure's row says, so that nobody judges a row that has changed meanwhile."""
    return blake2b(repr(slots_of(figure)).encode("utf-8", "backslashreplace"), digest_size=6).hexdigest()


class Bench:
    """One run under review. Raises `BadInput` when the folder holds no run, or its log cannot be read."""

    def __init__(self, run: Path, rules: Rules) -> None:
        self.run, self._rules = run, rules
        self._lock = threading.RLock()
        self._corrections = Corrections(rules)
        self._looking: dict[str, tuple[str, float]] = {}
        self._stamp = ""
        self._load()

    def _load(self) -> None:
        """Read the run and its whole log."""
        self._stamp = stamp(self.run / "records.jsonl")
        self._log = Log.of_run(self.run)
        decisions = list(self._log)
        self.pages = list(with_added(pages_of_run(self.run), decisions))
        self._seen = {f.figure_id: s for f, s in _all(self.pages)}
        anchors = {d.figure_id: d.anchor for d in decisions}
        self._ledger = Ledger(self._log, place(anchors, figures_of(self.pages)).moved)
        self._ledger.refresh()
        self._queue = Queue(list(self._seen.values()), self._ledger)
        self._states: dict[str, str] = {}
        self._counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
        for seen in self._seen.values():
            self._count(seen.figure)

    @contextmanager
    def _current(self) -> Iterator[None]:
        """Let one at a time in, with the run and the log as they are on disk now."""
        with self._lock:
            self._renew()
            yield

    def _renew(self) -> None:
        """Hear what is new: in the log, or a run that was made anew in the same folder."""
        if stamp(self.run / "records.jsonl") != self._stamp:
            self._load()
            return
        for figure_id in self._ledger.refresh():
            added, seen = self._ledger.adds.get(figure_id), self._seen.get(figure_id)
            if added is not None:
                wanted = not self._ledger.voice(figure_id, added.who).silent
                if wanted and seen is None:
                    self._place(added)
                elif not wanted and seen is not None and seen.figure.rule == RULE:
                    self._take_out(seen)
            if figure_id in self._seen:
                self._count(self._seen[figure_id].figure)

    def _count(self, figure: Figure, *, gone: bool = False) -> None:
        """Keep the counts by state (incidental figures apart) in step with a figure that was spoken of."""
        counts = self._counts[figure.tier == "incidental"]
        if figure.figure_id in self._states:
            counts[self._states.pop(figure.figure_id)] -= 1
        if not gone:
            state = self._states[figure.figure_id] = self._ledger.mark(figure).state
            counts[state] += 1

    def _place(self, decision: Decision) -> None:
        """Put a figure that was added into its page."""
        for number, (page, records) in enumerate(self.pages):
            figure = place_in(page, records, decision)
            if figure is not None:
                self._renew_page(number, page, inserted(records, figure))
                self._queue.add(self._seen[figure.figure_id])
                return

    def _take_out(self, gone: Seen) -> None:
        """Take a figure out that was added and is taken back."""
        del self._seen[gone.figure.figure_id]
        self._count(gone.figure, gone=True)
        self._queue.remove(gone.figure.figure_id)
        number = next(i for i, (page, _) in enumerate(self.pages) if page.source == gone.page.source)
        self._renew_page(number, gone.page, [r for r in self.pages[number][1] if r is not gone.figure])

    def _renew_page(self, number: int, page: Page, records: list[Record]) -> None:
        self.pages[number] = (page, records)
        self._seen |= {f.figure_id: seen for f, seen in _all([(page, records)])}

    # What there is to see

    def rows(self, asked: Asked) -> tuple[int, list[Seen]]:
        """Return how many figures meet what is asked for, and those of them that are to be shown."""
        with self._current():
            self._forget()
            elsewhere = {i for i, (who, _) in self._looking.items() if who != asked.who}
            return self._queue.find(asked, elsewhere)

    def seen(self, figure_id: str, who: str = "") -> Seen:
        """Return a figure with its page; `who` looks at it from now on. `BadInput` when there is none."""
        with self._current():
            if who:
                self._looking = {i: w for i, w in self._looking.items() if w[0] != who}
                self._looking[figure_id] = who, time.monotonic()
            return self._of(figure_id)

    def has(self, figure_id: str) -> bool:
        """Tell whether a figure is in the run."""
        with self._current():
            return figure_id in self._seen

    def together(self, figure_id: str) -> list[Seen]:
        """Return the figures that are read in one glance with a figure: of its sentence, or of its table's cells."""
        with self._current():
            seen = self._of(figure_id)
            figures = [r for r in seen.records if isinstance(r, Figure)]
            at = next(i for i, f in enumerate(figures) if f.figure_id == figure_id)
            first = last = at
            while first and _glance(figures[first - 1]) == _glance(seen.figure) and last - first < _MOST:
                first -= 1
            while last + 1 < len(figures) and _glance(figures[last + 1]) == _glance(seen.figure) and last - at < _MOST:
                last += 1
            near = figures[first : last + 1]
            return [self._of(f.figure_id) for f in near if f.tier != "incidental" or f.figure_id == figure_id]

    def text(self, source: str, at: int) -> dict[str, Any]:
        """Return the lines of a page around a position (`zhengwen.review.lines`), and the states of its figures."""
        with self._current():
            page, records = self._page(source)
            shown = window(page, records, at)
            ids = {figure_id for line in shown["lines"] for *_, figure_id in line["pieces"] if figure_id}
            return shown | {"states": {i: self._ledger.mark(self._seen[i].figure).state for i in ids}}

    def progress(self, who: str = "", *, incidental: bool = False) -> dict[str, Any]:
        """Return how far the review is: figures by state, what `who` judged, seconds between his keys."""
        with self._current():
            counts = self._counts[False] + (self._counts[True] if incidental else Counter())
            here = (self._seen[i].figure for i in self._ledger.judged(who) if i in self._seen)
            pace = self._ledger.pace(who)
            return {
                "figures": counts.total(),
                "hidden": 0 if incidental else self._counts[True].total(),
                "done": sum(counts[s] for s in ("accepted", "fixed", "rejected")),
                "mine": sum(incidental or f.tier != "incidental" for f in here),
                "states": {s: n for s, n in counts.items() if n},
                "pace": None if pace is None else round(pace, 1),
                "number": self._ledger.number,
            }

    def news(self, after: int) -> tuple[int, list[Seen]]:
        """Return the number of the log's last decision, and the figures that were spoken of since number `after`."""
        with self._current():
            ids = dict.fromkeys(d.figure_id for _, d in self._log.after(after))
            return self._ledger.number, [self._seen[i] for i in ids if i in self._seen]

    def articles(self) -> list[tuple[Article, int]]:
        """Return the articles of the run, each with the number of its figures."""
        with self._current():
            counts = Counter(s.figure.article_id for s in self._seen.values())
            return [(r, counts[r.article_id]) for _, rs in self.pages for r in rs if isinstance(r, Article)]

    @property
    def ledger(self) -> Ledger:
        """What is said of the run's figures."""
        return self._ledger

    def looking(self, figure_id: str, who: str) -> str:
        """Return who else looks at a figure at this moment."""
        self._forget()
        other = self._looking.get(figure_id, ("", 0.0))[0]
        return "" if other == who else other

    def checks(self, seen: Seen) -> list[Check]:
        """Return the checks that a figure takes part in."""
        return [r for r in seen.records if isinstance(r, Check) and seen.figure.figure_id in r.figure_ids]

    # What is decided: on disk when these return

    def say(self, figure_id: str, who: str, saying: Saying) -> None:
        """Write what a reviewer says of a figure.

        `BadInput` for a name that is none, a correction that cannot be read, a figure that is not there (any more), or
        one whose row is not the one that he saw.
        """
        with self._current():
            who = _name(who)
            seen = self._of(figure_id)
            if saying.seen and saying.seen != row_print(seen.figure):
                raise BadInput(_CHANGED, code="changed", where=figure_id)
            if saying.verb not in ("accept", "fix", "reject", "note", "undo"):
                raise BadInput(f"no such review: {saying.verb}", code="usage", where=figure_id)
            fixes = self._read(saying.fixes) if saying.verb in ("fix", "note") else {}
            now = slots_of(seen.figure)
            fixes = {s: v for s, v in fixes.items() if v != now[s]}
            verb = "accept" if saying.verb == "fix" and not fixes else saying.verb
            before = self._ledger.voice(figure_id, who)
            if verb == "note" and before.verdict:
                verb, fixes = before.verdict, before.values
            base = self._base(seen, who)
            said = leading("note" if verb == "add" else verb, fixes, saying.note.strip()[:2000], before, base)
            self._write(said)

    def accept_together(self, who: str, prints: Mapping[str, str]) -> None:
        """Accept several figures at once, all or none; `prints` are their rows as the reviewer saw them.

        What he has judged before is left alone; what he has only corrected is right with his corrections.
        """
        with self._current():
            said = list[Decision]()
            for before, base, _ in self._several(who, prints):
                if not before.verdict:
                    said += leading("fix" if before.values else "accept", before.values, before.note, before, base)
            self._write(said)

    def correct_together(self, who: str, prints: Mapping[str, str], slot: str, typed: str) -> None:
        """Correct one slot of several figures at once, all or none; the rest of their rows still waits for a word."""
        with self._current():
            said, value = list[Decision](), self._read({slot: typed})[slot]
            for before, base, now in self._several(who, prints):
                if before.values.get(slot, now[slot]) != value:
                    said.append(replace(base, decision="fix", slot=slot, old=now[slot], new=value))
            self._write(said)

    def _several(self, who: str, prints: Mapping[str, str]) -> Iterator[tuple[Voice, Decision, dict[str, Any]]]:
        """Yield what a reviewer said of several figures, what he says next is based on, and what their rows say."""
        name = _name(who)
        for figure_id, seen_print in prints.items():
            seen = self._of(figure_id)
            if seen_print != row_print(seen.figure):
                raise BadInput(_CHANGED, code="changed", where=figure_id)
            yield self._ledger.voice(figure_id, name), self._base(seen, name), slots_of(seen.figure)

    def undo(self, who: str) -> list[str]:
        """Take back what a reviewer did last on the page, and return the figures; none when there is nothing."""
        with self._current():
            who, said = _name(who), []
            actions = self._ledger.last(who)
            for action in actions:
                now = self._ledger.voice(action.figure_id, who)
                seen = self._seen.get(action.figure_id)
                base = self._base(seen, who) if seen else Decision(action.figure_id, who, "undo", anchor=now.anchor)
                base = replace(base, source=TAKEN_BACK)
                added = self._ledger.adds.get(action.figure_id)
                back = back_to(action.before, now, base, added.new if added else None)
                said += back or [replace(base, decision="undo")]
            self._write(said)
            return [a.figure_id for a in actions]

    def draft(self, source: str, start: int, end: int, read: Callable[[Page], Sequence[Record]]) -> Draft:
        """Return what a marked piece of text says as a figure, for a reviewer to fill in; nothing is written.

        `read` reads a page: the engine. `BadInput` when the place is none, or a figure is there already.
        """
        with self._current():
            page, records = self._page(source)
            return drafted(page, records, start, end, read)

    def add(self, who: str, draft: Draft, slots: Mapping[str, Any]) -> str:
        """Add a figure that was missed, with its slots as people write them, and return its id."""
        with self._current():
            who = _name(who)
            page, records = self._page(draft.figure.source)
            figure = filled(draft, self._read(slots))
            if any(isinstance(r, Figure) and r.start < figure.end and figure.start < r.end for r in records):
                raise BadInput("there is a figure already", code="taken", where=figure.text)
            anchor = anchor_of(figure, page.text)
            self._write([Decision(figure.figure_id, who, "add", new=as_new(figure), source=PAGE, anchor=anchor)])
            self._renew()
            return figure.figure_id

    def _read(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        try:
            return {slot: self._corrections.read(slot, said) for slot, said in typed.items()}
        except ValueError as error:
            raise BadInput(str(error), code="correction") from None

    def _base(self, seen: Seen, who: str) -> Decision:
        return Decision(seen.figure.figure_id, who, "note", source=PAGE, anchor=anchor_of(seen.figure, seen.page.text))

    def _write(self, said: Sequence[Decision]) -> None:
        """Write decisions as one action: the same moment on all of them tells them from the next."""
        at = datetime.now(UTC)
        if at.isoformat(timespec="microseconds") <= self._ledger.at:  # a clock that was put back
            at = datetime.fromisoformat(self._ledger.at) + timedelta(microseconds=1)
        self._log.append(replace(d, at=at.isoformat(timespec="microseconds")) for d in said)
        self._renew()

    def _of(self, figure_id: str) -> Seen:
        seen = self._seen.get(figure_id)
        if seen is None:
            raise BadInput("no such figure in this run", code="missing", where=figure_id[:80])
        return seen

    def _page(self, source: str) -> tuple[Page, list[Record]]:
        for page, records in self.pages:
            if page.source == source:
                return page, records
        raise BadInput("no such page in this run", code="missing", where=source[:80])

    def _forget(self) -> None:
        """Forget who looks at what after a while: people close pages without a word."""
        since = time.monotonic() - _LOOKING
        self._looking = {i: (who, at) for i, (who, at) in self._looking.items() if at >= since}


def _all(pages: Sequence[tuple[Page, list[Record]]]) -> Iterator[tuple[Figure, Seen]]:
    for page, records in pages:
        articles = {r.article_id: r for r in records if isinstance(r, Article)}
        for r in records:
            if isinstance(r, Figure):
                yield r, Seen(r, page, records, articles.get(r.article_id))


def _glance(figure: Figure) -> tuple[str, str]:
    return figure.article_id, "" if is_cell(figure) else figure.sentence


def is_cell(figure: Figure) -> bool:
    """Tell whether a figure is all of its sentence: a table's cell."""
    return len(figure.sentence) <= len(figure.text) + 2


def _name(who: str) -> str:
    """Return a reviewer's name. `BadInput` for none, or for one that could not be read in a table."""
    name = " ".join(who.split())
    if not name or len(name) > _NAME or not name.isprintable():
        raise BadInput(f"a reviewer needs a name (of at most {_NAME} characters)", code="name", where="who")
    return name
