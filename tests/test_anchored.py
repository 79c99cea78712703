"""Words that date by another date: 上年 and 当年 in a sentence set in the past, 次年, 此后两个半年, 触底后连续三期."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    # the total: 118.19 in 2019H2, 112.28 in 2020H1 (115.63 the year before), 116.27 in 2020H2, 124.00 in 2021H1
    ("2020年上半年，总指数比上年同期下降2.90%，比上期下降5.00%。", "2020年上半年，总指数比上年同期下降5.81%，比上期下降5.00%。"),
    ("2020年上半年，总指数比上年同期下降2.90%，比上期下降5.00%。", "2020年上半年，总指数比上年同期下降2.90%，比上期下降2.77%。"),
    ("2020年下半年，总指数由上期的112.28点回升至116.27点。", "2020年下半年，总指数由上期的112.82点回升至116.27点。"),
    ("2020年上半年，总指数由上期的118.19点降至112.28点。", "2020年上半年，总指数由上期的118.29点降至112.28点。"),
    ("2020年上半年，总指数下降2.90%，次年同期回升10.44%。", "2020年上半年，总指数下降2.90%，次年同期回升5.81%。"),
    ("2020年上半年总指数下降2.90%。翌年上半年即升至124.00点。", "2020年上半年总指数下降2.90%。翌年上半年即升至135.64点。"),
    # what is set in a part of the report's own year is told from there, too
    (
        "上半年，总指数比上年同期增长0.59%；下半年，总指数比上年同期增长5.81%。",
        "上半年，总指数比上年同期增长5.81%；下半年，总指数比上年同期增长5.81%。",
    ),
    # 此后 and a length of time
    (
        "2020年上半年，总指数比上年同期下降2.90%，此后两个半年分别回升3.99点和7.73点。",
        "2020年上半年，总指数比上年同期下降2.90%，此后两个半年分别回升7.73点和3.99点。",
    ),
    ("2020年上半年总指数降至112.28点，此后两期累计回升11.72点。", "2020年上半年总指数降至112.28点，此后两期累计回升7.73点。"),
    ("2023年下半年总指数降至128.19点，此后两期连续回升。", "2023年下半年总指数降至128.19点，此后三期连续回升。"),
    ("2023年下半年总指数降至128.19点，此后连升两期。", "2023年下半年总指数降至128.19点，此后连升三期。"),
    ("2020年上半年总指数降至112.28点，此后升至135.64点。", "2020年上半年总指数降至112.28点，此后升至118.19点。"),
    # a streak begins with what came after the low, or with the period that 起 names
    ("总指数自2023年下半年触底后连续两期回升。", "总指数自2023年下半年触底后连续三期回升。"),
    ("总指数在2020年上半年触底后连续两期回升。", "总指数在2020年上半年触底后连续四期回升。"),  # then it stood still
    ("开放合作指数自2023年上半年高点后回落，2024年上半年升至158.00点。", "开放合作指数自2023年上半年高点后回落，2024年上半年升至156.00点。"),
    (
        "2023年下半年总指数下降，2024年上半年起连续两期上升，累计提高7.45点。",
        "2023年下半年总指数下降，2024年上半年起连续三期上升，累计提高7.45点。",
    ),
    (
        "总指数自2023年下半年触底后连续两期回升，累计提高7.45点。",
        "总指数自2023年下半年触底后连续两期回升，累计提高7.54点。",
    ),
]  # fmt: skip
RULES = {"wrong-number", "wrong-period", "wrong-basis", "wrong-pattern"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_what_is_dated_by_another_date_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_what_is_of_another_period_than_that_is_found(text: str) -> None:
    assert_found(text, RULES)
