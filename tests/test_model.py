"""Periods, statuses and slots: the words of the trade."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrator.model import SLOT, Fact, Node, Period, fact_id, weakest
from narrator.numerals import period_name, period_name_short, periods_in

TEXTS = ["2016", "2019H1", "2019H2", "2019Q1", "2019Q3", "2019M01", "2019M06", "2019M12"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_period_prints_as_it_was_read(text: str) -> None:
    assert str(Period.parse(text)) == text
    assert Period.parse(f" {text.lower()} ") == Period.parse(text)


@pytest.mark.parametrize(
    "text",
    ["", "19H1", "2019H3", "2019H0", "2019Q5", "2019M13", "2019M00", "2019M6", "2019-06", "2019 H1", "H1", "3019"],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        Period.parse(text)


def test_periods_order_by_their_end_then_by_their_length() -> None:
    ordered = ["2018Q3", "2018M11", "2018M12", "2018Q4", "2018H2", "2018", "2019M01", "2019Q1", "2019Q2", "2019H1"]
    shuffled = sorted(map(Period.parse, ordered[::-1]))
    assert [str(p) for p in shuffled] == ordered
    assert Period.parse("2018H2") < Period.parse("2018") < Period.parse("2019H1")
    assert Period.parse("2018") >= Period.parse("2018H2")


@pytest.mark.parametrize(
    ("text", "months"),
    [("2019", (1, 12)), ("2019H2", (7, 12)), ("2019Q3", (7, 9)), ("2019M02", (2, 2)), ("2019H1", (1, 6))],
)
def test_a_period_knows_its_months(text: str, months: tuple[int, int]) -> None:
    assert Period.parse(text).months == months


@pytest.mark.parametrize(
    ("text", "previous", "year_before"),
    [
        ("2019", "2018", "2018"),
        ("2019H1", "2018H2", "2018H1"),
        ("2019H2", "2019H1", "2018H2"),
        ("2019Q1", "2018Q4", "2018Q1"),
        ("2019Q4", "2019Q3", "2018Q4"),
        ("2019M01", "2018M12", "2018M01"),
        ("2019M12", "2019M11", "2018M12"),
    ],
)
def test_the_period_before_and_the_same_period_a_year_before(text: str, previous: str, year_before: str) -> None:
    assert str(Period.parse(text).previous) == previous
    assert str(Period.parse(text).year_before) == year_before


@given(st.sampled_from(TEXTS), st.integers(-40, 40))
def test_shifting_forth_and_back_returns(text: str, steps: int) -> None:
    period = Period.parse(text)
    there = period.shift(steps)
    assert there.shift(-steps) == period
    assert (there > period) == (steps > 0)
    assert there.frequency == period.frequency


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        ("2016", "2016年", "全年"),
        ("2019H1", "2019年上半年", "上半年"),
        ("2019H2", "2019年下半年", "下半年"),
        ("2019Q3", "2019年三季度", "三季度"),
        ("2019M06", "2019年6月", "6月"),
        ("2019M12", "2019年12月", "12月"),
    ],
)
def test_a_period_has_its_name_in_prose(text: str, long: str, short: str) -> None:
    assert period_name(Period.parse(text)) == long
    assert period_name_short(Period.parse(text)) == short


@pytest.mark.parametrize(
    ("unit", "frequency", "count", "periods"),
    [
        ("期", "Q", 3, 3),
        ("年", "A", 2, 2),
        ("年", "H", 1, 2),
        ("个半年", "Q", 3, 6),
        ("季", "M", 1, 3),
        ("个月", "H", 18, 3),
        ("个月", "Q", 4, 0),
        ("季度", "A", 1, 0),
        ("日", "M", 60, 0),
    ],
)
def test_a_length_of_time_is_so_many_periods_or_no_whole_number_of_them(
    unit: str, frequency: str, count: int, periods: int
) -> None:
    assert periods_in(unit, frequency, count) == periods


def test_the_weakest_status_wins_and_nothing_is_normal() -> None:
    assert weakest(["A", "P", "I"]) == "P"
    assert weakest(["A", "E", "P"]) == "E"
    assert weakest(["M", "E"]) == "M"
    assert weakest([]) == "A"


@pytest.mark.parametrize(("status", "may"), [("A", True), ("I", True), ("P", True), ("E", False), ("M", False)])
def test_a_writer_may_print_what_is_not_estimated(status: str, may: bool) -> None:
    fact = Fact("X.yoy@2019H1", "X", "某项", "yoy", Period.parse("2019H1"), 1.0, status=status)  # type: ignore[arg-type]
    assert fact.quotable is may


def test_a_slot_names_a_fact_a_form_or_an_exhibit() -> None:
    text = "[[CX.yoy@2019H1]] [[CX.rank@2019H1|ordinal]] [[@fig:total]] [[material.opening.1@2019H1|bare]]"
    assert [(m["ref"], m["id"], m["form"]) for m in SLOT.finditer(text)] == [
        (None, "CX.yoy@2019H1", None),
        (None, "CX.rank@2019H1", "ordinal"),
        ("@", "fig:total", None),
        (None, "material.opening.1@2019H1", "bare"),
    ]
    assert SLOT.search("[[CX.yoy@2019H1|loud]]") is None
    assert SLOT.search("[CX.yoy@2019H1]") is None


def test_a_slots_id_is_that_of_the_fact() -> None:
    period = Period.parse("2019H1")
    assert fact_id("CX", "yoy", period) == "CX.yoy@2019H1"
    match = SLOT.fullmatch(f"[[{fact_id('CX', 'yoy', period)}]]")
    assert match is not None
    assert match["id"] == "CX.yoy@2019H1"


def test_an_inverse_node_has_a_negative_direction() -> None:
    assert Node("MS06", "失业率", "MS", 0.1, -1, "%", 2).inverse
    assert not Node("MS01", "福利", "MS", 0.1, 1, "元", 0).inverse
