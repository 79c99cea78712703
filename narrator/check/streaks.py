"""Runs over periods: 连续三期上升, 三级跳, 涨幅连续两期收窄, 近五期."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from narrator.check import lasting
from narrator.check.clauses import after_mark, right_before, up_to_mark
from narrator.check.figures import Option, same_unit
from narrator.check.grounds import Grounds, counted, read_count
from narrator.check.parts import MODULES
from narrator.check.reading import Judgement, Reading
from narrator.check.shown import printed_number
from narrator.engine.patterns import STILL
from narrator.model import Period, fact_id
from narrator.numerals import period_name, periods_in
from narrator.numerals.normal_text import plain
from narrator.numerals.period_reading import find_periods
from narrator.numerals.regex import regex

_STREAK = regex(
    r"[^，。；、]{0,12}?(?:(?P<flat>持平|走平|不变|零增长)|(?P<sign>(?:为|呈|保持)?(?P<pos>正增长|为正|正值)|(?P<neg>负增长|为负|负值))"
    r"|(?:(?P<above>高于|超过|好于|快于|多于)|(?P<below>低于|不及|慢于|少于))(?:(?P<year>上年|去年)(?:同期|同月|同季)?|(?P<last>上一?(?:期|个?月|个?季度?)))"
    r"|(?P<up>走高|上升|增长|上涨|回升|提高|提升|攀升|上行|上扬|抬升|走强|扩大|向好|增加|加快|提速)|(?P<down>走低|下降|回落|下滑|下跌|降低|下行|下挫|走弱|减少|收窄|缩小|放缓|趋缓|减缓|缩短|压缩|减小)|(?P<longer>延长)|(?P<better>改善|好转|优化)|(?P<worse>恶化|变差))"
)
_OF_RATES = ("扩大", "收窄", "缩小", "加快", "提速", "放缓", "趋缓", "减缓")
_EACH_TOLD = regex("(?:半年)?[^，。；0-9]{0,6}?(?:分别|依次|累计|合计|共|平均|年均|先[升降涨跌抑扬]后)")
_THAN = "不低于|不少于|高于|超过了?|超出|超|大于|突破|达到?|低于|不足|小于|不到|保持在?|稳定在|站稳|站上|稳在|在|逾"
_BOUND = regex(
    rf"\s*(?P<of>[^，。；0-9]{{0,14}}?)(?P<than>{_THAN})\s*(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>个?百分点|点|%|[^\s，。；、\d]{{1,8}}?)?(?P<tail>以上|以下|之上|之下|大关)?(?=[，。；、（(]|$|的|且|并|之后|以后|后)"
)
# The same, seen from the bound: 连续三个季度超过 52%.
_RUN_OF = regex(
    rf"(?:连续|(?P<recent>近|最近)|持续)\s*(?P<count>[一二三四五六七八九十两]+|\d+)\s*(?P<unit>期|个季度|季度|季|年|个月|月|个半年)(?P<of>(?:[^，。；0-9]|(?(recent)，|(?!))){{0,18}}?)(?P<than>{_THAN})\s*$"
)
_PLACED = regex(
    r"[^，。；、0-9]{0,10}?(?:居|列|位|占据|处[于在]|领跑|保持|蝉联|稳居|坐[上稳]|夺得?)[^，。；、]{0,10}?(?P<place>首位|第一|榜首|之首|头把交椅|头名|末位|倒数第一)"
    "|[^，。；、0-9]{0,10}?(?:垫底|殿后|居末|居首|领跑|夺魁)"
)
_TAIL = regex(r"\s*(?:以上|以下|之上|之下)")
_ENDED = regex("打破|结束|终结|终止|扭转|改变|中断|止住|止于|告别|摆脱|一改|此前|之前|在此之前|前期|曾|继")
# 由连续两期同比下降转为上升: the run is of what was before.
_FROM = regex(r"[由从](?:此前|之前|前期)?的?(?:已?连续|连|接连)?(?:了)?\s*$")
_INTO = regex("[^，。；0-9]{0,14}?(?:转为|变为|转成|转向|转[升降增减涨跌正负])")
_BEFORE_THAT = regex("(?:此前|之前|前期|早前)[^，。；]{0,4}$")
_AFTERWARDS = regex(r"\s*(?:之后|以后|后|的?(?:局面|态势|走势|势头|趋势)(?:之?后|被|告|中断|终结|结束))")
_AGAIN = regex(
    r"[^，。；0-9]{0,8}?(?:重返|重回|重登|重夺|再登|再居|再次?(?:登上?|居|位居|夺得?|回到|站上|突破)|重新(?:登上?|站上|突破|回到))(?:了)?"
    r"(?:(?P<first>[^，。；0-9]{0,6}?(?:首位|第一|榜首|之首))|\s*(?P<value>\d+(?:\.\d+)?)\s*(?P<unit>点|%)(?P<below>以下)?|(?P<growth>正增长))"
)
_AFTER_IT = regex("(?:此后|其后|之后|随后|以后)[^，。；]{0,4}$")
_OF_PARTS = regex(
    rf"(?:各[大个]?|所有|全部|(?P<count>[两二三四五六七八九十]|\d)\s*[个大])(?P<noun>{MODULES})(?:指数)?(?:同比|环比|均|都|也|已|全部)*(?:连续|接连)(?:了)?\s*$"
)
_REST_OF = regex("(?:其余|其他|其它|余下|剩余|另外?)的?\\s*$")
_AND = regex("[、和与及]")
_SINCE_THEN = regex(r"(?:起|以来|开始|至今|来)\s*(?:的|共有?|共计|总共|已有?|这|历时|，?各)*\s*$")
_TENTHS = regex(
    r"[^，。；0-9]{0,6}?(?P<n>[一二两三四五六七八九])成(?P<half>半)?(?:以上)?的?(?:较?[快高])?(?:同比)?(?:增[长速幅]|涨幅)"
)  # 连续9个月保持两成以上增长
_PACED = regex(r"(?:加快|提速|扩大|提高|放缓|收窄|回落)了?\d[\d.]*个?百分点[，,][^，。；]*$")
# Of the line, never of a rate's sign.
_OF_LEVEL = regex(r"[^，。；、0-9]{0,4}?(?:走[高低]|攀升|上扬|[上下]行|[攀爬]高)")
_RATE_NOUN = regex("增[幅速]|[涨升降跌]幅|(?:增长|上升|提[高升]|上涨|回升|增加|下降|回落|减少|降低|变动)的?幅度")
_RATE_FELL = regex("[降跌减]幅|(?:下降|回落|减少|降低)的?幅度")
# 已连续两期低于基期
_OF_BASE = regex(
    r"[^，。；、0-9]{0,6}?(?:(?P<above>高于|超过)|(?P<below>低于|不及)|[处位]于|在)(?:基期(?:水平)?|临界点|临界值|荣枯线|景气线|分界线)"
    r"(?P<side>[之以]?[上下]方?)?"
)
_BARE = regex(
    "[，,](?:且|并|而且|从而)?(?:已经?是?|这?是|也是?|均|仍|现已)?(?:(?:打破|结束|终结|终止|扭转|改变|中断|止住|告别|摆脱|一改)了?)?(?:此前|之前|前期)?的?"
    "(?:连续|已连|连|接连)(?:了)?\\s*$"
)


def _quickened(norm: str, place: int) -> bool:
    """Whether the clause in front of that around a place ends with how much a rate quickened or slowed."""
    clause = after_mark(norm, place, "，。；")
    return _PACED.search(norm, max(0, clause - 40), place) is not None


def _clause_before(norm: str, place: int) -> str:
    """The clause in front of one that says nothing but 连续…, empty where it says more."""
    m = right_before(_BARE, norm, place)
    if m is None:
        return ""
    return norm[after_mark(norm, m.start(), "，,。；！？\n") : m.start()]


def _way(m: re.Match[str]) -> int:
    """The direction that a match of `_STREAK` says."""
    return 1 if m["up"] or m["pos"] or m["above"] or m["longer"] or m["better"] else -1


def _until(norm: str, end: int, period: Period) -> Period:
    """The last period of what is told up to `end`: 在连续七期低于基期之后重回100点上方 is over by now."""
    return period.previous if _AFTERWARDS.match(norm, end) else period


def _of_more_than_moves(m: re.Match[str], lead: str) -> bool:
    """Whether a match of `_STREAK` tells of standstill, of a side of the base or of a rate, not of rises or falls."""
    return bool(m["flat"] or m["above"] or m["below"] or _RATE_NOUN.search(lead + m.group()))


class Streaks(Grounds):
    """Judges how many periods something is said to have gone on."""

    def judge(self, reading: Reading, count: int, text: str, sign: int = 0, levels: bool = False) -> Judgement | None:
        token = reading.token
        norm = plain(text)
        step = self.step(token.unit)
        parts = right_before(_OF_PARTS, norm, token.phrase_start, 40)
        if parts is not None and step and not sign:
            return self._of_parts(reading, count, step, text, norm, parts)
        nodes = [s for s in reading.subjects if s.code]
        if not nodes or not step:
            return None
        code = nodes[-1].code
        afterwards = self._from_then_on(reading, code, count, step, norm, sign)
        if afterwards is not None:
            return afterwards
        period = self.period_of(reading)
        opened = self.reach(reading, norm) if step == 1 else []
        if opened and count not in opened and count + 1 not in opened:
            # 自2021年下半年起连续九期: as many as there are from then on, that one counted or only risen from
            why = f"从那时到本期共{opened[0]}期"
            return Judgement("wrong", "wrong-pattern", None, counted(opened[0], token.form), why, "engine")
        turned = _FROM.search(reading.lead) is not None and _INTO.match(norm, token.phrase_end) is not None
        ended = turned or _ENDED.search(reading.lead) is not None  # 在此前连续两期同比下降后: said twice, ended once
        if ended and not (
            len(reading.periods) > 1 and _BEFORE_THAT.search(reading.lead)  # the reading is of what was before already
        ):
            period = period.previous

        if re.match(r"[^，。；0-9]{0,6}?(?:两|2)位数", norm[token.phrase_end :]):
            return self._kept(reading, code, count, step, period, "增长", "高于", 10.0, "%", "以上")
        tenths = _TENTHS.match(norm, token.phrase_end)
        if tenths is not None:
            least = read_count(tenths["n"]) * 10.0 + (5.0 if tenths["half"] else 0.0)
            return self._kept(reading, code, count, step, period, "增长", "高于", least, "%", "以上")
        held = self._held(reading, norm)
        if held is not None:
            bound, end = held
            return self._kept(reading, code, count, step, period if ended else _until(norm, end, period), *bound)
        placed = _PLACED.match(norm, token.phrase_end)
        if placed is not None and not sign:
            last = period if ended else _until(norm, placed.end(), period)
            return self._placed(reading, code, count, step, last, placed.group())
        m = None
        if not sign:
            m = _STREAK.match(norm, token.phrase_end)
            if m is None:
                return None
            sign = _way(m)
        period = period if ended else _until(norm, m.end() if m is not None else token.phrase_end, period)
        if m is not None and m["flat"]:
            return self._flat_run(reading, code, count, period)
        about = reading.lead + (m.group() if m is not None else "")
        pace = m is not None and (m["up"] or m["down"]) in ("加快", "提速", "放缓", "趋缓", "减缓")
        rated = _RATE_NOUN.search(about) is not None or pace
        sized = re.search("[涨升降跌增减]幅", about) is not None  # 降幅连续四期扩大: of what is itself a rate, too
        if (m is None or not m["sign"]) and rated and (sized or not self._is_rate(code)):
            return self._rate_run(reading, code, count, sign, period, self.reach(reading, norm, "。；！？\n"))
        sides = self._sides_of(reading, code, m)
        found: list[int] = []
        for side in sides:
            if "同比" in about[-20:] or (m is not None and (m["sign"] or m["year"])):
                found += self._signed(code, side, period, sign, step, m is not None and m["sign"] is not None, about)
                continue
            run = self.length(code, side, period, sign, step)
            found.append(run)
            if levels and run == len(self.path(code, side, period)) - 1:
                # 三级跳 over three periods: each of the three stood above the one before or began the run.
                found.append(run + 1)
        if _ENDED.search(reading.lead) and _quickened(norm, token.phrase_start):
            # 同比增长4.63%，较上半年加快0.97个百分点，扭转了此前连续四期回落的势头: of the rate that quickened.
            paced = self._rate_run(reading, code, count, sign, period, [])
            if paced.name == "verified":
                return paced
        before = _clause_before(norm, token.phrase_start)
        if before and "同比" in before and not _OF_LEVEL.match(norm, token.phrase_end):
            # 同比下降5.22%，连续两个月下降: of what was just told, or of the level.
            for side in sides:
                found += self._signed(code, side, period, sign, step, False, before)
        if before and _RATE_NOUN.search(before) and not self._is_rate(code):
            paced = self._rate_run(reading, code, count, sign, period, [])
            # 同比增幅达6.03%，已连续五期扩大: what widens or slows is the rate
            if paced.name == "verified" or (m is not None and (m["up"] or m["down"]) in _OF_RATES):
                return paced
        kind = "streak_up" if sign > 0 else "streak_down"
        fact = fact_id(code, kind, period)
        option = Option(float(max(found, default=0)), "期", 0, fact, kind, code, period)
        # 连续三年 of an index by quarters is no streak of the ledger: it may have gone on for longer.
        # 今年以来连续9个月 may have begun before.
        since = count in opened or count in self.reach(reading, norm, "。；！？\n")
        if count >= 1 and (count in found or ((step > 1 or since) and count <= max(found, default=0))):
            return Judgement(
                "verified", option=option, source="engine", fact=fact, expected=token.text, passing=(1.0, 12.0 * 6)
            )
        most = max(found, default=0)
        way = "走高" if sign > 0 else "走低"
        if m is not None and m["sign"]:
            way = "为正" if sign > 0 else "为负"
        why = f"连续{way}{most}{'期' if step == 1 else token.unit}"
        if not most:
            why = f"{'本期' if period == self.check.period else period_name(period)}没有{way}"
        return self._so_long(reading, code, most, why, self.path(code, sides[0], period)[-8:], fact, option)

    def _so_long(
        self, reading: Reading, code: str, most: int, why: str, path: Sequence[float], fact: str,
        option: Option | None = None,
    ) -> Judgement:  # fmt: skip
        """That it went on for `most` periods and no other number, with the figures that show it."""
        shown = "、".join(printed_number(v, 2) for v in path if not math.isnan(v))
        expected = counted(most, reading.token.form) if most > 0 else ""
        why = f"{self.f.nodes[code].name}{why}（{shown}）"
        return Judgement("wrong", "wrong-pattern", option, expected, why, "engine", fact)

    def _of_parts(
        self, reading: Reading, count: int, step: int, text: str, norm: str, parts: re.Match[str]
    ) -> Judgement | None:
        """五个模块连续两期环比上升: how many of the modules have gone that way for so long; 其余五个模块, of those left."""
        m = _STREAK.match(norm, reading.token.phrase_end)
        if m is None or _of_more_than_moves(m, reading.lead):
            return None
        period, about = self.period_of(reading), norm[parts.start() : reading.token.phrase_start] + m.group()
        number = read_count(parts["count"]) if parts["count"] else 0
        named, family = tuple(s.code for s in reading.subjects if s.code), self.modules
        if number == len(named) and right_before(_AND, norm, parts.start(), 16):
            family = named
        elif right_before(_REST_OF, norm, parts.start(), 12):
            family = self.check.counting.remainder.of(text, parts.start(), parts["noun"], number, period)
        number = number or len(family)
        if not family or number > len(family):
            return None
        held: dict[str, int] = {}
        for code in family:
            if "同比" in about or m["sign"] or m["year"]:
                held[code] = max(self._signed(code, "index", period, _way(m), step, m["sign"] is not None, about))
            else:
                held[code] = self.length(code, "index", period, _way(m), step)
        fact = fact_id(self.total, "parts_up" if _way(m) > 0 else "parts_down", period)
        if number in (sum(run >= count for run in held.values()), sum(run == count for run in held.values())):
            return Judgement("verified", source="engine", fact=fact, passing=(1.0, 12.0), expected=reading.token.text)
        shown = "、".join(f"{self.f.nodes[code].name}{run}期" for code, run in held.items())
        return Judgement("wrong", "wrong-pattern", None, "", f"各项连续的期数：{shown}", "engine", fact)

    def _from_then_on(
        self, reading: Reading, code: str, count: int, step: int, norm: str, sign: int
    ) -> Judgement | None:
        """2017年小幅下降，此后连升五年; 2019年触底后连续三年回升: as many as there are from then on, to the last or the next turn."""
        then = reading.after
        m = _STREAK.match(norm, reading.token.phrase_end)
        if then is None or then.frequency != self.check.period.frequency or (not sign and m is None):
            return None
        if not sign and m is not None:
            if m["sign"]:
                return self._signed_from(reading, code, count, step, m)
            if _of_more_than_moves(m, reading.lead) or "同比" in m.group():
                return None
            sign = _way(m)
        found: dict[str, int] = {}
        for side in self._sides_of(reading, code, m):
            n = 0
            while self._moved(code, side, then.shift(step * (n + 1)), step, sign):
                n += 1
            found[side] = n
        fact = fact_id(code, "streak_up" if sign > 0 else "streak_down", self.check.period)
        most = max(found.values())
        if count in found.values() or (step > 1 and count <= most):
            return Judgement("verified", source="engine", fact=fact, expected=reading.token.text, passing=(1.0, 12.0))
        path = [self.f.cell(code, next(iter(found)), p) for p in self.f.periods if then <= p <= self.check.period]
        way = "走高" if sign > 0 else "走低"
        how = f"连续{way}{most}{'期' if step == 1 else reading.token.unit}" if most else f"没有{way}"
        return self._so_long(reading, code, most, f"在{period_name(then)}之后{how}", path[:12], fact)

    def _signed_from(self, reading: Reading, code: str, count: int, step: int, m: re.Match[str]) -> Judgement | None:
        """自2024年上半年转负后连续三期为负: from that period on, which is one of them where it was so already."""
        then, last, sign = reading.after, self.check.period, _way(m)
        assert then is not None
        about = reading.lead + m.group()
        basis = "pop" if "环比" in about else "yoy"
        measures = [basis if side == "index" else f"value_{basis}" for side in self._sides_of(reading, code, m)]
        if "同比" not in about and "环比" not in about:
            measures = ["value"] if self.f.cell(code, "value", then) * sign > 0 > sign else [*measures, "value"]
        found: dict[str, int] = {}
        for measure in measures:
            at = then if self.f.cell(code, measure, then) * sign > 0 else then.shift(step)
            n = 0
            while at <= last and self.f.cell(code, measure, at) * sign > 0:
                n, at = n + 1, at.shift(step)
            found[measure] = n
        fact = fact_id(code, measures[0], last)
        more = _AFTER_IT.search(reading.lead) is not None  # 转负，此后连续两期为负: that period is not among them
        if count + more in found.values() or (more and count in found.values()):
            return Judgement("verified", source="engine", fact=fact, expected=reading.token.text, passing=(1.0, 12.0))
        most = max(found.values()) - more
        path = [self.f.cell(code, measures[0], p) for p in self.f.periods if then <= p <= last]
        why = f"从{period_name(then)}起连续{'为正' if sign > 0 else '为负'}{most}期"
        return self._so_long(reading, code, most, why, path[:12], fact)

    def since_then(self, reading: Reading, count: int, after: str) -> Judgement | None:
        """2020年上半年探底，此后九期未曾回头: no more periods than there have been; fewer where each is told by itself."""
        assert reading.after is not None
        last, gone = self.check.period, 0
        while reading.after.shift(gone) < last:
            gone += 1
        if count == gone:
            return Judgement("verified", source="engine", passing=(1.0, 12.0), expected=reading.token.text)
        if count > gone:
            why = f"{period_name(reading.after)}之后到本期只有{gone}期"
            return Judgement("wrong", "wrong-pattern", None, counted(gone, reading.token.form), why, "engine")
        return Judgement("exempt", "duration") if _EACH_TOLD.match(after) else None

    def _moved(self, code: str, side: str, at: Period, step: int, sign: int) -> bool:
        move = self.f.cell(code, side, at) - self.f.cell(code, side, at.shift(-step))
        return at <= self.check.period and abs(move) >= self._least(code, side) and move * sign > 0

    def _least(self, code: str, side: str) -> float:
        """The least step that is one: of what is told to a thousandth, 0.553 to 0.557 is."""
        return STILL if side == "index" else min(STILL, 10.0 ** -self.f.nodes[code].decimals / 2)

    def _is_rate(self, code: str) -> bool:
        """规上工业增加值增速 is itself the rate that may quicken."""
        return re.search("增速|增长率|增长速度", self.f.nodes[code].name) is not None

    def step(self, unit: str) -> int:
        """How many of the index's periods one 期, 季度, 年 is; 0 where it has no such periods."""
        return 1 if unit in ("连", "个", "") else periods_in(unit, self.ledger.dataset.config.frequency)

    def _sides_of(self, reading: Reading, code: str, m: re.Match[str] | None = None) -> list[str]:
        if m is not None and (m["better"] or m["worse"]):
            return ["index"]  # in which less is better where it is so
        if reading.side == "index" or self.f.children(code):
            return ["index"]
        # of what is better where it is less, its own figures rise or fall, unless its name says that the index is meant
        raw = reading.side == "raw" or "逆" not in reading.clause
        return ["value"] if self.f.nodes[code].inverse and raw else ["index", "value"]

    def _signed(self, code: str, side: str, period: Period, sign: int, step: int, said: bool, about: str) -> list[int]:
        """Runs of 同比上升, 正增长, 为负: of the year's change, and where 为负 is said of a rate, of its own sign."""
        measures = ["yoy" if side == "index" else "value_yoy"]
        if "环比" in about:
            measures = ["pop" if side == "index" else "value_pop"]
        if said and side == "value" and "同比" not in about and "环比" not in about:
            measures.append("value")
        out = []
        for measure in measures:
            n, at = 0, period
            while not math.isnan(v := self.f.cell(code, measure, at)) and v * sign > (
                0 if measure == "value" else STILL
            ):
                n, at = n + 1, at.shift(-step)
            out.append(n)
        return out

    # ------------------------------------------------------------------ since when

    def reach(self, reading: Reading, norm: str, stops: str = "，。；！？\n") -> list[int]:
        """How many periods it may be from the one since which the words count (自2022年下半年起, 今年以来) to the last."""
        token = reading.token
        start = after_mark(norm, token.phrase_start, stops)
        period = self.period_of(reading)
        phrases = [p for p in find_periods(norm, self.check.period) if start <= p.start and p.end <= token.phrase_start]
        return [len(run) for run in lasting.onward(norm, phrases[-1:], max(period, self.check.period))]

    def stretched(self, reading: Reading, count: int, text: str) -> Judgement | None:
        """2023年上半年起的四期: as many as there are periods from then to the last."""
        norm = plain(text)
        token = reading.token
        if not right_before(_SINCE_THEN, norm, token.phrase_start) or not (
            self.step(token.unit) and (token.unit != "个" or re.match("(?:报告)?期", norm[token.phrase_end :]))
        ):
            return None
        step = self.step(token.unit)
        found = [n for n in self.reach(reading, norm) if n % step == 0]
        if not found or token.unit == "":
            return None
        if count * step in found:
            return Judgement("verified", source="engine", passing=(1.0, 12.0), expected=token.text)
        why = f"从那时到本期共{found[0] // step}{token.unit if token.unit != '个' else '期'}"
        return Judgement("wrong", "wrong-pattern", None, counted(found[0] // step, token.form), why, "engine")

    # ------------------------------------------------------------------ 连续三期超过52%

    def sustained(self, reading: Reading, text: str) -> bool:
        """Whether a number is the bound of a run: 连续三个季度超过52%, 近三期均在100点以上."""
        return self._run_before(reading, plain(text)) is not None

    def _run_before(self, reading: Reading, norm: str) -> tuple[int, int, str, str] | None:
        """Count, step, what and how of the run whose bound a number is."""
        token = reading.token
        before = norm[max(0, token.phrase_start - 40) : token.phrase_start]
        m = _RUN_OF.search(before)
        if m is None:
            return None
        if m["than"].endswith(("在", "保持")) and not re.match(r"\s*(?:以上|以下|之上|之下)", norm[token.phrase_end :]):
            return None
        step = self.step(m["unit"])
        return (read_count(m["count"]), step, m["of"], m["than"]) if step else None

    def bound(self, reading: Reading, text: str) -> Judgement | None:
        """The bound itself: held in every period that is counted."""
        norm = plain(text)
        run = self._run_before(reading, norm)
        nodes = [s.code for s in reading.subjects if s.code]
        if run is None or not nodes:
            return None
        count, step, of, than = run
        token = reading.token
        tail = _TAIL.match(norm, token.phrase_end)
        tenths = token.unit == "成"
        if tenths and re.match(r"[^，。；0-9]{0,6}?(?:增[长速幅]|涨幅)", norm[token.phrase_end :]):
            of += "增长"
        value, unit = (float(token.values[0]) * 10, "%") if tenths else (float(token.values[0]), token.unit)
        said = (of, than, value, unit, tail.group().strip() if tail else "")
        period, start = self.period_of(reading), after_mark(norm, token.phrase_start, "，。；\n")
        ended = _ENDED.search(norm, start, token.phrase_start) is not None
        last = period.previous if ended else _until(norm, tail.end() if tail else token.phrase_end, period)
        return self._kept(reading, nodes[-1], count, step, last, *said)

    def _held(self, reading: Reading, norm: str) -> tuple[tuple[str, str, float, str, str], int] | None:
        """The bound behind a count of periods: what, how, value, unit, 以上 or 以下; and where it ends."""
        base = _OF_BASE.match(norm, reading.token.phrase_end)
        if base is not None and (base["above"] or base["below"] or base["side"]):
            below = bool(base["below"]) or "下" in (base["side"] or "")
            value = float(self.ledger.dataset.config.base_value)
            return ("", "低于" if below else "高于", value, "点", ""), base.end()
        m = _BOUND.match(norm, reading.token.phrase_end)
        if m is None or (m["than"].endswith(("在", "保持")) and not m["tail"]):
            return None
        return (m["of"], m["than"], float(m["value"]), m["unit"] or "", m["tail"] or ""), m.end()

    def _kept(
        self, reading: Reading, code: str, count: int, step: int, period: Period, of: str, than: str, value: float,
        unit: str, tail: str,
    ) -> Judgement | None:  # fmt: skip
        measure = self._measure(reading, code, of, unit)
        if not measure:
            return None
        if "站" in than or "稳" in than:
            tail = tail or "以上"
        below = than in ("低于", "不足", "小于", "不到") or tail in ("以下", "之下")
        falling = re.search("降幅|跌幅|下降|回落", of + reading.lead) is not None and measure not in ("index", "value")
        n, at = 0, period
        shown = []
        while not math.isnan(v := self.f.cell(code, measure, at)) and n < 60:
            v = -v if falling else v
            shown.append(printed_number(v, 2))
            if (v > value) if below else (v < value):
                break
            n, at = n + 1, at.shift(-step)
        fact = fact_id(code, measure, period)
        if count <= n:
            return Judgement("verified", source="engine", fact=fact, passing=(2.0, 40.0), expected=reading.token.text)
        path = "、".join(shown[: count + 1][::-1])
        until = "本期" if period == self.check.period else period_name(period)
        why = f"{self.f.nodes[code].name}至{until}连续{n}期符合这一界限（{path}）"
        expected = ""
        if reading.token.unit not in ("%", "点") and n:
            expected = counted(n, reading.token.form)
        return Judgement("wrong", "wrong-pattern", None, expected, why, "engine", fact)

    def _measure(self, reading: Reading, code: str, of: str, unit: str) -> str:
        """What such a bound is of, by its unit and the words before it."""
        words = reading.lead[-12:] + of
        rate = re.search("增[幅速]|增长|涨幅|升幅|降幅|跌幅|上升|下降|同比|环比", words) is not None
        node = self.f.nodes[code]
        if unit in ("%", "％") and (rate or self.f.children(code)):
            return "pop" if "环比" in words else "yoy"
        if unit in ("点", "") and (self.f.children(code) or reading.side == "index" or unit == "点"):
            return "index"
        return "value" if same_unit(unit, node.unit) == 1.0 and not rate else ""

    def _placed(
        self, reading: Reading, code: str, count: int, step: int, period: Period, words: str
    ) -> Judgement | None:
        """连续三期居首位."""
        rate = re.search("增[幅速]|涨幅|升幅", reading.lead[-12:] + words) is not None
        measure = "rank_pop" if rate and "环比" in reading.lead else "rank_yoy" if rate else "rank"
        if not self.f.nodes[code].parent:
            return None
        n, at = 0, period
        while not math.isnan(rank := self.f.cell(code, measure, at)) and n < 60:
            among = [r for c in self.f.siblings(code) if not math.isnan(r := self.f.cell(c, measure, at))]
            wanted = max(among) if re.search("末|倒数|垫底|殿后", words) else 1
            if rank != wanted:
                break
            n, at = n + 1, at.shift(-step)
        fact = fact_id(code, measure, period)
        if count <= n:
            return Judgement("verified", source="engine", fact=fact, passing=(1.0, 12.0), expected=reading.token.text)
        why = f"{self.f.nodes[code].name}至本期连续{n}期居此位"
        expected = counted(n, reading.token.form) if n else ""
        return Judgement("wrong", "wrong-rank", None, expected, why, "engine", fact)

    def again(self, reading: Reading, count: int, text: str) -> Judgement | None:
        """时隔三期再登第一: how long ago it last was so, that period counted in or not."""
        token = reading.token
        m = _AGAIN.match(plain(text), token.phrase_end)
        codes = [s.code for s in reading.subjects if s.code]
        step = self.step(token.unit)
        if m is None or not codes or not step:
            return None
        code, period = codes[-1], self.period_of(reading)
        rate = re.search("增[幅速]|涨幅|升幅|同比", reading.lead) is not None
        if m["value"]:
            measure = "index" if m["unit"] == "点" else "value"
        else:
            measure = "yoy" if m["growth"] else "rank_yoy" if rate else "rank"

        def holds(v: float) -> bool:
            if m["first"]:
                return v == 1
            if m["growth"]:
                return v > 0
            return v < float(m["value"]) if m["below"] else v >= float(m["value"])

        fact = fact_id(code, measure, period)
        ago = 1
        while not math.isnan(v := self.f.cell(code, measure, period.shift(-ago))) and not holds(v):
            ago += 1
        if math.isnan(v) or math.isnan(self.f.cell(code, measure, period)):
            return Judgement("unsupported", "unsupported-number", why="数据中看不出上一次是在什么时候")
        if holds(self.f.cell(code, measure, period)) and count * step in (ago, ago - 1):
            return Judgement("verified", source="engine", fact=fact, passing=(1.0, 12.0), expected=token.text)
        why = f"{self.f.nodes[code].name}上一次如此是在{period_name(period.shift(-ago))}，其间隔{ago - 1}期"
        return Judgement("wrong", "wrong-pattern", None, "", why, "engine", fact)

    # ------------------------------------------------------------------ paths

    def path(self, code: str, side: str, period: Period) -> list[float]:
        """Values up to `period`, oldest first, without a gap, as the ledger's own streaks count them."""
        run: list[float] = []
        at = period
        while not math.isnan(v := self.f.cell(code, side, at)):
            run.append(v)
            at = at.previous
        return run[::-1]

    def length(self, code: str, side: str, period: Period, sign: int, step: int = 1) -> int:
        """How many steps in a row went one way, each over `step` periods."""
        n, at = 0, period
        while not math.isnan(move := self.f.cell(code, side, at) - self.f.cell(code, side, at.shift(-step))):
            if abs(move) < self._least(code, side) or (move > 0) != (sign > 0):
                break
            n, at = n + 1, at.shift(-step)
        return n

    def _rate_run(
        self, reading: Reading, code: str, count: int, sign: int, period: Period, since: list[int]
    ) -> Judgement:  # fmt: skip
        """增幅连续两期收窄: a run of the rates themselves."""
        measures = ["pop" if "环比" in reading.lead else "yoy"]
        if "幅度" in reading.lead and not self.f.children(code):
            # 同比提高2.55个百分点，提高幅度连续两年扩大: of the amount itself, too
            measures += [f"value_{measures[0]}", f"{measures[0]}_diff"]
        falling = _RATE_FELL.search(reading.lead) is not None
        runs = [self._paced(code, measure, sign, period, falling) for measure in measures]
        fact = fact_id(code, measures[0], period)
        if any(n == count or (count <= n and count in since) for n, _ in runs):
            return Judgement("verified", source="engine", fact=fact, passing=(1.0, 12.0), expected=reading.token.text)
        run, rates = runs[0]
        shown = "、".join(f"{printed_number(v, 2)}%" for v in rates[: run + 2][::-1])
        return Judgement(
            "wrong", "wrong-pattern", None, counted(run, reading.token.form), f"各期幅度：{shown}", "engine", fact
        )

    def _paced(self, code: str, measure: str, sign: int, period: Period, falling: bool) -> tuple[int, list[float]]:
        """For how many periods a rate has widened or narrowed, and that rate, the last first."""
        rates: list[float] = []
        at = period
        while not math.isnan(v := self.f.cell(code, measure, at)) and len(rates) < 60:
            rates.append(abs(v) if falling else v)
            at = at.previous
        run = 0
        while run + 1 < len(rates) and (rates[run] - rates[run + 1]) * sign > 0:
            run += 1
        return run, rates

    def _flat_run(self, reading: Reading, code: str, count: int, at: Period) -> Judgement:
        """连续两期持平."""
        runs = []
        for measure in ("yoy", "pop"):
            n, here = 0, at
            while not math.isnan(v := self.f.cell(code, measure, here)) and abs(v) < STILL:
                n, here = n + 1, here.previous
            runs.append(n)
        fact = fact_id(code, "pop", at)
        if count in runs:
            return Judgement("verified", source="engine", fact=fact, passing=(1.0, 12.0), expected=reading.token.text)
        return Judgement(
            "wrong",
            "wrong-pattern",
            None,
            counted(max(runs), reading.token.form),
            f"{self.f.nodes[code].name}持平{max(runs)}期",
            "engine",
            fact,
        )

    def window(self, reading: Reading, count: int, text: str) -> Judgement | None:
        norm = plain(text)
        sentence_end = up_to_mark(norm, reading.token.phrase_end, "。；\n")
        rest = norm[reading.token.phrase_end : sentence_end]
        first = self.check.period.shift(1 - count)
        m = re.search("[由从](?=[^，。；]{2,14}的)", rest)
        if m:
            phrases = [p for p in find_periods(rest[m.end() :], self.check.period) if p.period is not None]
            if (
                phrases
                and phrases[0].start <= 2
                and phrases[0].period != first
                and phrases[0].period is not None
                and phrases[0].period.frequency == first.frequency
            ):
                began = phrases[0].period
                steps = 1
                at = began
                while at < self.check.period and steps < 60:
                    at, steps = at.shift(1), steps + 1
                return Judgement(
                    "wrong",
                    "wrong-pattern",
                    None,
                    counted(steps, reading.token.form),
                    f"从{phrases[0].text}到本期共{steps}期",
                    "engine",
                )
        last = self.f.cell(self.total, "index", first)
        if math.isnan(last):
            return Judgement("unsupported", "unsupported-number", why=f"数据不足{count}期")
        fact = fact_id(self.total, "index", first)
        return Judgement("verified", source="engine", fact=fact, passing=(1.0, 8.0))
