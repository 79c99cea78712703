"""What 其余 leaves over: the excepted and the named ones are out of bounds, ranges, counts and sums."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    (
        "除民生共享同比下降外，其余五个模块涨幅介于2.23%和14.40%之间。",
        "除民生共享同比下降外，其余五个模块涨幅介于3.23%和14.40%之间。",
    ),
    ("六大模块同比涨跌不一，增幅从-1.06%到14.40%不等。", "六大模块同比涨跌不一，增幅从-1.06%到13.40%不等。"),
    (
        "除民生共享同比下降外，其余五个模块涨幅从2.23%到14.40%不等，开放合作最高。",
        "除民生共享同比下降外，其余五个模块涨幅从2.63%到14.40%不等，开放合作最高。",
    ),
    (
        "除民生共享同比下降1.06%外，其余五个模块全部同比上升，涨幅在2.23%至14.40%之间。",
        "除民生共享同比下降1.06%外，其余五个模块全部同比上升，涨幅在3.33%至14.40%之间。",
    ),
    (
        "创新驱动、开放合作贡献率分别为37.43%和35.48%；其余四个模块的贡献率均不足16%。",
        "创新驱动、开放合作贡献率分别为37.43%和35.48%；其余四个模块的贡献率均不足15%。",
    ),
    (
        "创新驱动、开放合作贡献率居前两位。经济活力居第三。其余三个模块的贡献率都在8%以下。",
        "创新驱动、开放合作贡献率居前两位。经济活力居第三。其余三个模块的贡献率都在7%以下。",
    ),
    (
        "六大模块中五个同比上升，开放合作涨幅最大，其余四个均在2%—11%之间。",
        "六大模块中五个同比上升，开放合作涨幅最大，其余四个均在3%—11%之间。",
    ),
    (
        "除创新驱动与开放合作外，另外四个模块合计拉动总指数1.57个百分点。",
        "除创新驱动与开放合作外，另外四个模块合计拉动总指数4.24个百分点。",
    ),
    (
        "六大模块同比涨幅不一，其中两个模块实现两位数增长。",
        "六大模块同比涨幅不一，其中三个模块实现两位数增长。",
    ),
    ("六大模块中五个同比上升，其中两个达到两位数。", "六大模块中五个同比上升，其中三个达到两位数。"),
    ("创新驱动和开放合作两个模块实现两位数增长。", "创新驱动和经济活力两个模块实现两位数增长。"),
    ("民生共享同比下降，另外五个模块同比上升。", "民生共享同比下降，另外四个模块同比上升。"),
    ("五个上升模块的涨幅高低不一。", "四个上升模块的涨幅高低不一。"),
    (
        "创新驱动拉动总指数2.18个百分点，开放合作拉动2.06个百分点，经济活力拉动0.89个百分点。三者合计拉动5.13个百分点。",
        "创新驱动拉动总指数2.18个百分点，开放合作拉动2.06个百分点，经济活力拉动0.89个百分点。三者合计拉动5.53个百分点。",
    ),
    (
        "PM2.5平均浓度为28.5微克/立方米。新建绿色建筑占比为64.21%。二者对模块指数上升的贡献率分别为37.78%和32.05%，合计接近七成。",
        "PM2.5平均浓度为28.5微克/立方米。新建绿色建筑占比为64.21%。二者对模块指数上升的贡献率分别为37.78%和32.05%，合计接近九成。",
    ),
]
RULES = {"wrong-count", "wrong-hedge", "wrong-number", "wrong-pattern", "broken-arithmetic"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_what_holds_of_the_rest_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_what_does_not_is_found(text: str) -> None:
    assert_found(text, RULES)


def test_digits_of_a_rate_that_shrank_or_grew_are_of_then_and_of_now() -> None:
    assert_found("创新驱动指数同比增幅由两位数收窄至个位数。", {"wrong-pattern"})
    assert_found("民生共享指数同比增幅由个位数扩大至两位数。", {"wrong-pattern"})
    assert_passes("创新驱动指数同比增幅由个位数扩大至两位数，为10.09%。")


def test_two_digits_are_no_place_in_a_ranking() -> None:
    assert_passes("创新驱动指数同比增幅由个位数扩大至两位数，为10.09%，排名稳居首位。")
    assert_found("创新驱动指数同比增幅由个位数扩大至两位数，为10.09%，排名稳居第四位。", {"wrong-rank"})
