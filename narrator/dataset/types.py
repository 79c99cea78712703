"""What the tables of an index become: frozen values that the engine reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from narrator.model import Frequency, Level, Node, Period, Status

if TYPE_CHECKING:
    import pandas

AGGREGATIONS: tuple[str, ...] = ("arithmetic",)
Missing = Literal["refuse", "carry", "reweight"]
MISSING_POLICIES: tuple[str, ...] = ("refuse", "carry", "reweight")


@dataclass(frozen=True)
class IndexConfig:
    """`index.toml`: what the index is. `flat_band` and `bands` are |同比| in %."""

    title: str
    region: str
    short_name: str
    publisher: str
    frequency: Frequency
    base_period: Period
    base_value: float
    flat_band: float = 2.0
    aggregation: str = "arithmetic"
    missing: Missing = "refuse"
    names: tuple[str, ...] = ()
    weight_status: Status = "A"  # "E" where the weights are estimates
    bands: tuple[float, ...] = (5.0, 10.0, 20.0)  # sizes at which the verbs change


@dataclass(frozen=True)
class Figure:
    """An officially published figure; `value` keeps the decimals it was printed with."""

    node: str
    measure: str
    period: Period
    value: Decimal
    unit: str


@dataclass(frozen=True)
class Reference:
    """A figure from elsewhere that prose may quote; `measure` is `value`, `yoy`, `pop`, `cumulative`, …"""

    name: str
    measure: str
    period: Period
    value: Decimal
    unit: str
    source: str


@dataclass(frozen=True)
class Material:
    """A policy note of a period: for one node, or general where `node` is empty.

    `title` is the heading that the file starts with, or the file's stem; `text` is the rest, newlines as `\\n`.
    """

    node: str
    path: Path
    title: str
    text: str


@dataclass(frozen=True)
class Policy:
    """What may be proposed when one of `nodes` is in trouble."""

    nodes: tuple[str, ...]
    title: str
    measures: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Dataset:
    """One index with its data, checked.

    `values`: rows are the codes of the observed nodes (the leaves) in file order, columns are
    `Period` objects in ascending order, the base period among them; floats in the node's unit,
    NaN where missing. `statuses` has the same shape, `M` where missing. A period between the first
    and the last that no row mentions has its column all the same, all missing.

    `digest` is the sha256 (hex) of the content. It does not depend on encoding, line ends, quoting,
    CSV or xlsx, or the row order of observations and published figures. The row order of
    indicators, references and policies does count, for a report follows it.
    """

    name: str
    folder: Path
    config: IndexConfig
    nodes: dict[str, Node]
    values: pandas.DataFrame
    statuses: pandas.DataFrame
    published: tuple[Figure, ...] = ()
    references: tuple[Reference, ...] = ()
    materials: dict[Period, tuple[Material, ...]] = field(default_factory=dict)
    policies: tuple[Policy, ...] = ()
    digest: str = ""

    @cached_property
    def _family(self) -> dict[str, tuple[Node, ...]]:
        family: dict[str, list[Node]] = {code: [] for code in self.nodes}
        for node in self.nodes.values():
            if node.parent is not None:
                family[node.parent].append(node)
        return {code: tuple(children) for code, children in family.items()}

    def children(self, code: str) -> tuple[Node, ...]:
        """The nodes right below `code`, in file order; KeyError where there is no such node."""
        return self._family[code]

    @cached_property
    def root(self) -> Node:
        """The total index."""
        return next(node for node in self.nodes.values() if node.parent is None)

    @property
    def modules(self) -> tuple[Node, ...]:
        """The parts of the total that have parts themselves, in file order."""
        return tuple(node for node in self.children(self.root.code) if node.level is Level.MODULE)

    @cached_property
    def leaves(self) -> tuple[Node, ...]:
        """The observed nodes, in file order: the rows of `values`."""
        return tuple(node for node in self.nodes.values() if not self._family[node.code])

    def is_leaf(self, code: str) -> bool:
        """Whether `code` is observed and not computed from parts."""
        return not self._family[code]

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods of the index's frequency, ascending; a base of another frequency is not among them."""
        columns = cast("list[Period]", list(self.values.columns))
        return tuple(period for period in columns if period.frequency == self.config.frequency)
