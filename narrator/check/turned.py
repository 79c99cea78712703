"""A rate and the one that it came from: 由上期的环比下降转为增长5.98%, 增速由5.67%加快至6.65%."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from narrator.check.figures import Option
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
# 对总指数下降的贡献率
_SHARED = regex(
    "(?:(?P<down>下降|下跌|下滑|回落|下行|走低|降低|减少|[降跌减]幅)|上升|上涨|增长|提高|提升|回升|上行|走高|增加|[增涨升]幅|增量)"
    "的?(?:(?:[两三四]大|主要|首要|最大|重要|关键)?(?:支撑|动力|来源|力量|拉动力)[，,])?(?:主要|最大|总体|整体)?贡献[率度]?[^。；0-9增升涨降跌]{0,14}$"
)
# how the rate told right before came to this one
_CAME_TO = regex(
    r"[）)]?[，,]?(?:(?:而|但|到)?[\d一二三四上下今去本当]{1,4}(?:年|季度|半年|月|期|季)(?:[上下]半年|[一二三四1-4]季度|\d{1,2}月)?(?:则|又|再|却)?)?"
    r"(?:逐[期年季月]|逐步|逐渐|进一步|继续|持续|快速|迅速|大幅|小幅|明显|显著|稳步|一路|又|再|则|均)*"
    r"(?:(?P<up>加快|提速|提高|提升|回升|上升|走高|攀升|升高|[升增])|(?P<down>放缓|减缓|趋缓|回落|下降|降低|走低|下滑|[降减])|(?P<more>扩大|走阔|加深|加剧)|(?P<less>收窄|缩小|收敛))"
    r"(?:至|到|为)(?:约|近|本期的|今年[上下]半年的)?$"
)


def borne_out(judge: Judge, reading: Reading, judged: Judgement) -> Judgement:
    """Whether the rate of the period before, or of the year before, went the way it is said to have turned from, and
    whether it came to this one the way it is said to."""
    option = judged.option
    rated = judged.name == "verified" and reading.role in ("change", "share", "pull")
    came = _CAME_TO.fullmatch(reading.lead) if rated else None
    if came is not None and option is not None and reading.told:
        return _came_to(reading, judged, option, came)
    if (
        judged.name == "verified"
        and option is not None
        and option.measure.removeprefix("sum:") in ("share", "share_pop")
    ):
        return _of_the_whole(judge, reading, judged, option)
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


def _of_the_whole(judge: Judge, reading: Reading, judged: Judgement, option: Option) -> Judgement:
    """对总指数下降的贡献率为8.31%: whether what it is a share in moved the way that is said."""
    said = _SHARED.search(reading.before + reading.lead)
    if said is None:
        return judged
    basis = "pop" if option.measure.endswith("pop") else "yoy"
    whole = reading.parent or judge.figures.nodes[option.node].parent or ""
    moved = judge.figures.cell(whole, basis, option.period) if whole and whole != option.node else math.nan
    if math.isnan(moved) or abs(moved) < _STILL or (moved < 0) == (said["down"] is not None):
        return judged
    name, way = judge.figures.nodes[whole].name, "下降" if moved < 0 else "上升"
    told = (
        f"{name}{period_name(option.period)}{'环比' if basis == 'pop' else '同比'}{way}{printed_number(abs(moved), 2)}%"
    )
    return Judgement("wrong", "wrong-direction", option, "", f"{told}，方向与文字相反", "engine", option.fact)


def _kind(option: Option) -> str:
    """The measure; a share that has the same size in the growth of either basis is one."""
    return option.measure.removesuffix("_pop") if option.measure.startswith(("share", "pull")) else option.measure


def _came_to(reading: Reading, judged: Judgement, option: Option, came: re.Match[str]) -> Judgement:
    """Whether the rate told right before lies on the other side: below where it 加快至, 扩大至, above where it 放缓至."""
    then = reading.told[-1]
    if (then.node, _kind(then)) != (option.node, _kind(option)) or then.period >= option.period:
        return judged
    sized = came["more"] or came["less"] or (reading.sign < 0 and then.value < 0)  # 降幅由…升至: how large it is
    now, before = (abs(o.value) if sized else o.value for o in (option, then))
    way = 1 if came["up"] or came["more"] else -1
    crossed = reading.role == "change" and (now < 0 < before or (before < 0 < now and not sized))
    if (now - before) * way > -_STILL or crossed:
        return judged
    told = "，".join(f"{period_name(o.period)}为{printed_number(o.value, o.decimals)}%" for o in (then, option))
    return Judgement("wrong", "wrong-direction", option, "", f"{told}，方向与文字相反", "engine", option.fact)
