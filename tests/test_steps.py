"""What goes one way step by step, and how often something happened."""

from __future__ import annotations

import pytest

from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    (  # 5.82 %, 0.02 %, 0.59 %, 5.81 %
        "2023年下半年以来，总指数同比增速逐期加快。",
        "2023年上半年以来，总指数同比增速逐期加快。",
    ),
    ("总指数同比增速逐期提高。", "总指数同比增速逐期放缓。"),
    (  # the level rose from each to the next, its rate did not
        "近三年下半年，总指数分别为128.17点、128.19点和135.64点，呈逐年提高态势。",
        "近三年下半年，总指数同比增速分别为3.37%、0.02%和5.81%，呈逐年加快态势。",
    ),
    (
        "2023年下半年至2024年下半年，总指数同比增速分别为0.02%、0.59%和5.81%，逐期加快。",
        "2023年下半年至2024年下半年，总指数同比增速分别为0.02%、0.59%和5.81%，逐期回落。",
    ),
    ("民生共享指数同比下降1.06%，为2023年以来第二次下降。", "民生共享指数同比下降1.06%，为2023年以来首次下降。"),
    ("民生共享指数同比下降1.06%，为2023年以来第二次下降。", "民生共享指数同比下降1.06%，为2023年以来第三次下降。"),
    (
        "开放合作指数同比增长14.40%，增速2022年以来首次超过14%。",
        "开放合作指数同比增长14.40%，增速首次超过14%。",
    ),
    ("总指数同比增长5.81%，增速2024年以来首次高于5%。", "总指数同比增长5.81%，增速2023年以来首次高于5%。"),
    (  # 92.00 % before, which is not above it
        "地表水达到或好于Ⅲ类水体比例首次超过92%，达92.41%。",
        "地表水达到或好于Ⅲ类水体比例首次超过91%，达92.41%。",
    ),
    (  # -4.48 %, -5.34 % before it, and 2.94 % before them
        "经济活力指数同比增长5.01%，此前两期均为下降。",
        "经济活力指数同比增长5.01%，此前三期均为下降。",
    ),
    # -5.34 %, -4.48 %, 5.01 %: what grows by now has no 降幅
    ("经济活力指数同比增速逐期回升。", "经济活力指数同比降幅逐期收窄。"),
]
RULES = {"wrong-pattern"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_what_goes_so_at_every_step_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_what_does_not_is_found(text: str) -> None:
    assert_found(text, RULES)
