"""Courses: 创新高, 止跌回升, 逐季走高, 涨幅收窄."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from narrator.check import anchored, lasting
from narrator.check.claimed import Claimed
from narrator.check.clauses import after_mark
from narrator.check.grounds import read_count
from narrator.check.memory import Cursor
from narrator.check.parts import INDICATORS, MODULES
from narrator.check.reading import Judgement
from narrator.check.runs import runs
from narrator.check.shown import printed_number
from narrator.check.subjects import Name, Subject
from narrator.engine.patterns import STILL
from narrator.model import PER_YEAR, Period
from narrator.numerals import period_name
from narrator.numerals.period_reading import PeriodPhrase, find_periods
from narrator.numerals.regex import regex

_RECORD = regex(
    r"(?:再?创(?:下|出|造)?|刷新|屡创|续创|连创|再攀|攀上|升至|达到?|为|是|处于|回到|降至|再现|创历史)(?:了)?(?:(?:有(?:[同环]比)?(?:数据|统计|记录)|监测|编制|发布)?以来|历史|历年|近年来?|(?:自)?20\d\d年(?:[上下]半年|第?[一二三四]季度|\d{1,2}月份?)?(?:有(?:[同环]比)?(?:数据|统计|记录)|监测|编制|发布)?以来|同期|阶段性?|"
    r"(?P<window>(?:近|最近|过去)\s*(?P<count>[一二两三四五六七八九十]+|\d+)\s*(?P<unit>期|个季度|季度|个月|个半年|年)(?:以?来)?|(?P<years>[两二三四五六七八九十]+|\d+)\s*年(?:多)?(?:以?来|间|[中里内])|年内|今年以来|本年以来|年初以来))*(?:的)?(?:单[月季期年]|月度|季度|半年度)?(?:(?:同比|环比)?(?:增[幅速长]|[涨升]幅|上升|增长率|[降跌减]幅|下降)(?=最))?"
    r"(?P<what>最[快慢大小高低](?=的?(?:同比|环比)?(?:增[幅速](?!度)|增长率|[涨升降跌减]幅)|的一?[年期季月]|[，。；、（(]|$)|新高(?!地|端|层|质|效|校|技|峰|位|考|标准|水平|度|新|产)|新低|最高(?:点|值|水平)?(?!峰)|最低(?:点|值|水平)?|次[高低](?:点|值|位|水平)?|高点|低点|峰值|谷底)"
)
_RATE_RECORD = regex("(?:增[幅速长]|[涨升]幅|增长率|(?P<fall>[降跌减]幅))(?:也|均|都|又|再|双双|同时|仍|则)*$")
_RATE_NOUN = regex("(?:增[幅速](?!度)|增长率|增长速度|[涨升]幅|(?P<fall>[降跌减]幅))")
_RATE_BEHIND = regex("的?(?:同比|环比)?(?:增[幅速](?!度)|增长率|增长速度|[涨升]幅|(?P<fall>[降跌减]幅))")
_OF_SEVERAL = regex(
    rf"(?:其余|其他|其它|各|所有|[二三四五六七八九十\d]+)[^，。；、]{{0,3}}(?:{MODULES}|{INDICATORS})[^，。；]{{0,8}}(?:均|都|全部|皆)"
)
_RATE_INSIDE = regex("(?:增[幅速长]|[涨升]幅|上升|增长率|(?P<fall>[降跌减]幅|下降))最")
_RATE_RUN = regex("(?:增[幅速](?!度)|增长率|增长速度|[涨升]幅|(?P<fall>[降跌减]幅))[^，。；0-9]{0,4}$")
_LEVEL = regex(r"\d\s*(?![\d.%年月期季]|个?百分点)")  # an amount, beside a rate
_ADVERBS = regex(r"\s*(?:也|均|都|又|再|更|同时|仍|则|已|并|且|这)*\s*")
_TURN = regex(
    r"(?P<up>止跌回[升暖稳]|止跌(?:企稳|反弹|转升|为升)?|企稳回升|触底(?:反弹|回升)|重回暖|由降转升|由跌转[涨升]|扭降为升|由负转正|(?:先降后升|先抑后扬|先跌后涨)(?![再又后])|(?<!倒)(?<!倒[“\x22])[VU][”\x22]?[型形字]|重拾升势|重回升势|探底回升|转降为升|转跌为升"
    r"|扭转(?:了)?(?:上期|此前|前期)?(?:的)?(?:下行|回落|下滑|下降)(?:走势|态势|趋势|局面)?)"
    r"|(?P<down>倒[“\x22]?[VU][”\x22]?[型形字]|由升转降|由涨转跌|(?:先升后降|先涨后跌)(?![再又后])|冲高回落|由正转负|扭升为降|见顶回落|先扬后抑(?![再又后])|升势中断|同比转降|转升为降|未能延续上期升势|在上期走高后回落|高位回落)"
)
_NOT_YET = regex(
    "(?:未能?|没有?|不曾|未曾|尚待|有待|难以|无法)(?:有效|真正|最终|成功|能|得以|得到|实现|出现|形成|扭转|彻底)*$"
)
# One bend in the whole of a course, however many steps it took each way.
_SHAPE = regex(r"先[降升抑跌涨扬]后[升降扬涨跌抑]|倒?[“\x22]?[VU][”\x22]?[型形字]")
_RUN = regex(
    r"(?:逐[期年季月]|连续|接连|节节|一路|步步|持续|不断|稳步)(?P<up>走高|上升|增长|上涨|提高|攀升|回升|提升)|(?:逐[期年季月]|连续|接连|节节|一路|步步|持续|不断|稳步)(?P<down>走低|下降|回落|下滑|下跌|减少|降低|下行)"
    # 延续回落态势: as in the period before
    r"|延续(?:了)?[^，。；0-9升降]{0,6}?(?:(?P<on>走高|上升|增长|上涨|提高|攀升|回升|提升|上行|向好)|(?P<off>走低|下降|回落|下滑|下跌|减少|降低|下行))的?(?:良好)?(?:态势|势头|走势|趋势|格局)"
)
# 扭转了此前连续下降的局面: it went on until then
_ENDED = regex("扭转|结束|终结|止住|一改|改变|摆脱|打破|告别|此前|之前|先前|前期")
_THEN = r"(?:(?:[比较与](?:(?:19|20)\d\d年(?:[1-4]季度)?)?[^，。；0-9]{0,10}?(?:相比)?|[^，。；0-9比较]{0,4}?))"
_PACE = regex(
    rf"(?P<faster_up>加速上[扬升涨行]|再提速|涨势加快|升势加快|增势加快|[涨升]幅{_THEN}(?:扩大|走阔|拓宽)|增[幅速]{_THEN}(?:扩大|加快|提高|提升)|加速增长|加速攀升)"
    rf"|(?P<slower_up>高位趋缓|增势放缓|[涨升]幅{_THEN}(?:收窄|缩小|回落)|增[幅速]{_THEN}(?:收窄|放缓|回落|趋缓|减缓|下降)|涨势趋缓|升势趋缓|增势趋缓)"
    rf"|(?P<faster_down>加速(?:回落|下滑|下降|下行|下跌)|[降跌]幅{_THEN}(?:扩大|加深|走阔)|跌势加快)|(?P<slower_down>[降跌]幅{_THEN}(?:收窄|缩小|收敛)|跌势趋缓|降势趋缓)"
)
# 较上年同期0.43%的降幅收窄, 较上季度增速放缓: what stands in front of the noun
_SET_BESIDE = regex(r"[比较与](?P<then>[^，。；比较]{2,12}?)(?:\d+(?:\.\d+)?%)?的?$")
_AGAINST_LAST = regex("环比|[比较与](?:上一?(?:期|个?月|个?季度?|半年))")
_RESUMED = regex("重[拾回]")  # 重拾升势, after a standstill, too
_RATED = regex("增速|增长率|增长速度|增幅")
SCOPE = regex("全[市省国县球]|[省市县]内|国内|世界|历史|同类|之一|力争|争取|确保")
_RATE_WORDS = regex("增速|增幅|增长率|[涨升降跌]幅|同比|环比")
_TOLD = regex("[^，。；]{0,6}[，,]?[^，。；]{0,6}(?:分别|依次|先后)")


def _bent(path: list[float], sign: int) -> bool:
    """Whether a course goes one way first and then the other, in any number of steps, `sign` being that of its end."""
    moves = [move for a, b in pairwise(path) if abs(move := (b - a) * sign) > STILL]
    turn = next((i for i, move in enumerate(moves) if move > 0), 0)
    return turn > 0 and all(move > 0 for move in moves[turn:])


def _turned(path: list[float], sign: int) -> bool:
    """Whether the last stretch of a course, of whatever length, goes one way after another that went the other way."""
    return any(_bent(path[-n:], sign) for n in range(3, len(path) + 1))


def _steady(path: list[float], sign: int) -> bool:
    """Whether a course goes one way all along."""
    return all((b - a) * sign > 0 for a, b in pairwise(path))


class Courses(Claimed):
    """Finds and judges what is said of a path as a whole."""

    def records(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _RECORD.finditer(clause):
            if _OF_SEVERAL.search(clause, 0, m.start()):
                continue  # 其他模块指数均再创新高: of none that is spoken of alone
            nodes = self.nodes(at, clause, m.start())
            if not nodes or (SCOPE.search(clause) and "历史" not in clause):
                continue
            if m["what"].startswith(("最", "次", "高点", "低点", "峰值", "谷底")) and not (
                m["window"] or re.search("以来|历史|历年|近年|刷新|同期", m.group())
            ):
                continue
            high = m["what"][0] not in "谷低" and re.search("[低慢小]", m["what"]) is None
            stretches = self._stretches(m, at)
            rates, falling = self._record_rates(at, clause, m, nodes[-1])
            if not rates and m["what"][1] in "快慢大小":
                continue
            both = len(rates) > 1 and re.search("两[项者个]|双双|均|都", clause[: m.start()]) is not None
            verdicts = []
            for subject in nodes[-1:] if len(nodes) > 1 and "均" not in clause else nodes:
                for side in rates or self.sides(subject, at):
                    now = self._size(subject.code, side, at.period, falling)
                    for stretch in stretches:
                        earlier = [
                            v for p in stretch if not math.isnan(v := self._size(subject.code, side, p, falling))
                        ]
                        if math.isnan(now) or not earlier:
                            continue
                        holds = now > max(earlier) + STILL / 10 if high else now < min(earlier) - STILL / 10
                        if m["what"][0] == "次":
                            holds = any(
                                sum((v > now) if high else (v < now) for v in among) == 1
                                for among in (earlier, self._since(subject.code, side, stretch, at.period, falling))
                            )
                        verdicts.append((holds, subject, side))
            if not verdicts:
                continue
            measure = "record_high" if high else "record_low"
            subject = verdicts[0][1]
            if all(v[0] for v in verdicts) if both else any(v[0] for v in verdicts):
                yield at.start + m.start(), at.start + m.end(), self.right(subject.code, measure, at.period)
            else:
                yield (
                    at.start + m.start(),
                    at.start + m.end(),
                    self.wrong(
                        "wrong-pattern",
                        subject.code,
                        measure,
                        at.period,
                        self.course(subject.code, verdicts[0][2], at.period),
                    ),
                )

    def _stretches(self, m: re.Match[str], at: Cursor) -> list[list[Period]]:
        """The earlier periods among which a record is claimed, by each way of counting 近三年, 年内, 同期."""
        words, now = m.group(), at.period
        before = [p for p in self.f.periods if p < now]
        since = next((p for p in find_periods(words, now) if p.months is not None), None)
        if since is not None and since.months is not None and "以来" in words:
            year, month, _ = since.months
            return [[p for p in before if (p.year, p.months[1]) >= (year, month)]]
        if "同期" in words:
            return [[p for p in before if p.number == now.number and p.frequency == now.frequency]]
        if re.search("年内|今年以来|本年以来|年初以来", words):
            return [[p for p in before if p.year == now.year]]
        if m["count"] or m["years"]:
            number, unit = read_count(m["count"] or m["years"]), m["unit"] or "年"
            step = self.check.counting.streaks.step(unit)
            if unit == "年":
                firsts = [now.shift(1 - number * step), now.shift(-number * step)]
                return [[p for p in before if p >= f] for f in firsts] + [
                    [p for p in before if p.year > now.year - number]
                ]
            return [[p for p in before if p >= now.shift(1 - number * step)]] if step else []
        if "阶段" in words:
            return [before[-1:]]
        if "近年" in words:
            return [[p for p in before if p.year >= now.year - n] for n in (2, 3)] + [before]
        return [before]

    def _since(self, code: str, side: str, stretch: list[Period], now: Period, falling: bool) -> list[float]:
        """All figures from the first of some periods to the report's, but that of the period spoken of."""
        among = [p for p in self.f.periods if stretch[0] <= p <= self.check.period and p != now]
        return [v for p in among if not math.isnan(v := self._size(code, side, p, falling))]

    def _size(self, code: str, measure: str, period: Period, falling: bool) -> float:
        """A figure as it is compared: that of a 降幅 is the larger the more it fell."""
        value = self.f.cell(code, measure, period)
        return -value if falling else value

    def _record_rates(self, at: Cursor, clause: str, m: re.Match[str], subject: Subject) -> tuple[list[str], bool]:
        """The rates of which a record is said (升幅为2021年以来最高), none where it is one of the level; whether of a fall.

        Where the words may mean the level as well (125.93点，同比增长2.02%，为…最低), that comes behind them.
        """
        compared = re.search("有(?P<of>[同环])比(?:数据|统计|记录)", m.group())
        if compared is not None:
            basis = "yoy" if compared["of"] == "同" else "pop"
            return [basis, f"value_{basis}"], False  # 为有同比数据以来最高
        behind = _RATE_BEHIND.match(at.norm, at.start + m.end())  # 升至2022年以来最高增速
        inside = _RATE_INSIDE.search(m.group())  # 为2021年以来增长最快的一年
        within = None if behind or inside else _RATE_RECORD.search(clause, 0, m.start())
        said = behind or inside or within
        if said is None:
            return self._rates_before(at, clause[: m.start()], m["what"], subject)
        if within is not None and any(
            isinstance(e, Name) and e.start <= at.start + within.start() < e.end for e in at.events
        ):
            return [], False
        sentence = at.norm[after_mark(at.norm, at.start, "。；\n") : at.start + m.start()]
        heard = clause[: m.start()] if re.search("同比|环比", clause[: m.start()]) else sentence
        bases = [k for k, word in (("yoy", "同比"), ("pop", "环比")) if word in heard] or ["yoy"]
        rates = [b for k in bases for b in (k, f"value_{k}")]
        if "幅" in said.group() and at.last is not None and at.last.token.unit == "百分点" and at.last.role == "change":
            rates += [f"{k}_diff" for k in bases]  # 提高5.27个百分点，为历年最大增幅: of the amount itself
        own = at.last is not None and any(
            s.code and _RATED.search(self.f.nodes[s.code].name) is not None for s in at.last.subjects
        )
        return (["value", *rates] if own and within is None else rates), said["fall"] is not None

    def _rates_before(self, at: Cursor, lead: str, what: str, subject: Subject) -> tuple[list[str], bool]:
        """The same of a clause that says nothing but the record: 增速比上期回落0.15个百分点，为2021年以来最低."""
        last = at.last
        if (
            last is None
            or last.role not in ("pace", "change")
            or last.token.unit not in ("%", "百分点")
            or _RATED.search(self.f.nodes[subject.code].name) is not None  # a rate by name: its level is one
            or not _ADVERBS.fullmatch(self._undated(at, lead))
            or at.norm[last.token.phrase_end : at.start] not in ("，", ",")
        ):
            return [], False
        sentence = at.norm[after_mark(at.norm, at.start, "。；\n") : last.token.phrase_start]
        own = sentence[after_mark(sentence, len(sentence), "，：") :]
        noun = next(reversed([*_RATE_NOUN.finditer(sentence if last.role == "pace" else own)]), None)
        if last.role == "pace" and noun is None:
            return [], False
        said = re.findall("同比|环比", sentence[: noun.end()] if noun is not None else sentence)
        basis = "pop" if (said[-1] == "环比" if said else last.basis == "pop") else "yoy"
        rates = [basis, f"value_{basis}"]
        sized = what[1] in "快慢大小"  # of nothing but a rate
        fall = noun["fall"] is not None if noun is not None else sized and last.sign < 0
        alone = noun is not None and not _LEVEL.search(sentence)
        return (rates if alone or sized or fall else [*rates, *self.sides(subject, at)]), fall

    @staticmethod
    def _undated(at: Cursor, lead: str) -> str:
        """The words in front of a record without the date that opens them: 四季度为2020年一季度以来最低."""
        dates = (
            e
            for e in at.events
            if isinstance(e, PeriodPhrase) and e.start == at.start and e.end <= at.start + len(lead)
        )
        return lead[max((e.end - e.start for e in dates), default=0) :]

    def turns(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _TURN.finditer(clause):
            nodes = self.nodes(at, clause, m.start())
            if not nodes or not (at.explicit or self.plain(at, clause, m.start())):
                continue
            subject = nodes[0]
            sign = 1 if m["up"] else -1
            results: list[bool] = []
            for side in self.sides(subject, at):
                path = self.path(subject.code, side, at.period)
                rated = subject.aspect != "index" and _RATED.search(self.f.nodes[subject.code].name) is not None
                if (whole := self._over(at, m)) is not None:
                    results.append(_bent(self._told(subject.code, side, clause[: m.start()], whole), sign))
                    continue
                if _SHAPE.fullmatch(m.group()):
                    start, place = after_mark(at.norm, at.start, "。；！？\n"), at.start + m.start()
                    named = lasting.stretches(at.norm, start, place, self.check.period)
                    results += self._shaped(at, subject.code, side, clause[: m.start()], named, sign)
                    if named:
                        continue
                if rated and "正" in m.group() and not re.search("同比|环比", clause):
                    # 增速由正转负: the rate's own sign.
                    if side == "value":
                        results += self._crossed(subject.code, side, m.group(), sign, at)
                    continue
                if at.after is not None and at.after < at.period:
                    then = self.path(subject.code, side, at.after.shift(1))[-3:]  # 2017年回落后重拾升势
                    results.append(len(then) == 3 and (then[2] - then[1]) * sign > 0 > (then[1] - then[0]) * sign)
                if len(path) >= 3 and "同比" not in clause[: m.end()]:
                    now, before = path[-1] - path[-2], path[-2] - path[-3]
                    resumed = _RESUMED.search(m.group()) is not None and before * sign < STILL
                    results.append(now * sign > 0 and (resumed or before * sign < 0))
                measure = "yoy" if side == "index" else "value_yoy"
                pair = (
                    self.f.cell(subject.code, measure, at.period),
                    self.f.cell(subject.code, measure, at.period.previous),
                )
                if not any(math.isnan(v) for v in pair) and "环比" not in clause[: m.end()]:
                    results.append(pair[0] * sign > 0 and pair[1] * sign < 0)
                results += self._crossed(subject.code, side, m.group(), sign, at)
            if not results:
                continue
            kind = "turn_up" if sign > 0 else "turn_down"
            span = at.start + m.start(), at.start + m.end()
            if _NOT_YET.search(clause, 0, m.start()):  # 仍未止跌: it goes on the other way
                moves = (
                    self.change(subject.code, side, at.period, basis)
                    for side in self.sides(subject, at)
                    for basis in ("yoy", "pop")
                )
                results = [move * sign < 0 for move in moves if not math.isnan(move)]
            if any(results):
                yield *span, self.right(subject.code, kind, at.period)
            else:
                yield *span, self.off_course(subject, kind, at)

    def _shaped(
        self, at: Cursor, code: str, side: str, words: str, named: Sequence[tuple[Period, ...]], sign: int
    ) -> list[bool]:  # fmt: skip
        """Whether a course first goes one way and then the other: all through a stretch that is named, else up to now."""
        over = named or [tuple(p for p in self.f.periods if p <= at.period)]
        paths = [[v for v in self._told(code, side, words, periods) if not math.isnan(v)] for periods in over]
        return [(_bent if named else _turned)(path, sign) for path in paths if len(path) > 2]

    def _over(self, at: Cursor, m: re.Match[str]) -> tuple[Period, ...] | None:
        """The periods over which a course is told, one by one, where the sentence names them: 7—9月先升后降, 逐月走高.

        Those of a run in the clause, or alone before it; by years only where the words go by years.
        """
        if at.after is not None and at.after.frequency == at.frame.frequency:
            return None
        if re.match("持续|不断|稳步|一路|节节|步步|连续|接连", m.group()) and not _TOLD.match(
            at.norm, at.start + m.end()
        ):
            return None
        start = after_mark(at.norm, at.start, "。；！？\n")
        frequency = at.frame.frequency
        for run in reversed(runs(at.norm, self.check.period, start, at.start + m.start())):
            if len(run.periods) > 2 and not run.years and all(p.frequency == frequency for p in run.periods):
                return run.periods
        if at.period.frequency == frequency or frequency == "A":
            return None
        first, last = at.period.months
        per = 12 // PER_YEAR[at.frame.report.frequency]
        parts = tuple(
            Period(at.period.year, at.frame.report.frequency, k // per) for k in range(first - 1 + per, last + 1, per)
        )
        return parts if len(parts) > 2 and parts[-1] <= self.check.period else None

    def _told(self, code: str, side: str, words: str, over: tuple[Period, ...]) -> list[float]:
        """The figures of a course: those of the rate where the words are of one."""
        measure = side
        if _RATE_WORDS.search(words):
            measure = (
                ("pop" if "环比" in words else "yoy")
                if side == "index"
                else f"value_{'pop' if '环比' in words else 'yoy'}"
            )
        falling = re.search("降幅|跌幅", words) is not None
        return [-v if falling else v for p in over for v in [self.f.cell(code, measure, p)]]

    def _crossed(self, code: str, side: str, words: str, sign: int, at: Cursor) -> Iterator[bool]:
        """Turns against the year before, where the sentence names it; of a rate's own sign, 增速由正转负."""
        rest = at.norm[at.start :].split("。")[0]
        sentence = at.norm[after_mark(at.norm, at.start, "。\n") : at.start] + rest
        yearly = "yoy" if side == "index" else "value_yoy"
        measures = [yearly] if re.search("(?:上年|去年)同期", sentence) else []
        if measures and _AGAINST_LAST.search(sentence):
            # 比上年同期回落3.25点，但比上季度回升1.54点，由降转升: the one against the other.
            last = self.f.cell(code, yearly.replace("yoy", "pop"), at.period)
            yield last * sign > 0 and self.f.cell(code, yearly, at.period) * sign < 0
        for measure in measures:
            yield self._opposed(code, measure, at.period, at.period.year_before, sign)
        if "正" in words and side == "value":
            for then in (at.period.previous, at.period.year_before):
                yield self._opposed(code, "value", at.period, then, sign)

    def _opposed(self, code: str, measure: str, now: Period, then: Period, sign: int) -> bool:
        """Whether a figure has the sign now and had the other one then."""
        return self.f.cell(code, measure, now) * sign > 0 and self.f.cell(code, measure, then) * sign < 0

    def runs(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _RUN.finditer(clause):
            nodes = self.nodes(at, clause, m.start())
            if not nodes or not (at.explicit or self.plain(at, clause, m.start())):
                continue
            subject = nodes[0]
            sign = 1 if m["up"] or m["on"] else -1
            if at.after is not None and at.after < at.period and at.after.frequency == at.period.frequency:
                yield from self._from_then_on(at, clause, m, subject, sign)
                continue
            if (over := self._over(at, m)) is not None:
                told = [self._told(subject.code, side, clause[: m.start()], over) for side in self.sides(subject, at)]
                moved = [_steady(path, sign) for path in told]
                kind = "streak_up" if sign > 0 else "streak_down"
                span = at.start + m.start(), at.start + m.end()
                yield (
                    *span,
                    (self.right(subject.code, kind, at.period) if any(moved) else self.off_course(subject, kind, at)),
                )
                continue
            if re.match("持续|不断|稳步", m.group()):
                continue
            period = at.period.previous if _ENDED.search(clause[: m.start()]) else at.period
            rate = _RATE_RUN.search(clause[: m.start()])
            if rate is not None:
                # 增速连续回落: a run of the rate
                sign = -sign if rate["fall"] else sign
                went = self._rate_steps(at, clause, subject.code, period, sign)
                kind, span = "streak_up" if sign > 0 else "streak_down", (at.start + m.start(), at.start + m.end())
                if went:
                    held = went[0] >= 2
                    yield (
                        *span,
                        self.right(subject.code, kind, period)
                        if held
                        else self._off_rate(subject.code, went[1], period),
                    )
                continue
            lengths = [
                self.check.counting.streaks.length(subject.code, side, period, sign) for side in self.sides(subject, at)
            ]
            if all(len(self.path(subject.code, side, period)) < 3 for side in self.sides(subject, at)):
                continue
            if (
                at.last is not None
                and at.last.role == "change"
                and at.last.basis in ("yoy", "pop")
                and at.last.subjects
            ):
                # 同比增长3.78%，扭转了连续下降的局面: of that rate's sign, or of the level
                same = at.last.subjects[-1].key == subject.key
                lengths.append(self._signs(subject.code, at.last.basis, period, sign) if same else 0)
            kind = "streak_up" if sign > 0 else "streak_down"
            span = at.start + m.start(), at.start + m.end()
            if max(lengths) >= 2:
                yield *span, self.right(subject.code, kind, period, max(lengths))
            else:
                yield *span, self.off_course(subject, kind, at)

    def _from_then_on(
        self, at: Cursor, clause: str, m: re.Match[str], subject: Subject, sign: int
    ) -> Iterator[tuple[int, int, Judgement]]:
        """此后三期连续回升: all through them; 此后连续回升 by itself is not said of every period up to now."""
        assert at.after is not None
        over = anchored.course(at.norm, at.start, at.start + m.start(), at.after, at.period)
        paths = [self._told(subject.code, side, clause[: m.start()], over) for side in self.sides(subject, at)]
        kind, span = "streak_up" if sign > 0 else "streak_down", (at.start + m.start(), at.start + m.end())
        if not over:
            yield *span, self.off_course(subject, kind, at)
        elif any(len(path) > 2 and _steady(path, sign) for path in paths):
            yield *span, self.right(subject.code, kind, at.period)
        elif anchored.is_counted(at.norm, at.start, at.start + m.start()) or not any(
            _steady(path[:3], sign) for path in paths
        ):
            yield *span, self.off_course(subject, kind, at)

    def _rate_steps(self, at: Cursor, clause: str, code: str, period: Period, sign: int) -> tuple[int, str] | None:
        """How many times in a row the rate went one way up to a period, and which rate; None where it is not known."""
        told = clause if re.search("同比|环比", clause) else at.norm[after_mark(at.norm, at.start, "。；\n") : at.start]
        basis = "pop" if "环比" in told and "同比" not in told else "yoy"
        rates = [v for p in self.f.periods if p <= period and not math.isnan(v := self.f.cell(code, basis, p))]
        if len(rates) < 3:
            return None
        steps = 0
        for before, now in reversed(list(pairwise(rates))):
            if (now - before) * sign <= 0:
                break
            steps += 1
        return steps, basis

    def _off_rate(self, code: str, basis: str, period: Period) -> Judgement:
        """A run that the rates do not bear out, with the rates as the reason."""
        rates = "、".join(
            f"{period_name(p)}{printed_number(v, 2)}%"
            for p in [q for q in self.f.periods if q <= period][-4:]
            if not math.isnan(v := self.f.cell(code, basis, p))
        )
        why = f"{self.f.nodes[code].name}{'环比' if basis == 'pop' else '同比'}：{rates}"
        return self.wrong("wrong-pattern", code, "accelerating", period, why)

    def _signs(self, code: str, basis: str, period: Period, sign: int) -> int:
        """2 where the rate has a sign in a period and the one before, else 0."""
        rates = [self.f.cell(code, basis, p) for p in (period, period.previous)]
        return 2 if all(rate * sign > 0 for rate in rates) else 0

    def paces(self, at: Cursor, clause: str) -> Iterator[tuple[int, int, Judgement]]:
        for m in _PACE.finditer(clause):
            if re.match(r"[^，。；]{0,6}\d", at.norm[at.start + m.end() : at.end]):
                continue
            nodes = self.nodes(at, clause, m.start())
            if not nodes or not (at.explicit or self.plain(at, clause, m.start())):
                continue
            subject = nodes[0]
            kind = m.lastgroup or ""
            sign = 1 if kind.endswith("up") else -1
            results = []
            bases, then = self._rates(at, clause, m)
            for against in bases:
                now, before = (self.change(subject.code, "index", p, against) for p in (at.period, then))
                if math.isnan(now) or math.isnan(before):
                    continue
                faster = abs(now) > abs(before)
                results.append(
                    now * sign > 0 and (before * sign <= 0 or faster)
                    if kind.startswith("faster")
                    else now * sign > 0 and before * sign > 0 and not faster
                )
                if "增速" in m.group():
                    results.append(now > before if kind == "faster_up" else now < before)
            if not results:
                continue
            span = at.start + m.start(), at.start + m.end()
            measure = {
                "faster_up": "accelerating",
                "slower_up": "slowing",
                "faster_down": "worsening",
                "slower_down": "easing",
            }[kind]
            if any(results):
                yield *span, self.right(subject.code, measure, at.period)
            else:
                rates = "、".join(
                    f"{period_name(p)}{printed_number(v, 2)}%"
                    for p in (then, at.period)
                    if not math.isnan(v := self.f.cell(subject.code, bases[0], p))
                )
                yield (
                    *span,
                    self.wrong(
                        "wrong-pattern",
                        subject.code,
                        measure,
                        at.period,
                        f"{self.f.nodes[subject.code].name}{'环比' if bases[0] == 'pop' else '同比'}：{rates}",
                    ),
                )

    def _rates(self, at: Cursor, clause: str, m: re.Match[str]) -> tuple[tuple[str, ...], Period]:
        """Which rate 涨幅收窄 speaks of, and the period whose rate it is held against."""
        bases: tuple[str, ...] = ("yoy", "pop")
        before = clause[: m.end()]
        if "同比" in before or "环比" in before:
            bases = (
                ("yoy", "pop") if "同比" in before and "环比" in before else ("pop",) if "环比" in before else ("yoy",)
            )
        elif at.last is not None and at.last.role == "change" and at.last.basis in ("yoy", "pop"):
            bases = (at.last.basis,)
        elif re.search("[比较与]", m.group()):
            bases = ("yoy",)
        then = at.period.previous
        compared = re.search("[比较与](?P<then>[^，。；]{2,10})", m.group()) or _SET_BESIDE.search(clause, 0, m.start())
        if compared is not None:
            if re.search("(?:上年|去年)同期", compared["then"]):
                then = at.period.year_before
            else:
                named = [p.period for p in find_periods(compared["then"], at.period) if p.period is not None]
                if named and named[0] is not None and named[0].frequency == at.period.frequency:
                    then = named[0]
        return bases, then
