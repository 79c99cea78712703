"""How the words before a number use it: as a level, a change, a share, a pull, the pace of a rate."""

from __future__ import annotations

import re

from narrator.check import dating, respective
from narrator.check.clauses import after_mark, right_before
from narrator.check.cues import PULL_DOWN, PULL_UP, Cue
from narrator.check.figures import same_unit
from narrator.check.memory import Event, Walk, end_of, start_of
from narrator.check.reading import Role
from narrator.check.subjects import Name
from narrator.check.trends import ARROW
from narrator.numerals.period_reading import PeriodPhrase
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token

_PART_OF = regex(
    "占[^，。；]{0,12}(?:增[幅量长]|涨幅|升幅|降幅|上升|下降)(?:总量|部分|额)?的\\s*(?:比重|近|约|超|逾|超过|接近|为|达)*$"
)
# 两者合计超过总升幅的一半, behind shares
MUCH_OF = regex("(?P<how>超过?|逾|达到?|接近|近|不足|不到|高于|相当于)[^，。；]{0,8}(?:增[幅量长]|[涨升降跌]幅)的\\s*$")
_AMOUNTS_TO = regex(r"[数量总额共计为达到有是仅已约超近\s]*")
_LINE = regex(r"\s{0,2}的?(?:临界|荣枯|分界|景气线|警戒线)")
_DRAGGED = regex(
    f"(?:{'|'.join(PULL_DOWN)}|负向?(?:拉动|影响|贡献))[^，。；：（()）0-9]{{0,6}}[（(]\\s*(?:约|近|达)?\\s*$"
)  # 下拉影响（
_SIGNED = regex(r"[+\-±]\s*$")
_MOVED_ARE = regex(
    r"[^，。；：0-9（(]{0,12}?(?:(?:增长|上升|提高|上涨|回升|提升|[增升涨])|(?P<down>下降|回落|下跌|下滑|降低|[降跌]))"
    r"(?:[较最][快大高多慢小明显]+|居[前首])?的(?:[^，。；：0-9（(]{0,8}?)(?:分别)?(?:是|为|有|包括)"
)
# 降幅由大到小依次为X（a%）、Y（b%）; 降幅居前的是X（a%）
_SIZED_ARE = regex(
    r"[^，。；：0-9（(]{0,12}?(?:增[幅速]|涨幅|升幅|(?P<down>[降跌减]幅))[^，。；：0-9（(]{0,10}?(?:分别|依次)?(?:是|为|有|包括)"
)
_LED_BY = regex(
    r"(?:增[幅速]|涨幅|升幅|(?P<down>[降跌减]幅))(?:[分也均都皆]|双双|全部)*(?:居前|靠前|领先|较为?[大高快小低慢深明显]+|最[大高快小低慢深]|居[^，。；]{1,6}|位?[居列][^，。；]{1,6}"
    r"|(?:[在达超逾]|超过|高于|大于|[不未]低于|低于|小于|不足|不到|[不未]超过)\d+(?:\.\d+)?%(?:以[上下内]|左右)?|达?两位数|突出|可观|显著|明显|不一|各异|接近|相[近当])$"
)
_AS_FOLLOWS = regex(r"\s*(?:分别|依次|各自)?(?:为|达到?|是)\s*(?:约|近|超)?\s*")
_NTH = regex("第.+(?:期|个月|个季度|个半年|年)$")  # 连续第三期
_BRACKETS = regex(r"[（(][^（）()]{1,14}[）)]")
_CLAUSE = regex("[^，。；,;\n]*")
_LED_TO = regex(
    "之?后[，,]?(?:本期|目前|现|仍|已|均|指数)*(?:为|是|报|收于|录得|处于|停在|停留在|稳定在)\\s*(?:约|近)?"
)
_SHARE_WENT = regex(
    r"[，,]?(?:则|也|又|且)?(?:[比较](?=.{2})|与|同比|环比|上年同期)[^，。；]{0,16}?(?:同期|相比|[年期月度])?[，,]?(?:大幅|小幅|明显|再|又)*"
    r"(?:提[高升]|上升|增加|扩大|下降|回落|降低|减少|[高低多少]出?)(?:了|约|近)*"
)
_THEREAFTER = regex("(?:了|[一二两三四五]期)?(?:之?后|以后|过后)[，,]?[^，。；：0-9]{0,8}")
_WITH = regex(r"(?:以|凭借?|凭着)(?:约|近|超过?)?\s*$")  # 以2.18个百分点的拉动成为最大支撑
_BUT_FOR = regex(
    "(?:没有|若无|如无|缺少|少了|离开|扣除|剔除|去掉|得益于|有了|加上|除了?)[^，。；]*$"
)  # 若没有X0.74个百分点的支撑
_REACHED = regex(r"[降升回落高低]\s*[至到为]\s*$")
_RATE = regex("增[速幅长]|[涨升降跌]幅|上升|上涨|下降|回落")
_BARE = regex(r"(?:增[减速幅长]|变[动化]|涨[幅跌]|[为是达：:\s+\-＋－−﹣（(]|分别|依次|先后|各自|幅度|速度|率)*")


