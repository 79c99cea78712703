"""Which period stood out among several: the best year, the slowest growth, the highest point."""

from __future__ import annotations

import pytest

from tests.test_rules import checked
from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index, whose total grew most in 2021H1 (10.44 %) and fell most in 2020H1 (2.90 %).
TWINS = [
    ("总指数2021年上半年同比增长最快，为10.44%。", "总指数2018年下半年同比增长最快，为6.03%。"),
    ("总指数同比增幅最大的是2021年上半年，为10.44%。", "总指数同比增幅最大的是2021年下半年，为6.65%。"),
    ("总指数增速2021年上半年最快，达10.44%。", "总指数增速2021年下半年最快，达6.65%。"),
    ("总指数同比增幅最大的是2021年上半年，为10.44%；最小的是2022年上半年，为零。", "总指数同比增幅最大的是2021年上半年，为10.44%；最小的是2018年上半年。"),
    ("总指数2020年上半年降幅最大，达2.90%。", "总指数2020年下半年降幅最大，达1.63%。"),
    ("开放合作指数最高的是2024年上半年，为158.00点。", "开放合作指数最高的是2023年上半年，为139.00点。"),
    ("民生共享指数最高点出现在2023年下半年。", "民生共享指数最高点出现在2024年下半年。"),
    ("2021年以来，开放合作指数2021年上半年增长最快。", "2021年以来，开放合作指数2022年下半年增长最快。"),
    ("总指数最低的是2016年上半年。", "总指数最低的是2020年上半年。"),
    ("近三期，总指数在128.19点至135.64点之间，其中2023年下半年最低。", "近三期，总指数在128.19点至135.64点之间，其中2024年上半年最低。"),
]  # fmt: skip


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_the_period_that_stood_out_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_another_one_is_found(text: str) -> None:
    assert_found(text, {"wrong-pattern"})


def test_what_may_be_said_of_the_parts_of_one_period_is_left_to_them() -> None:
    """生态宜居 grew most of the six in 2020H1, less than in 2023H1."""
    assert [f.message for f in checked("2020年上半年，生态宜居增长最快，为4.54%。", period="2024H2").findings] == []
