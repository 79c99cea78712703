"""Who is spoken of on: behind what moved it, behind 该模块, behind what it is set against."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

TWINS = [
    (
        "民生共享受城镇调查失业率上升影响，同比下降1.06%。",
        "民生共享受城镇调查失业率上升影响，同比下降6.00%。",
    ),
    (
        "开放合作得益于实际利用外资大幅增长，同比增长14.40%。",
        "开放合作得益于实际利用外资大幅增长，同比增长48.78%。",
    ),
    (
        "创新驱动在高新技术企业数增加的带动下，指数升至169.02点。",
        "创新驱动在高新技术企业数增加的带动下，指数升至218.12点。",
    ),
    (
        "群众满意度测评得分回落，使民生共享指数少增0.35个百分点。",
        "群众满意度测评得分回落，使民生共享指数少增0.53个百分点。",
    ),
    (
        "群众满意度测评下降，影响民生共享指数0.35个百分点。",
        "群众满意度测评下降，影响民生共享指数0.05个百分点。",
    ),
    (
        "实际利用外资增长较快，拉动开放合作指数增速9.53个百分点。",
        "实际利用外资增长较快，拉动开放合作指数增速9.35个百分点。",
    ),
    (
        "实际利用外资同比增长48.78%。该模块拉动总指数2.06个百分点。",
        "实际利用外资同比增长48.78%。该模块拉动总指数9.53个百分点。",
    ),
    (
        "创新驱动指数169.02点，比开放合作的150.04点高18.98点。",
        "创新驱动指数169.02点，比开放合作的169.02点高18.98点。",
    ),
    (
        "开放合作同比增长14.40%，快于创新驱动的10.09%。",
        "开放合作同比增长14.40%，快于创新驱动的14.40%。",
    ),
    (
        "创新驱动指数高于开放合作（150.04点）和生态宜居（133.00点）。",
        "创新驱动指数高于开放合作（150.04点）和生态宜居（123.00点）。",
    ),
]


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_right_sentence_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_a_wrong_one_is_found(text: str) -> None:
    assert_found(text, {"wrong-number", "wrong-subject"})
