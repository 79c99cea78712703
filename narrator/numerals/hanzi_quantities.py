"""Chinese-numeral quantities: fractions, counts, amounts; and when a numeral is none."""

from __future__ import annotations

import re
from decimal import Decimal

from narrator.model import MentionKind
from narrator.numerals.chinese_reading import DIGITS as DIGIT
from narrator.numerals.chinese_reading import approximate, read_chinese, split_scale
from narrator.numerals.context import Context
from narrator.numerals.normal_text import DIGITS
from narrator.numerals.quantities import duration
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.numerals.units import CURRENCIES, HARD, PHYSICAL, SPACE, TIMES, WEAK, Unit

NUMERAL = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"
_FRACTION = regex(f"分之([{NUMERAL}]+(?:点[零〇一二三四五六七八九]+)?|[0-9]+(?:\\.[0-9]+)?|半)")
_POINT = regex("点([零〇一二三四五六七八九]+)(?![十百千])")
_BARE = frozenset("百千万亿十")
# 亿元 alone is a number in 超亿元的企业 and 万元GDP能耗, a unit in 单位：亿元 and （万元）.
_BARE_RIGHT = regex(
    "GDP|国内|地区|生产|产值|单位|规模|工业|增加值|以上|以下|级|大关|投资|企业|项目|[村乡县镇户]|产业|主营|营业"
)
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
_THRESHOLD_LEFT = regex("(?:超过?|突破|逾|过|近|破|达到?|上|迈[上进过]|跨[越过]|站上|跻身|步入|每|数|几|约)$")
_ARTICLE_AFTER = regex(
    "个(?:个|时期|阶段|样|整体|又|都|方面|劲|多|重要|关键|里程碑|新|国家|民族|缩影|窗口|好|大|高|强|良好|有)"
)
_ARTICLE_UNITS = frozenset("个项家名位件座户所条起")
# 一个 is an article unless something is being counted.
_COUNTING_LEFT = regex(
    "(?:仅|只|共|达|各|另|有|增加?|减少?|建成|完成|创建|获|建设|签约|落户|引进|新建|成立|落地|开工|投产|、|和|及|（|[(])(?:有|了|过|得)?$"
)
# 前移一位: places up or down.
_SHIFTED_LEFT = regex("(?:[前后上下]移|[上提跃回]升|提高|前进|下[降滑跌]|后退|退后|[升降退进])了?$")
_COUNTED_NOUN = regex("[二三]?级?(?:模块|分?指标|分项|行业|县|区|市|乡?镇|街道|领域|大?类|门类|税种|产品|百分点)")
_OF_EACH = regex(r"(?:约?为|是|约|近|仅|达到?|超过?)*\s*\d")
_DEICTIC = frozenset("这那每某另哪任同又再唯各前上下")
RANK_VERB = regex("(?:居|列|占|位|排|跃|处|升[至为]|名|稳|据|夺|保持)[^，。；、]{0,8}$")
_LABEL_NEXT = regex(
    "(?:工程|项目|建设|改造|厂房|扩建|水质|水|地区|城市|疫苗|费用|病|技改|标准|企业|土地|园区|化学品|高地)"
)


_SHARES = {"百": "%", "千": "‰"}
_TO_PERCENT = regex(
    f"[{SPACE}]?(?:至|到|[-—–~～])[{SPACE}]?(?P<whole>[百千]分之)?(?P<last>[零一二三四五六七八九十]+(?:点[零一二三四五六七八九]+)?|[0-9]+(?:\\.[0-9]+)?)(?![0-9.点年月日])"
)


def _shares_to(context: Context, first: int, run: str, end: int, low: Decimal) -> tuple[int, Decimal] | None:
    """End and upper end of 百分之三到五, 百分之三至百分之五; None where no larger share follows."""
    norm = context.norm
    m = _TO_PERCENT.match(norm, end)
    if m is None or m["whole"] not in (None, f"{run}分之") or (m["whole"] and norm[first - 1 : first] in ("从", "由")):
        return None  # 从百分之三到百分之五 tells of two
    high = Decimal(m["last"]) if m["last"][0] in DIGITS else read_chinese(m["last"])
    return (m.end(), high) if high is not None and high > low and context.unit(m.end()) is None else None


