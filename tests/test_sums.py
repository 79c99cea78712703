"""Sums of several things: those listed, and what was spoken of together with another."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    (
        "创新驱动贡献率超过三成半，与开放合作合计贡献超七成。",
        "创新驱动贡献率超过三成半，与开放合作合计贡献近六成。",
    ),
    (
        "开放合作贡献率为35.48%，加上创新驱动，两个模块合计贡献72.92%。",
        "开放合作贡献率为35.48%，加上创新驱动，两个模块合计贡献62.91%。",
    ),
    (
        "创新驱动贡献37.43%，同经济活力、开放合作三者合计贡献88.31%。",
        "创新驱动贡献37.43%，同经济活力、开放合作三者合计贡献50.87%。",
    ),
    (
        "创新驱动贡献37.43%，同经济活力、开放合作三者合计贡献88.31%。",
        "创新驱动贡献37.43%，同经济活力、开放合作四者合计贡献88.31%。",
    ),
    (  # three, of two sentences
        "创新驱动贡献率为37.43%；其次是开放合作和经济活力，贡献率分别为35.48%和15.39%，三者合计贡献近九成。",
        "创新驱动贡献率为37.43%；其次是开放合作和经济活力，贡献率分别为35.48%和15.39%，三者合计贡献近七成。",
    ),
    (
        "创新驱动贡献率为37.43%。开放合作、经济活力贡献率分别为35.48%和15.39%。三大模块合计贡献率达88.31%。",
        "创新驱动贡献率为37.43%。开放合作、经济活力贡献率分别为35.48%和15.39%。三大模块合计贡献率达50.87%。",
    ),
    (
        "创新驱动贡献率最高，为37.43%，其次为开放合作，为35.48%，二者共同贡献了总指数增长的七成以上。",
        "创新驱动贡献率最高，为37.43%，其次为开放合作，为35.48%，二者共同贡献了总指数增长的八成以上。",
    ),
    (
        "创新驱动、开放合作两个模块合计拉动总指数增长4.24个百分点，占总指数增幅的七成以上。",
        "创新驱动、开放合作两个模块合计拉动总指数增长4.24个百分点，占总指数增幅的八成以上。",
    ),
    ("创新驱动和开放合作共同拉动总指数增长4.24个百分点。", "创新驱动和开放合作共同拉动总指数增长2.18个百分点。"),
    # those that moved that way, as many as it says
    ("同比上升的模块合计拉动总指数5.97个百分点。", "同比上升的模块合计拉动总指数5.79个百分点。"),
    (
        "创新驱动的贡献率为37.43%，开放合作的贡献率为35.48%。二者合计占72.92%，超过七成。",
        "创新驱动的贡献率为37.43%，开放合作的贡献率为35.48%。二者合计占79.22%，超过七成。",
    ),
]
RULES = {"wrong-number", "broken-arithmetic", "wrong-count"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_sum_of_all_that_are_meant_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_one_that_is_not_theirs_is_found(text: str) -> None:
    assert_found(text, RULES)
