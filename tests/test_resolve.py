"""What a number is about, by the words alone: subject, measure, period, basis, lists, what was left out."""

from __future__ import annotations

import re

import pytest

from narrator.check.respective import counted
from narrator.numerals import printed_number
from narrator.numerals.reading import scan
from tests.rule_sample import ledger as ledger_of
from tests.test_rules import checked


def facts(text: str, period: str = "2025H1", name: str = "demo") -> list[tuple[str, str, str]]:
    """Each data number with its verdict and fact."""
    kinds = ("quantity", "rank")
    result = checked(text, name, period)
    return [(v.mention.text, v.name, v.fact) for v in result.verdicts if v.mention.kind in kinds]


def test_a_subject_is_carried_through_its_sentence_and_beyond() -> None:
    text = "创新驱动指数为182.01点，同比增长15.92%。对总指数上行的贡献率达54.94%。"
    assert [fact for _, _, fact in facts(text)] == ["QD.index@2025H1", "QD.yoy@2025H1", "QD.share@2025H1"]


def test_what_is_compared_with_is_no_subject() -> None:
    text = "民生共享指数走势与总指数相似，收报于126.52点。"
    assert facts(text) == [("126.52", "verified", "GX.index@2025H1")]


def test_the_parent_of_a_pull_is_no_subject() -> None:
    text = "实际利用外资同比下降29.90%。受此影响，开放合作模块指数被下拉9.18个百分点。"
    assert [fact for _, _, fact in facts(text)] == ["HZ02.yoy@2025H1", "HZ02.pull@2025H1"]


def test_respectively_pairs_names_and_numbers_in_order() -> None:
    text = "经济活力指数和民生共享指数分别为124.20点和126.52点。"
    assert [fact for _, _, fact in facts(text)] == ["JJ.index@2025H1", "GX.index@2025H1"]


def test_respectively_pairs_what_stood_before_with_numbers_of_its_own() -> None:
    text = "上半年，社会消费品零售总额156.61亿元、进出口总额129.05亿元，分别增长5.4%和8.1%。"
    assert [verdict for _, verdict, _ in facts(text)] == ["verified"] * 4


def test_the_former_and_the_latter() -> None:
    text = "创新驱动指数和开放合作指数走势不一，前者同比增长15.92%，后者同比下降6.55%。"
    assert [fact for _, _, fact in facts(text)] == ["QD.yoy@2025H1", "HZ.yoy@2025H1"]


@pytest.mark.parametrize(
    ("words", "period"),
    [("2024年上半年", "2024H1"), ("去年上半年", "2024H1"), ("上年同期", "2024H1"), ("上期", "2024H2")],
)
def test_a_period_is_read_against_the_reports(words: str, period: str) -> None:
    value = {"2024H1": "131.99", "2024H2": "135.64"}[period]
    assert facts(f"{words}总指数为{value}点。") == [(value, "verified", f"ZS.index@{period}")]


def test_a_period_within_a_clause_that_ends_in_after_holds_no_longer() -> None:
    text = "总指数在2024年下半年升至135.64点后继续上行，达140.18点。"
    assert [fact for _, _, fact in facts(text)] == ["ZS.index@2024H2", "ZS.index@2025H1"]


def test_from_and_to_are_two_periods() -> None:
    text = "总指数由2024年上半年的131.99点升至140.18点，提高8.19点。"
    assert [verdict for _, verdict, _ in facts(text)] == ["verified"] * 3


def test_the_level_compared_with_is_that_periods() -> None:
    text = "总指数为140.18点，较去年下半年的135.64点提高4.54点，环比增长3.35%。"
    assert [fact for _, _, fact in facts(text)][1] == "ZS.index@2024H2"
    assert [verdict for _, verdict, _ in facts(text)] == ["verified"] * 4


def test_a_rate_of_a_rate_is_neither() -> None:
    text = "总指数同比增长6.20%，涨幅比上期扩大0.39个百分点。"
    assert [verdict for _, verdict, _ in facts(text)] == ["verified"] * 2