_ABOUT = " 约近超逾了"
_ALL_RATES = regex(
    "(?:增[速幅]|[涨升降跌]幅)[^，。；0-9]{0,10}(?:收窄|扩大|回落|缩小|加快|放缓)[^，。；0-9]{0,6}[，,]其中[^，。；]*$"
)
_DOUBLED = ("翻番", "翻倍")
_SHORT_OF = regex("(?:距离?|离|有望|力争|争取|实现|目标是?)[^，。；]{0,4}$")
_INTO = regex("(?:转|(?:转|变)[为成向])(?:[^，。；]{2,9}的)?(?:[小大微]幅|略有?|明显)?$")
_SPED = ("加快", "提速", "放缓", "减缓", "趋缓", "减速", "变慢")
_SIZES = ("收窄", "扩大", "回落", "缩小", "加深", "加剧", "收敛")  # of a rate that the sentence speaks of
_ACTED = regex("[将把使让令]")  # 6.20%的涨幅将其推高至124.23点: the rate is what did it
_RAISED = (*PULL_UP, *PULL_DOWN)
_PULLS = regex(
    r"(?:[、和与及][^，。；、0-9]{2,16}\d[\d.]*个百分点)*\s*的(?:正向|负向|反向|净|向[上下])*(?:拉动|上拉|带动|贡献|支撑|(?P<down>下拉|拖累|拉低))"
)
# 由7.91%收窄至5.22%: what so moves is the size of a change
_LACKS = regex(r"\s*(?:左右|以上)?的?(?:同比|环比)?缺口")  # 同比仍有19.05%的缺口: it has fallen by that
# 0.59%的微幅增长
OF_RATE = regex(
    r"\s*的?(?:同比|环比)?(?:较?[快高稳大小微低中][快速高步幅]?|较|温和|强劲|明显|平稳|稳定|恢复性|正|逆势|良好)?的?"
    r"(?:增[幅速长]|[涨升]幅|上升|上涨|提升|(?P<down>[降跌减]幅|降低|下降|下跌|回落))"
)
_OF_SHARE = regex(r"\s*的?贡献(?:率|度|份额|比例)")  # 以18.87%的贡献率居第二位
_OF_THEM = regex(r"\s*(?:其中[，,]?|[，,（(])")
_SIZED = regex(
    r"\s*(?:逐步|进一步|大幅|小幅|明显|快速|持续)*(?:收窄|扩大|加深|加剧|收敛|放缓|加快|回落|提高|缩小|回升|下降|上升|降|升)(?:至|到)"
)
# X增长最快，达12.53%: the verb stands in the clause before, with how much it was among its like
_GREW_MOST = regex(
    r"(?:增长|上升|提升|提高|上涨|回升|(?P<down>下降|回落|下滑|降低))(?:得|幅度)?[最较更]为?[快多大高猛少小慢明显]{1,2}[，,](?:为|达到?|高达|仅|只)*\s*$"
)


