"""How words before a number use it."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

TWINS = [
    ("实际利用外资增多，带动该指标指数同比增长48.78%。", "实际利用外资增多，带动该指标指数同比增长46.78%。"),
    ("实际利用外资增多，带动该指数同比上升48.78%。", "实际利用外资增多，带动该指数同比下降48.78%。"),
]
RULES = {"wrong-number", "wrong-direction"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_number_used_as_the_words_say_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_one_that_its_words_do_not_bear_out_is_found(text: str) -> None:
    assert_found(text, RULES)
