"""How often, or what part of, its own earlier figure something is: 上年同期的六成, 基期的1.82倍, 2016年上半年156家的2.38倍."""

from __future__ import annotations

from narrator.check.clauses import right_before
from narrator.check.cues import Cue
from narrator.check.memory import Walk
from narrator.check.subjects import Name
from narrator.numerals.period_reading import PeriodPhrase
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.records import record

_LEVEL = r"(?:的?(?:同一?水平|水平|高点|高位|低点|低位|峰值|谷底|最高值|最低值|最高点|最低点|数值|规模|总量|指数|数|(?:同比|环比)?(?:增[速幅]|[涨升降跌]幅|增长率)))?"
_SHARE = r"(?:(?:比例|比重|比率)(?:也|仅|只|就|已)*(?:有|为|是|约为?|达到?|不[到足]|接近|超过?)?)?"
_OF = regex(
    rf"\s*[）)]?{_LEVEL}\s*的\s*{_SHARE}\s*(?:了?(?:大约|约|将近|接近|近|不到|不足|超过|超|逾|整整|大致|几乎|近乎))?\s*"
)
_NAMED = regex(rf"\s*{_LEVEL}\s*的?\s*[（(]?")
_IS = regex(r"(?:[是为即]|达到|相当于|等于|只有|仅有|只及|仅及|达)\s*(?:约|近)?\s*$")
# of what is told in no percentage itself, these say as much
_COMES_TO = regex(
    r"(?:不[到及足]|未到|未达|[恢回][复升][到至]|仅[有及占]|只[有及占]|约?占|[高低]于|超过)(?:了)?\s*(?:约|近)?\s*$"
)
_TOP = regex("最[高低大小快慢多少强弱]\\S{0,4}$")  # 最高为5月的6.63% says when it stood highest
_RATED = regex(r"\s*的?\s*(?:增[速幅长]|[涨升降跌]幅|水平)")
# 不到指数最高的X的八成: how the thing is placed stands between
_PLACED = regex(r"(?:(?:指数|增[速幅]|水平)?最[高低大小快慢]|(?:位居|排名|居|列)[^，。；]{1,4}|领先|垫底|殿后)的$")
_THING_IS = regex(
    r"(?:[是为即]|达到?|相当于|等于|[只仅][有及]|不[到及足]|未[到达]|接近|将近|超过|约|逾)(?:了)?\s*(?:约|近)?\s*$"
)
HEDGES = (
    ("under", regex(r"(?:不及|不到|不足|未到|未达|低于|少于|小于)(?:了)?\s*$")),
    ("over", regex(r"(?:超过|高于|多于|大于|超出|刚过|逾|超)(?:了)?\s*$")),
    ("near", regex(r"(?:接近|将近|逼近|近)\s*$")),
    ("about", regex(r"(?:大约|约为|约|大致|相当)(?:是|为|于)?\s*$")),
)


@record(frozen=True, slots=True)
class Ratio:
    """A number that says how many times the figure of a period something is; `figure` is that figure where it is told."""

    phrase: PeriodPhrase
    token: Token
    figure: Token | None
    hedge: str


def tells_a_part(token: Token) -> bool:
    """Whether a number says in tenths or as a fraction what part something is: 六成, 三分之一, 过半."""
    return token.unit == "成" or token.join == "fraction" or token.text in ("过半", "半数", "一半")


def of(w: Walk, phrase: PeriodPhrase) -> Ratio | None:
    """The ratio to the figure of the period that `phrase` names, if that is what it is named for."""
    if phrase.role in ("window", "this") or phrase.period == w.frame.report:
        return None
    named = _NAMED.match(w.norm, phrase.end)
    figure = next((t for t in w.figures if named is not None and t.phrase_start == named.end()), None)
    for told, place in ((None, phrase.end), (figure, figure.phrase_end if figure is not None else -1)):
        m = _OF.match(w.norm, place) if place >= 0 else None
        token = next((t for t in w.figures if m is not None and t.phrase_start == m.end()), None)
        if token is not None and _part(w, phrase, token, told):
            return Ratio(phrase, token, told, _hedge(w, phrase, token))
    return None


