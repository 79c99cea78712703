"""Frozen dataclasses that are quick to make, for what a check makes tens of thousands of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

__all__ = ["record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:

    def record(*, frozen: bool, slots: bool) -> Any:
        """`dataclass`, frozen for the type checker alone: refusing assignment at run time too makes it four times slower."""
        assert frozen
        return dataclass(slots=slots, unsafe_hash=True)
