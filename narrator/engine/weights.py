"""Weights within a parent, and what becomes of them where an observation is missing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from narrator.model import Node

if TYPE_CHECKING:
    import pandas as pd


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
    """Weights of siblings scaled to sum exactly 1: a table may say 0.333333 three times."""
    total = math.fsum(weights)
    return [weight / total for weight in weights]


def reweighted(weights: Sequence[float], present: pd.DataFrame) -> pd.DataFrame:
    """Weights of siblings (rows of `present`) per period, scaled to sum 1 over those present.

    Leaving a sibling out and scaling the others up is the same as giving it their mean: see
    `aggregate.impute`, which keeps shares and pulls exact under fixed weights.
    """
    table = present.astype(float).mul(list(weights), axis=0)
    return table.div(table.sum(axis=0).where(lambda total: total > 0), axis=1)
