"""Figures that are right and not to be quoted: what the data hold of them was estimated.

The writers quote no estimate, so a figure that became one is told of where a report still has it, unless its own
words say what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from narrator.check.clauses import after_mark, up_to_mark
from narrator.numerals.regex import regex
from narrator.records import replace

if TYPE_CHECKING:
    from narrator.check.run import Looked
    from narrator.facts import Ledger
    from narrator.model import Fact

SAID = regex("估计|预计|预估|估算|测算|推算")
_CLAUSES_END = "。；;\n"
_MOST = 2  # estimated inputs that are named


def mark(looked: list[Looked], ledger: Ledger) -> None:
    """Give numbers in digits that agree with an estimate the rule unsupported-number; they stay verified, as what is
    wrong with them is not their size."""
    for seen in looked:
        judgement = seen.judgement
        if judgement.name != "verified" or judgement.rule or judgement.source != "engine" or not seen.token.values:
            continue
        option = judgement.option
        if seen.token.kind != "quantity" or option is None or option.fact != judgement.fact:
            continue  # a sum or a gap: of whether it may be quoted its parts tell nothing
        fact = ledger.get(judgement.fact)
        names = estimates(fact, ledger) if fact is not None else ()
        if fact is None or not names or SAID.search(_clause(seen.text, seen.token.start, seen.token.end)):
            continue
        under = (
            f"（{'、'.join(names[:_MOST])}{'等' if len(names) > _MOST else ''}为估计）"
            if fact.name not in names
            else ""
        )
        why = f"与数据相符，但按现有数据这是估计数（状态 {fact.status}）{under}，不作引用：核实后把状态改为 A，或写明是估计"
        seen.judgement = replace(judgement, rule="unsupported-number", why=why)


def estimates(fact: Fact, ledger: Ledger) -> tuple[str, ...]:
    """Names of what was entered as an estimate and keeps a fact from being quoted.

    None for what rests on estimated weights alone, and none of a node of which figures were published: these vouch
    for it, and whether they agree is asked when the data are checked.
    """
    if fact.quotable or any(row.node == fact.node for row in ledger.dataset.published):
        return ()
    return tuple(dict.fromkeys(each.name for each in _sources(fact, ledger)))


def _clause(text: str, start: int, end: int) -> str:
    """The sentence or item that a number stands in."""
    return text[after_mark(text, start, _CLAUSES_END) : up_to_mark(text, end, _CLAUSES_END)]


def _sources(fact: Fact, ledger: Ledger) -> Iterator[Fact]:
    """What was entered as an estimate under a fact."""
    seen, ahead = set(), [fact.id]
    while ahead:
        key = ahead.pop(0)
        each = ledger.get(key)
        if key in seen or each is None or each.quotable:
            continue
        seen.add(key)
        if not each.inputs:
            yield each
        ahead += each.inputs
