"""第N: a rank (第2位, 全市第二), a section (第三章), a streak (连续第3个月), else an ordinal name."""

from __future__ import annotations

from decimal import Decimal

from narrator.numerals.context import Context
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.numerals.units import SPACE

STREAK_LEFT = regex(r"(?:连续|持续|已连|连[升涨增降跌减]?|蝉联|保持)[了已]?第?[ ]?$")
SECTIONS = frozenset("章节条款篇编页卷讲段课")
PARTS = ("部分",)
RANKS = ("位", "名", "席", "大")
TIERS = ("梯队", "方阵", "阵营", "集团", "军团", "档", "层次")  # 位居第一方阵: which group, no place
_ENDS = regex(
    '[ \u3000]{0,2}(?:[，。；、：！？,;:!?)）”"》|\n]|$|的|和|与|及|以|大|高|低|长|多(?![功种元样维语媒])|少(?![儿先]|年(?!份)))'
)
_PLACED = regex(
    "(?:居|列|位|排|排名|名|占|全[国省市区县州球]|世界|亚洲|同类|并列|倒数|跃升?[至为到]?|升[至为到]|稳居|[省市区县]内)[^，。；]{0,4}$"
)


def ordinal(context: Context, start: int) -> Token | None:
    norm = context.norm
    lead = 1 if norm[start - 1 : start] == "第" else 2 if norm[start - 2 : start] in ("第 ", "第\n") else 0
    if lead and start >= lead:
        end, number = context.number(start)
        if "." in number:
            return None  # 第118.64点: a slip, not an ordinal
        return ordinal_token(context, start, end, Decimal(number), start - lead)
    return None


def ordinal_token(context: Context, start: int, end: int, value: Decimal, first: int) -> Token:
    """第N…: a rank (第2位, 全市第二), a section (第三章), a streak (连续第3个月), else an ordinal name."""
    norm = context.norm
    gap = len(context.after(end, 3)) - len(context.after(end, 3).lstrip(f"{SPACE}\n"))
    after = norm[end + gap : end + gap + 2]
    tail = end + gap
    if norm.startswith(TIERS, tail):
        return context.token(start, end, "name", phrase=(first, end), values=(value,), excused_by="ordinal")
    if after[:1] in RANKS:
        return context.token(start, end, "rank", phrase=(first, tail + 1), values=(value,), unit=after[0])
    if after[:1] in SECTIONS or after in PARTS:
        width = 2 if after in PARTS else 1
        return context.token(
            start, end, "structure", phrase=(first, tail + width), values=(value,), excused_by="section-number"
        )
    unit = context.unit(end)
    if unit and not unit.text:
        unit = None  # 历史第二多
    streak = STREAK_LEFT.search(context.before(first, 5))
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
    if placed(context, first):
        return context.token(start, end, "rank", phrase=(first, end), values=(value,), unit="位")
    return context.token(start, end, "name", phrase=(first, end), values=(value,), excused_by="ordinal")


def placed(context: Context, first: int) -> bool:
    """Whether the words in front of 第 tell of a place that is held: 位居第二."""
    return _PLACED.search(context.before(first, 8)) is not None
