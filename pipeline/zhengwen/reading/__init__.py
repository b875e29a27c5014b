"""From bytes to pages: inputs are found, decoded and given their metadata; nothing is trimmed or converted.

`find_inputs` says what there is to read, `read_pages` reads it. A page's text is the file's text exactly as decoded
(`\\r\\n` counts two characters, a byte-order mark is not part of it), so that offsets always slice the source.
"""

from __future__ import annotations

from zhengwen.reading.dates import parse_date
from zhengwen.reading.encoding import Decoded, decode
from zhengwen.reading.inputs import Input, find_inputs
from zhengwen.reading.metadata import meta_beside, with_date
from zhengwen.reading.pages import page_of, read_page, read_pages

__all__ = [
    "Decoded",
    "Input",
    "decode",
    "find_inputs",
    "meta_beside",
    "page_of",
    "parse_date",
    "read_page",
    "read_pages",
    "with_date",
]
