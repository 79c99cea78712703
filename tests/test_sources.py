"""Figures from departments' notes: a rank is not a gain in rank, and a place among others is theirs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from narrator import dataset
from narrator.check.sources import Sources
from narrator.facts import Ledger
from narrator.model import Period

DATA = Path(__file__).parent.parent / "data"
NOTE = "政务服务评价得分居全省第6位，评价得分较上年提升2位。"


@pytest.fixture(scope="module")
def noted() -> Sources:
    found = Sources(Ledger(dataset.load(DATA / "demo")), Period.parse("2025H1"))
    found._enter(NOTE, "素材", (), "note")
    return found


def test_a_rank_is_sourced_by_the_same_rank_about_the_same(noted: Sources) -> None:
    found = noted.material(Decimal(6), "位", "政务服务评价得分居全省第六位", "rank")
    assert found is not None
    assert found.origin == "素材"


@pytest.mark.parametrize(
    ("value", "clause"),
    [(2, "政务服务评价得分居全省第二位"), (6, "政务服务评价得分居全国第六位"), (6, "政务服务评价得分居全市第六位")],
)
def test_a_rank_is_sourced_by_no_gain_and_no_other_place(noted: Sources, value: int, clause: str) -> None:
    assert noted.material(Decimal(value), "位", clause, "rank") is None


def test_a_gain_in_rank_is_sourced_by_the_gain(noted: Sources) -> None:
    found = noted.material(Decimal(2), "位", "政务服务评价得分较上年提升2位", "count")
    assert found is not None
    assert found.origin == "素材"
