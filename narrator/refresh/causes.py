"""Which revised inputs made a fact change: its formula followed down to what was entered."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from narrator.facts.explain import meaning
from narrator.model import Fact, Period, fact_id
from narrator.numerals import printed_number
from narrator.refresh.items import Cause
from narrator.refresh.structure import shifts

if TYPE_CHECKING:
    from narrator.facts import Ledger

_NOISE = 1e-9
_STATUS = {"A": "正式", "I": "推算", "P": "初步核算", "E": "估计", "M": "缺失"}


class Causes:
    """The difference of two states of the data. `old` may be None: then nothing is known of causes."""

    def __init__(self, old: Ledger | None, new: Ledger) -> None:
        self.old, self.new = old, new
        self._known: dict[str, frozenset[str]] = {}

    def of(self, *facts: str) -> tuple[Cause, ...]:
        """The revised inputs under some facts, in the order of their ids."""
        found = frozenset().union(*(self._under(fact) for fact in facts if fact))
        if not found and any(self.differs(fact) for fact in facts if fact):
            return self._weights()  # no figure was revised: it is computed otherwise
        return tuple(self._cause(key) for key in sorted(found))

    def of_nodes(self, *nodes: str) -> tuple[Cause, ...]:
        """The revised inputs of some nodes and all below them, of any period."""
        return tuple(self._cause(key) for key in sorted(self._revised) if self._belongs(key, nodes))

    def of_status(self, *facts: str) -> tuple[Cause, ...]:
        """The inputs of another status now under some facts."""
        seen: set[str] = set()
        ahead = list(facts)
        while ahead:
            key = ahead.pop()
            if key not in seen:
                seen.add(key)
                ahead += [i for fact in self._states(key) if fact is not None for i in fact.inputs]
        return tuple(self._cause(key) for key in sorted(seen & self._entered_anew))

    def all(self, report: Period) -> tuple[Cause, ...]:
        """Every input of another value or status, weights among them; of periods after that of a report none."""
        changed = [key for key in sorted(self._revised | self._entered_anew) if not self._later(key, report)]
        return (*map(self._cause, changed), *self._weights())

    def _later(self, key: str, report: Period) -> bool:
        return any(fact.period > report for fact in self._states(key) if fact is not None)

    def was(self, key: str) -> Fact | None:
        """A fact as it was, None where there was none or nothing is known of it."""
        return self.old.get(key) if self.old is not None else None

    @cached_property
    def _revised(self) -> frozenset[str]:
        """What was entered with another value."""
        return frozenset(filter(self.differs, self._entered()))

    @cached_property
    def _entered_anew(self) -> frozenset[str]:
        """What was entered with another status."""
        return frozenset(filter(self.restated, self._entered()))

    def restated(self, key: str) -> bool:
        """Whether a fact that there was has another status now."""
        before, now = self._states(key)
        return before is not None and now is not None and before.status != now.status

    def _weights(self) -> tuple[Cause, ...]:
        if self.old is None:
            return ()
        then, now = self.old.dataset.nodes, self.new.dataset.nodes
        return tuple(
            Cause(f"{code}.weight", f"{node.name}权数", f"{then[code].weight:g}", f"{node.weight:g}")
            for code, node in now.items()
            if code in then and abs(then[code].weight - node.weight) > _NOISE
        )

    def differs(self, key: str) -> bool:
        """Whether a fact has another value now."""
        if self.old is None:
            return False
        before, now = self.old.get(key), self.new.get(key)
        if before is None or now is None:
            return (before is None) != (now is None)
        return abs(before.value - now.value) > _NOISE or before.phrase != now.phrase

    def _under(self, key: str) -> frozenset[str]:
        if key not in self._known:
            self._known[key] = frozenset()  # a circle ends here
            self._known[key] = self._follow(key)
        return self._known[key]

    def _follow(self, key: str) -> frozenset[str]:
        states = [fact for fact in self._states(key) if fact is not None]
        inputs = {i for fact in states for i in fact.inputs}
        if not inputs:
            return frozenset({key}) if self.differs(key) else frozenset()
        return frozenset().union(*(self._under(i) for i in inputs))

    def _states(self, key: str) -> tuple[Fact | None, Fact | None]:
        return self.was(key), self.new.get(key)

    def _entered(self) -> Iterator[str]:
        """Everything that was entered and not computed: observations, references and figures of materials."""
        for ledger in (self.old, self.new) if self.old is not None else ():
            data = ledger.dataset
            for node in data.leaves:
                yield from (f"{node.code}.value@{period}" for period in data.values.columns)
            for row in data.references:
                yield fact_id(row.name, row.measure, row.period)
            for texts in ledger.materials.values():
                yield from (fact.id for text in texts for fact in text.facts)

    def _belongs(self, key: str, nodes: tuple[str, ...]) -> bool:
        at: str | None = key.rpartition("@")[0].rpartition(".")[0]
        while at:
            if at in nodes:
                return True
            known = self.new.dataset.nodes.get(at)
            at = known.parent if known is not None else None
        return False

    def _cause(self, key: str) -> Cause:
        before, now = self._states(key)
        fact = now or before
        assert fact is not None
        told = self.restated(key)
        return Cause(key, meaning(fact), shown(before, status=told), shown(now, status=told))


def concerned(old: Ledger, new: Ledger, report: Period) -> bool:
    """Whether a report stands on data that changed: rows of later periods are nothing to it."""
    return bool(Causes(old, new).all(report)) or any(shifts(old.dataset, new.dataset))


def shown(fact: Fact | None, *, status: bool = False) -> str:
    """A fact's number with its unit, as many decimals as its value needs to be told from a revised one.

    With `status` its observation status too: 44.32%（初步核算）.
    """
    if fact is None:
        return ""
    number = printed_number(fact.value, max(fact.decimals, 4)).rstrip("0").rstrip(".")
    whole, _, fraction = number.partition(".")
    if len(fraction) < fact.decimals:
        number = f"{whole}.{fraction.ljust(fact.decimals, '0')}"
    return f"{number}{fact.unit}" + (f"（{_STATUS[fact.status]}）" if status else "")
