"""Weights within a parent, and what becomes of them where an observation is missing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from narrator.model import Node


def families(nodes: Mapping[str, Node]) -> dict[str, tuple[str, ...]]:
    """Each parent's children by code, parents ordered from the leaves up (children before parents)."""
    children: dict[str, list[str]] = {}
    for node in nodes.values():
        if node.parent is not None:
            children.setdefault(node.parent, []).append(node.code)
    ordered: dict[str, tuple[str, ...]] = {}

    def visit(code: str) -> None:
        for child in children.get(code, ()):
            visit(child)
        if code in children:
            ordered[code] = tuple(children[code])

    for node in nodes.values():
        if node.parent is None:
            visit(node.code)
    return ordered


def normal(weights: Sequence[float]) -> list[float]:
    """Weights scaled to sum exactly 1: a table may say 0.333333 three times.

    Of the siblings that are present only, the same scales them up for those that are missing. Leaving a
    sibling out is the same as giving it their mean: see `aggregate.aggregate`, which so keeps shares and
    pulls exact under fixed weights.
    """
    total = math.fsum(weights)
    return [weight / total for weight in weights]
