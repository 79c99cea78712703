"""What a run of Chinese numerals is: part of an idiom or name, a period, an ordinal, a count, a quantity."""

from __future__ import annotations

import re
from decimal import Decimal

from narrator.model import MentionKind
from narrator.numerals.chinese_reading import LARGE, LONGEST, approximate, read_chinese, split_scale
from narrator.numerals.context import Context
from narrator.numerals.digits import duration, ordinal_token
from narrator.numerals.normal_text import DIGITS
from narrator.numerals.patterns import pattern_at
from narrator.numerals.period_reading import period_at
from narrator.numerals.tokens import Join, Token
from narrator.numerals.units import CURRENCIES, HARD, PHYSICAL, TIMES, WEAK, Unit, unit_at

_NUMERAL = "零〇一二两三四五六七八九十百千万亿"
_FRACTION = re.compile(f"分之([{_NUMERAL}]+(?:点[零〇一二三四五六七八九]+)?|[0-9]+(?:\\.[0-9]+)?|半)")
_POINT = re.compile("点([零〇一二三四五六七八九]+)(?![十百千])")
_INDUSTRY = re.compile(
    "[一二三]+(?:[、和][一二三])*(?:次?产业|产(?!权|品|量|值|能|出|物|地|销|后|前|假|妇|房|科|生|业化))"
)
_ENUM_IS = re.compile("[是要则为看](?!否|的|不)|[、，,](?![一二三四五六七八九十0-9])|[)）]")
_BARE = frozenset("百千万亿十")
_BARE_OK = frozenset([*CURRENCIES, *PHYSICAL]) - {
    "方",
    "度",
    "里",
    "克",
    "米",
    "卡",
    "瓦",
    "平方",
    "立方",
    "斤",
    "兆",
    "寸",
    "担",
}
_THRESHOLD_LEFT = re.compile("(?:超过?|突破|逾|过|近|破|达到?|上|迈[上进过]|跨[越过]|站上|跻身|步入|每|数|几|约)$")
_ARTICLE_AFTER = re.compile(
    "个(?:个|时期|阶段|样|整体|又|都|方面|劲|多|重要|关键|里程碑|新|国家|民族|缩影|窗口|好|大|高|强|良好|有)"
)
_ARTICLE_UNITS = frozenset("个项家名位件座户所条起")
# 一个 is an article unless something is being counted.
_COUNTING_LEFT = re.compile(
    "(?:仅|只|共|达|各|另|有|是|增加?|减少?|建成|完成|创建|获|建设|签约|落户|引进|新建|成立|落地|开工|投产|，|、|和|及|（|[(])(?:有|了|过|得)?$"
)
_DEICTIC = frozenset("这那每某另哪任同又再唯各前上下")
_RANK_VERB = re.compile("(?:居|列|占|位|排|跃|处|升[至为]|名|稳|据|夺|保持)[^，。；、]{0,8}$")
_RANK_WORDS = {
    "首位": "1", "榜首": "1", "头名": "1", "头把交椅": "1", "次席": "2", "次位": "2", "末位": "", "末席": "",
}  # fmt: skip


def read_hanzi(context: Context, start: int, end: int) -> tuple[Token | None, int]:
    """The token for the run of numerals `start`–`end`, and where to go on where there is none."""
    if end - start > LONGEST:
        return None, end
    return _read(context, start, end), end


def _read(context: Context, start: int, end: int) -> Token | None:
    norm = context.norm
    pattern = pattern_at(context, start)
    if pattern:
        return pattern
    term = context.term(start, end)
    if term and term[2] not in ("", "counted"):
        return _name(context, *term)
    fraction = _fraction(context, start, end)
    if fraction:
        return fraction
    period = _period(context, start)
    if period:
        return period
    if norm[start - 1 : start] == "第" and not (term and term[2] == ""):
        return _ordinal(context, start, end)
    if m := _INDUSTRY.match(norm, start):
        return _industry(context, start, m.end())
    enumeration = _enumeration(context, start, end)
    if enumeration:
        return enumeration
    if term and term[2] == "":
        return None
    if norm.startswith("号", end) and not norm.startswith(("号召", "号称", "号角"), end):
        return context.token(
            start,
            end,
            "name",
            phrase=(start, end + 1),
            values=_single(norm, start, end),
            unit="号",
            excused_by="number-name",
        )
    quoted = _quoted(context, start, end)
    if quoted:
        return quoted
    return _quantity(context, start, end)


