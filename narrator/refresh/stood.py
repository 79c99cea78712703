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

from narrator.check.candidates import options
from narrator.check.figures import same_unit, stands_for
from narrator.model import CHANGES, MEASURES, Fact
from narrator.refresh.items import By
from narrator.word.bind import BoundChart, BoundFact, BoundNumber
from narrator.word.document import Block, Document

if TYPE_CHECKING:
    from narrator.check.run import Check, Looked
    from narrator.facts import Ledger

Trouble = Literal["", "overtyped", "disagree", "unknown", "stale"]
_REVISED = 0.2  # of a level: a revision moves it less far than another fact of the same words lies
_POINTS = 1.0  # and a change, in its own unit
# Verdicts on the words beside a number, not on the number.
OF_WORDS = frozenset({"wrong-direction", "wrong-hedge"})
# Verdicts on a number that was to print a fact; others are on counts, places and sums.
_OF_VALUES = frozenset(
    {"wrong-number", "wrong-unit", "wrong-period", "wrong-basis", "wrong-subject", "conflicting-numbers", "tag-mismatch", "stale-number"}
)  # fmt: skip
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
    by: By = "none"
    bound: BoundNumber | None = None
    trouble: Trouble = ""
    also: tuple[str, ...] = ()  # facts of others that the same number speaks of: 均为115.00点


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
            if not verified and known is None and _is_pattern(fact.id):
                yield Stood(seen, bound=number)  # 跌破120点, told of by an earlier refresh: it prints no fact any more
            elif verified and printed_size(seen) is None:
                yield Stood(seen, bound=number)  # a countable phrase: its words are judged, not its digits
            elif (verified and (same or named == fact.id)) or (same and only_words(seen)):
                yield Stood(seen, fact.id, before, "anchor", number, also=_also(seen, ledger))
            elif same:
                yield Stood(seen, fact.id, before, "anchor", number, "disagree")
            else:
                yield Stood(seen, fact.id, before, "anchor", number, _unlike(check.document, seen, number))
            continue
        option = seen.judgement.option
        if is_mark(seen):
            yield Stood(seen)
            continue
        if named and option is not None:
            known = ledger.get(named)
            if known is not None and abs(known.value - option.value) < 1e-9 and prints(seen, known.value, known.unit):
                yield Stood(seen, known.id, known.value, "subject", also=_also(seen, ledger))
                continue
        wrong = ledger.get(seen.judgement.fact) if seen.judgement.name == "wrong" else None
        if wrong is not None and only_words(seen) and prints(seen, wrong.value, wrong.unit):
            yield Stood(seen, wrong.id, wrong.value, "subject")
            continue
        if wrong is not None and _printed_wrongly(seen):
            yield Stood(seen, wrong.id, None, "subject", trouble="unknown")
            continue
        yield Stood(seen)


def _unlike(document: Document, seen: Looked, number: BoundNumber | None) -> Trouble:
    """Why a bound number is not its fact's: somebody typed over it, or an earlier refresh left it as it was printed."""
    start, end = seen.token.start, seen.token.end
    shown = [
        seen.text[a.start : a.end] for a in document.blocks[seen.block].anchors if a.start <= start and end <= a.end
    ]
    return "stale" if number is not None and number.text in (seen.token.text, *shown) else "overtyped"


def _also(seen: Looked, ledger: Ledger, known: Mapping[str, float] | None = None) -> tuple[str, ...]:
    """The same measure of the other subjects of a number, where it printed all of them."""
    option, reading = seen.judgement.option, seen.reading
    if option is None or reading is None or len(reading.subjects) < 2:
        return ()
    keys = (f"{s.code}.{option.measure}@{option.period}" for s in reading.subjects if s.code)
    facts = [fact for key in keys if (fact := ledger.get(key)) is not None]
    if known is not None:
        return tuple(f.id for f in facts if f.id not in known or prints(seen, known[f.id], f.unit))
    return tuple(f.id for f in facts if prints(seen, f.value, f.unit))


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
                yield Stood(seen, fact.id, before, "anchor", number, also=_also(seen, ledger, known))
            else:
                yield Stood(seen, fact.id, before, "anchor", number, _unlike(check.document, seen, number))
            continue
        yield _by_words(check, seen, ledger, known)


