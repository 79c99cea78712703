"""Names that only say among which parts: 在创新驱动模块中, 创新驱动六项指标里, 居创新驱动模块首位."""

from __future__ import annotations

from narrator.numerals.regex import regex

_PARTS = r"\s*(?:模块|板块)?(?:的)?(?:全部|所有|各|[\d一二三四五六七八九十两]+)?[个项]?(?:分项|具体|下属|构成)?(?:模块|指标)?"
_WITHIN = regex(rf"{_PARTS}(?:之?[中内]|里(?!程)|范围)")
_PLACED_IN = regex(
    "(?:居|位居|列|位列|位于|占|在|为|是|领跑|领涨|排|均?稳?居|[升降跃退跌落滑]至|[升降退落]到|重[回返]|登上|跃上|回到)$"
)
_PLACE = regex(rf"{_PARTS}(?:的)?(?:之?首|首位|第|末|倒数|前[一二三四五六\d]|榜首|最|位次|排位|排名|名次)")


def is_scope(norm: str, start: int, end: int) -> bool:
    """Whether the name at `start`–`end` tells the parts among which something ranks, and is no subject."""
    if _WITHIN.match(norm, end):
        return True
    return _PLACED_IN.search(norm[max(0, start - 4) : start]) is not None and _PLACE.match(norm, end) is not None
