"""Values that are never changed once made, at the price of plain ones.

A frozen dataclass looks up `object.__setattr__` for every field that it is made with, which takes three times as long
as setting it. A page makes thousands of words, items and candidates, so these are frozen for the type checker, which
sees every assignment in this project, and plain objects at run time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

__all__ = ["fixed"]

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def fixed(cls: type[T]) -> type[T]:
    """Make a class a dataclass with slots, equal and hashed by its fields, that type checkers take for frozen."""
    return dataclass(slots=True, unsafe_hash=True)(cls)
