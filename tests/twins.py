"""Sentences in pairs, one that is so and the same with one thing wrong, on the fictional index in 2024H2."""

from __future__ import annotations

from tests.test_rules import checked

PERIOD = "2024H2"


def assert_passes(text: str) -> None:
    """Nothing is found fault with, and something was verified."""
    result = checked(text, period=PERIOD)
    assert [(f.rule, f.actual, f.message) for f in result.findings] == []
    assert [v.name for v in result.verdicts if v.name == "verified"]


def assert_found(text: str, rules: set[str]) -> None:
    """It is found fault with by one of `rules`."""
    assert {f.rule for f in checked(text, period=PERIOD).findings} & rules
