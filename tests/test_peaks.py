"""Figures told from a peak or a trough, and the marks that an earlier one left."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    ("总指数较年内低点提高3.65点。", "总指数较年内低点提高7.45点。"),
    ("开放合作指数较上半年高点回落7.96点。", "开放合作指数较上半年高点回落6.96点。"),
    ("总指数已超过此前131.99点的最高水平。", "总指数已超过此前132.99点的最高水平。"),
    ("总指数升至135.64点，刷新了前期131.99点的最高值。", "总指数升至135.64点，刷新了前期131.19点的最高值。"),
    ("开放合作指数比158.00点的历史高点低7.96点。", "开放合作指数比158.00点的历史高点低9.76点。"),
    # from the high of a half: what the fall is counted from
    (
        "开放合作指数从上半年的高点回落7.96点，同比仍增长14.40%。",
        "开放合作指数从上半年的高点回落7.46点，同比仍增长14.40%。",
    ),
    (
        "开放合作指数从2023年下半年的低点回升18.89点。",
        "开放合作指数从2023年下半年的低点回升11.04点。",
    ),
    (
        "开放合作指数自年内高点回落7.96点，降至150.04点。",
        "开放合作指数自年内高点回落18.89点，降至150.04点。",
    ),
    # of this year
    ("民生共享指数比年内低点高2.69点。", "民生共享指数比年内低点高3.69点。"),
]


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_figure_told_from_a_peak_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_a_figure_from_elsewhere_is_found(text: str) -> None:
    assert_found(text, {"wrong-number", "wrong-period", "wrong-basis", "wrong-direction"})
