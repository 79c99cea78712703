"""Contribution shares that mean nothing under the revised data: the whole hardly moves, or moves the other way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrator.facts.patterns import meaningful
from narrator.model import Fact
from narrator.numerals import printed, printed_number
from narrator.refresh.stood import Stood
from narrator.word.document import Document

if TYPE_CHECKING:
    from narrator.facts import Ledger


@dataclass(frozen=True, slots=True)
class Void:
    """A share that is said, why it should not be any more, and what to say instead."""

    stood: Stood
    fact: Fact
    reason: str
    offered: str


def void(document: Document, stood: Iterable[Stood], old: Ledger, new: Ledger) -> Iterator[Void]:
    """The shares of prose, one for each table and each chart."""
    seen: set[tuple[str, int]] = set()
    for each in stood:
        fact = new.get(each.fact)
        if each.trouble or fact is None or fact.measure not in ("share", "share_pop"):
            continue
        node = new.dataset.nodes.get(fact.node)
        whole = new.dataset.nodes.get(node.parent or "") if node is not None else None
        if whole is None:
            continue
        basis, word = ("pop", "环比") if fact.measure == "share_pop" else ("yoy", "同比")
        then, now = (ledger.value(whole.code, basis, fact.period) for ledger in (old, new))
        moving = meaningful(new, whole.code, fact.period, basis)
        if not meaningful(old, whole.code, fact.period, basis) or (moving and then * now > 0):
            continue
        exhibit = document.blocks[each.seen.block].exhibit
        if exhibit is not None:
            if exhibit in seen:
                continue
            seen.add(exhibit)
        index = whole.name if whole.name.endswith("指数") else f"{whole.name}指数"
        course = f"{index}{word}由{printed_number(then, 2)}%变为{printed_number(now, 2)}%"
        why = "方向已变，贡献率不能再照原来的说法写" if moving else "变动很小，贡献率不再有意义"
        pull = new.fact(fact.node, f"pull{fact.measure.removeprefix('share')}", fact.period)
        offered = ""
        if pull is not None:
            verb = "下拉" if pull.value < 0 else "拉动"
            offered = "改列拉动百分点" if exhibit is not None else f"{verb}{index}{printed(pull)}"
        yield Void(each, fact, f"{course}，{why}", offered)
