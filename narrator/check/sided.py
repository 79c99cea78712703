"""Two figures, each of them told, and which of them lies above: 增长21.69%，低于上年同期的17.92%; 比X的141.37点略高.

Each figure may be right and the word between them wrong. What is set against the other is the figure of the same
kind that the sentence told last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrator.check import hedges, naming
from narrator.check.cues import residue
from narrator.check.figures import Option, same_unit
from narrator.check.reading import Judgement, Reading
from narrator.numerals.regex import regex
from narrator.records import replace

if TYPE_CHECKING:
    from narrator.check.judge import Judge

THAN = (
    "高于|低于|快于|慢于|大于|小于|多于|少于|超过|超出|好于|优于|强于|弱于|不及|(?<!处于)领先于|落后于|"
    "(?<=[没未有能曾])(?:达到|恢复到|恢复至|回到|突破)|跌破"
)
LESS = ("低于", "慢于", "小于", "少于", "弱于", "不及", "落后于", "跌破")
BETTER = ("好于", "优于", "强于", "弱于", "不及")
DENIED = f"(?P<not>(?:{hedges.NOT})|不(?!及))?"

_MORE = "不如|不敌|逊于|逊色于|次于|深于|浅于|宽于|窄于|长于|短于|[早晚]于|领先(?!于|优势)|落后(?!于)|超越|反超|赶超|超(?![过出越])"
_UNDER = (*LESS, "不如", "不敌", "逊于", "逊色于", "次于", "浅于", "窄于", "短于", "落后")
_TURNED = ("好于", "优于", "强于", "弱于", "逊于", "逊色于", "快于", "慢于", "领先于", "落后于", "领先", "落后")
_UNSURE = ("不及", "不如", "不敌", "次于", "早于", "晚于", "超越", "反超", "赶超")  # of what is better where it is less
_OPEN = r"(?:[（(]\s*)?"
# 高于X的, 低于上年同期, 超过了2022年四季度（; 超过 by itself is a bound
_BETWEEN = regex(
    rf"{DENIED}(?P<than>{THAN}|{_MORE})(?:了|过)?(?P<thing>[^，。；：、]*?[^，。；：、0-9.\s约近的])的?\s*{_OPEN}$"
)
_BESIDE = regex(
    rf"(?<!对)(?<!相)[比较与和同由从](?![重例率为])(?:起|之)?(?P<thing>[^，。；：、]*?[^，。；：、0-9.\s约近的])的?\s*{_OPEN}$"
)
_ADVERBS = "(?:仍然?|还|也|均|都|已|略微?|稍微?|微|明显|显著|大幅|小幅|要|更|来得|有所|偏|进一步|继续|略有|有)*"
# 增速较上年同期的12.22%明显放缓
_UPWARDS = "加快|提速|提高|提升|回升|上升|走高|增加|增长|增多|攀升|上涨|扩大|走阔|加深"
_DOWNWARDS = "放缓|减缓|趋缓|减速|回落|下降|下滑|走低|降低|减少|缩减|下跌|收窄|缩小|收敛"
_BEHIND = regex(
    rf"\s*(?:[）)]\s*)?(?:的?(?:水平|同比|环比|增[速幅]|[涨升降跌]幅|增长率))?(?:相[比较])?(?:还|都)?{_ADVERBS}"
    rf"(?:(?P<way>[高低快慢多少大小强弱深浅])(?:了|出)?(?:一?些|一?点|不少|许多|得多|很多)?|(?P<moved>{_UPWARDS}|{_DOWNWARDS}))\s*$"
)
_FEWER = "低慢少小弱浅"
_FALL = regex("[降跌减]幅|[拖下]")
_KINDS = ("index", "value", "yoy", "pop", "value_yoy", "value_pop", "share", "share_pop", "pull", "pull_pop")
_CLAUSE = regex(r"[^\u4e00-\u9fff]+")
_LEVEL = 1e-9


def borne_out(judge: Judge, reading: Reading, judged: Judgement) -> Judgement:
    """What was found right, unless its words set it on the wrong side of the figure told before it."""
    option = judged.option
    if judged.name != "verified" or option is None or option.measure not in _KINDS or not reading.heard:
        return judged
    if reading.token.unit in ("成", "番", "倍") or reading.mode != "one":
        return judged
    said = _compared(judge, reading, option)
    if said is None:
        return judged
    way, denied, own = said
    above = [d * way > _LEVEL for d in _differences(reading, own, option)]
    if any(beyond != denied for beyond in above):
        return judged
    why = f"{naming.said(judge, own)}，{naming.said(judge, option)}，高低与文字相反"
    return replace(judged, name="wrong", rule="wrong-direction", expected="", why=why)


def _compared(judge: Judge, reading: Reading, option: Option) -> tuple[int, bool, Option] | None:
    """Which way the words set something beside the number, whether they deny it, and what they set there; else None."""
    text = reading.lead if reading.lead.strip() else reading.before
    than = _BETWEEN.search(text)
    if than is not None:
        way = -1 if than["than"] in _UNDER else 1
        word, denied, place = than["than"], than["not"] is not None, than.start()
    else:
        beside, behind = _BESIDE.search(text), _BEHIND.fullmatch(reading.tail)
        if beside is None or behind is None:
            return None
        word, denied, place = behind["way"] or behind["moved"], False, beside.start()
        way = -1 if word in _FEWER or word in _DOWNWARDS.split("|") else 1
    node = judge.figures.nodes.get(option.node)
    if option.measure == "value" and (node is None or node.inverse):
        if word in _UNSURE or (node is None and word in _TURNED):
            return None
        way = -way if word in _TURNED else way
    own = _own(judge, reading, option, text[:place])
    return None if own is None else (way, denied, own)


def _own(judge: Judge, reading: Reading, option: Option, ahead: str) -> Option | None:
    """What was told last of the same kind of something else, where the words `ahead` go on with it."""
    kind = option.measure.removeprefix("value_")
    alike = [
        o
        for o in (*reading.told, *reading.heard[-1:])  # of things that are counted, the one right in front
        if o.measure.removeprefix("value_") == kind
        and same_unit(o.unit, option.unit) == 1.0
        and (o.node, o.period) != (option.node, option.period)
        and (o.node == option.node or o.period == option.period)
    ]
    words = _CLAUSE.split(ahead)[-1]
    for own in reversed(alike):
        node = judge.figures.nodes.get(own.node)
        names = () if node is None else (node.name, *node.aliases)
        name = next((n for n in names if n in words), None)
        if name is not None:
            return own if not residue(words.replace(name, "\0")) else None
    return alike[-1] if alike and not residue(words) else None


def _differences(reading: Reading, own: Option, other: Option) -> list[float]:
    """By how much the one lies above the other; of two falls by how much it fell more as well, if nothing says which."""
    plain, sized = own.value - other.value, abs(own.value) - abs(other.value)
    if not (own.change or own.measure.startswith(("pull", "share"))):
        return [plain]
    if own.measure.startswith("pull") and own.value * other.value < 0:
        return [plain, sized]  # 下拉1.10个百分点，大于X0.94个百分点的拉动
    if own.value < 0 and other.value < 0:
        return [sized] if _FALL.search(reading.lead + reading.tail[:6]) else [plain, sized]
    return [plain, sized] if _FALL.search(reading.lead + reading.tail[:6]) else [plain]
