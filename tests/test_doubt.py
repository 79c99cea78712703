"""When a number that fits nothing is called wrong, and when it is only pointed out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from narrator.check.doubt import slipped
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
