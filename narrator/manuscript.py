"""A report that people have edited, and what of it is written anew: at every moment the source and one set of changes.

A paragraph that is changed a second time is planned from the source again, so that the file holds one tracked change
of it and no change of a change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from narrator.errors import UsageError

if TYPE_CHECKING:
    from narrator.check.result import CheckResult
    from narrator.facts import Ledger
    from narrator.model import Period
    from narrator.word.document import Block, Document
    from narrator.word.edit import Change
    from narrator.writers.revise import Edit, Standing

AUTHOR = "narrate"
UNWRITABLE = "改动涉及域、公式，或夹在两个数字之间，不能以修订写入，原样未动"
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?%?")


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a document: what a person may call it, from 三、（二）words to the bare words, the level of its
    heading, and the places of its paragraphs."""

    names: tuple[str, ...]
    level: int
    blocks: tuple[int, ...]

    @property
    def name(self) -> str:
        return self.names[0]

    @property
    def label(self) -> str:
        """三、（二）; its first words where it has no number."""
        return self.names[1] if len(self.names) > 2 else self.name[:8]


def section(document: Document, wanted: str) -> Section:
    """The section that a person names by number (三、（二）, （二）) or words. Raises UsageError with the list of all."""
    found = sections(document)
    asked = plain(wanted)
    listed = "\n".join(f"  {each.name}" for each in found)
    if not found:
        raise UsageError("这份文件里没有标题，找不到要改的部分", hint="请先在 Word 中为各部分设好标题样式")
    if not asked:
        raise UsageError("没有说改哪一部分", hint=f"用 --section 写标题的序号或文字，可选：\n{listed}")
    hits = [each for each in found if asked in map(plain, each.names)]
    hits = hits or [each for each in found if len(asked) > 1 and asked in plain(each.names[-1])]
    if len(hits) == 1:
        return hits[0]
    if hits:
        which = "\n".join(f"  {each.name}" for each in hits)
        raise UsageError(f"“{wanted}”不止一处", hint=f"请写全，如 三、（二）。相符的有：\n{which}")
    raise UsageError(f"没有名为“{wanted}”的部分", hint=f"可选：\n{listed}")


def sections(document: Document) -> list[Section]:
    """Every section, in order; one that holds others has their paragraphs too."""
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
        inside = tuple(b.number for b in blocks[place + 1 : end] if is_text(b))
        names = [path + words, *((path, label + words, label, label.rstrip("、.．")) if label else ()), words]
        out.append(Section(tuple(names), block.level, inside))
    return out


def _labelled(block: Block) -> tuple[str, str]:
    """A heading's number, be it Word's or typed, and its words."""
    if block.label:
        return block.label, block.text.strip()
    found = re.match(
        r"\s*([一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])\s*(.+)", block.text
    )
    return (found[1], found[2].strip()) if found else ("", block.text.strip())


def plain(text: str) -> str:
    return re.sub(r"[\s\u3000]+", "", text).translate(str.maketrans("(),.", "（），．"))


# --------------------------------------------------------------------------- the report


class Manuscript:
    """An edited report and its new paragraphs: `texts` by block, with slots; `content` is the .docx with both.

    Never changed: `with_texts` gives another one. Blocks keep their numbers, for no paragraph comes or goes.
    """

    def __init__(self, source: bytes, name: str, ledger: Ledger, period: Period) -> None:
        self.name, self.ledger, self.period = name, ledger, period
        self.content = source
        self.texts: Mapping[int, str] = {}
        self.source = self

    @cached_property
    def document(self) -> Document:
        from narrator.word.read import read

        return read(self.content, self.name)

    @cached_property
    def result(self) -> CheckResult:
        """What the check says of it."""
        from narrator import verify

        return verify(self.content, self.ledger, self.period, name=self.name)

    @cached_property
    def paragraphs(self) -> dict[int, Standing]:
        """Every paragraph of the body with the facts of its numbers, by block."""
        return {
            b.number: _standing(b, self.document, self.result, self.ledger) for b in self.document.blocks if is_text(b)
        }

    def with_texts(self, new: Mapping[int, str]) -> tuple[Manuscript, dict[int, str]]:
        """The report with what can be written of new paragraphs, once the check finds nothing new in it.

        Also why the others are left: a finding in none of the changed ones may come of any. Raises DocumentError
        where the file cannot be written.
        """
        from narrator.writers.revise import edits

        old = {n: text for n, text in self.texts.items() if n not in new}
        refused: dict[int, str] = {}
        fixed: dict[int, list[Edit]] = {}
        planned: dict[int, list[Edit]] = {}
        for plan, texts in ((fixed, old), (planned, new)):
            for number, text in texts.items():
                made = edits(self.source.paragraphs[number], text, self.ledger.__getitem__)
                if made is None:
                    refused[number] = UNWRITABLE
                else:
                    plan[number] = made
        known = {(f.rule, f.quote, f.fact) for r in (self.result, self.source.result) for f in r.findings}
        content, result, withdrawn = settled(self.source, planned, known, fixed=fixed)
        refused |= withdrawn
        if not new.keys() - refused.keys():
            return self, refused
        if any(n in self.texts for n in refused):  # what they said before stands again
            again, more = self.with_texts({n: text for n, text in new.items() if n not in refused})
            return again, refused | more
        if content is None:  # all is as it was at first
            return self.source, refused
        made_anew = Manuscript(content, self.name, self.ledger, self.period)
        made_anew.source = self.source
        made_anew.texts = {n: t for n, t in {**old, **new}.items() if n not in refused and (fixed | planned)[n]}
        if result is not None:
            made_anew.result = result
        return made_anew, refused


def settled(
    source: Manuscript,
    planned: Mapping[int, list[Edit]],
    known: set[tuple[str, str, str]],
    *,
    fixed: Mapping[int, list[Edit]] | None = None,
) -> tuple[bytes | None, CheckResult | None, dict[int, str]]:
    """The document with what can be written of the `planned` edits by block beside those that are `fixed`.

    Also what the check says of it, where it was asked, and why the other blocks are left. `known` findings (rule,
    quote, fact) are no news. No document where there is nothing to be written.
    """
    from narrator import verify
    from narrator.word.edit import Change, Editor

    def changes_of(plan: Mapping[int, list[Edit]]) -> dict[int, list[Change]]:
        return {n: [Change(n, e.start, e.end, e.text) for e in made] for n, made in plan.items() if made}

    left, kept = changes_of(planned), changes_of(fixed or {})
    withdrawn: dict[int, str] = {}
    while left or kept:
        editor = Editor(source.content, source.name)
        refused = {
            number: UNWRITABLE
            for number, changes in left.items()
            if not all(editor.can_replace(c) and not _in_field(editor.document, c) for c in changes)
        }
        content, result = None, None
        if not refused:
            for change in (c for plan in (kept, left) for changes in plan.values() for c in changes):
                editor.replace(change)
            content = editor.save(author=AUTHOR, date=datetime.now(UTC))
            refused = {c.block: UNWRITABLE for c in editor.refused if c.block in left}
        if content is not None and left:
            result = verify(content, source.ledger, source.period, name=source.name)
            for finding in result.findings:
                if (finding.rule, finding.quote, finding.fact) not in known:
                    blamed = [finding.place.block] if finding.place.block in left else list(left)
                    why = f"改写后核对全文发现“{finding.quote}”：{finding.message}，原样未动"
                    refused |= dict.fromkeys(blamed, why)
        if not refused:
            return content, result, withdrawn
        withdrawn |= refused
        left = {number: changes for number, changes in left.items() if number not in refused}
    return None, None, withdrawn


def is_text(block: Block) -> bool:
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
