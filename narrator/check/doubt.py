"""When a number that fits nothing is a mistake of the author's, and when rather one of the reader's.

A slip leaves a trace: a digit other than it should be, two that changed places, a point that moved, a figure
near the right one, or the right figure of something else. A number that has nothing at all in common with what
its words were taken to name is more likely to speak of something that was not understood. It is pointed out
all the same, for a person to look at, but it is not called wrong and no correction is put beside it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from narrator.check.figures import same_unit
from narrator.check.reading import Judgement, Reading
from narrator.numerals import printed_number

NEAR = 0.25  # of the larger of the two: as far as a figure that was mistaken lies from the right one
_INTRICATE = frozenset(["gap", "pace", "portion"])  # made of two figures, with words that may be many things
_WORDS = re.compile("[\u4e00-\u9fff]")


def weighed(reading: Reading, judgement: Judgement) -> Judgement:
    """The judgement, or doubt in its place where its `wrong` rests on a reading that the number itself speaks against."""
    if judgement.name != "wrong" or reading.header:
        return judgement
    option = judgement.option
    if option is None or judgement.rule != "wrong-number" or not reading.token.values:
        return judgement
    factor = same_unit(reading.token.unit, option.unit) if reading.token.unit else 1.0
    if factor is None:
        return Judgement("unsupported", "unsupported-number", why="数据、参考数据和素材中都没有说明同一事项的这个数")
    # 指数值为, 同比下降, 贡献率达: words of its own in front of a number say what it is; a bare list or bracket does not.
    plain = reading.bound == "clause" or _WORDS.search(reading.lead) is not None
    if plain and not reading.foreign and reading.role not in _INTRICATE:
        return judgement
    shown = abs(reading.token.values[-1])
    expected = abs(Decimal(printed_number(option.value * factor, max(option.decimals, reading.token.decimals))))
    if slipped(shown, expected):
        return judgement
    return Judgement(
        "unclear", "unclear-number", option, why=f"看不准这个数说的是什么：按文字像是{_told(judgement.why)}，但相差甚远",
        source=judgement.source, fact=judgement.fact,
    )  # fmt: skip


def _told(why: str) -> str:
    return why.split("；")[0]


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
