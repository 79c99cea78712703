"""Most, all but, only: said of the parts without a number."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    ("多数模块环比回升。", "多数模块环比回落。"),
    ("除民生共享外，其余模块指数同比均上升。", "除生态宜居外，其余模块指数同比均上升。"),
    ("除开放合作外，其余模块环比均有所上升。", "除民生共享外，其余模块环比均有所上升。"),
    ("除民生共享外，其余模块指数同比均上升。", "除民生共享、创新驱动外，其余模块指数同比均上升。"),
    ("除开放合作外，其他五个模块环比均有增长。", "除经济活力外，其他五个模块环比均有增长。"),
    ("民生共享指数同比下降1.06%，其他五个模块同比上升。", "创新驱动指数同比增长10.09%，其他五个模块同比上升。"),
    ("民生共享是唯一同比下降的模块。", "经济活力是唯一同比下降的模块。"),
    ("创新驱动和开放合作是仅有的保持两位数增长的模块。", "创新驱动是唯一保持两位数增长的模块。"),
    (
        "指数最高的是创新驱动（169.02点）和开放合作（150.04点），二者也是仅有的两位数增长的模块。",
        "指数较高的是创新驱动（169.02点）和生态宜居（133.00点），二者也是仅有的两位数增长的模块。",
    ),
    ("除开放合作外，其余五个模块环比均有增长。", "除经济活力外，其余五个模块指数均创历史新低。"),
    ("开放合作和创新驱动是仅有的增速达到两位数的模块。", "创新驱动是唯一增速达到两位数的模块。"),
    ("除民生共享外，其余五个模块指数均上升或持平。", "除民生共享、创新驱动外，其余模块指数均上升。"),
    (
        "除经济活力、开放合作和民生共享外，其他模块指数均再创新高。",
        "除经济活力和民生共享外，其他模块指数均再创新高。",
    ),
    ("只有民生共享一个模块同比下降。", "只有城乡协调一个模块同比下降。"),
    ("六大模块中，仅开放合作环比下降。", "六大模块中，仅城乡协调环比下降。"),
    ("除民生共享外，各模块指数同比均上升。", "除开放合作外，各模块指数同比均上升。"),
    ("除民生共享外各模块同比均上升。", "除开放合作外各模块同比均上升。"),
    ("除创新驱动、开放合作外，各模块增幅均低于总指数。", "除创新驱动外，各模块增幅均低于总指数。"),
    # by the same measure as those that are named: by the index the rest would be below, by the rate not
    (
        "创新驱动、经济活力、城乡协调和生态宜居环比增幅高于总指数，其余两个模块低于总指数。",
        "创新驱动、开放合作指数高于总指数，创新驱动、经济活力环比增幅高于总指数，其余四个模块低于总指数。",
    ),
]
RULES = {"wrong-count", "wrong-pattern"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_what_most_or_only_some_do_passes_where_it_is_so(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_it_is_found_where_it_is_not(text: str) -> None:
    assert_found(text, RULES)
