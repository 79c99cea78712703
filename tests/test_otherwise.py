"""Numbers that other words of their sentence name: pointed out, and not called wrong."""

from __future__ import annotations

from functools import cache

import pytest

import narrator
from narrator.check import otherwise
from narrator.check.figures import Figures, Option
from narrator.check.judge import Judge
from narrator.check.reading import Judgement, Reading, Role
from narrator.check.sources import Sources
from narrator.check.subjects import Subject
from narrator.model import Period
from narrator.numerals.reading import scan
from tests.test_rules import DATA

REPORT = Period.parse("2025H1")


@cache
def judge() -> Judge:
    ledger = narrator.load(DATA / "demo")
    return Judge(Figures(ledger), Sources(ledger, REPORT), REPORT)


def doubted(
    text: str, shown: str, rule: str, option: Option, related: str = "", *, role: Role = "level",
    told: tuple[Option, ...] = (), expected: str = "another figure",
) -> bool:  # fmt: skip
    """Whether doubt takes the place of a `wrong` on the number `shown`, taken for `option` where it is `related`."""
    token = next(t for t in scan(text) if t.text == shown)
    clause = max(text.rfind(mark, 0, token.start) for mark in "，。；（") + 1
    reading = Reading(
        token, "", (Subject(code=option.node),), bound="carried", role=role, lead=text[clause : token.phrase_start],
        periods=(option.period,), told=told,
    )  # fmt: skip
    wrong = Judgement("wrong", rule, option, expected, related=(related,) if related else ())
    return otherwise.weighed(judge(), reading, wrong, text).name == "unclear"


def figure(measure: str, period: str = "2025H1", node: str = "QD") -> Option:
    option = judge().figures.option(node, measure, Period.parse(period), change=measure in ("yoy", "pop", "share"))
    assert option is not None
    return option


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("近三年下半年，创新驱动指数依次达到153.00点。", True),  # a row of the same half-years
        ("自2022年上半年以来创新驱动指数一路走高，其间曾为153.00点。", True),
        ("回看2022年，创新驱动指数在下半年为153.00点。", True),
        ("2025年上半年，创新驱动指数为153.00点。", False),  # its words leave no room
        ("创新驱动指数为153.00点。", False),
        ("2022年下半年在前，2025年上半年比2022年下半年多153.00点。", False),  # it is set against that one
        ("较2022年下半年的153.00点提高29.01点。", True),
        ("由上年同期的153.00点升至182.01点。", False),  # 上年同期 is another one
        ("2022年下半年为重点，2025年上半年创新驱动指数为153.00点。", False),  # its own clause names its period
    ],
)
def test_a_figure_of_another_period_that_the_sentence_names(text: str, expected: bool) -> None:
    assert doubted(text, "153.00", "wrong-period", figure("index"), "QD.index@2022H2") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("多项指标尚未回到2022年下半年水平，其中创新驱动指数为182.01点。", True),  # now, in spite of the other period
        ("2022年下半年，创新驱动指数为182.01点。", False),  # the sentence sets out from it
        ("在2022年下半年，多项指标走高，创新驱动指数为182.01点。", False),
        ("多项指标在2022年下半年见顶，当时创新驱动指数为182.01点。", False),
        ("多项指标尚未回到2022年下半年水平，两者分别为182.01点和153.00点。", False),  # by its place in a row
    ],
)
def test_a_figure_of_now_beside_a_period_that_the_sentence_names_by_the_way(text: str, expected: bool) -> None:
    assert doubted(text, "182.01", "wrong-period", figure("index", "2022H2"), "QD.index@2025H1") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022年下半年总指数走低。创新驱动指数由153.00点升至182.01点。", True),  # of what the sentence before is of
        ("2022年下半年总指数走低。2025年上半年创新驱动指数为153.00点。", False),
        ("2023年下半年总指数走低。创新驱动指数由153.00点升至182.01点。", False),
    ],
)
def test_a_figure_of_the_period_of_the_sentence_before(text: str, expected: bool) -> None:
    assert doubted(text, "153.00", "wrong-period", figure("index"), "QD.index@2022H2") is expected


