"""The result of a check: mentions with verdicts, findings, and the JSON of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from narrator.model import Finding, Mention, Verdict

ERROR, WARNING, NEVER = "error", "warning", "never"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was looked at and what was found.

    `coverage` is the share of digit runs and Chinese-numeral quantities that ended in a verdict;
    `coincidence` the chance that a random number of the same unit and decimals would have passed.
    `notes` gives, for the place of a verdict in `verdicts`, why it is so, for those who read the text.
    """

    document: str
    index: str
    period: str
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    coverage: float
    coincidence: float
    notes: Mapping[int, str] = field(default_factory=dict)

    def count(self, name: str) -> int:
        return sum(v.name == name for v in self.verdicts)

    @property
    def summary(self) -> dict[str, Any]:
        names = ("verified", "wrong", "unsupported", "unclear", "exempt")
        return {
            "mentions": len(self.verdicts),
            **{name: self.count(name) for name in names},
            "coverage": round(self.coverage, 6),
            "coincidence": round(self.coincidence, 6),
        }

    def failed(self, fail_on: str = ERROR) -> bool:
        """Whether there are findings at or above a level: `error`, `warning` or `never`."""
        if fail_on == NEVER:
            return False
        return any(f.severity == ERROR or fail_on == WARNING for f in self.findings)


def mention_json(mention: Mention) -> dict[str, Any]:
    """A mention before any verdict, as `narrate mentions` shows it."""
    place = mention.place
    return {
        "part": place.part, "block": place.block, "start": place.start, "end": place.end, "text": mention.text,
        "phrase": mention.phrase, "value": mention.value, "unit": mention.unit, "kind": mention.kind,
        "subject": mention.subject or None, "measure": mention.measure or None, "period": mention.period or None,
    }  # fmt: skip


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    return {
        **mention_json(verdict.mention),
        "verdict": verdict.name, "rule": verdict.rule or None, "fact": verdict.fact or None,
        "expected": verdict.expected or None, "source": verdict.source, "bound_by": verdict.bound_by,
    }  # fmt: skip


def finding_json(finding: Finding) -> dict[str, Any]:
    place = finding.place
    return {
        "rule": finding.rule, "severity": finding.severity, "message": finding.message, "heading": finding.heading,
        "paragraph": finding.paragraph, "part": place.part, "block": place.block, "start": place.start, "end": place.end,
        "quote": finding.quote, "expected": finding.expected or None, "actual": finding.actual or None,
        "fact": finding.fact or None, "related": list(finding.related), "fix": finding.fix or None,
        "fingerprint": finding.fingerprint,
    }  # fmt: skip