def test_a_sum_is_of_what_was_just_listed() -> None:
    text = "创新驱动、经济活力和民生共享模块贡献率分别为54.94%、17.57%和15.83%，合计为88.34%。"
    assert [verdict for _, verdict, _ in facts(text)] == ["verified"] * 4


def test_the_subject_may_stand_behind_the_number() -> None:
    assert facts("91.53分，是本期群众满意度测评得分。")[0][1] == "verified"


def test_a_heading_lends_its_subject_to_a_paragraph_without_one() -> None:
    assert facts("## 创新驱动指数再攀新高\n\n上半年，指数值为182.01点。") == [("182.01", "verified", "QD.index@2025H1")]


def test_an_unknown_subject_takes_no_number_from_the_known_one_before() -> None:
    text = "经济活力指数为124.20点。专项审计共抽查凭证124本。"
    assert [v.name for v in checked(text).verdicts if v.mention.text == "124"] == ["unsupported"]


def test_a_table_is_read_by_its_headers() -> None:
    table = "表1 各模块指数\n\n| 指数名称 | 2024年上半年 | 2025年上半年 | 同比（%） |\n|---|---|---|---|\n"
    right = facts(table + "| 经济活力 | 117.01 | 124.20 | 6.15 |\n")
    assert [fact for _, _, fact in right] == ["JJ.index@2024H1", "JJ.index@2025H1", "JJ.yoy@2025H1"]
    crossed = checked(table + "| 经济活力 | 124.20 | 117.01 | 6.15 |\n")
    assert [f.rule for f in crossed.findings] == ["wrong-period", "wrong-period"]


def test_numbers_of_a_note_count_only_for_what_the_note_says() -> None:
    assert facts("工作专班上门会诊企业412家。") == []  # a count, judged below
    right = checked("工作专班上门会诊企业412家。")
    assert [v.name for v in right.verdicts] == ["verified"]
    wrong = checked("全区新增停车场412家。")
    assert [v.name for v in wrong.verdicts] == ["unsupported"]


# Constructions of prose, each with a sentence that is right and its twin with one figure, period or direction wrong.
# The figures are those of the demo's own tables.
def _value(fact: str) -> str:
    ledger = ledger_of("demo")
    found = ledger[fact]
    return printed_number(abs(found.value), found.decimals)


CONSTRUCTIONS = [
    # lists of periods
    ("2023年下半年、2024年上半年，总指数分别为{ZS.index@2023H2}点和{ZS.index@2024H1}点。", "{ZS.index@2023H2}点和", "{ZS.index@2024H2}点和"),
    ("2024年，总指数上、下半年分别为{ZS.index@2024H1}点和{ZS.index@2024H2}点。", "{ZS.index@2024H2}点。", "{ZS.index@2025H1}点。"),
    ("总指数同比、环比均实现增长，涨幅分别为{ZS.yoy@2025H1}%和{ZS.pop@2025H1}%。", "为{ZS.yoy@2025H1}%", "为{ZS.yoy@2024H2}%"),
    # changes without a verb
    ("经济活力指数（{JJ.index@2025H1}点，同比+{JJ.yoy@2025H1}%）保持增长。", "+{JJ.yoy@2025H1}", "-{JJ.yoy@2025H1}"),
    ("经济活力：{JJ.index@2025H1}点，↑{JJ.yoy@2025H1}%。", "↑", "↓"),
    # a level in brackets behind the period that it is of
    ("总指数为{ZS.index@2025H1}点，比上年同期（{ZS.index@2024H1}点）上升{ZS.yoy@2025H1}%。", "（{ZS.index@2024H1}点）", "（{ZS.index@2024H2}点）"),
    # weights, points that a part gives
    ("创新驱动模块权重为{QD.weight}%。", "{QD.weight}%", "21%"),
    # one thing against another
    ("创新驱动指数比经济活力指数高{QD.index-JJ.index}点。", "高", "低"),
    ("创新驱动指数同比增速快于经济活力指数{QD.yoy-JJ.yoy}个百分点。", "个百分点", "%"),
    ("创新驱动指数是经济活力指数的{QD.index/JJ.index}倍。", "{QD.index/JJ.index}倍", "1.74倍"),
]  # fmt: skip


