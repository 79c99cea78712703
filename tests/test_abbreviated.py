"""Names with words left out."""

from __future__ import annotations

import pytest

from narrator.check.abbreviated import Abbreviated, left_out
from tests.twins import assert_found, assert_passes

NAMES = {
    "新认定专精特新企业数": ["A"],
    "每万名常住人口拥有公共体育场地数": ["B"],
    "绿色金融贷款余额占各项贷款余额比重": ["C"],
    "农村生活垃圾分类处理率": ["D"],
    "城镇生活污水集中处理率": ["E"],
    "规模以上服务业企业利润率": ["F"],
    "营商环境社会满意度测评": ["G"],
    "城乡公交覆盖率": ["H"],
}


def found(text: str) -> list[tuple[str, str]]:
    short = Abbreviated(NAMES, NAMES)
    return [(text[start:end], named) for start, end, named in short.find(text, ())]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("专精特新企业数增至212家", ("专精特新企业数", "A")),
        ("全市专精特新企业数为212家", ("专精特新企业数", "A")),
        ("而每万名常住人口体育场地数达到31个", ("每万名常住人口体育场地数", "B")),
        ("其中绿色金融贷款占比提高0.8个百分点", ("绿色金融贷款占比", "C")),
        ("利润率提高0.3个百分点", ("利润率", "F")),
        ("而满意度升至91.2分", ("满意度", "G")),
        ("增长最快的是垃圾分类处理率指数", ("垃圾分类处理率", "D")),
    ],
)
def test_words_may_be_left_out_of_a_name(text: str, said: tuple[str, str]) -> None:
    assert found(text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "生活处理率为95.1%",  # of either
        "专精特新企业招聘会举办12场",  # its last word is another
        "新增专精特新企业数为12家",  # more than the name says
        "企业专精特新数为12家",  # its words in another order
        "全市托育扩面，覆盖率达95.1%",  # may be of anything
        "工业利润率为6.1%",
        "企业数为12家",  # too little
        "绿色建筑占比为62%",
    ],
)
def test_what_may_be_another_thing_is_no_short_name(text: str) -> None:
    assert found(text) == []


def test_what_is_known_by_a_name_of_its_own_is_left_to_it() -> None:
    known = {**NAMES, "专精特新企业数": ["Z"]}
    assert list(Abbreviated(NAMES, known).find("专精特新企业数为12家", ())) == []


def test_what_is_taken_by_another_name_is_not_read_again() -> None:
    text = "垃圾分类处理率为95.1%"
    assert list(Abbreviated(NAMES, NAMES).find(text, [(0, 7)])) == []


@pytest.mark.parametrize(
    ("piece", "whole", "may"),
    [
        ("空气优良率", "空气质量优良率", True),
        ("空优率", "空气质量优良率", False),
        ("空气质量", "空气质量优良率", False),
    ],
)
def test_what_is_left_are_words_of_two_characters_or_more(piece: str, whole: str, may: bool) -> None:
    assert left_out(piece, whole) is may


# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    (
        "生活污水治理覆盖率为70.40%，比上年同期提高2.18个百分点。",
        "生活污水治理覆盖率为70.40%，比上年同期提高1.28个百分点。",
    ),
    (
        "高新企业数、发明专利拥有量和高层次人才引进力度加大，高新企业数达349家。",
        "高新企业数、发明专利拥有量和高层次人才引进力度加大，高新企业数达394家。",
    ),
    (
        "技术合同成交额、数字经济增加值占比两项指数同比分别增长15.04%和10.09%。",
        "技术合同成交额、数字经济增加值占比两项指数同比分别增长10.09%和15.04%。",
    ),
    ("污水治理行政村覆盖率突破70%，为70.40%。", "污水治理行政村覆盖率突破70%，为70.04%。"),
]


@pytest.mark.parametrize(("so", "wrong"), TWINS)
def test_a_number_is_held_against_what_the_short_name_stands_for(so: str, wrong: str) -> None:
    assert_passes(so)
    assert_found(wrong, {"wrong-number", "wrong-subject"})
