"""Which forms on a page are one entity: full and short names, with and without a superior division, 项目 or 公司.

Forms are joined by what they are, never by likeness: a short form must be the tail of the full one behind a place
(温州市鹿城区 / 鹿城区), its core (某某科技有限公司 / 某某公司), the same known name (发改委), or a division without its
level word (余姚市 / 余姚).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from zhengwen.entities.lexis import Lexis

__all__ = ["Form", "Joiner", "company_core", "prefix_length"]

DIVISION_WORDS = ("特别行政区", "自治区", "自治州", "自治县", "地区", "省", "市", "县", "区", "旗", "州", "盟")
LEVEL_WORDS = (*DIVISION_WORDS, "街道", "社区", "林区", "镇", "乡", "村")
LEAST_CORE = 5
"""A company's core that is shorter is a brand, with which its whole name begins (金宝公司)."""
WORK_WORDS = ("建设项目", "项目", "工程")
MANY = 400
"""Above so many forms a page is a directory, and its forms are not compared each with each."""
PHASED = re.compile(r"[（(]([一二三四五六]期)[)）]")
COMPANY = re.compile(r"(?:股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|集团|公司|总公司)$")
TRADE = re.compile(
    r"(?:科技|技术|实业|新材料|材料|建设|建筑|工程|投资|控股|发展|开发|置业|房地产|电子|信息|软件|网络|生物|医药|药业"
    r"|食品|农业|环保|能源|电力|化工|机械|汽车|物流|贸易|商贸|旅游|文化|传媒|管理|服务|包装|运营|产业|股份|制造|装备)+$"
)


@dataclass(slots=True)
class Form:
    """One form on a page, with all that its mentions say."""

    text: str
    type: str
    role: str = ""
    rule: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)
    superiors: list[str] = field(default_factory=list)
    """Names of places that stand right before it."""
    sentence: str = ""
    """The sentence of its first mention."""


def company_core(name: str, prefix: int) -> str:
    """Return what is left of a company's name without its place, trade words and legal form."""
    core = COMPANY.sub("", name[prefix:])
    shorter = TRADE.sub("", core)
    return shorter if len(shorter) > 1 else core


