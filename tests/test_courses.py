"""Records, turns, paces: what is said of a path as a whole."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    ("总指数为135.64点，为2018年有数据以来的最高水平。", "民生共享指数为121.11点，为2023年以来的半年度最低值。"),
    ("民生共享指数为121.11点，为2023年以来的次低水平。", "民生共享指数为121.11点，为2023年以来的次高值。"),
    ("总指数同比上升5.81%，增幅为2023年下半年以来最高。", "总指数同比上升5.81%，增幅为2021年上半年以来最高。"),
    ("总指数同比涨幅比上半年扩大。", "总指数同比涨幅比上半年收窄。"),
    ("民生共享指数同比降幅收窄。", "民生共享指数同比降幅扩大。"),
    ("创新驱动指数创历史新高。", "开放合作指数创历史新高。"),
    ("总指数创近两年新高。", "开放合作指数创近两年新高。"),
    ("创新驱动指数同比由降转升。", "生态宜居指数同比由降转升。"),
    ("城乡协调指数环比由负转正。", "城乡协调指数环比由正转负。"),
    ("每万人发明专利拥有量持续上升。", "开放合作指数持续上升。"),
    ("创新驱动指数逐期走高。", "开放合作指数逐期走高。"),
    (
        "民生共享指数为近两年次低。",
        "民生共享指数为近两年次高。",
    ),
    (
        "2023年下半年至2024年下半年，总指数逐期走高，依次为128.19点、131.99点和135.64点。",
        "2023年上半年至2024年下半年，总指数逐期走高，依次为131.22点、128.19点、131.99点和135.64点。",
    ),
    (
        "2023年上半年至2024年下半年，总指数先降后升，依次为131.22点、128.19点、131.99点和135.64点。",
        "2023年上半年至2024年下半年，总指数先升后降，依次为131.22点、128.19点、131.99点和135.64点。",
    ),
    (
        "2023年下半年至2024年下半年，开放合作指数先升后降。",
        "2023年下半年至2024年下半年，开放合作指数呈“V”型走势。",
    ),
    ("PM2.5平均浓度同比改善。", "城镇调查失业率同比改善。"),
]
RULES = {"wrong-direction", "wrong-pattern"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_course_that_was_taken_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_one_that_was_not_is_found(text: str) -> None:
    assert_found(text, RULES)
