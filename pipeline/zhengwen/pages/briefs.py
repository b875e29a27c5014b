"""Round-ups: pages of short titled briefs, each an article of its own, told from the sections of one article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from zhengwen.pages.lines import Line, headlike, paragraph
from zhengwen.pages.marks import Marks
from zhengwen.stages import Meta

__all__ = ["roundup"]

_OPENING = 40
"""So many characters of a brief tell whether it opens like news."""
_LONGEST_BRIEF = 3
"""A brief has so many paragraphs at most."""
_SHORTEST_TITLE = 6
_ECHO = 0.2
"""The share of a headline's word pairs that return in what it heads; elsewhere it must be half of that."""
_PAIR = re.compile("(?=([\u4e00-\u9fff]{2}))")


def roundup(lines: Sequence[Line], heads: Sequence[int], bodied: Sequence[int], marks: Marks, meta: Meta) -> set[int]:
    """Return the headlines of a page's briefs, none when its short lines head the sections of one article.

    `heads` are the short lines, `bodied` those with running text under them.
    """
    if len(bodied) < 2:
        return set()
    if marks.can_be("roundup", meta.title or lines[heads[0]].text):
        return set(bodied)
    named = [i for i in bodied if marks.can_be("name", lines[i].text)]
    if len(named) >= 3 and named[0] == heads[0] and len(named) * 5 >= len(heads) * 4:
        return set(bodied)
    first = [next(lines[j].text for j in range(i + 1, len(lines)) if paragraph(lines[j])) for i in bodied]
    opened = sum(marks.can_be("news_opening", text) for text in first)
    if bodied[0] == 0 and opened >= 3 and opened * 3 >= len(bodied) * 2:
        return set(bodied)
    signed = [i for i in bodied if i and lines[i - 1].role == "signed"]
    if len(signed) >= 2:
        return set(signed)
    return set(bodied) if _unrelated(lines, heads, bodied, first, marks, meta) else set()


def _unrelated(
    lines: Sequence[Line], heads: Sequence[int], bodied: Sequence[int], first: Sequence[str], marks: Marks, meta: Meta
) -> bool:
    """Tell whether every short line is a headline over its own news: the first says nothing of the others."""
    begins = [i for i in heads if i >= bodied[0]]
    if len(bodied) < 3 or begins != list(bodied) or bodied[0] > _unlabelled(lines):
        return False
    if meta.title and _tight(meta.title) == _tight(lines[bodied[0]].text):
        return False
    if any(len(lines[i].text) < _SHORTEST_TITLE for i in bodied):
        return False
    parts = [
        [x.text for x in lines[a + 1 : b] if not x.label or x.label == "body"]
        for a, b in pairwise([*bodied, len(lines)])
    ]
    if any(len(p) > _LONGEST_BRIEF for p in parts):
        return False
    fresh = sum(marks.says("news_day", text[:_OPENING]) for text in first) * 3 >= len(bodied) * 2
    said = any(x.label == "furniture" and marks.says("roundup_page", x.text) for x in lines[: bodied[0]])
    pairs = set(_PAIR.findall(lines[bodied[0]].text))
    others = _echo(pairs, "".join("".join(p) for p in parts[1:]))
    if said or fresh:
        return others <= _ECHO / (1 if said and fresh else 2)
    own = _echo(pairs, "".join(parts[0]))
    return all(len(p) == 1 for p in parts) and own >= _ECHO and others <= own / 4


def _unlabelled(lines: Sequence[Line]) -> int:
    """Return the index of the first line that is no furniture of the page."""
    return next((i for i, x in enumerate(lines) if headlike(x) or paragraph(x)), 0)


def _echo(pairs: set[str], text: str) -> float:
    """Return the share of `pairs` that occur in `text`."""
    return sum(p in text for p in pairs) / len(pairs) if pairs else 1.0


def _tight(text: str) -> str:
    return "".join(text.split())
