"""Problems of a report that the revised data take away, and new ones that its text does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from narrator.highlights import troubles
from narrator.model import Period
from narrator.numerals import printed
from narrator.refresh.items import Hung
from narrator.refresh.remarks import told
from narrator.word.document import Block, Document

if TYPE_CHECKING:
    from narrator.facts import Ledger

_SECTION = re.compile("问题|短板|不足|困难|挑战|值得关注|需要重视")
_ADVICE = re.compile("建议|对策|举措|措施|下一步")

_GONE, _NEW = "按新数据已不是问题", "成为新的问题"


def problems(document: Document, old: Ledger, new: Ledger, period: Period, remarked: Sequence[str]) -> Iterator[Hung]:
    """The differences between the problems of two states of the data, as far as they concern the text; `remarked`
    are the remarks of earlier refreshes."""
    section = list(_section(document))
    if not section:
        return
    head, body = section[0], section[1:]
    before = {t.mover.node.code: t for t in troubles(old, period)}
    now = {t.mover.node.code: t for t in troubles(new, period)}
    said_gone = [n for n in map(new.node, new.dataset.nodes) if any(f"{n.name}{_GONE}" in said for said in remarked)]
    for node in dict.fromkeys([*(t.mover.node for t in before.values()), *said_gone]):
        code = node.code
        if code in now or _falls(new, code, period):
            continue
        names = (node.name, *node.aliases)
        found = next(((p, b.text.index(n), n) for p, b in body for n in names if n in b.text), None)
        if found is None:
            continue
        place, start, name = found
        reason = f"{node.name}{_GONE}（{_course(new, code, period)}）"
        yield Hung(
            place, start, start + len(name), "problem-gone", node.name, reason,
            "删去或改写这一问题，并相应调整问题和建议的项数", _facts(new, code, period),
        )  # fmt: skip
    text = "\n".join(b.text for _, b in body)
    for code, trouble in now.items():
        node = trouble.mover.node
        reason = f"按新数据，{node.name}（{trouble.module.name}）{_NEW}"
        said = any(reason in text for text in remarked)
        reason += f"：{_course(new, code, period)}，此处没有提到"
        if (code in before and not said) or any(name in text for name in (node.name, *node.aliases)):
            continue
        offer = f"增写一项：{node.name}{_course(new, code, period)}"
        if trouble.policy is not None:
            offer += f"；可建议：{trouble.policy.title}"
        place, block = head
        yield Hung(place, 0, len(block.text), "problem-new", node.name, reason, offer, _facts(new, code, period))


def _section(document: Document) -> Iterator[tuple[int, Block]]:
    """The heading of the part on problems and what stands under it, proposals left out."""
    level = 0
    for place, block in enumerate(document.blocks):
        if block.level and block.part == "body":
            if level and (block.level <= level or _ADVICE.search(block.text)) and not _SECTION.search(block.text):
                return
            if not level and _SECTION.search(block.text):
                level = block.level
        if level and block.text.strip() and block.part in ("body", "table"):
            yield place, block


def _falls(ledger: Ledger, code: str, period: Period) -> bool:
    return ledger.value(code, "yoy", period) < 0


def _facts(ledger: Ledger, code: str, period: Period) -> tuple[str, ...]:
    fact = ledger.fact(code, "yoy", period)
    return (fact.id,) if fact is not None else ()


def _course(ledger: Ledger, code: str, period: Period) -> str:
    fact = ledger.fact(code, "yoy", period)
    if fact is None:  # an index that went below nothing has no rate
        now, then = (ledger.fact(code, "value", at) for at in (period, period.year_before))
        if now is None or then is None or not (now.quotable and then.quotable):
            return "请查看数据"
        return f"由上年同期的{printed(then)}{'降' if now.value < then.value else '升'}至{told(now)}"
    if not fact.quotable:
        return "指数同比下降" if fact.value < 0 else "指数同比上升"
    return f"指数同比{'下降' if fact.value < 0 else '上升'}{printed(fact)}"
