"""Who leads, who comes last, who is next."""

from __future__ import annotations

import pytest

from tests.test_rules import checked
from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    (
        "同比增速开放合作最快，创新驱动居次席，经济活力位列第三。",
        "同比增速开放合作最快，创新驱动居次席，生态宜居位列第三。",
    ),
    ("环比增速创新驱动最高。", "环比增速开放合作最高。"),
    ("贡献率创新驱动最大，开放合作次之。", "贡献率开放合作最大，创新驱动次之。"),
    ("创新驱动贡献最大，开放合作次之，经济活力居第三。", "创新驱动贡献最大，开放合作次之，城乡协调居第三。"),
    ("六大模块中，开放合作最快，民生共享最慢。", "六大模块中，开放合作最快，生态宜居最慢。"),
    ("环比跌幅最大的分指数是开放合作，总指数为135.64点。", "环比跌幅最大的领域是创新驱动，总指数为135.64点。"),
    ("同比增速最快的是开放合作，最慢的是民生共享。", "同比增速最快的是创新驱动，最慢的是民生共享。"),
    ("贡献率最大的是创新驱动模块。", "贡献率最大的是开放合作模块。"),
    ("六大模块中，创新驱动指数最高。", "六大模块中，开放合作指数最高。"),
    ("六大模块中，创新驱动最高，开放合作次之。", "六大模块中，创新驱动最高，生态宜居次之。"),
    ("开放合作指数同比增长14.40%，领跑六大模块。", "创新驱动指数同比增长10.09%，领跑六大模块。"),
    ("民生共享指数同比增速垫底。", "经济活力指数同比增速垫底。"),
    ("环比涨幅最大的是创新驱动指数。", "环比涨幅最大的是城乡协调指数。"),
    ("创新驱动指数同比增速仅次于开放合作。", "经济活力指数同比增速仅次于开放合作。"),
    ("环比降幅最大的是开放合作指数。", "环比降幅最大的是民生共享指数。"),
    ("经济活力指数水平最低，总指数为135.64点。", "民生共享指数水平最低，总指数为135.64点。"),
    ("六大模块中，创新驱动指数水平依然最高。", "六大模块中，开放合作指数水平依然最高。"),
    ("经济活力指数在六大模块中最低。", "城乡协调指数在六大模块中最低。"),
    ("从增速看，开放合作最高，创新驱动次之。", "从增速看，创新驱动最高，开放合作次之。"),
    ("从贡献率看，民生共享最小。", "从贡献率看，城乡协调最小。"),
    ("创新驱动环比涨幅最大，城乡协调次之。", "创新驱动环比涨幅最大，经济活力次之。"),
    ("创新驱动贡献率最大，开放合作、经济活力次之。", "创新驱动贡献率最大，开放合作、城乡协调次之。"),
    (
        "同比上升的五个模块中，开放合作升幅最大；生态宜居升幅最小。",
        "同比上升的五个模块中，开放合作升幅最大；城乡协调升幅最小。",
    ),
    ("六大模块中，民生共享增速最低。", "六大模块中，生态宜居增速最低。"),
    ("六大模块中，开放合作同比涨幅最为显著。", "六大模块中，经济活力同比涨幅最为显著。"),
]
RULES = {"wrong-rank"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_the_first_or_last_in_truth_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_another_in_its_place_is_found(text: str) -> None:
    assert_found(text, RULES)


@pytest.mark.parametrize(
    "words",
    ["{}对总指数贡献最大。", "{}模块对总指数的拉动最大。", "{}模块拉动作用最强。", "{}对总指数上行的贡献率最高。"],
)
def test_who_contributes_most_is_judged_without_a_number(words: str) -> None:
    """Shares of the total's growth in 2025H1: 创新驱动 54.94 %, 经济活力 17.57 %, the others less."""
    (right,) = checked(words.format("创新驱动"), "demo", "2025H1").verdicts
    (wrong,) = checked(words.format("经济活力"), "demo", "2025H1").verdicts
    assert (right.name, wrong.name, wrong.rule) == ("verified", "wrong", "wrong-rank")
