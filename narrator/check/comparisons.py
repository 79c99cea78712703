"""One figure against another: 高于, 快于, 比…低, 相差: a gap between things, a change against a period, a pace."""

from __future__ import annotations

import re
from dataclasses import dataclass

from narrator.check import dating, ratios
from narrator.check.clauses import after_mark, right_before
from narrator.check.cues import COMPARING, Cue
from narrator.check.memory import Event, Walk
from narrator.check.peaks import EXTREME
from narrator.check.reading import Reading, Role
from narrator.check.subjects import Name, Subject
from narrator.model import Period
from narrator.numerals.normal_text import HAN
from narrator.numerals.period_reading import PeriodPhrase
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token

# 较2018年122.26点的高位仍低8.70点: what the figure of then is called, and how far from it
_EARLIER = "前期|此前|先前|前一|上一?[轮个]|阶段性?|同期|原有"  # 的前期高点, 的同期水平: which high, which level
_FROM_THERE = regex(
    rf"(?:的(?:历史|{_EARLIER})*的?(?:水平|高位|高点|峰值|最高(?:值|点|水平)?|低位|低点|谷底|最低(?:值|点|水平)?|[记纪]录))?"
    r"(?:仍然?|还|尚|则|也|均|已|依然|仅|只|要)*(?:(?P<up>[高多快大])|[低少慢小差])(?:出|了)?(?:约|近)?\s*"
)
_ON_TOP = regex(r"\s*的?(?:水平)?(?:的)?基础上")
_APART_FROM = regex(r"[距离][^，。；]{2,12}$")
COMPARATIVE = regex(
    rf"(?P<up>(?<=[比期月年度])多{HAN}{{1,2}}|多[花付收支购产销用缴]|[高多快大强长])?"
    rf"(?P<down>(?<=[比期月年度])少{HAN}{{1,2}}|少[花付收支购产销用缴]|[低少慢小弱短])?(?:了|出)?\s*(?:约|近|超|逾|仅|接近|超过|逾)?\s*$"
)
_DURATIONS = frozenset(["天", "日", "小时", "分钟", "秒", "个工作日", "工作日", "个小时"])
_SPEED = regex(r"(?:(?P<fast>快|提速|加快|提前)|慢|放缓|减速|推迟|滞后)(?:了|出)?\s*(?:约|近)?\s*$")
_LEADING = regex(r"超过|领先(?!优势|幅度)|高出|超出|高于|快于|优于|多于|强于|大于|好于")
_TRAILING = regex(r"落后|低于|慢于|少于|弱于|小于")
_OWN_BASIS = regex(r"(?:快于|高于|低于|慢于|(?<!占)比)(?P<basis>同比|环比)(?:增速|增幅|涨幅|增长率|速度)?")
_EXTREMES = regex(r"最高[^，。；]{0,6}?最低|首位[^，。；]{0,6}?末位|首尾|极差|高低(?:相差|之差|差距?)|最大最小")
_APART = regex(r"[者仅只相]差\s*(?:距|了)?\s*(?:约|近|不到|仅)?\s*$")
_BOUNDED = regex(
    r"(?:差距?|极差|落差|差值)(?:值|额)?(?:均|都|也|仍|还|已|皆|各自)*(?:超过|超出|高于|大于|低于|小于)(?:了)?\s*$"
)
_APART_OR_AWAY = regex(rf"{_APART.pattern}|(?:距|离)[^，。；0-9]{{2,20}}$")
_TIMES = regex(r"(?:[是为达]|相当于|达到|接近|超过|约)\s*(?P<thing>[^，。；]{2,24}?)的\s*(?:约|近|接近|超过|逾)?\s*$")
_RATE_OR_LEVEL = "(?P<noun>增[速幅]|[涨升降跌]幅|指数|点位)"
_THE_TWO = regex(
    rf"(?P<which>前者|后者)的?(?:同比)?{_RATE_OR_LEVEL}?(?P<is>(?:几乎|大约|大致|就|仅|也|还)*(?:[是为达]|相当于|[达不]到|接近|超过|不足|仅及|只有)(?:约|近)?)"
    "(?:前者|后者)的\\s*(?:约|近|接近|超过|逾)?\\s*"
)
_SPOKEN_OF = regex(rf"{_RATE_OR_LEVEL}(?:值|水平)?最[^，。；]{{1,2}}的")
_TWIN = regex(r"(?:[于比较]|落后|领先)\s*(?P<side>城镇|农村)(?:常住)?(?:居民|地区)?(?!人均可|居民人均)")
_GAP_BRACKET = regex(r"[^，。；（(]{0,20}(?:差距|极差|差值|落差|差额)\s*[（(]\s*$")
_TOWARDS = regex(r"(?:距离?|离|与|同)\s*$")
_SHORT_OF = regex(
    r"\s*(?:的?(?:大关|关口|整数关|目标|线|门槛|高点|荣枯线))?\s*[，,]?\s*(?:的?差距|仅一步|一步之遥|[仅只还尚]有?(?:一步|差|有|剩)|相差|相距|差距?|不远|咫尺|不足)"
)
_TO_GO = regex(
    r"\s*(?:的?(?:大关|关口|整数关|目标|线|门槛))?\s*[，,]?\s*(?:[仅只还尚]*(?:有|剩)?[差距]*(?:距)?|的?差距[仅只]*(?:为|有)?|不足|[仅只]有)\s*(?:约|近|不到|不足)?\s*$"
)
_LINE = regex(r"(?:(?P<above>高于|高出|超出|超过)|低于)(?:景气)?(?:临界[值点线]|荣枯[分界]*线|景气线|分界线)\s*$")
_AS_THEN = regex(
    r"(?:而|但|且)?(?:在)?[^，。；0-9比较于]{0,4}[\d一二三四上下去本前]*[^，。；0-9比较于]{1,8}(?:尚|仍|还|则|却|曾|只|仅)*(?:低|高|落后|领先|多|少)(?:了|出)?\s*"
)
# two gaps: by how much the one is wider than the other
_CHANGED = "(?P<more>扩大|拉大|增大|加大|拉开|扩)|(?P<less>缩小|收窄|缩减|缩短|减小|收敛|缩)"
GROWN = regex(rf"(?:又|再|进一步|明显|大幅|小幅|略)*(?:{_CHANGED})了?(?:将近|接近|约|近|超过?|逾|不到|不足|仅)*\s*")
_WIDENED = regex(rf"(?:{_CHANGED})了?(?:将近|接近|约|近|超过?|逾|不到|不足|仅)*\s*$")
_THEN_WAS = regex(r"(?:而|但)?(?:在)?[^，。；]{2,9}?(?:尚|仍|还|则|却|曾|只|仅)*(?:为|是|有|达)\s*")
_THEN_OF = regex(r"[比较与由从][^，。；]{2,9}的\s*")
_WIDENING = regex(rf"\s*(?:又|再|进一步|明显|大幅|小幅|略有?)*(?:{_CHANGED})")
# …高于总指数，要素保障更是高出17.41点: nothing in the clause itself to be compared with
_BARE = regex(
    r"(?:指数|模块|增速|[增涨升降跌]幅|则|更|是|也|均|都|还|已|又|仍|尚|分别|依次|各自|仅|只|略|微|稍|小幅|大幅|明显)*"
    r"(?:(?P<up>[高多快大]|领先)|[低少慢小]|落后)(?:出|了)?(?:约|近|超|逾|仅|不足)*\s*"
)
_ELSE = regex(
    "[高低快慢大小多少优好强弱]于|超过|[比较](?![多少高低大小快慢])|平均|领先|落后"
)  # something that was not made out
_IS_ALIKE = regex(
    r"\s*的?(?:水平|同比|环比|增[速幅]|[涨升降跌]幅|增长率)*(?:大体|大致|基本|几乎|十分|非常|较为|最为|最)*(?:相近|相当|持平|接近|相仿|一致|相同|差不多|相[比较])"
)
_ALIKE = regex("相近|相当|持平|接近|相仿|一致|同步")
_LEVEL = regex("(?:持平|相当|相近|接近|不变|相同)[，,]$")
_OF_RATES = ("%", "百分点", "千分点", "倍", "成")
_IN_FRONT = regex("领先(?:的)?(?:优势|幅度)")
_HEAD_OF_LIST = regex(r"[^。；：:0-9]*[：:]")
_HEAD_SAYS = {
    "yoy": regex("同比|[较比与](?:上年|去年)(?:同期)?(?![末底上下])"),
    "pop": regex("环比|[较比与]上(?:一?期|个?半年|个?季度|个?月)"),
}
_FURTHEST = regex("差距(?:最[大小]|较[大小]|明显|不小)[，,](?:为|达到?|有|高达|仅|只)*$")
_BY_LEAD = regex(
    r"(?:的(?:[^，。；的]{1,4}的?)?(?:优势|领先优势|劣势|差距)|之差)(?:略|微|小幅|稍)?(?:(?P<up>超过|反超|赶超|超越|领先于?|胜过|压过|力压|高于)|落后于?|低于|不敌|输给|惜败于?)"
)
_ITS = regex(r"的(?:同比|环比)?(?:增[速幅长]|[涨升降跌]幅)?\s*$")
_STOOD = regex(f"的(?:{_EARLIER})*(?:(?:历史)?的?(?:水平|水准|规模|[记纪]录)|{EXTREME.pattern})")
# 大于X0.94个百分点的拉动, 高于X5.61%的增速: what stands behind says that the figure is X's own
_OWN_PULL = regex(
    r"\s*的(?:正向|反向|负向|净|向[上下])*(?:(?P<up>上拉|拉动|带动|贡献|支撑|推动)|(?P<down>下拉|拖累|拉低))(?:幅度|作用|力度?|点数)?"
)
_OWN_RATE = regex(r"\s*的(?:同比|环比|平均)?(?:(?P<up>增[幅速]|[涨升]幅|增长率|水平)|(?P<down>[降跌减]幅))")
_NEXT_OF_LIST = regex(r"[)）]?\s*(?:[、和与及]|以及)\s*")
_SET_AGAINST = regex(
    r"(?:[高低快慢多少大小优强弱次]于|[高低多少超]出|超过?|不及|不如|落后于?|领先于?|[比较])(?:了)?\s*$"
)
_SET_BESIDE = regex(r"[与和同跟]\s*$")
# 被X下拉的0.98个百分点抵去大半: the verb in front says whose the points are
_MOVED_BY_IT = regex(r"(?:(?P<up>上拉|拉动|带动|贡献|推动|推高|拉高)|(?P<down>下拉|拖累|拉低))(?:总指数)?的\s*$")
_REACHED = regex(r"(?:扩大|缩小|拉大|收窄|增加|减小|缩)\s*(?:至|到|为)")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A number as a comparison uses it. `other` is the thing compared with (node, reference, basis, extremes);
    `gap_of` the period whose gap a gap is set against."""

    role: Role
    sign: int
    noun: str
    other: str = ""
    subjects: tuple[Subject, ...] = ()
    gap_of: Period | None = None
    at: Period | None = None  # the period of a gap, where it is not the one that governs
    hedge: str = ""  # of a ratio, in front of the thing that it is to: 不到指数最高的X的八成


def compared(
    w: Walk, token: Token, near: list[Event], near_start: int, role: Role, sign: int, noun: str
) -> Comparison:  # fmt: skip
    """What the words of comparison before `token` make of its role, sign and noun."""
    s = w.state
    lead = w.norm[near_start : token.phrase_start]
    whole_lead = w.norm[after_mark(w.norm, near_start, "，。；：\n") : token.phrase_start]
    comparative = right_before(COMPARATIVE, lead, len(lead), 16)
    leading, trailing = _LEADING.search(lead), _TRAILING.search(lead)
    higher = bool(leading or (comparative and comparative["up"]))
    lower = bool(trailing or (comparative and comparative["down"]))
    cues = [k for k, e in enumerate(near) if isinstance(e, Cue) and e.kind in COMPARING]
    # 比上期高, 上年同期相比; but 9月首次超过106点 compares with no period.
    compared_period = any(
        isinstance(e, PeriodPhrase) and cues and (k > cues[0] or near[cues[-1]].word.startswith(("相", "比", "较")))  # type: ignore[union-attr]
        for k, e in enumerate(near)
    )
    moved = next((e.word for e in near if isinstance(e, Cue) and e.kind == "noun"), "")
    if role == "change" and moved and compared_period and token.unit == "百分点" and (higher or lower):
        # 涨幅比上期高5.22个百分点: a rate against a rate.
        role, noun, sign = "pace", moved, 1 if higher else -1
    if s.last is not None and s.last.role == "level" and s.last_end == near_start:
        role, sign = _from_there(w, s.last, token, lead, role, sign)
    based = any(isinstance(e, Cue) and e.kind in ("yoy", "pop", "base") for e in near)
    if role == "level" and (compared_period or based) and comparative and (comparative["up"] or comparative["down"]):
        role, sign = "change", 1 if comparative["up"] else -1
    if role == "change" and s.noun and compared_period and token.unit == "百分点" and comparative and not s.versus:
        # 增速…回升，四季度比三季度高0.63个百分点: of the rate that was spoken of
        role, noun = "pace", s.noun
    if role == "change" and token.unit in _DURATIONS and (m := _SPEED.search(lead)):
        sign = -1 if m["fast"] else 1  # 比上月快0.2天: it took less
    over = leading or trailing
    stood = _STOOD.match(w.norm, token.phrase_end)  # 已超过2018年上半年120.15点的水平, 超过2019年118.19点的高点
    if role == "level" and compared_period and not (s.versus or stood or lead.rstrip().endswith("的")) and over:
        # 高于2023年下半年7.45点
        role, sign = "change", 1 if leading else -1
    if s.added_end == near_start - 1 and s.last is not None and not lead.strip() and w.norm[s.added_end] in "(（":
        return Comparison(s.last.role, s.last.sign, noun, "", s.added)  # 高于A、B之和（23.25%）
    theirs = _moved_by(w, token) or _their_own(w, token, lead, role, sign, noun)
    if theirs is not None:
        return theirs
    if role == "level" and s.compared and right_before(_FURTHEST, w.norm, token.phrase_start, 16):
        s.against, s.basis = s.compared, ""  # 与上年同期相比，…其中X差距最大，达11.98点: below what it was then
        return Comparison("change", -1, noun)
    if role == "level" and token.kind == "quantity":
        if _TOWARDS.search(lead) and _SHORT_OF.match(w.norm, token.phrase_end):
            return Comparison("toward", 0, noun)
        last = s.last
        if last is not None and last.role == "toward" and _TO_GO.fullmatch(w.norm, s.last_end, token.phrase_start):
            return Comparison("gap", 0, noun, f"={last.token.values[0]}", last.subjects[-1:])
    line = _LINE.search(lead)
    if line is not None and token.unit == "点" and role in ("level", "change"):
        # 高于临界值7.08点: the line is where the base stands
        s.against, s.basis = (w.frame.base,), "base"
        return Comparison("change", 1 if line["above"] else -1, "")
    by = _BY_LEAD.match(w.norm, token.phrase_end) if role in ("level", "change") and lead.endswith("以") else None
    behind = next((n for n in w.found if by is not None and n.start == by.end() and n.subjects), None)
    if by is not None and behind is not None:
        return Comparison("gap", 1 if by["up"] else -1, noun, behind.subjects[0].key)  # 以0.99点的微弱优势超过X
    if role == "level" and (part := _of_the_two_named(w, token) or _part_of(w, token)) is not None:
        return part
    gap = _gap(w, token, near, lead, whole_lead, higher, lower, compared_period, role, sign, noun)
    if gap is not None:
        return gap
    if role == "level" and token.kind == "quantity" and not (compared_period or based):
        bare = _bare(w, near, near_start, token, noun)
        if bare is not None:
            return bare
    own_basis = _OWN_BASIS.search(lead)
    if own_basis:
        return Comparison("gap", -1 if lower else 1, noun, own_basis["basis"])
    return Comparison(role, sign, noun)


def _from_there(w: Walk, last: Reading, token: Token, lead: str, role: Role, sign: int) -> tuple[Role, int]:
    """比上期的158.00点低7.96点, 在2018年下半年122.05点的基础上再升7.41点: role and sign of what is told from the figure before."""
    s = w.state
    if role == "change" and _ON_TOP.match(lead) and last.dated and token.unit != "%":
        s.against, s.basis = last.periods[:1], ""
        return role, sign
    away = _FROM_THERE.fullmatch(lead) if role == "level" else None
    if away is None:
        return role, sign
    if right_before(_APART_FROM, w.norm, last.token.phrase_start, 16) and last.dated:
        s.against, s.basis = last.periods[:1], ""  # 距2018年4.16万人的峰值还差0.33万人
    elif not s.against and last.dated and s.told and s.told[-1].node == last.node:
        s.against, s.basis = (s.told[-1].period,), ""  # 比158.00点的历史高点低7.96点
    return ("change", 1 if away["up"] else -1) if s.against else (role, sign)


def _their_own(w: Walk, token: Token, lead: str, role: Role, sign: int, noun: str) -> Comparison | None:
    """A（x%）快于B（y%）N个百分点, 与B（y点）相差, 快于B的y%, 高于B5.61%的增速: y is B's own."""
    s = w.state
    other = _in_brackets(w, token, lead) or _of_the_other(w, token)
    if other is None or not other.subjects:
        return None
    own = _own_noun(token, w.norm)
    if own is not None and _passed_over(w, other):
        told: Role = "change" if token.unit == "%" else "pull"
        return Comparison(told, -1 if own["down"] else 1, noun, "", other.subjects)
    if _next_passed_over(w, other):
        s.versus = other.subjects[0].key
    if not _passed_over(w, other):
        return None
    alike = _as_just_told(w, token, other) if role == "level" else None
    role, like = alike or (role, 0)  # 下降2.50%，降幅仅次于B（4.48%）
    return Comparison(role, sign or like, noun, "", other.subjects)


