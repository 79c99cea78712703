"""What a rate is said to have turned or come from is held against the rate that it was."""

from __future__ import annotations

from tests.twins import assert_found, assert_passes


def test_a_rate_that_fell_before_may_turn_from_a_fall() -> None:
    assert_passes("生态宜居指数同比上涨2.23%，由上期的环比下降转为增长2.78%。")
    assert_passes("经济活力指数由上期的同比下降转为增长5.01%。")


def test_a_rate_that_rose_before_turns_from_no_fall() -> None:
    assert_found("经济活力指数同比上涨5.01%，由上期的环比下降转为增长2.82%。", {"wrong-pattern"})
    assert_found("生态宜居指数由上期的同比下降转为增长2.23%。", {"wrong-pattern"})


def test_a_rate_comes_to_another_the_way_that_the_two_lie() -> None:
    assert_passes("创新驱动指数同比增速由上年同期的0.34%加快至10.09%。")
    assert_found("创新驱动指数同比增速由上年同期的0.34%放缓至10.09%。", {"wrong-direction"})
    assert_passes("开放合作指数同比增幅由上期的13.67%进一步扩大至14.40%。")
    assert_found("开放合作指数同比增幅由上期的13.67%逐步收窄至14.40%。", {"wrong-direction"})
    assert_passes("民生共享指数同比降幅由上期的2.31%收窄至1.06%。")
    assert_found("民生共享指数同比降幅由上期的2.31%扩大至1.06%。", {"wrong-direction"})


def test_a_share_comes_to_another_the_way_that_the_two_lie() -> None:
    assert_passes("开放合作对总指数的贡献率由上半年的343.44%降至35.48%。")
    assert_found("开放合作对总指数的贡献率由上半年的343.44%升至35.48%。", {"wrong-direction"})


def test_what_something_is_a_share_in_moved_the_way_that_is_said() -> None:
    assert_passes("城乡协调对总指数上升的贡献率为7.86%。")
    assert_found("城乡协调对总指数下降的贡献率为7.86%。", {"wrong-direction"})
    assert_passes("城镇调查失业率对民生共享模块指数下降的贡献率为75.71%。")
    assert_found("城镇调查失业率对民生共享模块指数上升的贡献率为75.71%。", {"wrong-direction"})
    assert_passes("创新驱动和开放合作对总指数上升的贡献率居前，分别为37.43%和35.48%。")
    assert_found("创新驱动和开放合作对总指数下降的贡献率居前，分别为37.43%和35.48%。", {"wrong-direction"})
    assert_passes("创新驱动和开放合作是总指数上升的两大支撑，贡献率合计达72.92%。")
    assert_found("创新驱动和开放合作对总指数下降的贡献率合计达72.92%。", {"wrong-direction"})