def _rated(w: Walk, near: list[Event]) -> bool:
    """Whether the words say on what a rate is behind the word that something moved something."""
    pulled = max(k for k, e in enumerate(near) if isinstance(e, Cue) and e.kind == "pull")
    behind = near[pulled:]
    # 带动综合效益指数同比增长9.00%: of another than the subject, which 该指标指数 is not
    named = any(isinstance(e, Name) and e.generic != "same" for e in behind)
    same = any(isinstance(e, Name) and "指数" in w.norm[e.start : e.end] for e in behind)
    said = {e.kind for e in behind if isinstance(e, Cue)}
    return not named and (same or "head" in said) and bool(said & {"yoy", "pop"})


def _moved_itself(w: Walk, near: list[Event]) -> bool:
    """五项指标均上升，带动生态宜居指数上升6.76%: parts of the subject move the subject, by a rate of its own."""
    last = next((e for e in reversed(near) if isinstance(e, Name) and e.subjects), None)
    own = {x.code for x in w.state.subjects if x.code}
    return last is not None and own == {x.code for x in last.subjects} and composite(w)


def role_of(w: Walk, token: Token, near: list[Event]) -> tuple[Role, int, str, bool]:
    """How the words before a number use it; its sign; the noun of a pace; whether it is what was reached."""
    role: Role = "level"
    sign = 0
    noun = ""
    to = False
    seen_noun: Cue | None = None
    verb: Cue | None = None
    for event in near:
        if isinstance(event, Name) or (isinstance(event, Cue) and event.kind in ("head", "raw")):
            if role == "share" or (role == "pull" and (start_of(event) != w.state.moved or token.unit == "百分点")):
                continue
            if isinstance(event, Cue) and event.kind == "head" and role == "level" and not to:
                continue
            role, sign, to, seen_noun, verb = "level", 0, False, None, None
            continue
        if not isinstance(event, Cue):
            if verb is not None and role == "change":
                # 上涨的2018年下半年…: a verb before a date says nothing of the number behind it.
                verb, role, sign = None, "level", 0
            continue
        if event.kind == "share":
            # 贡献了2.18个百分点: the points by which it moved the whole, not its share of that
            points = token.unit == "百分点" and not _between(w, event, token)
            points = points and event.word in ("贡献", "贡献了")
            role, sign, verb, seen_noun = "pull" if points else "share", int(points), None, None
        elif event.kind == "pull" and token.unit != "元":
            role, sign, verb = "pull", event.sign, None
        elif event.kind == "mark":
            if role == "level" or (verb is not None and _THEREAFTER.fullmatch(w.norm, verb.end, event.start)):
                role, sign, verb = "mark", event.sign, None  # 小幅回调后重回130点上方
        elif event.kind == "noun" and role == "share":
            continue
        elif event.kind == "noun" and role == "pull" and token.unit == "百分点" and not _between(w, event, token):
            continue  # 拖累X指数增速0.94个百分点
        elif event.kind == "noun":
            seen_noun, verb = event, None
            role, sign = "change", event.sign
        elif event.kind == "verb":
            if role == "pull":
                sign = event.sign if sign >= 0 else sign
                continue
            if role == "share":
                if token.unit == "百分点":
                    role, sign, noun = "pace", event.sign, "share"
                continue
            if seen_noun is not None and not _ACTED.search(w.norm, seen_noun.end, event.start):
                role, sign, noun = "pace", event.sign, seen_noun.word
                continue
            verb, role, sign, to = event, "change", event.sign, False
        elif event.kind == "to":
            if event.sign:
                role, sign, to, verb = "level", event.sign, True, None
            elif verb is not None and event.word in ("至", "到") and not w.norm[verb.end : event.start].strip(" 了"):
                role, to, verb = "level", True, None
            elif role == "pace" and event.word in ("至", "到") and seen_noun is not None and token.unit == "%":
                role, sign, noun = "change", seen_noun.sign, ""  # 降幅收窄至5.02%
            elif role == "change" and event.word in ("至", "到"):
                role, to = "level", True
            elif role == "pull" and event.word in ("至", "到") and w.norm[: event.start].endswith(_RAISED):
                role, to = "level", True  # 拉升至124.23点: what it reached
        elif (
            event.kind == "is"
            and event.word == "为"
            and verb is not None
            and w.state.from_periods
            and w.norm[verb.end : event.start].strip() == ""
        ):
            role, to, verb = "level", True, None
    if role == "pull" and token.unit == "%" and (_rated(w, near) or _moved_itself(w, near)):
        role = "change"  # 带动该指数同比增长34.43%: a rate of what was moved, not the points by which
    if role == "change" and verb is not None and _LED_TO.fullmatch(w.norm, verb.end, token.phrase_start):
        role, sign = "level", 0  # 连续两期环比下降后为138.17点
    if role == "level" and token.text in _DOUBLED and right_before(_SHORT_OF, w.norm, token.phrase_start) is None:
        role, sign = "change", 1  # 较基期接近翻番: the verb is in the word
    if role == "level" and _LINE.match(w.norm, token.phrase_end):
        role = "mark"
    if role == "change" and w.state.pulled >= 0 and token.unit in ("百分点", "点"):
        # 影响总指数下降3.05个百分点
        role = "pull"
    behind_it = w.state.pulled >= 0 and not w.norm[w.state.pulled : token.start].strip(_ABOUT)
    if role == "level" and token.unit == "百分点" and behind_it:
        role, sign = "pull", -1  # 影响X指数0.94个百分点
    led = w.state.parent or right_before(_WITH, w.norm, token.phrase_start, 6)
    led = led or _BUT_FOR.search(w.norm, w.sentence_start(token.phrase_start), token.phrase_start)
    if role == "level" and token.unit == "百分点" and led and (m := _PULLS.match(w.norm, token.phrase_end)):
        role, sign = "pull", -1 if m["down"] else 1  # 对总指数仍有0.59个百分点的拉动
    if role == "mark" and token.unit not in ("点", "", "%"):
        role = "level"
    if token.kind == "rank":
        role = "rank"
    elif token.kind == "pattern" or (
        role == "level" and (token.unit in ("大", "项", "期") if token.kind == "count" else _NTH.match(token.phrase))
    ):
        role = "level" if _told_in(w, token, near) else "count"
    return role, sign, noun, to


