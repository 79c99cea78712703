"""What is said of all parts, by whatever name they go."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

RIGHT = [
    "2024年下半年，六个分指数环比五升一降，总指数为135.64点。",
    "六大模块指数无一低于基期，总指数为135.64点。",
    "六个分指数均高于基期，总指数为135.64点。",
    "六个分指数都站上120点，总指数为135.64点。",
    "与基期相比，六大模块均有不同程度提升，总指数为135.64点。",  # though one fell on the year
    "六大模块较基期均有提升，总指数为135.64点。",
]
WRONG = [
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
