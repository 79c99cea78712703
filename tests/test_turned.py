"""What a rate is said to have turned from is held against the rate of the period before."""

from __future__ import annotations

from tests.twins import assert_found, assert_passes


def test_a_rate_that_fell_before_may_turn_from_a_fall() -> None:
    assert_passes("生态宜居指数同比上涨2.23%，由上期的环比下降转为增长2.78%。")
    assert_passes("经济活力指数由上期的同比下降转为增长5.01%。")


def test_a_rate_that_rose_before_turns_from_no_fall() -> None:
    assert_found("经济活力指数同比上涨5.01%，由上期的环比下降转为增长2.82%。", {"wrong-pattern"})
    assert_found("生态宜居指数由上期的同比下降转为增长2.23%。", {"wrong-pattern"})
