"""What a run of Arabic digits is: name, numbering, period, rank, ratio, range or quantity, in that order."""

from __future__ import annotations

import re
from decimal import Decimal

from narrator.model import MentionKind
from narrator.numerals.context import Context
from narrator.numerals.normal_text import DIGITS, number_at
from narrator.numerals.patterns import pattern_at
from narrator.numerals.period_reading import period_at
from narrator.numerals.tokens import Join, Token
from narrator.numerals.units import HARD, SPACE, TIMES, unit_at

_S = f"[{SPACE}]{{0,2}}"
_LETTER = re.compile("[A-Za-zα-ωΑ-Ω_]")
_MODEL_LEFT = re.compile(r"[A-Za-zα-ω][A-Za-z0-9α-ω]*(?:[-–+/·.&][A-Za-z0-9]+)*[-–+/·.]?$")
_MODEL_RIGHT = re.compile(r"[0-9.,+/:×*·–-]*[A-Za-zα-ω][A-Za-z0-9]*(?:[-–+/.][A-Za-z0-9]+)*\+?")
_SUM = re.compile(r"[0-9]+(?:[ ]?\+[ ]?(?:[0-9]+|[A-Za-zＸＮ](?![a-z])|[一二三四五六七八九十]+))+")
_DOTTED = re.compile(r"[0-9]+(?:\.[0-9]+){2,}")
_VERSION = re.compile(
    r"[0-9]{1,2}\.[0-9](?![0-9%])[ ]?(?=版|时代|升级版|阶段|模式|行动|计划|政策|工程|战略|版本|方案|体系|”|》)"
)
_VERSION_LEFT = re.compile("(?:工业|版本|[改改]革|[模方]式|平台|系统|新基建|数字化|政策|计划|行动)[ ]?$")
_FIGURE_LEFT = re.compile(
    rf"(?:附?[图表]|附件|附录|专栏|专题|案例|公式|[（(]式|^注|[（(]注|图表|框|示例|例|步骤|版|栏)[{SPACE}]?$"
)
_FIGURE_NUMBER = re.compile(r"[0-9]{1,2}(?:[.\-–—－][0-9]{1,2}){0,2}")
_ENUMERATION = re.compile(r"[0-9]{1,2}(?:[.．](?![0-9])|、(?![0-9])|[)）])")
_HEADING = re.compile(rf"[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{0,3}}[{SPACE}]+(?=[\u4e00-\u9fff“《（(A-Za-z])")
_PARENTHESES = re.compile(rf"[0-9]{{1,2}}{_S}[)）\]］】〕]")
_SERIAL_LEFT = re.compile("[〔\\[（(](?:19|20)[0-9]{2}[〕\\])）]$|(?:文号|公告|国发|国办发|号令)[^0-9]{0,6}$")
_PAGE = re.compile(rf"[0-9]{{1,4}}{_S}页")
_PAGE_OF = re.compile(rf"^[{SPACE}\-–—]*[0-9]{{1,4}}[{SPACE}\-–—]*$")
_RATIO = re.compile(rf"{_S}[:]{_S}(?=[0-9])")
_RANGE = re.compile(rf"{_S}(?:[-–—―~～]{{1,2}}|至|到){_S}(?=[-−]?[0-9])")
_FRACTION = re.compile(r"([0-9]{1,3})/([0-9]{1,3})(?![0-9/.])")
_SIGN = re.compile(r"(?:[-]|负|[+]|±)[ ]?$")
_HOTLINE = re.compile(
    rf"{_S}(?:号段|热线|服务热线|政务服务|便民|报警|投诉|举报|专线|急救|平台|晚会|高校|工程[院校]|法庭|网站)"
)
_STRONG = re.compile(rf"{_S}强(?!于|化|度|劲|大|力|烈|降|对|震)")
_NUMBERED = re.compile(
    rf"{_S}(?:号(?:线|楼|院|地块|文件|工程|公告|令|台风|机组|泊位|码头|高炉|店|门|桥|井|提案|议案|决定|文)?"
    "|国道|省道|县道|高速)"
)
_STREAK_LEFT = re.compile(r"(?:连续|持续|已连|连|蝉联|保持)[了已]?第?[ ]?$")
_DATA_TIME_LEFT = re.compile(
    "(?:缩短|压缩|减少|延长|提前|提速|增加|缩减|推迟|平均|仅需|只需|不超过|不到|预期寿命|寿命|年龄|控制在)"
    "(?:到|至|为|了|约)?[ ]?$"
)
_RANK_LEFT = re.compile("(?:居|列|位|排|名|进入|跻身|占|入围|跃|升|前列?)[^，。；、]{0,6}前[ ]?$")
_BARE_YEAR = re.compile(r"(?:19[4-9][0-9]|20[0-9]{2})(?![0-9.,%])")
_INDEX_LEFT = re.compile("指数[^，。；、0-9]{0,12}(?:为|达到?|是|至|于|报|回到|[收站]上)[ ]?$")


