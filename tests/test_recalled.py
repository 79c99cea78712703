"""Counts of what was just named, listed, told or tabled."""

from __future__ import annotations

import pytest

from tests.test_rules import checked
from tests.twins import PERIOD, assert_found, assert_passes

RIGHT = [
    "创新驱动指数同比上升10.09%，贡献率37.43%，两项均高于其他多数模块。",
    "总指数同比上升5.81%，环比上升2.77%，两个数字一大一小。",
    "实际利用外资同比增长48.78%、环比下降21.39%，一涨一跌。",
    "六大模块同比五升一降。",
    "研发、专利和企业三项指标继续走高，总指数为135.64点。",
    "高新技术企业数、技术合同成交额、新引进高层次人才数三项指标同比均上升，总指数为135.64点。",
    "指数由六大模块、37项指标构成。",
    "以下三项指标同比均上升：每万人发明专利拥有量、技术合同成交额、实际利用外资。",
    "存在的主要问题有两个：一是实际利用外资环比下降21.39%；二是民生共享指数同比下降1.06%。",
    "针对上述问题，提出两条建议：一要稳外资；二要惠民生。总指数为135.64点。",
    "六大模块呈现“两快四稳”。快的是创新驱动和开放合作；稳的是经济活力、城乡协调、生态宜居和民生共享。",
    "创新驱动和开放合作是总指数上行的两大支柱，总指数为135.64点。",
    "创新驱动对总指数增长的贡献率为37.43%，低于其余五个模块的总和。",
    "科技、外资、环境三条线齐头并进，总指数为135.64点。",
]
WRONG = [
    "六大模块同比四升两降。",
    "六大模块同比四升一降。",
    "民生支出占比、群众满意度、养老床位数三项指标同比均上升，总指数为135.64点。",
    "指数由六大模块、35项指标构成。",
    "指数由七大模块构成。",
    "以下四项指标同比均上升：每万人发明专利拥有量、技术合同成交额、实际利用外资。",
    "以下两项指标环比均上升：技术合同成交额、实际利用外资。",
    "存在的主要问题有三个：一是实际利用外资环比下降21.39%；二是民生共享指数同比下降1.06%。",
    "提出三条建议：一要稳外资；二要惠民生。总指数为135.64点。",
    "创新驱动模块的七项指标中，技术合同成交额增速最快。",
    "创新驱动对总指数增长的贡献率为37.43%，超过其余五个模块的总和。",
    "创新驱动对总指数增长的贡献率为37.43%，低于其余四个模块的总和。",
    "六大模块呈现“三快四稳”。快的是创新驱动和开放合作；稳的是经济活力、城乡协调、生态宜居和民生共享。",
    "六大模块呈现“三升三降”。升的是创新驱动和开放合作、经济活力；降的是城乡协调、生态宜居和民生共享。",
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_count_of_what_stands_before_it_passes(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", WRONG)
def test_a_count_of_what_stands_before_it_that_is_not_so_is_found(text: str) -> None:
    assert_found(text, {"wrong-count", "wrong-pattern"})


TABLE = """表1　生态宜居模块部分指标

| 指标 | 2024年下半年 | 2023年下半年 |
| --- | --- | --- |
| PM2.5平均浓度 | 28.5 | 29.6 |
| 人均公园绿地面积 | 15.0 | 14.7 |

"""


def test_a_pattern_below_a_table_is_of_its_rows() -> None:
    assert_passes(f"{TABLE}由表1可见，两项指标一降一升。")
    assert_found(f"{TABLE}由表1可见，两项指标两降。总指数为135.64点，两项指标一平一降。", {"wrong-count"})


def test_a_pattern_of_no_named_set_is_not_called_wrong() -> None:
    rules = [f.rule for f in checked("空气类的两项指标一降一升。", period=PERIOD).findings]
    assert set(rules) == {"unsupported-number"}


BELOW = """

| 指标 | 同比（%） |
|---|---:|
| 技术合同成交额 | 15.04 |
| 实际利用外资 | 48.78 |
| 每万人发明专利拥有量 | 10.68 |
"""


@pytest.mark.parametrize(
    "text",
    [
        "下表列出三项指标的同比变动。",
        "部分指标见下表，三项指标同比均增长。",
        "下表为部分指标，除实际利用外资外，其余两项均好于上年。",
        "下表为部分指标，两个模块环比增速超过5%。",
    ],
)
def test_a_count_of_the_rows_below_it_passes(text: str) -> None:
    assert_passes(text + BELOW)


@pytest.mark.parametrize(
    "text",
    [
        "下表列出四项指标的同比变动。",
        "部分指标见下表，三项指标环比均增长。",
        "下表为部分指标，除实际利用外资外，其余三项均好于上年。",
    ],
)
def test_a_count_of_the_rows_below_it_that_is_not_so_is_found(text: str) -> None:
    assert_found(text + BELOW, {"wrong-count", "wrong-pattern"})


SOME = """表6 部分模块同比

| 模块 | 同比（%） |
|---|---|
| 经济活力 | 5.01 |
| 城乡协调 | 3.33 |
| 生态宜居 | 2.23 |

"""


def test_under_a_table_of_some_parts_what_is_said_of_as_many_is_of_its_rows() -> None:
    assert_passes(SOME + "由表6可见，三个模块同比均上升，其中经济活力涨幅最大。")
    assert_found(SOME + "由表6可见，三个模块同比均上升，其中城乡协调涨幅最大。", {"wrong-rank"})
    assert_found(SOME + "由表6可见，三个模块同比均下降。", {"wrong-count", "wrong-pattern"})
    assert_found(SOME + "六大模块中，经济活力涨幅最大。", {"wrong-rank"})


def test_a_caption_and_the_words_under_a_table_count_its_rows() -> None:
    assert_passes(SOME.replace("部分模块", "三个模块") + "由表6可见，三个模块中经济活力增长最快，生态宜居增长最慢。")
    assert_found(SOME + "由表6可见，三个模块中城乡协调增长最快。", {"wrong-rank"})


def test_what_is_the_least_by_both_measures_is_so_by_each() -> None:
    words = "生态宜居模块中，新建绿色建筑占比的指数水平和同比增幅均为最高，"
    right = checked(f"{words}空气质量优良天数比率的两项数据则均为最低。")
    assert [f.message for f in right.findings] == []
    wrong = checked(f"{words}人均公园绿地面积的两项数据则均为最低。")
    assert [(f.rule, f.actual) for f in wrong.findings] == [("wrong-rank", "两")]


def test_a_label_by_how_things_went_counts_no_rises_and_falls() -> None:
    assert {f.severity for f in checked("六大模块三快三稳。", period=PERIOD).findings} == {"warning"}
    assert [f.rule for f in checked("六大模块四增两稳。", period=PERIOD).findings] == ["wrong-count"]
