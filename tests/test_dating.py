"""Which period a number is of and what it is measured against: a base said once, years that only compare."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    (
        "与2022年下半年相比，总指数由128.17点提高到135.64点，提高了7.47点。",
        "与2022年下半年相比，总指数由128.19点提高到135.64点，提高了7.45点。",
    ),
    (
        "较2023年上半年，创新驱动指数由158.02点升至169.02点。",
        "较2023年上半年，创新驱动指数由153.52点升至169.02点。",
    ),
    (
        "与上半年相比，总指数同比增速由0.59%提高到5.81%。",
        "与上半年相比，总指数同比增速由0.02%提高到5.81%。",
    ),
    (
        "总指数135.64点，比去年下半年高7.45点，比上半年高3.65点。",
        "总指数135.64点，比去年下半年高7.45点，比上半年高4.42点。",
    ),
    (
        "2023年下半年总指数为128.19点，比上半年低3.03点。",
        "2023年下半年总指数为128.19点，比上半年低3.80点。",
    ),
    ("总指数较年内低点提高3.65点。", "总指数较年内低点提高7.45点。"),
    ("开放合作指数较上半年高点回落7.96点。", "开放合作指数较上半年高点回落6.96点。"),
    # 135.64 on 128.17 of two years before: 5.83 %, 2.87 % a year
    ("两年来，总指数累计增长5.83%，年均增长2.87%。", "两年来，总指数累计增长5.81%，年均增长2.87%。"),
    ("总指数两年增长5.83%。", "总指数两年增长5.81%。"),
    (
        "总指数由2022年下半年的128.17点升至135.64点，两年增长5.83%。",
        "总指数由2022年下半年的128.17点升至135.64点，两年增长5.38%。",
    ),
    (
        "总指数达到135.64点，八年来累计提升35.64点。",
        "总指数达到135.64点，八年来累计提升36.54点。",
    ),  # the base year is as far
    (
        "2023年上半年至2024年下半年，总指数由131.22点降至128.19点，再升至135.64点。",
        "2023年上半年至2024年下半年，总指数由131.22点降至128.17点，再升至135.64点。",
    ),
    (  # 时隔三年 is no stretch over which something grew
        "经济活力指数同比增长5.01%，时隔三年增速重回5%以上。",
        "经济活力指数同比增长4.01%，时隔三年增速重回5%以上。",
    ),
]
RULES = {"wrong-number", "wrong-period", "wrong-basis"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_number_of_the_period_that_is_meant_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_one_of_another_period_is_found(text: str) -> None:
    assert_found(text, RULES)
