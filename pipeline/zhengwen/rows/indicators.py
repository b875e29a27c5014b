"""The known statistical indicators: found in text, and recognised by the name that a row gives them.

The list is `rules/indicators.tsv`; `rules/indicator_qualifiers.tsv` holds the words that may stand around a name
without making it another indicator (全市, 累计, 增速).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from zhengwen.errors import BadRule
from zhengwen.lexicon import Hit, Lexicon
from zhengwen.rules import Rules

__all__ = ["IndicatorEntry", "Indicators"]

_KEPT = 65_536
"""How many names are remembered: rows ask for the same few thousand again and again."""


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """A statistical indicator: its usual kinds of unit, what figures usually say of it, and where it belongs."""

    name: str
    id: str
    units: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    parent: str = ""
    rate: bool = False
    """The indicator itself is a rate, ratio or index (城镇登记失业率, 优良天数比例, PMI)."""
    group: str = ""


class Indicators:
    """Finds known indicators; built once, one instance serves all pages."""

    def __init__(self, rules: Rules) -> None:
        self._lexicon = Lexicon(_terms(rules))
        self._names = {_plain(term): entry for term, entry in self._lexicon.entries.items()}
        sides: dict[str, list[str]] = {"before": [], "after": []}
        for row in rules.table("indicator_qualifiers"):
            sides[row["side"]].append(row["term"])
        self._before = tuple(sorted(sides["before"], key=len, reverse=True))
        self._after = tuple(sorted(sides["after"], key=len, reverse=True))
        self.known = lru_cache(maxsize=_KEPT)(self._known)

    def find(self, text: str) -> list[Hit[IndicatorEntry]]:
        """Return the longest known names in `text`, none overlapping another."""
        return list(self._lexicon.longest(text))

    def _known(self, name: str) -> IndicatorEntry | None:
        """Return the indicator that `name` names: as listed, or once the words that tell nothing apart are off."""
        plain = _plain(name)
        for candidate in self._without_after(plain):
            found = self._names.get(candidate) or self._without_before(candidate)
            if found:
                return found
        return None

    def _without_after(self, name: str) -> Iterator[str]:
        """Yield `name`, then shorter and shorter without the qualifiers that end it."""
        yield name
        while True:
            end = next((q for q in self._after if name.endswith(q) and len(q) < len(name)), None)
            if end is None:
                return
            name = name[: -len(end)]
            yield name

    def _without_before(self, name: str) -> IndicatorEntry | None:
        """Return the entry of the longest suffix before which only qualifiers stand."""
        while True:
            lead = next((q for q in self._before if name.startswith(q) and len(q) < len(name)), None)
            if lead is None:
                return None
            name = name[len(lead) :]
            found = self._names.get(name)
            if found:
                return found


_DROPPED = str.maketrans({"（": "(", "）": ")", "，": ",", **dict.fromkeys(' 　的“”‘’「」『』"', None)})


def _plain(name: str) -> str:
    """Return a name as it is compared: without blanks, quotes and 的, in capitals, brackets half width."""
    return name.translate(_DROPPED).upper()


def _terms(rules: Rules) -> Iterator[tuple[str, IndicatorEntry]]:
    for row in rules.table("indicators"):
        entry = _entry(row)
        yield entry.name, entry
        for alias in _cells(row, "aliases"):
            yield alias, entry


def _entry(row: Mapping[str, str]) -> IndicatorEntry:
    if not row["name"] or not row["id"]:
        raise BadRule(
            f"an indicator needs a name and an id: {row['name'] or row['id']!r}", where="rules/indicators.tsv"
        )
    return IndicatorEntry(
        name=row["name"],
        id=row["id"],
        units=_cells(row, "units"),
        measures=_cells(row, "measures"),
        parent=row.get("parent", ""),
        rate=row.get("rate", "") == "yes",
        group=row.get("group", ""),
    )


def _cells(row: Mapping[str, str], column: str) -> tuple[str, ...]:
    return tuple(c for c in row.get(column, "").split("|") if c)
