"""When a number that fits nothing is called wrong, and when it is only pointed out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from narrator.check.doubt import slipped, weighed
from narrator.check.figures import Option
from narrator.check.reading import Judgement, Reading
from narrator.model import Period
from narrator.numerals.reading import scan
from tests.test_rules import checked


@pytest.mark.parametrize(
    ("shown", "right"),
    [
        ("15.29", "15.92"),  # two exchanged
        ("18.92", "15.92"),  # one for another
        ("1.59", "15.9"),  # the point
        ("159.2", "15.92"),
        ("15.922", "15.92"),  # one put in
        ("5.92", "15.92"),  # one left out
        ("14.10", "15.92"),  # near it
        ("0.07", "0.04"),
    ],
)
def test_a_slip_leaves_a_trace(shown: str, right: str) -> None:
    assert slipped(Decimal(shown), Decimal(right))


@pytest.mark.parametrize(("shown", "right"), [("6.54", "20.91"), ("1.43", "6.22"), ("0.5", "713.26"), ("0.19", "0.00")])
def test_figures_with_nothing_in_common_are_no_slip_of_each_other(shown: str, right: str) -> None:
    assert not slipped(Decimal(shown), Decimal(right))


def test_a_number_far_from_what_its_plain_words_name_is_wrong_all_the_same() -> None:
    (verdict,) = checked("创新驱动指数同比增长43.07%。", "demo", "2025H1").verdicts
    assert (verdict.name, verdict.rule, verdict.expected) == ("wrong", "wrong-number", "15.92")


def test_points_said_of_what_has_an_amount_alone_are_pointed_out_and_not_corrected() -> None:
    text = "社会消费品零售总额156.61亿元，离散程度为8.37个百分点。"
    amount, odd = checked(text, "demo", "2025H1").verdicts
    assert amount.name == "verified"
    assert (odd.name, odd.expected) == ("unsupported", "")


NAMES = {"A": "民间投资", "B": "民间投资占比", "C": "地区生产总值", "D": "第二产业增加值"}


@pytest.mark.parametrize(
    ("lead", "own", "other", "doubted"),
    [
        ("占固定资产投资比重", "A", "B", True),
        ("其中二产增加值", "C", "D", True),
        ("地区生产总值", "C", "D", False),  # nothing speaks of the other
        ("第二产业增加值、地区生产总值分别为", "C", "D", False),  # it was read, and is not the one
    ],
)
def test_the_figure_of_another_thing_is_in_doubt_where_the_words_name_that_as_well(
    lead: str, own: str, other: str, doubted: bool
) -> None:
    token = next(t for t in scan("为55.12%") if t.kind == "quantity")
    option = Option(70.0, "%", 2, f"{own}.value@2025H1", "value", own, Period.parse("2025H1"))
    wrong = Judgement("wrong", "wrong-subject", option, related=(f"{other}.value@2025H1",))
    reading = Reading(token, "", lead=lead, bound="clause")
    assert weighed(reading, wrong, NAMES.__getitem__).name == ("unclear" if doubted else "wrong")


@pytest.mark.parametrize("text", ["全区新认定高新技术企业30家。", "区里引进高新技术企业12家，正在试产。"])
def test_what_came_to_a_number_is_no_mistake_about_how_many_there_are(text: str) -> None:
    (finding,) = checked(text, period="2024H2").findings
    assert finding.rule == "unsupported-number"


@pytest.mark.parametrize("text", ["全区培育高新技术企业394家。", "高新技术企业达30家。", "新引进高层次人才372人。"])
def test_how_many_there_are_is_one_still(text: str) -> None:
    (finding,) = checked(text, period="2024H2").findings
    assert finding.severity == "error"
