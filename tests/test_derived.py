"""Numbers that follow from others of the same paragraph."""

from __future__ import annotations

import pytest

from tests.test_rules import checked
from tests.twins import PERIOD, assert_found, assert_passes

# Of 2024H2 in the fictional index, its references and its notes, worked out by hand; then the same with one thing wrong.
TWINS = [
    (  # 22056 / 38819 = 0.56818
        "农村居民人均可支配收入22056元，城镇居民人均可支配收入38819元，前者为后者的56.82%。",
        "农村居民人均可支配收入22056元，城镇居民人均可支配收入38819元，前者为后者的58.62%。",
    ),
    (  # 38819 / 22056 = 1.76002
        "城镇居民人均可支配收入38819元，相当于农村居民人均可支配收入22056元的1.76倍。",
        "城镇居民人均可支配收入38819元，相当于农村居民人均可支配收入22056元的1.67倍。",
    ),
    (  # 34 / 215 = 0.15814
        "云澜创客周吸引参赛团队215个，其中34个团队落户孵化，占参赛团队的15.8%。",
        "云澜创客周吸引参赛团队215个，其中34个团队落户孵化，占参赛团队的18.5%。",
    ),
    (  # 16000 / 28 = 571.43
        "28家合作社纳入统一检测和配送体系，秋收季线上销售额达到1.6亿元，平均每家571万元。",
        "28家合作社纳入统一检测和配送体系，秋收季线上销售额达到1.6亿元，平均每家517万元。",
    ),
    (  # of 339.32: 50.19, 40.03, 9.78
        "社会消费品零售总额170.32亿元，进出口总额135.82亿元，一般公共预算收入33.18亿元，比例为50.2∶40.0∶9.8。",
        "社会消费品零售总额170.32亿元，进出口总额135.82亿元，一般公共预算收入33.18亿元，比例为50.2∶41.0∶8.8。",
    ),
    (  # the figures stand in the sentence before
        "社会消费品零售总额170.32亿元，进出口总额135.82亿元，一般公共预算收入33.18亿元。其比例为50.2:40.0:9.8。",
        "社会消费品零售总额170.32亿元，进出口总额135.82亿元，一般公共预算收入33.18亿元。其比例为40.0:50.2:9.8。",
    ),
    (  # 21.11 / 69.02 = 0.30585
        "与2016年基期相比，创新驱动累计上升69.02%；城乡协调累计上升21.11%，尚不及前者的三分之一。",
        "与2016年基期相比，创新驱动累计上升69.02%；城乡协调累计上升21.11%，尚不及前者的四分之一。",
    ),
    (  # 5.01 / 10.09 = 0.49653
        "创新驱动上升10.09%，经济活力上升5.01%，后者仅为前者的一半。",
        "创新驱动上升10.09%，经济活力上升5.01%，后者仅为前者的三成。",
    ),
    (  # 0.16 / 2.06 = 0.07767
        "开放合作拉动总指数上升2.06个百分点，民生共享下拉0.16个百分点，后者不及前者的一成。",
        "开放合作拉动总指数上升2.06个百分点，民生共享下拉0.16个百分点，后者超过前者的三成。",
    ),
    (  # the weight is 18 %, the share 37.43 %
        "创新驱动以不足两成的权重贡献了近四成的增幅。",
        "创新驱动以超过两成的权重贡献了近四成的增幅。",
    ),
]


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_what_follows_from_the_text_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_what_does_not_follow_is_found(text: str) -> None:
    assert_found(text, {"broken-arithmetic", "wrong-hedge"})


def test_what_was_not_told_vouches_for_nothing() -> None:
    """The figure that it would follow from is wrong itself."""
    result = checked(
        "农村居民人均可支配收入22156元，城镇居民人均可支配收入38819元，前者为后者的57.08%。", period=PERIOD
    )
    assert [v.name for v in result.verdicts if v.mention.text == "57.08"] == ["unsupported"]


@pytest.mark.parametrize("basis", ["较基期", "较上半年", "环比"])
def test_what_follows_from_the_text_excuses_no_other_mistake(basis: str) -> None:
    """13.08 on 11.37 is 15.04 % more, on the year."""
    text = f"技术合同成交额由上年同期的11.37亿元增至13.08亿元，{basis}增长15.04%。"
    assert_found(text, {"wrong-basis", "wrong-number", "wrong-period"})


def test_the_finding_shows_the_reckoning() -> None:
    result = checked("城镇居民人均可支配收入38819元，相当于农村居民人均可支配收入22056元的1.67倍。", period=PERIOD)
    (finding,) = result.findings
    assert (finding.expected, "38819元÷22056元=1.76倍" in finding.message) == ("1.76", True)


def test_a_lead_over_a_rate_of_the_sentence_before_follows_from_it_and_what_does_not_is_told_for_the_right_reason() -> (
    None
):
    """Growth on the year in the second half of 2024: the total index 5.81 %, gross product 5.5 %."""
    text = "地区生产总值增长5.5%，快于总指数吗？不，总指数增速高出{}个百分点。"
    assert_passes(text.format("0.31"))
    (found,) = checked(text.format("0.36"), "demo", PERIOD).findings
    assert found.rule == "unsupported-number"
    assert "没有写明" in found.message
    assert "单位" not in found.message
