"""The engine against numbers worked out by hand, and against a second, slow implementation in fractions."""

from __future__ import annotations

import math
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_sample import TREE, dataset, ledger

from narrator.dataset import Dataset
from narrator.engine import Computed, compute, patterns
from narrator.engine.aggregate import aggregate
from narrator.engine.compare import ranks
from narrator.engine.weights import families, normal
from narrator.errors import DataError
from narrator.model import Period

# A = (A1 + A2)/2, B = 0.3 B1 + 0.7 B2, T = 0.6 A + 0.4 B; A2 is inverse.
VALUES = """
      2016  2018H1  2018H2  2019H1
A1    10    11      12      12.1
A2    5     5       4       4
B1    200   220     200     250
B2    1000  1000    1100    990
"""
H1 = "2019H1"


def at(result: Computed, measure: str, node: str, period: str = H1) -> float:
    return float(result.tables[measure].at[node, Period.parse(period)])


@pytest.fixture(scope="module")
def plain() -> Computed:
    return compute(dataset(VALUES))


# --------------------------------------------------------------------------- levels


def test_a_positive_indicator_is_its_value_over_its_base_and_an_inverse_one_the_reverse(plain: Computed) -> None:
    assert at(plain, "index", "A1") == pytest.approx(121)  # 12.1 / 10 * 100
    assert at(plain, "index", "A2") == pytest.approx(125)  # 5 / 4 * 100
    assert at(plain, "index", "B2") == pytest.approx(99)  # 990 / 1000 * 100
    assert at(plain, "value", "A2") == 4


def test_modules_and_the_total_are_weighted_means_level_by_level(plain: Computed) -> None:
    assert at(plain, "index", "A") == pytest.approx(123)  # (121 + 125) / 2
    assert at(plain, "index", "B") == pytest.approx(106.8)  # 0.3*125 + 0.7*99 = 37.5 + 69.3
    assert at(plain, "index", "T") == pytest.approx(116.52)  # 0.6*123 + 0.4*106.8 = 73.8 + 42.72
    assert at(plain, "index", "T", "2018H1") == pytest.approx(104.2)  # 0.6*105 + 0.4*103 = 63 + 41.2
    assert at(plain, "index", "T", "2018H2") == pytest.approx(116.3)  # 0.6*122.5 + 0.4*107 = 73.5 + 42.8


def test_every_index_of_the_base_period_is_the_base_value() -> None:
    result = compute(dataset(VALUES, base_value=1000))
    assert {round(x, 9) for x in result.tables["index"][Period.parse("2016")]} == {1000}
    assert at(result, "index", "T") == pytest.approx(1165.2)
    assert at(result, "since_base", "T") == pytest.approx(16.52)
    assert at(result, "yoy", "T") == pytest.approx(1232 / 104.2)  # no change of scale moves a rate


def test_an_inverse_indicator_of_zero_has_no_index_and_is_left_out() -> None:
    result = compute(dataset(VALUES.replace("A2    5     5       4       4", "A2    5     5       4       0")))
    assert math.isnan(at(result, "index", "A2"))
    assert at(result, "index", "A") == pytest.approx(121)


def test_weights_that_miss_one_by_a_rounding_are_scaled() -> None:
    assert math.fsum(normal([0.333333, 0.333333, 0.333333])) == pytest.approx(1, abs=1e-15)
    tree = TREE.replace("T  0.6 ", "T  0.5999996 ")
    result = compute(dataset(VALUES, tree))
    total = at(result, "share", "A") + at(result, "share", "B")
    assert total == pytest.approx(100, abs=1e-9)
    assert at(result, "pull", "A") + at(result, "pull", "B") == pytest.approx(at(result, "yoy", "T"), abs=1e-9)


# --------------------------------------------------------------------------- changes


def test_the_same_period_and_the_period_before_are_two_comparisons(plain: Computed) -> None:
    assert at(plain, "yoy", "A1") == pytest.approx(10)  # 121 against 110
    assert at(plain, "pop", "A1") == pytest.approx(100 / 120)  # 121 against 120: 0.8333
    assert at(plain, "yoy", "T") == pytest.approx(1232 / 104.2)  # 116.52 - 104.2 = 12.32: 11.8234 %
    assert at(plain, "pop", "T") == pytest.approx(22 / 116.3)  # 116.52 - 116.3 = 0.22: 0.1892 %
    assert at(plain, "since_base", "T") == pytest.approx(16.52)


