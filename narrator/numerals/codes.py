"""Digits that are names: “11336”, 1+5, 10+N, 2.0版, 5G, PM2.5, and the index's own list."""

from __future__ import annotations

import re

from narrator.numerals.context import Context
from narrator.numerals.normal_text import DIGITS
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.numerals.units import HARD, Unit

_LETTER = regex("[A-Za-zα-ωΑ-Ω_]")
_MODEL_LEFT = regex(r"[A-Za-zα-ω][A-Za-z0-9α-ω]*(?:[-–+/·.&][A-Za-z0-9]+)*[-–+/·.]?$")
_MODEL_RIGHT = regex(r"[0-9.,+/:×*·–-]*[A-Za-zα-ω][A-Za-z0-9]*(?:[-–+/.][A-Za-z0-9]+)*\+?")
_CODE = regex(r"[0-9]+(?:[.\-–][0-9]+)*")
_PER = regex("10{0,5}万人?|100+人?")  # of 125.6/10万: belongs to the unit
_SUM = regex(r"[0-9]+(?:[ ]?\+[ ]?(?:[0-9]+|[A-Za-zＸＮ](?![a-z])|[一二三四五六七八九十]+))+")
_VERSION = regex(
    r"[0-9]{1,2}\.[0-9](?![0-9%])[ ]?(?=版|时代|升级版|阶段|模式|行动|计划|政策|工程|战略|版本|方案|体系|”|》)"
)
_RELEASE = regex(r"[0-9]\.0(?![0-9%])")
_VERSION_LEFT = regex("(?:工业|版本|[改改]革|[模方]式|平台|系统|新基建|数字化|政策|计划|行动)[ ]?$")


def named(context: Context, start: int) -> Token | None:
    norm = context.norm
    listed = context.listed(start)
    if listed:
        last = listed[1]
        while norm[last - 1] not in DIGITS:
            last -= 1
        if last > start and not (last == listed[1] and context.unit(last) and context.quote(start) is None):
            return context.token(start, last, "name", phrase=listed, excused_by="listed-name")
    term = context.term(start, start + 1)
    if (
        term
        and term[2] not in ("", "counted")
        and not is_data(context.unit(term[1]))
        and norm[term[1] : term[1] + 1] not in (".", *DIGITS)
    ):
        return context.token(start, last_digit(norm, start, term[1]), "name", phrase=term[:2], excused_by=term[2])
    if start > 1 and norm[start - 1] == "/" and norm[start - 2] in DIGITS and (m := _PER.match(norm, start)):
        return context.token(start, last_digit(norm, start, m.end()), "name", phrase=m.span(), excused_by="denominator")
    before = norm[start - 1] if start else ""
    if before in '“‘"':
        quote = context.quote(start)
        if quote and (token := _quoted(context, start, quote)):
            return token
    m = _SUM.match(norm, start)
    if m and not is_data(context.unit(m.end())):
        digits = m.end() if m.group()[-1] in DIGITS else start + len(m.group().rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ+ nx"))
        last = last_digit(norm, start, digits)
        return context.token(start, last, "name", phrase=(start, m.end()), excused_by="policy-name")
    m = _VERSION.match(norm, start)
    if m or (start and _RELEASE.match(norm, start) and _VERSION_LEFT.search(context.before(start, 6))):
        end = m.end() if m else start + 3
        last = last_digit(norm, start, end)
        if not is_data(context.unit(last)):
            tail = len(norm[last : last + 1]) if norm[last : last + 1] == "版" else 0
            return context.token(start, last, "name", phrase=(start, last + tail), excused_by="version")
    return _model(context, start)


def _quoted(context: Context, start: int, quote: tuple[int, int]) -> Token | None:
    """“11336”, “1+5”, “10+N”, “315”: a quotation of bare whole numbers is a name; of data it is not."""
    norm = context.norm
    inside = norm[quote[0] : quote[1]]
    if not re.fullmatch(r"[0-9]+(?:[+×x*·/&-][0-9A-Za-z一-十]+)*(?:[A-Za-z]{1,3})?", inside):
        return None
    last = last_digit(norm, start, quote[1])
    return context.token(start, last, "name", phrase=quote, excused_by="quoted-name")


def _model(context: Context, start: int) -> Token | None:
    """Digits that touch Latin letters: 5G, PM2.5, CO2, COVID-19; not GDP5.3%, not 30MW."""
    norm = context.norm
    m = None
    if start and (norm[start - 1] in "-–+/·." or _LETTER.match(norm, start - 1)):
        left = context.before(start, 24)
        m = _MODEL_LEFT.search(left)
    first = max(start - len(m.group()), context.last_end) if m else start
    end = context.number(start)[0]
    if m and first < start:
        if is_data(context.unit(end)) and not re.search(r"PM$|CO$|O$", left):
            return None
        tail = _MODEL_RIGHT.match(norm, start)
        stop = max(tail.end() if tail else 0, _code_end(norm, start))
        last = last_digit(norm, start, stop)
        if re.fullmatch("[HQ][1-4]", norm[first:last]):
            return context.token(
                start, last, "period", phrase=(first, last), excused_by="period", label=norm[first:last]
            )
        return context.token(start, last, "name", phrase=(first, stop), excused_by="model-name")
    if _LETTER.match(norm, end) and not context.unit(end):
        tail = _MODEL_RIGHT.match(norm, end)
        stop = tail.end() if tail else end
        if stop < len(norm) and norm[stop] == "级":
            stop += 1
        last = last_digit(norm, start, stop)
        return context.token(start, last, "name", phrase=(start, stop), excused_by="model-name")
    return None


def _code_end(norm: str, start: int) -> int:
    m = _CODE.match(norm, start)
    return m.end() if m else start


def last_digit(norm: str, start: int, end: int) -> int:
    while end > start + 1 and norm[end - 1] not in DIGITS:
        end -= 1
    return end


def is_data(unit: Unit | None) -> bool:
    """Whether it is a unit that only data has."""
    return unit is not None and (
        unit.base in HARD or unit.base in ("点", "人", "户", "家", "个", "项") or bool(unit.scale)
    )
