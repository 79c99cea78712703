"""How far something is from a mark."""

from __future__ import annotations

import pytest

from tests.test_rules import checked
from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    (
        "总指数135.64点，与136点仅一步之遥。",
        "总指数135.64点，与150点仅一步之遥。",
    ),
    (
        "常住人口城镇化率69.55%，离70%只差0.45个百分点。",
        "常住人口城镇化率69.55%，离70%只差0.55个百分点。",
    ),
    (
        "开放合作指数150.04点，距160点还差9.96点。",
        "开放合作指数150.04点，距160点还差8.96点。",
    ),
    (
        "高新技术企业数349家，是2017年下半年的1.92倍，离翻一番只差一步。",
        "高新技术企业数349家，是2017年下半年的1.92倍，离翻两番只差一步。",
    ),
    ("生态宜居指数为133.00点，距135点还差2.00点。", "生态宜居指数为133.00点，距135点还差3.00点。"),
]
RULES = {"wrong-hedge", "wrong-number"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_what_is_so_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_what_is_not_so_is_found(text: str) -> None:
    assert_found(text, RULES)


def test_a_doubling_that_is_near_since_nobody_knows_when_is_left_to_a_person() -> None:
    result = checked("高新技术企业数349家，离翻一番仅一步之遥。", period="2024H2")
    assert [f.rule for f in result.findings] == ["unclear-number"]


def test_what_has_doubled_is_no_less_than_twice() -> None:
    for nearly in ("接近翻了一番", "近翻一番", "几乎翻了一番"):
        assert not checked(f"每万人发明专利拥有量指数为197.35点，比基期{nearly}。", period="2024H1").findings
    found = checked("每万人发明专利拥有量指数为197.35点，已比基期翻了一番。", period="2024H1").findings
    assert [f.rule for f in found] == ["wrong-hedge"]


def test_what_is_short_of_a_doubling_has_not_reached_it() -> None:
    text = "每万人发明专利拥有量指数为197.35点，距较基期翻一番还差{}点。"
    assert not checked(text.format("2.65"), period="2024H1").findings
    found = checked(text.format("7.65"), period="2024H1").findings
    assert [f.actual for f in found] == ["7.65"]
    far = checked("总指数为131.99点，距较基期翻一番还差68.01点。", period="2024H1").findings
    assert [f.rule for f in far] == ["wrong-hedge"]
