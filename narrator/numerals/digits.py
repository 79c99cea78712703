"""What a run of Arabic digits is: name, numbering, period, rank or quantity, in that order."""

from __future__ import annotations

from narrator.numerals.codes import is_data, last_digit, named
from narrator.numerals.context import Context
from narrator.numerals.normal_text import DIGITS
from narrator.numerals.numbering import numbering
from narrator.numerals.ordinals import ordinal
from narrator.numerals.patterns import pattern_at
from narrator.numerals.period_reading import period_at
from narrator.numerals.quantities import power_of_ten, quantity
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.numerals.units import SPACE

# A year, or what every period and pattern that begins with one or two digits goes on with.
_MAYBE_PERIOD = regex(
    rf"(?:1[89]|20|21)\d\d|\d{{3,5}}[{SPACE}\n]{{0,2}}[年HQ]|\d{{1,2}}[{SPACE}\n]{{0,4}}[月份日号季世年时点:、和与及–—―~～至到两二三四五六-]"
)
_MAYBE_PATTERN = regex(rf"[1-9]\d?[{SPACE}]?[级连项个类大家正负上增提回加转下减降放持平不收扩升涨跌稳快缓]")
_BARE_YEAR = regex(r"(?:19[4-9][0-9]|20[0-9]{2})(?![0-9.,%])")
# 2025世界机器人大会, 2025财年; after a verb of amount (增至2025) it may be a figure.
_EVENT = regex(
    r"[ ]?(?:财年|(?:世界|国际|全球|全国|中国)(?!最)|[^\W\dA-Za-z_]{1,16}?(?:大会|论坛|峰会|博览会|年会|推介会|洽谈会|交易会))"
)
_AMOUNT_LEFT = regex("[为达至到约近超逾于增加减少升降有共计][了]?[ ]?$")
_CALENDAR_LEFT = regex("(?:截至|截止|自|年份|年度)[ ]?$")
_PLAN_LEFT = regex("(?:制造|展望|愿景|纲要|标准|战略|行动|议程|中国|健康|目标|创新)[ ]?$")


def read_digits(context: Context, start: int) -> Token:
    """The token of the digit at `start`; there always is one."""
    if context.norm.startswith(("x", "X", "E", "e"), context.number(start)[0]) and power_of_ten(context, start):
        return quantity(context, start)
    return (
        named(context, start)
        or numbering(context, start)
        or (pattern_at(context, start) if _MAYBE_PATTERN.match(context.norm, start) else None)
        or _period(context, start)
        or ordinal(context, start)
        or quantity(context, start)
    )


def _period(context: Context, start: int) -> Token | None:
    norm = context.norm
    first = start
    # 前5个月, 第1季度 and 近5年 begin before their digits.
    for lead in (1, 2):
        if start >= lead and norm[start - lead] in "前第" and not norm[start - lead + 1 : start].strip():
            first = start - lead
            break
    if norm.startswith(" ", start + 1) and (year := _spaced_year(context, start)):
        return year
    if first == start and _MAYBE_PERIOD.match(norm, start) is None:
        return None
    m = period_at(norm, first)
    if m is None and first != start:
        first = start
        m = period_at(norm, first)
    if m is None or m.end <= start:
        return _bare_year(context, start)
    unit = context.unit(m.end) if "—" in m.value and norm[m.end - 1] in DIGITS else None
    if unit and is_data(unit) and (unit.base or unit.scale[-1] in "万亿"):
        return None  # 1950—2050元; but 2016—2018三年
    if norm[m.end - 1] in "时" and norm[m.end : m.end + 1] == "":
        return None
    last = last_digit(norm, start, m.end)
    rule = "year" if m.unit in ("年", "年度") else "period"
    return context.token(start, last, "period", phrase=(first, m.end), excused_by=rule, unit=m.unit, label=m.value)


def _spaced_year(context: Context, start: int) -> Token | None:
    """2 0 1 9 年, as a page's text is spaced."""
    end, number = context.number(start)
    unit = context.unit(end)
    if unit is None or unit.base != "年" or not _BARE_YEAR.fullmatch(number):
        return None
    return context.token(start, end, "period", phrase=(start, unit.end), excused_by="year", unit="年", label=number)


def _bare_year(context: Context, start: int) -> Token | None:
    """2018 without 年: a period where it stands alone in its cell, in brackets, or as 2016=100."""
    norm = context.norm
    m = _BARE_YEAR.match(norm, start)
    if m is None or context.unit(m.end()):
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
    event = _EVENT.match(norm, m.end()) and not _AMOUNT_LEFT.search(context.before(start, 3))
    if alone or base or bracketed or event or _CALENDAR_LEFT.search(context.before(start, 6)):
        return context.token(start, m.end(), "period", excused_by="bare-year", unit="年", label=m.group())
    if _PLAN_LEFT.search(context.before(start, 4)) or context.quote(start):
        return context.token(start, m.end(), "name", excused_by="plan-name")
    return None
