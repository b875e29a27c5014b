"""Ids that the same text gets in every run: a letter, then a hash of the page's text, then the place in it."""

from __future__ import annotations

from hashlib import blake2b

from zhengwen.stages import ArticleText, Page

__all__ = ["article_id", "figure_id", "page_digest"]


def page_digest(page: Page) -> str:
    """Return the prefix of a page's content hash that its records' ids start with; never begins with a digit."""
    return "z" + blake2b(page.text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def article_id(digest: str, article: ArticleText) -> str:
    """Return the id of an article of the page with that digest."""
    return f"{digest}-{article.number}"


def figure_id(article: str, start: int, end: int) -> str:
    """Return the id of the figure at `start:end` in the article with that id."""
    digest, _, number = article.partition("-")
    place = blake2b(f"{number}:{start}:{end}".encode(), digest_size=4)
    return f"f{digest[1:]}{place.hexdigest()}"