def _part_of(w: Walk, token: Token) -> Comparison | None:
    """X不到Y的八成: X as a part of Y, each of them told in the same unit."""
    name, hedge = ratios.thing(w, token) or (None, "")
    nodes, s = w.names.ledger.dataset.nodes, w.state
    if name is None or (other := name.subjects[0]).code not in nodes:
        return None
    pair = (*s.subjects[-1:], other) if s.versus == other.key else _pair(w)
    if len(pair) != 2 or pair[1].key != other.key or pair[0].code not in nodes or pair[0].key == other.key:
        return None
    children = w.names.ledger.children
    if bool(children(pair[0].code)) != bool(children(other.code)) or nodes[pair[0].code].unit != nodes[other.code].unit:
        return None
    if s.versus != other.key:
        s.subjects, s.group, s.group_end = pair[:1], [pair[0]], -1  # it goes on to be spoken of
    return Comparison("ratio", 0, s.noun, other.key, pair[:1], hedge=hedge)


def _of_the_two_named(w: Walk, token: Token) -> Comparison | None:
    """涨幅最大的是A，最小的是B，前者是后者的三倍多: the rate of the one as a multiple of the other's, where none is told."""
    start = w.sentence_start(token.phrase_start)
    clause = after_mark(w.norm, token.phrase_start, "，。；：\n")
    two = _THE_TWO.fullmatch(w.norm, clause, token.phrase_start)
    if two is None or not (token.unit == "倍" or ratios.tells_a_part(token)):
        return None
    names = [n for n in w.found if start <= n.start < clause and len(n.subjects) == 1 and not n.generic]
    pair = list({n.subjects[0].code: n.subjects[0] for n in names}.values())
    told = any(start <= t.start < token.start and t.kind == "quantity" for t in w.figures)
    said = _SPOKEN_OF.search(w.norm, start, names[0].start) if len(pair) == 2 and all(x.code for x in pair) else None
    noun = two["noun"] or (said["noun"] if said is not None else "")
    if told or not noun or "环比" in w.norm[start : token.start]:
        return None
    first, second = pair if two["which"] == "前者" else pair[::-1]
    w.state.subjects = (first,)
    hedge = next((kind for kind, words in ratios.HEDGES if words.search(two["is"])), "")
    return Comparison("ratio", 0, noun if noun[-1] in "幅速" else "", second.key, (first,), hedge=hedge)


