"""What the rules say about arithmetic: which indicators have one value, which add up to which, which words are all."""

from __future__ import annotations

from dataclasses import dataclass

from zhengwen.rules import Rules

__all__ = ["Family", "Series"]


@dataclass(frozen=True, slots=True)
class Family:
    """A total and parts that together are all of it (exports and imports), by indicator id."""

    total: str
    parts: tuple[str, ...]


class Series:
    """What a set of rules says about indicators; built once for a run, from the run's own rules."""

    def __init__(self, rules: Rules) -> None:
        rows = rules.table("indicators")
        self._single = frozenset(r["id"] for r in rows if r.get("series"))
        self._volumes = frozenset(r["id"] for r in rows if r.get("volume"))
        self._ids = {name: r["id"] for r in rows for name in (r["name"], *r.get("aliases", "").split("|")) if name}
        self.families = tuple(Family(r["total"], tuple(r["parts"].split("|"))) for r in rules.table("indicator_sums"))
        """The families of `rules/indicator_sums.tsv`."""
        self._complements = tuple(tuple(r["parts"].split("|")) for r in rules.table("complements"))

    def id_of(self, name: str) -> str:
        """Return the id of the indicator with this name, empty when there is none (GDP → gdp)."""
        return self._ids.get(name, "")

    def is_single(self, indicator_id: str) -> bool:
        """Say whether the indicator has one value for a subject and a period (生产总值, not 项目)."""
        return indicator_id in self._single

    def is_volume(self, indicator_id: str) -> bool:
        """Say whether the indicator's growth is published at constant prices while its level is at current ones."""
        return indicator_id in self._volumes

    def are_all(self, names: list[str]) -> bool:
        """Say whether the names of parts tell them apart by words that are together everything (水田, 旱田)."""
        return any(_fit(words, names) for words in self._complements)


def _fit(words: tuple[str, ...], names: list[str]) -> bool:
    """Say whether each name holds one of the words, and each word stands in one name."""
    held = [[w for w in words if w in name] for name in names]
    return len(names) == len(words) and all(len(h) == 1 for h in held) and len({h[0] for h in held}) == len(words)