class Joiner:
    """Joins the forms of a page into groups, each one entity."""

    def __init__(self, lexis: Lexis) -> None:
        self.lexis = lexis
        self.parent: dict[str, str] = {}
        self.forms: dict[str, Form] = {}

    def join(self, forms: Iterable[Form], bound: Iterable[tuple[str, str]] = ()) -> list[list[Form]]:
        """Return the groups of forms that name the same, in order of first mention.

        `bound` are pairs of forms that the text itself says are one (以下简称).
        """
        self.forms = {f.text: f for f in forms}
        self.parent = {t: t for t in self.forms}
        self._index()
        for text in list(self.forms):
            target = self._target(text)
            if target is not None and target != text:
                self.parent[self._root(text)] = self._root(target)
        for text, other in bound:
            self.bind(text, other)
        groups: dict[str, list[Form]] = {}
        for text, form in self.forms.items():
            groups.setdefault(self._root(text), []).append(form)
        return sorted(groups.values(), key=lambda g: min(f.spans[0] for f in g))

    def bind(self, text: str, other: str) -> None:
        """Note that two forms are one (以下简称)."""
        if text in self.parent and other in self.parent:
            self.parent[self._root(text)] = self._root(other)

    def _index(self) -> None:
        """Index the forms by what a shorter one could be of them."""
        self.tails: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.coded: dict[str, list[str]] = defaultdict(list)
        self.cores: dict[str, str] = {}
        self.shorts: dict[str, str] = {}
        self.known: dict[str, list[str]] = defaultdict(list)
        self.dotted = {t.rpartition("·")[2]: t for t in self.forms if "·" in t}
        for text, form in self.forms.items():
            if text in self.lexis.known:
                self.known[self.lexis.known[text].name].append(text)
            if form.type == "place":
                if "自治" in text:
                    for place in self.lexis.places.find(text):
                        self.coded[place.code].append(text)
                for line in self.lexis.places.by_name.get(text, ()):
                    self.shorts.setdefault(line.split("\t")[2], text)
                continue
            if form.type == "person":
                continue
            self.tails[form.type, text[-2:]].append(text)
            if form.type == "organisation" and COMPANY.search(text):
                prefix = self.prefix(text)
                for core in (company_core(text, prefix), COMPANY.sub("", text[prefix:]), COMPANY.sub("", text)):
                    if len(self.cores.get(core, "")) < len(text):
                        self.cores[core] = text

    def _root(self, text: str) -> str:
        while self.parent[text] != text:
            text = self.parent[text]
        return text

    def _target(self, text: str) -> str | None:
        """Return the fuller form of the page that `text` stands for."""
        form = self.forms[text]
        if form.type == "place":
            return self._place(text)
        if form.type == "person":
            return self.dotted.get(text) if "·" not in text else None
        return (
            self._known(text, form)
            or self._work(text, form)
            or self._company(text, form)
            or self._tail(text, form)
            or self._abbreviated(text, form)
        )

    def _place(self, text: str) -> str | None:
        known = text in self.lexis.known and self.lexis.known[text].division
        for level in DIVISION_WORDS if known else LEVEL_WORDS:
            full = text + level
            if full in self.forms and self.forms[full].type == "place":
                return full
        if self.shorts.get(text, text) != text:
            return self.shorts[text]
        named = self._autonomous(text) if known else None
        if named is not None:
            return named
        below = text[self.prefix(text) :]
        if below != text and below in self.forms and self.forms[below].type == "place":
            return below
        return self._known(text, self.forms[text])

    def _autonomous(self, text: str) -> str | None:
        """Return the full name of an autonomous division of the page (威宁自治县, 桓仁县), None when it names none."""
        codes = sorted({p.code for p in self.lexis.places.find(text)})
        fuller = (f for code in codes for f in self.coded[code] if f[:2] == text[:2] and len(f) > len(text))
        return max(fuller, key=len, default=None)

    def _known(self, text: str, form: Form) -> str | None:
        if text not in self.lexis.known:
            return None
        name = self.lexis.known[text].name
        if name == text:
            return None
        fuller = (f for f in self.known[name] if self.forms[f].type == form.type and len(f) > len(text))
        return max(fuller, key=len, default=None)

    def _work(self, text: str, form: Form) -> str | None:
        if form.type not in {"project", "organisation"} or COMPANY.search(text):
            return None
        plain = PHASED.sub(r"\1", text)
        if plain != text and plain in self.forms:
            return plain
        for word in WORK_WORDS:
            if plain + word in self.forms:
                return plain + word
        if plain.endswith(("项目", "工程")):
            other = plain[:-2] + ("工程" if plain.endswith("项目") else "项目")
            if other in self.forms and self.forms[other].spans[0] < form.spans[0]:
                return other
        if plain == text or len(self.tails[form.type, plain[-2:]]) > MANY:
            return None
        placed = (f for f in self.tails[form.type, plain[-2:]] if f.endswith(plain) and f[self.prefix(f) :] == plain)
        return next(placed, None)

    def _company(self, text: str, form: Form) -> str | None:
        if form.type != "organisation":
            return None
        mine = COMPANY.sub("", text)
        full = self.cores.get(mine)
        if full in {None, text} and text.endswith("公司") and 1 < len(mine) < LEAST_CORE and len(self.cores) < MANY:
            begun = {f for core, f in self.cores.items() if core.startswith(mine) and len(f) > len(text)}
            full = begun.pop() if len(begun) == 1 else None
        return full if full is not None and len(full) > len(text) else None

    def _tail(self, text: str, form: Form) -> str | None:
        """Return the one longer form that ends with `text`, when only a name's words stand before it."""
        if len(text) < 3:
            return None
        same = self.tails[form.type, text[-2:]]
        if len(same) > MANY:
            return None
        longer = [f for f in same if f != text and f.endswith(text)]
        return longer[0] if len(longer) == 1 else None

    def _abbreviated(self, text: str, form: Form) -> str | None:
        """Return the one longer name that `text` leaves characters out of (市府办, 旅发委, 理工大科技园)."""
        mine = self.prefix(text)
        if len(self.forms) > MANY:
            return None
        for full, other in self.forms.items():
            if len(full) < len(text) + 2 or other.type != form.type or other.type == "place":
                continue
            if form.type == "organisation" and _apart(text, full):
                continue
            theirs = self.prefix(full)
            if mine and full[:theirs] != text[:mine]:
                continue
            rest, whole = text[mine:], full[theirs:]
            if not mine and rest[0] in "省市县区州旗" and theirs and full[theirs - 1] == rest[0]:
                rest = rest[1:]
            elif not mine and len(text) < 5:
                continue
            if len(rest) > 1 and rest[-1] in whole[-3:] and _subsequence(rest, whole):
                return full
        return None

    def prefix(self, text: str) -> int:
        """Return the length of the places in front of a name (山东郯城县…), 0 when none or nothing would be left."""
        return prefix_length(text, self.lexis)


@lru_cache(maxsize=8192)
def prefix_length(text: str, lexis: Lexis) -> int:
    """Return the length of the divisions in front of a name, 0 when none or nothing would be left."""
    at = 0
    while True:
        longest = min(8, len(text) - at - 2)
        size = next((n for n in range(longest, 1, -1) if _division(text[at : at + n], lexis)), 0)
        if not size:
            return at
        at += size


def _division(text: str, lexis: Lexis) -> bool:
    return (text in lexis.known and lexis.known[text].division) or text in lexis.places.townships


def _apart(text: str, full: str) -> bool:
    """Tell whether a longer name is another body's: a branch (某银行|某支行), one of several, a union."""
    numbered = "第" in full and "第" not in text
    return full.startswith(text) or numbered or text.endswith("合作社") != full.endswith("合作社")


def _subsequence(short: str, full: str) -> bool:
    """Tell whether all characters of `short` stand in `full` in their order."""
    rest = iter(full)
    return all(c in rest for c in short)
