"""Names that only say among which parts: 在创新驱动模块中, 创新驱动六项指标里, 居创新驱动模块首位."""

from __future__ import annotations

from narrator.numerals.regex import regex

_PARTS = (
    r"\s*(?:模块|板块|领域)?(?:的)?(?:全部|所有|各|[\d一二三四五六七八九十两]+)?[个项]?(?:已|可)?(?:公布|发布)?的?"
    "(?:分项|具体|下属|构成)?(?:模块|指标)?"
)
_WITHIN = regex(rf"{_PARTS}(?:之?[中内]|里(?!程)|范围)")
_PLACED_IN = regex(
    "(?:居|位居|列|位列|位于|占|在|为|是|领跑|领涨|排|均?稳?居|[升降跃退跌落滑]至|[升降退落]到|重[回返]|登上|跃上|回到)$"
)
_PLACE = regex(rf"{_PARTS}(?:的)?(?:之?首|首位|第|末|倒数|前[一二三四五六\d]|榜首|最|位次|排位|排名|名次)")
# 是经济活力模块跌幅最大的指标: one of its parts
_ONE_OF = regex(
    rf"{_PARTS}(?:之?[中里内])?(?:的)?(?:同比|环比)?(?:(?:增[幅速长]|[涨升降跌减]幅|增长|上升|下降|回落|贡献[率度]?|拉动(?:作用)?|指数值?)(?:得|为)?)?"
    r"(?:最为?[快慢大小高低多少深强弱]|居[首末]|垫底|领[跑先])的(?:一[个项])?(?:分项|具体)?(?:指标|一[个项]|分项)"
)
_IS = regex("(?:是|为|成为?|系|属|乃)(?:了|整个)?$")
# 在创新驱动模块居首, 在创新驱动各项指标垫底
_HELD_IN = regex(
    rf"{_PARTS}(?=(?:也|均|都|仍|稳|则)?(?:(?:位?居|位?列|排名?|排在|处于)(?:首|末|榜|第|前|倒数|次[席位])|(?:垫底|殿后|领跑|夺魁)(?:[，。；、（(]|$)))"
)


def scope_end(norm: str, start: int, end: int) -> int:
    """Where the words end that tell with the name at `start`–`end` among which parts something ranks; -1 where it is
    no such name, but may be a subject."""
    within = _WITHIN.match(norm, end)
    if within is None and norm.endswith("在", 0, start):
        within = _HELD_IN.match(norm, end)
    if within is not None:
        return within.end()
    one = _ONE_OF.match(norm, end) if _IS.search(norm[max(0, start - 4) : start]) is not None else None
    if one is not None:
        return end
    placed = _PLACED_IN.search(norm[max(0, start - 4) : start]) is not None and _PLACE.match(norm, end) is not None
    return end if placed else -1


def is_scope(norm: str, start: int, end: int) -> bool:
    """Whether the name at `start`–`end` tells the parts among which something ranks, and is no subject."""
    return scope_end(norm, start, end) >= 0
