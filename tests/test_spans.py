"""How many digits a rate has: 处于两位数区间, 重回两位数, 跌出两位数."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same of what it is not so.
TWINS = [
    ("创新驱动指数同比增长10.09%，增速处于两位数区间。", "经济活力指数同比增长5.01%，增速处于两位数区间。"),
    ("创新驱动指数同比增速升至两位数，为10.09%。", "生态宜居指数同比增速升至两位数，为2.23%。"),
]


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_what_is_so_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_what_is_not_so_is_found(text: str) -> None:
    assert_found(text, {"wrong-pattern"})


def test_a_rate_comes_back_to_two_digits_only_where_it_was_not_there_before() -> None:
    assert_passes("创新驱动指数同比增长10.09%，重回两位数。")
    assert_found("开放合作指数同比增长14.40%，重回两位数。", {"wrong-pattern"})


def test_a_rate_leaves_two_digits_only_where_it_had_them() -> None:
    assert_passes("开放合作指数环比下降5.04%，环比增速跌出两位数区间。")
    assert_found("开放合作指数同比增速跌出两位数区间。", {"wrong-pattern"})
    assert_found("生态宜居指数同比增速跌出两位数区间。", {"wrong-pattern"})
