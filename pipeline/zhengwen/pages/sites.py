"""What a web site puts around its articles on lines that do not tell it by themselves: values, links, contents."""

from __future__ import annotations

from collections.abc import Sequence

from zhengwen.pages.lines import Line, headlike

__all__ = ["contents", "counter", "keyed", "links"]

_LONGEST_VALUE = 30
_LONGEST_LINK = 40
_LONGEST_COUNT = 5
_TWO = 2
_FIELDS = frozenset({"source", "date"})


def keyed(lines: Sequence[Line]) -> None:
    """Label the values of a web page's fields that stand on lines of their own, under their keys."""
    known = False
    for i, line in enumerate(lines[:-1]):
        if not _bare_key(line):
            known = known and (line.rule == "pages.value" or line.role == "date")
            continue
        value = lines[i + 1]
        onward = lines[i + 2] if i + 2 < len(lines) else None
        if _bare_key(value) or len(value.text) > _LONGEST_VALUE or value.ends:
            continue
        if known or (onward is not None and onward.role in _FIELDS):
            value.role = "source"
            value.name("furniture", "pages.value")
        known = value.rule == "pages.value"


def _bare_key(line: Line) -> bool:
    return line.role == "source" and line.text[-1] in "：:" and len(line.text) <= _LONGEST_VALUE


def counter(lines: Sequence[Line]) -> None:
    """Label a bare number that opens a page, over words: how often it was read, or its page in a file."""
    if len(lines) < _TWO or not headlike(lines[1]) or lines[1].text[0].isdecimal():
        return
    if lines[0].table is None and lines[0].text.isdecimal() and len(lines[0].text) <= _LONGEST_COUNT:
        lines[0].name("furniture", "pages.counter")
        lines[0].article = 0


def links(lines: Sequence[Line]) -> None:
    """Label what stands under 相关新闻, 新闻推荐 and their like: names of other articles, and their first words."""
    tail = False
    for line in lines:
        if line.rule == "pages.neighbour" and not line.text[-1].isdigit():
            tail = True
        elif line.label or line.table is not None:
            tail = tail and line.label == "furniture"
        elif tail and (line.text.endswith(("...", "…")) or (headlike(line) and len(line.text) <= _LONGEST_LINK)):
            line.role = "tail"
            line.name("furniture", "pages.link")
            line.article = 0
        else:
            tail = False


def contents(lines: Sequence[Line]) -> None:
    """Label the list of a paper's parts under 目录, up to the line that begins its first part again."""
    start = next((i for i, x in enumerate(lines) if x.role == "contents"), None)
    if start is None or start + 1 >= len(lines):
        return
    first = _tight(lines[start + 1].text)
    again = (i for i in range(start + 2, len(lines)) if _tight(lines[i].text) == first)
    end = next(again, 0)
    for line in lines[start + 1 : end]:
        if line.role != "number":
            break
        line.role = "contents"
        line.name("furniture", "pages.contents_item")


def _tight(text: str) -> str:
    return "".join(text.split())
