"""Each rule by its own sentences, on the fictional index in its last period."""

from __future__ import annotations

import pytest
from rule_sample import DATA, document, ledger

from narrator.check.result import CheckResult
from narrator.check.rules import RULES
from narrator.check.run import check
from narrator.model import Period

WARNINGS = {
    "stale-number", "from-rounded", "unsupported-number", "unclear-number", "unread-region", "unused-allow",
}  # fmt: skip
ALL = {
    "wrong-number", "wrong-unit", "wrong-period", "wrong-basis", "wrong-subject", "wrong-direction", "wrong-rank",
    "wrong-count", "wrong-pattern", "wrong-hedge", "conflicting-numbers", "broken-arithmetic", "broken-reference",
    "tag-mismatch", *WARNINGS,
}  # fmt: skip


def checked(text: str, name: str = "demo", period: str = "2025H1") -> CheckResult:
    return check(document(text, name, period), ledger(name), Period.parse(period))


def test_the_rules_are_those_of_the_contract_with_their_severities() -> None:
    assert set(RULES) == ALL
    assert {name for name, rule in RULES.items() if rule.severity == "warning"} == WARNINGS


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_explains_itself_in_chinese(name: str) -> None:
    labels = [label for label, text in RULES[name].explained() if text]
    assert labels == ["名称", "含义", "为何", "示例", "处理"]


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_has_sentences_that_keep_it_and_sentences_that_break_it(name: str) -> None:
    assert RULES[name].valid
    assert RULES[name].invalid


@pytest.mark.parametrize(("name", "sentence"), [(r.name, s) for r in RULES.values() for s in r.valid])
def test_a_right_sentence_has_no_finding(name: str, sentence: str) -> None:
    assert [(f.rule, f.message) for f in checked(sentence).findings] == []


@pytest.mark.parametrize(("name", "sentence"), [(r.name, s) for r in RULES.values() for s in r.invalid])
def test_a_wrong_sentence_is_named_by_its_rule(name: str, sentence: str) -> None:
    assert name in [f.rule for f in checked(sentence).findings]


__all__ = ["DATA", "checked", "ledger"]
