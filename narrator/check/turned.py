"""A rate that another way of moving turned into: 由上期的环比下降转为增长5.98%."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from narrator.check.reading import Judgement, Reading
from narrator.check.shown import printed_number
from narrator.model import Period
from narrator.numerals import period_name
from narrator.numerals.regex import regex

if TYPE_CHECKING:
    from narrator.check.judge import Judge

_TURNED = regex(
    "[由从](?P<when>[^，。；0-9]{0,8}?)(?:同比|环比)?的?(?:(?P<down>负增长|下降|回落|下滑|下跌|减少)|正增长|上升|增长|上涨|增加)"
    "(?:转为|变为|转成|转向)[^，。；0-9]{0,6}$"
)
_STILL = 1e-9


def borne_out(judge: Judge, reading: Reading, judged: Judgement) -> Judgement:
    """Whether the rate of the period before, or of the year before, went the way it is said to have turned from."""
    option = judged.option
    said = _TURNED.search(reading.lead)
    if judged.name != "verified" or option is None or said is None or not option.measure.endswith(("yoy", "pop")):
        return judged
    now = option.period
    when = said["when"]
    earlier: tuple[Period, ...] = (now.previous, now.year_before)
    if "上期" in when or "同期" in when:
        earlier = (now.year_before,) if "同期" in when else (now.previous,)
    rates = [(p, v) for p in earlier if not math.isnan(v := judge.figures.cell(option.node, option.measure, p))]
    way = -1 if said["down"] else 1
    if not rates or any(v * way > _STILL for _, v in rates):
        return judged
    why = "、".join(f"{period_name(p)}为{printed_number(v, 2)}%" for p, v in rates)
    why = f"此前并非{'下降' if said['down'] else '上升'}：{why}"
    return Judgement("wrong", "wrong-pattern", option, "", why, "engine", option.fact)