def _figured(text: str) -> str:
    """The sentence with the demo's own figures in its braces, computed here and not by the check."""
    ledger = ledger_of("demo")

    def one(m: re.Match[str]) -> str:
        said = m[1]
        if said.endswith(".weight"):
            return printed_number(ledger.dataset.nodes[said.split(".")[0]].weight * 100, 0)
        for sign in ("-", "/"):
            if sign in said:
                a, b = (ledger[f"{side}@2025H1"].value for side in said.split(sign))
                return printed_number(a - b if sign == "-" else a / b, 2)
        return _value(said)

    return re.sub(r"\{([^{}]+)\}", one, text)


@pytest.mark.parametrize(("sentence", "part", "instead"), CONSTRUCTIONS)
def test_a_construction_is_verified_when_right_and_caught_when_wrong(sentence: str, part: str, instead: str) -> None:
    right = _figured(sentence)
    assert [f.message for f in checked(right).findings] == []
    assert all(v.name in ("verified", "exempt") for v in checked(right).verdicts)
    wrong = right.replace(_figured(part), _figured(instead), 1)
    assert wrong != right
    assert [f.severity for f in checked(wrong).findings].count("error") >= 1


@pytest.mark.parametrize(
    "words", ["{}和{}为{}点和{}点。", "{}、{}为{}和{}。", "{}与{}分别为{}和{}点。", "{}和{}达到{}、{}点。"]
)
def test_as_many_numbers_as_names_belong_to_them_in_order_even_where_nobody_says_so(words: str) -> None:
    names, numbers = ("创新驱动指数", "经济活力指数"), ("182.01", "124.20")
    assert [v for _, v, _ in facts(words.format(*names, *numbers))] == ["verified"] * 2
    assert [v for _, v, _ in facts(words.format(*names, *reversed(numbers)))] == ["wrong"] * 2


@pytest.mark.parametrize(
    "words",
    [
        "与经济活力指数相比，创新驱动指数高{}点。", "创新驱动指数与经济活力指数相比，高出{}点。", "创新驱动指数比经济活力指数高{}点。",
    ],
)  # fmt: skip
def test_what_something_is_set_against_holds_over_a_comma(words: str) -> None:
    # 182.0054 − 124.2027 = 57.8027; the printed 182.01 − 124.20 make 57.81.
    assert [v for _, v, _ in facts(words.format("57.80"))] == ["verified"]
    assert [v.rule for v in checked(words.format("57.81"), "demo", "2025H1").verdicts] == ["from-rounded"]
    assert [v for _, v, _ in facts(words.format("58.70"))] == ["wrong"]


@pytest.mark.parametrize(
    ("right", "said", "mistaken"),
    [
        ("民生共享指数为126.52点，距130点大关仅差3.48点。", "3.48", "4.84"),
        ("创新驱动指数同比增长15.92%，扭转了上年同期下降0.64%的局面。", "0.64", "0.46"),
        ("单位GDP能耗0.366吨标准煤/万元，同比下降4.94%，降幅比上年同期扩大3.91个百分点。", "3.91", "4.91"),
        ("创新驱动和民生共享指数同比增速分别为15.92%和6.84%，高于总指数9.71个和0.64个百分点。", "0.64", "0.46"),
        ("2016—2025年，总指数由100点升至140.18点。", "100", "110"),
        ("PM2.5平均浓度26.8微克/立方米，同比下降7.59%，是生态宜居指数同比增长5.61%的首要因素。", "7.59", "7.95"),
        (
            "总指数自2023年下半年的128.19点连续三期走高，131.99点、135.64点、140.18点，一期好于一期。",
            "135.64",
            "135.46",
        ),
        ("创新驱动指数同比增长15.92%，这一增速是总指数增速的2.57倍。", "2.57", "3.57"),
        ("得益于民生共享指数6.84%的较快增长，总指数升至140.18点。", "6.84", "6.48"),
        ("创新驱动指数（15.92%）增速快于民生共享指数（6.84%）9.08个百分点。", "6.84", "8.64"),
        (
            "PM2.5平均浓度26.8微克/立方米，是生态宜居指数增长的首要因素，贡献率为32.75%。",
            "32.75",
            "39.75",
        ),
    ],
)
def test_a_construction_is_read_where_it_is_right_and_where_a_figure_in_it_is_not(
    right: str, said: str, mistaken: str
) -> None:
    assert not checked(right, "demo", "2025H1").findings
    errors = [f for f in checked(right.replace(said, mistaken), "demo", "2025H1").findings if f.severity == "error"]
    assert mistaken in [f.actual for f in errors]


