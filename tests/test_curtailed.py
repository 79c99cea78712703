"""Indicators said by a piece of their names: without the noun of the amount, in two clauses, without 平均."""

from __future__ import annotations

import pytest

from narrator.check.curtailed import Curtailed
from tests.twins import assert_found, assert_passes

# Of 2024H2 in the fictional index: what is so, and the same with one thing wrong.
TWINS = [
    # by how many heads it is told stands in front of the number, the rest of the name before or behind it
    (
        "刑事警情较上期减少，每万人9.00件，仍多于上年同期的8.32件。",
        "刑事警情较上期减少，每万人9.47件，仍多于上年同期的8.32件。",
    ),
    ("每千名老年人拥有44.8张，同比多1.9张。", "每千名老年人拥有48.4张，同比多1.9张。"),
    ("每千名老人拥有床位44.8张。", "每千名老人拥有床位48.4张。"),
    ("每万人拥有发明专利41.57件。", "每万人拥有发明专利9.00件。"),
    ("年末，高新技术企业349家，同比增加35家。", "年末，高新技术企业349家，同比增加53家。"),
    ("高新技术企业同比增加35家。", "高新技术企业同比减少35家。"),
    ("技术合同成交13.08亿元，同比增长15.04%。", "技术合同成交13.80亿元，同比增长15.04%。"),
    ("技术合同成交总额为13.08亿元。", "技术合同成交总额为10.38亿元。"),
    (
        "乡村旅游持续升温，经营收入达4.38亿元，同比增长6.31%。",
        "乡村旅游持续升温，经营收入达4.83亿元，同比增长6.31%。",
    ),
    (
        "进口货物提速放行，整体通关时间压缩至43.2小时。",
        "进口货物提速放行，整体通关时间压缩至44.2小时。",
    ),
    ("技术合同成交13.08亿元，同比多成交1.71亿元。", "技术合同成交13.08亿元，同比少成交1.71亿元。"),
    # by its last word, where the full name was said before
    (
        "每万人刑事警情数指数同比下降7.56%，城镇调查失业率指数下降6.00%。失业率的上升是重要原因，其贡献率达75.71%。",
        "每万人刑事警情数指数同比下降7.56%，城镇调查失业率指数下降6.00%。失业率的上升是重要原因，其贡献率达123.70%。",
    ),
    (
        "实际利用外资指数同比增长48.78%，进出口总额占GDP比重指数增长3.78%。外资的增长是主因，其贡献率高达66.18%。",
        "实际利用外资指数同比增长48.78%，进出口总额占GDP比重指数增长3.78%。外资的增长是主因，其贡献率高达4.87%。",
    ),
    (
        "实际利用外资指数同比增长48.78%，进出口总额占GDP比重指数增长3.78%。外资对模块指数增长的贡献率达66.18%。",
        "实际利用外资指数同比增长48.78%，进出口总额占GDP比重指数增长3.78%。外资对模块指数增长的贡献率达4.87%。",
    ),
    ("生产性服务业提质扩容，其增加值占GDP比重升至21.78%。", "生产性服务业提质扩容，其增加值占GDP比重升至20.78%。"),
]


@pytest.mark.parametrize("text", [right for right, _ in TWINS])
def test_a_name_cut_short_is_known_by_its_piece(text: str) -> None:
    assert_passes(text)


@pytest.mark.parametrize("text", [wrong for _, wrong in TWINS])
def test_a_figure_that_is_not_its_own_is_found(text: str) -> None:
    assert_found(text, {"wrong-number", "wrong-direction", "wrong-period", "wrong-subject"})


def _pieces(text: str) -> list[str]:
    table = {"上云企业数": ["A"], "网上零售额": ["B"], "网上零售量": ["C"], "某某制造业营业收入利润率": ["D"]}
    units = {"上云企业数": "家", "网上零售额": "亿元", "网上零售量": "亿元", "某某制造业营业收入利润率": "%"}
    return [named for _, _, named in Curtailed(table, units).find(text)]


def test_a_piece_needs_a_figure_behind_it_and_a_beginning_before_it() -> None:
    assert _pieces("全市上云企业120家") == ["A"]
    assert _pieces("培育上云企业120家") == []
    assert _pieces("上云企业步伐放慢") == []


def test_a_piece_of_two_names_is_neither() -> None:
    assert _pieces("网上零售12亿元") == []


def test_the_end_of_a_name_counts_where_its_head_was_said() -> None:
    assert _pieces("某某制造业改善，营业收入利润率升至5%") == ["D"]
    assert _pieces("另一行业改善，营业收入利润率升至5%") == []
    assert _pieces("某某制造业改善。营业收入利润率升至5%") == []


def test_an_amount_by_head_is_of_the_one_that_is_told_so() -> None:
    table = {"每万人刑事警情数": ["A"], "每万人发明专利拥有量": ["B"], "每千人口医师数": ["C"]}
    units = {"每万人刑事警情数": "件", "每万人发明专利拥有量": "件", "每千人口医师数": "人"}

    def meant(text: str) -> list[str]:
        return [named for _, _, named in Curtailed(table, units).find(text)]

    assert meant("刑事警情减少，每万人9件") == ["A"]
    assert meant("刑事警情减少，发明专利增加，每万人40件") == ["B"]
    assert meant("每千人3.2人") == ["C"]
    assert meant("每万人9件") == []
    assert meant("刑事警情减少，每万人9家") == []
    assert meant("每万人新增企业9件") == []
