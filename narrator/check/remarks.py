"""The findings of a check as Word comments, in plain Chinese: what it should be, the formula, the inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrator.check.result import CheckResult
from narrator.check.rules import RULES
from narrator.model import Finding
from narrator.word.document import Document
from narrator.word.edit import Note, annotate

if TYPE_CHECKING:
    from narrator.facts import Ledger


def annotated(data: bytes, document: Document, result: CheckResult, ledger: Ledger) -> bytes:
    """A copy of a .docx with a comment by “narrate” on each number found; nothing else is changed."""
    notes = []
    for finding in result.findings:
        place = finding.place
        block = document.at(place.block)
        if finding.rule in ("unread-region", "unused-allow") or not block:
            continue
        end = min(place.end, len(block[0].text))
        notes.append(Note(place.block, min(place.start, end), end, remark(finding, ledger)))
    return annotate(data, notes, name=result.document)


def remark(finding: Finding, ledger: Ledger) -> str:
    """The text of one comment, a line a paragraph."""
    level = "" if finding.severity == "error" else "（提示）"
    lines = [f"{RULES[finding.rule].title}{level}：{finding.message}"]
    fact = ledger.get(finding.fact) if finding.fact else None
    if fact is not None:
        from narrator.facts import explain_fact

        for label, text in explain_fact(ledger, fact):
            if label in ("算式", "代入") or (label == "依据" and len(lines) < 7):
                lines.append(f"{label}：{text}")
        if fact.origin and not any(fact.origin in line for line in lines[1:]):
            lines.append(f"来源：{fact.origin}")
    lines.append(f"规则 {finding.rule}；确认无误可回复“narrate: allow {finding.rule} — 理由”")
    return "\n".join(lines)
