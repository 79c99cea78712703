"""The first and the last of a ranked list, and the sum of those just named."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    (
        "从贡献率看，前两个模块贡献率合计72.92%。",
        "从贡献率看，前两个模块贡献率合计74.92%。",
    ),
    (
        "前两个模块的贡献率均在三成以上。",
        "前三个模块的贡献率均在三成以上。",
    ),
    (
        "创新驱动贡献率为37.43%。开放合作贡献率为35.48%，两个模块贡献率合计超过70%。",
        "创新驱动贡献率为37.43%。开放合作贡献率为35.48%，两个模块贡献率合计超过80%。",
    ),
    ("前两个模块的贡献率均接近四成。", "前三个模块的贡献率均接近四成。"),
]
RULES = {"wrong-hedge", "broken-arithmetic"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_what_is_so_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_what_is_not_so_is_found(text: str) -> None:
    assert_found(text, RULES)
