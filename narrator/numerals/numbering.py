"""Digits that number things: headings, figures and tables, lists, documents, pages."""

from __future__ import annotations

import re

from narrator.numerals.codes import is_data, last_digit
from narrator.numerals.context import Context
from narrator.numerals.normal_text import DIGITS, number_at
from narrator.numerals.period_reading import period_at
from narrator.numerals.tokens import Token
from narrator.numerals.units import SPACE, unit_at

_S = f"[{SPACE}]{{0,2}}"
_DOTTED = re.compile(r"[0-9]+(?:\.[0-9]+){2,}")
_FIGURE_LEFT = re.compile(
    rf"(?:附?[图表]|附件|附录|专栏|专题|案例|公式|[（(]式|^注|[（(]注|图表|框|示例|例|步骤|版|栏)[{SPACE}]?$"
)
_FIGURE_NUMBER = re.compile(r"[0-9]{1,2}(?:[.\-–—－][0-9]{1,2}){0,2}")
_ENUMERATION = re.compile(r"[0-9]{1,2}(?:[.．](?![0-9])|、(?![0-9])|[)）])")
_HEADING = re.compile(rf"[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{0,3}}[{SPACE}]+(?=[\u4e00-\u9fff“《（(A-Za-z])")
_PARENTHESES = re.compile(rf"[0-9]{{1,2}}{_S}[)）\]］】〕]")
_SERIAL_LEFT = re.compile("[〔\\[（(](?:19|20)[0-9]{2}[〕\\])）]$|(?:文号|公告|国发|国办发|号令)[^0-9]{0,6}$")
_PAGE = re.compile(rf"[0-9]{{1,4}}{_S}页")
_NUMBERED = re.compile(
    rf"{_S}(?:号(?:线|楼|院|地块|文件|工程|公告|令|台风|机组|泊位|码头|高炉|店|门|桥|井|提案|议案|决定|文)?"
    "|国道|省道|县道|高速)"
)


def numbering(context: Context, start: int) -> Token | None:
    norm = context.norm
    left = context.before(start, 8)
    m = _FIGURE_NUMBER.match(norm, start)
    if m and _FIGURE_LEFT.search(left) and not is_data(norm, m.end()) and not norm.startswith("年", m.end()):
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
        end = last_digit(norm, start, m.end())
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
        if m and not unit_at(norm, m.end()) and not is_data(norm, last_digit(norm, start, m.end())):
            end = last_digit(norm, start, m.end())
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
            return context.token(start, last_digit(norm, start, m.end()), "structure", excused_by="page-number")
    m = _DOTTED.match(norm, start)
    if m and not period_at(norm, start):
        return context.token(start, m.end(), "structure", excused_by="section-number")
    return None
