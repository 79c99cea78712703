"""Which subject a number is of: the name last said, its group, and the names that are no subjects (对…, 比…)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from narrator.check import ratios
from narrator.check.clauses import after_mark, right_before, up_to_mark
from narrator.check.cues import COMPARING, Cue, residue
from narrator.check.grounds import read_count
from narrator.check.memory import Event, Walk, end_of, start_of
from narrator.check.parts import ALL_PARTS, INDICATORS, MODULES, joined
from narrator.check.scopes import is_scope
from narrator.check.subjects import Name, Subject
from narrator.numerals.period_reading import PeriodPhrase
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token

_JOINED = regex(r"[\s、和与及以暨]*(?:以及)?[\s]*$")
_SET_AGAINST = regex(r"(?:模块|分?指数|指标)?\s*(?:相比|相较|比较起来|比起来)")
_ALIKE = regex(
    r"[^，。；]{0,12}?(?:相比|相似|一致|相同|相近|相当|持平|同步|比较|接近|相仿|类似|相差|差距|并列|同[列居处])"
)
_INFLUENCE = regex("(?<!受)(?:(?<![受到的此其])影响|带动|拖累)(?:了|全[市区县]|本期)*$")
_BEGINS = regex(r"(?:^|[，。；：,;\n])(?:而|但|则|总体上|整体上|目前|本期)?$")
# 模块同比上升…, 模块13.67%的增幅, 模块对总指数的贡献率: that which is spoken of, where no word says which
_OF_ITSELF = regex(
    r"(?:的?(?:整体|总体)?(?:的?同比|的?环比)?的?(?:\d[\d.]*(?:%|个百分点|点)的(?:同比|环比)?)?"
    r"(?:增[幅速长]|[涨升降跌]幅|上升|上涨|下降|回落|提高))|对|同比|环比|贡献|[上下]?拉(?!开)|带动|拖累|整体|则|仍|也"
)
_MAKES = regex("(?:[把将让]|使得?|令|致使)(?:全[市区县])?$")
# X指数因这一项被拉低2.99个百分点: by what was just spoken of, which no name says
_MADE_BY = regex(
    r"(?:模块|指数)*(?:也|则|又|相应)?(?:(?:因|由于|受|被|为)(?:这|该|此|其|上述|前述)[^，。；：0-9]{0,8}?|因[此而]|由此)?(?:被|所|而)*"
    r"(?:整体|直接)?(?:[上下]拉|拉[低高动]|推[高升]|拖[累低]|抬[高升]|压低)(?:了|约|近)*\d[\d.]*个?百分点"
)
_PASSIVE = regex("[^，。；：0-9]*?(?:被|所|因|由此|由于|受)")
# 使X指数少增0.94个百分点: by how many points it is moved
_DRAWN = regex(
    r"(?:整体|累计|向[上下])?(?:同比|环比)?(?:[少多][增涨]|下降|回落|下滑|降低|减少|拉低|上升|提高|增加|上涨|回升|拉高|提升|[上下]?拉动?|推[升高动]|带动|抬[升高]|拖[累低]|压低)(?:了|约|近)*\d[\d.]*个?百分点"
)
_MEANWHILE = regex("同期|同一时期")  # 高于同期X增速: of the same time
# 人文交流受X拖累，同比增长…; 因X增加，…; 在X的带动下，…: what moved the subject, told between it and its figure
_BY = regex(
    r"(?:指数|方面)?(?:则|也|仍|主要|同时|持续|虽|虽然|明显|更|多)*"
    r"(?:(?P<by>受到?|被)|(?P<due>因为?|由于|得益于|受益于|缘于|源于)|(?P<under>在))[^，。；：0-9于与比]{0,8}"
)
_MOVED_BY = regex(
    r"[^，。；：]*(?:影响|拖累|带动|推动|拉动|支撑|制约|冲击|牵引|牵制|牵累|提振|驱动|掣肘|作用|所累|下拉)"
)
_UNDER = regex(r"[^，。；：]*下[，,]")
_BY_WHICH = regex(r"\s*的(?:[^，。；的]{0,4})(?:优势|劣势|差距)")  # 以1.21点的优势超过X: what it is said of leads
_OPENS = regex(r"\s*(?:以|凭|这|这一|约|近|高达|达|实现|取得)*\s*")
_RATE_OF = regex(r"的?(?:指数)?的?(?:同比|(?P<pop>环比))?(?:增[速幅]|[涨升降跌]幅|增长率)")
_RAISED = regex(r"\s*的(?:同比|(?P<pop>环比))(?:增[速幅]|[涨升降跌]幅|增长率)[将把]")
_PLACED_BY = regex("(?:同比|环比)?(?:增[速幅]|[涨升降跌]幅)(?:最|居|排|位|垫底|领先|靠[前后])[^，。；]{0,5}的")
# 上年同期降幅最深的X反弹: the period is that of what X did, not of what is told of it
_OF_THEN = regex(
    "(?:同比|环比)?[^，。；：0-9]{0,8}(?:最|垫底|居|领[先跑]|下[降滑跌]|回落|增长|上升|反弹)[^，。；：0-9]{0,5}的"
)
REPLACED = "(?:取代|替代|顶替|接替)了?(?:(?:此前|原先|原来|上期)[^，。；：0-9]{0,6})?"
_BEATEN_BY = regex(f"(?:被(?:[^，。；：]{{2,20}}[、和与及])?|{REPLACED})$")
# 其中4.45个百分点来自X, 超过七成的涨幅出自X, 六成要归因于X
_FROM = regex(
    r"\s*(?:以上|左右|多|强|弱)?的?(?P<part>(?:同比|环比)?(?:增[幅量长]|[涨升降跌]幅|上升|上涨|下降|下滑|回落))?\s*"
    r"(?:主要)?(?:是)?(?:(?:来自|源自|来源|源|(?P<out>出自))于?|(?P<due>(?:要|应|可以?|能)?归[因功结]于?)|(?P<by>[由靠]))\s*"
)
_SO_MANY = regex(
    rf"(?P<these>这|上述|前述|以上|上面)?(?P<count>[两二三四五六七八九])\s*[个项大](?:{MODULES}|{INDICATORS})(?:指数)?"
)
_GAVE = regex("(?:模块|指数)?(?:一家|独自)?(?:所)?(?:贡献|带来|拉动|创造|推动|撑起|支撑|扛起)")
# 领先第二位的X8.20点, 落后于居首的Y
_PLACED = regex(
    r"(?:领先|落后|[高低快慢优]于|高出|超出|超过|[比较]|(?P<beside>[与和同跟]))于?(?:排名|排在|位居|位列|居|列)?"
    r"(?:第[一二三四五六七八九十\d]+[位名]?|首位?|榜首|末[位席]?|次[席位]|垫底|殿后|(?:水平|指数|点位|数值|增[速幅]|[涨升降跌]幅)?最[高低大小快慢])的?(?:模块|指标)?$"
)
_CAUSE = regex(
    r"[^，。；]{0,24}的(?:[^，。；的]{0,4})(?:因素|动力|力量|原因|主因|支撑|来源|拉动力?|贡献者|增长[点极]|引擎|亮点|主力)\s*(?=[，,])"
)
_JOINTLY = regex(
    r"[^，。；0-9]{0,24}?(?:合计|合共|共计|总共|一起|一道|携手|合力|共同|共(?=贡献|拉动|占)|[两二三四五](?:者|个?模块|项)(?:合计|共))"
    r"|[^，。；0-9]{0,24}[，,]\s*(?:前述|上述|这)?[两二三四五]\s*[个大项者][^，。；0-9]{0,6}(?:合计|共)"
)  # 与X合计贡献; 加上X和Y，三个模块合计
_ADDED = regex("[^，。；0-9]{0,14}?(?:之和|总和|合计|加总|相加|加(?:在一)?起来|合起来)")
_SHARE_OF = regex(
    r"(?:总[量额值]|总计)?(?:的)?(?:比重|比例|比率|份额|[\d.]+%(?!的?(?:同比)?(?:[增涨升降跌]幅|增长|上涨|下降)))"
)
_FROM_A_FIGURE = regex(r"(?:指数)?(?:由|从)[^，。；0-9]{0,8}\d")  # 推动X由当期的11.74万元尽快回升
_ANAPHORA = regex(
    r"[上前]述|这|该|此(?![前后外])|其(?![他它])|[前后]者|[二两三四五六七八九]\s*[者项个大]|合计|之和|贡献"
)
_IN_POINTS = frozenset(["拉动", "上拉", "下拉", "拉高", "拉低"])  # of a part: by how many points it moves its whole
# X距总指数3.52点
_AWAY = regex("(?:距离?|离)(?:居首位?的|首位的|榜首的)?$")
_SO_FAR = regex(r"(?:指数|模块)?\s*(?:还|仍|尚|只|仅|有|差|约|近|为|的差距|的距离|不足|不到|超过)*\s*\d")
_AHEAD = frozenset(["领先", "落后"])  # 领先的X: that is said of X, and sets nothing beside it
_PLURAL = regex(r"(?:[0-9一二三四五六七八九十两]+\s*[大个项]?|各|所有|全部|其余|其他)\s*(?:分项)?$")


def enter(w: Walk, name: Name, events: list[Event], i: int) -> None:
    s = w.state
    previous = events[i - 1] if i else None
    gap = w.norm[end_of(previous) : name.start] if previous is not None else w.norm[: name.start]
    adjacent = previous is not None and not _MEANWHILE.sub("", gap).strip(" 于的其全区市县省年该")
    after = w.norm[name.end : name.end + 40]
    if name.generic:
        _generic(w, name, previous, adjacent)
        return
    if isinstance(previous, PeriodPhrase) and adjacent and i > 1:
        over = events[i - 2]  # 占全年进出口总额
        if isinstance(over, Cue) and over.word in ("占", "占到", "约占") and over.end == previous.start:
            previous = over
    if s.subjects and s.added_end > name.start:
        return  # the next of those that are added up
    if isinstance(previous, Cue) and adjacent:
        if previous.kind in ("standard", "compare") and s.subjects and (added := _added(w, name)):
            s.versus, s.added, s.added_end = "+".join(x.key for x in added[0]), added[0], added[1]
            return
        if previous.kind == "with" and s.subjects and _JOINTLY.match(after) and not _named_before(w, previous):
            s.group, s.named, s.joint = list(s.subjects), [(subject,) for subject in s.subjects], True
            s.group_end = previous.end
        if previous.kind == "pull" or (
            previous.kind == "object"
            and re.match(
                r"[^，。；]{0,10}?(?:\d[\d.]*个?百分点的[^，。；]{0,4}?)?(?:贡献|拉动|拖累|影响|支撑|作用)", after
            )
        ):
            if name.subjects[0].code:
                s.parent = name.subjects[0].code
            led_on = previous.kind == "pull" and _FROM_A_FIGURE.match(after) and name.subjects[0].code
            if not led_on and not _moved_by_others(w, name, previous):
                return
            s.moved = name.start
        if (
            previous.word in ("占", "占到", "约占")
            and s.subjects
            and _SHARE_OF.match(after)
            and name.subjects[0].key != s.subjects[-1].key
        ):
            _shared(w, name)
            return
        shared = previous.kind == "share" or previous.word in ("占", "占到", "约占")
        if shared and name.subjects[0].code and s.subjects:
            s.parent = name.subjects[0].code
            return
        if previous.kind in ("standard", "compare") and not (previous.word in _AHEAD and gap.strip() == "的"):
            if s.subjects:
                s.versus = name.subjects[0].key
            return
        if previous.kind == "with" and not s.joint and _SET_AGAINST.match(after):
            s.versus = s.beside = name.subjects[0].key
            return
        if previous.kind == "with" and not s.joint and (like := _ALIKE.match(after)) and not _in_list(w, previous):
            if like.group().endswith(("相差", "差距")) and s.subjects:
                s.versus = name.subjects[0].key
            return
    if _drawn(w, name, previous, adjacent) and s.subjects and name.subjects[0].code:
        s.parent, s.pulled = name.subjects[0].code, name.end
        return
    if s.subjects and right_before(_BEATEN_BY, w.norm, name.start):
        s.versus = name.subjects[0].key  # 被X（134.38点）反超, 被X和Y反超, 取代X
        return
    if s.subjects and name.subjects[0].code and _INFLUENCE.search(w.norm[max(0, name.start - 12) : name.start]):
        s.parent, s.pulled = name.subjects[0].code, name.end
        return
    if (
        s.subjects
        and name.subjects[0].code
        and re.match(
            r"(?:的)?(?:上行|下行|增长|上升|上涨|回升|下降|回落|走高|走低)的?(?:主要|重要|关键|首要|最大)*(?:动力|力量|原因|因素|支撑|来源|拉动)",
            after,
        )
    ):
        s.parent = name.subjects[0].code
        return
    placed = right_before(_PLACED, w.norm, name.start)
    like = _ALIKE.match(after) if placed is not None and placed["beside"] else None
    apart = placed is not None and (not placed["beside"] or (like and like.group().endswith(("相差", "差距"))))
    away = right_before(_AWAY, w.norm, name.start, 8) and _SO_FAR.match(after)
    if s.subjects and (apart or away or _compared_with(w, name)):
        s.versus = name.subjects[0].key
        return
    if (
        s.subjects
        and len(name.subjects) == 1
        and all(x.code and name.subjects[0].code and _below(w, x.code, name.subjects[0].code) for x in s.subjects)
        and is_scope(w.norm, name.start, name.end)
    ):
        # …指数居创新驱动模块首位: among whose parts, not of what.
        return
    made = _MADE_BY.match(w.norm, name.end) and _PASSIVE.match(w.norm, name.end)
    if (made or re.match(r"被[下上]?拉", after)) and s.subjects and s.subjects[0].code and name.subjects[0].code:
        own, parent = s.subjects[0].code, name.subjects[0].code
        if own != parent and _below(w, own, parent):
            s.parent = parent
            return
    said = next((e for e in reversed(events[:i]) if isinstance(e, PeriodPhrase)), None)
    if said is not None and s.period is not None and _OF_THEN.fullmatch(w.norm, said.end, name.start):
        s.period = s.period_before if s.period_at == said.start else None
    caused = name.subjects[0].code and _CAUSE.match(w.norm, name.end) is not None
    if caused and s.subjects and not s.ambiguous and re.search(r"[是为](?:本期|当期)?$", w.norm[: name.start]):
        s.cause = s.subjects
    if len(s.subjects) == 1 and s.subjects[0].key != name.subjects[0].key and _moves(w, name):
        s.resumed = s.subjects
    s.noun = ""
    joined = s.group_end >= 0 and s.group and _JOINED.match(w.norm[s.group_end : name.start]) is not None
    if joined:
        s.group += name.subjects
        s.named += _apart(name)
    else:
        s.replaced = s.subjects
        s.group = list(name.subjects)
        s.named = _apart(name)
    if len(s.group) == 2:
        s.pair = tuple(s.group)
    s.group_end = name.end
    s.ambiguous = name.ambiguous
    s.subjects = tuple(s.group)
    s.bound = "clause"
    s.side = name.subjects[0].aspect
    if joined and s.side == "":
        s.side = s.subjects[0].aspect
    s.foreign = ""
    s.from_periods = ()


def _added(w: Walk, name: Name) -> tuple[tuple[Subject, ...], int] | None:
    """比A与B之和高…: those that are added up for something to be set against, and where the words for it end."""
    listed = joined(w.norm, [n for n in w.found if n.start >= name.start and n.subjects])
    m = _ADDED.match(w.norm, listed[-1].end)
    if m is None or len(listed) < 2 or any(n.ambiguous or not n.subjects[0].code for n in listed):
        return None
    return tuple(n.subjects[0] for n in listed), m.end()


def _drawn(w: Walk, name: Name, previous: Event | None, adjacent: bool) -> bool:
    """使X指数少增0.94个百分点, 把模块指数拉低0.43个百分点: whether what is named is moved by the subject, by so many points."""
    caused = isinstance(previous, Cue) and adjacent and previous.kind == "object" and previous.word in ("使", "令")
    return (caused or right_before(_MAKES, w.norm, name.start, 4) is not None) and (
        _DRAWN.match(w.norm, name.end) is not None
    )


def _moves(w: Walk, name: Name) -> bool:
    """人文交流受X拖累，同比…: whether a name is that of what moved the subject of its clause, which goes on behind it."""
    subjects = w.state.subjects
    own = next((e for e in w.clause if isinstance(e, Name) and e.subjects == subjects and e.end <= name.start), None)
    m = _BY.fullmatch(w.norm, own.end, name.start) if own is not None else None
    if m is None:
        return False
    if m["by"]:
        return _MOVED_BY.match(w.norm, name.end) is not None
    return m["due"] is not None or _UNDER.match(w.norm, name.end) is not None


def _moved_by_others(w: Walk, name: Name, pull: Cue) -> bool:
    """暑期旺季带动景气指数回升, 六大模块合力拉动总指数上升: what moves it is no node, and it is itself what is spoken of."""
    if (
        pull.kind != "pull"
        or not name.subjects[0].code
        or any(isinstance(e, Name) and e.subjects for e in w.clause[:-1])
    ):
        return False
    code = name.subjects[0].code
    start = after_mark(w.norm, pull.start, "，。；：\n")
    agent = w.norm[start : pull.start]
    every = ALL_PARTS.search(agent)
    if every is not None:
        return every["count"] is None or read_count(every["count"]) == len(w.names.ledger.children(code))
    if pull.word in _IN_POINTS and w.names.ledger.node(code).parent is not None:
        return False
    if not agent and w.state.last is None:
        agent = w.norm[w.sentence_start(pull.start) : pull.start]  # 在各项政策的合力下，推动总指数上升
        if any(n.subjects and n.start < pull.start and n.end > pull.start - len(agent) for n in w.found):
            return False
    return residue(agent) != "" and _ANAPHORA.search(agent) is None


def _shared(w: Walk, name: Name) -> None:
    """数字经济核心产业增加值157.38亿元；占GDP比重为9.14%: an indicator of that name, else the part that it makes."""
    s = w.state
    end = name.end + (m.end() if (m := _SHARE_OF.match(w.norm[name.end : name.end + 16])) else 0)
    own = s.subjects[-1]
    for said in (w.norm[name.start : end], name.subjects[0].name + "比重"):
        for found in w.names.find(f"{own.name}占{said}"):
            if found.start == 0 and found.end >= len(own.name) + 2 and found.subjects[0].key != own.key:
                s.subjects, s.group, s.named, s.bound = found.subjects, list(found.subjects), [found.subjects], "clause"
                return
    s.portion = name.subjects[0].key


def _apart(name: Name) -> list[tuple[Subject, ...]]:
    return [name.subjects] if name.ambiguous else [(subject,) for subject in name.subjects]


def _compared_with(w: Walk, name: Name) -> bool:
    """创新动能指数比位居第二的开放环境指数高出30.61点: the name behind 比, whatever stands between."""
    here = [e for e in w.clause if end_of(e) <= name.start]
    compared = [e for e in here if isinstance(e, Cue) and e.kind == "compare"]
    if not compared:
        return False
    between = [e for e in here if start_of(e) >= compared[-1].end]
    if _PLACED_BY.fullmatch(w.norm, compared[-1].end, name.start):
        between = []  # 比涨幅最小的X高
    if any(
        isinstance(e, Name | PeriodPhrase) or (isinstance(e, Cue) and e.kind in ("verb", "noun", "to")) for e in between
    ):
        return False
    return (
        re.match(r"[^，。；0-9]{0,8}(?:高|低|快|慢|多|少|领先|落后|强|弱)", w.norm[name.end : name.end + 12])
        is not None
    )


def _named_before(w: Walk, cue: Cue) -> bool:
    """Whether the clause names something in front of 与, which then joins the two by itself."""
    return any(isinstance(e, Name) and e.subjects and e.end <= cue.start for e in w.clause)


def _in_list(w: Walk, previous: Cue) -> bool:
    s = w.state
    return bool(s.group) and s.group_end >= 0 and not w.norm[s.group_end : previous.start].strip(" 、")


def _below(w: Walk, code: str, parent: str) -> bool:
    node = w.names.ledger.node(code)
    while node.parent is not None:
        if node.parent == parent:
            return True
        node = w.names.ledger.node(node.parent)
    return False


def _generic(w: Walk, name: Name, previous: Event | None, adjacent: bool) -> None:
    s = w.state
    if name.generic == "unknown":
        s.subjects, s.group, s.bound, s.foreign = (), [], "none", w.norm[name.start : name.end]
        return
    if name.generic in ("former", "latter"):
        told = tuple(group[0] for group in s.recent[-2:] if len(group) == 1)
        pair = _two_named(w, name) or (told if len({subject.key for subject in told}) == 2 else s.pair)
        if name.generic == "latter" and any(
            n.generic == "former" and n.end <= name.start and w.norm.count("。", n.end, name.start) <= 1
            for n in w.found
        ):  # 前者…；后者…: of the same two
            pair = s.paired
        if len(pair) == 2:
            s.paired = pair
            own = pair[0 if name.generic == "former" else 1]
            if isinstance(previous, Cue) and adjacent and previous.kind in ("standard", "compare") and s.subjects:
                s.versus = own.key
                return
            s.subjects = (own,)
            s.group, s.group_end, s.bound, s.side = [], -1, "clause", own.aspect
        return
    if name.generic == "same":
        s.side = "index" if "指数" in w.norm[name.start : name.end] else s.side
        return
    module = module_of(w)
    if _PLURAL.search(w.norm[max(0, name.start - 8) : name.start]):
        return
    if isinstance(previous, Cue) and adjacent and previous.kind in ("object", "pull", "share"):
        s.parent = module
        if _drawn(w, name, previous, adjacent) and s.subjects:
            s.pulled = name.end
        return
    if module and s.subjects and _drawn(w, name, previous, adjacent):
        s.parent, s.pulled = module, name.end
        return
    if isinstance(previous, Cue) and previous.kind in COMPARING:
        return
    word = w.norm[name.start : name.end]
    # 该模块上拉总指数…, 模块13.67%的增幅, 模块对总指数的贡献率
    named = word.startswith(("该", "本")) or _OF_ITSELF.match(w.norm, name.end) is not None
    spoken = named and _BEGINS.search(w.norm[: name.start]) is not None
    if ("指数" in word or spoken) and module and name.generic == "module":
        s.subjects, s.bound, s.group = (Subject(code=module, aspect="index"),), "clause", []
        s.side = "index"


def _two_named(w: Walk, name: Name) -> tuple[Subject, ...]:
    """A指数118点，B指数129点，后者…; A反超B，…；后者…: the two things that a sentence has named, where it named no more;
    where it has named nothing, those of the sentence before (前者…。后者…。)"""
    end = name.start
    for _ in range(3):
        start = after_mark(w.norm, end, "。！？\n")
        named = (n.subjects[0] for n in w.found if start <= n.start < end and len(n.subjects) == 1)
        distinct = tuple({subject.key: subject for subject in named}.values())
        if distinct:
            return distinct if len(distinct) == 2 else ()
        end = max(start - 1, 0)
    return ()


def module_of(w: Walk) -> str:
    for subject in reversed(w.state.subjects):
        if subject.code:
            return w.module_of(subject.code) or w.frame.module
    return w.frame.module


def whole_of(w: Walk, token: Token, lead: str) -> str:
    """What a number in % behind 占 or 占比 is a part of: what was named, else what stood before 其中."""
    s = w.state
    if token.unit not in ("%", "成") or not s.subjects:
        return ""
    if s.portion:
        return s.portion
    if not re.search(r"占(?:比|全[市区县省]?)?\s*(?:重|达|为|到|了|约|近|超|逾|超过|接近)*\s*$", lead) or _composite(w):
        return ""
    own = s.subjects[-1].key
    told = [g[0].key for g in s.recent if g[0].key != own]
    return told[-1] if told else ""


def _composite(w: Walk) -> bool:
    """占比 of a module is its weight, or its part of a change; an indicator in % is a share itself."""
    code = w.state.subjects[-1].code
    return bool(code) and (bool(w.names.ledger.children(code)) or w.names.ledger.node(code).unit == "%")


@dataclass(frozen=True, slots=True)
class Giver:
    """Whose part a number is, the names of which end at `end`; no subjects where they are counted and not known."""

    subjects: tuple[Subject, ...]
    end: int


def giver(w: Walk, token: Token) -> Giver | None:
    """其中4.45个百分点来自创新要素, 六成以上的涨幅出自X和Y两个模块: whose part a number is."""
    m = _FROM.match(w.norm, token.phrase_end)
    if m is None or ((m["part"] or m["out"] or m["due"]) and not ratios.tells_a_part(token)):
        return None  # 5.81%的涨幅来自X: all of it
    names = [n for n in w.found if n.start >= m.end() and n.subjects]
    if not names or names[0].start != m.end():
        return _counted(w, m.end())
    group = joined(w.norm, names)
    if m["by"] and _GAVE.match(w.norm, group[-1].end) is None:
        return None
    if any(n.ambiguous for n in group) or len({n.subjects[0].key for n in group}) == 1:
        return Giver(names[0].subjects, names[0].end)
    return Giver(tuple(n.subjects[0] for n in group), group[-1].end)


def _counted(w: Walk, place: int) -> Giver | None:
    """来自这三个模块: those told last; 出自两个模块，其中X…，Y…: those that the sentence goes on to name."""
    m = _SO_MANY.match(w.norm, place)
    if m is None:
        return None
    count = read_count(m["count"])
    if m["these"]:
        told = list(
            {g[0].key: g[0] for g in (*w.state.earlier, *w.state.recent) if len(g) == 1 and _is_part(w, g[0])}.values()
        )
        return Giver(tuple(told[-count:]) if len(told) >= count else (), m.end())
    end = up_to_mark(w.norm, m.end(), "。；！？\n")
    behind = (n.subjects[0] for n in w.found if m.end() <= n.start < end and len(n.subjects) == 1)
    named = {subject.key: subject for subject in behind if _is_part(w, subject)}
    return Giver(tuple(named.values()) if len(named) == count else (), m.end())


def _is_part(w: Walk, subject: Subject) -> bool:
    return bool(subject.code) and w.names.ledger.node(subject.code).parent is not None


def ahead(w: Walk, token: Token) -> tuple[Subject, ...]:
    """较年初提高3.13点，总指数保持回升势头: where nothing was named yet, the subject of the next clause."""
    if w.state.subjects or w.state.foreign:
        return ()
    end = up_to_mark(w.norm, token.phrase_end, "。；！？\n")
    for name in w.found:
        if token.phrase_end < name.start < end and name.subjects and not name.ambiguous:
            between = w.norm[token.phrase_end : name.start]
            return (
                name.subjects
                if re.fullmatch(r"(?:[^。；]*[，,])?[^，。；0-9]{0,6}", between) and "，" in between
                else ()
            )
    return ()


def rated(w: Walk, token: Token) -> tuple[tuple[Subject, ...], str]:
    """5.81%的总指数同比增速来之不易: whose rate a number is that opens its clause, and on what basis."""
    start = after_mark(w.norm, token.phrase_start, "，。；：\n")
    if token.unit != "%" or not _OPENS.fullmatch(w.norm, start, token.phrase_start):
        return (), ""
    name = next((n for n in w.found if n.start >= token.phrase_end), None)
    if name is None or not name.subjects or name.ambiguous:
        return (), ""
    raised = _RAISED.fullmatch(w.norm, token.phrase_end, name.start) if not w.state.subjects else None
    if raised is not None:  # 6.20%的环比涨幅将总指数推高至…
        return name.subjects, "pop" if raised["pop"] else "yoy"
    if w.norm[token.phrase_end : name.start].strip() != "的":
        return (), ""
    m = _RATE_OF.match(w.norm, name.end)
    return ((), "") if m is None else (name.subjects, "pop" if m["pop"] else "yoy")


def behind(w: Walk, token: Token) -> tuple[Subject, ...]:
    """90.25分，是本期群众满意度测评得分; 同比增长86.53%的创建率指数: the subject stands behind."""
    for name in w.found:
        if name.start < token.phrase_end:
            continue
        between = w.norm[token.phrase_end : name.start]
        if (
            len(between) <= 10
            and not _BY_WHICH.match(between)
            and re.fullmatch(
                r"\s*的\s*(?:[^，。；0-9]{0,4})|\s*[，,]?\s*[是为](?:本期|今年|当期|上半年|下半年)?的?", between
            )
            and name.subjects
            and not name.ambiguous
        ):
            code = name.subjects[0].code
            if is_scope(w.norm, name.start, name.end) and all(
                x.code and code and _below(w, x.code, code) for x in w.state.subjects
            ):
                return ()  # 203.20点的水平也是X各项指标中最高的: of what was spoken of
            if "的" not in between[:1] and re.match(r"[^，。；]*?[的\d]", w.norm[name.end :]):
                return ()  # 同比下降7.57%，是绿色低碳指数增长4.01%的首要因素: of what was spoken of
            if re.match(
                r"\s*(?:(?:[同环]比)?(?:增[幅速]|[涨升降跌]幅)|增长|贡献|[中里内的])", w.norm[name.end : name.end + 6]
            ):
                return ()
            return name.subjects
        return ()
    return ()