# --------------------------------------------------------------------------- names, periods, structure


def _name(context: Context, start: int, end: int, rule: str) -> Token:
    norm = context.norm
    places = [i for i in range(start, end) if norm[i] in _NUMERAL or norm[i] in DIGITS]
    first, last = places[0], places[-1] + 1
    value = read_chinese(norm[first:last]) if last - first == len(places) else None
    return context.token(
        first, last, "name", phrase=(start, end), values=(value,) if value is not None else (), excused_by=rule
    )


def _industry(context: Context, start: int, end: int) -> Token:
    """第一产业, 三次产业, 一三产业, 二产."""
    norm = context.norm
    first = start - 1 if norm[start - 1 : start] == "第" else start
    digits = [c for c in norm[start:end] if c in "一二三"]
    last = max(i for i in range(start, end) if norm[i] in "一二三") + 1
    values = tuple(v for c in digits if (v := read_chinese(c)) is not None)
    join: Join = "ratio" if len(values) > 1 else ""
    return context.token(
        start,
        last,
        "name",
        phrase=(first, end),
        values=values,
        join=join,
        excused_by="industry-name",
    )


def _period(context: Context, start: int) -> Token | None:
    norm = context.norm
    first = start - 1 if start and norm[start - 1] in "第前" else start
    m = period_at(norm, first) or (period_at(norm, start) if first != start else None)
    if m is None:
        return None
    if norm[m.start : m.end].endswith("月") and norm.startswith(("天", "子", "度"), m.end):
        return None
    last = m.end
    while last > start + 1 and norm[last - 1] not in _NUMERAL and norm[last - 1] not in DIGITS:
        last -= 1
    return context.token(
        start, last, "period", phrase=(m.start, m.end), excused_by="year" if m.unit else "period",
        unit=m.unit, label=m.value,
    )  # fmt: skip


def _ordinal(context: Context, start: int, end: int) -> Token | None:
    m = _INDUSTRY.match(context.norm, start)
    if m:
        return _industry(context, start, m.end())
    value = read_chinese(context.norm[start:end])
    return None if value is None else ordinal_token(context, start, end, value, start - 1)


def _enumeration(context: Context, start: int, end: int) -> Token | None:
    """一是, 一、, （一）, 其一，: the numeral only tells the place in a list."""
    norm = context.norm
    run = norm[start:end]
    if len(run) > 3 or any(c in LARGE or c in "百千两零〇" for c in run):
        return None
    m = _ENUM_IS.match(norm, end)
    if m is None:
        return None
    mark = m.group()[0]
    before = norm[start - 1 : start]
    if mark in ")）":
        if before not in ("(", "（"):
            return None
    elif mark in "、，,":
        if before == "其" and mark != "、":
            pass
        elif not (
            (mark == "、" and (context.opens_line(start) or before in tuple("。；：:;"))) or before in ("(", "（")
        ):
            return None
    elif not context.opens_clause(start):
        return None
    value = read_chinese(run)
    if value is None:
        return None
    return context.token(start, end, "structure", values=(value,), excused_by="enumeration")