def _gap(
    w: Walk, token: Token, near: list[Event], lead: str, whole_lead: str, higher: bool, lower: bool, dated: bool,
    role: Role, sign: int, noun: str,
) -> Comparison | None:  # fmt: skip
    s = w.state
    named = any(isinstance(e, Cue) and e.kind == "gap" for e in near)
    before = s.last if s.last is not None and s.last.role == "gap" else None
    bracket = right_before(_GAP_BRACKET, w.norm, token.phrase_start) if not lead.strip() else None
    if bracket is not None:
        # 比上年同期最高、最低模块间的差距（28.01点）: the gap then
        at = s.against[0] if s.against and s.compared_end >= 0 else None
        if _EXTREMES.search(bracket.group()):
            total = Subject(code=w.names.ledger.total.code, aspect="index")
            return Comparison("gap", 0, noun, "extremes", (total,), at=at)
        pair = _pair(w)
        return Comparison("gap", 0, noun, pair[1].key, (pair[0],), at=at) if pair else None
    grown = GROWN.fullmatch(lead) if before is not None and not _names(near) and not dated else None
    if grown is not None and before is not None:
        return Comparison("gap", 1 if grown["more"] else -1, noun, "", before.subjects)
    if (
        before is not None
        and not _names(near)
        and _AS_THEN.fullmatch(lead)
        and any(isinstance(e, PeriodPhrase) for e in near)
    ):
        # 高出X指数2.55点，而一季度尚低14.62点: the same two, then
        return Comparison("gap", 1 if higher else -1, noun, before.other, before.subjects)
    if before is not None and dated and not _names(near) and (widened := _WIDENED.search(lead)):
        then = dating.compared_period(w, near)  # 差距为21.58点，比上年扩大0.69点
        return Comparison("gap", 1 if widened["more"] else -1, noun, before.other, before.subjects, then)
    if (
        before is not None
        and before.token.unit == token.unit
        and role == "level"
        and not (_names(near) or dated)
        and any(isinstance(e, PeriodPhrase) for e in near)
        and _THEN_WAS.fullmatch(lead)
    ):
        return Comparison("gap", before.sign, noun, before.other, before.subjects)  # …高45.93点，上年为39.75点
    then_told = role == "level" and dated and _THEN_OF.fullmatch(lead) and _WIDENING.match(w.norm, token.phrase_end)
    if before is not None and then_told and before.token.unit == token.unit:
        at = dating.compared_period(w, near)  # 较上年同期的25.33点扩大8.05点
        return Comparison("gap", before.sign, noun, before.other, before.subjects, at=at)
    times = _TIMES.search(lead) if token.unit == "倍" and role in ("level", "change") else None
    if times is not None:
        pair = _pair(w)
        if pair and _names(near) and not any(isinstance(e, PeriodPhrase) for e in near):
            return Comparison("gap", 0, noun, pair[1].key, (pair[0],))
        return None
    twin = _twin(w, whole_lead)
    if twin and role in ("level", "change") and (higher or lower or named):
        return Comparison("gap", 1 if higher else -1 if lower else 0, noun, twin)
    behind = s.versus and (higher or lower or _LEADING.search(whole_lead) or _TRAILING.search(whole_lead))
    apart = named or (_APART if not s.versus else _APART_OR_AWAY).search(lead) is not None
    carried = before is not None and not _names(near) and _REACHED.search(lead) is not None
    more = right_before(COMPARATIVE, lead, len(lead), 16) if role in ("pull", "share") else None
    pulled = more is not None and (more["up"] or more["down"])  # 比X的拉动高2.47个百分点
    if not ((behind and (role in ("level", "change") or pulled)) or apart or carried):
        return None
    other = s.versus
    subjects: tuple[Subject, ...] = ()
    both = len({x.key for e in w.clause if isinstance(e, Name) for x in e.subjects}) > 1  # 最高的X与最低的Y相差
    if _EXTREMES.search(whole_lead) and not both:
        other = "extremes"
        if re.search("模块|板块|分指数|分项", w.norm[max(0, w.norm.rfind("。", 0, token.start)) : token.start]):
            subjects = (Subject(code=w.names.ledger.total.code, aspect="index"),)
        elif whole := _whole_of_those(w, token):
            subjects = (Subject(code=whole, aspect="index"),)
    elif not other and _each(near) and (before is not None or s.over):
        # X距总指数3.52点，Y、Z的差距均超过10点: of each of them from the same
        subjects, other = s.subjects, before.other if before is not None else s.over
    elif not other:
        pair = _pair(w)
        if pair and (_names(near) or before is None):
            subjects, other = (pair[0],), pair[1].key
        elif before is not None:
            subjects, other = before.subjects, before.other
        else:
            other = s.over  # 高于X指数，领先优势为18.98点
            if not other and _IN_FRONT.search(whole_lead) and len(s.subjects) == 1:
                subjects, other = s.subjects, "next"
    gap_of = None
    if dated and (named or before is not None) and any(isinstance(e, Cue) and e.kind == "verb" for e in near):
        then = dating.compared_period(w, near)
        gap_of = then if not _REACHED.search(lead) else None
        sign = next((e.sign for e in reversed(near) if isinstance(e, Cue) and e.kind == "verb"), 0)
    elif carried or (named and (not (higher or lower) or _BOUNDED.search(lead))):
        sign = 0
    else:
        if s.versus and not (higher or lower):
            higher, lower = bool(_LEADING.search(whole_lead)), bool(_TRAILING.search(whole_lead))  # 落后第二位的X
        sign = 1 if higher else -1 if lower else sign
    return Comparison("gap", sign, noun, other, subjects, gap_of)


