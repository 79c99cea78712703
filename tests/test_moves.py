"""Directions of several that are named together."""

from __future__ import annotations

import pytest

from tests.test_rules import checked
from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    ("经济活力、创新驱动和民生共享三个领域环比上升。", "经济活力、创新驱动和民生共享三个领域环比下降。"),
    ("城乡居民收入比持续缩小，为1.76。", "城乡居民收入比持续扩大，为1.76。"),
    (
        "人口自然增长率为-0.60‰，负增长幅度较上期扩大0.43个千分点。",
        "人口自然增长率为-0.60‰，负增长幅度较上期收窄0.43个千分点。",
    ),
    # what drives a rise is no rise; what lies below zero falls as it deepens
    ("人口增长动力减弱，人口自然增长率为-0.60‰。", "人口自然增长率上升，为-0.60‰。"),
    (
        "人口自然增长率为-0.60‰，负增长幅度继续加深。",
        "人口自然增长率为-0.60‰，负增长幅度继续收敛。",
    ),
    ("民生共享指数为121.11点，同比负增长幅度收敛。", "民生共享指数为121.11点，同比负增长幅度加深。"),
    ("创新驱动、开放合作两个模块同比上升。", "创新驱动、民生共享两个模块同比上升。"),
    ("创新驱动、开放合作两大模块指数同比均增长。", "开放合作、民生共享两大模块指数同比均增长。"),
    ("城乡协调模块环比回升。", "开放合作模块环比回升。"),
    ("创新驱动指数自2023年下半年以来同比增幅明显走高。", "民生共享指数自2023年下半年以来同比增幅明显走高。"),
    (
        "开放合作指数同比增速由2023年下半年的负增长转为两位数增长。",
        "创新驱动指数同比增速由2023年下半年的负增长转为两位数增长。",
    ),
    # what ended with this period was so until then; 创新驱动 -0.64 % in 2024H1, 10.09 % now
    ("创新驱动指数扭转了上半年的下降势头。", "开放合作指数扭转了上半年的下降势头。"),
    ("2021年上半年，总指数止住了上年同期的下降态势，增长10.44%。", "2020年上半年，总指数止住了上年同期的下降态势。"),
    ("总指数仅2020年上半年出现过回落。", "总指数仅2021年上半年出现过回落。"),
    # a standstill that is over was in the period that dates it
    (
        "总指数在上年同期同比持平后明显上升，同比提高5.81%。",
        "经济活力指数在上年同期同比持平后明显上升，同比提高5.01%。",
    ),
    # a clause of its own, the thing of which the next one names in full
    (
        "空气质量优良天数比率为91.00%，同比提高0.79个百分点。能耗水平下降，单位GDP能耗为0.369吨标准煤/万元。",
        "空气质量优良天数比率为91.00%，同比提高0.79个百分点。能耗水平上升，单位GDP能耗为0.369吨标准煤/万元。",
    ),
    (
        "城镇调查失业率为5.00%，同比提高0.30个百分点。警情继续增多，每万人刑事警情数为9.00件。",
        "普惠性幼儿园在园幼儿占比为84.66%，同比提高2.22个百分点。警情同比减少，每万人刑事警情数为9.00件。",
    ),
]
RULES = {"wrong-direction", "wrong-pattern"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_direction_that_all_took_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_one_that_some_did_not_take_is_found(text: str) -> None:
    assert_found(text, RULES)


def test_what_is_said_of_those_that_are_not_named_is_held_against_none_that_is() -> None:
    text = "民生共享、城乡协调指数环比有升有降，开放合作指数环比下降5.04%，其余模块仍为上升，且升幅有所扩大。"
    assert not [v for v in checked(text, period="2024H2").verdicts if "升幅" in v.mention.text]
