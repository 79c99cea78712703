"""Countable phrases: 五升一平, 八增长两收窄, “一减”, 三级跳, 三连升."""

from __future__ import annotations

from decimal import Decimal

from narrator.numerals.chinese_reading import read_chinese
from narrator.numerals.context import Context
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.numerals.trie import words
from narrator.numerals.units import SPACE

# direction of each verb of a pattern; 收窄 and 扩大 speak of a gap and have none
_UP = words("上升 增长 上涨 提高 提升 回升 加快 增加 正增长 转正 升 涨 增 快 跳 级跳")
_DOWN = words("下降 回落 下跌 下滑 减少 降低 放缓 负增长 降 跌 减 缓")
_FLAT = words("持平 平稳 不变 平 稳")
VERBS = (
    dict.fromkeys(_UP, "up") | dict.fromkeys(_DOWN, "down") | dict.fromkeys(_FLAT, "flat") | {"收窄": "", "扩大": ""}
)
_GOES_ON = (
    "(?:升(?!级|旗|学|降)|涨(?!幅|价|停)|增(?!资|收|量|幅|值|速|强|添|产|效|设|信|补|殖)"
    "|减(?!税|排|量|速|负|免|灾|半|持|碳)|降(?!低|碳|本|幅|价|级|水|雨|费|解|温|准|息)|跌(?!幅|停)"
    "|平(?!方|台|均|安|米|原|衡|房|板|价|凡|等|行|民)|稳(?!定|健|步|妥|中|岗|就)"
    "|快(?!递|速|讯|报|餐|捷|车|手)|缓(?!解|冲|和|存))"
)
_VERB = (
    "(?:正增长|负增长|上升|增长|上涨|提高|提升|回升|加快|增加|转正|下降|回落|下跌|下滑|减少|降低|放缓|持平|平稳|不变|收窄|扩大|"
    + _GOES_ON
    + ")"
)
_NUM = "(?:[1-9]\\d?|十[一二三四五六七八九]?|[二三四五六七八九]十[一二三四五六七八九]?|[一二两三四五六七八九])"
_S = f"[{SPACE}]?"
_PART = regex(f"({_NUM}){_S}(?:[项个类大家]{_S})?({_VERB})")
_SEPARATOR = regex("、?")
_STREAK = regex(f"({_NUM})(级跳|连[升涨增降跌冠丰跳阳阴快优])")
_CLASSES = regex("[0-9一二三四五六七八九十]大?类")


def pattern_at(context: Context, place: int) -> Token | None:
    """The pattern that begins at `place`: two parts or more, or a single part that fills a quotation."""
    norm = context.norm
    m = _STREAK.match(norm, place)
    if m:
        return context.token(
            place, m.end(), "pattern", values=(_value(m[1]),), verbs=("升" if m[2] == "级跳" else m[2][1],), unit="连"
        )
    parts: list[tuple[Decimal, str]] = []
    end = at = place
    while m := _PART.match(norm, at):
        parts.append((_value(m[1]), m[2]))
        end = m.end()
        gap = _SEPARATOR.match(norm, end)
        at = gap.end() if gap else end
        if len(parts) > 12:
            break
    if not parts:
        return None
    quote = context.quote(place)
    if len(parts) == 1 and quote != (place, end):
        return None
    if quote and norm[end : end + 1] in tuple("一二两三四五六七八九十"):
        return None  # “五缓四减三补贴”: a slogan that only begins like a count
    unit = "类" if _CLASSES.search(norm, max(0, place - 40), place) else "项"
    return context.token(
        place, end, "pattern", values=tuple(value for value, _ in parts), join="parts" if len(parts) > 1 else "",
        unit=unit, verbs=tuple(verb for _, verb in parts),
    )  # fmt: skip


def _value(text: str) -> Decimal:
    if text[0] in "0123456789":
        return Decimal(text)
    value = read_chinese(text)
    assert value is not None, text
    return value
