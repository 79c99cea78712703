"""One figure against another: the two that are meant, also where only their places are told, and numbers in brackets."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    (
        "创新驱动指数（169.02点）与经济活力指数（120.31点）相差48.71点。",
        "创新驱动指数（169.02点）与经济活力指数（120.31点）相差47.71点。",
    ),
    (
        "创新驱动指数（169.02点）与经济活力指数（120.31点）相差48.71点。",
        "创新驱动指数（169.02点）与经济活力指数（121.31点）相差48.71点。",
    ),
    (  # of the rate that is spoken of, though a run stands between
        "总指数同比增长5.81%，增速连续两期加快，比2023年下半年的0.02%高5.79个百分点。",
        "总指数同比增长5.81%，增速连续两期加快，比2023年下半年的0.59%高5.22个百分点。",
    ),
    ("总指数为135.64点，高于临界值35.64点。", "总指数为135.64点，低于临界值35.64点。"),
    (
        "创新驱动指数最高，经济活力指数最低，两者相差48.71点。",
        "创新驱动指数最高，经济活力指数最低，两者相差49.71点。",
    ),
    (
        "开放合作增速最快，民生共享增速最慢，二者相差15.46个百分点。",
        "开放合作增速最快，民生共享增速最慢，二者相差13.34个百分点。",
    ),
    (
        "城乡协调指数同比增长3.33%，增幅仅次于经济活力（增长5.01%）。",
        "城乡协调指数同比增长3.33%，增幅仅次于经济活力（增长6.01%）。",
    ),
    (
        "生态宜居指数为133.00点，经济活力指数为120.31点，前者高出后者12.69点。",
        "生态宜居指数为133.00点，经济活力指数为120.31点，前者高出后者11.69点。",
    ),
    (
        "总指数同比增长5.81%，其中开放合作拉动2.06个百分点，其余五个模块合计拉动3.75个百分点。",
        "总指数同比增长5.81%，其中开放合作拉动2.06个百分点，其余五个模块合计拉动3.57个百分点。",
    ),  # what a rate moved by, where nobody says 增速
    (
        "乡村旅游经营收入同比增长6.31%，比上年同期加快4.08个百分点。",
        "乡村旅游经营收入同比增长6.31%，比上年同期加快4.80个百分点。",
    ),
    (
        "乡村旅游经营收入同比增长6.31%，比上年同期加快4.08个百分点。",
        "乡村旅游经营收入同比增长6.31%，比上年同期回落4.08个百分点。",
    ),
    (
        "总指数增速连续两期回升，下半年比上半年高5.22个百分点。",
        "总指数增速连续两期回升，下半年比上半年低5.22个百分点。",
    ),
    (
        "经济活力指数同比增长5.01%，增速分别比上半年和上年同期提高9.49个和10.34个百分点。",
        "经济活力指数同比增长5.01%，增速分别比上半年和上年同期提高10.34个和9.49个百分点。",
    ),
    (
        "总指数为135.64点，分别比上年同期和上半年提高7.45点和3.65点。",
        "总指数为135.64点，分别比上年同期和上半年提高3.65点和7.45点。",
    ),
]
RULES = {"wrong-number", "wrong-basis", "wrong-subject", "broken-arithmetic", "wrong-direction"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_the_distance_of_the_two_that_are_named_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_another_is_found(text: str) -> None:
    assert_found(text, RULES)
