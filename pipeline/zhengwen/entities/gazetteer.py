"""The dated list of administrative places: codes, parents and the years for which they held.

`rules/places.tsv.gz` is read once per process, on first use. A name may stand for many places (朝阳区, 鼓楼区, 太平镇);
which one is meant is decided by the other places around it, or left open.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache

from zhengwen.errors import BadRule
from zhengwen.fixed import fixed
from zhengwen.rules import shipped

__all__ = ["Area", "Gazetteer", "Place", "gazetteer"]

_PREFECTURE = "自治州"
_COUNTY = "自治县"
"""海北藏族自治州 is called 海北州 as well as 海北, 巍山彝族回族自治县 巍山县 and 巍山自治县."""
_AUTONOMOUS = ("自治州", "自治县", "自治旗")
"""双江拉祜族佤族布朗族傣族自治县 is called 双江自治县 as well as 双江."""
PROVINCE, CITY, COUNTY, TOWNSHIP = 1, 2, 3, 4
_TODAY = 9999
"""The year until which a place holds that still does: later than any."""
_MUNICIPAL = frozenset({"11", "12", "31", "50"})
"""Codes of the municipalities: provinces whose districts are as near as a city's."""


@fixed
class Area:
    """One administrative place as an analyst joins on it; parts that do not apply are empty."""

    code: str
    province: str = ""
    city: str = ""
    county: str = ""
    level: str = ""


@fixed
class Place:
    """One row of the list: a name with one code under one parent, and the years for which that held."""

    code: str
    name: str
    short: str
    level: int
    parent: str
    since: int
    until: int

    def held(self, year: int) -> bool:
        """Tell whether the place had this name and code in `year`."""
        return self.since <= year <= self.until

    @property
    def stands(self) -> bool:
        """Whether the place still has this name and code."""
        return self.until == _TODAY