def _between(w: Walk, cue: Cue, token: Token) -> str:
    """What stands between a cue and a number but words of approximation."""
    return w.norm[cue.end : token.start].strip(_ABOUT)


def _told_in(w: Walk, token: Token, near: list[Event]) -> bool:
    """登记数据产品数为584项: an amount of the indicator right in front, which is told in 项 or the like."""
    names = [e for e in near if isinstance(e, Name) and e.subjects]
    if not names or not _AMOUNTS_TO.fullmatch(w.norm, names[-1].end, token.phrase_start):
        return False
    codes = [x.code for x in names[-1].subjects]
    return all(codes) and all(same_unit(token.unit, w.names.ledger.node(code).unit) == 1.0 for code in codes)


def unspoken(w: Walk, token: Token, role: Role, sign: int, near: list[Event], lead: str) -> tuple[Role, int]:
    """A change without a verb: 同比+3.83%, 环比：0.24%, ↓3.12%, 较上年同期+8.19个百分点."""
    if role != "level" or token.kind != "quantity":
        return role, sign
    arrow = ARROW.search(lead)
    if arrow:
        return "change", 1 if arrow["up"] else -1
    signed = token.text[:1] in "+＋-－−﹣" or _SIGNED.search(lead) is not None
    last = near[-1] if near else None
    based = next((e for e in reversed(near) if isinstance(e, Cue) and e.kind in ("yoy", "pop", "base")), None)
    if based is not None and _BARE.fullmatch(w.norm, based.end, token.start):
        return "change", 0
    beside = any(isinstance(e, Cue) and e.kind in ("compare", "with") for e in near)
    if (based or (beside and any(isinstance(e, PeriodPhrase) for e in near))) and _LACKS.match(
        w.norm, token.phrase_end
    ):
        return "change", -1
    dated = isinstance(last, PeriodPhrase) and any(isinstance(e, Cue) and e.kind in ("compare", "with") for e in near)
    if signed and dated and last is not None and _BARE.fullmatch(w.norm, end_of(last), token.start):
        return "change", 0
    if token.text[:1] in "+＋" or lead.rstrip().endswith("+"):
        return "change", 1
    return role, sign


