"""What is said not to have happened: held against every period, or against this one."""

from __future__ import annotations

import pytest

from tests.test_rules import checked
from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    ("2020年下半年至2023年上半年，总指数没有一期回落。", "2020年上半年至2023年下半年，总指数没有一期回落。"),
    ("生态宜居指数同比从未下降。", "民生共享指数同比从未下降。"),
    ("2021年以来，生态宜居指数各期同比均未出现负增长。", "2023年以来，创新驱动指数各期同比均未出现负增长。"),
    ("总指数自2024年上半年以来没有出现过回落。", "开放合作指数自2024年上半年以来没有出现过回落。"),
    ("近三年总指数同比无一期下降。", "近三年民生共享指数同比无一期下降。"),
    ("总指数环比没有回落。", "开放合作指数环比没有回落。"),
    ("总指数没有下降。", "总指数没有上升。"),
]


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_what_did_not_happen_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_what_did_happen_is_found(text: str) -> None:
    assert_found(text, {"wrong-direction", "wrong-pattern"})


@pytest.mark.parametrize(
    "text", ["开放合作指数环比没有明显回落。", "总指数从未下降的势头。", "确保总指数不下降、没有一期回落。"]
)
def test_what_the_words_leave_open_is_no_error(text: str) -> None:
    assert [f for f in checked(text, period="2024H2").findings if f.severity == "error"] == []


def test_a_dip_long_past_is_told_with_its_period() -> None:
    (finding,) = checked("经济活力指数从未回落。", period="2024H2").findings
    assert "2020年上半年" in finding.message
    assert "2023年下半年" in finding.message
