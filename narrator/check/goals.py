"""What is aimed at and not yet so: 力争到2025年达到99.5%以上, 目标为4天以内."""

from __future__ import annotations

from narrator.check.clauses import after_mark
from narrator.numerals.normal_text import plain
from narrator.numerals.regex import regex

_AIM = regex(
    "力争|争取|(?:预期|规划|年度|总体|工作|发展|增长|既定)?目标(?:是|为|值|任务|：|:)|(?:计划|预计|规划|确保)到|拟(?:于|到)"
    "|有望|可望|预计[^，。；0-9]{0,16}(?:将|会|可|能)|(?:预计|预测|预期|计划|规划|确保)(?:明年|后年|下一?(?:期|年|季度|个?月)|未来|20\\d\\d年)"
)
# 建议…将通关时间压缩到40小时以内, 使满意率提高到85%: what a piece of advice is to lead to
_ADVISED = regex("建议|力争|争取|推动|促使|着力|努力|尽快|目标")
_BROUGHT_TO = regex("[将把使让令][^，。；]{2,40}(?:[至到]|[控稳保维][制定持在]{1,2}在)[^，。；0-9]{0,8}$")
_DONE = regex("已(?:达|完成|实现)|超额|提前|实际|同比|环比|完成(?:了)?目标|高于|低于")


def is_goal(text: str, place: int, *, advice: bool = False) -> bool:
    """Whether the number at `place` is what its sentence aims at, not what it reports; `advice` under a heading that
    announces what is to be done.

    >>> is_goal("力争到2025年，网上可办率达到99.5%以上。", 16)
    True
    """
    norm = plain(text)
    start = after_mark(norm, place, "。；\n")
    aims = list(_AIM.finditer(norm, start, place))
    if not aims and is_plan(norm, place, advice=advice):
        aims = list(_BROUGHT_TO.finditer(norm, after_mark(norm, place, "，。；\n"), place))
    return bool(aims) and _DONE.search(norm, aims[-1].end(), place) is None


def is_plan(norm: str, place: int, *, advice: bool = False) -> bool:
    """Whether the sentence around `place` of a half-width text says in front of it what is to be done."""
    start = after_mark(norm, place, "。；\n")
    return advice or _AIM.search(norm, start, place) is not None or _ADVISED.search(norm, start, place) is not None
