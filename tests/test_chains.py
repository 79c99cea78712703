"""Clauses that leave nothing open are right in any order, and wrong with a digit altered or a direction turned."""

from __future__ import annotations

import random
from itertools import islice

import pytest
from chains import Chains

from tests.test_rules import checked, ledger

EACH = 40


@pytest.mark.parametrize(("index", "seed"), [("demo", 1), ("demo", 2), ("shangyu", 3)])
def test_clauses_that_leave_nothing_open_are_right_in_any_order(index: str, seed: int) -> None:
    for chain in islice(Chains(ledger(index), seed), EACH):
        errors = [f for f in checked(chain.text(), index, chain.period).findings if f.severity == "error"]
        assert [(chain.period, chain.text(), f.rule, f.actual, f.message) for f in errors] == []


@pytest.mark.parametrize(("index", "seed"), [("demo", 4), ("demo", 5)])
def test_a_digit_altered_is_found(index: str, seed: int) -> None:
    chance = random.Random(seed)
    for chain in islice(Chains(ledger(index), seed), EACH):
        text = chain.altered(chance)
        assert checked(text, index, chain.period).findings, (chain.period, text)


@pytest.mark.parametrize(("index", "seed"), [("demo", 6), ("demo", 7)])
def test_a_direction_turned_is_found(index: str, seed: int) -> None:
    for chain in islice(Chains(ledger(index), seed), EACH):
        for place, clause in enumerate(chain.clauses):
            if clause.turned:
                text = chain.text(place)
                assert checked(text, index, chain.period).findings, (chain.period, text)