def test_what_there_is_no_figure_of_is_not_held_against_one_of_something_else() -> None:
    text = "创新驱动累计增长182.01点。"
    growth = figure("yoy")
    assert doubted(text, "182.01", "wrong-basis", growth, "QD.index@2025H1", role="change", expected="")
    text = "创新驱动同比增长182.01点。"
    assert not doubted(text, "182.01", "wrong-basis", figure("yoy_diff"), "QD.index@2025H1", role="change", expected="")


def test_a_unit_that_is_that_of_the_other_figure_tells_which_is_meant() -> None:
    text = "创新驱动涨幅收窄，将指数推高182.01点。"
    assert doubted(text, "182.01", "wrong-basis", figure("yoy"), "QD.index@2025H1", role="change")
    assert not doubted(text, "182.01", "wrong-basis", figure("yoy_diff"), "QD.index@2025H1", role="change")


def test_a_row_over_periods_that_was_understood_is_judged_in_its_order() -> None:
    text = "2023年下半年以来，创新驱动指数依次为153.52点、157.01点、182.01点。"
    told = (figure("index", "2023H2"), figure("index", "2024H1"))
    assert doubted(text, "182.01", "wrong-period", figure("index", "2024H2"), "QD.index@2025H1")
    assert not doubted(text, "182.01", "wrong-period", figure("index", "2024H2"), "QD.index@2025H1", told=told)


@pytest.mark.parametrize(
    ("text", "role", "related", "expected"),
    [
        ("创新驱动涨幅居前，为15.92%。", "level", "QD.yoy@2025H1", True),
        ("创新驱动指数为15.92%。", "level", "QD.yoy@2025H1", False),  # nothing speaks of growth
        ("创新驱动指数稳步提升至15.92%。", "level", "QD.yoy@2025H1", False),  # up to is a level
        ("创新驱动撑起总指数增量的一半多（贡献15.92%）。", "change", "QD.yoy@2025H1", False),
        ("环比看，创新驱动走在前面，增15.92%。", "change", "QD.pop@2025H1", True),
        ("环比看，创新驱动走在前面，同比增15.92%。", "change", "QD.pop@2025H1", False),  # its clause names its basis
        ("创新驱动指数增15.92%。", "change", "QD.pop@2025H1", False),
    ],
)
def test_a_figure_on_another_basis_that_the_sentence_names(text: str, role: Role, related: str, expected: bool) -> None:
    taken_for = figure("index" if role == "level" else "since_base")
    assert doubted(text, "15.92", "wrong-basis", taken_for, related, role=role) is expected