def _whole_of_those(w: Walk, token: Token) -> str:
    """The one thing that those named in the sentence are parts of, or the three or more that were told just before it.

    领先的X…，殿后的Y…，首尾相差; A、B、C…依次为…。首尾相差.
    """
    start, nodes = after_mark(w.norm, token.start, "。！？\n"), w.names.ledger.dataset.nodes
    named = {x.code for n in w.found if start <= n.start and n.end <= token.start for x in n.subjects}
    told = {x.code for group in (w.state.recent or w.state.earlier) for x in group}
    listed = named - {w.names.ledger.total.code} if len(named) > 1 else told if not named and len(told) > 2 else set()
    wholes = {nodes[code].parent or "" if code in nodes else "" for code in listed}
    return wholes.pop() if len(wholes) == 1 else ""


def _bare(w: Walk, near: list[Event], near_start: int, token: Token, noun: str) -> Comparison | None:
    """高出17.41点 by itself: over what the clauses before compared with, a period or a thing, else over what was just told."""
    s = w.state
    names = [e for e in near if isinstance(e, Name) and e.subjects]
    m = _BARE.fullmatch(w.norm, names[-1].end if names else near_start, token.phrase_start)
    if m is None:
        return None
    sign = 1 if m["up"] else -1
    if (basis := _headed(w, token, near_start)) and not names:
        dating.set_basis(w, basis)
        return Comparison("change", sign, noun)
    if then := s.over_periods or s.compared:
        s.against, s.basis = then, ""
        return Comparison("change", sign, noun)
    own = [x.key for x in s.subjects]
    if s.over and s.over not in own:
        return Comparison("gap", sign, noun or s.noun, s.over)
    before = w.norm[max(w.sentence_start(token.start), s.last_end) : near_start]
    if len(own) == 2 and not names and _ALIKE.search(before):
        return Comparison("gap", sign, noun or s.noun, own[1], s.subjects[:1])  # A与B相近，低0.04点
    moved = s.last is not None and s.last.role == "change" and s.last.subjects == s.subjects
    if not names and s.basis in ("yoy", "pop") and token.unit not in _OF_RATES and (moved or _LEVEL.search(before)):
        return Comparison("change", sign, noun)  # 同比基本持平，仅高0.02点
    total = w.names.ledger.total.code
    if names and any(x.code == total for group in s.recent for x in group):
        return Comparison("gap", sign, noun or s.noun, total)  # 总指数为135.64点，X指数高出33.38点
    if names or s.last is None:
        return None
    return Comparison("gap", sign, noun or s.noun, "?" if _ELSE.search(before) else "", s.subjects[-1:])