def _quoted(context: Context, start: int, end: int) -> Token | None:
    """“三服务”, “十个一”: a short quotation with a Chinese numeral and no unit of data is a name."""
    quote = context.quote(start)
    if quote is None or quote[1] - quote[0] > 10:
        return None
    norm = context.norm
    inside = norm[quote[0] : quote[1]]
    if any(c in DIGITS for c in inside):
        return None
    unit = unit_at(norm, end)
    if unit and ((unit.base in HARD and unit.base not in ("番", "折")) or unit.scale):
        return None
    places = [i for i in range(quote[0], quote[1]) if norm[i] in _NUMERAL]
    # Only numerals that are no part of an idiom make the quotation a name with a number.
    if places[0] != start:
        return None
    return context.token(
        start, places[-1] + 1, "name", phrase=quote, values=_single(norm, start, end), excused_by="quoted-name"
    )


def _single(norm: str, start: int, end: int) -> tuple[Decimal, ...]:
    value = read_chinese(norm[start:end])
    return () if value is None else (value,)


# --------------------------------------------------------------------------- quantities


def _fraction(context: Context, start: int, end: int) -> Token | None:
    """三分之一, 百分之十二点五, 千分之八."""
    norm = context.norm
    m = _FRACTION.match(norm, end)
    if m is None:
        return None
    upper = Decimal(m[1]) if m[1][0] in DIGITS else Decimal("0.5") if m[1] == "半" else read_chinese(m[1])
    run = norm[start:end]
    lower = read_chinese(run)
    if upper is None or lower is None:
        return None
    first = start - 1 if norm[start - 1 : start] == "负" else start
    if first < start:
        upper = -upper
    unit = {"百": "%", "千": "‰"}.get(run)
    if unit:
        return context.token(first, m.end(), "quantity", values=(upper,), unit=unit)
    return context.token(first, m.end(), "quantity", values=(upper, lower), join="fraction")


def _quantity(context: Context, start: int, end: int) -> Token | None:
    norm = context.norm
    point = _POINT.match(norm, end)
    if point and not norm.startswith(("是", "要"), point.end()) and not _after_points(norm, end):
        end = point.end()
    run = norm[start:end]
    first = start
    infix = ""
    before = norm[start - 1 : start]
    body, scale = split_scale(run)
    if before in ("数", "几") and run[0] in "十百千万亿":
        first, infix = start - 1, "数"
    elif norm[end : end + 1] in ("几", "余", "多", "来") and run[-1] in "十百千万亿":
        infix = "多"
    if before == "负" and first == start:
        first = start - 1
    # 十几亿: the scale may follow the word that leaves the number open.
    unit = unit_at(norm, end - len(scale) if scale and body else end)
    if scale and not body:
        unit = unit_at(norm, start)
        body = ""
    spread = approximate(run)
    if body:
        value = read_chinese(body)
    else:
        value = Decimal(1)
    if spread:
        value = spread[0]
    if value is None:
        return None
    if not _counts(context, start, end, run, body, unit, infix):
        return None
    if norm[first] == "负":
        value = -value
    if unit is None:
        if before == "前":
            return _leading(context, start, end, value, None)
        if infix == "数" or run[-1] in "万亿" or (point is not None and end == point.end()) or len(run) >= 3:
            stop = end + (1 if norm[end : end + 1] in ("余", "多", "几") else 0)
            return context.token(start, end, "quantity", phrase=(first, stop), values=(value,), unit=scale, infix=infix)
        return None
    text = unit.text
    if unit.more:
        infix = infix or "多"
    stop = unit.end
    values: tuple[Decimal, ...] = spread if spread else (value,)
    if before == "前":
        return _leading(context, start, end, value, unit)
    half = norm.startswith("半", stop) and unit.base in ("成", "倍", "年", "个月", "折")
    if half:
        values = tuple(v + Decimal("0.5") for v in values)
        stop += 1
    kind: MentionKind = "quantity"
    excused = ""
    if unit.base in TIMES:
        kind, excused = duration(context, first, values, unit.text)
    elif unit.base not in HARD and not unit.scale and "/" not in text and text != "点":
        kind = "count"
    if (
        (unit.base == "级" and not unit.scale)
        or (unit.base in ("期", "类", "代", "轮", "等") and _labels(context, start, end, stop))
    ) or (scale and norm.startswith(("级", "斤粮", "产业", "集群"), stop) and unit.base not in _BARE_OK):
        kind, excused = "name", "grade"
    if unit.base == "届":
        kind, excused = "name", "ordinal"
    if unit.base == "期" and re.search("(?:近|连续|最近|过去)$", context.before(start, 2)):
        kind = "count"
    return context.token(
        start, end, kind, phrase=(first, stop), values=values,
        join="range" if spread else "", unit=text, excused_by=excused, infix=infix,
    )  # fmt: skip