def test_a_difference_is_in_the_indicators_unit_or_in_points_of_the_index(plain: Computed) -> None:
    assert at(plain, "yoy_diff", "A1") == pytest.approx(1.1)  # 12.1 - 11
    assert at(plain, "index_yoy_diff", "A1") == pytest.approx(11)  # 121 - 110
    assert at(plain, "yoy_diff", "A") == at(plain, "index_yoy_diff", "A") == pytest.approx(18)  # 123 - 105
    assert at(plain, "pop_diff", "B2") == pytest.approx(-110)  # 990 - 1100
    assert at(plain, "value_yoy", "B2") == pytest.approx(-1)  # 990 against 1000
    assert at(plain, "value_pop", "B2") == pytest.approx(-10)


def test_an_inverse_indicators_raw_value_and_index_run_apart(plain: Computed) -> None:
    assert at(plain, "value_yoy", "A2") == pytest.approx(-20)  # 4 against 5
    assert at(plain, "yoy", "A2") == pytest.approx(25)  # 125 against 100
    assert at(plain, "yoy_diff", "A2") == -1
    assert at(plain, "index_yoy_diff", "A2") == pytest.approx(25)


def test_what_has_nothing_to_compare_with_has_no_change(plain: Computed) -> None:
    assert math.isnan(at(plain, "yoy", "T", "2018H1"))
    assert math.isnan(at(plain, "pop", "A1", "2018H1"))
    assert math.isnan(at(plain, "share", "A", "2018H2"))
    assert math.isnan(at(plain, "pop", "T", "2016"))


def test_a_rate_of_growth_from_nothing_or_below_is_none_but_its_difference_is() -> None:
    values = VALUES.replace("A1    10    11      12      12.1", "A1    10    -1      0       2")
    result = compute(dataset(values))
    assert math.isnan(at(result, "yoy", "A1"))
    assert math.isnan(at(result, "pop", "A1"))
    assert at(result, "yoy_diff", "A1") == 3  # 2 - (-1)
    assert at(result, "index_yoy_diff", "A1") == pytest.approx(30)  # 20 - (-10)


# --------------------------------------------------------------------------- contributions


def test_contributions_are_weight_times_change_over_the_wholes(plain: Computed) -> None:
    # A rose 18 points of which 0.6 count: 10.8; B 3.8 of which 0.4 count: 1.52; together 12.32.
    assert at(plain, "share", "A") == pytest.approx(1080 / 12.32)
    assert at(plain, "share", "B") == pytest.approx(152 / 12.32)
    assert at(plain, "pull", "A") == pytest.approx(1080 / 104.2)
    assert at(plain, "pull", "B") == pytest.approx(152 / 104.2)
    # in module B: B1 rose from 110 to 125, 0.3*15 = 4.5; B2 fell from 100 to 99, 0.7*(-1) = -0.7; together 3.8
    assert at(plain, "share", "B1") == pytest.approx(450 / 3.8)
    assert at(plain, "share", "B2") == pytest.approx(-70 / 3.8)
    assert at(plain, "pull", "B2") == pytest.approx(-70 / 103)
    # on the period before: A 122.5 to 123, 0.6*0.5 = 0.3; B 107 to 106.8, 0.4*(-0.2) = -0.08; together 0.22
    assert at(plain, "share_pop", "A") == pytest.approx(30 / 0.22)
    assert at(plain, "pull_pop", "B") == pytest.approx(-8 / 116.3)


def test_shares_of_what_did_not_move_are_none_but_pulls_are() -> None:
    # B1 up 10 points of weight 0.3, B2 down 30/7: nothing moved.
    values = """
          2016  2018H1  2019H1
    A1    10    11      11
    A2    5     5       5
    B1    200   200     220
    B2    7     7       6.7
    """
    result = compute(dataset(values))
    assert at(result, "yoy", "B") == pytest.approx(0, abs=1e-9)
    assert math.isnan(at(result, "share", "B1"))
    assert at(result, "pull", "B1") == pytest.approx(3)  # 0.3 * 10 / 100 * 100
    assert at(result, "pull", "B2") == pytest.approx(-3)


# --------------------------------------------------------------------------- ranks


