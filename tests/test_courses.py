"""Records, turns, paces: what is said of a path as a whole."""

from __future__ import annotations

import pytest

from narrator.check.run import check
from narrator.facts import Ledger
from narrator.model import Period
from narrator.word.read import read
from tests.index_sample import ledger
from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    # held against the rate of the period that is named: 5.82 % in 2023H1, 0.02 % in 2023H2
    ("总指数同比增速比2023年下半年进一步加快。", "总指数同比增速比2023年上半年进一步加快。"),
    ("总指数为135.64点，为2018年有数据以来的最高水平。", "民生共享指数为121.11点，为2023年以来的半年度最低值。"),
    ("民生共享指数为121.11点，为2023年以来的次低水平。", "民生共享指数为121.11点，为2023年以来的次高值。"),
    ("总指数同比上升5.81%，增幅为2023年下半年以来最高。", "总指数同比上升5.81%，增幅为2021年上半年以来最高。"),
    (
        "总指数同比增长5.81%，为2023年下半年以来最高增速。",
        "总指数同比增长5.81%，为2021年上半年以来最高增速。",
    ),
    (
        "总指数同比增长5.81%，是2023年下半年以来的最快增速。",
        "总指数同比增长5.81%，是2021年上半年以来的最快增速。",
    ),
    (
        "总指数同比增长5.81%，是2023年下半年以来增长最快的一期。",
        "总指数同比增长5.81%，是2021年上半年以来增长最快的一期。",
    ),
    (
        "总指数同比增速连续回升。",
        "总指数同比增速连续回落。",
    ),
    (
        "二是民生降幅收窄，民生共享指数同比下降1.06%。",
        "二是民生降幅扩大，民生共享指数同比下降1.06%。",
    ),
    ("总指数同比涨幅比上半年扩大。", "总指数同比涨幅比上半年收窄。"),
    ("民生共享指数同比降幅收窄。", "民生共享指数同比降幅扩大。"),
    ("创新驱动指数创历史新高。", "开放合作指数创历史新高。"),
    ("总指数创近两年新高。", "开放合作指数创近两年新高。"),
    ("创新驱动指数同比由降转升。", "生态宜居指数同比由降转升。"),
    ("城乡协调指数环比由负转正。", "城乡协调指数环比由正转负。"),
    ("每万人发明专利拥有量持续上升。", "开放合作指数持续上升。"),
    ("创新驱动指数逐期走高。", "开放合作指数逐期走高。"),
    (
        "民生共享指数为近两年次低。",
        "民生共享指数为近两年次高。",
    ),
    (
        "2023年下半年至2024年下半年，总指数逐期走高，依次为128.19点、131.99点和135.64点。",
        "2023年上半年至2024年下半年，总指数逐期走高，依次为131.22点、128.19点、131.99点和135.64点。",
    ),
    (
        "2023年上半年至2024年下半年，总指数先降后升，依次为131.22点、128.19点、131.99点和135.64点。",
        "2023年上半年至2024年下半年，总指数先升后降，依次为131.22点、128.19点、131.99点和135.64点。",
    ),
    (
        "2023年下半年至2024年下半年，开放合作指数先升后降。",
        "2023年下半年至2024年下半年，开放合作指数呈“V”型走势。",
    ),
    (
        "总指数同比增长5.81%，增速较上半年加快5.22个百分点，为2023年下半年以来最高。",
        "总指数同比增长5.81%，增速较上半年加快5.22个百分点，为2022年以来最高。",  # of the level it would be so
    ),
    ("总指数延续平稳增长势头。", "城乡协调指数延续回升态势。"),
    ("民生共享指数同比下降1.06%，延续下降态势。", "开放合作指数环比下降5.04%，延续回落态势。"),
    ("城乡协调指数扭转了此前连续回落的局面。", "生态宜居指数扭转了此前连续回落的局面。"),
    ("PM2.5平均浓度同比改善。", "城镇调查失业率同比改善。"),
    ("总指数同比增速5.81%，为2023年下半年以来最高。", "总指数同比增速5.81%，为2021年上半年以来最高。"),
    ("总指数环比增速2.77%，为2024年以来最低。", "总指数环比增速2.77%，为2023年下半年以来最低。"),
    (
        "总指数环比增速为2.77%，比上半年回落0.20个百分点，为2024年以来最低。",
        "总指数环比增速为2.77%，比上半年回落0.20个百分点，为2024年以来最高。",
    ),
    ("总指数同比增长5.81%，增速为近一年来最快。", "总指数同比增长5.81%，增速为五年来最快。"),
    ("创新驱动指数同比增长10.09%，增速为三年来最高。", "创新驱动指数同比增长10.09%，增速为五年来最高。"),
    # what follows a rate without its noun may be said of either
    ("总指数为135.64点，同比增长5.81%，为2018年以来最高。", "总指数为135.64点，同比增长5.81%，为2018年以来最低。"),
    (
        "2024年上半年、下半年总指数同比增速分别为0.59%和5.81%，下半年为2023年下半年以来最高。",
        "2024年上半年、下半年总指数同比增速分别为0.59%和5.81%，下半年为2021年上半年以来最高。",
    ),
    (
        "民生共享指数同比下降1.06%，较上期2.31%的降幅收窄。",
        "民生共享指数同比下降1.06%，较上期2.31%的降幅扩大。",
    ),
]

