"""Bring an edited report up to revised data: numbers as tracked changes, words that hang on them as remarks."""

from __future__ import annotations

from narrator.refresh.items import Cause, Item, Refreshed
from narrator.refresh.run import refresh

__all__ = ["Cause", "Item", "Refreshed", "refresh"]
