"""Runs over periods: upwards, below zero, above a bound, in half-years and years."""

from __future__ import annotations

import pytest

from tests.test_rules import checked
from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    (
        "经济活力指数同比上涨5.01%，由连续两期同比下降转为上升。",
        "经济活力指数同比上涨5.01%，由连续三期同比下降转为上升。",
    ),
    ("总指数连升两期，创新驱动指数环比连升两期。", "总指数连升三期。"),
    ("总指数连涨两期。", "民生共享指数连跌两期。"),
    ("总指数连续两期回升。", "总指数连续四期回升。"),
    ("PM2.5平均浓度连续两期改善。", "PM2.5平均浓度连续四期改善。"),
    ("进口货物整体通关时间连续两期缩短。", "进口货物整体通关时间连续四期缩短。"),
    ("规上工业每百元营业收入成本连续五期恶化。", "规上工业每百元营业收入成本连续三期恶化。"),
    ("每万人发明专利拥有量指数连续三年上升。", "开放合作指数连续三年上升。"),
    ("总指数连续三期高于128点。", "总指数连续三期高于130点。"),
    ("民生共享指数同比连续两期负增长。", "民生共享指数同比连续三期负增长。"),
    ("人口自然增长率已连续两期为负。", "人口自然增长率已连续四期为负。"),
    ("近三期，总指数均在128点以上。", "近三期，总指数均在132点以上。"),
    ("经济活力指数同比时隔两期重回正增长。", "经济活力指数同比时隔四期重回正增长。"),
    ("城乡协调指数止住两连降。", "城乡协调指数止住三连降。"),
    ("城乡协调指数连续两期下降后回升。", "城乡协调指数连续四期下降后回升。"),
    ("自2024年上半年起总指数连续两期回升。", "自2023年上半年起总指数连续两期回升。"),
    ("2024年以来，总指数已连续两期高于上年同期。", "总指数连续七期高于上年同期。"),
    ("民生共享指数连续两期低于上年同期。", "民生共享指数连续三期低于上年同期。"),
    ("民生共享指数同比下降1.06%，连续两期下降。", "民生共享指数同比下降1.06%，连续三期下降。"),
    ("开放合作指数连续两期保持一成以上增长。", "开放合作指数连续三期保持一成以上增长。"),
    (
        "经济活力指数同比增长5.01%，结束了此前连续两期的下降势头。",
        "经济活力指数同比增长5.01%，结束了此前连续三期的下降势头。",
    ),
    ("总指数已连续两期高于基期。", "总指数已连续两期低于基期。"),
    ("城乡协调指数环比增长5.22%，此前连续两期下降。", "城乡协调指数环比增长5.22%，此前连续三期下降。"),
    (
        "经济活力指数同比增长5.01%，在此前连续两期同比下降后由降转升。",
        "经济活力指数同比增长5.01%，在此前连续三期同比下降后由降转升。",
    ),
    (
        "人口自然增长率为-0.60‰，自2024年上半年转负后连续两期为负。",
        "人口自然增长率为-0.60‰，自2024年上半年转负后连续三期为负。",
    ),
    ("经济活力、创新驱动两个模块连续两期环比上升。", "经济活力、城乡协调两个模块连续两期环比上升。"),
    ("两个模块环比连续两期上升。", "三个模块环比连续两期上升。"),
    # a bound kept up to the period before, where it is told what came after
    ("经济活力指数在连续两期低于120点之后，重新站上120点。", "经济活力指数在连续三期低于120点之后，重新站上120点。"),
    (
        "经济活力指数为120.31点，打破了连续两期低于120点的局面。",
        "经济活力指数为120.31点，打破了连续三期低于120点的局面。",
    ),
    ("总指数连续两期上扬。", "总指数连续三期上扬。"),
    # of what is better where it is less, the figures themselves
    ("PM2.5平均浓度连续两期下降。", "PM2.5平均浓度连续两期上升。"),
    ("PM2.5平均浓度（逆）指数连续两期上升。", "PM2.5平均浓度（逆）指数连续两期下降。"),
]
RULES = {"wrong-pattern"}


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_run_of_the_right_length_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_a_run_that_the_course_does_not_bear_out_is_found(text: str) -> None:
    assert_found(text, RULES)


def test_a_run_of_rates_is_no_run_of_the_level() -> None:
    """182 to 204 in the year to 2018H2: five rises running, and four rates on the year that there can be by then."""
    told = "高新技术企业数204家，同比上涨12.09%，连续{}期走高。"
    assert not checked(told.format("五"), period="2018H2").findings
    assert [f.actual for f in checked(told.format("四"), period="2018H2").findings] == ["四"]


def test_a_step_of_a_thousandth_is_one_where_figures_are_told_to_it() -> None:
    assert not checked("单位GDP能耗连续三期下降。", period="2023H2").findings  # 0.410, 0.391, 0.389, 0.375
    assert [f.rule for f in checked("单位GDP能耗连续五期下降。", period="2023H2").findings] == ["wrong-pattern"]
