"""From indicators to modules to the total: weighted means, level by level."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from narrator.dataset.types import Columns
from narrator.engine.weights import families, normal
from narrator.model import Node

Mean = Callable[[Sequence[float], Sequence[float]], float]


def weighted_arithmetic(indices: Sequence[float], weights: Sequence[float]) -> float:
    """Σ w·x; the weights sum to 1."""
    return math.fsum(index * weight for index, weight in zip(indices, weights, strict=True))


AGGREGATIONS: dict[str, Mean] = {"arithmetic": weighted_arithmetic}


def aggregate(leaves: Columns, nodes: Mapping[str, Node], method: str = "arithmetic") -> tuple[Columns, Columns]:
    """Indices of all nodes from those of the leaves.

    Returns two tables, each column in the order of `nodes`: the indices of those that have one, and the
    same with every missing child imputed at its siblings' weighted mean. The first is what may be
    said; the second is what contributions are decomposed on, for it satisfies
    `parent = Σ w·child` under the fixed weights in every period. A parent of which nothing is known
    in a period is in neither.
    """
    mean = AGGREGATIONS[method]
    members = families(nodes)
    said: Columns = {}
    complete: Columns = {}
    for period, column in leaves.items():
        known = dict(column)
        imputed = dict(column)
        for parent, children in members.items():
            present = [code for code in children if code in known and nodes[code].weight]
            if not present:
                continue
            weights = normal([nodes[code].weight for code in present])
            known[parent] = imputed[parent] = mean([known[code] for code in present], weights)
            for code in children:
                imputed.setdefault(code, known[parent])
        said[period] = {code: known[code] for code in nodes if code in known}
        complete[period] = {code: imputed[code] for code in nodes if code in imputed}
    return said, complete
