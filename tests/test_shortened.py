"""Moves of what a text names in short, or names together."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

RIGHT = [
    "（三）城乡协调：居民收入比持续缩小\n\n城乡协调指数为121.11点。",
    "总指数为135.64点，刑事警情增多。",
]
WRONG = [
    "（三）城乡协调：居民收入比持续扩大\n\n城乡协调指数为121.11点。",
    "总指数为135.64点，技术交易减少，失业率下降。",
    "总指数为135.64点，外贸依存度和高新技术企业数同比双降。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_move_of_a_short_name_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", WRONG)
def test_a_move_of_a_short_name_that_is_not_so_is_found(text: str) -> None:
    assert_found(text, {"wrong-direction"})