def test_ranks_are_among_siblings_the_largest_first(plain: Computed) -> None:
    assert [at(plain, "rank", c) for c in ("A", "B", "A1", "A2", "B1", "B2")] == [1, 2, 2, 1, 1, 2]
    assert [at(plain, "rank_yoy", c) for c in ("A1", "A2")] == [2, 1]  # 10 % against 25 %
    assert [at(plain, "rank_pop", c) for c in ("A1", "A2")] == [1, 2]  # 0.83 % against 0 %
    assert [at(plain, "rank_share", c) for c in ("B1", "B2")] == [1, 2]


def test_ties_share_the_better_place_and_the_ninth_digit_decides() -> None:
    period = Period.parse(H1)
    # 0.1 + 0.2 and 0.3 differ in the seventeenth digit, 0.3 and 0.300000002 in the ninth.
    table = pd.DataFrame({period: [0.1 + 0.2, 0.3, 0.300000002, 0.1, math.nan]}, index=list("abcde"))
    assert ranks(table)[period].tolist()[:4] == [2, 2, 1, 4]
    assert math.isnan(ranks(table)[period]["e"])


# --------------------------------------------------------------------------- missing observations

GAP = VALUES.replace("B1    200   220     200     250", "B1    200   220     200     -")


def test_refusing_names_every_gap_at_once() -> None:
    with pytest.raises(DataError) as caught:
        compute(dataset(GAP.replace("12.1", "-"), missing="refuse"))
    assert [str(p) for p in caught.value.problems] == [
        "observations：甲一指标（A1）缺2019年上半年的观测值",
        "observations：乙一指标（B1）缺2019年上半年的观测值",
    ]
    assert "refuse" in str(caught.value)


def test_nothing_missing_is_never_refused() -> None:
    assert at(compute(dataset(VALUES, missing="refuse")), "index", "T") == pytest.approx(116.52)


def test_carrying_takes_the_last_observation() -> None:
    result = compute(dataset(GAP, missing="carry"))
    assert at(result, "value", "B1") == 200
    assert at(result, "index", "B1") == pytest.approx(100)
    assert at(result, "index", "B") == pytest.approx(99.3)  # 0.3*100 + 0.7*99
    assert result.imputed.at["B1", Period.parse(H1)]
    assert result.imputed.to_numpy().sum() == 1


def test_carrying_where_there_is_nothing_to_carry_is_refused_and_the_base_is_nothing() -> None:
    values = VALUES.replace("B1    200   220     200     250", "B1    200   -       200     250")
    with pytest.raises(DataError, match="沿用") as caught:
        compute(dataset(values, missing="carry"))
    assert [str(p) for p in caught.value.problems] == ["observations：乙一指标（B1）缺2018年上半年的观测值"]


def test_reweighting_leaves_the_missing_one_out_and_scales_its_siblings() -> None:
    result = compute(dataset(GAP, missing="reweight"))
    assert math.isnan(at(result, "index", "B1"))
    assert at(result, "index", "B") == pytest.approx(99)  # B2 alone
    assert at(result, "index", "T") == pytest.approx(113.4)  # 0.6*123 + 0.4*99
    assert at(result, "rank", "B2") == 1
    assert result.imputed.at["B1", Period.parse(H1)]


def test_under_reweighting_the_missing_one_counts_at_its_siblings_mean_so_that_shares_stay_exact() -> None:
    result = compute(dataset(GAP, missing="reweight"))
    # B from 103 to 99; B2 from 100 to 99 of weight 0.7: -0.7 of -4; the rest is B1, from 110 to the mean 99.
    assert at(result, "share", "B2") == pytest.approx(17.5)
    assert at(result, "share", "B1") == pytest.approx(82.5)


def test_a_module_of_which_nothing_is_known_is_left_out_of_the_total() -> None:
    result = compute(dataset(GAP.replace("990", "-"), missing="reweight"))
    assert math.isnan(at(result, "index", "B"))
    assert at(result, "index", "T") == pytest.approx(123)
    assert math.isnan(at(result, "yoy", "B"))


# --------------------------------------------------------------------------- exactness, in fractions

ADAPTED = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
PERIODS = ("2018H1", "2018H2", "2019H1")


