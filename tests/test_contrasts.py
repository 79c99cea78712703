"""One thing against another, without a size."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    # each of a list that was just told
    (
        "创新驱动、开放合作两个模块跑在前面，分别增长10.09%和14.40%，均快于总指数。",
        "创新驱动、开放合作两个模块跑在前面，分别增长10.09%和14.40%，均慢于总指数。",
    ),
    (
        "城乡协调、生态宜居同比分别增长3.33%和2.23%，均低于总指数。",
        "城乡协调、经济活力指数分别为121.11点和120.31点，均高于总指数。",
    ),
    ("创新驱动指数高于总指数。", "经济活力指数高于总指数。"),
    ("开放合作指数增速快于创新驱动指数。", "经济活力指数增速快于创新驱动指数。"),
    ("总指数高于上年同期。", "民生共享指数高于上年同期。"),
    ("六大模块指数均高于基期水平。", "总指数低于基期水平。"),
    ("创新驱动指数同比增速高于总指数。", "城乡协调指数同比增速高于总指数。"),
    ("PM2.5平均浓度为28.5微克/立方米，优于上年同期。", "PM2.5平均浓度为28.5微克/立方米，弱于上年同期。"),
    # of each of several, and by the rate where a rate is named
    (
        "经济活力、创新驱动、城乡协调三个模块环比增幅高于总指数。",
        "经济活力、创新驱动、开放合作三个模块环比增幅高于总指数。",
    ),
    ("创新驱动和开放合作指数高于总指数。", "城乡协调和开放合作指数高于总指数。"),
    ("城乡协调指数低于总指数，但环比增幅高于总指数。", "开放合作指数高于总指数，但环比增幅也高于总指数。"),
    # how it grew, not how high it stands; on either basis where none is said
    (
        "经济活力指数120.31点，环比增长2.82%，增势好于总指数。",
        "城乡协调指数121.11点，同比增长3.33%，同比增势好于总指数。",
    ),
    ("民生共享指数同比下降1.06%，走势弱于总指数。", "民生共享指数同比下降1.06%，走势强于总指数。"),
]
RULES = {"wrong-direction", "wrong-pattern"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_true_comparison_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_its_reverse_is_found(text: str) -> None:
    assert_found(text, RULES)
