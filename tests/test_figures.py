"""Figures as the check asks for them: what a number in one unit is in another, and measure words of one noun."""

from __future__ import annotations

import pytest

from narrator.check.figures import same_unit
from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    ("进口货物整体通关时间为43.2个小时。", "进口货物整体通关时间为43.2个工作日。"),
    (
        "进口货物整体通关时间压缩至43.2个小时，同比缩短2.4个小时。",
        "进口货物整体通关时间压缩至43.2个小时，同比缩短4.2个小时。",
    ),
    ("新设经营主体3151家，同比增加225家。", "新设经营主体3151人，同比增加225家。"),
    ("高新技术企业数达349户。", "高新技术企业数达349人。"),
    ("新引进高层次人才327名。", "新引进高层次人才327件。"),
]


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_an_amount_in_another_measure_word_of_its_noun_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_another_amount_or_another_noun_is_found(text: str) -> None:
    assert_found(text, {"wrong-unit", "wrong-number"})


@pytest.mark.parametrize(
    ("shown", "own"), [("个工作日", "工作日"), ("工作日", "个工作日"), ("个月", "月"), ("户", "家")]
)
def test_a_measure_word_is_no_other_unit(shown: str, own: str) -> None:
    assert same_unit(shown, own) == 1.0
    assert same_unit(f"万{shown}", own) == pytest.approx(1e-4)


@pytest.mark.parametrize(("shown", "own"), [("个工作日", "小时"), ("人次", "人"), ("个百分点", "点"), ("件", "家")])
def test_units_of_other_things_are(shown: str, own: str) -> None:
    assert same_unit(shown, own) is None