@st.composite
def hierarchies(draw: st.DrawFn) -> tuple[str, str]:
    """A tree of two or three levels below the total and a table of values with gaps, as texts."""
    deep = draw(st.booleans())
    tree, leaves = ["T 总 - 1 1 点 2"], []
    grid = iter(range(1, 100))

    def family(parent: str, depth: int) -> None:
        size = draw(st.integers(1, 3))
        parts = [draw(st.integers(1, 9)) for _ in range(size)]
        # tenths of thousandths that sum to one: the last takes what is left
        weights = [round(p / sum(parts), 4) for p in parts[:-1]]
        for weight in [*weights, round(1 - sum(weights), 4)]:
            code = f"N{next(grid)}"
            inverse = depth == 0 and draw(st.booleans())
            tree.append(f"{code} 名{code} {parent} {weight} {-1 if inverse else 1} % 2")
            if depth:
                family(code, depth - 1)
            else:
                leaves.append(code)

    family("T", 2 if deep else 1)
    cell = st.integers(1, 4000).map(lambda n: f"{n / 8}")
    rows = [" ".join(["2016", *PERIODS])]
    rows += [
        " ".join([leaf, draw(cell), *(draw(st.one_of(cell, cell, cell, st.just("-"))) for _ in PERIODS)])
        for leaf in leaves
    ]
    return "\n".join(tree), "\n".join(rows)


class Slow:
    """The same index in fractions, one number at a time."""

    def __init__(self, data: Dataset) -> None:
        self.data = data
        self.values = {
            (code, p): Fraction(v) if not math.isnan(v) else None
            for p in data.values.columns
            for code, v in data.values[p].items()
        }

    def weights(self, code: str) -> dict[str, Fraction]:
        raw = {n.code: Fraction(str(n.weight)) for n in self.data.children(code)}
        return {child: weight / sum(raw.values()) for child, weight in raw.items()}

    def index(self, code: str, period: Period) -> Fraction | None:
        if self.data.is_leaf(code):
            value, base = self.values[code, period], self.values[code, Period.parse("2016")]
            if value is None or base is None:
                return None
            return 100 * (base / value if self.data.nodes[code].inverse else value / base)
        known = {c: i for c in self.weights(code) if (i := self.index(c, period)) is not None}
        if not known:
            return None
        return sum(self.weights(code)[c] * i for c, i in known.items()) / sum(self.weights(code)[c] for c in known)


@ADAPTED
@given(hierarchies())
def test_every_index_is_that_of_the_slow_implementation(made: tuple[str, str]) -> None:
    tree, values = made
    data = dataset(values, tree)
    slow, result = Slow(data), compute(data)
    for code in data.nodes:
        for period in data.values.columns:
            expected = slow.index(code, period)
            found = result.tables["index"].at[code, period]
            assert (expected is None) == math.isnan(found)
            if expected is not None:
                assert found == pytest.approx(float(expected), rel=1e-12)


@ADAPTED
@given(hierarchies())
def test_shares_sum_to_a_hundred_and_pulls_to_the_growth_whatever_is_missing(made: tuple[str, str]) -> None:
    tree, values = made
    data = dataset(values, tree)
    result = compute(data)
    looked_at = 0
    for parent, children in result.families.items():
        for period in (Period.parse(p) for p in PERIODS):
            for growth, share, pull in (("yoy", "share", "pull"), ("pop", "share_pop", "pull_pop")):
                whole = result.tables[growth].at[parent, period]
                pulls = result.tables[pull].loc[list(children), period]
                shares = result.tables[share].loc[list(children), period]
                if not math.isnan(whole):
                    looked_at += 1
                    assert math.fsum(pulls) == pytest.approx(whole, abs=1e-9 * max(1, abs(whole)))
                if not shares.isna().any():
                    # the rounding of a sum of large shares of opposite sign grows with them
                    assert math.fsum(shares) == pytest.approx(100, abs=1e-9 * max(1, shares.abs().max()))
    assert looked_at or "-" in values


