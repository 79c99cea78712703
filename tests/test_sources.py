"""Figures from departments' notes: a rank is not a gain in rank, and a place among others is theirs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from narrator import dataset
from narrator.check.run import Check
from narrator.check.sources import Sources
from narrator.facts import Ledger
from narrator.model import Finding, Period
from narrator.word.read import read
from tests.test_rules import checked

DATA = Path(__file__).parent.parent / "data"
LISTED = "上半年新开工产业项目64个、竣工投产38个，减税23.5亿元、降费6.8亿元。"
NOTE = "政务服务评价得分居全省第6位，评价得分较上年提升2位。"


@pytest.fixture(scope="module")
def noted() -> Sources:
    found = Sources(Ledger(dataset.load(DATA / "demo")), Period.parse("2025H1"))
    found._enter(NOTE, "素材", (), "note")
    found._enter(LISTED, "素材", (), "listed")
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


def test_the_nearest_number_is_a_written_one_and_among_equals_the_first() -> None:
    found = Sources(Ledger(dataset.load(DATA / "demo")), Period.parse("2025H1"))
    found._enter(
        "全区新开工亿元以上项目完成投资，民营项目完成投资96.5亿元，外资项目完成投资12.3亿元。", "素材", (), "a"
    )
    near = found.nearest("亿元", "全区新开工亿元以上项目完成投资69.5亿元")
    assert near is not None
    assert near.value == Decimal("96.5")


def test_a_gain_in_rank_is_sourced_by_the_gain(noted: Sources) -> None:
    found = noted.material(Decimal(2), "位", "政务服务评价得分较上年提升2位", "count")
    assert found is not None
    assert found.origin == "素材"


@pytest.mark.parametrize(
    "text",
    [
        "新开工产业项目64个、竣工投产38个。", "竣工投产项目38个。", "开工项目64个。", "新开工、竣工投产项目分别为64个和38个。",
        "减税、降费23.5亿元和6.8亿元。",
    ],
)  # fmt: skip
def test_a_number_of_a_list_is_sourced_for_its_own_item(text: str) -> None:
    assert noticed(text) == []


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("新开工产业项目38个、竣工投产64个。", 2), ("竣工投产项目64个。", 1), ("开工项目38个。", 1),
        ("新开工、竣工投产项目分别为38个和64个。", 2), ("降费23.5亿元。", 1), ("减税、降费6.8亿元和23.5亿元。", 2),
    ],
)  # fmt: skip
def test_a_number_of_a_list_is_no_source_for_another_item(text: str, findings: int) -> None:
    assert noticed(text) == ["wrong-subject"] * findings


def test_the_correction_of_an_item_is_its_own_number() -> None:
    assert [(f.actual, f.fix) for f in found("新开工产业项目38个、竣工投产64个。")] == [("38", "64"), ("64", "38")]


def noticed(text: str) -> list[str]:
    return [f.rule for f in found(text)]


def found(text: str) -> list[Finding]:
    """What the check finds where the list above is a note of the period."""
    ledger = Ledger(dataset.load(DATA / "demo"))
    checked = Check(read(text.encode(), "稿.md"), ledger, Period.parse("2025H1"))
    checked.sources._enter(LISTED, "素材", (), "listed")
    return list(checked.run().findings)


def test_what_is_told_now_is_set_beside_its_figure_of_then() -> None:
    told = "1—6月新增企业人才14602人，已超过2018年全年的{}人。"
    assert not checked(told.format(10961), "shangyu", "2019H1").findings
    assert [f.expected for f in checked(told.format(10691), "shangyu", "2019H1").findings] == ["10961"]