class Gazetteer:
    """All places of the list, by name, short name and code."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.by_name: dict[str, list[str]] = defaultdict(list)
        self._lines: dict[str, list[str]] = defaultdict(list)
        self.shorts: dict[str, list[str]] = defaultdict(list)
        self.townships: set[str] = set()
        self._below: dict[str, set[str]] = defaultdict(set)
        for line in lines:
            code, name, short, level, parent, _ = line.split("\t", 5)
            self._below[parent].add(name)
            self.by_name[name].append(line)
            self._lines[code].append(line)
            if level == "4":
                self.townships.add(name)
            elif len(short) > 1 and short != name:
                self.shorts[short].append(line)
                if name.endswith((_PREFECTURE, _COUNTY)):
                    self.shorts[short + name[-1]].append(line)
                if name.endswith("族区"):
                    self.shorts[short + "区"].append(line)
                if name.endswith(_COUNTY):
                    self.shorts[short + _COUNTY].append(line)
                if name.endswith(_AUTONOMOUS) and short + name[-3:] != name:
                    self.shorts[short + name[-3:]].append(line)
        self.find = lru_cache(maxsize=4096)(self._find)
        self._coded = lru_cache(maxsize=4096)(self._rows)
        self.openings = frozenset(name[:2] for names in (self.by_name, self.shorts) for name in names)
        """The first two characters of all place names: where none of them stands, none is looked for."""

    def _find(self, name: str) -> tuple[Place, ...]:
        """Return the places of a full or short name, whatever their years."""
        return tuple(_place(x) for x in self.by_name.get(name, ()) or self.shorts.get(name, ()))

    def below(self, code: str) -> Set[str]:
        """Return the names of the divisions that the place of a code has, or had, right below it."""
        return self._below.get(code, frozenset())

    def _rows(self, code: str) -> tuple[Place, ...]:
        return tuple(_place(x) for x in self._lines.get(code, ()))

    def coded(self, code: str, year: int = _TODAY) -> Place | None:
        """Return the place that had `code` in `year` (that has it today), else the latest that had it."""
        rows = self._coded(code)
        return next((p for p in rows if p.held(year)), max(rows, key=lambda p: p.until, default=None))

    def chain(self, place: Place, year: int = _TODAY) -> tuple[Place, ...]:
        """Return the place and its superior divisions, from the lowest to the province."""
        chain = [place]
        while chain[-1].parent and len(chain) < 5:
            code = chain[-1].parent
            above = self.coded(code, year) or self.coded(code[:2] + "0000", year)
            if above is None:
                break
            chain.append(above)
        return tuple(chain)

    def area(self, place: Place, year: int) -> Area:
        """Return a place as an `Area`, its superiors by the names that they had in `year`."""
        names = {p.level: p.name for p in self.chain(place, year)}
        levels = {PROVINCE: "province", CITY: "city", COUNTY: "county", TOWNSHIP: "township"}
        return Area(
            place.code, names.get(PROVINCE, ""), names.get(CITY, ""), names.get(COUNTY, ""), levels[place.level]
        )

    def resolve(self, name: str, context: Iterable[str], year: int, *, within: Iterable[str] = ()) -> Place | None:
        """Return the one place that `name` means in `year` among the places of `context`; None when open.

        Context names are given from the nearest to the farthest; the first that leaves one reading decides. `within`
        are the names that stand right before it (贵州|兴隆乡): a place that lies in none of them is not meant. Nor is
        a township that lies in none of the places around it, for the list knows those of one year alone.
        """
        found = _latest(self.find(name), year)
        context = [c for c in context if c != name]
        above = [c for c in within if c != name]
        found = self._inside(found, above, year)
        if found and all(p.level == TOWNSHIP for p in found):
            found = self._inside(found, context, year)
        if len({p.code for p in found}) == 1:
            return found[0]
        top = _highest(found)
        if top is not None and name not in self.by_name and not self._lower(found, top, above, year):
            return top
        for near in context:
            around = {p.code for p in _latest(self.find(near), year)}
            fits = [p for p in found if self._near(p, around, year)]
            if len({p.code for p in fits}) == 1:
                return fits[0]
            found = fits or found
        return _highest(found)

    def _inside(self, found: Sequence[Place], around: list[str], year: int) -> Sequence[Place]:
        """Return the places that lie in one of those `around`; all of them when nothing there could be above them."""
        lowest = max((p.level for p in found), default=0)
        codes = {p.code for c in around for p in self.find(c) if p.level < min(lowest, TOWNSHIP)}
        if not codes:
            return found
        return [p for p in found if codes & {a.code for a in self.chain(p, year)} or p.parent[:4] + "00" in codes]

    def _lower(self, found: Sequence[Place], top: Place, context: list[str], year: int) -> bool:
        """Tell whether the city of a lower place of the name stands before it, and nothing above the highest."""
        around = [p for c in context for p in _latest(self.find(c), year)]
        named = {p.code for p in around if p.level == CITY or p.code[:2] in _MUNICIPAL}
        above_top = {p.code for p in self.chain(top, year)[1:]}
        return not named & above_top and any(
            named & {a.code for a in self.chain(p, year)[1:]} for p in found if p.code != top.code
        )

    def _near(self, place: Place, around: set[str], year: int) -> bool:
        """Tell whether a context place stands above or below `place`."""
        if any(p.code in around for p in self.chain(place, year)):
            return True
        stem = {1: 2, 2: 4, 3: 6}.get(place.level)
        return stem is not None and any(c[:stem] == place.code[:stem] for c in around)


def _place(line: str) -> Place:
    code, name, short, level, parent, since, until = line.split("\t")
    return Place(code, name, short, int(level), parent, int(since or 0), int(until or _TODAY))


def _latest(places: Sequence[Place], year: int) -> Sequence[Place]:
    """Return the places that held in `year`; when none did, those whose years lie nearest."""
    held = [p for p in places if p.held(year)]
    if held or not places:
        return held
    gap = min(max(p.since - year, year - p.until) for p in places)
    return [p for p in places if max(p.since - year, year - p.until) == gap]


def _highest(places: Sequence[Place]) -> Place | None:
    """Return the one place of the highest level (吉林: the province, not the city), None when there are several."""
    top = min((p.level for p in places), default=0)
    best = {p.code: p for p in places if p.level == top}
    return next(iter(best.values())) if len(best) == 1 and top < COUNTY else None


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Return the shipped list, read on first use."""
    file = shipped() / "places.tsv.gz"
    try:
        text = gzip.decompress(file.read_bytes()).decode("utf-8")
    except (OSError, EOFError) as error:
        raise BadRule(f"the list of places cannot be read ({error})", where=str(file)) from None
    return Gazetteer(text.splitlines()[1:])
