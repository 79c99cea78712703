"""What all planters share: the planted error, and how far a number may stray before it is false."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from narrator.model import Fact, Level, Node, Period
from narrator.numerals import agrees, printed_number

from .. import claims
from ..claims import Claim
from ..texts import Span, Text

if TYPE_CHECKING:
    from narrator.facts import Ledger

RATES = frozenset(["yoy", "pop", "value_yoy", "value_pop", "since_base", "share", "share_pop"])
PULLS = frozenset(("pull", "pull_pop"))
DIFFS = frozenset(["yoy_diff", "pop_diff", "index_yoy_diff", "index_pop_diff"])
LEVELS = frozenset(("value", "index"))
CHANGES = RATES | PULLS | DIFFS
_COMPUTED = {
    "concentration": 0.015,
    "share_rest": 0.03,
    "accelerating": 0.02,
    "slowing": 0.02,
    "worsening": 0.02,
    "easing": 0.02,
}
_BEFORE = {"yoy": "year_before", "pop": "previous"}


@dataclass(frozen=True, slots=True)
class Plant:
    """One error in a right text.

    `base` is the right text, `text` the false one; `start` and `end` enclose the change in it, `touched` the
    sentences in which a finding counts. `kind` is the class of error, 1 to 14; `rules` name it rightly; `says`
    what the text now says, each false. `expects` is `error`, or `warning` where no source can contradict.
    """

    base: Text
    text: Text
    kind: int
    planter: str
    start: int
    end: int
    old: str
    new: str
    rules: frozenset[str]
    says: tuple[tuple[str, Claim], ...] = ()
    expects: str = "error"
    touched: tuple[tuple[int, int], ...] = field(default=())

    @property
    def key(self) -> str:
        return f"{self.base.key}:{self.planter}:{self.start}:{self.old}→{self.new}"


Planter = Callable[[Text, "Ledger"], Iterator[Plant]]


def plant(
    text: Text,
    start: int,
    end: int,
    new: str,
    kind: int,
    planter: str,
    rules: str,
    *,
    says: tuple[tuple[str, Claim], ...] = (),
    expects: str = "error",
    also: tuple[int, ...] = (),
) -> Plant:
    """Replace `start` to `end` by `new`; `also` are further places (in the right text) whose sentences count."""
    made = text.changed(start, end, new)
    shift = len(new) - (end - start)
    places = [start, *(p if p < start else p + shift for p in also)]
    touched = tuple(dict.fromkeys(made.sentence(min(p, len(made.text) - 1)) for p in places))
    return Plant(
        text,
        made,
        kind,
        planter,
        start,
        start + len(new),
        text.text[start:end],
        new,
        frozenset(rules.split()),
        says,
        expects,
        touched,
    )


# --------------------------------------------------------------------------- what a number is about


@dataclass(frozen=True, slots=True)
class About:
    """The one fact that a marked number states."""

    span: Span
    node: str
    measure: str
    period: Period
    real: float
    fact: Fact

    @property
    def signed(self) -> bool:
        return self.span.claim.kind == "s"

    @property
    def reference(self) -> bool:
        return self.fact.source == "reference"

    def claim(self, node: str = "", measure: str = "", period: Period | None = None) -> Claim:
        """The same claim about another node, measure or period."""
        body = f"{node or self.node}.{measure or self.measure}@{period or self.period}"
        return replace(self.span.claim, body=body)


def about(text: Text, span: Span, ledger: Ledger) -> About | None:
    """What a marked number is about; None for phrases and for numbers computed from several facts."""
    m = span.claim.reference
    if m is None:
        return None
    fact = claims.facts_of(span.claim, ledger, text.period)[0]
    return About(span, fact.node, fact.measure, fact.period, fact.value, fact)


def numbers(text: Text, ledger: Ledger) -> Iterator[About]:
    for span in text.spans:
        found = about(text, span, ledger)
        if found is not None:
            yield found


def indexed(text: Text, ledger: Ledger) -> Iterator[About]:
    """Those numbers that the index itself gives."""
    return (n for n in numbers(text, ledger) if not n.reference)


def other(ledger: Ledger, node: str, measure: str, period: Period) -> float | None:
    """The unrounded value of another fact, None where there is none."""
    fact = ledger.fact(node, measure, period)
    return None if fact is None else fact.value


def stands(text: Text, shown: str, claim: Claim, ledger: Ledger) -> bool | None:
    """Whether a statement is true; None where the ledger cannot say."""
    try:
        return claims.holds(shown, claim, ledger, text.period)
    except KeyError:
        return None


def false(text: Text, shown: str, claim: Claim, ledger: Ledger) -> bool:
    """Whether the ledger contradicts a statement, and so would a person with the printed figures alone."""
    if stands(text, shown, claim, ledger) is not False:
        return False
    return claim.kind not in ("number", "s") or not near(text, shown, claim, ledger)


def near(text: Text, shown: str, claim: Claim, ledger: Ledger) -> bool:
    """Whether a number follows from printed figures: no error, only `from-rounded`."""
    stated = claims.number(shown) if claim.stated is None else claim.stated
    if stated is None:
        return False
    real = claims.value(claim, ledger, text.period)
    if claim.kind != "s" and stated >= 0:
        real = abs(real)
    exponent = int(stated.as_tuple().exponent)
    half = 0.5 * 10.0**exponent
    return abs(float(stated) - real) <= (half + slack(claim, ledger, text.period)) * 1.05


def slack(claim: Claim, ledger: Ledger, report: Period) -> float:
    """How far a number recomputed from printed figures may lie from the unrounded one."""
    facts = claims.facts_of(claim, ledger, report)
    if len(facts) > 1 or claim.reference is None:
        return sum(0.5 * 10.0**-f.decimals + _slack(f, ledger) * (f.measure in CHANGES) for f in facts)
    return _slack(facts[0], ledger)


def _slack(fact: Fact, ledger: Ledger) -> float:
    if fact.measure in _COMPUTED:  # from printed rates and shares, themselves printed to two decimals
        return _COMPUTED[fact.measure]
    if fact.source != "engine" or fact.node not in ledger.dataset.nodes or fact.measure not in CHANGES:
        return 0.0
    node = ledger.node(fact.node)
    before = getattr(fact.period, _BEFORE["pop" if "pop" in fact.measure else "yoy"])
    index = 0.5 * 10.0**-ledger.total.decimals
    value = 0.5 * 10.0**-node.decimals if node.level is Level.INDICATOR else 0.0
    if fact.measure == "since_base":
        return index
    if fact.measure in DIFFS:
        return 2 * (index if fact.measure.startswith("index") or not value else value)
    if fact.measure in PULLS or fact.measure.startswith("share"):
        return _contribution_slack(fact, node, before, index, ledger)
    wide = 0.0
    sides = [("index", index), ("value", value)] if value else [("index", index)]
    for side, half in sides:
        then, now = ledger.value(fact.node, side, before), ledger.value(fact.node, side, fact.period)
        if then == then and now == now and abs(then) > half:
            wide = max(wide, 100 * (half / abs(then) + abs(now) * half / then**2))
    return wide


def _contribution_slack(fact: Fact, node: Node, before: Period, index: float, ledger: Ledger) -> float:
    parent = node.parent or node.code
    whole = ledger.value(parent, "index", fact.period) - ledger.value(parent, "index", before)
    part = ledger.value(fact.node, "index", fact.period) - ledger.value(fact.node, "index", before)
    relative = 2 * index / max(abs(part), index) + (2 * index / abs(whole) if fact.measure in RATES else index / 100)
    return abs(fact.value) * relative


def coincides(plant: Plant, ledger: Ledger) -> frozenset[str]:
    """Rules that also name a wrong figure rightly, because it happens to be that of something else."""
    found: set[str] = set()
    for shown, claim in plant.says:
        m = claim.reference
        stated = claims.number(shown)
        if m is None or stated is None:
            continue
        if m["node"] not in ledger.dataset.nodes:
            found |= _registered(stated, claim, ledger, plant.base.period)
            continue
        report = plant.base.period
        node, measure, period = m["node"], m["measure"], claims.at(m["when"], report)

        def is_of(
            node: str, measure: str, period: Period, stated: Decimal = stated, signed: bool = claim.kind == "s"
        ) -> bool:
            fact = ledger.fact(node, measure, period)
            return fact is not None and agrees(stated, fact.value if signed else abs(fact.value))

        if any(is_of(node, measure, p) for p in ledger.dataset.periods if p != period):
            found.add("wrong-period")
        if any(is_of(other, measure, period) for other in ledger.dataset.nodes if other != node):
            found.add("wrong-subject")
        if any(is_of(node, other, period) for other in CHANGES if other != measure):
            found |= {"wrong-basis", "wrong-unit"}
    return frozenset(found)


def _registered(stated: Decimal, claim: Claim, ledger: Ledger, report: Period) -> set[str]:
    """The same for a figure from elsewhere."""
    here = claims.facts_of(claim, ledger, report)[0]
    found = set()
    for period in ledger.dataset.periods:
        for fact in ledger.references(period):
            if fact.id != here.id and fact.measure == here.measure and agrees(stated, abs(fact.value)):
                if fact.node == here.node:
                    found.add("wrong-period")
                elif fact.period == here.period:
                    found.add("wrong-subject")
    return found


def shown_as(value: float, like: str, *, signed: bool = False) -> str:
    """A value printed with the decimals of another number."""
    plain = claims.number(like)
    decimals = max(0, -int(plain.as_tuple().exponent)) if plain is not None else 2
    return printed_number(value if signed else abs(value), decimals)


def plain(text: Text, span: Span) -> bool:
    """Whether a number is written in half-width digits, nothing between them."""
    return re.fullmatch(r"-?\d+(?:\.\d+)?", text.shown(span)) is not None


def rounds_to(shown: str, value: float) -> bool:
    return agrees(Decimal(shown), value)


# --------------------------------------------------------------------------- names


def names_of(node: Node) -> list[str]:
    """A node's names as prose writes them, longest first."""
    return sorted({n.removesuffix("（逆）") for n in (node.name, *node.aliases)}, key=len, reverse=True)


