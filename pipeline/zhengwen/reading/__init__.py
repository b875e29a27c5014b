"""From bytes to pages: inputs are found, decoded and given their metadata; nothing is trimmed or converted.

`find_inputs` says what there is to read, `read_pages` reads it. The text of a text file's page is exactly as decoded
(`\\r\\n` counts two characters, a byte-order mark is not part of it), so that offsets always slice the source; of
web pages, PDF, Word and Excel files it is what the reader made, kept in the run.
"""

from __future__ import annotations

from zhengwen.reading.catalogue import Catalogue, Known, PathPattern, Sources, columns_of
from zhengwen.reading.dates import parse_date
from zhengwen.reading.encoding import Decoded, decode
from zhengwen.reading.inputs import Input, find_inputs, iter_inputs
from zhengwen.reading.metadata import meta_beside, with_date
from zhengwen.reading.pages import page_of, read_page, read_pages

__all__ = [
    "Catalogue",
    "Decoded",
    "Input",
    "Known",
    "PathPattern",
    "Sources",
    "columns_of",
    "decode",
    "find_inputs",
    "iter_inputs",
    "meta_beside",
    "page_of",
    "parse_date",
    "read_page",
    "read_pages",
    "with_date",
]
