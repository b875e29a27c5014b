"""Web pages: the article's own lines and tables, and what the page's head says of it.

trafilatura finds what is the article; the page's data tables are taken out before and put back where they stood, so
that rows, heads and spans stay whole. Where it finds no article, all lines of the page are the text: the page stage
knows navigation when it sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from zhengwen.errors import BadDate, BadInput
from zhengwen.reading.dates import parse_date
from zhengwen.reading.encoding import decode
from zhengwen.reading.files import check_lines, digest, installed
from zhengwen.reading.writer import CellText, TextWriter
from zhengwen.stages import Meta, Page

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["read_html"]

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_HEAD_BYTES = 4096
_MARK = "zwtable{}zw"
_MARKED = re.compile(r"zwtable(\d+)zw")
_NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?\s?%?")
_SILENT = ("script", "style", "noscript", "template", "iframe", "select", "button", "svg", "head")
_BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul br".split()
)
_HEADLINES = ("h1", "h2", "h3", "h4")
_FEWEST_NUMBERS = 3
_LONGEST_CELL = 60
_SHORTEST_ARTICLE = 10
_MOSTLY_OWN = 0.8
_LONGEST_TITLE = 120

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("articletitle", "og:title", "title"),
    "date": ("pubdate", "article:published_time", "og:published_time", "publishdate", "publish_time"),
    "source_name": ("contentsource", "source", "sitename", "og:site_name"),
    "url": ("url", "og:url"),
}
"""Our fields by the names under which government sites (GB/T 39784's page tags) and others give them, best first."""
_EXTRA = ("sitename", "columnname", "author", "keywords", "description", "contentsource", "sitedomain")


def read_html(data: bytes, *, source: str, declared: str = "", url: str = "") -> Page:
    """Return the page of a web page's bytes; `declared` is the encoding that its sender gave, `url` its address.

    Raises `BadInput` (not_installed, empty, binary, undecodable, large).
    """
    installed("trafilatura", "web", "a web page", where=source)
    check_lines(data, where=source)
    head = _CHARSET.search(data[:_HEAD_BYTES])
    decoded = decode(data, where=source, declared=declared or (head[1].decode("ascii") if head else ""))
    tree = _tree(decoded.text, source)
    meta = _meta(tree, url)
    tables = _take_tables(tree)
    lines = _article(tree, meta.title) or list(_all_lines(tree))
    writer = TextWriter()
    _write(writer, lines, tables)
    text = writer.text()
    if not text.strip():
        raise BadInput("the page holds no text", code="empty", where=source)
    return Page(
        source,
        text,
        meta,
        decoded.encoding,
        digest(data),
        format="html",
        confidence=decoded.confidence,
        grids=tuple(writer.grids),
    )


def _tree(text: str, source: str) -> HtmlElement:
    from lxml import etree, html

    try:
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False)
        tree = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise BadInput(
            f"no web page can be read: {' '.join(str(error).split())}", code="format", where=source
        ) from None
    for element in tree.iter(*_SILENT):
        if element.tag != "head" and element.getparent() is not None:
            element.drop_tree()
    return tree


def _meta(tree: HtmlElement, url: str) -> Meta:
    """Return what the page's head says: the tags of government sites first, then the web's."""
    said: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = (tag.get("name") or tag.get("property") or "").strip().lower()
        content = " ".join((tag.get("content") or "").split())
        if name and content:
            said.setdefault(name, content)
    title = tree.find(".//title")
    if title is not None and title.text and "articletitle" not in said:
        said.setdefault("title", " ".join(title.text.split()))
    found = {field: next((said[n] for n in names if n in said), "") for field, names in _FIELDS.items()}
    date = _date(said)
    if "articletitle" not in said and "og:title" not in said:
        found["title"] = ""  # the browser's title names the site as well: the headline in the text is better
    return Meta(
        date=date,
        title=found["title"],
        source_name=found["source_name"],
        url=url or found["url"],
        date_from="html" if date else "",
        extra={name: said[name] for name in _EXTRA if name in said},
    )


def _date(said: Mapping[str, str]) -> str:
    for name in _FIELDS["date"]:
        try:
            date = parse_date(said.get(name, "").replace("T", " ").split("+")[0])
        except BadDate:
            continue
        if date:
            return date
    return ""


def _take_tables(tree: HtmlElement) -> list[tuple[list[list[CellText]], str]]:
    """Take the data tables out of the page, a mark in the place of each, and return their rows and captions."""
    from lxml import html

    tables: list[tuple[list[list[CellText]], str]] = []
    for element in list(tree.iter("table")):
        if element.find(".//table") is not None or element.getparent() is None:
            continue
        rows = _rows(element)
        if not _holds_data(rows):
            continue
        caption = element.find("caption")
        tables.append((rows, _said(caption) if caption is not None else ""))
        mark = html.Element("p")
        mark.text = _MARK.format(len(tables) - 1) + "。"
        mark.tail = element.tail
        element.getparent().replace(element, mark)
    return tables