def hanzi_fraction(context: Context, start: int, end: int) -> Token | None:
    """三分之一, 百分之十二点五, 千分之八."""
    norm = context.norm
    m = _FRACTION.match(norm, end)
    if m is None:
        return None
    upper = Decimal(m[1]) if m[1][0] in DIGITS else Decimal("0.5") if m[1] == "半" else read_chinese(m[1])
    run = norm[start:end]
    spread = approximate(m[1]) if m[1][0] not in DIGITS else None
    if spread and run in _SHARES:  # 百分之三四, 百分之二三十
        return context.token(start, m.end(), "quantity", values=spread, join="range", unit=_SHARES[run])
    lower = read_chinese(run)
    if upper is None or lower is None:
        return None
    first = start - 1 if norm[start - 1 : start] == "负" else start
    if first < start:
        upper = -upper
    unit = _SHARES.get(run)
    if unit:
        to = _shares_to(context, first, run, m.end(), upper)
        end, values = (to[0], (upper, to[1])) if to else (m.end(), (upper,))
        return context.token(first, end, "quantity", values=values, join="range" if to else "", unit=unit)
    return context.token(first, m.end(), "quantity", values=(upper, lower), join="fraction")


_TENTH = regex(
    "[一二三四五六七八九](?=左右|上下|以[上下]|[多强弱余]?(?:[，。；：、！？,;（()）的]|$|\\s))"
)  # 七成二 is 72 %
_TENTHS = regex("[一二三四五六七八九]{2}")
_RANGE = regex(f"[{SPACE}]?(?:至|到|[-—–~～])[{SPACE}]?(?P<last>[一二两三四五六七八九十百千万]+)")
_MEASURED_TIMES = frozenset(["岁", "周岁", "天", "小时", "个小时", "分钟", "工作日", "个工作日"])
_UNRANGED = frozenset([*TIMES, "级", "吨级", "届", "次", "期", "位", "名", "号", "章", "节", "条"]) - _MEASURED_TIMES


def _hanzi_range(context: Context, start: int, end: int) -> Token | None:
    """一到两成, 三至五个百分点, 一成到两成: two numerals, the first the smaller, and one unit."""
    norm, own = context.norm, context.unit(end)
    m = _RANGE.match(norm, own.end if own else end)
    unit = context.unit(m.end()) if m else None
    if m is None or unit is None or unit.base in _UNRANGED or norm[start - 1 : start] in ("第", "前", "负", "点"):
        return None
    values = read_chinese(norm[start:end]), read_chinese(m["last"])
    if values[0] is None or values[1] is None or values[0] >= values[1] or (own and own.text != unit.text):
        return None
    kind, excused = _kind(context, start, (values[1],), unit, unit.end)
    return context.token(
        start, m.end(), kind, phrase=(start, unit.end), values=(values[0], values[1]), join="range", unit=unit.text,
        excused_by=excused,
    )  # fmt: skip


def hanzi_quantity(context: Context, start: int, end: int) -> Token | None:
    norm = context.norm
    if ranged := _hanzi_range(context, start, end):
        return ranged
    point = _POINT.match(norm, end)
    if point and not norm.startswith(("是", "要"), point.end()) and not _after_points(norm, end):
        end = point.end()
    run = norm[start:end]
    first = start
    infix = ""
    before = "" if norm[start - 2 : start] == "提前" else norm[start - 1 : start]
    body, scale = split_scale(run)
    if before in ("数", "几") and run[0] in "十百千万亿":
        first, infix = start - 1, "数"
    elif norm[end : end + 1] in ("几", "余", "多", "来") and run[-1] in "十百千万亿":
        infix = "多"
    if before == "负" and first == start:
        first = start - 1
    # 十几亿: the scale may follow the word that leaves the number open.
    unit = context.unit(end - len(scale) if scale and body else end)
    if scale and not body:
        unit = context.unit(start)
        body = ""
    spread = approximate(run)
    if unit is not None and unit.base == "折" and not spread and _TENTHS.fullmatch(run):
        number = f"{DIGIT[run[0]]}.{DIGIT[run[1]]}"  # 八五折
        return context.token(start, end, "quantity", phrase=(start, unit.end), number=number, unit=unit.text)
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
    elif tenth := _TENTH.match(norm, stop) if unit.base in ("成", "折") and not spread else None:
        values = (value + (read_chinese(tenth[0]) or 0) / Decimal(10),)
        stop = tenth.end()
    kind, excused = _kind(context, first, values, unit, stop)
    return context.token(
        start, end, kind, phrase=(first, stop), values=values,
        join="range" if spread else "", unit=text, excused_by=excused, infix=infix,
    )  # fmt: skip


