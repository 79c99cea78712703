"""The outline of a report: its sections, and for each the facts that it must and may tell, in order.

A brief is what any writer gets, the offline one and a language model alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from narrator.engine.patterns import sign
from narrator.errors import UsageError
from narrator.facts.ledger import PERCENT_DECIMALS
from narrator.facts.patterns import meaningful
from narrator.highlights import Mover, Trouble, mover, movers, troubles
from narrator.model import Fact, Node, Period, fact_id
from narrator.numerals import period_name, round_half_up
from narrator.writers.exhibits import imputed_note

if TYPE_CHECKING:
    from narrator.facts import Ledger

MOST_RISERS = 4
MOST_FALLS = 2
PROMINENT_SHARE = 15.0  # % of the total's move from which a module's share is worth saying


@dataclass(frozen=True)
class MacroItem:
    """A headline figure from elsewhere: level, growth, or both."""

    name: str
    level: Fact | None
    growth: Fact | None


@dataclass(frozen=True)
class TotalBrief:
    """Part two: the total, its path, the modules as a group, where the change came from."""

    ledger: Ledger
    period: Period
    total: Mover
    window: list[Fact]  # quotable index facts up to this period, oldest first
    modules: list[Mover]  # by rank, then in the order of the tables
    shares: list[Mover]  # those whose share may be quoted, largest first; empty where shares mean nothing
    pulls: list[Mover]  # the same for pulled points, where shares mean nothing

    @property
    def course(self) -> str:
        """上行 or 下行: what the shares are shares of."""
        return "上行" if self.total.facts["yoy"].value > 0 else "下行"

    @property
    def modules_in_order(self) -> list[Mover]:
        order = list(self.ledger.dataset.nodes)
        return sorted(self.modules, key=lambda m: order.index(m.node.code))

    @property
    def sides(self) -> Fact | None:
        """The fact that says 五升一平."""
        return self.total.patterns.get("parts_up")

    @property
    def rest(self) -> Fact | None:
        return self.total.patterns.get("share_rest") if self.shares else None

    @property
    def concentration(self) -> Fact | None:
        return self.total.patterns.get("concentration") if self.shares else None

    @property
    def few(self) -> list[Mover]:
        """The modules that together carry most of the change."""
        fact = self.concentration
        return [] if fact is None else [m for m in self.shares if m.facts["share"].id in fact.inputs]

    @property
    def counter(self) -> list[Mover]:
        """Modules that moved against the total, strongest first."""
        return [m for m in reversed(self.shares) if m.facts["share"].value < -0.5]

    @property
    def leaders(self) -> list[Mover]:
        """The first by rank, and the one other module whose turn is most worth naming."""
        first = [m for m in self.modules if "rank" in m.facts and m.facts["rank"].value == 1]
        rest = [m for m in self.modules if m not in first and "index" in m.facts]
        turned = [m for m in rest if self._turned(m)]
        biggest = max(turned or rest, key=lambda m: m.score, default=None)
        return [*first[:1], *([biggest] if biggest is not None else [])]

    @staticmethod
    def _turned(m: Mover) -> bool:
        """Whether its course changed in the direction of its year-on-year change: worth naming it for."""
        change = m.facts.yoy
        if change is None:
            return False
        kinds = ("crossed_up", "turn_up") if change.value > 0 else ("crossed_down",)
        return any(kind in m.patterns for kind in kinds)

    @property
    def imputed(self) -> str:
        """What was missing in the periods of the table, and how it was made good."""
        return "".join(imputed_note(self.ledger, fact.period) for fact in self.window[-3:])


@dataclass(frozen=True)
class ModuleBrief:
    """Part three, once a module."""

    ledger: Ledger
    period: Period
    module: Mover
    window: list[Fact]
    movers: list[Mover]  # strongest rise first, deepest fall last

    @cached_property
    def in_order(self) -> list[Mover]:
        order = self.ledger.children(self.module.node.code)
        return sorted(self.movers, key=lambda m: order.index(m.node.code))

    def _course(self, m: Mover) -> int:
        fact = m.facts.yoy or m.facts.index_yoy_diff or m.facts.pop
        if fact is None:
            share = m.facts.get("share")
            rising = self.module.facts.get("yoy")
            if share is None or rising is None or not self.meaningful:
                return 2  # a level alone: no course to tell
            return sign(share.value) * sign(rising.value)
        return 0 if abs(fact.value) < 0.005 else sign(fact.value)

    @cached_property
    def risers(self) -> list[Mover]:
        rising = [m for m in self.movers if self._course(m) == 1]
        return sorted(rising, key=lambda m: -m.score)[:MOST_RISERS]

    @cached_property
    def falls(self) -> list[Mover]:
        falling = [m for m in self.movers if self._course(m) == -1]
        return sorted(falling, key=lambda m: -m.score)[: max(MOST_FALLS, MOST_RISERS - len(self.risers))]

    @cached_property
    def stills(self) -> list[Mover]:
        return [m for m in self.movers if self._course(m) == 0]

    @property
    def meaningful(self) -> bool:
        return meaningful(self.ledger, self.module.node.code, self.period)


@dataclass(frozen=True)
class Outline:
    """Everything a report of one period is to say."""

    ledger: Ledger
    period: Period
    macro: list[MacroItem]
    base_index: Fact
    total: TotalBrief
    modules: list[ModuleBrief]
    troubles: list[Trouble]

    def materials(self, node: str) -> list[str]:
        """The sentences of a module's materials of this period (of the district's where `node` is empty)."""
        texts = self.ledger.materials.get(self.period, ())
        return [sentence for text in texts if text.node == node for sentence in text.sentences]


def outline(ledger: Ledger, period: Period) -> Outline:
    """The outline of a period. Raises UsageError where the period has no data or no year before it."""
    _demand(ledger, period)
    total = mover(ledger, ledger.total.code, period)
    parts = [mover(ledger, code, period) for code in ledger.children(ledger.total.code)]
    order = list(ledger.dataset.nodes)
    ranked = sorted(parts, key=lambda m: (ledger.value(m.node.code, "rank", period), order.index(m.node.code)))
    shares: list[Mover] = []
    pulls: list[Mover] = []
    if "yoy" in total.facts:
        if meaningful(ledger, ledger.total.code, period):
            shares = sorted((m for m in parts if "share" in m.facts), key=lambda m: -m.facts["share"].value)
        else:
            moved = (m for m in parts if "pull" in m.facts and round_half_up(m.facts["pull"].value, PERCENT_DECIMALS))
            pulls = sorted(moved, key=lambda m: -m.facts["pull"].value)
    brief = TotalBrief(ledger, period, total, _window(ledger, ledger.total, period), ranked, shares, pulls)
    modules = [
        ModuleBrief(ledger, period, m, _window(ledger, m.node, period), movers(ledger, m.node.code, period))
        for m in parts
    ]
    base = ledger[fact_id(ledger.total.code, "index", ledger.dataset.config.base_period)]
    return Outline(ledger, period, _macro(ledger, period), base, brief, modules, troubles(ledger, period))


def _demand(ledger: Ledger, period: Period) -> None:
    dataset = ledger.dataset
    known = dataset.periods
    if period.frequency != dataset.config.frequency or period not in known:
        raise UsageError(
            f"指数“{dataset.name}”没有 {period} 的数据",
            hint=f"现有期别：{'、'.join(str(p) for p in known)}",
        )
    if period.year_before not in known:
        usable = [str(p) for p in known if p.year_before in known]
        raise UsageError(
            f"{period_name(period)}没有上年同期数据，不能作同比，写不成报告",
            hint=f"可用期别：{'、'.join(usable) or '无'}",
        )
    if ledger.quotable(dataset.root.code, "index", period) is None:
        raise UsageError(
            f"{period_name(period)}的总指数为估计值或无法计算，不作引用，写不成报告",
            hint="用 narrate data check 查看各项数据的状态；公布后录入 published.csv，或补齐观测值",
        )


def _window(ledger: Ledger, node: Node, period: Period) -> list[Fact]:
    return [ledger[fact_id(node.code, "index", at)] for at, _ in ledger.window(node.code, period)]


def _macro(ledger: Ledger, period: Period) -> list[MacroItem]:
    """References with a growth rate, in the order in which they are registered."""
    levels = {f.name: f for f in ledger.references(period) if f.measure == "value"}
    growths = {f.name: f for f in ledger.references(period) if f.measure == "yoy"}
    return [MacroItem(name, levels.get(name), growths[name]) for name in growths]
