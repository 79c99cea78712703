"""Direction and basis of a number, from the words that govern it: 同比下降, 降幅收窄, 较上期提高 … 至."""

from __future__ import annotations

import re
from typing import NamedTuple

from narrator.model import Period
from narrator.numerals.regex import regex
from narrator.numerals.trie import trie, words

UP = words(
    """
    增长 上升 上涨 增加 提高 提升 回升 攀升 上浮 上扬 走高 上行 扩大 加快 多增 增收 增产 增至 涨至 升至
    偏高 偏多 加大 上调 高出 新增 净增 跃升 反弹 前移 上移 增多 扩张 提速 高于 快于 多于 增 升 涨 多 翻
    净增加 正增长 微升 微涨 微增 大增 猛增 猛涨 激增 增利 增支 拉高 抬升 推高 飙升 走强 领先
    """
)
DOWN = words(
    """
    下降 减少 降低 回落 下滑 下跌 收窄 缩小 放缓 走低 下行 下调 减收 减产 少增 偏少 偏低 缩减 压缩 跌至
    降至 后移 下移 缩短 萎缩 低于 慢于 少于 跌 降 减 少 负增长 微降 微跌 减缓 趋缓 减亏 下挫 大降 大跌 锐减
    骤降 探底 下探 走弱 落后 减支 压减 少收
    """
)
FLAT = words("持平 不变")
_NOUN_UP = "涨幅|升幅|增幅|增速"
_NOUN_DOWN = "降幅|跌幅|减幅"
_SPREAD = regex("降幅|跌幅|减幅|涨幅|升幅|增幅|增速|增长率|差距|缺口|剪刀差|亏损")
_FILL = (
    "(?:了|约|大约|近|将近|接近|超过?|逾|突破|高达|达到?|为|仅|只|各|均|不到|不足|至少|分别|幅度|实际|名义|同比|环比|幅|速度?|得|出|"
    "至|到|成|一?个?|百分之|“|[ \u3000\n]|比例|全[国省市区县]|平均水平|又|再|就|已|水平|上年|全年|去年|年均|平均)"
)
_GOVERN = regex(
    f"(?:(?P<up>{trie(UP)})|(?P<down>{trie(DOWN)})|(?P<flat>{trie(FLAT)})"
    f"|(?P<nounup>{_NOUN_UP})|(?P<noundown>{_NOUN_DOWN})|(?P<better>改善|优化|好转))(?P<fill>{_FILL}{{0,4}})$"
)
_LEVEL = regex("[至到成]")
ARROW = regex(r"(?:(?P<up>[↑▲⬆↗])|(?P<down>[↓▼⬇↘]))\s*[+\-]?\s*$")
_AFTER = regex(
    "[^，。；、0-9（(]{0,14}?(?:实现|均|呈|出现|同比|环比|价格|指数|有所|保持|继续|略有|的增速)?(?P<verb>负增长|正增长|"
    + "增长|上升|上涨|提升|提高|回升|下降|回落|下滑|下跌|减少|降低|持平|收窄)"
)
_AFTER_OF = regex("[左右以上]{0,2}的(?P<verb>负增长|正增长|增长|增速|增幅|涨幅|降幅|跌幅|下降|上涨)")
_BASES = regex(
    "(?P<yoy>同比|(?:[比较]|相比于?|与)(?:上年|去年)?同期|(?:[比较]|相比于?|与|跟)(?:上年度?|去年|上一年)(?:同期|同月|同季)?(?!末|底|年末|年底|[上下]半年|全年|[一二三四]季度|[0-9]{1,2}月)"
    "|较?上年同期|按年)"
    "|(?P<pop>环比|(?<!循)环(?=[增降升跌涨])|(?:[比较]|相比于?|与)(?:上期|上个?月|上个?季度?|上季|上一期|上一季度|上半年|前一?期|前一?月|上周(?![一二三四五六日末])))"
    "|(?P<base>(?:[比较]|相比于?|与)(?:基期|常年|历年|基年)|定基)"
    "|(?P<ytd>(?:[比较]|与)(?:年初|上年末|上年底|去年末|去年底|上年年末|去年年底|年初以来))"
    "|(?P<other>(?:[比较]|与)(?:上年|去年)(?P<half>[上下]半年)|(?:[比较]|与)(?:去年|上年)全年"
    "|(?:[比较]|相比于?|与(?=[^，。；]{2,9}比))(?:节前|昨[日天]|前一[日天]|上周[一二三四五六日末]|(?:[此之先]前的?)?预[测期计]))"
    "|(?P<qoq>(?:[比较]|与)(?:上年|去年|今年)?(?:前?[一二三四两1-4]个?季度|[0-9]{1,2}(?:[-—–~至][0-9]{1,2})?月份?))"
    "|(?P<year>(?:[比较]|相比于?|与)(?P<yyyy>(?:19|20)[0-9]{2})年(?P<part>[上下]半年|[一二三四1-4]季度|末|底)?)"
)
_DIRT = regex("浓度|PM|二氧化|一氧化|臭氧|污染|排放|颗粒物|失业|能耗|死亡|事故|投诉")
_NO_BASIS = regex("拉动|贡献|占|预期|预计|计划|力争|目标|年均|累计|以来|高于|低于|快于|慢于|多于|少于")


