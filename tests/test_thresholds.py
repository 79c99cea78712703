"""Bounds of sets: 各模块均高于120点, 其余模块增幅均超过2%."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    (
        "创新驱动和开放合作两个模块贡献了总指数增长的七成以上。",
        "创新驱动和开放合作两个模块贡献了总指数增长的八成以上。",
    ),
    ("各模块指数均高于120点。", "各模块指数均高于125点。"),
    ("六大模块指数均在100点以上。", "六大模块指数均在130点以上。"),
    ("除民生共享外，其余模块指数同比增幅均超过2%。", "除民生共享外，其余模块指数同比增幅均超过3%。"),
    ("创新驱动、开放合作指数同比增幅均超过10%。", "创新驱动、开放合作指数同比增幅均超过12%。"),
    ("六大模块指数环比五升一降，指数均超过120点。", "六大模块指数同比五升一降，升幅均超过2%。"),
    ("开放合作是唯一一个升幅超过一成二的模块。", "开放合作是唯一一个升幅超过一成的模块。"),
    ("创新驱动指数同比、环比均上升，两项增速均在7%以上。", "创新驱动指数同比、环比均上升，两项增速均在8%以上。"),
    # 一个模块 that only stresses what stands in front of it
    ("仅开放合作一个模块的贡献率就超过三成半。", "仅开放合作一个模块的贡献率就超过四成。"),
    (
        "创新驱动和开放合作的贡献率分别为37.43%和35.48%，其余四个模块的贡献率均不足两成。",
        "创新驱动和开放合作的贡献率分别为37.43%和35.48%，其余四个模块的贡献率均不足一成。",
    ),
    (
        "创新驱动、开放合作、经济活力的贡献率分别为37.43%、35.48%和15.39%。其余模块的贡献率都不到一成。",
        "创新驱动、开放合作、经济活力的贡献率分别为37.43%、35.48%和15.39%。其余模块的贡献率都不到7%。",
    ),
    (
        "同比增幅超过10%的模块有两个，开放合作增长14.40%，创新驱动增长10.09%，均快于总指数。",
        "同比增幅超过10%的模块有两个，开放合作和经济活力，均快于总指数。",
    ),
    (
        "生态宜居六项指标全部好于上年同期，但指数增幅均不足4%。",
        "生态宜居六项指标全部好于上年同期，但指数增幅均不足3%。",
    ),
    (
        "创新驱动模块六项指标全部实现同比增长，其中四项增幅超过一成。",
        "创新驱动模块六项指标全部实现同比增长，其中五项增幅超过一成。",
    ),
    # those that the sentence before named
    (
        "研发经费占GDP比重为3.67%；高新技术企业349家；技术合同成交额13.08亿元。三项指标指数增速均超过6%。",
        "研发经费占GDP比重为3.67%；高新技术企业349家；技术合同成交额13.08亿元。三项指标指数增速均超过8%。",
    ),
    ("生态宜居六项指标增幅均不足一成。", "创新驱动六项指标增幅均超过一成。"),
]
RULES = {"wrong-count", "wrong-hedge", "wrong-number", "wrong-pattern", "broken-arithmetic"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_bound_that_every_part_keeps_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_one_that_some_part_breaks_is_found(text: str) -> None:
    assert_found(text, RULES)
