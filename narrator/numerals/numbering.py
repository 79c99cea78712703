"""Digits that number things: headings, figures and tables, lists, documents, pages.

None of these may hide data: 15 例 is a count though 例 2 is a caption, 发表 3 篇 is no table 3.
"""

from __future__ import annotations

from narrator.numerals.chinese_reading import read_chinese
from narrator.numerals.codes import is_data, last_digit
from narrator.numerals.context import Context
from narrator.numerals.period_reading import period_at
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.numerals.units import SPACE

_S = f"[{SPACE}]{{0,2}}"
_DOTTED = regex(r"[0-9]+(?:\.[0-9]+){2,}")
_CAPTION = regex(
    rf"(?P<word>附?图|附?表|图表|附件|附录|专栏|专题|案例|公式|式|示例|例|[脚尾附]?注|步骤|框|栏)[{SPACE}]?$"
)
_CAPTION_ENDS = frozenset(f"图表件录栏题例式注骤框{SPACE}")
_OPENING = frozenset("(（[［【")
_CITED = frozenset("见如下续于由从据在和及与至到、，。；：:（(“”》 \u3000\n\t#*|>将为，对按看")
_FIGURE_NUMBER = regex(r"[0-9]{1,2}(?:[.\-–—－][0-9]{1,2}){0,2}(?![0-9])")
_ENUMERATION = regex(r"[0-9]{1,2}(?:[.．](?![0-9])|、(?![0-9])|[)）])")
_POINT = regex(r"[0-9]{1,2}[.．](?=[\u4e00-\u9fff])")
_HEADING = regex(rf"[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{0,3}}[{SPACE}]+(?=[\u4e00-\u9fff“《（(A-Za-z])")
_PARENTHESES = regex(rf"[0-9]{{1,2}}{_S}[)）\]］】〕]")
_SERIAL_LEFT = regex("[〔\\[（(](?:19|20)[0-9]{2}[〕\\])）]$|(?:文号|公告|国发|国办发|号令)[^0-9]{0,6}$")
_SERIAL = regex(f"{_S}号")
_PAGE = regex(rf"[0-9]{{1,4}}{_S}页")
_FOLIO = regex(rf"[{SPACE}]*[-–—][{SPACE}]*[0-9]{{1,4}}[{SPACE}]*[-–—][{SPACE}]*")
_TOLD = regex("所[示列述载]")  # 表3所列: 所 counts no schools
_INDENT = 100  # characters of a line that holds but its page number
_HANZI_NUMBER = regex("[一二三四五六七八九十]{1,3}")
_HANZI_CAPTION = regex(rf"(?P<word>附?图|附?表|图表|附件|附录|专栏)[{SPACE}]?$")
_SENTENCE_MARKS = "。；;：:！？"


def numbering(context: Context, start: int) -> Token | None:
    """The token of a number that only tells a place in an order; None where it may be data."""
    before = context.norm[start - 1 : start]
    opens_line = context.opens_line(start)
    return (
        (_caption(context, start) if before in _CAPTION_ENDS else None)
        or (_in_brackets(context, start) if before in _OPENING else None)
        or _in_a_list(context, start, before, opens_line)
        or _heading(context, start, opens_line)
        or _document(context, start)
    )


def _structure(context: Context, start: int, end: int, rule: str, phrase: tuple[int, int] | None = None) -> Token:
    return context.token(start, end, "structure", phrase=phrase, excused_by=rule, label=context.norm[start:end])


def _caption(context: Context, start: int) -> Token | None:
    """图 2.1, 表3-1, 附件2: at the head of a line or cited; inside a word (发表3篇) or with a unit it is none."""
    word = _CAPTION.search(context.norm, max(0, start - 5), start)
    number = _FIGURE_NUMBER.match(context.norm, start) if word else None
    if word is None or number is None or word.start() < context.last_end:
        return None
    end = number.end()
    norm = context.norm
    heads_line = context.opens_line(word.start())
    if norm.startswith("年", end) or (
        not _TOLD.match(norm, end)
        and is_data(context.unit(end))
        and (not heads_line or norm[end : end + 1] not in SPACE)
    ):
        return None
    if not heads_line:
        cited = norm[word.start() - 1] in _CITED
        if (not cited or word["word"] in ("例", "式", "注", "栏", "框")) and norm[word.start() - 1] not in _OPENING:
            return None
        if context.unit(end) and not _TOLD.match(norm, end) and "." not in number.group() and "-" not in number.group():
            return None
    rule = "figure-number" if word["word"][0] in "图表附" else "caption-number"
    return _structure(context, start, end, rule, (word.start(), end))


def hanzi_caption(context: Context, start: int, end: int) -> Token | None:
    """表一, 附图二: at the head of a line or cited, as 表1 is; 发表一篇 and 附表一份 are none."""
    norm = context.norm
    word = _HANZI_CAPTION.search(norm, max(0, start - 4), start)
    if word is None or word.start() < context.last_end or not _HANZI_NUMBER.fullmatch(norm, start, end):
        return None
    value, before = read_chinese(norm[start:end]), norm[word.start() - 1 : word.start()]
    heads_line = context.opens_line(word.start())
    if value is None or not (heads_line or before in _CITED):
        return None
    if context.unit(end) and not _TOLD.match(norm, end) and not (heads_line and norm[end : end + 1] in SPACE):
        return None
    return context.token(
        start, end, "structure", phrase=(word.start(), end), values=(value,), excused_by="figure-number",
        label=f"{value:f}",
    )  # fmt: skip


def _in_brackets(context: Context, start: int) -> Token | None:
    m = _PARENTHESES.match(context.norm, start)
    if m is None:
        return None
    return _structure(context, start, last_digit(context.norm, start, m.end()), "enumeration", (start - 1, m.end()))


def _in_a_list(context: Context, start: int, before: str, opens_line: bool) -> Token | None:
    norm = context.norm
    if opens_line or (before and before in _SENTENCE_MARKS):
        m = _ENUMERATION.match(norm, start)
        if m:
            return _structure(context, start, m.end() - 1, "heading-number")
    if before and before in " ，,、" and (m := _POINT.match(norm, start)):
        return _structure(context, start, m.end() - 1, "enumeration")
    return None


def _heading(context: Context, start: int, opens_line: bool) -> Token | None:
    norm = context.norm
    if opens_line and (m := _HEADING.match(norm, start)):
        end = last_digit(norm, start, m.end())
        if not context.unit(end) and norm[end : end + 8].strip()[:1] not in tuple("年月日季时号届"):
            return _structure(context, start, end, "heading-number")
    m = _DOTTED.match(norm, start)
    if m and not period_at(norm, start):
        return _structure(context, start, m.end(), "heading-number" if opens_line else "section-number")
    return None


def _document(context: Context, start: int) -> Token | None:
    """政办发〔2023〕12号, 第 3 页, a folio (— 3 —)."""
    norm = context.norm
    end = context.number(start)[0]
    if _SERIAL.match(norm, end) and _SERIAL_LEFT.search(context.before(start, 14)):
        return _structure(context, start, end, "document-number")
    if norm[max(0, start - 2) : start].strip()[-1:] in ("第", "共") and (m := _PAGE.match(norm, start)):
        return _structure(context, start, last_digit(norm, start, m.end()), "page-number")
    if len(norm) < _INDENT and _FOLIO.fullmatch(norm):
        return _structure(context, start, last_digit(norm, start, len(norm)), "page-number")
    return None
