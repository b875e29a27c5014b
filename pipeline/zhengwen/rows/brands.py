"""Enterprises that a clause names by their coined word alone (瑞顿: 云霄瑞顿户外用品有限公司)."""

from __future__ import annotations

from zhengwen.entities import Book
from zhengwen.rows.clauses import Text
from zhengwen.rows.nouns import Nouns
from zhengwen.rows.scopes import Context, Subject

__all__ = ["Brands"]

_BACK = 30
"""How far to the left a name may begin that the word stands in."""
_HOUSES = ("公司", "集团", "合作社", "厂", "股份")
"""What the names of enterprises end in."""
_BRAND = 2
"""How many characters a coined word has."""


class Brands:
    """Knows the coined words of the page that is read; articles of one page and place share them."""

    def __init__(self, nouns: Nouns) -> None:
        self._nouns = nouns
        self._book: Book | None = None
        self._known: dict[str, dict[str, str]] = {}

    def leading(self, text: Text, start: int, end: int, context: Context) -> list[tuple[int, int, Subject]]:
        """Return the enterprises that `start:end` begins with by their brand alone (瑞顿已建成…)."""
        found: list[tuple[int, int, Subject]] = []
        houses = self._of(context)
        seen: set[str] = set()
        for at in range(start, end - _BRAND + 1) if houses else ():
            last = at + _BRAND
            brand = text.text[at:last]
            if brand not in houses or brand in seen:
                continue
            seen.add(brand)
            names = text.between(max(0, at - _BACK), last + _BACK, "name")
            if self._nouns.only_leads(text, start, at) and not any(i.start < last and at < i.end for i in names):
                house = Subject(houses[brand], "organisation", text.view.span(at, last), "clause")
                found.append((at, last, house))
        return found

    def _of(self, context: Context) -> dict[str, str]:
        """Return the enterprises of the page by the coined word behind their place."""
        if context.book is not self._book:
            self._book, self._known = context.book, {}
        place = context.place.name if context.place else ""
        if place not in self._known:
            self._known[place] = self._read(context.book, place)
        return self._known[place]

    def _read(self, book: Book, place: str) -> dict[str, str]:
        places = {e.name for e in book.entities if e.type == "place"} | {place}
        forms = {form for name in places for form in (name, name[:-1])}
        brands: dict[str, set[str]] = {}
        for entity in book.entities:
            if entity.type == "organisation" and entity.name.endswith(_HOUSES):
                area = book.area(entity.name)
                around = (area.province, area.city, area.county) if area is not None else ()
                own = {form for name in around for form in (name, name[:-1])}
                brand = _without(entity.name, forms, own)[:_BRAND]
                if len(brand) == _BRAND and brand not in places and self._nouns.is_proper(brand):
                    brands.setdefault(brand, set()).add(entity.name)
        return {brand: names.pop() for brand, names in brands.items() if len(names) == 1}


def _without(name: str, *known: set[str]) -> str:
    """Return a name without the places that it begins with, the longest first."""
    while cut := next((n for n in range(len(name), 1, -1) if any(name[:n] in forms for forms in known)), 0):
        name = name[cut:]
    return name
