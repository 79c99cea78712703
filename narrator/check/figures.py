"""Values of the ledger as the check asks for them: any node, any two periods, any side; cached in plain dicts."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from narrator.model import Level, Node, Period, fact_id
from narrator.numerals import agrees
from narrator.numerals.units import alike, normal
from narrator.records import record

if TYPE_CHECKING:
    from narrator.facts import Ledger


@record(frozen=True, slots=True)
class Option:
    """A number that the words may stand for: unrounded `value` in `unit`, and the fact it is (or would be)."""

    value: float
    unit: str
    decimals: int
    fact: str
    measure: str
    node: str
    period: Period
    change: bool = False  # prose prints its size and lets the verb carry the sign
    source: str = "engine"


class Figures:
    """The numbers of a ledger. Every method gives None where the data say nothing."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.dataset = ledger.dataset
        self.nodes: dict[str, Node] = dict(ledger.dataset.nodes)
        self.periods = ledger.dataset.periods
        self.base = ledger.dataset.config.base_period
        self._cells: dict[tuple[str, str, Period], float] = {}
        self._leaves: dict[str, tuple[str, ...]] = {}
        self._held: dict[int, dict[int, set[tuple[str, Period]]]] = {}
        self._options: dict[tuple[str, str, Period, bool], Option | None] = {}
        self._fill()

    def _fill(self) -> None:
        """Every computed number once out of the tables: cell by cell pandas is a hundred times slower."""
        for measure, table in self.ledger._computed.tables.items():
            columns: list[Period] = list(table.columns)  # type: ignore[arg-type]  # the stubs know labels as text
            codes: list[str] = list(table.index)
            for code, row in zip(codes, table.to_numpy(dtype=float).tolist(), strict=True):
                for period, number in zip(columns, row, strict=True):
                    self._cells[code, measure, period] = number

    def holders(self, shown: Decimal, decimals: int) -> set[tuple[str, Period]]:
        """Nodes and periods of which some measure prints as `shown`, its sign aside."""
        table = self._held.get(decimals)
        if table is None:
            table = self._held[decimals] = {}
            scale = 10**decimals
            for (code, _, period), number in self._cells.items():
                if math.isnan(number) or math.isinf(number):
                    continue
                size = abs(number) * scale
                for key in {math.floor(size + 0.5), math.ceil(size - 0.5)}:
                    table.setdefault(key, set()).add((code, period))
        return table.get(round(abs(float(shown)) * 10**decimals), set())

    def cell(self, node: str, measure: str, period: Period) -> float:
        """The unrounded number, nan where there is none."""
        key = (node, measure, period)
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = self.ledger.value(node, measure, period)
        return found

    def children(self, node: str) -> tuple[str, ...]:
        return self.ledger.children(node)

    def siblings(self, node: str) -> tuple[str, ...]:
        parent = self.nodes[node].parent
        return self.children(parent) if parent else ()

    def module_of(self, node: str) -> str:
        """The module that a node belongs to, itself where it is one, empty for the total."""
        here = self.nodes[node]
        while here.level is Level.INDICATOR and here.parent:
            here = self.nodes[here.parent]
        return "" if here.level is Level.TOTAL else here.code

    def leaves(self, node: str) -> tuple[str, ...]:
        """All indicators under a node."""
        if node not in self._leaves:
            parts = self.children(node)
            self._leaves[node] = tuple(leaf for p in parts for leaf in self.leaves(p)) if parts else (node,)
        return self._leaves[node]

    # ------------------------------------------------------------------ options

    def option(self, node: str, measure: str, period: Period, *, change: bool = False) -> Option | None:
        key = (node, measure, period, change)
        if key not in self._options:
            self._options[key] = self._option(node, measure, period, change)
        return self._options[key]

    def _option(self, node: str, measure: str, period: Period, change: bool) -> Option | None:
        number = self.cell(node, measure, period)
        if math.isnan(number):
            return None
        if self.nodes[node].parent is None and measure.startswith(("share", "pull", "rank")):
            return None
        unit, decimals = self.ledger.shown(self.nodes[node], measure, period)
        return Option(number, unit, decimals, fact_id(node, measure, period), measure, node, period, change)

    def level(self, node: str, period: Period, side: str) -> Option | None:
        """`index` or `value` of a period."""
        return self.option(node, side, period)

    def change(self, node: str, side: str, period: Period, against: Period, kind: str) -> Option | None:
        """The change of a side between two periods: `kind` is `rate` (%) or `diff` (own unit)."""
        measure = self.measure_of(node, side, period, against, kind)
        if measure:
            return self.option(node, measure, period, change=True)
        now, then = self.cell(node, side, period), self.cell(node, side, against)
        if math.isnan(now) or math.isnan(then):
            return None
        here = self.nodes[node]
        if kind == "rate":
            if then <= 0:
                return None
            number, unit, decimals = now / then * 100 - 100, "%", 2
        else:
            number = now - then
            unit, decimals = self.ledger.shown(here, "index_yoy_diff" if side == "index" else "yoy_diff")
        name = f"{fact_id(node, side, period)}/{against}"
        return Option(number, unit, decimals, name, f"{kind}", node, period, True)

    def measure_of(self, node: str, side: str, period: Period, against: Period, kind: str) -> str:
        """The contract's measure for a change between two periods, or empty."""
        if against == self.base and kind == "rate" and side == "index":
            return "since_base"
        if against == period.year_before:
            suffix = "yoy"
        elif against == period.previous:
            suffix = "pop"
        else:
            return ""
        leaf = not self.children(node)
        if kind == "rate":
            return suffix if side == "index" else f"value_{suffix}" if leaf else ""
        if side == "index":
            return f"index_{suffix}_diff"
        return f"{suffix}_diff" if leaf else ""

    def contribution(self, node: str, parent: str, period: Period, kind: str, suffix: str) -> Option | None:
        """`share` or `pull` of a node on its parent, or on the total across its module."""
        own = self.nodes[node].parent
        end = "" if suffix == "yoy" else "_pop"
        first = self.option(node, kind + end, period, change=True)
        if first is None or not own or parent in ("", own):
            return first
        if self.nodes[own].parent != parent:
            return None
        weight = self.nodes[own].weight
        if kind == "share":
            whole = self.cell(own, f"share{end}", period)
            number = first.value * whole / 100
        else:
            # w·W·Δ / total₀: the module's own pull on its index, times its weight and the ratio of the bases.
            earlier = period.before(suffix)
            number = first.value * weight * self.cell(own, "index", earlier) / self.cell(parent, "index", earlier)
        if math.isnan(number):
            return None
        name = f"{node}.{kind}{end}:{parent}@{period}"
        return Option(number, first.unit, first.decimals, name, f"{kind}{end}", node, period, True)

    def all_changes(self, node: str, period: Period) -> Iterator[Option]:
        """Every change of a node that ends in a period."""
        for measure in (
            "yoy",
            "pop",
            "since_base",
            "value_yoy",
            "value_pop",
            "yoy_diff",
            "pop_diff",
            "index_yoy_diff",
            "index_pop_diff",
        ):
            option = self.option(node, measure, period, change=True)
            if option is not None:
                yield option

    def all_levels(self, node: str, period: Period) -> Iterator[Option]:
        for measure in ("index", "value"):
            option = self.option(node, measure, period)
            if option is not None:
                yield option

    def known_periods(self) -> tuple[Period, ...]:
        return (self.base, *(p for p in self.periods if p != self.base))


@cache
def same_unit(shown: str, own: str) -> float | None:
    """What a value in `own` is multiplied with to be in `shown`; None where they measure different things."""
    if shown == own:
        return 1.0
    if shown == "个点" and own in ("点", "百分点"):
        return 1.0
    if ("/" in shown) != ("/" in own):
        # 每人每月1080元 for 元/月: the name or 每… says the other half of the unit.
        shown, own = shown.split("/")[0], own.split("/")[0]
    (a, base_a), (b, base_b) = normal(shown), normal(own)
    if not alike(base_a, base_b):
        if {shown, own} == {"千分点", "百分点"}:
            return 10.0 if shown == "千分点" else 0.1
        return None
    return float(b / a)


def stands_for(shown: Decimal, value: float) -> bool:
    """`agrees`, for values of any size."""
    return not math.isnan(value) and not math.isinf(value) and agrees(shown, value)
