"""Limits that the text names: standards and targets beside a figure, 降到…以下, the days of a year and a part of them."""

from __future__ import annotations

from functools import cache

import pytest

from narrator.check.result import CheckResult
from narrator.check.run import check
from narrator.facts import Ledger
from narrator.model import Period
from narrator.word.read import read
from tests.index_sample import ledger
from tests.twins import assert_found, assert_passes

_TREE = """
T   宜居总指数    -  1    1   点        2
A   空气质量      T  0.5  1   点        2
B   城市服务      T  0.5  1   点        2
A1  细颗粒物浓度  A  0.5  -1  微克/立方米  1
A2  蓝天天数      A  0.5  1   天        0
B1  服务满意率    B  0.4  1   %        2
B2  图书馆到馆人次 B 0.3  1   万人次      1
B3  每户用水量    B  0.3  -1  立方米     1
"""
_VALUES = """
    2019   2020   2021   2022
A1  52.0   47.5   41.2   38.6
A2  240    251    266    281
B1  81.10  82.40  80.90  84.25
B2  52.0   44.1   39.8   47.3
B3  30.0   27.5   24.0   19.5
"""


@cache
def _ledger() -> Ledger:
    return ledger(_VALUES, _TREE, frequency="A", base="2019")


def _checked(text: str) -> CheckResult:
    return check(read(text.encode(), "x.md"), _ledger(), Period.parse("2022"))


# What is so, and what is not.
TWINS = [
    ("细颗粒物浓度降到40微克/立方米以下，为38.6微克/立方米。", "细颗粒物浓度降到35微克/立方米以下。"),
    ("细颗粒物浓度首次降至40微克/立方米以下。", "细颗粒物浓度首次降至45微克/立方米以下。"),
    ("蓝天天数增加到280天以上。", "蓝天天数增加到290天以上。"),
    ("细颗粒物浓度为38.6微克/立方米，优于国家三级标准（45微克/立方米）。", "细颗粒物浓度为38.6微克/立方米，优于国家三级标准（35微克/立方米）。"),
    ("细颗粒物浓度38.6微克/立方米，低于40微克/立方米的年度目标。", "细颗粒物浓度38.6微克/立方米，高于40微克/立方米的年度目标。"),
    ("细颗粒物浓度为38.6微克/立方米，优于39微克/立方米的目标。", "细颗粒物浓度为38.6微克/立方米，劣于39微克/立方米的目标。"),
    ("服务满意率84.25%，超过84%的预期目标。", "每户用水量19.5立方米，优于19立方米的控制目标。"),
    ("蓝天天数281天，超过280天的预期目标。", "蓝天天数281天，超过290天的预期目标。"),
    ("蓝天天数281天，未完成290天的年度目标。", "蓝天天数281天，未完成280天的年度目标。"),
    ("服务满意率84.25%，达到80%的考核要求。", "服务满意率84.25%，达到90%的考核要求。"),
    ("蓝天天数占全年的近八成（281天/365天）。", "蓝天天数占全年的八成多（281天/365天）。"),
    ("蓝天天数281天，占全年365天的77.0%。", "蓝天天数281天，占全年365天的70.7%。"),
    ("图书馆到馆人次突破45万，为47.3万人次。", "图书馆到馆人次突破50万，为47.3万人次。"),
    # parts of an earlier figure
    ("每户用水量19.5立方米，较基期节约三分之一以上。", "每户用水量19.5立方米，较基期节约一半以上。"),
    ("细颗粒物浓度不到基期的七成半。", "细颗粒物浓度不到基期的六成五。"),
    ("图书馆到馆人次不足基期的九成五。", "图书馆到馆人次超过基期的九成五。"),
    ("图书馆到馆人次47.3万人次，恢复到2019年的90%以上。", "图书馆到馆人次47.3万人次，恢复到2019年的95%以上。"),
    ("图书馆到馆人次占2019年52.0万人次的比例为九成一。", "图书馆到馆人次占2019年52.0万人次的比例为八成一。"),
    ("图书馆到馆人次占2019年52.0万人次的比例为九成一。", "图书馆到馆人次占2019年50.2万人次的比例为九成一。"),
]  # fmt: skip


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_limit_that_is_kept_passes(text: str) -> None:
    result = _checked(text)
    assert [(f.rule, f.actual, f.message) for f in result.findings] == []
    assert [v.name for v in result.verdicts if v.name == "verified"]


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_one_that_is_not_kept_is_found(text: str) -> None:
    assert {f.rule for f in _checked(text).findings} & {
        "wrong-hedge",
        "wrong-number",
        "wrong-pattern",
        "wrong-direction",
    }


@pytest.mark.parametrize(
    "text", ["国家三级标准为35微克/立方米。", "下一年度的目标值为290天，高于今年。", "服务满意率84.25%，高于75%的目标值9.50个百分点。"]
)  # fmt: skip
def test_what_the_data_do_not_know_is_no_error(text: str) -> None:
    assert not [f for f in _checked(text).findings if f.severity == "error"]


def test_the_same_period_is_that_just_compared_with() -> None:
    assert_passes(
        "税收收入占一般公共预算收入比重为83.79%。实际利用外资3.05亿美元，仍低于2024年上半年的3.88亿美元，不及同期的八成。"
    )
    assert_found(
        "实际利用外资3.05亿美元，仍低于2024年上半年的3.88亿美元，不及同期的七成。", {"wrong-number", "wrong-hedge"}
    )
