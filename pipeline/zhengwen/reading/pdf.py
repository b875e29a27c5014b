"""PDF files: text in reading order, a table's rows as rows, and where each page begins.

Scans without a text layer are told as that, never as empty. Fonts that give radicals (⼯, ⻓) for characters (工, 长)
are repaired by the radicals of `rules/widths.tsv`: they are no characters of the article.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from zhengwen.errors import BadInput
from zhengwen.reading.files import digest, installed
from zhengwen.reading.layout import Piece, Table, arrange
from zhengwen.reading.writer import CellText, TextWriter
from zhengwen.stages import Page

__all__ = ["read_pdf"]

_MOST_PAGES = 3_000
_FEWEST_CHARACTERS = 4
"""A file with fewer characters a page than this is a scan with a page number or a stamp."""


def read_pdf(data: bytes, *, source: str) -> Page:
    """Return the page of a PDF's bytes, all its sheets one after the other.

    Raises `BadInput` (not_installed, format, encrypted, large, no_text_layer).
    """
    installed("pypdfium2", "pdf", "a PDF", where=source)
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        why = " ".join(str(error).split())
        code, said = ("encrypted", "the PDF asks for a password") if "assword" in why else ("format", "")
        raise BadInput(said or f"no PDF can be read: {why}", code=code, where=source) from None
    writer = TextWriter()
    try:
        count = len(document)
        if count > _MOST_PAGES:
            raise BadInput(f"the PDF has {count} pages (at most {_MOST_PAGES})", code="large", where=source)
        for number in range(count):
            writer.page()
            _write(writer, _pieces(document, number, source))
            writer.gap()
    finally:
        document.close()
    text = writer.text()
    if len("".join(text.split())) < _FEWEST_CHARACTERS * max(count, 1):
        raise BadInput(
            f"the {count} pages of the PDF hold no text layer: a scan needs character recognition first",
            code="no_text_layer",
            where=source,
        )
    return Page(
        source,
        text,
        encoding="pdf",
        sha256=digest(data),
        format="pdf",
        grids=tuple(writer.grids),
        page_starts=tuple(min(p, len(text)) for p in writer.page_starts),
    )


def _pieces(document: Any, number: int, source: str) -> list[Piece]:
    import pypdfium2

    try:
        sheet = document[number]
        layer = sheet.get_textpage()
        boxes = [layer.get_rect(i) for i in range(layer.count_rects())]
        pieces = [Piece(a, b, c, d, _repaired(layer.get_text_bounded(a, b, c, d))) for a, b, c, d in boxes]
        layer.close()
        sheet.close()
    except pypdfium2.PdfiumError as error:
        why = " ".join(str(error).split())
        raise BadInput(f"page {number + 1} of the PDF cannot be read: {why}", code="format", where=source) from None
    return [p for p in pieces if p.text]


def _write(writer: TextWriter, pieces: list[Piece]) -> None:
    for block in arrange(pieces):
        if isinstance(block, Table):
            writer.table([[CellText(c) for c in row] for row in block.rows])
        else:
            writer.line(block)


def _repaired(text: str) -> str:
    return " ".join(_clean(text)).translate(_radicals())


def _clean(text: str) -> Iterator[str]:
    """Yield the words of a piece without what PDF writes between them (soft hyphens, noncharacters)."""
    yield from text.replace("\ufffe", "").replace("\u00ad", "").split()


@lru_cache(maxsize=1)
def _radicals() -> dict[int, str]:
    from zhengwen.rules import shipped

    lines = (shipped() / "widths.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return {ord(row[0]): row[1] for row in rows if row[-1] == "radical"}
