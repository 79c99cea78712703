"""Two figures, each of them right, are held against the word that sets one above the other."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same the other way round.
TWINS = [
    ("总指数同比增长5.81%，增幅由上半年的0.59%有所扩大。", "总指数同比增长5.81%，增幅由上半年的0.59%有所收窄。"),
    (
        "技术合同成交额13.08亿元，较上年同期的11.37亿元有所增加。",
        "技术合同成交额13.08亿元，较上年同期的11.37亿元有所减少。",
    ),
    # what the word behind the figure says of the two
    (
        "创新驱动指数同比增长10.09%，增速较上年同期的0.34%明显加快。",
        "创新驱动指数同比增长10.09%，增速较上年同期的0.34%明显放缓。",
    ),
    ("总指数为135.64点，较上年同期的128.19点有所提高。", "总指数为135.64点，较上年同期的128.19点有所回落。"),
    ("创新驱动指数为169.02点，高于开放合作的150.04点。", "创新驱动指数为169.02点，低于开放合作的150.04点。"),
    (
        "经济活力指数为120.31点，略低于城乡协调的121.11点。",
        "经济活力指数升至120.31点，已略高于城乡协调的121.11点。",
    ),
    ("经济活力指数为120.31点，比城乡协调的121.11点略低。", "经济活力指数为120.31点，比城乡协调的121.11点略高。"),
    (
        "创新驱动指数（169.02点）高于开放合作指数（150.04点）。",
        "创新驱动指数（169.02点）低于开放合作指数（150.04点）。",
    ),
    ("创新驱动指数的169.02点高于开放合作的150.04点。", "创新驱动指数的169.02点低于开放合作的150.04点。"),
    ("总指数为135.64点，未超过创新驱动的169.02点。", "总指数为135.64点，未能超过生态宜居的133.00点。"),
    # rates, of another thing and of another period
    (
        "开放合作指数同比增长14.40%，增速快于创新驱动的10.09%。",
        "开放合作指数同比增长14.40%，增速慢于创新驱动的10.09%。",
    ),
    ("创新驱动指数同比增长10.09%，增速高于上年同期的0.34%。", "创新驱动指数同比增长10.09%，增速低于上年同期的0.34%。"),
    # shares and pulls
    (
        "开放合作指数对总指数的贡献率为35.48%，低于创新驱动的37.43%。",
        "开放合作指数对总指数的贡献率为35.48%，超过创新驱动的37.43%。",
    ),
    # what is better where it is less
    (
        "规上工业每百元营业收入成本为86.74元，高于上年同期的86.05元。",
        "规上工业每百元营业收入成本为86.74元，优于上年同期的86.05元。",
    ),
    # of two figures the one of the thing that the words go on with
    (
        "总指数同比增长5.81%，经济活力指数增长5.01%，低于总指数的5.81%。",
        "总指数同比增长5.81%，经济活力指数增长5.01%，超过总指数的5.81%。",
    ),
    # 不及 with a rate behind is no ratio
    (
        "创新驱动指数同比增长10.09%，增速不及开放合作的14.40%。",
        "开放合作指数同比增长14.40%，增速不及创新驱动的10.09%。",
    ),
    ("开放合作指数为150.04点，小幅领先生态宜居的133.00点。", "生态宜居指数为133.00点，小幅领先开放合作的150.04点。"),
    ("高新技术企业数349家，超过上年同期的314家。", "高新技术企业数349家，少于上年同期的314家。"),
    (
        "经济活力指数同比增长5.01%，与总指数5.81%的增速相比略低。",
        "经济活力指数同比增长5.01%，与总指数5.81%的增速相比略高。",
    ),
    # 增速 of one that fell, beside that of one that rose
    ("民生共享指数同比下降1.06%，增速低于总指数的5.81%。", "民生共享指数同比下降1.06%，增速高于总指数的5.81%。"),
]


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_figure_stands_on_its_side_of_another(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_and_on_no_other(text: str) -> None:
    assert_found(text, {"wrong-direction"})


def test_a_bound_in_front_of_its_own_figure_sets_nothing_beside() -> None:
    assert_passes("创新驱动指数为169.02点，总指数也超过135点。")
