"""One section of an edited report written anew by a language model, as a person asks, in tracked changes.

A paragraph is asked for where the draft has one like it, so that its facts are known; what a person put in beside
these stays as it is. The answer passes the guard, and the check of the finished file has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from narrator.errors import ModelError, UsageError
from narrator.model import SLOT, Paragraph

if TYPE_CHECKING:
    from narrator.check.result import CheckResult
    from narrator.facts import Ledger
    from narrator.model import Period
    from narrator.word.document import Block, Document
    from narrator.word.edit import Change
    from narrator.writers.briefs import Brief
    from narrator.writers.llm import Connection
    from narrator.writers.revise import Edit, Standing
    from narrator.writers.rounds import Account, Progress

AUTHOR = "narrate"
_UNWRITABLE = "改动涉及域、公式，或夹在两个数字之间，不能以修订写入，原样未动"
_SENTENCE = re.compile(r"[^。！？；]*[^。！？；\s][。！？；]?")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?%?")


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a document: its heading as a person cites it (三、（二）…) and the places of its paragraphs."""

    name: str
    blocks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Revised:
    """How one paragraph fared: `changed` with its account, or `why` it stands as it was, in Chinese."""

    block: int
    text: str
    changed: bool = False
    why: str = ""
    lost: tuple[str, ...] = ()  # numbers and sentences of the person's that the new text leaves out
    account: Account | None = None


@dataclass(frozen=True)
class Revision:
    """`content` is the changed .docx, or None where nothing is changed."""

    part: Part
    content: bytes | None
    paragraphs: tuple[Revised, ...]
    failures: tuple[ModelError, ...] = ()  # the first failed call of each of the draft's sections


# --------------------------------------------------------------------------- the section


def section(document: Document, wanted: str) -> Part:
    """The section that a person names by number (三、（二）, （二）) or words. Raises UsageError with the list of all."""
    found = _sections(document)
    asked = _plain(wanted)
    listed = "\n".join(f"  {names[0]}" for names, _ in found)
    if not found:
        raise UsageError("这份文件里没有标题，找不到要改的部分", hint="请先在 Word 中为各部分设好标题样式")
    if not asked:
        raise UsageError("没有说改哪一部分", hint=f"用 --section 写标题的序号或文字，可选：\n{listed}")
    hits = [each for each in found if asked in map(_plain, each[0])]
    hits = hits or [each for each in found if len(asked) > 1 and asked in _plain(each[0][-1])]
    if len(hits) == 1:
        names, blocks = hits[0]
        return Part(names[0], blocks)
    if hits:
        which = "\n".join(f"  {names[0]}" for names, _ in hits)
        raise UsageError(f"“{wanted}”不止一处", hint=f"请写全，如 三、（二）。相符的有：\n{which}")
    raise UsageError(f"没有名为“{wanted}”的部分", hint=f"可选：\n{listed}")


def _sections(document: Document) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
    """Every heading's names, from the longest (三、（二）words) to the bare words, with its paragraphs."""
    blocks = [b for b in document.blocks if b.part == "body" and not (b.is_toc or b.hidden or b.role)]
    above: list[tuple[int, str]] = []
    out = []
    for place, block in enumerate(blocks):
        if not block.level:
            continue
        label, words = _labelled(block)
        above = [a for a in above if a[0] < block.level]
        path = "".join(a[1] for a in above) + label
        above.append((block.level, label))
        end = next((i for i, b in enumerate(blocks[place + 1 :], place + 1) if 0 < b.level <= block.level), len(blocks))
        inside = tuple(b.number for b in blocks[place + 1 : end] if _is_text(b))
        names = [path + words, *((path, label + words, label, label.rstrip("、.．")) if label else ()), words]
        out.append((tuple(names), inside))
    return out


def _labelled(block: Block) -> tuple[str, str]:
    """A heading's number, be it Word's or typed, and its words."""
    if block.label:
        return block.label, block.text.strip()
    found = re.match(
        r"\s*([一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])\s*(.+)", block.text
    )
    return (found[1], found[2].strip()) if found else ("", block.text.strip())


def _plain(text: str) -> str:
    return re.sub(r"[\s\u3000]+", "", text).translate(str.maketrans("(),.", "（），．"))


# --------------------------------------------------------------------------- the revision


