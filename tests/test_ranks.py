"""Places among the parts, in the whole and within a module."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    (
        "技术合同成交额指数同比增长15.04%，增速居创新驱动模块首位。",
        "高新技术企业数指数同比增长11.15%，增速居创新驱动模块首位。",
    ),
    ("同比增速居前两位的模块依次是开放合作、创新驱动。", "同比增速居前两位的模块依次是创新驱动、开放合作。"),
    ("创新驱动、开放合作、生态宜居指数分列六大模块前三位。", "创新驱动、城乡协调、生态宜居指数分列六大模块前三位。"),
    (
        "开放合作模块贡献率35.48%，拉动总指数增长2.06个百分点，居第二位。",
        "开放合作模块贡献率35.48%，拉动总指数增长2.06个百分点，居第三位。",
    ),
    ("民生共享指数同比增速居六大模块末位。", "生态宜居指数同比增速居六大模块末位。"),
    (
        "创新驱动指数居首，开放合作（150.04点）、生态宜居（133.00点）分列二、三位。",
        "创新驱动指数居首，开放合作（150.04点）、生态宜居（133.00点）分列三、二位。",
    ),
    ("开放合作、生态宜居指数分居第二至三位。", "生态宜居、开放合作指数分居第二至三位。"),
    ("增幅第二的创新驱动指数为169.02点。", "增幅第三的创新驱动指数为169.02点。"),
    (
        "全部指标中，技术合同成交额指数同比增速居第二位。",  # first in its module, behind 实际利用外资 of another
        "全部指标中，技术合同成交额指数同比增速居首位。",
    ),
    ("创新驱动模块六项指标中，技术合同成交额增速居首位。", "全部指标中，技术合同成交额增速居首位。"),
    ("同比增速排后两位的是生态宜居和民生共享。", "同比增速排后两位的是城乡协调和民生共享。"),
]
RULES = {"wrong-rank"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_right_place_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_a_wrong_place_is_found(text: str) -> None:
    assert_found(text, RULES)
