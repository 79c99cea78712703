"""Which facts matter, in what order; which indicators are in trouble, and what policy answers them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Literal

from narrator.engine.patterns import STILL, sign
from narrator.facts.patterns import PATTERN_MEANING
from narrator.model import MEASURES, Fact, Node, Period

if TYPE_CHECKING:
    from narrator.dataset import Policy
    from narrator.facts import Ledger

MOST_PROBLEMS = 4
LEAST_FALL = 0.5  # % below which a fall is a problem only where nothing fell deeper
RESIDUAL = 1e-9


class Known(Mapping[str, Fact]):
    """Facts by measure, read by templates as attributes: `f.yoy` is a fact or None, `f.yoyo` an error."""

    names: ClassVar[frozenset[str]] = frozenset(
        [*MEASURES, *PATTERN_MEANING, "value_year", "index_year", "value_before", "index_before"]
    )

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self._facts = dict(facts)

    def __getitem__(self, key: str) -> Fact:
        return self._facts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def __getattr__(self, name: str) -> Fact | None:
        if name.startswith("_") or name not in self.names:
            raise AttributeError(name)
        return self._facts.get(name)


@dataclass(frozen=True, slots=True)
class Mover:
    """An indicator as its module's section tells of it. `score` is the weight of its move in the module."""

    node: Node
    direction: int  # of its index: 1, -1 or 0
    score: float
    facts: Known  # quotable facts by measure
    earlier: Known  # quotable `value` and `index` a year before (`value_year`) or a period before (`value_before`)
    patterns: Known


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem: what is wrong with which indicator, on what evidence.

    `kind` is `decline` (its index fell) or `laggard` (nothing fell, it rose least).
    """

    mover: Mover
    module: Node
    kind: Literal["decline", "laggard"]
    score: float
    policy: Policy | None


def mover(ledger: Ledger, code: str, period: Period) -> Mover:
    """Everything quotable about one node in one period."""
    node = ledger.node(code)
    yearly = period.previous == period.year_before  # then 环比 says what 同比 does
    found = {
        measure: fact
        for measure in (
            "value", "index", "yoy", "pop", "yoy_diff", "pop_diff", "index_yoy_diff", "index_pop_diff",
            "value_yoy", "value_pop", "since_base", "share", "pull", "rank", "rank_yoy", "rank_share",
        )
        if not (yearly and "pop" in measure) and (fact := ledger.quotable(code, measure, period)) is not None
    }  # fmt: skip
    facts = Known(found)
    earlier = {}
    for name, at in (("year", period.year_before), ("before", period.previous))[: 1 if yearly else 2]:
        for measure in ("value", "index"):
            fact = ledger.quotable(code, measure, at)
            if fact is not None:
                earlier[f"{measure}_{name}"] = fact
    patterns = Known({kind: fact for kind, fact in ledger.patterns(code, period).items() if fact.quotable})
    moves = (ledger.value(code, measure, period) for measure in ("yoy", "index_yoy_diff", "pop"))
    move = next((m for m in moves if not math.isnan(m)), math.nan)
    pulled = ledger.value(code, "pull", period)
    score = abs(move) * node.weight if math.isnan(pulled) else abs(pulled)
    return Mover(node, 0 if math.isnan(move) else sign(move), score, facts, Known(earlier), patterns)


def telling(found: Mover) -> bool:
    """Whether anything about its course in this period may be printed."""
    return any(measure in found.facts for measure in ("yoy", "pop", "value", "index"))


def movers(ledger: Ledger, parent: str, period: Period) -> list[Mover]:
    """The parts of a parent of which something can be said, strongest rise first, then the falls, deepest last."""
    found = [mover(ledger, code, period) for code in ledger.children(parent)]
    return sorted(
        (m for m in found if telling(m)),
        key=lambda m: (-m.direction, -m.score if m.direction >= 0 else m.score, m.node.code),
    )


def troubles(ledger: Ledger, period: Period, most: int = MOST_PROBLEMS) -> list[Trouble]:
    """The problems of a period: decliners by weight × depth × √length, or, where nothing fell, who rose least.

    Who rose least lags only if it stayed within the flat band, or rose by less than half of what the
    total did and less than a small rise. Falls of less than half a percent are told only where there
    are no deeper ones, the two worst of them.

    An indicator whose year-on-year change cannot be quoted counts as a decliner only if its fall
    against the period before can be, and the two agree.
    """
    declines: list[Trouble] = []
    slight: list[Trouble] = []
    laggards: list[Trouble] = []
    total = ledger.value(ledger.total.code, "yoy", period)
    config = ledger.dataset.config
    slow = max(config.flat_band, min(config.bands[0], total / 2))
    for module in map(ledger.node, ledger.children(ledger.total.code)):
        for code in ledger.children(module.code) or (module.code,):
            found = mover(ledger, code, period)
            fall = _fall(ledger, found, period)
            if fall is None:
                continue
            weight = module.weight * (found.node.weight if code != module.code else 1.0)
            if fall >= STILL:
                length = max(1.0, _length(found))
                slips = declines if fall >= LEAST_FALL else slight
                slips.append(Trouble(found, module, "decline", weight * fall * math.sqrt(length), None))
            elif "yoy" in found.facts and -fall < slow:
                laggards.append(Trouble(found, module, "laggard", fall + weight * RESIDUAL, None))
    for found_here in (declines, slight, laggards):
        found_here.sort(key=lambda t: (-t.score, t.mover.node.code))
    chosen = declines[:most] if declines else (slight or laggards)[: min(2, most)]
    return _answered(ledger, chosen)


def _fall(ledger: Ledger, found: Mover, period: Period) -> float | None:
    """How far the index fell, in %, on quotable evidence (negative: it rose); None where there is none."""
    if "yoy" in found.facts:
        return -found.facts["yoy"].value
    if "index_yoy_diff" in found.facts:
        return -found.facts["index_yoy_diff"].value  # in points: from below zero a rate says nothing
    yoy = ledger.value(found.node.code, "yoy", period)
    if "pop" in found.facts and found.facts["pop"].value < 0 and not yoy >= 0:
        return -found.facts["pop"].value
    return None


def _length(found: Mover) -> float:
    fact = found.patterns.get("streak_down")
    return fact.value if fact is not None else 1.0


def _answered(ledger: Ledger, chosen: list[Trouble]) -> list[Trouble]:
    """Give each problem the nearest policy not yet taken: its indicator's, its module's, the total's.

    All indicators choose before any module does: a policy that names an indicator is not spent on its sibling.
    """
    policies = ledger.dataset.policies
    answers: dict[int, int] = {}
    for reach in ("indicator", "module", "total"):
        for place, trouble in enumerate(chosen):
            codes = {"indicator": trouble.mover.node.code, "module": trouble.module.code, "total": ledger.total.code}
            fitting = (n for n, policy in enumerate(policies) if codes[reach] in policy.nodes)
            free = next((n for n in fitting if n not in answers.values()), None)
            if place not in answers and free is not None:
                answers[place] = free
    return [
        replace(trouble, policy=policies[answers[place]] if place in answers else None)
        for place, trouble in enumerate(chosen)
    ]
