"""Which period a number is of, and which it is measured against: dates that govern, that are compared with, from and to."""

from __future__ import annotations

import re
from itertools import pairwise

from narrator.check import anchored, lasting, peaks, ratios
from narrator.check.clauses import after_mark, right_before
from narrator.check.cues import COMPARING, Cue
from narrator.check.goals import is_plan
from narrator.check.grounds import read_count
from narrator.check.memory import Event, Walk, end_of
from narrator.check.reading import Reading, Role
from narrator.model import PER_YEAR, Period
from narrator.numerals.period_reading import PeriodPhrase, find_periods
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.records import replace

_SKIPPED = regex(rf"{lasting.SINCE.pattern}|\s*(?:前后|之前|以前)")
# 自2018年的低位算起，X累计上升…: from just then, whoever is named meanwhile
_COUNTED_FROM = regex(r"\s*(?:的?[^，。；0-9]{1,8})?(?:算起|起算|计起)")
_BASE_STATED = regex(r"\s*(?:[=＝]\s*100(?![\d.])|[作定]?为(?:固定|统一|计算)?(?:的)?(?:基期|基年|基点))")
# 以2016年为100点: it is the base, and dates nothing behind it
_SETS = regex("(?:以|[设令将把取])$")
_SET_TO_BASE = regex(r"\s*的?(?:指数|水平|数值)?(?:[定设记计视]?[为作]|是)\s*100(?:\.0+)?(?:点|(?![\d.]))")
_SET_AGAINST = regex(r"\s*的?(?:水平)?(?:(?:相比|比较|对比|相较|比)|[，,]|[由从])")
# 从上半年的高点回落7.96点: where it set out from, with no figure of its own
_SET_OUT = regex(
    r"的?最?(?:[高低][点位峰谷]|高峰|峰值|谷[底值]|高水平|低水平)[^，。；0-9至到]{0,6}[升降增减涨跌落滑低高退]了?(?:约|近)?(?=\d)"
)
_PEAKED = regex("最[高低大小快慢多少强弱]\\S{0,4}(?:[是为在]|见于)$")  # 最高为5月的6.63%
_VARIOUS = regex(r"\s*(?:个?百分点|[%点])?\s*不等")  # 从2.94%到8.55%不等 starts nowhere: it is a range
_TURNED = regex("[^，。；0-9]*?(?:转为|变为|转成|转向)[^，。；0-9]{0,6}")
# 同期，全国…; 同期刑事警情数9.47件: at the same time; 同期为8.22% is of the year before.
_MEANWHILE = regex(r"[，。；、\n]?(?:同(?:一时)?期[^为是达仅的相比]|同一时期的(?![水数值]))", re.DOTALL)
_FROM_THEN = regex("(?:则|也|却|更|仍)?(?:[由从]|自(?!然|主|身|动|贸))")  # X同期由a降到b: over the time just told
_CLAUSE_END = regex("[，。；,;]")
_LEVEL_OF = regex("(?:的(?:同期)?(?:水平|高点|低点|峰值|数值))?")  # 超过2019年下半年的水平（132.24点）
_OPENED = regex(r"\s*[（(]\s*$")
_EXCEPTED = regex(r"[^，。；：]{0,30}?(?:[以之])?外(?=[，,])")
_BASE_EFFECT = regex(
    r"的?(?:对比|比较|同比|[较偏更]?[高低]的?)*基数"
)  # 由于上年同期基数抬高，涨幅回落: it dates nothing behind
_WITHIN = regex(r"[^，。；：]{0,30}?(?:后(?!期|劲|续|来居上)|之后|基础上|背景下)")
_BRACKET = regex(r"\s*[（(]([^（）()]{2,14})[）)]")
_IS_COMPARED = regex(
    r"\s*(?:[（(][^（）()]*[）)])?\s*的?(?:水平)?(?:相[比较当同近]|比(?![重例率])|对比|持平|一致|接近)"
)
_STRAIGHT = regex(r"[\s于]*(?:(?:疫情|冲击|改革|转型)之?前的?)?[\s于]*")  # 比疫情前的2019年上半年高
_SITUATION = regex(r"\s*的?(?:不利)?(?:局面|态势|走势|势头|形势|状况|状态|趋势|困局|颓势)")
_BEHIND_COMPARED = regex(r"\s*(?:相比|比较|对比)")
_FOR_ITS_PART = regex("(?:则|却|反而)[^，。；0-9]{0,8}$")
_UP_TO = regex(r"\s*[至到—–~～-]\s*")
_IN_FRONT = regex(r"\s*(?:从|自|在|而|但)?\s*")
_BRACKETED = regex(r"[（(][^（）()]{2,16}[）)]\s*$")
_CHAIN = regex(
    r"\s*[、，,]?\s*(?:再|又|继续|进一步|随后|而后|并|继而)*(?:[升降增减涨跌回]|上升|下降|上涨|提高|攀升|回落|增加|减少|扩大|加深|加剧|收窄|收敛|缩小|加快|放缓)+(?:至|到)"
)
_BEGUN = regex(r"\s*[，,；;]\s*(?:而|但|到|至|在)?")
_MEASURED = regex(r"(?:不及|不如|超过|超出|突破|跌破|达到|[回降升]到|恢复[到至]|[高低大小优好]于)了?\s*$")
# 尚未回到上年同期水平, 不及上年，…, 退回到2018年上半年与下半年之间的水平, 位于基期之上: how high that period stood is only a mark
_STANDING = regex(r"(?:(?:[退]?回|恢复|[升降涨跌])[到至]|达到|超过|超出|突破|跌破|不及|不如|[高低大小优好]于)了?\s*$")
_STOOD = regex(r"\s*的?(?:水平|水准)|[^，。；：]{0,12}?之间的?(?:水平|水准|区间)?|\s*(?=[，。；,;]|$)")
_ABOVE_BASE = regex(r"\s*的?(?:水平|点位|线)?(?:之?[上下](?!半年|一?[季月期])|以[上下]|[上下]方)")
_RATED = regex("的(?:指数)?(?P<basis>[同环]比)(?:增[速幅]|[涨升降跌]幅|增长率)")  # 6.20%的环比涨幅
_LISTED = regex(r"\s*[、和及与]\s*")
_YEAR = regex(r"(?:(?:19|20)\d\d|去|上|前)\s*年度?(?:全年)?")
_APPOSED = regex("(?:[末初底期年前后局官点]|时期|起点)的$")
_DATING = (
    "仅",
    "只有",
    "唯有",
    "唯独",
    "除",
    "除了",
    "回顾",
    "回望",
    "回看",
    "早在",
    "在",
    "到",
    "至",
    "于",
    "而",
    "但",
    "且",
    "从",
    "由",
    "自",
    "其中",
    "据",
    "按",
    "与",
    "和",
    "及",
    "截止",
    "分别是",
    "分别为",
    "依次是",
    "依次为",
    "转为",
    "变为",
    "经",
    "继",
    "指数",
    "增速",
    "增幅",
    "涨幅",
    "升幅",
    "降幅",
    "值",
    "区",
    "市",
    "县",
)


