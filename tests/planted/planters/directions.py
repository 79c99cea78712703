"""Class 9: directions against signs, courses against the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from ..claims import COURSES, Claim
from ..texts import Text
from .common import (
    CHANGES,
    LEVELS,
    PULLS,
    Plant,
    find_name,
    indexed,
    of_kind,
    plant,
    say,
    stands,
)

if TYPE_CHECKING:
    from narrator.facts import Ledger

_UP = ["增长", "上涨", "上升", "提高", "提升", "增加", "回升", "攀升", "走高", "抬升", "上扬"]
_DOWN = ["下降", "回落", "下滑", "减少", "降低", "走低", "下跌", "缩小", "缩短", "压缩"]
_TURNED = dict(
    zip(_UP, ["下降", "下跌", "下降", "降低", "下降", "减少", "回落", "下滑", "走低", "下降", "下行"], strict=True)
) | dict(zip(_DOWN, ["上升", "回升", "上升", "增加", "提高", "走高", "上涨", "扩大", "延长", "增加"], strict=True))
_VERB = re.compile(
    "(" + "|".join(sorted(_TURNED, key=len, reverse=True)) + r")(?:至|到|了|幅度?达?|达|，为|为|约)?\s*$"
)
_NARROW = {"收窄": "扩大", "扩大": "收窄", "加快": "放缓", "放缓": "加快"}


def turned(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """同比增长 → 同比下降, and back."""
    for n in indexed(text, ledger):
        if n.measure not in CHANGES or n.signed or abs(n.real) < 0.05:
            continue
        lead = text.before(n.span)
        m = _VERB.search(lead)
        if m is None:
            continue
        at = n.span.start - len(lead) + m.start(1)
        yield plant(text, at, at + len(m[1]), _TURNED[m[1]], 9, "turned", "wrong-direction", also=(n.span.start,))


def turned_to(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """升至 → 降至 where the text gives where it came from."""
    turned = {
        "升至": "降至",
        "降至": "升至",
        "升到": "降到",
        "降到": "升到",
        "提高到": "下降到",
        "回升至": "回落至",
        "攀升至": "滑落至",
        "上升至": "下降至",
        "下降至": "上升至",
        "增加到": "减少到",
        "减少到": "增加到",
        "增至": "减至",
        "减至": "增至",
        "回落到": "回升到",
        "缩小至": "扩大至",
        "缩小到": "扩大到",
        "压缩至": "延长至",
        "提升至": "下降至",
        "提升到": "下降到",
    }
    found = [n for n in indexed(text, ledger) if n.measure in LEVELS and not text.in_table(n.span.start)]
    for a, b in pairwise(found):
        between = text.text[a.span.end : b.span.start]
        if (a.node, a.measure) != (b.node, b.measure) or a.period >= b.period or "。" in between:
            continue
        for old in sorted(turned, key=len, reverse=True):
            if between.rstrip().endswith(old):
                at = a.span.end + between.rfind(old)
                yield plant(
                    text, at, at + len(old), turned[old], 9, "turned_to", "wrong-direction", also=(b.span.start,)
                )
                break


def to_for_by(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """下降至 1.82 → 下降 1.82."""
    for n in indexed(text, ledger):
        lead = text.before(n.span, 6)
        m = re.search(r"(?:[升降增减落高小加涨])([至到])\s*$", lead)
        if n.measure not in LEVELS or m is None or text.in_table(n.span.start) or n.period != text.period:
            continue
        by = "yoy_diff" if n.measure == "value" else "index_yoy_diff"
        if stands(text, text.shown(n.span), n.claim(measure=by), ledger) is not False:
            continue
        at = n.span.start - len(lead) + m.start(1)
        rules = "wrong-number wrong-direction wrong-basis wrong-unit"
        yield plant(text, at, at + 1, "了", 9, "to_for_by", rules, says=((text.shown(n.span), n.claim(measure=by)),))


def doubly_down(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """下降 18.41% → 下降-18.41%."""
    for n in indexed(text, ledger):
        if (
            n.measure in CHANGES
            and n.real < 0
            and not n.signed
            and re.search("(?:下降|回落|下滑|降幅为?|减少)$", text.before(n.span))
        ):
            yield plant(
                text, n.span.start, n.span.start, "-", 9, "doubly_down", "wrong-direction", also=(n.span.start,)
            )


def lost_sign(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """A table's minus sign lost, or one too many."""
    for n in indexed(text, ledger):
        if not n.signed or n.measure not in CHANGES or abs(n.real) < 0.1:
            continue
        shown = text.shown(n.span)
        new = shown[1:] if shown.startswith("-") else f"-{shown}"
        rules = "wrong-direction wrong-number"
        yield from say(text, n.span, new, 9, "lost_sign", rules, ledger)