def _by_words(check: Check, seen: Looked, ledger: Ledger, known: Mapping[str, float]) -> Stood:
    """A number without a binding: what its words may mean, of that what was printed so, else what alone is near."""
    judgement = seen.judgement
    if (
        (judgement.name == "verified" and judgement.rule != "from-rounded")
        or printed_size(seen) is None
        or is_mark(seen)
    ):
        return Stood(seen)
    meant = [fact for key in _meant(check, seen) if (fact := ledger.get(key)) is not None]
    for fact in meant:
        if fact.id in known and prints(seen, known[fact.id], fact.unit):
            return Stood(seen, fact.id, known[fact.id], "subject", also=_also(seen, ledger, known))
    near = [fact for fact in meant if fact.id not in known and _near(seen, fact)]
    if judgement.name == "wrong" and len(near) == 1:
        # Nobody knows what it was: what the words name is written, and shown as a change to be accepted.
        return Stood(seen, near[0].id, None, "subject", also=_also(seen, ledger, known))
    named = ledger.get(judgement.fact) if _printed_wrongly(seen) else None
    return Stood(seen) if named is None else Stood(seen, named.id, known.get(named.id), "subject", trouble="unknown")


def _meant(check: Check, seen: Looked) -> list[str]:
    """The facts that the words of a number may mean and that its unit allows, the likeliest first."""
    reading = seen.reading
    out = [seen.judgement.fact] if seen.judgement.option is not None else []
    if reading is not None and len(reading.subjects) == 1 and reading.subjects[0].code and reading.mode == "one":
        unit = reading.token.unit
        found = options(check.judge, reading, reading.subjects[0])
        out += [o.fact for o in found if same_unit(unit, o.unit) is not None or (not unit and o.unit == "点")]
    return list(dict.fromkeys(out))


def _near(seen: Looked, fact: Fact) -> bool:
    size = printed_size(seen)
    factor = factor_to(seen, fact.unit) or 1.0
    if size is None:
        return False
    reach = max(_REVISED * float(size), _POINTS if is_change(fact) else 0.0)
    return abs(float(size) - abs(fact.value * factor)) <= reach


def _is_pattern(key: str) -> bool:
    """Whether a fact is a course, a mark or a count, which there may be or not; not a figure of every period."""
    return key.rpartition("@")[0].rpartition(".")[2] not in MEASURES


def _printed_wrongly(seen: Looked) -> bool:
    """Whether a number in digits is another than the fact that its words name; not a count or a sum that is wrong."""
    judgement = seen.judgement
    return judgement.name == "wrong" and judgement.rule in _OF_VALUES and printed_size(seen) is not None


def only_words(seen: Looked) -> bool:
    """Whether a number is right as such, and the words beside it were wrong already: 上升 before a fall."""
    return seen.judgement.name == "wrong" and seen.judgement.rule in OF_WORDS


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
    if size is None:
        return False
    factor = factor_to(seen, unit)
    return factor is not None and stands_for(size, abs(value * factor))


def unit_of(seen: Looked) -> str:
    """The unit that a number is written in, empty where it has none of its own."""
    return (seen.reading.token if seen.reading is not None else seen.token).unit


def factor_to(seen: Looked, unit: str) -> float | None:
    """What a value in `unit` is multiplied by to stand where a number does; None where the units do not fit."""
    written = unit_of(seen)
    return same_unit(written, unit) if written else 1.0


def is_mark(seen: Looked) -> bool:
    """Whether a number is a mark that something passed or comes near to (迈过120点, 超120点), not a print of it."""
    return seen.reading is not None and (seen.reading.role == "mark" or bool(seen.reading.hedge))


def printed_size(seen: Looked) -> Decimal | None:
    """The size of a number written in digits; None for ranges, fractions and words."""
    token = seen.token
    if token.form not in _PLAIN or len(token.values) != 1 or token.join or token.infix:
        return None
    return abs(token.values[0])


def is_change(fact: Fact) -> bool:
    """Whether prose prints the size alone and lets a verb carry the sign."""
    return fact.measure in CHANGES or fact.measure in ("yoy", "pop", "yoy_diff", "pop_diff")