def test_three_levels_below_the_total_add_up_by_hand() -> None:
    tree = """
    T   总    -  1    1   点 2
    A   甲    T  0.5  1   点 2
    B   乙    T  0.5  1   点 2
    AX  甲一  A  0.4  1   点 2
    AY  甲二  A  0.6  1   点 2
    P   甲一1 AX 1    1   %  2
    Q   甲二1 AY 0.5  1   %  2
    R   甲二2 AY 0.5  -1  %  2
    S   乙1   B  1    1   %  2
    """
    values = """
          2016 2018H1 2019H1
    P     10   10     11
    Q     10   10     12
    R     10   10     8
    S     10   10     10
    """
    result = compute(dataset(values, tree))
    # AX 110; AY (120 + 125)/2 = 122.5; A 0.4*110 + 0.6*122.5 = 117.5; T (117.5 + 100)/2 = 108.75
    assert [at(result, "index", c) for c in ("AX", "AY", "A", "T")] == pytest.approx([110, 122.5, 117.5, 108.75])
    assert at(result, "share", "AX") == pytest.approx(400 / 17.5)  # 0.4*10 of 17.5
    assert at(result, "share", "A") == pytest.approx(100)
    assert at(result, "pull", "R") == pytest.approx(12.5)  # 0.5*25 of AY's 100
    assert families(dataset(values, tree).nodes) == {
        "AX": ("P",), "AY": ("Q", "R"), "A": ("AX", "AY"), "B": ("S",), "T": ("A", "B"),
    }  # fmt: skip


def test_a_missing_child_is_imputed_only_in_the_table_of_contributions() -> None:
    data = dataset(GAP)
    leaves = compute(data).tables["index"].loc[list(data.values.index)]
    said, decomposed = aggregate(leaves, data.nodes)
    assert math.isnan(said.at["B1", Period.parse(H1)])
    assert decomposed.at["B1", Period.parse(H1)] == pytest.approx(99)


# --------------------------------------------------------------------------- other frequencies


def test_quarters_compare_with_the_quarter_before_and_the_same_quarter_a_year_before() -> None:
    tree = "T 总 - 1 1 点 2\nA 甲 T 1 1 点 2\nA1 甲一 A 1 1 % 2"
    values = """
          2017 2018Q1 2018Q2 2018Q3 2018Q4 2019Q1
    A1    10   10     11     12     12.5   15
    """
    result = compute(dataset(values, tree, frequency="Q", base="2017"))
    assert at(result, "yoy", "T", "2019Q1") == pytest.approx(50)  # 15 against 10
    assert at(result, "pop", "T", "2019Q1") == pytest.approx(20)  # 15 against 12.5, over the turn of the year
    assert math.isnan(at(result, "yoy", "T", "2018Q4"))
    assert at(result, "since_base", "T", "2018Q4") == pytest.approx(25)


def test_months_compare_over_the_turn_of_the_year() -> None:
    tree = "T 总 - 1 1 点 2\nA 甲 T 1 1 点 2\nA1 甲一 A 1 -1 % 2"
    head = ["2018M01", *(f"2018M{m:02d}" for m in range(2, 13)), "2019M01"]
    row = ["8"] + ["5"] * 10 + ["4"] + ["2"]
    values = f"{' '.join(head)}\nA1 {' '.join(row)}"
    result = compute(dataset(values, tree, frequency="M", base="2018M01"))
    assert at(result, "yoy", "T", "2019M01") == pytest.approx(300)  # 8/2 = 400 against 100
    assert at(result, "pop", "T", "2019M01") == pytest.approx(100)  # 400 against 8/4 = 200


def test_a_yearly_index_has_one_comparison_under_two_names() -> None:
    tree = "T 总 - 1 1 点 2\nA 甲 T 1 1 点 2\nA1 甲一 A 1 1 % 2"
    values = "2016 2017 2018\nA1 10 11 12.1"
    result = compute(dataset(values, tree, frequency="A", base="2016"))
    assert at(result, "yoy", "T", "2018") == at(result, "pop", "T", "2018") == pytest.approx(10)


# --------------------------------------------------------------------------- statuses


def test_an_index_is_as_weak_as_its_value_or_its_base() -> None:
    book = ledger(VALUES.replace("A1    10 ", "A1    10E").replace("250", "250P"))
    assert {c: book[f"{c}.index@2019H1"].status for c in ("A1", "A2", "B1", "B2", "A", "B", "T")} == {
        "A1": "E", "A2": "A", "B1": "P", "B2": "A", "A": "E", "B": "P", "T": "E",
    }  # fmt: skip
    assert book["A1.value@2019H1"].status == "A"
    assert book["A.index@2016"].status == "A"  # 100 by definition