_MEETING = ("会议", "全会", "全体会议", "大会")
_WINDOW = regex("(?:近|连续|最近|过去)$")
_RUN_LEFT = regex("(?:连续|接连|已连)了?$")
_SPANS = frozenset(["期", "个季度", "季度", "个半年", "个月", "年"])


def _kind(context: Context, first: int, values: tuple[Decimal, ...], unit: Unit, stop: int) -> tuple[MentionKind, str]:
    """Kind and rule of a numeral with its unit: 三年 says when, 二级 which, 三次会议 which, 三项 how many."""
    base = unit.base
    if base in TIMES:
        return duration(context, first, values, unit.text)
    if base in ("级", "吨级"):
        return "name", "grade"
    if base == "届" or (base == "次" and context.norm.startswith(_MEETING, stop)):
        return "name", "ordinal"
    if (
        base in ("期", "类", "代", "轮", "等")
        and _labels(context, stop)
        and not _WINDOW.search(context.before(first, 2))
    ):
        return "name", "grade"
    if base in HARD or unit.scale or "/" in unit.text or base == "点":
        return "quantity", ""
    return "count", ""


def _after_points(norm: str, place: int) -> bool:
    """三点五十分 is a time, 两点一线 an idiom."""
    return bool(re.match("点[零〇一二三四五六七八九]+(?:分|刻|线)", norm[place : place + 6]))


def _labels(context: Context, stop: int) -> bool:
    """一期工程, 三类水质: the numeral tells which, not how many; but not 八大类."""
    return bool(_LABEL_NEXT.match(context.norm, stop)) and context.norm[stop - 2 : stop - 1] != "大"


def _leading(context: Context, start: int, end: int, value: Decimal, unit: Unit | None) -> Token | None:
    """居前三, 前十位, 前三名."""
    norm = context.norm
    if unit is None or unit.base in ("位", "名"):
        placed = RANK_VERB.search(context.before(start - 1, 12)) or re.search(
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
    if unit.base == "年" and norm.startswith("一遇", unit.end):
        return True  # 百年一遇
    weak = unit.base in WEAK and not unit.scale
    if run in ("百", "千", "万", "亿", "十万", "百万", "千万", "百亿", "千亿", "万亿", "十亿") and not infix:
        if before == "每" and _OF_EACH.match(norm, unit.end):
            return False  # 每万元0.391吨标准煤: what the figure behind is told in
        if unit.base in _BARE_OK or before == "每":
            return bool(_THRESHOLD_LEFT.search(context.before(start, 3)) or _BARE_RIGHT.match(norm, unit.end))
        if before in ("上", "近", "逾", "超", "过", "破", "达") and run != "万" and unit.base not in WEAK and unit.base:
            return True
        if run in ("百万", "千万", "百亿", "千亿", "万亿", "十亿", "十万", "亿"):
            return bool(_THRESHOLD_LEFT.search(context.before(start, 3))) or unit.base in ("级", "吨级")
        return False
    if run == "一":
        if before in _DEICTIC and unit.base not in HARD:
            return False
        if unit.base == "级" and not unit.scale:
            return True  # 一级公路
        if unit.base in _SPANS and _RUN_LEFT.search(context.before(start, 3)):
            return True
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
        if (
            unit.base == "位"
            and _SHIFTED_LEFT.search(context.before(start, 4))
            and norm[unit.end : unit.end + 1] != "数"
        ):
            return True
        if unit.base not in _ARTICLE_UNITS or _ARTICLE_AFTER.match(norm, end):
            return False
        if before in tuple("同统唯单"):
            return False
        return bool(_COUNTING_LEFT.search(context.before(start, 4)) or _COUNTED_NOUN.match(norm, unit.end))
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
            "席",
        )
    if unit.base == "分" and norm.startswith(("别", "之", "明", "布", "工", "类", "析"), unit.end):
        return False
    if unit.base == "点":
        return len(run) > 1 or norm[unit.end : unit.end + 1] in tuple("建意要")
    if approximate(run) is None and read_chinese(body or run) is None:
        return False
    return not (all(c in "一二三四五六七八九" for c in run) and len(run) > 1 and approximate(run) is None)
