"""What matters most, in what order: movers, problems, and the policies that answer them."""

from __future__ import annotations

import pytest
from index_sample import DATA, ledger

from narrator import dataset
from narrator.dataset import Policy
from narrator.facts import Ledger
from narrator.highlights import Known, mover, movers, telling, troubles
from narrator.model import Period

H1 = Period.parse("2019H1")
VALUES = """
      2016  2018H1  2018H2  2019H1
A1    100   100     100     {a1}
A2    100   100     100     {a2}
B1    100   100     {b1h2}  {b1}
B2    100   100     100     {b2}
"""


def book(
    a1: str = "110", a2: str = "90", b1: str = "110", b2: str = "110", b1h2: str = "100", **options: object
) -> Ledger:
    """A2 is inverse: 90 is a rise of 11.1 %, 125 a fall of 20 %."""
    return ledger(VALUES.format(a1=a1, a2=a2, b1=b1, b2=b2, b1h2=b1h2), **options)


def codes(found: Ledger) -> list[str]:
    return [t.mover.node.code for t in troubles(found, H1)]


def test_the_problems_of_the_sample_are_the_two_that_its_published_report_names() -> None:
    shangyu = Ledger(dataset.load(DATA / "shangyu"))
    found = troubles(shangyu, H1)
    assert [(t.mover.node.code, t.kind) for t in found] == [("KF03", "decline"), ("MS06", "decline")]
    assert [t.module.code for t in found] == ["KF", "MS"]
    assert [t.policy is not None and t.mover.node.code in t.policy.nodes for t in found] == [True, True]


# --------------------------------------------------------------------------- order of problems


def test_problems_are_ordered_by_weight_times_depth_times_length() -> None:
    # weights in the total: A1 0.3, A2 0.3, B1 0.12, B2 0.28
    # A1 -4 %: 0.3*4 = 1.2      A2 (inverse) 100/125: -20 %: 0.3*20 = 6
    # B1 -20 %: 0.12*20 = 2.4    B2 -6 %: 0.28*6 = 1.68
    assert codes(book(a1="96", a2="125", b1="80", b2="94")) == ["A2", "B1", "B2", "A1"]


def test_a_longer_fall_weighs_more() -> None:
    # A1 -10 %: 0.3*10 = 3; B1 -20 %: 0.12*20 = 2.4, but in two steps: 2.4*sqrt(2) = 3.39
    at_once = book(a1="90", b1="80")
    in_steps = book(a1="90", b1="80", b1h2="90")
    assert codes(at_once) == ["A1", "B1"]
    assert codes(in_steps) == ["B1", "A1"]


def test_no_more_than_four_problems_are_told() -> None:
    tree = "T 总 - 1 1 点 2\nA 甲 T 1 1 点 2\n" + "\n".join(f"A{n} 甲{n} A {w} 1 % 2" for n, w in enumerate([0.1] * 10))
    values = "2016 2018H1 2019H1\n" + "\n".join(f"A{n} 100 100 {80 + n}" for n in range(10))
    assert codes(ledger(values, tree)) == ["A0", "A1", "A2", "A3"]


def test_a_rise_is_no_problem_where_something_fell() -> None:
    assert codes(book(a1="101", a2="125")) == ["A2"]


def test_a_trifling_fall_is_told_only_where_nothing_fell_deeper_and_still_as_a_fall() -> None:
    found = troubles(book(a1="99.8", b1="99.9"), H1)
    assert [(t.mover.node.code, t.kind) for t in found] == [("A1", "decline"), ("B1", "decline")]
    assert codes(book(a1="99.8", b1="99.9", b2="90")) == ["B2"]


def test_where_nothing_fell_the_two_that_rose_least_are_laggards() -> None:
    found = troubles(book(a1="109", a2="90", b1="102", b2="103"), H1)
    assert [(t.mover.node.code, t.kind) for t in found] == [("B1", "laggard"), ("B2", "laggard")]


def test_who_rises_with_the_total_does_not_lag() -> None:
    # the total rose by 0.3*7 + 0.3*(100/96*100-100) + 0.12*3 + 0.28*4 = 2.1 + 1.25 + 0.36 + 1.12 = 4.83; half: 2.42
    assert codes(book(a1="107", a2="96", b1="103", b2="104")) == []
    # B1 at 2.2: 0.264 for 0.36, in all 4.73; half: 2.37
    assert codes(book(a1="107", a2="96", b1="102.2", b2="104")) == ["B1"]
    # the total rose by more than 10, but what rose by five is not slow
    assert codes(book(a1="130", a2="80", b1="105", b2="104.9")) == ["B2"]


def test_an_indicator_that_came_up_from_below_zero_is_no_problem_though_it_fell_since() -> None:
    values = VALUES.format(a1="70", a2="90", b1="110", b2="110", b1h2="100").replace(
        "A1    100   100     100 ", "A1    100   -20     80 "
    )
    assert "A1" not in codes(ledger(values))


def test_a_part_of_the_total_without_parts_of_its_own_can_be_a_problem() -> None:
    tree = "T 总 - 1 1 点 2\nA 甲 T 0.5 1 点 2\nB 乙 T 0.5 1 万吨 1\nA1 甲一 A 1 1 % 2"
    found = troubles(ledger("2016 2018H1 2019H1\nA1 10 10 11\nB 80 80 72", tree), H1)
    assert [(t.mover.node.code, t.module.code) for t in found] == [("B", "B")]
    assert found[0].score == pytest.approx(0.5 * 10)


