"""Pages: lines into labelled blocks, articles and reading views; dates and places of articles.

layout = Pages(rules).divide(page)
frame = pages.frame(layout, layout.articles[0], taken)
"""

from __future__ import annotations

from zhengwen.pages.divider import Pages
from zhengwen.pages.listing import listing

__all__ = ["Pages", "listing"]
