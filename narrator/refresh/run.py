"""Bring an edited report up to revised data.

The text is read under the data that it was written from: that tells what every number stands for. Each number
whose fact changed is replaced, and the result is checked against the new data before anything is written. A
number that the words do not bear out there is left as it was; what the check finds there and did not find
before hangs on the revision, and gets a remark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrator.check.listing import digest_of
from narrator.check.run import Check, Looked, quote
from narrator.errors import DocumentError
from narrator.model import MEASURES, Fact, Finding, Period
from narrator.numerals import printed_number
from narrator.refresh import charts, structure
from narrator.refresh.causes import Causes
from narrator.refresh.edits import Edit, Edits
from narrator.refresh.hanging import Hanging
from narrator.refresh.items import Cause, Refreshed
from narrator.refresh.log import Log
from narrator.refresh.printing import replacement
from narrator.refresh.remarks import chart_remark, left_remark, told
from narrator.refresh.stood import OF_WORDS, Stood, by_old_data, by_record, printed_size
from narrator.word import refresh as word
from narrator.word.bind import Ledger as Record
from narrator.word.document import Comment, Document
from narrator.word.edit import Change, Editor

if TYPE_CHECKING:
    from narrator.facts import Ledger

UNDRAWN = "图的数据表与图不一致，或读不到，图中此数改不了"
GONE = "此数所依据的数据在新数据中已没有"
UNKNOWN = "没有旧数据，从文字看不出此数说的是哪一项"
WRONG_BEFORE = "此数按修订前的数据就不对，没有更新，请自行核对"
ESTIMATED = "新值含估计数，引用前请核实"


@dataclass(frozen=True, slots=True)
class _Planned:
    stood: Stood
    edit: Edit
    old: Fact | None
    new: Fact


def refresh(
    source: bytes, ledger: Ledger, period: Period, before: Ledger | None = None, *,
    known: Mapping[str, float] | None = None, name: str = "", worded: Ledger | None = None,
) -> Refreshed:  # fmt: skip
    """A .docx brought up to `ledger`.

    `before` is the state of the data that it stands at; where that is not at hand, `known` may hold values of
    facts then, beside those that the file itself records. `worded` is the state that its words were written from,
    where remarks of earlier refreshes are still on them. Raises DocumentError for a file that cannot be read
    or written.
    """
    return Refresh(Editor(source, name), source, ledger, period, before, known or {}, worded).run()


class Refresh:
    """One refresh of one file: `run` gives the new bytes and what was done."""

    def __init__(
        self, editor: Editor, source: bytes, ledger: Ledger, period: Period, before: Ledger | None,
        known: Mapping[str, float], worded: Ledger | None = None,
    ) -> None:  # fmt: skip
        self.editor, self.source, self.ledger, self.period = editor, source, ledger, period
        self.document: Document = editor.document
        self.record = self.document.record
        self.digest = digest_of(self.document)
        self.before = before if before is not None and period in before.dataset.values.columns else None
        recorded = {f.id: f.value for f in self.record.facts.values()} if self.record is not None else {}
        self.known: Mapping[str, float] = {**known, **recorded}
        self.causes = Causes(self.before, ledger)
        self.log = Log(self.document, self.causes)
        pending = worded is not None and period in worded.dataset.values.columns and self.log.own
        self.worded = worded if pending else self.before
        self.since = Causes(self.worded, ledger)  # of what hangs on revisions: of this one and those before it
        self.structure = tuple(structure.shifts(self.before.dataset, ledger.dataset)) if self.before is not None else ()
        self.remarked = word.worded(
            self.record
        )  # digest of the data that words under remarks of ours were written from
        self.unresolved: list[str] = []
        self.withdrawn: tuple[Comment, ...] = ()
        self.outlived: tuple[Comment, ...] = ()

    def run(self) -> Refreshed:
        state = self.before.dataset.digest if self.before is not None else self.digest
        if state == self.ledger.dataset.digest:
            return self._done(self.source, state)
        first = Check(self.document, self.before or self.ledger, self.period)
        found = first.run().findings
        if not first.looked:
            raise DocumentError("文件中没有找到任何数字，无从更新。", hint="请确认文件内容完整，不是扫描图片。")
        if self.before is not None:
            stood = list(by_old_data(first, self.before))
        else:
            stood = list(by_record(first, self.ledger, self.known))
            # What nobody ever vouched for was so before; all else may have come with the revision.
            vouched = {(s.seen.block + 1, s.seen.token.start) for s in stood if s.bound is not None}
            unheard = (f for f in found if f.rule == "unsupported-number")
            found = tuple(f for f in unheard if (f.place.block, f.place.start) not in vouched)
        planned = list(self._planned(stood))
        edits = Edits(p.edit for p in planned)
        readable = structure.readable(self.before.dataset, self.ledger) if self.before is not None else self.ledger
        second = Check(self._as_written(edits, planned), readable, self.period)
        findings = second.run().findings
        kept = self._drawn(self._kept(planned, edits, second), stood)
        self._numbers(kept)

        def was_at(seen: Looked) -> tuple[int, int]:
            return seen.block, edits.back(seen.block, seen.token.start, seen.token.end)[0]

        right = {was_at(seen) for seen in second.looked if seen.judgement.name == "verified"}
        wanted = {was_at(s): s.judgement.expected for s in second.looked if s.judgement.name == "wrong"}
        self._left(stood, planned, kept, right)
        self._hanging(first, second, findings, found, edits, stood, planned, kept)
        self._unresolved(stood, right, wanted)
        return self._done(self._written(kept), state)

    # ------------------------------------------------------------------ numbers

    def _planned(self, stood: list[Stood]) -> Iterator[_Planned]:
        """What is to be written, were the words to bear it out."""
        for each in stood:
            if not each.fact or each.trouble:
                continue
            new, old = self.ledger.get(each.fact), self.causes.was(each.fact)
            seen = each.seen
            if new is None:
                continue
            header = seen.reading is not None and seen.reading.header
            if seen.token.kind in ("rank", "pattern") and not header:
                continue
            text = replacement(seen, old, new)
            if text is None or _closed_up(text[2]) == _closed_up(seen.text[text[0] : text[1]]):
                continue
            others = [fact for key in each.also if (fact := self.ledger.get(key)) is not None]
            if any(replacement(seen, old, fact) != text for fact in others):
                continue  # 均为115.00点: no one number stands for both any more
            edit = Edit(seen.block, *text)
            if self.document.blocks[seen.block].chart is None and not self.editor.can_replace(self._change(edit)):
                continue
            yield _Planned(each, edit, old, new)

    def _change(self, edit: Edit) -> Change:
        return Change(self.document.blocks[edit.place].number, edit.start, edit.end, edit.text)

    def _as_written(self, edits: Edits, planned: list[_Planned]) -> Document:
        """The document as it would read, with its record as it would be."""
        document = edits.applied(self.document)
        if self.record is None:
            return document
        return replace(document, record=self._record(self.record, planned))

    def _kept(self, planned: list[_Planned], edits: Edits, second: Check) -> list[_Planned]:
        """The replacements that the words bear out under the new data."""
        seen = {(s.block, s.token.end): s for s in second.looked}
        out = []
        for each in planned:
            now = seen.get((each.edit.place, edits.forward(each.edit.place, each.edit.end)))
            if now is not None and (now.judgement.name == "verified" or now.judgement.rule in OF_WORDS):
                out.append(each)
        return out

    def _numbers(self, kept: list[_Planned]) -> None:
        for each in kept:
            seen, block = each.stood.seen, self.document.blocks[each.edit.place]
            if block.chart is None:
                self.editor.replace(self._change(each.edit))
            self.log.enter(
                "number" if block.chart is None else "chart", seen, block.text[each.edit.start : each.edit.end],
                each.edit.text, each.new, each.stood.by, causes=self.causes.of(each.new.id),
                reason=ESTIMATED if not each.new.quotable and (each.old is None or each.old.quotable) else "",
            )  # fmt: skip

    def _drawn(self, kept: list[_Planned], stood: list[Stood]) -> list[_Planned]:
        """Changes the points of charts, with one remark a chart on its caption; leaves out those that cannot be."""
        moved = charts.by_chart(self.document, [(p.edit, p.new) for p in kept])
        refused = self.editor.change_points([m.point for mine in moved.values() for m in mine])
        self.undrawn = {m.edit for mine in moved.values() for m in mine if m.point in refused}
        for number, mine in moved.items():
            done = [m for m in mine if m.edit not in self.undrawn]
            if done:
                lines = [f"{m.label}：{m.old}→{m.point.text}" for m in done]
                points = [
                    s.fact for s in stood if (spot := self.document.blocks[s.seen.block].chart) and spot.chart == number
                ]
                self._note_chart(number, lines, self.since.of(*points))
        return [p for p in kept if p.edit not in self.undrawn]

    def _note_chart(self, number: int, lines: list[str], causes: tuple[Cause, ...]) -> None:
        chart = self.document.charts[number]
        block = self.document.at(chart.caption_block or chart.host)
        if block and block[0].text:
            told_before = [c for c in self.log.own if any(p.block == block[0].number for p in c.places)]
            lines = charts.chained(lines, [word.words_of(c) for c in told_before])
            self.log.charted.add(block[0].number)
            if lines:
                self.log.note(block[0].number - 1, 0, len(block[0].text), chart_remark(lines, causes))

    # ------------------------------------------------------------------ what is left, what hangs on it

    def _left(
        self, stood: list[Stood], planned: list[_Planned], kept: list[_Planned], right: set[tuple[int, int]]
    ) -> None:
        """Numbers of revised facts that are not written: overtyped, at odds with their words, without a value. Those
        that are `right` by now (position of the block, start) are not."""
        written = {id(p.stood) for p in kept}
        tried = {id(p.stood) for p in planned}
        undrawn = {id(p.stood) for p in planned if p.edit in self.undrawn}
        for each in stood:
            if not each.fact or id(each) in written:
                continue
            seen = each.seen
            if each.trouble == "overtyped" and (seen.block, seen.token.start) in right:
                continue
            if each.trouble == "unknown" and self.log.owned(seen.block, seen.token.start, seen.token.end):
                continue  # remarked on before as what hangs on others: so it is again
            old, new = self.causes.was(each.fact), self.ledger.get(each.fact)
            # Of a sum or a course that is none any more the check tells what holds in its place.
            gone = new is None and old is not None and old.measure in MEASURES
            why = UNDRAWN if id(each) in undrawn else GONE if gone else _reason(each, id(each) in tried)
            if not why:
                continue
            untried = not each.trouble and id(each) not in tried
            if untried and each.also and not any(map(self.causes.differs, each.also)):
                continue  # 均为100点, and so they are still
            changed = self._moved(each, new)
            if not changed and not self.log.owned(seen.block, seen.token.start, seen.token.end):
                if each.trouble in ("overtyped", "disagree", "unknown"):
                    self.log.enter("left", seen, seen.token.text, "", new, each.by, reason=why)
                continue
            since = self.since if self.log.owned(seen.block, seen.token.start, seen.token.end) else self.causes
            causes, old = since.of(each.fact), since.was(each.fact)
            then = told(old) or (printed_number(each.before, new.decimals) if each.before is not None and new else "")
            self.log.enter("left", seen, seen.token.text, "", new or old, each.by, reason=why, causes=causes)
            self.log.note(
                seen.block, seen.token.start, seen.token.end, left_remark(why, new or old, then, told(new), causes)
            )

    def _unresolved(
        self, stood: list[Stood], right: set[tuple[int, int]], wanted: Mapping[tuple[int, int], str]
    ) -> None:  # fmt: skip
        """Numbers that no data stand behind as far as the words tell: the revision may concern them or not. And
        those without a fact of their own (a gap, a sum) that were wrong before: what they were to say is not known,
        unless they are `right` by now; `wanted` holds what should stand there by the new data."""
        told = {(item.place.block, item.place.start) for item in self.log.items}
        for each in stood:
            seen = each.seen
            place, verdict = seen.places[0], seen.judgement.name
            if each.fact or (place.block, place.start) in told:
                continue
            wrong = verdict == "wrong" and printed_size(seen) is not None
            if wrong and self.before is not None:
                if (seen.block, seen.token.start) not in right:
                    should = wanted.get((seen.block, seen.token.start), "")
                    why = f"{WRONG_BEFORE}（按新数据应为{should}）" if should else WRONG_BEFORE
                    self.log.enter("left", seen, seen.token.text, "", None, each.by, reason=why)
            elif verdict in ("unsupported", "unclear"):
                if self.before is None:
                    self.log.enter("left", seen, seen.token.text, "", None, each.by, reason=UNKNOWN)
                else:
                    where = seen.heading + (f"第{seen.paragraph}段" if seen.paragraph else "")
                    self.unresolved.append(
                        f"{where}“{quote(seen.text, seen.token.phrase_start, seen.token.phrase_end)}”"
                    )

    def _moved(self, stood: Stood, new: Fact | None) -> bool:
        """Whether the fact prints otherwise than it did."""
        old = self.causes.was(stood.fact)
        then = old.value if old is not None else stood.before
        if new is None or then is None:
            return new is None or self.before is None
        return printed_number(then, new.decimals) != printed_number(new.value, new.decimals)

    def _hanging(
        self, first: Check, second: Check, findings: tuple[Finding, ...], found: tuple[Finding, ...], edits: Edits,
        stood: list[Stood], planned: list[_Planned], kept: list[_Planned],
    ) -> None:  # fmt: skip
        good = {id(p) for p in kept}
        undone = {(p.edit.place, p.edit.start) for p in planned if id(p) not in good}
        written = Edits(p.edit for p in kept)
        hanging = Hanging(self.log, self.before, self.since, first, stood, written, self.known)
        stale = {(s.seen.block, s.seen.token.start) for s in stood if s.trouble == "stale"}
        hanging.words(second, findings, found, edits, undone, stale)
        hanging.phrases(stood)
        hanging.shares(stood)
        hanging.turned(stood)
        hanging.echoes(stood, [(p.stood, p.new) for p in kept])
        hanging.order(self.period, {p.edit.place: p.new.id for p in kept})
        hanging.problems(self.period)
        hanging.statuses(stood)
        hanging.lacks(stood, self.period)
        hanging.structure(self.structure)

    # ------------------------------------------------------------------ writing

    def _record(self, record: Record, planned: list[_Planned], remarks: Iterable[str] = ()) -> Record:
        prints = {}
        for each in planned:
            entry = each.stood.bound
            if entry is not None:
                old = each.stood.seen.text[each.edit.start : each.edit.end]
                prints[entry.number] = entry.text.replace(old, each.edit.text) if old in entry.text else entry.text
        values = {f.id: now.value for f in record.facts.values() if (now := self.ledger.get(f.id)) is not None}
        points = charts.recorded(self.document, [p.edit for p in planned])
        worded = self.worded.dataset.digest if self.worded is not None else ""
        return word.updated(record, values, prints, points, self.ledger.dataset.digest, remarks, worded)

    def _written(self, kept: list[_Planned]) -> bytes:
        remarks = self.log.reconciled()
        self.withdrawn, self.outlived = remarks.withdrawn, remarks.kept
        settled = [c for c in remarks.kept if c.replied and not c.settled]
        if not (kept or remarks.fresh or remarks.stale or settled):
            return self.source
        for note in remarks.fresh:
            self.editor.comment(note)
        for comment in remarks.stale:
            self.editor.withdraw(comment.identity)
        for comment in settled:
            self.editor.settle(comment.identity)
        if self.record is not None:
            record = self._record(self.record, kept, remarks.digests)
            word.put_record(self.editor, record)
            self.remarked = word.worded(record)
        content = self.editor.save()
        if self.editor.refused:
            raise DocumentError("有的数字写不进文件，没有更新。", hint="请在 Word 中另存一份再试。")
        return content

    def _done(self, content: bytes, state: str) -> Refreshed:
        items = sorted(self.log.items, key=lambda i: (i.place.block, i.place.start))
        return Refreshed(
            content, tuple(items), state, self.ledger.dataset.digest, self.before is not None, self._revised(),
            tuple(map(self.log.withdrawal, self.withdrawn)), tuple(map(self.log.withdrawal, self.outlived)),
            tuple(self.unresolved), tuple(s.line for s in self.structure), self.remarked,
        )  # fmt: skip

    def _revised(self) -> tuple[Cause, ...]:
        """What was revised of the data that the report stands on, and what else anything in it hangs on."""
        known = self.causes.all(self.period)
        ids = {c.fact for c in known}
        hung = {c.fact: c for item in self.log.items for c in item.causes if self.causes.differs(c.fact)}
        return (*known, *(c for fact, c in hung.items() if fact not in ids))


def _closed_up(number: str) -> str:
    """A number without the blanks that people leave in it: 129 .46 is no other number than 129.46."""
    return "".join(number.split())


def _reason(stood: Stood, tried: bool) -> str:
    if stood.trouble == "overtyped":
        return "此数与绑定的数据不符：起草后被人改写过，或上次的更新没有接受"
    if stood.trouble == "disagree" or tried:
        return "绑定的数据与文字所说的不是一回事" if stood.by == "anchor" else "改成新值后与文字所说的不符"
    if stood.also:
        return "文中并列的几项原来同为此数，按新数据不再相同"
    if stood.trouble == "unknown":
        return "此数与修订前的数据不符，可能是人工改写的"
    return ""
