"""Counts of parts: 五升一平, 四个模块上升, 三分之二的模块, 五项指标中两项下降."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    ("从环比看，五个模块上升、一个模块下降。", "从环比看，四个模块上升、两个模块下降。"),
    (
        "同比看，五个模块上涨，一个模块下滑；环比看，五个模块上涨，一个模块下滑。",
        "同比看，三个模块上涨，三个模块下滑；环比看，五个模块上涨，一个模块下滑。",
    ),
    ("六大模块指数同比“五升一平”。", "六大模块指数同比“四升两平”。"),
    ("指数高于130点的模块有三个。", "指数高于130点的模块有四个。"),
    ("六个模块中，有三个模块指数超过130点。", "六个模块中，有五个模块指数超过130点。"),
    ("过半模块同比增速超过3%。", "过半模块同比增速超过6%。"),
    ("没有一个模块指数低于基期水平。", "没有一个模块环比下降。"),
    ("总指数由创新驱动、开放合作等六大模块合成。", "总指数由创新驱动、开放合作等七大模块合成。"),
    ("三分之二的模块同比增长3%以上。", "三分之一的模块同比增长3%以上。"),
    ("同比增幅超过10%的模块有两个。", "同比增幅超过10%的模块有三个。"),
    ("城乡协调模块六项指标中，五项指数同比上升，一项下降。", "城乡协调模块六项指标中，三项指数同比上升，三项下降。"),
    ("创新驱动模块全部六项指标指数同比均增长。", "民生共享模块全部七项指标指数同比均增长。"),
    ("PM2.5平均浓度、人均公园绿地面积两项一升一降。", "PM2.5平均浓度、人均公园绿地面积三项一升一降。"),
    ("六大模块中，同比改善的有五个，走弱的有一个。", "六大模块中，同比改善的有四个，走弱的有两个。"),
    ("六大模块中，指数高于基期的有六个，同比上升的有五个，占八成以上。", "六大模块中，同比上升的有五个，占九成以上。"),
]
RULES = {"wrong-count", "wrong-pattern", "wrong-hedge", "broken-arithmetic"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_right_count_of_parts_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_a_wrong_one_is_found(text: str) -> None:
    assert_found(text, RULES)
