"""What a run of Chinese numerals is: part of an idiom or name, a period, an ordinal, a count, a quantity."""

from __future__ import annotations

from decimal import Decimal

from narrator.numerals.chinese_reading import LARGE, LONGEST, read_chinese
from narrator.numerals.context import Context, is_idiom
from narrator.numerals.hanzi_quantities import NUMERAL, hanzi_fraction, hanzi_quantity
from narrator.numerals.normal_text import DIGITS
from narrator.numerals.numbering import hanzi_caption
from narrator.numerals.ordinals import ordinal_token
from narrator.numerals.patterns import pattern_at
from narrator.numerals.period_reading import period_at
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Join, Token
from narrator.numerals.units import HARD

_INDUSTRY = regex(
    # 第二、第三产业 are two names, 第一、二、三产业 is one.
    "[一二三](?=(?:[ ]?[、和与及][ ]?第[一二三]){1,2}次?产业)|[一二三]{1,3}(?:[、和][一二三]){0,3}(?:次?产业|产(?!权|品|量|值|能|出|物|地|销|后|前|假|妇|房|科|生|业化))"
)
_PLENUM = regex("[一二三四五六七]中(?:、[一二三四五六七]中)*全会")
_CENTRED = 80  # blanks before a centred heading; digits behind as many may be of a column
_CAPTION_ENDS = frozenset("图表件录栏 ")
_ENUM_IS = regex(
    "[是要则为看](?!否|的|不)|[、，,](?![一二三四五六七八九十])|、(?=[一二三四五六七八九十]{1,2}[月季])|[)）]"
)


def read_hanzi(context: Context, start: int, end: int) -> tuple[Token | None, int]:
    """The token for the run of numerals `start`–`end`, and where to go on where there is none."""
    if end - start > LONGEST:
        return None, end
    return _read(context, start, end), end


def _read(context: Context, start: int, end: int) -> Token | None:
    norm = context.norm
    if norm[start:end].strip("万亿") == "千" and norm.startswith(("瓦", "克", "米", "伏", "卡", "焦", "赫"), end):
        return None  # 工业用电量（万千瓦时）: a unit without a number
    if (
        norm[start] == "零"
        and end - start > 1
        and norm[start + 1] in "一二三四五六七八九"
        and norm[start - 1 : start] == "社"
    ):
        return _read(context, start + 1, end)  # 社零一项: the short name ends in it
    if norm[start] == "一" and end - start > 1 and norm[start - 1 : start] in tuple("唯惟统专划"):
        return _read(context, start + 1, end)  # 唯一两位数增长的模块
    if norm[start:end] == "一" and norm.startswith(" ", end) and is_idiom(f"一{norm[end + 1 : end + 2]}"):
        return None  # 一 般, as a page's text is spaced
    term = context.term(start, end)
    if term and term[2] not in ("", "counted"):
        return _name(context, *term)
    pattern = pattern_at(context, start)
    if pattern:
        return pattern
    if norm.startswith("半", end) and norm[start:end] == "一" and not (term and term[2] == ""):
        return context.token(start, end + 1, "quantity", number="0.5")
    if m := _PLENUM.match(norm, start):
        last = max(i for i in range(start, m.end()) if norm[i] in NUMERAL) + 1
        return context.token(start, last, "name", phrase=(start, m.end()), excused_by="set-term")
    if norm[start - 1 : start] in _CAPTION_ENDS and not term and (caption := hanzi_caption(context, start, end)):
        return caption
    fraction = hanzi_fraction(context, start, end)
    if fraction:
        return fraction
    period = _period(context, start)
    if period:
        return period
    if norm[start - 1 : start] == "第" and not (term and term[2] == "" and term[0] < start):
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
    return hanzi_quantity(context, start, end)


def _name(context: Context, start: int, end: int, rule: str) -> Token:
    norm = context.norm
    places = [i for i in range(start, end) if norm[i] in NUMERAL or norm[i] in DIGITS]
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
    while last > start + 1 and norm[last - 1] not in NUMERAL and norm[last - 1] not in DIGITS:
        last -= 1
    return context.token(
        start, last, "period", phrase=(m.start, m.end), excused_by="year" if m.unit in ("年", "年度") else "period",
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
            (mark == "、" and (context.opens_line(start, _CENTRED) or before in tuple("。；：:;")))
            or before in ("(", "（")
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
    unit = context.unit(end)
    if unit and ((unit.base in HARD and unit.base not in ("番", "折")) or unit.scale):
        return None
    # The first numeral that is no part of an idiom makes the quotation a name with a number.
    places = [i for i in range(quote[0], quote[1]) if norm[i] in NUMERAL]
    free = next((i for i in places if not (term := context.term(i, i + 1)) or term[2] != ""), -1)
    if free != start:
        return None
    return context.token(
        start, places[-1] + 1, "name", phrase=quote, values=_single(norm, start, end), excused_by="quoted-name"
    )


def _single(norm: str, start: int, end: int) -> tuple[Decimal, ...]:
    value = read_chinese(norm[start:end])
    return () if value is None else (value,)
