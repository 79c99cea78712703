"""Every number of one paragraph: digit runs and Chinese-numeral quantities, with place, value, unit, kind.

One pass over the text finds where a number may begin; `digits`, `hanzi` and `number_words` read it there. Each
looks at a bounded stretch around it, so time grows with the length of the text and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable

from narrator.numerals.context import Context
from narrator.numerals.digits import read_digits
from narrator.numerals.hanzi import read_hanzi
from narrator.numerals.number_words import read_word
from narrator.numerals.ordinals import SECTIONS, placed
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.numerals.units import COUNTED_UNITS
from narrator.records import replace

_START = regex(
    "(?P<digit>[0-9])"
    "|(?P<circled>[①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿➀-➉➊-➓⓪])"
    "|(?P<hanzi>[零〇一二两三四五六七八九十百千万亿]+|[壹贰叁肆伍陆柒捌玖拾佰仟][壹贰叁肆伍陆柒捌玖拾佰仟零万亿]+)"
    "|(?P<word>[上下]半年|首位|榜首|头名|次席|次位|末位|末席|头把交椅|过半|半数|翻番|翻倍|对折|半[个年月天]|数[十百千万亿]|几[十百千万亿]|上、下半年)"
)
_CIRCLED = {
    c: i
    for block in (
        "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
        "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", "❶❷❸❹❺❻❼❽❾❿", "➀➁➂➃➄➅➆➇➈➉", "➊➋➌➍➎➏➐➑➒➓",
    )
    for i, c in enumerate(block, 1)
} | {"⓪": 0}  # fmt: skip


def scan(text: str, names: Iterable[str] = ()) -> list[Token]:
    """All numbers of one paragraph, heading or table cell, in order, none overlapping another.

    `names` are terms that hold digits and are no data (5G, 11336). Every digit 0–9, half or full width,
    lies in exactly one token's `start`–`end`, or in its phrase where it belongs to the unit (m3). Raises nothing on any
    text.
    """
    context = Context(text, tuple(names))
    norm = context.norm
    tokens: list[Token] = []
    place = 0
    while m := _START.search(norm, place):
        start, end = m.span()
        group = m.lastgroup
        token: Token | None
        if group == "digit":
            token = read_digits(context, start)
        elif group == "circled":
            token = context.token(start, end, "structure", excused_by="enumeration", number=str(_CIRCLED[m.group()]))
        elif group == "hanzi":
            token, end = read_hanzi(context, start, end)
        else:
            token, end = read_word(context, start, end)
        if token is None:
            place = max(end, start + 1)
            continue
        tokens.append(token)
        context.last_end = token.phrase_end
        place = max(token.end, token.phrase_end, start + 1)
    return _share_ordinals(context, _share_units(context, tokens))


_LISTED = regex(r"[ \u3000\n]{0,2}(?:[、和与及,]|以及|或|[-–—~～至到])[ \u3000\n]{0,2}")
_SCALED = regex("(?:万亿|[万亿])(.+)")


def _share_units(context: Context, tokens: list[Token]) -> list[Token]:
    """0.9、5.9个百分点 and 0.9个、5.9个百分点: a number of a list has the unit of the one that follows.

    7.5亿、6.2亿元: one with a scale of its own has the base alone, and 2.67±1.18株 the unit of its margin.
    """
    norm = context.norm
    for i in range(len(tokens) - 2, -1, -1):
        token, after = tokens[i], tokens[i + 1]
        if token.kind not in ("quantity", "count") or after.kind not in ("quantity", "count") or not after.unit:
            continue
        cut_short = token.unit == "个" and after.unit in COUNTED_UNITS
        scaled = _SCALED.fullmatch(after.unit) if token.unit in ("万", "亿", "万亿") else None
        if (token.unit or token.kind == "count") and not cut_short and not scaled:
            continue
        between = norm[token.phrase_end : after.phrase_start]
        margin = after.phrase.startswith("±") and not between.strip()
        if token.join == "ratio" or not (margin or _LISTED.fullmatch(between)) or (scaled and "," in between):
            continue
        unit = token.unit + scaled[1] if scaled else after.unit
        tokens[i] = replace(token, unit=unit, inherited=True, kind=after.kind)
    return tokens


_GO_ON = regex("[ ]?[、和与及至到–—~-][ ]?(?:[一二三四五六七八九十]{1,3}[、和与及])*[ ]?")
_WHICH = frozenset("批期代届轮次档类组")


def _share_ordinals(context: Context, tokens: list[Token]) -> list[Token]:
    """第一、二批, 第2至4期: each tells which, and none how many; but 位居第一、二类指标."""
    norm = context.norm
    for i, token in enumerate(tokens[:-1]):
        if not token.phrase.startswith("第") or token.phrase_end > token.end or placed(context, token.phrase_start):
            continue
        stop = i + 1
        while (
            stop < len(tokens)
            and (tokens[stop].kind in ("quantity", "count") or tokens[stop].excused_by == "grade")
            and tokens[stop - 1].values[-1:] < tokens[stop].values[:1]
            and _GO_ON.fullmatch(norm, tokens[stop - 1].phrase_end, tokens[stop].phrase_start)
        ):
            stop += 1
        last = tokens[stop - 1]
        if stop > i + 1 and (last.unit in _WHICH or norm[last.phrase_end : last.phrase_end + 1] in SECTIONS):
            for k in range(i, stop):
                tokens[k] = replace(tokens[k], kind="name", unit=last.unit, excused_by="ordinal")
    return tokens