def enter(w: Walk, phrase: PeriodPhrase, near: list[Event]) -> None:
    s = w.state
    before = near[-2] if len(near) > 1 else None
    gap = w.norm[end_of(before) : phrase.start] if before is not None else ""
    after = w.norm[phrase.end : phrase.end + 10]
    if _BASE_STATED.match(after) or (_SET_TO_BASE.match(after) and right_before(_SETS, w.norm, phrase.start)):
        return
    if _SKIPPED.match(after):
        if lasting.SINCE.match(after):
            s.since = lasting.since(w, phrase)
            if s.period is not None and phrase.months is not None and s.period.year < phrase.months[0]:
                s.period = None  # 2017年下降，2018年起连续五年上升: up to now
        return
    following = next((p for p in w.periods if p.start == phrase.end), None)  # 同期 of 2018年同期
    if ratios.of(w, phrase) is not None or (following is not None and ratios.of(w, following) is not None):
        return  # 达到上年同期的1.39倍: the figure of that period only measures this one's
    year = s.year, s.in_year
    period = resolved(w, phrase)
    run = next((r for r in w.runs if r.start <= phrase.start and phrase.end <= r.end), None)
    if run is not None and period is None and run.periods[-1].frequency == w.frame.report.frequency:
        period = run.periods[-1]  # 2020—2022年, 前三季度: what is reached is of the last
    listed = s.compared_end >= 0 and _LISTED.fullmatch(w.norm, s.compared_end, phrase.start) is not None
    first = _joined_to(w, before, phrase) if isinstance(before, Cue) else None
    compared = (
        first is None and isinstance(before, Cue) and before.kind in COMPARING and _STRAIGHT.fullmatch(gap)
    ) or _BEHIND_COMPARED.match(after) is not None
    if isinstance(before, PeriodPhrase) and not gap.strip(" 的"):
        compared = compared or _was_compared(near)
    stood = right_before(_STANDING, w.norm, phrase.start) and _STOOD.match(w.norm, phrase.end)
    compared = compared or stood is not None
    compared = compared or (phrase.role == "base" and _ABOVE_BASE.match(w.norm, phrase.end) is not None)
    if listed and period is not None:
        # 较2023年三季度、2024年二季度
        s.against, s.compared_end = (*s.against, period), phrase.end
        return
    if compared:
        s.compared_end = phrase.end
        if not _LISTED.match(w.norm, phrase.end):
            s.year, s.in_year = year  # 比去年同月多86元，比8月少38元: the year that is compared with dates nothing else
        if phrase.role == "base" or period == w.frame.base:
            s.against, s.basis = (w.frame.base,), "base"
        elif period is not None:
            rated = any(isinstance(e, Cue) and e.kind == "noun" for e in near[:-1]) and s.basis_said
            # 同比增幅较上期回落: what is set against then is a rate, and stays one on the year
            s.against, s.basis = (period,), s.basis_said if rated else _basis_of(w, period)
        if _SET_AGAINST.match(w.norm, phrase.end):
            s.compared, s.compared_at = s.against, phrase.end
        return
    begins = any(isinstance(e, Cue) and e.kind == "from" for e in near[:-1]) and not re.match(
        r"[^，。；]{0,12}?(?:看|来看)", after
    )
    if phrase.role == "base" and not begins:
        if not right_before(_MEASURED, w.norm, phrase.start):
            s.period_before, s.period = s.period, w.frame.base
            s.within = _clauseend_of(w, phrase.end)
        return
    period = w.frame.base if phrase.role == "base" else period
    if period is None:
        return
    if begins and _SET_OUT.match(w.norm, phrase.end):
        s.against, s.basis, s.compared_end = (period,), _basis_of(w, period), phrase.end
        return
    front = phrase.start if first is None else first.start
    excepted = w.norm[max(0, front - 2) : front].endswith(("除", "除了", "除去"))
    m = (_EXCEPTED if excepted else _WITHIN).match(w.norm, phrase.end)
    past = m is not None and m.group().endswith("后") and period < w.frame.report
    if past and not w.norm.startswith("继", phrase.start - 1):
        s.after = period  # 自2019年触底后连续三年回升
    if begins:
        if _COUNTED_FROM.match(w.norm, phrase.end):
            s.since = (period,)
        else:
            s.from_periods = (period,)
        return
    if not _adverbial(w, phrase, before):
        return
    also = anchored.also(w, phrase)
    if first is None and (also is None or s.period_also is None):  # the one of two is not what governed before them
        s.period_before = s.period
    s.period_also = also
    if _meanwhile(w, phrase):
        s.since = s.since or _stretch_told(w)
        s.period_also = w.frame.report if period < w.frame.report and s.period is None else None
    s.period, s.period_at, s.loose = period, phrase.start, False
    s.period_words = phrase.text
    if s.basis in ("yoy", "pop"):
        set_basis(w, s.basis)
    s.within = m.end() if m else _clauseend_of(w, phrase.end) if _BASE_EFFECT.match(w.norm, phrase.end) else -1


