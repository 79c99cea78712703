"""近, 超, 接近, 突破: how far a number may lie from what it is said to be about."""

from __future__ import annotations

import pytest

from tests.test_rules import checked
from tests.twins import PERIOD, assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    (
        "总指数为135.64点，继续保持在120点以上。",
        "总指数为135.64点，继续保持在140点以上。",
    ),
    (
        "创新驱动指数为169.02点、开放合作指数为150.04点，均超过150点。",
        "创新驱动指数为169.02点、开放合作指数为150.04点，均超过160点。",
    ),
    (
        "2023年上半年至2024年下半年，总指数同比增速在0.02%—5.82%之间。",
        "2023年上半年至2024年下半年，总指数同比增速在0.59%—5.82%之间。",
    ),
    (  # 0.02 % of the second half of 2023 to 5.82 % of the first
        "2023年上半年至2024年下半年，总指数同比增速在0%—6%之间。",
        "2023年上半年至2024年下半年，总指数同比增速在1%—6%之间。",
    ),
    (
        "六大模块指数在120—170点之间。",
        "六大模块指数在125—170点之间。",
    ),
    (
        "六大模块指数在120—170点之间。",
        "六大模块指数在110—170点之间。",
    ),
    ("总指数超过135点。", "总指数超过136点。"),
    ("总指数接近136点。", "总指数接近145点。"),
    ("创新驱动指数接近170点。", "创新驱动指数接近160点。"),
    ("创新驱动对总指数增长的贡献率近四成。", "创新驱动对总指数增长的贡献率近五成。"),
    ("总指数同比增幅超5%。", "总指数同比增幅超6%。"),
    ("总指数突破135点。", "总指数突破140点。"),
    ("创新驱动对总指数增长的贡献率超过三成半。", "创新驱动对总指数增长的贡献率超过四成。"),
    (
        "经济活力指数未能守住125点，为120.31点。",
        "创新驱动指数未能守住165点，为169.02点。",
    ),
    (
        "城乡协调指数未能收复125点，为121.11点。",
        "城乡协调指数未能收复120点，为121.11点。",
    ),
]
RULES = {"wrong-hedge", "wrong-number", "wrong-pattern"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_number_near_enough_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_one_too_far_off_is_found(text: str) -> None:
    assert_found(text, RULES)


def test_a_bound_that_is_kept_is_no_second_value_of_the_same() -> None:
    rules = [
        {f.rule for f in checked(f"全区社区食堂首次突破{n}家，为92家。", period=PERIOD).findings} for n in (90, 93)
    ]
    assert ["conflicting-numbers" in found for found in rules] == [False, True]
