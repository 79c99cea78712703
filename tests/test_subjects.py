"""Names in a text: aliases, blanks, 规上 for 规模以上, short forms, other things under similar words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from narrator import dataset
from narrator.check.result import CheckResult
from narrator.check.run import check
from narrator.check.subjects import Names, Subject, industries, variants
from narrator.facts import Ledger
from narrator.model import Period
from narrator.word.read import read
from tests import index_sample
from tests.twins import assert_found, assert_passes

DATA = Path(__file__).parent.parent / "data"


@cache
def names(index: str = "demo") -> Names:
    return Names(Ledger(dataset.load(DATA / index)))


def keys(text: str, index: str = "demo") -> list[list[str]]:
    return [[s.key for s in name.subjects] for name in names(index).find(text) if name.subjects]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("创新驱动指数为182.01点", "QD"),
        ("总指数同比增长", "ZS"),
        ("云澜总指数同比增长", "ZS"),
        ("研发经费占 GDP 的比重为", "QD01"),
        ("研发经费占比为", "QD01"),
        ("规模以上工业企业营业收入利润率为", "JJ04"),
        ("每千人口执业医师数为", "GX03"),
        ("PM2.5浓度为26.8微克/立方米", "ST02"),
        ("城镇调查失业率（逆）指数回落", "GX01"),
    ],
)
def test_a_node_is_found_in_the_ways_people_write_it(text: str, code: str) -> None:
    assert keys(text)[0] == [code]


def test_the_longest_name_wins() -> None:
    assert keys("进出口总额占GDP比重为31.83%") == [["HZ01"]]
    assert keys("进出口总额为129.05亿元") == [["进出口总额"]]


@pytest.mark.parametrize(("text", "aspect"), [("城乡居民收入比为1.75", ""), ("城乡居民收入比指数为113.14点", "index")])
def test_the_word_index_behind_a_name_says_which_side_is_meant(text: str, aspect: str) -> None:
    assert names().find(text)[0].subjects[0].aspect == aspect


def test_one_word_for_town_and_country_stands_for_both_in_order() -> None:
    both = ["城镇居民人均可支配收入", "农村居民人均可支配收入"]
    assert keys("城乡居民人均可支配收入分别为42217元和24124元") == [both]
    assert keys("城镇、农村居民人均可支配收入分别为42217元和24124元") == [both]


def test_the_other_side_of_town_and_country_may_be_said_without_its_noun() -> None:
    each = [["农村居民人均可支配收入"], ["城镇居民人均可支配收入"]]
    assert keys("农村居民人均可支配收入增速（7.7%）快于城镇（4.7%）3.0个百分点") == each
    assert keys("农村居民人均可支配收入增长7.7%，城镇增长4.7%") == each


@pytest.mark.parametrize("text", ["海洋地区生产总值达到", "人均GDP为9万元"])
def test_a_qualified_name_is_another_thing(text: str) -> None:
    assert keys(text) == []


def test_a_region_before_a_name_does_not_qualify_it() -> None:
    assert keys("云澜区实现地区生产总值405.42亿元") == [["地区生产总值"]]


def test_a_short_form_that_the_text_introduces_is_known_from_then_on() -> None:
    own = Names(names().ledger)
    assert [n for n in own.find("盈利率为8.08%") if n.subjects] == []
    own.introduce("规上工业企业营业收入利润率（以下简称“盈利率”）有所提高。")
    assert [s.key for s in own.find("盈利率为8.08%")[0].subjects] == ["JJ04"]


def test_places_are_those_of_the_text_with_its_blanks() -> None:
    text = "上半年研发经费占 GDP 的比重为3.10%"
    name = names().find(text)[0]
    assert text[name.start : name.end] == "研发经费占 GDP 的比重"


def test_variants_never_lose_the_name_itself() -> None:
    assert "民间投资占固定资产投资比重" in variants("民间投资占固定资产投资比重")
    assert "民间投资占比" in variants("民间投资占固定资产投资比重")


@pytest.mark.parametrize(
    ("said", "orders"),
    [
        ("三次产业增加值", "一二三"),
        ("一、二、三产业增加值", "一二三"),
        ("第一、第二和第三产业增加值", "一二三"),
        ("第二、三产业增加值", "二三"),
    ],
)
def test_the_three_industries_share_one_noun(said: str, orders: str) -> None:
    table = {f"第{order}产业增加值": [Subject(reference=f"第{order}产业增加值")] for order in "一二三"}
    assert [subject.reference[1] for subject in industries(table)[said]] == list(orders)


def test_an_industry_is_found_by_its_short_name() -> None:
    assert "二产增加值" in variants("第二产业增加值")


def test_the_other_half_of_a_pair_is_named_by_its_side_alone() -> None:
    text = "农村居民人均可支配收入增长6.9%，城镇增长5.1%，快于城镇1.8个百分点。"
    assert keys(text) == [["农村居民人均可支配收入"], ["城镇居民人均可支配收入"]]
    assert keys("城镇增长5.1%") == []


def test_an_amount_is_named_without_the_noun_of_its_unit_where_its_unit_follows() -> None:
    known = names("demo")
    known._table["航班起降架次"] = (Subject(reference="航班起降架次", name="航班起降架次"),)
    known._compile()
    try:
        assert keys("航班起降10316架次，增长1.9%") == [["航班起降架次"]]
        assert keys("航班起降10316万元") == []
    finally:
        del known._table["航班起降架次"]
        known._compile()


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("进出口总额290.15亿元，其中出口212.36亿元", "出口总额"),
        ("进出口总额290.15亿元，增长5%，出口增长7%", "出口总额"),  # it is in the fuller name
        ("第二产业增加值增长7.4%；第三产业330.35亿元", "第三产业增加值"),
        ("进出口总额增长5%，出口总额增长7%，快于进出口2个百分点", "进出口总额"),
    ],
)
def test_a_name_may_leave_its_tail_to_a_fuller_one_before_it(text: str, last: str) -> None:
    assert tails(text)[-1] == last


@pytest.mark.parametrize(
    "text",
    [
        "出口212.36亿元",  # nothing before it
        "进出口总额290.15亿元。出口212.36亿元",
        "进出口总额290.15亿元，其中出口退税12.36亿元",
        "进出口总额290.15亿元，口岸增长5%",
    ],
)
def test_a_piece_of_a_name_is_none_by_itself(text: str) -> None:
    assert tails(text) in ([], ["进出口总额"])


def tails(text: str) -> list[str]:
    """What is named where the registered names are four of two tails."""
    known = names("demo")
    more = ("进出口总额", "出口总额", "第二产业增加值", "第三产业增加值")
    before = dict(known._table)
    known._table |= {name: (Subject(reference=name, name=name),) for name in more}
    known._compile()
    try:
        return [name.subjects[0].key for name in known.find(text) if name.subjects]
    finally:
        known._table = before
        known._compile()


GROWTH_TREE = """
T   总指数            -  1    1   点   2
A   甲模块            T  1    1   点   2
A1  规上服务业营业收入增速  A  0.5  1   %    1
A2  甲二指标          A  0.5  1   %    1
"""
GROWTH = """
    2016  2018H1 2018H2 2019H1
