"""Class 13: figures from elsewhere, which are right only where a registered source gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..texts import Text
from .common import Plant, false, numbers, plain, plant, shown_as
from .digits import altered

if TYPE_CHECKING:
    from narrator.facts import Ledger

# Names that no source of the sample data registers.
_UNKNOWN = {
    "地区生产总值": "海洋生产总值",
    "GDP": "人均GDP",
    "财政总收入": "国有资本经营收入",
    "一般公共预算收入": "政府性基金收入",
    "固定资产投资": "房地产开发投资",
    "社会消费品零售总额": "网络零售额",
    "进出口总额": "跨境电商交易额",
    "自营出口": "服务贸易出口",
    "规上工业产值": "建筑业总产值",
    "规上工业增加值": "建筑业增加值",
}
_INSERTED = (
    "全社会用电量{a}亿千瓦时，同比增长{b}%。",
    "金融机构本外币存款余额{a}亿元，同比增长{b}%。",
    "接待游客{a}万人次，增长{b}%。",
    "快递业务量完成{a}万件，同比增长{b}%。",
)


def other_figure(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """A digit of a registered figure wrong."""
    for n in numbers(text, ledger):
        if n.reference:
            for turn in (0, 1):
                new = altered(text, n.span, ledger, turn)
                if new is not None:
                    yield plant(
                        text,
                        n.span.start,
                        n.span.end,
                        new,
                        13,
                        "other_figure",
                        "wrong-number",
                        says=((new, n.span.claim),),
                    )


def neighbours_figure(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """The figure of another registered item, or of the same a year before."""
    for n in numbers(text, ledger):
        if not n.reference or not plain(text, n.span):
            continue
        for fact in (*ledger.references(n.period), *ledger.references(n.period.year_before)):
            if fact.id == n.fact.id or (fact.measure, fact.unit) != (n.measure, n.fact.unit) or fact.value * n.real < 0:
                continue
            if fact.period != n.period and fact.node != n.node:
                continue
            new = shown_as(fact.value, text.shown(n.span))
            if false(text, new, n.span.claim, ledger):
                yield plant(
                    text,
                    n.span.start,
                    n.span.end,
                    new,
                    13,
                    "neighbours_figure",
                    "wrong-subject wrong-period wrong-number",
                    says=((new, n.span.claim),),
                )


def unknown_item(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """A registered figure under a name that no source has."""
    for n in numbers(text, ledger):
        name = n.node if n.node in text.text else "GDP"
        if not n.reference or name not in _UNKNOWN:
            continue
        at = text.text.rfind(name, text.sentence(n.span.start)[0], n.span.start)
        if at < 0:
            continue
        made = plant(
            text,
            at,
            at + len(name),
            _UNKNOWN[name],
            13,
            "unknown_item",
            "unsupported-number wrong-subject",
            also=(n.span.start,),
        )
        yield replace(made, expects="warning")


def from_nowhere(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """A sentence whose figures no source has."""
    ends = [m.end() for m in re.finditer("。(?=\n)", text.text)]
    for count, at in enumerate(ends):
        line = text.text.rfind("\n", 0, at) + 1
        if text.text[line] in "|#":
            continue
        pick = (at + count + len(text.key)) % 97
        new = _INSERTED[pick % len(_INSERTED)].format(a=f"{31 + pick * 1.37:.2f}", b=f"{3 + pick * 0.11:.1f}")
        yield replace(
            plant(text, at, at, new, 13, "from_nowhere", "unsupported-number", also=(at + 1,)), expects="warning"
        )


def other_note(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """A figure that a department's note gives, changed."""
    for span in text.spans:
        if span.claim.kind != "is" or "建议" in text.text or not plain(text, span):
            continue
        new = altered(text, span, ledger, turn=1 if len(text.shown(span)) > 1 else 0)
        if new is not None:
            made = plant(
                text,
                span.start,
                span.end,
                new,
                13,
                "other_note",
                "unsupported-number wrong-number",
                says=((new, span.claim),),
            )
            yield replace(made, expects="warning")


PLANTERS = (other_figure, neighbours_figure, unknown_item, from_nowhere, other_note)
