"""When a number that fits nothing is a mistake of the author's, and when rather one of the reader's.

A slip leaves a trace: a digit other than it should be, two that changed places, a point that moved, a figure
near the right one, or the right figure of something else. A number that has nothing at all in common with what
its words were taken to name is more likely to speak of something that was not understood. It is pointed out
all the same, for a person to look at, but it is not called wrong and no correction is put beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from narrator.check.cues import residue
from narrator.check.figures import Option, same_unit
from narrator.check.reading import Judgement, Reading
from narrator.check.shown import printed_number
from narrator.numerals.normal_text import HAN
from narrator.numerals.regex import regex

NEAR = 0.25  # of the larger of the two: as far as a figure that was mistaken lies from the right one
_INTRICATE = frozenset(["gap", "pace", "portion"])  # made of two figures, with words that may be many things
_CHANGED = regex(r"\s*的[^，。；]{0,4}(?:增[长幅速]|[涨升降跌]幅)")
_ALWAYS = regex(r"始终|一直|[各每]个?[期月季年]|期期|月月|(?<!\d)年年|长期|持续[在处位保稳]")
_NEW = regex(
    "(?:(?P<new>新[增认培引入评获建设添]定?[育进选批立]?|净增|新申?报)|培育|引进|申报|入选|招引|落户|组建|评定|认定|签约|转化|孵化|推荐|储备)(?:了|出|省级|国家级|市级|区级)*$"
)
_WORDS = regex(HAN)


def weighed(reading: Reading, judgement: Judgement, named: Callable[[str], str]) -> Judgement:
    """The judgement, or doubt in its place where its `wrong` rests on a reading that the number itself speaks against.

    `named` gives the name of a node by its code.
    """
    if judgement.name != "wrong" or reading.header:
        return judgement
    option = judgement.option
    if judgement.rule == "wrong-number" and _came_to(reading, option, named):
        why = "说的是这一期新增的数，数据里只有总数，无从核对"
        return Judgement("unsupported", "unsupported-number", why=why)
    if _told_rightly(reading, judgement, named):
        return unsure(judgement)
    if option is None or judgement.rule != "wrong-number" or not reading.token.values:
        return judgement
    if _factor(reading, option) is None:
        return Judgement("unsupported", "unsupported-number", why="数据、参考数据和素材中都没有说明同一事项的这个数")
    # 指数值为, 同比下降, 贡献率达: words of its own in front of a number say what it is; a bare list or bracket does not.
    strange = residue(re.split("[0-9]", reading.tail)[0])
    plain = reading.bound == "clause" or _WORDS.search(reading.lead) is not None
    if plain and not reading.foreign and reading.role not in _INTRICATE and not strange:
        return judgement
    if is_slip(reading, option):
        return judgement
    return Judgement(
        "unclear", "unclear-number", option, why=f"看不准这个数说的是什么：按文字像是{_told(judgement.why)}，但相差甚远",
        source=judgement.source, fact=judgement.fact,
    )  # fmt: skip


def _came_to(reading: Reading, option: Option | None, named: Callable[[str], str]) -> bool:
    """新认定高新技术企业30家, 引进项目12个: what came to a number in a time, where the data tell how many there are."""
    if option is None or reading.role != "level" or option.measure != "value" or reading.token.decimals:
        return False
    name = named(option.node) or option.node
    m = _NEW.search(reading.lead.partition(name[:2])[0]) if name else None
    return m is not None and (m["new"] is not None or not is_slip(reading, option))


def unsure(judgement: Judgement) -> Judgement:
    """Doubt in the place of a `wrong` whose words may name something else: what was found stays told."""
    return Judgement(
        "unclear", "unclear-number", judgement.option, why=f"看不准这个数说的是哪一项、哪一期：{judgement.why}",
        source=judgement.source, fact=judgement.fact, related=judgement.related,
    )  # fmt: skip


def throughout(reading: Reading, judgement: Judgement) -> Judgement:
    """The judgement, or doubt where a bound is said of every period of a time (始终在104点以上) and only one was looked at."""
    bounded = reading.role == "mark" or bool(reading.hedge)
    if not bounded or not _ALWAYS.search(reading.before + reading.lead):
        return judgement
    why = "说的是一段时期里每一期的情况，无法只凭一期核对，请逐期查对"
    return Judgement(
        "unclear", "unclear-number", judgement.option, why=why, source=judgement.source, fact=judgement.fact
    )


def _told_rightly(reading: Reading, judgement: Judgement, named: Callable[[str], str]) -> bool:
    """Whether the number is that of something which the words in front of it say as well as what they were taken for.

    It is the figure of another thing, whose name the words have (占固定资产投资比重, of 民间投资占比); or of another period,
    and stands bare behind others, without a word of what it is of; or a change, and said to be one behind it (的增幅),
    or not said to be any at all, where the same thing has nothing else in its unit (最少的绿色低碳也有10.33%).
    """
    if judgement.rule == "wrong-basis":
        return reading.role == "level" and (not judgement.expected or _CHANGED.match(reading.tail) is not None)
    if judgement.rule == "wrong-period":
        return reading.bound != "clause" and not reading.dated and _WORDS.search(reading.lead) is None
    if judgement.rule != "wrong-subject" or not judgement.related or judgement.option is None:
        return False
    own, other = (named(code) or code for code in (judgement.option.node, judgement.related[0].split(".")[0]))
    telling = set(other) - set(own)
    if other in reading.lead or re.search("分别|依次", reading.lead):
        return False  # it was read, and is one of several that stand there
    return len(telling) > 1 and len(telling & set(reading.lead)) >= 0.6 * len(telling)


def _told(why: str) -> str:
    return why.split("；")[0]


def is_slip(reading: Reading, option: Option) -> bool:
    """Whether a number may have been written for that figure."""
    factor = _factor(reading, option)
    if factor is None or not reading.token.values:
        return False
    expected = printed_number(option.value * factor, max(option.decimals, reading.token.decimals))
    return slipped(abs(reading.token.values[-1]), abs(Decimal(expected)))


def _factor(reading: Reading, option: Option) -> float | None:
    return same_unit(reading.token.unit, option.unit) if reading.token.unit else 1.0


def slipped(shown: Decimal, expected: Decimal) -> bool:
    """Whether one may have been written for the other: near it, or its digits but for one, two exchanged, or the point."""
    if abs(shown - expected) <= Decimal(str(NEAR)) * max(shown, expected):
        return True
    a, b = (format(x, "f").replace(".", "").strip("0") for x in (shown, expected))
    return a == b or _one_off(a, b)


def _one_off(a: str, b: str) -> bool:
    """Whether one digit was typed for another, left out, put in, or exchanged with its neighbour."""
    if len(a) < len(b):
        a, b = b, a
    if len(a) - len(b) > 1:
        return False
    first = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(b))
    if len(a) > len(b):
        return a[first + 1 :] == b[first:]
    return a[first + 1 :] == b[first + 1 :] or (
        a[first : first + 2] == b[first : first + 2][::-1] and a[first + 2 :] == b[first + 2 :]
    )