def test_a_yearly_index_has_no_comparison_with_the_period_before() -> None:
    tree = "T 总 - 1 1 点 2\nA 甲 T 1 1 点 2\nA1 甲一 A 1 1 % 2"
    found = mover(ledger("2016 2017 2018\nA1 10 11 10", tree, frequency="A"), "A1", Period.parse("2018"))
    assert "yoy" in found.facts
    assert not [measure for measure in found.facts if "pop" in measure]
    assert set(found.earlier) == {"value_year", "index_year"}


def test_where_nothing_moved_the_heaviest_lag() -> None:
    # all rose by nothing; weights in the total: A1 0.3, A2 0.3, B2 0.28, B1 0.12
    assert codes(book(a1="100", a2="100", b1="100", b2="100")) == ["A1", "A2"]


def test_an_estimated_fall_is_no_problem_unless_its_fall_on_the_period_before_is_known() -> None:
    # A1 fell on the year by an estimate, on the period before in earnest
    values = VALUES.format(a1="90", a2="90", b1="110", b2="110", b1h2="100")
    estimated = values.replace("A1    100   100     100 ", "A1    100   100E    100 ")
    assert codes(ledger(estimated)) == ["A1"]
    both = values.replace("A1    100   100     100 ", "A1    100   100E    100E ")
    assert codes(ledger(both)) == []
    rose = estimated.replace("100E    100 ", "80E     100 ")  # fell on the period before, rose on the year
    assert "A1" not in codes(ledger(rose))


def test_below_zero_a_fall_is_measured_in_points() -> None:
    values = VALUES.format(a1="-60", a2="90", b1="110", b2="110", b1h2="100").replace(
        "A1    100   100     100 ", "A1    100   -20     -40 "
    )
    found = troubles(ledger(values), H1)
    assert [t.mover.node.code for t in found] == ["A1"]
    assert found[0].score == pytest.approx(0.3 * 40 * 2**0.5)  # -60 against -20 points, two falls in a row


# --------------------------------------------------------------------------- policies

FALLS = {"a1": "80", "a2": "112", "b1": "90", "b2": "95"}
# A1 0.3*20 = 6; A2 100/112 = -10.71 %: 3.2; B2 0.28*5 = 1.4; B1 0.12*10 = 1.2


def answers(*policies: tuple[str, ...]) -> list[str | None]:
    found = book(**FALLS, policies=tuple(Policy(nodes, "与".join(nodes), ("做事。",)) for nodes in policies))
    assert codes(found) == ["A1", "A2", "B2", "B1"]
    return [t.policy.title if t.policy else None for t in troubles(found, H1)]


def test_the_nearest_policy_answers() -> None:
    assert answers(("T",), ("A",), ("A1",)) == ["A1", "A", "T", None]


def test_a_policy_answers_one_problem_only() -> None:
    assert answers(("A",)) == ["A", None, None, None]
    assert answers(("A",), ("A",), ("B1", "B2")) == ["A", "A", "B1与B2", None]


def test_a_policy_that_names_an_indicator_is_not_spent_on_its_sibling() -> None:
    assert answers(("A2", "A")) == [None, "A2与A", None, None]


def test_without_policies_problems_stay_unanswered() -> None:
    assert answers() == [None, None, None, None]


# --------------------------------------------------------------------------- movers


def test_movers_run_from_the_strongest_rise_to_the_deepest_fall() -> None:
    tree = "T 总 - 1 1 点 2\nA 甲 T 1 1 点 2\n" + "\n".join(
        f"A{n} 甲{n} A {w} 1 % 2" for n, w in enumerate([0.4, 0.1, 0.2, 0.2, 0.1])
    )
    values = "2016 2018H1 2019H1\nA0 10 10 10.5\nA1 10 10 13\nA2 10 10 9\nA3 10 10 10\nA4 10 10 8.5"
    # pulls: A0 0.4*5 = 2; A1 0.1*30 = 3; A2 -2; A3 0; A4 0.1*15 = -1.5
    found = movers(ledger(values, tree), "A", H1)
    assert [m.node.code for m in found] == ["A1", "A0", "A3", "A4", "A2"]
    assert [m.direction for m in found] == [1, 1, 0, -1, -1]
    assert found[0].score == pytest.approx(3)


def test_an_inverse_indicator_moves_as_its_index_does() -> None:
    found = mover(book(a2="125"), "A2", H1)
    assert found.direction == -1
    assert found.facts["yoy_diff"].value == 25


def test_a_mover_carries_what_may_be_printed_and_nothing_else() -> None:
    values = VALUES.format(a1="110E", a2="90", b1="110P", b2="-", b1h2="100")
    estimated, provisional, missing = (mover(ledger(values), code, H1) for code in ("A1", "B1", "B2"))
    assert dict(estimated.facts) == {}
    assert estimated.earlier["value_year"].value == 100
    assert not telling(estimated)
    assert provisional.facts["yoy"].status == "P"
    assert telling(provisional)
    assert not telling(missing)
    assert "B2" not in [m.node.code for m in movers(ledger(values), "B", H1)]


def test_known_facts_are_attributes_and_a_misspelt_one_is_an_error() -> None:
    found = mover(book(), "A1", H1)
    assert isinstance(found.facts, Known)
    assert found.facts.yoy is found.facts["yoy"]
    assert found.facts.turn_up is None  # a name of the trade, but nothing there
    with pytest.raises(AttributeError, match="yoyo"):
        found.facts.yoyo  # noqa: B018
