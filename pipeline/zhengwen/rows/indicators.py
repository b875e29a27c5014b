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
_LIST = "rules/indicators.tsv"


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """A statistical indicator: its usual kinds of unit, what figures usually say of it, and where it belongs."""

    name: str
    id: str
    units: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    parent: str = ""
    rate: bool = False
    """The indicator itself is a rate, a ratio or an index (城镇登记失业率, 优良天数比例, PMI)."""
    group: str = ""
    volume: bool = False
    """Its growth is published at constant prices, its level at current ones."""


class Indicators:
    """Finds known indicators; built once, one instance serves all pages."""

    def __init__(self, rules: Rules) -> None:
        self._terms = list(_terms(rules))
        self._lexicon: Lexicon[IndicatorEntry] | None = None
        """The matcher over text, built when the first text is searched: most rows only ask by name."""
        self._names = {_plain(term): entry for term, entry in self._terms}
        self._before = _side(rules, "before")
        self._after = _side(rules, "after")
        self._inside = frozenset(map(_plain, _side(rules, "inside")))
        self._cached = lru_cache(maxsize=_KEPT)(self._resolve)

    def find(self, text: str) -> list[Hit[IndicatorEntry]]:
        """Return the longest known names in `text`, none overlapping another."""
        if self._lexicon is None:
            self._lexicon = Lexicon((form, entry) for term, entry in self._terms for form in _forms(term))
        return list(self._lexicon.longest(text))

    def listed(self, name: str) -> bool:
        """Tell whether `name` is listed as it stands, from its first character on (not 的死亡人数)."""
        plain = _plain(name)
        return plain[:1] == name[:1] and plain in self._names

    def known(self, name: str) -> IndicatorEntry | None:
        """Return the indicator that `name` names: as listed, or once the words that tell nothing apart are off.

        全市规模以上工业增加值 is industrial_value_added_above_scale; a word that tells a series apart is never
        taken off (民间 before 投资).
        """
        return self._cached(name)

    def _resolve(self, name: str) -> IndicatorEntry | None:
        plain = _plain(name)
        return self._stripped(plain) or self._unbracketed(plain)

    def _unbracketed(self, name: str) -> IndicatorEntry | None:
        """Return the entry of a name whose brackets repeat it (地区生产总值(GDP)) or add nothing (现价)."""
        before, opened, rest = name.partition("(")
        inner, closed, after = rest.partition(")")
        if not (before and opened and closed):
            return None
        found = self._stripped(before + after)
        if found and (inner in self._inside or self._names.get(inner) is found):
            return found
        return None

    def _stripped(self, name: str) -> IndicatorEntry | None:
        for shorter in self._without_after(name):
            found = self._names.get(shorter) or self._without_before(shorter)
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
        """Return the entry of the longest tail of `name` before which only qualifiers stand."""
        while True:
            lead = next((q for q in self._before if name.startswith(q) and len(q) < len(name)), None)
            if lead is None:
                return None
            name = name[len(lead) :]
            found = self._names.get(name)
            if found:
                return found


_PLAIN = str.maketrans({"（": "(", "）": ")", "，": ",", "—": "-", **dict.fromkeys(' \u3000的“”‘’「」『』"', None)})
_QUOTES = str.maketrans(dict.fromkeys("“”"))
_WIDE = str.maketrans("()", "（）")


def _plain(name: str) -> str:
    """Return a name as it is compared: without blanks, quotes and 的, in capitals, brackets half width."""
    return name.translate(_PLAIN).upper()


def _forms(term: str) -> set[str]:
    """Return how a term may stand in text: with brackets of either width, with its quotes or without them."""
    return {form for plain in (term, term.translate(_QUOTES)) for form in (plain, plain.translate(_WIDE))}


def _terms(rules: Rules) -> Iterator[tuple[str, IndicatorEntry]]:
    for row in rules.table("indicators"):
        entry = _entry(row)
        yield entry.name, entry
        for alias in _cells(row, "aliases"):
            yield alias, entry


def _side(rules: Rules, side: str) -> tuple[str, ...]:
    """Return the qualifiers of one side, the longest first."""
    terms = [row["term"] for row in rules.table("indicator_qualifiers") if row["side"] == side]
    return tuple(sorted(terms, key=len, reverse=True))


def _entry(row: Mapping[str, str]) -> IndicatorEntry:
    if not row["name"] or not row["id"]:
        raise BadRule(f"an indicator needs a name and an id: {row['name'] or row['id']!r}", where=_LIST)
    return IndicatorEntry(
        name=row["name"],
        id=row["id"],
        units=_cells(row, "units"),
        measures=_cells(row, "measures"),
        parent=row.get("parent", ""),
        rate=row.get("rate", "") == "yes",
        group=row.get("group", ""),
        volume=row.get("volume", "") == "yes",
    )


def _cells(row: Mapping[str, str], column: str) -> tuple[str, ...]:
    return tuple(cell for cell in row.get(column, "").split("|") if cell)