def _said_behind(w: Walk, token: Token) -> tuple[Role, str] | None:
    """A（28.48%）、B（29.04%）对总指数增长的贡献率居前: role and basis of bracketed rates that their clause ends by naming."""
    if not re.search(r"[（(]\s*[+\-＋－−]?\s*$", w.norm[: token.start]) or w.norm[
        token.phrase_end : token.phrase_end + 1
    ] not in ("）", ")"):
        return None
    behind = _CLAUSE.match(_BRACKETS.sub("", w.norm[token.phrase_end + 1 : token.phrase_end + 160]))
    words = behind.group() if behind is not None else ""
    front = w.norm[after_mark(w.norm, token.phrase_start, "，。；：,;\n") : token.phrase_start]
    if re.search("\\d", words) or _RATE.search(front) or re.search("同比|环比|贡献", front):
        return None  # 涨幅居前的A（22.29%）和B（15.66%）合计贡献了53.71%的增量
    if "贡献" in words and "拉动" not in words:
        return "share", ""
    if _RATE.search(words) and ("环比" in words) != ("同比" in words):
        return "change", "pop" if "环比" in words else "yoy"
    return None


def _listed_as_moved(w: Walk, token: Token, lead: str) -> int | None:
    """The sign of rates that words of movement govern: 上升的是X（a%）、Y（b%）; X和Y增幅居前，分别为a%和b%; else None."""
    start = after_mark(w.norm, token.phrase_start, "，。；：\n")
    if w.norm[: token.phrase_start].rstrip(" +-＋－−")[-1:] in ("(", "（"):
        m = _MOVED_ARE.match(w.norm, start, token.phrase_start) or _SIZED_ARE.match(w.norm, start, token.phrase_start)
        return None if m is None else -1 if m["down"] else 1
    before = w.norm[after_mark(w.norm, max(0, start - 1), "，。；：\n") : max(0, start - 1)]
    if (
        not _AS_FOLLOWS.fullmatch(lead)
        or w.norm[start - 1 : start] not in ("，", ",")
        or lead != w.norm[start : token.phrase_start]
    ):
        return None
    m = _LED_BY.search(before)
    return None if m is None else -1 if m["down"] else 1