class Trend(NamedTuple):
    """How a number moves: see the fields of the same name of `model.Mention`."""

    direction: str = ""
    verb: str = ""
    level: bool = False
    spread: str = ""
    basis: str = ""
    versus: str = ""
    implicit: bool = False


STILL = Trend()  # of a number that does not move


def direction_before(lead: str, context: str = "") -> Trend:
    """The verb that governs a number which ends `lead`; it must reach it over light words only.

    `context` is what the sentence said before: 改善 is a fall where it speaks of pollution.
    """
    m = _GOVERN.search(lead, max(0, len(lead) - 22))
    if m is None:
        return Trend()
    verb = next(m[name] for name in ("up", "down", "flat", "nounup", "noundown", "better") if m[name])
    if m["better"]:
        direction = "down" if _DIRT.search(context + lead) else "up"
    elif m["up"] or m["nounup"]:
        direction = "up"
    else:
        direction = "flat" if m["flat"] else "down"
    level = verb.endswith(("至", "到")) or bool(_LEVEL.search(m["fill"].replace("达到", "")))
    spread = ""
    if not (m["nounup"] or m["noundown"]):
        nouns = list(_SPREAD.finditer(lead, max(0, m.start() - 24), m.start()))
        spread = nouns[-1].group() if nouns else ""
    return Trend(direction, verb, level, spread)


def way_before(lead: str) -> int:
    """Which way a number moves by the verb or the arrow that it stands behind: 1, -1, or 0 where neither says."""
    arrow = ARROW.search(lead)
    if arrow is not None:
        return 1 if arrow["up"] else -1
    return {"up": 1, "down": -1}.get(direction_before(lead).direction, 0)


def direction_after(norm: str, end: int, counted: bool) -> Trend:
    """Of a count: 6 个税种实现增长, 三项指标回落; of any number: 1.5%的正增长."""
    m = (_AFTER if counted else _AFTER_OF).match(norm, end, min(len(norm), end + 24))
    if m is None:
        return Trend()
    verb = m["verb"]
    rises = verb in UP or verb in ("增速", "增幅", "涨幅")
    return Trend("up" if rises else "flat" if verb in FLAT else "down", verb)


def basis_in(region: str, report: Period | None) -> tuple[str, str]:
    """Basis and the words of the comparison, the last of `region`; empty where nothing is compared."""
    last = None
    for m in _BASES.finditer(region):
        last = m
    if last is None:
        return "", ""
    versus = last.group().lstrip("比较与跟相于")
    if last["yyyy"]:
        return _of_year(last, report), versus
    if last["half"]:
        return _of_half(last["half"], report), versus
    if last["other"]:
        return "other", versus
    kind = last.lastgroup or ""
    if kind == "base" and "基" not in versus:
        return "other", versus
    return kind, versus


def _of_year(m: re.Match[str], report: Period | None) -> str:
    year, part = int(m["yyyy"]), m["part"] or ""
    if part in ("末", "底"):
        return "ytd"
    if report is None:
        return "yoy" if not part else "other"
    if part:
        number = {"上": 1, "下": 2}.get(part[0])
        if number is None:
            return "other"
        other = Period(year, "H", number)
        return "yoy" if other == report.year_before else "pop" if other == report.previous else "other"
    return "yoy" if year == report.year - 1 else "other"


def _of_half(half: str, report: Period | None) -> str:
    number = 1 if half[0] == "上" else 2
    if report is None or report.frequency != "H":
        return "pop" if number == 2 else "yoy"
    other = Period(report.year - 1, "H", number)
    return "pop" if other == report.previous else "yoy" if other == report.year_before else "other"


def implied_basis(lead: str, trend: Trend, unit: str) -> bool:
    """Bare 增长 8.3% stands for 同比 in such texts; a pull, a share or a plan does not."""
    if not trend.direction or trend.level or _NO_BASIS.search(lead):
        return False
    return unit in ("%", "百分点", "倍", "番") or trend.verb in ("增收", "减收", "增产", "减产", "增支", "减支", "增利")