def _after_points(norm: str, place: int) -> bool:
    """三点五十分 is a time, 两点一线 an idiom."""
    return bool(re.match("点[零〇一二三四五六七八九]+(?:分|刻|线)", norm[place : place + 6]))


_LABEL_NEXT = re.compile(
    "(?:工程|项目|建设|改造|厂房|扩建|水质|水|地区|城市|疫苗|费用|病|技改|标准|企业|土地|园区|化学品|高地)"
)


def _labels(context: Context, start: int, end: int, stop: int) -> bool:
    """一期工程, 三类水质: the numeral tells which, not how many."""
    return bool(_LABEL_NEXT.match(context.norm, stop)) and context.norm[end : end + 1] != "大"


def _leading(context: Context, start: int, end: int, value: Decimal, unit: Unit | None) -> Token | None:
    """居前三, 前十位, 前三名."""
    norm = context.norm
    if unit is None or unit.base in ("位", "名"):
        placed = _RANK_VERB.search(context.before(start - 1, 12)) or re.search(
            "[全省市国区县世界进入]", context.before(start - 1, 4)
        )
        if unit is None and not placed:
            return None
        stop = unit.end if unit else end + (1 if norm[end : end + 1] in ("强", "甲") else 0)
        return context.token(
            start, end, "rank", phrase=(start - 1, stop), values=(value,), unit=unit.text if unit else "位"
        )
    timed = unit.base in TIMES
    kind: MentionKind = "period" if timed else "count"
    excused = "duration" if timed else ""
    return context.token(
        start,
        end,
        kind,
        phrase=(start - 1, unit.end),
        values=(value,),
        unit=unit.text,
        excused_by=excused,
    )


def _counts(context: Context, start: int, end: int, run: str, body: str, unit: Unit | None, infix: str) -> bool:
    """Whether the run is said of a number of things, and is no syllable of another word."""
    norm = context.norm
    before = norm[start - 1 : start]
    if infix == "数":
        return True
    if unit is None:
        if before == "前":
            return run in ("三", "五", "十", "二十", "两", "二", "四", "六", "八", "百", "一")
        if len(run) == 1 or (set(run) <= _BARE and not _THRESHOLD_LEFT.search(context.before(start, 3))):
            return False
        plain = read_chinese(run)
        return (plain is not None and any(c in "十百千万亿" for c in run)) or "点" in run
    weak = unit.base in WEAK and not unit.scale
    if run in ("百", "千", "万", "亿", "十万", "百万", "千万", "百亿", "千亿", "万亿", "十亿") and not infix:
        if unit.base in _BARE_OK or unit.base in CURRENCIES or before == "每":
            return True
        if before in ("上", "近", "逾", "超", "过", "破", "达") and run != "万" and unit.base not in WEAK and unit.base:
            return True
        if run in ("百万", "千万", "百亿", "千亿", "万亿", "十亿", "十万", "亿"):
            return bool(_THRESHOLD_LEFT.search(context.before(start, 3))) or norm.startswith("级", unit.end)
        return False
    if run == "一":
        if before in _DEICTIC and unit.base not in HARD:
            return False
        if unit.base in HARD or unit.base in (
            "个月",
            "个季度",
            "个小时",
            "小时",
            "周年",
            "年",
            "天",
            "分钟",
            "个工作日",
            "岁",
        ):
            return True
        if unit.base not in _ARTICLE_UNITS or _ARTICLE_AFTER.match(norm, end):
            return False
        return before not in tuple("同统唯单") and bool(_COUNTING_LEFT.search(context.before(start, 4)))
    if weak:
        if unit.base in (
            "方",
            "手",
            "线",
            "面",
            "声",
            "字",
            "起",
            "门",
            "头",
            "口",
            "步",
            "里",
            "米",
            "分",
            "度",
            "路",
            "代",
        ):
            return (
                unit.base in ("门", "步", "米", "里", "度", "代", "口", "起")
                and len(run) > 1
                and run not in ("一二", "二三")
            )
        return len(run) > 1 or unit.base in (
            "环",
            "重",
            "维",
            "层",
            "节",
            "站",
            "村",
            "镇",
            "校",
            "企",
            "道",
            "班",
            "对",
            "组",
            "队",
        )
    if unit.base == "分" and norm.startswith(("别", "之", "明", "布", "工", "类", "析"), unit.end):
        return False
    if unit.base == "点":
        return len(run) > 1 or norm[unit.end : unit.end + 1] in tuple("建意要")
    if approximate(run) is None and read_chinese(body or run) is None:
        return False
    return not (all(c in "一二三四五六七八九" for c in run) and len(run) > 1 and approximate(run) is None)


