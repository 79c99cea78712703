"""Marks that something passed, for the first time or throughout, and what stood highest, lowest or apart."""

from __future__ import annotations

import pytest

from tests.test_rules import checked
from tests.twins import PERIOD, assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    ("总指数站稳130点，升至135.64点。", "总指数站稳140点，升至135.64点。"),
    ("生态宜居指数首次突破130点是在2023年下半年。", "生态宜居指数首次突破130点是在2024年下半年。"),
    (
        "生态宜居指数上半年环比首次下降，本期重回130点上方。",
        "生态宜居指数上半年环比首次下降，本期首次站上130点。",
    ),
    ("总指数135.64点，首次突破135点。", "总指数135.64点，首次突破130点。"),  # 131.22 in 2023H1
    ("下半年总指数首次超过135点。", "下半年总指数首次超过136点。"),
    ("总指数2024年下半年首次突破135点。", "总指数2024年下半年首次突破131点。"),
    ("创新驱动指数与经济活力指数相差48.71点。", "创新驱动指数与经济活力指数相差48.17点。"),
    ("经济活力指数与创新驱动指数相差48.71点。", "经济活力指数与创新驱动指数相差47.81点。"),
    (
        "从六大模块看，水平由高到低依次为创新驱动169.02点、开放合作150.04点、生态宜居133.00点。",
        "从六大模块看，水平由高到低依次为创新驱动169.20点、开放合作150.04点、生态宜居133.00点。",
    ),
    (  # 135.64 on 128.17 of two years before: 2.87 % a year
        "总指数由2022年下半年的128.17点升至2024年下半年的135.64点，年均增长2.87%。",
        "总指数由2022年下半年的128.17点升至2024年下半年的135.64点，年均增长5.81%。",
    ),
    (
        "六大模块中，民生共享增速最低，开放合作增速最高。",
        "六大模块中，生态宜居增速最低，开放合作增速最高。",
    ),
    (
        "总指数同比增幅最高为2021年上半年的10.44%。",
        "总指数同比增幅最高为2023年上半年的5.82%。",
    ),
    ("生态宜居指数升至133.00点，再度突破130点。", "总指数升至135.64点，再度突破135点。"),
    (
        "生态宜居指数在上半年小幅回落后重返130点上方，为133.00点。",
        "生态宜居指数在上半年小幅回落后重返135点上方，为133.00点。",
    ),
]
RULES = {"wrong-hedge", "wrong-pattern", "wrong-number", "wrong-rank", "wrong-period"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_what_is_so_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_what_is_not_so_is_found(text: str) -> None:
    assert_found(text, RULES)


def test_when_it_stood_there_before_is_told() -> None:
    (finding,) = checked("总指数首次突破130点。", period=PERIOD).findings
    assert "2023年上半年定基指数为131.22点" in finding.message
    assert finding.expected == ""


def test_the_end_of_a_year_is_not_every_year() -> None:
    assert [v.fact for v in checked("2024年年末，创新驱动指数突破165点。", period=PERIOD).verdicts][-1:] == [
        "QD.index@2024H2"
    ]
    (finding,) = checked("2024年年末，创新驱动指数突破170点。", period=PERIOD).findings
    assert finding.rule == "wrong-pattern"


@pytest.mark.parametrize("text", ["2023年以来总指数始终在125点以上。", "各期总指数均超过125点。"])
def test_a_bound_of_every_period_is_not_passed_for_one(text: str) -> None:
    assert [v.name for v in checked(text, period=PERIOD).verdicts if v.mention.text == "125"] == ["unclear"]
