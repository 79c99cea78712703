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
    return _share_units(context, tokens)


_LISTED = regex(r"[ \u3000\n]{0,2}(?:[、和与及,]|以及|或|[-–—~～至到])[ \u3000\n]{0,2}")


def _share_units(context: Context, tokens: list[Token]) -> list[Token]:
    """0.9、5.9个百分点 and 0.9个、5.9个百分点: a number of a list has the unit of the one that follows."""
    for i in range(len(tokens) - 2, -1, -1):
        token, after = tokens[i], tokens[i + 1]
        if token.kind not in ("quantity", "count") or after.kind not in ("quantity", "count") or not after.unit:
            continue
        cut_short = token.unit == "个" and after.unit in COUNTED_UNITS
        if (token.unit or token.kind == "count") and not cut_short:
            continue
        if token.join == "ratio" or not _LISTED.fullmatch(context.norm, token.phrase_end, after.phrase_start):
            continue
        tokens[i] = replace(token, unit=after.unit, inherited=True, kind=after.kind)
    return tokens
