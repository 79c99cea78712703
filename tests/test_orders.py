"""Lists in an order, what pulled the most, rates that stayed level."""

from __future__ import annotations

import pytest

from tests.test_rules import checked
from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    (
        "从同比增速看，由高到低依次为开放合作、创新驱动、经济活力、城乡协调、生态宜居和民生共享。",
        "从同比增速看，由高到低依次为创新驱动、开放合作、经济活力、城乡协调、生态宜居和民生共享。",
    ),
    (
        "六大模块指数由高到低依次为创新驱动（169.02点）、开放合作（150.04点）、生态宜居（133.00点）。",
        "六大模块指数由高到低依次为创新驱动（169.02点）、生态宜居（133.00点）、开放合作（150.04点）。",
    ),
    (
        "六大模块贡献率由低到高依次是民生共享、生态宜居、城乡协调、经济活力、开放合作、创新驱动。",
        "六大模块贡献率由低到高依次是民生共享、生态宜居、城乡协调、经济活力、创新驱动、开放合作。",
    ),
    (  # the measure named last, and not the one that the sentence began with
        "创新驱动贡献最大，六大模块同比增速由高到低依次为开放合作、创新驱动、经济活力。",
        "创新驱动贡献最大，六大模块同比增速由高到低依次为创新驱动、开放合作、经济活力。",
    ),
    (  # 4.48 % and 2.50 %: the greater fall is the lesser number
        "2024年上半年，同比降幅由大到小依次为经济活力、城乡协调。",
        "2024年上半年，同比降幅由大到小依次为城乡协调、经济活力。",
    ),
    ("民生共享是总指数最大的拖累因素。", "生态宜居是总指数最大的拖累因素。"),
    ("创新驱动是拉动总指数增长的最大动力。", "开放合作是拉动总指数增长的最大动力。"),
    (
        "总指数同比增长5.81%，增速与2023年上半年基本持平。",
        "总指数同比增长5.81%，增速与上半年基本持平。",
    ),
    ("总指数同比增长5.81%，增速与2023年上半年持平。", "总指数同比增长5.81%，增速与上年同期持平。"),
    (  # level on the half-year before in 2021, both of them
        "2021年下半年，城乡协调、民生共享指数环比基本持平。",
        "城乡协调、民生共享与上年同期基本持平。",
    ),
    ("总指数为135.64点，创有数据以来新高。", "总指数同比增长5.81%，为有同比数据以来最高。"),
]
RULES = {"wrong-rank", "wrong-direction", "wrong-pattern"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_right_order_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_a_wrong_one_is_found(text: str) -> None:
    assert_found(text, RULES)


@pytest.mark.parametrize(
    "text",
    [
        "坚持把开放合作作为推动发展的第一动力。", "创新驱动是引领发展的第一动力。", "生态宜居成为群众最大的支撑力量。",
        "开放合作、创新驱动是总指数增长的最大动力。",
    ],
)  # fmt: skip
def test_a_watchword_and_what_is_said_of_two_are_no_statement_on_what_pulled_the_most(text: str) -> None:
    assert not [
        v for v in checked(text, period="2024H2").verdicts if "动力" in v.mention.text or "力量" in v.mention.text
    ]