def _headed(w: Walk, token: Token, near_start: int) -> str:
    """三项同比转差：A为91.63%，低1.12个百分点；B…: the basis that the head of a list names for each of its members."""
    s, start = w.state, after_mark(w.norm, token.start, "。！？\n")
    head = _HEAD_OF_LIST.match(w.norm, start, token.start)
    last = s.last
    if head is None or last is None or last.role != "level" or last.subjects != s.subjects or s.last_end > near_start:
        return ""
    if last.token.phrase_start < head.end() or s.versus or s.over:
        return ""
    said = [basis for basis, words in _HEAD_SAYS.items() if words.search(head.group())]
    return said[0] if len(said) == 1 else ""


def _in_brackets(w: Walk, token: Token, lead: str) -> Name | None:
    """The name right in front of the bracket in which a number stands by itself, or with its verb (下降4.48%)."""
    verbs = "".join(e.word for e in w.clause if isinstance(e, Cue) and e.kind == "verb" and lead.strip() == e.word)
    before = w.norm[: token.phrase_start].rstrip(" +-＋－−").removesuffix(verbs)
    if (
        lead.strip(" +-＋－−") not in ("", verbs)
        or before[-1:] not in ("(", "（")
        or w.norm[token.phrase_end : token.phrase_end + 1] not in (")", "）")
    ):
        return None
    return next((name for name in w.found if name.end == len(before) - 1), None)