def revise(
    source: bytes,
    name: str,
    part: Part,
    ask: str,
    ledger: Ledger,
    period: Period,
    prompts: Path,
    connection: Connection,
    progress: Progress | None = None,
) -> Revision:
    """Ask for the paragraphs of a section one by one, and write what passes as tracked changes.

    Raises ModelError where the server cannot be reached at all, DocumentError where the file cannot be written.
    """
    from narrator import verify
    from narrator.numerals.printing import fill
    from narrator.prompts import Prompts
    from narrator.word.read import read
    from narrator.writers.briefs import Briefs
    from narrator.writers.guard import Guard
    from narrator.writers.offline import OfflineWriter
    from narrator.writers.outline import outline
    from narrator.writers.revise import Wish, edits, paired
    from narrator.writers.rounds import LlmWriter
    from narrator.writers.sections import sections

    document, before = read(source, name), verify(source, ledger, period, name=name)
    templates, plan = Prompts(prompts), outline(ledger, period)
    frame = OfflineWriter(plan, templates).draft()
    drafted = [p for s in sections(frame) for p in s.paragraphs]

    def plain(text: str) -> str:
        return fill(text, ledger.__getitem__)

    # The whole document is paired: a paragraph of the draft that stands elsewhere is no counterpart of one here.
    standing = {b.number: _standing(b, document, before, ledger) for b in document.blocks if _is_text(b)}
    pairs = {n: p for n, p in paired(standing, drafted, plain).items() if n in part.blocks}
    told = {n: Revised(n, standing[n].text, why="报告的提纲里没有与它对应的段落，原样未动") for n in part.blocks}
    if not pairs:
        return Revision(part, None, tuple(told.values()))
    briefs = Briefs(plan, templates, frame)
    wish = Wish(briefs, {p.key: standing[n] for n, p in pairs.items()}, ask)
    wanted = replace(frame, blocks=tuple(p for p in drafted if p.key in wish.standing))
    written = LlmWriter(wanted, wish, Guard(plan, briefs), connection, progress).write()
    answers = {b.key: b.text for b in written.draft.blocks if isinstance(b, Paragraph)}
    told_of = {p.key: briefs.brief(s, i) for s in sections(wanted) for i, p in enumerate(s.paragraphs)}
    planned: dict[int, list[Edit]] = {}
    for number, paragraph in sorted(pairs.items()):
        account, was, answer = written.told[paragraph.key], standing[number], answers[paragraph.key]
        made = edits(was, answer, ledger.__getitem__) if account.outcome in ("clean", "salvaged") else None
        if account.outcome not in ("clean", "salvaged"):
            told[number] = Revised(number, was.text, why=_why(account, told_of[paragraph.key]), account=account)
        elif made is None:
            told[number] = Revised(number, was.text, why=_UNWRITABLE, account=account)
        elif not made:
            told[number] = Revised(number, was.text, why="模型没有作改动", account=account)
        else:
            planned[number] = made
            lost = _lost(was, answer, plain(paragraph.text))
            told[number] = Revised(number, was.text, True, lost=lost, account=account)
    content, withdrawn = _settled(source, name, planned, before, ledger, period)
    told |= {n: replace(told[n], changed=False, why=why, lost=()) for n, why in withdrawn.items()}
    return Revision(part, content, tuple(told.values()), tuple(written.failures.values()))


def _settled(
    source: bytes, name: str, planned: Mapping[int, list[Edit]], before: CheckResult, ledger: Ledger, period: Period
) -> tuple[bytes | None, dict[int, str]]:
    """The document with what can be written of the edits by block, once the check finds nothing new in it.

    Also why the other blocks are left: a finding in none of the changed ones may come of any.
    """
    from narrator import verify
    from narrator.word.edit import Change, Editor

    left = {number: [Change(number, e.start, e.end, e.text) for e in edits] for number, edits in planned.items()}
    known = {(f.rule, f.quote, f.fact) for f in before.findings}
    withdrawn: dict[int, str] = {}
    while left:
        editor = Editor(source, name)
        refused = {
            number: _UNWRITABLE
            for number, changes in left.items()
            if not all(editor.can_replace(c) and not _in_field(editor.document, c) for c in changes)
        }
        content = None
        if not refused:
            for change in (c for changes in left.values() for c in changes):
                editor.replace(change)
            content = editor.save(author=AUTHOR, date=datetime.now(UTC))
            refused = {c.block: _UNWRITABLE for c in editor.refused}
            for finding in verify(content, ledger, period, name=name).findings:
                if (finding.rule, finding.quote, finding.fact) not in known:
                    blamed = [finding.place.block] if finding.place.block in left else list(left)
                    why = f"改写后核对全文发现“{finding.quote}”：{finding.message}，原样未动"
                    refused |= dict.fromkeys(blamed, why)
        if not refused:
            return content, withdrawn
        withdrawn |= refused
        left = {number: changes for number, changes in left.items() if number not in refused}
    return None, withdrawn


def _is_text(block: Block) -> bool:
    """Whether it is a paragraph of the body, and neither heading nor caption nor contents."""
    other = block.level or block.is_caption or block.is_toc or block.hidden or block.role
    return block.part == "body" and not other and bool(block.text.strip())


def _standing(block: Block, document: Document, result: CheckResult, ledger: Ledger) -> Standing:
    """A paragraph with the facts of its numbers: those that are bound, and those that the check knows."""
    from narrator.numerals import printed
    from narrator.writers.revise import Standing

    numbers = {
        (a.start, a.end): document.ledger[a.tag][0]
        for a in block.anchors
        if a.tag in document.ledger and a.end > a.start
    }
    for verdict in result.verdicts:
        place = verdict.mention.place
        if place.block != block.number or verdict.name != "verified" or ledger.get(verdict.fact) is None:
            continue
        if any(a < place.end and place.start < b for a, b in numbers):
            continue
        shown = printed(ledger[verdict.fact]).number
        found = _NUMBER.match(block.text, place.start)
        end = place.start + len(shown) if block.text.startswith(shown, place.start) else found.end() if found else 0
        if end > place.start:
            numbers[place.start, end] = verdict.fact
    return Standing(block.text, {span: fact for span, fact in numbers.items() if ledger.get(fact) is not None})


def _in_field(document: Document, change: Change) -> bool:
    spans = document.blocks[change.block - 1].spans
    return any(s.start < change.end and change.start < s.end for s in spans if s.kind != "link")


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
