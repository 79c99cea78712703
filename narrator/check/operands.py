"""What a sum adds up: 三者合计, 两项指标合计, 二者共同贡献 are of as many as they say, across clauses and sentences."""

from __future__ import annotations

from collections.abc import Iterable

from narrator.check.grounds import read_count
from narrator.check.memory import Walk
from narrator.check.parts import INDICATORS, MODULES
from narrator.check.subjects import Subject
from narrator.numerals.regex import regex

# 共同贡献, 三大模块贡献了: together, though no word for a sum is said.
JOINT = regex(
    rf"共同(?:对[^，。；]{{1,12}})?(?:贡献|拉动|带动|推动|推升|拉升|支撑)|[二两三四五六七八](?:者|[大个项](?:{MODULES}|{INDICATORS}))(?:就|已|则|便)?(?:(?:贡献|拉动|带动)了|(?:[上下]?拉动?|推动|带动|推升|拉升|拉高|拉低|拖累)(?!的|作用|力|合计)(?![^，。；]*(?:分别|依次|各|均|都)))"
    rf"|[二两三四五六七八](?:者|项|[大个项](?:{MODULES}|{INDICATORS}))(?:一?共|总共)(?:同)?(?:对[^，。；]{{1,12}})?[上下]?(?:贡献|拉动|带动|推动|拉升|拉|拖累)"
)
_COUNTED = regex(
    rf"(?P<first>前)?(?P<count>[二两三四五六七八九])\s*(?:者|[项个大家])?(?:{MODULES}|{INDICATORS})?(?:指数)?\s*(?:(?:对[^，。；0-9]{{1,14}}?)?(?:的)?(?:贡献[率度]|拉动(?:作用|力)?)(?=合计|之和))?(?:合计|共|之和|总计|贡献了|拉动了|带动了|[上下]?拉动|推动|带动|[下上]拉|推升|拉升|拉高|拉低|拖累)"
)
_N = r"[一二两三四五六七八九\d]+"
_DOWN = "下[降滑跌]|回落|负增长"
_UP = "[上回]升|上涨|正?增长"
_MOVED = regex(
    rf"(?:(?:{_UP}|(?P<down>{_DOWN}))的(?P<count>{_N})?[个大]?(?:{MODULES})|(?P<count2>{_N})[个大](?:同比|环比)?(?:{_UP}|(?P<down2>{_DOWN}))的?(?:{MODULES}))"
    "[^，。；]{0,4}(?:合计|共同?|总计)"
)  # 上升的四个模块合计, 四个上升模块合计


def of(w: Walk, lead: str, own: tuple[Subject, ...], explicit: bool) -> tuple[Subject, ...]:
    """Those that the number behind `lead` adds up; `own` are the clause's subjects. Empty where fewer are known than it says."""
    s = w.state
    moved = _moved(w, lead)
    if moved:
        return moved
    m = _COUNTED.search(lead)
    told = [*s.earlier, *s.recent]
    if m is None:
        return tuple(x for group in s.recent for x in group) if len(own) <= 1 and len(told) > 1 else own
    count = read_count(m["count"])
    total = w.names.ledger.total.code
    if count in (len(own), len(w.names.ledger.children(total))) or (explicit and len(own) > 1):
        return own
    for known in (s.recent, told, [(Subject(code=o.node),) for o in s.heard]):
        found = [x for x in _distinct(x for group in reversed(known) for x in reversed(group)) if x.code != total]
        if len(found) >= count:
            return tuple(reversed(found[-count:] if m["first"] else found[:count]))
    return ()


def _moved(w: Walk, lead: str) -> tuple[Subject, ...]:
    """上升的四个模块合计: the modules that moved that way, if they are as many as it says."""
    m = _MOVED.search(lead)
    if m is None:
        return ()
    ledger, s = w.names.ledger, w.state
    measure = "pop" if "环比" in lead or s.basis == "pop" or s.topic_basis == "pop" else "yoy"
    period, sign = s.period or w.frame.report, -1 if m["down"] or m["down2"] else 1
    count = m["count"] or m["count2"]
    found = tuple(
        Subject(code=c) for c in ledger.children(ledger.total.code) if ledger.value(c, measure, period) * sign > 0
    )
    return found if not count or read_count(count) == len(found) else ()


def _distinct(subjects: Iterable[Subject]) -> list[Subject]:
    return list({x.key: x for x in reversed([*subjects])}.values())[::-1]
