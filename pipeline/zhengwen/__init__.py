"""zhengwen: statistics in Chinese government news, one row per figure.

`extract(text)` gives records, `extract_frame(frame)` a table, `load()` a spaCy pipeline. Everything is imported when it
is first used, so that `import zhengwen` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhengwen.components import load
    from zhengwen.errors import BadDate, BadInput, BadRule, ZhengwenError
    from zhengwen.extraction import extract, extract_file, extract_frame
    from zhengwen.records import (
        SCHEMA_VERSION,
        Article,
        Block,
        Check,
        Entity,
        Figure,
        Record,
        Time,
        Unread,
        to_json,
    )

__version__ = "0.1.0"

__all__ = [
    "SCHEMA_VERSION",
    "Article",
    "BadDate",
    "BadInput",
    "BadRule",
    "Block",
    "Check",
    "Entity",
    "Figure",
    "Record",
    "Time",
    "Unread",
    "ZhengwenError",
    "extract",
    "extract_file",
    "extract_frame",
    "load",
    "to_json",
]

_HOMES = {
    "load": "components",
    **dict.fromkeys(("extract", "extract_file", "extract_frame"), "extraction"),
    **dict.fromkeys(("BadDate", "BadInput", "BadRule", "ZhengwenError"), "errors"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'zhengwen' has no attribute {name!r}")
    value = getattr(import_module(f"zhengwen.{_HOMES.get(name, 'records')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