def _rows(table: HtmlElement) -> list[list[CellText]]:
    rows = []
    for row in table.iter("tr"):
        cells = [
            CellText(_said(c), _span(c, "rowspan"), _span(c, "colspan"), c.tag == "th") for c in row.iter("td", "th")
        ]
        if cells:
            rows.append(cells)
    return rows


def _span(cell: HtmlElement, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return min(max(int(value), 1), 200) if value.isdecimal() and len(value) < 4 else 1


def _holds_data(rows: list[list[CellText]]) -> bool:
    """Tell a table of data from one that only arranges the page."""
    if len(rows) < 2 or max(len(r) for r in rows) < 2:
        return False
    cells = [c for r in rows for c in r if c.text]
    numbers = sum(_NUMBER.fullmatch(c.text) is not None for c in cells)
    return numbers >= _FEWEST_NUMBERS and sum(len(c.text) > _LONGEST_CELL for c in cells) * 5 <= len(cells)


def _said(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())


def _article(tree: HtmlElement, title: str) -> list[str]:
    """Return the lines that trafilatura takes for the article, its headline over them; none when it finds none."""
    import copy

    import trafilatura

    found = trafilatura.bare_extraction(
        copy.deepcopy(tree), include_comments=False, include_tables=True, with_metadata=False
    )
    body = getattr(found, "body", None)
    if body is None:
        return []
    lines = list(_body_lines(body))
    if sum(map(len, lines)) < _SHORTEST_ARTICLE or not _covers(lines, tree) or not _whole(lines, tree):
        return []
    headline = _headline(tree, title)
    if headline and not any(_tight(headline) == _tight(x) for x in lines[:5]):
        lines.insert(0, headline)
    return lines


def _covers(lines: list[str], tree: HtmlElement) -> bool:
    """Tell whether the article holds the page's data tables: where one is lost, the whole page is the text."""
    kept = set(_MARKED.findall("".join(lines)))
    return kept == set(_MARKED.findall(_said(tree)))


def _whole(lines: list[str], tree: HtmlElement) -> bool:
    """Tell whether the lines found are the page's own lines; run together, as on short pages, they are not."""
    own = {_tight(x) for x in _all_lines(tree)}
    return sum(_tight(x) in own for x in lines) >= len(lines) * _MOSTLY_OWN


def _body_lines(body: HtmlElement) -> Iterator[str]:
    """Yield the lines of trafilatura's tree: one a block, in order."""
    blocks = frozenset(("p", "head", "item", "row", "list", "table", "quote", "div", "body", "lb", "code"))
    yield from _split(body, blocks)


def _all_lines(tree: HtmlElement) -> Iterator[str]:
    """Yield every line that the page shows."""
    body = tree.find("body")
    yield from _split(body if body is not None else tree, _BLOCKS)


def _split(root: HtmlElement, blocks: frozenset[str]) -> Iterator[str]:
    """Yield the texts between the borders of block elements, walked without recursion."""
    line: list[str] = []
    for event, element in _walk(root):
        tag = element.tag if isinstance(element.tag, str) else ""
        text = element.text if event == "start" else element.tail
        if tag in blocks and line:
            yield from _full(line)
            line = []
        if text and (event == "start" or element is not root):
            line.append(text)
    yield from _full(line)


def _walk(root: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    from lxml import etree

    yield from etree.iterwalk(root, events=("start", "end"))


def _full(line: list[str]) -> Iterator[str]:
    text = " ".join("".join(line).split())
    if text:
        yield text


def _headline(tree: HtmlElement, title: str) -> str:
    """Return the headline as the page shows it: the heading that its head names, else its only first heading."""
    headings = [(h, _said(h)) for h in tree.iter(*_HEADLINES)]
    for _, said in headings:
        if title and _tight(said) == _tight(title):
            return said
    if title:
        return title if len(title) <= _LONGEST_TITLE else ""
    firsts = [said for h, said in headings if h.tag == "h1" and said]
    return firsts[0] if len(firsts) == 1 and len(firsts[0]) <= _LONGEST_TITLE else ""


def _tight(text: str) -> str:
    return "".join(text.split())


def _write(writer: TextWriter, lines: list[str], tables: list[tuple[list[list[CellText]], str]]) -> None:
    for line in lines:
        at = 0
        for found in _MARKED.finditer(line):
            if line[at : found.start()].strip():
                writer.line(line[at : found.start()])
            rows, caption = tables[int(found[1])]
            if caption:
                writer.line(caption)
            writer.table(rows)
            at = found.end() + line.startswith("。", found.end())
        if line[at:].strip():
            writer.line(line[at:])
