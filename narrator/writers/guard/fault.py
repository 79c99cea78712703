"""Why a stretch of an answer cannot stand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a stretch of an answer cannot stand: the words, the rule, and what is said to the model."""

    quote: str
    rule: str
    message: str
