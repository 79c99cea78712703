"""Which family of counted claims a number belongs to: ranks, counts, runs, bounds, ranges."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrator.check.groups import Groups
from narrator.check.ranks import Ranks
from narrator.check.reading import Judgement, Reading
from narrator.check.spans import Spans
from narrator.check.streaks import Streaks
from narrator.check.tallies import DIRECTION, Tallies
from narrator.check.thresholds import Thresholds
from narrator.numerals.normal_text import plain

if TYPE_CHECKING:
    from narrator.check.run import Check

_PARTS = re.compile(r"\s*(?:分项)?(?:模块|板块|分项|维度|领域|方面|一级指标|大类)")
_INDICATORS = re.compile(r"\s*(?:二级|三级|具体|分项|基础|主要|核心|逆|正|统计|监测|评价|可比)*指标")
_LISTS = re.compile(
    r"\s*(?:具体|对策|政策|工作|主要|突出|重点|短板|下步)*(?:的)?(?:建议|对策|举措|措施|问题|方面|短板|特点|亮点|不足|困难)"
)
_INVERSE_INDICATORS = re.compile(r"\s*(?:为|是|属于|系)?\s*逆(?:向)?指标")
_ALL_INDICATORS = re.compile(
    "(?:各项?|全部|所有|\\d+项|[一二三四五六七八九十]+项)(?:分项|监测|评价|具体)?指标(?:之?[中里])?[,，]?(?:其中)?(?:共?有)?\\s*$"
)


class Counting:
    """Judges what is counted or ranked among the nodes, over periods, or in the document itself."""

    def __init__(self, check: Check) -> None:
        self.ranks = Ranks(check)
        self.thresholds = Thresholds(check)
        self.spans = Spans(check)
        self.streaks = Streaks(check)
        self.tallies = Tallies(check)
        self.groups = Groups(check)

    def judge(self, reading: Reading, place: int, text: str) -> Judgement | None:
        """A verdict, or None where the number is an ordinary quantity after all."""
        token = reading.token
        if (
            token.text in ("两", "三") and re.match(r"\s*位数", plain(text)[token.end : token.end + 3])
        ) or token.unit == "位数":
            return self.spans.digits(reading, text)
        if token.unit == "年":
            after = plain(text)[token.phrase_end : token.phrase_end + 4]
            if re.match(r"\s*半?(?:来|以来|间|中)", after):
                return Judgement("exempt", "duration")
        if token.join == "range":
            return self.spans.judge(reading, text)
        if token.unit in ("点", "%") and token.kind == "quantity":
            return self.thresholds.judge(reading, text)
        if token.kind == "rank":
            return self.ranks.judge(reading, text)
        if token.kind == "pattern":
            return self.tallies.pattern(reading, text)
        if not token.values:
            return None
        after = plain(text)[token.phrase_end : token.phrase_end + 30]
        before = plain(text)[max(0, token.phrase_start - 16) : token.phrase_start]
        if (token.unit == "年" and re.search(r"(?:近|过去|最近)\s*$", before)) or (
            token.unit == "年" and re.match(r"\s*半?(?:来|以来|间|中)", after)
        ):
            return Judgement("exempt", "duration")
        whole = token.values[0] == token.values[0].to_integral_value()
        if not whole:
            return None
        count = int(token.values[0])
        if (
            token.unit in ("期", "个", "年", "个季度", "个月", "个半年")
            and re.search(r"(?:近|最近|过去|前)\s*$", before)
            and token.unit == "期"
        ):
            return self.streaks.window(reading, count, text)
        if re.search(r"(?:连续|已连|连)\s*$", before):
            return self.streaks.judge(reading, count, text)
        if _LISTS.match(after) and (token.unit in ("项", "个", "条", "点", "大") or not token.unit):
            listed = self.groups.listed(reading, count, place, text)
            if listed is not None:
                return listed
        grouped = self.groups.named(reading, count, place, text, after)
        if grouped is not None:
            return grouped
        if (token.unit in ("大", "个", "类", "项", "") and _INDICATORS.match(after)) or _INVERSE_INDICATORS.match(
            after
        ):
            return self.tallies.indicators(reading, count, after, text)
        if token.unit in ("大", "个", "类", "") and _PARTS.match(after):
            return self.tallies.modules_counted(reading, count, before, after, text)
        kind_of = re.search(r"(?P<which>[正逆])(?:向)?指标(?:有|共有?|为)?\s*$", before)
        if (
            kind_of is not None
            and token.unit in ("项", "个")
            and not re.match(r"\s*(?:[^，。；]{0,6}指标|模块)", after)
        ):
            # 18项指标中，逆指标有4项.
            return self.tallies.indicators(reading, count, f"{kind_of['which']}指标", text)
        sentence = re.split("[。；\n]", plain(text)[: token.phrase_start])[-1]
        if token.unit == "项" and DIRECTION.match(after) and _ALL_INDICATORS.search(sentence):
            # 各项指标中有四项同比下降.
            return self.tallies.indicators(reading, count, after, text)
        inverted = re.search(
            r"(?P<way>上升|增长|上涨|提高|下降|回落|下滑|下跌|持平)的?(?P<who>模块|指标)(?:指数)?(?:有|共有?|达|为)\s*$",
            before,
        )
        if inverted is not None and not re.match(r"\s*(?:模块|指标)", after):
            basis = "环比" if "环比" in plain(text)[max(0, token.phrase_start - 24) : token.phrase_start] else ""
            form = f"{inverted['who']}{basis}{inverted['way']}"
            if inverted["who"] == "模块":
                return self.tallies.modules_counted(reading, count, "", form, text)
            return self.tallies.indicators(reading, count, form, text)
        if token.unit == "个" and re.match(r"\s*(?:指数)?(?:基本)?(?:上升|下降|增长|回落|持平|上涨|下跌|走平)", after):
            return self.tallies.modules_counted(reading, count, before, after, text)
        return None