def read_digits(context: Context, start: int) -> Token:
    """The token of the digit at `start`; there always is one."""
    return (
        _named(context, start)
        or _structure(context, start)
        or pattern_at(context, start)
        or _period(context, start)
        or _ordinal(context, start)
        or quantity(context, start)
    )


# --------------------------------------------------------------------------- names


def _named(context: Context, start: int) -> Token | None:
    norm = context.norm
    listed = context.listed(start)
    if listed:
        last = listed[1]
        while norm[last - 1] not in DIGITS:
            last -= 1
        if last > start and not (last == listed[1] and unit_at(norm, last) and context.quote(start) is None):
            return context.token(start, last, "name", phrase=listed, excused_by="listed-name")
    before = norm[start - 1] if start else ""
    if before in '“‘"':
        quote = context.quote(start)
        if quote and (token := _quoted(context, start, quote)):
            return token
    m = _SUM.match(norm, start)
    if m and not _is_data(norm, m.end()):
        digits = m.end() if m.group()[-1] in DIGITS else start + len(m.group().rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ+ nx"))
        last = _last_digit(norm, start, digits)
        return context.token(start, last, "name", phrase=(start, m.end()), excused_by="policy-name")
    m = _VERSION.match(norm, start)
    if m or (
        start
        and _VERSION_LEFT.search(context.before(start, 6))
        and re.match(r"[0-9]\.0(?![0-9%])", norm[start : start + 5])
    ):
        end = m.end() if m else start + 3
        last = _last_digit(norm, start, end)
        if not _is_data(norm, last):
            tail = len(norm[last : last + 1]) if norm[last : last + 1] == "版" else 0
            return context.token(start, last, "name", phrase=(start, last + tail), excused_by="version")
    return _model(context, start)


def _quoted(context: Context, start: int, quote: tuple[int, int]) -> Token | None:
    """“11336”, “1+5”, “10+N”, “315”: a quotation of bare whole numbers is a name; of data it is not."""
    norm = context.norm
    inside = norm[quote[0] : quote[1]]
    if not re.fullmatch(r"[0-9]+(?:[+×x*·/&-][0-9A-Za-z一-十]+)*(?:[A-Za-z]{1,3})?", inside):
        return None
    last = _last_digit(norm, start, quote[1])
    return context.token(start, last, "name", phrase=quote, excused_by="quoted-name")


def _model(context: Context, start: int) -> Token | None:
    """Digits that touch Latin letters: 5G, PM2.5, CO2, COVID-19; not GDP5.3%, not 30MW."""
    norm = context.norm
    left = context.before(start, 24)
    m = _MODEL_LEFT.search(left) if left and (_LETTER.match(left[-1]) or left[-1] in "-–+/·.") else None
    first = max(start - len(m.group()), context.last_end) if m else start
    end = number_at(norm, start)[0]
    if m and first < start:
        if _is_data(norm, end) and not re.search(r"PM$|CO$|O$", left):
            return None
        tail = _MODEL_RIGHT.match(norm, start)
        stop = max(tail.end() if tail else 0, _code_end(norm, start))
        last = _last_digit(norm, start, stop)
        if re.fullmatch("[HQ][1-4]", norm[first:last]):
            return context.token(
                start, last, "period", phrase=(first, last), excused_by="period", label=norm[first:last]
            )
        return context.token(start, last, "name", phrase=(first, stop), excused_by="model-name")
    if _LETTER.match(norm, end) and not unit_at(norm, end):
        tail = _MODEL_RIGHT.match(norm, end)
        stop = tail.end() if tail else end
        if stop < len(norm) and norm[stop] == "级":
            stop += 1
        last = _last_digit(norm, start, stop)
        return context.token(start, last, "name", phrase=(start, stop), excused_by="model-name")
    return None


def _code_end(norm: str, start: int) -> int:
    m = re.compile(r"[0-9]+(?:[.\-–][0-9]+)*").match(norm, start)
    return m.end() if m else start


def _last_digit(norm: str, start: int, end: int) -> int:
    while end > start + 1 and norm[end - 1] not in DIGITS:
        end -= 1
    return end


def _is_data(norm: str, place: int) -> bool:
    """Whether a unit that only data has stands at `place`."""
    unit = unit_at(norm, place)
    return unit is not None and (
        unit.base in HARD or unit.base in ("点", "人", "户", "家", "个", "项") or bool(unit.scale)
    )


# --------------------------------------------------------------------------- structure


def _structure(context: Context, start: int) -> Token | None:
    norm = context.norm
    left = context.before(start, 8)
    m = _FIGURE_NUMBER.match(norm, start)
    if m and _FIGURE_LEFT.search(left) and not _is_data(norm, m.end()) and not norm.startswith("年", m.end()):
        end = m.end()
        if norm[end : end + 1] in tuple(DIGITS):
            return None
        word = _FIGURE_LEFT.search(left)
        first = start - len(word.group()) if word else start
        rule = "figure-number" if norm[first] in "图表附专" else "caption-number"
        return context.token(
            start, end, "structure", phrase=(max(first, context.last_end), end), excused_by=rule, label=norm[start:end]
        )
    if start and norm[start - 1] in "(（[［【" and (m := _PARENTHESES.match(norm, start)):
        end = _last_digit(norm, start, m.end())
        return context.token(
            start, end, "structure", phrase=(start - 1, m.end()), excused_by="enumeration", label=norm[start:end]
        )
    opens = context.opens_line(start)
    if opens or (start and norm[start - 1] in "。；;：:！？"):
        m = _ENUMERATION.match(norm, start)
        if m:
            end = m.end() - 1
            return context.token(start, end, "structure", excused_by="heading-number", label=norm[start:end])
    if opens:
        m = _HEADING.match(norm, start)
        if m and not unit_at(norm, m.end()) and not _is_data(norm, _last_digit(norm, start, m.end())):
            end = _last_digit(norm, start, m.end())
            if norm[end : end + 8].strip()[:1] not in ("年", "月", "日"):
                return context.token(start, end, "structure", excused_by="heading-number", label=norm[start:end])
        m = _DOTTED.match(norm, start)
        if m and not period_at(norm, start):
            return context.token(start, m.end(), "structure", excused_by="heading-number", label=m.group())
    elif (start and norm[start - 1] in " ，,、") and (
        m := re.compile(r"[0-9]{1,2}[.．](?=[\u4e00-\u9fff])").match(norm, start)
    ):
        return context.token(start, m.end() - 1, "structure", excused_by="enumeration")
    if _SERIAL_LEFT.search(context.before(start, 14)) and _NUMBERED.match(norm, number_at(norm, start)[0]):
        end = number_at(norm, start)[0]
        return context.token(start, end, "structure", excused_by="document-number")
    if norm[start - 1 : start] in ("第", "共") or norm[start - 2 : start] in ("第 ", "共 "):
        m = _PAGE.match(norm, start)
        if m:
            return context.token(start, _last_digit(norm, start, m.end()), "structure", excused_by="page-number")
    m = _DOTTED.match(norm, start)
    if m and not period_at(norm, start):
        return context.token(start, m.end(), "structure", excused_by="section-number")
    return None


# --------------------------------------------------------------------------- periods


def _period(context: Context, start: int) -> Token | None:
    norm = context.norm
    first = start
    # 前5个月, 第1季度 and 近5年 begin before their digits.
    for lead in (1, 2):
        if start >= lead and norm[start - lead] in "前第" and not norm[start - lead + 1 : start].strip():
            first = start - lead
            break
    m = period_at(norm, first)
    if m is None and first != start:
        first = start
        m = period_at(norm, first)
    if m is None or m.end <= start:
        return _bare_year(context, start)
    if norm[m.end - 1] in "时" and norm[m.end : m.end + 1] == "":
        return None
    last = _last_digit(norm, start, m.end)
    rule = "year" if m.unit else "period"
    return context.token(start, last, "period", phrase=(first, m.end), excused_by=rule, unit=m.unit, label=m.value)


def _bare_year(context: Context, start: int) -> Token | None:
    """2018 without 年: a period where it stands alone in its cell, in brackets, or as 2016=100."""
    norm = context.norm
    m = _BARE_YEAR.match(norm, start)
    if m is None or unit_at(norm, m.end()):
        return None
    if norm[start - 1 : start] in ("-", "+", "−") or norm[start - 1 : start] == ".":
        return None
    after = context.after(m.end(), 3).strip()
    before = context.before(start, 3).strip()
    alone = not norm[:start].strip() and not norm[m.end() :].strip()
    base = after.startswith("=") and len(after) > 1
    if before.endswith(("〔", "[")) and after.startswith(("〕", "]")):
        return context.token(start, m.end(), "structure", excused_by="document-number", label=m.group())
    bracketed = before.endswith(("(", "（")) and after.startswith((")", "）"))
    if alone or base or bracketed or _CALENDAR_LEFT.search(context.before(start, 6)):
        return context.token(start, m.end(), "period", excused_by="bare-year", unit="年", label=m.group())
    if _PLAN_LEFT.search(context.before(start, 4)):
        return context.token(start, m.end(), "name", excused_by="plan-name")
    return None


_CALENDAR_LEFT = re.compile("(?:截至|截止|自|年份|年度)[ ]?$")
_PLAN_LEFT = re.compile("(?:制造|展望|愿景|纲要|标准|战略|行动|议程|中国|健康|目标)[ ]?$")


# --------------------------------------------------------------------------- ranks and ordinals

SECTIONS = frozenset("章节条款篇编页卷讲段课")
PARTS = ("部分",)
RANKS = ("位", "名", "席", "大")


def _ordinal(context: Context, start: int) -> Token | None:
    norm = context.norm
    lead = 1 if norm[start - 1 : start] == "第" else 2 if norm[start - 2 : start] in ("第 ", "第\n") else 0
    if lead and start >= lead:
        end, number = number_at(norm, start)
        return ordinal_token(context, start, end, Decimal(number), start - lead)
    return None


def ordinal_token(context: Context, start: int, end: int, value: Decimal, first: int) -> Token:
    """第N…: a rank (第2位, 全市第二), a section (第三章), a streak (连续第3个月), else an ordinal name."""
    norm = context.norm
    gap = len(context.after(end, 3)) - len(context.after(end, 3).lstrip(f"{SPACE}\n"))
    after = norm[end + gap : end + gap + 2]
    tail = end + gap
    if after[:1] in RANKS:
        return context.token(start, end, "rank", phrase=(first, tail + 1), values=(value,), unit=after[0])
    if after[:1] in SECTIONS or after in PARTS:
        width = 2 if after in PARTS else 1
        return context.token(
            start, end, "structure", phrase=(first, tail + width), values=(value,), excused_by="section-number"
        )
    unit = unit_at(norm, end)
    streak = _STREAK_LEFT.search(context.before(first, 5))
    if unit:
        if streak:
            return context.token(start, end, "quantity", phrase=(first, unit.end), values=(value,), unit=unit.text)
        return context.token(
            start, end, "name", phrase=(first, unit.end), values=(value,), unit=unit.text, excused_by="ordinal"
        )
    if _ENDS.match(norm, end):
        if (
            context.opens_clause(first)
            and norm[end : end + 1] in ("，", "、", "：", ":")
            and not _PLACED.search(context.before(first, 6))
        ):
            return context.token(
                start, end, "structure", phrase=(first, end), values=(value,), excused_by="enumeration"
            )
        return context.token(start, end, "rank", phrase=(first, end), values=(value,), unit="位")
    if _PLACED.search(context.before(first, 8)):
        return context.token(start, end, "rank", phrase=(first, end), values=(value,), unit="位")
    return context.token(start, end, "name", phrase=(first, end), values=(value,), excused_by="ordinal")


_ENDS = re.compile('[ \u3000]{0,2}(?:[，。；、：！？,;:!?)）”"》|\n]|$|的|和|与|及|以|大|高|多|低|长)')
_PLACED = re.compile(
    "(?:居|列|位|排|排名|名|占|全[国省市区县州球]|世界|亚洲|同类|并列|倒数|跃升?[至为到]?|升[至为到]|稳居|[省市区县]内)[^，。；]{0,4}$"
)


# --------------------------------------------------------------------------- quantities


def quantity(context: Context, start: int) -> Token:
    """A number with its unit, or several joined as ratio, range or fraction."""
    norm = context.norm
    end, number = number_at(norm, start)
    first = start
    sign = ""
    left = context.before(start, 3)
    m = _SIGN.search(left)
    if m and start - len(m.group()) >= context.last_end and _signs(norm, start - len(m.group()), m.group()[0]):
        first = start - len(m.group())
        sign = "-" if m.group()[0] in "-负" else ""
    value = Decimal(sign + number)
    if norm[end : end + 1] == "分" and norm[end : end + 2] == "分之" and (part := _out_of(norm, end + 2)):
        stop, upper = part
        if number in ("100", "1000"):
            unit = "%" if number == "100" else "‰"
            return context.token(first, stop, "quantity", values=(upper,), unit=unit)
        return context.token(first, stop, "quantity", values=(upper, value), join="fraction")
    m = _FRACTION.match(norm, start)
    if m and not sign and int(m[1]) < int(m[2]) and norm[start - 1 : start] != "/":
        return context.token(start, m.end(), "quantity", values=(Decimal(m[1]), Decimal(m[2])), join="fraction")
    joined = _ratio(context, first, end, value) or _range(context, first, end, value)
    if joined:
        return joined
    return finish(context, first, end, (value,), "")


def _signs(norm: str, place: int, sign: str) -> bool:
    """Whether the sign at `place` belongs to the number: not a dash, a range, a bullet or part of a code."""
    if sign in "±负":
        return True
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
        at, number = number_at(norm, m.end())
        values.append(Decimal(number))
    if len(values) < 2:
        return None
    after = context.after(at, 2).strip()[:1]
    if after == "年" or (
        len(values) == 2 and norm[end : end + 1] == ":" and unit_at(norm, at) and after not in "的左右"
    ):
        return None
    return context.token(first, at, "quantity", values=tuple(values), join="ratio", unit="")


def _range(context: Context, first: int, end: int, value: Decimal) -> Token | None:
    norm = context.norm
    unit = unit_at(norm, end)
    m = _RANGE.match(norm, unit.end if unit else end)
    if m is None:
        return None
    word = m.group().strip()
    if word in ("至", "到") and re.search("[由从]$", norm[max(0, first - 1) : first]):
        return None
    place = m.end()
    sign = ""
    if norm[place] in "-−":
        sign, place = "-", place + 1
    if period_at(norm, place) and not unit:
        return None
    last, number = number_at(norm, place)
    unit2 = unit_at(norm, last)
    if unit and (unit2 is None or unit2.text != unit.text):
        return None
    high = Decimal(sign + number)
    if word in "--–" and high < value and not unit2:
        return None  # codes and phone numbers
    return finish(context, first, last, (value, high), "range")


def finish(context: Context, first: int, end: int, values: tuple[Decimal, ...], join: Join) -> Token:
    """The token of one number or a range whose digits end at `end`, with the unit that follows."""
    norm = context.norm
    unit = unit_at(norm, end)
    text = unit.text if unit else ""
    stop = unit.end if unit else end
    infix = "多" if unit and unit.more else ""
    if norm[stop : stop + 1] == "+" or norm[end : end + 1] == "+":
        infix = "多"
    kind: MentionKind = "quantity"
    excused = ""
    begin = first
    if unit is None and (m := _NUMBERED.match(norm, end)):
        return context.token(first, end, "name", phrase=(first, m.end()), values=values, excused_by="number-name")
    if unit is None and (_HOTLINE.match(norm, end) or _STRONG.match(norm, end)):
        m = _STRONG.match(norm, end)
        stop = m.end() if m else end
        return context.token(first, end, "name", phrase=(first, stop), values=values, excused_by="set-term")
    if unit and unit.base == "级" and all(v == v.to_integral_value() for v in values) and not unit.scale:
        return context.token(first, end, "name", phrase=(first, stop), values=values, unit=text, excused_by="grade")
    if unit and unit.base in ("线", "路", "号", "号线") and not unit.scale:
        return context.token(first, end, "name", phrase=(first, stop), values=values, excused_by="number-name")
    if norm[first - 1 : first] == "前" and (text in ("位", "名", "") or _RANK_LEFT.search(context.before(first, 12))):
        return context.token(
            first,
            end,
            "rank",
            phrase=(first - 1, stop),
            values=values,
            join=join,
            unit=text or "位",
        )
    if unit and unit.text in TIMES:
        kind, excused = duration(context, first, values, unit.text)
    elif unit and unit.base not in HARD and not unit.scale and "/" not in text and text not in ("点", "分"):
        kind = "count" if all(v == v.to_integral_value() for v in values) else "quantity"
    if text and text in _PER_LEFT_UNITS and (per := _PER_LEFT.search(context.before(first, 14))):
        text = f"{text}/{per[1]}"
    if not text and _INDEX_LEFT.search(context.before(first, 24)):
        text = "点"
    return context.token(
        first,
        end,
        kind,
        phrase=(begin, stop),
        values=values,
        join=join,
        unit=text,
        excused_by=excused,
        infix=infix,
    )


_PER_LEFT_UNITS = frozenset(["元", "美元", "欧元", "日元", "万元", "千克", "公斤", "吨", "千瓦时"])
_PER_LEFT = re.compile(
    "每(公斤|千克|克|股|人|户|件|套|台|张|晚|斤|吨|桶|升|加仑|盎司|平方米|亩|公顷|立方米|头|只|羽|公里|千瓦时|度)"
    "(?:上调|下调|上涨|下跌|提高|降低|降|涨|补贴|补助)?(?:约|近|为|超过?|逾|达到?|仅)?[ ]?$"
)


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
    if _STREAK_LEFT.search(left):
        return "quantity", ""
    return "period", "duration"