def test_a_change_of_an_indicator_needs_no_base_but_its_points_do() -> None:
    book = ledger(VALUES.replace("A1    10 ", "A1    10E"))
    assert book["A1.yoy@2019H1"].status == "A"  # 12.1 against 11, whatever the base was
    assert book["A1.yoy_diff@2019H1"].status == "A"
    assert book["A1.index_yoy_diff@2019H1"].status == "E"
    assert book["A1.pull@2019H1"].status == "E"
    assert book["A.yoy@2019H1"].status == "E"


def test_a_change_is_as_weak_as_its_earlier_value() -> None:
    book = ledger(VALUES.replace(" 11 ", " 11I "))
    assert book["A1.yoy@2019H1"].status == "I"
    assert book["A1.pop@2019H1"].status == "A"
    assert book["A.yoy@2019H1"].status == book["T.share@2019H1".replace("T", "A")].status == "I"


def test_estimated_weights_weaken_what_they_weigh_and_only_that() -> None:
    book = ledger(VALUES, weight_status="E")
    assert book["A1.index@2019H1"].status == book["A1.yoy@2019H1"].status == "A"
    assert {book[f"{c}.index@2019H1"].status for c in "ABT"} == {"E"}
    assert book["A1.share@2019H1"].status == "E"
    assert book["A1.rank@2019H1"].status == "A"
    assert book["A.rank@2019H1"].status == "E"


def test_a_published_figure_that_agrees_makes_its_fact_and_what_follows_from_it_normal() -> None:
    published = "A index 2019H1 123.00 点\nA index 2018H1 105.00 点\nB index 2019H1 999.00 点"
    book = ledger(VALUES, weight_status="E", published=published)
    assert book["A.index@2019H1"].status == "A"
    assert book["A.yoy@2019H1"].status == "A"
    assert book["A.pop@2019H1"].status == "E"  # 2018H2 was not published
    assert book["B.index@2019H1"].status == "E"  # published, but not reproduced
    assert book["A.share@2019H1"].status == "E"  # its weight is still an estimate


def test_a_pull_is_divided_by_the_whole_as_it_was_so_that_its_status_now_does_not_enter() -> None:
    book = ledger(VALUES.replace("250", "250P"))  # B1 of 2019H1, and with it B and the total
    assert book["T.index@2019H1"].status == "P"
    assert book["A.pull@2019H1"].status == book["B2.pull@2019H1"].status == "A"
    assert book["A.share@2019H1"].status == book["B2.share@2019H1"].status == "P"  # of the whole's change
    assert book["B.pull@2019H1"].status == "P"
    whole_before = ledger(VALUES.replace(" 11 ", " 11P "))  # A1 of 2018H1, and with it the total
    assert whole_before["B.pull@2019H1"].status == "P"


def test_a_rank_is_as_weak_as_the_weakest_of_those_ranked() -> None:
    book = ledger(VALUES.replace("250", "250P"))
    assert book["B2.rank@2019H1"].status == book["A.rank@2019H1"].status == "P"
    assert book["A1.rank@2019H1"].status == "A"


def test_a_carried_cell_is_an_estimate_and_its_parent_imputed_or_weaker() -> None:
    book = ledger(GAP, missing="carry")
    assert book["B1.value@2019H1"].status == book["B1.index@2019H1"].status == "E"
    assert book["B.index@2019H1"].status == book["T.index@2019H1"].status == "I"
    assert book["B2.index@2019H1"].status == "A"
    carried_estimate = ledger(GAP.replace("200     -", "200E    -"), missing="carry")
    assert carried_estimate["B.index@2019H1"].status == "E"
    on_estimated_base = ledger(GAP.replace("B1    200 ", "B1    200E "), missing="carry")
    assert on_estimated_base["B.index@2019H1"].status == "E"
    carried_twice = ledger(GAP.replace("220     200     -", "220P    -       -"), missing="carry")
    assert carried_twice["B.index@2019H1"].status == "P"


def test_a_missing_indicator_has_no_facts_and_does_not_weaken_its_parent() -> None:
    book = ledger(GAP)
    assert book.get("B1.value@2019H1") is None
    assert book.get("B1.share@2019H1") is None
    assert book.get("B1.yoy@2019H1") is None
    assert book["B.index@2019H1"].status == book["T.yoy@2019H1"].status == "A"


# --------------------------------------------------------------------------- patterns


def path(*values: float, first: str = "2017H1") -> list[tuple[Period, float]]:
    start = Period.parse(first)
    return [(start.shift(n), value) for n, value in enumerate(values)]


