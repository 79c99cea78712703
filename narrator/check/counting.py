"""Which family of counted claims a number belongs to: ranks, counts, runs, bounds, ranges."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrator.check.bands import Bands
from narrator.check.distances import Distances
from narrator.check.firsts import Firsts
from narrator.check.groups import Groups
from narrator.check.parts import INDICATORS, MODULES
from narrator.check.premises import Premises
from narrator.check.ranks import Ranks
from narrator.check.reading import Judgement, Reading
from narrator.check.recalled import Recalled
from narrator.check.remainder import MOVE, REST, Remainder
from narrator.check.spans import Spans
from narrator.check.streaks import Streaks
from narrator.check.tallies import Tallies
from narrator.check.thresholds import Thresholds
from narrator.numerals.normal_text import HAN, plain
from narrator.numerals.regex import regex

if TYPE_CHECKING:
    from narrator.check.run import Check

_COUNTED = regex(rf"\s*(?:的)?(?:分项)?(?:{MODULES}|[正逆]?(?:向)?{INDICATORS})")
_LISTS = regex(
    r"\s*(?:具体|对策|政策|工作|主要|突出|重点|短板|下步)*(?:的)?(?:建议|对策|举措|措施|问题|方面|短板|特点|亮点|不足|困难)"
)
# 五个上升模块, 两个环比上升的模块
_MOVING = regex(rf"\s*(?P<said>(?:同比|环比)?(?:{MOVE}))的?(?P<noun>{MODULES}|{INDICATORS})")
_REST = regex(f"{REST}$")
_INVERSE_INDICATORS = regex(r"\s*(?:为|是|属于|系)?\s*逆(?:向)?指标")
_INVERTED = regex(
    rf"(?P<said>[^，。；、]{{2,24}}?)的(?:分项)?(?P<who>{MODULES}|{INDICATORS})(?:指数)?(?:有|共有?|共计|达|为)\s*$"
)
_INVERTED_BARE = regex(
    r"(?:^|[，。；、])(?P<said>(?:同比|环比)?[^，。；、]{0,10}?(?:上升|增长|上涨|提高|改善|好转|走高|走强|下降|回落|下滑|下跌|走低|走弱|恶化|持平|以上|以下|基期(?:水平)?|上年(?:同期)?|去年(?:同期)?|上一?(?:期|个?月|个?季度?)|相同|一致|总指数|临界点"
    r"|(?:超过?|逾|突破|达到?|不足|不到|[高低大小]于|不[低高]于)\s*\d+(?:\.\d+)?\s*(?:点|%)))的(?:则|也|仅|只|共)*(?:有|为|是|达)?\s*$"
)
# 主要问题有两个：一是…
_LISTED_AS = regex(
    r"(?:建议|对策|举措|措施|任务|问题|方面|短板|特点|亮点|不足|困难|原因|因素)(?:主要)?(?:有|共有?|为|集中在|体现在|表现在|包括|是)(?:以下|如下)?$"
)
_IN_POINTS = regex(r"\s*处?。\s*(?:一是|第一[，,]|其一)")  # 短板有两处。一是…
_BEFORE_THAT = regex(r"(?:此前|之前|先前)的?\s*$")
_FROM_THEN = regex(r"(?:此后|随后|其后|之后|而后)的?\s*$")
_WENT_ON = regex(
    r"\s*(?:半年)?(?:均|都|又|也|则|连续|持续|不断|逐[年期季月]|稳步|节节|一路)+(?:上[升涨行]|走[高低]|增长|回[升落]|提[高升]|攀升|下[降滑跌行]|减少|增加)"
)
_OVER_PARTS = regex(r"(?:半年|季度|月)?(?:累计|合计|共计|总计|总共|共)(?!同)")
_RAN = regex(r"连(?:(?P<up>[升涨增])|[降跌减])(?:了|已)?\s*$")
_BARE = regex(r"\s*(?P<verb>升|降|涨|跌|平)(?=[，。；、）)\s]|$)")
_LENGTHS = ("期", "个季度", "个月", "个半年")
_WITHIN = regex(r"\s*(?:半年)?(?:之[中间内]|当中|[中里内间](?!部|容|心|期))")
_TWO_COMPARED = regex("(?:对比|比较|相比|前后)(?:前后|上下|这|最近)?$")
_COUNTED_RUN = regex("(?:[连续第隔近前]|已连|过去)$")
_FIGURES = regex(r"\d+(?:\.\d+)?")
_EACH_OF = regex(r"(?:半年)?[^，。；0-9]{0,16}(?:分别|依次|先后)(?P<figures>[^，。；]{3,60})")


class Counting:
    """Judges what is counted or ranked among the nodes, over periods, or in the document itself."""

    def __init__(self, check: Check) -> None:
        self.ranks = Ranks(check)
        self.thresholds = Thresholds(check)
        self.spans = Spans(check)
        self.streaks = Streaks(check)
        self.tallies = Tallies(check)
        self.remainder = Remainder(check)
        self.groups = Groups(check)
        self.distances = Distances(check)
        self.bands = Bands(check)
        self.firsts = Firsts(check)
        self.premises = Premises(check)
        self.recalled = Recalled(check, self.tallies.parts)

    def concerns(self, reading: Reading, text: str) -> bool:
        """Whether a number with a unit of its own belongs here all the same: a bound, a share of the parts."""
        return (
            self.thresholds.bounds(reading, text)
            or self.tallies.shares(reading, text)
            or self.tallies.portioned(reading, text) is not None
            or self.streaks.sustained(reading, text)
            or (reading.token.unit == "期" and reading.token.kind == "quantity")
            or self.distances.concerns(reading, text)
            or self.bands.limits(reading, text)
            or self.firsts.concerns(reading, text)
            or (reading.token.unit == "点" and _LISTS.match(plain(text), reading.token.phrase_end) is not None)
            or self._bare(reading, text) is not None
        )

    def aside(self, reading: Reading, text: str) -> Judgement | None:
        """The judgement on a number that only seems to be one of the subject: a premise, a distance from a place."""
        return self.premises.judge(reading, text) or self.ranks.apart(reading, text)

    def _bare(self, reading: Reading, text: str) -> re.Match[str] | None:
        """同比4升: a count with nothing but its direction behind it."""
        token = reading.token
        return _BARE.match(plain(text), token.phrase_end) if token.values and not token.unit else None

    def judge(self, reading: Reading, place: int, text: str) -> Judgement | None:
        """A verdict, or None where the number is an ordinary quantity after all."""
        token = reading.token
        if self.distances.concerns(reading, text):
            return self.distances.judge(reading, text)
        if self.firsts.concerns(reading, text):
            return self.firsts.judge(reading, text)
        if self.bands.limits(reading, text):
            return Judgement("verified", source="engine", passing=(10.0, 200.0))
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
        if token.values and self.streaks.sustained(reading, text):
            return self.streaks.bound(reading, text)
        if token.kind in ("quantity", "count") and self.thresholds.bounds(reading, text):
            return self.thresholds.judge(reading, text)
        if self.tallies.portioned(reading, text) is not None:
            return self.tallies.portion(reading, text)
        if self.tallies.shares(reading, text):
            return self.tallies.share(reading, text)
        if token.kind == "rank" and token.values and token.phrase.startswith("前"):
            placed = self.firsts.count(reading, int(token.values[0]), text)
            if placed is not None:
                return placed
        if token.unit == "位" and (listed := self.ranks.listed(reading, text)) is not None:
            return listed
        if token.kind == "rank":
            return self.ranks.judge(reading, text)
        if token.kind == "pattern":
            return self.recalled.pattern(reading, place, text, self.tallies.pattern(reading, text))
        if not token.values:
            return None
        after = plain(text)[token.phrase_end : token.phrase_end + 30]
        before = plain(text)[max(0, token.phrase_start - 32) : token.phrase_start]
        if token.unit == "年" and re.search(r"(?:近|过去|最近)\s*$", before):
            return Judgement("exempt", "duration")
        half_years = token.unit == "个" and after.startswith("半年")
        if (half_years or token.unit in (*_LENGTHS, "年")) and _BEFORE_THAT.search(plain(text), 0, token.start):
            return Judgement("exempt", "duration")  # 此前两期均为下降: what is said of them is a claim of its own
        whole = token.values[0] == token.values[0].to_integral_value()
        if not whole:
            return None
        count = int(token.values[0])
        bare = self._bare(reading, text)
        if bare is not None:
            return self.tallies.single(reading, count, bare["verb"], text)
        placed = self.firsts.count(reading, count, text)
        if placed is not None:
            return placed
        banded = self.bands.count(reading, count, text)
        if banded is not None:
            return banded
        stretched = self.streaks.stretched(reading, count, text)
        if stretched is not None:
            return stretched
        if token.unit in ("个", *_LENGTHS) and _OVER_PARTS.match(plain(text), token.phrase_end):
            # 两个半年累计回落10.18亿元: what they come to says how many they are
            return Judgement("exempt", "duration")
        if token.unit in _LENGTHS and (_WITHIN.match(after) or (count == 2 and _TWO_COMPARED.search(before))):
            return Judgement("exempt", "duration")  # 三期之中, 对比两期
        each = None
        if token.unit in _LENGTHS and not _COUNTED_RUN.search(before):
            each = _EACH_OF.match(plain(text), token.phrase_end)
        if each is not None and len(_FIGURES.findall(each["figures"])) == count:
            return Judgement("verified", source="engine", passing=(1.0, 12.0))  # 三期涨幅分别为a、b和c
        if re.search(r"时隔\s*$", before):
            return self.streaks.again(reading, count, text)
        if token.unit == "期" and re.search(r"(?:近|最近|过去|前)\s*$", before):
            return self.streaks.window(reading, count, text)
        if token.unit in ("位", "名") and re.search(r"(?:(?<!退)后|末|倒数)\s*$", before):
            return self.ranks.leading(reading, text) or self.ranks.never(reading, text)
        if token.unit in ("位", "名", "个位次"):
            shifted = self.ranks.shifted(reading, count, text)
            if shifted is not None:
                return shifted
        if re.search(r"(?:连续|已连|连)(?:了|第)?\s*$", before):
            return self.streaks.judge(reading, count, text)
        ran = _RAN.search(before)
        if ran is not None:
            return self.streaks.judge(reading, count, text, sign=1 if ran["up"] else -1)
        if reading.after is not None and _FROM_THEN.search(before) and (token.unit == "期" or after.startswith("半年")):
            ran_on = self.streaks.judge(reading, count, text) if _WENT_ON.match(after) else None
            return ran_on or self.streaks.since_then(reading, count, after)
        dated = self.groups.dated(reading, count, text)
        if dated is not None:
            return dated
        opens = after.lstrip()[:1] in ("：", ":") or _IN_POINTS.match(after) is not None
        told = opens and _LISTED_AS.search(before.rstrip()) is not None
        if (told or _LISTS.match(after)) and token.unit in ("项", "个", "条", "点", "大", "处", ""):
            listed = self.groups.listed(reading, count, place, text)
            if listed is not None:
                return listed
        ends = self.recalled.at_the_end(reading, count, text)
        if ends is not None:
            return ends
        announced = self.recalled.announced(reading, count, place, text)
        if announced is not None:
            return announced
        among = self.ranks.among(reading, count, text)
        if among is not None:
            return among
        grouped = self.groups.named(reading, count, place, text, after)
        if grouped is not None:
            return grouped
        listed = self.recalled.words(reading, count, text)
        if listed is not None:
            return listed
        if token.unit in ("大", "个", "类", "项", "") and _COUNTED.match(after):
            found = self.tallies.counted(reading, count, before, after, text)
            if found is None or found.name == "wrong":
                found = self.recalled.of_rows(reading, count, text) or found
            if found is not None:
                return found
        moving = _MOVING.match(after) if token.unit in ("个", "项", "大") else None
        if moving is not None:
            if _REST.search(before):
                return self.tallies.left_moving(reading, count, moving["noun"], moving["said"], text)
            return self.tallies.counted(reading, count, "", f"{moving['noun']}{moving['said']}", text)
        qualified = re.match(rf"\s*(?P<of>{HAN}{{2,4}}?)(?:类)?指标", after)
        if token.unit in ("项", "个") and qualified is not None:
            found = self.tallies.qualified(reading, count, qualified["of"])
            if found is not None:
                return found
        kind_of = re.search(r"(?P<which>[正逆])(?:向)?指标(?:有|共有?|为)?\s*$", before)
        if _INVERSE_INDICATORS.match(after) or (kind_of is not None and token.unit in ("项", "个")):
            # 18项指标中，逆指标有4项; 有4项为逆指标.
            return self.tallies.counted(reading, count, "", f"{kind_of['which'] if kind_of else '逆'}指标", text)
        inverted = _INVERTED.search(before)
        if inverted is not None and token.unit in ("个", "项", "") and not re.match(r"\s*(?:模块|指标)", after):
            # 同比上升的模块有三个; 指数高于100点的模块有四个.
            form = f"{inverted['who']}{inverted['said']}"
            return self.tallies.counted(reading, count, "", form, text)
        of_those = _INVERTED_BARE.search(before)
        if of_those is not None and token.unit in ("个", "项", ""):
            # 同比上升的模块有三个，下降的有两个.
            return self.tallies.of_which(reading, count, of_those["said"], text)
        known = self.recalled.known(reading, count, place, text)
        if known is None and token.unit in ("个", "项"):
            return self.tallies.of_which(reading, count, after, text)
        return known
