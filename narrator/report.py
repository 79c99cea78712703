"""A report as a whole: drafted, set in Word and checked, by the offline writer or with a language model.

The check that reads the finished file has the last word: a paragraph of the model in which it finds anything gives
way to the offline writer's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from narrator.model import Draft, Finding, Paragraph, Period

if TYPE_CHECKING:
    from narrator.check.result import CheckResult
    from narrator.facts import Ledger
    from narrator.writers.llm import Connection
    from narrator.writers.rounds import Account, Progress, Written


@dataclass(frozen=True)
class Report:
    """A draft, its .docx, and what the check said of that; with a model, how its paragraphs came about by key."""

    draft: Draft
    content: bytes
    result: CheckResult
    written: Written | None = None
    told: Mapping[str, Account] = field(default_factory=dict)


def offline(ledger: Ledger, period: Period, prompts: Path, *, template: Path | None = None, name: str = "") -> Report:
    """The report of the offline writer; raises as `narrator.draft` and `narrator.document` do."""
    import narrator

    draft = narrator.draft(ledger, period, prompts=prompts)
    return recast(draft, ledger, template=template, name=name)


def with_model(
    ledger: Ledger,
    period: Period,
    prompts: Path,
    connection: Connection,
    *,
    template: Path | None = None,
    name: str = "",
    progress: Progress | None = None,
    strict: bool = False,
) -> Report:
    """The report of a language model; where it fails, and what is refused, is the offline writer's.

    Raises ModelError where a call fails and `strict` is set, or a replayed run does not hold it.
    """
    from narrator.prompts import Prompts
    from narrator.writers.briefs import Briefs
    from narrator.writers.guard import Guard
    from narrator.writers.offline import OfflineWriter
    from narrator.writers.outline import outline
    from narrator.writers.rounds import LlmWriter

    templates, plan = Prompts(prompts), outline(ledger, period)
    frame = OfflineWriter(plan, templates).draft()
    briefs = Briefs(plan, templates, frame)
    writer = LlmWriter(frame, briefs, Guard(plan, briefs), connection, progress, strict)
    written = writer.write()
    return _settled(written, frame, ledger, template, name)


def recast(draft: Draft, ledger: Ledger, *, template: Path | None = None, name: str = "") -> Report:
    """A draft that is complete, set in Word and checked."""
    import narrator

    content = narrator.document(draft, ledger, template=template)
    return Report(draft, content, narrator.verify(content, ledger, draft.period, name=name))


def _settled(written: Written, frame: Draft, ledger: Ledger, template: Path | None, name: str) -> Report:
    """The report, with the paragraphs that the check of the whole finds fault with taken back, until it finds none."""
    from narrator.writers.rounds import Refused
    from narrator.writers.sections import replaced

    own = {p.key: p for p in frame.blocks if isinstance(p, Paragraph)}
    told = dict(written.told)
    report = recast(written.draft, ledger, template=template, name=name)
    known: frozenset[tuple[str, ...]] | None = None
    while report.result.findings and (model := _by_model(report.draft, own)):
        if known is None:  # what the offline writer's own draft shows is no fault of the model
            own_findings = recast(frame, ledger, template=template, name=name).result.findings
            known = frozenset(map(_kind, own_findings))
        findings = [f for f in report.result.findings if _kind(f) not in known]
        if not findings:
            break
        blamed = _blamed(report, model, findings, ledger)
        for key, faults in blamed.items():
            refused = [Refused(0, f.rule, f.quote, f.message) for f in faults]
            told[key] = replace(
                told[key], author="offline", outcome="withdrawn", refused=(*told[key].refused, *refused)
            )
        draft = replaced(report.draft, {key: own[key] for key in blamed})
        if not _by_model(draft, own):
            draft = replace(draft, writer=frame.writer)
        report = recast(draft, ledger, template=template, name=name)
    return replace(report, written=written, told=told)


def _kind(finding: Finding) -> tuple[str, ...]:
    return finding.rule, finding.quote, finding.fact


def _by_model(draft: Draft, own: Mapping[str, Paragraph]) -> list[Paragraph]:
    return [b for b in draft.blocks if isinstance(b, Paragraph) and b.key in own and b.author != own[b.key].author]


def _blamed(
    report: Report, model: list[Paragraph], findings: list[Finding], ledger: Ledger
) -> dict[str, list[Finding]]:
    """The model's paragraphs that findings stand in; all of them where one stands in none: any may have caused it."""
    from narrator.numerals.printing import fill
    from narrator.word.captions import labels
    from narrator.word.read import read

    names = {key: str(label) for key, label in labels(report.draft).items()}
    printed = {p.key: fill(p.text, ledger.__getitem__, lambda key: names.get(key, key)) for p in model}
    texts = {block.number: block.text for block in read(report.content).blocks}
    blamed: dict[str, list[Finding]] = {}
    for finding in findings:
        text = texts.get(finding.place.block, "")
        standing = [p for p in model if printed[p.key] == text]
        for paragraph in standing or model:
            blamed.setdefault(paragraph.key, []).append(finding)
    return blamed