def found(pattern: patterns.Pattern | None) -> tuple[str, float, str] | None:
    return None if pattern is None else (pattern.kind, pattern.value, pattern.phrase)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((100, 101, 102), ("streak_up", 2, "连续走高")),
        ((100, 99, 101, 102, 103), ("streak_up", 3, "连续走高")),
        ((103, 102, 101, 100), ("streak_down", 3, "连续走低")),
        ((100, 101), None),  # one rise is no streak
        ((100, 102, 101), None),
        ((100, 101, 102, 102.004), None),  # stands still to two decimals
        ((100, 101, 101.004, 102), None),  # a standstill breaks it
        ((100,), None),
        ((), None),
    ],
)
def test_a_streak_counts_moves_of_one_sign(values: tuple[float, ...], expected: object) -> None:
    assert found(patterns.streak(path(*values))) == expected


def test_a_streak_of_three_is_proved_by_four_periods() -> None:
    pattern = patterns.streak(path(105, 100, 101, 102, 103))
    assert pattern is not None
    assert [str(p) for p in pattern.periods] == ["2017H2", "2018H1", "2018H2", "2019H1"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((101, 100, 101), "止跌回升"),
        ((100, 101, 100), "先升后降"),  # three values do not make a peak
        ((90, 100, 101, 100), "冲高回落"),
        ((102, 100, 101, 100), "先升后降"),  # it was higher once
        ((100, 101, 102), None),
        ((101, 100, 100.004), None),
        ((100, 101), None),
    ],
)
def test_a_turn_needs_three_values_and_a_peak_the_whole_past(values: tuple[float, ...], expected: object) -> None:
    pattern = patterns.turn(path(*values))
    assert (pattern and pattern.phrase) == expected


def test_a_peak_before_a_gap_counts() -> None:
    now = path(100, 101, 100, first="2018H1")
    history = [(Period.parse("2016H1"), 105.0), *now]
    assert found(patterns.turn(now, history)) == ("turn_down", 1, "先升后降")
    assert found(patterns.turn(now, [(Period.parse("2016H1"), 95.0), *now])) == ("turn_down", 1, "冲高回落")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((100, 101, 102), ("record_high", 102, "创新高")),
        ((102, 101, 100), ("record_low", 100, "创新低")),
        ((100, 102, 102), None),  # a tie is no record
        ((100, 102, 102.004), None),  # nor is what prints the same
        ((100, 102, 101), None),
        ((100, 102), None),
    ],
)
def test_a_record_beats_every_value_before(values: tuple[float, ...], expected: object) -> None:
    assert found(patterns.record(path(*values))) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((115, 129.9, 130), ("crossed_up", 130, "迈过")),  # at the mark counts
        ((115, 129.9, 129.99), None),
        ((131, 129, 130.5), ("crossed_up", 130, "重回")),
        ((130, 129, 130.5), ("crossed_up", 130, "重回")),
        ((110, 115, 137), ("crossed_up", 130, "迈过")),  # past 120 and 130: the last one
        ((140, 130, 129.9), ("crossed_down", 130, "跌破")),
        ((140, 130.1, 130), None),  # at the mark is not below it
        ((140, 128, 104), ("crossed_down", 110, "跌破")),  # past 120 and 110: the last one
        ((115, 130, 131), None),
        ((115, 129.998, 130.002), None),  # both print as 130.00
        ((1001, 1099, 1105), ("crossed_up", 1100, "迈过")),  # above a thousand marks are hundreds
        ((1001, 1095, 1099), None),
        ((900, 995, 1005), ("crossed_up", 1000, "迈过")),
        ((1, -5, 3), None),  # nought is no mark
        ((1, 3, -5), None),
        ((130,), None),
    ],
)
def test_a_mark_is_crossed_from_below_or_from_above(values: tuple[float, ...], expected: object) -> None:
    assert found(patterns.crossing(path(*values))) == expected


def test_noise_beyond_the_ninth_digit_crosses_no_mark() -> None:
    assert patterns.crossing(path(100, 129.9999999999, 131)) is None  # it was at 130
    assert found(patterns.crossing(path(100, 120, 129.9999999999))) == ("crossed_up", 130, "迈过")


