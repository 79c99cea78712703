"""Figures that agree with the data and rest on an estimate, which a report is not to quote."""

from __future__ import annotations

import pytest
from index_sample import ledger

from narrator.check.run import check
from narrator.facts import Ledger
from narrator.model import Finding, Period
from narrator.word.document import Block, Document

REPORT = Period.parse("2019H1")
REST = "A2 10 10 10 8\nB1 20 20 20 22\nB2 100 100 100 120\n"
FINAL, ESTIMATED, PROVISIONAL = (
    ledger(f"2016 2018H1 2018H2 2019H1\nA1 50 50 52 55{status}\n{REST}") for status in ("A", "E", "P")
)
MODULE = "2019年上半年，甲模块指数为117.50点，同比增长17.50%。"  # of 甲一指标 (110) and 甲二指标 (125)


def findings(text: str, data: Ledger) -> list[Finding]:
    result = check(Document("a.md", "md", (Block(1, "body", text, "Normal"),)), data, REPORT)
    assert all(v.name in ("verified", "exempt") for v in result.verdicts)
    return list(result.findings)


def test_a_figure_that_rests_on_an_estimate_is_warned_of() -> None:
    found = findings(MODULE, ESTIMATED)
    assert [(f.rule, f.severity, f.actual) for f in found] == [
        ("unsupported-number", "warning", "117.50"),
        ("unsupported-number", "warning", "17.50"),
    ]
    assert all("估计数" in f.message and "甲一指标为估计" in f.message for f in found)
    assert findings(MODULE, FINAL) == findings(MODULE, PROVISIONAL) == []


def test_what_rests_on_no_estimate_is_left_alone() -> None:
    assert findings("2019年上半年，乙模块指数为117.00点。", ESTIMATED) == []
    assert findings("2018年上半年，甲模块指数为100.00点。", ESTIMATED) == []


@pytest.mark.parametrize("said", ["据估算，2019年上半年甲一指标为55.00%。", "2019年上半年，甲一指标预计为55.00%。"])
def test_an_estimate_that_is_called_one_is_right(said: str) -> None:
    assert findings(said, ESTIMATED) == []
