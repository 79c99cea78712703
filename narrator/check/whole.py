"""What the document says as a whole: findings on its numbers, and on how they go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrator.check.run import Looked, finding_of
from narrator.model import Finding

if TYPE_CHECKING:
    from narrator.check.run import Check

WARNINGS = frozenset("stale-number from-rounded unsupported-number unclear-number unread-region unused-allow".split())


class Whole:
    def __init__(self, check: Check) -> None:
        self.check = check

    def findings(self) -> list[Finding]:
        out = []
        for seen in self.check.looked:
            j = seen.judgement
            if j.rule and j.name != "exempt":
                out.append(finding_of(seen, j.rule, "warning" if j.rule in WARNINGS else "error", self.message(seen)))
        return out

    def message(self, seen: Looked) -> str:
        return seen.judgement.why
