"""The term lists of the entity stage, ready to scan: known names, suffixes, roles, surnames and stops."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from zhengwen.entities.gazetteer import Gazetteer
from zhengwen.lexicon import Lexicon
from zhengwen.rules import Rules, shipped

__all__ = ["Known", "Lexis", "Suffix", "frequent_words"]

Shape = Literal["body", "org", "hub", "site", "works", "spot", "zone", "division", "village", "way", "nature", "firm"]


@dataclass(frozen=True, slots=True)
class Known:
    """A name that is in a list: its type, the name that its forms share, and whether it is an administrative place."""

    type: str
    name: str
    division: bool = False
    short: bool = False
    """A short form (余姚) that needs word borders around it."""
    alone: bool = False
    """A short form that only a page with the full name makes a place (来凤)."""


@dataclass(frozen=True, slots=True)
class Suffix:
    """The last word of a name: the type it gives and the grammar of what stands before it."""

    text: str
    type: str
    shape: Shape


class Lexis:
    """All term lists of the entity stage, as scanners and sets; built once."""

    def __init__(self, rules: Rules, places: Gazetteer) -> None:
        self.places = places
        self.common = frozenset(r["word"] for r in rules.table("place_words"))
        self.known: Lexicon[Known] = Lexicon(self._known(rules))
        self.suffixes: Lexicon[Suffix] = Lexicon(_suffixes(rules))
        self.frequent = frequent_words()
        """Frequent words: alone they make no name (科技园), where a rare one does (虎头工业园)."""
        self.press = frozenset(r["role"] for r in rules.table("roles") if r["kind"] == "press")
        self.titles = frozenset(r["role"] for r in rules.table("roles") if "after" in r["kind"])
        """Roles that stand behind the name too (刘某某博士)."""
        self.roles: Lexicon[str] = Lexicon((r["role"], r["kind"]) for r in rules.table("roles"))
        surnames = [(r["surname"], r["frequency"]) for r in rules.table("surnames")]
        self.surnames = dict(surnames)
        stops = [(r["word"], r["kind"]) for r in rules.table("name_stops")]
        self.hard = frozenset(w for w, k in stops if k.startswith("hard"))
        self.soft = frozenset(w for w, k in stops if k.startswith("soft"))
        self.lead = frozenset(w for w, k in stops if k.startswith("lead"))
        self.barred = frozenset(w for w, k in stops if k == "lead")
        """Words that no name holds, not even between its place and its core."""
        self.edge = frozenset(w for w, k in stops if k.startswith("soft-edge"))
        self.plural = frozenset(w for w, k in stops if k.startswith(("soft-edge-adj", "soft-count", "soft-verb")))
        """Single characters that make no name's core: adjectives, counters and verbs."""
        self.counters = frozenset(w for w, k in stops if k.startswith("soft-count"))
        self.slopes = frozenset(w for w, k in stops if "slope" in k)
        self.labours = frozenset(w for w, k in stops if k.endswith("labour"))
        """Words for work done that stand inside a name of works (扩容, 提升, 治理)."""
        self.undertakings = frozenset(w for w, k in stops if k == "undertaking")
        """Suffixes of works that may be named by what they are alone (钠离子电池项目)."""
        self.clans = frozenset(w for w, k in stops if "clan" in k)
        """What makes the name of a settlement of a surname (陶家)."""
        self.ages = frozenset(w for w, k in stops if k == "age")
        """Words of time that are no date and open names (未来, 现代)."""
        self.along = self.labours | frozenset(w for w, k in stops if k == "along")
        """Words that may stand between a place and the works on it (木兰溪|下游|防洪工程, 某|流域|治理|项目)."""
        self.flanks = frozenset(w for w, k in stops if k == "flank")
        """What follows a mountain's or a river's name and is bound to its last character (山|脚下, 河|畔)."""
        self.staffed = frozenset(w for w, k in stops if k == "staffed")
        """What is bound to 村 in a word and leaves the village's name whole (某村|支部)."""
        self.rail = re.compile("|".join(r["word"] for r in rules.table("name_stops") if r["kind"] == "rail"))
        self.ordinary = frozenset(r["word"] for r in rules.table("not_names"))
        self.unnamed = self.lead | self.ordinary | frozenset(self.roles.entries) | {w for w, k in stops if k == "kind"}
        """Words that are never a name by themselves, wherever they stand."""
        self.follow = frozenset(w for w, k in stops if "follow" in k)
        self._sorts(stops, [(r["suffix"], r["core"]) for r in rules.table("name_suffixes")])

    def _sorts(self, stops: list[tuple[str, str]], cores: list[tuple[str, str]]) -> None:
        """Set the sorts of suffixes and of the words beside them."""
        self.seats = frozenset(s for s, core in cores if core == "seat")
        """Plain suffixes of what a division has one of: the place alone makes them a name (洛阳博物馆)."""
        self.plain = frozenset(s for s, core in cores if core == "plain") | self.seats
        self.beyond = frozenset(w for w, k in stops if k == "beyond")
        """A suffix's last character with what makes a longer common word of it (中心|城区, 园|林)."""
        self.inside = frozenset(w for w, k in stops if k == "inside")
        """The same for a suffix of one character alone (花园|里); behind a longer one they are grammar (产业园|内)."""
        self.provinces = frozenset(
            name
            for names in (self.places.by_name, self.places.shorts)
            for name, rows in names.items()
            if any(row.split("\t")[3] == "1" for row in rows)
        )
        self.schools = frozenset(w for w, k in stops if k == "school")
        """Suffixes of schools and hospitals, which bear any word for a name (阳光小学)."""
        self.kinds = frozenset(w for w, k in stops if k == "kind")
        """Words for kinds of schools and hospitals, which name none (民办小学)."""
        self.short_provinces = frozenset(p for p in self.provinces if p in self.places.shorts)
        self.memorials = frozenset(w for w, k in stops if k == "memorial")
        """Suffixes of buildings that any words before them name (抗美援朝纪念馆)."""
        self.lines = frozenset(w for w, k in stops if k == "line")
        """Suffixes that a place alone makes no name of (新疆铁路)."""
        self.vague = frozenset(w for w, k in stops if k == "vague")
        """Suffixes of sites that a rare word makes no name of (氢能产业集群)."""
        self.legal = frozenset(w for w, k in stops if k == "legal")
        """Legal forms: a name of a company or a cooperative stands before each."""
        self.homes = frozenset(w for w, k in stops if k == "home")
        """Suffixes of housing: an address stands before the name and is no part of it."""
        self.doings = frozenset(w for w, k in stops if "doing" in k or k.endswith("labour"))
        """Words for work done: no name begins with one (改扩建|某某小学)."""
        self.fielded = frozenset(w for w, k in stops if k == "field")
        """Suffixes of bodies that any words behind their division may stand before (行政审批管理|局)."""
        self.listed = frozenset(w for w, k in stops if k == "item")
        """Suffixes of shops and offices that a whole item of a list ends with (惠万家超市)."""
        self.doing = frozenset(w for w, k in stops if k == "verb")
        """Verbs that a division is the subject of, not the owner of a body (上海|建设|国际金融中心)."""
        self.grammar = self.hard - self.labours
        """Words that no name holds, but for works, whose labours theirs do."""
        self.classing = self.lead | self.kinds
        """Words that lead to a name or tell its kind, and are none themselves."""
        self.dull = self.classing | self.labours
        self.prefixed = self.doings | self.kinds
        """What stands bound to the front of a name (改扩建, 民办) and is no part of it."""
        self.general = self.plain - self.seats
        """Plain suffixes of what a division has many of."""
        self.itemed = self.schools | self.homes | self.legal | self.listed
        """Suffixes that a whole item of a list may end with."""
        self.inner = frozenset(w for w, k in stops if "inner" in k)
        """Words that are verbs or common elsewhere and stand inside the names of bodies (合作银行, 建设中心)."""
        self.toponyms = frozenset(w for w, k in stops if k == "toponym")

    def _known(self, rules: Rules) -> Iterator[tuple[str, Known]]:
        for name in self.places.by_name:
            if name not in self.places.townships and len(name) > 1 and name not in self.common:
                yield name, Known("place", name, division=True, short=len(name) == 2)
        for short in self.places.shorts:
            if short not in self.common:
                yield short, Known("place", short, division=True, short=True)
        for row in rules.table("names"):
            rows = self.places.shorts.get(row["term"], ())
            division = any(line.split("\t")[3] == "1" for line in rows)
            yield row["term"], Known(row["type"], row["name"], division=division, short=len(row["term"]) < 3)


@lru_cache(maxsize=1)
def frequent_words() -> frozenset[str]:
    """Return the frequent words of the language, read from the compact list beside the rules on first use."""
    return frozenset(gzip.decompress((shipped() / "common_words.txt.gz").read_bytes()).decode("utf-8").split())


def _suffixes(rules: Rules) -> Iterator[tuple[str, Suffix]]:
    for row in rules.table("name_suffixes"):
        yield row["suffix"], Suffix(row["suffix"], row["type"], row["shape"])  # type: ignore[arg-type]
