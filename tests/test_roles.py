"""How words before a number use it."""

from __future__ import annotations

import pytest

from tests.test_rules import checked
from tests.twins import assert_found, assert_passes

TWINS = [
    (
        "数字经济核心产业占比和研发投入强度增幅较大，分别为10.09%和6.07%。",
        "数字经济核心产业占比和研发投入强度增幅较大，分别为10.26%和6.07%。",
    ),
    (
        "同比上升的是数字经济核心产业占比（10.09%）和研发投入强度（6.07%）。",
        "同比上升的是数字经济核心产业占比（10.26%）和研发投入强度（6.07%）。",
    ),
    (
        "总指数同比增长5.81%，增速比上半年加快5.22个百分点，主要受开放合作指数增长14.40%带动。",
        "总指数同比增长5.81%，增速比上半年加快5.22个百分点，主要受开放合作指数增长14.04%带动。",
    ),
    (
        "总指数同比增速较上半年加快，为5.81%。",
        "总指数同比增速较上半年加快，为5.18%。",
    ),
    (
        "总指数同比增速较上半年加快，升至5.81%。",
        "总指数同比增速较上半年加快，升至8.51%。",
    ),
    ("实际利用外资增多，带动该指标指数同比增长48.78%。", "实际利用外资增多，带动该指标指数同比增长46.78%。"),
    ("实际利用外资增多，带动该指数同比上升48.78%。", "实际利用外资增多，带动该指数同比下降48.78%。"),
    ("六大模块中，开放合作增长最快，达14.40%。", "六大模块中，开放合作增长最快，达10.09%。"),
    (
        "较基期，六大模块均有提升，其中创新驱动提升最多，达69.02%。",
        "较基期，六大模块均有提升，其中创新驱动提升最多，达10.09%。",
    ),
    ("六大模块合力拉动总指数上升5.81个百分点。", "六大模块合力拉动总指数上升5.18个百分点。"),
    (
        "研发投入回暖带动创新驱动指数连续两期回升，达169.02点，同比上升10.09%。",
        "研发投入回暖带动创新驱动指数连续两期回升，达150.04点，同比上升10.09%。",
    ),
    (
        "创新驱动（37.43%）、开放合作（35.48%）对总指数增长的贡献率居前。",
        "创新驱动（10.09%）、开放合作（14.40%）对总指数增长的贡献率居前。",
    ),
    (
        "创新驱动（7.65%）、城乡协调（5.22%）两个模块环比涨幅居前。",
        "创新驱动（10.09%）、城乡协调（3.33%）两个模块环比涨幅居前。",
    ),
    (
        "涨幅居前的开放合作（14.40%）和创新驱动（10.09%）合计贡献了总指数72.92%的增量。",
        "涨幅居前的开放合作（15.40%）和创新驱动（10.09%）合计贡献了总指数72.92%的增量。",
    ),
    ("消费旺季带动总指数同比上升5.81%。", "消费旺季带动总指数同比上升2.77%。"),
    # parts of a module move the module, by its own rate; a rise told in points went on by points
    (
        "创新驱动各项指标多数上升，带动创新驱动指数上升10.09%。",
        "创新驱动各项指标多数上升，带动创新驱动指数上升10.90%。",
    ),
    (
        "研发经费占GDP比重为3.67%，同比提高0.21个百分点，增幅比上年同期扩大0.02个百分点。",
        "研发经费占GDP比重为3.67%，同比提高0.21个百分点，增幅比上年同期扩大0.20个百分点。",
    ),
]
RULES = {"wrong-number", "wrong-subject", "wrong-basis", "wrong-direction"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_number_used_as_the_words_say_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_one_that_its_words_do_not_bear_out_is_found(text: str) -> None:
    assert_found(text, RULES)


def test_by_how_much_something_unknown_moves_the_whole_is_not_known() -> None:
    result = checked("农产品加工拉动总指数上升1.2个百分点。", period="2024H2")
    assert [f.rule for f in result.findings] == ["unsupported-number"]
