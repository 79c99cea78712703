"""Class 8: ranks, extremes and their scope."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..texts import Text
from .common import (
    Plant,
    bare,
    find_name,
    names_of,
    of_kind,
    plant,
    say,
    siblings,
    stands,
)

if TYPE_CHECKING:
    from narrator.facts import Ledger

_PLACES = ("首位", "第二位", "第三位", "第四位", "第五位", "末位")


def other_rank(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """居第二位 → 居第三位."""
    for span in of_kind(text, "rank"):
        shown = text.shown(span)
        if text.in_table(span.start) and shown.isdigit():
            yield from say(text, span, str(int(shown) + 1), 8, "other_rank", "wrong-rank", ledger)
            continue
        if re.search(r"\d", shown):
            options = [re.sub(r"\d+", str(n), shown) for n in range(1, 7)]
        elif re.search("第[一二三四五六七]", shown):
            options = [re.sub("第[一二三四五六七]", f"第{n}", shown) for n in "一二三四五"]
        else:
            options = ["首位", "次席", "末位", "榜首"] if text.after(span, 1) != "位" else []
        for new in options:
            yield from say(text, span, new, 8, "other_rank", "wrong-rank", ledger)


def other_place_of_name(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """The name before a rank exchanged."""
    for span in of_kind(text, "rank"):
        node = ledger.node(span.claim.body.split(".")[0].split("@")[0])
        first, last = text.sentence(span.start)
        place = find_name(text, node, first, span.start)
        if place is None or text.in_table(span.start):
            continue
        for sibling in siblings(ledger, node.code):
            if any(name in text.text[first:last] for name in names_of(sibling)):
                continue
            claim = replace(span.claim, body=span.claim.body.replace(node.code, sibling.code, 1))
            if stands(text, text.shown(span), claim, ledger) is False:
                yield plant(
                    text,
                    *place,
                    bare(sibling),
                    8,
                    "other_place_of_name",
                    "wrong-rank wrong-subject",
                    says=((text.shown(span), claim),),
                    also=(span.start,),
                )
                break


def other_extreme(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """涨幅最大的是 A → 涨幅最大的是 B, with A's figure or without."""
    for kind in ("top", "bottom"):
        for span in of_kind(text, kind):
            for code in ledger.children(span.claim.body.split()[0]):
                name = bare(ledger.node(code))
                if name not in text.text and not name.startswith("其他"):
                    rules = "wrong-rank wrong-subject wrong-number"
                    yield from say(text, span, name, 8, "other_extreme", rules, ledger)


def wider_scope(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """在六大模块中居首位 → 在全市各区县中居首位: what these data cannot know."""
    for span in of_kind(text, "rank"):
        first = text.sentence(span.start)[0]
        for m in re.finditer("在六[大个]模块中|六[大个]模块|各模块", text.text[first : span.start]):
            at = first + m.start()
            new = "在全市各区县中" if m.group().startswith("在") else "全市"
            if span.start - at > 24:
                continue
            made = plant(text, at, at + len(m.group()), new, 8, "wider_scope", "unsupported-number", also=(span.start,))
            yield replace(made, expects="warning")


PLANTERS = (
    other_rank,
    other_place_of_name,
    other_extreme,
    wider_scope,
)
