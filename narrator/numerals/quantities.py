"""Arabic quantities: a number with its unit, or several joined as ratio, range or fraction."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from narrator.model import MentionKind
from narrator.numerals.chinese_reading import LARGE, read_chinese
from narrator.numerals.context import Context
from narrator.numerals.normal_text import DIGITS, number_at
from narrator.numerals.ordinals import STREAK_LEFT
from narrator.numerals.period_reading import period_at
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Join, Token
from narrator.numerals.units import HARD, SPACE, TIMES, Unit
from narrator.records import replace

_S = f"[{SPACE}]{{0,2}}"
_RATIO_HEADS = frozenset(f":{SPACE}")
RATE = regex("/(?:10{0,5}万?|十万|[百千万])人?(?![0-9])")  # 125.6/10万
_RATIO = regex(rf"{_S}[:]{_S}(?=[0-9])")
_RANGE = regex(rf"{_S}(?:[-–—―~～]{{1,2}}|至|到){_S}(?=[-−]?[0-9])")
# 介于3.25%和7.35%之间: 和 joins two ends only between these words.
_BETWEEN = regex(rf"{_S}[和与及]{_S}(?=[-−]?[0-9])")
_BETWEEN_LEFT = regex("(?:介于|介乎|处于|位于|在)[ ]?$")
_BETWEEN_RIGHT = regex(rf"{_S}之间")
# 从2.94%到8.55%不等: from the least to the greatest, and no move.
_VARIOUS = regex(rf"{_S}不等")
_FRACTION = regex(r"([0-9]{1,3})/([0-9]{1,3})(?![0-9/.])")
# 1.2×10^4吨, 3×10⁴千瓦, 1.2E+04; in 2.5×104 nothing tells a lost exponent from a factor.
_EXPONENT = r"(?:\^[({]?(?P<plain>-?[0-9]{1,2})[)}]?(?![0-9.])|(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))"
_POWER = regex(rf"[{SPACE}]?[×xX*·][{SPACE}]?10{_EXPONENT}|[eE](?P<e>[+-][0-9]{{1,3}})(?![0-9A-Za-z])")
_TEN = regex(f"10(?![⁰¹²³]){_EXPONENT}")  # 10² may have a note
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_SIGN = regex(r"(?:(?:[-]|负|[+]|±)[ ]?|(?<![–—―])[–—])$")
_TIMES_TEN = frozenset(f"×xX*·eE{SPACE}")
_SIGN_ENDS = frozenset("-负+± –—")
# Word turns a hyphen into a dash: it is a minus where a number is to follow, never behind another number.
_MINUS_LEFT = frozenset("(（[:：,，、;；|\t为至到达由从是比长降速率幅计值")
_TERM = regex("期(?![间内限末初])")
_UNIT_ENDS = frozenset("万亿元吨人户家亩")
_HOTLINE = regex(
    rf"{_S}(?:号段|热线|服务热线|政务服务|便民|报警|投诉|举报|专线|急救|平台|晚会|高校|工程[院校]|法庭|网站)"
)
_OF_AN_INDEX = regex(f"(?<=[0-9])0{_S}指数(?!点|值)")  # indices are named after round numbers
_NAMED_LEFT = regex("[^\\W\\dA-Za-z_为至达到是在于约近超增减升降涨跌过破报的了和与及或共有计]")
_STRONG = regex(rf"{_S}强(?!于|化|度|劲|大|力|烈|降|对|震)")
_NUMBERED = regex(
    rf"{_S}(?:号(?:线|楼|院|地块|文件|工程|公告|令|台风|机组|泊位|码头|高炉|店|门|桥|井|提案|议案|决定|文)?"
    "|#(?:楼|机组|线|炉|泵|井|桥|地块|厂房|车间)|国道|省道|县道)"
)
# 1、2号线; in 1号线30、2号线20 the 30 is a figure.
_NUMBERED_TOO = regex(
    rf"(?:{_S}[、和与及]{_S}[0-9]{{1,2}}){{1,9}}(?={_S}号(?:线|楼|院|地块|机组|泊位|码头|高炉|店|门|桥|井))"
)
_DATA_TIME_LEFT = regex(
    "(?:缩短|压缩|减少|延长|提前|提速|增加|缩减|推迟|平均|仅需|只需|不超过|不到|预期寿命|寿命|年龄|控制在)"
    "(?:到|至|为|了|约)?[ ]?$"
)
_RANK_LEFT = regex("(?:居|列|位|排|名|进入|跻身|占|入围|跃|升|前列?)[^，。；、]{0,6}前[ ]?$")
_INDEX_LEFT = regex("指数[^，。；、0-9]{0,12}(?:为|达到?|是|至|于|报|回到|[收站]上)[ ]?$")
_COMPOUND = regex(
    "(?P<a>[0-9]+)(?:(?P<yi>亿)零?(?P<b>[0-9]{1,4}(?:\\.[0-9]+)?)(?P<qian>千)?(?P<more>[多余])?(?P<wan>万)"
    "|(?P<wan2>万)(?P<c>[0-9])千(?![瓦克米卡焦伏帕])"
    "|(?P<wan3>万)(?:零(?=[0-9])|(?=[0-9]{3}))(?P<d>[0-9]{1,4})(?![0-9.,%‰年])"
    "|(?P<large>[万亿])(?P<rest>[零一二两三四五六七八九][零一二两三四五六七八九十百千万]{1,9})(?![瓦克米卡焦伏帕点]))"
)
_PER_LEFT_UNITS = frozenset(["元", "美元", "欧元", "日元", "万元", "千克", "公斤", "吨", "千瓦时"])
_PER_LEFT = regex(
    "每(公斤|千克|克|股|人|户|件|套|台|张|晚|斤|吨|桶|升|加仑|盎司|平方米|亩|公顷|立方米|头|只|羽|公里|千瓦时|度)"
    "(?:上调|下调|上涨|下跌|提高|降低|降|涨|补贴|补助)?(?:约|近|为|超过?|逾|达到?|仅)?[ ]?$"
)


def quantity(context: Context, start: int) -> Token:
    """A number with its unit, or several joined as ratio, range or fraction."""
    norm = context.norm
    end, number = context.number(start)
    first = start
    sign = ""
    m = _SIGN.search(context.before(start, 3)) if norm[start - 1 : start] in _SIGN_ENDS else None
    at = start - len(m.group()) if m else start
    if m and at >= context.last_end and _signs(norm, at, m.group()[0]) and not _to_larger(context, at, end):
        first = at
        sign = "-" if m.group()[0] in "-负–—" else ""
    value = Decimal(sign + number)
    after = norm[end : end + 1]
    if after and after in _TIMES_TEN and (m := _POWER.match(norm, end)):
        value = value.scaleb(int((m["plain"] or m["raised"] or m["e"]).translate(_RAISED)))
        return finish(context, first, m.end(), (value,), "")
    if number == "10" and (m := _TEN.match(norm, start)):
        value = Decimal(f"{sign}1").scaleb(int((m["plain"] or m["raised"]).translate(_RAISED)))
        return finish(context, first, m.end(), (value,), "")
    if (
        after in ("万", "亿")
        and (m := _COMPOUND.match(norm, start))
        and (compound := _compound(context, first, m, sign))
    ):
        return compound
    if after == "分" and norm[end : end + 2] == "分之" and (part := _out_of(norm, end + 2)):
        stop, upper = part
        if number in ("100", "1000"):
            unit = "%" if number == "100" else "‰"
            return context.token(first, stop, "quantity", values=(upper,), unit=unit)
        return context.token(first, stop, "quantity", values=(upper, value), join="fraction")
    m = _FRACTION.match(norm, start) if after == "/" else None
    if m and not sign and int(m[1]) < int(m[2]) and norm[start - 1 : start] != "/":
        return context.token(start, m.end(), "quantity", values=(Decimal(m[1]), Decimal(m[2])), join="fraction")
    joined = (_ratio(context, first, end, value) if after in _RATIO_HEADS else None) or _range(
        context, first, end, value
    )
    if joined:
        return joined
    return finish(context, first, end, (value,), "")


def _compound(context: Context, first: int, m: re.Match[str], sign: str) -> Token | None:
    """3亿5000万, 1亿3千多万, 2万5千, 1万739, 7亿一千二百万: one number written with two scales."""
    if m["yi"]:
        value = Decimal(m["a"]) * 10**8 + Decimal(m["b"]) * (10**7 if m["qian"] else 10**4)
    elif m["large"]:
        large, rest = LARGE[m["large"]], read_chinese(m["rest"])
        if rest is None or not large < rest * rest < large * large:
            return None  # 5万三五类: another numeral
        value = Decimal(m["a"]) * large + rest
    elif m["d"]:
        value = Decimal(m["a"]) * 10**4 + Decimal(m["d"])
    else:
        value = Decimal(m["a"]) * 10**4 + Decimal(m["c"]) * 1000
    token = finish(context, first, m.end(), (Decimal(f"{sign}{value.normalize():f}"),), "")
    return replace(token, infix="多") if m["more"] else token


def power_of_ten(context: Context, start: int) -> bool:
    """Whether the number at `start` is multiplied by a power of ten; its x then is no letter of a model."""
    return _POWER.match(context.norm, context.number(start)[0]) is not None


def _to_larger(context: Context, place: int, end: int) -> bool:
    """Whether the hyphen at `place` joins an amount to one of a scale of its own: 3000万-1亿元, 8000元-1万元."""
    unit = context.unit(end)
    behind_amount = 0 < place == context.last_end and context.norm[place - 1] in _UNIT_ENDS
    return behind_amount and unit is not None and bool(unit.scale)


def _signs(norm: str, place: int, sign: str) -> bool:
    """Whether the sign at `place` belongs to the number: not a dash, a range, a bullet or part of a code."""
    if sign in "±负":
        return True
    if sign in "–—":
        before = norm[max(0, place - 3) : place].rstrip(" \u3000")
        return before[-1] in _MINUS_LEFT if before else place < 3
    before = norm[place - 1 : place]
    return before not in tuple("0123456789-–—%") and not (before and before.isascii() and before.isalpha())


def _out_of(norm: str, place: int) -> tuple[int, Decimal] | None:
    while norm[place : place + 1] == " ":
        place += 1
    if norm[place : place + 1] not in tuple(DIGITS):
        return None
    end, number = number_at(norm, place)
    return end, Decimal(number)


def _ratio(context: Context, first: int, end: int, value: Decimal) -> Token | None:
    norm = context.norm
    values = [value]
    at = end
    while m := _RATIO.match(norm, at):
        at, number = context.number(m.end())
        values.append(Decimal(number))
    if len(values) < 2:
        return None
    after = context.after(at, 2).strip()[:1]
    if after == "年" or (
        len(values) == 2 and norm[end : end + 1] == ":" and context.unit(at) and after not in "的左右"
    ):
        return None
    return context.token(first, at, "quantity", values=tuple(values), join="ratio", unit="")


def _range(context: Context, first: int, end: int, value: Decimal) -> Token | None:
    norm = context.norm
    unit = context.unit(end)
    after = unit.end if unit else end
    between = _BETWEEN.match(norm, after) if _BETWEEN_LEFT.search(norm, max(0, first - 3), first) else None
    m = between or _RANGE.match(norm, after)
    if m is None:
        return None
    word = m.group().strip()
    place = m.end()
    sign = ""
    if norm[place] in "-−":
        sign, place = "-", place + 1
    if period_at(norm, place) and not unit:
        return None
    last, number = context.number(place)
    unit2 = context.unit(last)
    if unit and (unit2 is None or (unit2.text != unit.text and (unit.base or unit2.scale != unit.scale))):
        return None  # 5亿至10亿元 has one unit, 8000万至1亿元 two
    behind = unit2.end if unit2 else last
    if between and not _BETWEEN_RIGHT.match(norm, behind):
        return None
    moved = word in ("至", "到") and re.search("[由从]$", norm[max(0, first - 1) : first])
    if moved and not _VARIOUS.match(norm, behind):
        return None
    high = Decimal(sign + number)
    if word in "--–" and high < value and not unit2:
        return None  # codes and phone numbers
    return finish(context, first, last, (value, high), "range")


def finish(context: Context, first: int, end: int, values: tuple[Decimal, ...], join: Join) -> Token:
    """The token of one number or a range whose digits end at `end`, with the unit that follows."""
    norm = context.norm
    unit = context.unit(end)
    text = unit.text if unit else ""
    stop = unit.end if unit else end
    whole = all(v == v.to_integral_value() for v in values)
    named = (
        _name_after(norm, end, stop, unit, whole)
        or _numbered_too(norm, first, end, values)
        or (_name_before(norm, first, end) if unit is None and whole else None)
    )
    if named:
        return context.token(
            first, end, "name", phrase=(first, named[0]), values=values, join=join, unit=text, excused_by=named[1]
        )
    if norm[first - 1 : first] == "前" and (text in ("位", "名", "") or _RANK_LEFT.search(context.before(first, 12))):
        return context.token(first, end, "rank", phrase=(first - 1, stop), values=values, join=join, unit=text or "位")
    kind: MentionKind = "quantity"
    excused = ""
    if unit and unit.text in TIMES:
        kind, excused = duration(context, first, values, unit.text)
        if _TERM.match(norm, stop):
            kind, excused = "period", "duration"  # 7天期逆回购
    elif unit and whole and unit.base not in HARD and not unit.scale and "/" not in text and text not in ("点", "分"):
        kind = "count"
    infix = "多" if (unit and unit.more) or norm[stop : stop + 1] == "+" or norm[end : end + 1] == "+" else ""
    if not text and (rate := RATE.match(norm, end)):
        text, stop = rate.group(), rate.end()
        return context.token(first, end, "quantity", values=values, join=join, unit=text)
    return context.token(
        first, end, kind, phrase=(first, stop), values=values, join=join,
        unit=text + _implied_unit(context, first, values, text), excused_by=excused, infix=infix,
    )  # fmt: skip


def _name_after(norm: str, end: int, stop: int, unit: Unit | None, whole: bool) -> tuple[int, str] | None:
    """End and rule where what follows makes the number a name: 3号线, 12345热线, 500强, 二级."""
    if unit is None:
        if m := _NUMBERED.match(norm, end):
            return m.end(), "number-name"
        if m := _STRONG.match(norm, end):
            return m.end(), "set-term"
        if _HOTLINE.match(norm, end) and norm[end - 3 : end].isdigit():
            return end, "set-term"
    elif not unit.scale:
        if unit.base == "级" and whole:
            return stop, "grade"
        if unit.base in ("线", "路"):
            return stop, "number-name"
    return None


def _name_before(norm: str, first: int, end: int) -> tuple[int, str] | None:
    """End and rule of 10 in “双10”行动 and of 300 in 沪深300指数, whose name goes on behind it."""
    before = norm[first - 1 : first]
    if before == "双" or (_OF_AN_INDEX.match(norm, end - 1) and _NAMED_LEFT.match(before)):
        return end, "set-term"
    return None


def _numbered_too(norm: str, first: int, end: int, values: tuple[Decimal, ...]) -> tuple[int, str] | None:
    """End and rule of 1 in 1、2号线: a list of small numbers in order, the last of which is a name."""
    m = _NUMBERED_TOO.match(norm, end)
    if m is None or len(values) > 1 or norm[first - 1 : first] in tuple("号线楼"):
        return None
    numbers = [*values, *map(Decimal, re.findall("[0-9]+", m.group()))]
    return (end, "number-name") if all(a < b < 100 for a, b in pairwise(numbers)) else None


def _implied_unit(context: Context, first: int, values: tuple[Decimal, ...], text: str) -> str:
    """What the words before add: 每公斤20元 is 元/公斤, 指数为100.7 is in points."""
    if text:
        per = _PER_LEFT.search(context.before(first, 14)) if text in _PER_LEFT_UNITS else None
        return f"/{per[1]}" if per else ""
    broken = values[0] != values[0].to_integral_value()
    if _INDEX_LEFT.search(context.before(first, 24)):
        return "点"
    return "点" if broken and context.before(first, 3).rstrip().endswith("指数") else ""


def duration(context: Context, first: int, values: tuple[Decimal, ...], unit: str) -> tuple[MentionKind, str]:
    """Whole years and months say when, not how much, unless they measure a streak or a handling time."""
    left = context.before(first, 8)
    if unit not in (
        "年",
        "个月",
        "周年",
        "周",
        "星期",
        "个星期",
        "年度",
        "个年头",
        "学年",
        "个季度",
        "个年度",
        "个世纪",
    ):
        return "quantity", ""
    if any(v != v.to_integral_value() for v in values) or _DATA_TIME_LEFT.search(left):
        return "quantity", ""
    if STREAK_LEFT.search(left):
        return "quantity", ""
    return "period", "duration"