A1  6.0   6.4    7.0    7.5
A2  4.0   4.2    4.4    4.6
"""


def of_growth(text: str) -> CheckResult:
    """On an index that holds a rate of growth: 2019H1 is 7.5 %, after 6.4 a year and 7.0 half a year before."""
    return check(read(text.encode(), "x.md"), index_sample.ledger(GROWTH, GROWTH_TREE), Period.parse("2019H1"))


@pytest.mark.parametrize(
    "text",
    [
        "规上服务业营业收入同比增长7.5%，比上年同期加快1.1个百分点，比上年下半年提高0.5个百分点。",
        "上半年，规模以上服务业营业收入增长7.5%，增速高于上年同期1.1个百分点。",
        "规上服务业营业收入增长7.5%，对甲模块指数增长的贡献率为64.71%。",
    ],
)
def test_an_indicator_that_is_a_growth_is_named_by_what_grows(text: str) -> None:
    result = of_growth(text)
    assert [(f.rule, f.message) for f in result.findings] == []
    assert [v.fact for v in result.verdicts if v.name == "verified"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("规上服务业营业收入同比增长7.0%。", "wrong-period"),
        ("规上服务业营业收入同比下降7.5%。", "wrong-direction"),
        ("规上服务业营业收入同比增长17.2%。", "wrong-basis"),  # 7.5 against 6.4: the growth of the growth
        ("规上服务业营业收入增长7.5%，比上年同期加快1.1%。", "wrong-unit"),
        ("规上服务业营业收入增长7.5%，比上年同期回落1.1个百分点。", "wrong-direction"),
    ],
)
def test_a_growth_under_the_name_of_what_grows_is_held_against_its_level(text: str, rule: str) -> None:
    assert rule in {f.rule for f in of_growth(text).findings}


@pytest.mark.parametrize("text", ["规上服务业营业收入利润率上升7.5%。", "科技类规上服务业营业收入增长7.4%。"])
def test_what_only_begins_or_ends_like_a_growth_is_another_thing(text: str) -> None:
    assert {f.rule for f in of_growth(text).findings} <= {"unsupported-number"}


def test_an_amount_is_named_without_its_noun_where_its_index_is_told() -> None:
    assert_passes("群众满意度为86.64分。刑事警情指数下降7.56%，高新技术企业指数上升11.15%。")
    assert_found("群众满意度为86.64分。刑事警情指数下降3.16%。", {"wrong-number", "wrong-subject"})