def find_name(text: Text, node: Node, start: int, end: int) -> tuple[int, int] | None:
    """The last place between `start` and `end` where a node is named."""
    best: tuple[int, int] | None = None
    for name in names_of(node):
        at = text.text.rfind(name, start, end)
        if at >= 0 and (best is None or at + len(name) > best[1] or (at + len(name) == best[1] and at < best[0])):
            best = (at, at + len(name))
    return best


def siblings(ledger: Ledger, code: str) -> list[Node]:
    """The other parts of a node's parent, in the order of the tables."""
    parent = ledger.node(code).parent
    return [ledger.node(c) for c in ledger.children(parent) if c != code] if parent else []


def bare(node: Node) -> str:
    return node.name.removesuffix("（逆）")


# --------------------------------------------------------------------------- phrases


def of_kind(text: Text, kind: str) -> Iterator[Span]:
    """The stretches of a text that make claims of a kind."""
    return (s for s in text.spans if s.claim.kind == kind)


def say(text: Text, span: Span, new: str, kind: int, name: str, rules: str, ledger: Ledger) -> Iterator[Plant]:
    """Another phrase in place of a stretch, where the ledger contradicts it."""
    if new != text.shown(span) and false(text, new, span.claim, ledger):
        yield plant(text, span.start, span.end, new, kind, name, rules, says=((new, span.claim),))