def _of_the_other(w: Walk, token: Token) -> Name | None:
    """The name whose own figure stands behind it where something is set against it: 快于X的8.31%, 比X的141.37点高….

    Where it is no figure of its own kind (X的1.3倍, X的三成), it is one of the two together.
    """
    owned = _own_noun(token, w.norm) is not None
    of_two = token.unit in ("倍", "成", "分之", "番") or (token.unit == "百分点" and not _told_in_points(w))
    if token.kind != "quantity" or (of_two and not owned):
        return None
    m = right_before(_ITS, w.norm, token.phrase_start, 12)
    end = m.start() if m is not None else token.phrase_start if owned else -1
    name = next((n for n in w.found if n.end == end), None)
    if name is None:
        return None
    against = right_before(_SET_AGAINST, w.norm, name.start, 4) or (
        right_before(_SET_BESIDE, w.norm, name.start, 4) and _IS_ALIKE.match(w.norm, token.phrase_end)
    )
    return name if against or _next_passed_over(w, name) else None


def _told_in_points(w: Walk) -> bool:
    """拉动0.57个百分点，仅次于X的1.81个百分点: whether points were just told of the subject, so that X has its own."""
    last = w.state.last
    return last is not None and last.token.unit == "百分点" and last.role in ("pull", "change")