# Two modules of one indicator each over eight years: 甲 rises for five and falls for two, 乙 falls once on its way up.
YEARLY = ledger(
    """
       2016 2017 2018 2019 2020 2021 2022 2023
    A1  100  102  105  109  114  115  112  110
    B1  100  103  106  110  108  111  115  120
    """,
    """
    T   总指数    -  1    1  点    2
    A   甲模块    T  0.5  1  点    2
    B   乙模块    T  0.5  1  点    2
    A1  甲指标    A  1    1  万元  1
    B1  乙指标    B  1    1  万元  1
    """,
    frequency="A",
)
OVER_YEARS = [
    ("甲模块指数先升后降，2021年为115.00点。", "甲模块指数先降后升，2021年为115.00点。"),
    ("2016—2023年，甲模块指数先升后降。", "2016—2023年，乙模块指数先降后升。"),
    ("八年间，甲模块指数先升后降。", "七年来，乙模块指数先升后降。"),
    ("2019年以来，乙模块指数先降后升。", "2018年以来，乙模块指数先降后升。"),
    ("近三年甲模块指数先升后降。", "近三年乙模块指数先降后升。"),
    ("2017—2023年，乙模块指数呈震荡上行走势，2023年为120.00点。", "2017—2023年，乙模块指数呈“V”型走势。"),
    ("乙模块指数同比增长4.35%，增速为七年来最快。", "甲模块指数同比下降1.79%，降幅为七年来最大。"),
]
RULES = {"wrong-direction", "wrong-pattern"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_course_that_was_taken_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_one_that_was_not_is_found(text: str) -> None:
    assert_found(text, RULES)


def found_in(text: str, source: Ledger, period: str) -> list[tuple[str, str]]:
    """The findings on a text of another index than the fictional one."""
    return [(f.rule, f.actual) for f in check(read(text.encode(), "句子.md"), source, Period.parse(period)).findings]


@pytest.mark.parametrize("text", [right for right, _ in OVER_YEARS])
def test_a_course_over_years_has_any_number_of_steps_each_way(text: str) -> None:
    assert found_in(text, YEARLY, "2023") == []


@pytest.mark.parametrize("text", [wrong for _, wrong in OVER_YEARS])
def test_no_step_may_go_against_it(text: str) -> None:
    assert [rule for rule, _ in found_in(text, YEARLY, "2023")] == ["wrong-pattern"]


# One module over six quarters; a half of a year is told as of its last quarter.
QUARTERLY = ledger(
    """
       2022Q1 2022Q2 2022Q3 2022Q4 2023Q1 2023Q2
    A1    100    102    105    109    114    115
    """,
    """
    T   总指数    -  1    1  点    2
    A   甲模块    T  1    1  点    2
    A1  甲指标    A  1    1  万元  1
    """,
    frequency="Q",
    base="2022Q1",
)


def test_a_half_of_a_year_ends_with_its_last_quarter() -> None:
    assert found_in("上半年，总指数由去年四季度的109.00点升至115.00点。", QUARTERLY, "2023Q2") == []
    found = found_in("上半年，总指数由去年四季度的109.00点升至114.00点。", QUARTERLY, "2023Q2")
    assert [rule for rule, _ in found] == ["wrong-period"]