def test_a_mark_reached_before_a_gap_is_regained() -> None:
    now = path(128, 131, first="2018H2")
    assert found(patterns.crossing(now)) == ("crossed_up", 130, "迈过")
    assert found(patterns.crossing(now, [(Period.parse("2016H1"), 133.0), *now])) == ("crossed_up", 130, "重回")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((3, 5), ("accelerating", 2, "涨幅扩大")),
        ((5, 3), ("slowing", 2, "涨幅收窄")),
        ((-3, -5), ("worsening", 2, "降幅扩大")),
        ((-5, -3), ("easing", 2, "降幅收窄")),
        ((3, 3.4), None),  # less than half a point
        ((-1, 3), None),  # a turn, not a pace
        ((0, 3), None),
        ((3,), None),
    ],
)
def test_momentum_compares_two_rates_of_one_sign(values: tuple[float, ...], expected: object) -> None:
    assert found(patterns.momentum(path(*values))) == expected


def test_sides_count_by_the_flat_band_and_its_edge_is_a_move() -> None:
    told = patterns.sides({"a": 2.0, "b": 1.99, "c": -2.0, "d": -1.99, "e": 0.0, "f": math.nan, "g": 9.0}, 2.0)
    assert told == patterns.Sides(up=("a", "g"), down=("c",), flat=("b", "d", "e"))
    assert patterns.sides({"a": 1.9999999999}, 2.0).up == ("a",)  # 102/100 in floats


def test_concentration_is_the_fewest_that_carry_half() -> None:
    assert patterns.concentration({"a": 20.0, "b": 60.0, "c": 20.0}) == ("b",)
    assert patterns.concentration({"a": 40.0, "b": 35.0, "c": 25.0}) == ("a", "b")
    assert patterns.concentration({"a": 40.0, "b": 30.0, "c": 30.0}) == ("a", "b", "c")  # equals go together
    assert patterns.concentration({"a": 50.0, "b": 50.0}) == ("a", "b")
    assert patterns.concentration({"a": 25.0, "b": 25.0, "c": 25.0, "d": 25.0}) == ()  # or not at all
    assert patterns.concentration(dict.fromkeys("abcdefgh", 12.5)) == ()  # four would be needed
    assert patterns.concentration({"a": 130.0, "b": -30.0}) == ("a",)
    assert patterns.concentration({}) == ()


# --------------------------------------------------------------------------- patterns as the ledger finds them


def test_a_record_must_beat_what_was_seen_before_a_gap() -> None:
    tree = "T 总 - 1 1 点 2\nA 甲 T 0.5 1 点 2\nB 乙 T 0.5 1 点 2\nA1 甲一 A 1 1 % 2\nB1 乙一 B 1 1 % 2"
    values = """
          2016 2017H1 2017H2 2018H1 2018H2 2019H1
    A1    10   19     -      11     12     13
    B1    10   11     11     11     11     11
    """
    book = ledger(values, tree)
    assert book.get("A1.record_high@2019H1") is None  # 190 in 2017H1
    assert book["A1.streak_up@2019H1"].value == 2
    assert book["A1.crossed_up@2019H1"].phrase == "重回"  # 130, and 190 was above it
    lower = ledger(values.replace("19 ", "9 "), tree)
    assert lower["A1.record_high@2019H1"].value == pytest.approx(130)
    assert lower["A1.crossed_up@2019H1"].phrase == "迈过"
    assert lower.get("A1.record_high@2017H2") is None  # nothing was observed then


def test_who_rose_most_is_not_said_of_two() -> None:
    tree = "T 总 - 1 1 点 2\nA 甲 T 0.4 1 点 2\nB 乙 T 0.6 1 点 2\nA1 甲一 A 1 1 % 2\nB1 乙一 B 1 1 % 2"
    tied = ledger("2016 2018H1 2019H1\nA1 10 10 11\nB1 7 7 7.7", tree)
    assert tied.get("T.gain_top@2019H1") is None
    assert tied.get("T.leader@2019H1") is None
    assert tied["T.parts_up@2019H1"].phrase == "二升"
    apart = ledger("2016 2018H1 2019H1\nA1 10 10 11\nB1 7 7 6.3", tree)
    assert apart["T.gain_top@2019H1"].phrase == "甲"
    assert apart["T.decline_top@2019H1"].phrase == "乙"
    assert apart["T.parts_up@2019H1"].phrase == "一升一降"
