"""The wide table: one line per subject, indicator and period, with what the texts say of it side by side.

Growth has a column for each base, so that nothing is mixed; what does not fit beside what is there (a second whole, a
value that differs) opens a further line of the same subject, indicator and period. A claim stated twice is one cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from zhengwen.checks.printed import agree, key
from zhengwen.records import Figure
from zhengwen.rules import Rules
from zhengwen.tables.desk import DeskFigure, DeskPage

__all__ = ["SLOTS", "Wide", "WideLine", "slot_of"]

SLOTS = ("level", "yoy", "seq", "growth", "change", "share", "rank", "gap", "other")
"""What a line holds, each at most one figure."""

_MEASURES = {
    "level": "level",
    "growth_rate": "growth",
    "change": "change",
    "share": "share",
    "rank": "rank",
    "gap": "gap",
    "multiple": "other",
    "contribution": "other",
    "composition": "other",
}
_SENTENCE_END = re.compile("[。；;！？!?\r\n]")
_REACH = 40

LineKey = tuple[str, ...]


@dataclass
class WideLine:
    """One line: its figures by slot, how often each is stated, and which growth is implied by 持平."""

    subject: str
    indicator: str
    period: str
    freq: str
    status: str
    cells: dict[str, DeskFigure] = field(default_factory=dict)
    stated: Counter[str] = field(default_factory=Counter)
    flat: dict[str, DeskFigure] = field(default_factory=dict)
    """The level figure that 持平 is said of, by slot (yoy, seq)."""
    sources: set[str] = field(default_factory=set)

    @property
    def check_state(self) -> str:
        """The worst of the figures' checks: failed before ok before none."""
        states = {f.check_state for f in self.cells.values()}
        return "failed" if "failed" in states else "ok" if "ok" in states else ""


class Wide:
    """Gathers the wide table over the pages of a run."""

    def __init__(self, rules: Rules) -> None:
        self._flat = rules.of("desk/flat")
        self._lines: dict[LineKey, list[WideLine]] = {}
        self.left_out = 0
        """Figures without an indicator, thresholds and incidental ones: they have no line."""

    def add(self, page: DeskPage) -> None:
        """Take one page's figures."""
        for laid in page.figures:
            slot = slot_of(laid.figure)
            if slot is None:
                self.left_out += 1
            else:
                self._place(laid, slot)
        for laid, slot in self._flats(page):
            for line in self._lines.get(_key(laid.figure), ()):
                if line.cells.get("level") is laid and slot not in line.cells:
                    line.flat[slot] = laid

    def lines(self) -> Iterator[WideLine]:
        """Yield the lines in the order of their first figures."""
        for group in self._lines.values():
            yield from group

    def _place(self, laid: DeskFigure, slot: str) -> None:
        figure = laid.figure
        group = self._lines.setdefault(_key(figure), [])
        for line in group:
            there = line.cells.get(slot)
            if there is not None and _same(there.figure, figure):
                line.stated[slot] += 1
                line.sources.add(figure.article_id)
                return
        line = next((g for g in group if slot not in g.cells), None) or self._open(figure, group)
        line.cells[slot] = laid
        line.stated[slot] = 1
        line.sources.add(figure.article_id)

    def _open(self, figure: Figure, group: list[WideLine]) -> WideLine:
        named = figure.subject or "", figure.indicator or "", figure.period or ""
        line = WideLine(*named, figure.freq, figure.status)
        group.append(line)
        return line

    def _flats(self, page: DeskPage) -> Iterator[tuple[DeskFigure, str]]:
        """Yield each level that 持平 is said of, with the slot of the growth: the last figure before it, close by."""
        text = page.page.text
        placed = sorted(page.figures, key=lambda f: f.figure.start)
        for rule in self._flat:
            for match in rule.regex.finditer(text):
                before = [f for f in placed if f.figure.end <= match.start()]
                last = before[-1] if before else None
                if last is None or last.figure.measure != "level" or match.start() - last.figure.end > _REACH:
                    continue
                if not _SENTENCE_END.search(text, last.figure.end, match.start()):
                    yield last, str(rule.yields["base"])


def slot_of(figure: Figure) -> str | None:
    """Return the slot of a line that a figure fills; None for one that has no line."""
    slot = _MEASURES.get(figure.measure)
    if slot is None or not figure.indicator or figure.tier == "incidental":
        return None
    return figure.base if slot == "growth" and figure.base in ("yoy", "seq") else slot


def _key(figure: Figure) -> LineKey:
    area = figure.area_code if figure.area_from == "subject" else ""
    return (
        key(figure.subject),
        area,
        key(figure.indicator),
        figure.period or f"?{figure.article_id}",
        figure.status,
        figure.averaging,
    )


def _same(one: Figure, other: Figure) -> bool:
    """Say whether two figures of one slot are one claim."""
    senses = [(f.unit, f.measure, f.base, key(f.of)) for f in (one, other)]
    return senses[0] == senses[1] and agree(one, other)
