"""The ledger: every number that the engine, a reference or a material stands for, as a typed fact."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from narrator.engine import compute
from narrator.engine.status import propagate
from narrator.errors import UsageError
from narrator.facts.formulas import formula
from narrator.facts.materials import MaterialText, read_material
from narrator.facts.patterns import find_patterns
from narrator.model import MEASURES, STATUSES, Fact, Level, Node, Period, fact_id
from narrator.numerals import agrees

if TYPE_CHECKING:
    import pandas as pd

    from narrator.dataset import Dataset, Figure

PERCENT_DECIMALS = 2  # of rates, shares and pulls; levels have their node's own
_POINTS = frozenset({"index", "index_yoy_diff", "index_pop_diff"})
_RATES = frozenset({"yoy", "pop", "value_yoy", "value_pop", "since_base", "share", "share_pop"})
_OTHER_UNITS = {"%": "百分点", "‰": "千分点"}


class Ledger:
    """All facts of one data set, computed once, made into `Fact`s when asked for.

    `ledger["CX.yoy@2019H1"]` raises UsageError on an unknown id; `get` returns None.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._computed = compute(dataset)
        self._cache: dict[str, Fact | None] = {}
        self._found: dict[Period, dict[str, Fact]] = {}

    # ------------------------------------------------------------------ look-up

    def __getitem__(self, key: str) -> Fact:
        fact = self.get(key)
        if fact is None:
            raise UsageError(f"没有编号为“{key}”的事实", hint="用 narrate facts 期别 查看全部编号，如 CX.yoy@2019H1")
        return fact

    def get(self, key: str) -> Fact | None:
        """The fact with this id, or None."""
        if key not in self._cache:
            self._cache[key] = self._find(key)
        return self._cache[key]

    def fact(self, node: str, measure: str, period: Period) -> Fact | None:
        """The fact of a node, or None where there is none (no such measure, period or value)."""
        return self.get(fact_id(node, measure, period))

    def quotable(self, node: str, measure: str, period: Period) -> Fact | None:
        """The same, where a writer may print it."""
        fact = self.fact(node, measure, period)
        return fact if fact is not None and fact.quotable else None

    def value(self, node: str, measure: str, period: Period) -> float:
        """The unrounded number, nan where there is none."""
        return self._cell(node, measure, period)

    def facts(self, period: Period) -> Iterator[Fact]:
        """Every fact of a period: nodes in the order of the tables, then patterns, references, materials."""
        for node in self.dataset.nodes.values():
            for measure in MEASURES:
                fact = self.fact(node.code, measure, period)
                if fact is not None:
                    yield fact
        for table in (self._patterns(period), self._references, self._materials):
            yield from (fact for fact in table.values() if fact.period == period)

    def references(self, period: Period) -> tuple[Fact, ...]:
        """Registered figures from elsewhere, in the order of references.csv."""
        return tuple(fact for fact in self._references.values() if fact.period == period)

    def patterns(self, node: str, period: Period) -> dict[str, Fact]:
        """The pattern facts of a node by kind."""
        return {f.measure: f for f in self._patterns(period).values() if f.node == node}

    # ------------------------------------------------------------------ structure

    @property
    def total(self) -> Node:
        return self.dataset.root

    def node(self, code: str) -> Node:
        return self.dataset.nodes[code]

    def children(self, code: str) -> tuple[str, ...]:
        return self._computed.families.get(code, ())

    def imputed(self, period: Period) -> tuple[str, ...]:
        """Indicators whose observation is missing in this period and was made good by the declared policy."""
        table = self._computed.imputed
        return tuple(table.index[table[period]]) if period in table.columns else ()

    def path(self, node: str, period: Period, measure: str = "index") -> list[tuple[Period, float]]:
        """The unbroken run of (period, value) up to `period`, oldest first, leading gaps cut off."""
        run: list[tuple[Period, float]] = []
        at = period
        while not math.isnan(number := self._cell(node, measure, at)):
            run.append((at, number))
            at = at.previous
        return run[::-1]

    def known(self, node: str, period: Period, measure: str = "index") -> list[tuple[Period, float]]:
        """Every (period, value) up to `period`, oldest first, gaps passed over: what 有数据以来 speaks of."""
        cells = ((at, self._cell(node, measure, at)) for at in self.dataset.periods if at <= period)
        return [(at, number) for at, number in cells if not math.isnan(number)]

    def window(self, node: str, period: Period) -> list[tuple[Period, float]]:
        """The index path as far as it is quotable."""
        run = self.path(node, period)
        kept = []
        for at, number in reversed(run):
            if self.quotable(node, "index", at) is None:
                break
            kept.append((at, number))
        return kept[::-1]

    # ------------------------------------------------------------------ making facts

    def _find(self, key: str) -> Fact | None:
        name, _, when = key.rpartition("@")
        node, _, measure = name.rpartition(".")
        try:
            period = Period.parse(when)
        except ValueError:
            return None
        if node in self.dataset.nodes and measure in MEASURES:
            return self._make(self.dataset.nodes[node], measure, period)
        return self._references.get(key) or self._materials.get(key) or self._patterns(period).get(key)

    def _cell(self, node: str, measure: str, period: Period) -> float:
        return self._cells.get(measure, {}).get((node, period), math.nan)

    @cached_property
    def _cells(self) -> dict[str, dict[tuple[str, Period], float]]:
        """The engine's tables as plain look-ups: a table's cell costs a microsecond, a frame's twenty."""
        return {measure: _plain(table) for measure, table in self._computed.tables.items()}

    def _make(self, node: Node, measure: str, period: Period) -> Fact | None:
        number = self._cell(node.code, measure, period)
        if math.isnan(number) or math.isinf(number):
            return None
        if node.parent is None and measure.startswith(("share", "pull", "rank")):
            return None
        status = STATUSES[int(self._statuses[measure][node.code, period])]
        if status == "M":
            return None
        unit, decimals = self.shown(node, measure, period)
        text, inputs = formula(
            self.dataset,
            node,
            measure,
            period,
            self.children,
            lambda code: not math.isnan(self._cell(code, "index", period)),
        )
        if measure == "value" and node.code in self.imputed(period):
            text = "本期缺观测值，沿用上一期"
        return Fact(
            id=fact_id(node.code, measure, period),
            node=node.code,
            name=node.name,
            measure=measure,
            period=period,
            value=number,
            unit=unit,
            decimals=decimals,
            status=status,
            formula=text,
            inputs=inputs,
        )

    def shown(self, node: Node, measure: str, period: Period | None = None) -> tuple[str, int]:
        """Unit and printed decimals of a measure of a node."""
        if measure == "value":
            return node.unit, node.decimals
        if measure == "index" and period == self.dataset.config.base_period and node.level is not Level.INDICATOR:
            return "点", 0 if float(self.dataset.config.base_value).is_integer() else self.total.decimals
        if measure in _POINTS:
            return "点", self.total.decimals
        if measure in _RATES:
            return "%", PERCENT_DECIMALS
        if measure.startswith("pull"):
            return "百分点", PERCENT_DECIMALS
        if measure.startswith("rank"):
            return "位", 0
        if node.level is not Level.INDICATOR:  # yoy_diff, pop_diff
            return "点", self.total.decimals
        return _OTHER_UNITS.get(node.unit, node.unit), node.decimals

    # ------------------------------------------------------------------ statuses and published figures

    def measure_of(self, figure: Figure) -> str:
        """The measure that a published figure means: a difference in 点 of an indicator is its index's."""
        if figure.measure in ("yoy_diff", "pop_diff") and figure.unit == "点":
            node = self.dataset.nodes[figure.node]
            if node.level is Level.INDICATOR and node.unit != "点":
                return f"index_{figure.measure}"
        return figure.measure

    @cached_property
    def reconciled(self) -> tuple[tuple[Figure, Fact | None, bool], ...]:
        """Each published figure with the fact it names and whether they agree to its last printed digit."""
        rows = []
        for figure in self.dataset.published:
            measure = self.measure_of(figure)
            number = self._cell(figure.node, measure, figure.period)
            same = not math.isnan(number) and agrees(figure.value, number)
            rows.append((figure, self.fact(figure.node, measure, figure.period), same))
        return tuple(rows)

    @cached_property
    def _statuses(self) -> dict[str, dict[tuple[str, Period], float]]:
        confirmed = frozenset(
            (figure.node, measure, figure.period)
            for figure in self.dataset.published
            for measure in [self.measure_of(figure)]
            if not math.isnan(number := self._cell(figure.node, measure, figure.period))
            and agrees(figure.value, number)
        )
        imputed = self._computed.imputed
        carried = imputed if self.dataset.config.missing == "carry" else imputed & False
        tables = propagate(
            self.dataset.statuses,
            carried,
            self.dataset.nodes,
            self._computed.families,
            self.dataset.config.base_period,
            self.dataset.config.weight_status,
            confirmed,
        )
        return {measure: _plain(table) for measure, table in tables.items()}

    # ------------------------------------------------------------------ references and materials

    @cached_property
    def _references(self) -> dict[str, Fact]:
        table: dict[str, Fact] = {}
        for row in self.dataset.references:
            key = fact_id(row.name, row.measure, row.period)
            exponent = row.value.as_tuple().exponent
            table[key] = Fact(
                id=key,
                node=row.name,
                name=row.name,
                measure=row.measure,
                period=row.period,
                value=float(row.value),
                unit=row.unit,
                decimals=max(0, -int(exponent)),
                source="reference",
                origin=row.source,
                formula=f"登记于参考数据，来源：{row.source}",
            )
        return table

    @cached_property
    def materials(self) -> dict[Period, tuple[MaterialText, ...]]:
        """Each period's materials, their numbers replaced by slots."""
        names = self.dataset.config.names
        return {
            period: tuple(read_material(material, period, names) for material in materials)
            for period, materials in self.dataset.materials.items()
        }

    @cached_property
    def _materials(self) -> dict[str, Fact]:
        return {fact.id: fact for texts in self.materials.values() for text in texts for fact in text.facts}

    def _patterns(self, period: Period) -> dict[str, Fact]:
        if period not in self._found:
            self._found[period] = {fact.id: fact for fact in find_patterns(self, period)}
        return self._found[period]


def _plain(table: pd.DataFrame) -> dict[tuple[str, Period], float]:
    columns: list[Any] = list(table.columns)
    rows = zip(table.index, table.to_numpy().tolist(), strict=True)
    return {(str(node), period): cell for node, cells in rows for period, cell in zip(columns, cells, strict=True)}
