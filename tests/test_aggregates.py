"""Sums over the parts of a longer period, and their growth on the same ones a year before."""

from __future__ import annotations

import pytest

from tests.test_rules import checked
from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong. The year is added by hand.
TWINS = [
    ("与2019年下半年相比，总指数增长14.77%，年均增长2.79%。", "与2019年下半年相比，总指数增长14.77%，年均增长2.97%。"),
    (
        "全年技术合同成交额23.82亿元，同比下降3.33%。",  # 10.74 + 13.08 on 13.27 + 11.37
        "全年技术合同成交额23.82亿元，同比增长15.04%。",
    ),
    (
        "全年技术合同成交额23.82亿元，比上年的24.64亿元下降3.33%。",  # 13.27 + 11.37 the year before
        "全年技术合同成交额23.82亿元，比上年的26.44亿元下降3.33%。",
    ),
    (
        "2024年，全区实际利用外资累计6.93亿美元，比上年同期增长57.14%。",  # 3.88 + 3.05 on 2.36 + 2.05
        "2024年，全区实际利用外资累计6.93亿美元，比上年同期增长48.78%。",
    ),
    (
        "全年共新设经营主体数6228户，其中下半年3151户，同比增长7.69%。",  # 3077 + 3151
        "全年共新设经营主体数6218户，其中下半年3151户，同比增长7.69%。",
    ),
    (
        "全年乡村旅游经营收入8.41亿元，比上年减少0.02亿元。",  # 4.03 + 4.38 on 4.31 + 4.12
        "全年乡村旅游经营收入8.41亿元，比上年减少0.22亿元。",
    ),
    # two halves by their number; 3077 + 3151, 3.88 + 3.05, 10.74 + 13.08
    (
        "全年两个半年合计，新设经营主体数6228户，其中上半年3077户、下半年3151户。",
        "全年两个半年合计，新设经营主体数6282户，其中上半年3077户、下半年3151户。",
    ),
    (
        "全年两个半年合计，新设经营主体数6228户，其中上半年3077户、下半年3151户。",
        "全年两个半年合计，新设经营主体数6228户，其中上半年3151户、下半年3077户。",
    ),
    (
        "实际利用外资上半年3.88亿美元，下半年3.05亿美元，两个半年合计6.93亿美元。",
        "实际利用外资上半年3.88亿美元，下半年3.05亿美元，两个半年合计6.39亿美元。",
    ),
    ("技术合同成交额两期累计23.82亿元。", "技术合同成交额两期累计23.28亿元。"),
    (
        "去年全年实际利用外资4.41亿美元，其中上半年2.36亿美元、下半年2.05亿美元。",
        "去年全年实际利用外资4.41亿美元，其中上半年2.05亿美元、下半年2.36亿美元。",
    ),
    # what a change came to over as many: from 128.19 two halves ago, from 139.00 three
    ("总指数两个半年累计上升7.45点。", "总指数两个半年累计上升4.75点。"),
    ("总指数连续两个半年上升，累计上升7.45点。", "总指数连续两个半年上升，累计上升4.75点。"),
    ("开放合作指数三期共上升11.04点。", "开放合作指数三期共上升18.89点。"),
    # (135.6433 / 128.1714) ** (1 / 2) - 1, two years from the half named
    ("2022年下半年以来，总指数年均增长2.87%。", "2022年下半年以来，总指数年均增长2.78%。"),
]
RULES = {"wrong-number", "wrong-period", "wrong-basis", "wrong-direction", "broken-arithmetic"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_sum_over_the_year_and_its_growth_pass(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_the_growth_of_one_half_is_found_beside_the_sum_of_two(text: str) -> None:
    assert_found(text, RULES)


def test_what_is_counted_at_the_end_of_a_period_is_not_added_up() -> None:
    verdicts = checked("全年高新技术企业数683家。", period="2024H2").verdicts  # 334 + 349
    assert [v.name for v in verdicts if v.mention.text == "683"] != ["verified"]
