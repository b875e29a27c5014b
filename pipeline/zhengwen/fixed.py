"""Values that are never changed once made, at the price of plain ones.

A frozen dataclass looks up `object.__setattr__` for every field that it is made with, which takes three to six times
as long as setting it. A page makes thousands of words, items, candidates and records, so these are frozen for the type
checker, which sees every assignment in this project, and plain objects at run time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, dataclass_transform, overload

__all__ = ["fixed"]

T = TypeVar("T")


@overload
def fixed(cls: type[T], /) -> type[T]: ...
@overload
def fixed(*, kw_only: bool) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True)
def fixed(cls: type[T] | None = None, /, *, kw_only: bool = False) -> type[T] | Callable[[type[T]], type[T]]:
    """Make a class a dataclass with slots, equal and hashed by its fields, that type checkers take for frozen."""
    make = dataclass(slots=True, unsafe_hash=True, kw_only=kw_only)
    return make if cls is None else make(cls)
