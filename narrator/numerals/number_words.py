"""Numbers without a numeral of their own: 上半年, 首位, 过半, 翻番, 半个月, 数十."""

from __future__ import annotations

from narrator.model import MentionKind
from narrator.numerals.context import Context
from narrator.numerals.hanzi_quantities import NUMERAL, RANK_VERB, hanzi_quantity
from narrator.numerals.period_reading import period_at
from narrator.numerals.regex import regex
from narrator.numerals.tokens import Token
from narrator.numerals.units import TIMES, unit_at

_RANK_WORDS = {
    "首位": "1", "榜首": "1", "头名": "1", "头把交椅": "1", "次席": "2", "次位": "2", "末位": "", "末席": "",
}  # fmt: skip
# 由上年同期的首位, 退至末位
_MOVED = regex("[由从][^，。；、]{0,14}$|[升降跌退滑落移回][至到落]$")


def read_word(context: Context, start: int, end: int) -> tuple[Token | None, int]:
    """上半年, 首位, 过半, 翻番, 半个月, 数十: numbers without a numeral of their own."""
    norm = context.norm
    word = norm[start:end]
    if word[0] in "数几":
        m = regex(f"[{NUMERAL}]+").match(norm, start + 1)
        stop = m.end() if m else end
        if context.term(start, stop) or (
            word[0] == "数" and norm[start - 1 : start] in tuple("指人次总倍户件均基系分参函位")
        ):
            return None, start + 1
        return hanzi_quantity(context, start + 1, stop), stop
    if word.endswith("半年") and word[0] in "上下":
        period = period_at(norm, start)
        stop = period.end if period else end
        if norm.startswith("半年", stop):
            return None, stop
        return context.token(start, stop, "period", excused_by="period", label=period.value if period else ""), stop
    if word in _RANK_WORDS:
        if norm.startswith(("度", "于", "产业", "城市"), end) or (
            word in ("首位", "末位", "次位")
            and not (RANK_VERB.search(context.before(start, 10)) or _MOVED.search(context.before(start, 16)))
        ):
            return None, end
        value = _RANK_WORDS[word]
        if value:
            return context.token(start, end, "rank", number=value, unit="位"), end
        return context.token(start, end, "rank", unit="位", label="末位"), end
    if word in ("过半", "半数"):
        if norm.startswith("数", end):
            end += 1
        return context.token(start, end, "quantity", number="0.5", infix="多" if word[0] == "过" else ""), end
    if word in ("翻番", "翻倍"):
        return context.token(start, end, "quantity", number="1", unit=word[1]), end
    if word[0] == "半":
        before = norm[start - 1 : start]
        if before in ("上", "下", "每", "大", "多", "夜", "后", "前", "参", "各", "过", "超") or (
            before in NUMERAL and before
        ):
            return None, end
        if context.term(start, start + 1):
            return None, end
        unit = unit_at(norm, start + 1)
        if unit is None or unit.base in ("个", "年度") or norm.startswith(("度", "报", "红"), unit.end):
            return None, end
        timed = unit.base in TIMES
        kind: MentionKind = "period" if timed else "quantity"
        excused = "duration" if timed else ""
        if unit.base == "个":
            return None, end
        return (
            context.token(
                start,
                start + 1,
                kind,
                phrase=(start, unit.end),
                number="0.5",
                unit=unit.text,
                excused_by=excused,
            ),
            unit.end,
        )
    return None, end
