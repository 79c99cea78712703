"""narrator.word.plot: axes and labels as arithmetic."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrator.word.pages import width
from narrator.word.plot import (
    LABEL_HEIGHT,
    bar_axis,
    category_labels,
    category_names,
    column_labels,
    label_width,
    line_axis,
    line_labels,
)

D = Decimal
shown = st.decimals(min_value=-100_000, max_value=100_000, places=2)
tables = st.integers(1, 8).flatmap(
    lambda n: st.lists(st.lists(st.none() | shown, min_size=n, max_size=n), min_size=1, max_size=5)
)


@given(tables)
def test_an_axis_holds_every_value_between_round_marks(values: list[list[Decimal | None]]) -> None:
    flat = [float(v) for row in values for v in row if v is not None]
    for axis in (line_axis(values), bar_axis(values)):
        assert axis.low < axis.high
        assert all(axis.low - 1e-6 <= v <= axis.high + 1e-6 for v in flat)
        marks = (axis.high - axis.low) / axis.step
        assert abs(marks - round(marks)) < 1e-6
        assert marks <= 20
    assert bar_axis(values).low <= 0 <= bar_axis(values).high


@given(tables)
def test_a_stack_fits_its_axis(values: list[list[Decimal | None]]) -> None:
    axis = bar_axis(values, stacked=True)
    for column in zip(*values, strict=True):
        assert sum(float(v) for v in column if v is not None and v > 0) <= axis.high + 1e-6
        assert sum(float(v) for v in column if v is not None and v < 0) >= axis.low - 1e-6


@given(tables)
def test_labels_of_lines_never_lie_on_each_other(values: list[list[Decimal | None]]) -> None:
    axis, height, size = line_axis(values), 130.0, 9.0
    places = line_labels(values, axis, (380.0, height), size)
    for i in range(len(values[0])):
        boxes = []
        for row, chosen in zip(values, places, strict=True):
            value = row[i]
            if value is None:
                assert chosen[i] is None
                continue
            y = (float(value) - axis.low) / (axis.high - axis.low) * height
            if chosen[i]:
                bottom = y + 5 if chosen[i] == "t" else y - 5 - LABEL_HEIGHT * size
                boxes.append((bottom, bottom + LABEL_HEIGHT * size))
        boxes.sort()
        assert all(lower[1] <= upper[0] + 0.2 for lower, upper in pairwise(boxes))


def test_two_lines_are_labelled_outwards() -> None:
    values = [[D("120.00"), D("130.00")], [D("110.00"), D("140.00")]]
    assert line_labels(values, line_axis(values), (380.0, 130.0), 9.0) == [["t", "b"], ["b", "t"]]


def test_of_many_points_the_last_is_always_labelled() -> None:
    values = [[D("100.00") + i for i in range(24)]]
    places = line_labels(values, line_axis(values), (380.0, 130.0), 9.0)[0]
    assert places[-1] == "t"
    assert 5 < sum(p is not None for p in places) < 24


def test_a_line_of_equal_values_has_an_axis() -> None:
    axis = line_axis([[D("5.00"), D("5.00")]])
    assert axis.low < 5 < axis.high


def test_marks_are_no_finer_than_what_is_shown() -> None:
    assert line_axis([[D("7.5"), D("7.6")]], decimals=1).decimals == 1
    assert line_axis([[D("7500"), D("7503")]], decimals=0).decimals == 0


def test_labels_wider_than_their_column_stand_upright() -> None:
    row: list[Decimal | None] = [D("118.90")] * 6
    assert not column_labels([row], 377, 0.8, 9).upright
    crowded = column_labels([row] * 3, 377, 0.8, 9)
    assert crowded.upright
    assert crowded.shown
    assert not column_labels([row * 4] * 5, 377, 0.8, 9).shown


def test_labels_of_two_series_lie_beside_each_other_in_smaller_type_and_closer_clusters() -> None:
    row: list[Decimal | None] = [D("118.90")] * 6
    two = column_labels([row] * 2, 383, 0.8, 9)
    assert (two.upright, two.shown) == (False, True)
    assert 7.5 <= two.size < 9
    assert 0.3 <= two.gap < 0.8
    column = 383 / 6 / (2 + two.gap)
    assert label_width("118.90", two.size) * 1.27 < column
    assert column_labels([row[:3]] * 2, 383, 0.8, 9).gap == 0.8


def test_a_label_of_digits_is_as_wide_as_its_digits() -> None:
    assert label_width("118.90", 10) == 5 * 5 + 2.5


def test_names_wrap_before_they_are_thinned_out() -> None:
    assert category_labels(["质量效益"] * 6, 377, 10, may_skip=True).lines == 1
    long = category_labels(["规模以上工业增加值率"] * 8, 377, 10, may_skip=False)
    assert (long.lines > 1, long.skip) == (True, 1)
    assert category_labels(["2016年上半年"] * 30, 377, 10, may_skip=True).skip > 1
    assert category_labels(["2016年上半年"] * 30, 377, 10, may_skip=False).skip == 1


@pytest.mark.parametrize("rest", ["上半年", "三季度", "12月"])
def test_many_periods_are_broken_after_the_year_and_nowhere_else(rest: str) -> None:
    names = [f"{year}年{rest}" for year in range(2016, 2024)]
    shown = category_names(names, 377, 10)
    assert shown == tuple(f"{year}年\n{rest}" for year in range(2016, 2024))
    labels = category_labels(shown, 377, 10, may_skip=True)
    assert (labels.lines, labels.skip) == (2, 1)
    # no line is wider than its slot: nothing is broken once more
    assert width(rest) * labels.size < 377 / 8


def test_few_periods_stay_on_one_line_while_they_fit() -> None:
    names = [f"{year}年上半年" for year in range(2020, 2025)]
    assert category_names(names, 377, 10) == tuple(names)
    assert category_names(names, 200, 10)[0] == "2020年\n上半年"
    assert category_names(names[:2], 377, 10) == tuple(names[:2])


def test_names_that_are_no_periods_and_whole_years_are_not_broken() -> None:
    modules = ["质量效益", "2019年质量"] * 5
    assert category_names(modules, 377, 10) == tuple(modules)
    years = [f"{year}年" for year in range(2010, 2024)]
    assert category_names(years, 377, 10) == tuple(years)
    assert category_names(["2016年", *[f"{year}年下半年" for year in range(2017, 2023)]], 377, 10)[:2] == (
        "2016年",
        "2017年\n下半年",
    )


def test_broken_periods_that_would_break_again_are_thinned_out() -> None:
    shown = category_names([f"{year}年下半年" for year in range(2000, 2030)], 377, 10)
    labels = category_labels(shown, 377, 10, may_skip=True)
    assert labels.lines == 2
    assert 3 * labels.size <= 377 / 30 * labels.skip
