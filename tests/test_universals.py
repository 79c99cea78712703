"""What is said of all parts, by whatever name they go."""

from __future__ import annotations

import pytest

from tests.test_rules import checked
from tests.twins import assert_found, assert_passes

RIGHT = [
    "2024年下半年，六个分指数环比五升一降，总指数为135.64点。",
    "六大模块指数无一低于基期，总指数为135.64点。",
    "六个分指数均高于基期，总指数为135.64点。",
    "六个分指数都站上120点，总指数为135.64点。",
    "与基期相比，六大模块均有不同程度提升，总指数为135.64点。",  # though one fell on the year
    "六大模块较基期均有提升，总指数为135.64点。",
    "创新驱动和开放合作指数均实现两位数增长。",
    "从增速看，创新驱动（10.09%）、开放合作（14.40%）两个模块均达到两位数。",
]
WRONG = [
    "六大模块指数均实现两位数增长。",
    "六大模块指数均创历史新高。",
    "从增速看，创新驱动（10.09%）、经济活力（5.01%）两个模块均达到两位数。",
    "开放合作指数同比增长14.40%，是2018年以来首个两位数增速。",
    "六个分指数同比均告上升，总指数为135.64点。",
    "六个分指数同比均告下降，总指数为135.64点。",
    "各分指数同比无一下降，总指数为135.64点。",
    "分指数环比无一回落，总指数为135.64点。",
    "六大模块指数同比无不上升，总指数为135.64点。",
    "所有分指数环比齐升，总指数为135.64点。",
    "六个领域指数环比悉数走高，总指数为135.64点。",
    "六大模块指数无一高于上年同期，总指数为135.64点。",
    "六个分指数均高于上年同期水平，总指数为135.64点。",
    "六个分指数均低于基期，总指数为135.64点。",
    "六个分指数均不及上年同期，总指数为135.64点。",
    "全部分指数都站上125点，总指数为135.64点。",
    "六大模块没有一个同比下降，总指数为135.64点。",
    "六大模块没有一个环比下降，总指数为135.64点。",
    "较基期，六大模块均有所下降，总指数为135.64点。",
    "六大模块较上年同期均有提升，总指数为135.64点。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_statement_on_all_parts_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", WRONG)
def test_a_statement_on_all_parts_that_is_not_so_is_found(text: str) -> None:
    assert_found(text, {"wrong-count", "wrong-hedge", "wrong-pattern"})


@pytest.mark.parametrize(
    ("period", "right", "wrong"),
    [
        ("2020H1", "各模块指数同比涨跌互现。", "各模块指数环比全部上升。"),
        ("2020H1", "经济活力六项指标指数同比全部下降。", "经济活力六项指标指数涨跌互现。"),
        ("2019H1", "六大模块指数同比全部上升。", "六大模块指数同比有升有降。"),
        ("2020H1", "同比跌幅最深的是开放合作。", "同比跌幅最深的是城乡协调。"),
        ("2019H2", "经济活力与开放合作环比双双回升。", "经济活力与开放合作环比双双回落。"),
        ("2018H2", "总指数同比增幅达6.03%，已连续三期扩大。", "总指数同比增幅达6.03%，已连续五期扩大。"),
        ("2020H1", "总指数尚未止跌回升。", "总指数止跌回升。"),
        ("2020H1", "创新驱动指数终止了连续七期环比上升的走势。", "创新驱动指数终止了连续六期环比上升的走势。"),
        ("2022H2", "总指数打破环比连续两期零增长的局面。", "总指数打破环比连续三期零增长的局面。"),
        (
            "2023H1",
            "每百元营业收入成本指数是经济活力模块唯一同比下降的指标。",
            "税收占比是经济活力模块唯一同比下降的指标。",
        ),
    ],
)
def test_what_is_said_of_several_parts_or_periods_without_a_size_is_held_against_each(
    period: str, right: str, wrong: str
) -> None:
    assert [f.rule for f in checked(right, period=period).findings] == []
    assert {f.severity for f in checked(wrong, period=period).findings} == {"error"}