def themed(w: Walk, token: Token, role: Role, sign: int, near: list[Event], lead: str) -> tuple[Role, int]:
    """What a rate is where its own clause does not say: 降幅由…至…, 增幅最大的是X，达22.29%, X（15.66%）."""
    s = w.state
    if token.unit not in ("%", "成", "百分点"):
        return role, sign
    if role == "level" and s.subjects and token.unit == "%" and (told := _said_behind(w, token)) is not None:
        if told[1]:
            dating.set_basis(w, told[1])
        return told[0], 0
    if role == "level" and token.unit == "%" and (way := _listed_as_moved(w, token, lead)) is not None:
        return "change", way
    starts = any(isinstance(e, Cue) and e.kind == "from" for e in near)
    if role == "level" and token.unit == "%" and composite(w) and _REACHED.search(lead):
        last = s.last
        if last is not None and (last.role, last.subjects, last.token.unit) == ("change", s.subjects, "%"):
            return "change", last.sign  # 2019年涨幅为6.33%；此后走低，2024年降至3.07%
    part = re.match(r"\s*(?:增幅|涨幅|升幅|增量|降幅)的", lead) and s.parent
    shares = s.last is not None and s.last.role == "share" and MUCH_OF.search(lead)
    if part or shares or (token.unit in ("%", "成") and _PART_OF.search(lead)):
        s.theme = ("share", 0)  # X占总指数增幅的三分之一，Y占四分之一: 增幅 is only what they are parts of
        return "share", 0
    noun = next((e for e in near if isinstance(e, Cue) and e.kind == "noun"), None)
    verb = next((e for e in reversed(near) if isinstance(e, Cue) and e.kind == "verb"), None)
    if token.unit == "百分点":
        if role == "level" and s.theme is not None and s.theme[0] == "pull" and (composite(w) or unlike(w, token)):
            return "pull", -1 if right_before(_DRAGGED, w.norm, token.phrase_start, 16) else 0
        based = any(isinstance(e, Cue) and e.kind in ("yoy", "pop", "base") for e in near)
        if (
            role == "change"
            and not based
            and s.last is not None
            and (s.last.role == "pace" or (s.last.role == "change" and s.last.token.unit == "%"))
            and (s.rate is not None or s.noun or s.side == "index" or composite(w) or amount(w))
        ):
            return "pace", sign
        sped = verb is not None and (verb.word in _SPED or (verb.word in _SIZES and _rate_spoken_of(w, verb.start)))
        if role == "change" and sped and (composite(w) or amount(w)):
            return "pace", sign  # 六大模块增速较上期加快，其中X加快3.43个百分点
        return role, sign
    based = any(isinstance(e, Cue) and e.kind in ("yoy", "pop") for e in near)
    rated = s.theme is not None and s.theme[0] == "change" and _SIZED.match(w.norm, token.phrase_end) is not None
    way = s.theme[1] if rated and s.theme is not None else 0  # 降幅均有收窄，其中A由7.91%收窄至5.22%
    if (
        starts
        and role != "share"
        and (noun is not None or based or ((s.noun or rated) and (composite(w) or unlike(w, token))))
    ):
        moved = verb is not None and (noun is None or not _between(w, verb, token))  # 增速由上半年的下降2.50%转为…
        sign = noun.sign if noun is not None and noun.sign else verb.sign if moved and verb is not None else way
        if not sign and re.match(r"\s*的?(?:降幅|跌幅|减幅)", w.norm[token.phrase_end : token.phrase_end + 4]):
            sign = -1  # 由0.25%的降幅到…
        s.rate = (noun.sign if noun is not None else way, noun.word if noun is not None else "增速")
        return "change", sign
    reached = (
        any(isinstance(e, Cue) and e.kind == "to" for e in near)
        or (verb is not None and verb.word.startswith("转"))
        or re.search("转为|变为", lead)
    )
    if reached and role == "level" and _from_a_share(w, token, near):
        return "share", 0
    if s.rate is not None and role in ("level", "change") and s.from_periods and reached:
        start = token.phrase_start - len(lead)
        if verb is not None and (verb.word.startswith("转") or _INTO.search(w.norm, start, verb.start)):
            return "change", verb.sign  # 转为2025年上半年的下降
        return "change", s.rate[0]
    if role == "change" and not sign:
        end = respective.chain(w, token)[-1].phrase_end
        if re.match(r"\s*的?(?:降幅|跌幅|减幅)", w.norm[end : end + 4]):
            return "change", -1  # 由0.25%的降幅到…
    if role != "level":
        return role, sign
    if token.unit in ("%", "成") and (_OF_SHARE.match(w.norm, token.phrase_end) or _of_the_sum(w, lead)):
        s.theme = ("share", 0)
        return "share", 0
    rate = OF_RATE.match(w.norm, token.phrase_end)
    if rate is not None and (s.parent or composite(w) or unlike(w, token)):
        return "change", -1 if rate["down"] else 0
    if (
        s.last is not None
        and (s.last.hedge or s.last.token.join == "fraction")
        and w.norm[s.last_end : token.phrase_start].strip(" ，,左右") in ("为", "达", "是", "达到", "即", "(", "（")
    ):
        # 贡献率过半，为53.67%: the same, exactly.
        # 突破70%，为70.40%: what it is, no mark again
        return ("level", 0) if s.last.role == "mark" else (s.last.role, s.last.sign)
    grew = _GREW_MOST.search(w.norm[max(0, token.phrase_start - 18) : token.phrase_start])
    alike = s.last is not None and (s.last.role, s.last.token.unit) == ("change", "%")  # A提升最多，为4.73%，B最少，为…
    if grew is not None and token.unit == "%" and (alike or composite(w) or unlike(w, token)):
        return "change", -1 if grew["down"] else 1
    plain = re.fullmatch(
        r"[\s为是达约（(]*", lead[end_of(near[-1]) - (token.phrase_start - len(lead)) :] if near else lead
    )
    if composite(w) or (unlike(w, token) and (plain or any(x.code for x in s.subjects))):
        if s.theme is not None and s.theme[0] != "pull":
            return s.theme[0], 0 if re.search(
                r"[（(][+\-＋－−]?\s*$", w.norm[max(0, token.start - 3) : token.start]
            ) else s.theme[1] or _alike(w, lead)
        if w.norm[max(0, token.phrase_start - 2) : token.phrase_start].rstrip("+- ").endswith(("(", "（")):
            return "change", 0
    return role, sign


