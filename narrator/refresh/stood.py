"""What every number of a report stood for before the revision: by its binding where the words do not say
otherwise, else by the words alone.

With the old data at hand a check of the text against them tells: what it verifies is known. Without them the
binding's own record of values has to do, and where a number has none, what its words name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from narrator.check.figures import same_unit, stands_for
from narrator.model import CHANGES, Fact
from narrator.word.bind import BoundChart, BoundFact, BoundNumber
from narrator.word.document import Block, Document

if TYPE_CHECKING:
    from narrator.check.run import Check, Looked
    from narrator.facts import Ledger

Trouble = Literal["", "overtyped", "disagree", "unknown"]
_PLAIN = frozenset({"arabic", "fullwidth"})


@dataclass(frozen=True, slots=True)
class Stood:
    """One number: its place in the check, its binding, and the fact that it printed.

    `fact` is empty for what is no print of a fact: derived numbers, marks, counts in words. `before` is the
    fact's old value, None where only the words are known. `trouble` says why it must be left as it is.
    """

    seen: Looked
    fact: str = ""
    before: float | None = None
    by: Literal["anchor", "subject", "none"] = "none"
    bound: BoundNumber | None = None
    trouble: Trouble = ""


def by_old_data(check: Check, ledger: Ledger) -> Iterator[Stood]:
    """From a check of the text against the data that it was written from."""
    for seen in check.looked:
        if seen.judgement.name == "exempt":
            continue
        named = seen.judgement.fact if seen.judgement.name == "verified" and seen.judgement.option is not None else ""
        found = binding(check.document, seen)
        if found is not None:
            fact, number = found
            known = ledger.get(fact.id)
            before = known.value if known is not None else fact.value
            same = prints(seen, before, fact.unit)
            verified = seen.judgement.name == "verified"
            if verified and printed_size(seen) is None:
                yield Stood(seen, bound=number)  # a countable phrase: its words are judged, not its digits
            elif verified and (same or named == fact.id):
                yield Stood(seen, fact.id, before, "anchor", number)
            elif same:
                yield Stood(seen, fact.id, before, "anchor", number, "disagree")
            else:
                yield Stood(seen, fact.id, before, "anchor", number, "overtyped")
            continue
        option = seen.judgement.option
        if named and option is not None:
            known = ledger.get(named)
            if known is not None and abs(known.value - option.value) < 1e-9 and prints(seen, known.value, known.unit):
                yield Stood(seen, known.id, known.value, "subject")
                continue
        elif seen.judgement.name == "wrong" and ledger.get(seen.judgement.fact) is not None:
            yield Stood(seen, seen.judgement.fact, None, "subject", trouble="unknown")
            continue
        yield Stood(seen)


def by_record(check: Check, ledger: Ledger, known: Mapping[str, float]) -> Iterator[Stood]:
    """Without the old data: from a check against the new, and the values that a record holds of facts."""
    for seen in check.looked:
        judgement = seen.judgement
        if judgement.name == "exempt":
            continue
        found = binding(check.document, seen)
        if found is not None:
            fact, number = found
            before = known.get(fact.id, fact.value)
            same = prints(seen, before, fact.unit)
            now = ledger.get(fact.id)
            fits = now is not None and prints(seen, now.value, now.unit)
            if printed_size(seen) is None:
                yield Stood(seen, bound=number)
            elif same or fits:
                yield Stood(seen, fact.id, before, "anchor", number)
            else:
                yield Stood(seen, fact.id, before, "anchor", number, "overtyped")
            continue
        now = ledger.get(judgement.fact) if judgement.option is not None else None
        if judgement.name != "wrong" or now is None or judgement.rule not in _BY_VALUE:
            yield Stood(seen)
            continue
        if now.id not in known:
            # Nobody knows what it was: what the words name is written, and shown as a change to be accepted.
            yield Stood(seen, now.id, None, "subject")
        elif prints(seen, known[now.id], now.unit):
            yield Stood(seen, now.id, known[now.id], "subject")
        else:
            yield Stood(seen, now.id, known[now.id], "subject", trouble="unknown")


# Verdicts that say nothing but that the value is not (or no longer) the one that the words name.
_BY_VALUE = frozenset({"wrong-number", "stale-number", "tag-mismatch", "wrong-direction", "wrong-hedge"})


def binding(document: Document, seen: Looked) -> tuple[BoundFact, BoundNumber | None] | None:
    """The fact bound to a number of the text, and its printing; for a point of a chart that of the record."""
    record = document.record
    if record is None:
        return None
    block = document.blocks[seen.block]
    if block.chart is not None:
        return _bound_point(document, block)
    for anchor in block.anchors:
        if anchor.start <= seen.token.start and seen.token.end <= anchor.end:
            found: tuple[BoundFact, BoundNumber | None] | None = record.behind(anchor.tag, anchor.number)
            if found is not None:
                return found
    return None


def _bound_point(document: Document, block: Block) -> tuple[BoundFact, BoundNumber | None] | None:
    chart = recorded_chart(document, block)
    spot = block.chart
    if chart is None or spot is None or spot.role != "value":
        return None
    points = chart.series[spot.series].points
    point = points[spot.point] if 0 <= spot.point < len(points) else None
    fact = document.record.facts.get(point[0]) if point is not None else None
    return None if fact is None or point is None else (fact, BoundNumber(0, fact.key, point[1], "bare"))


def recorded_chart(document: Document, block: Block) -> BoundChart | None:
    """What the record holds of the chart that a block is part of: the one of the same series and categories."""
    spot = block.chart
    if spot is None or spot.chart < 0 or document.record is None:
        return None
    chart = document.charts[spot.chart]
    names = tuple(s.name for s in chart.series)
    same = [
        c
        for c in document.record.charts
        if c.categories == chart.categories and tuple(s.name for s in c.series) == names
    ]
    # Charts of one make are told apart by the part they were written as, which most programs keep.
    return same[0] if len(same) == 1 else next((c for c in same if c.part == chart.part), None)


def prints(seen: Looked, value: float, unit: str) -> bool:
    """Whether the number that stands there is this value as printed, its sign aside."""
    size = printed_size(seen)
    token = seen.reading.token if seen.reading is not None else seen.token
    if size is None:
        return False
    factor = same_unit(token.unit, unit) if token.unit else 1.0
    return factor is not None and stands_for(size, abs(value * factor))


def printed_size(seen: Looked) -> Decimal | None:
    """The size of a number written in digits; None for ranges, fractions and words."""
    token = seen.token
    if token.form not in _PLAIN or len(token.values) != 1 or token.join or token.infix:
        return None
    return abs(token.values[0])


def is_change(fact: Fact) -> bool:
    """Whether prose prints the size alone and lets a verb carry the sign."""
    return fact.measure in CHANGES or fact.measure in ("yoy", "pop", "yoy_diff", "pop_diff")
