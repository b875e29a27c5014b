"""Labels to and from annotation tools: the same records come back, offsets in the corpus's own text."""

from __future__ import annotations

from zhengwen.corpus.exchange.carried import Carried

__all__ = ["Carried"]