def _from_a_share(w: Walk, token: Token, near: list[Event]) -> bool:
    """贡献率由1.66%升至8.09%: whether what a number is reached from, right before it, was a share."""
    last = w.state.last
    if last is None or last.role != "share" or re.search("[，。；]", w.norm[w.state.last_end : token.phrase_start]):
        return False
    apart = any(isinstance(e, Name) or (isinstance(e, Cue) and e.kind in ("noun", "head", "raw")) for e in near)
    return bool(w.state.from_periods) and not apart


def _of_the_sum(w: Walk, lead: str) -> bool:
    """A和B贡献率合计达90.10%，其中前者首次过半: whether a part of those whose shares were just added up is told of."""
    last, own = w.state.last, w.state.subjects
    if last is None or (last.role, last.mode) != ("share", "sum") or _OF_THEM.match(lead) is None:
        return False
    return len(own) == 1 and own[0].code in [x.code for x in last.subjects]


def of_the_share(w: Walk, token: Token, near: list[Event]) -> bool:
    """贡献率为40.12%，比2018年上半年提高10.38个百分点: whether it is the share just told that so moved."""
    last = w.state.last
    if token.unit != "百分点" or last is None or last.role != "share" or last.token.unit != "%":
        return False
    if not (composite(w) or amount(w)) or any(isinstance(e, Name) and e.subjects for e in near):
        return False
    between = w.norm[w.state.last_end : token.phrase_start]
    return _SHARE_WENT.fullmatch(between) is not None and not any(isinstance(e, Cue) and e.kind == "noun" for e in near)


def _rate_spoken_of(w: Walk, place: int) -> bool:
    """五个模块增幅全部收窄，其中X收窄9.64个百分点: whether how fast things grew is what the clause before speaks of."""
    return _ALL_RATES.search(w.norm, w.sentence_start(place), place) is not None


def _alike(w: Walk, lead: str) -> int:
    """同比、环比分别下降13.64%和10.98%，双双超过10%: in the direction just told."""
    last = w.state.last
    return last.sign if last is not None and last.role == "change" and re.search("双双|均|都|幅度", lead) else 0


def rate_of(w: Walk, lead: str) -> str:
    s = w.state
    if "环比" in lead:
        return "pop"
    if "同比" in lead:
        return "yoy"
    if "贡献率" in lead or (s.theme is not None and s.theme[0] == "share"):
        return "share"
    if s.theme is not None and s.theme[0] == "pull":
        return "pull_pop" if s.basis == "pop" else "pull"
    return s.rate_basis or s.topic_basis


def composite(w: Walk) -> bool:
    """Whether the subject is a total or module, whose level is never a percentage."""
    s = w.state
    nodes = [x.code for x in s.subjects if x.code]
    return bool(nodes) and all(w.names.ledger.children(code) for code in nodes)


def amount(w: Walk) -> bool:
    """Whether the subject is an indicator whose level is no percentage: what it moves by in points is its rate."""
    nodes = [x.code for x in w.state.subjects]
    return bool(nodes) and all(nodes) and all(w.names.ledger.node(code).unit not in ("%", "‰") for code in nodes)


def unlike(w: Walk, token: Token) -> bool:
    """Whether no level of the subject is told in the unit of `token`."""
    subjects = w.state.subjects
    nodes = [x.code for x in subjects if x.code]
    if not nodes and subjects:
        levels = [unit for x in subjects for unit in w.names.levels[x.reference]]
        return all(same_unit(token.unit, unit) is None for unit in levels)
    unlike = all(same_unit(token.unit, w.names.ledger.node(code).unit) is None for code in nodes)
    return bool(nodes) and (w.state.side == "index" or unlike)
