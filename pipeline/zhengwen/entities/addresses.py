"""What stands before a name and only says where it is: the run of divisions, settlements and zones in front.

One division belongs to the name of a park or of works (郯城县金谷博士创业园). Of several the outer ones are its
address, and a zone or a site that has a name of its own needs none of them (贵州省|黔西南州|义龙试验区).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from zhengwen.entities.found import Found
from zhengwen.entities.lexis import Lexis
from zhengwen.entities.walk import LEVELS

__all__ = ["without_address"]

PLACES = frozenset({"division", "village", "zone"})
"""The shapes of what an address is made of."""
SITES = frozenset({"site", "spot", "works", "zone"})
"""The shapes of names that an address stands before."""
ENDS = LEVELS | {"道", "村", "区"}
"""What the name of a division or a settlement ends with that is no short form."""


def without_address(
    text: str, name: Found, borders: Mapping[int, Found], lexis: Lexis, own: Callable[[int], bool]
) -> Found:
    """Return a name without the address it begins with; `own` tells whether what begins at an offset names by itself.

    Companies keep their divisions, but not the zone that they are in.
    """
    company = name.shape == "org" and any(text[: name.end].endswith(legal) for legal in lexis.legal)
    if name.shape not in SITES and not company:
        return name
    cuts = _cuts(text, name, borders, lexis)
    if company:
        zones = [b for b in cuts if borders[b].shape == "zone"]
        return replace(name, start=zones[-1]) if zones and own(zones[-1]) else name
    if not cuts or (len(cuts) == 1 and name.shape != "zone" and borders[cuts[0]].shape != "zone"):
        return name
    if own(cuts[-1]):
        return replace(name, start=cuts[-1])
    return replace(name, start=cuts[-2]) if len(cuts) > 1 else name


def _cuts(text: str, name: Found, borders: Mapping[int, Found], lexis: Lexis) -> list[int]:
    """Return where the places end, one behind the other, that a name begins with and that are written in full."""
    begins: dict[int, int] = {}
    for b in range(name.start + 2, name.end - 2):
        if b in borders and borders[b].shape in PLACES and borders[b].certain:
            begins[borders[b].start] = b
    cuts, at = [], name.start
    while at in begins:
        place, at = text[at : begins[at]], begins[at]
        if place[-1] not in ENDS and place not in lexis.provinces:
            break
        cuts.append(at)
    return cuts