_OPPOSITES = {
    "止跌回升": ("冲高回落", "持续走高"),
    "冲高回落": ("止跌回升", "持续走高"),
    "先降后升": ("先升后降",),
    "先升后降": ("先降后升",),
    "逐期走高": ("逐期走低", "先升后降"),
    "由降转升": ("由升转降",),
    "由升转降": ("由降转升",),
    "涨幅扩大": ("涨幅收窄",),
    "降幅收窄": ("降幅扩大",),
    "创有数据以来新高": ("创有数据以来新低",),
    "创历史新高": ("创历史新低",),
    "再创新高": ("再创新低",),
    "涨幅收窄": ("涨幅扩大",),
    "降幅扩大": ("降幅收窄",),
}


def other_course(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """止跌回升 → 冲高回落."""
    for span in of_kind(text, "trend"):
        for new in _OPPOSITES.get(text.shown(span), ()):
            yield from say(text, span, new, 9, "other_course", "wrong-pattern wrong-direction", ledger)


def unmarked_course(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """The same in a draft, whose headings and sentences name the course in words."""
    if text.origin != "draft":
        return
    for phrase in COURSES:
        for m in re.finditer(phrase, text.text):
            if text.text[m.start() - 1 : m.start()] in "再创":
                continue
            node = _nearest(text, ledger, m.start())
            for new in _OPPOSITES.get(phrase, ())[:1]:
                if node and not _course_holds(text, new, node, ledger):
                    yield plant(text, m.start(), m.end(), new, 9, "unmarked_course", "wrong-pattern wrong-direction")


def _nearest(text: Text, ledger: Ledger, place: int) -> str:
    """The module or total named last before a place in its sentence."""
    first = text.sentence(place)[0]
    best = (-1, "")
    for node in ledger.dataset.nodes.values():
        if not ledger.children(node.code):
            continue
        found = find_name(text, node, first, place)
        if found is not None and found[1] > best[0]:
            best = (found[1], node.code)
    return best[1]


def _course_holds(text: Text, phrase: str, node: str, ledger: Ledger) -> bool:
    bodies = (f"{node}.index", f"{node}.yoy")
    return any(stands(text, phrase, Claim("trend", body), ledger) for body in bodies)


_PASSED = {"迈过": "跌破", "突破": "跌破", "站上": "跌破", "重回": "跌破", "跌破": "迈过", "首次站上": "跌破"}


def other_crossing(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """迈过 130 点 → 跌破 130 点, or another mark."""
    for span in of_kind(text, "mark"):
        lead = text.before(span, 6)
        for word, wrong in _PASSED.items():
            if lead.endswith(word):
                at = span.start - len(word)
                yield plant(
                    text,
                    at,
                    span.start,
                    wrong,
                    9,
                    "other_crossing",
                    "wrong-pattern wrong-direction",
                    also=(span.start,),
                )
                break
        shown = text.shown(span)
        if shown.isdigit():
            for level in (int(shown) + 10, int(shown) - 10):
                yield from say(text, span, str(level), 9, "other_crossing", "wrong-pattern wrong-number", ledger)


def wider_for_narrower(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """涨幅收窄 → 涨幅扩大, 加快 → 放缓."""
    for span in text.spans:
        second = span.claim.kind == "number" and (
            span.claim.body.count("yoy") == 2
            or span.claim.body.count("pop") == 2
            or re.search("accelerating|slowing|worsening|easing", span.claim.body)
        )
        if not second:
            continue
        lead = text.before(span, 14)
        found = list(re.finditer("|".join(_NARROW), lead))
        if found:
            at = span.start - len(lead) + found[-1].start()
            rules = "wrong-pattern wrong-direction"
            yield plant(
                text, at, at + 2, _NARROW[found[-1].group()], 9, "wider_for_narrower", rules, also=(span.start,)
            )


def word_turned(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """有所下降 → 有所上升, 全部上升 → 全部下降: no number beside it."""
    for kind in ("dir", "all"):
        for span in of_kind(text, kind):
            for verb, wrong in _TURNED.items():
                if text.shown(span).endswith(verb):
                    new = text.shown(span).removesuffix(verb) + wrong
                    rules = "wrong-direction wrong-pattern wrong-count"
                    yield from say(text, span, new, 9, "word_turned", rules, ledger)


def said_of_all(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """各项指标均有所增长, where one fell: said at the end of a text on a module or on the whole."""
    for n in indexed(text, ledger):
        if n.node not in ledger.dataset.nodes or n.period != text.period or text.in_table(n.span.start):
            continue
        parent = n.node if ledger.children(n.node) else ledger.node(n.node).parent
        if parent is None:
            continue
        moves = [ledger.value(c, "yoy", text.period) for c in ledger.children(parent)]
        if not any(m < -0.1 for m in moves) or any(m != m for m in moves):
            continue
        whole = parent == ledger.total.code
        new = "六大模块指数同比均有所上升。" if whole else f"{ledger.node(parent).name}模块各项指标指数同比均有所增长。"
        if whole and len(moves) != 6:
            continue
        end = text.text.find("\n", n.span.start)
        if text.text[end - 1] != "。" or text.text[text.text.rfind("\n", 0, n.span.start) + 1] in "#|":
            continue
        claim = Claim("all", f"{parent} yoy > 0")
        rules = "wrong-pattern wrong-direction wrong-count"
        yield plant(text, end, end, new, 9, "said_of_all", rules, says=(("全部上升", claim),), also=(end + 1,))


def pulled_other_way(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """上拉总指数 → 下拉总指数, 拉动 → 拖累."""
    turned = {"上拉": "下拉", "下拉": "上拉", "拉动": "拖累", "拖累": "拉动"}
    for n in indexed(text, ledger):
        if n.measure not in PULLS or n.signed or abs(n.real) < 0.05:
            continue
        lead = text.before(n.span, 18)
        found = list(re.finditer("|".join(turned), lead))
        if not found or re.search("上升|下降|和", lead[found[-1].end() :]):
            continue
        at = n.span.start - len(lead) + found[-1].start()
        new = turned[found[-1].group()]
        yield plant(text, at, at + 2, new, 9, "pulled_other_way", "wrong-direction", also=(n.span.start,))


def shared_other_way(text: Text, ledger: Ledger) -> Iterator[Plant]:
    """对总指数上升的贡献率 → 对总指数下降的贡献率."""
    for n in indexed(text, ledger):
        if n.measure not in ("share", "share_pop"):
            continue
        lead = text.before(n.span, 24)
        m = re.search(rf"({'|'.join(_TURNED)})的贡献率[^，。；0-9]{{0,6}}$", lead)
        if m is None:
            continue
        at = n.span.start - len(lead) + m.start(1)
        yield plant(
            text, at, at + len(m[1]), _TURNED[m[1]], 9, "shared_other_way", "wrong-direction", also=(n.span.start,)
        )


PLANTERS = (
    shared_other_way,
    word_turned,
    said_of_all,
    pulled_other_way,
    turned,
    turned_to,
    to_for_by,
    doubly_down,
    lost_sign,
    other_course,
    unmarked_course,
    other_crossing,
    wider_for_narrower,
)
