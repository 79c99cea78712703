"""Numbers that a sentence reasons with, and shares and sums said in other words."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

RIGHT = [
    "民生共享指数同比下降1.06%，在2%的波动范围以内。",
    "开放合作指数同比上升14.40%，总指数每上升1点，都有它的份。",
    "创新驱动贡献了总指数同比增幅的逾三成（37.43%）。",
    "创新驱动的贡献率为37.43%，与开放合作（35.48%）加在一起超过七成。",
    "创新驱动与开放合作对总指数的贡献率分别为37.43%和35.48%，合起来超过七成。",
]
WRONG = [
    "民生共享指数同比下降1.06%，在1%的波动范围以内。",
    "创新驱动贡献了总指数同比增幅的逾三成（35.48%）。",
    "创新驱动贡献了总指数同比增幅的逾四成（37.43%）。",
    "创新驱动的贡献率为37.43%，与开放合作（35.48%）加在一起超过八成。",
    "创新驱动与开放合作对总指数的贡献率分别为37.43%和35.48%，合起来不足七成。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_premise_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", WRONG)
def test_a_premise_that_is_not_so_is_found(text: str) -> None:
    assert_found(text, {"broken-arithmetic", "wrong-subject", "wrong-hedge", "wrong-number"})
