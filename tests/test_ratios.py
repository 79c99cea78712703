"""What is so many times, or such a part of, its own earlier figure; rates set beside others; spans, denials, moves by basis."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

# On the fictional index in 2024H2: 实际利用外资 3.05 (2.05 a year before, 3.88 before), 总指数 135.64 (128.19, 131.99).


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("实际利用外资3.05亿美元，不及上期的八成。", "实际利用外资3.05亿美元，不及上期的七成。"),
        ("高新技术企业数指数为218.12点，较基期翻番有余。", "技术合同成交额指数为163.50点，较基期翻番有余。"),
        # the figure of then in brackets
        (
            "总指数同比增长5.81%，增速为上半年（0.59%）的近十倍。",
            "总指数同比增长5.81%，增速为上半年（0.69%）的近十倍。",
        ),
        (
            "总指数同比增长5.81%，增速为上半年（0.59%）的近十倍。",
            "总指数同比增长5.81%，增速为上半年（0.59%）的近二十倍。",
        ),
        # the same once more, exactly; of another thing against the same period
        (
            "实际利用外资3.05亿美元，不到上期的八成，仅为78.6%。",
            "实际利用外资3.05亿美元，不到上期的八成，仅为68.7%。",
        ),
        (
            "实际利用外资3.05亿美元，为上年同期的1.49倍；高新技术企业349家，约为1.11倍。",
            "实际利用外资3.05亿美元，为上年同期的1.49倍；高新技术企业349家，约为1.21倍。",
        ),
        ("实际利用外资3.05亿美元，不到上期的80%。", "实际利用外资3.05亿美元，不到上期的75%。"),
        ("实际利用外资占上期3.88亿美元的比例不到八成。", "实际利用外资占上期3.88亿美元的比例不到七成。"),
        ("实际利用外资3.05亿美元，是上年同期的近1.5倍。", "实际利用外资3.05亿美元，不到上年同期的一倍。"),
        (
            "实际利用外资3.05亿美元，仅为上期3.88亿美元的78.61%。",
            "实际利用外资3.05亿美元，仅为上期3.88亿美元的68.61%。",
        ),
        ("创新驱动指数已是基期的1.69倍。", "创新驱动指数已超过基期的两倍。"),
        ("城镇调查失业率5.00%，是上期的95.06%。", "城镇调查失业率5.00%，是上期的105.06%。"),
        (
            "与2022年下半年相比，总指数提高7.47点，创新驱动指数提高16.01点，后者是前者的两倍多。",
            "与2022年下半年相比，总指数提高7.47点，创新驱动指数提高16.01点，后者是前者的三倍多。",
        ),
        (
            "全员劳动生产率为12.73万元/人，仍只相当于2022年同期的99.30%。",
            "全员劳动生产率为12.73万元/人，仍只相当于2022年同期的93.90%。",
        ),
    ],
)
def test_a_part_of_an_earlier_figure_is_a_ratio_whatever_its_unit(right: str, wrong: str) -> None:
    assert_passes(right)
    assert_found(wrong, {"wrong-number", "wrong-hedge"})


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("总指数同比增长5.81%，涨幅比上期的0.59%高。", "总指数同比增长5.81%，涨幅比上期的2.97%高。"),
        (
            "总指数环比上升2.77%，升幅比上期的2.97%低0.20个百分点。",
            "总指数环比上升2.77%，升幅比上期的0.59%低0.20个百分点。",
        ),
        (
            "社会消费品零售总额170.32亿元，增长4.9%，较上半年的4.1%加快0.8个百分点。",
            "社会消费品零售总额170.32亿元，增长4.9%，较上半年的6.3%加快0.8个百分点。",
        ),
    ],
)
def test_a_rate_that_is_set_beside_is_of_the_period_named_with_it(right: str, wrong: str) -> None:
    assert_passes(right)
    assert_found(wrong, {"wrong-number", "wrong-period", "wrong-basis"})


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            "高新技术企业数自2022年下半年以来逐期增加，下半年达349家。",
            "高新技术企业数自2022年下半年以来逐期增加，下半年达334家。",
        ),
        (
            "两年前的2022年下半年，总指数为128.17点，两年间提高7.47点。",
            "两年前的2022年下半年，总指数为128.17点，两年间提高7.45点。",
        ),
        ("2023年两个半年，总指数分别为131.22点和128.19点。", "2023年两个半年，总指数分别为128.19点和131.22点。"),
    ],
)
def test_since_when_something_runs_dates_nothing_else(right: str, wrong: str) -> None:
    assert_passes(right)
    assert_found(wrong, {"wrong-period", "wrong-number", "wrong-basis"})


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("总指数没有超过140点。", "总指数没有超过130点。"),
        ("总指数没有跌破100点。", "总指数没有跌破140点。"),
        ("创新驱动指数没有低于基期。", "创新驱动指数没有超过基期。"),
        ("创新驱动指数不低于上年同期。", "创新驱动指数不及基期水平。"),
    ],
)
def test_what_is_denied_is_the_other_side_of_the_bound(right: str, wrong: str) -> None:
    assert_passes(right)
    assert_found(wrong, {"wrong-direction", "wrong-hedge", "wrong-pattern"})


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("高新技术企业数再增15家至349家。", "高新技术企业数再增35家至349家。"),
        ("民生共享指数同比回落、环比回升。", "民生共享指数同比回升、环比回落。"),
        ("进口货物整体通关时间比上年同期快2.4小时。", "进口货物整体通关时间比上年同期慢2.4小时。"),
    ],
)
def test_a_move_is_told_by_its_own_basis_level_and_pace(right: str, wrong: str) -> None:
    assert_passes(right)
    assert_found(wrong, {"wrong-number", "wrong-direction"})


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("创新驱动指数同比增长10.09%，占总指数5.81%增幅的37.43%。", "创新驱动指数同比增长10.09%，占总指数5.18%增幅的37.43%。"),
        ("创新驱动拉动2.18个百分点，占总指数增幅5.81%的37.43%。", "创新驱动拉动2.18个百分点，占总指数增幅5.81%的34.73%。"),
        ("创新驱动拉动2.18个百分点，占总指数同比增幅（5.81%）的37.43%。", "创新驱动拉动2.18个百分点，占总指数同比增幅（5.81%）的34.73%。"),
        ("创新驱动对总指数增长贡献了2.18个百分点。", "创新驱动对总指数增长贡献了2.81个百分点。"),
    ],
)  # fmt: skip
def test_a_part_of_the_growth_of_the_whole_is_its_contribution(right: str, wrong: str) -> None:
    assert_passes(right)
    assert_found(wrong, {"wrong-number", "wrong-basis", "wrong-subject"})


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("指数最低的经济活力不到指数最高的创新驱动的八成。", "指数最低的经济活力不到指数最高的创新驱动的七成。"),
        ("指数最低的经济活力不到指数最高的创新驱动的八成。", "指数最低的经济活力不到指数最高的开放合作的九成。"),
        ("经济活力指数为120.31点，是创新驱动的71.18%，同比增长5.01%。", "经济活力指数为120.31点，是创新驱动的78.11%，同比增长5.01%。"),
        ("城镇调查失业率为5.00%，城乡居民收入比为1.76。", "城镇调查失业率为5.00%，城乡居民收入比为112.50。"),
        ("研发经费占GDP比重为3.67%，城镇调查失业率为5.00%，前者比后者低1.33个百分点。", "研发经费占GDP比重为3.67%，城镇调查失业率为5.00%，前者比后者低1.33%。"),
    ],
)  # fmt: skip
def test_a_part_of_anothers_figure_is_a_ratio_too(right: str, wrong: str) -> None:
    assert_passes(right)
    assert_found(wrong, {"wrong-number", "wrong-hedge", "wrong-rank", "wrong-unit"})


def test_a_part_of_an_earlier_rate_is_one_of_two_rates() -> None:
    assert_passes("生态宜居指数同比增长2.23%，不及上年同期增速的五成。")
    assert_found("生态宜居指数同比增长2.23%，不及上年同期增速的三成。", {"wrong-number", "wrong-hedge"})