@pytest.mark.parametrize(
    "text", ["民生共享指数为126.52点，与130点仅一步之遥。", "距200点还有不小差距，民生共享指数为126.52点。"]
)
def test_a_mark_that_is_not_reached_is_no_figure_of_what_comes_close_to_it(text: str) -> None:
    assert all(f.severity != "error" for f in checked(text, "demo", "2025H1").findings)


def test_a_scale_behind_a_number_takes_its_noun_from_the_words_in_front() -> None:
    (token,) = [t for t in scan("购物人次21.7万") if t.kind == "quantity"]
    assert counted(token, "离岛免税购物人次").unit == "万人次"
    assert counted(token, "营业收入").unit == token.unit


@pytest.mark.parametrize(
    "words", ["加快5.22个百分点，达到{}%。", "加快5.22个百分点至{}%。", "加快5.22个百分点，为{}%。"]
)
def test_a_rate_that_moved_is_told_as_it_is_now(words: str) -> None:
    """Growth on the year: 0.59 % in the first half of 2024, 5.81 % in the second."""
    text = "总指数同比增速比上半年" + words
    assert facts(text.format("5.81"), "2024H2")[-1] == ("5.81", "verified", "ZS.yoy@2024H2")
    assert facts(text.format("8.51"), "2024H2")[-1][1] == "wrong"


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("创新驱动对总指数的贡献率为37.43%，超过三分之一；开放合作为{}%。", "35.48", "14.40"),
        ("创新驱动指数环比增长7.65%；城乡协调为{}%。", "5.22", "3.33"),
        ("创新驱动环比涨幅最大，为7.65%；城乡协调次之，为{}%。", "5.22", "3.33"),
    ],
)
def test_a_bare_rate_behind_a_semicolon_is_what_the_member_before_it_was(text: str, right: str, wrong: str) -> None:
    assert facts(text.format(right), "2024H2")[-1][:2] == (right, "verified")
    assert facts(text.format(wrong), "2024H2")[-1][:2] == (wrong, "wrong")


@pytest.mark.parametrize(
    "words",
    [
        "研发经费占GDP比重连续五期提高，由2022年下半年的3.27%提高到3.67%，累计提高{}个百分点。",
        "研发经费占GDP比重由2022年下半年的3.27%提高到3.67%，累计提高{}个百分点。",
    ],
)
def test_from_where_it_is_said_to_have_come_a_total_change_is_counted_whatever_run_was_told_before(words: str) -> None:
    assert facts(words.format("0.40"), "2024H2")[-1][1] == "verified"
    assert facts(words.format("0.53"), "2024H2")[-1][1] == "wrong"  # over the five periods: 3.67 - 3.14


def test_behind_a_run_alone_a_total_change_is_counted_over_it() -> None:
    text = "研发经费占GDP比重连续五期提高，累计提高{}个百分点。"
    assert facts(text.format("0.53"), "2024H2")[-1][1] == "verified"
    assert facts(text.format("0.40"), "2024H2")[-1][1] == "wrong"
