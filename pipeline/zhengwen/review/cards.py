"""Figures as the review page shows them: a line of the list, and the card with every slot, why, and what to choose."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from zhengwen.records import Figure, Record
from zhengwen.review.bench import Bench, is_cell, row_print
from zhengwen.review.log import SLOTS, slots_of
from zhengwen.review.marks import Mark
from zhengwen.review.missed import Draft
from zhengwen.review.questions import candidates
from zhengwen.review.queue import Seen
from zhengwen.review.settling import Voice
from zhengwen.rules import Rules
from zhengwen.tables.desk import Desk, DeskPage, one_line, statement
from zhengwen.tables.figuresheet import ENUMERATED, fix_text, window
from zhengwen.tables.labels import Labels

__all__ = ["Cards"]

_OFFERED = ("indicator", "subject", "period", "base", "of")
_PAGES = 16
_EMPTY = "-"
_AROUND = 160
_CELLS = re.compile(r"\s*[\r\n\t]\s*")
_BESIDE = " ｜ "


class Cards:
    """What there is to show of a run's figures, in one language."""

    def __init__(self, bench: Bench, rules: Rules, lang: str) -> None:
        self._bench = bench
        self._labels = Labels(rules, lang)
        self._desk = Desk(rules, self._labels)
        self._pages: dict[str, tuple[Sequence[Record], DeskPage]] = {}

    def row(self, seen: Seen) -> dict[str, Any]:
        """Return a figure as a line of the list, with what people corrected."""
        f, mark = seen.figure, self._bench.ledger.mark(seen.figure)
        said = {**slots_of(f), **mark.fixes}
        against = " / ".join(filter(None, (self._labels.value("base", said["base"]), said["of"])))
        return {
            "id": f.figure_id,
            "state": mark.state,
            "subject": said["subject"] or "",
            "indicator": said["indicator"] or "",
            "period": said["period"] or "",
            "printed": self._printed(f),
            "value": str(mark.fixes["value"]) if "value" in mark.fixes else "",
            "measure": self._labels.value("measure", said["measure"]),
            "against": against,
            "target": said["status"] == "target",
            "tier": f.tier,
            "taken": [s for s in ("subject", "indicator", "period") if s in f.inherited],
            "confidence": f.confidence,
            "article": f.article_id,
        }

    def card(self, seen: Seen, who: str) -> dict[str, Any]:
        """Return everything there is to see of a figure; `who` is the reviewer that asks."""
        f, bench = seen.figure, self._bench
        laid = self._laid(seen).by_id()
        desk = laid[f.figure_id]
        mark, mine = bench.ledger.mark(f), bench.ledger.voice(f.figure_id, who)
        checks = [
            {
                "ok": c.ok,
                "said": statement([laid[i] for i in c.figure_ids if i in laid]),
                "name": self._labels.value("check", c.check),
            }
            for c in bench.checks(seen)
        ]
        return self.row(seen) | {
            "row": row_print(f),
            "source": f.source,
            "start": f.start,
            "end": f.end,
            "title": seen.article.title if seen.article else "",
            "date": (seen.article.date if seen.article else None) or "",
            "place": (seen.article.place if seen.article else None) or "",
            "sentence": one_line(f.sentence),
            "parts": window(desk.parts, 400) if not is_cell(f) else _beside(seen),
            "citation": desk.citation,
            "slots": [self._slot(s, seen, mark, mine) for s in SLOTS],
            "checks": checks,
            "about": mark.about,
            "note": mark.note,
            "who": list(mark.who),
            "mine": self._voice(mine),
            "others": [self._voice(v) for v in bench.ledger.voices(f.figure_id) if v.who != who],
            "together": [self._fellow(s, who) for s in bench.together(f.figure_id)],
            "looking": bench.looking(f.figure_id, who),
        }

    def _fellow(self, seen: Seen, who: str) -> dict[str, Any]:
        """Return a figure that is read in one glance with another, and whether it waits for `who`."""
        voice = self._bench.ledger.voice(seen.figure.figure_id, who)
        slots = slots_of(seen.figure)
        said = {s: "" if slots[s] is None else fix_text(s, slots[s], self._labels) for s in SLOTS}
        return self.row(seen) | {"row": row_print(seen.figure), "judged": bool(voice.verdict), "slots": said}

    def draft(self, draft: Draft) -> dict[str, Any]:
        """Return a figure that is being added, slot by slot."""
        f = draft.figure
        said = slots_of(f)
        return {
            "source": f.source,
            "start": f.start,
            "end": f.end,
            "text": f.text,
            "sentence": one_line(f.sentence),
            "slots": [
                {
                    "slot": s,
                    "label": self._labels.column(s),
                    "value": "" if said[s] is None else fix_text(s, said[s], self._labels),
                    "choices": self._choices(s),
                    "taken": s in draft.taken,
                }
                for s in SLOTS
            ],
        }

    def _laid(self, seen: Seen) -> DeskPage:
        """Return a figure's page as it is read; the last few are remembered."""
        records, laid = self._pages.get(seen.page.source, ((), None))
        if laid is None or records is not seen.records:
            laid = self._desk.page(seen.page, seen.records)
            self._pages.pop(seen.page.source, None)
            self._pages[seen.page.source] = seen.records, laid
            if len(self._pages) > _PAGES:
                self._pages.pop(next(iter(self._pages)), None)
        return laid

    def _printed(self, f: Figure) -> str:
        falls = f.value is not None and f.value < 0 and f.text[:1] not in "-－−"
        return ("−" if falls else "") + one_line(f.text)

    def _slot(self, slot: str, seen: Seen, mark: Mark, mine: Voice) -> dict[str, Any]:
        f = seen.figure
        was = slots_of(f)[slot]
        fixes = mine.values if (mine.verdict and mine.verdict != "reject") or mine.values else mark.fixes
        now = fixes.get(slot, was)
        offers = candidates(f, slot, seen.article, seen.records) if slot in _OFFERED else []
        return {
            "slot": slot,
            "label": self._labels.column(slot),
            "value": "" if now is None else fix_text(slot, now, self._labels),
            "was": ("" if was is None else fix_text(slot, was, self._labels)) if now != was else None,
            "shown": _grouped(now) if slot == "value" else "",
            "why": _as_printed(f) if slot == "value" else self._why(f, slot, seen.page.text),
            "taken": slot in f.inherited,
            "choices": self._choices(slot),
            "offers": [self._labels.value("base", o) if slot == "base" else o for o in offers],
        }

    def _choices(self, slot: str) -> list[str]:
        """Return what a slot may hold, where that is a list."""
        if slot not in ("measure", "status", "approx"):
            return []
        return list(self._labels.topic(ENUMERATED[slot]).values())

    def _why(self, f: Figure, slot: str, text: str) -> str:
        reason, came = f.reasons.get(slot), f.inherited.get(slot)
        said = []
        if isinstance(came, Mapping):
            said.append(f"← {self._labels.value('from', came.get('from', ''))}{_quoted(came.get('span'), text)}")
        if isinstance(reason, Mapping):
            said.append(f"{reason.get('rule', '')}{_quoted(reason.get('cue'), text)}")
        elif isinstance(reason, str):
            said.append(reason)
        return "; ".join(filter(None, said))

    def _voice(self, voice: Voice) -> dict[str, Any]:
        values = {s: _EMPTY if v is None else fix_text(s, v, self._labels) for s, v in voice.values.items()}
        return {
            "who": voice.who,
            "verb": voice.verdict,
            "fixes": values,
            "note": voice.note,
            "machine": voice.machine,
        }


def _grouped(value: Any) -> str:
    """Return a number as it is read: 400,050,000,000."""
    return f"{value:,}" if isinstance(value, int | float) else ""


def _as_printed(f: Figure) -> str:
    """Return a figure as its page prints it; a table's cell has its unit elsewhere."""
    parts = (f.number_printed, f.unit_printed)
    return one_line(f.text) if one_line(f.text) == "".join(parts) else " ".join(filter(None, parts))


def _beside(seen: Seen) -> tuple[str, str, str]:
    """Return what stands around a figure that is all of its sentence: a table's cell, with the cells beside it."""
    text, f = seen.page.text, seen.figure
    before = _CELLS.split(text[max(0, f.start - _AROUND) : f.start])
    after = _CELLS.split(text[f.end : f.end + _AROUND // 2])
    return _BESIDE.join(before[1:] if f.start > _AROUND else before), f.text, _BESIDE.join(after[:-1] or after)


def _quoted(span: object, text: str) -> str:
    if isinstance(span, list | tuple) and len(span) == 2 and text:
        return f" “{one_line(text[span[0] : span[1]])[:40]}”"
    return ""
