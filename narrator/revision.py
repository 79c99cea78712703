"""One section of an edited report written anew by a language model, as a person asks, in tracked changes.

A paragraph is asked for where the draft has one like it, so that its facts are known; what a person put in beside
these stays as it is. The answer passes the guard, and the check of the finished file has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from narrator.errors import ModelError
from narrator.model import SLOT, Paragraph

if TYPE_CHECKING:
    from narrator.manuscript import Manuscript, Section
    from narrator.writers.briefs import Brief
    from narrator.writers.llm import Connection
    from narrator.writers.revise import Standing
    from narrator.writers.rounds import Account, Progress

_SENTENCE = re.compile(r"[^。！？；]*[^。！？；\s][。！？；]?")


@dataclass(frozen=True, slots=True)
class Revised:
    """How one paragraph fared: `changed` to `answer` (with slots), or `why` it stands as it was, in Chinese.

    One that is changed has a `why` where a later wish left it as an earlier one had made it.
    """

    block: int
    text: str
    changed: bool = False
    why: str = ""
    lost: tuple[str, ...] = ()  # numbers and sentences of the person's that the new text leaves out
    account: Account | None = None
    answer: str = ""

    @property
    def quote(self) -> str:
        """Its first words."""
        return f"“{self.text[:16]}{'…' if len(self.text) > 16 else ''}”"

    @property
    def reason(self) -> str:
        """`why`, ended as a sentence."""
        return self.why if self.why.endswith(("。", "！")) else f"{self.why}。"


@dataclass(frozen=True)
class Revision:
    """A section before and after; `after` is `before` where nothing is changed."""

    part: Section
    before: Manuscript
    after: Manuscript
    paragraphs: tuple[Revised, ...]
    failures: tuple[ModelError, ...] = ()  # the first failed call of each of the draft's sections

    @property
    def content(self) -> bytes | None:
        """The changed .docx, or None where nothing is changed."""
        return self.after.content if any(p.changed for p in self.paragraphs) else None


def revise(
    report: Manuscript,
    part: Section,
    ask: str,
    prompts: Path,
    connection: Connection,
    progress: Progress | None = None,
    earlier: Revision | None = None,
) -> Revision:
    """Ask for the paragraphs of a section one by one, and write what passes as tracked changes.

    Over an `earlier` revision of the section that nobody accepted yet, the model is given that one's paragraphs, and
    what it leaves alone of them stays in the result. Where it changes nothing, the result has nothing of either.
    Raises ModelError where the server cannot be reached at all, DocumentError where the file cannot be written.
    """
    from narrator.numerals.printing import fill
    from narrator.prompts import Prompts
    from narrator.writers.briefs import Briefs
    from narrator.writers.guard import Guard
    from narrator.writers.offline import OfflineWriter
    from narrator.writers.outline import outline
    from narrator.writers.revise import Wish, paired
    from narrator.writers.rounds import LlmWriter
    from narrator.writers.sections import sections

    ledger = report.ledger
    templates, plan = Prompts(prompts), outline(ledger, report.period)
    frame = OfflineWriter(plan, templates).draft()
    drafted = [p for s in sections(frame) for p in s.paragraphs]

    def plain(text: str) -> str:
        return fill(text, ledger.__getitem__)

    # The whole document is paired: a paragraph of the draft that stands elsewhere is no counterpart of one here. And
    # the source is: what the model made of a paragraph may be less like the draft than what it was made from.
    base = report if earlier is None else earlier.after
    standing = base.paragraphs
    pairs = {n: p for n, p in paired(report.source.paragraphs, drafted, plain).items() if n in part.blocks}
    told = {n: Revised(n, standing[n].text, why="报告的提纲里没有与它对应的段落，原样未动") for n in part.blocks}
    if not pairs:
        return Revision(part, report, report, tuple(told.values()))
    briefs = Briefs(plan, templates, frame)
    wish = Wish(briefs, {p.key: standing[n] for n, p in pairs.items()}, ask)
    wanted = replace(frame, blocks=tuple(p for p in drafted if p.key in wish.standing))
    written = LlmWriter(wanted, wish, Guard(plan, briefs), connection, progress).write()
    answers = {b.key: b.text for b in written.draft.blocks if isinstance(b, Paragraph)}
    told_of = {p.key: briefs.brief(s, i) for s in sections(wanted) for i, p in enumerate(s.paragraphs)}
    new: dict[int, str] = {}
    for number, paragraph in sorted(pairs.items()):
        account, was = written.told[paragraph.key], standing[number]
        if account.outcome in ("clean", "salvaged"):
            new[number] = answers[paragraph.key]
            told[number] = Revised(number, was.text, account=account, answer=new[number])
        else:
            told[number] = Revised(number, was.text, why=_why(account, told_of[paragraph.key]), account=account)
    after, refused = base.with_texts(new)
    for number, text in new.items():
        if number in refused:
            told[number] = replace(told[number], why=refused[number])
        elif after.document.blocks[number - 1].text == standing[number].text:
            told[number] = replace(told[number], why="模型没有作改动")
        else:
            drafted_so = plain(pairs[number].text)
            told[number] = replace(told[number], changed=True, lost=_lost(report.paragraphs[number], text, drafted_so))
    failures = tuple(written.failures.values())
    if earlier is None or not any(p.changed for p in told.values()):
        return Revision(part, report, report if after is base else after, tuple(told.values()), failures)
    return Revision(part, report, after, tuple(_over(earlier, told, report, after)), failures)


def _over(earlier: Revision, told: Mapping[int, Revised], report: Manuscript, after: Manuscript) -> Iterator[Revised]:
    """Each paragraph over both revisions: as the earlier one has it where the later one left it alone."""
    was = {p.block: p for p in earlier.paragraphs if p.changed}
    for number, each in told.items():
        made = replace(was[number], why=each.why) if number in was and not each.changed else each
        if made.changed and after.document.blocks[number - 1].text == report.paragraphs[number].text:
            made = Revised(number, made.text, why="改回了原来的文字")
        yield made


def _lost(was: Standing, text: str, drafted: str) -> tuple[str, ...]:
    """What the new text leaves out of the person's: numbers, and sentences without any that were never the draft's."""
    kept = {m["id"] for m in SLOT.finditer(text)}
    numbers = [was.text[a:b] for (a, b), fact in sorted(was.numbers.items()) if fact not in kept]
    own = [
        f"“{m[0].strip()}”"
        for m in _SENTENCE.finditer(was.text)
        if not any(a < m.end() and m.start() < b for a, b in was.numbers) and m[0].strip() not in text + drafted
    ]
    return *numbers, *own


def _why(account: Account, brief: Brief) -> str:
    """Why an answer was refused, with the numbers that people see in place of the model's names for them."""
    from narrator.writers.briefs import ALIAS, reasons_of

    if account.outcome == "failed":
        return f"调用模型失败：{account.failure}"
    shown = {name: offer.shown for name, offer in brief.offers.items()}
    reasons = "；".join(reasons_of(account.refused)[:3])
    return "模型的改写未通过审核，原样未动：" + ALIAS.sub(lambda m: shown.get(m["name"], m[0]), reasons)