def _as_just_told(w: Walk, token: Token, other: Name) -> tuple[Role, int] | None:
    """What another's figure is: 下降2.50%，降幅仅次于B（4.48%） as what was told before it, 增幅仅次于B的5.99% as it says."""
    last = w.state.last
    noun = next(
        (e for e in reversed(w.clause) if isinstance(e, Cue) and e.kind == "noun" and e.end <= other.start), None
    )
    if last is not None and last.token.unit == token.unit and last.role in ("change", "pull"):
        # 下降1.06%，增速低于B的5.81%: what is called 增速 rose, unless a minus says otherwise
        return last.role, last.sign if noun is None or noun.sign < 0 else max(last.sign, 0)
    return ("change", noun.sign) if noun is not None and token.unit == "%" else None


def _moved_by(w: Walk, token: Token) -> Comparison | None:
    """被X下拉的0.98个百分点, 高于X拉动的0.5个百分点: the points by which X moves the whole, though X is not spoken of."""
    m = right_before(_MOVED_BY_IT, w.norm, token.phrase_start, 12) if token.unit == "百分点" else None
    name = next((n for n in w.found if m is not None and n.end == m.start() and n.subjects), None)
    if m is None or name is None or len(name.subjects) != 1 or not name.subjects[0].code:
        return None
    return Comparison("pull", -1 if m["down"] else 1, "", "", name.subjects)


