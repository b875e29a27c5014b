"""Who and where: names of people, organisations, places, projects and documents, and the codes of places.

In: a page's layout. Out: name candidates per paragraph, and, once the arbiter has decided, the page's `Book`.
"""

from __future__ import annotations

from zhengwen.entities.book import Book
from zhengwen.entities.entities import Entities
from zhengwen.entities.gazetteer import Area, Gazetteer, gazetteer

__all__ = ["Area", "Book", "Entities", "Gazetteer", "gazetteer"]