def _joined_to(w: Walk, cue: Cue, phrase: PeriodPhrase) -> PeriodPhrase | None:
    """The period to which 和 joins another that is told of as well; None where it compares with either of them.

    2024年下半年和2025年上半年环比分别…; 2020年上半年（下降3.02%）和2022年上半年（下降5.28%）.
    """
    if cue.kind != "with" or w.norm[cue.end : phrase.start].strip() or _IS_COMPARED.match(w.norm, phrase.end):
        return None
    bracket = right_before(_BRACKETED, w.norm, cue.start)
    end = bracket.start() if bracket else cue.start
    first = next((p for p in w.periods if p.end == end), None)
    if first is None or bracket is not None:
        return first
    return first if first.end != w.state.compared_end and w.state.period_at == first.start else None


def _adverbial(w: Walk, phrase: PeriodPhrase, before: Event | None) -> bool:
    """Whether a period dates what follows: not so after a verb, as in 扭转上期下行走势."""
    lead = w.norm[max(0, phrase.start - 12) : phrase.start].rstrip(" 的")
    if _APPOSED.search(w.norm, max(0, phrase.start - 6), phrase.start):
        return True  # 收官之年的2020年，…
    if not lead or not "\u4e00" <= lead[-1] <= "\u9fff" or lasting.AGO.search(lead) or _PEAKED.search(lead):
        return True
    if (
        before is not None
        and not isinstance(before, Cue)
        and end_of(before)
        >= phrase.start - (1 + len(w.norm[: phrase.start]) - len(w.norm[: phrase.start].rstrip(" 的")))
    ):
        return True
    return lead.endswith(_DATING)


def _was_compared(near: list[Event]) -> bool:
    return any(isinstance(e, Cue) and e.kind in COMPARING for e in near[:-2][-1:])


