"""Words that leave a number open: 超, 逾, 近, 约, 左右, 不足. What they are, and what they allow."""

from __future__ import annotations

from decimal import Decimal

from narrator.numerals.regex import regex

_OVER = (
    "超过|超|逾|突破|高于|多于|大于|不低于|不少于|不小于|至少|最少|迈上|迈过|迈进|迈入|跨越|跨过|跨上|越过|站上|跃上|登上|踏上|冲破|"
    "(?<![通经不度])过|(?<![跌打])破|达到或超过|上(?=[百千万亿])"
)
_NEAR = "接近|将近|逼近|近乎|直逼|(?<![最附临邻靠远新])近"
_ABOUT = "大约|约为|约|大概|大致|左右|可达|估计"
_UNDER = "不足|不到|未到|未达|低于|少于|小于|跌破|不超过|不高于|不多于|至多|最多|不超"
NOT = "(?:仍|还|尚|并|从)?(?:没有|没能?|未能?|未曾|不曾)(?:有效|成功|真正|再次|再|能)?"
_BOUND = regex(
    f"{NOT}(?:(?P<most>超过|突破|达到|站上|站稳|高于|超出|迈过|重回|回到|升破|恢复[到至]|守[住稳]|保住|坚守|收复|重返|重上)|(?P<least>跌破|跌穿|低于|跌至|降到|降至))(?:了|过)?\\s*$"
)
_TAIL = "(?:了|已|过|有|为|出)?[ \u3000]?(?P<about2>约)?$"
_LEFT = regex(f"(?:(?P<under>{_UNDER})|(?P<over>{_OVER})|(?P<near>{_NEAR})|(?P<about>{_ABOUT})){_TAIL}")
_RIGHT = regex(
    "[ \u3000]?(?:(?P<over>以上(?!的?企业|工业)|(?<!第[0-9一二三四五六七八九十])(?<!第[0-9一二三四五六七八九十]{2})还?要?多(?!元|样|个)|有余|[多余]?大关)|(?P<about>左右|上下|前后)"
    "|(?P<under>以下|以内|之内|开外|[都也还](?:不到|不足|没有?到|未到)))"
)


def hedge_of(norm: str, start: int, end: int, infix: str = "") -> str:
    """over, near, about, under or empty, for the phrase `start`–`end` of half-width text."""
    m = _LEFT.search(norm, max(0, start - 8), start)
    if m:
        if m["under"]:
            return "under"
        if m["near"]:
            return "near"
        if m["over"]:
            return "over"
        return "about"
    if infix:
        return "over"
    m = _RIGHT.match(norm, end)
    if m:
        return "over" if m["over"] else "about" if m["about"] else "under"
    return ""


def bound(lead: str) -> str:
    """没有超过, 未能突破: most, however far below; 没有跌破: least; empty where nothing is denied."""
    m = _BOUND.search(lead)
    return "" if m is None else "most" if m["most"] else "least"


_KEPT = regex(r"(?:保持|维持|稳定|稳居|稳|始终|一直|长期|持续)(?:[^，。；0-9]{0,6}?(?:在|于|超过|高于|[达处]到?))?\s*$")
_BEYOND = regex(r"\s*(?:(?P<least>以上|之上|上方)|(?P<most>以下|之下|下方|以内|之内))")


_SECURED = regex(r"(?:站稳|坐稳|守[住稳]|稳守|稳居)(?:了|在|于)?\s*$")


def kept(lead: str, behind: str) -> str:
    """保持在160点以上, 站稳130点: least, however far above, for what is said to last; empty where nothing is said to."""
    if _SECURED.search(lead) is not None and _BEYOND.match(behind) is None:
        return "least"
    if _KEPT.search(lead) is None:
        return ""
    m = _BEYOND.match(behind)
    return "" if m is None else "least" if m["least"] else "most"


_CROSSED = regex(
    r"(?:(?P<fall>[降跌落减缩压控](?:低|少|小|减|短|制|回)?)|(?P<rise>[升增涨提扩](?:升|加|长|高|大)?|达))(?:了|稳定)?[到至在](?:了)?\s*$"
)


def crossed(lead: str, behind: str) -> str:
    """降到35以下: below, whatever the step of the limit; 提高到100以上: beyond; empty where no limit is crossed."""
    m = _CROSSED.search(lead)
    side = _BEYOND.match(behind) if m is not None else None
    if m is None or side is None:
        return ""
    return "below" if m["fall"] and side["most"] else "beyond" if m["rise"] and side["least"] else ""


FAR = 0.25  # what lies further than this part of a limit beyond it has long been there
NEAR = Decimal("0.05")  # 近 and 约 reach a twentieth of a share or rate; closer limits are the rules' business
LEVEL = 0.03  # and three hundredths of a number of a hundred or more, whose last step may be any
NEAR_STEP = 0.35  # of the last digit that carries meaning, where that is more: 近三成 from 26.5 %


def reach(number: float, step: float) -> float:
    """How far a number may lie from a 近 or 约 `number` whose last meaningful digit is worth `step`.

    Never a whole step, and the same for 120 as for 118: closeness is of the number, not of how it is rounded.

    >>> reach(3, 1), round(reach(120, 10), 2), round(reach(118, 1), 2)
    (0.35, 3.6, 1)
    """
    step = halved(number, step) if step < 1 else step
    share = LEVEL if abs(number) >= 100 else float(NEAR)
    return min(step, max(share * abs(number), NEAR_STEP * step if abs(number) < 100 or step >= 100 else 0.0))


def halved(number: float, step: float) -> float:
    """The step in which a number counts: 八成五 and 2.5 in halves, 85 in fives.

    >>> halved(8.5, 0.1), halved(8.2, 0.1), halved(85, 1)
    (0.5, 0.1, 5)
    """
    if step == 1 and number % 10 == 5:
        return 5
    return 0.5 if step == 0.1 and number * 2 == int(number * 2) else step


def above(number: float, step: float) -> float:
    """Up to where a value may lie for 超 `number`: the next round number; a few hundredths where steps are finer.

    >>> above(3, 1), above(115, 1), above(52, 1), above(2.5, 0.1)
    (4, 120, 54.08, 3.0)
    """
    step = halved(number, step)
    return max(number + step, number * 1.04 if abs(number) >= 50 else number)


def allowed(hedge: str, value: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """Least and greatest value for which the words hold; None is no limit. 近 100 allows 95 to 100.

    >>> allowed("over", Decimal(100))
    (Decimal('100'), None)
    """
    room = abs(value) * NEAR
    if hedge == "over":
        return value, None
    if hedge == "under":
        return None, value
    if hedge == "near":
        return value - room, value
    if hedge == "about":
        return value - room, value + room
    return value, value
