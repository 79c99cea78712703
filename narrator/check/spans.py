"""Ranges: 涨幅在3.36%至10.96%之间, 运行在115.51—129.46点区间, 减少1.8张至66.1张, 两位数增长."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from narrator.check import lasting
from narrator.check.clauses import after_mark, right_before
from narrator.check.figures import same_unit, stands_for
from narrator.check.grounds import Grounds, read_count
from narrator.check.parts import INDICATORS, MODULES
from narrator.check.reading import Judgement, Reading
from narrator.check.remainder import REST
from narrator.check.runs import runs
from narrator.check.shown import printed_number
from narrator.model import PER_YEAR, Period, fact_id
from narrator.numerals import period_name
from narrator.numerals.normal_text import plain
from narrator.numerals.period_reading import find_periods
from narrator.numerals.regex import regex

_MOVED_BY = regex(
    "(?P<more>[再又续])?(?:(?P<up>上升|增长|上涨|增加|提高|提升|回升|扩大|延长|净?增|[升涨])"
    "|(?P<down>下降|回落|下滑|下跌|减少|降低|缩短|收窄|压缩|净?减|[降跌缩]))(?:了|去)?约?\\s*$"
)
_TURNED = regex(
    "[由从][^，。；]{0,16}?(?:(?P<neg>负增长|下降|回落)|个位数增长|正增长|增长)[^，。；]{0,4}?(?:转为|变为|转向|升至|提高到|加快至)[^，。；]{0,3}$"
)


_GROWN = regex("(?:以上)?[^，。；]{0,4}?的?(?:(?P<down>下降|下跌|回落|[降跌减]幅)|增长|增[幅速]|[涨升]幅|上涨|上升)")
_TO_DIGITS = regex(
    "(?:均|都|双双|全部|保持|达到?|实现|在|为|[处位]于|(?P<back>(?:重[新回返]|再次|再度)+(?:回到|回升[至到]|站上|进入|迈入)?|回到|回归)"
    "|[回上提]?升[至到]|进入|迈入|步入|站上|突破)了?\\s*$"
)
# 跌出两位数区间: no longer, and until then
_OUT_OF_DIGITS = regex("(?:(?:[跌退滑掉降]|回落|下滑)出|跌破|跌穿|脱离|告别|失守)了?\\s*$")
_RATE_SAID = regex("增[幅速长]|[涨升]幅|同比|环比|上涨|上升")
_EVERY_PART = regex(
    rf"(?:各|所有|全部|(?P<count>[二三四五六七八九十]|\d{{1,2}}))[个大项]?(?:分项)?(?:{MODULES})[^，。；0-9]{{0,8}}(?:均|都|全部|全都|皆)[^，。；0-9]{{0,4}}$"
)
_COUNTED = regex(
    rf"(?:[一二三四五六七八九十两]+|\d{{1,2}})[个项大](?:{MODULES}|{INDICATORS})?(?:指数)?(?:同比|环比|均|都|也|已|实现|达到?|保持|录得|呈现?|为|[增涨升降跌][速幅长])*$"
)
_OTHERS = regex(
    rf"{REST}\s*(?P<count>[一二两三四五六七八九十]|\d{{1,2}})[个项大](?:{MODULES}|{INDICATORS})?(?:指数)?(?:的|同比|环比|[增涨升降跌][速幅]|也|则)*"
    "(?:均|都|皆|全部|悉数)(?:已|实现|达到?|保持|录得|呈现?|为|是)*$"
)
_SIZE = regex("增[速幅]|[涨升]幅|(?P<down>[降跌]幅)")
_TO_ONE = regex("(?:位数)?(?:的)?[^，。；0-9]{0,6}?(?:收窄|缩小|放缓|回落|降|减)(?:[至到为]|成)[一单个]位数")
_FROM_ONE = regex("[由从][一单个]位数[^，。；0-9]{0,6}?(?:扩大|加快|提高|升|增)(?:[至到为]|成)\\s*$")
_FIRST = regex("(?:(?:自)?(?:19|20)\\d\\d年[^，。；]{0,6}?以来(?:的)?)?(?:首[次个]|第一[次个])[^，。；0-9]{0,6}$")
_PARTS = regex(r"[大个各项]\s*(?:分项)?(?:模块|指标|板块)|各模块|各指标|模块间")
_BETWEEN = regex(r"\s*(?:之间|的?(?:合理)?(?:区间|范围))")


def _rate_meant(reading: Reading, norm: str) -> str:
    """Which rate has so many digits: the one named last (环比分别增长10.86%和10.68%，均达两位数), else the one carried on."""
    place = reading.token.phrase_start
    said = re.findall("同比|环比", norm[after_mark(norm, place, "。；\n") : place])
    return "pop" if (said[-1] == "环比" if said else reading.basis == "pop") else "yoy"


def _of_a_fall(reading: Reading, norm: str) -> bool:
    """降幅重回两位数: whether it is how much something fell that has so many digits."""
    place = reading.token.phrase_start
    said = [*_SIZE.finditer(norm, after_mark(norm, place, "。；\n"), place)]
    return bool(said) and said[-1]["down"] is not None


def _contains(reading: Reading, low: float, high: float) -> bool:
    """增幅在3%—12%之间, of 3.91 to 11.96: ends around all of them, each within its last step (a tenth, one, five, ten)."""
    token = reading.token
    if _BETWEEN.match(reading.tail) is None:
        return False
    first, last = (float(v) for v in sorted(token.values))
    steps = (10.0**-token.decimals,) if token.decimals else (10, 5, 1)
    step = next((k for k in steps if not first % k and not last % k), steps[-1])
    return first <= low < first + step and last - step < high <= last


class Spans(Grounds):
    """Judges two numbers that say between which limits something lies or moved."""

    def judge(self, reading: Reading, text: str) -> Judgement | None:
        """六大模块指数同比涨幅在3.36%至10.96%之间: least and greatest of the parts."""
        token = reading.token
        norm = plain(text)
        start = after_mark(norm, token.phrase_start, "。；\n")
        lead = norm[start : token.phrase_start]
        if len(token.values) != 2:
            return None
        period = self.period_of(reading)
        moved = _MOVED_BY.search(lead)
        if moved is not None and re.search("[至到]", token.text):
            return self._by_to(reading, 1 if moved["up"] else -1, period, moved["more"] is not None)
        left = self.check.counting.remainder.ruling(text, token.phrase_start, period)
        if not left and not self._of_all(lead):
            return self._rates(reading, lead, norm, start) or self._course(reading, period, text)
        family = left or (self.modules if "模块" in lead or "板块" in lead else self.family(reading))
        measure = (
            "index" if token.unit in ("点", "") else "share" if "贡献" in lead else "pop" if "环比" in lead else "yoy"
        )
        known = [v for c in family if not math.isnan(v := self.f.cell(c, measure, period))]
        if not known:
            return None
        low, high = min(known), max(known)
        first, last = sorted(token.values)
        fact = fact_id(self.total, measure, period)
        if (stands_for(first, low) and stands_for(last, high)) or _contains(reading, low, high):
            return Judgement("verified", source="engine", fact=fact, passing=(1.0, 10000.0))
        falling = re.search("降幅|跌幅", lead) is not None
        if falling and stands_for(first, -high) and stands_for(last, -low):
            return Judgement("verified", source="engine", fact=fact, passing=(1.0, 10000.0))
        expected = f"{printed_number(low, 2)}—{printed_number(high, 2)}"
        return Judgement(
            "wrong",
            "wrong-number",
            None,
            expected,
            f"最小{printed_number(low, 2)}、最大{printed_number(high, 2)}",
            "engine",
            fact,
        )

    def _of_all(self, lead: str) -> bool:
        """Whether words speak of all parts: 六大模块涨幅在…之间; not where those meant are named behind: …两个模块之和，A、B均在…."""
        said = [*_PARTS.finditer(lead)]
        if not said:
            return False
        named = self.check.names.find(lead[said[-1].end() :])
        return all(s.code == self.total for n in named for s in n.subjects)

    def _by_to(self, reading: Reading, sign: int, period: Period, more: bool) -> Judgement | None:
        """减少1.8张至66.1张: a change and what it led to, no range; 再增 is since the last period."""
        token = reading.token
        codes = [s.code for s in reading.subjects if s.code]
        if not codes:
            return None
        code = codes[-1]
        side = "index" if token.unit == "点" else "value"
        factor = same_unit(token.unit, "点" if side == "index" else self.f.nodes[code].unit)
        now = self.f.cell(code, side, period)
        if factor is None or math.isnan(now):
            return None
        option = self.f.option(code, side, period)
        fact = fact_id(code, side, period)
        by, to = abs(token.values[0]), token.values[1]
        earlier = (reading.said and reading.against) or (
            (period.previous,) if more else (period.year_before, period.previous)
        )
        changes = [now - v for p in earlier if not math.isnan(v := self.f.cell(code, side, p))]
        fitting = [c for c in changes if stands_for(by, abs(c) * factor)]
        shown = printed_number(now * factor, token.decimals)
        size = printed_number(abs((fitting or changes or [math.nan])[0]) * factor, token.decimals)
        expected = f"{size}—{shown}"
        why = (
            f"本期为{shown}，变动为{'、'.join(printed_number(c * factor, token.decimals) for c in changes) or '无数据'}"
        )
        if not stands_for(to, now * factor) or not fitting:
            return Judgement("wrong", "wrong-number", option, expected, why, "engine", fact)
        if not any(c * sign > 0 for c in fitting):
            return Judgement("wrong", "wrong-direction", option, expected, why, "engine", fact)
        return Judgement("verified", option=option, source="engine", fact=fact, passing=(2.0, 10000.0))

    def _rates(self, reading: Reading, lead: str, norm: str, start: int) -> Judgement | None:
        """2024年各季度同比增速在4.9%—6.8%之间: least and greatest of a rate over several periods."""
        token = reading.token
        nodes = [s.code for s in reading.subjects if s.code]
        over = reading.span or self._over(norm, start, token.phrase_start)
        if not nodes or token.unit != "%" or reading.role != "change" or len(over) < 2:
            return None
        measure = "pop" if "环比" in lead else "yoy"
        rates = [v for p in over if not math.isnan(v := self.f.cell(nodes[-1], measure, p))]
        if len(rates) < len(over):
            return None
        low, high = min(rates), max(rates)
        first, last = sorted(token.values)
        fact = fact_id(nodes[-1], measure, over[-1])
        if (stands_for(first, low) and stands_for(last, high)) or _contains(reading, low, high):
            return Judgement("verified", source="engine", fact=fact, passing=(2.0, 10000.0))
        least, most = printed_number(low, 2), printed_number(high, 2)
        ends = f"{period_name(over[0])}至{period_name(over[-1])}"
        why = f"{ends}最小{least}、最大{most}"
        return Judgement("wrong", "wrong-number", None, f"{least}—{most}", why, "engine", fact)

    def _over(self, norm: str, start: int, place: int) -> tuple[Period, ...]:
        """The periods that a sentence names as a row: 2023年上半年至2024年下半年, 近三年, 2023年以来."""
        report = self.check.period
        named = [r.periods for r in runs(norm, report, start, place) if r.periods[-1].frequency == report.frequency]
        if named:
            return tuple(p for p in named[-1] if p <= report)
        lead = norm[start:place]
        phrases = find_periods(lead, report)
        windows = [p for p in phrases if p.role == "window"]
        if windows:
            return tuple(lasting.windowed(windows[-1], phrases, report) or ())
        since = lasting.onward(lead, phrases[::-1], report)
        return tuple(since[0]) if since else ()

    def _course(self, reading: Reading, period: Period, text: str) -> Judgement | None:
        """总指数运行在115.51—129.46点区间: least and greatest of its own course."""
        token = reading.token
        nodes = [s.code for s in reading.subjects if s.code]
        if not nodes or token.unit not in ("点", self.f.nodes[nodes[-1]].unit):
            return None
        side = "index" if token.unit == "点" else "value"
        last = max(self.check.period, period)
        values = [(p, v) for p in self.f.periods if p <= last and not math.isnan(v := self.f.cell(nodes[-1], side, p))]
        starts = self._starts(reading, text, [p for p, _ in values], last)
        first, high = sorted(token.values)
        fact = fact_id(nodes[-1], side, last)
        for start in starts:
            part = [v for _, v in values[start:]]
            if len(part) > 1 and (
                (stands_for(first, min(part)) and stands_for(high, max(part)))
                or _contains(reading, min(part), max(part))
            ):
                return Judgement("verified", source="engine", fact=fact, passing=(2.0, 10000.0))
        if not values or not starts:
            return None
        part = [v for _, v in values[starts[0] :]]
        decimals = max(token.decimals, 2)
        expected = f"{printed_number(min(part), decimals)}—{printed_number(max(part), decimals)}"
        since = f"{period_name(values[starts[0]][0])}以来" if starts[0] else "各期"
        why = f"{since}最小{printed_number(min(part), decimals)}、最大{printed_number(max(part), decimals)}"
        return Judgement("wrong", "wrong-number", None, expected, why, "engine", fact)

    def _starts(self, reading: Reading, text: str, known: Sequence[Period], last: Period) -> list[int]:
        """Where the stretch may begin of which a range is said: 近三期, 2023年以来; anywhere where nothing says so."""
        norm = plain(text)
        token = reading.token
        lead = norm[after_mark(norm, token.phrase_start, "。；\n") : token.phrase_start]
        places = {p: i for i, p in enumerate(known)}
        for phrase in reversed(find_periods(lead, self.check.period)):
            if phrase.role == "window":
                yearly = phrase.text.rstrip().endswith("年") and last.frequency != "A"
                firsts = [last.shift(1 - phrase.count)]
                if yearly:
                    step = PER_YEAR[last.frequency]
                    firsts = [last.shift(1 - phrase.count * step), last.shift(-phrase.count * step)]
                return [places[p] for p in firsts if p in places]
            if re.match(r"\s*(?:以来|起|至今|到现在)", lead[phrase.end :]):
                if phrase.months is not None and (phrase.period is None or phrase.period.frequency != last.frequency):
                    year = phrase.months[0] + (phrase.role == "year-end")
                    return [i for i, p in enumerate(known) if p.year == year][:1]
                return [places[phrase.period]] if phrase.period in places else []
        return list(range(len(known)))

    def _named_before(self, text: str, place: int) -> bool:
        """A、B两个模块: whether what a count at `place` counts is named right in front of it."""
        return any(n.end == place and n.subjects for n in self.check.names.find(text))

    def _crossed(self, reading: Reading, norm: str, nodes: Sequence[str]) -> Judgement | None:
        """降幅由两位数收窄至个位数, 涨幅由个位数扩大至两位数: of its rate then (a period or a year before) and now."""
        place, end = reading.token.phrase_start, reading.token.phrase_end
        start = after_mark(norm, place, "，。；\n")
        ahead, behind = _TO_ONE.match(norm, end), _FROM_ONE.search(norm, start, place)
        noun = _SIZE.search(norm, start, place)
        if (ahead is None) == (behind is None) or noun is None or len(nodes) != 1 or not reading.token.values:
            return None
        period = self.period_of(reading) if behind is None else self.check.period
        period = max(period, self.check.period)
        basis = "pop" if "环比" in reading.lead or (reading.basis == "pop" and "同比" not in reading.lead) else "yoy"
        sign = -1 if noun["down"] else 1
        low = 10.0 ** (int(reading.token.values[0]) - 1)
        now = sign * self.f.cell(nodes[0], basis, period)
        then = [sign * self.f.cell(nodes[0], basis, p) for p in (period.previous, period.year_before)]
        then = [v for v in then if not math.isnan(v)]
        if math.isnan(now) or not then:
            return Judgement("unsupported", "unsupported-number", why="没有可比的数据")
        pairs = [(v, now) if behind is None else (now, v) for v in then]
        fact = fact_id(nodes[0], basis, period)
        if any(low <= many < low * 10 and 0 <= few < 10 for many, few in pairs):
            return Judgement("verified", source="engine", fact=fact, passing=(9.0, 100.0))
        shown = "、".join(printed_number(v, 2) for v in (*then, now))
        return Judgement("wrong", "wrong-pattern", None, "", f"此前与本期：{shown}", "engine", fact)

    def _so_before(self, reading: Reading, norm: str, so: Callable[[Period], bool]) -> list[Period]:
        """The periods that belie 首次达到两位数, 重回两位数: those since when it counts, or the one before."""
        place, period = reading.token.phrase_start, self.period_of(reading)
        back = right_before(_TO_DIGITS, norm, place)
        if back is not None and back["back"]:
            return [period.previous] if so(period.previous) else []
        first = right_before(_FIRST, norm, place)
        if first is None:
            return []
        since = [p for p in find_periods(first.group(), self.check.period) if p.months is not None]
        year = since[0].months[0] if since and since[0].months is not None else 0
        start = since[0].period if since else None
        earlier = (p for p in self.f.periods if self.f.base < p < period and p.year >= year)
        if start is not None and start.frequency == period.frequency:
            earlier = (p for p in earlier if p > start)
        return [p for p in earlier if p != start and so(p)]

    def _fallen_out(self, reading: Reading, norm: str, nodes: Sequence[str]) -> Judgement | None:
        """增速跌出两位数区间: below it now, and not so in the period before; 首次, nor in any other."""
        place = reading.token.phrase_start
        out = right_before(_OUT_OF_DIGITS, norm, place)
        if out is None or len(nodes) != 1 or not reading.token.values:
            return None
        if _RATE_SAID.search(norm, after_mark(norm, place, "。；\n"), place) is None:
            return None
        period, low = self.period_of(reading), 10.0 ** (int(reading.token.values[0]) - 1)
        measure = _rate_meant(reading, norm)
        fact = fact_id(nodes[0], measure, period)

        sign = -1 if _of_a_fall(reading, norm) else 1

        def below(at: Period) -> bool:
            return sign * self.f.cell(nodes[0], measure, at) < low

        shown = "、".join(
            f"{period_name(p)}{printed_number(self.f.cell(nodes[0], measure, p), 2)}%"
            for p in (period.previous, period)
        )
        already = self._so_before(reading, norm, below)
        if below(period) and not below(period.previous) and not already:
            return Judgement("verified", source="engine", fact=fact, passing=(9.0, 100.0))
        why = f"{period_name(already[-1])}已是这样" if already and below(period) else shown
        return Judgement("wrong", "wrong-pattern", None, "", why, "engine", fact)

    def _left(self, reading: Reading, text: str, count: int) -> list[str]:
        """另外三项均为两位数下降，A下降a%，B下降b%，C下降c%: those listed behind, else those that the text has not named."""
        end = next((m.start() for m in re.finditer("[。；\n]", text[reading.token.phrase_end :])), len(text))
        behind = text[reading.token.phrase_end : reading.token.phrase_end + end]
        listed = [s.code for n in self.check.names.find(behind) for s in n.subjects[:1] if s.code]
        if len(set(listed)) == count:
            return list(dict.fromkeys(listed))
        period = self.period_of(reading)
        return list(self.check.counting.remainder.ruling(text, reading.token.phrase_start, period))

    def digits(self, reading: Reading, text: str) -> Judgement | None:
        """两位数增长: between 10 and 100 %, for each that is named."""
        nodes = [s.code for s in reading.subjects if s.code]
        norm = plain(text)
        counted = right_before(_COUNTED, norm, reading.token.phrase_start)
        each = counted is not None and re.search("均|都|皆|全部|悉数", counted.group()) is not None
        if counted is not None and not each and not self._named_before(text, counted.start()):
            # 其中四个模块实现两位数增长: how many they are is judged as the count that it is
            return Judgement("verified", source="engine", passing=(9.0, 100.0))
        crossed = self._crossed(reading, norm, nodes) or self._fallen_out(reading, norm, nodes)
        if crossed is not None:
            return crossed
        grown = _GROWN.match(norm, reading.token.phrase_end)
        if grown is None and not (
            _TO_DIGITS.search(norm, max(0, reading.token.phrase_start - 12), reading.token.phrase_start)
            and _RATE_SAID.search(
                norm, after_mark(norm, reading.token.phrase_start, "。；\n"), reading.token.phrase_start
            )
        ):
            return None
        every = right_before(_EVERY_PART, norm, reading.token.phrase_start)
        if every is not None and read_count(every["count"] or "") in (-1, len(self.modules)):
            nodes = list(self.modules)
        others = right_before(_OTHERS, norm, reading.token.phrase_start)
        if others is not None:
            nodes = self._left(reading, text, read_count(others["count"]))
            if not nodes:
                return Judgement("unclear", "unclear-number", why="从文字上看不出说的是其余哪几项")
        if not nodes:
            return None
        run = re.search(
            r"连续\s*(?P<count>[一二三四五六七八九十两]+|\d+)\s*(?P<unit>期|个季度|季|年|个月|个半年)[^，。；0-9]{0,6}$",
            plain(text)[: reading.token.phrase_start],
        )
        if run is not None:
            return Judgement(
                "verified",
                source="engine",
                fact=fact_id(nodes[0], "yoy", self.period_of(reading)),
                passing=(9.0, 100.0),
            )
        period = self.period_of(reading)
        turned = _TURNED.search(reading.lead)
        if turned is not None and period != self.check.period:
            # 由2023年下半年的负增长转为两位数增长: from there to now.
            way = -1 if turned["neg"] else 1
            against = [c for c in nodes if not self.f.cell(c, "yoy", period) * way > 0]
            if against:
                was = "、".join(
                    f"{self.f.nodes[c].name}{printed_number(self.f.cell(c, 'yoy', period), 2)}%" for c in against
                )
                why = f"{period_name(period)}：{was}"
                return Judgement("wrong", "wrong-pattern", None, "", why, "engine", fact_id(against[0], "yoy", period))
            period = self.check.period
        low = 10.0 ** (int(reading.token.values[0]) - 1) if reading.token.values else 10.0
        measure = _rate_meant(reading, norm)
        nodes = [c for c in nodes if not math.isnan(self.f.cell(c, measure, period))]
        if not nodes:
            return Judgement("unsupported", "unsupported-number", why="这一期没有可比的数据")
        fact = fact_id(nodes[0], measure, period)
        falling = grown["down"] is not None if grown is not None else _of_a_fall(reading, norm)

        def so(code: str, at: Period) -> bool:
            rates = [self.f.cell(code, k, at) for k in (measure, f"value_{measure}")[: 2 - (code in self.modules)]]
            return any(low <= (-v if falling else v) < low * 10 for v in rates)

        failing = [c for c in nodes if not so(c, period)]
        already = [] if failing else self._so_before(reading, norm, lambda at: all(so(c, at) for c in nodes))
        if already:
            why = f"{period_name(already[-1])}已是这样"
            return Judgement("wrong", "wrong-pattern", None, "", why, "engine", fact)
        if not failing:
            return Judgement("verified", source="engine", fact=fact, passing=(9.0, 100.0))
        why = "、".join(f"{self.f.nodes[c].name}{printed_number(self.f.cell(c, measure, period), 2)}%" for c in failing)
        return Judgement("wrong", "wrong-pattern", None, "", why, "engine", fact)