# --------------------------------------------------------------------------- words


def read_word(context: Context, start: int, end: int) -> tuple[Token | None, int]:
    """上半年, 首位, 过半, 翻番, 半个月, 数十: numbers without a numeral of their own."""
    norm = context.norm
    word = norm[start:end]
    if word[0] in "数几":
        m = re.compile(f"[{_NUMERAL}]+").match(norm, start + 1)
        stop = m.end() if m else end
        if context.term(start, stop) or (
            word[0] == "数" and norm[start - 1 : start] in tuple("指人次总倍户件均基系分参函位")
        ):
            return None, start + 1
        return _quantity(context, start + 1, stop), stop
    if word.endswith("半年") and word[0] in "上下":
        period = period_at(norm, start)
        stop = period.end if period else end
        if norm.startswith("半年", stop):
            return None, stop
        return context.token(start, stop, "period", excused_by="period", label=period.value if period else ""), stop
    if word in _RANK_WORDS:
        if norm.startswith(("度", "于"), end) or (
            word in ("首位", "末位", "次位") and not _RANK_VERB.search(context.before(start, 10))
        ):
            return None, end
        value = _RANK_WORDS[word]
        if value:
            return context.token(start, end, "rank", number=value, unit="位"), end
        return context.token(start, end, "rank", unit="位", label="末位"), end
    if word in ("过半", "半数"):
        if norm.startswith("数", end):
            end += 1
        return context.token(start, end, "quantity", number="0.5", infix="多" if word[0] == "过" else ""), end
    if word in ("翻番", "翻倍"):
        return context.token(start, end, "quantity", number="1", unit=word[1]), end
    if word[0] == "半":
        before = norm[start - 1 : start]
        if before in ("上", "下", "每", "大", "多", "夜", "后", "前", "参", "各", "过", "超") or (
            before in _NUMERAL and before
        ):
            return None, end
        if context.term(start, start + 1):
            return None, end
        unit = unit_at(norm, start + 1)
        if unit is None or unit.base in ("个", "年度") or norm.startswith(("度", "报", "红"), unit.end):
            return None, end
        timed = unit.base in TIMES
        kind: MentionKind = "period" if timed else "quantity"
        excused = "duration" if timed else ""
        if unit.base == "个":
            return None, end
        return (
            context.token(
                start,
                start + 1,
                kind,
                phrase=(start, unit.end),
                number="0.5",
                unit=unit.text,
                excused_by=excused,
            ),
            unit.end,
        )
    return None, end
