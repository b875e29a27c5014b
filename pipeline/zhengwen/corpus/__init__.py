"""The labelled corpus as a folder that people work in: add, review, status, and exchange with annotation tools.

What is labelled is judged elsewhere (`zhengwen.scoring`); here it is made, and nothing here knows how it is scored.
"""

from __future__ import annotations

__all__: list[str] = []
