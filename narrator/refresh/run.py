"""Bring an edited report up to revised data.

The text is read under the data that it was written from: that tells what every number stands for. Each number
whose fact changed is replaced, and the result is checked against the new data before anything is written. A
number that the words do not bear out there is left as it was; what the check finds there and did not find
before hangs on the revision, and gets a remark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrator.check.run import Check, Looked, quote
from narrator.facts.explain import meaning
from narrator.model import Fact, Finding, Period
from narrator.numerals import printed_number
from narrator.refresh import charts
from narrator.refresh.causes import Causes
from narrator.refresh.edits import Edit, Edits
from narrator.refresh.items import Cause, Item, Refreshed
from narrator.refresh.printing import replacement
from narrator.refresh.problems import Remarked, problems
from narrator.refresh.remarks import chart_remark, left_remark, told, words_remark
from narrator.refresh.stood import OF_WORDS, Stood, by_old_data, by_record, is_change, only_words
from narrator.refresh.words import clause, proposal, reason
from narrator.word import refresh as word
from narrator.word.document import Comment, Document
from narrator.word.edit import Change, Editor, Note

if TYPE_CHECKING:
    from narrator.facts import Ledger

UNDRAWN = "图的数据表与图不一致，或读不到，图中此数改不了"
ESTIMATED = "新值含估计数，引用前请核实"
# Findings that no revision of the data brings about.
_NOT_OF_DATA = frozenset({"unread-region", "unused-allow", "broken-reference"})


@dataclass(frozen=True, slots=True)
class _Planned:
    stood: Stood
    edit: Edit
    old: Fact | None
    new: Fact


def refresh(
    source: bytes, ledger: Ledger, period: Period, before: Ledger | None = None, *,
    known: Mapping[str, float] | None = None, name: str = "",
) -> Refreshed:  # fmt: skip
    """A .docx brought up to `ledger`.

    `before` is the state of the data that it stands at; where that is not at hand, `known` may hold values of
    facts then, beside those that the file itself records. Raises DocumentError for a file that cannot be read
    or written.
    """
    return Refresh(Editor(source, name), source, ledger, period, before, known or {}).run()


class Refresh:
    """One refresh of one file: `run` gives the new bytes and what was done."""

    def __init__(
        self, editor: Editor, source: bytes, ledger: Ledger, period: Period, before: Ledger | None,
        known: Mapping[str, float],
    ) -> None:  # fmt: skip
        self.editor, self.source, self.ledger, self.period = editor, source, ledger, period
        self.document: Document = editor.document
        self.record = self.document.record
        self.digest = self.record.attributes.get("digest", "") if self.record is not None else ""
        self.digest = self.digest or self.document.properties.get("narrate.digest", "")
        self.before = before if before is not None and period in before.dataset.values.columns else None
        recorded = {f.id: f.value for f in self.record.facts.values()} if self.record is not None else {}
        self.known: Mapping[str, float] = {**known, **recorded}
        self.causes = Causes(self.before, ledger)
        self.own = word.own_remarks(self.document)
        self.items: list[Item] = []
        self.notes: list[Note] = []

    def run(self) -> Refreshed:
        state = self.before.dataset.digest if self.before is not None else self.digest
        if state == self.ledger.dataset.digest:
            return self._done(self.source, state)
        first = Check(self.document, self.before or self.ledger, self.period)
        found = first.run().findings if self.before is not None else ()
        if self.before is not None:
            stood = list(by_old_data(first, self.before))
        else:
            first.run()
            stood = list(by_record(first, self.ledger, self.known))
        planned = list(self._planned(stood))
        edits = Edits(p.edit for p in planned)
        second = Check(self._as_written(edits, planned), self.ledger, self.period)
        findings = second.run().findings
        kept = self._drawn(self._kept(planned, edits, second))
        self._numbers(kept)
        self._left(stood, planned, kept)
        self._words(findings, found, edits, second, kept, planned)
        self._phrases(stood)
        self._turned(stood)
        self._problems()
        return self._done(self._written(kept), state)

    # ------------------------------------------------------------------ numbers

    def _planned(self, stood: list[Stood]) -> Iterator[_Planned]:
        """What is to be written, were the words to bear it out."""
        for each in stood:
            if not each.fact or each.trouble:
                continue
            new, old = self.ledger.get(each.fact), self._old(each.fact)
            seen = each.seen
            if new is None:
                continue
            header = seen.reading is not None and seen.reading.header
            if seen.token.kind in ("rank", "pattern") and not header:
                continue
            text = replacement(seen, old, new)
            if text is None or text[2] == seen.text[text[0] : text[1]]:
                continue
            others = [fact for key in each.also if (fact := self.ledger.get(key)) is not None]
            if any(replacement(seen, old, fact) != text for fact in others):
                continue  # 均为115.00点: no one number stands for both any more
            edit = Edit(seen.block, *text)
            if self.document.blocks[seen.block].chart is None and not self.editor.can_replace(self._change(edit)):
                continue
            yield _Planned(each, edit, old, new)

    def _old(self, fact: str) -> Fact | None:
        return self.before.get(fact) if self.before is not None else None

    def _change(self, edit: Edit) -> Change:
        return Change(self.document.blocks[edit.place].number, edit.start, edit.end, edit.text)

    def _as_written(self, edits: Edits, planned: list[_Planned]) -> Document:
        """The document as it would read, with its record as it would be."""
        document = edits.applied(self.document)
        if self.record is None:
            return document
        return replace(document, record=self._record(planned))

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
            self.items.append(
                self._item(
                    "number" if block.chart is None else "chart", seen, block.text[each.edit.start : each.edit.end],
                    each.edit.text, each.new, each.stood.by, causes=self.causes.of(each.new.id),
                    reason=ESTIMATED if not each.new.quotable and (each.old is None or each.old.quotable) else "",
                )
            )  # fmt: skip

    def _drawn(self, kept: list[_Planned]) -> list[_Planned]:
        """Changes the points of charts, with one remark a chart on its caption; leaves out those that cannot be."""
        moved = charts.by_chart(self.document, [(p.edit, p.new) for p in kept])
        refused = self.editor.change_points([m.point for mine in moved.values() for m in mine])
        self.undrawn = {m.edit for mine in moved.values() for m in mine if m.point in refused}
        for number, mine in moved.items():
            done = [m for m in mine if m.edit not in self.undrawn]
            if done:
                lines = [f"{m.label}：{m.old}→{m.point.text}" for m in done]
                self._note_chart(number, lines, self.causes.of(*(m.fact for m in done)))
        return [p for p in kept if p.edit not in self.undrawn]

    def _note_chart(self, number: int, lines: list[str], causes: tuple[Cause, ...]) -> None:
        chart = self.document.charts[number]
        block = self.document.at(chart.caption_block or chart.host)
        if block and block[0].text:
            told_before = [c for c in self.own if any(p.block == block[0].number for p in c.places)]
            lines = charts.chained(lines, [word.words_of(c) for c in told_before])
            self.notes.append(Note(block[0].number, 0, len(block[0].text), chart_remark(lines, causes)))

    # ------------------------------------------------------------------ what is left, what hangs on it

    def _left(self, stood: list[Stood], planned: list[_Planned], kept: list[_Planned]) -> None:
        """Numbers of revised facts that are not written: overtyped, at odds with their words, without a value."""
        written = {id(p.stood) for p in kept}
        tried = {id(p.stood) for p in planned}
        undrawn = {id(p.stood) for p in planned if p.edit in self.undrawn}
        for each in stood:
            if not each.fact or id(each) in written:
                continue
            seen = each.seen
            old, new = self._old(each.fact), self.ledger.get(each.fact)
            why = UNDRAWN if id(each) in undrawn else _reason(each, id(each) in tried)
            if not why:
                continue
            changed = self._moved(each, new)
            if not changed and not self._remarked(seen):
                if each.trouble in ("overtyped", "disagree"):
                    self.items.append(self._item("left", seen, seen.token.text, "", new, each.by, reason=why))
                continue
            causes = self.causes.of(each.fact)
            then = told(old) or (printed_number(each.before, new.decimals) if each.before is not None and new else "")
            self.items.append(
                self._item("left", seen, seen.token.text, "", new or old, each.by, reason=why, causes=causes)
            )
            self._note(
                seen.block, seen.token.start, seen.token.end, left_remark(why, new or old, then, told(new), causes)
            )

    def _moved(self, stood: Stood, new: Fact | None) -> bool:
        """Whether the fact prints otherwise than it did."""
        old = self._old(stood.fact)
        then = old.value if old is not None else stood.before
        if new is None or then is None:
            return new is None or self.before is None
        return printed_number(then, new.decimals) != printed_number(new.value, new.decimals)

    def _words(
        self, findings: tuple[Finding, ...], found: tuple[Finding, ...], edits: Edits, second: Check,
        kept: list[_Planned], planned: list[_Planned],
    ) -> None:  # fmt: skip
        """What the check finds in the refreshed text and did not find before."""
        had = [(f.place.block, f.place.start, f.place.end, f.severity) for f in found]
        noted = {(n.block, n.start, n.end) for n in self.notes}
        good = {id(p) for p in kept}
        undone = {(p.edit.place, p.edit.start) for p in planned if id(p) not in good}
        seen = {(s.places[0].block, s.places[0].start, s.places[0].end): s for s in second.looked}
        for finding in findings:
            place = finding.place
            if finding.rule in _NOT_OF_DATA or not self.document.at(place.block):
                continue
            at = place.block - 1
            start, end = edits.back(at, place.start, place.end)
            if (at, start) in undone or any(b == place.block and s < end and start < e for b, s, e in noted):
                continue
            before = [h for h in had if h[0] == place.block and h[1] < end and start < h[2]]
            if any(h[3] == "error" or finding.severity == "warning" for h in before) and not self._owned(
                at, start, end
            ):
                continue
            now = seen.get((place.block, place.start, place.end))
            self._word(finding, now, at, start, end, second.document.blocks[at].text)

    def _phrases(self, stood: list[Stood]) -> None:
        """Words for which another fact holds now (六升, 五升一平), or none (迈过130点), whatever else they may mean."""
        noted = {(n.block, n.start, n.end) for n in self.notes}
        for each in stood:
            seen = each.seen
            number, start, end = seen.places[0].block, seen.token.start, seen.token.end
            if each.trouble or any(b == number and s < end and start < e for b, s, e in noted):
                continue
            key = each.fact or self._bound_to(each) or seen.judgement.fact
            old, new = self._old(key), self.ledger.get(key)
            worded = old is not None and bool(old.phrase) and old.phrase in (seen.token.text, seen.token.phrase)
            if new is None and (each.bound is not None or worded):
                why, rule = "起草时据以写这处文字的情形，在新数据中已不存在", "fact-gone"
                offered = f"核对后删去或改写“{seen.token.phrase}”"
            elif worded and old is not None and new is not None and new.phrase != old.phrase:
                why, rule = f"按新数据，{meaning(new)}的表述为“{new.phrase}”", "phrase-changed"
                first, last = clause(seen.text, start, end)
                offered = f"{seen.text[first:start]}{new.phrase}{seen.text[end:last]}".strip()
            else:
                continue
            causes = self.causes.of(key)
            self.items.append(
                replace(self._item("words", seen, seen.token.text, offered, self._old(key), "anchor", reason=why,
                                   causes=causes), rule=rule)
            )  # fmt: skip
            self._note(seen.block, start, end, words_remark(why, offered, causes))

    def _turned(self, stood: list[Stood]) -> None:
        """Changes in prose that are of the other sign now, where the check saw nothing wrong with the words."""
        for each in stood:
            seen, old, new = each.seen, self._old(each.fact), self.ledger.get(each.fact)
            then = old.value if old is not None else each.before
            header = seen.reading is not None and seen.reading.header
            if only_words(seen) and self.before is not None:
                continue  # what turned makes right what was wrong
            if each.trouble or header or then is None or new is None or not is_change(new):
                continue
            if then * new.value >= 0 or not float(printed_number(abs(new.value), seen.token.decimals)):
                continue
            start, end = clause(seen.text, seen.token.start, seen.token.end)
            number = seen.places[0].block
            if any(n.block == number and n.start < end and start < n.end for n in self.notes):
                continue
            why = f"{meaning(new)}由{printed_number(then, new.decimals)}变为{printed_number(new.value, new.decimals)}，方向已变，请核对前后文字"
            causes = self.causes.of(new.id)
            self.items.append(
                replace(self._item("words", seen, seen.token.text, "", new, each.by, reason=why, causes=causes),
                        rule="sign-turned")
            )  # fmt: skip
            self._note(seen.block, seen.token.start, seen.token.end, words_remark(why, "", causes))

    def _bound_to(self, stood: Stood) -> str:
        """The fact that a countable phrase is bound to."""
        fact = self.record.fact_of(stood.bound.key) if self.record is not None and stood.bound is not None else None
        return fact.id if fact is not None else ""

    def _word(self, finding: Finding, now: Looked | None, at: int, start: int, end: int, text: str) -> None:
        block = self.document.blocks[at]
        fact = self.ledger.get(finding.fact) if finding.fact else None
        nodes = [s.code for s in now.reading.subjects if s.code] if now is not None and now.reading is not None else []
        causes = self.causes.of(finding.fact, *finding.related) or self.causes.of_nodes(*nodes)
        why = reason(finding, text[finding.place.start : finding.place.end])
        offered = proposal(finding, now, text, finding.place.start, finding.place.end)
        self.items.append(
            Item(
                "words", block.place(start, end), finding.heading, finding.paragraph, quote(block.text, start, end),
                block.text[start:end], offered, finding.fact, fact.name if fact is not None else "", "subject",
                finding.rule, why, causes,
            )
        )  # fmt: skip
        self._note(at, start, end, words_remark(why, offered, causes))

    def _problems(self) -> None:
        """Problems that are none any more, and new ones that the text does not tell."""
        if self.before is None:
            return
        done = {(n.block, n.start) for n in self.notes}
        told_before = [Remarked(p.block, word.words_of(c)) for c in self.own for p in c.places]
        for each in problems(self.document, self.before, self.ledger, self.period, told_before):
            causes = self.causes.of(*each.facts)
            block = self.document.blocks[each.place]
            if (block.number, each.start) in done:
                continue
            self.items.append(
                Item(
                    "words", block.place(each.start, each.end), *each.where, quote(block.text, each.start, each.end),
                    block.text[each.start : each.end], each.offered, each.facts[0] if each.facts else "", each.name,
                    "subject", each.rule, each.reason, causes,
                )
            )  # fmt: skip
            self._note(each.place, each.start, each.end, words_remark(each.reason, each.offered, causes))

    def _remarked(self, seen: Looked) -> bool:
        return self._owned(seen.block, seen.token.start, seen.token.end)

    def _owned(self, at: int, start: int, end: int) -> bool:
        """Whether an earlier refresh left a remark on this very stretch: it is renewed as long as it holds."""
        number = self.document.blocks[at].number
        return any(p.block == number and p.start < end and start < p.end for c in self.own for p in c.places)

    # ------------------------------------------------------------------ writing

    def _note(self, at: int, start: int, end: int, text: str) -> None:
        if start < end:
            self.notes.append(Note(self.document.blocks[at].number, start, end, text))

    def _item(
        self, kind: str, seen: Looked, old: str, text: str, fact: Fact | None, by: str, *, reason: str = "",
        causes: tuple[Cause, ...] = (),
    ) -> Item:  # fmt: skip
        around = quote(seen.text, seen.token.phrase_start, seen.token.phrase_end)
        return Item(
            kind, seen.places[0], seen.heading, seen.paragraph, around, old, text,  # type: ignore[arg-type]
            fact.id if fact is not None else "", fact.name if fact is not None else "", by,  # type: ignore[arg-type]
            "", reason, causes,
        )  # fmt: skip

    def _record(self, planned: list[_Planned]):  # type: ignore[no-untyped-def]
        prints = {}
        for each in planned:
            entry = each.stood.bound
            if entry is not None:
                old = each.stood.seen.text[each.edit.start : each.edit.end]
                prints[entry.number] = entry.text.replace(old, each.edit.text) if old in entry.text else entry.text
        values = {f.id: now.value for f in self.record.facts.values() if (now := self.ledger.get(f.id)) is not None}
        points = charts.recorded(self.document, [p.edit for p in planned])
        return word.updated(self.record, values, prints, points, self.ledger.dataset.digest)

    def _written(self, kept: list[_Planned]) -> bytes:
        stale, fresh = self._reconciled()
        if not kept and not fresh and not stale:
            return self.source
        for note in fresh:
            self.editor.comment(note)
        word.withdraw(self.editor, stale)
        if self.record is not None:
            word.put_record(self.editor, self._record(kept))
        content = self.editor.save()
        assert not self.editor.refused, self.editor.refused
        return content

    def _reconciled(self) -> tuple[list[Comment], list[Note]]:
        """Own remarks that no longer hold, and those that are new: what was said already is not said twice."""
        fresh = list(self.notes)
        stale = []
        touched = {n.block for n in fresh}
        for comment in self.own:
            said = word.words_of(comment)
            blocks = {p.block for p in comment.places}
            same = next((n for n in fresh if n.text == said and n.block in blocks), None)
            if same is not None:
                fresh.remove(same)
            elif not charts.is_chart_remark(said) or blocks & touched:
                stale.append(comment)
        return stale, fresh

    def _done(self, content: bytes, state: str) -> Refreshed:
        items = sorted(self.items, key=lambda i: (i.place.block, i.place.start))
        return Refreshed(
            content, tuple(items), state, self.ledger.dataset.digest, self.before is not None, self.causes.all()
        )


def _reason(stood: Stood, tried: bool) -> str:
    if stood.trouble == "overtyped":
        return "此数起草后被人改写过，与绑定的数据不符"
    if stood.trouble == "disagree" or tried:
        return "绑定的数据与文字所说的不是一回事" if stood.by == "anchor" else "改成新值后与文字所说的不符"
    if stood.also:
        return "文中并列的几项原来同为此数，按新数据不再相同"
    if stood.trouble == "unknown":
        return "此数与修订前的数据不符，可能是人工改写的"
    return ""