def to(w: Walk, token: Token) -> Ratio | None:
    """The ratio that `token` is the number of."""
    start = w.sentence_start(token.phrase_start)
    for phrase in reversed(w.periods):
        if phrase.start < start:
            break
        if phrase.end < token.phrase_start <= phrase.end + 40:
            ratio = of(w, phrase)
            if ratio is not None and ratio.token.start == token.start:
                return ratio
    return None


def thing(w: Walk, token: Token) -> tuple[Name, str] | None:
    """The thing of which `token` says what part another is, and its hedge: 不到指数最高的X的八成, 是X的79.58%."""
    if not (tells_a_part(token) or token.unit == "%"):
        return None
    if token.unit == "%" and (_RATED.match(w.norm, token.phrase_end) or (token.decimals and _rate_told(w))):
        return None  # 增长14.40%，增速不及X的10.09%: that is X's own
    name = next((n for n in reversed(w.found) if n.end <= token.phrase_start), None)
    if name is None or len(name.subjects) != 1 or not _OF.fullmatch(w.norm, name.end, token.phrase_start):
        return None
    placed = right_before(_PLACED, w.norm, name.start, 16)
    place = placed.start() if placed is not None else name.start
    if not right_before(_THING_IS, w.norm, place, 8):
        return None
    return name, next((hedge for hedge, words in HEDGES if words.search(w.norm, max(0, place - 6), place)), "")


def _rate_told(w: Walk) -> bool:
    """Whether a rate, or a share, of what is spoken of was told last."""
    last = w.state.last
    return last is not None and last.token.unit == "%" and last.role in ("change", "share")


def told(w: Walk, token: Token) -> PeriodPhrase | None:
    """The period whose figure `token` is, where a ratio to it follows: 上年同期3.1%的两倍多."""
    for phrase in w.periods:
        if phrase.end <= token.phrase_start <= phrase.end + 12:
            ratio = of(w, phrase)
            if ratio is not None and ratio.figure is not None and ratio.figure.start == token.start:
                return phrase
    return None


def _part(w: Walk, phrase: PeriodPhrase, token: Token, figure: Token | None) -> bool:
    if token.unit == "倍" or tells_a_part(token):
        return True
    if token.unit != "%" or _RATED.match(w.norm, token.phrase_end):
        return False
    start = next((p.start for p in w.periods if p.end == phrase.start), phrase.start)  # 2018年 of 2018年同期
    is_one = _IS.search(w.norm, max(0, start - 12), start)
    if figure is None and _amount(w) and _COMES_TO.search(w.norm, max(0, start - 6), start):
        return True
    return figure is not None or (is_one is not None and not _TOP.search(w.norm, max(0, start - 12), is_one.start()))


def _amount(w: Walk) -> bool:
    """Whether what is spoken of is an amount, no rate, and no rate of it was named in the clause."""
    codes = [s.code for s in w.state.subjects]
    if not codes or not all(codes) or any(isinstance(e, Cue) and e.kind == "noun" for e in w.clause):
        return False
    return all(w.names.ledger.node(code).unit not in ("%", "‰") for code in codes if not w.names.ledger.children(code))


def _hedge(w: Walk, phrase: PeriodPhrase, token: Token) -> str:
    for hedge, words in HEDGES:
        if hedge == "about" and token.unit == "倍":
            continue  # whole multiples are held to a twentieth as they stand
        if words.search(w.norm, max(0, phrase.start - 6), phrase.start):
            return hedge
    return ""


def noun(w: Walk, ratio: Ratio) -> str:
    """增速是上年同期的1.5倍, 不及上年同期增速的四成: the word for a rate that the clause sets into the ratio."""
    end = ratio.token.phrase_start if ratio.figure is None else ratio.phrase.start
    return next((e.word for e in reversed(w.clause) if isinstance(e, Cue) and e.kind == "noun" and e.end <= end), "")