def _clauseend_of(w: Walk, place: int) -> int:
    m = _CLAUSE_END.search(w.norm, place)
    return m.start() if m else len(w.norm)


def _basis_of(w: Walk, period: Period) -> str:
    target = w.state.period or w.frame.report
    if period == target.year_before:
        return "yoy"
    return "pop" if period == target.previous else ""


def resolved(w: Walk, phrase: PeriodPhrase) -> Period | None:
    report = w.frame.report
    s = w.state
    if phrase.role == "later":
        return anchored.so_much_later(w, phrase)
    if (then := anchored.setting(w, phrase)) is not None:
        # 2020年，…比上年回落: the year before that
        report, phrase = then, anchored.told_from(phrase, then)
        if phrase.text.startswith("当年") and phrase.role == "year":
            return then
    if phrase.period is not None and phrase.months is not None and not phrase.role and phrase.period.frequency != "A":
        if re.match(r"(?:19|20)\d\d|[今本去上前]年", phrase.text):
            s.year, s.in_year = phrase.period.year, False
        elif s.year and s.year != phrase.period.year and re.match("[上下]半年|第?[一二三四1-4]季度|\\d", phrase.text):
            # 2018年上半年120.15点、下半年116.98点: of the same year.
            sooner = Period(s.year, phrase.period.frequency, phrase.period.number)
            beside = w.norm[max(0, phrase.start - 2) : phrase.start].rstrip()[-1:]
            # 上年下半年达到349家，上半年再增: what goes on from then goes on to this year.
            onward = s.period is None or sooner >= s.period
            if (
                s.in_year
                or phrase.period > report
                or beside in ("、", "和")
                or (beside in ("比", "较", "与") and s.period is not None and s.period.year == s.year)
                or (onward and (beside == "，" or (s.period is not None and s.period.year == s.year)))
            ):
                return sooner
    elif phrase.months is not None and _YEAR.fullmatch(phrase.text):
        # 2023年，上、下半年分别…: of that year.
        s.year, s.in_year = phrase.months[0], True
    if phrase.period is not None and phrase.period.frequency != report.frequency and phrase.months is not None:
        per = 12 // PER_YEAR[report.frequency]
        if w.norm[phrase.end : phrase.end + 1] in ("末", "底") and phrase.months[2] % per == 0:
            return Period(phrase.months[0], report.frequency, phrase.months[2] // per)  # 6月末, 上半年末
    if (
        phrase.period is not None
        and phrase.period.frequency == "A" != report.frequency
        and w.norm.startswith("同期", phrase.end)
    ):
        return Period(phrase.period.year, report.frequency, report.number)
    if _meanwhile(w, phrase):
        return s.period or _spoken_of(w) or report
    if phrase.text == "同期" and s.over_periods and w.norm.startswith("的", phrase.end):
        return s.over_periods[0]  # 仍低于2017年上半年，恢复到同期的97%: of that period
    if phrase.role == "same" and phrase.text.startswith("同"):
        year = next(
            (p for p in w.periods if p.end == phrase.start and p.period is not None and p.period.frequency == "A"), None
        )
        if year is not None and year.period is not None:
            return Period(year.period.year, report.frequency, report.number)
    if phrase.role == "this":
        return report
    if phrase.role == "previous":
        return report.previous
    if phrase.months is not None and phrase.closed_year is not None:
        per = 12 // PER_YEAR[report.frequency]
        if phrase.months[2] != 12 and phrase.role == "year-end" and phrase.months[2] % per == 0:
            return Period(phrase.months[0], report.frequency, phrase.months[2] // per)  # 9月末
        return Period.last_of(phrase.closed_year, report.frequency)
    if phrase.period is None and phrase.months is not None and not phrase.role:
        # 1—9月 of a half-yearly index: a span that it has no figures for.
        first, _, last = phrase.months
        return Period(first, "M", last) if report.frequency in ("H", "A") else None
    if phrase.role == "year" and phrase.months is not None:
        return Period(phrase.months[0], report.frequency, report.number) if "全年" not in phrase.text else phrase.period
    return phrase.period


def _meanwhile(w: Walk, phrase: PeriodPhrase) -> bool:
    """同期，…: whether it goes on with the time just spoken of, and is not of the year before."""
    if phrase.role != "same" or not phrase.text.startswith("同"):
        return False
    sets_out = _FROM_THEN.match(w.norm, phrase.end) and not w.norm.endswith("年", 0, phrase.start)
    return bool(sets_out or _MEANWHILE.fullmatch(w.norm, max(0, phrase.start - 1), phrase.end + 1))


def _spoken_of(w: Walk) -> Period | None:
    """The one past period that all of the sentence before was of, where this one has told of nothing yet."""
    then, report = w.state.then, w.frame.report
    return then if w.state.last is None and then is not None and then.frequency == report.frequency else None


def _stretch_told(w: Walk) -> tuple[Period, ...]:
    """Since when what was told last has moved, where the words say so: 三年累计提高32.33点。同期，X由…升到…"""
    last = w.state.last or w.state.before
    if last is not None and last.role == "level" and len(last.against) == 1 and not last.said:
        return last.against  # 由2022年上半年的a升到b；X同期由…
    if last is None or last.role != "change" or not last.said or last.basis in ("yoy", "pop"):
        return ()
    return last.against


def dated(w: Walk, phrase: PeriodPhrase) -> Period | None:
    """The period of a phrase, 基期 among them."""
    return w.frame.base if phrase.role == "base" else resolved(w, phrase)


def when(
    w: Walk, token: Token, near: list[Event], role: Role, to: bool
) -> tuple[tuple[Period, ...], bool, tuple[Period, ...], bool]:
    """Periods it may belong to, whether said; periods a change is measured against, whether said."""
    s = w.state
    report = w.frame.report
    governing = s.period or report
    said = any(isinstance(e, Cue) and e.kind in ("yoy", "pop", "base") for e in near)
    compared = False
    starts = False
    for k, event in enumerate(near):
        if isinstance(event, PeriodPhrase):
            previous = near[k - 1] if k else None
            set_beside = isinstance(previous, Cue) and previous.kind in COMPARING
            compared = compared or set_beside or _BEHIND_COMPARED.match(w.norm, event.end) is not None
        if isinstance(event, Cue) and event.kind == "from":
            following = near[k + 1] if k + 1 < len(near) else None
            starts = not (isinstance(following, PeriodPhrase) and lasting.SINCE.match(w.norm, following.end))
            starts = starts and not _VARIOUS.match(w.norm, token.phrase_end)
            if starts and not to and role == "change" and _TURNED.fullmatch(w.norm, event.end, token.phrase_start):
                # 由上期的环比下降转为增长5.98%: of now, on the basis named
                now = report if isinstance(following, PeriodPhrase) else governing
                return (now,), True, (now.before(s.basis),), True
    said = said or (compared and bool(s.against))
    behind = _RATED.match(w.norm, token.phrase_end) if role == "change" and not said and token.unit == "%" else None
    if behind is not None:
        set_basis(w, "yoy" if behind["basis"] == "同比" else "pop")
        said = True
    if role == "level":
        if (
            compared
            and s.against
            and not to
            and not any(isinstance(e, Cue) and e.kind in ("verb", "noun") for e in near)
        ):
            # 较去年下半年的107.27点: the level it is compared with.
            return s.against, True, s.against, True
        if starts and not to:
            begun = _begun(w, token)
            if near and isinstance(near[-1], Cue) and near[-1].kind == "now":
                begun = (report,)  # 从目前的86.05元逐步回落
            elif not begun and (ended := _ends_in(w, token)) is not None:
                governing = ended  # 由131.22点回落至2023年下半年的128.19点
            said_from = bool(s.from_periods or begun)
            known = s.from_periods or begun or (governing.year_before, governing.previous)
            if is_plan(w.norm, token.start, advice=w.frame.advice) and not said_from:
                known = (governing, *known)  # 建议将通关时间由45.6小时压缩到…: from what it is now
            s.from_periods = known
            s.against = known if not s.against or said_from else s.against
            return known, said_from, (), False
        if not to and not starts and _leads_on(w, token):
            begun = _begun(w, token)
            dated = s.period is not None or bool(begun)
            known = begun or ((governing,) if dated else (governing.year_before, governing.previous))
            s.from_periods = known
            s.against = known
            if dated and not begun:
                s.period = s.period_before if s.period_before != s.period else None
            return known, dated, (), False
        if to and s.from_periods:
            if _goes_on(w, token) and w.frame.report == governing:
                return _on_the_way(w, token, governing), False, s.from_periods, False
            return (governing,), s.period is not None, _reached(w, governing) or s.from_periods, False
        if to and _goes_on(w, token) and w.frame.report == governing:
            return _on_the_way(w, token, governing), False, (), False
        return (governing,), s.period is not None, (), False
    if role == "change" and not said and not starts and (told := lasting.bracketed(w, token)) is not None:
        return (told[1],), True, told[0], True
    alone = token.start not in s.spread
    if role == "change" and alone and not said and (span := anchored.stretch(w, token.phrase_start)):
        return span[1:], True, span[:1], True
    if role == "change" and alone and not said and not starts and (own := _own_step(w, token, near, governing)):
        return (governing,), True, own, token.unit != "%"
    went = _spanned(w, token) if role == "change" and alone and not said else None
    if went is not None and governing > went[1] and any(isinstance(e, PeriodPhrase) for e in near):
        went = None  # 前三季度依次为a、b、c，四季度降至d
    if went is not None and (not s.from_periods or s.from_periods[0] in (*went[0], went[1])):
        return (went[1],), True, went[0], True
    if role == "change" and not said and not starts and not s.from_periods and (span := lasting.over(w, token)):
        return span[1:], True, (span[0], *lasting.or_base(w, span[0], span[1])), True
    if starts and not s.from_periods and not to and s.rate is not None and (begun := _begun(w, token)):
        s.from_periods = begun
        return begun, True, tuple(p.before(s.basis) for p in begun[:1]), True
    if s.rate is not None and to and _goes_on(w, token) and report == governing:
        # 由4.63%扩大到5.08%，再扩大到…: a step on the way
        then = governing.previous
        before = then.before(s.basis)
        return _on_the_way(w, token, governing), False, (before,), True
    if starts and not s.from_periods and not to and s.rate is not None:
        # 降幅由14.01%收窄至9.82%: of the period before, or of the year before.
        s.from_periods = (governing.previous, governing.year_before)
        return s.from_periods, False, (governing.previous.before(s.basis),), True
    if starts and not to and role in ("pull", "share") and not s.from_periods and (s.compared or _leads_on(w, token)):
        # 与上年同期相比，…X由0.31个百分点提高到0.59个百分点: its pull then; 贡献率由28.67%提升到32.65%
        s.from_periods = s.compared or (governing.previous, governing.year_before)
        return s.from_periods, bool(s.compared), tuple(p.year_before for p in s.compared), bool(s.compared)
    if starts and not to and s.from_periods and len(s.from_periods) == 1:
        # 由上期的下降5.22%转为: the change of that period.
        then = s.from_periods[0]
        return (then,), True, (then.before(s.basis),), True
    if s.basis == "pop" and not said and "其中" in w.norm[max(0, token.start - 24) : token.start]:
        return (governing,), s.period is not None, (governing.previous, governing.year_before), False
    if not s.against and not said and s.basis_said == "pop" and not s.since:
        return (governing,), s.period is not None, (governing.previous, governing.year_before), False
    since = s.since or lasting.back(w, token.start)
    if since and not said and not s.against:
        # 2022年以来，…上升, 三年来上升: since then, or on the year.
        return (governing,), s.period is not None, (*since, governing.year_before), False
    if s.against:
        against = s.against
        if s.basis in ("yoy", "pop") and not compared:
            against = (governing.before(s.basis),)
        return (governing,), s.period is not None, against, said or bool(s.from_periods)
    if not said and s.before is not None and s.before.role == role == "change" and _for_its_part(w, token):
        return (governing,), s.period is not None, s.before.against, False
    if not said and s.tallied and role == "change":
        return (governing,), s.period is not None, (governing.before(s.tallied),), True
    return (governing,), s.period is not None, (), said


def _for_its_part(w: Walk, token: Token) -> bool:
    """A比上半年提高…。B则降低…: whether the clause goes on with what the sentence before compared."""
    return (
        _FOR_ITS_PART.search(w.norm, after_mark(w.norm, token.phrase_start, "，。；：\n"), token.phrase_start)
        is not None
    )


def _own_step(w: Walk, token: Token, near: list[Event], governing: Period) -> tuple[Period, ...]:
    """同比提高13.95点，其中2018年下半年提高6.54点，今年上半年又提高7.41点: each on the period before, as a part of the year.

    A rate so told may be on the year as well: it is no part of the other.
    """
    start, report = w.sentence_start(token.phrase_start), w.frame.report
    place = w.norm.rfind("其中", start, token.phrase_start)
    parted = report.year_before < governing <= report and governing.frequency != "A"
    if place < 0 or not parted or not any(isinstance(e, PeriodPhrase) for e in near):
        return ()
    dated = any(place + 2 <= p.start <= place + 3 for p in w.periods)
    whole = next((t for t in reversed(w.figures) if start <= t.start and t.phrase_end <= place), None)
    named = any(place <= n.start < token.start and n.subjects for n in w.found)
    if not dated or named or whole is None or whole.unit != token.unit:
        return ()
    return (governing.previous, governing.year_before) if token.unit == "%" else (governing.previous,)


def _reached(w: Walk, governing: Period) -> tuple[Period, ...]:
    """由2016年的a升至2019年的b，2020年降至c: from b, which stands last and has its own date."""
    last, begun, told = w.state.last, w.state.from_periods, w.state.told[-1:]
    if last is None or last.role != "level":
        return ()
    if not last.dated:  # 由a升至b，本期再降至c: b was found to be of then
        return tuple(o.period for o in told if o.node == last.node and max(begun) < o.period < governing)
    if len(last.periods) != 1:
        return ()
    return last.periods if last.subjects == tuple(w.state.subjects) and max(begun) < last.periods[0] < governing else ()


def _goes_on(w: Walk, token: Token) -> bool:
    """由a降至b，再降至c; 由a降至b，本期再降至c: whether from what was reached it went on to what the report tells."""
    if _CHAIN.match(w.norm, token.phrase_end):
        return True
    now = next((p for p in w.periods if p.start >= token.phrase_end), None)
    if now is None or now.period != w.frame.report or _BEGUN.fullmatch(w.norm, token.phrase_end, now.start) is None:
        return False
    return _CHAIN.match(w.norm, now.end) is not None


def _on_the_way(w: Walk, token: Token, governing: Period) -> tuple[Period, ...]:
    """由a降至b，再升至c: the periods that b may be of: the last but one, or any of a run that the sentence names."""
    run = lasting.ranged(w, w.sentence_start(token.start), token.start)
    inner = run.periods[-2:0:-1] if run is not None and not run.years and run.periods[-1] == governing else ()
    begun = w.state.from_periods
    if len(begun) == 1 and begun[0] < governing.year_before:
        inner = (*inner, governing.year_before)
    return tuple(dict.fromkeys((governing.previous, governing, *inner)))


def _begun(w: Walk, token: Token) -> tuple[Period, ...]:
    """Where a rise or fall began: what the sentence is set against, the first period of the span that it names, or since
    when it counts."""
    start = w.sentence_start(token.start)
    run = lasting.ranged(w, start, token.start)
    if w.state.compared:
        return w.state.compared
    if run is not None:
        return (run.periods[0],)
    spanned = _spanned(w, token)
    return spanned[0][:1] if spanned is not None else lasting.over(w, token)[:1] or w.state.since


def _spanned(w: Walk, token: Token) -> tuple[tuple[Period, ...], Period] | None:
    """The time that a sentence or a clause sets out with: what a change over it may be counted from, and its last period.

    2022年下半年至2024年下半年，…; 2022年末至2024年末，…; 2016—2024年，….
    """
    start, report, base = w.sentence_start(token.phrase_start), w.frame.report, w.frame.base
    for first, last in pairwise(p for p in w.periods if start <= p.start and p.end <= token.phrase_start):
        if not _UP_TO.fullmatch(w.norm, first.end, last.start) or not _sets_out(w, start, first.start):
            continue
        begun, ended = resolved(w, first), resolved(w, last)
        if begun is not None and ended is not None and begun < ended <= report and begun.frequency == ended.frequency:
            return (begun,) if first.role else (begun, begun.previous), ended
    run = lasting.ranged(w, start, token.phrase_start)
    if run is None or lasting.SINCE.match(w.norm, run.end) or not _sets_out(w, start, run.start):
        return None
    begun, ended = run.periods[0], run.periods[-1]
    if begun.frequency != report.frequency or not begun < ended <= report:
        return None
    before = Period.last_of(begun.year - 1, report.frequency) if run.years else begun.previous
    return (*((base,) if base.year in (begun.year, before.year) else ()), begun, before), ended


def _sets_out(w: Walk, start: int, place: int) -> bool:
    """Whether what stands at a place heads its clause, or stands right behind the name that heads it."""
    head = max(start, after_mark(w.norm, place, "，。；：\n"))
    named = next((n.end for n in w.found if head <= n.start and n.end <= place), head)
    return any(_IN_FRONT.fullmatch(w.norm, front, place) is not None for front in (head, named))


def _ends_in(w: Walk, token: Token) -> Period | None:
    """The period that dates the figure that a rise or fall led to, where the words name it: 由a回落至2023年下半年的b."""
    then = next((p for p in w.periods if p.start >= token.phrase_end), None)
    if then is None or _CHAIN.fullmatch(w.norm, token.phrase_end, then.start) is None:
        return None
    return resolved(w, then) if w.norm.startswith("的", then.end) else None


def _leads_on(w: Walk, token: Token) -> bool:
    """67.42%上涨至79.50%: a level that something started from."""
    after = w.norm[token.phrase_end : token.phrase_end + 10]
    return (
        re.match(
            r"\s*(?:逐步|稳步|大幅|小幅|继续|进一步|快速|迅速|持续|一路|明显)*(?:[升降增减涨跌]|上升|下降|上涨|提高|提升|增加|减少|攀升|回落|下滑|降低|扩大|缩小|回升|增长)(?:至|到)(?!第|首|榜|末|次席|前)",
            after,
        )
        is not None
    )


def compared_period(w: Walk, near: list[Event]) -> Period | None:
    for k, event in enumerate(near):
        before = near[k - 1] if k else None
        if isinstance(event, PeriodPhrase) and isinstance(before, Cue) and before.kind in ("compare", "with"):
            return resolved(w, event)
    return None


def told_of(w: Walk, token: Token, near: list[Event]) -> Period | None:
    """The period that stands right before a number: 最高为2月的124.60点, 比上年同期（128.19点）."""
    last = near[-1] if near else None
    if isinstance(last, PeriodPhrase) and w.norm[last.end : token.start].strip() == "的":
        if w.state.period is not None and w.state.period_at == last.start:
            return w.state.period  # it governs already, and is not told from itself
        year = w.state.year, w.state.in_year
        period = resolved(w, last)
        if compared_period(w, near) is not None:
            w.state.year, w.state.in_year = year  # 比2023年的4.41亿美元增加: it dates that figure alone
        return period
    if (
        isinstance(last, PeriodPhrase)
        and last.end == token.phrase_start
        and peaks.EXTREME.match(w.norm, token.phrase_end)
    ):
        return resolved(w, last)  # 距2018年4.16万人的峰值
    measured = ratios.told(w, token)
    if measured is not None:
        return dated(w, measured)
    m = _OPENED.search(w.norm, max(0, token.phrase_start - 3), token.phrase_start)
    if m and re.match(r"\s*[）)]", w.norm[token.phrase_end : token.phrase_end + 2]):
        for phrase in w.periods:
            if phrase.role != "window" and _LEVEL_OF.fullmatch(w.norm, phrase.end, m.start()):
                return resolved(w, phrase)
    return None


def former(w: Walk, token: Token, near: list[Event]) -> Period | None:
    """扭转了上年同期下降4.99%的局面, 由上年的增长2.1%转为…: the period that stands before a change and dates it alone."""
    if _SITUATION.match(w.norm, token.phrase_end) is None:
        return None
    dated = [(k, e) for k, e in enumerate(near) if isinstance(e, PeriodPhrase)]
    if not dated:
        return None
    k, phrase = dated[-1]
    if k and isinstance(near[k - 1], Cue) and near[k - 1].kind in COMPARING:  # type: ignore[union-attr]
        return None
    return resolved(w, phrase)


def earlier(w: Walk, lead: str) -> tuple[Period, ...]:
    """此前三个月均为1.56%: any of the periods before the one that governs."""
    m = re.search(
        r"(?:此前|之前|前期|早前)(?:的?([两二三四五六七八九]|\d+)个?(?:月|季度|期|半年))?[^，。；]{0,4}$", lead
    )
    if m is None:
        return ()
    count = read_count(m[1]) if m[1] else 3
    governing = w.state.period or w.frame.report
    return tuple(governing.shift(-k - 1) for k in range(count))


_YEARS_AGO = regex(r"(?<![比较与同和])(?P<count>[一两二三四五六])年(?:之|以)?前的?[^，。；0-9比较]{0,10}$")


def years_ago(w: Walk, lead: str) -> Period | None:
    """一年前的增幅为10.65%, 两年前仅为75件: so many years before the one that governs."""
    m = _YEARS_AGO.search(lead)
    governing = w.state.period or w.frame.report
    return None if m is None else governing.shift(-read_count(m["count"]) * PER_YEAR[governing.frequency])


def bracketed(w: Walk, reading: Reading) -> Reading:
    """10961（2018年全年）: the bracket dates the number."""
    m = _BRACKET.match(w.norm, reading.token.phrase_end)
    if m:
        found = find_periods(m[1], w.frame.report)
        if found and found[0].end - found[0].start >= len(m[1].strip()) - 2:
            period = resolved(w, found[0])
            if period is not None:
                return replace(reading, periods=(period,), dated=True)
    return reading


def expire(w: Walk, place: int) -> None:
    """在去年下半年小幅下行后: behind 后 the period no longer holds."""
    s = w.state
    if 0 <= s.within <= place:
        s.period, s.within = s.period_before, -1


def set_basis(w: Walk, basis: str) -> None:
    s = w.state
    target = s.period or w.frame.report
    s.against, s.basis = (target.before(basis),), basis


def topic(w: Walk, start: int, end: int, clause: list[Event]) -> None:
    """环比看，从同比增速看: the basis of the whole sentence."""
    if w.norm[start:end].rstrip().endswith(("看", "来说", "而言", "计", "计算")):
        for event in clause:
            if isinstance(event, Cue) and event.kind in ("yoy", "pop"):
                w.state.topic_basis = event.kind
