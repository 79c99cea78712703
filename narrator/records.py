"""Frozen dataclasses that are quick to make, for what a check makes tens of thousands of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["record", "replace"]

T = TypeVar("T")

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:

    def record(*, frozen: bool, slots: bool) -> Any:
        """`dataclass`, frozen for the type checker alone: refusing assignment at run time too makes it four times slower."""
        assert frozen
        return dataclass(slots=slots, unsafe_hash=True)


def replace(value: T, /, **changes: Any) -> T:
    """`dataclasses.replace` for a dataclass of which every field is given when it is made; three times as quick."""
    kind: Any = type(value)
    fields = dict(zip(kind.__match_args__, _fields(kind)(value), strict=True))
    made: T = kind(**(fields | changes))
    return made


@cache
def _fields(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*kind.__match_args__)