def _own_noun(token: Token, norm: str) -> re.Match[str] | None:
    """What a figure is called that stands behind the name of what something is set against; None where nothing says."""
    of = {"百分点": _OWN_PULL, "%": _OWN_RATE}.get(token.unit)
    return of.match(norm, token.phrase_end) if of is not None else None


def _passed_over(w: Walk, name: Name) -> bool:
    """Whether a name was read as what something is set against, and so is not what is spoken of."""
    s, key = w.state, name.subjects[0].key
    return key == s.versus or all(key != subject.key for subject in s.subjects)


def _next_passed_over(w: Walk, name: Name) -> bool:
    """Whether a name is the next of those that something is set against: 高于A（x点）和B（y点）."""
    s = w.state
    listed = s.last is not None and any(subject.key == s.versus for subject in s.last.subjects)
    return listed and _NEXT_OF_LIST.fullmatch(w.norm, s.last_end, name.start) is not None


def _each(near: list[Event]) -> bool:
    """Whether something is said of each of those that are named."""
    return _names(near) and any(isinstance(e, Cue) and e.kind == "each" for e in near)


def _names(near: list[Event]) -> bool:
    return any(isinstance(e, Name) and e.subjects for e in near)


def _pair(w: Walk) -> tuple[Subject, ...]:
    """The two things that are set against each other: those of this clause, else those with numbers just told."""
    s = w.state
    here = [x for e in w.clause if isinstance(e, Name) for x in e.subjects]
    if len(here) >= 2:
        return tuple(here[-2:])
    if len(here) == 1 and s.replaced and s.replaced[-1].key != here[0].key:
        return s.replaced[-1], here[0]
    told = [x for group in (s.recent or s.earlier)[-2:] for x in group]
    pair = told if len(s.subjects) < 2 else list(s.subjects[-2:])
    if len(pair) < 2 and s.replaced and len(s.subjects) == 1 and s.replaced[-1].key != s.subjects[0].key:
        pair = [s.replaced[-1], s.subjects[0]]  # X最高，Y最低，两者相差
    return tuple(pair) if len(pair) == 2 else ()


def _twin(w: Walk, lead: str) -> str:
    """农村居民人均可支配收入…快于城镇: the other half of a pair of names."""
    m = _TWIN.search(lead)
    if m is None or not w.state.subjects:
        return ""
    mine = "农村" if m["side"] == "城镇" else "城镇"
    own = w.state.subjects[-1]
    subjects = [own, *(x for group in w.state.recent for x in group)]
    for subject in subjects:
        if subject.name.startswith(mine):
            for found in w.names.exact(m["side"] + subject.name[2:]):
                return found.key if subject is own else ""
    return ""
