"""Parts told by bands: two-digit growth, between two limits, below a limit."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    (
        "六大模块指数同比五升一降，其中两位数增长的两个，5%—10%的一个，5%以下的三个。",
        "六大模块指数同比五升一降，其中两位数增长的四个，5%—10%的一个，5%以下的一个。",
    ),
    (
        "六大模块同比增速在5%以上的有三个。",
        "六大模块同比增速在5%以上的有五个。",
    ),
]
RULES = {"wrong-count"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_what_is_so_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_what_is_not_so_is_found(text: str) -> None:
    assert_found(text, RULES)
