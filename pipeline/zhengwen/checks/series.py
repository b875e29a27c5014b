"""What the list of indicators says about arithmetic: which are series of one value, which add up to which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from zhengwen.rules import load

__all__ = ["Family", "families", "is_series", "is_volume"]


@dataclass(frozen=True, slots=True)
class Family:
    """A total and parts that together are all of it (exports and imports), by indicator id."""

    total: str
    parts: tuple[str, ...]


@lru_cache(maxsize=1)
def families() -> tuple[Family, ...]:
    """Return the families of `rules/indicator_sums.tsv`."""
    return tuple(Family(r["total"], tuple(r["parts"].split("|"))) for r in load().table("indicator_sums"))


def is_series(indicator_id: str) -> bool:
    """Say whether the indicator has one value for a subject and a period (生产总值, not 项目)."""
    return bool(_traits().get(indicator_id, {}).get("series"))


def is_volume(indicator_id: str) -> bool:
    """Say whether the growth of the indicator is published at constant prices while its level is at current ones."""
    return bool(_traits().get(indicator_id, {}).get("volume"))


@lru_cache(maxsize=1)
def _traits() -> Mapping[str, Mapping[str, str]]:
    return {row["id"]: row for row in load().table("indicators")}