def test_what_another_number_of_the_sentence_was_found_to_be_is_not_meant_twice() -> None:
    text = "创新驱动涨幅居前，为15.92%。"
    assert not doubted(text, "15.92", "wrong-basis", figure("index"), "QD.yoy@2025H1", told=(figure("yoy"),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("经济活力指数涨势居前，列四位。", True),  # fourth by growth, fifth by level
        ("经济活力指数列四位。", False),
        ("经济活力指数增速回升，总体水平和贡献都靠后，列四位。", False),  # by share it is third
    ],
)
def test_a_place_by_what_the_sentence_speaks_of(text: str, expected: bool) -> None:
    assert doubted(text, "四", "wrong-rank", figure("rank", node="JJ"), role="rank") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("创新驱动两年间翻升77.30%。", True),  # of several periods
        ("创新驱动比谷底高出，增长77.30%。", False),  # another clause's
        ("创新驱动较谷底增长77.30%。", True),
        ("创新驱动增长77.30%。", False),
        ("创新驱动两年间翻升15.29%。", False),  # two digits of 15.92 exchanged: a slip
    ],
)
def test_a_number_near_nothing_under_words_that_were_not_taken_in(text: str, expected: bool) -> None:
    shown = "15.29" if "15.29" in text else "77.30"
    assert doubted(text, shown, "wrong-number", figure("yoy"), role="change") is expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("总指数增速连续两期走高。", "streak_up", True),  # 0.59, 5.81, 6.20
        ("总指数连续两期走高。", "streak_up", False),
        ("总指数增速平稳，总指数连续两期下降。", "streak_down", False),  # it did not fall either
        ("总指数增速为有数据以来最高。", "record_high", False),  # 10.44 in 2021H1
        ("创新驱动指数增速为有数据以来最高。", "record_high", True),
        ("创新驱动指数增速为有数据以来最低。", "record_low", False),
    ],
)
def test_a_run_or_a_record_that_the_growth_has(text: str, kind: str, expected: bool) -> None:
    code = "QD" if text.startswith("创新") else "ZS"
    token = scan("连续两期")[0]
    reading = Reading(token, "", (Subject(code=code),), bound="carried", role="count", periods=(REPORT,), tail=text)
    option = Option(float("nan"), "", 2, f"{code}.{kind}@2025H1", kind, code, REPORT)
    wrong = Judgement("wrong", "wrong-pattern", option)
    assert (otherwise.weighed(judge(), reading, wrong, text).name == "unclear") is expected


@pytest.mark.parametrize(
    ("text", "shown", "rule", "role", "expected"),
    [
        ("与2022年下半年相比，六个模块都有进步；创新驱动提高29.00点。", "29.00", "wrong-number", "change", True),
        ("与2022年下半年相比，六个模块都有进步；创新驱动提高29.61点。", "29.61", "wrong-number", "change", False),
        ("六个模块都有进步；创新驱动提高29.00点。", "29.00", "wrong-number", "change", False),
        ("总指数为140.18点，创新驱动走在前面，更是高出41.82点。", "41.82", "wrong-number", "level", True),
        ("总指数为140.18点，创新驱动走在前面，更是达到41.28点。", "41.28", "wrong-number", "level", False),
        ("创新驱动走在前面，与总指数之间隔着41.82点。", "41.82", "wrong-number", "level", True),  # 182.01 less 140.18
    ],
)
def test_a_difference_that_the_words_leave_to_be_found(
    text: str, shown: str, rule: str, role: Role, expected: bool
) -> None:
    assert doubted(text, shown, rule, figure("index"), role=role) is expected


def test_a_place_right_behind_a_growth_may_be_one_by_growth() -> None:
    text = "民生共享上涨6.84%，位居第二位。"
    told = (figure("yoy", node="GX"),)
    place = figure("rank", node="GX")
    assert judge().figures.cell("GX", "rank_yoy", REPORT) == 2 != place.value
    assert doubted(text, "二", "wrong-rank", place, role="rank", told=told)
    assert not doubted(text, "二", "wrong-rank", place, role="rank", told=(figure("index", node="GX"), *told))


def test_a_place_behind_what_something_is_compared_with_may_be_that_of_the_first() -> None:
    text = "创新驱动指数超过开放合作，升至首位。"
    place = figure("rank", node="HZ")
    assert doubted(text, "首位", "wrong-rank", place, role="rank", told=(figure("index"),))
    assert not doubted(text, "首位", "wrong-rank", place, role="rank")


def test_a_table_is_judged_by_its_headers_alone() -> None:
    token = next(t for t in scan("近三年下半年153.00点") if t.text == "153.00")
    reading = Reading(token, "", (Subject(code="QD"),), header=True, periods=(REPORT,))
    wrong = Judgement("wrong", "wrong-period", figure("index"), related=("QD.index@2022H2",))
    assert otherwise.weighed(judge(), reading, wrong, "近三年下半年153.00点") is wrong
